//! Dates, nights and mistakes that we know; the random ones are in `oracle`.

mod oracle;

use chrono::{DateTime, Datelike, Days as Later, NaiveDate, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::{Calendar, Holiday, Patron, Slot, cities, easter};

/// A public office as most write it: short and long days, a patron, two exceptions.
const OFFICE: &str = r#"
zone = "Europe/Rome"
holidays = "italy"
patron = "Roma"
exceptions = [
    { date = "2026-08-14", slots = ["09:00-12:00"] },
    { date = "2026-08-15", slots = ["10:00-11:00"], name = "Apertura straordinaria" },
    { date = "2026-12-24", name = "Chiusura natalizia" },
    { date = "2026-12-25" },
    { date = "2026-12-28" },
]

[week]
mon = ["14:00-18:00", "09:00-13:00"]
tue = ["9-13"]
wed = ["9:00 – 13:00", "14:00 – 18:00"]
thu = ["09:00-13:00"]
fri = ["09:00-13:00", "14:00-18:00"]
"#;

fn calendar(toml: &str) -> Calendar {
    toml::from_str(toml).unwrap()
}

fn office() -> Calendar {
    calendar(OFFICE)
}

/// Open at the same times every day, in a zone.
fn daily(zone: &str, slots: &str) -> Calendar {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(|day| format!("{day} = {slots}"));
    calendar(&format!("zone = \"{zone}\"\nholidays = \"none\"\n[week]\n{}", days.join("\n")))
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn utc(text: &str) -> DateTime<Utc> {
    format!("{text}:00Z").parse().unwrap()
}

/// What the clocks of Rome show, on days without a change.
fn rome(text: &str) -> DateTime<Utc> {
    Tz::Europe__Rome.from_local_datetime(&format!("{text}:00").parse().unwrap()).unwrap().to_utc()
}

fn slots_on(calendar: &Calendar, day: &str) -> Vec<String> {
    let shown = |at: DateTime<Utc>| at.format("%dT%H:%M").to_string();
    calendar.slots_on(date(day)).into_iter().map(|(start, end)| format!("{} {}", shown(start), shown(end))).collect()
}

fn refusal(toml: &str) -> String {
    toml::from_str::<Calendar>(toml).unwrap_err().message().to_owned()
}

#[test]
fn easter_is_the_sunday_of_the_almanac() {
    for year in [2024, 2025, 2026, 2027, 2028, 2029, 2030] {
        let sunday = easter(year).unwrap().format("%m-%d").to_string();
        let almanac = "2024 03-31, 2025 04-20, 2026 04-05, 2027 03-28, 2028 04-16, 2029 04-01, 2030 04-21";
        assert!(almanac.contains(&format!("{year} {sunday}")), "{year} {sunday}");
    }
    // The two exceptions in Gauss's rule, the earliest and the latest that Easter can be.
    for sunday in ["1954-04-18", "1981-04-19", "1818-03-22", "2038-04-25"] {
        assert_eq!(easter(date(sunday).year()), Some(date(sunday)));
    }
    assert_eq!(easter(1582), None);
}

#[test]
fn italy_rests_on_these_days() {
    let office = Calendar::default_italian();
    let holidays_of = |year: i32| -> Vec<String> {
        NaiveDate::from_ymd_opt(year, 1, 1)
            .unwrap()
            .iter_days()
            .take_while(|date| date.year() == year)
            .filter_map(|date| Some(format!("{} {}", date.format("%m-%d"), office.closed_because(date)?.key())))
            .collect()
    };
    let of_2026 = "01-01 new-year, 01-06 epiphany, 04-05 easter, 04-06 easter-monday, 04-25 liberation, \
        05-01 labour, 06-02 republic, 08-15 assumption, 10-04 saint-francis, 11-01 all-saints, 12-08 immaculate, \
        12-25 christmas, 12-26 saint-stephen";
    assert_eq!(holidays_of(2026).join(", "), of_2026);
    assert!(!holidays_of(2025).contains(&"10-04 saint-francis".to_owned()));
    assert_eq!(holidays_of(2025).len(), 12);
}

#[test]
fn every_city_has_a_patron() {
    let cities: Vec<_> = cities().collect();
    assert!(cities.iter().all(|city| Patron::of(city).is_some()));
    let mut sorted = cities.clone();
    sorted.sort_by_key(|city| city.to_lowercase());
    sorted.dedup();
    assert_eq!(cities, sorted);
    assert_eq!(Patron::of(" milano"), Patron::new(12, 7, "Sant'Ambrogio"));
    assert_eq!(Patron::of("Atlantide"), None);
}

#[test]
fn a_day_is_closed_for_a_reason() {
    let office = office();
    let why = |day: &str| office.closed_because(date(day));
    assert_eq!(why("2026-06-29"), Some(Holiday::Patron("Santi Pietro e Paolo".to_owned())));
    assert_eq!(why("2026-12-24"), Some(Holiday::Exception(Some("Chiusura natalizia".to_owned()))));
    assert_eq!(why("2026-12-28"), Some(Holiday::Exception(None)));
    assert_eq!(why("2026-12-25"), Some(Holiday::Christmas), "an exception without a name on a holiday");
    assert_eq!(why("2026-08-15"), None, "opened on a holiday");
    assert_eq!(why("2026-06-27"), None, "a Saturday like any other");
    assert_eq!(slots_on(&office, "2026-06-29"), [""; 0]);
    assert_eq!(slots_on(&office, "2026-08-15"), ["15T08:00 15T09:00"]);
    assert_eq!(slots_on(&office, "2026-08-14"), ["14T07:00 14T10:00"]);
}

#[test]
fn the_next_closure_is_a_day_that_would_be_open() {
    let office = office();
    let next = |from: &str, within| office.next_closure(date(from), within).map(|(day, why)| (day, why.key()));
    assert_eq!(next("2026-05-02", 90), Some((date("2026-06-02"), "republic")));
    assert_eq!(next("2026-06-02", 90), Some((date("2026-06-02"), "republic")), "that day too");
    assert_eq!(next("2026-05-02", 31), None, "one day too far");
    assert_eq!(next("2026-05-02", 32), Some((date("2026-06-02"), "republic")));
    assert_eq!(next("2026-06-30", 365), Some((date("2026-12-08"), "immaculate")), "15 August, 4 October, 1 November");
    assert_eq!(next("2026-12-09", 30), Some((date("2026-12-24"), "exception")));
}

#[test]
fn an_office_opens_and_closes() {
    let office = office();
    for (at, open, until, next) in [
        ("2026-05-04T08:59", false, None, "2026-05-04T09:00"),
        ("2026-05-04T09:00", true, Some("2026-05-04T13:00"), "2026-05-04T09:00"),
        ("2026-05-04T12:59", true, Some("2026-05-04T13:00"), "2026-05-04T12:59"),
        ("2026-05-04T13:00", false, None, "2026-05-04T14:00"),
        ("2026-05-05T13:00", false, None, "2026-05-06T09:00"),
        ("2026-05-08T18:00", false, None, "2026-05-11T09:00"),
        ("2026-12-23T18:00", false, None, "2026-12-29T09:00"),
    ] {
        let at = rome(at);
        assert_eq!(office.is_open(at), open, "{at}");
        assert_eq!(office.open_until(at), until.map(rome), "{at}");
        assert_eq!(office.next_opening(at), Some(rome(next)), "{at}");
    }
}

#[test]
fn working_time_stands_still_while_closed() {
    let office = office();
    let (friday, monday) = (rome("2026-05-08T17:30"), rome("2026-05-11T09:15"));
    assert_eq!(office.working_between(friday, monday), TimeDelta::minutes(45));
    assert_eq!(office.working_between(monday, friday), TimeDelta::zero());
    assert_eq!(office.add_working(friday, TimeDelta::minutes(45)), Some(monday));
    assert_eq!(office.add_working(friday, TimeDelta::minutes(30)), Some(rome("2026-05-08T18:00")), "no later");
    let saturday = rome("2026-05-09T12:00");
    assert_eq!(office.add_working(saturday, TimeDelta::zero()), Some(saturday));
    assert_eq!(office.add_working(saturday, TimeDelta::seconds(-1)), None);
}

#[test]
fn openings_that_touch_are_one() {
    let night = daily("Europe/Rome", r#"["00:00-02:00", "02:00-06:00", "20:00-24:00"]"#);
    assert_eq!(night.open_until(rome("2026-05-08T21:00")), Some(rome("2026-05-09T06:00")));
    assert_eq!(night.working_between(rome("2026-05-08T21:00"), rome("2026-05-09T06:00")), TimeDelta::hours(9));
}

#[test]
fn some_never_close_and_some_never_open() {
    let (noon, later) = (utc("2026-12-25T12:00"), utc("2028-12-25T12:00"));
    let always = Calendar::always(Tz::Europe__Rome);
    assert!(always.is_always_open() && always.is_open(noon));
    assert_eq!(always.open_until(noon), None);
    assert_eq!(always.working_between(noon, later), later - noon);
    assert_eq!(always.add_working(noon, later - noon), Some(later));
    assert_eq!(always.add_working(noon, TimeDelta::days(3653)), noon.checked_add_days(Later::new(3653)));
    assert_eq!(always.add_working(noon, TimeDelta::days(3654)), None);

    let but_once = "zone = 'UTC'\nholidays = 'none'\nweek = 'always'\nexceptions = [{ date = '2026-12-25' }]";
    assert!(!calendar(but_once).is_always_open() && !calendar(but_once).is_open(noon));

    let never = daily("Europe/Rome", "[]");
    assert!(!never.is_always_open() && !never.is_open(noon));
    assert_eq!(never.next_opening(noon), None);
    assert_eq!(never.working_between(noon, later), TimeDelta::zero());
    assert_eq!(never.add_working(noon, TimeDelta::seconds(1)), None);

    // A single hour in the whole year: its end is an end, although nothing follows.
    let hour = r#"{ date = "2026-12-25", slots = ["12-13"] }"#;
    let hour = calendar(&format!("zone = 'UTC'\nholidays = 'none'\nweek = {{}}\nexceptions = [{hour}]"));
    assert_eq!(hour.open_until(noon), Some(utc("2026-12-25T13:00")));
    assert_eq!(hour.next_opening(utc("2025-11-20T13:00")), Some(noon));
    assert_eq!(hour.next_opening(utc("2025-11-20T11:59")), None, "further than 400 days");
}

#[test]
fn the_ends_of_time_are_no_trouble() {
    let office = Calendar::default_italian();
    for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        let _ = (office.is_open(at), office.open_until(at), office.next_opening(at));
        let _ = office.add_working(at, TimeDelta::MAX);
    }
    assert_eq!(office.next_opening(DateTime::<Utc>::MAX_UTC), None);
}

#[test]
fn in_spring_the_clocks_skip_an_hour() {
    let spring = |slots: &str| slots_on(&daily("Europe/Rome", &format!("['{slots}']")), "2026-03-29");
    assert_eq!(spring("00:00-06:00"), ["28T23:00 29T04:00"], "five hours");
    assert_eq!(spring("02:30-04:00"), ["29T01:00 29T02:00"], "starts after the gap");
    assert_eq!(spring("01:00-02:30"), ["29T00:00 29T01:00"], "ends at the gap");
    assert_eq!(spring("02:10-02:50"), [""; 0], "the clocks never show it");
}

#[test]
fn in_autumn_the_clocks_repeat_an_hour() {
    let autumn = |slots: &str| slots_on(&daily("Europe/Rome", &format!("['{slots}']")), "2026-10-25");
    assert_eq!(autumn("00:00-06:00"), ["24T22:00 25T05:00"], "seven hours");
    assert_eq!(autumn("02:30-04:00"), ["25T00:30 25T03:00"], "the earlier start");
    assert_eq!(autumn("01:00-02:30"), ["24T23:00 25T01:30"], "the later end");
    assert_eq!(autumn("01:00-02:00"), ["24T23:00 25T00:00"], "02:00 is outside, both times");
    let apart = daily("Europe/Rome", "['01:00-02:10', '02:50-04:00']");
    assert_eq!(slots_on(&apart, "2026-10-25"), ["24T23:00 25T01:10", "25T01:10 25T03:00"], "no instant twice");
    assert_eq!(apart.working_between(utc("2026-10-24T23:00"), utc("2026-10-25T03:00")), TimeDelta::hours(4));
}

#[test]
fn midnight_is_not_the_same_everywhere() {
    // In the Azores 25 October begins twice: the evening before ends the first time.
    let evening = daily("Atlantic/Azores", r#"["20:00-24:00"]"#);
    assert_eq!(slots_on(&evening, "2026-10-24"), ["24T20:00 25T00:00"]);
    // Samoa had no 30 December 2011.
    let samoa = daily("Pacific/Apia", r#"["09:00-17:00"]"#);
    assert_eq!(slots_on(&samoa, "2011-12-30"), [""; 0]);
    assert_eq!(slots_on(&samoa, "2011-12-31"), ["30T19:00 31T03:00"]);
    assert_eq!(samoa.next_opening(utc("2011-12-30T03:00")), Some(utc("2011-12-30T19:00")));
}

#[test]
fn weekdays_with_the_same_hours_are_shown_together() {
    let shown: Vec<_> = office()
        .opening_hours()
        .into_iter()
        .map(|(days, slots)| (days, slots.iter().map(Slot::to_string).collect::<Vec<_>>().join(" ")))
        .collect();
    let expected = [
        (vec![Weekday::Mon, Weekday::Wed, Weekday::Fri], "09:00-13:00 14:00-18:00".to_owned()),
        (vec![Weekday::Tue, Weekday::Thu], "09:00-13:00".to_owned()),
        (vec![Weekday::Sat, Weekday::Sun], String::new()),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn what_is_written_is_read_again() {
    for calendar in [office(), Calendar::default_italian(), Calendar::always(Tz::Europe__Rome)] {
        let toml = toml::to_string(&calendar).unwrap();
        assert_eq!(toml::from_str::<Calendar>(&toml).unwrap(), calendar, "{toml}");
        let json = serde_json::to_string(&calendar).unwrap();
        assert_eq!(serde_json::from_str::<Calendar>(&json).unwrap(), calendar, "{json}");
    }
    let always = serde_json::to_string(&Calendar::always(Tz::Europe__Rome)).unwrap();
    assert_eq!(always, r#"{"zone":"Europe/Rome","holidays":"none","week":"always"}"#);
}

#[test]
fn a_mistake_is_named_with_its_place() {
    let backwards = "does not end after it starts; a slot past midnight is written as two, the second on the next day";
    for (right, wrong, complaint) in [
        ("Europe/Rome", "Europe/Roma", "zone: no time zone is called `Europe/Roma`"),
        ("\"italy\"", "'france'", "unknown variant `france`, expected `italy` or `none`"),
        (
            "\"Roma\"",
            "'Atlantide'",
            "patron: the patron saint of `Atlantide` is not known here, write its day and name",
        ),
        ("\"Roma\"", "{ day = '06-31', name = 'x' }", "patron: there is no day `06-31`, written as month and day"),
        ("\"Roma\"", "{ day = '6/29', name = 'x' }", "patron: there is no day `6/29`, written as month and day"),
        ("\"Roma\"", "{ day = '06-29' }", "missing field `name`"),
        ("2026-08-14", "2026-02-29", "exceptions: there is no date `2026-02-29`, written such as 2026-08-14"),
        ("2026-08-14", "2026-08-15", "exceptions: 2026-08-15 is there twice"),
        ("09:00-12:00", "12:00-09:00", &format!("exceptions, 2026-08-14: 12:00-09:00 {backwards}")),
        ("14:00-18:00\", \"09", "12:59-18:00\", \"09", "week.mon: 09:00-13:00 and 12:59-18:00 overlap"),
        ("9-13", "9-9", &format!("week.tue: 9-9 {backwards}")),
        ("9-13", "22:00-02:00", &format!("week.tue: 22:00-02:00 {backwards}")),
        ("9-13", "24:00-24:00", &format!("week.tue: 24:00-24:00 {backwards}")),
        ("9-13", "09:00-24:01", "week.tue: `09:00-24:01` is not a slot such as 09:00-13:00"),
        ("9-13", "09:60-13:00", "week.tue: `09:60-13:00` is not a slot"),
        ("9-13", "09:5-13:00", "week.tue: `09:5-13:00` is not a slot"),
        ("9-13", "+9-13", "week.tue: `+9-13` is not a slot"),
        ("9-13", "009-13", "week.tue: `009-13` is not a slot"),
        ("9-13", "closed", "week.tue: `closed` is not a slot"),
        ("tue =", "tur =", "unknown field `tur`"),
        ("[week]", "[weak]", "unknown field `weak`"),
    ] {
        assert!(OFFICE.contains(right));
        let refusal = refusal(&OFFICE.replacen(right, wrong, 1));
        assert!(refusal.starts_with(complaint), "{refusal:?} for {complaint:?}");
    }
    let sometimes = "zone = 'UTC'\nholidays = 'none'\nweek = 'sometimes'";
    assert_eq!(refusal(sometimes), "week: `sometimes` is neither `always` nor a table of days");
}
