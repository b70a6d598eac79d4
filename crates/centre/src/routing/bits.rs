//! Sets of slots as words of bits: five thousand operators are sifted by some eighty of them.

use model::user::SkillLevel;
use std::collections::BTreeMap;

const WORD: usize = 64;

/// A set of slots.
#[derive(Debug, Clone, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn insert(&mut self, slot: usize) {
        let word = slot / WORD;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= 1 << (slot % WORD);
        }
    }

    pub(super) fn remove(&mut self, slot: usize) {
        if let Some(bits) = self.0.get_mut(slot / WORD) {
            *bits &= !(1 << (slot % WORD));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// Takes in what is in the other.
    pub(super) fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }

    /// Keeps what is in the other, too.
    pub(super) fn keep(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= theirs;
        }
    }

    /// Puts out what is in the other.
    pub(super) fn put_out(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= !theirs;
        }
    }

    /// The slots in ascending order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(word, bits)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let bit = usize::try_from(left.trailing_zeros()).ok().filter(|_| left != 0)?;
                left &= left - 1;
                Some(word * WORD + bit)
            })
        })
    }
}

/// Sets by a key; an empty one is not kept.
#[derive(Debug, Clone)]
pub(super) struct Sets<K>(BTreeMap<K, Bits>);

impl<K: Ord + Clone> Sets<K> {
    pub(super) fn get(&self, key: &K) -> Option<&Bits> {
        self.0.get(key)
    }

    pub(super) fn insert(&mut self, key: &K, slot: usize) {
        match self.0.get_mut(key) {
            Some(bits) => bits.insert(slot),
            None => self.0.entry(key.clone()).or_default().insert(slot),
        }
    }

    pub(super) fn remove(&mut self, key: &K, slot: usize) {
        if let Some(bits) = self.0.get_mut(key) {
            bits.remove(slot);
            if bits.is_empty() {
                self.0.remove(key);
            }
        }
    }

    /// What is in the sets of these keys.
    pub(super) fn union<'a>(&self, keys: impl IntoIterator<Item = &'a K>) -> Bits
    where
        K: 'a,
    {
        let mut all = Bits::default();
        for bits in keys.into_iter().filter_map(|key| self.0.get(key)) {
            all.join(bits);
        }
        all
    }
}

#[cfg(test)]
impl<K: Ord + Clone> Sets<K> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K> Default for Sets<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

/// Sets by a key and a level of skill.
#[derive(Debug, Clone)]
pub(super) struct Levels<K>([Sets<K>; 3]);

impl<K: Ord + Clone> Levels<K> {
    pub(super) fn at(&self, level: SkillLevel) -> &Sets<K> {
        let [basic, good, expert] = &self.0;
        match level {
            SkillLevel::Basic => basic,
            SkillLevel::Good => good,
            SkillLevel::Expert => expert,
        }
    }

    fn at_mut(&mut self, level: SkillLevel) -> &mut Sets<K> {
        let [basic, good, expert] = &mut self.0;
        match level {
            SkillLevel::Basic => basic,
            SkillLevel::Good => good,
            SkillLevel::Expert => expert,
        }
    }

    /// Puts the slot into the sets of those levels.
    pub(super) fn insert(&mut self, key: &K, slot: usize, at: impl Fn(SkillLevel) -> bool) {
        for level in SkillLevel::ALL.iter().copied().filter(|level| at(*level)) {
            self.at_mut(level).insert(key, slot);
        }
    }

    pub(super) fn remove(&mut self, key: &K, slot: usize) {
        for level in SkillLevel::ALL {
            self.at_mut(*level).remove(key, slot);
        }
    }
}

#[cfg(test)]
impl<K: Ord + Clone> Levels<K> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(Sets::is_empty)
    }
}

impl<K> Default for Levels<K> {
    fn default() -> Self {
        Self([Sets::default(), Sets::default(), Sets::default()])
    }
}

/// Slots that are given out and taken back.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    given: usize,
    back: Vec<usize>,
}

impl Slots {
    pub(super) fn take(&mut self) -> usize {
        self.back.pop().unwrap_or_else(|| {
            self.given += 1;
            self.given - 1
        })
    }

    pub(super) fn give_back(&mut self, slot: usize) {
        self.back.push(slot);
    }
}
