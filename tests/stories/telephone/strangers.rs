//! Whoever tries passwords.

use crate::called_on_both;
use stories::raw::said;
use stories::{Answers, Raw};

/// A REGISTER for ada's telephone with an answer to this nonce that is no answer.
fn register(peer: &Raw, sequence: u32, nonce: &str) -> String {
    let proof = if nonce.is_empty() {
        String::new()
    } else {
        format!(
            "Authorization: Digest username=\"ada\", realm=\"lineaamica\", nonce=\"{nonce}\", uri=\"sip:803001\", \
             response=\"00000000000000000000000000000000\", qop=auth, nc=00000001, cnonce=\"a{sequence}\", algorithm=MD5\r\n"
        )
    };
    let request = peer.request("REGISTER", sequence, "", &proof, "");
    request.replace("To: <sip:803001@", "To: <sip:ada@").replace("From: <sip:+393335550117@", "From: <sip:ada@")
}

called_on_both! {
    async fn whoever_guesses_a_telephones_password_is_shut_out_and_nobody_else_is(exchange, "") {
        let ada = exchange.hire("ada").await;
        let guesser = Raw::open_at([127, 0, 0, 2].into(), exchange.address()).await;
        guesser.say(register(&guesser, 1, "")).await;
        let mut answer = guesser.hears("SIP/2.0 401").await;
        let mut sequence = 1;
        while !answer.starts_with("SIP/2.0 403") {
            assert!(sequence < 12, "they may go on guessing:\n{answer}");
            let challenge = said(&answer, "WWW-Authenticate");
            let nonce = challenge.split("nonce=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            sequence += 1;
            guesser.say(register(&guesser, sequence, nonce)).await;
            answer = loop {
                let answer = guesser.hears("SIP/2.0 4").await;
                if said(&answer, "CSeq").starts_with(&format!("{sequence} ")) {
                    break answer;
                }
            };
        }
        // Somebody else is asked as before, and ada's own telephone is let in.
        let other = Raw::open_at([127, 0, 0, 3].into(), exchange.address()).await;
        other.say(register(&other, 1, "")).await;
        other.hears("SIP/2.0 401").await;
        let _telephone = exchange.telephone("ada", 450, Answers::AtOnce).await;
        exchange.ready(&ada).await;
    }
}
