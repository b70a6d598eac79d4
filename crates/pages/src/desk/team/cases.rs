//! Cases of a queue, of somebody, or that are due, to look at and to give to somebody else, many at once. What could not be
//! moved is told case by case and stays chosen.

use super::filter::{self, Asked};
use crate::desk::fault::{self, Answer, Fault};
use crate::desk::field::{self, Choice};
use crate::desk::flash::{Flash, Toast};
use crate::desk::list::{self, Row};
use crate::desk::oversight::{Overseen, Oversight};
use crate::desk::seat::Seat;
use crate::desk::{DeskFrame, Open, Panes, frame};
use crate::{html, samples};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use centre::team::{AT_ONCE, Chosen, Filter, Given};
use db::case::Stored;
use db::desk::Cursor;
use db::team::{Due, Holder};
use gate::Form;
use http::StatusCode;
use language::Tr;
use model::case::State;
use model::number::CaseNumber;
use model::problem::FieldProblem;
use model::{CaseId, UserId};
use serde::Deserialize;
use std::collections::HashMap;

/// Cases shown at once. A form takes no more fields than about four times as many.
const STEP: u64 = 50;

#[derive(Debug, Template)]
#[template(path = "desk/team/cases.html")]
pub struct TeamCasesPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub title: String,
    /// How many there are, in words.
    pub count: String,
    /// The page itself, for the form that narrows it.
    pub here: &'static str,
    pub narrow: Vec<Select>,
    /// Where cases are given away; nothing for those who may not.
    pub give: Option<Give>,
    pub cases: Vec<CaseRow>,
    pub more: Option<String>,
    pub toast: Option<Toast>,
    /// What is wrong with the form, each with the field that it leads to.
    pub wrong: Vec<(String, String)>,
}

/// A field of the form that narrows the list.
#[derive(Debug, Clone)]
pub struct Select {
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
}

/// The form that gives cases away.
#[derive(Debug, Clone, Default)]
pub struct Give {
    pub action: String,
    pub to: Vec<Choice>,
    pub to_problem: Option<String>,
    pub reason: String,
    pub reason_problem: Option<String>,
    /// How many are meant by all, where there are several.
    pub all: Option<String>,
    pub all_chosen: bool,
    pub case_problem: Option<String>,
}

#[derive(Debug, Clone)]
pub struct CaseRow {
    pub row: Row,
    pub number: String,
    pub queue: String,
    pub state: &'static str,
    /// Id and version, as they were seen.
    pub chosen_as: String,
    pub chosen: bool,
    /// Why it was not moved.
    pub problem: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(in crate::desk) struct Page {
    after: Option<String>,
}

/// `GET /desk/squadra/casi`
pub(in crate::desk) async fn show(seat: Seat, Query(asked): Query<Asked>, Query(page): Query<Page>) -> Answer {
    let view = view(&seat, &asked, page, false, Typed::default()).await?;
    Ok(html::page(StatusCode::OK, &view))
}

/// `GET /desk/squadra/scadenze`: what is overdue, and what soon will be.
pub(in crate::desk) async fn due(seat: Seat, Query(asked): Query<Asked>, Query(page): Query<Page>) -> Answer {
    let asked = if asked.filter().due.is_none() { asked.due(Due::Both) } else { asked };
    let view = view(&seat, &asked, page, true, Typed::default()).await?;
    Ok(html::page(StatusCode::OK, &view))
}

/// What was typed into the form, and what came of it.
#[derive(Debug, Default)]
struct Typed {
    to: String,
    reason: String,
    all: bool,
    chosen: Vec<Chosen>,
    problems: Vec<FieldProblem>,
    /// Those that were not moved.
    failed: HashMap<CaseId, String>,
}

/// `POST /desk/squadra/casi`
pub(in crate::desk) async fn send(seat: Seat, Query(asked): Query<Asked>, form: Form) -> Answer {
    let centre = &seat.gate.centre;
    let mut typed = Typed {
        to: form.text("to").to_owned(),
        reason: form.text("reason").to_owned(),
        all: form.has("all"),
        chosen: form.all("case").filter_map(read).collect(),
        ..Typed::default()
    };
    let chosen = if typed.all {
        let all = centre::team::cases(centre, &seat.me, &asked.filter(), None, AT_ONCE).await?;
        all.cases.iter().map(|stored| Chosen { id: stored.case.id, seen: Some(stored.case.version) }).collect()
    } else {
        typed.chosen.clone()
    };
    let to: Option<UserId> = form.parsed("to");
    // Nobody by name is not the same as a choice that was never made.
    let unread = to.is_none() && form.text("to") != "none";
    let given = if unread {
        Err(centre::Error::field("to", model::problem::Problem::Missing))
    } else {
        centre::team::reassign(centre, &seat.me, to, &typed.reason, chosen).await
    };
    let given = match given {
        Ok(given) => given,
        Err(centre::Error::Invalid(problems)) => {
            typed.problems = problems;
            let view = view(&seat, &asked, Page::default(), false, typed).await?;
            return Ok(html::page(StatusCode::UNPROCESSABLE_ENTITY, &view));
        }
        Err(error) => return Err(Fault::from(error).with(form.unsent(asked.href()))),
    };
    let moved = given.iter().filter(|given| given.outcome.is_ok()).count();
    let name = match to {
        Some(id) => centre::staff::names(centre, &[id]).await?.remove(&id).unwrap_or_default(),
        None => seat.tr.text("team-to-nobody").into_owned(),
    };
    let said = seat.tr.with("team-moved", &[("count", seat.tr.arg(moved)), ("name", seat.tr.arg(&name))]).into_owned();
    if moved == given.len() {
        Flash::new("given").about(said).keep(&seat.session).await;
        return Ok(Redirect::to(&asked.href()).into_response());
    }
    typed.failed = failed(&seat, given);
    typed.chosen = typed.failed.keys().map(|id| Chosen { id: *id, seen: None }).collect();
    typed.all = false;
    let mut view = view(&seat, &asked, Page::default(), false, typed).await?;
    view.toast = (moved > 0).then_some(Toast { text: said, undo: None });
    Ok(html::page(StatusCode::CONFLICT, &view))
}

/// `4512.7`: a case and the version in which it was seen.
fn read(value: &str) -> Option<Chosen> {
    let (id, version) = value.split_once('.').unwrap_or((value, ""));
    Some(Chosen { id: id.parse().ok()?, seen: version.parse().ok() })
}

fn failed(seat: &Seat, given: Vec<Given>) -> HashMap<CaseId, String> {
    let why = |error: &centre::Error| match error {
        centre::Error::NotFound(_) => seat.tr.text("team-not-moved-gone").into_owned(),
        centre::Error::Invalid(_) => seat.tr.text("team-not-moved-to").into_owned(),
        centre::Error::Changed(_) => seat.tr.text("team-not-moved-changed").into_owned(),
        error => fault::said(seat.tr, error),
    };
    given.into_iter().filter_map(|Given { id, outcome }| Some((id, why(outcome.as_ref().err()?)))).collect()
}

async fn view(seat: &Seat, asked: &Asked, page: Page, due: bool, typed: Typed) -> Result<TeamCasesPage, Fault> {
    let (tr, centre) = (seat.tr, &seat.gate.centre);
    let filter = asked.filter();
    let place = if due { Overseen::Due } else { Overseen::Team };
    let frame = DeskFrame::read(seat, None, Panes::Two, Open::Case).await?.overseeing(place);
    let after: Option<Cursor> = page.after.as_deref().and_then(|after| after.parse().ok());
    let listed = centre::team::cases(centre, &seat.me, &filter, after, STEP).await?;
    let here = if due { "/desk/squadra/scadenze" } else { "/desk/squadra/casi" };
    let more = listed.next.map(|next| format!("{here}?{}&after={next}", asked.query()));
    // What was not moved stays in sight, though it may be in the list no more.
    let missing: Vec<CaseId> = typed
        .failed
        .keys()
        .copied()
        .filter(|id| !listed.cases.iter().any(|stored| stored.case.id == *id))
        .take(150)
        .collect();
    let mut cases: Vec<Stored> = Vec::new();
    for id in missing {
        cases.extend(centre::timeline::head(centre, &seat.me, id).await.ok());
    }
    cases.extend(listed.cases);
    let total = centre::team::count(centre, &seat.me, &filter).await?;
    let rows = rows(seat, &cases, &typed).await?;
    let count = i64::try_from(total).unwrap_or(i64::MAX);
    let shown = frame::counted(tr, count);
    let count = tr.with("desk-cases-count", &[("count", tr.arg(count)), ("shown", tr.arg(&shown))]).into_owned();
    let people = centre::team::members(centre, &seat.me).await?;
    let give = match centre::team::may_reassign(&seat.me) {
        true => Some(give(tr, asked, &people, &typed, all(tr, total, &shown))),
        false => None,
    };
    let wrong = wrong(&typed, give.as_ref(), &rows);
    Ok(TeamCasesPage {
        tr,
        frame,
        title: title(seat, &filter, due, &people),
        count,
        here,
        narrow: narrow(seat, &filter, &people),
        give,
        cases: rows,
        more,
        toast: Toast::take(&seat.session, tr).await,
        wrong,
    })
}

fn wrong(typed: &Typed, give: Option<&Give>, rows: &[CaseRow]) -> Vec<(String, String)> {
    let fields = give
        .into_iter()
        .flat_map(|give| [("cases", &give.case_problem), ("to", &give.to_problem), ("reason", &give.reason_problem)]);
    let of_fields = fields.filter_map(|(field, problem)| Some((field.to_owned(), problem.clone()?)));
    let of_cases = rows.iter().filter_map(|row| {
        let problem = row.problem.as_ref()?;
        Some((format!("case-{}", row.row.id), format!("{}: {problem}", row.number)))
    });
    // What is no longer to be seen at all has no row.
    let unseen = typed.failed.iter().filter(|(id, _)| !rows.iter().any(|row| row.row.id == id.0));
    let of_unseen = unseen.map(|(id, problem)| ("cases".to_owned(), format!("{id}: {problem}")));
    of_fields.chain(of_cases).chain(of_unseen).collect()
}

async fn rows(seat: &Seat, cases: &[Stored], typed: &Typed) -> Result<Vec<CaseRow>, Fault> {
    let catalogue = seat.gate.centre.catalogue();
    let rows = list::rows_of(seat, cases).await?;
    let each = cases.iter().zip(rows).map(|(stored, row)| {
        let case = &stored.case;
        CaseRow {
            row,
            number: CaseNumber::new(case.id, case.opened_at).to_string(),
            queue: catalogue.queue(&case.queue).map_or_else(|| case.queue.to_string(), |queue| queue.name.clone()),
            state: state_key(case.state),
            chosen_as: format!("{}.{}", case.id, case.version),
            chosen: typed.chosen.iter().any(|chosen| chosen.id == case.id),
            problem: typed.failed.get(&case.id).cloned(),
        }
    });
    Ok(each.collect())
}

fn state_key(state: State) -> &'static str {
    match state {
        State::New => language::key!("team-state-new"),
        State::Open => language::key!("team-state-open"),
        State::Waiting => language::key!("team-state-waiting"),
        State::Solved | State::Closed | State::Merged => language::key!("team-state-done"),
    }
}

fn give(tr: Tr, asked: &Asked, people: &[centre::team::Member], typed: &Typed, all: Option<String>) -> Give {
    let problem = |field: &str| {
        typed.problems.iter().find(|problem| problem.field == field).map(|problem| field::sentence(tr, problem))
    };
    let choose = |choice: Choice| {
        let chosen = choice.value == typed.to;
        choice.chosen_if(chosen)
    };
    let mut to = vec![
        choose(Choice::new("", tr.text("team-to-choose"))),
        choose(Choice::new("none", tr.text("team-to-nobody"))),
    ];
    to.extend(people.iter().filter(|person| !person.gone).map(|person| {
        let held = [("name", tr.arg(person.name.as_str())), ("count", tr.arg(person.open))];
        choose(Choice::new(person.id, tr.with("team-to-person", &held)))
    }));
    Give {
        action: asked.href(),
        to,
        to_problem: problem("to"),
        reason: typed.reason.clone(),
        reason_problem: problem("reason"),
        all,
        all_chosen: typed.all,
        case_problem: problem("case"),
    }
}

/// The words for all cases of the list, those that are not on the page among them.
fn all(tr: Tr, total: u64, shown: &str) -> Option<String> {
    let key = if total > STEP { language::key!("team-all-beyond") } else { language::key!("team-all") };
    (total > 1).then(|| tr.with(key, &[("count", shown)]).into_owned())
}

fn narrow(seat: &Seat, filter: &Filter, people: &[centre::team::Member]) -> Vec<Select> {
    let tr = seat.tr;
    let catalogue = seat.gate.centre.catalogue();
    let every = |key: &str, none: bool| Choice::new("", tr.text(key)).chosen_if(none);
    let queue_choices = catalogue.services.iter().flat_map(|service| service.queues.iter()).filter(|queue| {
        seat.me.scope.is_none() || queue.structure == seat.me.scope || filter.queue.as_ref() == Some(&queue.id)
    });
    let mut queues = vec![every("team-every-queue", filter.queue.is_none())];
    queues.extend(queue_choices.map(|queue| {
        let chosen = filter.queue.as_ref() == Some(&queue.id);
        Choice::new(&queue.id, queue.name.as_str()).chosen_if(chosen)
    }));
    let mut holders = vec![
        every("team-everybody", filter.holder.is_none()),
        Choice::new("none", tr.text("team-nobody")).chosen_if(filter.holder == Some(Holder::Nobody)),
    ];
    holders.extend(people.iter().map(|person| {
        let chosen = filter.holder == Some(Holder::Somebody(person.id));
        Choice::new(person.id, person.name.as_str()).chosen_if(chosen)
    }));
    let mut states = vec![every("team-every-state", filter.state.is_none())];
    states.extend(
        [State::New, State::Open, State::Waiting]
            .map(|state| Choice::new(state, tr.text(state_key(state))).chosen_if(filter.state == Some(state))),
    );
    let mut dues = vec![every("team-every-due", filter.due.is_none())];
    dues.extend([Due::Both, Due::Over, Due::Soon].map(|due| {
        let word = filter::word(due);
        Choice::new(word, tr.text(due_key(due))).chosen_if(filter.due == Some(due))
    }));
    let select = |name, key: &str, choices| Select { name, label: tr.text(key).into_owned(), choices };
    let mut all = Vec::new();
    if catalogue.services.len() > 1 {
        let mut services = vec![every("team-every-service", filter.service.is_none())];
        services.extend(catalogue.services.iter().map(|service| {
            let chosen = filter.service.as_ref() == Some(&service.id);
            Choice::new(&service.id, service.name.as_str()).chosen_if(chosen)
        }));
        all.push(select("service", "team-col-service", services));
    }
    all.push(select("queue", "team-col-queue", queues));
    all.push(select("operator", "team-col-person", holders));
    all.push(select("state", "team-col-state", states));
    all.push(select("due", "team-col-due", dues));
    all
}

fn due_key(due: Due) -> &'static str {
    match due {
        Due::Both => language::key!("team-due-both"),
        Due::Over => language::key!("team-due-over"),
        Due::Soon => language::key!("team-due-soon"),
    }
}

fn title(seat: &Seat, filter: &Filter, due: bool, people: &[centre::team::Member]) -> String {
    let tr = seat.tr;
    if due {
        return tr.text("team-due-title").into_owned();
    }
    match (&filter.holder, &filter.queue) {
        (Some(Holder::Somebody(id)), _) => {
            let name = people.iter().find(|person| person.id == *id).map_or_else(String::new, |p| p.name.clone());
            tr.with("team-cases-of-person", &[("name", name)]).into_owned()
        }
        (_, Some(queue)) => {
            let name = centre::team::place(&seat.gate.centre, None, Some(queue)).unwrap_or_default();
            tr.with("team-cases-of-queue", &[("name", name)]).into_owned()
        }
        _ => tr.text("team-cases-title").into_owned(),
    }
}

impl samples::Samples for TeamCasesPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let rows = |chosen: bool, problem: Option<&str>| -> Vec<CaseRow> {
            let rows = list::sample(tr, false).rows;
            rows.into_iter()
                .enumerate()
                .map(|(n, row)| CaseRow {
                    number: format!("LA-2026-{:06}", row.id),
                    queue: "Linea Amica".to_owned(),
                    state: state_key(if n % 2 == 0 { State::New } else { State::Open }),
                    chosen_as: format!("{}.3", row.id),
                    chosen: chosen && n < 3,
                    problem: problem.filter(|_| n < 2).map(|key| tr.text(key).into_owned()),
                    row,
                })
                .collect()
        };
        let mut to = vec![Choice::new("", tr.text("team-to-choose")), Choice::new("none", tr.text("team-to-nobody"))];
        let held = [("name", tr.arg("Luca Prova")), ("count", tr.arg(4))];
        to.push(Choice::new(2, tr.with("team-to-person", &held)));
        let give = Give { action: "/desk/squadra/casi".to_owned(), to, ..Give::default() };
        let select = |name, key: &str, word: &str| Select {
            name,
            label: tr.text(key).into_owned(),
            choices: vec![Choice::new("", tr.text(word))],
        };
        let page = |cases: Vec<CaseRow>, give: Option<Give>, due: bool| TeamCasesPage {
            tr,
            frame: DeskFrame {
                panes: Panes::Two,
                open: Open::Case,
                oversight: Some(Oversight::sample(tr, Some(if due { Overseen::Due } else { Overseen::Team }), &[])),
                ..samples::desk_frame(tr)
            },
            title: if due {
                tr.text("team-due-title").into_owned()
            } else {
                tr.with("team-cases-of-person", &[("name", "Sara Campione")]).into_owned()
            },
            count: tr.with("desk-cases-count", &[("count", tr.arg(6)), ("shown", tr.arg("6"))]).into_owned(),
            here: "/desk/squadra/casi",
            narrow: vec![
                select("queue", "team-col-queue", "team-every-queue"),
                select("operator", "team-col-person", "team-everybody"),
                select("state", "team-col-state", "team-every-state"),
                select("due", "team-col-due", "team-every-due"),
            ],
            give,
            cases,
            more: None,
            toast: None,
            wrong: Vec::new(),
        };
        let wrong = Give {
            to_problem: Some(tr.text("problem-desk-to-missing").into_owned()),
            reason_problem: Some(tr.text("problem-desk-reason-missing").into_owned()),
            case_problem: Some(tr.text("problem-desk-case-missing").into_owned()),
            ..give.clone()
        };
        let beyond = Give { all: all(tr, 214, "214"), ..give.clone() };
        let mut refused = page(rows(false, None), Some(wrong), false);
        refused.wrong = wrong_sample(&refused);
        let mut failed = page(rows(true, Some("team-not-moved-changed")), Some(give), false);
        failed.wrong = wrong_sample(&failed);
        let said = [("count", tr.arg(4)), ("name", tr.arg("Luca Prova"))];
        failed.toast = Some(Toast { text: tr.with("team-moved", &said).into_owned(), undo: None });
        let mut due = page(rows(false, None), Some(beyond), true);
        due.more = Some("/desk/squadra/scadenze?after=1.2".to_owned());
        vec![
            ("due", due),
            ("failed", failed),
            ("refused", refused),
            ("admin", page(rows(false, None), None, false)),
            ("empty", page(Vec::new(), None, true)),
        ]
    }
}

fn wrong_sample(page: &TeamCasesPage) -> Vec<(String, String)> {
    wrong(&Typed::default(), page.give.as_ref(), &page.cases)
}
