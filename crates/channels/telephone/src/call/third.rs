//! Somebody else beside a talk: a colleague or a number outside whom the operator hands the caller on to, asks first, or
//! takes into the talk. Whatever comes of it, the caller hears somebody, or music, and is with somebody in the end.

use super::Call;
use super::far::{AskedBy, Far, Stands, ring_outside};
use super::number::way_to;
use super::operator::Operator;
use crate::media::Program;
use crate::menu;
use crate::sip::{Ending, Happening};
use crate::sound::prompt::Prompt;
use crate::sound::{Rate, tone};
use centre::routing::{Event, Needs, Piece, To, Work, usual_weight};
use model::call::{Beside, BesideState, EndCause, Trouble, Whom};
use model::contact::Channel;
use model::{QueueId, UserId};
use std::time::{Duration, Instant};

/// How long somebody's telephone rings before it counts as not answered.
pub(super) const RINGS: Duration = Duration::from_secs(45);
/// The program that whoever called hears while it rings.
pub(super) const RINGING: u32 = 0;

pub(super) struct Third {
    pub(super) whom: Whom,
    pub(super) far: Far,
    /// All three speak.
    pub(super) joined: bool,
    /// The caller is theirs as soon as they answer.
    at_once: bool,
    /// Until when it rings.
    until: Option<Instant>,
}

/// The next thing that happens on their side; never, where there is none.
pub(super) async fn next(third: &mut Option<Third>) -> Happening {
    match third {
        Some(third) => third.far.next().await,
        None => std::future::pending().await,
    }
}

/// What is heard while somebody's telephone rings.
pub(super) fn ringback() -> Program {
    let pieces = vec![Prompt::as_is(tone::ringback(Rate::Narrow), Rate::Narrow)];
    Program { number: RINGING, pieces, again_and_again: true }
}

impl Third {
    pub(super) fn due(&self) -> Option<Instant> {
        [self.until, self.far.side.due()].into_iter().flatten().min()
    }

    fn speaks(&self) -> bool {
        self.far.stands == Stands::Talking
    }
}

impl Call {
    /// The operator hands the call on, or asks somebody first.
    pub(super) async fn hand_on(&mut self, first_ask: bool) {
        let written = centre::call::beside(&self.exchange.centre, self.contact).await;
        let whom = match written {
            Ok(Some(Beside { whom, state: BesideState::Wanted })) => whom,
            Ok(_) => return,
            Err(error) => return tracing::error!(%error, "cannot read whom a call is handed on to"),
        };
        if let Err(why) = self.try_hand_on(whom, first_ask).await {
            self.not_handed_on(why).await;
        }
    }

    async fn try_hand_on(&mut self, whom: Whom, first_ask: bool) -> Result<(), Trouble> {
        if !self.is_talking() || self.third.is_some() {
            return Err(Trouble::NotFree);
        }
        match whom {
            // Outside, nobody but the caller's telephone company says whether somebody is there: the operator stays until then.
            Whom::Outside(_) => self.ask(whom, !first_ask).await,
            Whom::Operator(_) if first_ask => self.ask(whom, false).await,
            _ => self.give(whom).await,
        }
    }

    /// The operator's own telephone hands the call on; how it went, as a status of SIP.
    pub(super) async fn referred(&mut self, name: &str) -> u16 {
        let Ok(Some(whom)) = centre::call::named(&self.exchange.centre, centre::call::NamedAs(name)).await else {
            self.not_handed_on(Trouble::NoWay).await;
            return 404;
        };
        match self.try_hand_on(whom, false).await {
            Ok(()) => 200,
            Err(why) => {
                self.not_handed_on(why).await;
                603
            }
        }
    }

    async fn not_handed_on(&mut self, why: Trouble) {
        let id = self.contact;
        self.note(move |w| Box::pin(centre::call::not_handed_on(w, id, why))).await;
    }

    /// Gives the call away without asking first.
    async fn give(&mut self, whom: Whom) -> Result<(), Trouble> {
        let (Some(operator), piece) = (self.operator.as_ref().map(|operator| operator.user), self.piece()) else {
            return Err(Trouble::NoWay);
        };
        let (to, trouble) = match &whom {
            Whom::Operator(colleague) => (To::Operator(*colleague), Trouble::NotFree),
            Whom::Queue(queue) => (To::Queue(queue.clone()), Trouble::Closed),
            Whom::Outside(_) => return Err(Trouble::NoWay),
        };
        if !self.has(operator, piece) {
            return Err(Trouble::NoWay);
        }
        self.exchange.switchboard.tell(Event::Transferred { operator, piece, to });
        if self.has(operator, piece) {
            return Err(trouble);
        }
        self.stop_recording();
        self.drop_operator().await;
        let id = self.contact;
        if let Whom::Queue(queue) = &whom {
            self.queue = Some(queue.clone());
            self.work = self.work.take().map(|work| Work { queue: queue.clone(), ..work });
        }
        self.note(move |w| Box::pin(centre::call::handed_on(w, id, whom, false))).await;
        self.wait_again().await;
        Ok(())
    }

    /// The caller waits for somebody else, with music.
    async fn wait_again(&mut self) {
        (self.held, self.muted) = (false, false);
        self.speech.set_music(&self.room, self.caller.media, true);
        self.announce_at = Some(Instant::now() + Duration::from_secs(20));
        self.step(menu::Heard::HandedOn).await;
    }

    pub(super) fn has(&self, operator: UserId, piece: Piece) -> bool {
        self.exchange
            .switchboard
            .look(|state| state.operator(operator).is_some_and(|one| one.hands.contains_key(&piece)))
    }

    /// Calls somebody while the caller waits.
    async fn ask(&mut self, whom: Whom, at_once: bool) -> Result<(), Trouble> {
        let Some(operator) = self.operator.as_ref().map(|operator| (operator.user, operator.far.side.media)) else {
            return Err(Trouble::NoWay);
        };
        let far = match &whom {
            Whom::Operator(colleague) => self.ring_colleague(*colleague)?,
            Whom::Outside(number) => {
                let (trunk, target) = way_to(&self.exchange, &self.service, operator.0, number).await?;
                let codec = self.caller.codec();
                ring_outside(&self.exchange, &trunk, target, codec).map_err(cannot)?
            }
            Whom::Queue(_) => return Err(Trouble::NoWay),
        };
        self.hold(true).await;
        self.room.play(operator.1, ringback());
        let until = Some(Instant::now() + RINGS);
        self.third = Some(Third { whom, far, joined: false, at_once, until });
        self.note_third(Some(BesideState::Ringing)).await;
        Ok(())
    }

    /// A colleague who is ready, and from now on in the talk about this call.
    fn ring_colleague(&self, colleague: UserId) -> Result<Far, Trouble> {
        let binding = self.exchange.registrar.of(colleague, Instant::now()).ok_or(Trouble::NotFree)?;
        let piece = self.talk();
        let work = Work {
            // A talk among colleagues is of no queue: nothing is written up after it, and no wait is reckoned from it.
            queue: QueueId::new(""),
            channel: Channel::Phone,
            weight: usual_weight(Channel::Phone),
            needs: Needs::default(),
            priority: None,
            since: self.exchange.centre.now(),
            owner: None,
        };
        self.exchange.switchboard.tell(Event::Taken { operator: colleague, piece, work });
        if !self.has(colleague, piece) {
            return Err(Trouble::NotFree);
        }
        self.ring(&binding, AskedBy::Another).map_err(|why| {
            self.exchange.switchboard.tell(Event::Gone { piece });
            cannot(why)
        })
    }

    /// The talk about this call, as routing knows it.
    fn talk(&self) -> Piece {
        Piece::Talk(self.contact)
    }

    async fn note_third(&self, state: Option<BesideState>) {
        let whom = self.third.as_ref().map(|third| third.whom.clone());
        let beside = whom.zip(state).map(|(whom, state)| Beside { whom, state });
        let id = self.contact;
        self.note(move |w| Box::pin(centre::call::stand_beside(w, id, beside))).await;
    }

    pub(super) async fn third_happened(&mut self, happening: Happening) {
        let Some(third) = &mut self.third else { return };
        match happening {
            Happening::Ringing { early: Some(sdp) } => {
                let early = third.far.early(&self.room, &sdp);
                if let Some(operator) = self.operator.as_ref().filter(|_| early) {
                    self.room.hush(operator.far.side.media);
                    self.arrange();
                }
            }
            Happening::TooBrief { min_se } => {
                if !third.far.asked_again(&self.exchange, min_se) {
                    self.third_failed(Trouble::NoWay).await;
                }
            }
            Happening::Answered { sdp, session_expires } => {
                if third.far.answered(&self.room, &sdp, session_expires.as_deref()) {
                    self.third_answered().await;
                } else {
                    self.third_failed(Trouble::NoAnswer).await;
                }
            }
            Happening::Over(ending) if !third.speaks() => {
                let trouble = match ending {
                    Ending::Refused(486 | 600) => Trouble::Busy,
                    Ending::Refused(404 | 484 | 604) => Trouble::NoWay,
                    _ => Trouble::NoAnswer,
                };
                self.third_failed(trouble).await;
            }
            Happening::Over(_) => self.third_gone().await,
            other => third.far.side.happened(&self.room, other).await,
        }
    }

    async fn third_answered(&mut self) {
        let Some(third) = &mut self.third else { return };
        third.far.stands = Stands::Talking;
        third.until = None;
        let (media, at_once) = (third.far.side.media, third.at_once);
        self.room.watch(media, true);
        match self.operator.as_ref().map(|operator| operator.far.side.media) {
            Some(operator) => self.room.hush(operator),
            // The operator has left it to them.
            None => {
                self.speaks_outside();
                let id = self.contact;
                return self.note(move |w| Box::pin(centre::call::outside_took(w, id))).await;
            }
        }
        self.arrange();
        self.note_third(Some(BesideState::Consulted)).await;
        if at_once {
            self.hand_over().await;
        }
    }

    /// They could not be reached: the caller is the operator's again, or waits for another.
    async fn third_failed(&mut self, why: Trouble) {
        self.drop_third().await;
        if self.operator.is_none() {
            return self.wait_anew().await;
        }
        self.not_handed_on(why).await;
        self.hold(false).await;
    }

    /// Whoever was beside hangs up.
    async fn third_gone(&mut self) {
        if self.operator.is_none() {
            return self.end(None, EndCause::Done).await;
        }
        self.back_to_two().await;
    }

    /// The caller and the operator alone speak on.
    async fn back_to_two(&mut self) {
        self.drop_third().await;
        self.note_third(None).await;
        // Where all three spoke, nobody is on hold.
        self.hold(false).await;
        self.arrange();
    }

    /// Takes whoever is beside away.
    pub(super) async fn drop_third(&mut self) {
        let Some(third) = self.third.take() else { return };
        third.far.end(&self.room).await;
        if let Some(operator) = &self.operator {
            self.room.hush(operator.far.side.media);
        }
        if matches!(third.whom, Whom::Operator(_)) {
            self.exchange.switchboard.tell(Event::Gone { piece: self.talk() });
        }
    }

    /// Back to the caller, without whoever was asked.
    pub(super) async fn take_back(&mut self) {
        if self.third.is_some() && self.operator.is_some() {
            self.back_to_two().await;
        }
    }

    /// All three speak.
    pub(super) async fn conference(&mut self) {
        let Some(third) = self.third.as_mut().filter(|third| third.far.stands == Stands::Talking) else { return };
        third.joined = true;
        self.hold(false).await;
        self.arrange();
        self.note_third(Some(BesideState::Joined)).await;
    }

    /// Whoever was asked takes the call over; false when it is the operator's still.
    pub(super) async fn hand_over(&mut self) -> bool {
        let Some(third) = self.third.as_ref().filter(|third| third.speaks()) else { return false };
        let Some(operator) = self.operator.as_ref().map(|operator| operator.user) else { return false };
        let whom = third.whom.clone();
        let Whom::Operator(colleague) = whom else {
            self.leave_outside(operator).await;
            return true;
        };
        let (piece, talk) = (self.piece(), self.talk());
        self.exchange.switchboard.tell(Event::HandedOver { piece, to: colleague, instead_of: Some(talk) });
        if !self.has(colleague, piece) {
            self.not_handed_over().await;
            return false;
        }
        self.stop_recording();
        self.drop_operator().await;
        (self.held, self.muted) = (false, false);
        let id = self.contact;
        self.note(move |w| Box::pin(centre::call::handed_on(w, id, whom, true))).await;
        // Routing says that it is theirs; what follows is as with every call that is answered.
        if let Some(third) = self.third.take() {
            let mut far = third.far;
            far.stands = Stands::Taken;
            self.operator = Some(Operator { user: colleague, far });
        }
        self.arrange();
        true
    }

    /// Routing does not let the colleague have it: they speak on with each other.
    async fn not_handed_over(&mut self) {
        let id = self.contact;
        let beside = self.third.as_ref().map(|third| third.whom.clone());
        self.note(move |w| {
            Box::pin(async move {
                centre::call::not_handed_on(w, id, Trouble::NotFree).await?;
                let beside = beside.map(|whom| Beside { whom, state: BesideState::Consulted });
                centre::call::stand_beside(w, id, beside).await
            })
        })
        .await;
    }

    /// The caller speaks on with somebody outside; the operator writes it up.
    async fn leave_outside(&mut self, operator: UserId) {
        let Some(whom) = self.third.as_ref().map(|third| third.whom.clone()) else { return };
        self.stop_recording();
        self.drop_operator().await;
        let piece = self.piece();
        self.exchange.switchboard.tell(Event::Finished { operator, piece });
        let (id, until) = (self.contact, self.wrap_up_until(operator, piece));
        self.note(move |w| Box::pin(centre::call::left_outside(w, id, whom, until))).await;
        self.speaks_outside();
    }

    /// Caller and somebody outside speak with each other; no operator is with them.
    fn speaks_outside(&mut self) {
        (self.held, self.muted) = (false, false);
        self.announce_at = None;
        self.speech.stop(&self.room, self.caller.media);
        self.arrange();
        self.parted = true;
    }

    /// The operator hangs up while somebody is beside: the caller is left to them. False where nobody is.
    pub(super) async fn left_to_third(&mut self, operator: UserId) -> bool {
        if self.hand_over().await {
            return true;
        }
        let Some(third) = &mut self.third else { return false };
        if let Whom::Operator(_) = third.whom {
            let whom = third.whom.clone();
            self.drop_third().await;
            if self.give(whom).await.is_ok() {
                return true;
            }
            // Whoever was to have them is not free: they wait in the queue that they came from, where they came from one.
            let Some(queue) = self.work.as_ref().map(|work| work.queue.clone()) else { return false };
            return self.give(Whom::Queue(queue)).await.is_ok();
        }
        third.at_once = true;
        let whom = third.whom.clone();
        self.stop_recording();
        self.drop_operator().await;
        let piece = self.piece();
        self.exchange.switchboard.tell(Event::Finished { operator, piece });
        let id = self.contact;
        self.note(move |w| Box::pin(centre::call::handed_on(w, id, whom, false))).await;
        true
    }

    /// Nobody outside answered, and no operator is there any more: the caller waits as if never answered, since when they
    /// waited first.
    async fn wait_anew(&mut self) {
        let Some(work) = self.work.clone() else { return self.end(None, EndCause::Unanswered).await };
        let piece = self.piece();
        self.wait_again().await;
        self.exchange.switchboard.tell(Event::Waits { piece, work });
    }

    pub(super) async fn keep_third(&mut self, now: Instant) {
        let Some(third) = &mut self.third else { return };
        if third.until.is_some_and(|until| until <= now) {
            return self.third_failed(Trouble::NoAnswer).await;
        }
        if !third.far.side.keep(now).await {
            self.third_gone().await;
        }
    }
}

fn cannot(why: String) -> Trouble {
    tracing::warn!(%why, "somebody cannot be called beside a talk");
    Trouble::NoWay
}
