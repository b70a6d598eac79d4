//! Jobs: one process at a time does each.

use centre::{By, case};
use chrono::TimeDelta;
use stories::{on_both, work};

/// The kinds that are due again within an hour.
async fn hourly(office: &stories::Office) -> Vec<String> {
    let all = centre::jobs::standing(&office.centre).await.unwrap();
    all.into_iter().filter(|job| job.every <= TimeDelta::hours(1)).map(|job| job.kind).collect()
}

on_both! {
    async fn a_job_is_leased_to_one_node_until_it_is_done_or_the_node_is_dead(office) {
        let other = office.second().await;
        office.do_due_jobs().await;
        office.later(TimeDelta::hours(1));
        let hourly = hourly(&office).await;
        let kinds = hourly.clone();
        let claim = async |centre: &centre::Centre, who: &'static str| { let kinds = kinds.clone(); centre.work(By::System, move |w| Box::pin(async move { let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect(); Ok(db::job::claim(w.tx, &kinds, who, w.now, TimeDelta::minutes(10), 50).await?) })).await.unwrap() };
        let had = claim(&office.centre, "node-1").await;
        assert_eq!(had.len(), hourly.len());
        assert!(claim(&other.centre, "node-2").await.is_empty());
        assert_eq!(other.centre.do_due_jobs().await.unwrap(), 0);
        office.later(TimeDelta::minutes(11));
        assert_eq!(other.centre.do_due_jobs().await.unwrap(), hourly.len(), "the first has died: the second does them");
    }

    async fn every_job_is_done_once_however_many_nodes_look(office) {
        let other = office.second().await;
        office.later(TimeDelta::hours(1));
        let look = |centre: &centre::Centre| {
            let centre = centre.clone();
            tokio::spawn(async move { centre.do_due_jobs().await.unwrap() })
        };
        let (one, two) = (look(&office.centre), look(&other.centre));
        let all = centre::jobs::standing(&office.centre).await.unwrap().len();
        assert_eq!(one.await.unwrap() + two.await.unwrap(), all);
    }

    async fn one_bad_case_does_not_keep_the_others_from_their_reminders(office) {
        let sara = office.hire("sara", "front").await;
        let mut cases = Vec::new();
        for n in 1..=3 {
            let id = office.letter(&format!("g{n}@posta.example"), "Un caso").await;
            let at = office.now() + TimeDelta::hours(n);
            office.by(&sara, work!(|w| case::remind(w, id, Some(at)))).await.unwrap();
            cases.push(id);
        }
        stories::spoil(&office, cases[0]).await;
        office.later(TimeDelta::hours(4));
        office.do_due_jobs().await;
        for id in &cases[1..] {
            assert_eq!(office.case(*id).await.remind_at, None);
        }
        assert!(centre::outbox::failing_jobs(&office.centre).await.unwrap().is_empty());
    }

    async fn a_recurring_job_that_was_given_up_begins_again_with_the_next_start(office) {
        office.do_due_jobs().await;
        office.later(TimeDelta::hours(1));
        office.centre.work(By::System, |w| Box::pin(async move {
            for job in db::job::claim(w.tx, &["close"], "node-1", w.now, TimeDelta::minutes(10), 10).await? {
                db::job::failed(w.tx, job.id, "node-1", w.now, None, "out of paper").await?;
            }
            Ok(())
        })).await.unwrap();
        let failing = centre::outbox::failing_jobs(&office.centre).await.unwrap();
        assert_eq!((failing.len(), failing[0].state.as_str()), (1, "dead"));
        assert_eq!(office.centre.do_due_jobs().await.unwrap(), hourly(&office).await.len() - 1);
        let restarted = office.second().await;
        assert_eq!(restarted.centre.do_due_jobs().await.unwrap(), 1);
        assert!(centre::outbox::failing_jobs(&office.centre).await.unwrap().is_empty());
    }

    async fn what_has_run_out_is_swept_however_much_it_is(office) {
        office.centre.work(By::System, |w| Box::pin(async move {
            for n in 0..2_300 {
                db::presence::save(w.tx, model::CaseId(n), model::UserId(1), false, w.now).await?;
            }
            Ok(())
        })).await.unwrap();
        office.later(TimeDelta::hours(1));
        office.do_due_jobs().await;
        let left = office.centre.work(By::System, |w| Box::pin(async move { Ok(db::presence::sweep(w.tx, w.now, 5_000).await?) })).await.unwrap();
        assert_eq!(left, 0);
    }

    async fn a_file_of_a_form_that_is_mended_on_another_node_is_still_there(office) {
        let kept = office.centre.files().keep("isee.txt", "Un documento\n".into()).await.unwrap();
        let sealed = office.centre.files().seal(&kept);
        let other = office.second().await;
        office.later(TimeDelta::hours(20));
        let again = other.centre.files().unseal(&sealed).unwrap();
        assert_eq!(again, kept);
        // Carried from form to form it does not grow younger: after a day the sweep may have taken it.
        let sealed = other.centre.files().seal(&again);
        office.later(TimeDelta::hours(4));
        let gone = other.centre.files().unseal(&sealed).unwrap_err();
        assert_eq!((gone.field, gone.problem), ("files", model::problem::Problem::FileGone));
        assert!(other.centre.files().unseal("0a0b").is_err());
    }

    async fn a_database_sweeps_no_files_of_another(office) {
        let stranger = office.stranger().await;
        let kept = office.centre.files().keep("isee.txt", "Un documento\n".into()).await.unwrap();
        office.receive(centre::intake::Inbound { files: vec![kept], ..stories::letter("g@posta.example", "con allegato") }).await;
        stranger.clock.set(stories::at("2099-01-01T10:00:00+01:00"));
        assert_eq!(stranger.centre.files().sweep(stranger.centre.db(), stranger.now()).await.unwrap(), 0);
        office.centre.files().keep("perso.txt", "Mai spedito\n".into()).await.unwrap();
        assert_eq!(office.centre.files().sweep(office.centre.db(), stranger.now()).await.unwrap(), 1);
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
        let (_, contents) = centre::files::download(&office.centre, &sara, id, file.id).await.unwrap();
        let bytes = futures::TryStreamExt::try_collect::<Vec<_>>(contents).await.unwrap().concat();
        assert_eq!(&bytes[..], "Un documento\n".as_bytes());
        let other = office.letter("g@posta.example", "altro").await;
        assert!(centre::files::download(&office.centre, &sara, other, file.id).await.is_err(), "a file is had through its own case");
    }
}

stories::served_on_both! {
    async fn the_machine_room_shows_its_jobs_and_runs_one_when_asked(server) {
        server.hire("ada", "admin");
        let ada = server.signed_in("ada").await;
        let page = async || ada.get(server.url("/admin/jobs")).send().await.unwrap().text().await.unwrap();
        let rooms = stories::eventually("the jobs have run", async || Some(page().await).filter(|p| !p.contains("ultima volta: mai"))).await;
        assert!(rooms.contains("Chiusura") && rooms.contains("action=\"/admin/jobs/close/run\""), "{rooms}");
        assert_eq!(ada.post(server.url("/admin/jobs/close/run")).send().await.unwrap().status(), 303);
        assert_eq!(ada.post(server.url("/admin/jobs/nessuno/run")).send().await.unwrap().status(), 404);
        let log = ada.get(server.url("/admin/audit?subject=job")).send().await.unwrap().text().await.unwrap();
        assert!(log.contains("close"), "who asked for it is in the log");
        server.hire("sara", "front");
        let sara = server.signed_in("sara").await;
        assert_eq!(sara.post(server.url("/admin/jobs/close/run")).send().await.unwrap().status(), 403);
    }
}

on_both! {
    async fn a_dead_letter_is_sent_again_or_dropped_by_a_person(office) {
        use centre::{mail, outbox};
        let ada = By::Staff(office.hire("ada", "admin").await);
        let sara = By::Staff(office.hire("sara", "front,supervisor").await);
        for n in 0..3 {
            office.letter(&format!("g{n}@posta.example"), "Un caso").await;
        }
        for letter in mail::claim(&office.centre, 10).await.unwrap() {
            mail::failed(&office.centre, &letter, "550 5.1.1".to_owned(), true).await.unwrap();
        }
        let dead = outbox::dead(&office.centre, 10).await.unwrap();
        assert_eq!(dead.len(), 3);
        assert_eq!(outbox::dead_before(&office.centre, Some(dead[0].id), 10).await.unwrap().len(), 2);
        assert!(outbox::give_up(&office.centre, sara.clone(), dead[0].id).await.is_err(), "only an administrator");
        assert!(outbox::send_again(&office.centre, sara, dead[0].id).await.is_err());
        assert!(outbox::give_up(&office.centre, ada.clone(), dead[0].id).await.unwrap());
        assert!(!outbox::give_up(&office.centre, ada.clone(), dead[0].id).await.unwrap(), "once");
        let kept = db::outbox::of_cases(office.centre.db().read(), &[dead[0].case.unwrap()]).await.unwrap().remove(0);
        assert_eq!(kept.state, "dropped");
        assert!(!kept.payload.to_string().contains('@'), "its address is no longer kept");
        assert!(outbox::send_again(&office.centre, ada.clone(), dead[1].id).await.unwrap());
        assert_eq!(outbox::send_all_again(&office.centre, ada).await.unwrap(), 1);
        office.later(TimeDelta::minutes(1));
        assert_eq!(mail::claim(&office.centre, 10).await.unwrap().len(), 2, "what was dropped does not go");
    }
}
