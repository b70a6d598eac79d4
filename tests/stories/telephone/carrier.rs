//! Carriers: registered with, asked whether they are there, and what they may do before they answer.

use super::ended;
use crate::called_on_both;
use centre::By;
use model::ContactId;
use model::call::CallState;
use model::contact::Outcome;
use model::user::Staff;
use std::process::{Command, Stdio};
use std::sync::Arc;
use stories::raw::said;
use stories::{Answers, Ear, Exchange, NUMBER, Raw, eventually, sipp};

/// An operator calls a citizen.
async fn calls(exchange: &Exchange, operator: &Arc<Staff>) -> ContactId {
    let letter = stories::letter("gina@posta.example", "Mi chiami, per favore.");
    let accepted = exchange.centre.work(By::Citizen, move |w| Box::pin(centre::intake::accept(w, letter)));
    let case = accepted.await.unwrap().case;
    let called = exchange.centre.work(By::Staff(operator.clone()), move |w| {
        Box::pin(async move { centre::call::call_out(w, case, "333 555 0117").await })
    });
    called.await.unwrap()
}

fn md5(text: &str) -> String {
    use std::io::Write;
    let mut openssl = Command::new("openssl");
    openssl.args(["dgst", "-md5", "-r"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = openssl.spawn().unwrap();
    running.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let said = running.wait_with_output().unwrap();
    String::from_utf8_lossy(&said.stdout).split(' ').next().unwrap().to_owned()
}

/// Whether a request proves this password.
fn proves(request: &str, password: &str) -> bool {
    let header = said(request, "Authorization");
    let word = |name: &str| {
        let value =
            header.split([',', ' ']).find_map(|part| part.trim().strip_prefix(&format!("{name}="))).unwrap_or("");
        value.trim_matches('"').to_owned()
    };
    let one = md5(&format!("0801234:carrier.example:{password}"));
    let other = md5(&format!("REGISTER:{}", word("uri")));
    let counted = [word("nonce"), word("nc"), word("cnonce"), word("qop")].join(":");
    let plain = word("nonce");
    let middle = if word("qop").is_empty() { plain } else { counted };
    word("username") == "0801234" && word("response") == md5(&format!("{one}:{middle}:{other}"))
}

const CHALLENGE: &str =
    "WWW-Authenticate: Digest realm=\"carrier.example\", nonce=\"47ebe028cda119c3\", qop=\"auth\", algorithm=MD5\r\n";

called_on_both! {
    async fn calls_of_a_carrier_that_comes_by_tcp_are_contacts(exchange, "") {
        let head = "Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]\nFrom: <sip:+39061234567@[local_ip]>;tag=[pid]t[call_number]\n";
        let to = format!("To: <sip:{NUMBER}@[remote_ip]:[remote_port]>");
        let end = "Call-ID: [call_id]\nMax-Forwards: 70\n";
        let scenario = format!(
            "<?xml version=\"1.0\"?><!DOCTYPE scenario SYSTEM \"sipp.dtd\"><scenario name=\"tcp\">\n\
             <send><![CDATA[\nINVITE sip:{NUMBER}@[remote_ip]:[remote_port] SIP/2.0\n{head}{to}\nCSeq: 1 INVITE\n{end}\
             Contact: <sip:carrier@[local_ip]:[local_port];transport=[transport]>\nContent-Type: application/sdp\n\
             Content-Length: [len]\n\nv=0\no=- 1 1 IN IP4 [local_ip]\ns=-\nc=IN IP4 [media_ip]\nt=0 0\n\
             m=audio [auto_media_port] RTP/AVP 8\na=rtpmap:8 PCMA/8000\n]]></send>\n\
             <recv response=\"100\" optional=\"true\"/><recv response=\"200\" rrs=\"true\"/>\n\
             <send><![CDATA[\nACK [next_url] SIP/2.0\n{head}{to}[peer_tag_param]\nCSeq: 1 ACK\n{end}Content-Length: 0\n\n]]></send>\n\
             <pause milliseconds=\"500\"/>\n\
             <send><![CDATA[\nBYE [next_url] SIP/2.0\n{head}{to}[peer_tag_param]\nCSeq: 2 BYE\n{end}Content-Length: 0\n\n]]></send>\n\
             <recv response=\"200\"/></scenario>\n"
        );
        let done = sipp::play(exchange.port(), &scenario, &["-t", "t1", "-m", "5", "-l", "3"]).await;
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        eventually("all are written down", async || {
            let contacts = exchange.contacts().await;
            (contacts.len() == 5 && contacts.iter().all(|stored| stored.contact.ended_at.is_some())).then_some(())
        })
        .await;
        for stored in exchange.contacts().await {
            assert_eq!(stored.contact.outcome, Some(Outcome::Abandoned));
            assert_eq!(stored.words.from.as_deref(), Some("+39061234567"));
        }
    }

    async fn a_carrier_is_registered_with_by_the_password_that_is_set(exchange, "") {
        let carrier = Raw::open(exchange.address()).await;
        let trunk = |password: &str| exchange.trunk(&format!(
            "host = \"{}\"\nregister = true\nuser = \"0801234\"\npassword = \"{password}\"", carrier.address()
        ));
        let proven = async |password: &str| loop {
            let request = carrier.hears("REGISTER").await;
            if said(&request, "Authorization").is_empty() {
                carrier.answers(&request, "401 Unauthorized", "a", CHALLENGE, "").await;
            } else if proves(&request, password) {
                break request;
            } else {
                carrier.answers(&request, "403 Forbidden", "a", "", "").await;
            }
        };
        trunk("sbagliata");
        let request = proven("sbagliata").await;
        carrier.answers(&request, "403 Forbidden", "a", "", "").await;
        // The right one is set: it is used at once, and what was registered is taken back with the trunk.
        trunk("s3greto");
        let request = proven("s3greto").await;
        let contact = said(&request, "Contact");
        assert!(contact.contains(&format!("sip:0801234@127.0.0.1:{}", exchange.port())), "{contact}");
        carrier.answers(&request, "200 OK", "a", "Expires: 60\r\n", "").await;
        exchange.server.try_command(&["telephone", "remove", "prova"], "").unwrap();
        loop {
            let request = carrier.hears("REGISTER").await;
            if said(&request, "Expires") == "0" {
                break;
            }
        }
    }

    async fn no_citizen_is_called_by_a_carrier_that_does_not_answer_any_more(exchange, "") {
        let carrier = Raw::open(exchange.address()).await;
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 450, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        exchange.trunk(&format!("host = \"{}\"", carrier.address()));
        let asked = carrier.hears("OPTIONS").await;
        carrier.answers(&asked, "200 OK", "a", "", "").await;
        // It does not answer the next question: when there is one more, it counts as gone.
        let mut before = vec![said(&asked, "Call-ID")];
        while before.len() < 3 {
            let id = said(&carrier.hears("OPTIONS").await, "Call-ID");
            if !before.contains(&id) {
                before.push(id);
            }
        }
        let contact = calls(&exchange, &ada).await;
        let stored = eventually("the call comes to nothing", async || {
            let stored = db::contact::load(exchange.centre.db().read(), contact).await.unwrap().unwrap();
            stored.contact.ended_at.is_some().then_some(stored)
        })
        .await;
        assert_eq!(stored.contact.outcome, Some(Outcome::Failed));
        assert_eq!(stored.contact.answered_at, None);
    }

    async fn a_carrier_asks_for_longer_sessions_and_is_heard_before_it_answers(exchange, "") {
        let (carrier, ear) = (Raw::open(exchange.address()).await, Ear::open(300.0));
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 450, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        exchange.trunk(&format!("host = \"{}\"", carrier.address()));
        carrier.hears("OPTIONS").await;
        let contact = calls(&exchange, &ada).await;
        let invite = carrier.hears("INVITE").await;
        assert_eq!(said(&invite, "Session-Expires"), "1800");
        carrier.answers(&invite, "422 Session Interval Too Small", "a", "Min-SE: 3600\r\n", "").await;
        let again = loop {
            let again = carrier.hears("INVITE").await;
            if said(&again, "Min-SE") == "3600" {
                break again;
            }
        };
        assert_eq!(said(&again, "Session-Expires"), "3600");
        let sdp = carrier.sdp(ear.port(), "");
        carrier.answers(&again, "183 Session Progress", "b", "", &sdp).await;
        // Nobody has answered yet, and the operator is connected with what the carrier plays.
        eventually("the operator is heard", async || ear.hears(450.0).then_some(())).await;
        let state = db::call::load(exchange.centre.db().read(), contact).await.unwrap().unwrap().state;
        assert_ne!(state, Some(CallState::Talking));
        carrier.answers(&again, "200 OK", "b", "Session-Expires: 3600;refresher=uas\r\n", &sdp).await;
        carrier.hears("ACK").await;
        eventually("they talk", async || {
            let call = db::call::load(exchange.centre.db().read(), contact).await.unwrap()?;
            (call.state == Some(CallState::Talking)).then_some(())
        })
        .await;
        assert!(ear.hears(450.0));
        // The carrier hangs up; its request goes where ours came from.
        let bye = carrier.request("BYE", 9, "", "", "");
        let dialog = [("From: ", said(&again, "To") + ";tag=b"), ("To: ", said(&again, "From")), ("Call-ID: ", said(&again, "Call-ID"))];
        let bye: String = bye
            .split("\r\n")
            .map(|line| dialog.iter().find(|(name, _)| line.starts_with(name)).map_or(line.to_owned(), |(name, value)| format!("{name}{value}")))
            .collect::<Vec<_>>()
            .join("\r\n");
        carrier.say(bye).await;
        let stored = ended(&exchange).await;
        assert_eq!(stored.contact.outcome, Some(Outcome::Answered));
    }
}
