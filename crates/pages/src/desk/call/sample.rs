//! Calls of invented people, in every state.

use super::{Asks, Besides, CallPage, Calls, Card, Code, Known, OnCase, Strip, Third, Who, read};
use crate::desk::clock::Clock;
use crate::desk::recording::Recording;
use crate::desk::{DeskFrame, Open, Panes};
use crate::samples::{self, Samples, now};
use chrono::TimeDelta;
use language::Tr;
use model::ContactId;
use model::call::{Device, Oversight};

fn on_case() -> OnCase {
    OnCase {
        href: "/desk/case/LA-2026-004512".to_owned(),
        number: "LA-2026-004512".to_owned(),
        title: "Bonus sociale".to_owned(),
    }
}

fn mario() -> Who {
    Who { name: "Mario Esempio".to_owned(), number: Some("+39 333 555 0142".to_owned()) }
}

pub(super) fn strip(held: bool, muted: bool, calling: bool) -> Strip {
    let tr = Tr::default();
    Strip {
        contact: ContactId(9_001),
        who: mario(),
        word: match (held, calling) {
            (true, _) => language::key!("call-held"),
            (_, true) => language::key!("call-calling"),
            _ => language::key!("call-talking"),
        },
        calling,
        held,
        muted,
        softphone: true,
        clock: Clock::since(tr, now() - TimeDelta::seconds(161), now()),
        case: (!calling).then(on_case),
        besides: Besides::default(),
    }
}

/// Somebody is beside the talk.
fn asking(tr: Tr, state: &str) -> Strip {
    let said = tr.with(&format!("call-beside-{state}"), &[("name", "Anna Modello")]).into_owned();
    let third = Third { said, answered: state != "ringing", joined: state == "joined" };
    let overseen = (state == "joined").then(|| tr.with("call-overseen-listen", &[("name", "Sara Guida")]).into_owned());
    let besides = Besides { third: Some(third), overseen, trouble: None };
    Strip { besides, ..strip(state != "joined", false, false) }
}

fn trouble(tr: Tr) -> Strip {
    let besides = Besides { trouble: Some(tr.text("call-trouble-not-free").into_owned()), ..Besides::default() };
    Strip { besides, ..strip(false, false, false) }
}

pub(super) fn card(tr: Tr, asks: Asks) -> Card {
    let known = |id: i64, title: &str, state: &str, open| Known {
        id,
        href: format!("/desk/case/LA-2026-00{id}"),
        number: format!("LA-2026-00{id}"),
        title: title.to_owned(),
        stands: format!(
            "{}, {}",
            tr.text(&format!("desk-state-{state}")),
            tr.day_short(now() - TimeDelta::days(3), now())
        ),
        open,
    };
    let codes = [("informato", "Informato"), ("inoltrato", "Passato ad altri"), ("richiama", "Richiamerà")];
    let code = |(id, word): (&str, &str)| Code { id: id.to_owned(), word: word.to_owned(), chosen: false };
    let mut card = Card {
        contact: ContactId(9_001),
        asks,
        back: false,
        who: mario(),
        service: "Linea Amica".to_owned(),
        topic: Some("Bonus sociale".to_owned()),
        facts: vec![
            "Linea Amica".to_owned(),
            tr.with("call-speaks", &[("language", language::Language::default().endonym())]).into_owned(),
            "Lazio".to_owned(),
        ],
        waits: (asks == Asks::Answer).then(|| Clock::since(tr, now() - TimeDelta::seconds(48), now())),
        waited: tr.duration(TimeDelta::seconds(48)),
        until: match asks {
            Asks::Answer => Some(Clock::until(tr, now() + TimeDelta::seconds(12), now())),
            Asks::WrapUp => Some(Clock::until(tr, now() + TimeDelta::seconds(42), now())),
            Asks::Case | Asks::Word | Asks::Overhear(_) | Asks::Talk | Asks::Nothing => None,
        },
        history: tr.with("desk-contacts-in-a-year", &[("count", 4)]).into_owned(),
        cases: vec![
            known(4512, "Bonus sociale", "open", true),
            known(4498, "Permesso di soggiorno, rinnovo", "waiting", true),
            known(3120, "Rinnovo carta d’identità", "solved", false),
        ],
        more: 2,
        case: (asks == Asks::Nothing).then(on_case),
        codes: codes.map(code).into(),
        device: Some(Device::Softphone),
        said: String::new(),
        note: String::new(),
        problem: None,
        key: "sample".to_owned(),
    };
    card.said = read::said(tr, &card);
    card
}

/// Somebody of whom nothing is known.
pub(super) fn stranger(tr: Tr, asks: Asks) -> Card {
    Card {
        who: Who { name: tr.text("call-no-number").into_owned(), number: None },
        topic: None,
        facts: Vec::new(),
        history: tr.text("call-unknown-person").into_owned(),
        cases: Vec::new(),
        more: 0,
        device: Some(Device::Telephone),
        codes: Vec::new(),
        ..card(tr, asks)
    }
}

impl Calls {
    /// The states worth looking at, each with how whoever it is then stands.
    pub(crate) fn samples(tr: Tr) -> Vec<(&'static str, &'static str, Self)> {
        let calls = |strip, card| Self { strip, card };
        let mut samples = Vec::new();
        for (name, calls) in [
            ("incoming", calls(None, Some(card(tr, Asks::Answer)))),
            ("to-call-back", calls(None, Some(Card { back: true, ..card(tr, Asks::Answer) }))),
            ("incoming-stranger", calls(None, Some(stranger(tr, Asks::Answer)))),
            ("talking", calls(Some(strip(false, false, false)), None)),
            ("held", calls(Some(strip(true, true, false)), None)),
            ("calling", calls(Some(strip(false, false, true)), None)),
            ("which-case", calls(Some(Strip { case: None, ..strip(false, false, false) }), Some(card(tr, Asks::Case)))),
            ("asking", calls(Some(asking(tr, "ringing")), None)),
            ("asked", calls(Some(asking(tr, "consulted")), None)),
            ("three", calls(Some(asking(tr, "joined")), None)),
            ("not-handed-on", calls(Some(trouble(tr)), None)),
            ("word", calls(None, Some(Card { case: Some(on_case()), ..card(tr, Asks::Word) }))),
            (
                "overhear",
                calls(None, Some(Card { case: Some(on_case()), ..card(tr, Asks::Overhear(Oversight::Whisper)) })),
            ),
            ("wrap-up", calls(None, Some(Card { case: Some(on_case()), ..card(tr, Asks::WrapUp) }))),
            ("wrap-up-stranger", calls(None, Some(stranger(tr, Asks::WrapUp)))),
        ] {
            let stands = match name {
                "incoming" | "to-call-back" | "incoming-stranger" => "offered",
                "wrap-up" | "wrap-up-stranger" => "wrap-up",
                _ => "busy",
            };
            samples.push((name, stands, calls));
        }
        samples
    }
}

impl Samples for CallPage {
    fn samples(tr: Tr) -> Vec<(&'static str, Self)> {
        let page = |card: Card| CallPage {
            tr,
            frame: DeskFrame { panes: Panes::Two, open: Open::Case, ..samples::desk_frame(tr) },
            recordings: if card.asks == Asks::Nothing { Recording::samples(tr) } else { Vec::new() },
            card,
            toast: None,
        };
        let wrong = Card {
            problem: Some(tr.text("problem-not-in-the-list").into_owned()),
            note: "Richiama domani".to_owned(),
            ..card(tr, Asks::WrapUp)
        };
        vec![
            ("incoming", page(card(tr, Asks::Answer))),
            ("which-case", page(card(tr, Asks::Case))),
            ("wrap-up-wrong", page(wrong)),
            ("over", page(card(tr, Asks::Nothing))),
        ]
    }
}
