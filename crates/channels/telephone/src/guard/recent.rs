//! A map of bounded size: when it is full, whoever was touched longest ago goes. A flood of new keys costs no more memory
//! than it was given.

use std::collections::BTreeMap;

#[derive(Debug)]
pub(super) struct Recent<K, V> {
    capacity: usize,
    turn: u64,
    values: BTreeMap<K, (u64, V)>,
    turns: BTreeMap<u64, K>,
}

impl<K: Ord + Clone, V> Recent<K, V> {
    pub(super) fn new(capacity: usize) -> Self {
        Self { capacity: capacity.max(1), turn: 0, values: BTreeMap::new(), turns: BTreeMap::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &V> {
        self.values.values().map(|(_, value)| value)
    }

    /// The value, which now was touched last.
    pub(super) fn get(&mut self, key: &K) -> Option<&mut V> {
        let (turn, value) = self.values.get_mut(key)?;
        self.turns.remove(turn);
        self.turn = self.turn.saturating_add(1);
        *turn = self.turn;
        self.turns.insert(self.turn, key.clone());
        Some(value)
    }

    /// The value, or a new one in the place of whoever was touched longest ago.
    pub(super) fn get_or(&mut self, key: &K, new: impl FnOnce() -> V) -> Option<&mut V> {
        if !self.values.contains_key(key) {
            while self.values.len() >= self.capacity {
                let (_, oldest) = self.turns.pop_first()?;
                self.values.remove(&oldest);
            }
            self.values.insert(key.clone(), (0, new()));
        }
        self.get(key)
    }
}

#[cfg(test)]
mod tests {
    use super::Recent;

    #[test]
    fn whoever_was_touched_longest_ago_goes() {
        let mut map = Recent::new(2);
        map.get_or(&1, || "one");
        map.get_or(&2, || "two");
        map.get(&1);
        map.get_or(&3, || "three");
        assert_eq!(map.len(), 2);
        assert!(map.get(&2).is_none());
        assert!(map.get(&1).is_some() && map.get(&3).is_some());
        assert_eq!(map.turns.len(), 2);
    }
}
