//! The index of what waits. Pieces that the same operators may take are one class; for somebody who is free the classes
//! they may take are found by sets of bits, and the first of their heads is what they get. It follows from the pieces,
//! the rules and the time of the last look at each piece.

use super::bits::{Bits, Levels, Sets, Slots};
use super::needs::{Demand, Needs};
use super::operator::Operator;
use super::piece::{Piece, Rank};
use model::user::SkillLevel;
use model::{QueueId, ServiceId, TopicId, UserId};
use std::collections::{BTreeMap, BTreeSet};

/// What the pieces of a class have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Class {
    pub(super) queue: QueueId,
    pub(super) weight: u32,
    /// May take it, whatever else is asked for.
    pub(super) owner: Option<UserId>,
    /// Nobody but the owner may take it.
    pub(super) held: bool,
    /// The operators of these queues may take it.
    pub(super) serving: BTreeSet<QueueId>,
    pub(super) needs: Needs,
}

/// All classes of which something waits, each with a slot.
#[derive(Debug, Clone, Default)]
pub(super) struct Waiting {
    slots: Slots,
    slot_of: BTreeMap<Class, usize>,
    places: BTreeMap<Piece, (usize, Rank)>,
    // Boxed, so that a longer vector is moved in no time.
    classes: Vec<Option<Box<Row>>>,
    /// The first of each class with its weight, side by side in memory.
    heads: Vec<Option<(Rank, u32)>>,
    shut: BTreeSet<QueueId>,
    /// Classes by the queue that their pieces wait in.
    own: Sets<QueueId>,
    /// Classes by the queues whose operators may take them.
    serving: Sets<QueueId>,
    owners: Sets<UserId>,
    held: Sets<UserId>,
    topics: Asked<TopicId>,
    services: Asked<ServiceId>,
    languages: Asked<String>,
}

/// A class, and what waits of it.
#[derive(Debug, Clone)]
struct Row {
    class: Class,
    ranks: BTreeSet<Rank>,
}

impl Waiting {
    /// Puts a piece into its class. It must not be in one.
    pub(super) fn insert(&mut self, piece: Piece, class: Class, rank: Rank) {
        let slot = match self.slot_of.get(&class) {
            Some(slot) => *slot,
            None => self.open(class),
        };
        if let Some(Some(row)) = self.classes.get_mut(slot) {
            let Row { class, ranks } = row.as_mut();
            ranks.insert(rank);
            let head = ranks.first().map(|first| (*first, class.weight));
            if let Some(place) = self.heads.get_mut(slot) {
                *place = head;
            }
        }
        self.places.insert(piece, (slot, rank));
    }

    /// Takes a piece out, if it waits.
    pub(super) fn remove(&mut self, piece: Piece) -> Option<Rank> {
        let (slot, rank) = self.places.remove(&piece)?;
        if let Some(Some(row)) = self.classes.get_mut(slot) {
            let Row { class, ranks } = row.as_mut();
            ranks.remove(&rank);
            let head = ranks.first().map(|first| (*first, class.weight));
            if let Some(place) = self.heads.get_mut(slot) {
                *place = head;
            }
            if head.is_none() {
                self.end(slot);
            }
        }
        Some(rank)
    }

    pub(super) fn class(&self, piece: Piece) -> Option<&Class> {
        let (slot, _) = self.places.get(&piece)?;
        self.classes.get(*slot)?.as_ref().map(|row| &row.class)
    }

    pub(super) fn rank(&self, piece: Piece) -> Option<Rank> {
        self.places.get(&piece).map(|(_, rank)| *rank)
    }

    /// The first of all pieces that this operator may take and has room for.
    pub(super) fn first_for(&self, id: UserId, operator: &Operator) -> Option<Rank> {
        let room = operator.may_be_offered();
        if room == 0 {
            return None;
        }
        let profile = &operator.profile;
        let mut fit = self.serving.union(&profile.queues);
        self.topics.sift(&mut fit, &profile.topics);
        self.services.sift(&mut fit, &profile.services);
        self.languages.sift(&mut fit, &profile.languages);
        if let Some(own) = self.owners.get(&id) {
            fit.join(own);
        }
        for shut in self.shut.iter().filter_map(|queue| self.own.get(queue)) {
            fit.put_out(shut);
        }
        let heads = fit.iter().filter_map(|slot| self.heads.get(slot)?.as_ref());
        heads.filter(|(_, weight)| *weight <= room).map(|(rank, _)| *rank).min()
    }

    /// The first few pieces that are held for this owner.
    pub(super) fn held_for(&self, owner: UserId, most: usize) -> Vec<Piece> {
        let Some(held) = self.held.get(&owner) else { return Vec::new() };
        let ranks = held.iter().filter_map(|slot| self.classes.get(slot)?.as_ref()).flat_map(|row| &row.ranks);
        ranks.take(most).map(|rank| rank.piece).collect()
    }

    /// Lets nobody take from the queue, or lets them again.
    pub(super) fn shut(&mut self, queue: &QueueId, shut: bool) {
        if shut {
            self.shut.insert(queue.clone());
        } else {
            self.shut.remove(queue);
        }
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        let sets = [self.own.is_empty(), self.serving.is_empty(), self.owners.is_empty(), self.held.is_empty()];
        let asked = [self.topics.is_empty(), self.services.is_empty(), self.languages.is_empty()];
        self.slot_of.is_empty() && self.places.is_empty() && sets.iter().chain(&asked).all(|empty| *empty)
    }

    fn open(&mut self, class: Class) -> usize {
        let slot = self.slots.take();
        self.own.insert(&class.queue, slot);
        if let Some(owner) = &class.owner {
            self.owners.insert(owner, slot);
        }
        match &class.owner {
            Some(owner) if class.held => self.held.insert(owner, slot),
            _ => {
                for queue in &class.serving {
                    self.serving.insert(queue, slot);
                }
                let Needs { topic, service, language } = &class.needs;
                self.topics.insert(topics(topic.as_ref()), least(topic.as_ref()), slot);
                self.services.insert(service.iter().map(|d| &d.of), least(service.as_ref()), slot);
                self.languages.insert(language.iter().map(|d| &d.of), least(language.as_ref()), slot);
            }
        }
        if self.classes.len() <= slot {
            self.classes.resize(slot + 1, None);
            self.heads.resize(slot + 1, None);
        }
        self.slot_of.insert(class.clone(), slot);
        if let Some(place) = self.classes.get_mut(slot) {
            *place = Some(Box::new(Row { class, ranks: BTreeSet::new() }));
        }
        slot
    }

    fn end(&mut self, slot: usize) {
        let Some(row) = self.classes.get_mut(slot).and_then(Option::take) else { return };
        let class = row.class;
        self.slot_of.remove(&class);
        self.own.remove(&class.queue, slot);
        if let Some(owner) = &class.owner {
            self.owners.remove(owner, slot);
            self.held.remove(owner, slot);
        }
        for queue in &class.serving {
            self.serving.remove(queue, slot);
        }
        let Needs { topic, service, language } = &class.needs;
        self.topics.remove(topics(topic.as_ref()), slot);
        self.services.remove(service.iter().map(|d| &d.of), slot);
        self.languages.remove(language.iter().map(|d| &d.of), slot);
        self.slots.give_back(slot);
    }
}

fn topics(demand: Option<&Demand<Vec<TopicId>>>) -> impl Iterator<Item = &TopicId> {
    demand.into_iter().flat_map(|demand| &demand.of)
}

fn least<T>(demand: Option<&Demand<T>>) -> Option<SkillLevel> {
    demand.and_then(|demand| demand.least)
}

/// Classes by one kind of skill.
#[derive(Debug, Clone)]
struct Asked<K> {
    /// Those that ask for nothing of the kind.
    nothing: Bits,
    /// Those for which that level is enough.
    enough: Levels<K>,
}

impl<K: Ord + Clone> Asked<K> {
    fn insert<'a>(&mut self, keys: impl Iterator<Item = &'a K>, least: Option<SkillLevel>, slot: usize)
    where
        K: 'a,
    {
        let Some(least) = least else { return self.nothing.insert(slot) };
        for key in keys {
            self.enough.insert(key, slot, |level| level >= least);
        }
    }

    fn remove<'a>(&mut self, keys: impl Iterator<Item = &'a K>, slot: usize)
    where
        K: 'a,
    {
        self.nothing.remove(slot);
        for key in keys {
            self.enough.remove(key, slot);
        }
    }

    /// Keeps the classes for which these skills are enough.
    fn sift(&self, fit: &mut Bits, skills: &BTreeMap<K, SkillLevel>) {
        let mut enough = self.nothing.clone();
        for bits in skills.iter().filter_map(|(key, level)| self.enough.at(*level).get(key)) {
            enough.join(bits);
        }
        fit.keep(&enough);
    }
}

#[cfg(test)]
impl<K: Ord + Clone> Asked<K> {
    fn is_empty(&self) -> bool {
        self.nothing.is_empty() && self.enough.is_empty()
    }
}

impl<K> Default for Asked<K> {
    fn default() -> Self {
        Self { nothing: Bits::default(), enough: Levels::default() }
    }
}
