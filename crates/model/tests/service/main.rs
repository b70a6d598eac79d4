//! A definition that is written out and read again is the same, whatever people wrote into it; and nothing differs between
//! the two.
#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

mod telephone;

use chrono::NaiveDate;
use model::calendar::{Calendar, Days, Holidays, WordOr, Written, WrittenException, WrittenPatron};
use model::case::{Kind, Level};
use model::contact::Channel;
use model::queue::{Priority, QueueDefinition};
use model::service::{
    CallPromise, Cost, EntryKind, EntryPoint, Promises, Reach, Service, ServiceLevel, Texts, compare,
};
use model::{QueueId, ServiceId, StructureId, TopicId};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What people write: letters of any script, quotes, line ends, brackets.
fn words() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        '"', '\'', '\\', '\n', '\t', '#', '=', '[', ']', '{', '}', 'è', '’', '中', 'ر', '😀',
    ]);
    let character = prop_oneof![8 => any::<char>().prop_filter("no control", |c| !c.is_control()), 2 => odd];
    prop::collection::vec(character, 1..24).prop_map(|chars| format!("x{}", chars.into_iter().collect::<String>()))
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all.to_vec())
}

fn by_language() -> impl Strategy<Value = BTreeMap<String, String>> {
    prop::collection::btree_map(one_of(&["it", "en", "zh-hans"]).prop_map(str::to_owned), words(), 0..3)
}

fn texts() -> impl Strategy<Value = BTreeMap<String, Texts>> {
    let some = || prop::option::of(words());
    let texts = (some(), some(), some(), some());
    let texts = texts.prop_map(|(name, greeting, closed, privacy)| Texts { name, greeting, closed, privacy });
    let texts = texts.prop_filter("says something", |texts| !texts.is_empty());
    prop::collection::btree_map(one_of(&["it", "en"]).prop_map(str::to_owned), texts, 0..3)
}

fn entry_point() -> impl Strategy<Value = EntryPoint> {
    let parts = (
        one_of(EntryKind::ALL),
        words(),
        prop::collection::vec(one_of(Reach::ALL), 0..3),
        prop::option::of(one_of(Cost::ALL)),
        by_language(),
    );
    parts.prop_map(|(kind, value, reachable_from, cost, cost_text)| EntryPoint {
        kind,
        value,
        reachable_from,
        cost,
        cost_text,
    })
}

fn level() -> impl Strategy<Value = ServiceLevel> {
    let minutes = || prop::option::of(1..100_000_u32);
    let parts = (prop::option::of(one_of(Channel::ALL)), prop::option::of(one_of(Kind::ALL)), minutes(), minutes());
    parts.prop_map(|(channel, kind, answer_minutes, solution_minutes)| ServiceLevel {
        channel,
        kind,
        answer_minutes,
        solution_minutes,
    })
}

fn calendar() -> impl Strategy<Value = Calendar> {
    let day = || {
        prop_oneof![
            Just(Vec::new()),
            Just(vec!["09:00-13:00".to_owned()]),
            Just(vec!["00:00-07:30".to_owned(), "07:30-24:00".to_owned()]),
        ]
    };
    let week = (day(), day(), day(), day(), day(), day(), day())
        .prop_map(|(mon, tue, wed, thu, fri, sat, sun)| WordOr::Table(Days { mon, tue, wed, thu, fri, sat, sun }));
    let week = prop_oneof![1 => Just(WordOr::Word("always".to_owned())), 4 => week];
    let exceptions = prop::collection::btree_map(0..3_000_i32, (day(), prop::option::of(words())), 0..4);
    let patron =
        prop::option::of(words().prop_map(|name| WordOr::Table(WrittenPatron { day: "06-29".to_owned(), name })));
    (one_of(&["Europe/Rome", "UTC"]), one_of(Holidays::ALL), week, patron, exceptions).prop_filter_map(
        "a calendar",
        |(zone, holidays, week, patron, exceptions)| {
            let date = |day: i32| (NaiveDate::default() + chrono::TimeDelta::days(i64::from(day) + 20_000)).to_string();
            let exceptions = exceptions
                .into_iter()
                .map(|(day, (slots, name))| WrittenException { date: date(day), slots, name })
                .collect();
            Calendar::try_from(Written { zone: zone.to_owned(), holidays, week, patron, exceptions }).ok()
        },
    )
}

fn queues() -> impl Strategy<Value = Vec<QueueDefinition>> {
    let queue = (
        words(),
        one_of(Level::ALL),
        one_of(Priority::ALL),
        prop::collection::vec(words(), 0..3),
        prop::option::of(words()),
        telephone::calls(),
    );
    prop::collection::vec(queue, 0..4).prop_map(|queues| {
        let first = QueueDefinition::new(QueueId::new("prima"), "Prima", Level::Front);
        let others = queues.into_iter().enumerate().map(|(n, (name, level, priority, topics, structure, calls))| {
            QueueDefinition {
                priority,
                topics: topics.into_iter().map(TopicId).collect(),
                structure: structure.map(StructureId),
                ..telephone::with_calls(QueueDefinition::new(QueueId(format!("q{n}")), name, level), calls)
            }
        });
        std::iter::once(first).chain(others).collect()
    })
}

fn service() -> impl Strategy<Value = Service> {
    let facts = (words(), any::<bool>(), any::<bool>(), by_language(), texts());
    let lists = (
        prop::collection::vec(entry_point(), 0..4),
        prop::collection::vec(level(), 0..4),
        queues(),
        (calendar(), telephone::telephone()),
        (1..9_000_u32, 1..9_000_u32, 0..90_u32, prop::option::of((1..600_u32, 1..=100_u32))),
    );
    (facts, lists).prop_map(
        |((name, active, special, summary, texts), (entry_points, levels, queues, (calendar, telephone), promises))| {
            let (answer_minutes, solution_minutes, close_days, calls) = promises;
            let calls = calls.map(|(seconds, percent)| CallPromise { seconds, percent });
            let promises = Promises { answer_minutes, solution_minutes, close_days, calls };
            Service {
                id: ServiceId::new("prova"),
                name,
                active,
                special,
                summary,
                texts,
                entry_points,
                promises,
                levels,
                calendar,
                telephone,
                queues,
                ..Service::usual("prova", "Prova")
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_service_that_is_written_and_read_again_is_the_same(service in service()) {
        let text = toml::to_string_pretty(&service).unwrap();
        let again: Service = toml::from_str(&text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        prop_assert_eq!(&again, &service);
        let stored: Service = serde_json::from_value(serde_json::to_value(&service).unwrap()).unwrap();
        prop_assert_eq!(&stored, &service);
        prop_assert!(compare(Some(&service), &again).is_empty());
    }

    #[test]
    fn whatever_differs_is_told(one in service(), other in service()) {
        prop_assert_eq!(compare(Some(&one), &other).is_empty(), one == other);
    }
}
