//! From the times that wall clocks show to instants, on the nights when clocks change too.
//!
//! A slot lasts from the first instant at which the clocks show a time inside it to the last. So a start that the
//! clocks skip is the first instant after the gap, and a start that they show twice is the earlier one. An end whose
//! last second is shown twice is after the later one. An end exactly where the repeated hour begins (02:00 in Rome in
//! October) is not: the clocks reach it once from inside the slot, and never show a time inside it again.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

/// The first instant at which clocks in `zone` show `wall` or later. `None` beyond the range of dates.
pub(super) fn opens(zone: Tz, wall: NaiveDateTime) -> Option<DateTime<Utc>> {
    match zone.from_local_datetime(&wall) {
        MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => Some(at.to_utc()),
        MappedLocalTime::None => after_gap(zone, wall),
    }
}

/// The instant from which on clocks in `zone` show `wall` or later for good. `None` beyond the range of dates.
pub(super) fn closes(zone: Tz, wall: NaiveDateTime) -> Option<DateTime<Utc>> {
    // Clocks change at whole seconds, so the last second inside tells which side of a change the slot ends on.
    let second = TimeDelta::seconds(1);
    let last = wall.checked_sub_signed(second)?;
    match zone.from_local_datetime(&last) {
        MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(_, at) => at.to_utc().checked_add_signed(second),
        MappedLocalTime::None => after_gap(zone, last),
    }
}

fn after_gap(zone: Tz, wall: NaiveDateTime) -> Option<DateTime<Utc>> {
    GapInfo::new(&wall, &zone)?.end.map(|at| at.to_utc())
}
