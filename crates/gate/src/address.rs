//! Addresses that nobody typed: a NUL in a path or a query is refused before anything is looked up by it, because no
//! database takes one.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, Uri};

/// Refuses a request whose address holds a NUL.
pub async fn well_formed(request: Request, next: Next) -> Response {
    if holds_nul(request.uri()) { StatusCode::BAD_REQUEST.into_response() } else { next.run(request).await }
}

/// A bare NUL does not come through HTTP, so that an encoded one is all there is to look for.
fn holds_nul(uri: &Uri) -> bool {
    uri.path_and_query().is_some_and(|address| address.as_str().contains("%00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_found_wherever_it_stands() {
        let holds = |address: &str| holds_nul(&address.parse().unwrap());
        assert!(holds("/desk/case/%00") && holds("/desk/search?q=a%40%00") && holds("/%00?a"));
        assert!(!holds("/scrivi?text=100%25") && !holds("/"));
    }
}
