//! REST for other systems: `/api/v1`, described by OpenAPI 3.1 at `/api/v1/openapi.json`. Errors are problem+json
//! (RFC 9457), times RFC 3339, pages by cursor; every POST takes an `Idempotency-Key`.

mod body;
mod problem;
mod v1;

pub use problem::{Problem, dress};
pub use v1::{openapi, routes};
