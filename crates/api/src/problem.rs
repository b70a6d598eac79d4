//! Errors for programs: problem+json (RFC 9457).

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use centre::Error;
use chrono::{DateTime, Utc};
use gate::Gate;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong, for programs.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Which problem it is: `urn:lineaamica:problem:` and a word that does not change.
    #[serde(rename = "type")]
    #[schema(rename = "type", example = "urn:lineaamica:problem:invalid")]
    pub kind: String,
    /// What the problem is, for the people who read logs.
    pub title: String,
    pub status: u16,
    /// What about this request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Fields that cannot be taken, each with a word that does not change.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    #[serde(skip)]
    retry_at: Option<DateTime<Utc>>,
}

/// A field that cannot be taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldError {
    pub field: String,
    #[schema(example = "too-long")]
    pub problem: String,
    /// The bound that was passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

impl Problem {
    pub fn new(status: StatusCode, word: &str, title: &str) -> Self {
        Self {
            kind: format!("urn:lineaamica:problem:{word}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: None,
            errors: Vec::new(),
            retry_at: None,
        }
    }

    #[must_use]
    pub fn about(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    fn of_status(status: StatusCode) -> Self {
        let (word, title) = match status {
            StatusCode::UNAUTHORIZED => ("unauthorized", "A valid bearer token is needed"),
            StatusCode::FORBIDDEN => ("forbidden", "This token does not give access to this"),
            StatusCode::NOT_FOUND => ("not-found", "There is nothing here"),
            StatusCode::METHOD_NOT_ALLOWED => ("method-not-allowed", "This address does not take this method"),
            StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "The request is too large"),
            StatusCode::TOO_MANY_REQUESTS => ("too-many", "Too many requests"),
            StatusCode::SERVICE_UNAVAILABLE => ("unavailable", "The service cannot answer now; try again later"),
            status if status.is_client_error() => ("bad-request", "The request cannot be understood"),
            _ => ("internal", "Something went wrong here"),
        };
        Self::new(status, word, title)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            // What was not read of the request stands in the way of the next one.
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        if let Some(at) =
            self.retry_at.and_then(|at| HeaderValue::from_str(&at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()).ok())
        {
            response.headers_mut().insert(header::RETRY_AFTER, at);
        }
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        match error {
            Error::Invalid(problems) => Self {
                errors: problems
                    .into_iter()
                    .map(|p| FieldError { field: p.field.to_owned(), problem: p.problem.to_string(), limit: p.limit })
                    .collect(),
                ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Some fields cannot be taken")
            },
            Error::NotFound(_) => Self::new(StatusCode::NOT_FOUND, "not-found", "There is no such thing").about(detail),
            Error::Refused(_) | Error::Contact(_) => {
                Self::new(StatusCode::CONFLICT, "refused", "The state of the case does not allow this").about(detail)
            }
            Error::Changed(_) | Error::ChangedMeanwhile | Error::QueueInUse { .. } | Error::QueueServed { .. } => {
                Self::new(StatusCode::CONFLICT, "changed", "The case has changed since it was read").about(detail)
            }
            Error::Service(_) | Error::Template(_) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "This cannot be taken").about(detail)
            }
            Error::Denied(_) => {
                Self::new(StatusCode::FORBIDDEN, "forbidden", "This token does not allow this").about(detail)
            }
            Error::KeyReused => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "key-reused",
                "This idempotency key was used for a different request",
            ),
            Error::TooMany(until) => {
                Self { retry_at: Some(until), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many", "Too many tries") }
            }
            Error::Storage(db::Error::Unavailable(_) | db::Error::Conflict(_) | db::Error::NotCommitted(_)) => {
                tracing::error!(error = %detail, "a request found no database");
                Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "unavailable",
                    "The service cannot answer now; nothing was kept, try again later",
                )
            }
            Error::Storage(db::Error::Full(_)) | Error::File { .. } => {
                tracing::error!(error = %detail, "there is no room to keep what came in");
                Self::new(
                    StatusCode::INSUFFICIENT_STORAGE,
                    "full",
                    "There is no room left to keep this; nothing was kept",
                )
            }
            Error::Storage(_) => {
                tracing::error!(error = %detail, "a request failed");
                Self::of_status(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

/// Puts bare refusals under `/api/` into problem+json.
pub async fn dress(State(_): State<Gate>, request: Request, next: Next) -> Response {
    let ours = request.uri().path().starts_with("/api/");
    let response = next.run(request).await;
    let status = response.status();
    if !ours
        || !(status.is_client_error() || status.is_server_error())
        || response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t == "application/problem+json")
    {
        return response;
    }
    let mut dressed = Problem::of_status(status).into_response();
    for (name, value) in response.headers() {
        if name.as_str().starts_with("x-ratelimit-")
            || name == header::RETRY_AFTER
            || name == header::ALLOW
            || name == header::CONNECTION
        {
            dressed.headers_mut().insert(name.clone(), value.clone());
        }
    }
    if status == StatusCode::UNAUTHORIZED {
        dressed.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    dressed
}
