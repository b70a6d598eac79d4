//! SIP word for word: what is lost, repeated, taken back, and changed within a call.

use super::ended;
use crate::called_on_both;
use model::contact::Outcome;
use stories::raw::{said, tag};
use stories::{Ear, Exchange, Raw, eventually};

/// A call that stands; the other side's tag.
async fn call(peer: &Raw, port: u16) -> String {
    peer.say(peer.request("INVITE", 1, "", "", &peer.sdp(port, ""))).await;
    let answer = peer.hears("SIP/2.0 200").await;
    peer.say(peer.request("ACK", 1, &tag(&answer), "", "")).await;
    tag(&answer)
}

async fn hang_up(peer: &Raw, exchange: &Exchange, tag: &str, sequence: u32) {
    peer.say(peer.request("BYE", sequence, tag, "", "")).await;
    peer.hears("SIP/2.0 200").await;
    ended(exchange).await;
}

called_on_both! {
    async fn an_answer_that_is_lost_comes_again_and_a_call_that_comes_again_is_one(exchange, "") {
        let ear = Ear::open(300.0);
        let peer = Raw::open(exchange.address()).await;
        let invite = peer.request("INVITE", 1, "", "", &peer.sdp(ear.port(), ""));
        peer.say(&invite).await;
        peer.say(&invite).await;
        let first = peer.hears("SIP/2.0 200").await;
        peer.say(&invite).await;
        // Nobody acknowledges: it is said again, and once more.
        let (second, third) = (peer.hears("SIP/2.0 200").await, peer.hears("SIP/2.0 200").await);
        assert_eq!((tag(&second), tag(&third)), (tag(&first), tag(&first)));
        assert_eq!(second.split_once("\r\n\r\n").unwrap().1, first.split_once("\r\n\r\n").unwrap().1);
        peer.say(peer.request("ACK", 1, &tag(&first), "", "")).await;
        eventually("the greeting is heard", async || ear.hears_something_but(&[300.0]).then_some(())).await;
        hang_up(&peer, &exchange, &tag(&first), 2).await;
        assert_eq!(exchange.contacts().await.len(), 1);
    }

    async fn a_call_that_is_taken_back_at_once_leaves_nobody_waiting(exchange, "") {
        let peer = Raw::open(exchange.address()).await;
        peer.say(peer.request("INVITE", 1, "", "", &peer.sdp(9, ""))).await;
        peer.say(peer.request("CANCEL", 1, "", "", "")).await;
        // Either was quicker: then it is refused as taken back, or it stands and is ended before it is acknowledged.
        let answer = loop {
            let answer = peer.hears("SIP/2.0 ").await;
            if said(&answer, "CSeq").ends_with("INVITE") && !answer.starts_with("SIP/2.0 1") {
                break answer;
            }
        };
        if answer.starts_with("SIP/2.0 200") {
            peer.say(peer.request("BYE", 2, &tag(&answer), "", "")).await;
        } else {
            assert!(answer.starts_with("SIP/2.0 487"), "{answer}");
            let ack = peer.request("ACK", 1, &tag(&answer), "", "");
            peer.say(ack.replace("ACK1;", "INVITE1;")).await;
        }
        // What was taken back may still be on its way in: the program ends when there is nothing of it any more.
        assert!(exchange.server.stop(), "{}", exchange.server.log());
        assert!(db::call::live(exchange.centre.db().read()).await.unwrap().is_empty(), "nobody waits");
        for stored in exchange.contacts().await {
            assert_eq!(stored.contact.outcome, Some(Outcome::Abandoned));
        }
    }

    async fn a_call_that_is_ended_before_it_is_acknowledged_is_over(exchange, "") {
        let peer = Raw::open(exchange.address()).await;
        peer.say(peer.request("INVITE", 1, "", "", &peer.sdp(9, ""))).await;
        let answer = peer.hears("SIP/2.0 200").await;
        peer.say(peer.request("BYE", 2, &tag(&answer), "", "")).await;
        loop {
            let answer = peer.hears("SIP/2.0 200").await;
            if said(&answer, "CSeq").ends_with("BYE") {
                break;
            }
        }
        assert_eq!(ended(&exchange).await.contact.outcome, Some(Outcome::Abandoned));
    }

    async fn a_session_is_no_shorter_than_it_may_be(exchange, "") {
        let ear = Ear::open(300.0);
        let peer = Raw::open(exchange.address()).await;
        let brief = "Supported: timer\r\nx: 30;refresher=uac\r\n";
        peer.say(peer.request("INVITE", 1, "", brief, &peer.sdp(ear.port(), ""))).await;
        let refused = peer.hears("SIP/2.0 422").await;
        assert_eq!(said(&refused, "Min-SE"), "90");
        peer.say(peer.request("ACK", 1, &tag(&refused), "", "").replace("ACK1;", "INVITE1;")).await;
        let enough = "k: timer\r\nSession-Expires: 90;refresher=uac\r\nMin-SE: 90\r\n";
        peer.say(peer.request("INVITE", 2, "", enough, &peer.sdp(ear.port(), ""))).await;
        let answer = peer.hears("SIP/2.0 200").await;
        assert_eq!(said(&answer, "Session-Expires"), "90;refresher=uac");
        peer.say(peer.request("ACK", 2, &tag(&answer), "", "")).await;
        eventually("the greeting is heard", async || ear.hears_something_but(&[300.0]).then_some(())).await;
        // Within the call it is the same.
        peer.say(peer.request("UPDATE", 3, &tag(&answer), brief, "")).await;
        assert_eq!(said(&peer.hears("SIP/2.0 422").await, "Min-SE"), "90");
        peer.say(peer.request("UPDATE", 4, &tag(&answer), enough, "")).await;
        assert_eq!(said(&peer.hears("SIP/2.0 200").await, "Session-Expires"), "90;refresher=uac");
        hang_up(&peer, &exchange, &tag(&answer), 5).await;
        assert_eq!(exchange.contacts().await.len(), 1, "what was refused was no contact");
    }

    async fn a_caller_holds_and_takes_back_by_either_way(exchange, "") {
        let ear = Ear::open(300.0);
        let peer = Raw::open(exchange.address()).await;
        let tag = call(&peer, ear.port()).await;
        eventually("the greeting is heard", async || ear.hears_something_but(&[300.0]).then_some(())).await;
        let held = peer.sdp(ear.port(), "a=sendonly\r\n").replace("o=- 1 1", "o=- 1 2");
        peer.say(peer.request("INVITE", 2, &tag, "", &held)).await;
        let answer = peer.hears("SIP/2.0 200").await;
        assert!(answer.contains("a=recvonly"), "{answer}");
        peer.say(peer.request("ACK", 2, &tag, "", "")).await;
        // On hold nothing is sent: what was under way has come when the next answer is there.
        peer.say(peer.request("UPDATE", 3, &tag, "", &held)).await;
        assert!(peer.hears("SIP/2.0 200").await.contains("a=recvonly"));
        let quiet = ear.packets().len();
        peer.say(peer.request("OPTIONS", 4, &tag, "", "")).await;
        peer.hears("SIP/2.0 200").await;
        assert!(ear.packets().len() <= quiet + 1, "{} {quiet}", ear.packets().len());
        let back = peer.sdp(ear.port(), "a=sendrecv\r\n").replace("o=- 1 1", "o=- 1 3");
        peer.say(peer.request("UPDATE", 5, &tag, "", &back)).await;
        assert!(peer.hears("SIP/2.0 200").await.contains("a=sendrecv"));
        eventually("sound comes again", async || (ear.packets().len() > quiet + 50).then_some(())).await;
        // Whoever offers nothing is offered what is, and may move by their answer.
        let other = Ear::open(300.0);
        peer.say(peer.request("INVITE", 6, &tag, "", "")).await;
        let offer = peer.hears("SIP/2.0 200").await;
        assert!(offer.contains("m=audio") && offer.contains("PCMA/8000"), "{offer}");
        peer.say(peer.request("ACK", 6, &tag, "", &peer.sdp(other.port(), "").replace("o=- 1 1", "o=- 1 4"))).await;
        eventually("sound comes there", async || other.hears_something_but(&[300.0]).then_some(())).await;
        hang_up(&peer, &exchange, &tag, 7).await;
    }

    async fn a_call_without_an_offer_is_offered_something(exchange, "") {
        let ear = Ear::open(300.0);
        let peer = Raw::open(exchange.address()).await;
        peer.say(peer.request("INVITE", 1, "", "", "")).await;
        let offer = peer.hears("SIP/2.0 200").await;
        assert!(offer.contains("m=audio") && offer.contains("PCMA/8000"), "{offer}");
        peer.say(peer.request("ACK", 1, &tag(&offer), "", &peer.sdp(ear.port(), ""))).await;
        eventually("the greeting is heard", async || ear.hears_something_but(&[300.0]).then_some(())).await;
        hang_up(&peer, &exchange, &tag(&offer), 2).await;
    }
}
