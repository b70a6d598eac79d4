//! The rules of offer and answer (RFC 3264).

use super::*;

#[test]
fn an_offer_is_answered_with_one_codec_and_its_keypad_by_the_numbers_of_the_offer() {
    let (text, agreed) = plain(&[Codec::Pcma, Codec::Pcmu]).answer(&read(PHONE), Direction::SendRecv).unwrap();
    assert_eq!(
        text,
        "v=0\r\no=- 42 1 IN IP4 198.51.100.1\r\ns=-\r\nc=IN IP4 198.51.100.1\r\nt=0 0\r\nm=audio 20000 RTP/AVP 8 96\r\n\
         a=rtpmap:8 PCMA/8000\r\na=rtpmap:96 telephone-event/8000\r\na=fmtp:96 0-15\r\na=ptime:20\r\na=sendrecv\r\n"
    );
    assert_eq!((agreed.codec, agreed.sends_as, agreed.ptime, agreed.held), (Codec::Pcma, 8, 30, false));
    assert_eq!(agreed.keypad.unwrap().sends_as, 96);
    assert_eq!(agreed.remote, "192.0.2.7:40000".parse().unwrap());
    assert_eq!(agreed.rtcp, Some("192.0.2.7:40005".parse().unwrap()));
    // The keypad of another clock is none.
    let (text, agreed) = plain(&[Codec::Opus]).answer(&read(PHONE), Direction::SendRecv).unwrap();
    assert!(text.contains("m=audio 20000 RTP/AVP 107\r\na=rtpmap:107 opus/48000/2\r\n"), "{text}");
    assert_eq!((agreed.codec, agreed.keypad), (Codec::Opus, None));
    let (_, agreed) = plain(&[Codec::G722, Codec::Pcma]).answer(&read(PHONE), Direction::SendRecv).unwrap();
    assert_eq!((agreed.codec, agreed.sends_as), (Codec::G722, 9));
}

#[test]
fn other_lines_are_turned_down_in_their_places() {
    let offer = "v=0\r\no=a 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n\
        m=video 5000 RTP/AVP 31 32\r\nm=audio 0 RTP/AVP 0\r\nm=audio 6000 RTP/AVP 0\r\nc=IN IP4 192.0.2.8\r\n\
        m=audio 7000 UDP/TLS/RTP/SAVPF 0\r\nm=image 8000 udptl t38\r\n";
    let (text, agreed) = plain(&Codec::ALL).answer(&read(offer), Direction::SendRecv).unwrap();
    let lines: Vec<&str> = text.split("\r\n").filter(|l| l.starts_with("m=")).collect();
    assert_eq!(
        lines,
        [
            "m=video 0 RTP/AVP 31 32",
            "m=audio 0 RTP/AVP 0",
            "m=audio 20000 RTP/AVP 0",
            "m=audio 0 UDP/TLS/RTP/SAVPF 0",
            "m=image 0 udptl t38"
        ]
    );
    // The line's own address stands before the session's.
    assert_eq!(agreed.remote, "192.0.2.8:6000".parse().unwrap());
    assert_eq!(agreed.rtcp, Some("192.0.2.8:6001".parse().unwrap()));
}

#[test]
fn directions_are_answered_by_the_table_of_rfc_3264() {
    use Direction::{Inactive, RecvOnly, SendOnly, SendRecv};
    for (theirs, wish, ours) in [
        (SendRecv, SendRecv, SendRecv),
        (SendRecv, SendOnly, SendOnly),
        (SendRecv, RecvOnly, RecvOnly),
        (SendRecv, Inactive, Inactive),
        (SendOnly, SendRecv, RecvOnly),
        (SendOnly, SendOnly, Inactive),
        (RecvOnly, SendRecv, SendOnly),
        (RecvOnly, RecvOnly, Inactive),
        (Inactive, SendRecv, Inactive),
    ] {
        let offer = PHONE.replace("a=sendrecv", &format!("a={}", theirs.name()));
        let (text, agreed) = plain(&Codec::ALL).answer(&read(&offer), wish).unwrap();
        assert!(text.ends_with(&format!("a={}\r\n", ours.name())), "{theirs:?} {wish:?}");
        assert_eq!((agreed.sends, agreed.receives), (ours.sends(), ours.receives()));
        assert_eq!(agreed.held, !theirs.receives());
    }
    // At the session; and not at all.
    let offer = PHONE.replace("a=sendrecv\r\n", "").replace("t=0 0\r\n", "t=0 0\r\na=sendonly\r\n");
    assert!(plain(&Codec::ALL).answer(&read(&offer), SendRecv).unwrap().1.held);
    assert!(!plain(&Codec::ALL).answer(&read(&PHONE.replace("a=sendrecv\r\n", "")), SendRecv).unwrap().1.held);
    // The hold of RFC 2543.
    let (text, agreed) =
        plain(&Codec::ALL).answer(&read(&PHONE.replace("c=IN IP4 192.0.2.7", "c=IN IP4 0.0.0.0")), SendRecv).unwrap();
    assert!(agreed.held && !agreed.sends && text.ends_with("a=recvonly\r\n"));
}

#[test]
fn the_session_keeps_its_number_and_raises_the_version_only_with_a_change() {
    let mut ours = plain(&[Codec::Pcma]);
    let (first, _) = ours.answer(&read(PHONE), Direction::SendRecv).unwrap();
    let (again, _) = ours.answer(&read(PHONE), Direction::SendRecv).unwrap();
    assert_eq!(first, again, "a refresh of the session timer changes nothing");
    let held = ours.offer(Direction::SendOnly).unwrap();
    assert_eq!((version(&held), read(&held).session.0), (2, "42".into()));
    assert!(held.contains("m=audio 20000 RTP/AVP 8 96\r\n"), "the numbers of their offer stay: {held}");
    assert!(held.ends_with("a=sendonly\r\n"));
    // They send theirs at the same time.
    assert_eq!(ours.answer(&read(PHONE), Direction::SendRecv).unwrap_err(), Refused::Pending);
    assert_eq!(ours.offer(Direction::SendRecv).unwrap_err(), Refused::Pending);
    let agreed = ours.accept(&read(&PHONE.replace("sendrecv", "recvonly"))).unwrap();
    assert_eq!((agreed.sends, agreed.receives, agreed.held), (true, false, false));
    // Taken back, turned down, and taken back again.
    let back = ours.offer(Direction::SendRecv).unwrap();
    assert_eq!(version(&back), 3);
    ours.withdraw();
    assert!(!ours.agreed().unwrap().receives, "what was agreed goes on");
    assert_eq!(version(&ours.offer(Direction::SendRecv).unwrap()), 3);
    assert!(ours.accept(&read(PHONE)).unwrap().receives);
    assert_eq!(ours.accept(&read(PHONE)).unwrap_err(), Refused::NothingOffered);
}

#[test]
fn an_invite_without_an_offer_gets_it_in_the_200_and_its_answer_in_the_ack() {
    let mut ours = plain(&[Codec::Opus, Codec::G722, Codec::Pcma, Codec::Pcmu]);
    let offer = ours.offer(Direction::SendRecv).unwrap();
    assert!(offer.contains("m=audio 20000 RTP/AVP 96 9 8 0 102 101\r\n"), "{offer}");
    assert!(offer.contains("a=rtpmap:102 telephone-event/48000\r\n") && offer.contains("a=rtcp-mux\r\n"));
    let mut theirs = far(&[Codec::Opus, Codec::Pcmu], Srtp::Never);
    let (answer, far_agreed) = theirs.answer(&read(&offer), Direction::SendRecv).unwrap();
    let agreed = ours.accept(&read(&answer)).unwrap();
    assert_eq!((agreed.codec, agreed.keypad.unwrap().sends_as), (Codec::Opus, 102));
    assert_eq!((agreed.remote, agreed.rtcp), ("203.0.113.2:30000".parse().unwrap(), Some(agreed.remote)));
    assert_eq!((far_agreed.remote, far_agreed.mux, agreed.mux), (local(), true, true));
}

#[test]
fn numbers_may_differ_each_way_and_stay_in_the_next_offer() {
    let mut ours = plain(&[Codec::Opus, Codec::Pcma]);
    ours.offer(Direction::SendRecv).unwrap();
    let answer = "v=0\r\no=a 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\nm=audio 4000 RTP/AVP 111 120 8\r\n\
        a=rtpmap:111 OPUS/48000/2\r\na=rtpmap:120 telephone-event/48000\r\na=fmtp:120 0-9\r\n";
    let agreed = ours.accept(&read(answer)).unwrap();
    assert_eq!((agreed.sends_as, agreed.receives_as), (111, 96));
    let keypad = agreed.keypad.unwrap();
    assert_eq!((keypad.sends_as, keypad.receives_as, keypad.events.to_string().as_str()), (120, 102, "0-9"));
    let held = ours.offer(Direction::Inactive).unwrap();
    assert!(held.contains("m=audio 20000 RTP/AVP 96 102\r\n") && held.contains("a=fmtp:102 0-9\r\n"), "{held}");
}

#[test]
fn a_codec_stays_while_it_is_offered() {
    let mut ours = plain(&[Codec::Pcma, Codec::Pcmu]);
    let only_mu = PHONE.replace("RTP/AVP 0 8 9 107 96", "RTP/AVP 0 96");
    assert_eq!(ours.answer(&read(&only_mu), Direction::SendRecv).unwrap().1.codec, Codec::Pcmu);
    assert_eq!(ours.answer(&read(PHONE), Direction::SendRecv).unwrap().1.codec, Codec::Pcmu);
    let only_a = PHONE.replace("RTP/AVP 0 8 9 107 96", "RTP/AVP 8");
    let agreed = ours.answer(&read(&only_a), Direction::SendRecv).unwrap().1;
    assert_eq!((agreed.codec, agreed.keypad), (Codec::Pcma, None));
}

#[test]
fn early_media_may_come_from_another_machine_than_the_call() {
    let mut ours = plain(&[Codec::Pcma]);
    ours.offer(Direction::SendRecv).unwrap();
    let early = ours.early(&read(&PHONE.replace("c=IN IP4 192.0.2.7", "c=IN IP4 192.0.2.99"))).unwrap();
    assert_eq!(early.remote, "192.0.2.99:40000".parse().unwrap());
    assert_eq!(ours.accept(&read(PHONE)).unwrap().remote, "192.0.2.7:40000".parse().unwrap());
    ours.offer(Direction::SendRecv).unwrap();
    assert!(ours.settle().is_ok(), "a 200 without a body");
    assert_eq!(plain(&[Codec::Pcma]).settle().unwrap_err(), Refused::Mismatch);
}

#[test]
fn ipv6_is_spoken_and_not_mixed_with_ipv4() {
    let six = PHONE.replace("IP4 192.0.2.7", "IP6 2001:db8::7");
    assert_eq!(plain(&Codec::ALL).answer(&read(&six), Direction::SendRecv).unwrap_err(), Refused::Unreachable);
    let mut ours =
        Session::new(2, "[2001:db8::1]:20000".parse().unwrap(), wants(&[Codec::Pcma], Srtp::Never), Key::new([0; 30]));
    let (text, agreed) = ours.answer(&read(&six), Direction::SendRecv).unwrap();
    assert!(text.contains("o=- 1 1 IN IP6 2001:db8::1\r\n") && text.contains("c=IN IP6 2001:db8::1\r\n"), "{text}");
    assert_eq!(agreed.remote, "[2001:db8::7]:40000".parse().unwrap());
    assert_eq!(ours.answer(&read(PHONE), Direction::SendRecv).unwrap_err(), Refused::Unreachable);
}

#[test]
fn what_cannot_be_is_refused_and_says_why() {
    let refused = |offer: &str, codecs: &[Codec]| plain(codecs).answer(&read(offer), Direction::SendRecv).unwrap_err();
    assert_eq!(refused(&PHONE.replace("RTP/AVP 0 8 9 107 96", "RTP/AVP 18 96"), &Codec::ALL), Refused::NoCodec);
    assert_eq!(refused(&PHONE.replace("m=audio", "m=video"), &Codec::ALL), Refused::NoAudio);
    assert_eq!(refused(&PHONE.replace("m=audio 40000", "m=audio 0"), &Codec::ALL), Refused::NoAudio);
    for address in ["224.0.0.1/127", "255.255.255.255", "phone.example"] {
        assert_eq!(
            refused(&PHONE.replace("c=IN IP4 192.0.2.7", &format!("c=IN IP4 {address}")), &Codec::ALL),
            Refused::NoAudio
        );
    }
    assert_eq!(refused("v=0\r\n", &Codec::ALL), Refused::NoAudio);
    for bad in ["", "v=1\r\n", "hello", "v=0\r\nm=audio x RTP/AVP 0\r\n", "v=0\r\nm=audio 1 RTP/\rAVP 0\r\n"] {
        assert!(matches!(Description::read(bad.as_bytes()), Err(Unreadable::Syntax(_))), "{bad}");
    }
    for long in [
        "a=x\r\n".repeat(4000),
        "m=audio 1 RTP/AVP 0\r\n".repeat(17),
        format!("m=audio 1 RTP/AVP{}\r\n", " 0".repeat(65)),
    ] {
        assert_eq!(Description::read(format!("v=0\r\n{long}").as_bytes()), Err(Unreadable::TooLong));
    }
    // Answers that fit no offer.
    let mut ours = plain(&[Codec::Pcma]);
    for (answer, why) in [
        (PHONE.replace("m=audio 40000", "m=audio 0"), Refused::NoAudio),
        (PHONE.replace("RTP/AVP 0 8", "RTP/AVP 0"), Refused::NoCodec),
        (PHONE.replace("RTP/AVP", "RTP/SAVP"), Refused::Mismatch),
        (format!("{PHONE}m=video 0 RTP/AVP 31\r\n"), Refused::Mismatch),
    ] {
        ours.offer(Direction::SendRecv).unwrap();
        assert_eq!(ours.accept(&read(&answer)).unwrap_err(), why);
        assert_eq!(ours.agreed(), None);
    }
}

#[test]
fn events_are_read_and_written() {
    for (text, written) in [
        ("0-15", "0-15"),
        ("0-16", "0-15"),
        ("0-9,11", "0-9,11"),
        ("0,2,4-5,66,70", "0,2,4-5"),
        ("x", "0-15"),
        ("", "0-15"),
    ] {
        assert_eq!(Events::read(text).to_string(), written, "{text}");
    }
    assert!(Events::read("66-70").is_empty() && Events::read("9-3").is_empty());
    assert!(Events::ALL.has(15) && !Events::ALL.has(16) && !Events::ALL.has(255));
}
