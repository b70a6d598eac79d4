//! Signing in.

use centre::Error;
use chrono::TimeDelta;
use stories::on_both;

on_both! {
    async fn a_wrong_password_and_a_wrong_name_are_told_alike(office) {
        office.hire("sara", "front").await;
        assert!(office.sign_in("sara", Some("sbagliata sbagliata"), "192.0.2.1").await.unwrap().is_none());
        assert!(office.sign_in("nessuno", Some("sbagliata sbagliata"), "192.0.2.1").await.unwrap().is_none());
        assert_eq!(office.sign_in(" SARA ", None, "192.0.2.1").await.unwrap().unwrap().login, "sara");
    }

    async fn after_five_wrong_passwords_even_the_right_one_waits(office) {
        office.hire("sara", "front").await;
        office.hire("luca", "front").await;
        for _ in 0..5 {
            assert!(office.sign_in("sara", Some("sbagliata sbagliata"), "198.51.100.1").await.unwrap().is_none());
        }
        let Err(Error::TooMany(until)) = office.sign_in("sara", None, "198.51.100.1").await else { panic!("let in") };
        assert!(office.sign_in("sara", None, "192.0.2.1").await.unwrap().is_some(), "elsewhere she is not locked out by it");
        assert!(office.sign_in("luca", None, "198.51.100.1").await.unwrap().is_some(), "nobody else is locked out");
        office.clock.set(until + TimeDelta::seconds(1));
        assert!(office.sign_in("sara", None, "198.51.100.1").await.unwrap().is_some());
    }

    async fn a_page_on_its_way_does_not_sign_in_again_who_signed_out(office) {
        let kept = |data: &str| centre::session::Kept { staff: None, inside: false, device: None, data: data.to_owned(), expires_at: office.now() + TimeDelta::hours(12) };
        centre::session::begin(&office.centre, "a", kept("{}")).await.unwrap();
        assert!(centre::session::save(&office.centre, "a", kept("{\"x\":1}")).await.unwrap());
        assert_eq!(centre::session::load(&office.centre, "a").await.unwrap().unwrap().data, "{\"x\":1}");
        centre::session::end(&office.centre, "a").await.unwrap();
        assert!(!centre::session::save(&office.centre, "a", kept("{}")).await.unwrap(), "what has ended is not stored");
        assert!(centre::session::load(&office.centre, "a").await.unwrap().is_none());
    }

    async fn wrong_passwords_from_everywhere_are_slowed_too(office) {
        office.hire("sara", "front").await;
        let mut tries = 0;
        while let Ok(None) = office.sign_in("sara", Some("sbagliata sbagliata"), &format!("10.0.{}.{}", tries / 250, tries % 250)).await {
            tries += 1;
            assert!(tries <= 100, "guessed on and on");
        }
        assert!(matches!(office.sign_in("sara", None, "192.0.2.1").await, Err(Error::TooMany(_))));
    }

    async fn a_password_is_long_and_nothing_else(office) {
        let new = |password: &str| db::staff::NewStaff { login: "x".to_owned(), name: "X".to_owned(), password: Some(password.to_owned()), roles: "front".parse().unwrap(), scope: None, language: "it".to_owned(), ..db::staff::NewStaff::default() };
        assert!(matches!(centre::staff::add(&office.centre, centre::By::System, new("undici car.")).await, Err(Error::Invalid(_))));
        centre::staff::add(&office.centre, centre::By::System, new("dodici caratt")).await.unwrap();
        assert!(matches!(centre::staff::add(&office.centre, centre::By::System, new("dodici caratt")).await, Err(Error::Invalid(_))), "the name is taken");
    }
}
