//! What must hold, reckoned plainly from the outside: no index, no stage, no timer of the reducer's is trusted.

use super::*;
use chrono::TimeDelta;
use model::user::SkillLevel;
use std::collections::BTreeSet;

pub(super) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_000_000 + seconds, 0).unwrap()
}

/// The outside: carries out what it is told, and complains when that cannot be.
#[derive(Debug, Clone, Default)]
pub(super) struct Outside {
    pub(super) state: State,
    pub(super) now: DateTime<Utc>,
    pub(super) ringing: BTreeMap<Piece, UserId>,
    pub(super) known: BTreeSet<Piece>,
}

impl Outside {
    pub(super) fn new() -> Self {
        Self { now: at(0), ..Self::default() }
    }

    /// One event, then ticks until nothing is due; everything is checked.
    pub(super) fn tell(&mut self, event: Event) -> Vec<Command> {
        let mut commands = self.one(event);
        commands.extend(self.settle());
        commands
    }

    pub(super) fn settle(&mut self) -> Vec<Command> {
        let mut commands = Vec::new();
        let mut ticks = 0;
        while self.state.due().is_some_and(|due| due <= self.now) {
            commands.extend(self.one(Event::Tick));
            ticks += 1;
            assert!(ticks < 100_000, "ticks without end at {}", self.now);
        }
        sound(&self.state, self.now);
        commands
    }

    /// Time goes on, stopping wherever something is due.
    pub(super) fn pass(&mut self, seconds: i64) -> Vec<Command> {
        let end = self.now + TimeDelta::seconds(seconds);
        let mut commands = Vec::new();
        while let Some(due) = self.state.due().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            commands.extend(self.settle());
        }
        self.now = end;
        commands
    }

    /// One event and nothing more, as when whoever drives the reducer is behind.
    pub(super) fn one(&mut self, event: Event) -> Vec<Command> {
        let before = self.state.clone();
        let commands = step(&mut self.state, event.clone(), self.now);
        self.follow(&event, &commands);
        kept(&before, &self.state, &event, self.now);
        commands
    }

    fn follow(&mut self, event: &Event, commands: &[Command]) {
        let mut connected = BTreeSet::new();
        match event {
            Event::Waits { piece, .. } => drop(self.known.insert(*piece)),
            Event::CallBack { caller, callback } if !self.known.contains(callback) => {
                let taken_over = self.state.piece(*caller).is_none() && self.known.contains(caller);
                if taken_over {
                    self.known.insert(*callback);
                    self.known.remove(caller);
                }
            }
            Event::Gone { piece } => drop(self.known.remove(piece)),
            Event::Finished { operator, piece } if self.state.piece(*piece).is_none() => {
                assert!(self.ringing.get(piece) != Some(operator));
                self.known.remove(piece);
            }
            Event::Declined { operator, piece } | Event::Missed { operator, piece }
                if self.ringing.get(piece) == Some(operator) =>
            {
                self.ringing.remove(piece);
            }
            // Accepted too late, it is withdrawn by a command.
            Event::Accepted { operator, piece } | Event::Taken { operator, piece, .. }
                if commands.contains(&Command::Connect { piece: *piece, operator: *operator }) =>
            {
                self.known.insert(*piece);
                if self.ringing.get(piece) == Some(operator) {
                    self.ringing.remove(piece);
                }
            }
            Event::HandedOver { instead_of: Some(talk), .. } if self.state.piece(*talk).is_none() => {
                self.known.remove(talk);
            }
            _ => {}
        }
        for command in commands {
            match command {
                Command::Offer { piece, operator, until } => {
                    assert!(*until > self.now, "an offer that is over at once");
                    assert!(
                        !self.ringing.values().any(|rings| rings == operator),
                        "two ring at {operator}: {commands:?}"
                    );
                    assert!(
                        self.ringing.insert(*piece, *operator).is_none(),
                        "{piece:?} rings twice: {event:?} {commands:?}"
                    );
                    let entry = self.state.piece(*piece).unwrap();
                    let direct = matches!(event, Event::Transferred { to: To::Operator(to), .. } if to == operator);
                    assert!(
                        direct || self.state.is_open(&entry.work.queue) == Some(true),
                        "offered from a closed queue"
                    );
                }
                Command::Withdraw { piece, operator, .. } => {
                    assert_eq!(self.ringing.remove(piece), Some(*operator), "withdrawn what did not ring: {event:?}");
                }
                Command::Connect { piece, operator } => {
                    assert!(connected.insert(*piece), "connected twice");
                    assert!(!self.ringing.contains_key(piece));
                    assert!(self.state.operator(*operator).unwrap().hands.contains_key(piece));
                }
                Command::Close { piece, .. } => {
                    assert!(self.known.remove(piece), "closed what was not known: {event:?} {commands:?}");
                    assert!(!self.ringing.contains_key(piece));
                }
                Command::TooLate { .. } | Command::Suggest { .. } | Command::Refuse { .. } | Command::Show { .. } => {}
            }
        }
        assert_eq!(
            self.known,
            self.state.pieces.keys().copied().collect(),
            "lost or invented by {event:?}: {commands:?}"
        );
        let rings: BTreeMap<_, _> = self.state.operators.iter().filter_map(|(id, o)| Some((o.offer?.0, *id))).collect();
        assert_eq!(self.ringing, rings, "rings otherwise than the state says, after {event:?}: {commands:?}");
        for (id, operator) in &self.state.operators {
            assert_eq!(operator.shown.as_ref(), Some(&operator.show()), "{id} is shown wrongly");
        }
    }
}

/// What one step may not do.
fn kept(before: &State, after: &State, event: &Event, now: DateTime<Utc>) {
    for (piece, entry) in &before.pieces {
        let Some(then) = after.pieces.get(piece) else { continue };
        assert_eq!(entry.work.since, then.work.since, "{piece:?} lost its place by {event:?}");
        let put_off = matches!(entry.standing, Standing::Postponed) && entry.wakes.unwrap() > now;
        if put_off && matches!(then.standing, Standing::Waiting | Standing::Offered { .. }) {
            let asked = matches!(event, Event::Postponed { piece: p, .. } | Event::Gone { piece: p } if p == piece);
            assert!(asked, "{piece:?} came before it was asked for, by {event:?}");
        }
    }
    if let Event::CallBack { caller, callback } = event
        && let Some(entry) = before.pieces.get(caller)
        && !before.pieces.contains_key(callback)
        && let Some(then) = after.pieces.get(callback)
    {
        assert_eq!((entry.work.since, entry.returned), (then.work.since, then.returned));
    }
    for (id, operator) in &before.operators {
        for (piece, wrap_up) in operator.wrap_ups.iter().filter(|(_, wrap_up)| wrap_up.until > now) {
            let ended = matches!(event, Event::WrappedUp { operator, piece: p } if operator == id && p == piece);
            let again = operator.hands.contains_key(piece);
            let lasts =
                after.operators.get(id).and_then(|o| o.wrap_ups.get(piece)).is_some_and(|w| w.until >= wrap_up.until);
            assert!(ended || again || lasts, "a wrap-up was cut short by {event:?}");
        }
    }
}

/// What holds whenever nothing is due.
pub(super) fn sound(state: &State, now: DateTime<Utc>) {
    for (piece, entry) in &state.pieces {
        let queue = state.queues.get(&entry.work.queue);
        let in_line = queue.is_some_and(|q| q.line.contains(&entry.rank(*piece, q.rules.priority)));
        assert_eq!(in_line, entry.standing == Standing::Waiting, "{piece:?} {entry:?}");
        match &entry.standing {
            Standing::Waiting => {
                let queue = queue.unwrap();
                assert!(queue.open && queue.pieces.contains(piece), "waits in a closed queue");
                for (id, operator) in &state.operators {
                    let ready = operator.availability == Availability::Ready && operator.offer.is_none();
                    let takes = ready && operator.load() + entry.work.weight <= operator.profile.capacity;
                    assert!(!(takes && fits(state, entry, *id, now)), "{piece:?} waits while {id} is ready: {entry:?}");
                }
                assert_eq!(state.waiting.rank(*piece), Some(entry.rank(*piece, queue.rules.priority)));
                assert_eq!(state.waiting.class(*piece), Some(&state.stage(entry, now).unwrap().class), "a stale class");
            }
            Standing::Postponed => assert!(entry.wakes.unwrap() > now && queue.unwrap().pieces.contains(piece)),
            Standing::Offered { to, until } => {
                let operator = state.operators.get(to).unwrap();
                assert!(*until > now && operator.availability == Availability::Ready);
                assert_eq!(operator.offer, Some((*piece, entry.work.weight)));
                assert_eq!(entry.wakes, Some(*until));
            }
            Standing::InHand { by, .. } => {
                assert_eq!(state.operators.get(by).unwrap().hands.get(piece), Some(&entry.work.weight));
                assert!(!queue.is_some_and(|queue| queue.pieces.contains(piece)));
            }
        }
    }
    for (id, operator) in &state.operators {
        assert!(operator.load() <= operator.profile.capacity, "{id} carries too much");
        assert!(operator.wrap_ups.values().all(|wrap_up| wrap_up.until > now), "a wrap-up without end");
        for piece in operator.hands.keys() {
            assert!(matches!(state.pieces.get(piece).unwrap().standing, Standing::InHand { by, .. } if by == *id));
        }
        assert!(!(operator.is_away() && operator.has_nothing()), "{id} has gone and is kept");
    }
    for (id, queue) in &state.queues {
        let wrapped = state.operators.values().flat_map(|o| o.wrap_ups.values()).filter(|w| w.queue == *id).count();
        let in_hand =
            state.pieces.values().filter(|e| e.work.queue == *id && matches!(e.standing, Standing::InHand { .. }));
        assert_eq!(queue.in_service, wrapped + in_hand.count());
        assert!(queue.pieces.iter().all(|piece| state.pieces.contains_key(piece)), "a queue keeps what is gone");
    }
}

/// Whether somebody may take a piece, skills and rules taken by their word.
pub(super) fn fits(state: &State, entry: &Entry, id: UserId, now: DateTime<Utc>) -> bool {
    let owner = entry.work.owner.filter(|owner| !entry.passed.contains(owner));
    if owner == Some(id) {
        return true;
    }
    let awaited =
        owner.and_then(|owner| state.operators.get(&owner)).is_some_and(|o| o.availability == Availability::Ready);
    if awaited && entry.hold.is_some_and(|until| until > now) {
        return false;
    }
    let profile = &state.operators.get(&id).unwrap().profile;
    let rules = &state.queues.get(&entry.work.queue).unwrap().rules;
    let waited = now - entry.work.since;
    let passed = |after: u32| waited >= TimeDelta::seconds(i64::from(after));
    let also = rules.overflows.iter().any(|(after, overflow)| match overflow {
        Overflow::Also(queue) => passed(*after) && profile.queues.contains(queue),
        Overflow::Suggest(_) => false,
    });
    let fallen = |which: Relaxation| rules.relaxations.iter().any(|(after, r)| *r == which && passed(*after));
    let enough = |has: Option<&SkillLevel>, least: Option<SkillLevel>| {
        least.is_none_or(|least| has.is_some_and(|has| *has >= least))
    };
    let topic = entry.work.needs.topic.as_ref().is_none_or(|topic| {
        let best = topic.of.iter().filter_map(|topic| profile.topics.get(topic)).max();
        let lowered = SkillLevel::ALL.iter().filter(|level| fallen(Relaxation::TopicTo(**level))).min();
        let least = topic.least.map(|least| lowered.map_or(least, |lowered| least.min(*lowered)));
        fallen(Relaxation::TopicDropped) || enough(best, least)
    });
    let service = entry.work.needs.service.as_ref().is_none_or(|s| enough(profile.services.get(&s.of), s.least));
    let language = entry
        .work
        .needs
        .language
        .as_ref()
        .is_none_or(|l| fallen(Relaxation::LanguageDropped) || enough(profile.languages.get(&l.of), l.least));
    (also || profile.queues.contains(&entry.work.queue)) && topic && service && language
}

/// Who should get a piece of all that could, by the order that is promised.
pub(super) fn best(state: &State, entry: &Entry, now: DateTime<Utc>) -> Option<UserId> {
    let able = |(id, operator): &(&UserId, &Operator)| {
        operator.may_be_offered() >= entry.work.weight && fits(state, entry, **id, now)
    };
    let owner = entry.work.owner.filter(|owner| !entry.passed.contains(owner));
    let needs = &entry.work.needs;
    let order = |(id, operator): &(&UserId, &Operator)| {
        let profile = &operator.profile;
        let topic = needs.topic.as_ref().and_then(|t| t.of.iter().filter_map(|t| profile.topics.get(t)).max());
        let service = needs.service.as_ref().and_then(|s| profile.services.get(&s.of));
        let language = needs.language.as_ref().and_then(|l| profile.languages.get(&l.of));
        let skill = std::cmp::Reverse((topic.copied(), service.copied(), language.copied()));
        (owner != Some(**id), entry.passed.contains(id), skill, operator.idle_since, **id)
    };
    state.operators.iter().filter(able).min_by_key(order).map(|(id, _)| *id)
}

/// What somebody should get of all that waits.
pub(super) fn first(state: &State, id: UserId, now: DateTime<Utc>) -> Option<Piece> {
    let operator = state.operators.get(&id)?;
    let waits = state.pieces.iter().filter(|(_, entry)| entry.standing == Standing::Waiting);
    let may = waits.filter(|(_, entry)| operator.may_be_offered() >= entry.work.weight && fits(state, entry, id, now));
    let rank =
        |piece: Piece, entry: &Entry| entry.rank(piece, state.queues.get(&entry.work.queue).unwrap().rules.priority);
    may.min_by_key(|(piece, entry)| rank(**piece, entry)).map(|(piece, _)| *piece)
}
