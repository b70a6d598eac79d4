//! Finding a case by whatever is at hand.

use centre::case::{self, Reply};
use centre::intake::Inbound;
use centre::search::find;
use stories::{letter, on_both, work};

on_both! {
    async fn a_case_is_found_by_number_name_telephone_address_and_words(office) {
        let sara = office.hire("sara", "front").await;
        let words = "È possibile chiedere l'indennità di disoccupazione in Città di Castello? Perché è così?";
        let accepted = office.receive(Inbound { name: Some("Nicolò D'Onofrio".to_owned()), phone: Some("333 555 0117".to_owned()), ..letter("nico@posta.example", words) }).await;
        let id = accepted.case;
        office.receive(letter("altra@posta.example", "Tutt'altro: la carta d'identità")).await;
        office.by(&sara, work!(|w| case::reply(w, id, Reply { text: "Con lo SPID sul portale".to_owned(), ..Reply::default() }))).await.unwrap();
        office.by(&sara, work!(|w| case::note(w, id, "sentito il patronato", Vec::new()))).await.unwrap();
        let number = accepted.number.to_string();
        for typed in [
            number.as_str(), &number.to_lowercase(), &format!("2026/{}", id.0), "Nicolò D'Onofrio", "nicolo", "onofrio nic", "333 555 0117", "+393335550117", "nico@posta.example", "nico@po",
            "INDENNITA", "indennità disocc", "perche cosi", "citta di castello", "spid portale", "patronato",
        ] {
            let found: Vec<_> = find(&office.centre, &sara, typed).await.unwrap().into_iter().map(|s| s.case.id).collect();
            assert_eq!(found, [id], "{typed}");
        }
        for typed in ["", "   ", "'", "\" OR *", "-- ; DROP", "zzz", "indennita:*", "NEAR(a b)", "(", "&|!", "LA-2025-000001", "99999999999999999999999", "🏛️", "\0"] {
            let found = find(&office.centre, &sara, typed).await.unwrap();
            assert!(found.len() <= 1 && (typed != "zzz" || found.is_empty()), "{typed}");
        }
    }

    async fn another_title_replaces_the_one_before(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.receive(Inbound { subject: Some("Domanda generica".to_owned()), ..letter("g@posta.example", "testo") }).await.case;
        office.by(&sara, work!(|w| case::rename(w, id, "Assegno sociale"))).await.unwrap();
        office.by(&sara, work!(|w| case::rename(w, id, "Assegno unico"))).await.unwrap();
        assert_eq!(find(&office.centre, &sara, "unico").await.unwrap().len(), 1);
        assert!(find(&office.centre, &sara, "sociale").await.unwrap().is_empty());
        assert_eq!(find(&office.centre, &sara, "generica").await.unwrap().len(), 1, "what the citizen wrote stays");
    }

    async fn words_of_every_script_are_found(office) {
        let sara = office.hire("sara", "front").await;
        let id = office.letter("f@posta.example", "أحتاج إلى تصريح الإقامة, необходима справка, 需要帮助").await;
        for typed in ["تصريح", "справка", "需要帮助"] {
            assert_eq!(find(&office.centre, &sara, typed).await.unwrap().iter().map(|s| s.case.id).collect::<Vec<_>>(), [id], "{typed}");
        }
    }
}
