//! What follows from measurements, step by step and at random.

use super::*;
use proptest::prelude::*;

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
}

fn bounds(over: i64, pause: i64) -> Bounds {
    Bounds::new(Some(over), None, Some(pause)).unwrap()
}

#[test]
fn an_alarm_stands_from_over_the_threshold_until_well_below() {
    let bounds = bounds(10, 60);
    assert_eq!(bounds.back, 8);
    let mut watch = Watch::default();
    let mut take = |value, minute| {
        let step = watch.step(bounds, value, at(minute));
        watch = watch.after(step, at(minute));
        step
    };
    assert_eq!(take(10, 0), Step::Stay, "as many as the threshold are not more");
    assert_eq!(take(11, 1), Step::Raise { tell: true });
    assert_eq!(take(30, 2), Step::Stay);
    assert_eq!(take(9, 3), Step::Stay, "a little below is not over yet");
    assert_eq!(take(8, 4), Step::Fall { tell: true });
    assert_eq!(take(11, 5), Step::Raise { tell: false }, "on the pages again, but no letter so soon");
    assert_eq!(take(11, 60), Step::Stay);
    assert_eq!(take(11, 61), Step::Tell, "it still stands: now a letter goes");
    assert_eq!(take(0, 62), Step::Fall { tell: true });
    assert_eq!(take(11, 63), Step::Raise { tell: false });
    assert_eq!(take(0, 64), Step::Fall { tell: false }, "nobody was told that it stood");
}

#[test]
fn whoever_has_seen_it_is_not_told_again() {
    let bounds = bounds(0, 5);
    let seen = Watch { standing: Some(Standing { seen: true, told: true }), told_at: Some(at(0)) };
    assert_eq!(seen.step(bounds, 9, at(600)), Step::Stay);
    let unseen = Watch { standing: Some(Standing { seen: false, told: true }), ..seen };
    assert_eq!(unseen.step(bounds, 9, at(4)), Step::Stay);
    assert_eq!(unseen.step(bounds, 9, at(5)), Step::Tell);
    assert_eq!(seen.step(bounds, 0, at(1)), Step::Fall { tell: true });
}

#[test]
fn bounds_that_cannot_be_are_refused_field_by_field() {
    let fields = |over, back, pause| -> Vec<&str> {
        Bounds::new(over, back, pause).unwrap_err().iter().map(|p| p.field).collect()
    };
    assert_eq!(fields(None, None, None), ["over", "pause"]);
    assert_eq!(fields(Some(10), Some(11), Some(60)), ["back"]);
    assert_eq!(fields(Some(-1), Some(3), Some(1)), ["over", "pause"]);
    assert_eq!(fields(Some(OVER_MAX + 1), None, Some(PAUSE_MAX + 1)), ["over", "pause"]);
    assert_eq!(Bounds::new(Some(0), None, Some(5)).unwrap().back, 0);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Walks measurements, a minute or more apart, with people who say now and then that they have seen it, and compares
    /// with what is promised, said in other words.
    #[test]
    fn no_alarm_is_lost_none_is_raised_twice_and_letters_keep_their_pause(
        over in 0i64..20, back in 0i64..20, pause in 5i64..90,
        walk in prop::collection::vec((0i64..40, 1i64..30, prop::bool::weighted(0.1)), 1..120),
    ) {
        let bounds = Bounds::new(Some(over), Some(back.min(over)), Some(pause)).unwrap();
        let (mut watch, mut minute) = (Watch::default(), 0);
        let (mut letters, mut raised, mut fallen): (Vec<i64>, u32, u32) = (Vec::new(), 0, 0);
        for (value, wait, seen) in walk {
            minute += wait;
            let before = watch;
            let step = watch.step(bounds, value, at(minute));
            watch = watch.after(step, at(minute));
            match step {
                Step::Raise { .. } => { prop_assert!(before.standing.is_none()); raised += 1; }
                Step::Fall { .. } => { prop_assert!(before.standing.is_some()); fallen += 1; }
                Step::Tell | Step::Stay => {}
            }
            // What is over stands, at once; what has come back does not; in between it is as it was.
            if value > bounds.over { prop_assert!(watch.standing.is_some()); }
            else if value <= bounds.back { prop_assert!(watch.standing.is_none()); }
            else { prop_assert_eq!(watch.standing.is_some(), before.standing.is_some()); }
            prop_assert_eq!(raised - fallen, u32::from(watch.standing.is_some()));
            if matches!(step, Step::Raise { tell: true } | Step::Tell) {
                if let Some(last) = letters.last() { prop_assert!(minute - last >= pause); }
                letters.push(minute);
            }
            // An unseen alarm that stands is never left untold longer than the pause.
            if let Some(alarm) = watch.standing {
                if !alarm.seen { prop_assert!(letters.last().is_some_and(|last| minute - last < pause)); }
                if seen { watch.standing = Some(Standing { seen: true, ..alarm }); }
            }
        }
    }
}
