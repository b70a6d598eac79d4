//! What was recorded of a contact: who hears it, how long it is kept, and that it goes with the rest.

use crate::record::bring;
use centre::intake::Inbound;
use centre::recording::{self, Seal};
use centre::{By, Error, case, dossier, erasure, manual, retention};
use chrono::TimeDelta;
use futures::StreamExt;
use model::case::Outcome;
use model::contact::Channel;
use model::recording::{RecordingKind, RecordingState};
use model::user::Staff;
use model::{CaseId, ContactId, RecordingId, ServiceId};
use object_store::{ObjectStore, ObjectStoreExt};
use std::sync::Arc;
use stories::{Office, on_both, work};

const SOUND: &[u8] = b"OggS and what was said";

/// A call that this operator took, with a case of its own.
async fn call(office: &Office, operator: &Arc<Staff>) -> (CaseId, ContactId) {
    let inbound = Inbound {
        channel: Some(Channel::Phone),
        phone: Some("+39 333 555 0117".to_owned()),
        text: "Chiede del bonus.".to_owned(),
        ..Inbound::default()
    };
    let accepted = office.by(operator, work!(|w| manual::record(w, inbound, None))).await.unwrap();
    (accepted.case, accepted.contact)
}

async fn begun(office: &Office, contact: ContactId, kind: RecordingKind) -> RecordingId {
    office.centre.work(By::System, work!(|w| recording::begin(w, contact, kind))).await.unwrap()
}

async fn keep(office: &Office, id: RecordingId) {
    let seal = Seal::of(&office.centre).await.unwrap();
    recording::keep(&office.centre, &seal, id, 12, SOUND).await.unwrap();
}

async fn recorded(office: &Office, contact: ContactId, kind: RecordingKind) -> RecordingId {
    let id = begun(office, contact, kind).await;
    keep(office, id).await;
    id
}

async fn state(office: &Office, id: RecordingId) -> RecordingState {
    db::recording::load(office.centre.db().read(), id).await.unwrap().unwrap().state
}

async fn stored(office: &Office) -> usize {
    office.store.list(Some(&"recordings".into())).count().await
}

async fn hear(office: &Office, who: &Arc<Staff>, id: RecordingId) -> Option<Vec<u8>> {
    match recording::listen(&office.centre, who.clone(), id, true).await {
        Ok(heard) => Some(heard.sound.to_vec()),
        Err(Error::NotFound(_)) => None,
        Err(error) => panic!("{error}"),
    }
}

async fn close(office: &Office, who: &Arc<Staff>, id: CaseId) {
    office.by(who, work!(|w| case::solve(w, id, Outcome::Solved, None))).await.unwrap();
    office.later(TimeDelta::days(31));
    office.do_due_jobs().await;
}

on_both! {
    async fn a_talk_is_heard_by_whoever_spoke_and_oversees_and_it_is_noted(office) {
        let (ada, bob) = (office.hire("ada", "front").await, office.hire("bob", "front").await);
        let elena = office.hire("elena", "supervisor").await;
        assert_eq!(bring(&office, r#"{"type":"structure","id":"urp","name":"URP","kind":"urp"}"#, false).await, []);
        let stranger = office.hire_as("ugo", "supervisor", Some("urp"), &[]).await;
        let (_, contact) = call(&office, &ada).await;
        let talk = recorded(&office, contact, RecordingKind::Talk).await;
        let message = recorded(&office, contact, RecordingKind::Message).await;
        for (who, hears) in [(&ada, true), (&bob, false), (&elena, true), (&stranger, false)] {
            assert_eq!(hear(&office, who, talk).await.is_some_and(|sound| sound == SOUND), hears, "{}", who.login);
        }
        for (who, hears) in [(&ada, true), (&bob, true), (&elena, true), (&stranger, false)] {
            assert_eq!(hear(&office, who, message).await.is_some(), hears, "{}", who.login);
        }
        assert!(hear(&office, &elena, RecordingId(99)).await.is_none());
        let events = stories::log(office.centre.db()).await;
        let heard: Vec<_> = events.iter().filter(|e| e.kind == "heard" && e.subject_id == talk.to_string()).map(|e| e.actor).collect();
        assert_eq!(heard, [model::event::Actor::Staff(ada.id), model::event::Actor::Staff(elena.id)]);
    }

    async fn a_recording_of_no_case_is_for_whoever_oversees_the_whole_centre(office) {
        let (ada, elena) = (office.hire("ada", "front").await, office.hire("elena", "supervisor").await);
        assert_eq!(bring(&office, r#"{"type":"structure","id":"urp","name":"URP","kind":"urp"}"#, false).await, []);
        let stranger = office.hire_as("ugo", "supervisor", Some("urp"), &[]).await;
        let incoming = centre::call::Incoming {
            service: ServiceId::new("linea-amica"),
            dialled: "803001".to_owned(),
            number: None,
        };
        let begun = office.centre.work(By::System, work!(|w| centre::call::begin(w, incoming, "node-1"))).await.unwrap();
        let id = recorded(&office, begun.contact, RecordingKind::Message).await;
        for (who, hears) in [(&ada, false), (&elena, true), (&stranger, false)] {
            assert_eq!(hear(&office, who, id).await.is_some(), hears, "{}", who.login);
        }
    }

    async fn recordings_are_kept_for_as_long_as_their_service_says(office) {
        let ada = office.hire("ada", "front").await;
        let mut service = office.centre.catalogue().services[0].clone();
        service.telephone.keep_recordings_days = Some(60);
        office.serve(service).await;
        let (closed, contact) = call(&office, &ada).await;
        let goes = recorded(&office, contact, RecordingKind::Talk).await;
        close(&office, &ada, closed).await;
        let (_, contact) = call(&office, &ada).await;
        let stays = recorded(&office, contact, RecordingKind::Talk).await;
        assert_eq!(retention::retain(&office.centre, None).await.unwrap(), retention::Totals::default());
        office.later(TimeDelta::days(61));
        let totals = retention::retain(&office.centre, None).await.unwrap();
        assert_eq!(totals, retention::Totals { recordings: 1, ..retention::Totals::default() });
        assert_eq!((state(&office, goes).await, state(&office, stays).await), (RecordingState::Removed, RecordingState::Kept));
        assert_eq!(stored(&office).await, 1, "of the other nothing is left");
        assert!(hear(&office, &ada, goes).await.is_none());
        let read = db::contact::of_cases(office.centre.db().read(), &[closed]).await.unwrap();
        assert_eq!(read[0].words.text.as_deref(), Some("Chiede del bonus."), "what was written is kept");
        assert_eq!(retention::retain(&office.centre, None).await.unwrap(), retention::Totals::default());
    }

    async fn an_erasure_takes_along_what_was_recorded(office) {
        let ada = office.hire("ada", "front,admin").await;
        let (case, contact) = call(&office, &ada).await;
        let person = office.case(case).await.person.unwrap();
        let kept = recorded(&office, contact, RecordingKind::Talk).await;
        let raw = begun(&office, contact, RecordingKind::Talk).await;
        assert_eq!(erasure::held(&office.centre, person).await.unwrap().files, 1);
        let held = dossier::read(&office.centre, person).await.unwrap();
        assert_eq!(held.files[0].0, format!("recordings/{kept}.ogg"));
        let mut pieces = dossier::write_out(&office.centre, By::Staff(ada.clone()), person).await.unwrap();
        let mut archive = Vec::new();
        while let Some(piece) = pieces.next().await {
            archive.extend(piece.unwrap());
        }
        let place = held.files[0].0.as_bytes();
        assert!(archive.windows(place.len()).any(|window| window == place), "theirs to have");

        office.centre.erase_person(By::Staff(ada.clone()), person).await.unwrap();
        assert!(erasure::held(&office.centre, person).await.unwrap().nothing);
        assert_eq!((state(&office, kept).await, stored(&office).await), (RecordingState::Removed, 0));
        // What was still to be turned is not brought back by whoever has it.
        keep(&office, raw).await;
        assert_eq!((state(&office, raw).await, stored(&office).await), (RecordingState::Removed, 0));
    }

    async fn what_is_held_on_a_person_is_written_out_though_a_recording_cannot_be_read(office) {
        let ada = office.hire("ada", "front,admin").await;
        let (case, contact) = call(&office, &ada).await;
        let person = office.case(case).await.person.unwrap();
        let [gone, there] = [recorded(&office, contact, RecordingKind::Talk).await, recorded(&office, contact, RecordingKind::Talk).await];
        let lies = db::recording::load(office.centre.db().read(), gone).await.unwrap().unwrap().stored_as.unwrap();
        office.store.delete(&lies.as_str().into()).await.unwrap();
        let held = dossier::read(&office.centre, person).await.unwrap();
        let places: Vec<&String> = held.files.iter().map(|(place, _)| place).collect();
        assert_eq!(places, [&format!("recordings/{there}.ogg")]);
        let told = &held.open["cases"][0]["contacts"][0]["recordings"];
        let missing: Vec<_> = told.as_array().unwrap().iter().map(|one| one["missing"].as_bool().unwrap()).collect();
        assert_eq!(missing, [true, false]);
        let pieces = dossier::write_out(&office.centre, By::Staff(ada), person).await.unwrap();
        assert!(pieces.collect::<Vec<_>>().await.into_iter().all(|piece| piece.is_ok()));
    }

    async fn a_recording_that_is_lost_says_so_and_is_kept_when_it_turns_up(office) {
        let ada = office.hire("ada", "front").await;
        let (_, contact) = call(&office, &ada).await;
        let id = begun(&office, contact, RecordingKind::Talk).await;
        retention::retain(&office.centre, None).await.unwrap();
        assert_eq!(state(&office, id).await, RecordingState::Raw);
        office.later(TimeDelta::days(3));
        retention::retain(&office.centre, None).await.unwrap();
        assert_eq!(state(&office, id).await, RecordingState::Failed);
        keep(&office, id).await;
        assert_eq!(hear(&office, &ada, id).await.unwrap(), SOUND);
    }
}
