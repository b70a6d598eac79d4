//! Every course of small worlds: whatever happens in whatever order, what must hold is looked at after each event.

use super::oracle::Outside;
use super::*;
use chrono::TimeDelta;
use model::contact::Channel;
use model::queue::Priority;
use model::user::SkillLevel::{self, Basic, Expert, Good};
use model::{CaseId, ContactId, TopicId};
use std::collections::BTreeSet;
use std::hash::DefaultHasher;

const A: UserId = UserId(1);
const B: UserId = UserId(2);
const CALL: Piece = Piece::Contact(ContactId(1));
const OTHER: Piece = Piece::Contact(ContactId(2));
const CASE: Piece = Piece::Case(CaseId(1));
const BACK: Piece = Piece::Callback(CallbackId(1));

fn queue(name: &str) -> QueueId {
    QueueId::new(name)
}

fn knows(queues: &[&str], level: SkillLevel) -> Profile {
    Profile {
        queues: queues.iter().map(|name| queue(name)).collect(),
        topics: BTreeMap::from([(TopicId::new("tax"), level)]),
        ..Profile::default()
    }
}

fn work(of: &str, channel: Channel, owner: Option<UserId>, topic: Option<SkillLevel>, since: DateTime<Utc>) -> Work {
    let topic = topic.map(|level| Demand::new(vec![TopicId::new("tax"), TopicId::new("money")], level));
    let needs = Needs { topic, ..Needs::default() };
    Work { queue: queue(of), channel, weight: usual_weight(channel), needs, priority: None, since, owner }
}

fn piece_work(piece: Piece, now: DateTime<Utc>) -> Work {
    match piece {
        CALL => work("one", Channel::Phone, None, Some(Expert), now),
        OTHER => work("two", Channel::Phone, Some(A), None, now),
        _ => work("two", Channel::Email, Some(B), Some(Basic), now),
    }
}

/// Two queues of different rules, two operators of different skills who are in; nobody is ready, nothing waits.
fn small() -> Outside {
    let one = Rules {
        offer: 7,
        wrap_up: 3,
        relaxations: vec![(12, Relaxation::TopicTo(Good)), (20, Relaxation::TopicDropped)],
        overflows: vec![(10, Overflow::Also(queue("two"))), (15, Overflow::Suggest(Suggestion::Callback))],
        ..Rules::default()
    };
    let two = Rules { priority: Priority::High, offer: 5, wrap_up: 0, owner_wait: 6, misses: 2, ..Rules::default() };
    let mut outside = Outside::new();
    outside.tell(Event::Ruled { queue: queue("one"), rules: one });
    outside.tell(Event::Ruled { queue: queue("two"), rules: two });
    outside.tell(Event::SignedIn { operator: A, profile: knows(&["one", "two"], Good) });
    outside.tell(Event::SignedIn { operator: B, profile: knows(&["two"], Expert) });
    outside
}

/// What may happen in a small world.
#[derive(Clone, Copy)]
enum World {
    /// Calls are offered, answered, missed, finished.
    Calls,
    /// Operators come, pause, go and lose their devices.
    Duty,
    /// Pieces are transferred, taken, handed over, put off, called back.
    Moves,
    /// Queues are closed and opened, rules and skills change.
    Steering,
}

/// What can happen next, of the events that may happen in the world.
fn events(world: World, outside: &Outside) -> Vec<Event> {
    let (state, now) = (&outside.state, outside.now);
    let pieces: &[Piece] = match world {
        World::Calls | World::Steering => &[CALL, OTHER],
        World::Duty => &[CALL, CASE],
        World::Moves => &[CALL, OTHER, BACK],
    };
    let mut events = Vec::new();
    for piece in pieces.iter().copied() {
        if state.piece(piece).is_none() {
            if piece != BACK {
                events.push(Event::Waits { piece, work: piece_work(piece, now) });
            }
        } else {
            events.push(Event::Gone { piece });
            if matches!(world, World::Moves) {
                events.push(Event::Postponed { piece, until: now + TimeDelta::seconds(9) });
            }
        }
        for operator in [A, B] {
            events.push(Event::Accepted { operator, piece });
            let Some(who) = state.operator(operator) else { continue };
            if who.offer.is_some_and(|(offered, _)| offered == piece) {
                events.push(Event::Declined { operator, piece });
                events.push(Event::Missed { operator, piece });
            }
            if who.wrap_ups.contains_key(&piece) {
                events.push(Event::WrappedUp { operator, piece });
                events.push(Event::Prolonged { operator, piece, until: now + TimeDelta::seconds(4) });
            }
            if who.hands.contains_key(&piece) {
                events.push(Event::Finished { operator, piece });
                events.push(Event::Missed { operator, piece });
            }
            if matches!(world, World::Moves) {
                events.push(Event::Taken { operator, piece, work: piece_work(piece, now) });
                if who.hands.contains_key(&piece) {
                    let to = if operator == A { B } else { A };
                    events.push(Event::Transferred { operator, piece, to: To::Queue(queue("one")) });
                    events.push(Event::Transferred { operator, piece, to: To::Queue(queue("two")) });
                    events.push(Event::Transferred { operator, piece, to: To::Operator(to) });
                    let talk = state.operator(to).and_then(|to| to.hands.keys().next().copied());
                    events.push(Event::HandedOver { piece, to, instead_of: talk });
                }
            }
        }
    }
    if matches!(world, World::Moves) {
        events.push(Event::CallBack { caller: CALL, callback: BACK });
    }
    for operator in [A, B] {
        events.push(Event::Ready { operator });
        if matches!(world, World::Duty) {
            let profile = if operator == A { knows(&["one", "two"], Good) } else { knows(&["two"], Expert) };
            events.push(Event::SignedIn { operator, profile });
            events.push(Event::Pausing { operator, reason: "coffee".into() });
            events.push(Event::Leaving { operator });
            events.push(Event::Lost { operator });
        }
    }
    if matches!(world, World::Steering) {
        for name in ["one", "two"] {
            events.push(Event::Closed { queue: queue(name) });
            events.push(Event::Opened { queue: queue(name) });
        }
        let rules = Rules { priority: Priority::Low, max_waiting: Some(0), owner_wait: 2, ..Rules::default() };
        events.push(Event::Ruled { queue: queue("one"), rules });
        events.push(Event::Skilled { operator: B, profile: knows(&["one"], Expert) });
        let mut changed = piece_work(CALL, now);
        changed.queue = queue("two");
        changed.owner = Some(B);
        events.push(Event::Changed { piece: CALL, work: changed });
    }
    events
}

/// Goes through every course of the world until so many states were seen; says how many events long the courses are that
/// were all gone through.
fn explore(world: World, most: usize) -> usize {
    let mut start = small();
    if !matches!(world, World::Duty) {
        start.tell(Event::Ready { operator: A });
    }
    let digest = |outside: &Outside| {
        let mut hasher = DefaultHasher::new();
        (&outside.state, outside.now).hash(&mut hasher);
        hasher.finish()
    };
    let mut seen = BTreeSet::from([digest(&start)]);
    let mut courses = vec![start];
    let mut depth = 0;
    let mut steps = 0_usize;
    loop {
        let mut next = Vec::new();
        for outside in &courses {
            let mut reach = |after: Outside| {
                steps += 1;
                if seen.insert(digest(&after)) {
                    next.push(after);
                }
            };
            for event in events(world, outside) {
                let mut after = outside.clone();
                after.tell(event);
                reach(after);
            }
            if let Some(due) = outside.state.due() {
                // Time passes to the next that is due, and is seen to; or beyond, and something else happens first.
                let mut after = outside.clone();
                after.now = due;
                after.settle();
                reach(after);
                for event in events(world, outside).into_iter().filter(|e| matches!(e, Event::Accepted { .. })) {
                    let mut late = outside.clone();
                    late.now = due + TimeDelta::seconds(1);
                    late.tell(event);
                    reach(late);
                }
            }
            if seen.len() > most {
                println!("{depth} events, {} states, {steps} steps", seen.len());
                return depth;
            }
        }
        depth += 1;
        courses = next;
    }
}

/// States to see in each world: what debug builds do in some seconds. `ROUTING_STATES` sets it.
fn states() -> usize {
    std::env::var("ROUTING_STATES").ok().and_then(|states| states.parse().ok()).unwrap_or(3_000)
}

#[test]
fn every_course_of_calls_is_sound() {
    assert!(explore(World::Calls, states()) >= 5);
}

#[test]
fn every_course_of_coming_and_going_is_sound() {
    assert!(explore(World::Duty, states()) >= 4);
}

#[test]
fn every_course_of_transfers_and_callbacks_is_sound() {
    assert!(explore(World::Moves, states()) >= 3);
}

#[test]
fn every_course_of_closing_and_changing_is_sound() {
    assert!(explore(World::Steering, states()) >= 4);
}
