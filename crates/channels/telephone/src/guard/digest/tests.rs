//! Stories of the digest: the answers of RFC 7616, replays, and what cannot be read.

use super::super::key::Key;
use super::*;
use chrono::{Duration, TimeZone as _};
use proptest::prelude::*;

const REALM: &str = "centre.example";
const URI: &str = "sip:centre.example";

fn at(seconds: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_800_000_000 + seconds, 0).unwrap()
}

fn nonces(capacity: usize) -> Nonces {
    Nonces::new(Key::new([7; 32]), Duration::minutes(2), capacity)
}

fn door() -> Door {
    let algorithms = vec![Algorithm::Sha256, Algorithm::Md5];
    Door::new(Settings { realm: REALM.into(), algorithms, uncounted: true }, nonces(100))
}

fn secrets() -> Secrets {
    Secrets::new("anna", REALM, "segreto")
}

/// What a telephone writes.
fn phone(algorithm: Algorithm, password: &str, nonce: &str, nc: Option<&str>) -> Credentials {
    let ha1 = algorithm.hex(&format!("anna:{REALM}:{password}"));
    let ha2 = algorithm.hex(&format!("REGISTER:{URI}"));
    let mut value = format!(
        "Digest username=\"anna\", realm=\"{REALM}\", nonce=\"{nonce}\", uri=\"{URI}\", algorithm={}",
        algorithm.name()
    );
    let response = match nc {
        Some(nc) => {
            value.push_str(&format!(", qop=auth, nc={nc}, cnonce=\"xyz\""));
            algorithm.hex(&format!("{ha1}:{nonce}:{nc}:xyz:auth:{ha2}"))
        }
        None => algorithm.hex(&format!("{ha1}:{nonce}:{ha2}")),
    };
    value.push_str(&format!(", response=\"{response}\""));
    Credentials::read(&value).unwrap()
}

fn nonce_in(challenge: &str) -> String {
    challenge.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[test]
fn the_examples_of_rfc_7616_are_right() {
    // Section 3.9.1; the same password, the two algorithms.
    let credentials = |algorithm: &str, response: &str| {
        Credentials::read(&format!(
            "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", \
             algorithm={algorithm}, nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, \
             cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, response=\"{response}\", \
             opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
        ))
        .unwrap()
    };
    for (algorithm, response) in [
        (Algorithm::Md5, "8ca523f5e9506fed4657c9700eebdbec"),
        (Algorithm::Sha256, "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ] {
        let of = credentials(algorithm.name(), response);
        let ha1 = Ha1::new(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life");
        assert_eq!(super::response("GET", &of, &ha1), of.response, "{algorithm:?}");
        let wrong = Ha1::new(algorithm, "Mufasa", "http-auth@example.org", "Circle of Lice");
        assert_eq!(verify("GET", "sip:x", &of, &wrong), Err(Refused::Wrong));
        // The address of a web page is no target of a SIP request.
        assert_eq!(verify("GET", "sip:x", &of, &ha1), Err(Refused::OtherUri));
    }
}

#[test]
fn an_answer_by_rfc_2069_without_a_count_is_right() {
    // The values of RFC 2617 section 3.5 under the formula of section 3.2.2.1 for no qop.
    let of = Credentials::read(
        "Digest username=\"Mufasa\",realm=\"testrealm@host.com\",nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\",\
         uri=\"/dir/index.html\",response=\"670fd8c2df070c60b045671b8b24ff02\"",
    )
    .unwrap();
    let ha1 = Ha1::new(Algorithm::Md5, "Mufasa", "testrealm@host.com", "Circle Of Life");
    assert_eq!(super::response("GET", &of, &ha1), of.response);
}

#[test]
fn a_telephone_comes_in_and_goes_on_counting() {
    let mut door = door();
    let asked = door.challenges(false, [1; 8], at(0));
    assert_eq!(asked.len(), 2);
    assert!(asked[0].contains("algorithm=SHA-256") && asked[1].contains("algorithm=MD5"), "{asked:?}");
    assert!(asked[0].starts_with("Digest realm=\"centre.example\", qop=\"auth\", nonce=\""));
    let nonce = nonce_in(&asked[0]);
    for nc in ["00000001", "00000002", "0000000a", "0000000B", "00000100"] {
        let said = phone(Algorithm::Sha256, "segreto", &nonce, Some(nc));
        assert_eq!(door.enter("REGISTER", URI, &said, Some(&secrets()), at(3)), Ok(()), "{nc}");
        assert_eq!(door.enter("REGISTER", URI, &said, Some(&secrets()), at(4)), Err(Refused::Used), "{nc}");
    }
    let said = phone(Algorithm::Md5, "segreto", &nonce, Some("00000101"));
    assert_eq!(door.enter("REGISTER", URI, &said, Some(&secrets()), at(5)), Ok(()));
}

#[test]
fn a_wrong_password_and_no_account_look_alike_and_cost_no_memory() {
    let mut door = door();
    let nonce = nonce_in(&door.challenges(false, [1; 8], at(0))[0]);
    let wrong = phone(Algorithm::Sha256, "indovina", &nonce, Some("00000001"));
    assert_eq!(door.enter("REGISTER", URI, &wrong, Some(&secrets()), at(1)), Err(Refused::Wrong));
    assert_eq!(door.enter("REGISTER", URI, &wrong, None, at(1)), Err(Refused::Wrong));
    assert_eq!(door.nonces.remembered(), 0);
    // The count of the wrong attempt is still free for the right one.
    let right = phone(Algorithm::Sha256, "segreto", &nonce, Some("00000001"));
    assert_eq!(door.enter("REGISTER", URI, &right, None, at(1)), Err(Refused::Wrong));
    assert_eq!(door.enter("INVITE", URI, &right, Some(&secrets()), at(1)), Err(Refused::Wrong));
    assert_eq!(door.enter("REGISTER", "sip:b@other", &right, Some(&secrets()), at(1)), Err(Refused::OtherUri));
    assert_eq!(door.enter("REGISTER", URI, &right, Some(&secrets()), at(1)), Ok(()));
}

#[test]
fn an_old_or_strange_nonce_is_stale_only_when_the_password_is_right() {
    let mut door = door();
    let nonce = nonce_in(&door.challenges(false, [1; 8], at(0))[0]);
    let other = Nonces::new(Key::new([8; 32]), Duration::minutes(2), 9).make(at(0), [1; 8]);
    for (nonce, when) in [(nonce.as_str(), 121), (nonce.as_str(), -2), (other.as_str(), 1), ("abc", 1), ("", 1)] {
        let right = phone(Algorithm::Sha256, "segreto", nonce, Some("00000001"));
        let wrong = phone(Algorithm::Sha256, "indovina", nonce, Some("00000001"));
        assert_eq!(door.enter("REGISTER", URI, &right, Some(&secrets()), at(when)), Err(Refused::Stale), "{nonce}");
        assert_eq!(door.enter("REGISTER", URI, &wrong, Some(&secrets()), at(when)), Err(Refused::Wrong), "{nonce}");
    }
    assert!(Refused::Stale.stale() && !Refused::Stale.counts());
    assert!(door.challenges(true, [2; 8], at(130))[0].ends_with(", stale=true"));
}

#[test]
fn an_answer_without_a_count_is_taken_once_a_nonce_or_never() {
    let mut door = door();
    let nonce = nonce_in(&door.challenges(false, [1; 8], at(0))[0]);
    let bare = phone(Algorithm::Md5, "segreto", &nonce, None);
    assert_eq!(door.enter("REGISTER", URI, &bare, Some(&secrets()), at(1)), Ok(()));
    assert_eq!(door.enter("REGISTER", URI, &bare, Some(&secrets()), at(1)), Err(Refused::Used));
    for nc in ["00000001", "ffffffff"] {
        let counted = phone(Algorithm::Md5, "segreto", &nonce, Some(nc));
        assert_eq!(door.enter("REGISTER", URI, &counted, Some(&secrets()), at(1)), Err(Refused::Used));
    }
    door.settings.uncounted = false;
    assert_eq!(door.enter("REGISTER", URI, &bare, Some(&secrets()), at(1)), Err(Refused::Uncounted));
}

#[test]
fn what_was_not_offered_is_not_taken() {
    let mut door = door();
    let nonce = nonce_in(&door.challenges(false, [1; 8], at(0))[0]);
    let mut said = phone(Algorithm::Md5, "segreto", &nonce, Some("00000001"));
    door.settings.algorithms = vec![Algorithm::Sha256];
    assert_eq!(door.enter("REGISTER", URI, &said, Some(&secrets()), at(1)), Err(Refused::NotOffered));
    door.settings.algorithms.push(Algorithm::Md5);
    let only = Secrets { md5: None, ..secrets() };
    assert_eq!(door.enter("REGISTER", URI, &said, Some(&only), at(1)), Err(Refused::Wrong));
    said.qop = Some(Qop::AuthInt);
    assert_eq!(door.enter("REGISTER", URI, &said, Some(&secrets()), at(1)), Err(Refused::WithBody));
    said.realm = "other".into();
    assert_eq!(door.enter("REGISTER", URI, &said, Some(&secrets()), at(1)), Err(Refused::OtherRealm));
}

#[test]
fn odd_spacing_order_and_unknown_parameters_are_read() {
    let read = Credentials::read(
        "\tdIgEsT \r\n ,uri = sip:centre.example;transport=tcp ,, NC=0000000A,qop=\"auth\", cnonce=\"a\\\"b\" , x-new=\"1,2\",\
         Response=\"00112233445566778899AABBCCDDEEFF\",username=\"an\\\"na\", realm=\"\", nonce=\"n\"  , ",
    )
    .unwrap();
    assert_eq!(
        (read.username.as_str(), read.realm.as_str(), read.uri.as_str()),
        ("an\"na", "", "sip:centre.example;transport=tcp")
    );
    assert_eq!((read.count(), read.algorithm, read.qop), (Some(10), Algorithm::Md5, Some(Qop::Auth)));
    assert_eq!(read.counted.unwrap().cnonce, "a\\\"b");
}

#[test]
fn what_is_no_credentials_says_why() {
    let rest = "username=\"a\", realm=\"r\", nonce=\"n\", uri=\"sip:x\"";
    let response = "response=\"00112233445566778899aabbccddeeff\"";
    for (value, why) in [
        (String::new(), Malformed::OtherScheme),
        ("Digest".into(), Malformed::OtherScheme),
        ("Basic abc".into(), Malformed::OtherScheme),
        (format!("Digest {rest}"), Malformed::Missing("response")),
        (format!("Digest {rest}, response=\"0011\""), Malformed::Unusable("response")),
        (format!("Digest {rest}, {response}, realm=\"r\""), Malformed::Twice("realm")),
        (format!("Digest {rest}, {response}, qop=auth, cnonce=\"c\""), Malformed::Missing("nc")),
        (format!("Digest {rest}, {response}, qop=auth, nc=00000001"), Malformed::Missing("cnonce")),
        (format!("Digest {rest}, {response}, qop=auth, nc=1, cnonce=\"c\""), Malformed::Unusable("nc")),
        (format!("Digest {rest}, {response}, qop=auth, nc=00000000, cnonce=\"c\""), Malformed::Unusable("nc")),
        (format!("Digest {rest}, {response}, qop=auth, nc=+0000001, cnonce=\"c\""), Malformed::Unusable("nc")),
        (format!("Digest {rest}, {response}, qop=best"), Malformed::Unusable("qop")),
        (format!("Digest {rest}, {response}, algorithm=MD5-sess"), Malformed::Unusable("algorithm")),
        (format!("Digest {rest}, {response}, userhash=true"), Malformed::Unusable("userhash")),
        (format!("Digest {rest}, {response}, x=\"open"), Malformed::Syntax),
        (format!("Digest {rest} {response}"), Malformed::Syntax),
        (format!("Digest {}", "a=b,".repeat(40)), Malformed::TooLong),
        (format!("Digest {}", "a".repeat(5000)), Malformed::TooLong),
    ] {
        assert_eq!(Credentials::read(&value), Err(why), "{value}");
    }
}

#[test]
fn a_full_memory_forgets_the_oldest_and_takes_nothing_twice() {
    let mut few = nonces(3);
    let made: Vec<_> = (0..5).map(|n| few.make(at(n), [1; 8])).collect();
    for nonce in &made {
        assert_eq!(few.take(nonce, Some(1), at(5)), Freshness::Fresh);
    }
    assert_eq!(few.remembered(), 3);
    for nonce in &made {
        assert_ne!(few.take(nonce, Some(1), at(5)), Freshness::Fresh);
    }
    assert_eq!(few.take(&made[0], Some(2), at(5)), Freshness::Stale, "forgotten, so not to be trusted");
    assert_eq!(few.take(&made[4], Some(2), at(5)), Freshness::Fresh);
    // What is too old goes first.
    let later = few.make(at(600), [1; 8]);
    assert_eq!(few.take(&later, Some(1), at(600)), Freshness::Fresh);
    assert_eq!(few.remembered(), 1);
}

#[test]
fn a_secret_is_kept_and_never_shown() {
    let ha1 = Ha1::new(Algorithm::Sha256, "anna", REALM, "segreto");
    assert_eq!(Ha1::kept(Algorithm::Sha256, &ha1.hex().to_uppercase()), Some(ha1.clone()));
    assert_eq!(Ha1::kept(Algorithm::Md5, ha1.hex()), None);
    assert_eq!(Ha1::kept(Algorithm::Md5, "zz"), None);
    assert!(!format!("{:?} {:?}", secrets(), nonces(1)).contains(ha1.hex()));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), rest in "[ -~\\r\\n\\t\"\\\\=,è]{0,200}") {
        let _ = Credentials::read(&text);
        let _ = Credentials::read(&format!("Digest {rest}"));
        let _ = same_target(&text, &rest);
        let _ = same_target(&format!("sip:{rest}"), &format!("sip:{text}"));
    }

    #[test]
    fn a_damaged_header_never_comes_in(at_byte in 0usize..400, byte in 32u8..127) {
        let nonce = nonces(1).make(at(0), [1; 8]);
        let good = format!(
            "Digest username=\"anna\", realm=\"{REALM}\", nonce=\"{nonce}\", uri=\"{URI}\", qop=auth, nc=00000001, \
             cnonce=\"xyz\", algorithm=SHA-256, response=\"{}\"",
            "00".repeat(32)
        );
        let mut bytes = good.into_bytes();
        let len = bytes.len();
        bytes[at_byte % len] = byte;
        if let Ok(read) = Credentials::read(&String::from_utf8(bytes).unwrap()) {
            prop_assert!(door().enter("REGISTER", URI, &read, Some(&secrets()), at(1)).is_err());
        }
    }

    #[test]
    fn each_count_is_taken_at_most_once(counts in prop::collection::vec(1u32..80, 0..200)) {
        let mut some = nonces(4);
        let nonce = some.make(at(0), [1; 8]);
        let (mut taken, mut highest) = (std::collections::BTreeSet::new(), 0);
        for count in counts {
            let fresh = some.take(&nonce, Some(count), at(1)) == Freshness::Fresh;
            let expected = !taken.contains(&count) && (taken.is_empty() || count + 32 > highest);
            prop_assert_eq!(fresh, expected);
            if fresh {
                taken.insert(count);
                highest = highest.max(count);
            }
        }
    }

    #[test]
    fn a_small_memory_takes_no_answer_twice(uses in prop::collection::vec((0i64..20, 1u32..4, 0i64..90), 0..120)) {
        let mut few = nonces(3);
        let mut taken = std::collections::BTreeSet::new();
        for (made, count, when) in uses {
            let nonce = few.make(at(made), [1; 8]);
            if few.take(&nonce, Some(count), at(when)) == Freshness::Fresh {
                prop_assert!(taken.insert((made, count)));
            }
            prop_assert!(few.remembered() <= 3);
        }
    }
}
