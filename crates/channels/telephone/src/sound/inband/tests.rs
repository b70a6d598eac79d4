//! Keys heard in sound, and sound in which there are none.

use super::*;
use crate::sound::comfort::Comfort;
use crate::sound::g711::Law;
use proptest::prelude::*;

fn heard(pcm: &[i16]) -> String {
    let (mut detector, mut digits) = (Detector::default(), Vec::new());
    for frame in pcm.chunks(160) {
        detector.push(frame, &mut digits);
    }
    digits.iter().map(Digit::to_string).collect()
}

fn noise(amplitude: f32, milliseconds: u32) -> Vec<i16> {
    let mut pcm = vec![0i16; Rate::Narrow.samples(milliseconds)];
    let mut comfort = Comfort::new(99);
    comfort.told(&[40]);
    comfort.fill(&mut pcm);
    let factor = amplitude / comfort.level();
    pcm.iter().map(|s| crate::sound::to_sample(f32::from(*s) * factor)).collect()
}

#[test]
fn every_key_is_heard_from_loud_to_faint_through_either_law() {
    for dbm0 in [-3.5, -10.0, -20.0, -25.0] {
        let mut pcm = Vec::new();
        for digit in Digit::all() {
            pcm.extend(key(digit, dbm0, Rate::Narrow, 40));
            pcm.extend([0; 320]);
        }
        for law in [Law::A, Law::Mu] {
            let (mut payload, mut decoded) = (Vec::new(), Vec::new());
            law.encode(&pcm, &mut payload);
            law.decode(&payload, &mut decoded);
            assert_eq!(heard(&decoded), "0123456789*#ABCD", "{dbm0} dBm0, {law:?}");
        }
    }
}

#[test]
fn forty_milliseconds_are_heard_wherever_they_start() {
    for start in 0..204 {
        let mut pcm = vec![0; start];
        for _ in 0..2 {
            pcm.extend(key(Digit::of_char('5').unwrap(), -10.0, Rate::Narrow, 40));
            pcm.extend([0; 320]);
        }
        assert_eq!(heard(&pcm), "55", "{start}");
    }
}

#[test]
fn what_is_too_short_too_faint_or_too_twisted_is_not_a_key() {
    let five = Digit::of_char('5').unwrap();
    let (low, high) = five.frequencies();
    for start in 0..102 {
        let mut pcm = vec![0; start];
        pcm.extend(key(five, -10.0, Rate::Narrow, 17));
        pcm.extend([0; 400]);
        assert_eq!(heard(&pcm), "", "{start}");
    }
    assert_eq!(heard(&key(five, -36.0, Rate::Narrow, 200)), "");
    let of = |lower: f32, upper: f32| {
        heard(&tone::pair(low, amplitude_of_dbm0(lower), high, amplitude_of_dbm0(upper), Rate::Narrow, 100))
    };
    assert_eq!((of(-12.0, -8.0).as_str(), of(-8.0, -16.0).as_str()), ("5", "5"), "twists to be borne");
    assert_eq!((of(-14.0, -6.0).as_str(), of(-6.0, -18.0).as_str()), ("", ""), "twists of voices");
    assert_eq!(heard(&tone::sine(low, 8_000.0, Rate::Narrow, 200)), "", "one tone is none");
}

#[test]
fn frequencies_are_borne_near_and_refused_far() {
    for digit in Digit::all() {
        let (low, high) = digit.frequencies();
        let off = |part: f32| heard(&tone::pair(low * part, 3_000.0, high * part, 3_000.0, Rate::Narrow, 100));
        for part in [0.985, 1.015] {
            assert_eq!(off(part), digit.to_string(), "{digit} times {part}");
        }
        for part in [0.93, 1.07] {
            assert_ne!(off(part), digit.to_string(), "{digit} times {part}");
        }
    }
}

#[test]
fn a_key_is_heard_over_noise_and_noise_is_no_key() {
    let amplitude = amplitude_of_dbm0(-15.0);
    let mut pcm = Vec::new();
    for digit in Digit::all() {
        pcm.extend(key(digit, -15.0, Rate::Narrow, 80));
        pcm.extend([0; 640]);
    }
    let loud = noise(amplitude / 5.6, 2_560);
    pcm.iter_mut().zip(&loud).for_each(|(s, n)| *s = s.saturating_add(*n));
    assert_eq!(heard(&pcm), "0123456789*#ABCD");
    assert_eq!(heard(&noise(4_000.0, 60_000)), "");
}

#[test]
fn a_voice_gliding_over_all_pitches_is_no_key() {
    // Two voiced harmonics near the two groups, with their own harmonics, as vowels have.
    let mut pcm = Vec::new();
    for pitch in 80..300u16 {
        let pitch = f32::from(pitch);
        let mut sum = vec![0.0f32; 800];
        for hertz in (1..40u8).map(|harmonic| pitch * f32::from(harmonic)).take_while(|hertz| *hertz < 3_400.0) {
            let formants =
                1.0 / (1.0 + ((hertz - 750.0) / 150.0).powi(2)) + 0.5 / (1.0 + ((hertz - 1_350.0) / 150.0).powi(2));
            let wave = tone::sine(hertz, 6_000.0 * formants, Rate::Narrow, 100);
            sum.iter_mut().zip(wave).for_each(|(sum, wave)| *sum += f32::from(wave));
        }
        pcm.extend(sum.into_iter().map(crate::sound::to_sample));
    }
    assert_eq!(heard(&pcm), "");
}

#[test]
fn a_held_key_is_one_and_a_short_interruption_does_not_make_two() {
    let mut pcm = key(Digit::of_char('9').unwrap(), -10.0, Rate::Narrow, 1_000);
    pcm[4_000..4_030].fill(0);
    assert_eq!(heard(&pcm), "9");
}

proptest! {
    #[test]
    fn how_the_sound_is_cut_does_not_change_what_is_heard(cut in 1usize..400) {
        let mut pcm = Vec::new();
        for digit in Digit::all() {
            pcm.extend(key(digit, -12.0, Rate::Narrow, 60));
            pcm.extend([0; 400]);
        }
        let (mut detector, mut digits) = (Detector::default(), Vec::new());
        pcm.chunks(cut).for_each(|pcm| detector.push(pcm, &mut digits));
        prop_assert_eq!(digits.iter().map(Digit::to_string).collect::<String>(), "0123456789*#ABCD");
    }
}
