//! Who hears whom in a talk: it follows from where everybody stands, and is said anew whenever that changes.

use super::Call;
use super::far::{Far, Stands};
use crate::media::LegId;
use model::call::Oversight;

/// The leg of whoever speaks, or is heard before they do.
fn speaks(far: &Far) -> Option<LegId> {
    matches!(far.stands, Stands::Talking | Stands::Early).then_some(far.side.media)
}

impl Call {
    /// Lets everybody hear those whom they are to hear.
    pub(super) fn arrange(&self) {
        let caller = self.caller.media;
        let operator = self.operator.as_ref().and_then(|operator| speaks(&operator.far));
        let third = self.third.as_ref().and_then(|third| speaks(&third.far));
        let joined = self.third.as_ref().is_some_and(|third| third.joined) || operator.is_none();
        let overseer = self.overseer.as_ref().and_then(|one| Some((speaks(&one.far)?, one.how)));
        let overseer_to = |least: Oversight| overseer.filter(|(_, how)| *how >= least).map(|(leg, _)| leg);
        let unless = |not: bool, leg: Option<LegId>| leg.filter(|_| !not);
        let hear = |leg: LegId, whom: [Option<LegId>; 3]| {
            let whom: Vec<LegId> = whom.into_iter().flatten().collect();
            self.room.hear(leg, &whom);
        };
        let heard_operator = unless(self.muted, operator);
        if self.held {
            self.room.hear(caller, &[]);
        } else {
            hear(caller, [heard_operator, unless(!joined, third), overseer_to(Oversight::Join)]);
        }
        let heard_caller = unless(self.held, Some(caller));
        if let Some(leg) = operator {
            hear(leg, [heard_caller, third, overseer_to(Oversight::Whisper)]);
        }
        if let Some(leg) = third {
            hear(leg, [heard_operator, unless(!joined, heard_caller), unless(!joined, overseer_to(Oversight::Join))]);
        }
        if let Some((leg, _)) = overseer {
            hear(leg, [heard_caller, operator, unless(!joined, third)]);
        }
    }
}
