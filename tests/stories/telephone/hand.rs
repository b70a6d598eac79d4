//! A talk goes to somebody else: at once, after a word with them, or with all three speaking.

use super::{ended, ended_of};
use crate::called_on_both;
use model::QueueId;
use model::availability::{Standing, Wish};
use model::call::{BesideState, CallState, Order, Overseer, Oversight, Trouble, Whom};
use model::contact::Outcome;
use model::user::Staff;
use model::{ContactId, UserId};
use std::sync::Arc;
use stories::{Answers, Baresip, Caller, Carrier, Exchange, eventually};

/// The talk that an operator has.
async fn talk_of(exchange: &Exchange, operator: &Staff) -> ContactId {
    eventually("the operator talks", async || {
        let calls = centre::call::live_of(&exchange.centre, operator.id).await.unwrap();
        calls.into_iter().find(|call| call.state == Some(CallState::Talking)).map(|call| call.contact)
    })
    .await
}

async fn call(exchange: &Exchange, contact: ContactId) -> db::call::Call {
    db::call::load(exchange.centre.db().read(), contact).await.unwrap().unwrap()
}

/// Somebody of the staff at the desk, beside their telephone.
struct Desk<'a> {
    exchange: &'a Exchange,
    browser: reqwest::Client,
}

impl<'a> Desk<'a> {
    async fn of(exchange: &'a Exchange, staff: &Staff) -> Self {
        Self { exchange, browser: exchange.server.signed_in(&staff.login).await }
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> u16 {
        let url = self.exchange.server.url(path);
        self.browser.post(url).form(fields).send().await.unwrap().status().as_u16()
    }

    /// Hands the talk on, or asks first.
    async fn hand(&self, contact: ContactId, whom: &Whom, how: &str) {
        let (to, number) = match whom {
            Whom::Outside(number) => ("outside".to_owned(), number.as_str()),
            inside => (inside.to_string(), ""),
        };
        let form = [("to", to.as_str()), ("number", number), ("how", how)];
        assert_eq!(self.post(&format!("/desk/chiamata/{contact}/passa"), &form).await, 303);
    }

    async fn order(&self, contact: ContactId, order: Order) {
        assert_eq!(self.post(&format!("/desk/chiamata/{contact}/{order}"), &[]).await, 303);
    }

    /// What a page of theirs says.
    async fn reads(&self, path: &str) -> String {
        self.browser.get(self.exchange.server.url(path)).send().await.unwrap().text().await.unwrap()
    }
}

async fn beside_is(exchange: &Exchange, contact: ContactId, state: Option<BesideState>) {
    eventually("somebody is beside the talk as they should", async || {
        (call(exchange, contact).await.beside.map(|beside| beside.state) == state).then_some(())
    })
    .await;
}

async fn hears(caller: &Caller, what: &str, hertz: f32) {
    eventually(what, async || caller.ear.hears(hertz).then_some(())).await;
}

async fn stands(exchange: &Exchange, operator: UserId) -> Standing {
    centre::availability::of(&exchange.centre, operator).await.unwrap().standing
}

/// An operator at their telephone, in a talk with a caller.
struct Talk {
    ada: Arc<Staff>,
    telephone: Baresip,
    caller: Caller,
    contact: ContactId,
}

impl Talk {
    async fn begin(exchange: &Exchange) -> Self {
        let ada = exchange.hire("ada").await;
        let telephone = exchange.telephone("ada", 440, Answers::AtOnce).await;
        exchange.ready(&ada).await;
        let caller = exchange.dial("+393335550117", 300.0);
        hears(&caller, "the caller hears the operator", 440.0).await;
        let contact = talk_of(exchange, &ada).await;
        Self { ada, telephone, caller, contact }
    }
}

/// Somebody else who is at work, and heard at 520 Hz.
async fn colleague(exchange: &Exchange, roles: &str) -> (Arc<Staff>, Baresip) {
    let bea = exchange.hire_as("bea", roles).await;
    let telephone = exchange.telephone("bea", 520, Answers::AtOnce).await;
    exchange.ready(&bea).await;
    (bea, telephone)
}

called_on_both! {
    async fn whoever_has_handed_a_caller_on_is_ready_when_they_say_so(exchange, "wrap_up_s = 600\n") {
        let talk = Talk::begin(&exchange).await;
        let bea = exchange.hire("bea").await;
        let _telephone = exchange.telephone("bea", 520, Answers::AtOnce).await;
        exchange.ready(&bea).await;
        Desk::of(&exchange, &talk.ada).await.hand(talk.contact, &Whom::Operator(bea.id), "now").await;
        hears(&talk.caller, "bea is heard", 520.0).await;
        eventually("ada writes it up", async || {
            (stands(&exchange, talk.ada.id).await == Standing::WrapUp).then_some(())
        })
        .await;
        exchange.wish(&talk.ada, Wish::Ready).await;
        eventually("ada is ready", async || (stands(&exchange, talk.ada.id).await == Standing::Ready).then_some(())).await;
        // Of a call of her own it is the writing up that is over.
        let contact = talk_of(&exchange, &bea).await;
        talk.caller.hang_up();
        eventually("bea writes it up", async || (stands(&exchange, bea.id).await == Standing::WrapUp).then_some(())).await;
        exchange.wish(&bea, Wish::Ready).await;
        eventually("it is written up", async || call(&exchange, contact).await.state.is_none().then_some(())).await;
    }

    async fn a_colleague_is_asked_first_and_takes_over(exchange, "") {
        let Talk { ada, telephone: _telephone, caller, contact } = Talk::begin(&exchange).await;
        let (bea, _telephone) = colleague(&exchange, "front").await;
        let desk = Desk::of(&exchange, &ada).await;
        let passes = format!("/desk/chiamata/{contact}/passa");
        assert!(desk.reads(&passes).await.contains("<a class=\"b b-3\" href=\"/desk\">"), "of no case yet, one goes back to the desk");
        assert_eq!(desk.post(&passes, &[("how", "ask")]).await, 422);
        desk.hand(contact, &Whom::Operator(bea.id), "ask").await;
        beside_is(&exchange, contact, Some(BesideState::Consulted)).await;
        eventually("the caller hears music", async || {
            caller.ear.hears_something_but(&[440.0, 520.0]).then_some(())
        })
        .await;
        assert_eq!(stands(&exchange, bea.id).await, Standing::Busy, "who is asked is in a talk");
        assert!(desk.reads("/desk/list/unassigned").await.contains(&format!("/desk/chiamata/{contact}/hand-over")));
        assert!(Desk::of(&exchange, &bea).await.reads("/desk/list/unassigned").await.contains("Le chiedono di questa chiamata"));
        desk.order(contact, Order::HandOver).await;
        hears(&caller, "the caller hears the second", 520.0).await;
        let now = call(&exchange, contact).await;
        assert_eq!((now.operator, now.state, now.beside), (Some(bea.id), Some(CallState::Talking), None));
        caller.hang_up();
        let stored = ended(&exchange).await;
        assert_eq!(stored.contact.outcome, Some(Outcome::Answered));
        assert_eq!(stored.contact.operator, Some(bea.id));
    }

    async fn whoever_takes_a_call_over_finds_what_was_noted_for_them(exchange, "") {
        let Talk { ada, telephone: _telephone, caller, contact } = Talk::begin(&exchange).await;
        let (bea, _telephone) = colleague(&exchange, "front").await;
        let desk = Desk::of(&exchange, &ada).await;
        let (passes, to) = (format!("/desk/chiamata/{contact}/passa"), Whom::Operator(bea.id).to_string());
        let long = "a".repeat(20_001);
        let form = |note| [("to", to.as_str()), ("how", "now"), ("note", note)];
        assert_eq!(desk.post(&passes, &form(&long)).await, 422);
        assert_eq!(exchange.contacts().await.first().unwrap().contact.case, None, "what is refused opens nothing");
        assert_eq!(desk.post(&passes, &form("Ha già mandato <due> moduli.")).await, 303);
        hears(&caller, "the caller hears the second", 520.0).await;
        let hers = Desk::of(&exchange, &bea).await;
        let card = hers.reads("/part/desk/chiamata").await;
        let case = card.split("href=\"").find(|rest| rest.starts_with("/desk/case/")).unwrap().split('"').next().unwrap();
        assert!(hers.reads(case).await.contains("Ha già mandato &#60;due&#62; moduli."));
    }

    async fn whoever_was_asked_speaks_with_both_and_the_operator_leaves(exchange, "") {
        let Talk { ada, telephone: _telephone, caller, contact } = Talk::begin(&exchange).await;
        let (bea, _telephone) = colleague(&exchange, "front").await;
        let desk = Desk::of(&exchange, &ada).await;
        desk.hand(contact, &Whom::Operator(bea.id), "ask").await;
        beside_is(&exchange, contact, Some(BesideState::Consulted)).await;
        desk.order(contact, Order::Conference).await;
        eventually("the caller hears both", async || caller.ear.hears_all(&[440.0, 520.0]).then_some(())).await;
        desk.order(contact, Order::HangUp).await;
        hears(&caller, "the caller hears the second alone", 520.0).await;
        assert_eq!(call(&exchange, contact).await.operator, Some(bea.id));
        caller.hang_up();
        assert_eq!(ended(&exchange).await.contact.operator, Some(bea.id));
    }

    async fn a_talk_goes_on_when_its_operator_is_to_have_no_more(exchange, "") {
        let Talk { ada, telephone: _telephone, caller, contact } = Talk::begin(&exchange).await;
        exchange.server.try_command(&["user", "disable", "ada"], "").unwrap();
        // Whoever calls next waits: routing has learnt of it by then.
        let _next = exchange.dial("+393335550118", 350.0);
        eventually("another waits", async || {
            let calls = db::call::live(exchange.centre.db().read()).await.unwrap();
            calls.iter().any(|call| call.state == Some(CallState::Waiting)).then_some(())
        })
        .await;
        let heard = caller.ear.packets().len() + 100;
        eventually("they talk on", async || (caller.ear.packets().len() > heard).then_some(())).await;
        assert!(caller.ear.hears(440.0));
        let now = call(&exchange, contact).await;
        assert_eq!((now.operator, now.state), (Some(ada.id), Some(CallState::Talking)));
        caller.hang_up();
        let stored = ended_of(&exchange, contact).await;
        assert_eq!((stored.contact.outcome, stored.contact.operator), (Some(Outcome::Answered), Some(ada.id)));
        let waits = db::call::live(exchange.centre.db().read()).await.unwrap();
        assert!(waits.iter().any(|call| call.state == Some(CallState::Waiting)), "nobody else is there");
    }

    async fn a_caller_whom_a_colleague_no_longer_can_have_waits_where_they_came_from(exchange, "") {
        let Talk { ada, telephone: _telephone, caller, contact } = Talk::begin(&exchange).await;
        let bea = exchange.hire("bea").await;
        let _other = exchange.telephone("bea", 520, Answers::Never).await;
        exchange.ready(&bea).await;
        let desk = Desk::of(&exchange, &ada).await;
        desk.hand(contact, &Whom::Operator(bea.id), "ask").await;
        beside_is(&exchange, contact, Some(BesideState::Ringing)).await;
        exchange.wish(&bea, Wish::Pause).await;
        desk.order(contact, Order::HangUp).await;
        eventually("the caller waits again", async || {
            let now = call(&exchange, contact).await;
            (now.state == Some(CallState::Waiting) && now.operator.is_none() && now.beside.is_none()).then_some(())
        })
        .await;
        assert!(!caller.is_over());
    }

    async fn an_operator_who_asked_takes_the_caller_back(exchange, "") {
        let Talk { ada, telephone: _telephone, caller, contact } = Talk::begin(&exchange).await;
        let (bea, mut telephone) = colleague(&exchange, "front").await;
        let desk = Desk::of(&exchange, &ada).await;
        for how in ["by a button", "because the other is gone"] {
            desk.hand(contact, &Whom::Operator(bea.id), "ask").await;
            beside_is(&exchange, contact, Some(BesideState::Consulted)).await;
            match how {
                "by a button" => desk.order(contact, Order::TakeBack).await,
                _ => telephone.kill9(),
            }
            beside_is(&exchange, contact, None).await;
            hears(&caller, "the caller hears the operator again", 440.0).await;
            assert_eq!(call(&exchange, contact).await.state, Some(CallState::Talking), "{how}");
            if how == "by a button" {
                eventually("the colleague is free at once", async || {
                    (stands(&exchange, bea.id).await == Standing::Ready).then_some(())
                })
                .await;
            }
        }
        caller.hang_up();
        assert_eq!(ended(&exchange).await.contact.operator, Some(ada.id));
    }

    async fn a_colleague_who_is_not_free_is_not_asked_and_the_talk_goes_on(exchange, "") {
        let Talk { ada, telephone: _telephone, caller, contact } = Talk::begin(&exchange).await;
        let bea = exchange.hire("bea").await;
        let desk = Desk::of(&exchange, &ada).await;
        // Whose case is known has nothing left to say, and talks on.
        assert_eq!(desk.post(&format!("/desk/chiamata/{contact}/caso"), &[("case", "new")]).await, 303);
        assert!(desk.reads(&format!("/desk/chiamata/{contact}")).await.contains("Chiamata in corso"));
        for how in ["ask", "now"] {
            desk.hand(contact, &Whom::Operator(bea.id), how).await;
            eventually("it is said why not", async || {
                let now = call(&exchange, contact).await;
                (now.trouble == Some(Trouble::NotFree) && now.beside.is_none()).then_some(())
            })
            .await;
            assert!(desk.reads("/desk/list/unassigned").await.contains("Non è libero in questo momento"));
        }
        hears(&caller, "the caller hears the operator still", 440.0).await;
        caller.hang_up();
        assert_eq!(ended(&exchange).await.contact.operator, Some(ada.id));
    }

    async fn a_call_goes_to_the_back_office_without_a_word(
        exchange,
        "\n[[queues]]\nid = \"esperti\"\nname = \"Esperti\"\nlevel = \"back\"\n"
    ) {
        let Talk { ada, telephone: _telephone, caller, contact } = Talk::begin(&exchange).await;
        let (eva, _telephone) = colleague(&exchange, "back").await;
        let desk = Desk::of(&exchange, &ada).await;
        desk.hand(contact, &Whom::Queue(QueueId::new("esperti")), "now").await;
        hears(&caller, "the caller hears the back office", 520.0).await;
        let now = call(&exchange, contact).await;
        assert_eq!((now.operator, now.queue), (Some(eva.id), Some(QueueId::new("esperti"))));
        assert_eq!(stands(&exchange, ada.id).await, Standing::WrapUp);
        caller.hang_up();
        assert_eq!(ended(&exchange).await.contact.operator, Some(eva.id));
    }

    async fn a_telephone_hands_its_call_on_by_itself(exchange, "") {
        let Talk { ada: _, telephone, caller, contact } = Talk::begin(&exchange).await;
        let (bea, _telephone) = colleague(&exchange, "front").await;
        telephone.tell("transfer", &format!("sip:bea@{}", exchange.address())).await;
        hears(&caller, "the caller hears the second", 520.0).await;
        assert_eq!(call(&exchange, contact).await.operator, Some(bea.id));
        caller.hang_up();
        assert_eq!(ended(&exchange).await.contact.operator, Some(bea.id));
    }

    async fn a_caller_is_handed_on_to_a_number_outside(exchange, "") {
        let carrier = Carrier::start();
        exchange.trunk(&format!("host = \"127.0.0.1:{}\"\nnumbers = [\"06828881\"]\nfrom = [\"127.0.0.1\"]", carrier.port()));
        let Talk { ada, telephone: _telephone, caller, contact } = Talk::begin(&exchange).await;
        let desk = Desk::of(&exchange, &ada).await;
        desk.hand(contact, &Whom::Outside("+881 6 555 0117".to_owned()), "now").await;
        eventually("a satellite is not called", async || {
            (call(&exchange, contact).await.trouble == Some(Trouble::NotAllowed)).then_some(())
        })
        .await;
        desk.hand(contact, &Whom::Outside("06 555 0123".to_owned()), "now").await;
        // Whoever is outside says again what they hear.
        hears(&caller, "the caller hears themselves, from outside", 300.0).await;
        let stored = ended(&exchange).await;
        assert_eq!((stored.contact.outcome, stored.contact.operator), (Some(Outcome::Answered), Some(ada.id)));
        // Whoever handed the caller on writes it up, while these two talk.
        let now = call(&exchange, contact).await;
        assert_eq!((now.state, now.operator), (Some(CallState::WrapUp), Some(ada.id)));
        let note = [("note", "Passata al distributore.")];
        assert_eq!(desk.post(&format!("/desk/chiamata/{contact}/esito"), &note).await, 303);
        assert!(ended_of(&exchange, contact).await.contact.case.is_some());
        assert!(!caller.is_over());
        caller.hang_up();
    }

    async fn a_supervisor_listens_whispers_and_joins_and_the_operator_sees_it(
        exchange,
        "\n[telephone]\noversight = true\n"
    ) {
        let Talk { ada, telephone: _telephone, caller, contact } = Talk::begin(&exchange).await;
        let sara = exchange.hire_as("sara", "supervisor").await;
        let listening = format!("/desk/squadra/telefono/chiamate/{contact}/listen");
        let unreached = Desk::of(&exchange, &sara).await;
        assert_eq!(unreached.post(&listening, &[]).await, 303);
        assert!(unreached.reads("/desk/squadra/telefono").await.contains("Prima apra il softfono"));
        assert_eq!(call(&exchange, contact).await.overseer, None, "nobody listens whose telephone does not ring");
        assert!(unreached.reads("/desk/softfono").await.contains("Softfono"));
        let _sara = exchange.telephone("sara", 700, Answers::AtOnce).await;
        eventually("a telephone reaches the supervisor", async || {
            centre::availability::of(&exchange.centre, sara.id).await.unwrap().device
        })
        .await;
        let (desk, floor) = (Desk::of(&exchange, &ada).await, Desk::of(&exchange, &sara).await);
        let path = |how: &str| format!("/desk/squadra/telefono/chiamate/{contact}/{how}");
        assert_ne!(desk.post(&path("listen"), &[]).await, 303, "whoever oversees nothing does not listen");
        assert!(floor.reads("/desk/squadra/telefono").await.contains(&path("join")));
        assert_eq!(floor.post(&path("join"), &[]).await, 303);
        eventually("the caller hears both", async || caller.ear.hears_all(&[440.0, 700.0]).then_some(())).await;
        let seen = call(&exchange, contact).await.overseer;
        assert_eq!(seen, Some(Overseer { who: sara.id, how: Oversight::Join }));
        assert!(desk.reads("/desk/list/unassigned").await.contains("parla con tutti e due"));
        assert!(floor.reads("/desk/squadra/telefono").await.contains("Lei parla con tutti e due"));
        for how in ["whisper", "listen"] {
            assert_eq!(floor.post(&path(how), &[]).await, 303);
            hears(&caller, "the caller hears the operator alone", 440.0).await;
        }
        assert_eq!(floor.post(&path("esci"), &[]).await, 303);
        eventually("nobody oversees the talk", async || {
            call(&exchange, contact).await.overseer.is_none().then_some(())
        })
        .await;
        caller.hang_up();
        assert_eq!(ended(&exchange).await.contact.operator, Some(ada.id));
    }

    async fn where_the_service_does_not_let_them_nobody_listens(exchange, "") {
        let Talk { ada: _, telephone: _telephone, caller: _caller, contact } = Talk::begin(&exchange).await;
        let sara = exchange.hire_as("sara", "supervisor").await;
        let floor = Desk::of(&exchange, &sara).await;
        let path = format!("/desk/squadra/telefono/chiamate/{contact}/listen");
        assert!(!floor.reads("/desk/squadra/telefono").await.contains(&path));
        assert_eq!(floor.post(&path, &[]).await, 404);
        assert_eq!(call(&exchange, contact).await.overseer, None);
    }
}
