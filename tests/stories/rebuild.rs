//! Whatever happens in the office, a case rebuilt from its events equals its row.

use centre::case::{self, Reply};
use centre::intake::Inbound;
use centre::{By, Error, citizen, manual};
use chrono::TimeDelta;
use db::Engine;
use model::case::{Case, Kind, Outcome};
use model::contact::Channel;
use model::user::Staff;
use model::{CaseId, ContactId, QueueId, TopicId};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use std::sync::Arc;
use stories::{Office, letter, work};

/// One thing that somebody does: what, who, to which case, and how long after the last.
type Step = (u8, u8, u8, u16);

struct Play {
    office: Office,
    staff: Vec<Arc<Staff>>,
    cases: Vec<CaseId>,
    contacts: Vec<(CaseId, ContactId)>,
}

impl Play {
    async fn step(&mut self, (what, who, which, minutes): Step) {
        self.office.later(TimeDelta::minutes(i64::from(minutes)));
        let pick = |n: u8| self.cases[usize::from(n) % self.cases.len()];
        let (id, other) = (pick(which), pick(which.wrapping_add(what)));
        let by = By::Staff(self.staff[usize::from(who) % self.staff.len()].clone());
        let colleague = self.staff[usize::from(which) % self.staff.len()].id;
        let (centre, now, flag) = (self.office.centre.clone(), self.office.now(), who > 127);
        let text = "parole".to_owned();
        let outcome: Result<(), Error> = match what % 26 {
            0 | 1 => {
                let continued = flag.then_some(id);
                let inbound = Inbound { case: continued, ..letter(&format!("p{}@posta.example", which % 5), "scrivo") };
                self.accepted(centre.work(By::Citizen, work!(|w| centre::intake::accept(w, inbound))).await)
            }
            2 => {
                let call = Inbound {
                    channel: Some(Channel::Phone),
                    phone: Some("333 555 0117".to_owned()),
                    text,
                    case: flag.then_some(id),
                    ..Inbound::default()
                };
                let outcome = (which > 100).then_some(Outcome::Referred);
                self.accepted(centre.work(by, work!(|w| manual::record(w, call, outcome))).await)
            }
            3 | 4 => centre.work(by, work!(|w| case::take(w, id))).await,
            5 => centre.work(by, work!(|w| case::assign(w, id, flag.then_some(colleague)))).await,
            6 | 7 => {
                let reply = Reply { text, solve: which % 3 == 0, wait: which % 3 == 1, ..Reply::default() };
                centre.work(by, work!(|w| case::reply(w, id, reply))).await.map(drop)
            }
            8 => centre.work(by, work!(|w| case::note(w, id, "nota", Vec::new()))).await.map(drop),
            9 => centre.work(by, work!(|w| case::wait(w, id))).await,
            10 | 11 => {
                centre.work(by, work!(|w| case::escalate(w, id, &QueueId::new("linea-amica-back"), "motivo"))).await
            }
            12 => centre.work(by, work!(|w| case::give_back(w, id, "ecco", flag))).await,
            13 => {
                centre
                    .work(by, work!(|w| case::solve(w, id, Outcome::Solved, flag.then(|| TopicId::new("bonus")))))
                    .await
            }
            14 => centre.work(by, work!(|w| case::reopen(w, id))).await,
            15 => {
                centre
                    .work(by, work!(|w| case::classify(w, id, Some(TopicId::new("casa")), Some(Kind::Complaint))))
                    .await
            }
            16 => centre.work(by, work!(|w| case::remind(w, id, flag.then(|| now + TimeDelta::days(2))))).await,
            17 => centre.work(by, work!(|w| case::merge(w, id, other))).await,
            18 => centre.work(by, work!(|w| case::unmerge(w, id))).await,
            19 => {
                let contacts: Vec<_> =
                    self.contacts.iter().filter(|(case, _)| *case == id).take(1).map(|(_, contact)| *contact).collect();
                let split = centre.work(by, work!(|w| case::split(w, id, contacts, Vec::new(), "altro"))).await;
                split.map(|new| self.cases.push(new))
            }
            20 => centre.work(by, work!(|w| case::link(w, id, other))).await,
            21 => centre.work(By::Citizen, work!(|w| citizen::write(w, id, "ancora io", Vec::new()))).await,
            22 => centre.work(By::Citizen, work!(|w| citizen::withdraw(w, id))).await,
            23 => centre.work(by, work!(|w| case::recall(w, id))).await,
            24 => centre.work(by, work!(|w| case::resume(w, id))).await,
            _ => {
                self.office.later(TimeDelta::days(i64::from(which % 40)));
                self.office.do_due_jobs().await;
                Ok(())
            }
        };
        match outcome {
            Ok(())
            | Err(Error::Refused(_) | Error::Denied(_) | Error::Invalid(_) | Error::NotFound(_) | Error::Contact(_)) => {
            }
            Err(other) => panic!("{other}"),
        }
    }

    fn accepted(&mut self, outcome: centre::Result<centre::intake::Accepted>) -> Result<(), Error> {
        let accepted = outcome?;
        if !self.cases.contains(&accepted.case) {
            self.cases.push(accepted.case);
        }
        self.contacts.push((accepted.case, accepted.contact));
        Ok(())
    }

    async fn check(&self) {
        for id in &self.cases {
            let history = db::event::of_cases(self.office.centre.db().read(), &[*id]).await.unwrap();
            let events: Vec<_> = history
                .iter()
                .map(|record| (record.at, record.case_event().unwrap_or_else(|| panic!("{record:?} cannot be read"))))
                .collect();
            assert_eq!(Case::rebuild(*id, events).unwrap(), self.office.case(*id).await, "{history:#?}");
        }
    }
}

async fn play(engine: Engine, plays: Vec<Vec<Step>>) {
    let office = Office::open(engine).await;
    let staff = vec![
        office.hire("sara", "front").await,
        office.hire("bruno", "back").await,
        office.hire("capo", "supervisor").await,
    ];
    let mut play = Play { office, staff, cases: Vec::new(), contacts: Vec::new() };
    for steps in plays {
        play.cases = vec![
            play.office.letter("p0@posta.example", "Un caso").await,
            play.office.letter("p1@posta.example", "Altro caso").await,
        ];
        play.contacts.clear();
        for step in steps {
            play.step(step).await;
        }
        play.check().await;
    }
}

/// The same random histories on either engine: from a fixed seed, so that a failure fails again.
fn histories() -> Vec<Vec<Step>> {
    let mut runner = TestRunner::new_with_rng(
        Config { failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let steps = prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>(), 0u16..2_000), 10..60);
    (0..12).map(|_| steps.new_tree(&mut runner).unwrap().current()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_rebuilt_from_its_events_is_its_row_on_sqlite() {
    play(Engine::Sqlite, histories()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_rebuilt_from_its_events_is_its_row_on_postgres() {
    play(Engine::Postgres, histories()).await;
}
