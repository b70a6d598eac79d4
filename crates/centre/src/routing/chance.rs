//! Random courses of a large world: everything that can happen, and the order of choice against a plain reckoning of it.

use super::oracle::{Outside, at, best, first};
use super::*;
use chrono::TimeDelta;
use model::contact::Channel;
use model::queue::Priority;
use model::user::SkillLevel;
use model::{ContactId, ServiceId, TopicId};
use proptest::prelude::*;

const QUEUES: [&str; 4] = ["one", "two", "three", "four"];
const TOPICS: [&str; 5] = ["tax", "money", "school", "health", "home"];
const LANGUAGES: [&str; 3] = ["it", "en", "ar"];

fn queue(name: &str) -> QueueId {
    QueueId::new(name)
}

/// Courses to try; `ROUTING_CASES` sets it.
fn cases() -> u32 {
    std::env::var("ROUTING_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(48)
}

fn level() -> impl Strategy<Value = SkillLevel> {
    prop::sample::select(SkillLevel::ALL)
}

prop_compose! {
    fn profile()(
        queues in prop::sample::subsequence(QUEUES.to_vec(), 1..=3),
        topics in prop::collection::btree_map(prop::sample::select(TOPICS.to_vec()), level(), 0..4),
        services in prop::collection::btree_map(0..2_u8, level(), 0..3),
        languages in prop::collection::btree_map(prop::sample::select(LANGUAGES.to_vec()), level(), 0..3),
    ) -> Profile {
        Profile {
            queues: queues.into_iter().map(queue).collect(),
            topics: topics.into_iter().map(|(topic, level)| (TopicId::new(topic), level)).collect(),
            services: services.into_iter().map(|(s, level): (u8, _)| (ServiceId::new(s.to_string()), level)).collect(),
            languages: languages.into_iter().map(|(l, level)| (l.to_owned(), level)).collect(),
            capacity: 100,
        }
    }
}

prop_compose! {
    fn some_work()(
        of in prop::sample::select(QUEUES.to_vec()),
        channel in prop::sample::select(vec![Channel::Phone, Channel::Phone, Channel::Chat, Channel::Email]),
        topic in prop::option::of((prop::sample::subsequence(TOPICS.to_vec(), 1..=2), level())),
        service in prop::option::weighted(0.3, (0..2_u8, level())),
        language in prop::option::weighted(0.3, (prop::sample::select(LANGUAGES.to_vec()), level())),
        priority in prop::option::weighted(0.1, prop::sample::select(Priority::ALL)),
        owner in prop::option::weighted(0.2, 0..16_i64),
        waited in 0..90_i64,
    ) -> (Work, i64) {
        let needs = Needs {
            topic: topic.map(|(of, level)| Demand::new(of.into_iter().map(TopicId::new).collect(), level)),
            service: service.map(|(of, level): (u8, _)| Demand::new(ServiceId::new(of.to_string()), level)),
            language: language.map(|(of, level)| Demand::new(of.to_owned(), level)),
        };
        let weight = usual_weight(channel);
        let owner = owner.map(UserId);
        (Work { queue: queue(of), channel, weight, needs, priority, since: at(0), owner }, waited)
    }
}

fn rules() -> impl Strategy<Value = Rules> {
    let relaxation = prop_oneof![
        level().prop_map(Relaxation::TopicTo),
        Just(Relaxation::TopicDropped),
        Just(Relaxation::LanguageDropped)
    ];
    let overflow = prop_oneof![
        prop::sample::select(QUEUES.to_vec()).prop_map(|of| Overflow::Also(queue(of))),
        Just(Overflow::Suggest(Suggestion::Message))
    ];
    let steps =
        (prop::collection::vec((1..60_u32, relaxation), 0..3), prop::collection::vec((1..60_u32, overflow), 0..3));
    (
        prop::sample::select(Priority::ALL),
        1..30_u32,
        0..20_u32,
        steps,
        0..10_u32,
        prop::option::weighted(0.2, 0..9_usize),
        0..3_u32,
    )
        .prop_map(|(priority, offer, wrap_up, (relaxations, overflows), owner_wait, max_waiting, misses)| Rules {
            priority,
            offer,
            wrap_up,
            target: 30,
            relaxations,
            overflows,
            owner_wait,
            max_waiting,
            misses,
        })
}

/// What happens at random: a kind and whom it concerns; see [`act`].
type Act = (u8, i64, i64, Profile, (Work, i64), Rules, u8);

fn act(outside: &mut Outside, (kind, who, which, profile, (mut work, waited), rules, name): Act) {
    let now = outside.now;
    work.since = now - TimeDelta::seconds(waited);
    let state = &outside.state;
    let operator = UserId(who);
    let piece = match which % 3 {
        0 | 1 => Piece::Contact(ContactId(which)),
        _ => Piece::Callback(CallbackId(which)),
    };
    let of = queue(QUEUES[usize::from(name) % QUEUES.len()]);
    let offered =
        state.operators.iter().filter_map(|(id, o)| Some((*id, o.offer?.0))).nth(usize::try_from(who).unwrap() % 4);
    let held: Vec<_> = state.operators.iter().flat_map(|(id, o)| o.hands.keys().map(|p| (*id, *p))).collect();
    let mine = held.get(usize::try_from(which).unwrap() % held.len().max(1)).copied();
    let event = match (kind, offered, mine) {
        (0..=1, _, _) => Event::SignedIn { operator, profile },
        (2..=7, _, _) => Event::Ready { operator },
        (8, _, _) => Event::Pausing { operator, reason: "lunch".into() },
        (9, _, _) => Event::Leaving { operator },
        (10, _, _) => Event::Lost { operator },
        (11..=22, _, _) => Event::Waits { piece, work },
        (23..=32, Some((operator, piece)), _) => Event::Accepted { operator, piece },
        (33..=34, Some((operator, piece)), _) => Event::Declined { operator, piece },
        (35, Some((operator, piece)), _) | (36, _, Some((operator, piece))) => Event::Missed { operator, piece },
        (37..=43, _, Some((operator, piece))) => Event::Finished { operator, piece },
        (44, _, Some((by, piece))) => Event::Transferred { operator: by, piece, to: To::Operator(operator) },
        (45, _, Some((operator, piece))) => Event::Transferred { operator, piece, to: To::Queue(of) },
        (46, _, Some((_, piece))) => Event::HandedOver {
            piece,
            to: operator,
            instead_of: held.iter().find(|(by, _)| *by == operator).map(|(_, p)| *p),
        },
        (47, _, _) => Event::Gone { piece },
        (48, _, _) => Event::Postponed { piece, until: now + TimeDelta::seconds(waited) },
        (49, _, _) => Event::CallBack { caller: piece, callback: Piece::Callback(CallbackId(which + 1000)) },
        (50, _, _) => Event::Taken { operator, piece, work },
        (51, _, _) => Event::Changed { piece, work },
        (52, _, _) => Event::Skilled { operator, profile },
        (53, _, _) => Event::Ruled { queue: of, rules },
        (54, _, _) => Event::Closed { queue: of },
        (55..=57, _, _) => Event::Opened { queue: of },
        (58..=61, _, _) => {
            let wrap_ups = state.operators.iter().flat_map(|(id, o)| o.wrap_ups.keys().map(|piece| (*id, *piece)));
            let wrap_up = wrap_ups.cycle().nth(usize::try_from(which).unwrap());
            let (operator, piece) = wrap_up.unwrap_or((operator, piece));
            match kind {
                58 => Event::Prolonged { operator, piece, until: now + TimeDelta::seconds(waited) },
                _ => Event::WrappedUp { operator, piece },
            }
        }
        _ => {
            outside.pass(waited / 4);
            return;
        }
    };
    let before = outside.state.clone();
    let commands = outside.one(event.clone());
    as_promised(&before, &event, &commands, now);
    // Sometimes whoever drives the reducer is behind.
    if name < 200 {
        outside.settle();
    }
}

/// What came up or who became free got what the order says.
fn as_promised(before: &State, event: &Event, commands: &[Command], now: DateTime<Utc>) {
    if before.due().is_some_and(|due| due <= now) {
        return;
    }
    let offer = commands.iter().find_map(|command| match command {
        Command::Offer { piece, operator, .. } => Some((*piece, *operator)),
        _ => None,
    });
    match event {
        Event::Waits { piece, work }
            if !before.pieces.contains_key(piece) && before.is_open(&work.queue) == Some(true) =>
        {
            let best = best(before, &Entry::new(work.clone()), now);
            let awaited = work.owner.is_some_and(|owner| before.awaits(owner)) && best != work.owner;
            if !awaited {
                assert_eq!(offer.map(|(_, operator)| operator), best, "{event:?}");
            }
        }
        Event::Ready { operator: id } => {
            let mut after = before.clone();
            if let Some(operator) = after.operators.get_mut(id).filter(|o| o.availability != Availability::Ready) {
                operator.availability = Availability::Ready;
                assert_eq!(offer.map(|(piece, _)| piece), first(&after, *id, now), "{event:?}");
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 2000, ..ProptestConfig::default() })]
    #[test]
    fn random_courses_of_a_large_world_are_sound(
        rules in prop::collection::vec(rules(), 4),
        staff in prop::collection::vec(profile(), 16),
        acts in prop::collection::vec((0..70_u8, 0..16_i64, 0..60_i64, profile(), some_work(), rules(), any::<u8>()), 1..200),
    ) {
        let mut outside = Outside::new();
        for (name, rules) in QUEUES.iter().zip(rules) {
            outside.tell(Event::Ruled { queue: queue(name), rules });
        }
        for (id, profile) in (0..).zip(staff) {
            outside.tell(Event::SignedIn { operator: UserId(id), profile });
            outside.tell(Event::Ready { operator: UserId(id) });
            outside.pass(1);
        }
        for what in acts {
            act(&mut outside, what);
        }
        outside.pass(600);
    }
}
