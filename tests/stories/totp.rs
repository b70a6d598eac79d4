//! Second factors: set up, asked for, never taken twice, never a way past what is asked.

use centre::staff::Door;
use centre::{Error, Result, totp};
use chrono::{DateTime, TimeDelta, Utc};
use db::Engine;
use model::problem::Problem;
use model::user::{Role, Staff};
use std::sync::Arc;
use stories::{Office, Server, on_both, work};
use totp_rs::{Builder, Secret};

const FROM: &str = "192.0.2.1";

/// The code that an authenticator program shows at this time.
fn code(secret: &str, at: DateTime<Utc>) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(at.timestamp().unsigned_abs()).to_string()
}

/// Sets one up; the secret and the codes for a lost telephone.
async fn set_up(office: &Office, staff: &Arc<Staff>) -> (String, Vec<String>) {
    let secret = totp::enrol(&office.centre, staff, None).await.unwrap().secret;
    let codes = totp::confirm(&office.centre, staff, secret.clone(), &code(&secret, office.now()), FROM).await.unwrap();
    office.later(TimeDelta::seconds(30));
    (secret, codes)
}

fn wrong(outcome: Result<()>) -> bool {
    matches!(&outcome, Err(Error::Invalid(p)) if p[0].problem == Problem::NoSuchCode)
}

on_both! {
    async fn a_code_lets_in_once(office) {
        let sara = office.hire("sara", "front").await;
        assert!(matches!(office.knock("sara", None, FROM).await.unwrap(), Some(Door::Open(_))));
        let first = totp::enrol(&office.centre, &sara, None).await.unwrap().secret;
        let again = totp::enrol(&office.centre, &sara, Some(first.clone())).await.unwrap();
        assert_eq!(first, again.secret, "the page that is opened again shows the same");
        assert_ne!(first, totp::enrol(&office.centre, &sara, None).await.unwrap().secret, "and elsewhere another");
        assert!(again.uri.starts_with("otpauth://totp/Linea%20Amica:sara?secret="));
        assert!(matches!(office.knock("sara", None, FROM).await.unwrap(), Some(Door::Open(_))), "not before a code has confirmed it");
        let (secret, _) = set_up(&office, &sara).await;
        assert!(totp::enrol(&office.centre, &sara, Some(first)).await.is_err(), "she has one now");
        assert!(matches!(office.knock("sara", None, FROM).await.unwrap(), Some(Door::Code(_))));
        let now = code(&secret, office.now());
        totp::sign_in(&office.centre, &sara, &format!(" {} {} ", &now[..3], &now[3..]), FROM).await.unwrap();
        assert!(wrong(totp::sign_in(&office.centre, &sara, &now, FROM).await), "a replay is refused");
        let before = code(&secret, office.now() - TimeDelta::seconds(30));
        assert!(wrong(totp::sign_in(&office.centre, &sara, &before, FROM).await), "and an earlier one after a later one");
        office.later(TimeDelta::seconds(30));
        let next = code(&secret, office.now());
        let second = office.second().await;
        let (one, two) = tokio::join!(
            totp::sign_in(&office.centre, &sara, &next, FROM),
            totp::sign_in(&second.centre, &sara, &next, FROM),
        );
        assert!(one.is_ok() != two.is_ok(), "of two at once, on two processes, one is in: {one:?} {two:?}");
    }

    async fn wrong_codes_are_slowed(office) {
        let sara = office.hire("sara", "front").await;
        let (secret, _) = set_up(&office, &sara).await;
        for _ in 0..5 {
            assert!(wrong(totp::sign_in(&office.centre, &sara, "000000", FROM).await));
        }
        let right = code(&secret, office.now());
        assert!(matches!(totp::sign_in(&office.centre, &sara, &right, FROM).await, Err(Error::TooMany(_))));
        let mut tries = 5;
        while wrong(totp::sign_in(&office.centre, &sara, "000000", &format!("10.0.0.{tries}")).await) {
            tries += 1;
            assert!(tries <= 20, "guessed on and on from everywhere");
        }
        office.later(TimeDelta::minutes(61));
        totp::sign_in(&office.centre, &sara, &code(&secret, office.now()), FROM).await.unwrap();
    }

    async fn ten_codes_for_a_lost_telephone_each_let_in_once(office) {
        let (sara, luca) = (office.hire("sara", "front").await, office.hire("luca", "front").await);
        let (secret, codes) = set_up(&office, &sara).await;
        set_up(&office, &luca).await;
        assert_eq!(codes.len(), 10);
        assert!(wrong(totp::sign_in(&office.centre, &luca, &codes[0], FROM).await), "they are hers alone");
        totp::sign_in(&office.centre, &sara, &codes[0].to_uppercase(), FROM).await.unwrap();
        assert!(wrong(totp::sign_in(&office.centre, &sara, &codes[0], FROM).await));
        assert_eq!(totp::standing(&office.centre, &sara).await.unwrap().recovery_left, 9);
        let fresh = totp::renew_recovery(&office.centre, &sara, &code(&secret, office.now()), FROM).await.unwrap();
        assert!(wrong(totp::sign_in(&office.centre, &sara, &codes[1], FROM).await), "those before are worth nothing");
        totp::sign_in(&office.centre, &sara, &fresh[1], FROM).await.unwrap();
    }

    async fn what_a_role_asks_is_asked_and_cannot_be_left_out(office) {
        let (ada, sara) = (office.hire("ada", "admin").await, office.hire("sara", "back").await);
        let lockout = office.by(&ada, work!(|w| totp::ask_of(w, &[Role::Admin], None))).await;
        assert!(matches!(lockout, Err(Error::Invalid(p)) if p[0].problem == Problem::OwnFirst), "nobody asks of all what they have not");
        set_up(&office, &ada).await;
        let kept = |staff: &Arc<Staff>| centre::session::Kept { staff: Some(staff.id), inside: true, device: None, data: "{}".to_owned(), expires_at: office.now() + TimeDelta::hours(1) };
        centre::session::begin(&office.centre, "di ada", kept(&ada)).await.unwrap();
        centre::session::begin(&office.centre, "di sara", kept(&sara)).await.unwrap();
        office.by(&ada, work!(|w| totp::ask_of(w, &[Role::Admin, Role::Back], None))).await.unwrap();
        assert!(centre::session::load(&office.centre, "di ada").await.unwrap().is_some());
        assert!(centre::session::load(&office.centre, "di sara").await.unwrap().is_none(), "she comes in again, with one");
        assert!(matches!(office.knock("sara", None, FROM).await.unwrap(), Some(Door::Enrol(_))));
        let (secret, _) = set_up(&office, &sara).await;
        let off = totp::turn_off(&office.centre, &sara, &code(&secret, office.now()), FROM).await;
        assert!(matches!(off, Err(Error::Invalid(p)) if p[0].problem == Problem::NeededByRole));
        let id = sara.id;
        assert!(matches!(office.by(&sara, work!(|w| totp::reset(w, id))).await, Err(Error::Denied(_))));
        office.by(&ada, work!(|w| totp::reset(w, id))).await.unwrap();
        assert!(matches!(office.knock("sara", None, FROM).await.unwrap(), Some(Door::Enrol(_))), "another one is set up");
        let luca = office.hire("luca", "front").await;
        let (secret, _) = set_up(&office, &luca).await;
        totp::turn_off(&office.centre, &luca, &code(&secret, office.now()), FROM).await.unwrap();
        assert!(matches!(office.knock("luca", None, FROM).await.unwrap(), Some(Door::Open(_))), "who need not, may go without");
    }
}

#[expect(clippy::disallowed_methods, reason = "the program that is told of here goes by the real time")]
fn real_now() -> DateTime<Utc> {
    Utc::now()
}

fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    page.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(found, _)| found)
}

#[tokio::test]
async fn the_right_password_alone_opens_nothing_where_a_code_is_asked() {
    let server = Server::start(Engine::Sqlite).await;
    server.hire("ada", "admin");
    server.hire("sara", "front");
    server.hire("luca", "front");
    let ada = server.signed_in("ada").await;
    let page = async |browser: &reqwest::Client, path: &str| {
        let answer = browser.get(server.url(path)).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let post = async |browser: &reqwest::Client, path: &str, form: &[(&str, &str)]| {
        let answer = browser.post(server.url(path)).form(form).send().await.unwrap();
        let to = answer.headers().get("location").map(|l| l.to_str().unwrap().to_owned()).unwrap_or_default();
        (answer.status().as_u16(), to, answer.text().await.unwrap())
    };
    let (_, enrol) = page(&ada, "/desk/me/second-factor").await;
    assert!(enrol.contains("<svg class=\"qr\""), "a picture");
    let secret = between(&enrol, "translate=\"no\">", "<").to_owned();
    let (status, _, _) = post(&ada, "/desk/me/second-factor", &[("code", "000000")]).await;
    assert_eq!(status, 422);
    let (status, _, codes) = post(&ada, "/desk/me/second-factor", &[("code", &code(&secret, real_now()))]).await;
    assert_eq!(status, 200);
    let spare = between(&codes, "<li><code>", "<").to_owned();
    assert_eq!(post(&ada, "/admin/sign-in", &[("roles", "front")]).await.0, 303);

    // The administrator, elsewhere: password, then one of the codes.
    let elsewhere = server.browser();
    let entry = [("login", "ada"), ("password", stories::PASSWORD), ("next", "/admin/staff")];
    let (status, to, _) = post(&elsewhere, "/login", &entry).await;
    assert_eq!((status, to.as_str()), (303, "/login/code?next=%2Fadmin%2Fstaff"));
    for closed in ["/desk", "/desk/me", "/admin", "/part/desk/lists"] {
        assert_ne!(page(&elsewhere, closed).await.0, 200, "{closed} is open to who is at the door");
    }
    assert_eq!(post(&elsewhere, "/desk/me", &[("language", "en")]).await.0, 401);
    let (status, _, again) = post(&elsewhere, "/login/code", &[("code", "123456"), ("next", "/admin/staff")]).await;
    assert_eq!(status, 422);
    assert!(again.contains("value=\"/admin/staff\""), "where she was going is not lost");
    let (status, to, _) = post(&elsewhere, "/login/code", &[("code", &spare), ("next", "/admin/staff")]).await;
    assert_eq!((status, to.as_str()), (303, "/admin/staff"));
    assert_eq!(page(&elsewhere, "/admin/staff").await.0, 200);
    assert_eq!(
        post(&server.browser(), "/login/code", &[("code", &spare)]).await.1,
        "/login",
        "without the password nobody is asked"
    );

    // Somebody whose role asks for it sets it up at the door. Who else has the password sees another secret.
    let (sara, thief) = (server.browser(), server.browser());
    post(&thief, "/login", &[("login", "sara"), ("password", stories::PASSWORD)]).await;
    let seen = between(&page(&thief, "/login/second-factor").await.1, "translate=\"no\">", "<").to_owned();
    // A colleague began it in her browser, and went away: what they have seen is not hers.
    post(&sara, "/login", &[("login", "luca"), ("password", stories::PASSWORD)]).await;
    let his = between(&page(&sara, "/login/second-factor").await.1, "translate=\"no\">", "<").to_owned();
    let (_, to, _) = post(&sara, "/login", &[("login", "sara"), ("password", stories::PASSWORD)]).await;
    assert_eq!(to, "/login/second-factor");
    assert_eq!(page(&sara, "/desk/me").await.0, 303, "she is not in before");
    let secret = between(&page(&sara, "/login/second-factor").await.1, "translate=\"no\">", "<").to_owned();
    let (status, _, codes) = post(&sara, "/login/second-factor", &[("code", &code(&secret, real_now()))]).await;
    assert_eq!((status, codes.matches("<li><code>").count()), (200, 10));
    assert!(!seen.is_empty() && seen != secret && !his.is_empty() && his != secret);
    let late = post(&thief, "/login/second-factor", &[("code", &code(&seen, real_now()))]).await;
    assert_eq!((late.0, late.1.as_str()), (303, "/login/code"), "and is late with it");
    assert_eq!(page(&sara, "/desk/me").await.0, 200);
}
