//! Bare refusals of the gate and of the router, put into words: a page for whoever reads, in their language.

use crate::desk::{self, DeskFrame, Operator};
use crate::portal::{self, Here};
use crate::{Again, ErrorKind, asset_url};
use axum::body::{Body, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use gate::{Gate, Unsent};
use http::{HeaderMap, Method, StatusCode, Uri, header};
use language::{Language, Tr};

/// Answers that are for programs, which read the status.
const BARE: &[&str] = &["/api/", "/assets/", "/part/", "/healthz", "/readyz", "/metrics", "/sip"];
/// Pages of those who work here.
const DESK: &[&str] = &["/desk", "/admin", "/login"];

/// Puts a page into every answer that refuses and says nothing.
pub async fn dress(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let (method, uri, wishes) = (request.method().clone(), request.uri().clone(), language_header(request.headers()));
    let response = next.run(request).await;
    let status = response.status();
    let refuses = status.is_client_error() || status.is_server_error();
    // Nothing at all, or the few words of a framework: a page of ours names its type.
    let says_nothing = response.body().size_hint().exact() == Some(0) || is_plain(&response);
    let path = uri.path();
    if !refuses || !says_nothing || method == Method::HEAD || begins(path, BARE) {
        return response;
    }
    let again = response.extensions().get::<Unsent>().cloned().map(Again::of);
    let page = page(&gate, path, wishes, status, again);
    let (mut parts, _) = response.into_parts();
    let (page_parts, body) = page.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    if let Some(kind) = page_parts.headers.get(header::CONTENT_TYPE) {
        parts.headers.insert(header::CONTENT_TYPE, kind.clone());
    }
    Response::from_parts(parts, body)
}

/// What is asked of an address where nothing is.
pub async fn not_found(State(gate): State<Gate>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path();
    if begins(path, BARE) {
        return StatusCode::NOT_FOUND.into_response();
    }
    // An address typed with a slash too many means the page without it; two at the beginning would lead to another host.
    let trimmed = path.trim_end_matches('/');
    if method == Method::GET && trimmed.len() > 1 && trimmed.len() < path.len() && !trimmed.starts_with("//") {
        return Redirect::permanent(trimmed).into_response();
    }
    page(&gate, path, language_header(&headers), StatusCode::NOT_FOUND, None)
}

/// `GET /favicon.ico`, which browsers ask for by themselves.
pub async fn favicon() -> Redirect {
    Redirect::permanent(&asset_url("favicon.svg"))
}

/// `GET /robots.txt`: what is public may be found; what is somebody's may not, nor what is work.
pub async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /caso\nDisallow: /en/caso\nDisallow: /scrivi/fatto\nDisallow: /en/scrivi/fatto\nDisallow: /desk\nDisallow: /admin\nDisallow: /login\nDisallow: /api/\n"
}

fn page(gate: &Gate, path: &str, wishes: Option<Language>, status: StatusCode, again: Option<Again>) -> Response {
    let kind = ErrorKind::of(status);
    let mut response: Response = if begins(path, DESK) {
        let tr = Tr::new(wishes.unwrap_or_default());
        let frame = DeskFrame::bare(Operator::new(tr.text("brand").as_ref()));
        desk::ErrorPage { tr, frame, kind, reference: None, again }.into_response()
    } else {
        portal::ErrorPage { again, ..portal::ErrorPage::of(&Here::new(gate, path), kind) }.into_response()
    };
    *response.status_mut() = status;
    response
}

fn begins(path: &str, with: &[&str]) -> bool {
    with.iter().any(|start| {
        path.strip_prefix(start).is_some_and(|rest| start.ends_with('/') || rest.is_empty() || rest.starts_with('/'))
    })
}

fn is_plain(response: &Response<Body>) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

fn language_header(headers: &HeaderMap) -> Option<Language> {
    Language::negotiate(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_answered_without_a_page() {
        assert!(begins("/api/v1/cases", BARE));
        assert!(begins("/healthz", BARE));
        assert!(!begins("/apicoltura", BARE));
        assert!(begins("/desk", DESK) && begins("/desk/lists/mine", DESK));
        assert!(!begins("/deskundig", DESK));
    }
}
