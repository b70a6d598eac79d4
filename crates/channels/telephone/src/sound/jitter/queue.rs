//! The packets that wait to be played, in order of their timestamps.

use crate::sound::opus;
use bytes::{Bytes, BytesMut};
use std::collections::VecDeque;

/// A packet that waits; `end` is the timestamp after its last sample.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) marker: bool,
    pub(super) comfort: bool,
    // Whether a part of it was played.
    pub(super) touched: bool,
    pub(super) payload: Bytes,
}

/// How many packets left the queue, played at least in part and not.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Gone {
    pub(super) played: u64,
    pub(super) discarded: u64,
}

impl Gone {
    fn note(&mut self, held: &Held) {
        if held.touched {
            self.played += 1;
        } else {
            self.discarded += 1;
        }
    }
}

/// The queue.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue {
    held: VecDeque<Held>,
}

impl Queue {
    /// Puts a packet in its place; false if there is one of its timestamp.
    pub(super) fn insert(&mut self, held: Held) -> bool {
        let later = self.held.iter().rev().take_while(|other| other.start > held.start).count();
        let at = self.held.len() - later;
        if at.checked_sub(1).and_then(|at| self.held.get(at)).is_some_and(|other| other.start == held.start) {
            return false;
        }
        self.held.insert(at, held);
        true
    }

    pub(super) fn len(&self) -> usize {
        self.held.len()
    }

    pub(super) fn first(&self) -> Option<&Held> {
        self.held.front()
    }

    pub(super) fn pop(&mut self) -> Option<Held> {
        self.held.pop_front()
    }

    /// The timestamp after the last sample of the last packet.
    pub(super) fn end(&self) -> Option<i64> {
        self.held.back().map(|held| held.end)
    }

    /// The start of the first packet that starts after a timestamp.
    pub(super) fn after(&self, timestamp: i64) -> Option<i64> {
        self.held.iter().map(|held| held.start).find(|start| *start > timestamp)
    }

    /// Where the last so many packets start.
    pub(super) fn start_of_last(&self, count: usize) -> Option<i64> {
        self.held.iter().rev().take(count).last().map(|held| held.start)
    }

    /// Cuts bytes, one a tick, out of the packets that hold them: without copying where one has them all.
    pub(super) fn bytes(&mut self, start: i64, end: i64) -> Option<Bytes> {
        let first = self.held.front_mut().filter(|held| held.start <= start && start < held.end)?;
        if first.end >= end {
            first.touched = true;
            return Some(first.payload.slice(index(start - first.start)..index(end - first.start)));
        }
        let mut joined = BytesMut::with_capacity(index(end - start));
        let mut at = start;
        for held in self.held.iter().filter(|held| !held.comfort).take_while(|held| held.start < end) {
            if held.start > at {
                return None;
            }
            let until = held.end.min(end).max(at);
            joined.extend_from_slice(held.payload.get(index(at - held.start)..index(until - held.start))?);
            at = until;
        }
        if at < end {
            return None;
        }
        self.held.iter_mut().filter(|held| held.start < end && !held.comfort).for_each(|held| held.touched = true);
        Some(joined.freeze())
    }

    /// Takes out the packet of Opus that plays at a timestamp, joined with the next if it lasts less than `least`
    /// ticks; with the timestamp at which it starts and that after it.
    pub(super) fn packet(&mut self, at: i64, least: i64) -> Option<(Bytes, i64, i64, u64)> {
        let first = self.held.front().filter(|held| held.start == at && !held.comfort)?;
        let (start, mut end, mut payload, mut count) = (first.start, first.end, first.payload.clone(), 1);
        if end - start < least {
            let second = self.held.get(1).filter(|second| second.start == end && !second.comfort)?;
            payload = opus::join(&payload, &second.payload)?;
            (end, count) = (second.end, 2);
        }
        if end - start < least {
            return None;
        }
        for _ in 0..count {
            self.held.pop_front();
        }
        Some((payload, start, end, count))
    }

    /// Drops what ends before a timestamp, or what starts before it if packets are only played whole. Comfort noise is
    /// kept for the frame after its own timestamp.
    pub(super) fn drop_before(&mut self, timestamp: i64, frame: i64, whole: bool) -> Gone {
        let mut gone = Gone::default();
        let over = |held: &mut Held| match held {
            Held { comfort: true, start, .. } => *start + frame <= timestamp,
            Held { start, end, .. } => *end <= timestamp || (whole && *start < timestamp),
        };
        while let Some(held) = self.held.pop_front_if(over) {
            gone.note(&held);
        }
        gone
    }

    /// Drops all.
    pub(super) fn clear(&mut self) -> Gone {
        let mut gone = Gone::default();
        self.held.drain(..).for_each(|held| gone.note(&held));
        gone
    }
}

fn index(ticks: i64) -> usize {
    usize::try_from(ticks).unwrap_or(0)
}
