//! Duty: operators and queues come, change and go.

use super::operator::{Availability, PauseReason};
use super::rules::{Queue, Rules};
use super::timers::Timer;
use super::turn::{PORTION, Turn};
use super::{Closing, Command, Operator, Piece, Profile, Standing, Withdrawal};
use model::{QueueId, UserId};
use std::collections::BTreeSet;
use std::ops::Bound;

impl Turn<'_> {
    pub(super) fn signed_in(&mut self, id: UserId, profile: Profile) {
        let now = self.now;
        self.state.operators.entry(id).or_insert_with(|| Operator::new(Profile::default(), now));
        self.enrol(id, profile);
        self.change(id, |operator| {
            if operator.is_away() {
                operator.availability = Availability::Pause(PauseReason::SignedIn);
            }
        });
    }

    pub(super) fn skilled(&mut self, id: UserId, profile: Profile) {
        if self.state.operators.get(&id).is_some_and(|operator| operator.profile != profile) {
            self.enrol(id, profile);
        }
    }

    pub(super) fn ready(&mut self, id: UserId) {
        let now = self.now;
        self.change(id, |operator| {
            if operator.availability != Availability::Ready {
                operator.availability = Availability::Ready;
                operator.idle_since = now;
                operator.missed = 0;
            }
        });
    }

    /// Somebody takes no more. What rings at them goes on to others, what is held for them is let go.
    pub(super) fn away(&mut self, id: UserId, availability: Availability) {
        let offered = self.change(id, |operator| {
            operator.availability = availability;
            operator.offer.map(|(piece, _)| piece)
        });
        if let Some(piece) = offered.flatten() {
            self.commands.push(Command::Withdraw { piece, operator: id, why: Withdrawal::Away });
            self.pass_on(piece);
        }
        self.release(id, PORTION);
    }

    /// Takes a piece out of the hands it is in, to the head of its queue.
    pub(super) fn return_to_queue(&mut self, piece: Piece) {
        self.put_down(piece, false);
        if let Some(entry) = self.state.pieces.get_mut(&piece) {
            entry.returned = true;
        }
        self.hold_for_owner(piece);
        self.enter(piece);
    }

    /// Lets go what is held for somebody, at most so many pieces; says how many.
    pub(super) fn release(&mut self, id: UserId, most: usize) -> usize {
        if self.state.awaits(id) {
            return 0;
        }
        let held = self.state.waiting.held_for(id, most);
        for piece in &held {
            if let Some(entry) = self.state.pieces.get_mut(piece) {
                entry.hold = None;
            }
            self.restage(*piece);
        }
        if held.len() == most {
            self.state.timers.set(self.now, Timer::Release(id));
        }
        held.len()
    }

    pub(super) fn ruled(&mut self, id: QueueId, rules: Rules) {
        match self.state.queues.get_mut(&id) {
            None => {
                self.state.queues.insert(id, Queue::new(rules));
            }
            Some(queue) if queue.rules == rules => {}
            Some(queue) => {
                queue.rules = rules;
                self.restage_all(&id);
            }
        }
    }

    pub(super) fn closed(&mut self, id: &QueueId) {
        let Some(queue) = self.state.queues.get_mut(id).filter(|queue| queue.open) else { return };
        queue.open = false;
        self.state.waiting.shut(id, true);
        self.tell_closed(id, PORTION);
    }

    pub(super) fn opened(&mut self, id: &QueueId) {
        let Some(queue) = self.state.queues.get_mut(id).filter(|queue| !queue.open) else { return };
        queue.open = true;
        self.state.waiting.shut(id, false);
        // Some may not have been told yet that it was closed.
        self.restage_all(id);
    }

    /// Tells those who are in a closed queue, at most so many; says how many.
    pub(super) fn tell_closed(&mut self, id: &QueueId, most: usize) -> usize {
        let Some(queue) = self.state.queues.get(id).filter(|queue| !queue.open) else { return 0 };
        let pieces: Vec<Piece> = queue.pieces.iter().take(most).copied().collect();
        for piece in &pieces {
            self.take_out(*piece, Withdrawal::Closed);
            self.state.pieces.remove(piece);
            self.commands.push(Command::Close { piece: *piece, why: Closing::Closed });
        }
        if pieces.len() == most {
            self.state.timers.set(self.now, Timer::Closing(id.clone()));
        }
        pieces.len()
    }

    fn restage_all(&mut self, id: &QueueId) {
        if let Some(queue) = self.state.queues.get_mut(id) {
            queue.restaged = None;
        }
        self.restage_more(id, PORTION);
    }

    /// Applies changed rules to those who wait, at most so many; says how many.
    pub(super) fn restage_more(&mut self, id: &QueueId, most: usize) -> usize {
        let Some(queue) = self.state.queues.get_mut(id) else { return 0 };
        let from = queue.restaged.map_or(Bound::Unbounded, Bound::Excluded);
        let pieces: BTreeSet<Piece> = queue.pieces.range((from, Bound::Unbounded)).take(most).copied().collect();
        queue.restaged = pieces.last().copied().filter(|_| pieces.len() == most);
        if queue.restaged.is_some() {
            self.state.timers.set(self.now, Timer::Restaging(id.clone()));
        }
        for piece in &pieces {
            if self.state.pieces.get(piece).is_some_and(|entry| entry.standing == Standing::Waiting) {
                self.restage(*piece);
            }
        }
        pieces.len()
    }
}
