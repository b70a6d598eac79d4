//! Events: followed in the order in which they became visible, none lost, none twice.

use centre::events::Follower;
use centre::{Centre, case};
use db::ConnectionTrait;
use model::event::{Position, Record};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use stories::{Office, letter, on_both, work};

/// Follows until `count` contacts have joined cases and nothing more comes.
async fn follow(mut follower: Follower, count: usize) -> Vec<Arc<Record>> {
    let (mut seen, mut joined) = (Vec::new(), 0);
    while joined < count {
        let next = tokio::time::timeout(Duration::from_secs(60), follower.next()).await;
        let record = next.unwrap_or_else(|_| panic!("only {joined} of {count} contacts were told of")).unwrap();
        joined += usize::from(record.kind == "contact-joined");
        seen.push(record);
    }
    seen
}

/// Many write at once.
async fn write(centres: Vec<Centre>, writers: usize, letters: usize) {
    let all: Vec<_> = (0..writers)
        .map(|writer| {
            let centre = centres[writer % centres.len()].clone();
            tokio::spawn(async move {
                for n in 0..letters {
                    let inbound = letter(&format!("w{writer}@posta.example"), &format!("lettera {n}"));
                    centre.work(centre::By::Citizen, work!(|w| centre::intake::accept(w, inbound))).await.unwrap();
                }
            })
        })
        .collect();
    for one in all {
        one.await.unwrap();
    }
}

fn check(seen: &[Arc<Record>], cases: usize) {
    assert!(seen.windows(2).all(|two| two[0].position < two[1].position), "in order and none twice");
    let mut of_case: HashMap<&str, Vec<&str>> = HashMap::new();
    for record in seen.iter().filter(|r| r.subject == model::event::Subject::Case) {
        of_case.entry(&record.subject_id).or_default().push(&record.kind);
    }
    assert_eq!(of_case.len(), cases, "none lost");
    assert!(of_case.values().all(|kinds| kinds[..2] == ["opened", "contact-joined"]), "each case in its own order");
}

async fn many_writers(office: &Office, centres: Vec<Centre>) {
    let feeds: Vec<_> = centres.iter().map(|centre| tokio::spawn(centre.clone().feed())).collect();
    let count = 6 * 12;
    let mut followers = Vec::new();
    for centre in &centres {
        followers.push(tokio::spawn(follow(centre.follow(Some(Position::default())), count)));
        followers.push(tokio::spawn(follow(centre.follow(None), count)));
    }
    write(centres.clone(), 6, 12).await;
    let mut told = Vec::new();
    for follower in followers {
        told.push(follower.await.unwrap());
    }
    for seen in &told {
        check(seen, count);
    }
    // Whoever comes late reads the same, from wherever they stopped.
    let half = told[0][told[0].len() / 2].position;
    let rest: Vec<_> = told[0].iter().filter(|r| r.position > half).map(|r| r.position).collect();
    let joined = told[0].iter().filter(|r| r.position > half && r.kind == "contact-joined").count();
    let late: Vec<_> = follow(office.centre.follow(Some(half)), joined).await.iter().map(|r| r.position).collect();
    assert_eq!(late, rest[..late.len()]);
    feeds.iter().for_each(tokio::task::JoinHandle::abort);
}

on_both! {
    async fn followers_see_what_many_write_each_once_and_in_order(office) {
        many_writers(&office, vec![office.centre.clone()]).await;
    }

    async fn followers_see_what_two_nodes_write_each_once_and_in_order(office) {
        let other = office.second().await;
        many_writers(&office, vec![office.centre.clone(), other.centre.clone()]).await;
    }

    async fn an_event_that_cannot_be_looked_at_ends_the_stream_and_is_not_left_out(office) {
        let luca = office.hire_as("luca", "back", Some("inps"), &[]).await;
        let (foreign, own) = (office.letter("a@posta.example", "Un caso").await, office.letter("b@posta.example", "Un caso").await);
        let structure = format!("UPDATE cases SET structure = 'inps' WHERE id = {own}");
        office.centre.work(centre::By::System, move |w| Box::pin(async move { Ok(w.tx.execute_unprepared(&structure).await.map(drop)) })).await.unwrap().unwrap();
        // On PostgreSQL an event shows when every older transaction of the server has ended, other stories' too: the feed
        // tells of it then.
        let feed = tokio::spawn(office.centre.clone().feed());
        let start = Some(Position::default());
        stories::spoil(&office, own).await;
        assert!(office.centre.follow(start).next_case(&luca).await.is_err());
        stories::mend(&office, own).await;
        let told = office.centre.follow(start).next_case(&luca).await.unwrap();
        assert_eq!((told.subject_id.clone(), told.kind.as_str()), (own.to_string(), "opened"), "nothing of {foreign}");
        feed.abort();
    }

    async fn a_catalogue_that_cannot_be_read_holds_up_no_event(office) {
        let feed = tokio::spawn(office.centre.clone().feed());
        let follower = office.centre.follow(None);
        let spoilt = office.centre.work(centre::By::System, |w| Box::pin(async move {
            use model::event::{Actor, Subject};
            db::event::append(w.tx, Actor::System, w.now, Subject::Service, "linea-amica", "changed", serde_json::json!({}));
            Ok(w.tx.execute_unprepared("UPDATE service SET definition = '{}'").await.map(drop))
        }));
        spoilt.await.unwrap().unwrap();
        office.letter("g@posta.example", "Un caso").await;
        follow(follower, 1).await;
        feed.abort();
    }

    async fn what_is_undone_is_never_told(office) {
        let sara = office.hire("sara", "front").await;
        let feed = tokio::spawn(office.centre.clone().feed());
        let mut follower = office.centre.follow(None);
        let id = office.letter("g@posta.example", "Un caso").await;
        let refused = office.by(&sara, move |w| Box::pin(async move {
            case::take(w, id).await?;
            Err::<(), _>(centre::Error::NotFound("nothing"))
        })).await;
        assert!(refused.is_err());
        office.by(&sara, work!(|w| case::note(w, id, "x", Vec::new()))).await.unwrap();
        let mut kinds = Vec::new();
        while kinds.last().is_none_or(|k| k != "noted") {
            let record = tokio::time::timeout(Duration::from_secs(40), follower.next()).await.unwrap().unwrap();
            if record.subject == model::event::Subject::Case {
                kinds.push(record.kind.clone());
            }
        }
        assert_eq!(kinds, ["opened", "contact-joined", "noted"]);
        assert_eq!(office.case(id).await.assignee, None);
        feed.abort();
    }

    async fn a_service_changed_on_one_node_is_known_on_the_other(office) {
        let other = office.second().await;
        let feed = tokio::spawn(other.centre.clone().feed());
        office.serve(toml::from_str("id = \"abruzzo\"\nname = \"Abruzzo\"").unwrap()).await;
        stories::eventually("the new service on the other node", async || other.centre.catalogue().service(&model::ServiceId::new("abruzzo")).map(drop)).await;
        feed.abort();
    }
}
