//! Services as one TOML file: what would change is said before, what cannot be is refused with its line, and no case is
//! ever left without a queue.

use centre::intake::Inbound;
use centre::service::{self, Wanted, written};
use centre::{By, Error};
use chrono::TimeDelta;
use db::Engine;
use model::case::Kind;
use model::contact::Channel;
use model::event::Subject;
use model::problem::Problem;
use model::service::{Flaw, Service};
use model::{QueueId, ServiceId, TopicId};
use std::collections::BTreeMap;
use stories::{Office, Server, at, letter, on_both, served_on_both, work};

fn read(text: &str) -> Service {
    written::read(text).unwrap_or_else(|e| panic!("{e}"))
}

const WHOLE: &str = include_str!("service/whole.toml");

async fn whole(office: &Office) -> Service {
    let topics = ["bonus", "pensioni"].map(|id| model::topic::Topic {
        id: TopicId::new(id),
        parent: None,
        names: BTreeMap::new(),
        retired: false,
    });
    centre::topic::apply_all(&office.centre, By::System, topics.to_vec()).await.unwrap();
    service::apply(&office.centre, By::System, read(WHOLE)).await.unwrap();
    read(WHOLE)
}

on_both! {
    async fn a_service_that_is_written_out_and_applied_again_is_unchanged(office) {
        let defined = whole(&office).await;
        let kept = service::load(&office.centre, &defined.id).await.unwrap();
        assert_eq!(kept, defined);
        let again = read(&written::write(&kept).unwrap());
        assert_eq!(again, defined);
        assert!(service::apply(&office.centre, By::System, again).await.unwrap().is_empty(), "unchanged");
    }

    async fn what_changes_is_told_before_and_leaves_its_trace_without_words(office) {
        let ada = office.hire("ada", "admin").await;
        let mut wanted = whole(&office).await;
        wanted.promises.answer_minutes = 60;
        wanted.entry_points[0].value = "800 900 900".to_owned();
        let plan = service::plan(&office.centre, &Wanted::whole(wanted.clone())).await.unwrap();
        let told: Vec<String> = plan.changes.iter().map(ToString::to_string).collect();
        assert!(told.contains(&"~ promises.answer_minutes: 120 -> 60".to_owned()), "{told:?}");
        assert_eq!(service::load(&office.centre, &wanted.id).await.unwrap().promises.answer_minutes, 120, "nothing was written");
        service::apply(&office.centre, By::Staff(ada.clone()), wanted.clone()).await.unwrap();
        assert_eq!(office.centre.catalogue().service(&wanted.id).unwrap().promises.answer_minutes, 60);
        let log = db::event::audit::find(office.centre.db().read(), &db::event::audit::Filter { subject: Some(Subject::Service), ..Default::default() }, None, 10).await.unwrap();
        let last = &log.records[0];
        assert_eq!((last.kind.as_str(), last.subject_id.as_str()), ("changed", "prova"));
        assert!(last.data["changed"].as_array().unwrap().iter().any(|word| word == "promises.answer_minutes"), "{}", last.data);
        assert!(!last.data.to_string().contains("900"), "numbers and texts stay out of the log: {}", last.data);
    }

    async fn whoever_is_no_administrator_defines_nothing(office) {
        let sara = office.hire("sara", "front,supervisor").await;
        let refused = service::apply(&office.centre, By::Staff(sara), read(WHOLE)).await;
        assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
    }

    async fn two_administrators_hinder_one_another_only_where_they_change_the_same(office) {
        use model::service::Part;
        let ada = By::Staff(office.hire("ada", "admin").await);
        let defined = whole(&office).await;
        let seen = |part| Some(service::revision(&defined, Some(part)));
        let with = |change: fn(&mut Service)| { let mut other = defined.clone(); change(&mut other); other };
        let wanted = |service, part| Wanted { service, part: Some(part), seen: seen(part), moves: BTreeMap::new() };
        let slower = wanted(with(|s| s.promises.answer_minutes = 90), Part::Levels);
        let other_part = wanted(with(|s| s.name = "Altro nome".to_owned()), Part::General);
        service::change(&office.centre, ada.clone(), wanted(with(|s| s.promises.answer_minutes = 60), Part::Levels)).await.unwrap();
        let refused = service::change(&office.centre, ada.clone(), slower).await;
        assert!(matches!(refused, Err(Error::ChangedMeanwhile)), "{refused:?}");
        service::change(&office.centre, ada, other_part).await.unwrap();
        let now = service::load(&office.centre, &defined.id).await.unwrap();
        assert_eq!((now.name.as_str(), now.promises.answer_minutes), ("Altro nome", 60), "both changes stand");
    }

    async fn a_queue_that_holds_cases_goes_only_when_it_is_said_where_they_go(office) {
        let (defined, ada) = (whole(&office).await, office.hire("ada", "admin").await);
        let (front, bonus) = (QueueId::new("prova"), QueueId::new("prova-bonus"));
        let rita = office.hire_as("rita", "front", None, &["prova-bonus"]).await;
        let inbound = Inbound { service: Some(defined.id.clone()), topic: Some(TopicId::new("bonus")), ..letter("a@posta.example", "Un caso") };
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.push(office.receive(inbound.clone()).await.case);
        }
        assert_eq!(office.case(ids[0]).await.queue, bonus);
        let mut wanted = defined.clone();
        wanted.queues.retain(|queue| queue.id != bonus);
        let plan = service::plan(&office.centre, &Wanted::whole(wanted.clone())).await.unwrap();
        assert_eq!((plan.gone[0].queue.clone(), plan.gone[0].cases, plan.gone[0].serving), (bonus.clone(), 3, 1));
        let refused = service::apply(&office.centre, By::Staff(ada.clone()), wanted.clone()).await;
        assert!(matches!(&refused, Err(Error::QueueInUse { queue, cases: 3 }) if *queue == bonus), "{refused:?}");
        // To a queue of the other level they do not go.
        let to = |queue: &str| Wanted { moves: BTreeMap::from([(bonus.clone(), QueueId::new(queue))]), ..Wanted::whole(wanted.clone()) };
        assert!(matches!(service::change(&office.centre, By::Staff(ada.clone()), to("prova-ufficio")).await, Err(Error::QueueInUse { .. })));
        assert_eq!(office.case(ids[0]).await.queue, bonus);
        service::change(&office.centre, By::Staff(ada.clone()), to("prova")).await.unwrap();
        for id in &ids {
            assert_eq!(office.case(*id).await.queue, front);
        }
        let rita = centre::staff::load(&office.centre, rita.id).await.unwrap().unwrap();
        assert_eq!(rita.queues, std::slice::from_ref(&front), "whoever served it serves the other");
        assert!(office.centre.catalogue().queue(&bonus).is_none());
    }

    async fn a_queue_that_holds_cases_comes_to_the_other_level_only_without_them(office) {
        let (defined, sara) = (whole(&office).await, office.hire("sara", "front").await);
        let bonus = QueueId::new("prova-bonus");
        let inbound = Inbound { service: Some(defined.id.clone()), topic: Some(TopicId::new("bonus")), ..letter("a@posta.example", "Un caso") };
        let (id, solved) = (office.receive(inbound.clone()).await.case, office.receive(inbound.clone()).await.case);
        office.by(&sara, work!(|w| centre::case::solve(w, solved, model::case::Outcome::Solved, None))).await.unwrap();
        let mut wanted = defined.clone();
        wanted.queues.iter_mut().find(|queue| queue.id == bonus).unwrap().level = model::case::Level::Back;
        let plan = service::plan(&office.centre, &Wanted::whole(wanted.clone())).await.unwrap();
        assert_eq!((plan.gone[0].stays, plan.gone[0].cases), (true, 1));
        let refused = service::apply(&office.centre, By::System, wanted.clone()).await;
        assert!(matches!(&refused, Err(Error::QueueInUse { queue, cases: 1 }) if *queue == bonus), "{refused:?}");
        let other = office.second().await;
        let moved = Wanted { moves: BTreeMap::from([(bonus.clone(), QueueId::new("prova"))]), ..Wanted::whole(wanted) };
        service::change(&office.centre, By::System, moved).await.unwrap();
        assert_eq!(office.case(id).await.queue.as_str(), "prova");
        office.by(&sara, work!(|w| centre::case::reopen(w, solved))).await.unwrap();
        assert_eq!(office.case(solved).await.queue.as_str(), "prova", "what was solved in it comes back to the front office");
        // The other process has not been told yet.
        let late = other.receive(inbound).await.case;
        assert_eq!(office.case(late).await.queue, bonus);
        office.do_due_jobs().await;
        assert_eq!(office.case(late).await.queue.as_str(), "prova");
    }

    async fn no_case_moves_unless_all_can(office) {
        let (defined, sara) = (whole(&office).await, office.hire("sara", "front").await);
        let inbound = Inbound { service: Some(defined.id.clone()), topic: Some(TopicId::new("bonus")), ..letter("a@posta.example", "Un caso") };
        let (id, escalated) = (office.receive(inbound.clone()).await.case, office.receive(inbound).await.case);
        let (office_queue, bonus) = (QueueId::new("prova-ufficio"), QueueId::new("prova-bonus"));
        let to = office_queue.clone();
        office.by(&sara, work!(|w| centre::case::escalate(w, escalated, &to, "Serve l'ufficio"))).await.unwrap();
        let mut wanted = defined.clone();
        wanted.queues.truncate(1);
        let moves = BTreeMap::from([(bonus.clone(), QueueId::new("prova")), (office_queue.clone(), QueueId::new("prova"))]);
        let refused = service::change(&office.centre, By::System, Wanted { moves, ..Wanted::whole(wanted) }).await;
        assert!(matches!(&refused, Err(Error::QueueInUse { queue, cases: 1 }) if *queue == office_queue), "{refused:?}");
        assert_eq!(office.case(id).await.queue, bonus, "nothing was moved");
        assert_eq!(service::load(&office.centre, &defined.id).await.unwrap(), defined);
    }

    async fn a_queue_with_a_topic_is_called_otherwise_with_its_cases(office) {
        let defined = whole(&office).await;
        let inbound = Inbound { service: Some(defined.id.clone()), topic: Some(TopicId::new("bonus")), ..letter("a@posta.example", "Un caso") };
        let id = office.receive(inbound).await.case;
        let (old, new) = (QueueId::new("prova-bonus"), QueueId::new("prova-contributi"));
        let mut wanted = defined.clone();
        wanted.queues.iter_mut().find(|queue| queue.id == old).unwrap().id = new.clone();
        let moved = Wanted { moves: BTreeMap::from([(old, new.clone())]), ..Wanted::whole(wanted.clone()) };
        service::change(&office.centre, By::System, moved).await.unwrap();
        assert_eq!(office.case(id).await.queue, new);
        assert_eq!(service::load(&office.centre, &defined.id).await.unwrap(), wanted);
    }

    async fn nobody_comes_to_serve_every_queue_because_theirs_goes(office) {
        let defined = whole(&office).await;
        let bonus = QueueId::new("prova-bonus");
        let rita = office.hire_as("rita", "front", None, &["prova-bonus"]).await;
        let luca = office.hire_as("luca", "front", None, &["prova", "prova-bonus"]).await;
        let mut wanted = defined.clone();
        wanted.queues.retain(|queue| queue.id != bonus);
        let plan = service::plan(&office.centre, &Wanted::whole(wanted.clone())).await.unwrap();
        assert_eq!((plan.gone[0].serving, plan.gone[0].alone), (2, 1));
        let refused = service::apply(&office.centre, By::System, wanted.clone()).await;
        assert!(matches!(&refused, Err(Error::QueueServed { queue, people: 1 }) if *queue == bonus), "{refused:?}");
        let moves = BTreeMap::from([(bonus, QueueId::new("prova"))]);
        service::change(&office.centre, By::System, Wanted { moves, ..Wanted::whole(wanted) }).await.unwrap();
        for staff in [rita, luca] {
            let now = centre::staff::load(&office.centre, staff.id).await.unwrap().unwrap();
            assert_eq!(now.queues, [QueueId::new("prova")]);
            let filter = db::event::audit::Filter { subject: Some(Subject::User), subject_id: Some(staff.id.to_string()), ..Default::default() };
            let log = db::event::audit::find(office.centre.db().read(), &filter, None, 10).await.unwrap();
            assert_eq!((log.records[0].kind.as_str(), &log.records[0].data["fields"]), ("changed", &serde_json::json!(["queues"])));
        }
    }

    async fn a_case_whose_queue_went_while_it_came_in_or_was_solved_finds_another(office) {
        let (defined, sara) = (whole(&office).await, office.hire("sara", "front").await);
        let other = office.second().await;
        let inbound = Inbound { service: Some(defined.id.clone()), topic: Some(TopicId::new("bonus")), ..letter("a@posta.example", "Un caso") };
        let solved = office.receive(inbound.clone()).await.case;
        office.by(&sara, work!(|w| centre::case::solve(w, solved, model::case::Outcome::Solved, None))).await.unwrap();
        let mut wanted = defined.clone();
        wanted.queues.retain(|queue| queue.id.as_str() != "prova-bonus");
        service::apply(&office.centre, By::System, wanted).await.unwrap();
        // The other process has not been told yet.
        let late = other.receive(inbound).await.case;
        assert_eq!(office.case(late).await.queue.as_str(), "prova-bonus");
        office.do_due_jobs().await;
        assert_eq!(office.case(late).await.queue.as_str(), "prova");
        office.by(&sara, work!(|w| centre::case::reopen(w, solved))).await.unwrap();
        assert_eq!(office.case(solved).await.queue.as_str(), "prova");
    }

    async fn what_another_service_has_is_refused(office) {
        whole(&office).await;
        let text = "id = \"altro\"\nname = \"Altro\"\n[[entry_points]]\nkind = \"phone\"\nvalue = \"800900100\"\n[[queues]]\nid = \"prova\"\nname = \"P\"\nlevel = \"front\"\n";
        let Err(Error::Service(flaws)) = service::apply(&office.centre, By::System, read(text)).await else { panic!("taken") };
        let told: Vec<String> = written::misread(text, &flaws).iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("line 7: queues[1].id: another service has this already (\"prova\")"), "{told:?}");
        assert!(told[1].starts_with("line 5: entry_points[1].value: another"), "{told:?}");
        assert!(office.centre.catalogue().service(&ServiceId::new("altro")).is_none());
    }

    async fn nothing_is_stored_that_could_not_be_read_again(office) {
        let defined = whole(&office).await;
        let mut twice = defined.clone();
        twice.queues.push(defined.queues[0].clone());
        let Err(Error::Service(flaws)) = service::apply(&office.centre, By::System, twice.clone()).await else { panic!("taken") };
        let last = defined.queues.len();
        assert!(flaws.iter().any(|found| found.flaw == Flaw::Twice && found.name() == format!("queues.{last}.id")), "{flaws:?}");
        // Whatever else may come to write one.
        let saved = office.centre.work(By::System, work!(|w| async {
            Ok::<_, Error>(db::service::save(w.tx, &twice, false, None, w.now).await?)
        })).await;
        assert!(matches!(saved, Err(Error::Storage(db::Error::Unreadable { .. }))), "{saved:?}");
        assert_eq!(office.second().await.centre.catalogue().service(&defined.id), Some(&defined), "who starts now can read it");
    }

    async fn what_is_promised_depends_on_channel_and_kind(office) {
        let (defined, sara) = (whole(&office).await, office.hire("sara", "front").await);
        office.clock.set(at("2026-03-02T10:00:00+01:00"));
        let by = |channel| Inbound { service: Some(defined.id.clone()), channel: Some(channel), ..letter("a@posta.example", "Un caso") };
        let web = office.receive(by(Channel::Web)).await.case;
        let sms = office.receive(by(Channel::Sms)).await.case;
        assert_eq!(office.case(web).await.clocks.answer, Some(at("2026-03-02T12:00:00+01:00")));
        assert_eq!(office.case(sms).await.clocks.answer, Some(at("2026-03-02T10:30:00+01:00")));
        assert_eq!(office.case(web).await.clocks.solution, Some(at("2026-03-03T16:00:00+01:00")), "15 hours of 9");
        // An hour later it turns out to be a complaint: 10 hours, of which one has gone.
        office.later(TimeDelta::hours(1));
        office.by(&sara, work!(|w| centre::case::classify(w, web, None, Some(Kind::Complaint)))).await.unwrap();
        assert_eq!(office.case(web).await.clocks.solution, Some(at("2026-03-03T11:00:00+01:00")));
        office.by(&sara, work!(|w| centre::case::classify(w, web, None, None))).await.unwrap();
        assert_eq!(office.case(web).await.clocks.solution, Some(at("2026-03-03T16:00:00+01:00")), "and back");
    }

    async fn a_service_that_is_over_takes_nothing_new_and_goes_on_with_what_it_has(office) {
        let mut defined = whole(&office).await;
        let inbound = Inbound { service: Some(defined.id.clone()), ..letter("a@posta.example", "Un caso") };
        let id = office.receive(inbound.clone()).await.case;
        defined.active = false;
        service::apply(&office.centre, By::System, defined).await.unwrap();
        let Err(Error::Invalid(problems)) = office.try_receive(inbound.clone()).await else { panic!("taken in") };
        assert_eq!((problems[0].field, problems[0].problem), ("service", Problem::ServiceOver));
        office.receive(Inbound { case: Some(id), ..inbound }).await;
    }

    async fn queues_of_high_priority_come_first_and_a_page_goes_on_where_it_ended(office) {
        let (defined, sara) = (whole(&office).await, office.hire("sara", "front").await);
        let inbound = |topic: Option<&str>| Inbound { service: Some(defined.id.clone()), topic: topic.map(TopicId::new), ..letter("a@posta.example", "Un caso") };
        let mut expected = [Vec::new(), Vec::new()];
        for n in 0..6 {
            office.later(TimeDelta::minutes(1));
            let topic = (n % 2 == 1).then_some("bonus");
            expected[usize::from(topic.is_none())].push(office.receive(inbound(topic)).await.case);
        }
        for step in [1, 2, 3, 50] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let page = centre::desk::page(&office.centre, &sara, centre::desk::List::Unassigned, None, after, step).await.unwrap();
                assert!(!page.cases.is_empty(), "no page is empty");
                seen.extend(page.cases.iter().map(|stored| stored.case.id));
                // As it stands in an address.
                after = page.next.map(|next| next.to_string().parse().unwrap());
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(seen, expected.concat(), "by {step}");
        }
    }

    async fn a_topic_goes_where_the_topic_above_it_goes(office) {
        let defined = whole(&office).await;
        let names = |name: &str| BTreeMap::from([("it".to_owned(), name.to_owned())]);
        let below = centre::topic::add(&office.centre, By::System, centre::topic::Typed { parent: Some(TopicId::new("bonus")), names: names("Bonus gas") }).await.unwrap();
        assert_eq!(below.as_str(), "bonus-gas");
        let id = office.receive(Inbound { service: Some(defined.id), topic: Some(below), ..letter("a@posta.example", "Un caso") }).await.case;
        assert_eq!(office.case(id).await.queue.as_str(), "prova-bonus");
    }
}

served_on_both! {
    async fn a_file_is_compared_applied_and_written_out_on_the_command_line(server) {
        let file = server.data().join("prova.toml");
        let path = file.to_str().unwrap().to_owned();
        std::fs::write(&file, "id = \"prova\"\nname = \"Prova\"\n[promises]\nanswer_minutes = 60\nsolution_minutes = 600\nclose_days = 30\n").unwrap();
        let status = |words: &[&str]| { let out = server.command(words, "").output().unwrap(); (out.status.code(), String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap()) };
        let (code, said, _) = status(&["service", "compare", &path]);
        assert!(code == Some(2) && said.contains("would create prova"), "{said}");
        let (code, said, _) = status(&["service", "apply", &path]);
        assert!(code == Some(0) && said.starts_with("Applied prova"), "{said}");
        let (code, said, _) = status(&["service", "apply", &path]);
        assert!(code == Some(0) && said.starts_with("Unchanged"), "{said}");
        let (code, said, _) = status(&["service", "compare", &path]);
        assert!(code == Some(0) && said.starts_with("Nothing would change"), "{said}");
        let (_, listed, _) = status(&["service", "list"]);
        assert!(listed.contains("linea-amica") && listed.contains("prova"), "{listed}");
        let out = server.data().join("out.toml");
        status(&["service", "export", "prova", "--output", out.to_str().unwrap()]);
        let (code, said, _) = status(&["service", "compare", out.to_str().unwrap()]);
        assert!(code == Some(0), "what is written out is what there is: {said}");
        std::fs::write(&file, std::fs::read_to_string(&out).unwrap().replace("answer_minutes = 60", "answer_minutes = 90")).unwrap();
        let (code, said, _) = status(&["service", "compare", &path]);
        assert!(code == Some(2) && said.contains("~ promises.answer_minutes: 60 -> 90"), "{said}");
        // What cannot be taken is told with its line, and changes nothing.
        std::fs::write(&file, "id = \"prova\"\nname = \"Prova\"\n[promises]\nanswer_minutes = 0\nsolution_minutes = 600\nclose_days = 30\n").unwrap();
        let (code, _, said) = status(&["service", "apply", &path]);
        assert!(code == Some(1) && said.contains("line 4: promises.answer_minutes"), "{said}");
        std::fs::write(&file, "id = \"prova\"\nname = \"Prova\"\nqueue = 1\n").unwrap();
        let (code, _, said) = status(&["service", "compare", &path]);
        assert!(code == Some(1) && said.contains("line 3") && said.contains("queue"), "{said}");
        assert!(server.try_command(&["service", "export", "nessuno"], "").unwrap_err().contains("service list"));
    }
}

#[tokio::test]
async fn a_queue_with_cases_is_moved_on_the_command_line() {
    let server = Server::start(Engine::Sqlite).await;
    let written = reqwest::Client::new()
        .post(server.url("/scrivi"))
        .header("Sec-Fetch-Site", "same-origin")
        .form(&[("key", "k"), ("text", "Un caso"), ("via", "none"), ("consent", "1")])
        .send()
        .await
        .unwrap();
    assert!(written.status().is_success() || written.status().is_redirection(), "{}", written.status());
    let file = server.data().join("linea.toml");
    let path = file.to_str().unwrap();
    server.try_command(&["service", "export", "linea-amica", "--output", path], "").unwrap();
    let text = std::fs::read_to_string(&file).unwrap().replace(
        "id = \"linea-amica\"\nname = \"Linea Amica\"\nlevel",
        "id = \"prima-risposta\"\nname = \"Linea Amica\"\nlevel",
    );
    std::fs::write(&file, text).unwrap();
    let refused = server.try_command(&["service", "apply", path], "").unwrap_err();
    assert!(refused.contains("1 case(s)") && refused.contains("--move linea-amica="), "{refused}");
    let said = server.try_command(&["service", "apply", path, "--move", "linea-amica=prima-risposta"], "").unwrap();
    assert!(said.contains("Applied linea-amica"), "{said}");
}
