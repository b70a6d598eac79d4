//! In hand: pieces are taken up, finished, wrapped up, given away.

use super::operator::WrapUp;
use super::rules::after;
use super::timers::Timer;
use super::turn::Turn;
use super::{Command, Entry, Piece, Refusal, Standing, To, Withdrawal, Work};
use chrono::{DateTime, Utc};
use model::{QueueId, UserId};
use std::collections::BTreeSet;

impl Turn<'_> {
    /// Puts a piece that is in no queue and no other's hands into somebody's.
    pub(super) fn take_up(&mut self, operator: UserId, piece: Piece) {
        self.leave(piece);
        let Some(entry) = self.state.pieces.get_mut(&piece) else { return };
        entry.standing = Standing::InHand { by: operator, taken: self.now };
        entry.returned = false;
        entry.hold = None;
        entry.passed.clear();
        let weight = entry.work.weight;
        if let Some(queue) = self.state.queues.get_mut(&entry.work.queue) {
            queue.pieces.remove(&piece);
            queue.in_service += 1;
        }
        let now = self.now;
        self.change(operator, |operator| {
            operator.hands.insert(piece, weight);
            operator.idle_since = now;
            operator.missed = 0;
        });
        self.commands.push(Command::Connect { piece, operator });
    }

    pub(super) fn taken(&mut self, operator: UserId, piece: Piece, work: Work) {
        let entry = self.state.pieces.get(&piece);
        let (held, mine) = match entry.map(|entry| &entry.standing) {
            Some(Standing::InHand { by, .. }) if *by == operator => return,
            Some(Standing::InHand { .. }) => (true, false),
            Some(Standing::Offered { to, .. }) => (false, *to == operator),
            _ => (false, false),
        };
        let weight = entry.map_or(work.weight.max(1), |entry| entry.work.weight);
        let who = self.state.operators.get(&operator).filter(|operator| !operator.is_away());
        // What rings at them already has its room.
        let room = who.map(|who| who.room().saturating_add(if mine { weight } else { 0 }));
        let refused = match room {
            _ if held => Some(Refusal::InOtherHands),
            None => Some(Refusal::NotReady),
            Some(room) if room < weight => Some(Refusal::NoRoom),
            Some(_) => None,
        };
        if let Some(why) = refused {
            self.commands.push(Command::Refuse { operator, piece, why });
            return;
        }
        if mine {
            self.end_offer(piece);
        } else {
            self.take_out(piece, Withdrawal::Taken);
        }
        self.state.pieces.entry(piece).or_insert_with(|| Entry::new(work));
        self.take_up(operator, piece);
    }

    pub(super) fn finished(&mut self, operator: UserId, piece: Piece) {
        if self.has_in_hand(operator, piece) {
            self.gone(piece);
        }
    }

    pub(super) fn transferred(&mut self, operator: UserId, piece: Piece, to: To) {
        if !self.has_in_hand(operator, piece) {
            return;
        }
        let Some(weight) = self.state.pieces.get(&piece).map(|entry| entry.work.weight) else { return };
        let refused = match &to {
            To::Queue(queue) => match self.state.queues.get(queue) {
                None => Some(Refusal::NoSuchQueue),
                Some(queue) => (!queue.open).then_some(Refusal::Closed),
            },
            To::Operator(to) => {
                let free = self.state.operators.get(to).is_some_and(|to| to.may_be_offered() >= weight);
                (!free || *to == operator).then_some(Refusal::NotReady)
            }
        };
        if let Some(why) = refused {
            self.commands.push(Command::Refuse { operator, piece, why });
            return;
        }
        self.put_down(piece, true);
        let Some(entry) = self.state.pieces.get_mut(&piece) else { return };
        entry.passed = BTreeSet::from([operator]);
        match to {
            To::Queue(queue) => {
                entry.told = None;
                entry.work.queue = queue;
                self.hold_for_owner(piece);
                self.enter(piece);
            }
            To::Operator(to) => {
                // Unanswered, it goes to the head of its queue: whoever gave it away may be in another call by then.
                entry.returned = true;
                if let Some(queue) = self.state.queues.get_mut(&entry.work.queue) {
                    queue.pieces.insert(piece);
                }
                self.lease(piece, to);
            }
        }
    }

    pub(super) fn handed_over(&mut self, piece: Piece, to: UserId, instead_of: Option<Piece>) {
        let Some(entry) = self.state.pieces.get(&piece) else { return };
        let Standing::InHand { by, .. } = entry.standing else { return };
        if by == to {
            return;
        }
        let weight = entry.work.weight;
        let talk = instead_of.filter(|talk| self.has_in_hand(to, *talk));
        let colleague = self.state.operators.get(&to).filter(|to| !to.is_away());
        let room = colleague.map(|to| {
            let freed = talk.and_then(|talk| to.hands.get(&talk)).copied().unwrap_or(0);
            to.room().saturating_add(freed)
        });
        let refused = match room {
            None => Some(Refusal::NotReady),
            Some(room) => (room < weight).then_some(Refusal::NoRoom),
        };
        if let Some(why) = refused {
            self.commands.push(Command::Refuse { operator: by, piece, why });
            return;
        }
        if let Some(talk) = talk {
            self.put_down(talk, false);
            self.state.pieces.remove(&talk);
        }
        self.put_down(piece, true);
        self.take_up(to, piece);
    }

    pub(super) fn wrapped_up(&mut self, operator: UserId, piece: Piece) {
        let Some(who) = self.state.operators.get(&operator) else { return };
        if let Some(wrap_up) = who.wrap_ups.get(&piece) {
            self.state.timers.stop(wrap_up.until, Timer::WrapUp(operator, piece));
            self.wrap_up_over(operator, piece);
        }
    }

    pub(super) fn prolonged(&mut self, operator: UserId, piece: Piece, until: DateTime<Utc>) {
        let before = self.change(operator, |operator| {
            let wrap_up = operator.wrap_ups.get_mut(&piece).filter(|wrap_up| wrap_up.until < until)?;
            Some(std::mem::replace(&mut wrap_up.until, until))
        });
        if let Some(before) = before.flatten() {
            self.state.timers.stop(before, Timer::WrapUp(operator, piece));
            self.state.timers.set(until, Timer::WrapUp(operator, piece));
        }
    }

    pub(super) fn wrap_up_over(&mut self, operator: UserId, piece: Piece) {
        let now = self.now;
        let over = self.change(operator, |operator| {
            operator.idle_since = now;
            operator.wrap_ups.remove(&piece)
        });
        if let Some(wrap_up) = over.flatten() {
            self.served(&wrap_up.queue, Some(wrap_up.taken));
        }
    }

    /// Takes a piece out of the hands it is in, with the wrap-up of its queue or without any; says whose they were.
    pub(super) fn put_down(&mut self, piece: Piece, wraps_up: bool) -> Option<UserId> {
        let entry = self.state.pieces.get(&piece)?;
        let Standing::InHand { by, taken } = entry.standing else { return None };
        let (queue, weight) = (entry.work.queue.clone(), entry.work.weight);
        let seconds = self.state.queues.get(&queue).map_or(0, |queue| queue.rules.wrap_up);
        // Of an earlier time with the same case.
        self.wrapped_up(by, piece);
        let now = self.now;
        if wraps_up && seconds > 0 {
            let until = after(now, seconds);
            self.state.timers.set(until, Timer::WrapUp(by, piece));
            self.change(by, |operator| {
                operator.hands.remove(&piece);
                operator.wrap_ups.insert(piece, WrapUp { until, weight, queue, taken });
            });
        } else {
            self.change(by, |operator| {
                operator.hands.remove(&piece);
                operator.idle_since = now;
            });
            self.served(&queue, wraps_up.then_some(taken));
        }
        Some(by)
    }

    /// A piece of the queue occupies nobody any more. `taken` is when it was taken up, if the time it took says something
    /// about others.
    fn served(&mut self, queue: &QueueId, taken: Option<DateTime<Utc>>) {
        let Some(queue) = self.state.queues.get_mut(queue) else { return };
        queue.in_service = queue.in_service.saturating_sub(1);
        if let Some(taken) = taken {
            queue.learn(self.now - taken);
        }
    }

    fn has_in_hand(&self, operator: UserId, piece: Piece) -> bool {
        let standing = self.state.pieces.get(&piece).map(|entry| &entry.standing);
        matches!(standing, Some(Standing::InHand { by, .. }) if *by == operator)
    }
}
