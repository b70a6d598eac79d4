//! The body of a POST with its `Idempotency-Key`.

use crate::Problem;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use centre::once::{Given, Once, fingerprint};
use centre::{By, Work};
use futures::future::BoxFuture;
use gate::{Gate, Holding};
use http::{StatusCode, header};
use serde::de::DeserializeOwned;

/// Bytes of a request's body.
const MOST: usize = 1024 * 1024;
/// Bytes read and thrown away of a body that is too large: a program that is cut off while it sends learns nothing.
const DRAINED_MAX: u64 = 8 * 1024 * 1024;
/// Characters of an idempotency key.
const KEY_MAX: usize = 255;

/// What a POST asks for, whose it is, and the key that makes a repeat harmless.
pub struct Post<T> {
    pub body: T,
    holding: Holding,
    once: Once,
}

impl<T: DeserializeOwned> FromRequest<Gate> for Post<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Gate) -> Result<Self, Problem> {
        let slow =
            || Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow", "The request did not come to its end in time");
        let read = tokio::time::timeout(gate::patience(DRAINED_MAX / 8), Self::read(request));
        read.await.map_err(|_| slow())?
    }
}

impl<T: DeserializeOwned> Post<T> {
    async fn read(request: Request) -> Result<Self, Problem> {
        let unauthorized = || Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", "A valid bearer token is needed");
        let holding = request.extensions().get::<Holding>().cloned().ok_or_else(unauthorized)?;
        let key = match request.headers().get("idempotency-key").map(|v| v.to_str()) {
            None => None,
            Some(Ok(key)) if (1..=KEY_MAX).contains(&key.len()) => Some(key.to_owned()),
            Some(_) => {
                return Err(Problem::new(
                    StatusCode::BAD_REQUEST,
                    "bad-key",
                    "An idempotency key is 1 to 255 visible ASCII characters",
                ));
            }
        };
        let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
        let too_large = || {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The request is too large")
                .about(format!("at most {MOST} bytes"))
        };
        let length = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
        if let Some(length) = length.filter(|length| *length > MOST as u64) {
            if length <= DRAINED_MAX {
                gate::drain(request.into_body(), DRAINED_MAX).await;
            }
            return Err(too_large());
        }
        let bytes: Bytes = axum::body::to_bytes(request.into_body(), MOST).await.map_err(|_| too_large())?;
        // A move that needs nothing said may come with nothing.
        let json: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        let body = serde_json::from_slice(json).map_err(|e| {
            let status = if e.is_data() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::BAD_REQUEST };
            Problem::new(status, if e.is_data() { "invalid" } else { "not-json" }, "The body cannot be read")
                .about(e.to_string())
        })?;
        let once = Once {
            scope: format!("token-{}", holding.0.token.id),
            key,
            fingerprint: fingerprint(&method, &path, &bytes),
        };
        Ok(Self { body, holding, once })
    }
}

impl<T> Post<T> {
    /// Runs the use case once for its key, and answers as it did the first time.
    pub async fn run<F>(self, gate: &Gate, use_case: F) -> Result<Response, Problem>
    where
        F: for<'a> FnOnce(&'a Work<'a>, T) -> BoxFuture<'a, centre::Result<Given>> + Send + 'static,
        T: Send + 'static,
    {
        let Self { body, holding, once } = self;
        let given = gate.centre.work_once(By::Staff(holding.0.staff), once, move |work| use_case(work, body)).await?;
        let status = StatusCode::from_u16(given.status).unwrap_or(StatusCode::OK);
        Ok((status, [(header::CONTENT_TYPE, "application/json")], given.body).into_response())
    }
}

/// An answer as it is kept for a repeat.
pub fn given(status: StatusCode, body: &impl serde::Serialize) -> Given {
    Given { status: status.as_u16(), body: serde_json::to_string(body).unwrap_or_default() }
}
