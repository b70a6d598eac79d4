//! Events, live: server-sent events in the order in which they became visible. A client that comes back with
//! `Last-Event-ID` goes on where it stopped.

use crate::Problem;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use futures::stream;
use gate::{Gate, Holding};
use http::{HeaderMap, StatusCode};
use model::event::{Actor, Position, Record, Subject};
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::sync::Arc;
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

/// Events of cases as they happen, within the token's scope. Comments keep the connection alive every 15 s.
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
    let closing = gate.clone();
    let events = stream::unfold((follower, gate, holder), |(mut follower, gate, holder)| async move {
        loop {
            match follower.next().await {
                Ok(record) if seen(&gate, &holder, &record).await => {
                    return Some((Ok::<_, Infallible>(event(&record)), (follower, gate, holder)));
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "a follower of events cannot go on");
                    return None;
                }
            }
        }
    });
    let events = futures::StreamExt::take_until(events, async move { closing.closing().await });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response())
}

/// Only cases, and for a structure's own token only that structure's.
async fn seen(gate: &Gate, holder: &centre::token::Holder, record: &Arc<Record>) -> bool {
    if record.subject != Subject::Case {
        return false;
    }
    if holder.staff.scope.is_none() {
        return true;
    }
    match record.subject_id.parse() {
        Ok(id) => db::case::load(gate.centre.db().read(), id)
            .await
            .ok()
            .flatten()
            .is_some_and(|s| centre::access::visible(&holder.staff, &s).is_ok()),
        Err(_) => false,
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
