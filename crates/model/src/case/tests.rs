//! Random histories: what the moves make of a case equals what its events make of it, and refused moves change nothing.

use super::*;
use crate::calendar::Calendar;
use crate::service::Promises;
use proptest::prelude::*;

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + minute * 60, 0).unwrap()
}

fn opened() -> Opened {
    Opened {
        at: at(0),
        service: ServiceId::new("linea-amica"),
        queue: QueueId::new("linea-amica"),
        language: "it".to_owned(),
        structure: None,
        person: Some(PersonId(7)),
        topic: None,
        kind: None,
        region: None,
        split_from: None,
        clocks: Clocks::started(&Calendar::default_italian(), Promises::default(), at(0)),
    }
}

fn case() -> Case {
    Case::open(CaseId(1), opened())
}

/// Tries one move, chosen by number.
fn attempt(case: &mut Case, choice: u8, now: DateTime<Utc>) -> Result<Event, Refused> {
    let (user, message, contact, other) =
        (UserId(1 + i64::from(choice % 3)), MessageId(5), ContactId(6), CaseId(1 + i64::from(choice % 2)));
    match choice % 26 {
        0 => case.join(contact, choice > 100, choice > 180, now),
        1 => case.hear(message, now),
        2 => case.reply(message, now),
        3 => Ok(case.note(message, now)),
        4 => case.assign(Some(user), now),
        5 => case.assign(None, now),
        6 => case.wait(now),
        7 => case.escalate(QueueId::new("back"), Some(StructureId::new("inps")), message, now),
        8 => case.give_back(QueueId::new("front"), None, message, choice > 100, now),
        9 => case.transfer(QueueId::new("other"), None, now),
        10 => case.solve(Outcome::Referred, (choice > 100).then(|| TopicId::new("bonus")), now),
        11 => case.reopen(now),
        12 => case.close(now),
        13 => Ok(case.classify(Some(TopicId::new("pensioni")), Some(Kind::Complaint), now)),
        14 => case.remind((choice > 60).then_some(at(9_000)), now),
        15 => case.bring_back(now),
        16 => case.merge(other, now),
        17 => case.absorb(other, choice > 100, now),
        18 => case.unmerge(now),
        19 => case.split(CaseId(9), vec![contact], vec![], now),
        20 => case.link(other, now),
        21 => Ok(case.rename(now)),
        22 => Ok(case.announce_elsewhere(now)),
        23 => case.resume(now),
        24 => case.recall(&self::case(), now),
        _ => Ok(case.change_person(None, now)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_case_rebuilt_from_its_events_is_the_case(choices in prop::collection::vec(any::<u8>(), 0..60)) {
        let calendar = Calendar::default_italian();
        let mut case = case();
        let mut history = vec![(at(0), Event::Opened(Box::new(opened())))];
        for (step, choice) in choices.into_iter().enumerate() {
            let now = at(60 * i64::try_from(step).unwrap());
            let before = case.clone();
            match attempt(&mut case, choice, now) {
                Ok(event) => {
                    history.push((now, event));
                    let clocks = case.clocks.after(&case, &calendar, Promises::default(), now);
                    history.extend(case.set_clocks(clocks, now).map(|event| (now, event)));
                }
                Err(_) => prop_assert_eq!(&case, &before, "a refused move changed the case"),
            }
            prop_assert_eq!(case.merged_into.is_some(), case.state == State::Merged);
            prop_assert_eq!(case.clocks.next().is_some() || case.clocks.left_s.is_some(), case.is_active());
            prop_assert!(case.state != State::Solved || case.solved_by.is_some());
            prop_assert!(case.state != State::Open || case.assignee.is_some() || case.first_answer_at.is_some() || case.before_merge.is_some());
        }
        // What is stored is JSON, so the history goes through it as well.
        let stored: Vec<_> = history.into_iter().map(|(at, e)| (at, serde_json::from_value(serde_json::to_value(e).unwrap()).unwrap())).collect();
        prop_assert_eq!(Case::rebuild(CaseId(1), stored).unwrap(), case);
    }
}

#[test]
fn an_event_is_stored_under_the_word_it_carries() {
    let events = [
        Event::Waited,
        Event::Noted { message: MessageId(1) },
        Event::Classified { topic: None, kind: Some(Kind::Census) },
        Event::Opened(Box::new(opened())),
        Event::ClocksSet(Clocks::default()),
    ];
    for event in events {
        assert_eq!(serde_json::to_value(&event).unwrap()["kind"], event.kind());
    }
}

#[test]
fn the_back_offices_solution_is_the_back_offices_whoever_sends_it() {
    let mut case = case();
    case.assign(Some(UserId(1)), at(1)).unwrap();
    case.escalate(QueueId::new("back"), None, MessageId(1), at(2)).unwrap();
    assert!(case.escalate(QueueId::new("back"), None, MessageId(1), at(3)).is_err());
    case.assign(Some(UserId(2)), at(4)).unwrap();
    case.give_back(QueueId::new("front"), None, MessageId(2), true, at(5)).unwrap();
    assert_eq!((case.assignee, case.level), (Some(UserId(1)), Level::Front));
    case.reply(MessageId(3), at(6)).unwrap();
    case.solve(Outcome::Solved, None, at(7)).unwrap();
    assert_eq!(case.solved_by, Some(Level::Back));
    assert!(case.solve(Outcome::Solved, None, at(8)).is_err());
}

#[test]
fn what_the_front_office_takes_back_stands_as_if_it_had_not_been_sent() {
    let mut case = case();
    case.assign(Some(UserId(1)), at(1)).unwrap();
    let before = case.clone();
    case.escalate(QueueId::new("back"), Some(StructureId::new("inps")), MessageId(1), at(3)).unwrap();
    case.recall(&before, at(4)).unwrap();
    assert_eq!(Case { version: before.version, last_at: before.last_at, ..case.clone() }, before);
    assert_eq!(case.recall(&before, at(5)), Err(Refused::SameLevel(Level::Front)));

    case.escalate(QueueId::new("back"), None, MessageId(2), at(6)).unwrap();
    case.assign(Some(UserId(2)), at(8)).unwrap();
    assert_eq!(case.recall(&before, at(9)), Err(Refused::TakenByBack(case.id)));
}

#[test]
fn not_solved_brings_a_case_back_to_who_had_it() {
    let mut case = case();
    case.assign(Some(UserId(1)), at(1)).unwrap();
    case.solve(Outcome::Solved, None, at(2)).unwrap();
    assert!(case.hear(MessageId(1), at(3)).is_err(), "a solved case is reopened, not added to");
    case.reopen(at(3)).unwrap();
    assert_eq!((case.state, case.assignee, case.solved_by), (State::Open, Some(UserId(1)), None));
    assert_eq!((case.solved_at, case.reopened_at), (Some(at(2)), Some(at(3))), "both times stay for the figures");
}

#[test]
fn the_solutions_clock_stands_still_while_we_wait_for_the_citizen() {
    let calendar = Calendar::always(chrono_tz::Europe::Rome);
    let promises = Promises { answer_minutes: 60, solution_minutes: 600, close_days: 30, calls: None };
    let mut case = Case::open(CaseId(1), Opened { clocks: Clocks::started(&calendar, promises, at(0)), ..opened() });
    assert_eq!(case.clocks.next(), Some(at(60)));
    let set = |case: &mut Case, now| {
        let clocks = case.clocks.after(case, &calendar, promises, now);
        case.set_clocks(clocks, now);
    };
    case.reply(MessageId(1), at(10)).unwrap();
    set(&mut case, at(10));
    assert_eq!(case.clocks, Clocks { answer: None, solution: Some(at(600)), left_s: None });
    case.wait(at(100)).unwrap();
    set(&mut case, at(100));
    assert_eq!(case.clocks, Clocks { answer: None, solution: None, left_s: Some(500 * 60) });
    let mut resumed = case.clone();
    resumed.resume(at(4_000)).unwrap();
    set(&mut resumed, at(4_000));
    assert_eq!(
        resumed.clocks,
        Clocks { answer: None, solution: Some(at(4_500)), left_s: None },
        "we go on by ourselves"
    );
    assert!(resumed.resume(at(4_001)).is_err());
    case.hear(MessageId(2), at(5_000)).unwrap();
    set(&mut case, at(5_000));
    assert_eq!(case.clocks, Clocks { answer: Some(at(5_060)), solution: Some(at(5_500)), left_s: None });
}

#[test]
fn an_undone_merge_leaves_the_case_as_it_was() {
    let mut case = case();
    case.assign(Some(UserId(1)), at(1)).unwrap();
    let before = case.clone();
    case.merge(CaseId(2), at(2)).unwrap();
    assert!(case.reply(MessageId(1), at(3)).is_err() && case.merge(CaseId(3), at(3)).is_err());
    case.unmerge(at(4)).unwrap();
    assert_eq!((case.state, case.assignee, case.merged_into), (before.state, before.assignee, None));
    assert_eq!(case.unmerge(at(5)), Err(Refused::NotMerged(case.id)));
}
