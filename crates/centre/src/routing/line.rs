//! The line: pieces begin to wait, are changed, put off, called back and gone.

use super::rules::after;
use super::timers::Timer;
use super::turn::Turn;
use super::{Closing, Command, Entry, Piece, Standing, Withdrawal, Work};
use chrono::{DateTime, Utc};

impl Turn<'_> {
    pub(super) fn waits(&mut self, piece: Piece, work: Work) {
        if self.state.pieces.contains_key(&piece) {
            return;
        }
        let queue = work.queue.clone();
        self.state.pieces.insert(piece, Entry::new(work));
        self.hold_for_owner(piece);
        self.enter(piece);
        // Somebody may be ready: a queue where nobody may wait still takes those who don't have to.
        self.settle();
        let still = self.state.pieces.get(&piece).is_some_and(|entry| entry.standing == Standing::Waiting);
        let queue = self.state.queues.get(&queue);
        let full = queue.is_some_and(|q| q.rules.max_waiting.is_some_and(|most| q.line.len() > most));
        if still && full {
            self.take_out(piece, Withdrawal::Gone);
            self.state.pieces.remove(&piece);
            self.commands.push(Command::Close { piece, why: Closing::Full });
        }
    }

    pub(super) fn changed(&mut self, piece: Piece, work: Work) {
        let Some(entry) = self.state.pieces.get_mut(&piece) else { return };
        let before = std::mem::replace(&mut entry.work, Entry::new(work).work);
        entry.work.since = before.since;
        if matches!(entry.standing, Standing::Offered { .. } | Standing::InHand { .. }) {
            entry.work.queue = before.queue;
            entry.work.weight = before.weight;
            return;
        }
        let waits = entry.standing == Standing::Waiting;
        let other_owner = entry.work.owner != before.owner;
        let moves = entry.work.queue != before.queue;
        if moves {
            entry.told = None;
            if let Some(queue) = self.state.queues.get_mut(&before.queue) {
                queue.pieces.remove(&piece);
                if let Some(rank) = self.state.waiting.rank(piece) {
                    queue.line.remove(&rank);
                }
            }
        }
        if waits && (moves || other_owner) {
            self.hold_for_owner(piece);
        }
        if waits && moves {
            self.enter(piece);
        } else if waits {
            self.restage(piece);
        } else if moves {
            self.keep_for_later(piece);
        }
    }

    pub(super) fn gone(&mut self, piece: Piece) {
        if self.put_down(piece, true).is_none() {
            self.take_out(piece, Withdrawal::Gone);
        }
        self.state.pieces.remove(&piece);
    }

    pub(super) fn call_back(&mut self, caller: Piece, callback: Piece) {
        let waits = |entry: &&Entry| !matches!(entry.standing, Standing::InHand { .. });
        let Some(entry) = self.state.pieces.get(&caller).filter(waits) else { return };
        if self.state.pieces.contains_key(&callback) {
            return;
        }
        let taken_over = Entry { standing: Standing::Waiting, wakes: None, ..entry.clone() };
        self.take_out(caller, Withdrawal::Gone);
        self.state.pieces.remove(&caller);
        self.state.pieces.insert(callback, taken_over);
        self.enter(callback);
    }

    pub(super) fn postponed(&mut self, piece: Piece, until: DateTime<Utc>) {
        if self.put_down(piece, true).is_none() {
            self.take_out(piece, Withdrawal::Gone);
        }
        let Some(entry) = self.state.pieces.get_mut(&piece) else { return };
        entry.standing = Standing::Postponed;
        entry.hold = None;
        entry.wakes = Some(until);
        self.state.timers.set(until, Timer::Piece(piece));
        self.keep_for_later(piece);
        if until <= self.now {
            self.wake(piece);
        }
    }

    /// A piece's timer has run out, or need not be waited for.
    pub(super) fn wake(&mut self, piece: Piece) {
        match self.state.pieces.get(&piece).map(|entry| &entry.standing) {
            Some(Standing::Waiting) => self.restage(piece),
            Some(Standing::Postponed) => {
                self.leave(piece);
                self.hold_for_owner(piece);
                self.enter(piece);
            }
            Some(Standing::Offered { .. }) => self.unanswered(piece),
            Some(Standing::InHand { .. }) | None => {}
        }
    }

    /// Lets a piece wait in its queue from now on; a queue that is closed tells it so.
    pub(super) fn enter(&mut self, piece: Piece) {
        let Some(entry) = self.state.pieces.get_mut(&piece) else { return };
        entry.standing = Standing::Waiting;
        if self.belongs(piece) {
            self.restage(piece);
        }
    }

    fn keep_for_later(&mut self, piece: Piece) {
        if !self.belongs(piece) {
            self.leave(piece);
        }
    }

    /// Counts a piece among those of its queue, or closes it where the queue is.
    fn belongs(&mut self, piece: Piece) -> bool {
        let Some(entry) = self.state.pieces.get(&piece) else { return false };
        let why = match self.state.queues.get_mut(&entry.work.queue) {
            Some(queue) if queue.open => {
                queue.pieces.insert(piece);
                return true;
            }
            Some(_) => Closing::Closed,
            None => Closing::NoSuchQueue,
        };
        self.take_out(piece, Withdrawal::Closed);
        self.state.pieces.remove(&piece);
        self.commands.push(Command::Close { piece, why });
        false
    }

    /// Sorts a waiting piece anew by what it asks for now.
    pub(super) fn restage(&mut self, piece: Piece) {
        self.leave(piece);
        let Some(entry) = self.state.pieces.get(&piece) else { return };
        let Some(stage) = self.state.stage(entry, self.now) else { return };
        let Some(queue) = self.state.queues.get_mut(&entry.work.queue) else { return };
        let rank = entry.rank(piece, queue.rules.priority);
        queue.line.insert(rank);
        self.state.waiting.insert(piece, stage.class, rank);
        self.restless.insert(rank);
        let Some(entry) = self.state.pieces.get_mut(&piece) else { return };
        entry.wakes = stage.next;
        entry.hold = entry.hold.filter(|until| *until > self.now);
        if let Some((step, way)) = stage.suggest {
            entry.told = Some(step);
            if matches!(piece, Piece::Contact(_)) {
                self.commands.push(Command::Suggest { piece, way });
            }
        }
        if let Some(at) = stage.next {
            self.state.timers.set(at, Timer::Piece(piece));
        }
    }

    /// Keeps a piece for its owner for a while, if they are likely free soon.
    pub(super) fn hold_for_owner(&mut self, piece: Piece) {
        let Some(entry) = self.state.pieces.get(&piece) else { return };
        let rules = self.state.queues.get(&entry.work.queue).map(|queue| &queue.rules);
        let wait = rules.map_or(0, |rules| rules.owner_wait);
        let holds = wait > 0 && entry.owner().is_some_and(|owner| self.state.awaits(owner));
        let until = holds.then(|| after(self.now, wait));
        if let Some(entry) = self.state.pieces.get_mut(&piece) {
            entry.hold = until;
        }
    }

    /// Takes a piece out of its queue, where it waits, is put off or is offered.
    pub(super) fn take_out(&mut self, piece: Piece, why: Withdrawal) {
        if let Some(operator) = self.end_offer(piece) {
            self.commands.push(Command::Withdraw { piece, operator, why });
        }
        self.leave(piece);
        if let Some(entry) = self.state.pieces.get(&piece)
            && let Some(queue) = self.state.queues.get_mut(&entry.work.queue)
        {
            queue.pieces.remove(&piece);
        }
    }

    /// Takes a piece out of the line and stops its timer.
    pub(super) fn leave(&mut self, piece: Piece) {
        let Some(entry) = self.state.pieces.get_mut(&piece) else { return };
        if let Some(at) = entry.wakes.take() {
            self.state.timers.stop(at, Timer::Piece(piece));
        }
        if let Some(rank) = self.state.waiting.remove(piece)
            && let Some(queue) = self.state.queues.get_mut(&entry.work.queue)
        {
            queue.line.remove(&rank);
        }
    }
}
