//! What somebody can do and which queues they serve, said by whoever oversees them while calls come in.

use super::closing::BACK;
use crate::admin::{SkillRow, languages_field, skill_rows, skills_of};
use crate::desk::fault::{Answer, Fault};
use crate::desk::field::{Choice, Field, Kind, sentence};
use crate::desk::flash::Flash;
use crate::desk::oversight::{Overseen, Oversight};
use crate::desk::seat::Seat;
use crate::desk::{DeskFrame, Open, Panes};
use crate::{html, samples};
use askama::Template;
use axum::extract::Path;
use centre::staff::{Ability, known_skills, overseen, revision};
use centre::{Catalogue, Error};
use gate::Form;
use http::StatusCode;
use language::Tr;
use model::problem::{FieldProblem, Problem};
use model::user::{Skill, SkillLevel, Staff};
use model::{QueueId, UserId};

#[derive(Debug, Template)]
#[template(path = "desk/team/ability.html")]
pub struct AbilityPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub name: String,
    pub action: String,
    pub seen: String,
    pub fields: Vec<Field>,
    pub skills: Vec<SkillRow>,
    pub skills_problem: Option<String>,
    pub known_skills: Vec<String>,
}

impl AbilityPage {
    pub(crate) fn wrong(&self) -> impl Iterator<Item = (&Field, &String)> {
        self.fields.iter().filter_map(|f| Some((f, f.problem.as_ref()?)))
    }
}

/// Where it is said what somebody can do.
pub(super) fn path(id: UserId) -> String {
    format!("{BACK}/persone/{id}")
}

fn numbered(id: &str) -> centre::Result<UserId> {
    id.parse().map_err(|_| Error::NotFound("user"))
}

/// `GET /desk/squadra/telefono/persone/{id}`
pub(in crate::desk) async fn show(seat: Seat, Path(id): Path<String>) -> Answer {
    let member = overseen(&seat.gate.centre, &seat.me, numbered(&id)?).await?;
    let Staff { queues, languages, skills, .. } = member.staff.clone();
    shown(&seat, &member.staff, &Ability { queues, languages, skills }, revision(&member), &[]).await
}

/// `POST /desk/squadra/telefono/persone/{id}`
pub(in crate::desk) async fn send(seat: Seat, Path(id): Path<String>, form: Form) -> Answer {
    let member = overseen(&seat.gate.centre, &seat.me, numbered(&id)?).await?;
    let id = member.staff.id;
    let typed = Ability {
        queues: form.all("queues").map(QueueId::new).collect(),
        languages: form.all("languages").map(str::to_owned).collect(),
        skills: skills_of(&form),
    };
    let (sent, seen) = (typed.clone(), form.text("seen").to_owned());
    let done = seat.work(move |w| Box::pin(async move { centre::staff::enable_to(w, id, sent, &seen).await })).await;
    match done {
        Ok(()) => Ok(seat.on_to(BACK, Flash::new("ability-changed").about(member.staff.name)).await),
        Err(Error::Invalid(problems)) => {
            shown(&seat, &member.staff, &typed, form.text("seen").to_owned(), &problems).await
        }
        Err(error) => Err(Fault::from(error).with(form.unsent(path(id)))),
    }
}

async fn shown(seat: &Seat, of: &Staff, ability: &Ability, seen: String, problems: &[FieldProblem]) -> Answer {
    let centre = &seat.gate.centre;
    let frame = DeskFrame::read(seat, None, Panes::Two, Open::Case).await?.overseeing(Overseen::Floor);
    let view = page(seat.tr, frame, of, ability, &centre.catalogue(), seat.me.scope.as_ref(), problems);
    let view = AbilityPage { seen, known_skills: known_skills(centre).await?, ..view };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(html::page(status, &view))
}

fn page(
    tr: Tr,
    frame: DeskFrame,
    of: &Staff,
    ability: &Ability,
    catalogue: &Catalogue,
    scope: Option<&model::StructureId>,
    problems: &[FieldProblem],
) -> AbilityPage {
    let queues = catalogue.services.iter().flat_map(|service| &service.queues);
    let ours = queues.filter(|queue| scope.is_none() || queue.structure.as_ref() == scope);
    let choices = ours.map(|queue| {
        let level = tr.text(&format!("desk-role-{}", queue.level));
        let word = tr.with("staff-queue-of", &[("queue", queue.name.as_str()), ("level", &level)]).into_owned();
        Choice::new(&queue.id, word).chosen_if(ability.queues.contains(&queue.id))
    });
    let queues = Field::new("queues", tr.text("desk-me-queues"), Kind::Ticks(choices.collect()));
    let mut fields = vec![queues.hinted(tr.text("staff-queues-hint")), languages_field(tr, &ability.languages)];
    for field in &mut fields {
        field.judged(tr, problems);
    }
    AbilityPage {
        tr,
        frame,
        name: of.name.clone(),
        action: path(of.id),
        seen: String::new(),
        fields,
        skills: skill_rows(tr, &ability.skills),
        skills_problem: problems.iter().find(|p| p.field == "skills").map(|p| sentence(tr, p)),
        known_skills: Vec::new(),
    }
}

impl samples::Samples for AbilityPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let mut of = crate::admin::sample_member().staff;
        of.skills = vec![Skill { name: "bonus sociale".to_owned(), level: Some(SkillLevel::Expert) }];
        let services = vec![model::service::Service::built_in()];
        let catalogue = Catalogue { services, ..Catalogue::default() };
        let sample = |problems: &[FieldProblem]| {
            let frame = DeskFrame {
                panes: Panes::Two,
                open: Open::Case,
                oversight: Some(Oversight::sample(tr, Some(Overseen::Floor), &[])),
                ..samples::desk_frame(tr)
            };
            let Staff { queues, languages, skills, .. } = of.clone();
            page(tr, frame, &of, &Ability { queues, languages, skills }, &catalogue, None, problems)
        };
        vec![("person", sample(&[])), ("wrong", sample(&[FieldProblem::limited("skills", Problem::TooMany, 30)]))]
    }
}
