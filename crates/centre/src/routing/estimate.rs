//! The expected wait, as it is announced to callers.

use super::rules::Queue;
use super::{Piece, State};
use chrono::TimeDelta;

/// The last service counts for one part in so many of the mean.
const MEMORY: i32 = 8;

impl Queue {
    /// Takes the time from taking up a piece to the end of its wrap-up into the mean, weighted exponentially: the last
    /// counts for an eighth, what was longer ago for less and less.
    pub(super) fn learn(&mut self, service: TimeDelta) {
        let service = service.max(TimeDelta::zero());
        self.mean_service = Some(self.mean_service.map_or(service, |mean| mean + (service - mean) / MEMORY));
    }
}

impl State {
    /// How long this piece probably waits from now on; None when it does not wait, when nothing of its queue was finished
    /// yet, or when nobody is there to serve it.
    ///
    /// `place × mean service / servers`, where the servers are the pieces of the queue that are in hand or wrapped up now,
    /// and the free operators who serve it. Pieces in service divided by the mean service is the rate at which the queue
    /// moves on (Little's law, Operations Research 9 (1961) 383–387, applied to those in service), and a piece waits until
    /// the queue has moved on by its place. In M/M/n that is the mean virtual waiting time; those who give up before are
    /// not counted, so that it is rather too long than too short. Operators who serve several queues count where they
    /// work at the moment. A piece that is held or put off is not served by its place alone: for it this is a lower bound.
    #[must_use]
    pub fn expected_wait(&self, piece: Piece) -> Option<TimeDelta> {
        let place = i64::try_from(self.place(piece)?).ok()?;
        let id = &self.pieces.get(&piece)?.work.queue;
        let queue = self.queues.get(id)?;
        let servers = i64::try_from(queue.in_service + self.roster.free_in(id)).ok().filter(|servers| *servers > 0)?;
        let mean = queue.mean_service?.num_milliseconds();
        TimeDelta::try_milliseconds(mean.saturating_mul(place) / servers)
    }
}
