//! Opening hours in words: open or not and until when, the week, the days ahead that are closed.

use super::here::Here;
use super::service::ServiceView;
use super::{Frame, Section};
use crate::html;
use askama::Template;
use axum::response::Response;
use chrono::{DateTime, Days, NaiveDate, Utc, Weekday};
use http::StatusCode;
use language::Tr;
use model::calendar::{Calendar, Holiday, Slot};

/// Days ahead in which the next closure is told beside the hours.
const SOON: u16 = 21;
/// Days ahead that the page of hours looks at.
const YEAR: u16 = 365;

/// Whether it is open, in two short pieces: "Aperto ora", "fino alle 18:00 · domani dalle 9:00".
#[derive(Debug, Clone)]
pub struct Standing {
    pub open: bool,
    pub word: String,
    pub detail: String,
}

/// How a calendar stands at `now`.
pub fn standing(tr: Tr, calendar: &Calendar, now: DateTime<Utc>) -> Standing {
    let tr = tr.in_zone(calendar.zone());
    let from =
        |at: DateTime<Utc>, key: &str| tr.with(key, &[("day", tr.day(at, now)), ("time", tr.time(at))]).into_owned();
    if calendar.is_open(now) {
        let word = tr.text("hours-open-now").into_owned();
        let detail = match calendar.open_until(now) {
            None => tr.text("hours-always").into_owned(),
            Some(until) => {
                let until_words = if tr.local_day(until) == tr.local_day(now) {
                    tr.with("hours-until", &[("time", tr.time(until))]).into_owned()
                } else {
                    from(until, "hours-until-day")
                };
                match calendar.next_opening(until) {
                    Some(next) => format!("{until_words} · {}", from(next, "hours-then")),
                    None => until_words,
                }
            }
        };
        return Standing { open: true, word, detail };
    }
    let word = tr.text("hours-closed-now").into_owned();
    let opens = calendar.next_opening(now).map(|at| from(at, "hours-opens"));
    let because = calendar.closed_because(tr.local_day(now)).map(|holiday| holiday_name(tr, &holiday));
    let detail = match (because, opens) {
        (Some(because), Some(opens)) => format!("{because} · {opens}"),
        (because, opens) => because.or(opens).unwrap_or_default(),
    };
    Standing { open: false, word, detail }
}

/// The ordinary week: "Lunedì–venerdì, 9:00–18:00", a line for each group of days; days without hours are left out.
pub fn week(tr: Tr, calendar: &Calendar) -> Vec<String> {
    if calendar.is_always_open() {
        return vec![capital(&tr.text("hours-always"))];
    }
    let groups = calendar.opening_hours().into_iter().filter(|(_, slots)| !slots.is_empty());
    groups
        .map(|(days, slots)| {
            let slots: Vec<String> = slots.into_iter().map(|slot| slot_words(tr, slot)).collect();
            tr.with("hours-line", &[("days", day_words(tr, &days)), ("hours", slots.join(", "))]).into_owned()
        })
        .collect()
}

/// "Chiuso martedì 8 dicembre (Immacolata)", when a working day within three weeks is closed.
pub fn next_closure(tr: Tr, calendar: &Calendar, now: DateTime<Utc>) -> Option<String> {
    let tr = tr.in_zone(calendar.zone());
    let (day, holiday) = calendar.next_closure(tr.local_day(now), SOON)?;
    let parts = [("day", tr.day_of(day, now)), ("why", holiday_name(tr, &holiday))];
    Some(tr.with("hours-closed-on", &parts).into_owned())
}

/// Every closed day ahead within a year, and every day with hours of its own, in order.
pub fn ahead(tr: Tr, calendar: &Calendar, now: DateTime<Utc>) -> Vec<Ahead> {
    let tr = tr.in_zone(calendar.zone());
    let today = tr.local_day(now);
    let last = today.checked_add_days(Days::new(u64::from(YEAR))).unwrap_or(today);
    let mut days: Vec<(NaiveDate, String)> = Vec::new();
    let mut from = Some(today);
    while let Some((day, holiday)) =
        from.and_then(|from| calendar.next_closure(from, YEAR)).filter(|(day, _)| *day <= last)
    {
        days.push((day, holiday_name(tr, &holiday)));
        from = day.succ_opt();
    }
    for (day, exception) in
        calendar.exceptions().filter(|(day, e)| *day >= today && *day <= last && !e.slots.is_empty())
    {
        let slots: Vec<String> = exception.slots.iter().map(|slot| slot_words(tr, *slot)).collect();
        let open = tr.with("hours-open-on", &[("hours", slots.join(", "))]).into_owned();
        days.push((day, exception.name.as_ref().map_or(open.clone(), |name| format!("{name} · {open}"))));
    }
    days.sort();
    days.into_iter().map(|(day, why)| Ahead { day: tr.date_of(day), why }).collect()
}

/// A day that does not follow the week.
#[derive(Debug, Clone)]
pub struct Ahead {
    pub day: String,
    pub why: String,
}

/// The name of a holiday in the reader's language; that of a patron or of an exception as the calendar has it.
pub fn holiday_name(tr: Tr, holiday: &Holiday) -> String {
    let key = format!("holiday-{}", holiday.key());
    match (holiday, holiday.name()) {
        (Holiday::Exception(_), Some(name)) => name.to_owned(),
        (_, Some(name)) => tr.with(&key, &[("name", name)]).into_owned(),
        (_, None) => tr.text(&key).into_owned(),
    }
}

fn slot_words(tr: Tr, slot: Slot) -> String {
    let time = |minutes: u16| tr.time_of(u32::from(minutes / 60), u32::from(minutes % 60));
    format!("{}–{}", time(slot.start()), time(slot.end()))
}

/// "Lunedì–venerdì", "Martedì, giovedì": three days or more in a row are a range.
fn day_words(tr: Tr, days: &[Weekday]) -> String {
    let mut runs: Vec<Vec<Weekday>> = Vec::new();
    for day in days {
        match runs.last_mut().filter(|run| run.last().is_some_and(|last| last.succ() == *day)) {
            Some(run) => run.push(*day),
            None => runs.push(vec![*day]),
        }
    }
    let name = |day: &Weekday| weekday_name(tr, *day);
    let words = runs.iter().map(|run| match run.as_slice() {
        [first, _, .., last] => format!("{}–{}", name(first), name(last)),
        few => few.iter().map(name).collect::<Vec<_>>().join(", "),
    });
    capital(&words.collect::<Vec<_>>().join(", "))
}

fn weekday_name(tr: Tr, day: Weekday) -> String {
    // Any week will do: names of days are the same in all of them.
    NaiveDate::from_isoywd_opt(2026, 2, day).map_or_else(|| day.to_string(), |date| tr.weekday(date))
}

/// With a capital, to begin a line.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `/orari`
#[derive(Debug, Template)]
#[template(path = "portal/hours.html")]
pub struct HoursPage {
    pub tr: Tr,
    pub frame: Frame,
    pub services: Vec<ServiceView>,
}

pub async fn show(here: Here) -> Response {
    let services = here.catalogue.active().map(|s| ServiceView::of(s, here.tr, here.now)).collect();
    let frame = here.titled(language::key!("hours-title")).under(Section::Hours);
    html::page(StatusCode::OK, &HoursPage { tr: here.tr, frame, services })
}

#[cfg(test)]
mod tests {
    use super::*;
    use language::Language;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn whether_it_is_open_and_when_next_is_said_in_words() {
        let calendar = Calendar::default_italian();
        let said = |now: &str, language| {
            let standing = standing(Tr::new(language), &calendar, at(now));
            (standing.open, format!("{} {}", standing.word, standing.detail))
        };
        let it = |now| said(now, Language::default());
        assert_eq!(
            it("2026-03-02T10:00:00+01:00"),
            (true, "Aperto ora fino alle 18:00 · domani dalle 9:00".to_owned())
        );
        assert_eq!(it("2026-03-02T18:00:00+01:00"), (false, "Chiuso ora apre domani alle 9:00".to_owned()));
        let (open, monday) = it("2026-03-06T18:30:00+01:00");
        assert!(!open && monday.contains("lunedì"), "{monday}");
        let (open, easter) = it("2026-04-06T10:00:00+02:00");
        assert!(!open && easter.contains("Lunedì dell’Angelo") && easter.contains("domani"), "{easter}");
        // The night on which the clocks go forward: nine o'clock is nine o'clock.
        assert!(it("2026-03-27T19:00:00+01:00").1.ends_with("alle 9:00"));
        let (_, english) = said("2026-03-02T10:00:00+01:00", "en".parse().unwrap());
        assert!(english.contains("18:00") || english.contains("6:00"), "{english}");
    }

    #[test]
    fn closed_days_ahead_are_listed_and_the_next_is_told_when_it_is_near() {
        let (tr, calendar) = (Tr::new(Language::default()), Calendar::default_italian());
        let now = at("2026-11-23T10:00:00+01:00");
        let near = next_closure(tr, &calendar, now).unwrap();
        assert!(near.contains("8 dicembre") && near.contains("Immacolata"), "{near}");
        assert!(next_closure(tr, &calendar, at("2026-09-01T10:00:00+02:00")).is_none(), "more than three weeks ahead");
        let days: Vec<String> = ahead(tr, &calendar, now).into_iter().map(|day| day.why).collect();
        assert!(
            days.iter().any(|why| why.contains("Natale")) && days.iter().any(|why| why.contains("Angelo")),
            "{days:?}"
        );
        assert_eq!(week(tr, &calendar), ["Lunedì–venerdì, 9:00–18:00"]);
    }
}
