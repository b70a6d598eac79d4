//! The index of operators: who is free and best for a class of pieces, found by sets of bits. It follows from the
//! operators alone and knows no order of its own: ties go by idle time and id.

use super::bits::{Bits, Levels, Sets, Slots};
use super::operator::{Idle, Operator, Profile};
use super::waiting::Class;
use model::user::SkillLevel;
use model::{QueueId, ServiceId, TopicId, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// All operators who are in, each with a slot.
#[derive(Debug, Clone, Default)]
pub(super) struct Roster {
    slots: Slots,
    slot_of: BTreeMap<UserId, usize>,
    seats: Vec<Option<Seat>>,
    free: Bits,
    queues: Sets<QueueId>,
    // Who has at least that level.
    topics: Levels<TopicId>,
    services: Levels<ServiceId>,
    languages: Levels<String>,
}

/// What is looked at for each candidate, side by side in memory.
#[derive(Debug, Clone, Copy)]
struct Seat {
    idle: Idle,
    room: u32,
}

impl Roster {
    /// Enters somebody's skills. Those they had are to be struck out before.
    pub(super) fn enter(&mut self, operator: UserId, profile: &Profile) {
        let slot = self.slots.take();
        self.slot_of.insert(operator, slot);
        for queue in &profile.queues {
            self.queues.insert(queue, slot);
        }
        for (topic, level) in &profile.topics {
            self.topics.insert(topic, slot, |at| at <= *level);
        }
        for (service, level) in &profile.services {
            self.services.insert(service, slot, |at| at <= *level);
        }
        for (language, level) in &profile.languages {
            self.languages.insert(language, slot, |at| at <= *level);
        }
    }

    pub(super) fn strike(&mut self, operator: UserId, profile: &Profile) {
        let Some(slot) = self.slot_of.remove(&operator) else { return };
        self.free.remove(slot);
        if let Some(seat) = self.seats.get_mut(slot) {
            *seat = None;
        }
        for queue in &profile.queues {
            self.queues.remove(queue, slot);
        }
        for topic in profile.topics.keys() {
            self.topics.remove(topic, slot);
        }
        for service in profile.services.keys() {
            self.services.remove(service, slot);
        }
        for language in profile.languages.keys() {
            self.languages.remove(language, slot);
        }
        self.slots.give_back(slot);
    }

    /// Takes over what has changed in an operator besides their profile.
    pub(super) fn refresh(&mut self, id: UserId, operator: &Operator) {
        let Some(slot) = self.slot_of.get(&id).copied() else { return };
        let room = operator.may_be_offered();
        if room > 0 {
            self.free.insert(slot)
        } else {
            self.free.remove(slot)
        }
        if self.seats.len() <= slot {
            self.seats.resize(slot + 1, None);
        }
        if let Some(seat) = self.seats.get_mut(slot) {
            *seat = Some(Seat { idle: Idle { since: operator.idle_since, operator: id }, room });
        }
    }

    /// Who of the free should take a piece of the class: the best at its topic, then at its service, then in its language,
    /// then the longest idle.
    ///
    /// Skills are compared one after another, not added up: the levels are an order and no measure, so that nobody can
    /// say how much language makes up for how little of the topic; and the topic is what decides whether the first who
    /// takes it can solve it.
    pub(super) fn best(&self, class: &Class, passed: &BTreeSet<UserId>) -> Option<UserId> {
        let mut fit = self.queues.union(&class.serving);
        fit.keep(&self.free);
        for slot in passed.iter().filter_map(|operator| self.slot_of.get(operator)) {
            fit.remove(*slot);
        }
        let mut axes = Vec::with_capacity(3);
        if let Some(topic) = &class.needs.topic {
            axes.push(Axis::sift(&mut fit, topic.least, |level| self.topics.at(level).union(&topic.of)));
        }
        if let Some(service) = &class.needs.service {
            axes.push(Axis::sift(&mut fit, service.least, |level| self.services.at(level).union([&service.of])));
        }
        if let Some(language) = &class.needs.language {
            axes.push(Axis::sift(&mut fit, language.least, |level| self.languages.at(level).union([&language.of])));
        }
        self.descend(fit, &axes, class.weight)
    }

    /// The best by the first axis, among equals by the next.
    fn descend(&self, mut fit: Bits, axes: &[Axis], weight: u32) -> Option<UserId> {
        if fit.is_empty() {
            return None;
        }
        let Some((axis, rest)) = axes.split_first() else {
            let seats = fit.iter().filter_map(|slot| self.seats.get(slot)?.as_ref());
            let best = seats.filter(|seat| seat.room >= weight).map(|seat| seat.idle).min();
            return best.map(|idle| idle.operator);
        };
        for able in &axis.from_the_best {
            let mut part = fit.clone();
            part.keep(able);
            if let Some(found) = self.descend(part, rest, weight) {
                return Some(found);
            }
            fit.put_out(able);
        }
        self.descend(fit, rest, weight)
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        let skills = [self.topics.is_empty(), self.services.is_empty(), self.languages.is_empty()];
        self.slot_of.is_empty() && self.free.is_empty() && self.queues.is_empty() && skills.iter().all(|empty| *empty)
    }

    /// How many who serve the queue could be offered something.
    pub(super) fn free_in(&self, queue: &QueueId) -> usize {
        let mut free = self.free.clone();
        match self.queues.get(queue) {
            Some(serving) => free.keep(serving),
            None => return 0,
        }
        free.iter().count()
    }
}

/// Who can do something at least as an expert, well, at all.
struct Axis {
    from_the_best: Vec<Bits>,
}

impl Axis {
    /// Keeps in `fit` who meets the least that is asked for.
    fn sift(fit: &mut Bits, least: Option<SkillLevel>, able: impl Fn(SkillLevel) -> Bits) -> Self {
        if let Some(least) = least {
            fit.keep(&able(least));
        }
        let levels = SkillLevel::ALL.iter().rev().copied().filter(|level| least.is_none_or(|least| *level >= least));
        Self { from_the_best: levels.map(able).collect() }
    }
}
