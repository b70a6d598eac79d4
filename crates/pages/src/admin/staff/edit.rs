//! The form by which somebody is taken on, and by which what is said of them is changed.

use super::card::{self, Once, language_name};
use super::{act, numbered};
use crate::admin::nav;
use crate::desk::DeskFrame;
use crate::office::fault::Answer;
use crate::office::field::{self, Choice, Field, Kind};
use crate::office::flash::Flash;
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use centre::invitation::{self, Way};
use centre::staff::{self, Profile};
use centre::{By, Catalogue, Error};
use db::staff::{Member, NewStaff};
use gate::Form;
use http::StatusCode;
use language::Tr;
use model::problem::{FieldProblem, Problem};
use model::user::{Role, Roles, Skill, SkillLevel, Staff};
use model::{QueueId, StructureId, UserId};

/// Languages that are offered; others that somebody has stay theirs.
const SPOKEN: &[&str] =
    &["it", "en", "fr", "de", "es", "pt", "ro", "sq", "uk", "ru", "pl", "ar", "zh", "bn", "hi", "ur", "tl", "si"];
/// Rows for further skills.
const FREE_ROWS: usize = 3;

#[derive(Debug, Template)]
#[template(path = "admin/staff-form.html")]
pub struct StaffFormPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    /// `staff-new` or `staff-edit`: its messages are `admin-{word}-title` and `-submit`.
    pub word: &'static str,
    pub name: String,
    pub back: (String, String),
    pub action: String,
    /// Who they are.
    pub person: Vec<Field>,
    /// What they may do, and where.
    pub work: Vec<Field>,
    pub languages: Field,
    pub skills: Vec<SkillRow>,
    pub skills_problem: Option<String>,
    /// Skills that somebody has already, so that one is written in one way.
    pub known_skills: Vec<String>,
    /// How somebody new is let in.
    pub letting_in: Vec<Field>,
    /// What was there when they began to change it.
    pub seen: String,
    /// Somebody else has changed it since.
    pub changed_meanwhile: bool,
}

/// A skill with how well.
#[derive(Debug, Clone)]
pub struct SkillRow {
    pub name: String,
    pub levels: Vec<Choice>,
}

impl StaffFormPage {
    pub(crate) fn wrong(&self) -> impl Iterator<Item = (&Field, &String)> {
        let all = self.person.iter().chain(&self.work).chain([&self.languages]).chain(&self.letting_in);
        all.filter_map(|f| Some((f, f.problem.as_ref()?)))
    }

    pub(crate) fn said(&self, what: &str) -> String {
        self.tr.with(&format!("admin-{}-{what}", self.word), &[("name", self.name.as_str())]).into_owned()
    }

    fn judged(&mut self, problems: &[FieldProblem]) {
        let fields = self.person.iter_mut().chain(&mut self.work).chain([&mut self.languages]);
        for field in fields.chain(&mut self.letting_in) {
            field.judged(self.tr, problems);
        }
        self.skills_problem = problems.iter().find(|p| p.field == "skills").map(|p| field::sentence(self.tr, p));
    }
}

/// What was typed, or what is kept, with what the form needs beside.
#[derive(Debug, Clone, Default)]
struct Typed {
    login: String,
    profile: Profile,
    /// The language of their pages.
    language: String,
    /// `letter`, `hand` or `later`.
    way: String,
    seen: String,
}

impl Typed {
    fn of(form: &Form) -> Self {
        Self {
            login: form.text("login").to_owned(),
            profile: Profile {
                name: form.text("name").to_owned(),
                email: form.typed("email"),
                roles: Roles::new(form.all("roles").filter_map(|word| word.parse().ok())),
                scope: form.typed("scope").map(StructureId),
                queues: form.all("queues").map(QueueId::new).collect(),
                languages: form.all("languages").map(str::to_owned).collect(),
                skills: skills_of(form),
            },
            language: form.text("language").to_owned(),
            way: form.text("way").to_owned(),
            seen: form.text("seen").to_owned(),
        }
    }

    fn kept(member: &Member) -> Self {
        let Staff { login, name, roles, scope, queues, languages, skills, language, .. } = member.staff.clone();
        Self {
            login,
            profile: Profile { name, email: member.email.clone(), roles, scope, queues, languages, skills },
            language,
            way: String::new(),
            seen: staff::revision(member),
        }
    }
}

fn person(tr: Tr, typed: &Typed, is_new: bool) -> Vec<Field> {
    let login = Field::new("login", tr.text("desk-sign-in-login"), if is_new { Kind::Line } else { Kind::Fixed });
    let login = if is_new { login.hinted(tr.text("staff-login-hint")) } else { login };
    let email = Field::new("email", tr.text("staff-email"), Kind::Email).hinted(tr.text("staff-email-hint")).optional();
    vec![
        Field::new("name", tr.text("staff-name"), Kind::Line)
            .hinted(tr.text("staff-name-hint"))
            .with(typed.profile.name.clone()),
        login.with(typed.login.clone()),
        email.with(typed.profile.email.clone().unwrap_or_default()),
    ]
}

fn work(tr: Tr, catalogue: &Catalogue, typed: &Typed) -> Vec<Field> {
    let role = |role: &Role| {
        let word = tr.text(&format!("staff-role-{role}")).into_owned();
        Choice::new(role, word).chosen_if(typed.profile.roles.has(*role))
    };
    let everywhere = Choice::new("", tr.text("staff-everywhere").into_owned());
    let structure = |s: &model::structure::Structure| {
        Choice::new(&s.id, s.name.clone()).chosen_if(typed.profile.scope.as_ref() == Some(&s.id))
    };
    let unknown = typed.profile.scope.as_ref().filter(|id| catalogue.structure(id).is_none());
    let unknown = unknown.map(|id| Choice::new(id, id.to_string()).chosen_if(true));
    let structures = catalogue.structures.iter().map(structure);
    let scope: Vec<Choice> = std::iter::once(everywhere).chain(unknown).chain(structures).collect();
    let queues = catalogue.services.iter().flat_map(|service| {
        let several = catalogue.services.len() > 1;
        service.queues.iter().map(move |queue| {
            let level = tr.text(&format!("desk-role-{}", queue.level));
            let own = tr.with("staff-queue-of", &[("queue", queue.name.as_str()), ("level", &level)]);
            let word = if several { format!("{} · {own}", service.name) } else { own.into_owned() };
            Choice::new(&queue.id, word).chosen_if(typed.profile.queues.contains(&queue.id))
        })
    });
    vec![
        Field::new("roles", tr.text("desk-me-roles"), Kind::Ticks(Role::ALL.iter().map(role).collect())),
        Field::new("scope", tr.text("desk-me-structure"), Kind::Select(scope)).hinted(tr.text("staff-scope-hint")),
        Field::new("queues", tr.text("desk-me-queues"), Kind::Ticks(queues.collect()))
            .hinted(tr.text("staff-queues-hint")),
    ]
}

/// The languages that somebody speaks with citizens.
pub(crate) fn languages_field(tr: Tr, spoken: &[String]) -> Field {
    let others = spoken.iter().map(String::as_str).filter(|code| !SPOKEN.contains(code));
    let choice =
        |code: &str| Choice::new(code, language_name(tr, code)).chosen_if(spoken.iter().any(|own| own == code));
    let choices = SPOKEN.iter().copied().chain(others).map(choice).collect();
    Field::new("languages", tr.text("staff-languages"), Kind::Ticks(choices)).hinted(tr.text("staff-languages-hint"))
}

/// The skills that a form says.
pub(crate) fn skills_of(form: &Form) -> Vec<Skill> {
    let skills = form.all("skill").zip(form.all("skill-level"));
    let skill = |(name, word): (&str, &str)| Skill { name: name.to_owned(), level: word.parse().ok() };
    skills.map(skill).filter(|skill| !skill.name.trim().is_empty()).collect()
}

/// Skills as rows, with some that are free.
pub(crate) fn skill_rows(tr: Tr, skills: &[Skill]) -> Vec<SkillRow> {
    let row = |name: &str, level: Option<SkillLevel>| {
        let unsaid = Choice::new("", tr.text("skill-level-unsaid").into_owned()).chosen_if(level.is_none());
        let choice = |one: &SkillLevel| {
            Choice::new(one, tr.text(&format!("skill-level-{one}")).into_owned()).chosen_if(level == Some(*one))
        };
        let levels = std::iter::once(unsaid).chain(SkillLevel::ALL.iter().map(choice)).collect();
        SkillRow { name: name.to_owned(), levels }
    };
    let own = skills.iter().map(|skill| row(&skill.name, skill.level));
    own.chain((0..FREE_ROWS).map(|_| row("", None))).collect()
}

fn letting_in(tr: Tr, typed: &Typed) -> Vec<Field> {
    let way = if typed.way.is_empty() { "letter" } else { typed.way.as_str() };
    let choice = |word: &'static str| {
        Choice::new(word, tr.text(&format!("staff-way-{word}")).into_owned()).chosen_if(way == word)
    };
    let pages = language::Language::ALL.into_iter().map(|language| {
        Choice::new(language.code(), language.endonym().to_owned()).chosen_if(typed.language == language.code())
    });
    vec![
        Field::new("language", tr.text("staff-language"), Kind::Select(pages.collect())),
        Field::new("way", tr.text("staff-way"), Kind::Radio(["letter", "hand", "later"].map(choice).to_vec())),
    ]
}

fn view(tr: Tr, frame: DeskFrame, catalogue: &Catalogue, typed: &Typed, of: Option<UserId>) -> StaffFormPage {
    let list = || ("/admin/staff".to_owned(), tr.text("admin-nav-staff").into_owned());
    StaffFormPage {
        tr,
        frame,
        word: if of.is_some() { "staff-edit" } else { "staff-new" },
        name: typed.profile.name.clone(),
        back: of.map_or_else(list, |id| (act::path(id), typed.profile.name.clone())),
        action: of.map_or_else(|| "/admin/staff/new".to_owned(), |id| format!("{}/edit", act::path(id))),
        person: person(tr, typed, of.is_none()),
        work: work(tr, catalogue, typed),
        languages: languages_field(tr, &typed.profile.languages),
        skills: skill_rows(tr, &typed.profile.skills),
        skills_problem: None,
        known_skills: Vec::new(),
        letting_in: if of.is_some() { Vec::new() } else { letting_in(tr, typed) },
        seen: typed.seen.clone(),
        changed_meanwhile: false,
    }
}

async fn form_page(seat: &Seat, typed: &Typed, of: Option<UserId>) -> Result<StaffFormPage, Error> {
    let centre = &seat.gate.centre;
    let page = view(seat.tr, nav::frame(seat, "staff"), &centre.catalogue(), typed, of);
    Ok(StaffFormPage { known_skills: staff::known_skills(centre).await?, ..page })
}

async fn answer(seat: &Seat, typed: &Typed, of: Option<UserId>, problems: &[FieldProblem]) -> Result<Response, Error> {
    let mut page = form_page(seat, typed, of).await?;
    page.judged(problems);
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(html::page(status, &page))
}

/// `GET /admin/staff/new`
pub(in crate::admin) async fn show_new(seat: Seat) -> Answer {
    let typed = Typed { language: seat.me.language.clone(), ..Typed::default() };
    Ok(answer(&seat, &typed, None, &[]).await?)
}

/// A scope is one of the structures that are known, or the one that somebody has.
fn known_scope(catalogue: &Catalogue, profile: &Profile, before: Option<&StructureId>) -> Option<FieldProblem> {
    let scope = profile.scope.as_ref()?;
    let known = catalogue.structure(scope).is_some() || before == Some(scope);
    (!known).then(|| FieldProblem::new("scope", Problem::NotInTheList))
}

/// `POST /admin/staff/new`
pub(in crate::admin) async fn send_new(seat: Seat, form: Form) -> Answer {
    let typed = Typed::of(&form);
    let centre = &seat.gate.centre;
    let by_letter = typed.way == "letter";
    let no_address = by_letter && typed.profile.email.is_none();
    let before = no_address.then(|| FieldProblem::new("email", Problem::Missing));
    let before: Vec<FieldProblem> =
        before.into_iter().chain(known_scope(&centre.catalogue(), &typed.profile, None)).collect();
    if !before.is_empty() {
        return Ok(answer(&seat, &typed, None, &before).await?);
    }
    let language = typed.language.parse::<language::Language>().unwrap_or_default();
    let Profile { name, email, roles, scope, queues, languages, skills } = typed.profile.clone();
    let new = NewStaff {
        login: typed.login.clone(),
        name,
        password: None,
        roles,
        scope,
        queues,
        language: language.code().to_owned(),
        email,
        languages,
        skills,
    };
    let id = match staff::add(centre, By::Staff(seat.me.clone()), new).await {
        Err(Error::Invalid(problems)) => return Ok(answer(&seat, &typed, None, &problems).await?),
        added => added?,
    };
    let way = match typed.way.as_str() {
        "letter" => Way::Letter,
        "hand" => Way::Hand,
        _ => return Ok(seat.on_to(&act::path(id), Flash::said("admin-done-staff-added")).await),
    };
    let made = seat.work(move |w| Box::pin(async move { invitation::invite(w, id, way).await })).await?;
    match way {
        Way::Letter => Ok(seat.on_to(&act::path(id), Flash::said("admin-done-staff-invited")).await),
        Way::Hand => card::shown(&seat, id, Once::of(act::link(seat.tr, &made))).await,
    }
}

/// `GET /admin/staff/{id}/edit`
pub(in crate::admin) async fn show(seat: Seat, Path(id): Path<String>) -> Answer {
    let id = numbered(&id)?;
    let member = staff::listed(&seat.gate.centre, id).await?.member;
    Ok(answer(&seat, &Typed::kept(&member), Some(id), &[]).await?)
}

/// `POST /admin/staff/{id}/edit`
pub(in crate::admin) async fn send(seat: Seat, Path(id): Path<String>, form: Form) -> Answer {
    let id = numbered(&id)?;
    let member = staff::listed(&seat.gate.centre, id).await?.member;
    // The login is fixed, whatever comes.
    let typed = Typed { login: member.staff.login.clone(), ..Typed::of(&form) };
    let unknown = known_scope(&seat.gate.centre.catalogue(), &typed.profile, member.staff.scope.as_ref());
    if let Some(problem) = unknown {
        return Ok(answer(&seat, &typed, Some(id), &[problem]).await?);
    }
    let (profile, seen) = (typed.profile.clone(), typed.seen.clone());
    match seat.work(move |w| Box::pin(async move { staff::change(w, id, profile, Some(seen)).await })).await {
        Err(Error::Invalid(problems)) => Ok(answer(&seat, &typed, Some(id), &problems).await?),
        Err(Error::ChangedMeanwhile) => {
            let now = staff::listed(&seat.gate.centre, id).await?.member;
            let typed = Typed { seen: staff::revision(&now), ..typed };
            let mut page = form_page(&seat, &typed, Some(id)).await?;
            page.changed_meanwhile = true;
            Ok(html::page(StatusCode::CONFLICT, &page))
        }
        outcome => {
            outcome?;
            Ok(seat.on_to(&act::path(id), Flash::said("admin-done-staff-changed")).await)
        }
    }
}

pub(crate) fn sample() -> Member {
    let skill = |name: &str, level| Skill { name: name.to_owned(), level };
    Member {
        staff: Staff {
            id: UserId(3),
            login: "karim".to_owned(),
            name: "Karim Esempio".to_owned(),
            roles: Roles::new([Role::Front, Role::Supervisor]),
            scope: None,
            queues: vec![QueueId::new("linea-amica")],
            language: "it".to_owned(),
            languages: vec!["it".to_owned(), "ar".to_owned(), "nap".to_owned()],
            skills: vec![skill("bonus sociale", Some(SkillLevel::Expert)), skill("LIS", None)],
        },
        email: Some("karim.esempio@posta.example".to_owned()),
        has_password: true,
        disabled_at: None,
        created_at: samples::now(),
        external: None,
    }
}

impl samples::Samples for StaffFormPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let services = vec![model::service::Service::built_in()];
        let catalogue = Catalogue { services, ..Catalogue::default() };
        let frame = || nav::sample_frame(tr, "staff");
        let typed = Typed { language: "it".to_owned(), ..Typed::default() };
        let mut wrong = view(tr, frame(), &catalogue, &typed, None);
        wrong.judged(&[
            FieldProblem::new("name", Problem::Missing),
            FieldProblem::new("login", Problem::NotALogin),
            FieldProblem::new("roles", Problem::Missing),
            FieldProblem::new("scope", Problem::ScopeOfAdmin),
            FieldProblem::limited("skills", Problem::TooMany, 30),
        ]);
        let kept = Typed::kept(&sample());
        let meanwhile =
            StaffFormPage { changed_meanwhile: true, ..view(tr, frame(), &catalogue, &kept, Some(UserId(3))) };
        vec![
            ("meanwhile", meanwhile),
            ("new", view(tr, frame(), &catalogue, &typed, None)),
            ("wrong", wrong),
            ("edit", view(tr, frame(), &catalogue, &kept, Some(UserId(3)))),
        ]
    }
}
