//! What is due, and how soon: words first, colour last. A clock turns amber at three quarters of its time and red when
//! it is over.

use centre::Catalogue;
use chrono::{DateTime, TimeDelta, Utc};
use language::Tr;
use model::calendar::Calendar;
use model::case::{Case, State};

/// How a row or a head says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub urgency: Urgency,
    pub word: String,
    /// The exact time.
    pub title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    Quiet,
    Soon,
    Over,
}

impl Urgency {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Quiet => "tag-line",
            Self::Soon => "tag-warn",
            Self::Over => "tag-bad",
        }
    }

    pub(crate) fn icon(self) -> &'static str {
        match self {
            Self::Quiet | Self::Soon => "clock",
            Self::Over => "alert",
        }
    }

    pub(crate) fn is_chip(self) -> bool {
        self != Self::Quiet
    }

    /// Of a promise of so much working time, three quarters are gone when a quarter is left: a night or a Sunday in
    /// between makes nothing more urgent.
    fn of(calendar: &Calendar, promised: TimeDelta, due: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        if now >= due {
            return Self::Over;
        }
        if calendar.working_between(now, due) * 4 <= promised { Self::Soon } else { Self::Quiet }
    }
}

/// In a list, as shortly as is clear.
pub(super) fn in_list(tr: Tr, catalogue: &Catalogue, case: &Case, now: DateTime<Utc>) -> Option<Due> {
    let quiet = |word: String, title: String| Some(Due { urgency: Urgency::Quiet, word, title });
    match case.state {
        State::Solved | State::Closed => {
            let at = case.solved_at?;
            return quiet(
                tr.day_short(at, now),
                tr.with("desk-due-solved", &[("when", tr.date_time_full(at))]).into_owned(),
            );
        }
        State::Merged => return None,
        State::Waiting => {
            let title = case
                .remind_at
                .map(|on| tr.with("desk-due-reminder", &[("when", tr.date_time_full(on))]).into_owned())
                .unwrap_or_default();
            return quiet(tr.text("desk-due-waiting").into_owned(), title);
        }
        State::New | State::Open => {}
    }
    let due = case.clocks.next()?;
    let urgency = urgency(catalogue, case, due, now);
    let word = match urgency {
        Urgency::Over => tr.text("desk-due-over").into_owned(),
        _ => shortly(tr, due, now),
    };
    Some(Due { urgency, word, title: tr.with(key(case), &[("when", tr.date_time_full(due))]).into_owned() })
}

/// In the head of a case, in a short sentence.
pub(super) fn in_head(tr: Tr, catalogue: &Catalogue, case: &Case, now: DateTime<Utc>) -> Option<Due> {
    if !case.is_active() || case.state == State::Waiting {
        return None;
    }
    let due = case.clocks.next()?;
    let urgency = urgency(catalogue, case, due, now);
    let word = match (urgency, is_answer(case)) {
        (Urgency::Over, true) => tr.with("desk-due-answer-over", &[("duration", tr.duration_short(now - due))]),
        (Urgency::Over, false) => tr.with("desk-due-solution-over", &[("duration", tr.duration_short(now - due))]),
        (_, true) => tr.with("desk-due-answer-in", &[("when", within(tr, due, now))]),
        (_, false) => tr.with("desk-due-solution-in", &[("when", within(tr, due, now))]),
    };
    Some(Due {
        urgency,
        word: word.into_owned(),
        title: tr.with(key(case), &[("when", tr.date_time_full(due))]).into_owned(),
    })
}

fn is_answer(case: &Case) -> bool {
    case.clocks.answer.is_some() && case.clocks.answer == case.clocks.next()
}

fn key(case: &Case) -> &'static str {
    if is_answer(case) { language::key!("desk-due-answer") } else { language::key!("desk-due-solution") }
}

fn urgency(catalogue: &Catalogue, case: &Case, due: DateTime<Utc>, now: DateTime<Utc>) -> Urgency {
    match catalogue.service(&case.service) {
        Some(service) => {
            // The channel is not at hand here, and what differs by it is how far along the colour turns.
            let promises = service.promised(None, case.kind);
            let promised = if is_answer(case) { promises.answer() } else { promises.solution() };
            Urgency::of(&service.calendar, promised, due, now)
        }
        None if now >= due => Urgency::Over,
        None => Urgency::Quiet,
    }
}

/// 38 min, 2 h; domani; mer
fn shortly(tr: Tr, due: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match (tr.local_day(due) - tr.local_day(now)).num_days() {
        0 => tr.duration_short(due - now),
        1 if due - now < TimeDelta::hours(6) => tr.duration_short(due - now),
        1 => tr.day(due, now),
        _ => tr.day_short(due, now),
    }
}

/// 38 min; domani, 10:00; mer
fn within(tr: Tr, due: DateTime<Utc>, now: DateTime<Utc>) -> String {
    if due - now < TimeDelta::hours(6) {
        return tr.duration_short(due - now);
    }
    match (tr.local_day(due) - tr.local_day(now)).num_days() {
        0 | 1 => tr.date_time(due, now),
        _ => tr.day_short(due, now),
    }
}

#[cfg(test)]
mod tests {
    use super::Urgency;
    use chrono::{DateTime, TimeDelta, Utc};
    use model::calendar::Calendar;

    #[test]
    fn a_clock_turns_amber_at_three_quarters_and_red_when_over() {
        let start = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let (calendar, promised) = (Calendar::always(chrono_tz::Europe::Rome), TimeDelta::minutes(100));
        let at = |minutes| Urgency::of(&calendar, promised, start + promised, start + TimeDelta::minutes(minutes));
        assert_eq!(
            [at(0), at(74), at(75), at(99), at(100), at(500)],
            [Urgency::Quiet, Urgency::Quiet, Urgency::Soon, Urgency::Soon, Urgency::Over, Urgency::Over]
        );
    }

    #[test]
    fn a_weekend_makes_nothing_more_urgent() {
        let calendar = Calendar::default_italian();
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        // Written on a Friday at 17, to be answered within four working hours: on Monday at 12.
        let (promised, due) = (TimeDelta::hours(4), at("2026-03-09T11:00:00Z"));
        assert_eq!(calendar.add_working(at("2026-03-06T16:00:00Z"), promised), Some(due));
        let seen = |text| Urgency::of(&calendar, promised, due, at(text));
        assert_eq!(seen("2026-03-08T12:00:00Z"), Urgency::Quiet, "on Sunday an hour of four is gone");
        assert_eq!(seen("2026-03-09T10:00:00Z"), Urgency::Soon);
    }
}
