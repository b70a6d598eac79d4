//! The values of RFC 3711 appendix B, and two ends of ours that speak with each other.

use super::derived::{Derived, add_noise};
use super::*;
use crate::sdp::Key;
use aes::Aes128;
use aes::cipher::KeyInit as _;
use proptest::prelude::*;

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(|c| !c.is_whitespace()).collect();
    digits.chunks(2).map(|two| u8::from_str_radix(&two.iter().collect::<String>(), 16).unwrap()).collect()
}

/// The master key of appendix B.3.
fn key() -> Key {
    let all = bytes("E1F97A0D3E018BE0D64FA32C06DE4139 0EC675AD498AFEEBB6960B3AABE6");
    Key::new(all.try_into().unwrap())
}

fn ends(suite: Suite) -> (Srtp, Srtp) {
    let (one, other) = (key(), Key::new([7; 30]));
    (Srtp::new(Keys { suite, ours: one, theirs: other }), Srtp::new(Keys { suite, ours: other, theirs: one }))
}

fn packet(sequence: u16, source: u32, says: &[u8]) -> Vec<u8> {
    let mut packet = vec![0x80, 8];
    packet.extend(sequence.to_be_bytes());
    packet.extend([0, 0, 0, 160]);
    packet.extend(source.to_be_bytes());
    packet.extend(says);
    packet
}

#[test]
fn noise_is_that_of_appendix_b_2() {
    let cipher = Aes128::new_from_slice(&bytes("2B7E151628AED2A6ABF7158809CF4F3C")).unwrap();
    let mut noise = [0; 48];
    let iv = bytes("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000");
    add_noise(&cipher, iv.try_into().unwrap(), &mut noise);
    let told = "E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0";
    assert_eq!(noise.as_slice(), bytes(told));
}

#[test]
fn keys_are_those_of_appendix_b_3() {
    let derived = Derived::of(&key());
    assert_eq!(derived.salt().as_slice(), bytes("30CBBC08863D8C85D49DB34A9AE1"));
    // What the other two are shows in what is made with them.
    let own = Aes128::new_from_slice(&bytes("C61E7A93744F39EE10734AFE3FF7A087")).unwrap();
    let (mut one, mut other) = ([0; 20], [0; 20]);
    derived.encrypt(0, 0, &mut one);
    add_noise(&own, bytes("30CBBC08863D8C85D49DB34A9AE10000").try_into().unwrap(), &mut other);
    assert_eq!(one, other);
    let auth = bytes("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4");
    let mut mac = <hmac::Hmac<sha1::Sha1> as hmac::Mac>::new_from_slice(&auth).unwrap();
    hmac::Mac::update(&mut mac, b"a packet\0\0\0\x01");
    assert_eq!(derived.seal(b"a packet", 0x1_0005).as_slice(), hmac::Mac::finalize(mac).into_bytes().as_slice());
}

/// A packet that other programs for SRTP compare themselves with.
#[test]
fn a_whole_packet_is_as_others_make_it() {
    let (mut one, mut other) = ends(Suite::Sha1_80);
    let plain = bytes("800f1234decafbadcafebabeabababababababababababababababab");
    let mut sealed = plain.clone();
    one.seal(&mut sealed).unwrap();
    let told = "800f1234decafbadcafebabe 4e55dc4ce79978d88ca4d215949d2402 b78d6acc99ea179b8dbb";
    assert_eq!(sealed, bytes(told));
    let length = other.open(&mut sealed).unwrap();
    assert_eq!(&sealed[..length], plain);
}

#[test]
fn what_was_there_is_refused_and_what_comes_late_is_taken() {
    let (mut one, mut other) = ends(Suite::Sha1_80);
    let mut sent: Vec<Vec<u8>> = Vec::new();
    for number in 65_500..65_700_u32 {
        let mut made = packet(u16::try_from(number & 0xffff).unwrap(), 5, b"salve");
        one.seal(&mut made).unwrap();
        sent.push(made);
    }
    let mut take = |number: usize| other.open(&mut sent[number].clone()).map(drop);
    assert_eq!(take(0), Ok(()));
    assert_eq!(take(0), Err(Refused::Again));
    // Over the end of the sixteen bits, and back behind it.
    assert_eq!(take(60), Ok(()));
    assert_eq!(take(30), Ok(()));
    assert_eq!(take(30), Err(Refused::Again));
    assert_eq!(take(199), Ok(()));
    assert_eq!(take(72), Ok(()));
    assert_eq!(take(71), Err(Refused::Again), "too old to tell");
    assert_eq!(one.seal(&mut packet(65_520, 5, b"altro")), Err(Refused::Again), "no number is sealed twice");
}

#[test]
fn a_packet_that_was_touched_leaves_no_trace() {
    let (mut one, mut other) = ends(Suite::Sha1_32);
    let mut sealed = packet(9, 5, b"salve");
    one.seal(&mut sealed).unwrap();
    for at in 0..sealed.len() {
        let mut touched = sealed.clone();
        touched[at] ^= 0x01;
        assert!(other.open(&mut touched).is_err(), "byte {at}");
    }
    assert_eq!(other.open(&mut sealed), Ok(17));
    for length in 0..16 {
        assert!(other.open(&mut vec![0x9f; length]).is_err());
    }
}

/// An end that has sent as many packets of this source as make the sixteen bits begin anew, and the one that took them.
fn long_talk(sequence: &mut u32) -> (Srtp, Srtp) {
    let (mut one, mut other) = ends(Suite::Sha1_80);
    while *sequence < 0x1_0010 {
        *sequence += 0x10;
        let mut sealed = packet(u16::try_from(*sequence & 0xffff).unwrap(), 5, b"salve");
        one.seal(&mut sealed).unwrap();
        assert_eq!(other.open(&mut sealed), Ok(17));
    }
    (one, other)
}

/// The same key as the tests', and a fresh one of theirs.
fn fresh() -> Keys {
    Keys { suite: Suite::Sha1_80, ours: Key::new([7; 30]), theirs: Key::new([8; 30]) }
}

#[test]
fn a_far_end_with_a_new_key_may_go_on_counting() {
    let mut sequence = 0;
    let (one, mut other) = long_talk(&mut sequence);
    other.change(fresh());
    // As RFC 3711 has it: the count stays, of another key.
    let mut same = Srtp::new(Keys { ours: fresh().theirs, ..fresh() });
    same.sent = one.sent;
    let mut sealed = packet(0x11, 5, b"salve");
    same.seal(&mut sealed).unwrap();
    assert_eq!(other.open(&mut sealed.clone()), Ok(17));
    assert_eq!(other.open(&mut sealed), Err(Refused::Again));
}

#[test]
fn a_far_end_with_a_new_key_may_begin_anew() {
    let mut sequence = 0;
    let (_, mut other) = long_talk(&mut sequence);
    other.change(fresh());
    let mut anew = Srtp::new(Keys { ours: fresh().theirs, ..fresh() });
    let mut sealed = packet(0x10, 5, b"salve");
    anew.seal(&mut sealed).unwrap();
    let mut touched = sealed.clone();
    touched[14] ^= 1;
    assert_eq!(other.open(&mut touched), Err(Refused::Forged), "and decides nothing");
    assert_eq!(other.open(&mut sealed.clone()), Ok(17));
    assert_eq!(other.open(&mut sealed), Err(Refused::Again));
}

#[test]
fn a_far_end_whose_key_stays_never_begins_anew() {
    let mut sequence = 0;
    let (_, mut other) = long_talk(&mut sequence);
    other.change(Keys { suite: Suite::Sha1_80, ours: Key::new([9; 30]), theirs: key() });
    let (mut anew, _) = ends(Suite::Sha1_80);
    let mut again = packet(0x20, 5, b"salve");
    anew.seal(&mut again).unwrap();
    assert_eq!(other.open(&mut again), Err(Refused::Forged));
}

#[test]
fn sources_of_one_far_end_are_counted_apart_and_bounded() {
    let (mut one, mut other) = ends(Suite::Sha1_80);
    for source in 0..=u32::try_from(SOURCES).unwrap() {
        one.sent = None;
        let mut sealed = packet(3, source, b"salve");
        one.seal(&mut sealed).unwrap();
        let expected = if source < 16 { Ok(17) } else { Err(Refused::Sources) };
        assert_eq!(other.open(&mut sealed), expected);
    }
}

proptest! {
    #[test]
    fn what_is_sealed_is_opened_again(
        begin in 0..0x8000_u16,
        steps in prop::collection::vec(1..100_u16, 1..60),
        says in prop::collection::vec(any::<u8>(), 0..400),
        short in any::<bool>(),
        sources in 0..3_u8,
        extension in prop::option::of(0..3_u8),
    ) {
        let (mut one, mut other) = ends(if short { Suite::Sha1_32 } else { Suite::Sha1_80 });
        let mut sequence = begin;
        for step in steps {
            let mut head = packet(sequence, 77, &vec![3; usize::from(sources) * 4]);
            head[0] |= sources;
            if let Some(words) = extension {
                head[0] |= 0x10;
                head.extend([0xbe, 0xde, 0, words]);
                head.extend(vec![4; usize::from(words) * 4]);
            }
            let length = head.len();
            let plain = [head, says.clone()].concat();
            let mut sealed = plain.clone();
            prop_assert!(one.seal(&mut sealed).is_ok());
            prop_assert_eq!(&sealed[..length], &plain[..length]);
            prop_assert!(says.len() < 8 || sealed[length..plain.len()] != plain[length..]);
            let opened = other.open(&mut sealed);
            prop_assert_eq!(opened, Ok(plain.len()));
            prop_assert_eq!(&sealed[..plain.len()], plain.as_slice());
            sequence = sequence.wrapping_add(step);
        }
    }

    #[test]
    fn nothing_that_comes_stops_it(mut datagram in prop::collection::vec(any::<u8>(), 0..200)) {
        let (_, mut other) = ends(Suite::Sha1_80);
        prop_assert!(other.open(&mut datagram).is_err());
    }
}
