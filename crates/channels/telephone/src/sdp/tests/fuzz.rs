//! Whatever bytes come, a description is read or refused.

use super::*;
use proptest::prelude::*;

fn any_codecs() -> impl Strategy<Value = Vec<Codec>> {
    prop::sample::subsequence(Codec::ALL.to_vec(), 1..=4).prop_shuffle()
}

fn any_direction() -> impl Strategy<Value = Direction> {
    (any::<bool>(), any::<bool>()).prop_map(|(sends, receives)| Direction::new(sends, receives))
}

fn any_srtp() -> impl Strategy<Value = Srtp> {
    prop::sample::select(vec![Srtp::Never, Srtp::Taken, Srtp::Required])
}

/// Whatever is answered keeps the rules of RFC 3264 section 6.
fn check(offer: &Description, answer: &str, agreed: &Agreed) -> Result<(), TestCaseError> {
    let read = read(answer);
    prop_assert_eq!(read.lines.len(), offer.lines.len());
    let open: Vec<usize> = (0..read.lines.len()).filter(|n| read.lines[*n].audio.is_some()).collect();
    prop_assert_eq!(open.len(), 1);
    for (ours, theirs) in read.lines.iter().zip(&offer.lines) {
        prop_assert_eq!(
            (&ours.media.to_ascii_lowercase(), &ours.proto),
            (&theirs.media.to_ascii_lowercase(), &theirs.proto)
        );
    }
    let (ours, theirs) = (read.lines[open[0]].audio.as_ref().unwrap(), offer.lines[open[0]].audio.as_ref().unwrap());
    prop_assert!(theirs.formats.contains(&ours.formats[0]) && ours.formats.len() == 1);
    prop_assert!(!ours.direction.sends() || theirs.direction.receives());
    prop_assert!(!ours.direction.receives() || theirs.direction.sends());
    prop_assert_eq!(agreed.keys.is_some(), theirs.profile == Profile::Srtp);
    prop_assert_eq!(ours.profile, theirs.profile);
    Ok(())
}

const SEEDS: [&str; 3] = [
    PHONE,
    "v=0\no=- 1 1 IN IP6 ::1\ns=\nt=0 0\nm=audio 9 RTP/SAVPF 111 8\nc=IN IP6 2001:db8::1\na=rtpmap:111 opus/48000/2\n\
     a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd|2^31|1:4 KDR=0\na=rtcp-mux\n",
    "v=0\r\nm=video 1 RTP/AVP 31\r\nm=audio 65535 RTP/SAVP 0 8 101\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:101 telephone-event/8000\r\n\
     a=fmtp:101 0-11,16\r\na=rtcp:0 IN IP4 x\r\na=inactive\r\n\
     a=crypto:9 AES_CM_128_HMAC_SHA1_32 inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd\r\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Description::read(&bytes);
        let _ = Description::read(&[b"v=0\r\nc=IN IP4 192.0.2.7\r\nm=audio 1 RTP/AVP 0\r\n".as_slice(), &bytes].concat());
    }

    #[test]
    fn any_attribute_is_read_or_skipped(
        name in "crypto|rtpmap|fmtp|rtcp|ptime|sendonly|rtcp-mux", value in "[ -~]{0,60}|[0-9]{1,12}[ -~]{0,30}|\\PC{0,20}"
    ) {
        let _ = Description::read(format!("v=0\r\nc=IN IP4 192.0.2.7\r\nm=audio 1 RTP/SAVP 0 8\r\na={name}:{value}\r\n").as_bytes());
        let _ = (Key::read(&value), Events::read(&value).to_string());
    }

    #[test]
    fn a_damaged_offer_is_answered_by_the_rules_or_refused(
        seed in prop::sample::select(SEEDS.to_vec()),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0u8..4), 0..12),
        codecs in any_codecs(), wish in any_direction(), srtp in any_srtp(),
    ) {
        let mut bytes = seed.as_bytes().to_vec();
        for (at, byte, how) in damage {
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                2 => bytes.insert(at, byte),
                // A line twice.
                _ => {
                    let line: Vec<u8> = bytes.split(|b| *b == b'\n').nth(at % 8).unwrap_or_default().to_vec();
                    bytes.extend([line, b"\n".to_vec()].concat());
                }
            }
        }
        let Ok(offer) = Description::read(&bytes) else { return Ok(()) };
        let mut ours = session(&codecs, srtp);
        if let Ok((answer, agreed)) = ours.answer(&offer, wish) {
            check(&offer, &answer, &agreed)?;
        }
        // As an answer it is taken or refused too.
        let mut ours = session(&codecs, srtp);
        ours.offer(wish).unwrap();
        let _ = ours.early(&offer);
        let _ = ours.accept(&offer);
    }

    #[test]
    fn two_ends_of_ours_agree_through_a_call(
        ours in any_codecs(), theirs in any_codecs(), srtp in any_srtp(), far_srtp in any_srtp(),
        steps in prop::collection::vec((any::<bool>(), any_direction(), any_direction()), 1..6),
    ) {
        let mut ends = [session(&ours, srtp), far(&theirs, far_srtp)];
        let mut versions = [0, 0];
        for (who, wish, answer_wish) in steps {
            let [one, other] = &mut ends;
            let (asks, answers) = if who { (one, other) } else { (other, one) };
            let offer = asks.offer(wish).unwrap();
            match answers.answer(&read(&offer), answer_wish) {
                Ok((answer, b)) => {
                    check(&read(&offer), &answer, &b)?;
                    let a = asks.accept(&read(&answer)).unwrap();
                    prop_assert_eq!((a.codec, a.sends, a.receives, a.mux), (b.codec, b.receives, b.sends, b.mux));
                    prop_assert_eq!((a.sends_as, a.receives_as), (b.receives_as, b.sends_as));
                    prop_assert_eq!(a.keypad.map(|k| k.sends_as), b.keypad.map(|k| k.receives_as));
                    prop_assert!(a.keypad.is_some());
                    prop_assert_eq!(a.keys.map(|k| k.ours), b.keys.map(|k| k.theirs));
                    let mine = usize::from(!who);
                    for (end, text) in [(mine, &offer), (1 - mine, &answer)] {
                        prop_assert!(version(text) >= versions[end] && version(text) <= versions[end] + 1);
                        versions[end] = version(text);
                    }
                }
                Err(_) => {
                    asks.withdraw();
                    prop_assert!(asks.agreed().is_none(), "what was agreed once can be agreed again");
                    return Ok(());
                }
            }
        }
    }
}
