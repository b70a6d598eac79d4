//! The desk's lists: complete, without repeats, and counted.

use centre::case::{self, Reply};
use centre::desk::{self, List};
use chrono::TimeDelta;
use model::case::Outcome;
use model::user::Staff;
use model::{CaseId, QueueId};
use stories::{Office, on_both, work};

/// All cases of a list, page by page.
async fn walk(office: &Office, staff: &Staff, list: List, step: u64) -> Vec<CaseId> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = desk::page(&office.centre, staff, list, None, after, step).await.unwrap();
        all.extend(page.cases.iter().map(|s| s.case.id));
        after = page.next;
        if after.is_none() {
            return all;
        }
    }
}

fn count(counts: &desk::Counts, list: List) -> u64 {
    counts.lists.iter().find(|(l, _)| *l == list).unwrap().1
}

on_both! {
    async fn each_list_holds_what_it_says_and_counts_it(office) {
        let (sara, bruno) = (office.hire("sara", "front").await, office.hire("bruno", "back").await);
        let mut ids = Vec::new();
        for n in 0..6 {
            ids.push(office.letter(&format!("g{n}@posta.example"), "Un caso").await);
        }
        let [free, mine, waiting, back, solved, reminded] = ids[..] else { panic!() };
        office.by(&sara, work!(|w| case::take(w, mine))).await.unwrap();
        office.by(&sara, work!(|w| case::reply(w, waiting, Reply { text: "?".to_owned(), wait: true, ..Reply::default() }))).await.unwrap();
        office.by(&sara, work!(|w| case::escalate(w, back, &QueueId::new("linea-amica-back"), "a voi"))).await.unwrap();
        office.by(&sara, work!(|w| case::solve(w, solved, Outcome::Solved, None))).await.unwrap();
        office.by(&sara, work!(|w| case::take(w, reminded))).await.unwrap();
        let monday = office.now() + TimeDelta::days(7);
        office.by(&sara, work!(|w| case::remind(w, reminded, Some(monday)))).await.unwrap();

        let expected = [(List::Unassigned, vec![free]), (List::Mine, vec![mine]), (List::Waiting, vec![waiting, reminded]), (List::BackOffice, vec![back]), (List::Overdue, vec![]), (List::Solved, vec![solved])];
        let counts = desk::counts(&office.centre, &sara).await.unwrap();
        for (list, cases) in expected {
            let mut seen = walk(&office, &sara, list, 50).await;
            seen.sort_unstable();
            assert_eq!(seen, cases, "{list:?}");
            if list != List::Solved {
                assert_eq!(count(&counts, list), cases.len() as u64, "{list:?}");
            }
        }
        assert_eq!(counts.solved_today, 1);
        assert_eq!(walk(&office, &bruno, List::Unassigned, 50).await, [back], "the back office takes its own");
        office.later(TimeDelta::days(3));
        let mut late = walk(&office, &sara, List::Overdue, 50).await;
        late.sort_unstable();
        assert_eq!(late, [free, mine, reminded], "promises have passed, but not while we wait for the citizen");
    }

    async fn a_list_read_by_cursor_is_whole_and_repeats_nothing(office) {
        let sara = office.hire("sara", "front").await;
        let mut all = Vec::new();
        for n in 0..40 {
            // Many fall due at the same instant: the cursor must tell them apart.
            if n % 4 == 0 {
                office.later(TimeDelta::minutes(1));
            }
            all.push(office.letter("g@posta.example", &format!("caso {n}")).await);
        }
        let seen = walk(&office, &sara, List::Unassigned, 7).await;
        assert_eq!(seen, all, "what is due first comes first");
        for id in &all[..25] {
            let id = *id;
            office.by(&sara, work!(|w| case::solve(w, id, Outcome::Solved, None))).await.unwrap();
        }
        let mut solved = walk(&office, &sara, List::Solved, 4).await;
        assert_eq!(solved.first(), Some(&all[24]), "the latest first");
        solved.sort_unstable();
        assert_eq!(solved, all[..25]);
        assert_eq!(walk(&office, &sara, List::Unassigned, 1).await, all[25..]);
    }

    async fn who_serves_some_queues_sees_those(office) {
        let text = "id = \"linea-amica\"\nname = \"LA\"\n[[queues]]\nid = \"tutto\"\nname = \"Tutto\"\nlevel = \"front\"\n[[queues]]\nid = \"bonus\"\nname = \"Bonus\"\nlevel = \"front\"\ntopics = [\"bonus\"]\n";
        office.serve(toml::from_str(text).unwrap()).await;
        let (sara, luca, capo) = (office.hire_as("sara", "front", None, &["bonus"]).await, office.hire("luca", "front").await, office.hire("capo", "supervisor").await);
        let bonus = office.receive(centre::intake::Inbound { topic: Some(model::TopicId::new("bonus")), ..stories::letter("g@posta.example", "bonus") }).await.case;
        let other = office.letter("g@posta.example", "altro").await;
        assert_eq!(walk(&office, &sara, List::Team, 50).await, [bonus]);
        assert_eq!(walk(&office, &luca, List::Team, 50).await, [bonus, other]);
        assert_eq!(walk(&office, &capo, List::Team, 50).await, [bonus, other]);
    }
}

/// What the planner is told, without which an index that was large once makes every counter read the whole table.
#[tokio::test]
async fn postgres_is_told_to_look_things_up_by_their_index() {
    use db::ConnectionTrait;
    let office = stories::Office::open(db::Engine::Postgres).await;
    for (setting, value) in [("random_page_cost", "1.1"), ("max_parallel_workers_per_gather", "0")] {
        let told = format!(
            "DO $$ BEGIN IF current_setting('{setting}') <> '{value}' THEN RAISE EXCEPTION '{setting} is %', current_setting('{setting}'); END IF; END $$"
        );
        office.centre.db().read().execute_unprepared(&told).await.unwrap();
    }
}
