//! Random calendars, on the nights when clocks change, against a plain count of minutes.
//!
//! The oracle shares nothing with the calendar but the rules: it asks the zone what the clocks show at each minute in
//! UTC, and takes a slot to last from the first minute shown inside it to the last.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use serde_json::json;

use crate::calendar::Calendar;

/// A change of clocks or a crowd of holidays, and the zone that has it.
const NIGHTS: [(Tz, &str); 16] = [
    (Tz::Europe__Rome, "2026-03-29"),
    (Tz::Europe__Rome, "2026-10-25"),
    (Tz::Europe__Rome, "2027-03-28"), // Easter too.
    (Tz::Europe__Rome, "2026-12-25"),
    (Tz::Europe__Rome, "2026-10-04"),
    (Tz::America__New_York, "2026-03-08"),
    (Tz::America__New_York, "2026-11-01"),
    (Tz::Atlantic__Azores, "2026-10-25"),     // Midnight comes twice.
    (Tz::America__Havana, "2026-03-08"),      // Midnight does not come.
    (Tz::Africa__Cairo, "2026-10-30"),        // The last hour of the day comes twice.
    (Tz::America__St_Johns, "2010-11-07"),    // At 00:01 back to the day before.
    (Tz::Australia__Lord_Howe, "2026-04-05"), // Half an hour; Easter.
    (Tz::Antarctica__Troll, "2026-10-25"),    // Two hours.
    (Tz::Pacific__Apia, "2011-12-30"),        // The day does not come.
    (Tz::Pacific__Kiritimati, "2026-01-01"),  // 14 hours ahead.
    (Tz::Asia__Kathmandu, "2026-06-02"),
];

/// The fixed holidays of Italy, then the Easters of the years above, from an almanac.
const FIXED: [&str; 11] =
    ["01-01", "01-06", "04-25", "05-01", "06-02", "08-15", "10-04", "11-01", "12-08", "12-25", "12-26"];
const EASTERS: [&str; 5] = ["2010-04-04", "2011-04-24", "2012-04-08", "2026-04-05", "2027-03-28"];

/// Days before and after the night that are asked about; the minutes are counted two days further.
const BEFORE: u64 = 2;
const AFTER: u64 = 4;
const MARGIN: u64 = 2;

/// Slots of a day, in minutes from midnight.
type Slots = Vec<(u32, u32)>;

/// A calendar as the oracle sees it.
#[derive(Clone, Debug)]
struct Plan {
    zone: Tz,
    night: NaiveDate,
    week: Vec<Slots>,
    italy: bool,
    patron: Option<NaiveDate>,
    exceptions: HashMap<NaiveDate, Slots>,
}

fn slots() -> impl Strategy<Value = Slots> {
    // Quarters of an hour, half of them where clocks change; kept or not, so that slots touch or lie apart.
    let edge = prop_oneof![0..=16u32, 0..=96u32];
    (prop::collection::btree_set(edge, 0..7), prop::collection::vec(any::<bool>(), 7)).prop_map(|(edges, kept)| {
        let edges: Vec<u32> = edges.into_iter().map(|quarter| quarter * 15).collect();
        edges.windows(2).zip(kept).filter(|(_, kept)| *kept).map(|(edge, _)| (edge[0], edge[1])).collect()
    })
}

fn plan() -> impl Strategy<Value = Plan> {
    let near = 0..=BEFORE + AFTER;
    (
        prop::sample::select(NIGHTS.to_vec()),
        prop::collection::vec(slots(), 7),
        any::<bool>(),
        prop::option::weighted(0.3, near.clone()),
        prop::collection::hash_map(near, slots(), 0..3),
    )
        .prop_map(|((zone, night), week, italy, patron, exceptions)| {
            let night: NaiveDate = night.parse().unwrap();
            let near = |days: u64| night - Days::new(BEFORE) + Days::new(days);
            let exceptions = exceptions.into_iter().map(|(days, slots)| (near(days), slots)).collect();
            Plan { zone, night, week, italy, patron: patron.map(near), exceptions }
        })
}

impl Plan {
    fn calendar(&self) -> Calendar {
        let text =
            |(start, end): &(u32, u32)| format!("{:02}:{:02}-{:02}:{:02}", start / 60, start % 60, end / 60, end % 60);
        // The other way round: order is not asked of whoever writes.
        let texts = |slots: &Slots| -> Vec<String> { slots.iter().rev().map(text).collect() };
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let week: HashMap<_, _> = days.into_iter().zip(self.week.iter().map(texts)).collect();
        let exceptions: Vec<_> =
            self.exceptions.iter().map(|(date, slots)| json!({ "date": date, "slots": texts(slots) })).collect();
        let mut written = json!({ "zone": self.zone.name(), "week": week, "exceptions": exceptions });
        written["holidays"] = json!(if self.italy { "italy" } else { "none" });
        if let Some(patron) = self.patron {
            written["patron"] = json!({ "day": patron.format("%m-%d").to_string(), "name": "San Quirico" });
        }
        serde_json::from_value(written).unwrap()
    }

    fn slots_of(&self, date: NaiveDate) -> Slots {
        if let Some(slots) = self.exceptions.get(&date) {
            return slots.clone();
        }
        let day = date.format("%m-%d").to_string();
        let fixed = FIXED.contains(&day.as_str()) && (date.year() >= 2026 || day != "10-04");
        let easter = |sunday: NaiveDate| EASTERS.contains(&sunday.to_string().as_str());
        let patron = self.patron.is_some_and(|patron| patron.format("%m-%d").to_string() == day);
        if self.italy && (fixed || easter(date) || easter(date - Days::new(1))) || patron {
            return Slots::new();
        }
        let monday = usize::try_from(date.weekday().num_days_from_monday()).unwrap();
        self.week[monday].clone()
    }

    fn first_minute(&self) -> DateTime<Utc> {
        (self.night - Days::new(BEFORE + MARGIN)).and_time(chrono::NaiveTime::MIN).and_utc()
    }

    /// Whether each minute in UTC is open.
    fn minutes(&self) -> Vec<bool> {
        let first = self.first_minute();
        let count = usize::try_from((BEFORE + AFTER + 2 * MARGIN) * 1440).unwrap();
        let mut slots: HashMap<NaiveDate, Slots> = HashMap::new();
        let mut shown: HashMap<(NaiveDate, u32), (usize, usize)> = HashMap::new();
        let mut at = first;
        for index in 0..count {
            let wall = at.with_timezone(&self.zone).naive_local();
            let minute = wall.hour() * 60 + wall.minute();
            for (start, end) in slots.entry(wall.date()).or_insert_with(|| self.slots_of(wall.date())) {
                if *start <= minute && minute < *end {
                    shown.entry((wall.date(), *start)).or_insert((index, index)).1 = index;
                }
            }
            at += TimeDelta::minutes(1);
        }
        let mut open = vec![false; count];
        for (first, last) in shown.into_values() {
            open[first..=last].fill(true);
        }
        open
    }
}

/// A place in the minutes asked about.
fn minute() -> impl Strategy<Value = usize> {
    let days = |days: u64| usize::try_from(days * 1440).unwrap();
    days(MARGIN)..=days(MARGIN + BEFORE + AFTER)
}

fn minutes(count: usize) -> TimeDelta {
    TimeDelta::minutes(i64::try_from(count).unwrap())
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn slots_open_the_minutes_that_the_clocks_show(plan in plan()) {
        let (calendar, open, first) = (plan.calendar(), plan.minutes(), plan.first_minute());
        let mut found = vec![false; open.len()];
        for date in (plan.night - Days::new(BEFORE + MARGIN + 1)).iter_days().take(13) {
            for (start, end) in calendar.slots_on(date) {
                let place = |at: DateTime<Utc>| usize::try_from((at - first).num_minutes()).unwrap_or(0).min(open.len());
                found[place(start)..place(end)].fill(true);
            }
        }
        let inner = 1440..open.len() - 1440;
        prop_assert_eq!(&found[inner.clone()], &open[inner]);
    }

    #[test]
    fn an_instant_is_as_the_minutes_say(plan in plan(), asked in prop::collection::vec(minute(), 24)) {
        let (calendar, open, first) = (plan.calendar(), plan.minutes(), plan.first_minute());
        let end = first + minutes(open.len());
        // What lies beyond the counted minutes is only known to lie beyond.
        let known = |found: Option<DateTime<Utc>>| found.filter(|at| *at < end - TimeDelta::days(1));
        for asked in asked {
            let at = first + minutes(asked);
            prop_assert_eq!(calendar.is_open(at), open[asked], "open at {}", at);
            prop_assert_eq!(calendar.is_open(at + TimeDelta::milliseconds(59_999)), open[asked], "open after {}", at);
            let change = open[asked..].iter().position(|other| *other != open[asked]);
            let change = known(change.map(|after| at + minutes(after)));
            if open[asked] {
                prop_assert_eq!(known(calendar.open_until(at)), change, "open until, at {}", at);
                prop_assert_eq!(calendar.next_opening(at), Some(at));
            } else {
                prop_assert_eq!(calendar.open_until(at), None);
                prop_assert_eq!(known(calendar.next_opening(at)), change, "opens next, at {}", at);
            }
        }
    }

    #[test]
    fn working_time_is_the_open_minutes(plan in plan(), spans in prop::collection::vec((minute(), minute()), 12)) {
        let (calendar, open, first) = (plan.calendar(), plan.minutes(), plan.first_minute());
        for (from, to) in spans {
            let counted = open.get(from..to).unwrap_or_default().iter().filter(|open| **open).count();
            let working = calendar.working_between(first + minutes(from), first + minutes(to));
            prop_assert_eq!(working, minutes(counted), "from {} to {}", first + minutes(from), first + minutes(to));
        }
    }

    #[test]
    fn adding_working_time_finds_the_minute(plan in plan(), asked in prop::collection::vec((minute(), 0..1500usize), 12)) {
        let (calendar, open, first) = (plan.calendar(), plan.minutes(), plan.first_minute());
        let last = first + minutes(open.len());
        for (from, wanted) in asked {
            let start = first + minutes(from);
            let found = calendar.add_working(start, minutes(wanted)).filter(|at| *at < last - TimeDelta::days(1));
            // The end of the minute in which the last of them passes.
            let expected = match wanted {
                0 => Some(start),
                _ => (from..open.len()).filter(|at| open[*at]).nth(wanted - 1).map(|at| first + minutes(at + 1)),
            };
            prop_assert_eq!(found, expected.filter(|at| *at < last - TimeDelta::days(1)), "{} from {}", wanted, start);
        }
    }

    #[test]
    fn adding_is_the_inverse_of_counting(plan in plan(), from in minute(), nanos in 0..60_000_000_000i64, seconds in 1..200_000i64) {
        let calendar = plan.calendar();
        let from = plan.first_minute() + minutes(from) + TimeDelta::nanoseconds(nanos);
        let wanted = TimeDelta::seconds(seconds) + TimeDelta::nanoseconds(nanos);
        match calendar.add_working(from, wanted) {
            Some(at) => {
                prop_assert_eq!(calendar.working_between(from, at), wanted);
                let before = at - TimeDelta::nanoseconds(1);
                prop_assert_eq!(calendar.working_between(from, before), wanted - TimeDelta::nanoseconds(1), "the earliest");
                let middle = from + (at - from) / 3;
                let parts = calendar.working_between(from, middle) + calendar.working_between(middle, at);
                prop_assert_eq!(parts, wanted);
            }
            None => prop_assert!(calendar.working_between(from, from + TimeDelta::days(3600)) < wanted),
        }
    }

    #[test]
    fn what_is_written_is_read_again(plan in plan()) {
        let calendar = plan.calendar();
        let json = serde_json::to_string(&calendar).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Calendar>(&json).unwrap(), &calendar, "{}", json);
        let toml = toml::to_string(&calendar).unwrap();
        prop_assert_eq!(&toml::from_str::<Calendar>(&toml).unwrap(), &calendar, "{}", toml);
    }
}
