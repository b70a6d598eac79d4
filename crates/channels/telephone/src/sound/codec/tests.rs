//! Each codec there and back, whole and with losses.

use super::*;
use crate::sound::tone;
use proptest::prelude::*;

const RATES: [Rate; 3] = [Rate::Narrow, Rate::Wide, Rate::Full];

fn through(codec: Codec, from: Rate, to: Rate, hertz: f32) -> f32 {
    let (mut encoder, mut decoder) = (Encoder::new(codec, from).unwrap(), Decoder::new(codec, to).unwrap());
    let (mut payload, mut pcm, mut out) = (Vec::new(), Vec::new(), Vec::new());
    for frame in tone::sine(hertz, 8_000.0, from, 600).chunks(from.frame()) {
        encoder.encode(frame, &mut payload).unwrap();
        assert_eq!(codec.ticks(&payload), Some(codec.frame_ticks()));
        decoder.decode(&payload, &mut pcm).unwrap();
        assert_eq!(pcm.len(), to.frame());
        out.extend_from_slice(&pcm);
    }
    tone::level(&out[to.samples(100)..to.samples(500)], hertz, to)
}

#[test]
fn a_tone_passes_through_every_codec_between_all_rates() {
    for codec in Codec::ALL {
        for (from, to) in RATES.into_iter().flat_map(|from| RATES.map(|to| (from, to))) {
            let level = through(codec, from, to, 1_000.0);
            assert!((level / 8_000.0 - 1.0).abs() < 0.12, "{codec:?} {from:?} {to:?}: {level}");
        }
    }
}

#[test]
fn g722_and_opus_carry_what_g711_cannot() {
    for (codec, wide) in [(Codec::Pcma, false), (Codec::G722, true), (Codec::Opus, true)] {
        let level = through(codec, Rate::Full, Rate::Full, 6_000.0);
        assert_eq!(level > 4_000.0, wide, "{codec:?}: {level}");
    }
}

#[test]
fn the_silence_of_each_codec_is_silent_after_a_tone_too() {
    for codec in Codec::ALL {
        let mut encoder = Encoder::new(codec, Rate::Narrow).unwrap();
        let mut decoder = Decoder::new(codec, Rate::Narrow).unwrap();
        let (mut payload, mut pcm) = (Vec::new(), Vec::new());
        for frame in tone::sine(440.0, 12_000.0, Rate::Narrow, 200).chunks(160) {
            encoder.encode(frame, &mut payload).unwrap();
            decoder.decode(&payload, &mut pcm).unwrap();
        }
        for _ in 0..20 {
            decoder.decode(&codec.silence(), &mut pcm).unwrap();
        }
        let peak = pcm.iter().map(|s| s.unsigned_abs()).max().unwrap();
        assert!(peak <= 16, "{codec:?}: {peak}");
        assert_eq!(codec.ticks(&codec.silence()), Some(codec.frame_ticks()));
    }
}

#[test]
fn a_loss_is_concealed_in_every_codec_and_at_every_rate() {
    for codec in Codec::ALL {
        for rate in RATES {
            let (mut encoder, mut decoder) = (Encoder::new(codec, rate).unwrap(), Decoder::new(codec, rate).unwrap());
            let (mut payload, mut pcm) = (Vec::new(), Vec::new());
            for frame in tone::sine(300.0, 8_000.0, rate, 300).chunks(rate.frame()) {
                encoder.encode(frame, &mut payload).unwrap();
                decoder.decode(&payload, &mut pcm).unwrap();
            }
            decoder.lost(Some(&payload), &mut pcm);
            assert_eq!(pcm.len(), rate.frame());
            let level = tone::level(&pcm, 300.0, rate);
            assert!(level > 3_500.0, "{codec:?} {rate:?}: {level}");
            for _ in 0..50 {
                decoder.lost(None, &mut pcm);
            }
            assert!(pcm.iter().all(|s| s.unsigned_abs() < 500), "{codec:?} {rate:?} goes quiet");
        }
    }
}

#[test]
fn frames_of_other_lengths_are_refused() {
    for codec in Codec::ALL {
        let mut encoder = Encoder::new(codec, Rate::Narrow).unwrap();
        assert_eq!(encoder.encode(&[0; 161], &mut Vec::new()), Err(Error::Encode { codec, samples: 161 }));
    }
}

#[test]
fn descriptions_are_those_of_the_rfcs() {
    assert_eq!(Codec::of_rtpmap("pcma/8000/1"), Some(Codec::Pcma));
    assert_eq!(Codec::of_rtpmap("OPUS/48000/2"), Some(Codec::Opus));
    assert_eq!(Codec::of_rtpmap("G722/16000"), None);
    assert_eq!((Codec::of_payload(9), Codec::of_payload(18)), (Some(Codec::G722), None));
}

#[test]
fn two_packets_of_opus_joined_sound_as_they_did() {
    use opus_rs::{Application, OpusDecoder, OpusEncoder};
    let mut encoder = OpusEncoder::new(48_000, 1, Application::Audio).unwrap();
    encoder.bitrate_bps = 32_000;
    let packets: Vec<Vec<u8>> = tone::sine(700.0, 9_000.0, Rate::Full, 200)
        .chunks(480)
        .map(|frame| {
            let mut packet = vec![0; 1_276];
            let length = encoder.encode_i16(frame, 480, &mut packet).unwrap();
            packet.truncate(length);
            packet
        })
        .collect();
    let mut one = OpusDecoder::new(48_000, 1).unwrap();
    let mut two = OpusDecoder::new(48_000, 1).unwrap();
    for pair in packets.chunks(2) {
        let (mut apart, mut together) = (vec![0.0; 960], vec![0.0; 960]);
        one.decode(&pair[0], 480, &mut apart[..480]).unwrap();
        one.decode(&pair[1], 480, &mut apart[480..]).unwrap();
        let joined = opus::join(&pair[0], &pair[1]).unwrap();
        assert_eq!(opus::duration(&joined), Some(960));
        two.decode(&joined, 960, &mut together).unwrap();
        assert_eq!(apart, together);
    }
    assert_eq!(opus::join(&[0xf0, 1], &[0xe0, 1]), None);
}

proptest! {
    #[test]
    fn any_payload_is_decoded_or_refused(
        payloads in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 1..8),
        codec in 0usize..4, rate in 0usize..3,
    ) {
        let mut decoder = Decoder::new(Codec::ALL[codec], RATES[rate]).unwrap();
        let mut pcm = Vec::new();
        for payload in payloads {
            let _ = decoder.decode(&payload, &mut pcm);
            prop_assert!(pcm.len() <= 5_760);
            decoder.lost(Some(&payload), &mut pcm);
            prop_assert_eq!(pcm.len(), RATES[rate].frame());
        }
    }

    #[test]
    fn joined_packets_of_any_lengths_are_parsed_as_two(first in 0usize..1_275, second in 0usize..1_275) {
        let joined = opus::join(&vec![0xf0; first + 1], &[&[0xf0][..], &vec![1; second]].concat()).unwrap();
        prop_assert_eq!(opus::duration(&joined), Some(960));
        // Read back by the rules of RFC 6716 section 3.2.1.
        if first != second {
            let (one, two) = (usize::from(joined[1]), usize::from(joined[2]));
            let (length, at) = if one < 252 { (one, 2) } else { (one + 4 * two, 3) };
            prop_assert_eq!((length, joined.len() - at - length), (first, second));
        }
    }
}
