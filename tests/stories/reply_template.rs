//! Templates of replies: looked at when they are saved, put into the composer without losing what was typed.

use centre::reply_template::{self, Typed, Wrong};
use centre::{By, Error};
use model::user::Staff;
use std::sync::Arc;
use stories::{Office, on_both, served_on_both};

fn typed(text: &str) -> Typed {
    Typed { name: "Saluti".to_owned(), service: None, language: "it".to_owned(), text: text.to_owned() }
}

async fn add(office: &Office, by: &Arc<Staff>, typed: Typed) -> centre::Result<model::TemplateId> {
    office.by(by, move |w| Box::pin(async move { reply_template::add(w, &typed).await })).await
}

on_both! {
    async fn a_mistake_is_told_when_the_template_is_saved_with_its_line(office) {
        let ada = office.hire("ada", "admin").await;
        for (text, line, wrong) in [
            ("Gentile {{ citizen.name }},\n{{ citizen.cf }}", 2, Wrong::NoSuchPlace),
            ("{% for x in today %}{{ x }}{% endfor %}", 1, Wrong::NotAllowed),
            ("a\n\n{{ today * 1000000000 }}", 3, Wrong::NotAllowed),
            ("{% if today %}", 1, Wrong::Unreadable),
        ] {
            let Err(Error::Template(flaw)) = add(&office, &ada, typed(text)).await else { panic!("{text} was taken") };
            assert_eq!((flaw.line, flaw.wrong), (line, wrong), "{text}");
        }
        assert!(matches!(add(&office, &ada, Typed { name: " ".to_owned(), ..typed("x") }).await, Err(Error::Invalid(_))));
        assert!(reply_template::all(&office.centre).await.unwrap().is_empty());
        let sara = office.hire("sara", "front").await;
        assert!(matches!(add(&office, &sara, typed("x")).await, Err(Error::Denied(_))));
    }

    async fn of_two_who_change_a_template_the_second_is_told(office) {
        let ada = office.hire("ada", "admin").await;
        let id = add(&office, &ada, typed("Uno")).await.unwrap();
        let change = async |text: &str, seen| { let typed = typed(text); office.by(&ada, move |w| Box::pin(async move { reply_template::change(w, id, &typed, seen).await })).await };
        change("Due", 1).await.unwrap();
        assert!(matches!(change("Tre", 1).await, Err(Error::ChangedMeanwhile)));
        assert_eq!(reply_template::load(&office.centre, id).await.unwrap().text, "Due");
        office.by(&ada, move |w| Box::pin(async move { reply_template::remove(w, id).await })).await.unwrap();
        assert!(matches!(change("Quattro", 2).await, Err(Error::NotFound(_))));
    }

    async fn a_service_has_its_own_beside_those_of_all(office) {
        let ada = office.hire("ada", "admin").await;
        centre::service::apply(&office.centre, By::System, model::service::Service::usual("altro", "Altro")).await.unwrap();
        let of = |service: &str| Typed { service: Some(model::ServiceId::new(service)), name: service.to_owned(), ..typed("x") };
        for template in [of("linea-amica"), of("altro"), typed("x"), Typed { language: "en".to_owned(), name: "A".to_owned(), ..typed("x") }] {
            add(&office, &ada, template).await.unwrap();
        }
        let offered: Vec<String> = reply_template::of_service(&office.centre, &model::ServiceId::new("altro"), "it").await.unwrap().into_iter().map(|t| t.name).collect();
        assert_eq!(offered, ["Saluti", "altro", "A"], "those in the case's language first");
    }
}

served_on_both! {
    async fn a_template_is_put_after_what_was_typed(server) {
        server.hire("ada", "admin");
        let ada = server.signed_in("ada").await;
        let text = "Gentile {{ citizen.name }},\nil suo caso è {{ case.number }}. <b>\n{{ operator.name }}";
        let form = [("name", "Saluti"), ("service", ""), ("language", "it"), ("text", text), ("seen", "0")];
        let shown = ada.post(server.url("/admin/templates/new")).form(&[&form[..], &[("preview", "1")]].concat()).send().await.unwrap().text().await.unwrap();
        assert!(shown.contains("Gentile Mario Esempio") && shown.contains("{{ citizen.name }}"), "{shown}");
        assert_eq!(ada.post(server.url("/admin/templates/new")).form(&form).send().await.unwrap().status(), 303);
        let wrong = ada.post(server.url("/admin/templates/1")).form(&[("name", "Saluti"), ("language", "it"), ("text", "a\n{{ citizen.cf }}"), ("seen", "1")]).send().await.unwrap();
        assert_eq!(wrong.status(), 422);
        let wrong = wrong.text().await.unwrap();
        assert!(wrong.contains("Riga 2") && wrong.contains("{{ citizen.cf }}"), "{wrong}");

        let api = server.api("sara", "front");
        let (number, _) = api.contact("g@posta.example", "Un caso").await;
        let sara = server.signed_in("sara").await;
        let case = sara.get(server.url(&format!("/desk/case/{number}"))).send().await.unwrap().text().await.unwrap();
        assert!(case.contains("formaction=\"/desk/case/") && case.contains(">Saluti<"), "{case}");
        let put_in = async |template: &str| {
            let form = [("key", "k"), ("text", "Ho già scritto questo."), ("template", template), ("solve", "1")];
            let answer = sara.post(server.url(&format!("/desk/case/{number}/template"))).form(&form).send().await.unwrap();
            (answer.status().as_u16(), answer.text().await.unwrap())
        };
        let (status, page) = put_in("1").await;
        assert_eq!(status, 200);
        let box_ = page.split("id=\"reply-text\"").nth(1).unwrap().split("</textarea>").next().unwrap();
        assert!(box_.contains("Ho già scritto questo.\n\nGentile ") && box_.contains(&number), "{box_}");
        assert!(!box_.contains("<b>") && !box_.contains("{{"), "{box_}");
        assert!(page.contains("name=\"solve\" value=\"1\" checked"), "what was ticked stays ticked");
        // Gone in the meantime: what was typed is still there.
        assert_eq!(ada.post(server.url("/admin/templates/1/remove")).send().await.unwrap().status(), 303);
        let (status, page) = put_in("1").await;
        assert!(status == 422 && page.contains("Ho già scritto questo."), "{page}");
    }
}
