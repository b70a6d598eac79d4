//! Queues and people as they stand now: every number leads to the cases that it counts.

use super::filter::Asked;
use crate::desk::fault::Answer;
use crate::desk::flash::Toast;
use crate::desk::oversight::{Overseen, Oversight};
use crate::desk::seat::Seat;
use crate::desk::{DeskFrame, Open, Panes};
use crate::{html, samples};
use askama::Template;
use centre::team::{Here, Member, Queue};
use chrono::{DateTime, TimeDelta, Utc};
use db::team::Due;
use http::StatusCode;
use language::Tr;
use model::case::{Level, State};
use model::number::CaseNumber;

#[derive(Debug, Template)]
#[template(path = "desk/team/now.html")]
pub struct TeamPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub team: Now,
    pub toast: Option<Toast>,
}

#[derive(Debug, Template)]
#[template(path = "desk/team/now-part.html")]
struct NowPart {
    tr: Tr,
    team: Now,
}

/// The part that is live.
#[derive(Debug, Clone)]
pub struct Now {
    /// The sum of all queues, in sentences.
    pub sums: Vec<Sum>,
    pub queues: Vec<QueueRow>,
    pub people: Vec<PersonRow>,
    /// Whether it is shown what each did today.
    pub figures: bool,
    pub at: String,
}

/// A figure with its sentence.
#[derive(Debug, Clone)]
pub struct Sum {
    pub href: String,
    pub number: String,
    pub word: String,
    pub late: bool,
}

#[derive(Debug, Clone)]
pub struct QueueRow {
    pub name: String,
    pub about: String,
    pub own: bool,
    pub href: String,
    pub new: Cell,
    pub open: Cell,
    pub waiting: Cell,
    pub overdue: Cell,
    pub soon: Cell,
    /// How long the oldest case waits that nobody has taken, and since when exactly.
    pub oldest: Option<(String, String)>,
}

#[derive(Debug, Clone)]
pub struct PersonRow {
    pub name: String,
    pub about: String,
    pub gone: bool,
    pub here: &'static str,
    pub present: bool,
    /// The case that they look at.
    pub case: Option<(String, String)>,
    pub href: String,
    pub open: Cell,
    pub waiting: Cell,
    pub overdue: Cell,
    pub soon: Cell,
    pub today: Option<TodayCells>,
}

#[derive(Debug, Clone)]
pub struct TodayCells {
    pub replied: String,
    pub solved: String,
    pub passed: String,
    pub last: String,
}

impl QueueRow {
    pub(crate) fn cells(&self) -> Vec<&Cell> {
        vec![&self.new, &self.open, &self.waiting, &self.soon, &self.overdue]
    }
}

impl PersonRow {
    pub(crate) fn cells(&self) -> Vec<&Cell> {
        vec![&self.open, &self.waiting, &self.soon, &self.overdue]
    }
}

/// A count that leads to what it counts; nothing leads nowhere.
#[derive(Debug, Clone)]
pub struct Cell {
    pub count: String,
    pub href: Option<String>,
    pub late: bool,
}

impl Cell {
    fn new(tr: Tr, count: i64, asked: Asked) -> Self {
        Self { count: tr.number(count), href: (count > 0).then(|| asked.href()), late: false }
    }

    fn late(self) -> Self {
        Self { late: self.href.is_some(), ..self }
    }
}

/// `GET /desk/squadra`
pub(super) async fn show(seat: Seat) -> Answer {
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?.overseeing(Overseen::Team);
    let team = read(&seat).await?;
    let toast = Toast::take(&seat.session, seat.tr).await;
    Ok(html::page(StatusCode::OK, &TeamPage { tr: seat.tr, frame, team, toast }))
}

/// `GET /part/desk/squadra`
pub(super) async fn part(seat: Seat) -> Answer {
    let team = read(&seat).await?;
    Ok(html::page(StatusCode::OK, &NowPart { tr: seat.tr, team }))
}

async fn read(seat: &Seat) -> centre::Result<Now> {
    let centre = &seat.gate.centre;
    let queues = centre::team::queues(centre, &seat.me).await?;
    let members = centre::team::members(centre, &seat.me).await?;
    let catalogue = centre.catalogue();
    let several = catalogue.services.len() > 1;
    let service = |queue: &Queue| {
        let service = catalogue.service(&queue.service).filter(|_| several);
        service.map(|service| service.name.clone())
    };
    let name = |id: &model::QueueId| catalogue.queue(id).map_or_else(|| id.to_string(), |queue| queue.name.clone());
    let mut people = Vec::new();
    for member in &members {
        let case = match member.here {
            Here::Case { case, .. } => centre::timeline::head(centre, &seat.me, case).await.ok(),
            Here::Desk | Here::Away => None,
        };
        let number = case.map(|stored| CaseNumber::new(stored.case.id, stored.case.opened_at).to_string());
        let of: Vec<String> = member.queues.iter().map(&name).collect();
        people.push(person(seat.tr, member, of, number, seat.now));
    }
    Ok(Now {
        sums: sums(seat.tr, &queues),
        queues: queues.iter().map(|queue| row(seat.tr, queue, service(queue), seat.now)).collect(),
        people,
        figures: centre.operator_figures(),
        at: seat.tr.time(seat.now),
    })
}

fn sums(tr: Tr, queues: &[Queue]) -> Vec<Sum> {
    let sum = |part: fn(&Queue) -> i64| queues.iter().map(part).sum::<i64>();
    let one = |word: &str, count: i64, asked: Asked, late: bool| Sum {
        href: asked.href(),
        number: tr.number(count),
        word: tr.with(&format!("team-sum-{word}"), &[("count", count)]).into_owned(),
        late: late && count > 0,
    };
    let all = Asked::default;
    vec![
        one("new", sum(|q| q.new), all().in_state(State::New), false),
        one("open", sum(|q| q.open), all().in_state(State::Open), false),
        one("soon", sum(|q| q.soon), all().due(Due::Soon), false),
        one("overdue", sum(|q| q.overdue), all().due(Due::Over), true),
    ]
}

fn row(tr: Tr, queue: &Queue, service: Option<String>, now: DateTime<Utc>) -> QueueRow {
    let asked = || Asked::of_queue(&queue.id);
    let level = match queue.level {
        Level::Front => tr.text("team-level-front"),
        Level::Back => tr.text("team-level-back"),
    };
    QueueRow {
        name: queue.name.clone(),
        about: service.into_iter().chain([level.into_owned()]).collect::<Vec<_>>().join(" · "),
        own: queue.own,
        href: asked().href(),
        new: Cell::new(tr, queue.new, asked().in_state(State::New)),
        open: Cell::new(tr, queue.open, asked().in_state(State::Open)),
        waiting: Cell::new(tr, queue.waiting, asked().in_state(State::Waiting)),
        overdue: Cell::new(tr, queue.overdue, asked().due(Due::Over)).late(),
        soon: Cell::new(tr, queue.soon, asked().due(Due::Soon)),
        oldest: queue.oldest.map(|since| (tr.duration_short(now - since), tr.date_time_full(since))),
    }
}

fn person(tr: Tr, member: &Member, queues: Vec<String>, number: Option<String>, now: DateTime<Utc>) -> PersonRow {
    let asked = || Asked::of_operator(member.id);
    let roles = member.roles.iter().map(|role| tr.text(&format!("desk-role-{role}")).into_owned());
    let about = if queues.is_empty() { roles.collect::<Vec<_>>() } else { queues };
    PersonRow {
        name: member.name.clone(),
        about: about.join(", "),
        gone: member.gone,
        here: match member.here {
            Here::Away => language::key!("team-here-away"),
            Here::Desk => language::key!("team-here-desk"),
            Here::Case { writing: true, .. } => language::key!("team-here-writing"),
            Here::Case { .. } => language::key!("team-here-case"),
        },
        present: member.here != Here::Away,
        case: number.map(|number| (format!("/desk/case/{number}"), number)),
        href: asked().href(),
        open: Cell::new(tr, member.open, asked().in_state(State::Open)),
        waiting: Cell::new(tr, member.waiting, asked().in_state(State::Waiting)),
        overdue: Cell::new(tr, member.overdue, asked().due(Due::Over)).late(),
        soon: Cell::new(tr, member.soon, asked().due(Due::Soon)),
        today: member.today.map(|today| TodayCells {
            replied: tr.number(today.replied),
            solved: tr.number(today.solved),
            passed: tr.number(today.passed),
            last: today.last.map_or_else(|| "–".to_owned(), |last| tr.relative(last, now)),
        }),
    }
}

impl samples::Samples for TeamPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        use model::user::Role;
        use model::{CaseId, QueueId, ServiceId, UserId};
        let now = samples::now();
        let queue = |id: &str, level, counts: [i64; 5], minutes: i64| Queue {
            id: QueueId::new(id),
            name: id.to_owned(),
            service: ServiceId::new("linea-amica"),
            level,
            own: id == "Linea Amica",
            new: counts[0],
            open: counts[1],
            waiting: counts[2],
            overdue: counts[3],
            soon: counts[4],
            oldest: (counts[0] > 0).then(|| now - TimeDelta::minutes(minutes)),
        };
        let queues = [
            queue("Linea Amica", Level::Front, [7, 14, 9, 1, 3], 94),
            queue("Abruzzo", Level::Front, [2, 4, 0, 0, 1], 12),
            queue("Ufficio bonus", Level::Back, [0, 3, 1, 0, 0], 0),
        ];
        let member = |id, name: &str, here, counts: [i64; 4], gone| Member {
            id: UserId(id),
            name: name.to_owned(),
            roles: vec![Role::Front],
            queues: Vec::new(),
            gone,
            here,
            open: counts[0],
            waiting: counts[1],
            overdue: counts[2],
            soon: counts[3],
            today: None,
        };
        let members = [
            member(1, "Sara Campione", Here::Case { case: CaseId(4512), writing: true }, [5, 3, 1, 1], false),
            member(2, "Luca Prova", Here::Desk, [4, 2, 0, 1], false),
            member(3, "Noor Inventata", Here::Away, [5, 4, 0, 1], false),
            member(4, "Gino Fittizio", Here::Away, [2, 0, 0, 0], true),
        ];
        let number = |member: &Member| matches!(member.here, Here::Case { .. }).then(|| "LA-2026-004512".to_owned());
        let page = |queues: &[Queue], members: &[Member], alarms: &[&str], figures: bool| TeamPage {
            tr,
            frame: DeskFrame {
                panes: Panes::Two,
                open: Open::Case,
                oversight: Some(Oversight::sample(tr, Some(Overseen::Team), alarms)),
                ..samples::desk_frame(tr)
            },
            team: Now {
                sums: sums(tr, queues),
                queues: queues.iter().map(|queue| row(tr, queue, Some("Linea Amica".to_owned()), now)).collect(),
                people: members.iter().map(|m| person(tr, m, Vec::new(), number(m), now)).collect(),
                figures,
                at: tr.time(now),
            },
            toast: None,
        };
        let today = centre::team::Today { replied: 12, solved: 9, passed: 2, last: Some(now - TimeDelta::minutes(4)) };
        let mut counted = members.clone();
        for member in &mut counted {
            member.today = Some(today);
        }
        vec![
            ("all", page(&queues, &members, &["overdue"], false)),
            ("figures", page(&queues, &counted, &[], true)),
            ("nothing", page(&[], &[], &["overdue", "contacts", "letters-waiting"], false)),
        ]
    }
}
