//! WAV files as people upload them.

use super::*;
use crate::sound::tone;
use proptest::prelude::*;

fn file(tag: u16, channels: u16, hertz: u32, bits: u16, data: &[u8]) -> Vec<u8> {
    let mut format = Vec::new();
    format.extend(tag.to_le_bytes());
    format.extend(channels.to_le_bytes());
    format.extend(hertz.to_le_bytes());
    format.extend((hertz * u32::from(channels) * u32::from(bits) / 8).to_le_bytes());
    format.extend((channels * bits / 8).to_le_bytes());
    format.extend(bits.to_le_bytes());
    // A chunk of odd length before the sound, as programs that write lists of names do.
    let chunks = [(b"fmt ", &format[..]), (b"LIST", b"abc"), (b"data", data)];
    let mut file = b"RIFF\0\0\0\0WAVE".to_vec();
    for (id, body) in chunks {
        file.extend(id);
        file.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
        file.extend(body);
        file.extend(&[0][..body.len() % 2]);
    }
    file
}

#[test]
fn each_kind_of_sound_is_read_as_the_same() {
    let pcm = tone::sine(500.0, 12_000.0, Rate::Narrow, 500);
    let (mut a, mut mu) = (Vec::new(), Vec::new());
    Law::A.encode(&pcm, &mut a);
    Law::Mu.encode(&pcm, &mut mu);
    let bytes = |each: &dyn Fn(i16) -> Vec<u8>| pcm.iter().flat_map(|s| each(*s)).collect::<Vec<u8>>();
    let kinds = [
        (1, 8, bytes(&|s| vec![s.to_be_bytes()[0] ^ 0x80])),
        (1, 16, bytes(&|s| s.to_le_bytes().to_vec())),
        (1, 24, bytes(&|s| [&[0][..], &s.to_le_bytes()].concat())),
        (1, 32, bytes(&|s| [&[0, 0][..], &s.to_le_bytes()].concat())),
        (3, 32, bytes(&|s| (f32::from(s) / 32_767.0).to_le_bytes().to_vec())),
        (3, 64, bytes(&|s| (f64::from(s) / 32_767.0).to_le_bytes().to_vec())),
        (6, 8, a),
        (7, 8, mu),
    ];
    for (tag, bits, data) in kinds {
        let read = read(&file(tag, 1, 8_000, bits, &data), Rate::Narrow).unwrap();
        assert_eq!(read.len(), pcm.len(), "{tag} {bits}");
        let worst = read.iter().zip(&pcm).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
        assert!(worst <= if bits == 8 { 520 } else { 1 }, "{tag} {bits}: {worst}");
    }
}

#[test]
fn any_rate_and_stereo_come_to_mono_at_the_rate_asked_for() {
    for hertz in [8_000u32, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000] {
        let step = std::f64::consts::TAU * 600.0 / f64::from(hertz);
        let left = (0..hertz).map(|at| to_sample(single((f64::from(at) * step).sin() * 16_000.0)));
        let data: Vec<u8> = left.flat_map(|left| [left.to_le_bytes(), [0, 0]].concat()).collect();
        for rate in [Rate::Narrow, Rate::Wide, Rate::Full] {
            let pcm = read(&file(1, 2, hertz, 16, &data), rate).unwrap();
            assert!(pcm.len().abs_diff(rate.samples(1_000)) <= 1);
            let level = tone::level(&pcm[pcm.len() / 10..pcm.len() * 9 / 10], 600.0, rate);
            assert!((level - 8_000.0).abs() < 80.0, "{hertz} {rate:?}: {level}");
        }
    }
}

#[test]
fn the_extensible_format_says_what_it_is_further_on() {
    let mut file = file(0xfffe, 1, 8_000, 16, &[0, 1]);
    let format: Vec<u8> = file.splice(12..36, []).collect();
    let mut extended = format[..24].to_vec();
    extended[4] = 40;
    extended.extend([22, 0, 16, 0, 4, 0, 0, 0, 1, 0]);
    extended.extend([0; 14]);
    file.splice(12..12, extended);
    assert_eq!(read(&file, Rate::Narrow), Ok(vec![256]));
}

#[test]
fn what_is_written_is_read_back() {
    let pcm = tone::beep(Rate::Narrow);
    assert_eq!(read(&write(&pcm), Rate::Narrow), Ok(pcm));
}

#[test]
fn each_fault_is_named() {
    let sound = [0u8; 64];
    assert_eq!(read(b"ID3 and so on", Rate::Narrow), Err(Error::NotWave));
    assert_eq!(read(b"RIFF\0\0\0\0WAVE", Rate::Narrow), Err(Error::NoFormat));
    assert_eq!(read(&file(0x55, 1, 8_000, 0, &sound), Rate::Narrow), Err(Error::Kind { tag: 0x55, bits: 0 }));
    assert_eq!(read(&file(1, 1, 96_000, 16, &sound), Rate::Narrow), Err(Error::Rate(96_000)));
    assert_eq!(read(&file(1, 6, 48_000, 16, &sound), Rate::Narrow), Err(Error::Channels(6)));
    assert_eq!(read(&file(1, 1, 8_000, 16, &[]), Rate::Narrow), Err(Error::NoSound));
    let long = vec![0; 8_000 * 901];
    assert_eq!(read(&file(6, 1, 8_000, 8, &long), Rate::Narrow), Err(Error::TooLong { seconds: 901 }));
}

proptest! {
    #[test]
    fn a_file_cut_or_changed_anywhere_is_read_or_refused(
        at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>(),
    ) {
        let mut bytes = file(1, 1, 8_000, 16, &[7; 200]);
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Ok(pcm) = read(&bytes, Rate::Narrow) {
            prop_assert!(!pcm.is_empty() && pcm.len() <= 250);
        }
    }

    #[test]
    fn any_bytes_are_borne(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&[&b"RIFF\0\0\0\0WAVE"[..], &bytes].concat(), Rate::Wide);
    }
}
