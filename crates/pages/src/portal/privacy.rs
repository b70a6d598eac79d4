//! `/privacy`: what is kept of whoever writes to us, why, how long, and what they can ask.

use super::Frame;
use super::here::Here;
use crate::{html, samples};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use gate::Gate;
use http::StatusCode;
use language::Tr;
use model::service::Service;

#[derive(Debug, Template)]
#[template(path = "portal/privacy.html")]
pub struct PrivacyPage {
    pub tr: Tr,
    pub frame: Frame,
    /// How long each service keeps what was written to it, in words.
    pub kept: Vec<String>,
    /// Who answers for the data and whom to turn to, where the administration has said so.
    pub controller: Option<String>,
    pub dpo: Option<String>,
}

pub(super) async fn show(here: Here, State(gate): State<Gate>) -> Response {
    // What the register says is beside the point when the database is away: the notice stands all the same.
    let texts = centre::processing::read(&gate.centre).await.unwrap_or_default();
    let written = |field: &str| Some(texts.of(field).to_owned()).filter(|text| !text.is_empty());
    let (controller, dpo) = (written("controller"), written("dpo"));
    let kept = kept(here.tr, &here.catalogue.services);
    let frame = here.titled(language::key!("privacy-title"));
    html::page(StatusCode::OK, &PrivacyPage { tr: here.tr, frame, kept, controller, dpo })
}

/// One sentence a service; one for all where they keep alike.
fn kept(tr: Tr, services: &[Service]) -> Vec<String> {
    let alike = services.windows(2).all(|pair| matches!(pair, [a, b] if a.retention == b.retention));
    match services.first() {
        Some(first) if alike => vec![said(tr, first.retention.content_days, None)],
        _ => services.iter().map(|one| said(tr, one.retention.content_days, Some(&one.name))).collect(),
    }
}

fn said(tr: Tr, days: Option<u32>, service: Option<&str>) -> String {
    let text = match days {
        Some(days) => tr.with("privacy-notice-days", &[("count", i64::from(days))]),
        None => tr.text("privacy-notice-kept"),
    };
    service.map_or_else(|| text.clone().into_owned(), |name| format!("{name}: {text}"))
}

impl samples::Samples for PrivacyPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let mut short = Service::built_in();
        short.retention.content_days = Some(730);
        let page = |services: &[Service], controller: Option<&str>| PrivacyPage {
            tr,
            frame: samples::frame(tr, "/privacy").titled(tr.text("privacy-title")),
            kept: kept(tr, services),
            controller: controller.map(str::to_owned),
            dpo: controller.map(|_| "rpd@comune.prova.example".to_owned()),
        };
        let other = Service::usual("abruzzo", "Linea Amica Abruzzo");
        vec![
            ("notice", page(&[Service::built_in()], None)),
            ("kept", page(&[short, other], Some("Comune di Prova, piazza della Prova 1"))),
        ]
    }
}
