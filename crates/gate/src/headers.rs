//! The headers of every answer: what a page may load, and what browsers must not guess.

use crate::Gate;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue, header};

tokio::task_local! {
    static NONCE: String;
}

/// The nonce of the answer being made, which its scripts carry; empty where no answer is being made (samples).
#[must_use]
pub fn nonce() -> String {
    NONCE.try_with(Clone::clone).unwrap_or_default()
}

/// Sets the headers. Scripts run only with this answer's nonce; styles, fonts and pictures come from us alone. `data:`
/// is for the small pictures inside the styles.
pub async fn security_headers(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let nonce = gate.centre.nonce();
    let socket = socket(&gate, &request);
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         media-src 'self' blob:; connect-src 'self'{socket}; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    );
    let mut response = NONCE.scope(nonce, next.run(request)).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.entry(name).or_insert(value);
        }
    };
    set(header::CONTENT_SECURITY_POLICY, &policy);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(self), payment=()");
    if gate.settings().secure {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// The source of the softphone's socket, on the page that opens it and nowhere else: not every browser takes `'self'` for
/// a WebSocket of the same host.
fn socket(gate: &Gate, request: &Request) -> String {
    if gate.settings().softphone.is_none() || request.uri().path() != SOFTPHONE {
        return String::new();
    }
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_host = !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    let scheme = if gate.settings().secure { "wss" } else { "ws" };
    if is_host { format!(" {scheme}://{host}/sip") } else { String::new() }
}

/// The page of the softphone.
const SOFTPHONE: &str = "/desk/softfono";
