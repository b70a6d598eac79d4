//! The parts of one report are counted at the same time, and still of one moment, whoever writes meanwhile.

use db::report::{Span, day};
use stories::{Office, letter, on_both};

/// How many contacts each of some views of one moment holds.
async fn counts(office: &Office, views: usize) -> Vec<i64> {
    let span = Span {
        from: office.now() - chrono::TimeDelta::days(1),
        to: office.now() + chrono::TimeDelta::days(1),
        service: None,
        as_of: office.now(),
    };
    let views = office.centre.db().views(views).await.unwrap();
    let mut counts = Vec::new();
    for view in &views {
        // Others write between one view and the next.
        office.receive(letter("io@posta.example", "scrivo")).await;
        counts.push(day::inbound(view, &span).await.unwrap());
    }
    counts
}

on_both! {
    async fn views_are_of_one_moment_while_another_process_writes(office) {
        let other = office.second().await;
        let writing = tokio::spawn(async move {
            for n in 0..200 {
                other.receive(letter(&format!("p{n}@posta.example"), "scrivo")).await;
            }
        });
        let mut seen = std::collections::BTreeSet::new();
        while !writing.is_finished() {
            let counts = counts(&office, 3).await;
            assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
            seen.insert(counts[0]);
        }
        writing.await.unwrap();
        assert!(seen.len() > 1, "nothing was written meanwhile");
        // Nobody else is at it now.
        assert!(counts(&office, 3).await.len() > 1, "no two views were had at once");
    }

    async fn a_report_makes_do_with_one_view_when_no_other_connection_is_free(office) {
        let held = futures::future::try_join_all((0..3).map(|_| office.centre.db().view())).await.unwrap();
        let views = office.centre.db().views(9).await.unwrap();
        assert!((1..=4).contains(&views.len()), "{}: half of all connections are for others", views.len());
        drop(held);
    }
}
