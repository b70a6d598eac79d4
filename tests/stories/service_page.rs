//! Services as an administrator changes them on pages: what would change is shown first, what is wrong stands beside its
//! field, and nothing typed is lost.

use reqwest::{Client, StatusCode};
use stories::{Server, served_on_both};

/// Every field of the form on a page, as a browser would send it back.
fn fields(page: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
        Some(value.replace("&quot;", "\"").replace("&#39;", "'").replace("&#38;", "&").replace("&amp;", "&"))
    };
    let mut found = Vec::new();
    let main = page.split("<main").nth(1).unwrap();
    for tag in main.split('<').skip(1) {
        let tag = tag.split('>').next().unwrap();
        let Some(name) = attribute(&format!(" {tag}"), "name") else { continue };
        let ticked = tag.contains(" checked");
        if tag.starts_with("input") && (!(tag.contains("checkbox") || tag.contains("radio")) || ticked) {
            found.push((name, attribute(tag, "value").unwrap_or_default()));
        } else if tag.starts_with("select") {
            let rest = main.split(&format!("<{tag}>")).nth(1).unwrap().split("</select>").next().unwrap();
            let chosen = rest
                .split("<option")
                .skip(1)
                .find(|o| o.contains(" selected"))
                .or(rest.split("<option").nth(1))
                .unwrap();
            found.push((name, attribute(chosen, "value").unwrap_or_default()));
        } else if tag.starts_with("textarea") {
            let rest = main.split(&format!("<{tag}>")).nth(1).unwrap().split("</textarea>").next().unwrap();
            found.push((name, rest.strip_prefix('\n').unwrap_or(rest).to_owned()));
        }
    }
    found
}

fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    match fields.iter_mut().find(|(n, _)| n == name) {
        Some((_, old)) => value.clone_into(old),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
}

async fn get(server: &Server, ada: &Client, path: &str) -> String {
    let answer = ada.get(server.url(path)).send().await.unwrap();
    let (status, page) = (answer.status(), answer.text().await.unwrap());
    assert_eq!(status, 200, "{path}: {page}");
    page
}

async fn post(server: &Server, ada: &Client, path: &str, fields: &[(String, String)]) -> (StatusCode, String) {
    let answer = ada.post(server.url(path)).form(fields).send().await.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

async fn ada(server: &Server) -> Client {
    server.hire("ada", "admin");
    server.signed_in("ada").await
}

served_on_both! {
    async fn what_touches_promises_is_shown_before_it_is_done(server) {
        let ada = ada(&server).await;
        let path = "/admin/services/linea-amica/levels";
        let mut form = fields(&get(&server, &ada, path).await);
        set(&mut form, "answer", "60");
        let (status, preview) = post(&server, &ada, path, &form).await;
        assert_eq!(status, 200);
        assert!(preview.contains("<del>180</del>") && preview.contains("<ins>60</ins>"), "{preview}");
        assert!(get(&server, &ada, path).await.contains("value=\"180\""), "nothing is done yet");
        // Back to the form, with what was typed.
        let mut back = fields(&preview);
        back.push(("edit".to_owned(), "1".to_owned()));
        assert!(post(&server, &ada, path, &back).await.1.contains("value=\"60\""));
        let mut confirmed = fields(&preview);
        confirmed.push(("confirmed".to_owned(), "1".to_owned()));
        assert_eq!(post(&server, &ada, path, &confirmed).await.0, 303);
        assert!(get(&server, &ada, path).await.contains("value=\"60\""));
    }

    async fn what_cannot_be_taken_stands_beside_its_field_and_the_rest_stays_typed(server) {
        let ada = ada(&server).await;
        let path = "/admin/services/linea-amica/levels";
        let mut form = fields(&get(&server, &ada, path).await);
        set(&mut form, "answer", "presto");
        set(&mut form, "solution", "777");
        let (status, page) = post(&server, &ada, path, &form).await;
        assert_eq!(status, 422);
        assert!(page.contains("value=\"presto\"") && page.contains("value=\"777\"") && page.contains("href=\"#answer\""), "{page}");
        let path = "/admin/services/linea-amica/calendar";
        let mut form = fields(&get(&server, &ada, path).await);
        set(&mut form, "week-mon", "09:00-13:00, 12:00-18:00");
        set(&mut form, "exception-0-date", "2026-12-24");
        set(&mut form, "exception-0-name", "Vigilia");
        let (status, page) = post(&server, &ada, path, &form).await;
        assert!(status == 422 && page.contains("href=\"#week-mon\"") && page.contains("Vigilia"), "{page}");
        let path = "/admin/services/linea-amica/entry-points";
        let mut form = fields(&get(&server, &ada, path).await);
        for (name, value) in [("entry-0-kind", "phone"), ("entry-0-value", "ottocento"), ("entry-0-cost-it", "caro")] {
            set(&mut form, name, value);
        }
        let (status, page) = post(&server, &ada, path, &form).await;
        assert!(status == 422 && page.contains("href=\"#entry-0-value\"") && page.contains("value=\"caro\""), "{page}");
        set(&mut form, "entry-0-value", "800 155 300");
        assert_eq!(post(&server, &ada, path, &form).await.0, 303, "no promise is touched, nothing is asked");
        let portal = reqwest::get(server.url("/servizi")).await.unwrap().text().await.unwrap();
        assert!(portal.contains("800 155 300") && portal.contains("caro"), "{portal}");
    }

    async fn the_telephone_of_a_service_is_set_by_a_form(server) {
        let ada = ada(&server).await;
        let path = "/admin/services/linea-amica/telephone";
        let mut form = fields(&get(&server, &ada, path).await);
        set(&mut form, "max_waiting", "tanti");
        set(&mut form, "prompt-closed-it", "Siamo chiusi.");
        let (status, page) = post(&server, &ada, path, &form).await;
        assert!(status == 422 && page.contains("href=\"#max_waiting\"") && page.contains("Siamo chiusi."), "{page}");
        set(&mut form, "max_waiting", "7");
        set(&mut form, "recording", "announced");
        assert_eq!(post(&server, &ada, path, &form).await.0, 303);
        let mut form = fields(&get(&server, &ada, path).await);
        for (name, value) in [("max_waiting", "7"), ("recording", "announced"), ("prompt-closed-it", "Siamo chiusi.")] {
            assert!(form.contains(&(name.to_owned(), value.to_owned())), "{form:?}");
        }
        // What is kept no longer goes, and is not had again: so it is shown first.
        set(&mut form, "keep_recordings_days", "30");
        assert_eq!(post(&server, &ada, path, &form).await.0, 200);
        assert!(get(&server, &ada, "/admin/services/linea-amica").await.contains("si registra, e lo si dice prima"));
    }

    async fn of_two_administrators_the_second_is_told_and_loses_nothing(server) {
        let ada = ada(&server).await;
        server.hire("bice", "admin");
        let bice = server.signed_in("bice").await;
        let path = "/admin/services/linea-amica/general";
        let (mut hers, mut his) = (fields(&get(&server, &ada, path).await), fields(&get(&server, &bice, path).await));
        set(&mut hers, "name", "Nome di Ada");
        assert_eq!(post(&server, &ada, path, &hers).await.0, 303);
        set(&mut his, "name", "Nome di Bice");
        let (status, page) = post(&server, &bice, path, &his).await;
        assert_eq!(status, 409);
        assert!(page.contains("value=\"Nome di Bice\"") && page.contains("<del>Nome di Ada</del>"), "{page}");
        // Knowing it, the second may have it all the same.
        assert_eq!(post(&server, &bice, path, &fields(&page)).await.0, 303);
        assert!(get(&server, &ada, "/admin/services/linea-amica").await.contains("Nome di Bice"));
    }

    async fn a_queue_with_cases_is_taken_away_only_when_they_have_somewhere_to_go(server) {
        let ada = ada(&server).await;
        let api = server.api("sara", "front");
        let (number, _) = api.contact("g@posta.example", "Un caso").await;
        let path = "/admin/services/linea-amica/queues";
        let mut form = fields(&get(&server, &ada, path).await);
        let new = form.iter().find(|(name, value)| name.ends_with("-id") && value.is_empty()).unwrap().0.trim_end_matches("-id").to_owned();
        for (name, value) in [("id", "prima"), ("name", "Prima risposta"), ("level", "front"), ("priority", "normal")] {
            set(&mut form, &format!("{new}-{name}"), value);
        }
        assert_eq!(post(&server, &ada, path, &form).await.0, 303);
        let mut form = fields(&get(&server, &ada, path).await);
        let old = form.iter().find(|(_, value)| value == "linea-amica").unwrap().0.trim_end_matches("-id").to_owned();
        let is_stuck = async |form: &[(String, String)]| {
            let (status, page) = post(&server, &ada, path, form).await;
            assert!(status == 422 && page.contains(&format!("href=\"#{old}-move\"")), "{page}");
        };
        // At the other level its cases would be nobody's.
        let mut other_level = form.clone();
        set(&mut other_level, &format!("{old}-level"), "back");
        is_stuck(&other_level).await;
        set(&mut form, &format!("{old}-gone"), "1");
        is_stuck(&form).await;
        set(&mut form, &format!("{old}-move"), "linea-amica-back");
        is_stuck(&form).await;
        set(&mut form, &format!("{old}-move"), "prima");
        let (status, preview) = post(&server, &ada, path, &form).await;
        assert_eq!(status, 200, "{preview}");
        let mut confirmed = fields(&preview);
        confirmed.push(("confirmed".to_owned(), "1".to_owned()));
        let (status, page) = post(&server, &ada, path, &confirmed).await;
        assert_eq!(status, 303, "{page}");
        assert!(get(&server, &ada, &format!("/desk/case/{number}")).await.contains("Prima risposta"));
    }

    async fn two_queues_of_one_id_are_told_of_and_the_second_can_be_mended(server) {
        let ada = ada(&server).await;
        let path = "/admin/services/linea-amica/queues";
        let mut form = fields(&get(&server, &ada, path).await);
        let new = form.iter().find(|(name, value)| name.ends_with("-id") && value.is_empty()).unwrap().0.trim_end_matches("-id").to_owned();
        for (name, value) in [("id", "linea-amica"), ("name", "Seconda"), ("level", "front"), ("priority", "normal")] {
            set(&mut form, &format!("{new}-{name}"), value);
        }
        let (status, page) = post(&server, &ada, path, &form).await;
        assert!(status == 422 && page.contains(&format!("href=\"#{new}-id\"")), "{page}");
        assert!(page.contains(&format!("name=\"{new}-id\" id=\"{new}-id\"")), "it is no fixed field: {page}");
        set(&mut form, &format!("{new}-id"), "seconda");
        assert_eq!(post(&server, &ada, path, &form).await.0, 303);
    }

    async fn a_file_comes_and_goes(server) {
        let ada = ada(&server).await;
        let file = get(&server, &ada, "/admin/services/linea-amica/file.toml").await;
        let send = async |text: String, more: Vec<(String, String)>| {
            let mut form = reqwest::multipart::Form::new().text("text", text);
            for (name, value) in more {
                form = form.text(name, value);
            }
            let answer = ada.post(server.url("/admin/services-file")).multipart(form).send().await.unwrap();
            (answer.status(), answer.text().await.unwrap())
        };
        assert_eq!(send(file.clone(), Vec::new()).await.0, 303, "unchanged");
        let (status, page) = send("id = \"prova\"\nname = \"Prova\"\nnmae = 1\n".to_owned(), Vec::new()).await;
        assert!(status == 422 && page.contains("nmae") && page.contains("3"), "{page}");
        assert!(page.contains("id = &quot;prova&quot;") || page.contains("id = &#34;prova&#34;") || page.contains("id = \"prova\""), "the text is still there");
        let (status, preview) = send(file.replace("name = \"Linea Amica\"\nactive", "name = \"Linea Amica Nuova\"\nactive"), Vec::new()).await;
        assert!(status == 200 && preview.contains("<ins>Linea Amica Nuova</ins>"), "{preview}");
        let hidden: Vec<_> = fields(&preview).into_iter().filter(|(name, _)| name == "seen").chain([("confirmed".to_owned(), "1".to_owned())]).collect();
        let changed = file.replace("name = \"Linea Amica\"\nactive", "name = \"Linea Amica Nuova\"\nactive");
        assert_eq!(send(changed, hidden).await.0, 303);
        assert!(get(&server, &ada, "/admin/services").await.contains("Linea Amica Nuova"));
        // Of two who begin the same service, the second is told.
        let new = |name: &str| format!("id = \"estate\"\nname = \"{name}\"\n");
        let confirmed = |preview: &str| -> Vec<_> {
            fields(preview).into_iter().filter(|(name, _)| name == "seen").chain([("confirmed".to_owned(), "1".to_owned())]).collect()
        };
        let (hers, his) = (send(new("Di Ada"), Vec::new()).await.1, send(new("Di Bice"), Vec::new()).await.1);
        assert_eq!(send(new("Di Ada"), confirmed(&hers)).await.0, 303);
        assert_eq!(send(new("Di Bice"), confirmed(&his)).await.0, 422);
        assert!(get(&server, &ada, "/admin/services").await.contains("Di Ada"));
    }

    async fn a_large_service_is_saved_whole_or_not_at_all(server) {
        let ada = ada(&server).await;
        let file = server.data().join("grande.toml");
        let mut text = "id = \"grande\"\nname = \"Grande\"\nlanguages = [\"it\"]\n[calendar]\nzone = \"Europe/Rome\"\nholidays = \"italy\"\nweek = \"always\"\nexceptions = [\n".to_owned();
        let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for day in first.iter_days().take(501) {
            text += &format!("{{ date = \"{day}\", name = \"Chiuso\" }},\n");
        }
        text += "]\n";
        for n in 0..150 {
            text += &format!("[[entry_points]]\nkind = \"web\"\nvalue = \"/modulo/{n}\"\ncost_text = {{ it = \"gratis\" }}\n");
        }
        std::fs::write(&file, text).unwrap();
        server.try_command(&["service", "apply", file.to_str().unwrap()], "").unwrap();
        let path = "/admin/services/grande/entry-points";
        let mut form = fields(&get(&server, &ada, path).await);
        assert!(form.len() > 400);
        set(&mut form, "entry-149-value", "/modulo/ultimo");
        assert_eq!(post(&server, &ada, path, &form).await.0, 303);
        let kept = get(&server, &ada, "/admin/services/grande/file.toml").await;
        assert!(kept.matches("[[entry_points]]").count() == 150 && kept.contains("/modulo/ultimo"), "{kept}");
        // More rows than a form has are not lost by it.
        let path = "/admin/services/grande/calendar";
        let (status, page) = post(&server, &ada, path, &fields(&get(&server, &ada, path).await)).await;
        assert!(status == 422 && page.contains("500"), "{page}");
        assert_eq!(get(&server, &ada, "/admin/services/grande/file.toml").await.matches("Chiuso").count(), 501);
    }

    async fn texts_in_a_language_that_the_service_does_not_list_are_shown_and_kept(server) {
        let ada = ada(&server).await;
        let file = server.data().join("lingue.toml");
        let text = "id = \"lingue\"\nname = \"Lingue\"\nlanguages = [\"it\"]\n[summary]\nit = \"Di tutto\"\nen = \"About everything\"\n\
                    [texts.de]\ngreeting = \"Willkommen\"\n[[entry_points]]\nkind = \"phone\"\nvalue = \"800 900 900\"\ncost_text = { fr = \"gratuit\" }\n";
        std::fs::write(&file, text).unwrap();
        server.try_command(&["service", "apply", file.to_str().unwrap()], "").unwrap();
        let path = "/admin/services/lingue/entry-points";
        let mut form = fields(&get(&server, &ada, path).await);
        set(&mut form, "entry-0-cost-it", "gratis");
        assert_eq!(post(&server, &ada, path, &form).await.0, 303);
        let kept = get(&server, &ada, "/admin/services/lingue/file.toml").await;
        assert!(kept.contains("gratuit") && kept.contains("gratis"), "{kept}");
        // What citizens read in it can be changed, and taken away.
        let path = "/admin/services/lingue/general";
        let mut form = fields(&get(&server, &ada, path).await);
        for (name, value) in [("summary-en", "About everything"), ("greeting-de", "Willkommen")] {
            assert!(form.contains(&(name.to_owned(), value.to_owned())), "{name}: {form:?}");
            set(&mut form, name, "");
        }
        assert_eq!(post(&server, &ada, path, &form).await.0, 303);
        let kept = get(&server, &ada, "/admin/services/lingue/file.toml").await;
        assert!(!kept.contains("About everything") && !kept.contains("Willkommen") && kept.contains("Di tutto"), "{kept}");
    }

    async fn a_new_service_begins_and_a_closed_one_is_offered_no_more(server) {
        let ada = ada(&server).await;
        let form = |id: &str| vec![("id".to_owned(), id.to_owned()), ("name".to_owned(), "Linea Estate".to_owned())];
        let (status, page) = post(&server, &ada, "/admin/services", &form("Estate!")).await;
        assert!(status == 422 && page.contains("value=\"Estate!\"") && page.contains("value=\"Linea Estate\""), "{page}");
        assert_eq!(post(&server, &ada, "/admin/services", &form("estate")).await.0, 303);
        let portal = async || reqwest::get(server.url("/scrivi")).await.unwrap().text().await.unwrap();
        assert!(portal().await.contains("Linea Estate"));
        let path = "/admin/services/estate/general";
        let mut form = fields(&get(&server, &ada, path).await);
        form.retain(|(name, _)| name != "active");
        let (status, preview) = post(&server, &ada, path, &form).await;
        assert_eq!(status, 200, "it asks first");
        let mut confirmed = fields(&preview);
        confirmed.push(("confirmed".to_owned(), "1".to_owned()));
        assert_eq!(post(&server, &ada, path, &confirmed).await.0, 303);
        assert!(!portal().await.contains("Linea Estate"));
    }
}
