//! Cases as other systems read them.

use super::view::{Case, Cases, WholeCase};
use crate::Problem;
use axum::Json;
use axum::extract::{Path, Query, State};
use centre::{search, timeline};
use db::case::Narrow;
use gate::{Gate, Holding};
use http::StatusCode;
use model::number::CaseNumber;
use model::{CaseId, ServiceId};
use serde::Deserialize;
use utoipa::IntoParams;

/// Cases on one page at the most.
const MOST: u64 = 200;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Only those of this service.
    service: Option<String>,
    /// Only those in this state: `new`, `open`, `waiting`, `solved`, `closed`, `merged`.
    state: Option<String>,
    /// What `next` of the last page said.
    after: Option<i64>,
    /// 1 to 200; 50 when absent.
    limit: Option<u64>,
}

/// Cases in the order they were opened in, within the token's scope.
#[utoipa::path(get, path = "/cases", tag = "cases", params(Wanted), responses((status = 200, body = Cases), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn list(
    State(gate): State<Gate>,
    Holding(holder): Holding,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Cases>, Problem> {
    let Query(wanted) = wanted.map_err(|e| {
        Problem::new(StatusCode::BAD_REQUEST, "bad-query", "The query cannot be read").about(e.body_text())
    })?;
    let state = wanted.state.as_deref().map(str::parse).transpose();
    let state = state.map_err(|_| centre::Error::field("state", model::problem::Problem::NotInTheList))?;
    let limit = wanted.limit.unwrap_or(50).clamp(1, MOST);
    let narrow = Narrow { service: wanted.service.map(ServiceId), state, scope: None };
    let mut cases = search::list(&gate.centre, &holder.staff, narrow, wanted.after.map(CaseId), limit + 1).await?;
    let more = cases.len() as u64 > limit;
    cases.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = cases.last().filter(|_| more).map(|s| s.case.id.to_string());
    Ok(Json(Cases { items: cases.iter().map(Case::from).collect(), next }))
}

/// One case with its timeline.
#[utoipa::path(get, path = "/cases/{number}", tag = "cases", params(("number" = String, Path, example = "LA-2026-004512")), responses((status = 200, body = WholeCase), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(
    State(gate): State<Gate>,
    Holding(holder): Holding,
    Path(number): Path<String>,
) -> Result<Json<WholeCase>, Problem> {
    let number: CaseNumber = number.parse().map_err(|_| centre::Error::NotFound("case"))?;
    let stored = search::by_number(&gate.centre, &holder.staff, number).await?;
    let timeline = timeline::read(&gate.centre, &holder.staff, stored.case.id).await?;
    Ok(Json(WholeCase::from(&timeline)))
}
