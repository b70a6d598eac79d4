//! Closed, full, closed by hand.

use super::{Call, caller, service, two_languages};
use crate::menu::{Act, Awaits, Caller, Heard, Opening};
use chrono::{DateTime, TimeZone, Utc};
use model::contact::Outcome;
use model::service::{Prompt, Said};

fn closed(opens: Option<DateTime<Utc>>) -> Opening {
    Opening::Closed { opens, holiday: false }
}

fn tomorrow() -> Option<DateTime<Utc>> {
    Some(Utc.with_ymd_and_hms(2026, 11, 24, 8, 0, 0).unwrap())
}

#[test]
fn a_closed_line_says_when_it_opens_and_is_no_dead_end() {
    let mut call = Call::of(&service("", ""), closed(tomorrow()), caller());
    assert_eq!(
        call.told(),
        "Benvenuti a Linea Prova. In questo momento siamo chiusi. Rispondiamo di nuovo domani alle 9. Per ricevere una \
         telefonata appena possibile, prema 5. Per lasciare un messaggio, prema 6. Può anche scriverci dal nostro sito, a \
         qualsiasi ora."
    );
    assert_eq!(call.menu.outcome_if_gone(), Outcome::ClosedHours);
    call.presses("51");
    assert!(matches!(call.acts.last(), Some(Act::Callback { keeps_place: false, .. })));
    call.hears(Heard::Done).ends_with(Outcome::Callback);
}

#[test]
fn days_and_hours_are_spoken() {
    let told = |language: &str, day, hour, minute| {
        let opens = Some(Utc.with_ymd_and_hms(2026, 11, day, hour, minute, 0).unwrap());
        let known = Caller { known_language: Some(language.to_owned()), ..caller() };
        Call::of(&two_languages(), closed(opens), known).told()
    };
    assert!(told("it", 26, 7, 30).contains("di nuovo giovedì 26 novembre alle 8 e mezza."));
    assert!(told("it", 24, 11, 15).contains("domani a mezzogiorno e 15."));
    assert!(told("it", 24, 0, 0).contains("domani all’una."));
    assert!(told("en", 26, 13, 30).contains("We answer again Thursday 26 November at 2 30 in the afternoon."));
    assert!(told("en", 24, 7, 0).contains("tomorrow at 8 in the morning."));
}

#[test]
fn whoever_cannot_press_anything_leaves_a_message() {
    let mut call = Call::of(&service("", ""), closed(None), caller());
    call.is_silent().is_silent().is_silent();
    assert!(call.told().ends_with("Per finire, prema un tasto."));
    call.listens();
    assert_eq!(call.menu.awaits(), Awaits::Message);
    call.hears(Heard::Recorded { kept: false }).listens().hears(Heard::Recorded { kept: false });
    call.ends_with(Outcome::ClosedHours);
}

#[test]
fn a_full_line_says_so() {
    let mut call = Call::of(&service("", ""), Opening::Full, Caller { may_call_back: false, ..caller() });
    let told = call.told();
    assert!(told.contains("tutte le linee sono occupate. Per lasciare un messaggio, prema 6."), "{told}");
    call.presses("5");
    assert!(call.told().starts_with("Questa scelta non c’è."), "who may not be called is not asked");
    call.presses("#");
    call.ends_with(Outcome::Busy);
}

#[test]
fn with_nothing_to_offer_it_says_where_else_and_goodbye() {
    let none = service(
        "[telephone.prompts.offices]",
        "[telephone]\nvoicemail = false\n[telephone.prompts.elsewhere]\nit = \"Scriva a linea punto esempio.\"\n[telephone.prompts.offices]",
    );
    let mut call = Call::of(&none, closed(tomorrow()), Caller { may_call_back: false, ..caller() });
    assert!(call.told().ends_with("domani alle 9. Scriva a linea punto esempio. Arrivederci."));
    call.ends_with(Outcome::ClosedHours);
}

#[test]
fn on_a_holiday_the_words_for_it_are_said() {
    let own = service(
        "[telephone.prompts.offices]",
        "[telephone.prompts.holiday]\nit = \"Oggi è festa.\"\n[telephone.prompts.offices]",
    );
    let told = |holiday| Call::of(&own, Opening::Closed { opens: None, holiday }, caller()).told();
    assert!(told(true).contains("Oggi è festa.") && !told(true).contains("siamo chiusi"));
    assert!(told(false).contains("siamo chiusi"));
}

#[test]
fn an_emergency_is_said_first_to_its_end_in_every_language_there_is() {
    let text = |text: &str| Said::Text(text.to_owned());
    let said: Prompt = [("it".to_owned(), text("Allerta rossa.")), ("en".to_owned(), text("Red alert."))].into();
    let mut call = Call::of(&two_languages(), Opening::Emergency(said), caller());
    call.presses("2");
    assert_eq!(call.told(), "Allerta rossa. Red alert.");
    assert_eq!(call.menu.awaits(), Awaits::Speech);
    // The digit pressed meanwhile chooses the language.
    call.listens();
    assert!(call.did(&Act::SetLanguage("en".to_owned())));
    assert!(call.told().starts_with("To receive a call from us"));
    let mut call = Call::of(&service("", ""), Opening::Emergency(Prompt::new()), caller());
    assert_eq!(call.told(), "Il servizio telefonico è sospeso per il momento.");
}
