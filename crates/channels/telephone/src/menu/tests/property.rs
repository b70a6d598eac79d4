//! Whatever is pressed, and whatever happens, a call comes to its end, and nobody is left in silence.

use super::{Call, SERVICE, caller};
use crate::menu::{Act, Awaits, Caller, Heard, Opening};
use chrono::{DateTime, TimeDelta};
use model::queue::Offer;
use model::service::Service;
use proptest::prelude::*;
use std::sync::Arc;

fn opening() -> impl Strategy<Value = Opening> {
    let closed = (any::<bool>(), prop::option::of(1_800_000_000..1_900_000_000_i64));
    prop_oneof![
        4 => Just(Opening::Open),
        1 => closed.prop_map(|(holiday, opens)| Opening::Closed {
            opens: opens.and_then(|at| DateTime::from_timestamp(at, 0)),
            holiday,
        }),
        1 => Just(Opening::Full),
        1 => Just(Opening::Emergency(Default::default())),
    ]
}

fn a_service() -> impl Strategy<Value = Arc<Service>> {
    let parts = (any::<bool>(), any::<bool>(), any::<bool>(), 0..3_usize, any::<bool>(), any::<bool>());
    parts.prop_map(|(callback, voicemail, survey, recording, english, menus)| {
        let mut service: Service = toml::from_str(SERVICE).unwrap();
        service.telephone.callback = callback;
        service.telephone.voicemail = voicemail;
        service.telephone.survey = survey;
        service.telephone.recording = model::service::Recording::ALL[recording];
        if english {
            service.languages.push("en".to_owned());
        }
        if !menus {
            service.telephone.menus.clear();
        }
        Arc::new(service)
    })
}

fn a_caller() -> impl Strategy<Value = Caller> {
    let number = prop_oneof![
        Just(None),
        Just(caller().number),
        Just(Some("803001".to_owned())),
        Just(Some("anonymous".to_owned())),
    ];
    let language = prop_oneof![Just(None), Just(Some("en".to_owned())), Just(Some("xx".to_owned()))];
    (number, language, any::<bool>()).prop_map(|(number, known_language, may_call_back)| Caller {
        number,
        known_language,
        may_call_back,
    })
}

/// Digits in any order, and now and then none.
fn anything() -> impl Strategy<Value = Heard> {
    let digit = prop::sample::select("0123456789*#".chars().collect::<Vec<_>>());
    prop_oneof![
        10 => digit.prop_map(Heard::Digit),
        3 => Just(Heard::Said),
        3 => Just(Heard::Silence),
        1 => (1..50_u32, prop::option::of(0..4_000_i64))
            .prop_map(|(place, wait)| Heard::Place { place, wait: wait.map(TimeDelta::seconds) }),
        1 => prop::sample::select(Offer::ALL).prop_map(Heard::Offer),
        1 => prop::sample::select(vec![
            Heard::Connecting, Heard::Connected, Heard::OperatorGone, Heard::TalkOver, Heard::Done, Heard::Failed,
            Heard::NotCallable, Heard::Recorded { kept: true }, Heard::Recorded { kept: false },
            Heard::Closing(Opening::Full), Heard::Digit('A'),
        ]),
    ]
}

/// What comes next of what is awaited, with a digit of the caller's where digits are taken.
fn next(awaits: Awaits, digit: Option<char>, step: usize) -> Heard {
    let pressed = digit.map(Heard::Digit);
    match awaits {
        Awaits::Speech => Heard::Said,
        Awaits::Digits => pressed.unwrap_or(Heard::Silence),
        Awaits::Deed if step.is_multiple_of(2) => Heard::NotCallable,
        Awaits::Deed => Heard::Failed,
        Awaits::Message => Heard::Recorded { kept: false },
        Awaits::Operator | Awaits::Nothing => Heard::Said,
    }
}

/// That whoever is not in a queue, a message or away is being told something or asked.
fn is_not_left_in_silence(before: Awaits, heard: &Heard, acts: &[Act], after: Awaits) {
    let says = acts.iter().any(|act| matches!(act, Act::Say { phrases, .. } if !phrases.is_empty()));
    let listens = acts.iter().any(|act| matches!(act, Act::Listen { .. }));
    let changed = before != after;
    match after {
        Awaits::Speech => assert!(says || !changed, "{heard:?}: nothing will have been said"),
        Awaits::Digits => assert!(listens || !changed, "{heard:?}: nobody listens"),
        Awaits::Operator => {
            let queued = acts.iter().any(|act| matches!(act, Act::Queue(_)));
            assert!(queued || says || !changed, "{heard:?}: in no queue");
        }
        Awaits::Deed => {
            assert!(acts.iter().any(|a| matches!(a, Act::Callback { .. } | Act::Redirect { .. })) || !changed)
        }
        Awaits::Message => assert!(acts.iter().any(|act| matches!(act, Act::TakeMessage { .. })) || !changed),
        Awaits::Nothing => {}
    }
    // Whoever pressed a digit where digits are taken is answered.
    if before == Awaits::Digits && matches!(heard, Heard::Digit('0'..='9' | '*' | '#') | Heard::Silence) {
        assert!(!acts.is_empty(), "{heard:?}: no answer");
    }
    for act in acts {
        assert!(!matches!(act, Act::Say { phrases, .. } if phrases.is_empty()), "an empty speech");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_call_ends_in_a_queue_a_message_a_call_back_or_goodbye(
        service in a_service(),
        opening in opening(),
        caller in a_caller(),
        digits in prop::collection::vec(prop::option::weighted(0.8, prop::sample::select("0123456789*#".chars().collect::<Vec<_>>())), 1..30),
    ) {
        let mut call = Call::of(&service, opening, caller);
        let mut digits = digits.iter().cycle();
        let mut steps = 0;
        let mut queued = call.acts.iter().any(|act| matches!(act, Act::Queue(_)));
        while !queued && call.menu.awaits() != Awaits::Nothing {
            let before = call.menu.awaits();
            let heard = next(before, digits.next().copied().flatten(), steps);
            let acts = call.menu.step(heard.clone());
            is_not_left_in_silence(before, &heard, &acts, call.menu.awaits());
            queued = acts.iter().any(|act| matches!(act, Act::Queue(_)));
            steps += 1;
            prop_assert!(steps < 1_000, "still in {:?}", call.menu);
        }
    }

    #[test]
    fn nothing_that_can_happen_in_any_order_leaves_a_caller_in_silence(
        service in a_service(),
        opening in opening(),
        caller in a_caller(),
        all in prop::collection::vec(anything(), 1..120),
    ) {
        let mut call = Call::of(&service, opening, caller);
        let mut gone = false;
        for heard in all {
            let before = call.menu.awaits();
            let acts = call.menu.step(heard.clone());
            is_not_left_in_silence(before, &heard, &acts, call.menu.awaits());
            prop_assert!(!gone || acts.is_empty(), "after the end");
            gone |= acts.iter().any(|act| matches!(act, Act::HangUp { .. }));
        }
    }
}
