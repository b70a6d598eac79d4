//! A sound that the administration uploads is what callers hear.

use crate::called_on_both;
use reqwest::multipart::{Form, Part};
use stories::{eventually, wave};

const GREETING: &str = "\n[telephone.prompts.greeting]\nit = { sound = \"benvenuto\" }\n";

/// What is typed of a trunk.
const WHOLE: &[(&str, &str)] = &[
    ("name", "Gestore"),
    ("id", "gestore"),
    ("active", "1"),
    ("from", "192.0.2.10\n198.51.100.0/24"),
    ("user", "0601"),
    ("password", "segretissima"),
];

called_on_both! {
    async fn a_prompt_is_the_sound_that_was_uploaded(exchange, GREETING) {
        exchange.server.hire("rita", "admin");
        let rita = exchange.server.signed_in("rita").await;
        let url = exchange.server.url("/admin/sounds");
        let file = |bytes: Vec<u8>| Part::bytes(bytes).file_name("voce.wav");
        let upload = |name: &'static str, bytes| Form::new().text("name", name).part("sound", file(bytes));
        let refused = rita.post(&url).multipart(upload("Benvenuto!", wave(620.0, 6))).send().await.unwrap();
        assert_eq!(refused.status(), 422);
        let refused = rita.post(&url).multipart(upload("benvenuto", b"RIFF".to_vec())).send().await.unwrap();
        assert_eq!(refused.status(), 422);
        let taken = rita.post(&url).multipart(upload("benvenuto", wave(620.0, 6))).send().await.unwrap();
        assert_eq!(taken.status(), 303);
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the caller hears the sound", async || caller.ear.hears(620.0).then_some(())).await;
        caller.hang_up();
        let heard = rita.get(format!("{url}/benvenuto/file.wav")).send().await.unwrap();
        assert_eq!(heard.bytes().await.unwrap().len(), wave(620.0, 6).len());
        // A player that goes back and forth asks for pieces of it.
        let piece = rita.get(format!("{url}/benvenuto/file.wav")).header("range", "bytes=0-1").send().await.unwrap();
        assert_eq!((piece.status().as_u16(), piece.headers()["content-type"].to_str().unwrap()), (206, "audio/wav"));
        assert_eq!(&piece.bytes().await.unwrap()[..], b"RI");
        // A backup has it.
        let file = exchange.server.data().join("tutto.tar.zst");
        exchange.server.try_command(&["backup", file.to_str().unwrap()], "").unwrap();
        let mut other = exchange.server.stranger().await;
        other.try_command(&["restore", file.to_str().unwrap()], "").unwrap();
        other.run().await;
        let restored = other.signed_in("rita").await.get(other.url("/admin/sounds/benvenuto/file.wav")).send().await;
        assert_eq!(restored.unwrap().bytes().await.unwrap().len(), wave(620.0, 6).len());
        // What a service names stays.
        let kept = rita.post(format!("{url}/benvenuto/remove")).send().await.unwrap();
        assert_eq!(kept.status(), 422);
        assert!(rita.get(&url).send().await.unwrap().text().await.unwrap().contains("Linea Amica"));
    }

    async fn a_trunk_is_set_up_by_a_form(exchange, "") {
        exchange.server.hire("rita", "admin");
        let rita = exchange.server.signed_in("rita").await;
        let url = exchange.server.url("/admin/trunks/new");
        let missing = [("name", "Gestore"), ("id", "gestore")];
        assert_eq!(rita.post(&url).form(&missing).send().await.unwrap().status(), 422);
        assert_eq!(rita.post(&url).form(WHOLE).send().await.unwrap().status(), 303);
        let url = exchange.server.url("/admin/trunks/gestore");
        let page = rita.get(&url).send().await.unwrap().text().await.unwrap();
        assert!(page.contains("198.51.100.0/24") && !page.contains("segretissima"), "{page}");
        // A password that is not typed again stays.
        let changed = [("name", "Gestore due"), ("from", "192.0.2.10"), ("user", "0601")];
        assert_eq!(rita.post(&url).form(&changed).send().await.unwrap().status(), 303);
        let all = centre::trunk::all(&exchange.centre).await.unwrap();
        let trunk = all.into_iter().find(|trunk| trunk.id.as_str() == "gestore").unwrap();
        assert_eq!((trunk.active, trunk.password.as_deref(), trunk.from.len()), (false, Some("segretissima"), 1));
        assert_eq!(rita.post(format!("{url}/remove")).send().await.unwrap().status(), 303);
        assert_eq!(rita.get(&url).send().await.unwrap().status(), 404);
    }
}
