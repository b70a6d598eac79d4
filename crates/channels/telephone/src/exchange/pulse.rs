//! Which carriers do not answer any more.

use model::TrunkId;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What becomes of a carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Gone,
    Back,
}

/// Of each carrier that has answered once, whether it still does. One that never answered may take calls all the same: not
/// all of them know the question.
#[derive(Default)]
pub(crate) struct Pulses(Mutex<HashMap<TrunkId, bool>>);

impl Pulses {
    fn all(&self) -> MutexGuard<'_, HashMap<TrunkId, bool>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It answered, or did not; what that changes.
    pub(super) fn note(&self, trunk: &TrunkId, answers: bool) -> Option<Change> {
        let mut all = self.all();
        let Some(answered) = all.get_mut(trunk) else {
            if answers {
                all.insert(trunk.clone(), true);
            }
            return None;
        };
        let change = if answers { Change::Back } else { Change::Gone };
        (std::mem::replace(answered, answers) != answers).then_some(change)
    }

    /// Nothing is known of it any more.
    pub(super) fn forget(&self, trunk: &TrunkId) {
        self.all().remove(trunk);
    }

    /// Every carrier that has answered once, with whether it does now.
    pub(super) fn known(&self) -> Vec<(TrunkId, bool)> {
        self.all().iter().map(|(trunk, answers)| (trunk.clone(), *answers)).collect()
    }

    pub(super) fn is_gone(&self, trunk: &TrunkId) -> bool {
        self.all().get(trunk) == Some(&false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carrier_is_gone_when_it_stops_answering_and_this_is_told_once() {
        let (pulses, carrier) = (Pulses::default(), TrunkId::new("carrier".to_owned()));
        assert_eq!((pulses.note(&carrier, false), pulses.is_gone(&carrier)), (None, false), "it never answered");
        assert_eq!(pulses.note(&carrier, true), None);
        assert_eq!((pulses.note(&carrier, false), pulses.is_gone(&carrier)), (Some(Change::Gone), true));
        assert_eq!(pulses.note(&carrier, false), None);
        assert_eq!((pulses.note(&carrier, true), pulses.is_gone(&carrier)), (Some(Change::Back), false));
        pulses.note(&carrier, false);
        assert_eq!(pulses.known(), [(carrier.clone(), false)]);
        pulses.forget(&carrier);
        assert!(!pulses.is_gone(&carrier));
    }
}
