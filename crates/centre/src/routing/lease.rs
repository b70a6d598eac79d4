//! Leases: an offer stands until a time. It is accepted, declined, withdrawn or left unanswered; then the piece goes on.

use super::operator::{Availability, PauseReason};
use super::rules::{Rules, after};
use super::timers::Timer;
use super::turn::{PORTION, Turn};
use super::{Command, Piece, Standing, Withdrawal};
use model::UserId;

impl Turn<'_> {
    /// Offers a piece to somebody who is free for it.
    pub(super) fn lease(&mut self, piece: Piece, to: UserId) {
        self.leave(piece);
        let Some(entry) = self.state.pieces.get_mut(&piece) else { return };
        let rules = self.state.queues.get(&entry.work.queue).map(|queue| &queue.rules);
        // A lease of no time would be offered again and again without time passing.
        let until = after(self.now, rules.map_or(Rules::default().offer, |rules| rules.offer).max(1));
        let weight = entry.work.weight;
        entry.standing = Standing::Offered { to, until };
        entry.wakes = Some(until);
        if entry.passed.contains(&to) {
            // Everybody who is ready has let it pass: a new round begins.
            entry.passed.clear();
        }
        self.state.timers.set(until, Timer::Piece(piece));
        self.change(to, |operator| operator.offer = Some((piece, weight)));
        self.commands.push(Command::Offer { piece, operator: to, until });
    }

    pub(super) fn accepted(&mut self, operator: UserId, piece: Piece) {
        match self.state.pieces.get(&piece).map(|entry| &entry.standing) {
            Some(Standing::Offered { to, until }) if *to == operator => {
                if *until > self.now {
                    self.end_offer(piece);
                    self.take_up(operator, piece);
                    return;
                }
                self.unanswered(piece);
            }
            // The same answer again.
            Some(Standing::InHand { by, .. }) if *by == operator => return,
            _ => {}
        }
        self.commands.push(Command::TooLate { piece, operator });
    }

    pub(super) fn declined(&mut self, operator: UserId, piece: Piece) {
        let standing = self.state.pieces.get(&piece).map(|entry| &entry.standing);
        if matches!(standing, Some(Standing::Offered { to, .. }) if *to == operator) {
            self.pass_on(piece);
        }
    }

    /// Their device does not take what they are ready for. Offered to them again, it would be missed again, without any
    /// time passing: they are in pause from now on.
    pub(super) fn missed(&mut self, operator: UserId, piece: Piece) {
        let standing = self.state.pieces.get(&piece).map(|entry| &entry.standing);
        let in_hand = match standing {
            Some(Standing::Offered { to, .. }) if *to == operator => false,
            Some(Standing::InHand { by, .. }) if *by == operator => true,
            _ => return,
        };
        if !in_hand {
            self.pass_on(piece);
        }
        if self.state.awaits(operator) {
            self.away(operator, Availability::Pause(PauseReason::NoAnswer));
        }
        if in_hand {
            self.return_to_queue(piece);
        }
    }

    /// The lease of an offer is over.
    pub(super) fn unanswered(&mut self, piece: Piece) {
        let Some(entry) = self.state.pieces.get(&piece) else { return };
        let Standing::Offered { to, .. } = entry.standing else { return };
        let queue = self.state.queues.get(&entry.work.queue);
        let most = queue.map_or(0, |queue| queue.rules.misses);
        let pauses = self.change(to, |operator| {
            operator.missed = operator.missed.saturating_add(1);
            let pauses = most > 0 && operator.missed >= most && operator.availability == Availability::Ready;
            if pauses {
                operator.availability = Availability::Pause(PauseReason::NoAnswer);
            }
            pauses
        });
        self.commands.push(Command::Withdraw { piece, operator: to, why: Withdrawal::Unanswered });
        self.pass_on(piece);
        if pauses == Some(true) {
            self.release(to, PORTION);
        }
    }

    /// Ends an offer and lets the piece go on to others. Whoever had it is asked again when nobody else is ready.
    pub(super) fn pass_on(&mut self, piece: Piece) {
        let Some(operator) = self.end_offer(piece) else { return };
        self.leave(piece);
        if let Some(entry) = self.state.pieces.get_mut(&piece) {
            entry.passed.insert(operator);
        }
        self.enter(piece);
    }

    /// Frees the operator of what they are offered; says who it was.
    pub(super) fn end_offer(&mut self, piece: Piece) -> Option<UserId> {
        let Standing::Offered { to, .. } = self.state.pieces.get(&piece)?.standing else { return None };
        self.change(to, |operator| operator.offer = None);
        Some(to)
    }
}
