//! What happens while a page is open: events as they are committed, drafts as they are typed, who else is there. Events
//! name cases and nothing more: what is to be seen of them is fetched anew, by whoever may see it.

use super::case;
use super::composer::saved;
use super::fault::Answer;
use super::seat::{Seat, numbered};
use crate::html;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::sse::{self, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use centre::Centre;
use centre::events::Follower;
use futures::stream::{self, Stream};
use gate::{Form, Gate, Session};
use http::{HeaderMap, HeaderValue, StatusCode};
use language::Tr;
use model::event::{Actor, Position, Record, Subject};
use model::user::Staff;
use serde::Deserialize;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;

/// A stream ends after this long and the page opens another: whoever has been signed out meanwhile is then refused.
const LASTS: Duration = Duration::from_secs(600);
/// How often a stream looks whether its session is still there.
const LOOKS_AGAIN: Duration = Duration::from_secs(10);
/// How often those who oversee are told at the most that something on the telephone has changed.
const FLOOR_EVERY: Duration = Duration::from_secs(1);
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// What a page has seen when it begins to listen.
#[derive(Debug, Deserialize)]
pub(super) struct Seen {
    after: Option<String>,
}

/// `GET /part/desk/events`: from the last event that came by this stream, else from what the page was written with.
pub(super) async fn events(seat: Seat, Query(page): Query<Seen>, headers: HeaderMap) -> Response {
    let came = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let seen = came.or(page.after.as_deref()).and_then(|id| id.parse::<Position>().ok());
    let (gate, session) = (seat.gate.clone(), seat.session.clone());
    let end = async move {
        tokio::select! {
            () = gate.closing() => {}
            () = ended(&gate, &session) => {}
            () = tokio::time::sleep(LASTS) => {}
        }
    };
    let floor = Arc::new(Notify::new());
    let events = following(seat.gate.centre.follow(seen), seat.me.clone(), floor.clone());
    let signs = signs_of_life(seat.gate.centre.clone(), seat.me.clone());
    let beside = stream::select(signs, floor_events(floor));
    let events = stream::StreamExt::take_until(stream::select(events, beside), end);
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    // A proxy that gathers an answer before passing it on would keep what is live.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// Waits until the session has ended, here or at a distance.
async fn ended(gate: &Gate, session: &Session) {
    while gate::goes_on(gate, session).await {
        tokio::time::sleep(LOOKS_AGAIN).await;
    }
}

fn following(
    follower: Follower,
    me: Arc<Staff>,
    floor: Arc<Notify>,
) -> impl Stream<Item = Result<sse::Event, Infallible>> {
    // The first event says that the stream stands, and how soon to come back when it falls. No event is without data:
    // browsers pass over those.
    let hello = sse::Event::default().event("ready").data("-").retry(Duration::from_secs(1));
    let oversees = model::access::supervise(&me).is_ok();
    let rest = stream::unfold((follower, me, floor), move |(mut follower, me, floor)| async move {
        loop {
            match follower.next_seen_by(&me).await {
                Ok(record) => {
                    if oversees && matches!(record.subject, Subject::Call | Subject::Availability | Subject::Queue) {
                        floor.notify_one();
                    }
                    if let Some(event) = event(&record, &me) {
                        return Some((Ok(event), (follower, me, floor)));
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "cannot read the events for a page");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    });
    stream::StreamExt::chain(stream::once(async { Ok(hello) }), rest)
}

/// Calls and standings change many times a second in a large room: whoever oversees it is told that something has changed,
/// once in a while, and after the last change too.
fn floor_events(changed: Arc<Notify>) -> impl Stream<Item = Result<sse::Event, Infallible>> {
    stream::unfold((changed, false), |(changed, again)| async move {
        if again {
            tokio::time::sleep(FLOOR_EVERY).await;
        }
        changed.notified().await;
        Some((Ok(sse::Event::default().event("floor").data("-")), (changed, true)))
    })
}

/// Says again and again that whoever has this page open is at the desk. Nothing is sent for it.
fn signs_of_life(centre: Centre, me: Arc<Staff>) -> impl Stream<Item = Result<sse::Event, Infallible>> {
    let every = (centre::presence::AT_DESK / 3).to_std().unwrap_or(KEEP_ALIVE);
    stream::unfold((centre, me), move |(centre, me)| async move {
        loop {
            if let Err(error) = centre::presence::at_desk(&centre, &me).await {
                tracing::warn!(%error, "cannot note who is at the desk");
            }
            tokio::time::sleep(every).await;
        }
    })
}

fn event(record: &Arc<Record>, me: &Staff) -> Option<sse::Event> {
    // A year that is brought in is told once, at its end, and not case by case.
    if record.actor == Actor::System
        && matches!(record.kind.as_str(), "imported" | "person-changed")
        && record.subject == Subject::Case
    {
        return None;
    }
    let name = match record.subject {
        // What was brought in may stand in any list.
        Subject::Case | Subject::Import => "case",
        Subject::Person => "person",
        Subject::Outbox => "outbox",
        Subject::Service | Subject::Structure | Subject::Topic => "catalogue",
        Subject::Queue => "closing",
        Subject::Alarm if centre::alarm::is_told(me, record) => "alarm",
        // A call is told to the operator whom it is about, and how somebody stands to themselves.
        Subject::Call if centre::call::is_told(me, record) => "call",
        Subject::Availability if record.subject_id == me.id.to_string() => "availability",
        Subject::Alarm
        | Subject::Call
        | Subject::Availability
        | Subject::Recording
        | Subject::Trunk
        | Subject::Sound
        | Subject::SipAccount
        | Subject::Threshold
        | Subject::User
        | Subject::Token
        | Subject::Session
        | Subject::SignIn
        | Subject::Trainee
        | Subject::Register
        | Subject::Template
        | Subject::Job
        | Subject::Audit
        | Subject::Unknown => return None,
    };
    // Which case it is about, where it is about one.
    let case = match record.subject {
        Subject::Case => record.subject_id.clone(),
        _ => record.data.get("case").map_or_else(|| "-".to_owned(), ToString::to_string),
    };
    Some(sse::Event::default().id(record.position.to_string()).event(name).data(case))
}

/// `POST /part/desk/case/{number}/draft`
pub(super) async fn draft(seat: Seat, Path(number): Path<String>, form: Form) -> Answer {
    let id = numbered(&number)?.id;
    let (note, text) = (form.text("kind") == "note", form.text("text").to_owned());
    let empty = text.trim().is_empty();
    seat.work(move |w| Box::pin(async move { centre::draft::save(w, id, note, &text).await })).await?;
    let view = SavedPart { words: if empty { String::new() } else { saved(seat.tr, seat.now) } };
    Ok(html::page(StatusCode::OK, &view))
}

/// `POST /part/desk/case/{number}/here`
pub(super) async fn here(seat: Seat, Path(number): Path<String>, form: Form) -> Answer {
    let id = numbered(&number)?.id;
    centre::timeline::head(&seat.gate.centre, &seat.me, id).await?;
    let present = centre::presence::here(&seat.gate.centre, &seat.me, id, Some(form.has("writing"))).await?;
    Ok(html::page(StatusCode::OK, &PresencePart { tr: seat.tr, presence: case::presence(seat.tr, &present) }))
}

#[derive(Debug, Template)]
#[template(path = "desk/saved.html")]
struct SavedPart {
    words: String,
}

#[derive(Debug, Template)]
#[template(path = "desk/presence.html")]
struct PresencePart {
    #[expect(dead_code, reason = "every view has its language")]
    tr: Tr,
    presence: Vec<String>,
}
