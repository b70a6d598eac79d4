//! A structure's own staff see that structure's cases and nothing else.

use centre::intake::Inbound;
use centre::{Error, case, desk, manual, person, search, timeline};
use model::QueueId;
use model::case::Outcome;
use model::contact::Channel;
use stories::{letter, on_both, work};

const SERVICE: &str = r#"
id = "linea-amica"
name = "Linea Amica"
[[queues]]
id = "linea-amica"
name = "Linea Amica"
level = "front"
[[queues]]
id = "urp"
name = "URP"
level = "front"
topics = ["urp"]
structure = "comune"
[[queues]]
id = "inps"
name = "INPS"
level = "back"
structure = "inps"
"#;

on_both! {
    async fn what_comes_back_is_seen_by_whoever_sent_it(office) {
        office.serve(toml::from_str(SERVICE).unwrap()).await;
        let ugo = office.hire_as("ugo", "front", Some("comune"), &[]).await;
        let ines = office.hire_as("ines", "back", Some("inps"), &[]).await;
        let visit = Inbound { channel: Some(Channel::Desk), name: Some("Anna Prova".to_owned()), text: "Chiede della pensione".to_owned(), ..Inbound::default() };
        let id = office.by(&ugo, work!(|w| manual::record(w, visit, None))).await.unwrap().case;
        office.by(&ugo, work!(|w| case::escalate(w, id, &QueueId::new("inps"), "per voi"))).await.unwrap();
        assert!(timeline::head(&office.centre, &ugo, id).await.is_err(), "it is another structure's now");
        office.by(&ines, work!(|w| case::give_back(w, id, "Ecco", true))).await.unwrap();
        timeline::read(&office.centre, &ugo, id).await.unwrap();
        let mine = desk::page(&office.centre, &ugo, desk::List::Mine, None, None, 10).await.unwrap();
        assert_eq!(mine.cases.iter().map(|s| s.case.id).collect::<Vec<_>>(), [id], "it lies where they find it");
        assert!(timeline::head(&office.centre, &ines, id).await.is_err(), "and is the other structure's no more");
    }

    async fn staff_of_a_structure_see_its_cases_alone(office) {
        office.serve(toml::from_str(SERVICE).unwrap()).await;
        let sara = office.hire("sara", "front").await;
        let ines = office.hire_as("ines", "back", Some("inps"), &["inps"]).await;
        let theirs = office.receive(Inbound { name: Some("Giulia Prova".to_owned()), ..letter("giulia@posta.example", "La pensione di mio padre") }).await;
        let other = office.receive(letter("giulia@posta.example", "La pensione di mia madre")).await.case;
        let id = theirs.case;
        assert!(matches!(timeline::read(&office.centre, &ines, id).await, Err(Error::NotFound("case"))));
        office.by(&sara, work!(|w| case::escalate(w, id, &QueueId::new("inps"), "per voi"))).await.unwrap();

        let read = timeline::read(&office.centre, &ines, id).await.unwrap();
        assert!(read.known.unwrap().other_cases.is_empty(), "the person's other cases are not theirs");
        assert!(matches!(timeline::read(&office.centre, &ines, other).await, Err(Error::NotFound("case"))));
        assert!(matches!(timeline::head(&office.centre, &ines, other).await, Err(Error::NotFound("case"))));
        let found: Vec<_> = search::find(&office.centre, &ines, "pensione").await.unwrap().into_iter().map(|s| s.case.id).collect();
        assert_eq!(found, [id]);
        assert_eq!(search::find(&office.centre, &sara, "pensione").await.unwrap().len(), 2);
        for list in desk::List::ALL {
            let page = desk::page(&office.centre, &ines, *list, None, None, 50).await.unwrap();
            assert!(page.cases.iter().all(|s| s.case.id == id), "{list:?}");
        }
        let listed = search::list(&office.centre, &ines, db::case::Narrow::default(), None, 50).await.unwrap();
        assert_eq!(listed.iter().map(|s| s.case.id).collect::<Vec<_>>(), [id]);

        // What is not to be seen cannot be touched either, and is told as if it were not there.
        for outcome in [
            office.by(&ines, work!(|w| case::note(w, other, "x", Vec::new()))).await.map(drop),
            office.by(&ines, work!(|w| case::take(w, other))).await,
            office.by(&ines, work!(|w| case::solve(w, other, Outcome::Solved, None))).await,
            office.by(&ines, work!(|w| case::link(w, id, other))).await,
            office.by(&ines, work!(|w| case::merge(w, id, other))).await,
            office.by(&ines, work!(|w| centre::draft::save(w, other, false, "x"))).await,
        ] {
            assert!(matches!(outcome, Err(Error::NotFound("case"))), "{outcome:?}");
        }
        office.by(&ines, work!(|w| case::take(w, id))).await.unwrap();
        office.by(&ines, work!(|w| case::solve(w, id, Outcome::Solved, None))).await.unwrap();
        assert!(person::suggest(&office.centre, &ines, "giulia@posta").await.unwrap().is_empty(), "no open case of theirs");
    }

    async fn staff_of_a_structure_join_no_persons_they_do_not_know(office) {
        office.serve(toml::from_str(SERVICE).unwrap()).await;
        let sara = office.hire("sara", "front").await;
        let ines = office.hire_as("ines", "front,back", Some("inps"), &["inps"]).await;
        let theirs = office.letter("giulia@posta.example", "La pensione").await;
        office.by(&sara, work!(|w| case::escalate(w, theirs, &QueueId::new("inps"), "per voi"))).await.unwrap();
        let (strange, stranger) = (office.letter("a@posta.example", "uno").await, office.letter("b@posta.example", "due").await);
        let person = async |id| office.case(id).await.person.unwrap();
        let (giulia, a, b) = (person(theirs).await, person(strange).await, person(stranger).await);
        assert!(office.by(&ines, work!(|w| person::merge(w, a, giulia))).await.is_err());
        assert!(office.by(&ines, work!(|w| person::merge(w, giulia, a))).await.is_err());
        office.by(&sara, work!(|w| person::merge(w, a, b))).await.unwrap();
        assert!(office.by(&ines, work!(|w| person::unmerge(w, a))).await.is_err());
    }

    async fn a_search_finds_a_structures_case_among_many_others(office) {
        office.serve(toml::from_str(SERVICE).unwrap()).await;
        let sara = office.hire("sara", "front").await;
        let ines = office.hire_as("ines", "back", Some("inps"), &["inps"]).await;
        let theirs = office.letter("giulia@posta.example", "La pensione di reversibilità").await;
        office.by(&sara, work!(|w| case::escalate(w, theirs, &QueueId::new("inps"), "per voi"))).await.unwrap();
        for n in 0..520 {
            office.letter(&format!("c{n}@posta.example"), "La pensione").await;
        }
        let found: Vec<_> = search::find(&office.centre, &ines, "pensione").await.unwrap().into_iter().map(|s| s.case.id).collect();
        assert_eq!(found, [theirs]);
    }

    async fn what_a_structures_desk_writes_down_is_the_structures(office) {
        office.serve(toml::from_str(SERVICE).unwrap()).await;
        let ines = office.hire_as("ines", "front", Some("inps"), &[]).await;
        let visit = Inbound { channel: Some(Channel::Desk), text: "Allo sportello".to_owned(), ..Inbound::default() };
        let id = office.by(&ines, work!(|w| manual::record(w, visit, None))).await.unwrap().case;
        assert!(timeline::read(&office.centre, &ines, id).await.is_ok());
        let foreign = office.letter("g@posta.example", "altro").await;
        let further = Inbound { channel: Some(Channel::Desk), text: "ancora".to_owned(), case: Some(foreign), ..Inbound::default() };
        assert!(matches!(office.by(&ines, work!(|w| manual::record(w, further, None))).await, Err(Error::NotFound("case"))));
    }
}
