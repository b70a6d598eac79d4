//! Stories of the ban: who is shut out, for how long, and who is not.

use super::*;
use chrono::TimeZone as _;
use proptest::prelude::*;

const PHONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));
const TRUNK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 9));

fn at(seconds: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(1_800_000_000 + seconds, 0).unwrap()
}

fn ban() -> Ban {
    Ban::new(Rules::default(), Key::new([3; 32]), vec!["198.51.100.0/24".parse().unwrap()])
}

fn from(source: IpAddr, account: &str) -> Attempt<'_> {
    Attempt { source, proven: true, account: Some(account) }
}

fn wrong(ban: &mut Ban, source: IpAddr, account: &str, when: i64) -> Answer {
    ban.failed(&from(source, account), Offence::WrongPassword, at(when)).0
}

fn ip(n: u32) -> IpAddr {
    IpAddr::V4(std::net::Ipv4Addr::from(0x0a00_0000 + n))
}

#[test]
fn a_guesser_is_slowed_then_shut_out_for_longer_and_longer() {
    let mut ban = ban();
    for ms in [500, 1000, 2000, 4000] {
        assert_eq!(wrong(&mut ban, PHONE, "anna", 0), Answer::After(Duration::from_millis(ms)));
        assert_eq!(ban.may(&from(PHONE, "anna"), at(0)), Answer::Serve);
    }
    let (answer, events) = ban.failed(&from(PHONE, "anna"), Offence::WrongPassword, at(0));
    assert_eq!(answer, Answer::Forbid);
    assert!(matches!(events[..], [Event::Banned { seconds: 300, times: 1, ipv6: false, .. }]), "{events:?}");
    for _ in 0..3 {
        assert_eq!(ban.may(&from(PHONE, "bruno"), at(299)), Answer::Forbid);
    }
    assert_eq!(ban.may(&from(PHONE, "bruno"), at(299)), Answer::Silence);
    assert_eq!(ban.may(&from(PHONE, "anna"), at(300)), Answer::Serve);
    let mut seconds = Vec::new();
    let mut now = 300;
    for n in 0..25 {
        for event in ban.failed(&from(PHONE, &format!("user{n}")), Offence::WrongPassword, at(now)).1 {
            if let Event::Banned { seconds: s, .. } = event {
                seconds.push(s);
                now += i64::try_from(s).unwrap();
            }
        }
    }
    assert_eq!(seconds, [1200, 4800, 19200, 76800, 86400]);
}

#[test]
fn a_burst_is_one_ban_and_after_it_counting_begins_anew() {
    let mut ban = ban();
    let events: usize = (0..40).map(|_| ban.failed(&from(PHONE, "anna"), Offence::WrongPassword, at(0)).1.len()).sum();
    assert_eq!(events, 2, "the address is shut out, and later the account, once each");
    assert_eq!(wrong(&mut ban, PHONE, "bruno", 299), Answer::Forbid);
    assert_eq!(wrong(&mut ban, PHONE, "bruno", 300), Answer::After(Duration::from_secs(1)), "its second with bruno");
    assert_eq!(wrong(&mut ban, PHONE, "carla", 300), Answer::After(Duration::from_secs(1)), "the second from there");
    assert_eq!(ban.may(&from(PHONE, "carla"), at(300)), Answer::Serve);
}

#[test]
fn time_forgives_attempts_and_bans() {
    let mut ban = ban();
    for when in [0, 300, 601, 900, 1202, 1503] {
        assert!(matches!(wrong(&mut ban, PHONE, "anna", when), Answer::After(_)), "{when}");
    }
    let mut ban = self::ban();
    let five = |ban: &mut Ban, when| {
        (0..5).flat_map(|_| ban.failed(&from(PHONE, "a"), Offence::WrongPassword, at(when)).1).last()
    };
    assert!(matches!(five(&mut ban, 0), Some(Event::Banned { times: 1, .. })));
    assert!(matches!(five(&mut ban, 1000), Some(Event::Banned { times: 2, seconds: 1200, .. })));
    assert!(matches!(five(&mut ban, 1000 + 1200 + 2 * 86400), Some(Event::Banned { times: 1, seconds: 300, .. })));
    ban.pardon(PHONE);
    assert_eq!(ban.may(&Attempt { account: None, ..from(PHONE, "") }, at(1000 + 1200 + 2 * 86400)), Answer::Serve);
}

#[test]
fn a_scanner_meets_silence() {
    let mut ban = ban();
    let scan = Attempt { source: PHONE, proven: false, account: None };
    for (n, offence) in [Offence::UnknownSource, Offence::Malformed, Offence::UnknownSource].into_iter().enumerate() {
        assert_eq!(ban.may(&scan, at(0)), Answer::Serve);
        let (answer, events) = ban.failed(&scan, offence, at(0));
        assert_eq!(answer == Answer::Silence, n == 2, "{answer:?}");
        assert_eq!(events.len(), usize::from(n == 2));
    }
    assert_eq!(ban.may(&scan, at(1)), Answer::Silence);
}

#[test]
fn the_rest_of_an_ipv6_subscriber_is_the_same_source() {
    let mut ban = ban();
    for host in ["2001:db8::1", "2001:db8::2", "2001:db8:0:0:ffff::3"] {
        let scan = Attempt { source: host.parse().unwrap(), proven: true, account: Some("root") };
        ban.failed(&scan, Offence::UnknownAccount, at(0));
    }
    assert_eq!(ban.may(&from("2001:db8::99".parse().unwrap(), "anna"), at(0)), Answer::Silence);
    assert_eq!(ban.may(&from("2001:db8:0:1::1".parse().unwrap(), "anna"), at(0)), Answer::Serve);
    // An IPv4 address within IPv6 is that address.
    for _ in 0..3 {
        let mapped = Attempt { source: "::ffff:192.0.2.7".parse().unwrap(), proven: true, account: None };
        ban.failed(&mapped, Offence::Malformed, at(0));
    }
    assert_eq!(ban.may(&from(PHONE, "anna"), at(0)), Answer::Silence);
}

#[test]
fn a_trunk_is_never_shut_out() {
    let mut ban = ban();
    for n in 0..100 {
        wrong(&mut ban, TRUNK, &format!("user{n}"), 0);
        ban.failed(&Attempt { account: None, ..from(TRUNK, "") }, Offence::UnknownSource, at(0));
        assert_eq!(ban.may(&Attempt { account: None, ..from(TRUNK, "") }, at(0)), Answer::Serve);
    }
    ban.trust(Vec::new());
    for _ in 0..3 {
        ban.failed(&Attempt { account: None, ..from(TRUNK, "") }, Offence::UnknownSource, at(0));
    }
    assert_eq!(ban.may(&from(TRUNK, "anna"), at(0)), Answer::Silence);
}

#[test]
fn an_account_guessed_from_everywhere_is_locked_but_not_for_its_owner() {
    let mut ban = ban();
    ban.succeeded(&from(PHONE, "anna"), at(0));
    for offence in [Offence::WrongPassword, Offence::UnknownAccount] {
        let name = if offence == Offence::WrongPassword { "anna" } else { "nobody" };
        let mut locked = 0;
        for n in 0..10 {
            let (_, events) = ban.failed(&from(ip(n), name), offence, at(1));
            locked += events.iter().filter(|e| matches!(e, Event::Locked { seconds: 300, .. })).count();
        }
        assert_eq!(locked, 1);
        // An account that exists and one that does not look alike.
        assert_eq!(ban.may(&from(ip(77), name), at(2)), Answer::Forbid);
    }
    assert_eq!(ban.may(&from(PHONE, "anna"), at(2)), Answer::Serve);
    assert_eq!(ban.may(&from(ip(77), "bruno"), at(2)), Answer::Serve);
    assert_eq!(ban.may(&from(ip(77), "anna"), at(301)), Answer::Serve);
}

#[test]
fn forged_packets_do_not_shut_out_a_telephone() {
    let mut ban = ban();
    ban.succeeded(&from(PHONE, "anna"), at(0));
    let forged = Attempt { source: PHONE, proven: false, account: None };
    for _ in 0..50 {
        assert_eq!(ban.failed(&forged, Offence::UnknownSource, at(1)), (Answer::Serve, vec![]));
    }
    assert_eq!(ban.may(&from(PHONE, "anna"), at(1)), Answer::Serve);
    // A day later nobody is known to be there.
    for _ in 0..3 {
        ban.failed(&forged, Offence::UnknownSource, at(90_000));
    }
    assert_eq!(ban.may(&from(PHONE, "anna"), at(90_000)), Answer::Silence);
}

#[test]
fn one_mistaken_telephone_does_not_shut_out_an_office_and_success_does_not_cover_guessing() {
    let mut ban = ban();
    ban.succeeded(&from(PHONE, "anna"), at(0));
    for _ in 0..9 {
        wrong(&mut ban, PHONE, "bruno", 1);
    }
    assert_eq!(ban.may(&from(PHONE, "anna"), at(1)), Answer::Serve);
    for n in 0..11 {
        wrong(&mut ban, PHONE, &format!("user{n}"), 1);
        ban.succeeded(&from(PHONE, "anna"), at(1));
    }
    assert_eq!(ban.may(&from(PHONE, "anna"), at(1)), Answer::Forbid);
}

#[test]
fn a_right_password_forgets_ones_own_mistakes() {
    let mut ban = ban();
    for when in 0..20 {
        wrong(&mut ban, PHONE, "anna", when);
        wrong(&mut ban, PHONE, "anna", when);
        ban.succeeded(&from(PHONE, "anna"), at(when));
        assert_eq!(ban.may(&from(PHONE, "anna"), at(when)), Answer::Serve);
    }
}

#[test]
fn the_log_names_nobody() {
    let mut ban = ban();
    let events: Vec<_> =
        (0..40).flat_map(|n| ban.failed(&from(ip(n / 8), "anna.verdi"), Offence::WrongPassword, at(0)).1).collect();
    assert!(events.len() > 4);
    let text = format!("{events:?}");
    assert!(!text.contains("anna") && !text.contains("10.0"), "{text}");
}

proptest! {
    #[test]
    fn a_flood_takes_no_more_memory_than_it_was_given(
        seen in prop::collection::vec((any::<u32>(), 0u8..4, any::<bool>(), 0u32..9, 0i64..5000), 0..300)
    ) {
        let mut ban = Ban::new(Rules { capacity: 8, ..Rules::default() }, Key::new([3; 32]), vec![]);
        for (source, offence, proven, account, when) in seen {
            let name = account.to_string();
            let attempt = Attempt { source: ip(source & 0xff_ffff), proven, account: (account > 0).then_some(&name) };
            let answer = ban.may(&attempt, at(when));
            prop_assert!(!matches!(answer, Answer::After(_)));
            match offence {
                0 => ban.succeeded(&attempt, at(when)),
                1 => { ban.failed(&attempt, Offence::WrongPassword, at(when)); }
                2 => { ban.failed(&attempt, Offence::UnknownAccount, at(when)); }
                _ => { ban.failed(&attempt, Offence::UnknownSource, at(when)); }
            }
            prop_assert!(ban.remembered() <= 8 + 8 + 2);
        }
    }
}
