//! Requests that change something come from our own pages: told by what browsers say of a request's origin
//! (`Sec-Fetch-Site`, else `Origin`), which no other site can forge. Cookies are `SameSite` besides.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, StatusCode, header};

/// Refuses a change that another site asks for, or that comes with a session and says nothing of its origin.
pub async fn same_origin(request: Request, next: Next) -> Response {
    if allowed(request.method(), request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn allowed(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        // Neither: an old browser or a program. Without a session it can do no more than anyone.
        (None, _) => {
            !headers.get_all(header::COOKIE).iter().any(|c| c.to_str().is_ok_and(|c| c.contains("la_session=")))
        }
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(n, v)| (header::HeaderName::from_static(n), header::HeaderValue::from_static(v)))
            .collect();
        allowed(&Method::POST, &headers)
    }

    #[test]
    fn a_change_comes_from_our_own_pages() {
        assert!(post(&[("sec-fetch-site", "same-origin")]));
        assert!(!post(&[("sec-fetch-site", "cross-site"), ("origin", "http://a.example"), ("host", "a.example")]));
        assert!(!post(&[("sec-fetch-site", "same-site")]));
        assert!(post(&[("origin", "https://a.example"), ("host", "a.example")]));
        assert!(!post(&[("origin", "https://b.example"), ("host", "a.example")]));
        assert!(!post(&[("origin", "null"), ("host", "a.example")]));
        assert!(post(&[("host", "a.example")]));
        assert!(!post(&[("host", "a.example"), ("cookie", "x=1; la_session=abc")]));
        assert!(allowed(&Method::GET, &HeaderMap::new()));
    }
}
