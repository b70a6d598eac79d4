//! Whether whoever sits here takes work: the menu in the top bar, where they say what they wish and see how they stand.

use super::clock::Clock;
use super::fault::{Answer, Fault};
use super::seat::Seat;
use super::sent_from;
use crate::html;
use askama::Template;
use axum::response::{IntoResponse, Redirect};
use centre::availability::Availability;
use chrono::TimeDelta;
use gate::Form;
use http::{HeaderMap, StatusCode};
use language::Tr;
use model::access::takes_calls;
use model::availability::{PauseReason, Standing, Wish, Wished};
use model::call::Device;
use model::problem::Problem;

/// How somebody stands, in words of their language.
#[derive(Clone, Debug)]
pub struct State {
    pub word: String,
    pub icon: &'static str,
    /// The colour of its icon, which says nothing that the word does not.
    pub tint: &'static str,
    /// How long it has been so, or how long it goes on.
    pub clock: Clock,
    /// What was asked for while busy: it holds when that is over.
    pub next: Option<String>,
    /// By what they are reached, in words.
    pub reached: String,
    pub device: Option<Device>,
    /// They wish to work and nothing reaches them: what comes passes them by.
    pub unreachable: bool,
    pub wish: Wish,
    /// Why they may pause, each with whether they do.
    pub reasons: Vec<Reason>,
    /// Whether there is a softphone to open.
    pub softphone: bool,
    /// They write something up, and can say that they are done.
    pub writes_up: bool,
}

#[derive(Clone, Debug)]
pub struct Reason {
    pub value: &'static str,
    pub word: String,
    pub chosen: bool,
}

impl State {
    /// As it now stands; nothing for whoever takes no calls.
    pub(super) async fn read(seat: &Seat) -> centre::Result<Option<Self>> {
        if !takes_calls(&seat.me) {
            return Ok(None);
        }
        let one = centre::availability::of(&seat.gate.centre, seat.me.id).await?;
        Ok(Some(Self::of(seat.tr, &one, seat.now, seat.gate.settings().softphone.is_some())))
    }

    pub(crate) fn of(tr: Tr, one: &Availability, now: chrono::DateTime<chrono::Utc>, softphone: bool) -> Self {
        let wished = one.wished;
        // Whoever wishes to work and is not reached stands as off: what they asked for is said, and what is missing.
        let unreachable = one.device.is_none() && wished.wish == Wish::Ready;
        let standing = one.standing;
        let paused = wished.reason.filter(|_| wished.wish == Wish::Pause);
        let word = match (standing, paused) {
            (Standing::Pause, Some(reason)) => paused_for(tr, reason),
            _ if unreachable && standing == Standing::Off => tr.text("standing-unreachable").into_owned(),
            _ => tr.text(&format!("standing-{standing}")).into_owned(),
        };
        let busy = matches!(standing, Standing::Offered | Standing::Busy | Standing::WrapUp);
        let next = (busy && wished.wish != Wish::Ready).then(|| match paused {
            Some(reason) => tr.with("standing-then-pause", &[("reason", reason_word(tr, reason))]).into_owned(),
            None => tr.text("standing-then-off").into_owned(),
        });
        let clock = match (standing, one.until) {
            (Standing::Offered | Standing::WrapUp, Some(until)) => Clock::until(tr, until, now),
            (Standing::Offered | Standing::WrapUp | Standing::Busy, _) => Clock::since(tr, one.since, now),
            _ => Clock::still(tr, one.since, now),
        };
        Self {
            word,
            icon: icon(standing),
            tint: if unreachable { "warn" } else { tint(standing) },
            clock,
            next,
            reached: match one.device {
                Some(Device::Softphone) => tr.text("standing-by-softphone"),
                Some(Device::Telephone) => tr.text("standing-by-telephone"),
                None => tr.text("standing-by-nothing"),
            }
            .into_owned(),
            device: one.device,
            unreachable,
            wish: wished.wish,
            reasons: PauseReason::to_choose()
                .map(|reason| Reason {
                    value: reason.as_str(),
                    word: reason_word(tr, reason),
                    chosen: paused == Some(reason),
                })
                .collect(),
            softphone,
            writes_up: standing == Standing::WrapUp && wished.wish == Wish::Ready,
        }
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.wish == Wish::Ready
    }

    pub(crate) fn is_off(&self) -> bool {
        self.wish == Wish::Off
    }
}

/// `pasto`
pub(crate) fn reason_word(tr: Tr, reason: PauseReason) -> String {
    tr.text(&format!("pause-{reason}")).into_owned()
}

/// `In pausa: pasto`
pub(crate) fn paused_for(tr: Tr, reason: PauseReason) -> String {
    tr.with("standing-paused", &[("reason", reason_word(tr, reason))]).into_owned()
}

pub(crate) fn icon(standing: Standing) -> &'static str {
    match standing {
        Standing::Ready => "dot",
        Standing::Offered => "phone-in",
        Standing::Busy => "phone",
        Standing::WrapUp => "pen",
        Standing::Pause => "cup",
        Standing::Off => "off",
    }
}

pub(crate) fn tint(standing: Standing) -> &'static str {
    match standing {
        Standing::Ready => "ok",
        Standing::Offered | Standing::Busy | Standing::WrapUp => "busy",
        Standing::Pause => "warn",
        Standing::Off => "off",
    }
}

/// The menu alone.
#[derive(Debug, Template)]
#[template(path = "desk/state.html")]
struct StatePart {
    tr: Tr,
    frame: PartFrame,
}

/// What the menu needs of a frame.
#[derive(Debug)]
struct PartFrame {
    takes_calls: bool,
    state: Option<State>,
}

/// `GET /part/desk/stato`
pub(super) async fn part(seat: Seat) -> Answer {
    let frame = PartFrame { takes_calls: takes_calls(&seat.me), state: State::read(&seat).await? };
    Ok(html::page(StatusCode::OK, &StatePart { tr: seat.tr, frame }))
}

/// `POST /desk/stato`
pub(super) async fn send(seat: Seat, headers: HeaderMap, form: Form) -> Answer {
    if !takes_calls(&seat.me) {
        return Err(centre::Error::Denied(model::access::Denied::Place).into());
    }
    // A button says what is wished; that of a reason says the pause with it.
    let said = |name| form.parsed::<PauseReason>(name).filter(|one| PauseReason::to_choose().any(|own| own == *one));
    let (wish, reason) = match (form.parsed::<Wish>("wish"), said("pause")) {
        (_, Some(reason)) => (Wish::Pause, Some(reason)),
        (Some(wish), None) => (wish, said("reason")),
        (None, None) => return Err(Fault::from(centre::Error::field("wish", Problem::NotInTheList))),
    };
    let wished = Wished { wish, reason };
    seat.work(move |w| Box::pin(async move { centre::availability::wish(w, wished).await })).await?;
    if headers.contains_key("hx-request") {
        return part(seat).await;
    }
    Ok(Redirect::to(&sent_from::page(&headers)).into_response())
}

/// The states worth looking at.
pub(crate) fn samples(tr: Tr) -> Vec<(&'static str, State)> {
    use crate::samples::now;
    let one = |standing, wished, device, seconds: i64, left: Option<i64>| {
        let one = Availability {
            staff: model::UserId(1),
            wished,
            wished_at: now(),
            standing,
            since: now() - TimeDelta::seconds(seconds),
            device,
            until: left.map(|left| now() + TimeDelta::seconds(left)),
        };
        State::of(tr, &one, now(), true)
    };
    let ready = Wished { wish: Wish::Ready, reason: None };
    let pause = |reason| Wished { wish: Wish::Pause, reason: Some(reason) };
    let off = Wished { wish: Wish::Off, reason: None };
    let soft = Some(Device::Softphone);
    vec![
        ("ready", one(Standing::Ready, ready, soft, 240, None)),
        ("offered", one(Standing::Offered, ready, soft, 3, Some(12))),
        ("busy", one(Standing::Busy, ready, Some(Device::Telephone), 161, None)),
        ("busy-then-pause", one(Standing::Busy, pause(PauseReason::Meal), soft, 161, None)),
        ("wrap-up", one(Standing::WrapUp, off, soft, 18, Some(42))),
        ("pause", one(Standing::Pause, pause(PauseReason::Meal), soft, 480, None)),
        ("no-answer", one(Standing::Pause, pause(PauseReason::NoAnswer), soft, 30, None)),
        ("device-lost", one(Standing::Pause, pause(PauseReason::DeviceLost), None, 30, None)),
        ("unreachable", one(Standing::Off, ready, None, 20, None)),
        ("off", one(Standing::Off, off, None, 7_300, None)),
    ]
}
