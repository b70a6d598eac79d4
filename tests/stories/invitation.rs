//! Links by which somebody sets a password: once, for a while, and only by what was meant for them.

use centre::invitation::{self, Link, Way};
use centre::mail::{self, Content};
use centre::{By, Error, Result};
use chrono::TimeDelta;
use model::invitation::Kind;
use model::problem::Problem;
use model::user::Staff;
use std::sync::Arc;
use stories::{Office, on_both, work};

const NEW: &str = "una parola ancora più lunga";

fn token(link: &Link) -> String {
    link.url.rsplit('/').next().unwrap().to_owned()
}

async fn invite(office: &Office, by: &Arc<Staff>, who: &Staff, way: Way) -> Result<Link> {
    let id = who.id;
    office.by(by, work!(|w| invitation::invite(w, id, way))).await
}

async fn accept(office: &Office, token: &str) -> Result<invitation::Invited> {
    invitation::accept(&office.centre, token, NEW.to_owned(), "192.0.2.1").await
}

async fn with_address(office: &Office, staff: &Arc<Staff>, email: &str) {
    let (staff, email) = ((**staff).clone(), email.to_owned());
    office
        .centre
        .work(By::System, move |w| Box::pin(async move { Ok(db::staff::change(w.tx, &staff, Some(&email)).await?) }))
        .await
        .unwrap();
}

/// The link in the only letter that is due.
async fn letter(office: &Office) -> (String, String, Kind) {
    let letters = mail::claim(&office.centre, 10).await.unwrap();
    assert_eq!(letters.len(), 1);
    let Content::Invitation { kind, path, .. } = &letters[0].content else { panic!("another letter") };
    let found = (letters[0].to.clone(), path.rsplit('/').next().unwrap().to_owned(), *kind);
    mail::sent(&office.centre, &letters[0]).await.unwrap();
    found
}

on_both! {
    async fn a_link_opens_once_and_gives_a_password(office) {
        let (ada, sara) = (office.hire("ada", "admin").await, office.hire("sara", "front").await);
        let link = invite(&office, &ada, &sara, Way::Hand).await.unwrap();
        assert_eq!(link.kind, Kind::Reset, "she has a password already");
        let token = token(&link);
        for _ in 0..3 {
            assert_eq!(invitation::look(&office.centre, &token).await.unwrap().unwrap().login, "sara", "looking uses nothing up");
        }
        let short = invitation::accept(&office.centre, &token, "undici car.".to_owned(), "192.0.2.1").await;
        assert!(matches!(short, Err(Error::Invalid(_))), "and a password that is too short neither");
        accept(&office, &token).await.unwrap();
        assert!(matches!(accept(&office, &token).await, Err(Error::NotFound(_))), "once");
        assert!(office.sign_in("sara", None, "192.0.2.1").await.unwrap().is_none(), "the old password is gone");
        assert!(office.sign_in("sara", Some(NEW), "192.0.2.1").await.unwrap().is_some());
    }

    async fn of_two_who_use_a_link_at_once_one_has_it(office) {
        let (ada, sara) = (office.hire("ada", "admin").await, office.hire("sara", "front").await);
        let token = token(&invite(&office, &ada, &sara, Way::Hand).await.unwrap());
        let (one, two) = tokio::join!(accept(&office, &token), accept(&office, &token));
        assert!(one.is_ok() != two.is_ok());
    }

    async fn a_link_that_is_old_withdrawn_or_made_anew_opens_no_more(office) {
        let (ada, sara) = (office.hire("ada", "admin").await, office.hire("sara", "front").await);
        let first = token(&invite(&office, &ada, &sara, Way::Hand).await.unwrap());
        let second = token(&invite(&office, &ada, &sara, Way::Hand).await.unwrap());
        assert!(accept(&office, &first).await.is_err(), "the second took its place");
        let id = sara.id;
        office.by(&ada, work!(|w| invitation::withdraw(w, id))).await.unwrap();
        assert!(accept(&office, &second).await.is_err(), "withdrawn");
        let third = token(&invite(&office, &ada, &sara, Way::Hand).await.unwrap());
        office.later(TimeDelta::days(7) - TimeDelta::minutes(1));
        assert!(invitation::look(&office.centre, &third).await.unwrap().is_some());
        office.later(TimeDelta::minutes(2));
        assert!(accept(&office, &third).await.is_err(), "a week is over");
        assert!(invitation::look(&office.centre, "nulla").await.unwrap().is_none());
        let link = invite(&office, &ada, &sara, Way::Hand).await.unwrap();
        office.by(&ada, work!(|w| centre::staff::disable(w, id))).await.unwrap();
        office.by(&ada, work!(|w| centre::staff::enable(w, id))).await.unwrap();
        assert!(accept(&office, &token(&link)).await.is_err(), "nor one of somebody who was disabled meanwhile");
        let other = office.hire("luca", "supervisor").await;
        assert!(matches!(invite(&office, &other, &sara, Way::Hand).await, Err(Error::Denied(_))));
    }

    async fn a_letter_brings_the_link_and_nothing_keeps_it(office) {
        let (ada, sara) = (office.hire("ada", "admin").await, office.hire("sara", "front").await);
        let Err(Error::Invalid(problems)) = invite(&office, &ada, &sara, Way::Letter).await else { panic!("sent") };
        assert_eq!((problems[0].field, problems[0].problem), ("email", Problem::Missing));
        with_address(&office, &sara, "sara@posta.example").await;
        invite(&office, &ada, &sara, Way::Letter).await.unwrap();
        let (to, token, kind) = letter(&office).await;
        assert_eq!((to.as_str(), kind), ("sara@posta.example", Kind::Reset));
        let events = stories::log(office.centre.db()).await;
        let all = format!("{events:?}");
        assert!(!all.contains(&token) && !all.contains("posta.example"), "the audit holds neither link nor address");
        accept(&office, &token).await.unwrap();
    }

    async fn a_forgotten_password_is_had_again_by_the_mailbox_alone(office) {
        let (sara, luca) = (office.hire("sara", "front").await, office.hire("luca", "front").await);
        with_address(&office, &sara, "sara@posta.example").await;
        let recover = async |typed: &'static str, from: &'static str| {
            office.centre.work(By::Citizen, work!(|w| invitation::recover(w, typed, from))).await
        };
        for nobody in ["nessuno", "luca", "altri@posta.example"] {
            recover(nobody, "192.0.2.1").await.unwrap();
        }
        assert!(mail::claim(&office.centre, 10).await.unwrap().is_empty(), "and whoever asks is told the same");
        recover(" SARA@posta.example", "192.0.2.1").await.unwrap();
        let (_, token, kind) = letter(&office).await;
        assert_eq!(kind, Kind::Recovery);
        assert!(office.sign_in("sara", None, "192.0.2.1").await.unwrap().is_some(), "until it is used, the old one goes on");
        office.later(TimeDelta::minutes(61));
        assert!(accept(&office, &token).await.is_err(), "an hour is over");
        for _ in 0..3 {
            recover("sara", "192.0.2.9").await.unwrap();
        }
        assert!(matches!(recover("sara", "192.0.2.9").await, Err(Error::TooMany(_))));
        for _ in 0..3 {
            recover("nessuno", "192.0.2.9").await.unwrap();
        }
        assert!(matches!(recover("nessuno", "192.0.2.9").await, Err(Error::TooMany(_))), "a name that nobody has is counted alike");
        let _ = luca;
    }

    async fn whoever_was_never_let_in_has_no_password_to_forget(office) {
        let ada = office.hire("ada", "admin").await;
        let new = db::staff::NewStaff { login: "nuova".to_owned(), name: "Nuova".to_owned(), email: Some("nuova@posta.example".to_owned()), roles: "front".parse().unwrap(), language: "it".to_owned(), ..Default::default() };
        let id = centre::staff::add(&office.centre, By::System, new).await.unwrap();
        office.by(&ada, work!(|w| invitation::invite(w, id, Way::Hand))).await.unwrap();
        office.by(&ada, work!(|w| invitation::withdraw(w, id))).await.unwrap();
        for typed in ["nuova", "nuova@posta.example"] {
            office.centre.work(By::Citizen, work!(|w| invitation::recover(w, typed, "192.0.2.1"))).await.unwrap();
        }
        assert!(mail::claim(&office.centre, 10).await.unwrap().is_empty());
        assert!(invitation::open_of(&office.centre, id).await.unwrap().is_empty(), "what was withdrawn stays so");
    }

    async fn a_stranger_who_asks_for_a_password_voids_no_invitation(office) {
        let ada = office.hire("ada", "admin").await;
        let sara = office.hire("sara", "front").await;
        with_address(&office, &sara, "sara@posta.example").await;
        let link = invite(&office, &ada, &sara, Way::Hand).await.unwrap();
        office.centre.work(By::Citizen, work!(|w| invitation::recover(w, "sara", "198.51.100.7"))).await.unwrap();
        let (_, other, _) = letter(&office).await;
        accept(&office, &token(&link)).await.unwrap();
        assert!(accept(&office, &other).await.is_err(), "once a password is set, no other link gives one");
    }
}
