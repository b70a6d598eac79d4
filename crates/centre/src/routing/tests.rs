//! Stories: what callers, operators and supervisors see.

use super::oracle::{Outside, at};
use super::*;
use chrono::TimeDelta;
use model::contact::Channel;
use model::queue::Priority;
use model::user::SkillLevel;
use model::{CaseId, ContactId, TopicId};

const ADA: UserId = UserId(1);
const BEA: UserId = UserId(2);

fn main_queue() -> QueueId {
    QueueId::new("main")
}

fn call(n: i64) -> Piece {
    Piece::Contact(ContactId(n))
}

fn phone(since: DateTime<Utc>) -> Work {
    let (queue, channel) = (main_queue(), Channel::Phone);
    Work { queue, channel, weight: usual_weight(channel), needs: Needs::default(), priority: None, since, owner: None }
}

fn serves_main() -> Profile {
    Profile { queues: [main_queue()].into(), ..Profile::default() }
}

fn knows(topic: &str, level: SkillLevel) -> Profile {
    Profile { topics: [(TopicId::new(topic), level)].into(), ..serves_main() }
}

fn office(rules: Rules, operators: &[UserId]) -> Outside {
    let mut office = Outside::new();
    office.tell(Event::Ruled { queue: main_queue(), rules });
    for operator in operators {
        office.tell(Event::SignedIn { operator: *operator, profile: serves_main() });
        office.tell(Event::Ready { operator: *operator });
    }
    office
}

impl Outside {
    fn rings(&mut self, n: i64) -> Vec<Command> {
        let work = phone(self.now);
        self.tell(Event::Waits { piece: call(n), work })
    }

    fn at(&self, piece: Piece) -> Option<UserId> {
        self.ringing.get(&piece).copied()
    }

    /// Takes what rings and is done with it after so many seconds, wrap-up and all.
    fn serves(&mut self, n: i64, seconds: i64) -> UserId {
        let (piece, operator) = (call(n), self.at(call(n)).unwrap());
        self.tell(Event::Accepted { operator, piece });
        self.pass(seconds);
        self.tell(Event::Finished { operator, piece });
        self.tell(Event::WrappedUp { operator, piece });
        operator
    }
}

#[test]
fn equals_take_turns() {
    let operators = [ADA, BEA, UserId(3)];
    let mut office = office(Rules::default(), &operators);
    let mut shares: BTreeMap<UserId, i32> = operators.iter().map(|operator| (*operator, 0)).collect();
    for n in 0..100 {
        office.pass(7);
        office.rings(n);
        *shares.get_mut(&office.serves(n, 5 + n % 11)).unwrap() += 1;
        let (most, least) = (shares.values().max().unwrap(), shares.values().min().unwrap());
        assert!(most - least <= 1, "{shares:?}");
    }
}

#[test]
fn equals_take_turns_when_many_wait() {
    let mut office = office(Rules { wrap_up: 0, ..Rules::default() }, &[ADA, BEA]);
    let mut shares = [0, 0];
    for n in 0..60 {
        office.rings(n);
    }
    for _ in 0..30 {
        let ringing: Vec<_> = office.ringing.iter().map(|(piece, operator)| (*piece, *operator)).collect();
        for (piece, operator) in &ringing {
            office.tell(Event::Accepted { operator: *operator, piece: *piece });
            shares[usize::from(*operator == BEA)] += 1;
        }
        office.pass(100);
        for (piece, operator) in ringing {
            office.tell(Event::Finished { operator, piece });
        }
    }
    assert_eq!(shares, [30, 30]);
}

#[test]
fn chats_are_spread_before_they_are_piled_up() {
    let mut office = office(Rules::default(), &[ADA, BEA]);
    let mut taken = Vec::new();
    for n in 0..4 {
        office.pass(1);
        let work = Work { channel: Channel::Chat, weight: 25, ..phone(office.now) };
        office.tell(Event::Waits { piece: call(n), work });
        let operator = office.at(call(n)).unwrap();
        office.tell(Event::Accepted { operator, piece: call(n) });
        taken.push(operator);
    }
    assert_eq!(taken, [ADA, BEA, ADA, BEA]);
    office.rings(9);
    assert_eq!(office.at(call(9)), None, "a call does not fit beside a chat");
}

#[test]
fn a_caller_who_hangs_up_frees_the_operator_at_once() {
    let mut office = office(Rules::default(), &[ADA]);
    office.rings(1);
    office.rings(2);
    let commands = office.tell(Event::Gone { piece: call(1) });
    assert!(commands.contains(&Command::Withdraw { piece: call(1), operator: ADA, why: Withdrawal::Gone }));
    assert_eq!(office.at(call(2)), Some(ADA));
    assert!(office.tell(Event::Gone { piece: call(1) }).is_empty());
}

#[test]
fn an_unanswered_call_goes_on_and_whoever_missed_it_to_a_pause() {
    let mut office = office(Rules::default(), &[ADA, BEA]);
    office.rings(1);
    office.pass(20);
    assert_eq!(office.at(call(1)), Some(BEA));
    let shown = office.state.operator(ADA).unwrap().show();
    assert_eq!(shown.doing, Doing::Pause(PauseReason::NoAnswer));
    let late = office.tell(Event::Accepted { operator: ADA, piece: call(1) });
    assert_eq!(late, [Command::TooLate { piece: call(1), operator: ADA }]);
    assert_eq!(office.at(call(1)), Some(BEA));
}

#[test]
fn an_acceptance_in_the_second_the_lease_ends_is_too_late() {
    let mut office = office(Rules::default(), &[ADA, BEA]);
    office.rings(1);
    office.now += TimeDelta::seconds(20);
    let late = office.one(Event::Accepted { operator: ADA, piece: call(1) });
    assert!(late.contains(&Command::TooLate { piece: call(1), operator: ADA }));
    assert_eq!(office.at(call(1)), Some(BEA));
}

#[test]
fn a_declined_call_comes_back_only_when_nobody_else_is_ready() {
    let mut office = office(Rules::default(), &[ADA, BEA]);
    office.rings(1);
    office.tell(Event::Declined { operator: ADA, piece: call(1) });
    assert_eq!(office.at(call(1)), Some(BEA));
    office.tell(Event::Pausing { operator: BEA, reason: "lunch".into() });
    assert_eq!(office.at(call(1)), Some(ADA));
}

#[test]
fn a_device_that_refuses_is_rung_once_and_the_call_goes_on() {
    let mut office = office(Rules { misses: 0, ..Rules::default() }, &[ADA]);
    office.rings(1);
    office.tell(Event::Missed { operator: ADA, piece: call(1) });
    assert_eq!(office.at(call(1)), None);
    assert_eq!(office.state.operator(ADA).unwrap().show().doing, Doing::Pause(PauseReason::NoAnswer));
    office.tell(Event::Ready { operator: ADA });
    assert_eq!(office.at(call(1)), Some(ADA));
}

#[test]
fn a_call_that_is_let_go_before_anybody_was_heard_waits_again_first_of_all() {
    let mut office = office(Rules::default(), &[ADA]);
    office.rings(1);
    office.rings(2);
    office.tell(Event::Accepted { operator: ADA, piece: call(1) });
    office.tell(Event::Missed { operator: ADA, piece: call(1) });
    let ada = office.state.operator(ADA).unwrap();
    assert_eq!((ada.show().doing, ada.hands.len()), (Doing::Pause(PauseReason::NoAnswer), 0));
    assert_eq!(office.state.place(call(1)), Some(1));
    office.tell(Event::SignedIn { operator: BEA, profile: Profile::default() });
    // Of a call that is not theirs any more, nothing is missed.
    assert!(office.tell(Event::Missed { operator: BEA, piece: call(1) }).is_empty());
}

#[test]
fn the_best_takes_it_and_the_topic_counts_more_than_the_language() {
    let mut office = office(Rules::default(), &[]);
    let mut speaks = knows("tax", SkillLevel::Good);
    speaks.languages.insert("it".into(), SkillLevel::Expert);
    let mut expert = knows("money", SkillLevel::Expert);
    expert.languages.insert("it".into(), SkillLevel::Basic);
    for (operator, profile) in [(ADA, speaks), (BEA, expert)] {
        office.tell(Event::SignedIn { operator, profile });
        office.tell(Event::Ready { operator });
    }
    let mut work = phone(office.now);
    let lineage = vec![TopicId::new("tax"), TopicId::new("money")];
    work.needs.topic = Some(Demand::new(lineage, SkillLevel::Basic));
    work.needs.language = Some(Demand::new("it".to_owned(), SkillLevel::Basic));
    office.tell(Event::Waits { piece: call(1), work });
    assert_eq!(office.at(call(1)), Some(BEA));
}

#[test]
fn demands_fall_as_the_wait_grows_and_others_are_taken_in() {
    let rules = Rules {
        relaxations: vec![(10, Relaxation::TopicDropped)],
        overflows: vec![(30, Overflow::Also(QueueId::new("other"))), (40, Overflow::Suggest(Suggestion::Callback))],
        ..Rules::default()
    };
    let mut office = office(rules, &[ADA]);
    let elsewhere = Profile { queues: [QueueId::new("other")].into(), ..Profile::default() };
    office.tell(Event::SignedIn { operator: BEA, profile: elsewhere });
    office.tell(Event::Ready { operator: BEA });
    for n in 1..=3 {
        let mut work = phone(office.now);
        work.needs.topic = Some(Demand::new(vec![TopicId::new("tax")], SkillLevel::Good));
        office.tell(Event::Waits { piece: call(n), work });
    }
    assert_eq!(office.state.waiting(&main_queue()), 3);
    office.pass(10);
    assert_eq!(office.at(call(1)), Some(ADA));
    office.tell(Event::Accepted { operator: ADA, piece: call(1) });
    office.pass(20);
    assert_eq!(office.at(call(2)), Some(BEA));
    office.tell(Event::Accepted { operator: BEA, piece: call(2) });
    assert_eq!(office.pass(100), [Command::Suggest { piece: call(3), way: Suggestion::Callback }]);
}

#[test]
fn a_call_waits_a_little_for_the_operator_of_its_case() {
    let mut office = office(Rules { owner_wait: 15, ..Rules::default() }, &[ADA]);
    office.rings(1);
    office.tell(Event::Accepted { operator: ADA, piece: call(1) });
    office.tell(Event::SignedIn { operator: BEA, profile: serves_main() });
    office.tell(Event::Ready { operator: BEA });
    for n in 2..=3 {
        let work = Work { owner: Some(ADA), ..phone(office.now) };
        office.tell(Event::Waits { piece: call(n), work });
        assert_eq!(office.at(call(n)), None);
        if n == 2 {
            office.pass(15);
            assert_eq!(office.at(call(2)), Some(BEA), "not for ever");
            office.tell(Event::Gone { piece: call(2) });
        }
    }
    office.tell(Event::Pausing { operator: ADA, reason: "lunch".into() });
    assert_eq!(office.at(call(3)), Some(BEA), "not for somebody who goes to lunch next");
}

#[test]
fn a_callback_takes_the_place_of_who_asked_for_it() {
    let mut office = office(Rules::default(), &[]);
    for n in 1..=3 {
        office.rings(n);
        office.pass(1);
    }
    let back = Piece::Callback(CallbackId(1));
    office.tell(Event::CallBack { caller: call(2), callback: back });
    assert_eq!(office.state.place(back), Some(2));
    office.tell(Event::Postponed { piece: back, until: at(600) });
    assert_eq!((office.state.place(back), office.state.place(call(3))), (None, Some(2)));
    office.pass(600);
    assert_eq!(office.state.place(back), Some(2));
    assert_eq!(office.state.longest_waiting_since(&main_queue()), Some(at(0)));
    assert_eq!(office.state.beyond_target(&main_queue(), office.now), 3);
}

#[test]
fn whoever_cannot_be_reached_any_more_talks_on_and_whose_talk_is_dead_goes_to_the_head_of_the_queue() {
    let mut office = office(Rules::default(), &[ADA]);
    office.rings(1);
    office.tell(Event::Accepted { operator: ADA, piece: call(1) });
    let case = Piece::Case(CaseId(1));
    office.rings(2);
    let other = Work { since: at(-500), ..phone(office.now) };
    office.tell(Event::Waits { piece: call(3), work: other });
    let lost = office.tell(Event::Lost { operator: ADA });
    let shown = |doing, then| Command::Show { operator: ADA, shown: Shown { doing, then } };
    assert_eq!(lost, [shown(Doing::Busy, Some(Availability::Lost))]);
    assert_eq!(office.state.place(call(1)), None);
    let dead = office.tell(Event::Missed { operator: ADA, piece: call(1) });
    assert_eq!(dead, [shown(Doing::Off, None)]);
    let line: Vec<_> = office.state.line(&main_queue()).collect();
    assert_eq!(line, [call(1), call(3), call(2)]);
    assert!(office.state.operator(ADA).is_none() && office.state.piece(case).is_none());
    let (urgent, since) = (Some(Priority::High), office.now);
    office.tell(Event::Waits { piece: call(4), work: Work { priority: urgent, ..phone(since) } });
    assert_eq!(office.state.place(call(4)), Some(1));
}

#[test]
fn a_pause_asked_for_in_a_call_begins_after_its_wrap_up() {
    let mut office = office(Rules { wrap_up: 30, ..Rules::default() }, &[ADA]);
    office.rings(1);
    office.tell(Event::Accepted { operator: ADA, piece: call(1) });
    let lunch = || Availability::Pause(PauseReason::Asked("lunch".into()));
    let shown = |office: &Outside| office.state.operator(ADA).unwrap().show();
    office.tell(Event::Pausing { operator: ADA, reason: "lunch".into() });
    assert_eq!(shown(&office), Shown { doing: Doing::Busy, then: Some(lunch()) });
    office.rings(2);
    office.tell(Event::Finished { operator: ADA, piece: call(1) });
    let until = office.now + TimeDelta::seconds(90);
    office.tell(Event::Prolonged { operator: ADA, piece: call(1), until });
    office.pass(89);
    assert_eq!(shown(&office), Shown { doing: Doing::WrapUp, then: Some(lunch()) });
    office.pass(1);
    assert_eq!(shown(&office), Shown { doing: Doing::Pause(PauseReason::Asked("lunch".into())), then: None });
    assert_eq!(office.at(call(2)), None);
}

#[test]
fn a_transfer_to_somebody_who_is_not_ready_stays_and_one_unanswered_goes_to_the_head() {
    let mut office = office(Rules::default(), &[ADA]);
    office.rings(1);
    office.tell(Event::Accepted { operator: ADA, piece: call(1) });
    let to_bea = Event::Transferred { operator: ADA, piece: call(1), to: To::Operator(BEA) };
    let refused = [Command::Refuse { operator: ADA, piece: call(1), why: Refusal::NotReady }];
    assert_eq!(office.tell(to_bea.clone()), refused);
    office.tell(Event::SignedIn { operator: BEA, profile: serves_main() });
    office.tell(Event::Ready { operator: BEA });
    office.tell(to_bea);
    assert_eq!(office.at(call(1)), Some(BEA));
    office.rings(2);
    office.pass(20);
    assert_eq!(office.state.line(&main_queue()).collect::<Vec<_>>(), [call(1), call(2)]);
}

#[test]
fn a_colleague_takes_over_after_a_talk() {
    let mut office = office(Rules::default(), &[ADA, BEA]);
    office.rings(1);
    office.tell(Event::Accepted { operator: ADA, piece: call(1) });
    let work = phone(office.now);
    office.tell(Event::Taken { operator: BEA, piece: call(2), work });
    let commands = office.tell(Event::HandedOver { piece: call(1), to: BEA, instead_of: Some(call(2)) });
    assert!(commands.contains(&Command::Connect { piece: call(1), operator: BEA }));
    assert_eq!(office.state.operator(ADA).unwrap().show().doing, Doing::WrapUp);
    assert!(office.state.piece(call(2)).is_none());
}

#[test]
fn a_closed_queue_tells_everybody_and_a_full_one_who_comes_last() {
    let mut office = office(Rules { max_waiting: Some(7), ..Rules::default() }, &[ADA]);
    let full: Vec<_> = (0..9).flat_map(|n| office.rings(n)).filter(|c| matches!(c, Command::Close { .. })).collect();
    assert_eq!(full, [Command::Close { piece: call(8), why: Closing::Full }]);
    let told = office.tell(Event::Closed { queue: main_queue() });
    assert_eq!(told.iter().filter(|c| matches!(c, Command::Close { why: Closing::Closed, .. })).count(), 8);
    assert_eq!(office.rings(9), [Command::Close { piece: call(9), why: Closing::Closed }]);
    office.tell(Event::Opened { queue: main_queue() });
    office.rings(10);
    assert_eq!(office.at(call(10)), Some(ADA));
}

#[test]
fn who_was_not_told_of_the_closing_waits_on_when_the_queue_opens_again() {
    let mut office = office(Rules::default(), &[]);
    for n in 0..7 {
        office.rings(n);
    }
    office.tell(Event::SignedIn { operator: ADA, profile: serves_main() });
    office.one(Event::Closed { queue: main_queue() });
    let left = office.state.waiting(&main_queue());
    assert!(left > 0 && left < 7);
    office.one(Event::Ready { operator: ADA });
    assert!(office.ringing.is_empty(), "a closed queue offers nothing");
    office.tell(Event::Opened { queue: main_queue() });
    assert_eq!((office.ringing.len(), office.state.waiting(&main_queue())), (1, left - 1));
}

#[test]
fn of_two_who_are_free_at_once_each_takes_what_they_can() {
    let mut office = office(Rules { wrap_up: 30, ..Rules::default() }, &[ADA, BEA]);
    office.tell(Event::Skilled { operator: BEA, profile: knows("tax", SkillLevel::Expert) });
    for n in 1..=2 {
        office.rings(n);
        let operator = office.at(call(n)).unwrap();
        office.tell(Event::Accepted { operator, piece: call(n) });
    }
    let topic = |least| Some(Demand { of: vec![TopicId::new("tax")], least });
    let mut hard = phone(office.now);
    hard.needs.topic = topic(Some(SkillLevel::Good));
    let mut easy = phone(office.now + TimeDelta::seconds(1));
    easy.needs.topic = topic(None);
    office.tell(Event::Waits { piece: call(3), work: hard });
    office.tell(Event::Waits { piece: call(4), work: easy });
    for n in 1..=2 {
        office.tell(Event::Finished { operator: if n == 1 { ADA } else { BEA }, piece: call(n) });
    }
    office.pass(30);
    assert_eq!((office.at(call(3)), office.at(call(4))), (Some(BEA), Some(ADA)));
}

#[test]
fn the_expected_wait_follows_from_what_was_served() {
    let mut office = office(Rules { wrap_up: 0, ..Rules::default() }, &[ADA, BEA]);
    for n in 0..20 {
        office.rings(n);
        office.serves(n, 120);
    }
    for n in 20..26 {
        office.rings(n);
        if let Some(operator) = office.at(call(n)) {
            office.tell(Event::Accepted { operator, piece: call(n) });
        }
    }
    // Two servers, two minutes each: the queue moves on once a minute.
    assert_eq!(office.state.expected_wait(call(22)), Some(TimeDelta::minutes(1)));
    assert_eq!(office.state.expected_wait(call(25)), Some(TimeDelta::minutes(4)));
    assert_eq!(office.state.expected_wait(call(20)), None);
}

#[test]
fn a_state_can_be_told_again_after_a_restart() {
    let mut office = office(Rules::default(), &[ADA, BEA]);
    for n in 0..5 {
        office.rings(n);
        office.pass(1);
    }
    office.tell(Event::Accepted { operator: ADA, piece: call(0) });
    let mut again = Outside { now: office.now, ..Outside::default() };
    again.tell(Event::Ruled { queue: main_queue(), rules: Rules::default() });
    again.tell(Event::SignedIn { operator: ADA, profile: serves_main() });
    let entries: Vec<_> = office.state.pieces.iter().map(|(piece, entry)| (*piece, entry.clone())).collect();
    for (piece, entry) in entries {
        again.tell(match entry.standing {
            Standing::InHand { by: operator, .. } => Event::Taken { operator, piece, work: entry.work },
            _ => Event::Waits { piece, work: entry.work },
        });
    }
    again.tell(Event::SignedIn { operator: BEA, profile: serves_main() });
    again.tell(Event::Ready { operator: BEA });
    let line = |office: &Outside| office.state.line(&main_queue()).collect::<Vec<_>>();
    assert_eq!((line(&again), &again.ringing), (line(&office), &office.ringing));
}

#[test]
fn nothing_is_kept_of_what_has_gone() {
    let mut office = office(Rules { owner_wait: 5, ..Rules::default() }, &[ADA, BEA]);
    for n in 0..200 {
        let mut work = Work { owner: Some(UserId(n % 3)), ..phone(office.now) };
        work.needs.topic = Some(Demand::new(vec![TopicId::new(format!("t{n}"))], SkillLevel::Good));
        office.tell(Event::Waits { piece: call(n), work });
        office.pass(1);
    }
    for n in 0..200 {
        office.tell(Event::Gone { piece: call(n) });
    }
    for operator in [ADA, BEA] {
        office.tell(Event::Leaving { operator });
    }
    office.pass(1000);
    let left = &office.state;
    assert!(left.pieces.is_empty() && left.operators.is_empty() && left.due().is_none());
    assert!(left.waiting.is_empty() && left.roster.is_empty());
}
