//! Dates and times, exact and relative, on the reader's clock.

use std::borrow::Borrow;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
use icu_calendar::{Date, Iso};

use crate::{Tr, voice::voice};

impl Tr {
    /// lunedì 23 novembre 2026
    pub fn date(self, at: impl Borrow<DateTime<Utc>>) -> String {
        self.date_of(self.local_day(at))
    }

    /// A day that has no hour, such as a holiday: lunedì 23 novembre 2026.
    pub fn date_of(self, day: impl Borrow<NaiveDate>) -> String {
        let day = *day.borrow();
        let formatter = voice(self.language).date.as_ref();
        written(day, formatter.zip(iso(day)).map(|(formatter, day)| formatter.format(&day).to_string()))
    }

    /// oggi, ieri, domani; else venerdì 20 novembre, with the year when it is not this one.
    pub fn day(self, at: impl Borrow<DateTime<Utc>>, now: impl Borrow<DateTime<Utc>>) -> String {
        self.day_of(self.local_day(at), now)
    }

    /// Like [`Tr::day`], of a day that has no hour.
    pub fn day_of(self, day: impl Borrow<NaiveDate>, now: impl Borrow<DateTime<Utc>>) -> String {
        let (day, today) = (*day.borrow(), self.local_day(now));
        match (day - today).num_days() {
            0 => self.text("day-today").into_owned(),
            -1 => self.text("day-yesterday").into_owned(),
            1 => self.text("day-tomorrow").into_owned(),
            _ if day.year() == today.year() => {
                let formatter = voice(self.language).date_this_year.as_ref();
                written(day, formatter.zip(iso(day)).map(|(formatter, day)| formatter.format(&day).to_string()))
            }
            _ => self.date_of(day),
        }
    }

    /// The shortest that is clear: ven within six days, 3 mar within the year, 3 mar 2025 otherwise.
    pub fn day_short(self, at: impl Borrow<DateTime<Utc>>, now: impl Borrow<DateTime<Utc>>) -> String {
        let (day, today) = (self.local_day(at), self.local_day(now));
        let voice = voice(self.language);
        let text = iso(day).and_then(|iso| {
            Some(if (day - today).num_days().abs() <= 6 {
                voice.weekday.as_ref()?.format(&iso).to_string()
            } else if day.year() == today.year() {
                voice.day_this_year.as_ref()?.format(&iso).to_string()
            } else {
                voice.day_other_year.as_ref()?.format(&iso).to_string()
            })
        });
        written(day, text)
    }

    /// 3 mar 2025
    pub fn day_and_year(self, day: impl Borrow<NaiveDate>) -> String {
        let day = *day.borrow();
        let formatter = voice(self.language).day_other_year.as_ref();
        written(day, formatter.zip(iso(day)).map(|(formatter, day)| formatter.format(&day).to_string()))
    }

    /// 3 mar 2025, 9:12
    pub fn moment(self, at: impl Borrow<DateTime<Utc>>) -> String {
        let parts = [("day", self.day_and_year(self.local_day(at.borrow()))), ("time", self.time(at.borrow()))];
        self.with("day-and-time", &parts).into_owned()
    }

    /// venerdì
    pub fn weekday(self, day: impl Borrow<NaiveDate>) -> String {
        let day = *day.borrow();
        let formatter = voice(self.language).weekday_long.as_ref();
        written(day, formatter.zip(iso(day)).map(|(formatter, day)| formatter.format(&day).to_string()))
    }

    /// novembre 2026
    pub fn month(self, day: impl Borrow<NaiveDate>) -> String {
        let day = *day.borrow();
        let formatter = voice(self.language).month.as_ref();
        written(day, formatter.zip(iso(day)).map(|(formatter, day)| formatter.format(&day).to_string()))
    }

    /// 9:12
    pub fn time(self, at: impl Borrow<DateTime<Utc>>) -> String {
        let local = at.borrow().with_timezone(&self.zone);
        self.time_of(local.hour(), local.minute())
    }

    /// An hour of the day that has no date, such as an opening time: 9:00.
    pub fn time_of(self, hour: u32, minute: u32) -> String {
        let parts = [("hour", hour.to_string()), ("minute", format!("{minute:02}"))];
        self.with("clock-time", &parts).into_owned()
    }

    /// oggi, 9:12; venerdì 20 novembre, 9:16
    pub fn date_time(self, at: impl Borrow<DateTime<Utc>>, now: impl Borrow<DateTime<Utc>>) -> String {
        let parts = [("day", self.day(at.borrow(), now)), ("time", self.time(at.borrow()))];
        self.with("day-and-time", &parts).into_owned()
    }

    /// lunedì 23 novembre 2026, 9:12: for titles, receipts and what is printed.
    pub fn date_time_full(self, at: impl Borrow<DateTime<Utc>>) -> String {
        let parts = [("day", self.date(at.borrow())), ("time", self.time(at.borrow()))];
        self.with("day-and-time", &parts).into_owned()
    }

    /// For the `datetime` of HTML's `<time>`: RFC 3339 with the reader's offset.
    pub fn datetime(self, at: impl Borrow<DateTime<Utc>>) -> String {
        at.borrow().with_timezone(&self.zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }

    /// How long ago, or in how long: 32 min fa, ieri, 3 giorni fa, fra 2 h. Days are counted on the calendar.
    pub fn relative(self, at: impl Borrow<DateTime<Utc>>, now: impl Borrow<DateTime<Utc>>) -> String {
        let (at, now) = (*at.borrow(), *now.borrow());
        let past = at <= now;
        let distance = (now - at).abs();
        if distance < TimeDelta::minutes(1) {
            return self.text("relative-now").into_owned();
        }
        if distance < TimeDelta::hours(1) {
            let key = if past { crate::key!("relative-minutes-ago") } else { crate::key!("relative-in-minutes") };
            return self.with(key, &[("count", distance.num_minutes())]).into_owned();
        }
        let days = (self.local_day(now) - self.local_day(at)).num_days().abs();
        if distance < TimeDelta::hours(24) && (days == 0 || distance < TimeDelta::hours(6)) {
            let key = if past { crate::key!("relative-hours-ago") } else { crate::key!("relative-in-hours") };
            return self.with(key, &[("count", distance.num_hours())]).into_owned();
        }
        let (key, count) = match (days, past) {
            (0..=1, true) => return self.text("day-yesterday").into_owned(),
            (0..=1, false) => return self.text("day-tomorrow").into_owned(),
            (2..14, true) => (crate::key!("relative-days-ago"), days),
            (2..14, false) => (crate::key!("relative-in-days"), days),
            (14..60, true) => (crate::key!("relative-weeks-ago"), days / 7),
            (14..60, false) => (crate::key!("relative-in-weeks"), days / 7),
            (60..730, true) => (crate::key!("relative-months-ago"), days / 30),
            (60..730, false) => (crate::key!("relative-in-months"), days / 30),
            (_, true) => (crate::key!("relative-years-ago"), days / 365),
            (_, false) => (crate::key!("relative-in-years"), days / 365),
        };
        self.with(key, &[("count", count)]).into_owned()
    }

    /// The calendar day it is for the reader at that moment.
    pub fn local_day(self, at: impl Borrow<DateTime<Utc>>) -> NaiveDate {
        at.borrow().with_timezone(&self.zone).date_naive()
    }
}

fn iso(day: NaiveDate) -> Option<Date<Iso>> {
    let month = u8::try_from(day.month()).ok()?;
    let day_of_month = u8::try_from(day.day()).ok()?;
    Date::try_new_iso(day.year(), month, day_of_month).ok()
}

fn written(day: NaiveDate, text: Option<String>) -> String {
    text.unwrap_or_else(|| day.to_string())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeZone, Utc};

    use crate::{Language, Tr};

    const IT: Tr = Tr::new(Language::Italian);
    const EN: Tr = Tr::new(Language::English);

    /// In UTC: Italy is an hour ahead in winter, two in summer.
    fn at(month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, month, day, hour, minute, 0).unwrap()
    }

    #[test]
    fn dates_are_said_in_full() {
        assert_eq!(IT.date(at(11, 23, 10, 0)), "lunedì 23 novembre 2026");
        assert_eq!(EN.date(at(11, 23, 10, 0)), "Monday, 23 November 2026");
        assert_eq!(IT.date_time_full(at(11, 23, 8, 44)), "lunedì 23 novembre 2026, 9:44");
    }

    #[test]
    fn the_day_is_that_of_the_readers_clock() {
        assert_eq!(IT.date(at(11, 22, 23, 30)), "lunedì 23 novembre 2026");
        assert_eq!(IT.time(at(11, 22, 23, 30)), "0:30");
        assert_eq!(IT.in_zone(chrono_tz::America::New_York).time(at(11, 23, 10, 5)), "5:05");
    }

    #[test]
    fn a_day_nearby_is_named_shortly() {
        let now = at(11, 23, 11, 0);
        assert_eq!(IT.day(at(11, 23, 8, 0), now), "oggi");
        assert_eq!(IT.day(at(11, 20, 8, 0), now), "venerdì 20 novembre");
        assert_eq!(IT.date_time(at(11, 20, 8, 12), now), "venerdì 20 novembre, 9:12");
        assert_eq!(IT.day_short(at(11, 20, 8, 0), now), "ven");
        assert_eq!(IT.day_short(at(3, 3, 8, 0), now), "3 mar");
        assert_eq!(IT.day_short(Utc.with_ymd_and_hms(2025, 3, 3, 8, 0, 0).unwrap(), now), "3 mar 2025");
        assert_eq!(EN.day_short(at(3, 3, 8, 0), now), "3 Mar");
    }

    #[test]
    fn moments_are_told_from_now() {
        let now = at(11, 23, 11, 3);
        assert_eq!(IT.relative(now, now), "adesso");
        assert_eq!(IT.relative(at(11, 23, 10, 31), now), "32 min fa");
        assert_eq!(IT.relative(at(11, 23, 10, 0), now), "un’ora fa");
        assert_eq!(IT.relative(at(11, 23, 13, 5), now), "fra 2 h");
        assert_eq!(IT.relative(at(11, 22, 9, 0), now), "ieri");
        assert_eq!(IT.relative(at(11, 20, 8, 12), now), "3 giorni fa");
        assert_eq!(IT.relative(at(11, 9, 8, 12), now), "2 settimane fa");
        assert_eq!(IT.relative(at(4, 20, 8, 12), now), "7 mesi fa");
        assert_eq!(EN.relative(at(11, 20, 8, 12), now), "3 days ago");
        assert_eq!(EN.relative(at(11, 24, 12, 0), now), "tomorrow");
    }
}
