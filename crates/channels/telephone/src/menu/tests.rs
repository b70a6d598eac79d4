//! Stories of callers, told by what they hear.

mod closed;
mod property;
mod queue;

use super::{Act, Awaits, Caller, Destination, Heard, Menu, Opening, Phrase};
use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Europe::Rome;
use model::contact::Outcome;
use model::service::Service;
use std::sync::Arc;

/// A call, with what was said since it was last asked and what was done.
pub struct Call {
    pub menu: Menu,
    pub acts: Vec<Act>,
}

pub const SERVICE: &str = r#"
id = "prova"
name = "Linea Prova"
languages = ["it"]
[telephone.prompts.offices]
it = "Siamo in via Esempio 1."
[[telephone.menus]]
id = "main"
ask.it = "Per i bonus, prema 1. Per i documenti, prema 2. Per gli indirizzi, prema 3."
choices = [
  { digit = "1", topic = "bonus" },
  { digit = "2", go = "menu:documents" },
  { digit = "3", go = "say:offices" },
  { digit = "4", go = "callback" },
  { digit = "5", go = "service:altra" },
  { digit = "6", go = "hang-up" },
]
[[telephone.menus]]
id = "documents"
choices = [
  { digit = "1", label = { it = "la carta d’identità", en = "identity cards" }, topic = "documenti" },
  { digit = "2", label = { it = "il passaporto", en = "passports" }, queue = "passaporti" },
]
[[queues]]
id = "prova"
name = "Prova"
level = "front"
[[queues]]
id = "passaporti"
name = "Passaporti"
level = "front"
topics = ["passaporti"]
"#;

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 19, 0, 0).unwrap()
}

/// The service with this in the place of that.
pub fn service(this: &str, that: &str) -> Arc<Service> {
    assert!(SERVICE.contains(this), "{this}");
    let service: Service = toml::from_str(&SERVICE.replace(this, that)).unwrap();
    assert_eq!(service.flaws(None), []);
    Arc::new(service)
}

pub fn two_languages() -> Arc<Service> {
    service("[\"it\"]", "[\"it\", \"en\"]")
}

pub fn caller() -> Caller {
    Caller { number: Some("+393335550117".to_owned()), known_language: None, may_call_back: true }
}

pub fn to(queue: Option<&str>, topic: Option<&str>, language: &str) -> Act {
    Act::Queue(destination(queue, topic, language))
}

pub fn destination(queue: Option<&str>, topic: Option<&str>, language: &str) -> Destination {
    let (queue, topic) = (queue.map(model::QueueId::new), topic.map(model::TopicId::new));
    Destination { queue, topic, language: language.to_owned() }
}

impl Call {
    pub fn of(service: &Arc<Service>, opening: Opening, caller: Caller) -> Self {
        let (menu, acts) = Menu::begin(service, opening, caller);
        Self { menu, acts }
    }

    pub fn open(service: &Arc<Service>) -> Self {
        Self::of(service, Opening::Open, caller())
    }

    pub fn hears(&mut self, heard: Heard) -> &mut Self {
        let acts = self.menu.step(heard);
        self.acts.extend(acts);
        self
    }

    pub fn presses(&mut self, digits: &str) -> &mut Self {
        for digit in digits.chars() {
            self.hears(Heard::Digit(digit));
        }
        self
    }

    pub fn listens(&mut self) -> &mut Self {
        self.hears(Heard::Said)
    }

    pub fn is_silent(&mut self) -> &mut Self {
        self.hears(Heard::Silence)
    }

    /// What was said since, in one line; and what was done is forgotten.
    pub fn told(&mut self) -> String {
        let acts = std::mem::take(&mut self.acts);
        let phrases = acts.into_iter().filter_map(|act| match act {
            Act::Say { phrases, .. } => Some(phrases),
            _ => None,
        });
        phrases.flatten().map(|phrase| spoken(&phrase)).collect::<Vec<_>>().join(" ")
    }

    pub fn did(&self, act: &Act) -> bool {
        self.acts.contains(act)
    }

    pub fn ends_with(&mut self, outcome: Outcome) {
        assert_eq!(self.menu.outcome_if_gone(), outcome);
        self.listens();
        assert_eq!(self.acts.last(), Some(&Act::HangUp { outcome }));
        assert_eq!(self.menu.awaits(), Awaits::Nothing);
    }
}

pub fn spoken(phrase: &Phrase) -> String {
    match phrase {
        Phrase::Sound { name, .. } => format!("[{name}]"),
        Phrase::Text { text, .. } => text.clone(),
        Phrase::Words(words) => words.told(Rome, now()),
    }
}

#[test]
fn a_service_without_menus_greets_and_puts_the_caller_into_its_queue() {
    let plain = Arc::new(Service::usual("prova", "Linea Prova"));
    let mut call = Call::open(&plain);
    assert!(call.did(&Act::SetLanguage("it".to_owned())));
    assert_eq!(call.told(), "Benvenuti a Linea Prova.");
    call.listens();
    assert_eq!(call.acts, [to(None, None, "it")]);
    assert_eq!(call.menu.awaits(), Awaits::Operator);
}

#[test]
fn a_line_that_greets_nobody_goes_straight_to_its_menu_or_queue() {
    let mut silent = Service::usual("prova", "Linea Prova");
    silent.telephone.greet = false;
    let call = Call::open(&Arc::new(silent));
    assert_eq!(call.acts, [Act::SetLanguage("it".to_owned()), to(None, None, "it")]);
    let mut asked =
        Call::open(&service("[telephone.prompts.offices]", "[telephone]\ngreet = false\n[telephone.prompts.offices]"));
    assert!(asked.told().starts_with("Per i bonus, prema 1."));
    let mut both =
        Call::open(&service("languages = [\"it\"]", "languages = [\"it\", \"en\"]\n[telephone]\ngreet = false"));
    assert!(both.told().starts_with("Per l’italiano, prema 1."), "the language is asked for all the same");
}

#[test]
fn a_digit_chooses_a_topic_and_its_queue() {
    let mut call = Call::open(&service("", ""));
    assert!(call.told().starts_with("Benvenuti a Linea Prova. Per i bonus, prema 1."));
    call.presses("1");
    assert_eq!(call.acts, [to(None, Some("bonus"), "it")]);
}

#[test]
fn a_menu_without_words_of_its_own_reads_its_choices() {
    let mut call = Call::open(&service("", ""));
    call.told();
    call.presses("2");
    assert_eq!(call.told(), "Per la carta d’identità, prema 1. Per il passaporto, prema 2.");
    call.presses("2");
    assert_eq!(call.acts, [to(Some("passaporti"), None, "it")]);
}

#[test]
fn digits_pressed_ahead_go_through_the_menus_without_hearing_them() {
    let mut call = Call::open(&service("", ""));
    call.presses("21");
    assert!(call.did(&to(None, Some("documenti"), "it")));
    // While the announcement is not cut off, they are kept.
    let announced =
        service("[telephone.prompts.offices]", "[telephone]\nrecording = \"refusable\"\n[telephone.prompts.offices]");
    let mut call = Call::open(&announced);
    call.presses("19");
    assert!(!call.did(&Act::RefuseRecording));
    call.listens();
    assert!(call.did(&Act::RefuseRecording));
}

#[test]
fn star_says_it_again_and_hash_goes_back() {
    let mut call = Call::open(&service("", ""));
    call.presses("2").told();
    call.presses("*");
    assert_eq!(call.told(), "Per la carta d’identità, prema 1. Per il passaporto, prema 2.");
    call.presses("#");
    assert!(call.told().starts_with("Per i bonus"));
    call.presses("#");
    assert!(call.told().starts_with("Per i bonus"), "there is nothing before the first menu");
}

#[test]
fn several_languages_are_greeted_and_chosen_each_in_its_own_words() {
    let mut call = Call::open(&two_languages());
    assert!(!call.acts.iter().any(|act| matches!(act, Act::SetLanguage(_))));
    assert_eq!(
        call.told(),
        "Benvenuti a Linea Prova. Welcome to Linea Prova. Per l’italiano, prema 1. For English, press 2."
    );
    call.presses("2");
    assert!(call.did(&Act::SetLanguage("en".to_owned())));
    call.presses("2");
    assert!(call.told().ends_with("For identity cards, press 1. For passports, press 2."));
    call.presses("##");
    assert!(call.told().ends_with("For English, press 2."), "back to the choice of a language");
}

#[test]
fn a_language_without_built_in_sentences_is_offered_where_the_service_has_words_for_it() {
    let three = service(
        "[\"it\"]",
        "[\"it\", \"ro\", \"ar\"]\n[telephone.prompts.language]\nro = \"Pentru română, apăsați 2.\"",
    );
    let mut call = Call::open(&three);
    assert!(call.told().ends_with("Per l’italiano, prema 1. Pentru română, apăsați 2."));
    call.presses("2");
    assert!(call.did(&Act::SetLanguage("ro".to_owned())));
    let known = Caller { known_language: Some("ar".to_owned()), ..caller() };
    let mut call = Call::of(&three, Opening::Open, known);
    assert!(call.did(&Act::SetLanguage("ar".to_owned())));
    assert!(call.told().starts_with("Benvenuti"), "what nobody wrote in it is heard in Italian");
}

#[test]
fn whoever_is_known_is_not_asked_for_their_language() {
    let known = Caller { known_language: Some("en".to_owned()), ..caller() };
    let mut call = Call::of(&two_languages(), Opening::Open, known);
    assert!(call.told().starts_with("Welcome to Linea Prova. Per i bonus"), "the menu was written in Italian alone");
}

#[test]
fn whoever_presses_nothing_hears_it_twice_more_and_then_waits_for_an_operator() {
    let mut call = Call::open(&service("", ""));
    call.told();
    for _ in 0..2 {
        call.listens().is_silent();
        let told = call.told();
        assert!(told.starts_with("Non ho sentito nessun tasto. Per i bonus"), "{told}");
        assert!(told.ends_with("prema asterisco."), "{told}");
    }
    call.listens().is_silent();
    assert_eq!(call.told(), "Resti in linea: le risponde una persona.");
    call.listens();
    assert_eq!(call.acts, [to(None, None, "it")]);
    let mut call = Call::open(&two_languages());
    call.is_silent().is_silent().is_silent().listens();
    assert_eq!(call.acts.last(), Some(&to(None, None, "it")), "a telephone without keys is not asked for more");
}

#[test]
fn whoever_presses_what_is_not_there_hears_so() {
    let mut call = Call::open(&service("", ""));
    call.told();
    call.presses("8");
    assert!(call.told().starts_with("Questa scelta non c’è. Per i bonus"));
    call.presses("78").listens();
    assert!(call.did(&to(None, None, "it")));
}

#[test]
fn an_answer_is_said_and_the_menu_again() {
    let mut call = Call::open(&service("", ""));
    assert_eq!(call.menu.outcome_if_gone(), Outcome::Abandoned);
    call.told();
    call.presses("3");
    assert!(call.told().starts_with("Siamo in via Esempio 1. Per i bonus"));
    assert_eq!(call.menu.outcome_if_gone(), Outcome::SelfService);
    call.presses("6");
    assert_eq!(call.told(), "Arrivederci.");
    call.ends_with(Outcome::SelfService);
}

#[test]
fn another_service_takes_the_call_or_an_operator_does() {
    let redirect =
        Act::Redirect { service: model::ServiceId::new("altra"), destination: destination(None, None, "it") };
    let mut call = Call::open(&service("", ""));
    call.presses("5");
    assert!(call.did(&redirect));
    call.hears(Heard::Done);
    assert_eq!(call.menu.awaits(), Awaits::Nothing);
    let mut call = Call::open(&service("", ""));
    call.presses("5").hears(Heard::Failed).listens();
    assert!(call.did(&to(None, None, "it")));
}

#[test]
fn the_sample_has_a_telephone_that_everybody_can_use() {
    let sample = include_str!("../../../../../sample/services/linea-amica.toml");
    let sample: Service = toml::from_str(sample).unwrap();
    assert_eq!((sample.flaws(None), sample.doubts()), (Vec::new(), Vec::new()));
    let mut call = Call::open(&Arc::new(sample));
    call.presses("2").told();
    call.presses("2");
    assert_eq!(call.told(), "For what you need to bring, press 1. For a person to talk with, press 2.");
}

#[test]
fn every_built_in_sentence_is_there_in_every_language() {
    let source = [
        include_str!("choosing.rs"),
        include_str!("waiting.rs"),
        include_str!("closed.rs"),
        include_str!("callback.rs"),
        include_str!("../menu.rs"),
    ];
    let keys = source.iter().flat_map(|text| text.split("key!(\"").skip(1)).filter_map(|rest| rest.split('"').next());
    for key in keys {
        for language in language::Language::ALL {
            assert!(language::Tr::new(language).has(key), "{key} in {language}");
        }
    }
}
