//! Choosing: which piece goes next, and who takes it.

use super::piece::Rank;
use super::turn::Turn;
use super::{Piece, Standing, State};
use model::UserId;
use std::collections::BTreeSet;

impl State {
    /// The first piece that this operator may take now.
    pub(super) fn first_for(&self, operator: UserId) -> Option<Rank> {
        self.waiting.first_for(operator, self.operators.get(&operator)?)
    }

    /// Who takes the piece now: its owner, else the best of those who did not let it pass, else the best of all.
    pub(super) fn choose(&self, piece: Piece) -> Option<UserId> {
        let entry = self.pieces.get(&piece).filter(|entry| entry.standing == Standing::Waiting)?;
        self.queues.get(&entry.work.queue).filter(|queue| queue.open)?;
        let class = self.waiting.class(piece)?;
        let is_free = |owner: &UserId| self.operators.get(owner).is_some_and(|o| o.may_be_offered() >= class.weight);
        if let Some(owner) = class.owner.filter(is_free) {
            return Some(owner);
        }
        if class.held {
            return None;
        }
        let first = self.roster.best(class, &entry.passed);
        if first.is_some() || entry.passed.is_empty() { first } else { self.roster.best(class, &BTreeSet::new()) }
    }
}

impl Turn<'_> {
    /// Offers what can be offered. Only operators who became free and pieces that may be taken by more than before need to
    /// be looked at: nothing else has changed since nobody fit was ready for anything that waits.
    pub(super) fn settle(&mut self) {
        // The first piece of all goes first, so that the order in which operators became free does not matter.
        loop {
            let mut next: Option<Rank> = None;
            let state = &*self.state;
            self.freed.retain(|operator| {
                let first = state.first_for(*operator);
                next = next.into_iter().chain(first).min();
                first.is_some()
            });
            match next {
                Some(rank) if self.offer_out(rank.piece) => {}
                _ => break,
            }
        }
        self.freed.clear();
        while let Some(rank) = self.restless.pop_first() {
            self.offer_out(rank.piece);
        }
    }

    fn offer_out(&mut self, piece: Piece) -> bool {
        let Some(operator) = self.state.choose(piece) else { return false };
        self.lease(piece, operator);
        true
    }
}
