//! `/privacy`: what is kept of whoever writes to us, why, how long, and what they can ask.

use super::Frame;
use super::here::Here;
use crate::{html, samples};
use askama::Template;
use axum::response::Response;
use http::StatusCode;
use language::Tr;

#[derive(Debug, Template)]
#[template(path = "portal/privacy.html")]
pub struct PrivacyPage {
    pub tr: Tr,
    pub frame: Frame,
}

pub async fn show(here: Here) -> Response {
    html::page(StatusCode::OK, &PrivacyPage { tr: here.tr, frame: here.titled(language::key!("privacy-title")) })
}

impl samples::Samples for PrivacyPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        vec![("notice", PrivacyPage { tr, frame: samples::frame(tr, "/privacy").titled(tr.text("privacy-title")) })]
    }
}
