//! Keys in descriptions (RFC 4568).

use super::*;

/// Thirty bytes counted up from 0.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd";

fn offer(lines: &[&str]) -> Description {
    let crypto: String = lines.iter().map(|l| format!("a=crypto:{l}\r\n")).collect();
    read(&format!("{}{crypto}", PHONE.replace("RTP/AVP", "RTP/SAVP")))
}

fn answered(lines: &[&str]) -> Result<(String, Agreed), Refused> {
    session(&[Codec::Pcma], Srtp::Taken).answer(&offer(lines), Direction::SendRecv)
}

#[test]
fn the_first_usable_key_is_taken_and_answered_under_its_tag() {
    let (text, agreed) = answered(&[
        &format!("1 F8_128_HMAC_SHA1_80 inline:{KEY}"),
        &format!("2 AES_CM_128_HMAC_SHA1_32 inline:{KEY}|2^31 WSH=128"),
        &format!("3 AES_CM_128_HMAC_SHA1_80 inline:{KEY}"),
    ])
    .unwrap();
    let keys = agreed.keys.unwrap();
    let counted: Vec<u8> = (0..30).collect();
    assert_eq!((keys.suite, keys.theirs.bytes().as_slice()), (Suite::Sha1_32, counted.as_slice()));
    assert_eq!(keys.ours, Key::new([9; 30]));
    assert!(text.contains("m=audio 20000 RTP/SAVP 8 96\r\n"), "{text}");
    let line = format!("a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:{}\r\n", Key::new([9; 30]).text());
    assert!(text.contains(&line) && text.matches("a=crypto").count() == 1, "{text}");
}

#[test]
fn what_of_a_key_cannot_be_kept_is_refused() {
    for rest in [
        format!("inline:{KEY}|1:4"),
        format!("inline:{KEY}|2^31|1:4"),
        format!("inline:{KEY}|2^19"),
        format!("inline:{KEY}|1000"),
        format!("inline:{KEY}|2^49"),
        format!("inline:{KEY};inline:{KEY}"),
        format!("inline:{KEY} KDR=1"),
        format!("inline:{KEY} UNENCRYPTED_SRTP"),
        format!("inline:{KEY} UNENCRYPTED_SRTCP"),
        format!("inline:{KEY} UNAUTHENTICATED_SRTP"),
        format!("inline:{KEY} SOMETHING_NEW"),
        "inline:AAECAw".into(),
        format!("inline:{KEY}AA"),
        "inline:".into(),
        "inline:****".into(),
        format!("prompt:{KEY}"),
    ] {
        let line = format!("1 AES_CM_128_HMAC_SHA1_80 {rest}");
        assert_eq!(answered(&[&line]).unwrap_err(), Refused::NoKey, "{line}");
    }
    for rest in ["|2^20", "|2^48", "|281474976710656", "= ", " WSH=64 "] {
        let line = format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}{rest}");
        assert!(answered(&[&line]).is_ok(), "{line}");
    }
    assert_eq!(answered(&[]).unwrap_err(), Refused::NoKey);
}

#[test]
fn encryption_is_as_it_was_wanted() {
    let line = format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}");
    let encrypted = offer(&[&line]);
    let refused =
        |srtp, offer: &Description| session(&Codec::ALL, srtp).answer(offer, Direction::SendRecv).unwrap_err();
    assert_eq!(refused(Srtp::Never, &encrypted), Refused::Encrypted);
    assert_eq!(refused(Srtp::Required, &read(PHONE)), Refused::NotEncrypted);
    assert!(session(&Codec::ALL, Srtp::Required).answer(&encrypted, Direction::SendRecv).is_ok());
    let plain =
        session(&Codec::ALL, Srtp::Taken).answer(&read(&format!("{PHONE}a=crypto:{line}\r\n")), Direction::SendRecv);
    assert_eq!(plain.unwrap().1.keys, None, "keys beside plain RTP mean nothing");
    // Both are offered: the encrypted one is better, and the other is turned down.
    let both = format!("{PHONE}m=audio 41000 RTP/SAVP 8\r\na=crypto:{line}\r\n");
    let (text, agreed) = session(&[Codec::Pcma], Srtp::Taken).answer(&read(&both), Direction::SendRecv).unwrap();
    assert!(agreed.keys.is_some() && agreed.remote.port() == 41000);
    assert!(text.contains("m=audio 0 RTP/AVP 0 8 9 107 96\r\nm=audio 20000 RTP/SAVP 8\r\n"), "{text}");
    assert_eq!(session(&[Codec::Pcma], Srtp::Never).answer(&read(&both), Direction::SendRecv).unwrap().1.keys, None);
}

#[test]
fn two_ends_of_ours_have_each_others_keys_and_keep_them_on_hold() {
    let mut ours = session(&Codec::ALL, Srtp::Required);
    let mut theirs = far(&Codec::ALL, Srtp::Taken);
    for direction in [Direction::SendRecv, Direction::SendOnly, Direction::SendRecv] {
        let offer = ours.offer(direction).unwrap();
        let (answer, far) = theirs.answer(&read(&offer), Direction::SendRecv).unwrap();
        let near = ours.accept(&read(&answer)).unwrap();
        let (near, far) = (near.keys.unwrap(), far.keys.unwrap());
        assert_eq!((near.ours, near.theirs, near.suite), (far.theirs, far.ours, far.suite));
        assert_eq!(near.ours, Key::new([9; 30]));
    }
    // An answer under another tag, or with another suite, is none.
    for (from, to) in [("crypto:1", "crypto:2"), ("_80", "_32")] {
        let offer = ours.offer(Direction::SendRecv).unwrap();
        let (answer, _) = theirs.answer(&read(&offer), Direction::SendRecv).unwrap();
        assert_eq!(ours.accept(&read(&answer.replace(from, to))).unwrap_err(), Refused::NoKey);
    }
}

#[test]
fn keys_are_never_shown() {
    let (_, agreed) = answered(&[&format!("1 AES_CM_128_HMAC_SHA1_80 inline:{KEY}")]).unwrap();
    let session = session(&Codec::ALL, Srtp::Required);
    let text = format!("{agreed:?} {session:?}");
    assert!(!text.contains("9, 9") && !text.contains("2, 3") && !text.contains(KEY), "{text}");
    assert_eq!(Key::read(KEY).unwrap().text(), KEY);
}
