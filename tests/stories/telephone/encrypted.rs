//! Trunks that encrypt, and codecs of theirs: what is heard has gone both ways through somebody else's program.

use super::recording::{RECORDED, channels, kept, most};
use crate::called_on_both;
use centre::By;
use chrono::TimeDelta;
use model::ContactId;
use model::call::{CallState, Order};
use model::user::Staff;
use std::sync::Arc;
use stories::{Answers, Echo, Exchange, NUMBER, Speaks, eventually};

const ALAW: &str = "PCMA/8000/1";

/// They talk until a few seconds are recorded, and the operator hangs up; what the citizen gave back is the operator's tone.
async fn talked(exchange: &Exchange, operator: &Arc<Staff>, hertz: f32, log: impl Fn() -> String) -> ContactId {
    let talking = eventually("they talk", async || {
        let calls = centre::call::live_of(&exchange.centre, operator.id).await.unwrap();
        let talking = calls.into_iter().find(|call| call.state == Some(CallState::Talking));
        assert!(!log().contains("session closed: 4"), "{}", log());
        talking.map(|call| call.contact)
    })
    .await;
    eventually("they talk for a while", async || {
        let stored = db::contact::load(exchange.centre.db().read(), talking).await.unwrap()?;
        (exchange.centre.now() - stored.contact.answered_at? > TimeDelta::seconds(4)).then_some(())
    })
    .await;
    let by = By::Staff(operator.clone());
    let order = exchange
        .centre
        .work(by, move |w| Box::pin(async move { centre::call::order(w, talking, Order::HangUp).await }));
    order.await.unwrap();
    eventually("the talk is written down", async || {
        let stored = db::contact::load(exchange.centre.db().read(), talking).await.unwrap()?;
        stored.contact.ended_at
    })
    .await;
    let recordings = kept(exchange, talking).await;
    let [citizen, own] = channels(exchange, &recordings[0]).await;
    assert!(most(&own, hertz) > 0.8, "the operator is heard");
    assert!(most(&citizen, hertz) > 0.5, "what was sent came back: {}\n{}", most(&citizen, hertz), log());
    talking
}

/// An operator calls the citizen of a case.
async fn call_citizen(exchange: &Exchange, operator: &Arc<Staff>) {
    let letter = stories::letter("gina@posta.example", "Mi chiami, per favore.");
    let accepted = exchange.centre.work(By::Citizen, move |w| Box::pin(centre::intake::accept(w, letter)));
    let case = accepted.await.unwrap().case;
    let called = exchange.centre.work(By::Staff(operator.clone()), move |w| {
        Box::pin(async move { centre::call::call_out(w, case, "333 555 0117").await })
    });
    called.await.unwrap();
}

called_on_both! {
    async fn a_caller_over_tls_and_an_operator_hear_each_other_and_nobody_else_does(exchange, RECORDED) {
        exchange.trunk("transport = \"tls\"\nfrom = [\"127.0.0.1\"]\nencryption = \"required\"");
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 450, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let whom = format!("sip:{NUMBER}@127.0.0.1:{};transport=tls", exchange.encrypted_port());
        let speaks = Speaks { codec: ALAW, over_tls: Some(&exchange.authority), encrypted: true };
        let echo = Echo::calls(&whom, "+393335550117", speaks);
        talked(&exchange, &ada, 450.0, || echo.log()).await;
        // Whoever would send in the clear is not let in, and no trace of a call is left.
        let plain = Echo::calls(&whom, "+393335550118", Speaks { encrypted: false, ..speaks });
        eventually("plain sound is refused", async || plain.log().contains("488").then_some(())).await;
        assert_eq!(exchange.contacts().await.len(), 1);
    }

    async fn a_citizen_is_called_over_an_encrypted_trunk(exchange, RECORDED) {
        let speaks = Speaks { codec: ALAW, over_tls: Some(&exchange.authority), encrypted: true };
        let echo = Echo::answers("+393335550117", speaks).await;
        exchange.trunk(&format!(
            "transport = \"tls\"\nhost = \"127.0.0.1:{}\"\nfrom = [\"127.0.0.1\"]\nencryption = \"required\"", echo.port()
        ));
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 450, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        call_citizen(&exchange, &ada).await;
        talked(&exchange, &ada, 450.0, || echo.log()).await;
        assert!(echo.log().contains("SRTP is Enabled"), "{}", echo.log());
    }

    async fn a_citizen_who_is_called_and_the_operator_hear_each_other(exchange, RECORDED) {
        let echo = Echo::answers("+393335550117", Speaks { codec: ALAW, over_tls: None, encrypted: false }).await;
        exchange.trunk(&format!("host = \"127.0.0.1:{}\"\nfrom = [\"127.0.0.1\"]", echo.port()));
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 450, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        call_citizen(&exchange, &ada).await;
        talked(&exchange, &ada, 450.0, || echo.log()).await;
    }

    async fn a_caller_who_speaks_g722_alone_is_understood(exchange, RECORDED) {
        let ada = exchange.hire("ada").await;
        let _telephone = exchange.telephone("ada", 450, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let whom = format!("sip:{NUMBER}@127.0.0.1:{}", exchange.port());
        let speaks = Speaks { codec: "G722/16000/1", over_tls: None, encrypted: false };
        let echo = Echo::calls(&whom, "+393335550117", speaks);
        talked(&exchange, &ada, 450.0, || echo.log()).await;
    }
}
