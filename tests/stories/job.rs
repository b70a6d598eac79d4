//! Jobs: one process at a time does each.

use centre::By;
use chrono::TimeDelta;
use stories::on_both;

on_both! {
    async fn a_job_is_leased_to_one_node_until_it_is_done_or_the_node_is_dead(office) {
        let other = office.second().await;
        office.do_due_jobs().await;
        office.later(TimeDelta::hours(1));
        let claim = async |centre: &centre::Centre, who: &'static str| centre.work(By::System, move |w| Box::pin(async move { Ok(db::job::claim(w.tx, &["close", "sweep", "bring-back"], who, w.now, TimeDelta::minutes(10), 10).await?) })).await.unwrap();
        let had = claim(&office.centre, "node-1").await;
        assert_eq!(had.len(), 3);
        assert!(claim(&other.centre, "node-2").await.is_empty());
        assert_eq!(other.centre.do_due_jobs().await.unwrap(), 0);
        office.later(TimeDelta::minutes(11));
        assert_eq!(other.centre.do_due_jobs().await.unwrap(), 3, "the first has died: the second does them");
    }

    async fn every_job_is_done_once_however_many_nodes_look(office) {
        let other = office.second().await;
        office.later(TimeDelta::hours(1));
        let look = |centre: &centre::Centre| {
            let centre = centre.clone();
            tokio::spawn(async move { centre.do_due_jobs().await.unwrap() })
        };
        let (one, two) = (look(&office.centre), look(&other.centre));
        assert_eq!(one.await.unwrap() + two.await.unwrap(), 3);
    }

    async fn a_file_that_no_case_names_is_swept(office) {
        let kept = office.centre.files().keep("isee.txt", "Un documento\n".into()).await.unwrap();
        let id = office.receive(centre::intake::Inbound { files: vec![kept], ..stories::letter("g@posta.example", "con allegato") }).await.case;
        office.centre.files().keep("perso.txt", "Mai spedito\n".into()).await.unwrap();
        // The storage tells the time of its files by the system's clock, which is ahead of the story's or behind it.
        office.clock.set(stories::at("2099-01-01T10:00:00+01:00"));
        assert_eq!(office.centre.files().sweep(office.centre.db(), office.now()).await.unwrap(), 1);
        let sara = office.hire("sara", "front").await;
        let file = db::attachment::of_cases(office.centre.db().read(), &[id]).await.unwrap().remove(0);
        let (_, bytes) = centre::files::download(&office.centre, &sara, id, file.id).await.unwrap();
        assert_eq!(&bytes[..], "Un documento\n".as_bytes());
        let other = office.letter("g@posta.example", "altro").await;
        assert!(centre::files::download(&office.centre, &sara, other, file.id).await.is_err(), "a file is had through its own case");
    }
}
