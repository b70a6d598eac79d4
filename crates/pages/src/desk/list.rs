//! The lists: the cases that somebody works through, by cursor, and what is found by a search.

use super::availability;
use super::channel;
use super::due::{self, Due};
use super::fault::{Answer, Fault};
use super::flash::Toast;
use super::oversight::Overseeing;
use super::place::Place;
use super::seat::Seat;
use super::{DeskFrame, Open, Panes, frame};
use crate::{html, samples};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use centre::desk::List;
use db::case::Stored;
use http::StatusCode;
use language::Tr;
use model::case::Level;
use model::contact::Channel;
use model::number::CaseNumber;
use model::{CaseId, PersonId, ServiceId, UserId};
use serde::Deserialize;
use std::collections::HashMap;

/// Cases shown at once; more are had in steps of this.
const STEP: u64 = 50;
/// More than this are had by turning the page.
const MOST: u64 = 200;

/// The pane of cases.
#[derive(Debug, Clone, Default)]
pub struct CasesPane {
    pub title: String,
    /// How many there are, in words; none where they are not counted.
    pub count: Option<String>,
    pub rows: Vec<Row>,
    pub more: Option<More>,
    pub empty: Option<Empty>,
    /// Where it is had again when something changes.
    pub part: String,
    pub back: String,
}

/// A case in a list.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: i64,
    pub href: String,
    pub icon: &'static str,
    /// The message of the channel's name.
    pub channel: &'static str,
    pub title: String,
    pub who: String,
    pub with: String,
    pub due: Option<Due>,
    /// The citizen's last word has had no answer.
    pub unanswered: bool,
    pub current: bool,
}

/// More of the same list.
#[derive(Debug, Clone)]
pub struct More {
    /// The next page.
    pub href: String,
    /// This page, longer.
    pub part: Option<String>,
}

/// What to do when there is nothing.
#[derive(Debug, Clone)]
pub struct Empty {
    pub title: String,
    pub lead: String,
    pub href: String,
    pub action: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Shown {
    service: Option<String>,
    after: Option<String>,
    limit: Option<u64>,
}

/// `GET /desk`: the first list that is useful.
pub(super) async fn home(seat: Seat) -> Answer {
    let counts = centre::desk::counts(&seat.gate.centre, &seat.me).await?;
    let some = |list: List| counts.lists.iter().any(|(other, count)| *other == list && *count > 0);
    let list =
        [List::Mine, List::Unassigned, List::Team].into_iter().find(|list| some(*list)).unwrap_or(List::Unassigned);
    Ok(Redirect::to(&Place::new(list, None).list_href()).into_response())
}

/// `GET /desk/list/{list}`
pub(super) async fn show(seat: Seat, Path(list): Path<String>, Query(shown): Query<Shown>) -> Answer {
    let list: List = list.parse().map_err(|_| centre::Error::NotFound("list"))?;
    let service = shown.service.as_deref().filter(|s| !s.is_empty()).map(ServiceId::new);
    let place = Place::new(list, service.as_ref());
    let frame = DeskFrame::read(&seat, Some(&place), Panes::Three, Open::List).await?;
    let cases = pane(&seat, &place, &frame, &shown, None).await?;
    let toast = Toast::take(&seat.session, seat.tr).await;
    Ok(html::page(StatusCode::OK, &ListPage { tr: seat.tr, frame, cases, toast }))
}

#[derive(Debug, Deserialize)]
pub(super) struct PartQuery {
    limit: Option<u64>,
    after: Option<String>,
    case: Option<i64>,
}

/// `GET /part/desk/cases`
pub(super) async fn part(seat: Seat, Query(place): Query<Place>, Query(part): Query<PartQuery>) -> Answer {
    let frame = DeskFrame::read(&seat, Some(&place), Panes::Three, Open::List).await?;
    let shown = Shown { limit: part.limit, after: part.after, service: None };
    let cases = pane(&seat, &place, &frame, &shown, part.case.map(CaseId)).await?;
    Ok(html::page(StatusCode::OK, &CasesPart { tr: seat.tr, cases }))
}

/// `GET /part/desk/lists`
pub(super) async fn lists_part(seat: Seat, Query(place): Query<Place>, Query(overseeing): Query<Overseeing>) -> Answer {
    let frame = match overseeing.place() {
        Some(overseen) => DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?.overseeing(overseen),
        None => DeskFrame::read(&seat, Some(&place), Panes::Three, Open::List).await?,
    };
    Ok(html::page(StatusCode::OK, &ListsPart { tr: seat.tr, frame }))
}

/// The pane of cases beside an open case.
pub(super) async fn beside(seat: &Seat, place: &Place, frame: &DeskFrame, case: CaseId) -> Result<CasesPane, Fault> {
    pane(seat, place, frame, &Shown::default(), Some(case)).await
}

async fn pane(
    seat: &Seat,
    place: &Place,
    frame: &DeskFrame,
    shown: &Shown,
    current: Option<CaseId>,
) -> Result<CasesPane, Fault> {
    let (tr, list) = (seat.tr, place.list());
    let after = shown.after.as_deref().and_then(|after| after.parse().ok());
    let limit = shown.limit.unwrap_or(STEP).clamp(1, MOST);
    let service = place.service();
    let page = centre::desk::page(&seat.gate.centre, &seat.me, list, service.clone(), after, limit).await?;
    let persons = called(
        seat,
        &page.cases,
        page.persons.into_iter().filter_map(|(id, name)| Some((PersonId(id), name?))).collect(),
    )
    .await?;
    let names = names_of(seat, &page.cases).await?;
    let rows = rows(seat, &page.cases, &persons, &names, current, |number| place.case(number));
    let kind = frame.lists.iter().find(|l| List::from(l.kind) == list);
    let title = match &service {
        Some(service) => {
            let catalogue = seat.gate.centre.catalogue();
            let name = catalogue.service(service).map_or_else(|| service.to_string(), |s| s.name.clone());
            tr.with(
                "desk-list-of-service",
                &[("list", tr.text(&format!("desk-list-{}", list.as_str())).into_owned()), ("service", name)],
            )
            .into_owned()
        }
        None => tr.text(&format!("desk-list-{}", list.as_str())).into_owned(),
    };
    let count = kind.and_then(|l| l.count).filter(|_| service.is_none()).map(|count| {
        tr.with("desk-cases-count", &[("count", tr.arg(count)), ("shown", tr.arg(frame::counted(tr, count)))])
            .into_owned()
    });
    let here = |extra: &str| format!("/part/desk/cases?{}{extra}", place.query());
    let from = after.map(|after: db::desk::Cursor| format!("&after={after}")).unwrap_or_default();
    let case = current.map(|id| format!("&case={id}")).unwrap_or_default();
    let more = page.next.map(|next| {
        let joint = if service.is_some() { '&' } else { '?' };
        More {
            href: format!("{}{joint}after={next}", place.list_href()),
            part: (limit < MOST).then(|| here(&format!("{from}{case}&limit={}", limit + STEP))),
        }
    });
    let empty = (rows.is_empty() && after.is_none()).then(|| empty(tr, list));
    Ok(CasesPane {
        title,
        count,
        rows,
        more,
        empty,
        part: here(&format!("{from}{case}&limit={limit}")),
        back: place.list_href(),
    })
}

fn empty(tr: Tr, list: List) -> Empty {
    let word = list.as_str();
    let (href, action) = match list {
        List::Unassigned => ("/desk/list/mine", language::key!("desk-empty-go-mine")),
        List::Mine => ("/desk/list/unassigned", language::key!("desk-empty-go-unassigned")),
        List::Team => ("/desk/new", language::key!("desk-empty-go-new")),
        _ => ("/desk/list/team", language::key!("desk-empty-go-team")),
    };
    Empty {
        title: tr.text(&format!("desk-empty-{word}-title")).into_owned(),
        lead: tr.text(&format!("desk-empty-{word}-lead")).into_owned(),
        href: href.to_owned(),
        action: tr.text(action).into_owned(),
    }
}

async fn names_of(seat: &Seat, cases: &[Stored]) -> Result<HashMap<UserId, String>, Fault> {
    let mut ids: Vec<UserId> = cases.iter().filter_map(|c| c.case.assignee).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(centre::staff::names(&seat.gate.centre, &ids).await?)
}

/// What persons are called in a list: their name, else the address they are known by.
async fn called(
    seat: &Seat,
    cases: &[Stored],
    mut names: HashMap<PersonId, String>,
) -> Result<HashMap<PersonId, String>, Fault> {
    let unnamed: Vec<PersonId> =
        cases.iter().filter_map(|c| c.case.person).filter(|id| !names.contains_key(id)).collect();
    if !unnamed.is_empty() {
        let addresses = centre::person::first_addresses(&seat.gate.centre, &unnamed).await?;
        names.extend(addresses.into_iter().map(|(id, address)| (id, super::beside::spaced(&address.value))));
    }
    Ok(names)
}

/// Cases as rows of a list, by themselves.
pub(super) async fn rows_of(seat: &Seat, cases: &[Stored]) -> Result<Vec<Row>, Fault> {
    let ids: Vec<PersonId> = cases.iter().filter_map(|stored| stored.case.person).collect();
    let persons = called(seat, cases, centre::person::names(&seat.gate.centre, &ids).await?).await?;
    let names = names_of(seat, cases).await?;
    Ok(rows(seat, cases, &persons, &names, None, |number| format!("/desk/case/{number}")))
}

fn rows(
    seat: &Seat,
    cases: &[Stored],
    persons: &HashMap<PersonId, String>,
    names: &HashMap<UserId, String>,
    current: Option<CaseId>,
    href: impl Fn(CaseNumber) -> String,
) -> Vec<Row> {
    let catalogue = seat.gate.centre.catalogue();
    let row = |stored: &Stored| {
        let name = stored.case.person.and_then(|id| persons.get(&id));
        let with = with(seat.tr, stored, names);
        let due = due::in_list(seat.tr, &catalogue, &stored.case, seat.now);
        let href = href(CaseNumber::new(stored.case.id, stored.case.opened_at));
        let row = row(seat.tr, stored, name.map(String::as_str), with, due, href);
        Row { current: current == Some(stored.case.id), ..row }
    };
    cases.iter().map(row).collect()
}

/// The title of a case, or what stands for it.
pub(crate) fn title(tr: Tr, stored: &Stored) -> String {
    stored.content.subject.clone().unwrap_or_else(|| tr.text("desk-untitled").into_owned())
}

fn row(tr: Tr, stored: &Stored, name: Option<&str>, with: String, due: Option<Due>, href: String) -> Row {
    let who = match (name, &stored.content.announce_to, stored.case.person) {
        (Some(name), _, _) => name.to_owned(),
        (None, Some(address), _) => address.clone(),
        (None, None, Some(_)) => tr.text("desk-no-name").into_owned(),
        (None, None, None) => tr.text("desk-anonymous").into_owned(),
    };
    Row {
        id: stored.case.id.0,
        href,
        icon: channel::icon(stored.content.channel),
        channel: channel::key(stored.content.channel),
        title: title(tr, stored),
        who,
        with,
        due,
        unanswered: stored.case.unanswered,
        current: false,
    }
}

/// Who has it: a name, an office, nobody yet.
fn with(tr: Tr, stored: &Stored, names: &HashMap<UserId, String>) -> String {
    let name = stored.case.assignee.and_then(|id| names.get(&id)).map(|name| super::entry::first_name(name));
    match (name, stored.case.level) {
        (Some(name), Level::Front) => name.to_owned(),
        (Some(name), Level::Back) => tr.with("desk-with-back-office-name", &[("name", name)]).into_owned(),
        (None, Level::Back) => tr.text("desk-with-back-office").into_owned(),
        (None, Level::Front) if stored.case.is_active() => tr.text("desk-with-nobody").into_owned(),
        (None, Level::Front) => tr.text("desk-with-none").into_owned(),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Typed {
    q: Option<String>,
}

/// `GET /desk/search?q=`
pub(super) async fn search(seat: Seat, Query(typed): Query<Typed>) -> Answer {
    let tr = seat.tr;
    let typed: String = typed.q.unwrap_or_default().trim().chars().take(200).collect();
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::List).await?;
    let found =
        if typed.is_empty() { Vec::new() } else { centre::search::find(&seat.gate.centre, &seat.me, &typed).await? };
    let rows = rows_of(&seat, &found).await?;
    Ok(html::page(StatusCode::OK, &SearchPage { tr, frame, full: rows.len() >= centre::search::MOST, typed, rows }))
}

#[derive(Debug, Template)]
#[template(path = "desk/list.html")]
pub struct ListPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub cases: CasesPane,
    pub toast: Option<Toast>,
}

#[derive(Debug, Template)]
#[template(path = "desk/cases.html")]
struct CasesPart {
    tr: Tr,
    cases: CasesPane,
}

#[derive(Debug, Template)]
#[template(path = "desk/lists.html")]
struct ListsPart {
    tr: Tr,
    frame: DeskFrame,
}

#[derive(Debug, Template)]
#[template(path = "desk/search.html")]
pub struct SearchPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub typed: String,
    pub rows: Vec<Row>,
    /// There may be more than are shown.
    pub full: bool,
}

/// The cases of the samples.
pub(super) fn sample(tr: Tr, current: bool) -> CasesPane {
    use super::due::Urgency;
    let due =
        |urgency, word: &str| Some(Due { urgency, word: word.to_owned(), title: tr.date_time_full(samples::now()) });
    let row = |id: i64, channel: Channel, title: &str, who: &str, with: &str, due: Option<Due>, unanswered: bool| Row {
        id,
        href: format!("/desk/case/LA-2026-{id:06}"),
        icon: channel::icon(channel),
        channel: channel::key(channel),
        title: title.to_owned(),
        who: who.to_owned(),
        with: with.to_owned(),
        due,
        unanswered,
        current: current && id == 4512,
    };
    let nobody = tr.text("desk-with-nobody");
    let waiting = tr.text("desk-due-waiting");
    let over = tr.text("desk-due-over");
    CasesPane {
        title: tr.text("desk-list-team").into_owned(),
        count: Some(tr.with("desk-cases-count", &[("count", tr.arg(21)), ("shown", tr.arg("21"))]).into_owned()),
        rows: vec![
            row(4512, Channel::Phone, "Bonus sociale", "Mario Esempio", "Sara", due(Urgency::Soon, "38 min"), true),
            row(
                4498,
                Channel::Email,
                "Permesso di soggiorno",
                "Anna Modello",
                &nobody,
                due(Urgency::Over, &over),
                true,
            ),
            row(
                4515,
                Channel::Web,
                "Residenza e medico di base",
                "Pia Campione",
                "Luca",
                due(Urgency::Quiet, "2 h"),
                false,
            ),
            row(
                4516,
                Channel::Sms,
                "Ritiro carta d’identità",
                "+39 333 555 0188",
                &nobody,
                due(Urgency::Quiet, "3 h"),
                true,
            ),
            row(
                4470,
                Channel::Email,
                "Pensione ai superstiti",
                "Lea Fittizia",
                "Back office",
                due(Urgency::Quiet, &waiting),
                false,
            ),
            row(
                4520,
                Channel::Desk,
                "Iscrizione al nido di una bambina che arriva a metà anno scolastico",
                "Sam Prova",
                "Noor",
                due(Urgency::Quiet, &tr.day_short(samples::now() + chrono::TimeDelta::days(2), samples::now())),
                false,
            ),
        ],
        more: Some(More {
            href: "/desk/list/team?after=1.2".to_owned(),
            part: Some("/part/desk/cases?limit=100".to_owned()),
        }),
        empty: None,
        part: "/part/desk/cases".to_owned(),
        back: "/desk/list/team".to_owned(),
    }
}

impl samples::Samples for ListPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |cases: CasesPane| ListPage {
            tr,
            frame: DeskFrame { panes: Panes::Three, ..samples::desk_frame(tr) },
            cases,
            toast: None,
        };
        let mut pages = vec![("team", page(sample(tr, false)))];
        for (name, state) in availability::samples(tr) {
            let stands = page(sample(tr, false));
            pages.push((name, Self { frame: DeskFrame { state: Some(state), ..stands.frame }, ..stands }));
        }
        for list in List::ALL.iter().copied() {
            let empty = CasesPane {
                title: tr.text(&format!("desk-list-{}", list.as_str())).into_owned(),
                empty: Some(empty(tr, list)),
                ..CasesPane::default()
            };
            pages.push((
                match list {
                    List::Unassigned => "empty-unassigned",
                    List::Mine => "empty-mine",
                    List::Team => "empty-team",
                    List::Waiting => "empty-waiting",
                    List::BackOffice => "empty-back-office",
                    List::Overdue => "empty-overdue",
                    List::Solved => "empty-solved",
                },
                page(empty),
            ));
        }
        pages
    }
}

impl samples::Samples for SearchPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |typed: &str, rows: Vec<Row>| SearchPage {
            tr,
            frame: DeskFrame { panes: Panes::Two, ..samples::desk_frame(tr) },
            typed: typed.to_owned(),
            rows,
            full: false,
        };
        vec![
            ("found", page("bonus", sample(tr, false).rows)),
            ("nothing", page("<b>zzz</b>", Vec::new())),
            ("asked", page("", Vec::new())),
        ]
    }
}
