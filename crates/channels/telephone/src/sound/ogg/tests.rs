//! Recordings as Ogg: length, sides, gaps, cuts.

use super::*;
use crate::sound::codec::Encoder;
use crate::sound::record::{Reader, append, begin};
use crate::sound::tone;
use ::ogg::PacketReader;
use opus_rs::OpusDecoder;
use proptest::prelude::*;
use std::io::Cursor;

/// A second of a tone in a codec, from a place in the call on.
fn speak(file: &mut Vec<u8>, channel: Channel, codec: Codec, hertz: f32, from_ms: u32) {
    let rate = codec.rate();
    let (mut encoder, mut payload) = (Encoder::new(codec, rate).unwrap(), Vec::new());
    for (frame, at) in tone::sine(hertz, 8_000.0, rate, 1_000).chunks(rate.frame()).zip((from_ms..).step_by(20)) {
        encoder.encode(frame, &mut payload).unwrap();
        append(file, channel, codec, at, &payload);
    }
}

/// Both sides of an Ogg file, read as RFC 7845 says.
fn heard(ogg: &[u8]) -> [Vec<i16>; 2] {
    let mut reader = PacketReader::new(Cursor::new(ogg));
    let head = reader.read_packet_expected().unwrap().data;
    assert_eq!((&head[..8], head[8], head[9], head[18]), (&b"OpusHead"[..], 1, 2, 0));
    let skip = usize::from(u16::from_le_bytes([head[10], head[11]]));
    assert_eq!(&reader.read_packet_expected().unwrap().data[..8], b"OpusTags");
    let (mut decoder, mut all, mut end) = (OpusDecoder::new(48_000, 2).unwrap(), Vec::new(), 0);
    while let Some(packet) = reader.read_packet().unwrap() {
        let mut floats = vec![0.0; 960 * 2];
        assert_eq!(decoder.decode(&packet.data, 960, &mut floats), Ok(960));
        all.extend(floats);
        end = usize::try_from(packet.absgp_page()).unwrap();
        assert!(!packet.last_in_stream() || all.len() / 2 - end < 960);
    }
    let side = |side: usize| {
        all.chunks(2).take(end).skip(skip).map(|pair| crate::sound::to_sample(pair[side] * 32_768.0)).collect()
    };
    [side(0), side(1)]
}

fn exported(file: &[u8]) -> (Summary, [Vec<i16>; 2]) {
    let mut ogg = Vec::new();
    let summary = export(Reader::new(file), &mut ogg, 1).unwrap();
    (summary, heard(&ogg))
}

fn level(side: &[i16], hertz: f32, from_ms: u32, to_ms: u32) -> f32 {
    tone::level(&side[Rate::Full.samples(from_ms)..Rate::Full.samples(to_ms)], hertz, Rate::Full)
}

#[test]
fn each_side_is_heard_on_its_side_at_its_time_whatever_its_codec() {
    for codec in Codec::ALL {
        let mut file = Vec::new();
        begin(&mut file);
        speak(&mut file, Channel::Caller, codec, 500.0, 0);
        speak(&mut file, Channel::Operator, codec, 1_700.0, 2_000);
        let (summary, [caller, operator]) = exported(&file);
        assert_eq!(summary, Summary { frames: 150, heard: 100, overlapping: 0, broken: 0 }, "{codec:?}");
        assert_eq!((caller.len(), operator.len()), (144_000, 144_000));
        assert!(
            level(&caller, 500.0, 100, 900) > 7_000.0 && level(&operator, 1_700.0, 2_100, 2_900) > 7_000.0,
            "{codec:?}"
        );
        assert!(level(&operator, 500.0, 100, 900) < 20.0 && level(&caller, 1_700.0, 2_100, 2_900) < 20.0, "{codec:?}");
        let silent = |side: &[i16], from, to| {
            side[Rate::Full.samples(from)..Rate::Full.samples(to)].iter().all(|s| s.abs() < 40)
        };
        assert!(silent(&caller, 1_100, 3_000) && silent(&operator, 0, 1_950), "{codec:?}");
    }
}

#[test]
fn a_click_is_heard_when_it_was_made() {
    let mut file = Vec::new();
    begin(&mut file);
    let mut encoder = Encoder::new(Codec::Pcma, Rate::Narrow).unwrap();
    for at in 0..100u32 {
        let (mut pcm, mut payload) = ([0i16; 160], Vec::new());
        if at == 50 {
            pcm[..8].fill(20_000);
        }
        encoder.encode(&pcm, &mut payload).unwrap();
        append(&mut file, Channel::Operator, Codec::Pcma, at * 20, &payload);
    }
    let (_, [_, operator]) = exported(&file);
    let loudest = operator.iter().enumerate().max_by_key(|(_, s)| s.unsigned_abs()).unwrap().0;
    // The click lasts 1 ms from 1,000 ms on; the resampler delays it by 3 ms.
    assert!((48_000 + 144..48_000 + 144 + 72).contains(&loudest), "{loudest}");
}

#[test]
fn gaps_are_silent_and_disorder_and_doubles_do_no_harm() {
    let (mut file, mut speech) = (Vec::new(), Vec::new());
    begin(&mut file);
    speak(&mut speech, Channel::Caller, Codec::Pcma, 900.0, 500);
    let mut records: Vec<&[u8]> = speech.chunks(172).collect();
    records.drain(20..25);
    records.swap(3, 7);
    records.insert(30, records[29]);
    records.into_iter().for_each(|record| file.extend_from_slice(record));
    let (summary, [caller, _]) = exported(&file);
    assert_eq!((summary.frames, summary.heard, summary.overlapping), (75, 45, 1));
    assert!(level(&caller, 900.0, 520, 880) > 7_000.0 && level(&caller, 900.0, 1_020, 1_480) > 7_000.0);
    assert!(level(&caller, 900.0, 920, 980) < 100.0 && level(&caller, 900.0, 0, 480) < 10.0);
}

#[test]
fn a_codec_may_change_in_the_call() {
    let mut file = Vec::new();
    begin(&mut file);
    speak(&mut file, Channel::Caller, Codec::Pcmu, 600.0, 0);
    speak(&mut file, Channel::Caller, Codec::Opus, 600.0, 1_000);
    let (_, [caller, _]) = exported(&file);
    assert!(level(&caller, 600.0, 100, 900) > 7_000.0 && level(&caller, 600.0, 1_100, 1_900) > 7_000.0);
}

#[test]
fn nothing_recorded_is_a_file_of_no_length() {
    let (summary, [caller, _]) = exported(&[]);
    assert_eq!((summary, caller.len()), (Summary::default(), 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn any_records_come_to_an_end(records in proptest::collection::vec(
        (any::<bool>(), 0usize..4, 0u32..3_000, proptest::collection::vec(any::<u8>(), 0..60)), 0..30,
    )) {
        let mut file = Vec::new();
        begin(&mut file);
        for (caller, codec, at, payload) in &records {
            let channel = if *caller { Channel::Caller } else { Channel::Operator };
            append(&mut file, channel, Codec::ALL[*codec], *at, payload);
        }
        let mut ogg = Vec::new();
        let summary = export(Reader::new(&file[..]), &mut ogg, 1).unwrap();
        prop_assert_eq!(summary.heard + summary.overlapping + summary.broken, records.len() as u64);
        prop_assert!(summary.frames <= 160);
    }
}
