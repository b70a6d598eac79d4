//! Topics as a tree: kept by administrators, chosen from at the desk; a case keeps what it has.

use centre::topic::{self, Typed};
use centre::{By, Error};
use model::TopicId;
use model::problem::Problem;
use std::collections::BTreeMap;
use stories::{Office, on_both, served_on_both};

fn named(name: &str, parent: Option<&str>) -> Typed {
    Typed {
        parent: parent.map(TopicId::new),
        names: BTreeMap::from([("it".to_owned(), name.to_owned()), ("en".to_owned(), String::new())]),
    }
}

async fn add(office: &Office, name: &str, parent: Option<&str>) -> TopicId {
    topic::add(&office.centre, By::System, named(name, parent)).await.unwrap()
}

fn seen(office: &Office, id: &TopicId) -> String {
    topic::revision(office.centre.catalogue().topic(id).unwrap())
}

on_both! {
    async fn a_tree_grows_is_moved_about_and_never_bites_its_tail(office) {
        let (casa, bonus) = (add(&office, "Casa", None).await, add(&office, "Bonus e aiuti", None).await);
        let gas = add(&office, "Bonus gas", Some("bonus-e-aiuti")).await;
        assert_eq!(add(&office, "Casa", None).await.as_str(), "casa-2", "two of a name have two ids");
        let refused = topic::change(&office.centre, By::System, bonus.clone(), named("Bonus", Some("bonus-gas")), seen(&office, &bonus)).await;
        assert!(matches!(&refused, Err(Error::Invalid(p)) if p[0].field == "parent"), "{refused:?}");
        let refused = topic::add(&office.centre, By::System, named("Sotto", Some("nessuno"))).await;
        assert!(matches!(&refused, Err(Error::Invalid(p)) if p[0].field == "parent"), "{refused:?}");
        let refused = topic::add(&office.centre, By::System, named("  ", None)).await;
        assert!(matches!(&refused, Err(Error::Invalid(p)) if p[0].problem == Problem::Missing), "{refused:?}");
        topic::change(&office.centre, By::System, gas.clone(), named("Bonus gas e luce", Some("casa")), seen(&office, &gas)).await.unwrap();
        let moved = office.centre.catalogue().topic(&gas).cloned().unwrap();
        assert_eq!((moved.parent.clone(), moved.name("it")), (Some(casa.clone()), "Bonus gas e luce"));
        topic::shift(&office.centre, By::System, bonus.clone(), true).await.unwrap();
        let tree: Vec<String> = model::topic::tree(&office.centre.catalogue().topics).iter().map(|(_, t)| t.id.to_string()).collect();
        assert_eq!(tree, ["bonus-e-aiuti", "casa", "bonus-gas", "casa-2"]);
        let mut parent = gas;
        for depth in 2..model::topic::DEPTH_MAX {
            parent = add(&office, &format!("Livello {depth}"), Some(parent.as_str())).await;
        }
        assert!(topic::add(&office.centre, By::System, named("Troppo sotto", Some(parent.as_str()))).await.is_err());
    }

    async fn the_second_who_changes_a_topic_is_told(office) {
        let casa = add(&office, "Casa", None).await;
        let before = seen(&office, &casa);
        topic::change(&office.centre, By::System, casa.clone(), named("Casa e tasse", None), before.clone()).await.unwrap();
        let refused = topic::change(&office.centre, By::System, casa, named("Casa mia", None), before).await;
        assert!(matches!(refused, Err(Error::ChangedMeanwhile)), "{refused:?}");
    }

    async fn whoever_is_no_administrator_keeps_no_topics(office) {
        let sara = By::Staff(office.hire("sara", "front,supervisor").await);
        assert!(matches!(topic::add(&office.centre, sara.clone(), named("Casa", None)).await, Err(Error::Denied(_))));
        let casa = add(&office, "Casa", None).await;
        assert!(matches!(topic::retire(&office.centre, sara, casa, true).await, Err(Error::Denied(_))));
    }
}

served_on_both! {
    async fn a_retired_topic_is_kept_by_its_cases_and_offered_to_nobody(server) {
        server.hire("ada", "admin,supervisor");
        let ada = server.signed_in("ada").await;
        let page = async |path: &str| ada.get(server.url(path)).send().await.unwrap().text().await.unwrap();
        let post = async |path: &str, form: &[(&str, &str)]| {
            let answer = ada.post(server.url(path)).form(form).send().await.unwrap();
            (answer.status().as_u16(), answer.text().await.unwrap())
        };
        assert_eq!(post("/admin/topics/new", &[("it", "Bonus e aiuti"), ("en", "Bonuses"), ("parent", "")]).await.0, 303);
        assert_eq!(post("/admin/topics/new", &[("it", "Bonus gas"), ("parent", "bonus-e-aiuti")]).await.0, 303);
        let (status, again) = post("/admin/topics/new", &[("it", ""), ("en", "Only English"), ("parent", "bonus-e-aiuti")]).await;
        assert!(status == 422 && again.contains("value=\"Only English\"") && again.contains("href=\"#it\""), "{again}");
        let api = server.api("sara", "front");
        let (number, _) = api.contact("g@posta.example", "Un caso").await;
        let classify = format!("/desk/case/{number}/classify");
        let tree = page(&classify).await;
        assert!(tree.contains("class=\"deep-1\"") && tree.contains("value=\"bonus-gas\""), "{tree}");
        assert_eq!(post(&classify, &[("topic", "bonus-gas"), ("kind", "")]).await.0, 303);
        assert_eq!(post("/admin/topics/bonus-e-aiuti/retire", &[]).await.0, 303);
        let tree = page(&classify).await;
        assert!(!tree.contains("value=\"bonus-e-aiuti\"") && tree.contains("value=\"bonus-gas\" checked"), "the case keeps it: {tree}");
        let portal = reqwest::get(server.url("/scrivi")).await.unwrap().text().await.unwrap();
        assert!(!portal.contains("bonus-gas"), "{portal}");
        assert_eq!(post("/admin/topics/bonus-e-aiuti/restore", &[]).await.0, 303);
        assert!(page("/scrivi").await.contains("bonus-gas"));
    }
}
