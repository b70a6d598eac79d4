//! Routing: who takes which piece of work. A pure reducer, so that the live centre, the simulator and the staffing
//! planner decide alike: [`step`] takes what happened and the time, changes the [`State`] and says what is to be done.
//!
//! It keeps, whenever [`State::due`] lies in the future: no piece is lost or in two hands; none waits while somebody fit
//! is ready, but for the time it is held for the case's own operator or postponed; nobody is offered more than they have
//! room for; an offer ends by its lease; a wrap-up lasts as long as it was given; a piece that comes back keeps its place.
//! The tests check it on every course of small worlds and on random courses of large ones.

mod bits;
mod choose;
mod command;
mod duty;
mod estimate;
mod event;
mod hand;
mod lease;
mod line;
mod needs;
mod operator;
mod piece;
mod roster;
mod rules;
mod stage;
mod timers;
mod turn;
mod view;
mod waiting;

#[cfg(test)]
mod chance;
#[cfg(test)]
mod check;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod tests;

pub use command::{Closing, Command, Refusal, Withdrawal};
pub use event::{Event, To};
pub use needs::{Demand, Needs};
pub use operator::{Availability, Doing, Operator, PauseReason, Profile, Shown, WrapUp};
pub use piece::{CallbackId, Entry, Piece, Standing, Work, usual_weight};
pub use rules::{Overflow, Relaxation, Rules, Suggestion};

use chrono::{DateTime, Utc};
use model::{QueueId, UserId};
use rules::Queue;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

/// Everything that routing knows: queues, the operators who are in, the pieces that wait, are offered or in hand.
///
/// Two states are equal when they know the same; how their indexes lie in memory does not count, and no choice goes by it.
#[derive(Debug, Clone, Default)]
pub struct State {
    queues: BTreeMap<QueueId, Queue>,
    operators: BTreeMap<UserId, Operator>,
    pieces: BTreeMap<Piece, Entry>,
    timers: timers::Timers,
    // Both follow from the fields above.
    roster: roster::Roster,
    waiting: waiting::Waiting,
}

/// Takes what happened at `now` and says what is to be done about it, in order.
///
/// Events that come again (somebody signs in twice, a piece is gone twice) or too late change nothing. Work that would
/// grow with the queue, such as closing one with thousands of callers, is done in portions: [`State::due`] then lies in
/// the past, and [`Event::Tick`] goes on with it. Whoever drives the reducer ticks until `due` lies in the future.
pub fn step(state: &mut State, event: Event, now: DateTime<Utc>) -> Vec<Command> {
    let mut turn = turn::Turn::new(state, now);
    match event {
        Event::Tick => turn.tick(),
        Event::Ruled { queue, rules } => turn.ruled(queue, rules),
        Event::Closed { queue } => turn.closed(&queue),
        Event::Opened { queue } => turn.opened(&queue),
        Event::SignedIn { operator, profile } => turn.signed_in(operator, profile),
        Event::Skilled { operator, profile } => turn.skilled(operator, profile),
        Event::Ready { operator } => turn.ready(operator),
        Event::Pausing { operator, reason } => turn.away(operator, Availability::Pause(PauseReason::Asked(reason))),
        Event::Leaving { operator } => turn.away(operator, Availability::Off),
        Event::Lost { operator } => turn.away(operator, Availability::Lost),
        Event::WrappedUp { operator, piece } => turn.wrapped_up(operator, piece),
        Event::Prolonged { operator, piece, until } => turn.prolonged(operator, piece, until),
        Event::Waits { piece, work } => turn.waits(piece, work),
        Event::Changed { piece, work } => turn.changed(piece, work),
        Event::Gone { piece } => turn.gone(piece),
        Event::CallBack { caller, callback } => turn.call_back(caller, callback),
        Event::Postponed { piece, until } => turn.postponed(piece, until),
        Event::Accepted { operator, piece } => turn.accepted(operator, piece),
        Event::Declined { operator, piece } => turn.declined(operator, piece),
        Event::Missed { operator, piece } => turn.missed(operator, piece),
        Event::Taken { operator, piece, work } => turn.taken(operator, piece, work),
        Event::Finished { operator, piece } => turn.finished(operator, piece),
        Event::Transferred { operator, piece, to } => turn.transferred(operator, piece, to),
        Event::HandedOver { piece, to, instead_of } => turn.handed_over(piece, to, instead_of),
    }
    turn.end()
}

impl State {
    /// When the next [`Event::Tick`] is useful: a lease, a wrap-up, a hold or a postponement ends, a demand falls, another
    /// queue's operators are taken in, or a portion of work is left.
    #[must_use]
    pub fn due(&self) -> Option<DateTime<Utc>> {
        self.timers.first()
    }
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.queues == other.queues
            && self.operators == other.operators
            && self.pieces == other.pieces
            && self.timers == other.timers
    }
}

impl Eq for State {}

impl Hash for State {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.queues.hash(hasher);
        self.operators.hash(hasher);
        self.pieces.hash(hasher);
        self.timers.hash(hasher);
    }
}
