//! The records behind a figure, as other systems read them.

use super::{Wanted, unreadable};
use crate::Problem;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use centre::Centre;
use centre::report::behind::{self, Cursor, Part, Question, Rows};
use chrono::{DateTime, Utc};
use gate::{Gate, Holding};
use http::StatusCode;
use model::CaseId;
use model::access;
use model::number::CaseNumber;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::IntoParams;

/// Records on a page, when nothing is said and at the most.
const STEP: u64 = 50;
const MOST: u64 = 500;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Opened {
    /// The figure's key in the report.
    #[param(example = "cases.front_office_share")]
    figure: String,
    /// Of a figure that is a map, one key of it.
    of: Option<String>,
    /// `numerator`: what it counts; `denominator`: what it is divided by.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    part: Part,
    /// The `next` of the page before.
    after: Option<String>,
    /// Records on a page: 50 when absent, 500 at the most.
    limit: Option<u64>,
}

/// The records that a figure counts, in the order in which they began, page by page: `items`, and `next` while there are
/// more. Give the report's `as_of`, so that they stay those of the report.
#[utoipa::path(get, path = "/reports/records", tag = "reports", params(Wanted, Opened), responses((status = 200, body = serde_json::Value), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn records(
    State(gate): State<Gate>,
    Holding(holder): Holding,
    wanted: Result<Query<Wanted>, QueryRejection>,
    opened: Result<Query<Opened>, QueryRejection>,
) -> Result<Json<Value>, Problem> {
    let (Query(wanted), Query(opened)) = (wanted.map_err(unreadable)?, opened.map_err(unreadable)?);
    access::report(&holder.staff).map_err(centre::Error::Denied)?;
    let after: Option<Cursor> = match opened.after.as_deref() {
        Some(after) => Some(serde_json::from_str(after).map_err(|_| {
            Problem::new(StatusCode::BAD_REQUEST, "bad-query", "The query cannot be read")
                .about("`after` is not the `next` of a page".to_owned())
        })?),
        None => None,
    };
    let limit = opened.limit.unwrap_or(STEP).clamp(1, MOST);
    let question = Question { key: opened.figure, of: opened.of, part: opened.part, after, limit };
    let page = behind::records(&gate.centre, &wanted.asked()?, &question).await?;
    let next = page.next.and_then(|next| serde_json::to_string(&next).ok());
    Ok(Json(json!({ "items": items(&gate.centre, page.rows), "next": next })))
}

fn items(centre: &Centre, rows: Rows) -> Vec<Value> {
    let id = |external: &Option<String>, id: i64| centre::record::id(centre, external.as_deref(), id).0;
    let case = |id: i64, opened_at: DateTime<Utc>| CaseNumber::new(CaseId(id), opened_at);
    match rows {
        Rows::Contacts(rows) => rows
            .iter()
            .map(|row| {
                json!({
                    "id": id(&row.external, row.id), "service": row.service, "channel": row.channel,
                    "direction": row.direction, "outcome": row.outcome, "started_at": row.started_at,
                    "queued_at": row.queued_at, "answered_at": row.answered_at, "ended_at": row.ended_at,
                    "case": row.case_id.zip(row.case_opened_at).map(|(id, at)| case(id, at)),
                })
            })
            .collect(),
        Rows::Cases(rows) => rows
            .iter()
            .map(|row| {
                json!({
                    "id": id(&row.external, row.id), "case": case(row.id, row.opened_at), "service": row.service,
                    "kind": row.kind, "topic": row.topic, "region": row.region, "opened_at": row.opened_at,
                    "solved_at": row.solved_at, "solved_by": row.solved_by,
                })
            })
            .collect(),
        Rows::Surveys(rows) => rows
            .iter()
            .map(|row| {
                json!({
                    "id": id(&row.external, row.id), "case": case(row.case_id, row.case_opened_at),
                    "channel": row.channel, "asked_at": row.asked_at, "answered_at": row.answered_at,
                    "efficient": row.efficient, "effective": row.effective,
                })
            })
            .collect(),
        Rows::Volumes(rows) => rows
            .iter()
            .map(|row| {
                json!({
                    "structure": row.structure, "month": row.month, "channel": row.channel,
                    "contacts": row.contacts, "with_operator": row.with_operator,
                })
            })
            .collect(),
        Rows::Trainings(rows) => rows
            .iter()
            .map(|row| {
                json!({
                    "id": id(&row.external, row.id), "course": row.course, "structure": row.structure,
                    "completed_at": row.completed_at,
                })
            })
            .collect(),
        Rows::Media(rows) => rows
            .iter()
            .map(|row| {
                json!({
                    "id": id(&row.external, row.id), "kind": row.kind, "title": row.title,
                    "published_at": row.published_at, "url": row.url, "origin": row.origin,
                })
            })
            .collect(),
    }
}
