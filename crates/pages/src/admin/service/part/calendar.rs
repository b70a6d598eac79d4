//! The calendar of a service as a form.

use super::{list, numbered};
use crate::admin::sheet::{Group, Input, InputKind, Typed, words};
use crate::desk::field::Choice;
use language::Tr;
use model::calendar::{Calendar, CalendarError, Days, Holidays, Place, WEEKDAYS, WordOr, Written, cities};
use model::calendar::{WrittenException, WrittenPatron};
use model::service::Flaw;
use std::collections::BTreeMap;

/// Zones to choose from; that of the service is among them anyhow.
const ZONES: &[&str] = &["Europe/Rome", "Europe/London", "Europe/Berlin", "Europe/Athens", "UTC"];

/// What a calendar holds, as it stands in the fields.
pub(super) fn typed(typed: &mut Typed, written: Written) {
    let Written { zone, holidays, week, patron, exceptions } = written;
    typed.put("zone", zone);
    typed.put("holidays", holidays.as_str());
    match week {
        WordOr::Word(_) => typed.put("always", "1"),
        WordOr::Table(days) => {
            for weekday in WEEKDAYS {
                typed.put(format!("week-{}", short(weekday)), days.on(weekday).join(", "));
            }
        }
    }
    if let Some(WordOr::Table(WrittenPatron { day, name })) = patron {
        typed.put("patron-day", day);
        typed.put("patron-name", name);
    }
    typed.put("exception-rows", exceptions.len().to_string());
    for (n, WrittenException { date, slots, name }) in exceptions.into_iter().enumerate() {
        typed.put(format!("exception-{n}-date"), date);
        typed.put(format!("exception-{n}-slots"), slots.join(", "));
        typed.put(format!("exception-{n}-name"), name.unwrap_or_default());
    }
}

/// What a form says; or what cannot be taken, and where.
pub(super) fn read(typed: &Typed) -> Result<Calendar, (String, Flaw)> {
    let week = if typed.has("always") {
        WordOr::Word("always".to_owned())
    } else {
        let [mon, tue, wed, thu, fri, sat, sun] =
            WEEKDAYS.map(|weekday| list(typed.text(&format!("week-{}", short(weekday)))));
        WordOr::Table(Days { mon, tue, wed, thu, fri, sat, sun })
    };
    let patron = match (typed.some("patron-city"), typed.some("patron-day")) {
        (Some(city), _) => Some(WordOr::Word(city)),
        (None, Some(day)) => {
            let name = typed.some("patron-name").ok_or(("patron-name".to_owned(), Flaw::Missing))?;
            Some(WordOr::Table(WrittenPatron { day, name }))
        }
        (None, None) => None,
    };
    let mut exceptions = Vec::new();
    let mut row_of = BTreeMap::new();
    for n in 0..typed.rows("exception") {
        let field = |name: &str| format!("exception-{n}-{name}");
        let Some(date) = typed.some(&field("date")) else { continue };
        row_of.insert(date.clone(), n);
        let slots = list(typed.text(&field("slots")));
        exceptions.push(WrittenException { date, slots, name: typed.some(&field("name")) });
    }
    let holidays: Holidays = typed.text("holidays").parse().map_err(|_| ("holidays".to_owned(), Flaw::Unreadable))?;
    let written = Written { zone: typed.text("zone").to_owned(), holidays, week, patron, exceptions };
    Calendar::try_from(written).map_err(|error| {
        let place = |place: Place, name: &str| match place {
            Place::Week(weekday) => format!("week-{}", short(weekday)),
            Place::Exception(date) => {
                format!("exception-{}-{name}", row_of.get(&date.to_string()).copied().unwrap_or_default())
            }
        };
        let dated = |date: &str| format!("exception-{}-date", row_of.get(date).copied().unwrap_or_default());
        match error {
            CalendarError::NoSuchZone(_) => ("zone".to_owned(), Flaw::NoSuchZone),
            CalendarError::NoSuchDay(_) => ("patron-day".to_owned(), Flaw::NotADate),
            CalendarError::NoSuchDate(date) => (dated(&date), Flaw::NotADate),
            CalendarError::DateTwice(date) => (dated(&date.to_string()), Flaw::Twice),
            CalendarError::BadSlot { place: at, .. } => (place(at, "slots"), Flaw::BadSlot),
            CalendarError::Overlap { place: at, .. } => (place(at, "slots"), Flaw::Overlap),
            CalendarError::NoSuchCity(_) => ("patron-city".to_owned(), Flaw::Unreadable),
            _ => ("always".to_owned(), Flaw::Unreadable),
        }
    })
}

/// The fields, with one empty row more for an exception.
pub(super) fn groups(tr: Tr, typed: &Typed) -> Vec<Group> {
    let say = |key: &str| tr.text(key).into_owned();
    let mut zones: Vec<&str> = ZONES.to_vec();
    if !typed.text("zone").is_empty() && !zones.contains(&typed.text("zone")) {
        zones.push(typed.text("zone"));
    }
    let zones = zones.into_iter().map(|zone| Choice::new(zone, zone)).collect();
    let none = std::iter::once(Choice::new("", say("service-patron-own")));
    let cities = none.chain(cities().map(|city| Choice::new(city, city))).collect();
    let mut week: Vec<Input> = WEEKDAYS
        .iter()
        .map(|weekday| {
            let day = short(*weekday);
            Input::new(typed, format!("week-{day}"), say(&format!("service-day-{day}")), InputKind::Line)
        })
        .collect();
    week.push(Input::new(typed, "always", say("service-always"), InputKind::Tick));
    let holidays = vec![
        Input::select(typed, "holidays", say("service-holidays"), words(tr, None, Holidays::ALL, "service-holidays")),
        Input::select(typed, "patron-city", say("service-patron-city"), cities),
        Input::new(typed, "patron-day", say("service-patron-day"), InputKind::Line)
            .hinted(say("service-patron-day-hint")),
        Input::new(typed, "patron-name", say("service-patron-name"), InputKind::Line),
        Input::select(typed, "zone", say("service-zone"), zones),
    ];
    let mut groups = vec![
        Group::new(say("service-week"), week).row().hinted(say("service-week-hint")),
        Group::new(say("service-closures"), holidays).row(),
    ];
    groups.extend((0..=typed.rows("exception")).map(|n| {
        let field = |name: &str| format!("exception-{n}-{name}");
        let inputs = vec![
            Input::new(typed, field("date"), say("service-exception-date"), InputKind::Date),
            Input::new(typed, field("slots"), say("service-exception-slots"), InputKind::Line)
                .hinted(say("service-exception-slots-hint")),
            Input::new(typed, field("name"), say("service-exception-name"), InputKind::Line),
        ];
        Group::new(numbered(tr, "service-exception-row", n, typed.rows("exception")), inputs).row()
    }));
    groups
}

fn short(weekday: chrono::Weekday) -> String {
    weekday.to_string().to_lowercase()
}
