//! Version 1.

mod case;
mod contact;
mod event;
mod moves;
mod report;
mod view;

use axum::Json;
use axum::routing::{get, post};
use gate::{Access, Routes};
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

/// The description of what is offered.
#[derive(OpenApi)]
#[openapi(
    info(title = "Linea Amica", version = "1", description = "Contacts, cases, events and reports of a contact centre. Errors are problem+json (RFC 9457), times RFC 3339 in UTC, pages by cursor (`after`, `limit`). Every POST takes an `Idempotency-Key`: sent again, it gets the first answer again and does nothing twice. A request that was refused did nothing, and may come again under its key."),
    servers((url = "/api/v1")),
    paths(contact::accept, case::list, case::show, moves::message, moves::assign, moves::escalate, moves::give_back, moves::solve, moves::reopen, event::follow, report::summary, report::records),
    components(schemas(crate::problem::Problem, crate::problem::FieldError)),
    security(("token" = []))
)]
struct Document;

/// The OpenAPI 3.1 document.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    document.components.get_or_insert_default().security_schemes.insert("token".to_owned(), scheme.into());
    document
}

#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .at(Access::Public, "/api/v1/openapi.json", get(|| async { Json(openapi()) }))
        .at(Access::Token, "/api/v1/contacts", post(contact::accept))
        .at(Access::Token, "/api/v1/cases", get(case::list))
        .at(Access::Token, "/api/v1/cases/{number}", get(case::show))
        .at(Access::Token, "/api/v1/cases/{number}/messages", post(moves::message))
        .at(Access::Token, "/api/v1/cases/{number}/assign", post(moves::assign))
        .at(Access::Token, "/api/v1/cases/{number}/escalate", post(moves::escalate))
        .at(Access::Token, "/api/v1/cases/{number}/give-back", post(moves::give_back))
        .at(Access::Token, "/api/v1/cases/{number}/solve", post(moves::solve))
        .at(Access::Token, "/api/v1/cases/{number}/reopen", post(moves::reopen))
        .at(Access::Token, "/api/v1/events", get(event::follow))
        .at(Access::Token, "/api/v1/reports/summary", get(report::summary))
        .at(Access::Token, "/api/v1/reports/records", get(report::records))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_route_is_described_and_every_description_is_a_route() {
        let described: BTreeSet<String> = openapi().paths.paths.keys().cloned().collect();
        let routes: BTreeSet<String> = routes()
            .table()
            .iter()
            .filter(|e| e.access == Access::Token)
            .map(|e| e.path.trim_start_matches("/api/v1").to_owned())
            .collect();
        assert_eq!(described, routes);
    }

    #[test]
    fn the_description_in_the_repository_is_the_one_given_out() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/v1.json");
        let kept = std::fs::read_to_string(file).unwrap_or_default();
        assert_eq!(kept.trim_end(), openapi().to_pretty_json().unwrap(), "run: cargo xtask openapi");
    }
}
