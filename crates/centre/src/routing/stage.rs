//! Stages: what a piece that waits asks for at a given time. The longer it waits, the less it asks for and the more may
//! take it; while it is held, its owner alone may.

use super::State;
use super::needs::Needs;
use super::operator::Availability;
use super::piece::Entry;
use super::rules::{Overflow, Relaxation, Suggestion, after};
use super::waiting::Class;
use chrono::{DateTime, Utc};
use model::UserId;
use std::collections::BTreeSet;

/// A piece at a time.
pub(super) struct Stage {
    pub(super) class: Class,
    /// When it is to be looked at again.
    pub(super) next: Option<DateTime<Utc>>,
    /// What the caller is to be told, and the step of the rules that says so.
    pub(super) suggest: Option<(u32, Suggestion)>,
}

impl State {
    /// What the piece asks for at `now`; None when its queue does not exist.
    pub(super) fn stage(&self, entry: &Entry, now: DateTime<Utc>) -> Option<Stage> {
        let work = &entry.work;
        let rules = &self.queues.get(&work.queue)?.rules;
        let mut next = None;
        let mut reached = |seconds: u32| {
            let at = after(work.since, seconds);
            if at > now {
                next = Some(next.map_or(at, |next: DateTime<Utc>| next.min(at)));
            }
            at <= now
        };
        let mut needs = work.needs.clone();
        for (seconds, relaxation) in &rules.relaxations {
            if reached(*seconds) {
                relax(&mut needs, *relaxation);
            }
        }
        let mut serving = BTreeSet::from([work.queue.clone()]);
        let mut suggest = None;
        for (seconds, overflow) in &rules.overflows {
            match overflow {
                _ if !reached(*seconds) => {}
                Overflow::Also(queue) => {
                    serving.insert(queue.clone());
                }
                Overflow::Suggest(way) if entry.told.is_none_or(|told| told < *seconds) => {
                    suggest = suggest.max(Some((*seconds, *way)));
                }
                Overflow::Suggest(_) => {}
            }
        }
        let owner = entry.owner();
        let hold = entry.hold.filter(|until| *until > now && owner.is_some_and(|owner| self.awaits(owner)));
        next = next.into_iter().chain(hold).min();
        let class =
            Class { queue: work.queue.clone(), weight: work.weight, owner, held: hold.is_some(), serving, needs };
        Some(Stage { class, next, suggest })
    }

    /// Whether somebody is likely free soon: they are in and want neither a pause nor to leave. How long a talk still lasts
    /// is not known, so that the wait for them is bounded by the queue's rules alone.
    pub(super) fn awaits(&self, owner: UserId) -> bool {
        self.operators.get(&owner).is_some_and(|owner| owner.availability == Availability::Ready)
    }
}

fn relax(needs: &mut Needs, relaxation: Relaxation) {
    match relaxation {
        Relaxation::TopicTo(level) => {
            if let Some(topic) = &mut needs.topic {
                topic.least = topic.least.map(|least| least.min(level));
            }
        }
        Relaxation::TopicDropped => {
            if let Some(topic) = &mut needs.topic {
                topic.least = None;
            }
        }
        Relaxation::LanguageDropped => {
            if let Some(language) = &mut needs.language {
                language.least = None;
            }
        }
    }
}
