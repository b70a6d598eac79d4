//! In the queue.

use super::{Call, caller, destination, service, to, two_languages};
use crate::menu::{Act, Awaits, Caller, Heard, Opening, minutes_said};
use chrono::TimeDelta;
use model::contact::Outcome;
use model::queue::Offer;
use model::service::Service;
use std::sync::Arc;

fn place(place: u32, seconds: i64) -> Heard {
    Heard::Place { place, wait: Some(TimeDelta::seconds(seconds)) }
}

fn waiting(service: &Arc<Service>, caller: Caller) -> Call {
    let mut call = Call::of(service, Opening::Open, caller);
    call.presses("1");
    assert_eq!(call.menu.awaits(), Awaits::Operator);
    call.told();
    call
}

#[test]
fn whoever_waits_hears_their_place_and_an_honest_wait() {
    let mut call = waiting(&service("", ""), caller());
    call.hears(place(3, 150));
    assert_eq!(
        call.told(),
        "Prima di lei ci sono 2 persone. L’attesa è di circa 3 minuti. Per ricevere una telefonata senza perdere il \
         posto, prema 5. Per lasciare un messaggio, prema 6."
    );
    call.hears(place(2, 61));
    assert_eq!(call.told(), "Prima di lei c’è una persona. L’attesa è di circa 2 minuti.");
    call.hears(Heard::Place { place: 1, wait: None });
    assert!(call.told().starts_with("Lei è la prossima persona in attesa. Per ricevere"));
    call.hears(place(40, 2_000));
    assert_eq!(call.told(), "Prima di lei ci sono più di 30 persone. L’attesa è di più di mezz’ora.");
    for (place_of, count) in [(21, "ci sono 20 persone"), (22, "più di 20 "), (31, "più di 20 "), (32, "più di 30 ")]
    {
        call.hears(place(place_of, 60));
        assert!(call.told().contains(count), "{place_of}");
    }
}

#[test]
fn never_less_is_promised_than_was_measured() {
    for seconds in 0..3_600 {
        let said = minutes_said(TimeDelta::seconds(seconds));
        assert!(
            said.is_none_or(|minutes| minutes * 60 >= seconds && minutes * 60 < seconds + 300),
            "{seconds} {said:?}"
        );
        assert!(said.is_some() || seconds > 1_800);
    }
    assert_eq!(minutes_said(TimeDelta::milliseconds(60_001)), Some(2));
    assert_eq!(minutes_said(TimeDelta::seconds(-5)), Some(1));
}

#[test]
fn whoever_asks_to_be_called_keeps_their_place_and_is_thanked_once_it_is_sure() {
    let mut call = waiting(&service("", ""), caller());
    call.presses("5");
    assert_eq!(
        call.told(),
        "Telefoneremo al numero: 3 3 3, 5 5 5, 0 1 1 7. Se va bene, prema 1. Per dare un altro numero, prema 2."
    );
    call.presses("1");
    let asked = Act::Callback {
        number: "+393335550117".to_owned(),
        keeps_place: true,
        destination: destination(None, Some("bonus"), "it"),
    };
    assert_eq!(call.acts, [asked]);
    assert_eq!(call.menu.awaits(), Awaits::Deed);
    call.hears(Heard::Done);
    assert!(call.told().starts_with("Grazie. Riceverà la nostra telefonata"));
    call.ends_with(Outcome::Callback);
}

#[test]
fn a_number_is_keyed_in_by_whoever_hides_theirs() {
    let mut call = waiting(&service("", ""), Caller { number: None, ..caller() });
    call.presses("5");
    assert!(call.told().starts_with("Digiti il numero"));
    call.presses("123#");
    assert!(call.told().starts_with("Questo numero non sembra giusto. Digiti"));
    call.presses("068").is_silent();
    assert!(call.told().starts_with("Questo numero non sembra giusto."));
    call.presses("06828*06828881#");
    assert!(call.told().contains("al numero: 0 6 8, 2 8 8, 8 1."));
    call.presses("1");
    assert!(matches!(call.acts.last(), Some(Act::Callback { number, .. }) if number == "+3906828881"));
    call.hears(Heard::NotCallable);
    assert!(call.told().starts_with("A questo numero non possiamo telefonare."));
    assert_eq!(call.menu.awaits(), Awaits::Operator, "three numbers that do not do are enough");
}

#[test]
fn a_number_from_abroad_is_read_with_its_plus() {
    let mut call = waiting(&service("", ""), Caller { number: Some("0040721555012".to_owned()), ..caller() });
    call.presses("5");
    assert!(call.told().contains("al numero: più 4 0 7, 2 1 5, 5 5 0, 1 2."));
}

#[test]
fn whoever_changes_their_mind_waits_on() {
    let mut call = waiting(&service("", ""), caller());
    call.presses("5").told();
    call.presses("#");
    assert_eq!(call.told(), "Resti in linea: il suo posto è sempre lo stesso.");
    assert_eq!(call.menu.awaits(), Awaits::Operator);
    call.presses("5").is_silent().is_silent().is_silent();
    assert_eq!(call.menu.awaits(), Awaits::Operator);
    call.presses("51").hears(Heard::Failed);
    assert!(call.told().contains("non è stato possibile"));
    assert_eq!(call.menu.awaits(), Awaits::Operator);
}

#[test]
fn an_operator_comes_before_whatever_was_about_to_be_chosen() {
    let mut call = waiting(&service("", ""), caller());
    call.presses("52").told();
    call.hears(Heard::Connecting);
    assert_eq!(call.told(), "Ecco chi le risponde.");
    call.hears(Heard::Connected);
    assert_eq!(call.menu.awaits(), Awaits::Nothing);
    call.hears(Heard::OperatorGone);
    assert!(call.told().starts_with("La linea con l’operatore è caduta."));
    assert_eq!(call.menu.awaits(), Awaits::Operator);
    call.hears(Heard::Connected).hears(Heard::TalkOver);
    assert_eq!(call.told(), "Arrivederci.");
    call.ends_with(Outcome::Answered);
}

#[test]
fn a_message_is_left_instead_of_waiting() {
    let mut call = waiting(&service("", ""), caller());
    call.presses("6");
    assert!(call.did(&Act::LeaveQueue));
    assert!(call.told().starts_with("Dopo il segnale"));
    call.listens();
    assert_eq!(call.acts, [Act::TakeMessage { most_seconds: 180 }]);
    call.presses("#");
    assert!(call.did(&Act::EndMessage));
    call.told();
    call.hears(Heard::Recorded { kept: true });
    assert!(call.told().starts_with("Grazie, abbiamo il suo messaggio."));
    call.ends_with(Outcome::Voicemail);
}

#[test]
fn whoever_says_nothing_after_the_tone_is_given_to_an_operator() {
    let mut call = waiting(&service("", ""), caller());
    call.presses("6").listens().hears(Heard::Recorded { kept: false });
    assert!(call.told().ends_with("Parli dopo il segnale."));
    call.listens().hears(Heard::Failed).listens();
    assert!(call.did(&to(None, Some("bonus"), "it")));
}

#[test]
fn what_a_service_does_not_offer_is_not_said() {
    let mut none = Service::usual("prova", "Linea Prova");
    (none.telephone.callback, none.telephone.voicemail) = (false, false);
    let mut call = Call::open(&Arc::new(none));
    call.listens().told();
    call.hears(place(1, 10));
    assert_eq!(call.told(), "Lei è la prossima persona in attesa. L’attesa è di circa un minuto.");
    call.presses("56");
    assert_eq!(call.acts, []);
    call.hears(Heard::Offer(Offer::Callback));
    assert_eq!(call.acts, []);
}

#[test]
fn a_step_of_the_overflow_offers_a_call_back() {
    let mut call = waiting(&service("", ""), caller());
    call.hears(Heard::Offer(Offer::Callback));
    let told = call.told();
    assert_eq!(told, "Ci dispiace per l’attesa. Per ricevere una telefonata senza perdere il posto, prema 5.");
}

#[test]
fn recording_is_announced_once_and_can_be_refused_later_too() {
    let refusable =
        service("[telephone.prompts.offices]", "[telephone]\nrecording = \"refusable\"\n[telephone.prompts.offices]");
    let mut call = Call::open(&refusable);
    call.told();
    call.presses("1");
    assert!(call.told().ends_with("per la qualità del servizio. Se preferisce di no, prema 9."));
    call.listens();
    assert_eq!(call.acts, [Act::Listen { seconds: 2 }]);
    call.is_silent();
    assert_eq!(call.menu.awaits(), Awaits::Operator);
    call.presses("9");
    assert!(call.did(&Act::RefuseRecording));
    assert!(call.told().ends_with("non sarà registrata."));
    call.presses("9");
    assert!(!call.did(&Act::RefuseRecording));
}

#[test]
fn a_survey_takes_a_mark_after_the_talk() {
    let asked = service("[telephone.prompts.offices]", "[telephone]\nsurvey = true\n[telephone.prompts.offices]");
    let mut call = waiting(&asked, caller());
    call.hears(Heard::Connected).hears(Heard::TalkOver);
    assert!(call.told().starts_with("Come è andata"));
    call.presses("74");
    assert!(call.did(&Act::Rate(4)));
    call.ends_with(Outcome::Answered);
}

#[test]
fn the_queue_closes_over_whoever_waits() {
    let mut call = Call::open(&two_languages());
    call.presses("21").told();
    call.hears(Heard::Closing(Opening::Emergency(
        [("it".into(), model::service::Said::Text("Evacuazione.".into()))].into(),
    )));
    assert!(call.did(&Act::LeaveQueue));
    assert_eq!(call.told(), "Evacuazione.");
    call.listens();
    assert!(call.told().starts_with("To receive a call from us as soon as possible, press 5."));
}
