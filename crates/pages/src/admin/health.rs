//! The health of the centre: the checks of `lineaamica check`, as a page and for programs.

use super::nav;
use crate::desk::DeskFrame;
use crate::office::fault::Answer;
use crate::office::seat::Seat;
use crate::{html, samples};
use askama::Template;
use axum::Json;
use axum::response::{IntoResponse, Response};
use centre::health::{self, Finding};
use http::StatusCode;
use language::{Language, Tr};

#[derive(Debug, Template)]
#[template(path = "admin/health.html")]
pub struct HealthPage {
    pub tr: Tr,
    pub frame: DeskFrame,
    pub well: bool,
    pub checks: Vec<Check>,
    pub at: String,
}

#[derive(Debug, Clone)]
pub struct Check {
    pub name: String,
    pub ok: bool,
    pub found: String,
    pub remedy: Option<String>,
}

impl Check {
    fn of(tr: Tr, finding: &Finding) -> Self {
        let (found, remedy) = tr.finding(finding.check, finding.word, &finding.values);
        let key = format!("health-{}", finding.check);
        Self {
            name: if tr.has(&key) { tr.text(&key).into_owned() } else { finding.check.to_owned() },
            ok: finding.ok,
            found,
            remedy,
        }
    }
}

/// `GET /admin/health`
pub(super) async fn show(seat: Seat) -> Answer {
    let found = health::check(&seat.gate.centre).await;
    let view = HealthPage {
        tr: seat.tr,
        frame: nav::frame(&seat, "health"),
        well: found.iter().all(|finding| finding.ok),
        checks: found.iter().map(|finding| Check::of(seat.tr, finding)).collect(),
        at: seat.tr.time(seat.now),
    };
    Ok(html::page(StatusCode::OK, &view))
}

/// `GET /admin/health.json`: 503 when something is wrong.
pub(super) async fn json(seat: Seat) -> Response {
    let found = health::check(&seat.gate.centre).await;
    let english = Tr::new(Language::English);
    let well = found.iter().all(|finding| finding.ok);
    let checks: Vec<serde_json::Value> = found
        .iter()
        .map(|finding| {
            let (text, remedy) = english.finding(finding.check, finding.word, &finding.values);
            serde_json::json!({ "check": finding.check, "ok": finding.ok, "found": finding.word, "text": text, "do": remedy, "values": finding.values })
        })
        .collect();
    let status = if well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(serde_json::json!({ "ok": well, "at": seat.now, "checks": checks }))).into_response()
}

impl samples::Samples for HealthPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |found: Vec<Finding>| HealthPage {
            tr,
            frame: nav::sample_frame(tr, "health"),
            well: found.iter().all(|finding| finding.ok),
            checks: found.iter().map(|finding| Check::of(tr, finding)).collect(),
            at: tr.time(samples::now()),
        };
        let well = vec![
            Finding::ok("database", "answers").with("engine", "Sqlite").with("services", 3),
            Finding::ok("staff", "some").with("count", 12),
            Finding::ok("files", "ours"),
            Finding::ok("outbox", "well").with("waiting", 2).with("dead", 0),
            Finding::ok("jobs", "well"),
            Finding::ok("mail", "answers"),
            Finding::ok("telephone", "answered").with("address", "192.0.2.7:5060"),
            Finding::ok("trunk", "answers")
                .with("name", "Vettore")
                .with("host", "sip.vettore.example, tls")
                .with("status", "SIP 200"),
            Finding::ok("trunk", "incoming").with("name", "Ingresso").with("from", "198.51.100.0/24"),
            Finding::ok("voice", "reads").with("languages", "en, it"),
            Finding::ok("prompt", "said").with("service", "Linea Amica").with("count", 7),
        ];
        let ill = vec![
            Finding::wrong("database", "slow").with("seconds", 5),
            Finding::wrong("staff", "nobody"),
            Finding::wrong("files", "strangers"),
            Finding::ok("outbox", "given-up").with("waiting", 2).with("dead", 4),
            Finding::wrong("jobs", "fail").with("count", 1).with("kinds", "close"),
            Finding::wrong("mail", "silent"),
            Finding::wrong("mail", "failed").with("why", "no route to host"),
            Finding::ok("mail", "none"),
            Finding::ok("telephone", "stands-by").with("address", "192.0.2.7:5060"),
            Finding::wrong("telephone", "taken")
                .with("address", "192.0.2.7:5060")
                .with("why", "Address already in use"),
            Finding::wrong("trunk", "silent").with("name", "Vettore").with("host", "sip.vettore.example, udp"),
            Finding::wrong("trunk", "unreachable")
                .with("name", "Riserva")
                .with("host", "sip.riserva.example, tls")
                .with("why", "invalid peer certificate"),
            Finding::wrong("voice", "unread").with("language", "xx").with("why", "no such voice"),
            Finding::wrong("voice", "missing").with("why", "No such file or directory"),
            Finding::wrong("prompt", "unsaid")
                .with("service", "Linea Amica")
                .with("prompt", "prompts.greeting")
                .with("language", "it")
                .with("why", "there is no sound \"saluto\""),
        ];
        vec![("well", page(well)), ("ill", page(ill))]
    }
}
