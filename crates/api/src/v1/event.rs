//! Events, live: server-sent events in the order in which they became visible. A client that comes back with
//! `Last-Event-ID` goes on where it stopped.

use crate::Problem;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use centre::token::Holder;
use chrono::{DateTime, Utc};
use futures::stream;
use gate::{Gate, Holding};
use http::{HeaderMap, StatusCode};
use model::event::{Actor, Position, Record};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct From {
    /// Goes on after this event; `0-0` is the beginning. Absent: from now on.
    after: Option<String>,
}

/// An event. Its `id` is its position; its name is `case`.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseEvent {
    pub position: String,
    pub at: DateTime<Utc>,
    /// `system`, `citizen` or `staff`.
    pub actor: &'static str,
    /// Id of the case.
    pub case: i64,
    #[schema(example = "solved")]
    pub kind: String,
    /// Ids, words and times; never what a person wrote.
    #[schema(value_type = Object)]
    pub data: serde_json::Value,
}

/// How long a stream lasts.
const LASTS: Duration = Duration::from_secs(600);
/// How often a stream looks whether its token is still in force, and whoever holds it who they were.
const LOOKS_AGAIN: Duration = Duration::from_secs(10);

/// Events of cases as they happen, within the token's scope; after ten minutes the stream ends, and the client comes
/// back with `Last-Event-ID`, as browsers and SSE libraries do by themselves. Comments keep the connection alive every 15 s.
#[utoipa::path(get, path = "/events", tag = "events", params(From, ("Last-Event-ID" = Option<String>, Header)),
    responses((status = 200, body = CaseEvent, content_type = "text/event-stream"), (status = 400, body = Problem, content_type = "application/problem+json")))]
pub async fn follow(
    State(gate): State<Gate>,
    Holding(holder): Holding,
    Query(from): Query<From>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let last = headers.get("last-event-id").and_then(|v| v.to_str().ok()).map(str::to_owned).or(from.after);
    let after: Option<Position> = last
        .as_deref()
        .map(str::parse)
        .transpose()
        .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "bad-position", "This is no position of an event"))?;
    let follower = gate.centre.follow(after);
    let held = holder.clone();
    let events = stream::unfold((follower, holder), |(mut follower, holder)| async move {
        match follower.next_case(&holder.staff).await {
            Ok(record) => Some((Ok::<_, Infallible>(event(&record)), (follower, holder))),
            // The client comes back to where it stopped: an event that could not be looked at is not left out.
            Err(error) => {
                tracing::warn!(%error, "a follower of events cannot go on");
                None
            }
        }
    });
    let end = async move {
        tokio::select! {
            () = gate.closing() => {}
            () = ended(&gate, &held) => {}
            () = tokio::time::sleep(LASTS) => {}
        }
    };
    let events = futures::StreamExt::take_until(events, end);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response())
}

/// Waits until the token is withdrawn, or whoever holds it is not who they were: the client comes back as who they are.
async fn ended(gate: &Gate, holder: &Holder) {
    // That it cannot be read does not mean that it has ended.
    while centre::token::goes_on(&gate.centre, holder).await.unwrap_or(true) {
        tokio::time::sleep(LOOKS_AGAIN).await;
    }
}

fn event(record: &Record) -> Event {
    let actor = match record.actor {
        Actor::System => "system",
        Actor::Citizen => "citizen",
        Actor::Staff(_) => "staff",
    };
    let body = CaseEvent {
        position: record.position.to_string(),
        at: record.at,
        actor,
        case: record.subject_id.parse().unwrap_or_default(),
        kind: record.kind.clone(),
        data: record.data.clone(),
    };
    Event::default()
        .id(record.position.to_string())
        .event("case")
        .data(serde_json::to_string(&body).unwrap_or_default())
}
