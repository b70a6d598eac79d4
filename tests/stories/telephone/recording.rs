//! What is recorded, and how it is heard again.

use super::ended;
use crate::called_on_both;
use model::contact::Outcome;
use model::recording::{RecordingKind, RecordingState};
use std::process::Command;
use stories::{Answers, Exchange, eventually, share};

/// The recordings of a contact, once all of them are kept.
pub async fn kept(exchange: &Exchange, contact: model::ContactId) -> Vec<centre::recording::Recording> {
    eventually("the recording is kept", async || {
        let all = db::recording::of_contacts(exchange.centre.db().read(), &[contact]).await.unwrap();
        let whole = !all.is_empty() && all.iter().all(|one| one.state == RecordingState::Kept);
        whole.then_some(all)
    })
    .await
}

/// The two channels of a recording at 8 kHz, read by Debian's opusdec and sox.
pub async fn channels(exchange: &Exchange, one: &centre::recording::Recording) -> [Vec<f32>; 2] {
    let stored = exchange.server.data().join("files").join(one.stored_as.as_ref().unwrap());
    let sealed = std::fs::read(stored).unwrap();
    assert!(!sealed.windows(4).any(|bytes| bytes == b"OggS"), "it is sealed where it lies");
    let seal = centre::recording::Seal::of(&exchange.centre).await.unwrap();
    let folder = tempfile::TempDir::with_prefix("linea-sound-").unwrap();
    let (ogg, wav) = (folder.path().join("a.opus"), folder.path().join("a.wav"));
    std::fs::write(&ogg, seal.open(&sealed).unwrap()).unwrap();
    let decoded = Command::new("opusdec").args(["--quiet", "--rate", "8000"]).arg(&ogg).arg(&wav).output().unwrap();
    assert!(decoded.status.success(), "{}", String::from_utf8_lossy(&decoded.stderr));
    let bytes = std::fs::read(wav).unwrap();
    let data = bytes.windows(4).position(|four| four == b"data").unwrap() + 8;
    let samples: Vec<f32> =
        bytes[data..].chunks_exact(2).map(|two| f32::from(i16::from_le_bytes([two[0], two[1]])) / 32_768.0).collect();
    [0, 1].map(|side| samples.iter().skip(side).step_by(2).copied().collect())
}

/// How much of the loudest second of a sound a tone is.
pub fn most(sound: &[f32], hertz: f32) -> f32 {
    sound.chunks(8_000).filter(|second| second.len() == 8_000).map(|second| share(second, hertz)).fold(0.0, f32::max)
}

/// A page as somebody sees it.
async fn read(exchange: &Exchange, browser: &reqwest::Client, page: &str) -> String {
    let answer = browser.get(exchange.server.url(page)).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

pub const RECORDED: &str = "\n[telephone]\nrecording = \"announced\"\n";

called_on_both! {
    async fn a_talk_is_kept_with_each_side_on_its_own(exchange, RECORDED) {
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the caller hears the operator", async || caller.ear.hears(440.0).then_some(())).await;
        let talked_until = caller.ear.sent() + 100;
        eventually("they talk on", async || (caller.ear.sent() > talked_until).then_some(())).await;
        caller.hang_up();
        let stored = ended(&exchange).await;
        let recordings = kept(&exchange, stored.contact.id).await;
        assert_eq!(recordings.len(), 1);
        assert_eq!(recordings[0].kind, RecordingKind::Talk);
        let [left, right] = channels(&exchange, &recordings[0]).await;
        assert!(most(&left, 300.0) > 0.8 && most(&left, 440.0) < 0.05, "the caller is on the left");
        assert!(most(&right, 440.0) > 0.8 && most(&right, 300.0) < 0.05, "the operator is on the right");
        let (by, contact) = (centre::By::Staff(ada.clone()), stored.contact.id);
        let done = exchange.centre.work(by, move |w| Box::pin(centre::call::wrap_up(w, contact, None)));
        done.await.unwrap();
        // Whoever spoke hears it on the case, a colleague is told why they do not.
        exchange.hire("bob").await;
        let (ada, bob) = (exchange.server.signed_in("ada").await, exchange.server.signed_in("bob").await);
        let id = recordings[0].id;
        let sound = format!("/desk/registrazione/{id}");
        let page = eventually("the talk is on a case", async || {
            let case = exchange.contacts().await.pop()?.contact.case?;
            let case = db::case::load(exchange.centre.db().read(), case).await.unwrap()?.case;
            Some(format!("/desk/case/{}", model::number::CaseNumber::new(case.id, case.opened_at)))
        })
        .await;
        let pages = [read(&exchange, &ada, &page).await, read(&exchange, &bob, &page).await];
        let player = format!("src=\"{sound}\"");
        assert!(pages[0].contains(&player) && pages[0].contains("Registrazione della telefonata"), "{}", pages[0]);
        assert!(!pages[1].contains(&player) && pages[1].contains("Registrazione della telefonata"), "{}", pages[1]);
        assert_eq!(bob.get(exchange.server.url(&sound)).send().await.unwrap().status(), 404);

        // A player goes back and forth; that somebody listened is noted once.
        let whole = ada.get(exchange.server.url(&sound)).send().await.unwrap();
        assert_eq!((whole.status(), &whole.headers()["content-type"]), (reqwest::StatusCode::OK, &"audio/ogg; codecs=opus".parse().unwrap()));
        let whole = whole.bytes().await.unwrap();
        assert!(whole.starts_with(b"OggS"));
        let piece = ada.get(exchange.server.url(&sound)).header("range", "bytes=4-99").send().await.unwrap();
        assert_eq!((piece.status(), piece.bytes().await.unwrap()), (reqwest::StatusCode::PARTIAL_CONTENT, whole.slice(4..100)));
        let about = async |kind: &str| {
            let events = stories::log(exchange.centre.db()).await;
            events.iter().filter(|event| event.kind == kind && event.subject_id == id.to_string()).count()
        };
        assert_eq!((about("kept").await, about("heard").await), (1, 1));
        let file = ada.get(exchange.server.url(&format!("{sound}/file"))).send().await.unwrap();
        assert!(file.headers()["content-disposition"].to_str().unwrap().contains("registrazione-"));
        assert_eq!((file.bytes().await.unwrap(), about("heard").await), (whole.clone(), 2));

        // A backup has it, and gives it back.
        let backup = exchange.server.data().join("tutto.tar.zst");
        let backup = backup.to_str().unwrap();
        exchange.server.try_command(&["backup", backup], "").unwrap();
        let mut restored = exchange.server.stranger().await;
        restored.try_command(&["restore", backup], "").unwrap();
        restored.run().await;
        let ada = restored.signed_in("ada").await;
        let heard = ada.get(restored.url(&sound)).send().await.unwrap();
        assert_eq!(heard.bytes().await.unwrap(), whole);
    }

    async fn a_message_opens_a_case(exchange, "\n[telephone]\nmenus = [{ id = \"m\", ask = { it = \"Prema 1.\" }, choices = [{ digit = \"1\", go = \"message\" }] }]\n") {
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the call is answered", async || caller.status()).await;
        eventually("the menu is heard", async || caller.ear.hears_something_but(&[300.0]).then_some(())).await;
        caller.ear.press("1");
        let calls = || async { db::call::live(exchange.centre.db().read()).await.unwrap() };
        eventually("a message is taken", async || {
            calls().await.into_iter().find(|call| call.state == Some(model::call::CallState::Message))
        })
        .await;
        let said_until = caller.ear.sent() + 150;
        eventually("the caller speaks", async || (caller.ear.sent() > said_until).then_some(())).await;
        caller.hang_up();
        let stored = ended(&exchange).await;
        assert_eq!(stored.contact.outcome, Some(Outcome::Voicemail));
        let stored = eventually("the message opens a case", async || {
            exchange.contacts().await.into_iter().find(|stored| stored.contact.case.is_some())
        })
        .await;
        let case = db::case::load(exchange.centre.db().read(), stored.contact.case.unwrap()).await.unwrap().unwrap();
        assert_eq!(case.case.assignee, None, "it waits like any other");
        let recordings = kept(&exchange, stored.contact.id).await;
        assert_eq!(recordings[0].kind, RecordingKind::Message);
        let [left, right] = channels(&exchange, &recordings[0]).await;
        assert!(most(&left, 300.0) > 0.8);
        assert!(right.iter().all(|sample| sample.abs() < 0.01), "nobody answered");
    }
}
