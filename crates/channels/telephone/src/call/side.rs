//! A side of a call: its leg over SIP, its sound in the room, and what the two ends have agreed on.

use crate::exchange::{Invite, peer};
use crate::media::{LegId, Line, Room};
use crate::sdp::{Description, Direction, Session};
use crate::sip::{Happening, Leg, Proposal};
use crate::sound::Codec;
use crate::timer::{self, Asked, Due, SessionExpires, Side as Which, Terms, Timer, TooSmall};
use std::net::IpAddr;
use std::time::Instant;
use tokio::sync::mpsc;

pub(crate) struct Side {
    pub leg: Leg,
    pub happens: mpsc::UnboundedReceiver<Happening>,
    pub media: LegId,
    /// None for a browser, whose descriptions are its line's.
    session: Option<Session>,
    signalled_from: Option<IpAddr>,
    timer: Option<Timer>,
    /// The far end has put us on hold.
    pub holds: bool,
}

impl Side {
    pub(crate) fn of_session(
        leg: Leg,
        happens: mpsc::UnboundedReceiver<Happening>,
        media: LegId,
        session: Session,
        signalled_from: Option<IpAddr>,
    ) -> Self {
        Self { leg, happens, media, session: Some(session), signalled_from, timer: None, holds: false }
    }

    /// The side of whoever asks for a session, in the room already; what they ask of a timer, and our answer.
    pub(crate) fn invited(room: &Room, invite: Invite) -> (Self, Asked, Vec<u8>) {
        let Invite { leg, happens, session, answer, wire, signalled_from, timer, .. } = invite;
        let media = room.join(Line::Wire(Box::new(wire)), true);
        (Self::of_session(leg, happens, media, session, signalled_from), timer, answer.into_bytes())
    }

    pub(crate) fn of_browser(leg: Leg, happens: mpsc::UnboundedReceiver<Happening>, media: LegId) -> Self {
        Self { leg, happens, media, session: None, signalled_from: None, timer: None, holds: false }
    }

    pub(crate) fn signalled_from(&self) -> Option<IpAddr> {
        self.signalled_from
    }

    /// What the far end speaks, where it is a telephone that has said so.
    pub(crate) fn codec(&self) -> Option<Codec> {
        self.session.as_ref()?.agreed().map(|agreed| agreed.codec)
    }

    pub(crate) fn session_mut(&mut self) -> Option<&mut Session> {
        self.session.as_mut()
    }

    /// Agrees on a session timer with whoever asks for a session, or for another; the headers of our answer.
    ///
    /// # Errors
    /// They ask for too short a time.
    pub(crate) fn agree_on_timer(&mut self, asked: &Asked) -> Result<Vec<(&'static str, String)>, TooSmall> {
        let now_refreshing = self.timer.as_ref().map(|timer| timer.agreed().refresher);
        let answered = timer::answer(Terms::default(), asked, now_refreshing)?;
        self.timer = answered.map(|answered| Timer::new(answered.agreed, Instant::now()));
        let Some(answered) = answered else { return Ok(Vec::new()) };
        let mut headers = vec![("Session-Expires", answered.expires.to_string())];
        if answered.require {
            headers.push(("Require", "timer".to_owned()));
        }
        Ok(headers)
    }

    /// Whoever we called has agreed on this.
    pub(crate) fn keep_timer(&mut self, agreed: Option<timer::Agreed>) {
        self.timer = agreed.map(|agreed| Timer::new(agreed, Instant::now()));
    }

    /// Takes what happened that is this side's own matter.
    pub(crate) async fn happened(&mut self, room: &Room, happening: Happening) {
        match happening {
            Happening::Changed(proposal) => self.changed(room, proposal).await,
            Happening::Standing { sdp: Some(sdp) } => self.described(room, &sdp),
            Happening::Standing { sdp: None } => {
                // An offer in our answer that was acknowledged without theirs: what was agreed on before goes on.
                if let Some(session) = &mut self.session {
                    session.withdraw();
                }
            }
            _ => {}
        }
    }

    /// The far end's answer to an offer of ours.
    pub(crate) fn described(&mut self, room: &Room, sdp: &[u8]) {
        match &mut self.session {
            Some(session) => {
                let taken = Description::read(sdp).ok().and_then(|answer| session.accept(&answer).ok());
                if let Some(agreed) = taken {
                    room.aim(self.media, peer(&agreed, self.signalled_from));
                }
            }
            None => room.describe(self.media, String::from_utf8_lossy(sdp).into_owned()),
        }
    }

    /// The far end wants to change the session, or says that it goes on.
    async fn changed(&mut self, room: &Room, proposal: Proposal) {
        let Ok(asked) = proposal.timer else { return proposal.refuse(400, Vec::new()).await };
        let headers = match self.agree_on_timer(&asked) {
            Ok(headers) => headers,
            Err(TooSmall { min_se }) => return proposal.refuse(422, vec![("Min-SE", min_se.to_string())]).await,
        };
        let Some(sdp) = proposal.sdp.clone() else {
            return match self.session.as_mut().filter(|_| proposal.invites).map(|s| s.offer(Direction::SendRecv)) {
                Some(Ok(offer)) => proposal.agree(Some(offer.into_bytes()), headers).await,
                Some(Err(_)) => proposal.refuse(491, Vec::new()).await,
                None => proposal.agree(None, headers).await,
            };
        };
        let Some(session) = &mut self.session else {
            let answer = room.renegotiate(self.media, String::from_utf8_lossy(&sdp).into_owned()).await;
            return match answer {
                Some(answer) => {
                    self.holds = holds(&answer);
                    proposal.agree(Some(answer.into_bytes()), headers).await;
                }
                None => proposal.refuse(488, Vec::new()).await,
            };
        };
        let offer = Description::read(&sdp).ok();
        match offer.map(|offer| session.answer(&offer, Direction::SendRecv)) {
            Some(Ok((answer, agreed))) => {
                room.aim(self.media, peer(&agreed, self.signalled_from));
                // Whoever holds us may send nothing for as long as it lasts.
                room.watch(self.media, agreed.receives);
                self.holds = agreed.held;
                proposal.agree(Some(answer.into_bytes()), headers).await;
            }
            Some(Err(crate::sdp::Refused::Pending)) => proposal.refuse(491, Vec::new()).await,
            Some(Err(_)) | None => proposal.refuse(488, Vec::new()).await,
        }
    }

    /// When its timer is due.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.timer.as_ref().map(|timer| timer.next().0)
    }

    /// Says that the session goes on, where it is ours to say; false when the far end has not said so for too long.
    pub(crate) async fn keep(&mut self, now: Instant) -> bool {
        let Some(timer) = &mut self.timer else { return true };
        match timer.due(now) {
            None => true,
            Some(Due::End) => false,
            Some(Due::Refresh) => {
                let agreed = timer.agreed();
                // What was agreed on is offered again to those who know no UPDATE.
                let again = self.session.as_ref().and_then(Session::repeated);
                let value = SessionExpires { seconds: agreed.interval, refresher: Some(timer::Refresher::Uac) };
                let headers = vec![("Session-Expires", value.to_string()), ("Supported", "timer".to_owned())];
                match self.leg.refresh(headers, again).await {
                    Ok(()) => {
                        let agreed = timer::Agreed { refresher: Which::Us, ..agreed };
                        self.timer = Some(Timer::new(agreed, Instant::now()));
                    }
                    Err(error) => {
                        tracing::debug!(%error, "a session was not refreshed");
                        timer.failed(timer::Failure::Other { retry_after: None }, Instant::now());
                    }
                }
                true
            }
        }
    }
}

/// Whether an answer of ours says that the far end put us on hold.
fn holds(answer: &str) -> bool {
    answer.lines().any(|line| matches!(line.trim(), "a=recvonly" | "a=inactive"))
}
