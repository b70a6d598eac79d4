//! What pages and announcements ask the state.

use super::piece::Rank;
use super::rules::after;
use super::{Entry, Operator, Piece, Shown, State};
use chrono::{DateTime, Utc};
use model::{QueueId, UserId};

impl State {
    #[must_use]
    pub fn piece(&self, piece: Piece) -> Option<&Entry> {
        self.pieces.get(&piece)
    }

    #[must_use]
    pub fn operator(&self, operator: UserId) -> Option<&Operator> {
        self.operators.get(&operator)
    }

    /// Everybody who is in, and how they are shown.
    pub fn operators(&self) -> impl Iterator<Item = (UserId, &Operator, Shown)> {
        self.operators.iter().map(|(id, operator)| (*id, operator, operator.show()))
    }

    /// Whether the queue takes pieces; None when there is none of that name.
    #[must_use]
    pub fn is_open(&self, queue: &QueueId) -> Option<bool> {
        self.queues.get(queue).map(|queue| queue.open)
    }

    /// The place of a piece in its queue, from 1; None when it does not wait. Walks the queue: for all of one, take
    /// [`State::line`].
    #[must_use]
    pub fn place(&self, piece: Piece) -> Option<usize> {
        let rank = self.waiting.rank(piece)?;
        let queue = self.queues.get(&self.pieces.get(&piece)?.work.queue)?;
        Some(queue.line.range(..rank).count() + 1)
    }

    /// What waits in a queue, in serving order. What is offered or postponed does not count.
    pub fn line(&self, queue: &QueueId) -> impl Iterator<Item = Piece> {
        self.queues.get(queue).into_iter().flat_map(|queue| queue.line.iter().map(|rank| rank.piece))
    }

    /// How many wait in a queue.
    #[must_use]
    pub fn waiting(&self, queue: &QueueId) -> usize {
        self.queues.get(queue).map_or(0, |queue| queue.line.len())
    }

    /// Since when the longest waiting has waited.
    #[must_use]
    pub fn longest_waiting_since(&self, queue: &QueueId) -> Option<DateTime<Utc>> {
        let line = &self.queues.get(queue)?.line;
        let mut longest: Option<DateTime<Utc>> = None;
        let mut first = line.first();
        // Within one priority the first waits longest: a leap from one to the next, six at most.
        while let Some(rank) = first {
            longest = longest.into_iter().chain([rank.since]).min();
            let last = Rank { since: DateTime::<Utc>::MAX_UTC, ..*rank };
            first = line.range(last..).find(|next| (next.priority, next.fresh) != (rank.priority, rank.fresh));
        }
        longest
    }

    /// How many wait longer than the queue's target.
    #[must_use]
    pub fn beyond_target(&self, queue: &QueueId, now: DateTime<Utc>) -> usize {
        let Some(queue) = self.queues.get(queue) else { return 0 };
        queue.line.iter().filter(|rank| after(rank.since, queue.rules.target) < now).count()
    }
}
