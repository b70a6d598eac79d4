//! A day by its half-hours, beside the mean of the same weekday in the four weeks before: for whoever has to know now
//! whether this is a day like others. The same records are counted as by the report of the day.

use super::{Asked, Wanted, ask};
use crate::{Centre, Result};
use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::Rome;
use db::View;
use db::report::{Span, day};
use model::ServiceId;
use model::access;
use model::half_hour::{self, HalfHour};
use model::report::{Period, number_of, real};
use model::user::Staff;
use std::collections::BTreeMap;

/// A day by its half-hours.
#[derive(Debug, Clone)]
pub struct Day {
    pub day: NaiveDate,
    pub as_of: DateTime<Utc>,
    /// Cases that waited for their solution when it began.
    pub waiting: i64,
    /// Those that have begun.
    pub halves: Vec<Half>,
    pub usual: Usual,
}

/// What a half-hour holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Half {
    pub half: HalfHour,
    /// Contacts by channel: those that came in, and those that went out.
    pub contacts: BTreeMap<String, (i64, i64)>,
    pub opened: i64,
    pub solved: i64,
    pub escalated: i64,
    pub answers: i64,
    /// Cases that wait for their solution at its end.
    pub waiting: i64,
}

impl Half {
    fn of(half: HalfHour) -> Self {
        Self { half, contacts: BTreeMap::new(), opened: 0, solved: 0, escalated: 0, answers: 0, waiting: 0 }
    }

    /// Contacts that came in.
    #[must_use]
    pub fn inbound(&self) -> i64 {
        self.contacts.values().map(|(inbound, _)| inbound).sum()
    }

    /// Contacts that went out.
    #[must_use]
    pub fn outbound(&self) -> i64 {
        self.contacts.values().map(|(_, outbound)| outbound).sum()
    }

    /// Nothing happened in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.contacts.is_empty() && [self.opened, self.solved, self.escalated, self.answers] == [0; 4]
    }
}

/// The mean of some days like this one.
#[derive(Debug, Clone, Default)]
pub struct Usual {
    /// How many days it is of; with none there is no mean.
    pub days: usize,
    /// By the time of the day at which a half-hour begins.
    halves: BTreeMap<(u32, u32), Mean>,
}

/// What half-hours of several days hold in the mean.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Mean {
    pub inbound: f64,
    pub opened: f64,
    pub solved: f64,
    pub escalated: f64,
    pub answers: f64,
    pub waiting: f64,
}

impl Usual {
    /// As if so many days had been as these half-hours are, and calmer by a tenth: for sample pages.
    #[must_use]
    pub fn sample(days: usize, halves: &[Half]) -> Self {
        let mean = |half: &Half| Mean {
            inbound: real(half.inbound()) * 0.9,
            opened: real(half.opened) * 0.9,
            waiting: real(half.waiting) * 0.9,
            ..Mean::default()
        };
        Self { days, halves: halves.iter().map(|half| (time_of_day(half.half), mean(half))).collect() }
    }

    /// The mean of the half-hours that begin at the same time of the day; nothing where there is none.
    #[must_use]
    pub fn of(&self, half: HalfHour) -> Option<Mean> {
        if self.days == 0 { None } else { Some(self.halves.get(&time_of_day(half)).copied().unwrap_or_default()) }
    }
}

fn time_of_day(half: HalfHour) -> (u32, u32) {
    let local = half.begin().with_timezone(&Rome);
    (local.hour(), local.minute())
}

/// Counts a day, of one service or all, as it is known now.
///
/// # Errors
/// [`model::access::Denied`] for whoever may not see the report of the whole centre; as [`super::reckon`].
pub async fn day(centre: &Centre, staff: &Staff, day: NaiveDate, service: Option<ServiceId>) -> Result<Day> {
    access::supervise(staff)?;
    access::report(staff)?;
    let period = Period { from: day, to: day.succ_opt().unwrap_or(day) };
    let asked = ask(centre, &Wanted { period, service, as_of: None }).await?;
    let (waiting, halves) = count(&asked.view, &asked.span, day).await?;
    let usual = usual(&asked, day).await?;
    Ok(Day { day, as_of: asked.span.as_of, waiting, halves, usual })
}

async fn count(view: &View, span: &Span, date: NaiveDate) -> Result<(i64, Vec<Half>)> {
    let begun = HalfHour::of_day(date).into_iter().filter(|half| half.begin() <= span.as_of);
    let mut halves: BTreeMap<HalfHour, Half> = begun.map(|half| (half, Half::of(half))).collect();
    for contacts in day::contacts(view, span).await? {
        if let Some(half) = halves.get_mut(&contacts.half) {
            let (inbound, outbound) = half.contacts.entry(contacts.channel).or_default();
            *(if contacts.inbound { inbound } else { outbound }) += contacts.count;
        }
    }
    let mut put = |counted: day::Halves, field: fn(&mut Half) -> &mut i64| {
        for (half, count) in counted {
            if let Some(half) = halves.get_mut(&half) {
                *field(half) += count;
            }
        }
    };
    put(day::cases_opened(view, span).await?, |half| &mut half.opened);
    put(day::cases_solved(view, span).await?, |half| &mut half.solved);
    put(day::cases_escalated(view, span).await?, |half| &mut half.escalated);
    put(day::answers_sent(view, span).await?, |half| &mut half.answers);
    let before = day::waiting(view, span).await?;
    let mut waiting = before;
    for half in halves.values_mut() {
        waiting += half.opened - half.solved;
        half.waiting = waiting;
    }
    Ok((before, halves.into_values().collect()))
}

/// The mean of the same weekday: of the days on which there was a centre already and, unless the day itself is a holiday,
/// that were none.
async fn usual(asked: &Asked, date: NaiveDate) -> Result<Usual> {
    let Asked { view, span, catalogue } = asked;
    let services = || catalogue.services.iter().filter(|s| span.service.as_ref().is_none_or(|id| *id == s.id.0));
    let is_open = |day: NaiveDate| services().any(|service| !service.calendar.slots_on(day).is_empty());
    let Some(first) = day::beginning(view, span).await?.map(half_hour::day_of) else { return Ok(Usual::default()) };
    let whole = half_hour::day_of(span.as_of);
    let alike = |day: &NaiveDate| *day >= first && *day < whole && (is_open(*day) || !is_open(date));
    let mut usual = Usual::default();
    let days: Vec<NaiveDate> = half_hour::weeks_before(date).into_iter().filter(alike).collect();
    usual.days = days.len();
    let share = 1.0 / real(number_of(&days).max(1));
    for day in days {
        let (from, to) = half_hour::bounds(day);
        let (_, halves) = count(view, &Span { from, to, ..span.clone() }, day).await?;
        // Where the clocks show an hour twice, what waits is that of the second.
        let mut waiting: BTreeMap<(u32, u32), i64> = BTreeMap::new();
        for half in halves {
            let mean = usual.halves.entry(time_of_day(half.half)).or_default();
            mean.inbound += real(half.inbound()) * share;
            mean.opened += real(half.opened) * share;
            mean.solved += real(half.solved) * share;
            mean.escalated += real(half.escalated) * share;
            mean.answers += real(half.answers) * share;
            waiting.insert(time_of_day(half.half), half.waiting);
        }
        for (time, count) in waiting {
            usual.halves.entry(time).or_default().waiting += real(count) * share;
        }
    }
    Ok(usual)
}
