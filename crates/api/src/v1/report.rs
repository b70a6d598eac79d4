//! The report as other systems read it.

use crate::Problem;
use axum::Json;
use axum::extract::{Query, State};
use centre::report::{self, Wanted as Asked};
use chrono::{DateTime, NaiveDate, Utc};
use gate::{Gate, Holding};
use http::StatusCode;
use language::{Language, Tr};
use model::ServiceId;
use model::access;
use model::problem::Problem as FieldProblem;
use model::report::Period;
use serde::Deserialize;
use utoipa::IntoParams;

mod records;

pub use records::{__path_records, records};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The first day, by the clocks of Italy.
    #[param(example = "2009-01-29")]
    from: NaiveDate,
    /// The first day after the period.
    #[param(example = "2010-01-29")]
    to: NaiveDate,
    /// One service only.
    service: Option<String>,
    /// Reckons without anything later; now when absent.
    as_of: Option<DateTime<Utc>>,
}

/// Every figure of a period: groups of figures (`contacts`, `phone`, `cases`, `survey`, `network`, `training`, `media`),
/// and under `definitions` how each is reckoned, its numerator and its denominator. A figure whose denominator is 0 is
/// null. For staff who are not bound to a structure.
#[utoipa::path(get, path = "/reports/summary", tag = "reports", params(Wanted), responses((status = 200, body = serde_json::Value), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn summary(
    State(gate): State<Gate>,
    Holding(holder): Holding,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<serde_json::Value>, Problem> {
    let Query(wanted) = wanted.map_err(unreadable)?;
    access::report(&holder.staff).map_err(centre::Error::Denied)?;
    let report = report::reckon(&gate.centre, wanted.asked()?).await?;
    let tr = Tr::new(holder.staff.language.parse::<Language>().unwrap_or_default());
    Ok(Json(report.json(|key| tr.text(key).into_owned())))
}

fn unreadable(rejection: axum::extract::rejection::QueryRejection) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad-query", "The query cannot be read").about(rejection.body_text())
}

impl Wanted {
    fn asked(self) -> Result<Asked, Problem> {
        let period = Period::new(self.from, self.to).map_err(|_| centre::Error::field("to", FieldProblem::NotADate))?;
        Ok(Asked { period, service: self.service.map(ServiceId), as_of: self.as_of })
    }
}
