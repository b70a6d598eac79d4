//! All routes behind the gate.

use crate::telephone::Here;
use crate::{metrics, sip};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use axum::{Extension, Router};
use gate::{Access, Gate, Routes};
use metrics_exporter_prometheus::PrometheusHandle;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

/// Every route of the program with who may use it; that of softphones where the telephone is open.
pub fn routes(handle: PrometheusHandle, telephone: Option<Here>) -> Routes {
    let sip = |here| Routes::new().at(Access::Desk, "/sip", get(sip::socket).layer(Extension(sip::Door::new(here))));
    Routes::new()
        .with(telephone.clone().map(sip).unwrap_or_default())
        .with(pages::routes())
        .with(api::routes())
        .at(Access::Public, "/healthz", get(metrics::alive))
        .at(Access::Public, "/readyz", get(metrics::ready))
        .at(Access::Public, "/metrics", get(move || metrics::render(handle, telephone)))
}

pub fn router(gate: &Gate, handle: PrometheusHandle, telephone: Option<Here>) -> Router {
    // Live events must not wait in a compressor's buffer, and sound is as small as it gets.
    let compressed = DefaultPredicate::new()
        .and(NotForContentType::new("text/event-stream"))
        .and(NotForContentType::const_new("audio/"));
    let compress = CompressionLayer::new().compress_when(compressed);
    routes(handle, telephone)
        .into_router(gate)
        .fallback(pages::not_found)
        .layer(gate::sessions(gate))
        .layer(from_fn(gate::same_origin))
        .layer(from_fn(gate::well_formed))
        .layer(from_fn_with_state(gate.clone(), pages::dress))
        .layer(from_fn_with_state(gate.clone(), api::dress))
        .layer(from_fn_with_state(gate.clone(), gate::security_headers))
        .layer(compress)
        .layer(from_fn(metrics::count))
        .with_state(gate.clone())
}
