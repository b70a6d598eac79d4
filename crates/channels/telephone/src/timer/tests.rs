//! The tables of RFC 4028.

use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn asked(seconds: u32, refresher: Option<Refresher>, supported: bool) -> Asked {
    Asked { expires: Some(SessionExpires { seconds, refresher }), min_se: None, supported }
}

fn after(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn header_fields_are_read_and_written() {
    let read = |value| SessionExpires::read(value).map(|e| (e.seconds, e.refresher));
    assert_eq!(read("1800"), Ok((1800, None)));
    assert_eq!(read(" 90 ; Refresher = UAS;x=y"), Ok((90, Some(Refresher::Uas))));
    assert_eq!(read("4000;x;refresher=both"), Ok((4000, None)));
    assert_eq!(read("99999999999"), Ok((u32::MAX, None)));
    for bad in ["", ";refresher=uac", "-1", "+90", "1.5", "abc"] {
        assert_eq!(read(bad), Err(Bad), "{bad}");
        assert_eq!(min_se(bad), Err(Bad), "{bad}");
    }
    assert_eq!(min_se("120;x=y"), Ok(120));
    let text = SessionExpires { seconds: 1800, refresher: Some(Refresher::Uac) }.to_string();
    assert_eq!(text, "1800;refresher=uac");
    assert!(supports_timer(["100rel, Timer", "path"]));
    assert!(!supports_timer(["100rel", "timers"]));
}

#[test]
fn who_refreshes_is_decided_by_table_2() {
    // RFC 4028 section 9, table 2: supported by the caller, refresher in the request, refresher in the answer.
    use Refresher::{Uac, Uas};
    for (supported, wished, now_refreshing, answered) in [
        (false, None, None, Uas),
        (true, None, None, Uac),
        (true, None, Some(Side::Us), Uas),
        (true, None, Some(Side::Them), Uac),
        (true, Some(Uac), Some(Side::Us), Uac),
        (true, Some(Uas), Some(Side::Them), Uas),
        // Not to be asked for by whoever does not know timers; answered as if it had not been.
        (false, Some(Uac), None, Uas),
    ] {
        let answer = answer(Terms::default(), &asked(1800, wished, supported), now_refreshing).unwrap().unwrap();
        assert_eq!(answer.expires.refresher, Some(answered), "{supported} {wished:?}");
        assert_eq!(answer.require, supported);
        assert_eq!(answer.agreed.refresher == Side::Us, answered == Uas);
    }
}

#[test]
fn an_interval_may_be_shortened_never_raised() {
    let terms = Terms::new(1800, 300);
    let interval = |asked: &Asked| answer(terms, asked, None).map(|a| a.map(|a| a.agreed.interval));
    assert_eq!(interval(&asked(600, None, true)), Ok(Some(600)));
    assert_eq!(interval(&asked(7200, None, true)), Ok(Some(1800)));
    assert_eq!(interval(&Asked { min_se: Some(3600), ..asked(7200, None, true) }), Ok(Some(3600)));
    assert_eq!(interval(&asked(u32::MAX, None, true)), Ok(Some(1800)));
    assert_eq!(interval(&asked(299, None, true)), Err(TooSmall { min_se: 300 }));
    // Put in by a proxy: whoever called would not understand a 422.
    assert_eq!(interval(&asked(299, None, false)), Ok(Some(299)));
    assert_eq!(interval(&asked(60, None, false)), Ok(None));
    // Nobody asked.
    assert_eq!(interval(&Asked::default()), Ok(Some(1800)));
    assert_eq!(interval(&Asked { min_se: Some(2000), supported: true, expires: None }), Ok(Some(2000)));
}

#[test]
fn a_refusal_with_422_is_answered_by_asking_for_more() {
    let mut ask = Ask::new(Terms::new(600, 90));
    assert_eq!((ask.expires(None).to_string(), ask.min_se()), ("600".into(), None));
    assert_eq!(ask.too_small(Some(1200)), Ok(()));
    assert_eq!((ask.expires(Some(Side::Us)).to_string(), ask.min_se()), ("1200;refresher=uac".into(), Some(1200)));
    assert_eq!(ask.too_small(Some(1800)), Ok(()));
    assert_eq!((ask.expires(Some(Side::Them)).to_string(), ask.min_se()), ("1800;refresher=uas".into(), Some(1800)));
    for useless in [None, Some(0), Some(1800), Some(86_401)] {
        assert_eq!(ask.too_small(useless), Err(GivenUp), "{useless:?}");
    }
}

#[test]
fn an_answer_says_who_refreshes_or_that_nobody_does() {
    let ask = Ask::new(Terms::default());
    let agreed = |value: &str| ask.answered(Some(SessionExpires::read(value).unwrap()));
    assert_eq!(agreed("1200;refresher=uas"), Some(Agreed { interval: 1200, refresher: Side::Them }));
    assert_eq!(agreed("1200;refresher=uac"), Some(Agreed { interval: 1200, refresher: Side::Us }));
    assert_eq!(agreed("1200"), Some(Agreed { interval: 1200, refresher: Side::Us }));
    assert_eq!(agreed("1"), Some(Agreed { interval: 90, refresher: Side::Us }));
    assert_eq!(ask.answered(None), None);
}

#[test]
fn we_refresh_at_half_and_end_before_it_is_over() {
    let start = Instant::now();
    let mut timer = Timer::new(Agreed { interval: 1800, refresher: Side::Us }, start);
    assert_eq!(timer.next(), (start + after(900), Due::Refresh));
    assert_eq!(timer.due(start + after(899)), None);
    assert_eq!(timer.due(start + after(900)), Some(Due::Refresh));
    assert!(timer.under_way());
    assert_eq!(timer.due(start + after(901)), None, "a refresh is sent once");
    assert_eq!(timer.next(), (start + after(1768), Due::End));
    assert_eq!(timer.due(start + after(1768)), Some(Due::End));
    // For 90 s the margin is a third.
    let short = Timer::new(Agreed { interval: 90, refresher: Side::Them }, start);
    assert_eq!(short.next(), (start + after(60), Due::End));
}

#[test]
fn a_failed_refresh_is_tried_again_until_the_session_is_over() {
    let start = Instant::now();
    let agreed = Agreed { interval: 1800, refresher: Side::Us };
    let mut timer = Timer::new(agreed, start);
    let mut now = start + after(900);
    let mut tries = 0;
    let end = loop {
        match timer.due(now) {
            Some(Due::Refresh) => {
                tries += 1;
                timer.failed(Failure::Other { retry_after: None }, now);
            }
            Some(Due::End) => break now,
            None => panic!("nothing is due at the moment that was told"),
        }
        now = timer.next().0;
    };
    assert_eq!(end, start + after(1768));
    assert!((5..20).contains(&tries), "{tries}");

    let failed = |why| {
        let mut timer = Timer::new(agreed, start);
        timer.due(start + after(900));
        timer.failed(why, start + after(900));
        let (at, due) = timer.next();
        (at.duration_since(start + after(900)).as_millis(), due)
    };
    assert_eq!(failed(Failure::TooSmall), (0, Due::Refresh));
    assert_eq!(failed(Failure::Gone), (0, Due::End));
    assert_eq!(failed(Failure::Other { retry_after: Some(30) }), (30_000, Due::Refresh));
    assert_eq!(failed(Failure::Other { retry_after: Some(u32::MAX) }), (868_000, Due::End));
    for chance in [0, 1, 190, 200, 999_999, u32::MAX] {
        let (wait, _) = failed(Failure::Glare { we_called: true, chance });
        assert!((2100..=4000).contains(&wait), "{wait}");
        let (wait, _) = failed(Failure::Glare { we_called: false, chance });
        assert!((0..=2000).contains(&wait), "{wait}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), rest in "[0-9]{0,12}[;= a-z]{0,30}") {
        let _ = (SessionExpires::read(&text), min_se(&text), supports_timer([text.as_str()]));
        if let Ok(read) = SessionExpires::read(&rest) {
            prop_assert_eq!(SessionExpires::read(&read.to_string()), Ok(read));
        }
    }

    #[test]
    fn two_ends_of_ours_agree(
        interval in 0u32..4000, least in 0u32..4000, theirs in 0u32..4000, their_least in 0u32..4000, supported in any::<bool>()
    ) {
        let mut ask = Ask::new(Terms::new(interval, least));
        let terms = Terms::new(theirs, their_least);
        for round in 0..3 {
            prop_assert!(round < 2, "one 422 is enough");
            let asked = Asked { expires: Some(ask.expires(None)), min_se: ask.min_se(), supported };
            match answer(terms, &asked, None) {
                Ok(answered) => {
                    let answered = answered.unwrap();
                    let agreed = ask.answered(Some(answered.expires)).unwrap();
                    prop_assert_eq!(agreed.interval, answered.agreed.interval);
                    prop_assert_ne!(agreed.refresher, answered.agreed.refresher);
                    prop_assert!(agreed.interval <= ask.expires(None).seconds && agreed.interval >= LEAST);
                    break;
                }
                Err(small) => ask.too_small(Some(small.min_se)).unwrap(),
            }
        }
    }

    #[test]
    fn a_session_always_ends(interval in 90u32..86_400, us in any::<bool>(), failures in prop::collection::vec(0u8..4, 0..40)) {
        let start = Instant::now();
        let refresher = if us { Side::Us } else { Side::Them };
        let mut timer = Timer::new(Agreed { interval, refresher }, start);
        let over = start + after(interval.into());
        for n in 0..200_000 {
            prop_assert!(n < 100_000, "it goes on for ever");
            let (now, _) = timer.next();
            prop_assert!(now < over);
            match timer.due(now) {
                Some(Due::End) => break,
                Some(Due::Refresh) => timer.failed(match failures.get(n).copied().unwrap_or(1) {
                    0 => Failure::Glare { we_called: us, chance: interval },
                    1 => Failure::Other { retry_after: None },
                    2 => Failure::Other { retry_after: Some(interval / 10) },
                    _ => Failure::TooSmall,
                }, now),
                None => prop_assert!(false, "nothing is due at the moment that was told"),
            }
        }
    }
}

#[test]
fn a_request_says_what_it_wants_in_several_headers() {
    let read = |headers: &[(&str, &str)]| {
        Asked::read(|name| {
            headers.iter().filter(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned()).collect()
        })
    };
    let asked = read(&[("Session-Expires", "60;refresher=uac"), ("Supported", "path"), ("Supported", "100rel, timer")]);
    assert_eq!(
        asked.unwrap(),
        Asked {
            expires: Some(SessionExpires { seconds: 60, refresher: Some(Refresher::Uac) }),
            min_se: None,
            supported: true
        }
    );
    assert_eq!(answer(Terms::default(), &asked.unwrap(), None), Err(TooSmall { min_se: LEAST }));
    assert_eq!(read(&[("Min-SE", "120")]).unwrap().min_se, Some(120));
    assert_eq!(read(&[("Session-Expires", "soon")]), Err(Bad));
    assert_eq!(read(&[]).unwrap(), Asked::default());
}
