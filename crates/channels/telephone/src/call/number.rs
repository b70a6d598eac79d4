//! The way to a number outside: whether it may be called, and by which trunk.

use crate::exchange::Exchange;
use crate::guard::outgoing::{Calls, Limits, Policy, Rules};
use crate::sip::Target;
use model::UserId;
use model::call::Trouble;
use model::service::Service;
use model::trunk::Trunk;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Calls of one operator, and of the whole centre, in a day: a telephone that was taken over must not cost a fortune.
const DAILY: Limits = Limits { person: Some(300), centre: Some(20_000) };
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The calls outside that were made beside talks in the last day: no contact counts them.
#[derive(Default)]
pub(crate) struct Besides(Mutex<VecDeque<(Instant, UserId)>>);

impl Besides {
    fn count(&self, by: UserId, now: Instant) -> Calls {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while all.front().is_some_and(|(at, _)| now.saturating_duration_since(*at) > DAY) {
            all.pop_front();
        }
        let count = |counted: usize| u32::try_from(counted).unwrap_or(u32::MAX);
        Calls { person: count(all.iter().filter(|(_, who)| *who == by).count()), centre: count(all.len()) }
    }

    pub(super) fn add(&self, by: UserId, now: Instant) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push_back((now, by));
    }
}

/// Whether a citizen may be called back at this number at all.
pub(super) fn may_be_called(number: &str) -> bool {
    let rules = Rules::new(Vec::new()).ok();
    rules.is_some_and(|rules| Policy::new(rules, DAILY).judge(number, Calls::default()).is_ok())
}

/// The trunk by which this operator may call this number for the service, and the request that it takes.
pub(super) async fn way_to(
    exchange: &Exchange,
    service: &Service,
    by: UserId,
    number: &str,
) -> Result<(Trunk, Target), Trouble> {
    let rules = Rules::new(Vec::new()).map_err(|_| Trouble::NotAllowed)?;
    let contacts = centre::call::called_today(&exchange.centre, by).await.map_err(|error| {
        tracing::error!(%error, "cannot count the calls of today");
        Trouble::NoWay
    })?;
    let besides = exchange.besides.count(by, Instant::now());
    let today = Calls { person: contacts.by_operator + besides.person, centre: contacts.of_centre + besides.centre };
    let dialled = Policy::new(rules, DAILY).judge(number, today).map_err(|why| {
        tracing::info!(%why, "a number is not called");
        Trouble::NotAllowed
    })?;
    let shown = service.telephone.outgoing_from.as_deref();
    exchange.way_out(dialled.number.dialled(), shown).await.ok().flatten().ok_or(Trouble::NoWay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_of_the_last_day_are_counted() {
        let besides = Besides::default();
        let now = Instant::now();
        besides.add(UserId(1), now);
        besides.add(UserId(2), now + DAY / 2);
        let count = |by, after| besides.count(UserId(by), now + after);
        assert_eq!(count(1, DAY), Calls { person: 1, centre: 2 });
        assert_eq!(count(1, DAY + Duration::from_secs(1)), Calls { person: 0, centre: 1 });
    }
}
