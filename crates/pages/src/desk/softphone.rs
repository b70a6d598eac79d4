//! The window of the softphone: it stays open while the pages of the desk come and go, and with it the call. And the page
//! where microphone and loudspeaker are chosen and tried.

use super::availability::State;
use super::call::Calls;
use super::fault::Answer;
use super::seat::Seat;
use super::{DeskFrame, Open, Operator, Panes};
use crate::{html, samples};
use askama::Template;
use http::StatusCode;
use language::Tr;
use model::access::has_telephone;

#[derive(Debug, Template)]
#[template(path = "desk/softphone.html")]
pub struct SoftphonePage {
    pub tr: Tr,
    pub frame: DeskFrame,
    /// Nothing where this centre answers no telephone.
    pub line: Option<Line>,
    /// What a page without scripts shows is nothing; a sample shows one of the states.
    pub shown: &'static str,
}

/// What the softphone is told.
#[derive(Clone, Debug)]
pub struct Line {
    pub login: String,
    /// STUN and TURN servers, as JSON.
    pub ice_servers: String,
}

/// How the softphone may stand: the message of each is `softphone-{word}`.
const CONNECTION: [&str; 7] = ["connecting", "ready", "lost", "elsewhere", "signed-out", "unsupported", "insecure"];
const MICROPHONE: [&str; 4] = ["asking", "ok", "denied", "missing"];

impl SoftphonePage {
    pub(crate) fn connections(&self) -> impl Iterator<Item = Said> {
        let shown = self.shown;
        let sound = |word: &str| word == "ready";
        CONNECTION.into_iter().map(move |word| Said { word, sound: sound(word), shown: word == shown })
    }

    pub(crate) fn microphones(&self) -> impl Iterator<Item = Said> {
        let shown = self.shown;
        // Whoever is connected has a microphone.
        let is = move |word: &str| word == shown || (shown == "ready" && word == "ok");
        MICROPHONE.into_iter().map(move |word| Said { word, sound: word == "ok", shown: is(word) })
    }
}

/// A state that is said.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    pub word: &'static str,
    pub sound: bool,
    pub shown: bool,
}

impl Said {
    pub(crate) fn words(&self, tr: &Tr) -> String {
        tr.text(&format!("softphone-{}", self.word)).into_owned()
    }
}

/// `GET /desk/softfono`
pub(super) async fn show(seat: Seat) -> Answer {
    if !has_telephone(&seat.me) {
        return Err(centre::Error::Denied(model::access::Denied::Place).into());
    }
    let softphone = seat.gate.settings().softphone.as_ref();
    let line = softphone.map(|softphone| Line {
        login: seat.me.login.clone(),
        ice_servers: serde_json::to_string(&softphone.ice_servers).unwrap_or_default(),
    });
    let bare = DeskFrame::bare(Operator::new(&seat.me.name)).of(&seat.me);
    let frame = DeskFrame { state: State::read(&seat).await?, calls: Calls::read(&seat).await?, ..bare };
    Ok(html::page(StatusCode::OK, &SoftphonePage { tr: seat.tr, frame, line, shown: "" }))
}

#[derive(Debug, Template)]
#[template(path = "desk/me-telephone.html")]
pub struct MyTelephonePage {
    pub tr: Tr,
    pub frame: DeskFrame,
    /// Whether there is a softphone to open.
    pub softphone: bool,
}

/// `GET /desk/me/telefono`
pub(super) async fn devices(seat: Seat) -> Answer {
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?;
    let softphone = has_telephone(&seat.me) && seat.gate.settings().softphone.is_some();
    Ok(html::page(StatusCode::OK, &MyTelephonePage { tr: seat.tr, frame, softphone }))
}

impl samples::Samples for SoftphonePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |shown, state: &str, calls: &str| {
            let state = super::availability::samples(tr).into_iter().find(|(word, _)| *word == state);
            let calls = Calls::samples(tr).into_iter().find(|(word, ..)| *word == calls).map(|(_, _, calls)| calls);
            let frame = samples::desk_frame(tr);
            SoftphonePage {
                tr,
                frame: DeskFrame {
                    state: state.map(|(_, state)| state),
                    calls: Some(calls.unwrap_or_default()),
                    ..frame
                },
                line: Some(Line { login: "sara".to_owned(), ice_servers: "[]".to_owned() }),
                shown,
            }
        };
        vec![
            ("asking", page("asking", "unreachable", "")),
            ("denied", page("denied", "unreachable", "")),
            ("missing", page("missing", "unreachable", "")),
            ("ready", page("ready", "ready", "")),
            ("lost", page("lost", "device-lost", "")),
            ("elsewhere", page("elsewhere", "ready", "")),
            ("ringing", page("ready", "offered", "incoming")),
            ("talking", page("ready", "busy", "talking")),
            ("which-case", page("ready", "busy", "which-case")),
            ("wrap-up", page("ready", "wrap-up", "wrap-up")),
            ("none", SoftphonePage { line: None, ..page("", "off", "") }),
        ]
    }
}

impl samples::Samples for MyTelephonePage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let frame = || DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) };
        vec![
            ("all", MyTelephonePage { tr, frame: frame(), softphone: true }),
            ("none", MyTelephonePage { tr, frame: frame(), softphone: false }),
        ]
    }
}
