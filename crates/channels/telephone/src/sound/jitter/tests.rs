//! The jitter buffer in every weather.

use super::*;
use crate::sound::opus::SILENCE;
use proptest::prelude::*;

/// A packet of G.711 whose bytes all tell its number.
fn packet(number: u16, at_ms: u64) -> Arrival {
    of(number, u32::from(number) * 160, 160, at_ms)
}

fn of(sequence: u16, timestamp: u32, bytes: usize, at_ms: u64) -> Arrival {
    let payload = vec![u8::try_from(sequence % 251).unwrap(); bytes].into();
    Arrival { ssrc: 7, sequence, timestamp, marker: false, comfort: false, payload, at_ms }
}

fn accounted(jitter: &Jitter) {
    let counts = jitter.counts();
    let sum = counts.played + counts.late + counts.duplicated + counts.discarded + jitter.waiting() as u64;
    assert_eq!(counts.received, sum, "{counts:?} and {} waiting", jitter.waiting());
}

fn frames(played: &[Playout]) -> Vec<u8> {
    played
        .iter()
        .filter_map(|p| if let Playout::Frame(payload) = p { payload.first().copied() } else { None })
        .collect()
}

/// Plays a list of arrivals, each at its time, with a pop each 20 ms.
fn run(jitter: &mut Jitter, mut arrivals: Vec<Arrival>, pops: u64) -> Vec<Playout> {
    arrivals.sort_by_key(|a| a.at_ms);
    let mut arrivals = arrivals.into_iter().peekable();
    (0..pops)
        .map(|pop| {
            while let Some(arrival) = arrivals.next_if(|a| a.at_ms <= pop * 20) {
                jitter.push(arrival);
                assert!(jitter.depth_ms() <= u64::from(MOST_BEHIND_MS));
            }
            let played = jitter.pop();
            accounted(jitter);
            played
        })
        .collect()
}

#[test]
fn packets_on_time_are_played_in_order_after_at_most_forty_milliseconds() {
    let mut jitter = Jitter::new(Codec::Pcma);
    let played = run(&mut jitter, (0..100).map(|n| packet(n, u64::from(n) * 20 + 3)).collect(), 100);
    assert!(played[..2].iter().all(|p| *p == Playout::NothingYet), "{:?}", &played[..4]);
    assert_eq!(frames(&played), (0..98).collect::<Vec<u8>>());
    assert_eq!(jitter.counts().concealed, 0);
}

#[test]
fn what_comes_out_of_order_is_put_in_order_and_what_comes_twice_is_played_once() {
    let mut jitter = Jitter::new(Codec::Pcma);
    let mut arrivals: Vec<Arrival> = (0..50).map(|n| packet(n, u64::from(n) * 20 + 3)).collect();
    arrivals[20].at_ms += 15;
    arrivals[21].at_ms -= 10;
    arrivals.push(packet(30, 640));
    arrivals.push(packet(30, 900));
    let played = run(&mut jitter, arrivals, 50);
    assert_eq!(frames(&played), (0..48).collect::<Vec<u8>>());
    assert_eq!((jitter.counts().duplicated, jitter.counts().lost), (2, 0));
}

#[test]
fn a_lost_packet_is_missing_once_and_counted_lost() {
    let mut jitter = Jitter::new(Codec::Opus);
    let opus =
        |n: u16| Arrival { payload: Bytes::from_static(SILENCE), ..of(n, u32::from(n) * 960, 0, u64::from(n) * 20) };
    let mut played = Vec::new();
    let mut after = 0;
    for n in 0..50u16 {
        if n != 25 {
            jitter.push(opus(n));
        }
        played.push(jitter.pop());
        after += usize::from(played.last() == Some(&Playout::Missing) && jitter.after_loss() == Some(SILENCE));
    }
    assert_eq!(played.iter().filter(|p| **p == Playout::Missing).count(), 1);
    assert_eq!((jitter.counts().lost, jitter.counts().concealed, after), (1, 1, 1));
}

#[test]
fn the_delay_grows_with_jitter_and_shrinks_after_it() {
    let mut jitter = Jitter::new(Codec::Pcma);
    // A burst pattern: every packet up to 90 ms late, pseudo-randomly.
    let late = |n: u16| u64::from(n.wrapping_mul(40_503) >> 8) % 90;
    let rough: Vec<Arrival> = (0..500).map(|n| packet(n, u64::from(n) * 20 + late(n))).collect();
    let played = run(&mut jitter, rough, 500);
    let missing = played[100..].iter().filter(|p| **p == Playout::Missing).count();
    assert!(missing <= 8, "{missing} of 400 missing, {:?}", jitter.counts());
    assert!((40..=200).contains(&jitter.depth_ms()), "{}", jitter.depth_ms());
    let mut depths = Vec::new();
    for n in 500..3_000u16 {
        jitter.push(packet(n, u64::from(n) * 20));
        depths.push(jitter.depth_ms());
        jitter.pop();
    }
    assert!(depths.last() <= Some(&60), "{:?}", depths.last());
    accounted(&jitter);
}

#[test]
fn a_far_clock_that_is_fast_or_slow_is_followed_for_an_hour() {
    for drift in [-300i64, 300] {
        let mut jitter = Jitter::new(Codec::Pcma);
        let hour = 180_000i64;
        let arrival = |n: i64| n * 20 + n * 20 * drift / 1_000_000;
        let (mut next, mut deepest) = (0i64, 0);
        for pop in 0..hour {
            while arrival(next) <= pop * 20 {
                let (sequence, timestamp) = (u16::try_from(next % 65_536), u32::try_from(next * 160));
                jitter.push(of(sequence.unwrap(), timestamp.unwrap(), 160, arrival(next).unsigned_abs()));
                next += 1;
            }
            deepest = deepest.max(jitter.depth_ms());
            jitter.pop();
        }
        let counts = jitter.counts();
        // 300 ppm of an hour are 1,080 ms: 54 frames too many or too few.
        let (corrected, other) =
            if drift < 0 { (counts.skipped, counts.concealed) } else { (counts.concealed, counts.skipped) };
        assert!((40..=70).contains(&corrected) && other <= 10, "{drift}: {counts:?}");
        assert!(deepest <= 120, "{deepest}");
        accounted(&jitter);
    }
}

#[test]
fn packets_of_other_lengths_are_cut_and_joined_to_twenty_milliseconds() {
    for (milliseconds, bytes) in [(10u16, 80), (30, 240), (40, 320), (60, 480)] {
        let mut jitter = Jitter::new(Codec::Pcmu);
        let count = 1_200 / milliseconds;
        let arrivals =
            (0..count).map(|n| of(n, u32::from(n) * bytes, bytes as usize, u64::from(n) * u64::from(milliseconds)));
        let played = run(&mut jitter, arrivals.collect(), 56);
        let sound: Vec<u8> =
            played.iter().flat_map(|p| if let Playout::Frame(f) = p { f.to_vec() } else { Vec::new() }).collect();
        let expected: Vec<u8> = (0..sound.len()).map(|at| u8::try_from(at / bytes as usize).unwrap()).collect();
        assert!(sound.len() > 1_000 * 8, "{milliseconds}: {}", sound.len());
        assert!(played.iter().all(|p| if let Playout::Frame(f) = p { f.len() == 160 } else { true }));
        assert_eq!(sound, expected, "{milliseconds}");
    }
}

#[test]
fn opus_of_ten_milliseconds_is_joined_and_of_sixty_goes_on() {
    let mut jitter = Jitter::new(Codec::Opus);
    let ten = Bytes::from_static(&[0xf0, 0xff, 0xfe]);
    let arrivals =
        (0..100u16).map(|n| Arrival { payload: ten.clone(), ..of(n, u32::from(n) * 480, 0, u64::from(n) * 10) });
    let played = run(&mut jitter, arrivals.collect(), 48);
    assert!(
        played[4..].iter().all(|p| *p == Playout::Frame(Bytes::from_static(&[0xf1, 0xff, 0xfe, 0xff, 0xfe]))),
        "{played:?}"
    );

    let mut jitter = Jitter::new(Codec::Opus);
    let sixty = Bytes::from_static(&[0x18, 0xff, 0xfe]);
    let arrivals =
        (0..20u16).map(|n| Arrival { payload: sixty.clone(), ..of(n, u32::from(n) * 2_880, 0, u64::from(n) * 60) });
    let played = run(&mut jitter, arrivals.collect(), 58);
    let whole = played.iter().filter(|p| matches!(p, Playout::Frame(_))).count();
    let on = played.iter().filter(|p| **p == Playout::Continued).count();
    assert!(whole >= 17 && on + 2 >= whole * 2, "{whole} and {on}");
    assert!(jitter.counts().concealed <= 2, "{:?}", jitter.counts());
}

#[test]
fn comfort_noise_means_silence_and_the_talkspurt_after_it_is_played_whole() {
    let mut jitter = Jitter::new(Codec::Pcma);
    let mut arrivals: Vec<Arrival> = (0..20).map(|n| packet(n, u64::from(n) * 20)).collect();
    arrivals.push(Arrival { comfort: true, payload: Bytes::from_static(&[55]), ..packet(20, 400) });
    arrivals.extend(
        (21..40)
            .map(|n| Arrival { marker: n == 21, ..of(n, u32::from(n) * 160 + 8_000, 160, 1_000 + u64::from(n) * 20) }),
    );
    let played = run(&mut jitter, arrivals, 100);
    assert_eq!(frames(&played), (0..20).chain(21..40).collect::<Vec<u8>>());
    assert_eq!(played[60], Playout::Silence { level: Some(55) });
    // At the very end nothing says that it ends.
    assert_eq!(jitter.counts().concealed, 5);
    assert_eq!(jitter.counts().lost, 0);
}

#[test]
fn a_stream_that_stops_becomes_silence_and_one_that_starts_again_is_heard() {
    let mut jitter = Jitter::new(Codec::Pcma);
    let mut arrivals: Vec<Arrival> = (0..10).map(|n| packet(n, u64::from(n) * 20)).collect();
    // After a hold of 20 s the timestamps start anew.
    arrivals.extend((10..30).map(|n| of(n, 4_000_000_000 + u32::from(n) * 160, 160, 20_000 + u64::from(n) * 20)));
    let played = run(&mut jitter, arrivals, 1_040);
    assert_eq!(frames(&played), (0..30).collect::<Vec<u8>>());
    assert_eq!(played[100], Playout::Silence { level: None });
    assert_eq!(played.iter().filter(|p| **p == Playout::Missing).count(), 10);
}

#[test]
fn a_new_source_takes_over_and_a_jump_of_time_is_believed_on_the_second_packet() {
    let mut jitter = Jitter::new(Codec::Pcma);
    let mut arrivals: Vec<Arrival> = (0..20).map(|n| packet(n, u64::from(n) * 20)).collect();
    arrivals.extend(
        (20..40).map(|n| Arrival { ssrc: 8, ..of(n + 30_000, u32::from(n) * 160 + 77, 160, u64::from(n) * 20) }),
    );
    arrivals.extend(
        (40..60).map(|n| Arrival { ssrc: 8, ..of(n + 30_000, 9_000_000 + u32::from(n) * 160, 160, u64::from(n) * 20) }),
    );
    run(&mut jitter, arrivals, 80);
    let counts = jitter.counts();
    assert!(counts.played >= 54 && counts.discarded <= 6 && counts.late == 0, "{counts:?}");
}

#[test]
fn wraps_of_sequence_and_timestamp_are_nothing() {
    let mut jitter = Jitter::new(Codec::Pcma);
    let arrivals = (0..60u16).map(|n| Arrival {
        payload: vec![n.to_le_bytes()[0]; 160].into(),
        ..of(65_500u16.wrapping_add(n), (u32::MAX - 3_000).wrapping_add(u32::from(n) * 160), 0, u64::from(n) * 20)
    });
    let played = run(&mut jitter, arrivals.collect(), 62);
    assert_eq!(frames(&played), (0..60).collect::<Vec<u8>>());
    assert_eq!(jitter.counts().lost, 0);
}

#[test]
fn a_late_packet_is_counted_and_the_delay_learns() {
    let mut jitter = Jitter::new(Codec::Pcma);
    // Every fifth packet comes 70 ms late.
    let arrivals = (0..400).map(|n| packet(n, u64::from(n) * 20 + if n % 5 == 4 { 70 } else { 0 }));
    let played = run(&mut jitter, arrivals.collect(), 400);
    let heard = |part: &[Playout]| frames(part).len();
    assert!(jitter.counts().late > 0);
    assert!(heard(&played[200..]) >= 195, "{} {:?}", heard(&played[200..]), jitter.counts());
}

#[test]
fn a_flood_is_bounded() {
    let mut jitter = Jitter::new(Codec::Pcma);
    for n in 0..60_000u16 {
        jitter.push(of(n, u32::from(n) * 40, 40, 0));
        assert!(jitter.waiting() <= MOST_PACKETS && jitter.depth_ms() <= u64::from(MOST_BEHIND_MS));
    }
    accounted(&jitter);
}

fn disorder() -> impl Strategy<Value = Vec<Arrival>> {
    let step = (
        any::<prop::sample::Index>(),
        0u64..400,
        0u8..20,
        prop::sample::select(vec![0usize, 1, 80, 160, 240, 480, 1_500]),
    );
    proptest::collection::vec(step, 1..150).prop_map(|steps| {
        let arrival = |(at, (index, late, odd, bytes)): (usize, (prop::sample::Index, u64, u8, usize))| {
            let n = u16::try_from(if odd == 0 { index.index(1_000) } else { at }).unwrap();
            let timestamp =
                if odd == 1 { u32::try_from(index.index(4_000_000_000)).unwrap() } else { u32::from(n) * 160 };
            let (ssrc, marker, comfort) = (if odd == 2 { 9 } else { 7 }, odd == 3, odd == 4);
            Arrival { ssrc, marker, comfort, ..of(n, timestamp, bytes, at as u64 * 20 + late) }
        };
        steps.into_iter().enumerate().map(arrival).collect()
    })
}

proptest! {
    #[test]
    fn in_any_disorder_every_packet_is_accounted_for_and_nothing_lies_far_behind(
        arrivals in disorder(), opus in any::<bool>(),
    ) {
        let mut jitter = Jitter::new(if opus { Codec::Opus } else { Codec::Pcma });
        // `run` asserts both after every step.
        let received = arrivals.len() as u64;
        let played = run(&mut jitter, arrivals, 240);
        prop_assert_eq!(jitter.counts().received, received);
        let at_rest = |p: &Playout| matches!(p, Playout::Silence { .. } | Playout::NothingYet);
        prop_assert!(played[230..].iter().all(at_rest));
        prop_assert_eq!(jitter.waiting(), 0);
    }

    #[test]
    fn with_loss_alone_what_came_is_played_in_order_and_no_more_is_concealed_than_was_lost(
        lost in proptest::collection::vec(prop::bool::weighted(0.1), 100),
    ) {
        let mut jitter = Jitter::new(Codec::Pcma);
        let came: Vec<u16> = (0..100).filter(|n| *n == 0 || *n == 99 || !lost[usize::from(*n)]).collect();
        let played = run(&mut jitter, came.iter().map(|n| packet(*n, u64::from(*n) * 20)).collect(), 115);
        let counts = jitter.counts();
        prop_assert_eq!(counts.lost, 100 - came.len() as u64);
        let heard = frames(&played);
        prop_assert!(heard.is_sorted() && counts.late == 0);
        prop_assert_eq!(heard.len() as u64 + counts.discarded, came.len() as u64);
        prop_assert!(counts.discarded <= 2, "{:?}", counts);
        prop_assert!(counts.concealed <= counts.lost + 5 + 5, "{:?}", counts);
    }
}
