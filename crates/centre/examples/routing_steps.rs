//! How long one step takes with 5,000 pieces and 5,000 operators of distinct skills: mean, p99 and max per kind of event.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a measurement"
)]

use centre::routing::*;
use chrono::{DateTime, TimeDelta, Utc};
use model::contact::Channel;
use model::user::SkillLevel;
use model::{ContactId, QueueId, ServiceId, TopicId, UserId};
use std::collections::BTreeMap;
use std::time::Instant;

const MANY: i64 = 5_000;

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers in each run.
struct Dice(u64);
impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
    fn level(&mut self) -> SkillLevel {
        SkillLevel::ALL[self.below(3) as usize]
    }
}

fn queue(n: u64) -> QueueId {
    QueueId::new(format!("queue-{n}"))
}

fn profile(dice: &mut Dice) -> Profile {
    Profile {
        queues: (0..=dice.below(4)).map(|_| queue(dice.below(20))).collect(),
        topics: (0..4 + dice.below(12))
            .map(|_| (TopicId::new(format!("topic-{}", dice.below(120))), dice.level()))
            .collect(),
        services: (0..1 + dice.below(3))
            .map(|_| (ServiceId::new(format!("service-{}", dice.below(8))), dice.level()))
            .collect(),
        languages: (0..1 + dice.below(3)).map(|_| (format!("l{}", dice.below(6)), dice.level())).collect(),
        capacity: 100,
    }
}

/// `hard` asks for something that nobody can do.
fn work(dice: &mut Dice, since: DateTime<Utc>, plain: bool, hard: bool) -> Work {
    let topic = dice.below(100);
    let lineage = vec![TopicId::new(format!("topic-{topic}")), TopicId::new(format!("topic-{}", 100 + topic / 5))];
    let service = ServiceId::new(format!("service-{}", dice.below(8)));
    let language = if hard { "xx".to_owned() } else { format!("l{}", dice.below(6)) };
    let needs = Needs {
        topic: (!plain).then(|| Demand::new(lineage, dice.level())),
        service: (!plain && dice.below(2) == 0).then(|| Demand::new(service, SkillLevel::Basic)),
        language: (hard || !plain).then(|| Demand::new(language, SkillLevel::Basic)),
    };
    let owner = (!plain && dice.below(10) == 0).then(|| UserId(dice.below(5_000) as i64));
    Work { queue: queue(dice.below(20)), channel: Channel::Phone, weight: 100, needs, priority: None, since, owner }
}

struct Bench {
    state: State,
    now: DateTime<Utc>,
    dice: Dice,
    next: i64,
    plain: bool,
    hard: bool,
    measured: BTreeMap<&'static str, Vec<u64>>,
}

impl Bench {
    fn new(plain: bool, hard: bool) -> Self {
        let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let mut bench =
            Self { state: State::default(), now, dice: Dice(7), next: 0, plain, hard, measured: BTreeMap::new() };
        for n in 0..20 {
            bench.step("", Event::Ruled { queue: queue(n), rules: rules(n, 40) });
        }
        for id in 0..MANY {
            let profile = profile(&mut bench.dice);
            bench.step("signed in", Event::SignedIn { operator: UserId(id), profile });
        }
        bench
    }

    fn step(&mut self, kind: &'static str, event: Event) -> Vec<Command> {
        self.now += TimeDelta::milliseconds(3);
        let begun = Instant::now();
        let commands = step(&mut self.state, event, self.now);
        let took = begun.elapsed().as_nanos() as u64;
        if !kind.is_empty() {
            self.measured.entry(kind).or_default().push(took);
        }
        commands
    }

    fn ticks(&mut self, kind: &'static str) -> Vec<Command> {
        let mut commands = Vec::new();
        while self.state.due().is_some_and(|due| due <= self.now) {
            commands.extend(self.step(kind, Event::Tick));
        }
        commands
    }

    fn arrive(&mut self, kind: &'static str) -> (Piece, Vec<Command>) {
        let piece = Piece::Contact(ContactId(self.next));
        self.next += 1;
        let work = work(&mut self.dice, self.now, self.plain, self.hard);
        (piece, self.step(kind, Event::Waits { piece, work }))
    }

    /// Ends the measurements so far.
    fn report(&mut self, what: &str) {
        let waiting: usize = (0..20).map(|n| self.state.waiting(&queue(n))).sum();
        let ready = self.state.operators().filter(|(_, operator, _)| operator.may_be_offered() > 0).count();
        println!("\n{what} (now {waiting} waiting, {ready} ready)");
        for (kind, mut took) in std::mem::take(&mut self.measured) {
            took.sort_unstable();
            let mean = took.iter().sum::<u64>() / took.len() as u64;
            let micros = |nanos: u64| nanos as f64 / 1000.0;
            let (p99, max) = (took[took.len() * 99 / 100], took[took.len() - 1]);
            let (mean, p99, max) = (micros(mean), micros(p99), micros(max));
            println!("{kind:<34} {:>6} times  mean {mean:>7.1}  p99 {p99:>7.1}  max {max:>7.1} µs", took.len());
        }
    }
}

fn rules(n: u64, relax: u32) -> Rules {
    Rules {
        wrap_up: 30,
        owner_wait: 10,
        relaxations: vec![(relax, Relaxation::TopicTo(SkillLevel::Basic)), (relax * 3, Relaxation::TopicDropped)],
        overflows: vec![
            (relax * 2, Overflow::Also(queue((n + 1) % 20))),
            (60, Overflow::Suggest(Suggestion::Callback)),
        ],
        ..Rules::default()
    }
}

fn offer(commands: &[Command]) -> Option<(UserId, Piece)> {
    commands.iter().find_map(|command| match command {
        Command::Offer { piece, operator, .. } => Some((*operator, *piece)),
        _ => None,
    })
}

/// Everybody is ready, nothing waits: pieces arrive.
fn idle(plain: bool) {
    let mut bench = Bench::new(plain, false);
    for id in 0..MANY {
        bench.step("ready, nothing waits", Event::Ready { operator: UserId(id) });
    }
    bench.report("Coming in");
    for _ in 0..MANY {
        let (piece, commands) = bench.arrive("waits");
        if let Some((operator, piece)) = offer(&commands) {
            bench.step("accepted", Event::Accepted { operator, piece });
            bench.step("finished", Event::Finished { operator, piece });
            bench.step("wrapped up", Event::WrappedUp { operator, piece });
        } else {
            bench.step("gone, waiting", Event::Gone { piece });
        }
    }
    bench.report(if plain { "Ready operators, pieces without needs" } else { "Ready operators, pieces of many needs" });
}

/// Nobody of 5,000 ready fits any of 5,000 that wait, which is the longest search there is.
fn in_vain() {
    let mut bench = Bench::new(false, true);
    for id in 0..MANY {
        bench.step("", Event::Ready { operator: UserId(id) });
    }
    for _ in 0..MANY {
        bench.arrive("waits, nobody fits");
    }
    bench.measured.clear();
    for id in 0..MANY {
        bench.arrive("waits, nobody fits");
        bench.step("pausing", Event::Pausing { operator: UserId(id), reason: "lunch".into() });
        bench.step("ready, nothing fits", Event::Ready { operator: UserId(id) });
    }
    bench.report("Nobody fits");
}

/// Everybody is busy, and 5,000 wait.
fn full() {
    let mut bench = Bench::new(false, false);
    let mut hands = Vec::new();
    for id in 0..MANY {
        let piece = Piece::Contact(ContactId(1_000_000 + id));
        let work = work(&mut bench.dice, bench.now, false, false);
        bench.step("", Event::Ready { operator: UserId(id) });
        bench.step("taken", Event::Taken { operator: UserId(id), piece, work });
        hands.push((UserId(id), piece));
    }
    while (0..20).map(|n| bench.state.waiting(&queue(n))).sum::<usize>() < MANY as usize {
        bench.arrive("waits");
    }
    bench.ticks("tick");
    bench.measured.clear();
    for round in 0..3_000 {
        bench.ticks("tick");
        let at = bench.dice.below(hands.len() as u64) as usize;
        let (operator, piece) = hands.swap_remove(at);
        let (operator, piece, skipped) = match round % 6 {
            0 => {
                bench.step("lost, talking", Event::Lost { operator });
                let profile = profile(&mut bench.dice);
                bench.step("signed in, many wait", Event::SignedIn { operator, profile });
                let commands = bench.step("ready, many wait", Event::Ready { operator });
                (operator, piece, offer(&commands))
            }
            1 => {
                bench.step("transferred to a queue", Event::Transferred { operator, piece, to: To::Queue(queue(3)) });
                let commands = bench.step("wrapped up, many wait", Event::WrappedUp { operator, piece });
                (operator, piece, offer(&commands))
            }
            _ => {
                bench.step("finished", Event::Finished { operator, piece });
                let commands = bench.step("wrapped up, many wait", Event::WrappedUp { operator, piece });
                (operator, piece, offer(&commands))
            }
        };
        let (mut ringing, _) = (skipped, piece);
        if round % 5 == 0
            && let Some((operator, piece)) = ringing
        {
            ringing = offer(&bench.step("declined", Event::Declined { operator, piece }));
        } else if round % 7 == 0 && ringing.is_some() {
            bench.now += TimeDelta::seconds(20);
            ringing = offer(&bench.ticks("tick, lease over")).filter(|(_, p)| ringing.is_none_or(|(_, q)| q == *p));
            bench.step("ready, many wait", Event::Ready { operator });
        }
        if let Some((operator, piece)) = ringing {
            bench.step("accepted", Event::Accepted { operator, piece });
            hands.push((operator, piece));
        }
        let (piece, _) = bench.arrive("waits, all busy");
        match round % 4 {
            0 => drop(bench.step("gone, waiting", Event::Gone { piece })),
            1 => {
                let until = bench.now + TimeDelta::seconds(40);
                bench.step("postponed", Event::Postponed { piece, until });
            }
            2 => drop(
                bench
                    .step("call back", Event::CallBack { caller: piece, callback: Piece::Callback(CallbackId(round)) }),
            ),
            _ => {
                let work = work(&mut bench.dice, bench.now, false, false);
                bench.step("changed", Event::Changed { piece, work });
            }
        }
        if round % 10 == 0 {
            let profile = profile(&mut bench.dice);
            bench.step("skilled", Event::Skilled { operator: UserId(bench.next % MANY), profile });
        }
        if hands.len() < 50 {
            break;
        }
    }
    bench.report("All busy, many wait");
    for n in 0..20 {
        bench.step("ruled", Event::Ruled { queue: queue(n), rules: rules(n, 25) });
        bench.ticks("tick, applying rules");
    }
    for n in 0..20 {
        bench.step("closed", Event::Closed { queue: queue(n) });
        bench.ticks("tick, telling of the closing");
    }
    bench.report("Steering");
}

fn main() {
    idle(false);
    idle(true);
    in_vain();
    full();
}
