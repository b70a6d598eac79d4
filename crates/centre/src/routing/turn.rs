//! A turn: one event being applied to the state, with what follows from it.

use super::operator::{Operator, Profile, Shown};
use super::piece::Rank;
use super::timers::Timer;
use super::{Command, Doing, State};
use chrono::{DateTime, Utc};
use model::UserId;
use std::collections::BTreeSet;

/// How many timers, or pieces of work that grows with a queue, are seen to in one turn.
pub(super) const PORTION: usize = 2;

/// One event being applied.
pub(super) struct Turn<'a> {
    pub(super) state: &'a mut State,
    pub(super) now: DateTime<Utc>,
    pub(super) commands: Vec<Command>,
    /// Operators who may be offered more than before.
    pub(super) freed: BTreeSet<UserId>,
    /// Pieces that more may take than before.
    pub(super) restless: BTreeSet<Rank>,
    touched: BTreeSet<UserId>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(state: &'a mut State, now: DateTime<Utc>) -> Self {
        let (freed, restless, touched) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        Self { state, now, commands: Vec::new(), freed, restless, touched }
    }

    pub(super) fn tick(&mut self) {
        let mut left = PORTION;
        while left > 0
            && let Some(timer) = self.state.timers.pop(self.now)
        {
            let done = match timer {
                Timer::Closing(queue) => self.tell_closed(&queue, left),
                Timer::Restaging(queue) => self.restage_more(&queue, left),
                Timer::Release(operator) => self.release(operator, left),
                Timer::WrapUp(operator, piece) => {
                    self.wrap_up_over(operator, piece);
                    1
                }
                Timer::Piece(piece) => {
                    self.wake(piece);
                    1
                }
            };
            left = left.saturating_sub(done.max(1));
        }
    }

    /// Changes an operator, with all that goes by what they are doing.
    pub(super) fn change<R>(&mut self, id: UserId, change: impl FnOnce(&mut Operator) -> R) -> Option<R> {
        let operator = self.state.operators.get_mut(&id)?;
        let result = change(operator);
        self.state.roster.refresh(id, operator);
        self.touched.insert(id);
        if operator.may_be_offered() > 0 {
            self.freed.insert(id);
        }
        Some(result)
    }

    /// Gives an operator another profile.
    pub(super) fn enrol(&mut self, id: UserId, profile: Profile) {
        let Some(operator) = self.state.operators.get_mut(&id) else { return };
        self.state.roster.strike(id, &operator.profile);
        self.state.roster.enter(id, &profile);
        self.change(id, |operator| operator.profile = profile);
    }

    /// Offers what can be offered, forgets who has gone, shows who is doing something else.
    pub(super) fn end(mut self) -> Vec<Command> {
        self.settle();
        for id in std::mem::take(&mut self.touched) {
            let Some(operator) = self.state.operators.get_mut(&id) else { continue };
            let gone = operator.is_away() && operator.has_nothing();
            let shows = if gone { Shown { doing: Doing::Off, then: None } } else { operator.show() };
            if operator.shown.as_ref() != Some(&shows) {
                operator.shown = Some(shows.clone());
                self.commands.push(Command::Show { operator: id, shown: shows });
            }
            if gone {
                self.state.roster.strike(id, &operator.profile);
                self.state.operators.remove(&id);
            }
        }
        self.commands
    }
}
