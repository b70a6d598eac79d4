//! The telephone of a service: whatever is written of it, and what is wrong with it.

use super::{one_of, words};
use model::queue::{Demand, Offer, Overflow, QueueDefinition, Relax, Way, WrapUpCode};
use model::service::{Choice, Flaw, Go, Menu, Prompt, Recording, Said, Service, Sound, Telephone};
use model::user::SkillLevel;
use model::{QueueId, ServiceId, TopicId};
use proptest::prelude::*;

fn prompt() -> impl Strategy<Value = Prompt> {
    let said = prop_oneof![words().prop_map(Said::Text), words().prop_map(|sound| Said::Sound(Sound { sound }))];
    prop::collection::btree_map(one_of(&["it", "en"]).prop_map(str::to_owned), said, 0..3)
}

fn go() -> impl Strategy<Value = Go> {
    let id = || one_of(&["main", "documents", "x-9"]).prop_map(str::to_owned);
    prop_oneof![
        Just(Go::Queue),
        Just(Go::Message),
        Just(Go::Callback),
        Just(Go::Repeat),
        Just(Go::Back),
        Just(Go::HangUp),
        id().prop_map(Go::Menu),
        id().prop_map(Go::Say),
        id().prop_map(|id| Go::Service(ServiceId(id))),
    ]
}

fn choice() -> impl Strategy<Value = Choice> {
    let some = || prop::option::of(words());
    let parts = (
        any::<char>().prop_filter("no control", |c| !c.is_control()),
        super::by_language(),
        some(),
        some(),
        some(),
        go(),
    );
    parts.prop_map(|(digit, label, language, topic, queue, go)| Choice {
        digit,
        label,
        language,
        topic: topic.map(TopicId),
        queue: queue.map(QueueId),
        go,
    })
}

fn codes() -> impl Strategy<Value = Vec<WrapUpCode>> {
    prop::collection::vec((words(), super::by_language()).prop_map(|(id, names)| WrapUpCode { id, names }), 0..3)
}

pub fn telephone() -> impl Strategy<Value = Telephone> {
    let menu = (words(), prompt(), prop::collection::vec(choice(), 0..3));
    let menus = prop::collection::vec(menu.prop_map(|(id, ask, choices)| Menu { id, ask, choices }), 0..3);
    let some = || prop::option::of(words());
    let may = any::<[bool; 5]>();
    let told = (one_of(Recording::ALL), prop::option::of(1..900_u32), may);
    let numbers = (1..400_u32, 15..90_u32);
    let prompts = prop::collection::btree_map(words(), prompt(), 0..3);
    (told, numbers, (some(), some(), some()), prompts, menus, codes()).prop_map(
        |(told, (max_waiting, announce_every_s), (music, outgoing_from, start), prompts, menus, codes)| {
            let (recording, keep_recordings_days, [greet, callback, voicemail, survey, oversight]) = told;
            Telephone {
                greet,
                recording,
                keep_recordings_days,
                callback,
                voicemail,
                survey,
                oversight,
                max_waiting,
                announce_every_s,
                music,
                outgoing_from,
                start,
                prompts,
                menus,
                codes,
            }
        },
    )
}

type Calls = (Option<u32>, u32, u32, u32, Vec<WrapUpCode>, Vec<Relax>, Vec<Overflow>);

pub fn calls() -> impl Strategy<Value = Calls> {
    let relax = (0..900_u32, one_of(Demand::ALL), prop::option::of(one_of(SkillLevel::ALL)));
    let relax = relax.prop_map(|(after_s, demand, to)| Relax { after_s, demand, to });
    let way = prop_oneof![words().prop_map(|id| Way::Queue(QueueId(id))), one_of(Offer::ALL).prop_map(Way::Offer)];
    let overflow = (0..900_u32, way).prop_map(|(after_s, way)| Overflow { after_s, way });
    let lists = (codes(), prop::collection::vec(relax, 0..3), prop::collection::vec(overflow, 0..3));
    (prop::option::of(1..600_u32), 5..30_u32, 0..90_u32, 0..30_u32, lists).prop_map(
        |(target, offer, wrap_up, own, (codes, relax, overflow))| (target, offer, wrap_up, own, codes, relax, overflow),
    )
}

pub fn with_calls(queue: QueueDefinition, calls: Calls) -> QueueDefinition {
    let (target_s, offer_s, wrap_up_s, own_operator_s, codes, relax, overflow) = calls;
    QueueDefinition { target_s, offer_s, wrap_up_s, own_operator_s, codes, relax, overflow, ..queue }
}

const WHOLE: &str = r#"
id = "prova"
name = "Prova"
languages = ["it", "en"]
[telephone]
recording = "refusable"
keep_recordings_days = 90
survey = true
music = "attesa"
outgoing_from = "+3906828881"
[telephone.prompts.greeting]
it = "Benvenuti a Prova."
en = { sound = "welcome-en" }
[telephone.prompts.offices]
it = "Gli uffici sono in via Esempio 1."
en = "The offices are at 1, Sample Street."
[[telephone.menus]]
id = "main"
ask.it = "Per il bonus sociale, prema 1. Per gli uffici, prema 2. Per i documenti, prema 3."
ask.en = { sound = "main-en" }
choices = [
  { digit = "1", topic = "bonus" },
  { digit = "2", go = "say:offices" },
  { digit = "3", go = "menu:documents" },
]
[[telephone.menus]]
id = "documents"
[[telephone.menus.choices]]
digit = "1"
label = { it = "la carta d’identità", en = "identity cards" }
queue = "documenti"
[[telephone.codes]]
id = "informato"
names = { it = "Informato", en = "Informed" }
[[queues]]
id = "prova"
name = "Prova"
level = "front"
target_s = 40
offer_s = 12
relax = [
  { after_s = 30, demand = "topic-level", to = "good" },
  { after_s = 60, demand = "topic-level" },
  { after_s = 120, demand = "topic" },
]
overflow = [{ after_s = 90, offer = "callback" }, { after_s = 180, queue = "documenti" }]
[[queues]]
id = "documenti"
name = "Documenti"
level = "front"
topics = ["documenti"]
[[queues]]
id = "ufficio"
name = "Ufficio"
level = "back"
"#;

fn read(toml: &str) -> Service {
    toml::from_str(toml).unwrap()
}

/// The flaws of the definition with this in the place of that, as `place: flaw`.
fn flaws(this: &str, that: &str) -> Vec<String> {
    assert!(this.is_empty() || WHOLE.contains(this), "{this}");
    let service = read(&if this.is_empty() { WHOLE.to_owned() } else { WHOLE.replace(this, that) });
    service.flaws(None).iter().map(|found| format!("{}: {}", found.name(), found.flaw)).collect()
}

#[test]
fn a_whole_telephone_is_taken_as_it_is_written() {
    assert_eq!(flaws("", ""), Vec::<String>::new());
    let service = read(WHOLE);
    assert!(service.doubts().is_empty(), "{:?}", service.doubts());
    assert_eq!(service.telephone.first_menu().unwrap().id, "main");
    assert_eq!(service.target_s(&service.queues[0]), 40);
    assert_eq!(service.target_s(&service.queues[1]), QueueDefinition::TARGET_S);
    assert_eq!(service.wrap_up_codes(&service.queues[0].id)[0].name("en"), "Informed");
    assert_eq!(service.menu_topics().map(TopicId::as_str).collect::<Vec<_>>(), ["bonus"]);
}

#[test]
fn a_service_that_says_nothing_of_the_telephone_is_usual_and_writes_nothing_of_it() {
    let service = read("id = \"prova\"\nname = \"Prova\"");
    assert_eq!(service.telephone, Telephone::default());
    assert!(service.telephone.callback && service.telephone.voicemail);
    let written = toml::to_string_pretty(&service).unwrap();
    assert!(!written.contains("telephone") && !written.contains("offer_s"), "{written}");
}

#[test]
fn a_menu_that_leads_nowhere_is_refused() {
    assert_eq!(
        flaws("menu:documents", "menu:papers"),
        ["telephone.menus.0.choices.2.go: no-such-menu", "telephone.menus.1.id: not-reached",]
    );
    assert_eq!(flaws("say:offices", "say:office"), ["telephone.menus.0.choices.1.go: no-such-prompt"]);
    assert_eq!(flaws("survey = true", "survey = true\nstart = \"documents\""), ["telephone.menus.0.id: not-reached"]);
    assert_eq!(flaws("survey = true", "start = \"first\"")[0], "telephone.start: no-such-menu");
    assert_eq!(
        flaws("queue = \"documenti\"\n[[telephone.codes", "go = \"menu:documents\"\n[[telephone.codes"),
        ["telephone.menus.1.id: no-way-out"]
    );
    assert_eq!(
        flaws("queue = \"documenti\"\n[[t", "queue = \"ufficio\"\n[[t"),
        ["telephone.menus.1.choices.0.queue: not-at-the-front"]
    );
    assert_eq!(
        flaws("queue = \"documenti\"\n[[t", "queue = \"nobody\"\n[[t"),
        ["telephone.menus.1.choices.0.queue: no-such-queue"]
    );
    let told = toml::from_str::<Service>(&WHOLE.replace("say:offices", "shout:offices")).unwrap_err().to_string();
    assert!(told.contains("shout:offices") && told.contains("hang-up"), "{told}");
}

#[test]
fn digits_and_numbers_keep_within_their_bounds() {
    assert_eq!(flaws("digit = \"3\"", "digit = \"2\""), ["telephone.menus.0.choices.2.digit: twice"]);
    assert_eq!(flaws("digit = \"3\"", "digit = \"*\""), ["telephone.menus.0.choices.2.digit: not-a-digit"]);
    assert_eq!(flaws("\"+3906828881\"", "\"the office\""), ["telephone.outgoing_from: not-a-phone"]);
    assert_eq!(flaws("survey = true", "max_waiting = 0"), ["telephone.max_waiting: out-of-range"]);
    assert_eq!(flaws("survey = true", "announce_every_s = 5"), ["telephone.announce_every_s: out-of-range"]);
    assert_eq!(
        flaws("keep_recordings_days = 90", "keep_recordings_days = 0"),
        ["telephone.keep_recordings_days: out-of-range"]
    );
    assert_eq!(flaws("offer_s = 12", "offer_s = 1"), ["queues.0.offer_s: out-of-range"]);
    assert_eq!(flaws("target_s = 40", "target_s = 0"), ["queues.0.target_s: out-of-range"]);
    assert_eq!(flaws("\"attesa\"", "\"La mia musica\""), ["telephone.music: bad-id"]);
}

#[test]
fn what_is_turned_off_is_led_to_by_nothing() {
    assert_eq!(flaws("survey = true", "callback = false"), ["queues.0.overflow.0.offer: turned-off"]);
    assert_eq!(
        flaws("{ digit = \"1\", topic = \"bonus\" }", "{ digit = \"1\", go = \"message\" }"),
        Vec::<String>::new()
    );
    let off = WHOLE.replace("survey = true", "voicemail = false").replace("topic = \"bonus\"", "go = \"message\"");
    let found = read(&off).flaws(None);
    assert_eq!(found.iter().map(|f| f.flaw).collect::<Vec<_>>(), [Flaw::TurnedOff]);
}

#[test]
fn steps_of_waiting_ask_less_and_less() {
    assert_eq!(flaws("after_s = 60,", "after_s = 20,"), ["queues.0.relax.1.after_s: out-of-order"]);
    assert_eq!(
        flaws("demand = \"topic-level\" }", "demand = \"topic-level\", to = \"expert\" }"),
        ["queues.0.relax.1: out-of-order"]
    );
    assert_eq!(
        flaws("demand = \"topic\" }", "demand = \"topic\", to = \"good\" }"),
        ["queues.0.relax.2.to: no-levels"]
    );
    assert_eq!(flaws("180, queue = \"documenti\"", "180, queue = \"prova\""), ["queues.0.overflow.1.queue: loop"]);
    let both = WHOLE.replace("offer = \"callback\" }", "offer = \"callback\", queue = \"documenti\" }");
    assert!(toml::from_str::<Service>(&both).unwrap_err().to_string().contains("one of the two"));
}

#[test]
fn what_is_not_said_in_a_language_is_a_doubt_and_no_flaw() {
    let doubts = |toml: String| {
        let service = read(&toml);
        assert_eq!(service.flaws(None), []);
        service
            .doubts()
            .iter()
            .map(|f| format!("{}: {} {}", f.name(), f.flaw, f.with.clone().unwrap()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        doubts(WHOLE.replace("[\"it\", \"en\"]", "[\"it\", \"en\", \"ro\"]")),
        [
            "telephone.prompts.offices: not-in-language ro",
            "telephone.menus.0.ask: not-in-language ro",
            "telephone.menus.1.ask: not-in-language ro",
        ]
    );
    assert_eq!(
        doubts(WHOLE.replace("prompts.greeting", "prompts.greetings")),
        ["telephone.prompts.greetings: not-reached greetings"]
    );
    assert_eq!(
        flaws("label = { it = \"la carta d’identità\", en = \"identity cards\" }\n", ""),
        ["telephone.menus.1.ask: missing"]
    );
}

#[test]
fn changes_of_the_telephone_are_told_key_by_key() {
    let (before, mut after) = (read(WHOLE), read(WHOLE));
    after.telephone.menus[0].choices[0].topic = Some(TopicId::new("bonus-sociale"));
    after.telephone.menus[0].choices.swap(1, 2);
    after.telephone.callback = false;
    after.queues[0].overflow.truncate(1);
    let told: Vec<_> = model::service::compare(Some(&before), &after).iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "~ telephone.menus.main.choices.1.topic: bonus -> bonus-sociale",
            "~ telephone.menus.main.choices.order: 1, 2, 3 -> 1, 3, 2",
            "+ telephone.callback: false",
            "- queues.prova.overflow.180 s.after_s: 180",
            "- queues.prova.overflow.180 s.queue: documenti",
        ]
    );
}
