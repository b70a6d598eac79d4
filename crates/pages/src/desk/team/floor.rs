//! The telephone as it stands now: who waits, how today's calls were answered, and how everybody stands. Big figures first,
//! then queues, then people.

use super::overhear::Overhearing;
use super::{ability, closing};
use crate::desk::availability::{self, paused_for};
use crate::desk::clock::Clock;
use crate::desk::fault::Answer;
use crate::desk::flash::Toast;
use crate::desk::oversight::{Overseen, Oversight};
use crate::desk::seat::Seat;
use crate::desk::{DeskFrame, Open, Panes};
use crate::{html, samples};
use askama::Template;
use centre::closing::Closing;
use centre::floor::{Floor, Person, Queue, Today};
use chrono::{DateTime, TimeDelta, Utc};
use http::StatusCode;
use language::Tr;
use model::UserId;
use model::access::takes_calls;
use model::availability::{Standing, Wish};
use model::call::Device;

#[derive(Debug, Template)]
#[template(path = "desk/team/floor.html")]
pub struct FloorPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub toast: Option<Toast>,
    /// Whether a softphone is offered here: to whoever may take part in talks, and has no menu of their state that offers it.
    pub softphone: bool,
    pub floor: Shown,
}

#[derive(Debug, Template)]
#[template(path = "desk/team/floor-part.html")]
struct FloorPart {
    tr: Tr,
    floor: Shown,
}

/// The part that is live.
#[derive(Debug, Clone)]
pub struct Shown {
    pub waiting: String,
    /// Whoever waits longest: for how long, in which queue, and whether that is longer than promised.
    pub longest: Option<Longest>,
    pub level: Level,
    pub today: String,
    pub queues: Vec<QueueRow>,
    pub people: Vec<PersonRow>,
    pub at_work: String,
    pub at: String,
}

#[derive(Debug, Clone)]
pub struct Longest {
    pub clock: Clock,
    pub said: String,
    pub late: bool,
}

/// The share of calls answered in time.
#[derive(Debug, Clone)]
pub struct Level {
    pub title: String,
    /// `90`, or nothing before the first call.
    pub percent: Option<String>,
    pub said: String,
    /// Whether what is promised is kept, where something is.
    pub kept: Option<bool>,
}

#[derive(Debug, Clone)]
pub struct QueueRow {
    pub name: String,
    pub about: String,
    pub waiting: String,
    pub waits: bool,
    pub longest: Option<Clock>,
    pub late: bool,
    pub offered: String,
    pub answered: String,
    pub abandoned: String,
    pub level: Option<Bar>,
    pub ready: String,
    /// Since when and why it is closed by hand.
    pub closed: Option<String>,
    pub close: String,
    pub open: String,
    pub steer: String,
}

/// A share as a bar of a hundred, with the mark of what is promised.
#[derive(Debug, Clone)]
pub struct Bar {
    pub share: i64,
    pub promise: Option<i64>,
    pub word: String,
    pub kept: bool,
}

#[derive(Debug, Clone)]
pub struct PersonRow {
    /// By it a row stays the same one as people change places while it is read.
    pub id: UserId,
    pub name: String,
    pub href: String,
    pub icon: &'static str,
    pub tint: &'static str,
    pub word: String,
    pub clock: Clock,
    /// By what they are reached, in words.
    pub device: Option<(&'static str, String)>,
    /// Where the call comes from that they are at.
    pub on: Option<String>,
    /// How whoever looks may take part in their talk.
    pub overhear: Option<Overhearing>,
}

/// `GET /desk/squadra/telefono`
pub(super) async fn show(seat: Seat) -> Answer {
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?.overseeing(Overseen::Floor);
    let floor = read(&seat).await?;
    let toast = Toast::take(&seat.session, seat.tr).await;
    let overhears = seat.gate.centre.catalogue().services.iter().any(|service| service.telephone.oversight);
    let softphone = overhears && !takes_calls(&seat.me) && seat.gate.settings().softphone.is_some();
    Ok(html::page(StatusCode::OK, &FloorPage { tr: seat.tr, frame, toast, softphone, floor }))
}

/// `GET /part/desk/squadra/telefono`
pub(super) async fn part(seat: Seat) -> Answer {
    let floor = read(&seat).await?;
    Ok(html::page(StatusCode::OK, &FloorPart { tr: seat.tr, floor }))
}

async fn read(seat: &Seat) -> centre::Result<Shown> {
    let centre = &seat.gate.centre;
    let floor = centre::floor::read(centre, &seat.me).await?;
    let catalogue = centre.catalogue();
    let several = catalogue.services.len() > 1;
    let service = |queue: &Queue| {
        let service = catalogue.service(&queue.service).filter(|service| several && service.name != queue.name);
        service.map(|service| service.name.clone()).unwrap_or_default()
    };
    Ok(shown(seat.tr, seat.me.id, &floor, service, seat.now))
}

fn shown(tr: Tr, me: UserId, floor: &Floor, service: impl Fn(&Queue) -> String, now: DateTime<Utc>) -> Shown {
    let waiting: i64 = floor.queues.iter().map(|queue| queue.waiting).sum();
    let today = floor.queues.iter().map(|queue| queue.today).fold(Today::default(), |a, b| a + b);
    let first = floor.queues.iter().filter_map(|queue| Some((queue.longest?, queue))).min_by_key(|(since, _)| *since);
    let count = |is: fn(Standing) -> bool| {
        i64::try_from(floor.people.iter().filter(|one| is(one.stands.standing)).count()).unwrap_or(i64::MAX)
    };
    let (at_work, ready) = (count(|one| one != Standing::Off), count(|one| one == Standing::Ready));
    Shown {
        waiting: tr.number(waiting),
        longest: first.map(|(since, queue)| {
            let late = is_late(queue, since, now);
            let values = [("queue", tr.arg(queue.name.as_str())), ("seconds", tr.arg(i64::from(queue.target_s)))];
            let key = if late { language::key!("floor-longest-late") } else { language::key!("floor-longest-in") };
            Longest { clock: Clock::since(tr, since, now), said: tr.with(key, &values).into_owned(), late }
        }),
        level: level(tr, &floor.queues, today),
        today: tr
            .with(
                "floor-today",
                &[("offered", today.offered), ("answered", today.answered), ("abandoned", today.abandoned)],
            )
            .into_owned(),
        queues: floor.queues.iter().map(|queue| row(tr, queue, service(queue), now)).collect(),
        people: floor.people.iter().map(|one| person(tr, me, floor, one, now)).collect(),
        at_work: tr.with("floor-at-work", &[("count", at_work), ("ready", ready)]).into_owned(),
        at: tr.time(now),
    }
}

fn is_late(queue: &Queue, since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - since > TimeDelta::seconds(i64::from(queue.target_s))
}

fn level(tr: Tr, queues: &[Queue], today: Today) -> Level {
    let mut targets: Vec<u32> = queues.iter().map(|queue| queue.target_s).collect();
    targets.dedup();
    let title = match targets.as_slice() {
        [one] => tr.with("floor-level-within", &[("seconds", i64::from(*one))]),
        _ => tr.text("floor-level"),
    };
    // What is promised of several services alike is promised of their sum.
    let mut promises: Vec<_> = queues.iter().map(|queue| queue.promise.map(|promise| promise.percent)).collect();
    promises.dedup();
    let promise = match promises.as_slice() {
        [one] => *one,
        _ => None,
    };
    let share = today.level();
    let of = [("in", tr.arg(today.in_time)), ("of", tr.arg(today.decided))];
    let said = match (share, promise) {
        (None, _) => tr.text("floor-level-none").into_owned(),
        (Some(_), None) => tr.with("floor-level-of", &of).into_owned(),
        (Some(_), Some(percent)) => {
            let [in_time, all] = of;
            let values = [in_time, all, ("promise", tr.arg(i64::from(percent)))];
            tr.with("floor-level-of-promised", &values).into_owned()
        }
    };
    Level {
        title: title.into_owned(),
        percent: share.map(|share| tr.number(hundredths(share))),
        said,
        kept: share.zip(promise).map(|(share, promise)| share * 100.0 >= f64::from(promise)),
    }
}

/// A share in hundredths, rounded down: what is not reached is not shown as reached.
fn hundredths(share: f64) -> i64 {
    // Of a number from 0 to 100 nothing is cut off.
    (0..=100).rev().find(|percent| share * 100.0 + 1e-9 >= f64::from(*percent)).map_or(0, i64::from)
}

fn row(tr: Tr, queue: &Queue, about: String, now: DateTime<Utc>) -> QueueRow {
    let promise = queue.promise.map(|promise| i64::from(promise.percent));
    QueueRow {
        name: queue.name.clone(),
        about,
        waiting: tr.number(queue.waiting),
        waits: queue.waiting > 0,
        longest: queue.longest.map(|since| Clock::since(tr, since, now)),
        late: queue.longest.is_some_and(|since| is_late(queue, since, now)),
        offered: tr.number(queue.today.offered),
        answered: tr.number(queue.today.answered),
        abandoned: tr.number(queue.today.abandoned),
        level: queue.today.level().map(|share| {
            let share = hundredths(share);
            Bar {
                share,
                promise,
                word: tr.percent(f64::from(i32::try_from(share).unwrap_or_default()) / 100.0, 0),
                kept: promise.is_none_or(|promise| share >= promise),
            }
        }),
        ready: tr.with("floor-ready-of", &[("ready", queue.ready), ("count", queue.at_work)]).into_owned(),
        closed: queue.closing.as_ref().map(|closing| closed(tr, closing, now)),
        close: closing::path(&queue.id, "chiudi"),
        open: closing::path(&queue.id, "riapri"),
        steer: closing::path(&queue.id, "servizio"),
    }
}

/// "dalle 14:20, allerta: note".
fn closed(tr: Tr, closing: &Closing, now: DateTime<Utc>) -> String {
    let reason = tr.text(&format!("closing-reason-{}", closing.reason)).into_owned();
    let values = [("since", tr.date_time(closing.closed_at, now)), ("reason", reason)];
    let said = tr.with("floor-closed", &values).into_owned();
    match &closing.note {
        Some(note) => format!("{said}. {note}"),
        None => said,
    }
}

fn person(tr: Tr, me: UserId, floor: &Floor, one: &Person, now: DateTime<Utc>) -> PersonRow {
    let standing = one.stands.standing;
    let paused = one.stands.wished.reason.filter(|_| one.stands.wished.wish == Wish::Pause);
    let word = match (standing, paused) {
        (Standing::Pause, Some(reason)) => paused_for(tr, reason),
        _ => tr.text(&format!("standing-{standing}")).into_owned(),
    };
    let queue = one.call.as_ref().and_then(|(_, queue)| queue.as_ref());
    let queue = queue.and_then(|id| floor.queues.iter().find(|queue| queue.id == *id));
    let is_busy = matches!(standing, Standing::Offered | Standing::Busy | Standing::WrapUp);
    PersonRow {
        id: one.id,
        name: one.name.clone(),
        href: ability::path(one.id),
        icon: availability::icon(standing),
        tint: availability::tint(standing),
        word,
        clock: if is_busy { Clock::since(tr, one.stands.since, now) } else { Clock::still(tr, one.stands.since, now) },
        device: one.stands.device.map(|device| match device {
            Device::Softphone => ("headset", tr.text("floor-softphone").into_owned()),
            Device::Telephone => ("phone", tr.text("floor-telephone").into_owned()),
        }),
        on: one
            .call
            .as_ref()
            .filter(|_| is_busy)
            .map(|_| queue.map_or_else(|| "–".to_owned(), |queue| queue.name.clone())),
        overhear: one.talk.filter(|_| one.id != me).and_then(|talk| Overhearing::of(talk.contact, me, talk.overseer)),
    }
}

impl samples::Samples for FloorPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        use centre::availability::Availability;
        use model::availability::{PauseReason, Wished};
        use model::service::CallPromise;
        use model::{ContactId, QueueId, ServiceId, UserId};
        let now = samples::now();
        let queue =
            |name: &str, waiting, seconds: i64, [offered, answered, abandoned, in_time]: [i64; 4], ready| Queue {
                id: QueueId::new(name),
                name: name.to_owned(),
                service: ServiceId::new("linea-amica"),
                waiting,
                longest: (waiting > 0).then(|| now - TimeDelta::seconds(seconds)),
                today: Today { offered, answered, abandoned, in_time, decided: offered - waiting },
                target_s: 30,
                promise: Some(CallPromise { seconds: 30, percent: 75 }),
                ready,
                at_work: 11,
                closing: None,
            };
        let closing = Closing {
            id: model::ClosingId(1),
            queue: QueueId::new("Abruzzo"),
            reason: centre::closing::Reason::Alert,
            note: Some("Protezione civile".to_owned()),
            message: std::collections::BTreeMap::new(),
            closed_by: None,
            closed_at: now - TimeDelta::minutes(20),
            until: None,
        };
        let queues = vec![
            queue("Linea Amica", 4, 41, [1_024, 983, 37, 930], 0),
            queue("Abruzzo", 2, 134, [212, 180, 30, 151], 0),
            queue("Immigrazione", 0, 0, [86, 84, 2, 81], 1),
        ];
        let person = |id, name: &str, standing, reason: Option<PauseReason>, minutes: i32, device| Person {
            id: UserId(id),
            name: name.to_owned(),
            stands: Availability {
                standing,
                since: now - TimeDelta::seconds(i64::from(minutes) * 60 + 12),
                device,
                wished: Wished { wish: if reason.is_some() { Wish::Pause } else { Wish::Ready }, reason },
                ..Availability::off(UserId(id), now)
            },
            call: matches!(standing, Standing::Busy | Standing::Offered | Standing::WrapUp)
                .then(|| (ContactId(id), Some(QueueId::new("Linea Amica")))),
            talk: (standing == Standing::Busy).then(|| centre::floor::Talk {
                contact: ContactId(id),
                overseer: (id == 3)
                    .then_some(model::call::Overseer { who: UserId(99), how: model::call::Oversight::Listen }),
            }),
        };
        let (soft, phone) = (Some(Device::Softphone), Some(Device::Telephone));
        let people = vec![
            person(1, "Bianca Prova", Standing::Offered, None, 0, soft),
            person(2, "Sara Campione", Standing::Busy, None, 3, soft),
            person(3, "Luca Prova", Standing::Busy, None, 6, phone),
            person(4, "Karim Modello", Standing::WrapUp, None, 1, soft),
            person(5, "Anna Fittizia", Standing::Ready, None, 3, phone),
            person(6, "Ivo Modello", Standing::Pause, Some(PauseReason::Meal), 8, soft),
            person(7, "Noor Inventata", Standing::Off, None, 130, None),
        ];
        let notice = |floor: &Floor| {
            let closed = floor.queues.iter().filter_map(|queue| Some((&queue.name, queue.closing.as_ref()?)));
            closed.map(|(name, closing)| crate::desk::closings::said(tr, name, closing, now)).collect()
        };
        let page = |floor: &Floor| FloorPage {
            tr,
            frame: DeskFrame {
                panes: Panes::Two,
                open: Open::Case,
                oversight: Some(Oversight::sample(tr, Some(Overseen::Floor), &[])),
                closings: Some(notice(floor)),
                ..samples::desk_frame(tr)
            },
            toast: None,
            softphone: true,
            floor: shown(tr, UserId(99), floor, |_| "Linea Amica".to_owned(), now),
        };
        let mut calm = queues.clone();
        for queue in &mut calm {
            (queue.waiting, queue.longest) = (0, None);
        }
        if let Some(second) = calm.get_mut(1) {
            second.closing = Some(closing);
        }
        let mut early = calm.clone();
        for queue in &mut early {
            (queue.today, queue.promise) = (Today::default(), None);
        }
        vec![
            ("busy", page(&Floor { queues, people: people.clone() })),
            ("calm", page(&Floor { queues: calm, people })),
            ("early", page(&Floor { queues: early, people: Vec::new() })),
            ("nothing", page(&Floor::default())),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::hundredths;

    #[test]
    fn a_share_is_never_shown_as_more_than_it_is() {
        assert_eq!(hundredths(0.0), 0);
        assert_eq!(hundredths(0.7499), 74);
        assert_eq!(hundredths(0.75), 75);
        assert_eq!(hundredths(0.9999), 99);
        assert_eq!(hundredths(1.0), 100);
    }
}
