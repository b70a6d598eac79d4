//! Messages such as RFC 4475 describes, in our own words: odd ones that are right are answered as any other, wrong ones
//! disturb nobody.

use crate::called_on_both;
use stories::raw::said;
use stories::{Exchange, Raw, eventually};

/// An OPTIONS that is as plain as can be.
fn plain(peer: &Raw, n: u32) -> String {
    peer.request("OPTIONS", n, "", "", "")
}

/// Right, however odd: headers in their short forms, in lines of their own, in any case, with blanks where they may be.
fn right(peer: &Raw, n: u32) -> Vec<(&'static str, String)> {
    let own = peer.address();
    let next = |at: u32| n + at;
    let via = |at: u32, name: &str| format!("{name}: SIP/2.0/UDP {own};branch=z9hG4bKtorture{};rport\r\n", next(at));
    let rest = |at: u32| format!("Call-ID: torture{}@{own}\r\nCSeq: {} OPTIONS\r\n", next(at), next(at));
    let line = "OPTIONS sip:803001@127.0.0.1 SIP/2.0\r\n";
    let ends = "Max-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
    vec![
        (
            "short names",
            format!(
                "{line}{}f: <sip:a@{own}>;tag=1\r\nt: <sip:b@127.0.0.1>\r\ni: torture{}@{own}\r\nCSeq: {} OPTIONS\r\nm: <sip:a@{own}>\r\n\
             Max-Forwards: 70\r\nl: 0\r\n\r\n",
                via(0, "v"),
                next(0),
                next(0)
            ),
        ),
        (
            "odd cases",
            format!(
                "{line}{}FROM:   <sip:a@{own}>;tag=1\r\ntO:\t<sip:b@127.0.0.1>\r\ncall-ID:  torture{}@{own}\r\ncseq: {} OPTIONS\r\n\
             mAx-fOrWaRdS:   0070\r\ncontent-length:   0000\r\n\r\n",
                via(1, "VIA"),
                next(1),
                next(1)
            ),
        ),
        (
            "a name with everything in it",
            format!(
                "{line}{}From: \"J \\\"R\\\" \\\\ <sip:x@y>, ;tag=0\" <sip:a@{own}>;tag=1\r\nTo: <sip:b@127.0.0.1>\r\n{}{ends}",
                via(2, "Via"),
                rest(2)
            ),
        ),
        (
            "escapes in addresses",
            format!(
                "OPTIONS sip:sips%3Auser%40example.com@127.0.0.1 SIP/2.0\r\n{}From: <sip:%61l%69ce@{own}>;tag=1\r\nTo: <sip:%75ser@127.0.0.1>\r\n{}{ends}",
                via(3, "Via"),
                rest(3)
            ),
        ),
        (
            "headers that nobody knows",
            format!(
                "{line}{}From: <sip:a@{own}>;tag=1\r\nTo: <sip:b@127.0.0.1>\r\n{}UnknownHeader: \u{442}\u{435}\u{441}\u{442};;,,;=\"\r\nX-Empty:\r\n\
             Accept: application/sdp\r\n{ends}",
                via(4, "Via"),
                rest(4)
            ),
        ),
        (
            "values that are long",
            format!(
                "{line}{}From: \"{}\" <sip:a@{own}>;tag={}\r\nTo: <sip:{}@127.0.0.1>\r\n{}{ends}",
                via(5, "Via"),
                "I have a user name of extreme proportion ".repeat(8),
                "t".repeat(150),
                "longvalue".repeat(20),
                rest(5)
            ),
        ),
        (
            "parameters that nobody knows",
            format!(
                "OPTIONS sip:803001@127.0.0.1;unknownparam;other=%20x SIP/2.0\r\n{}From: <sip:a@{own};x=y>;tag=1;unknown;b=\"c\"\r\n\
             To: <sip:b@127.0.0.1;y>\r\n{}{ends}",
                via(6, "Via"),
                rest(6)
            ),
        ),
        (
            "several ways it came",
            format!(
                "{line}{}Via: SIP/2.0/TCP first.example.com:5060;branch=z9hG4bK.far, SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK.farther\r\n\
             From: <sip:a@{own}>;tag=1\r\nTo: <sip:b@127.0.0.1>\r\n{}{ends}",
                via(7, "Via"),
                rest(7)
            ),
        ),
        (
            "more after its end",
            format!(
                "{line}{}From: <sip:a@{own}>;tag=1\r\nTo: <sip:b@127.0.0.1>\r\n{}{ends}INVITE sip:nobody@127.0.0.1 SIP/2.0\r\n\r\n",
                via(8, "Via"),
                rest(8)
            ),
        ),
    ]
}

/// Wrong in one way each.
fn wrong(peer: &Raw, n: u32) -> Vec<(&'static str, Vec<u8>)> {
    let invite = || peer.request("INVITE", n, "", "", &peer.sdp(9, ""));
    let without = |name: &str| {
        let kept: Vec<String> =
            invite().split("\r\n").filter(|line| !line.starts_with(name)).map(str::to_owned).collect();
        kept.join("\r\n")
    };
    let with = |from: &str, to: &str| {
        let text = invite();
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let length = format!("Content-Length: {}", peer.sdp(9, "").len());
    let mut all: Vec<(&'static str, Vec<u8>)> = [
        ("a length below nothing", with(&length, "Content-Length: -999")),
        ("a length beyond the datagram", with(&length, "Content-Length: 9999")),
        ("two lengths", with(&length, &format!("{length}\r\nContent-Length: 5"))),
        ("no Call-ID", without("Call-ID")),
        ("no From", without("From")),
        ("no To", without("To:")),
        ("no CSeq", without("CSeq")),
        ("no Via", without("Via")),
        ("a number without end", with(&format!("CSeq: {n} INVITE"), "CSeq: 36893488147419103232 INVITE")),
        ("two methods", with(&format!("CSeq: {n} INVITE"), &format!("CSeq: {n} BYE"))),
        ("another version", with("SIP/2.0\r\n", "SIP/7.0\r\n")),
        ("no version", with(" SIP/2.0\r\n", "\r\n")),
        ("an open quote", with("To: <", "To: \"Mr. J. User <")),
        ("an open bracket", with("<sip:raw@", "<<sip:raw@")),
        ("brackets around the address", with("INVITE sip:803001@", "INVITE <sip:803001@")),
        ("blanks in the address", with("INVITE sip:803001@", "INVITE sip:803001 @")),
        ("another scheme", with("INVITE sip:", "INVITE nobodyKnowsThisScheme:")),
        ("a port beyond all", with("Contact: <sip:raw@127.0.0.1:", "Contact: <sip:raw@127.0.0.1:9")),
        ("too far to go", with("Max-Forwards: 70", "Max-Forwards: 300")),
        ("a description that is none", with("v=0", "\u{0}=0")),
        ("an address of another world", with("c=IN IP4", "c=XX IP9")),
        (
            "an answer nobody waits for",
            "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKnone\r\nCall-ID: x\r\nCSeq: 1 INVITE\r\n\r\n"
                .to_owned(),
        ),
        (
            "a status without end",
            "SIP/2.0 4294967301 better not\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKnone\r\n\r\n".to_owned(),
        ),
        ("nothing but ends of lines", "\r\n\r\n\r\n".to_owned()),
        // This is right, and what the library reads of it is not enough for an answer.
        ("blanks wherever they may be", with(&format!("CSeq: {n} INVITE"), &format!("CSeq  :   {n}    INVITE"))),
        ("nothing", String::new()),
    ]
    .map(|(name, text)| (name, text.into_bytes()))
    .into();
    all.push(("noise", (0..1_400_u32).map(|n| u8::try_from(n * 7 % 256).unwrap()).collect()));
    all.push(("a header without end", with("Max-Forwards: 70", &format!("X: {}", "x".repeat(40_000))).into_bytes()));
    all.push(("many headers", with("Max-Forwards: 70\r\n", &"Route: <sip:a@b;lr>\r\n".repeat(1_500)).into_bytes()));
    all
}

/// A plain question has a plain answer: whatever came before did no harm.
async fn answers(peer: &Raw, n: u32) {
    peer.say(plain(peer, n)).await;
    loop {
        let answer = peer.hears("SIP/2.0 200").await;
        if said(&answer, "CSeq") == format!("{n} OPTIONS") {
            return;
        }
    }
}

async fn torture(exchange: &Exchange) {
    let peer = Raw::open(exchange.address()).await;
    let mut unanswered = Vec::new();
    for (at, (name, message)) in right(&peer, 100).into_iter().enumerate() {
        let n = 100 + u32::try_from(at).unwrap();
        peer.say(message).await;
        // A plain question after it is answered for certain.
        let mut answered = false;
        for after in [400 + n * 2, 401 + n * 2] {
            peer.say(plain(&peer, after)).await;
            loop {
                let answer = peer.hears("SIP/2.0").await;
                if said(&answer, "CSeq").split_whitespace().next() == Some(&n.to_string()) {
                    assert!(answer.starts_with("SIP/2.0 200"), "{name}: {answer}");
                    answered = true;
                }
                if said(&answer, "CSeq") == format!("{after} OPTIONS") {
                    break;
                }
            }
        }
        if !answered {
            unanswered.push(name);
        }
    }
    assert_eq!(unanswered, [""; 0], "these have no answer");
    for (at, (_, message)) in wrong(&peer, 200).into_iter().enumerate() {
        peer.say(message).await;
        answers(&peer, 300 + u32::try_from(at).unwrap()).await;
    }
}

called_on_both! {
    async fn odd_messages_are_answered_and_wrong_ones_do_no_harm(exchange, "") {
        let caller = exchange.dial("+393335550117", 300.0);
        eventually("the greeting is heard", async || caller.ear.hears_something_but(&[300.0]).then_some(())).await;
        torture(&exchange).await;
        let heard = caller.ear.packets().len();
        eventually("the caller hears on", async || (caller.ear.packets().len() > heard + 50).then_some(())).await;
        assert!(!caller.is_over());
        let calls = exchange.contacts().await;
        let theirs = calls.iter().filter(|stored| stored.words.from.as_deref() == Some("+393335550117"));
        assert!(theirs.count() >= 1);
        caller.hang_up();
    }
}
