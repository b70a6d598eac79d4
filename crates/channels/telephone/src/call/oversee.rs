//! A supervisor in a talk: listening, whispering to the operator, or speaking with both. Their own device rings first. The
//! operator sees it as long as it lasts; that it may be at all is the service's to say.

use super::Call;
use super::far::{AskedBy, Far, Stands};
use crate::sip::Happening;
use model::UserId;
use model::call::{Overseer as Written, Oversight};
use std::time::Instant;

pub(super) struct Overseer {
    pub(super) who: UserId,
    pub(super) how: Oversight,
    pub(super) far: Far,
}

/// The next thing that happens on their side; never, where there is none.
pub(super) async fn next(overseer: &mut Option<Overseer>) -> Happening {
    match overseer {
        Some(overseer) => overseer.far.next().await,
        None => std::future::pending().await,
    }
}

impl Call {
    /// A supervisor wants to take part, otherwise than before, or no more.
    pub(super) async fn oversee(&mut self) {
        let written = match centre::call::overseer(&self.exchange.centre, self.contact).await {
            Ok(written) => written,
            Err(error) => return tracing::error!(%error, "cannot read who oversees a call"),
        };
        let Some(Written { who, how }) = written.filter(|_| self.is_talking()) else {
            return self.drop_overseer().await;
        };
        if let Some(overseer) = self.overseer.as_mut().filter(|overseer| overseer.who == who) {
            overseer.how = how;
            return self.arrange();
        }
        self.drop_overseer().await;
        match self.ring_overseer(who, how) {
            Some(overseer) => self.overseer = Some(overseer),
            None => self.note_unseen().await,
        }
    }

    /// Their device rings, where they have one that is not in a talk.
    fn ring_overseer(&self, who: UserId, how: Oversight) -> Option<Overseer> {
        let is_busy = |state: &centre::routing::State| state.operator(who).is_some_and(|one| !one.hands.is_empty());
        if self.exchange.switchboard.look(is_busy) {
            return None;
        }
        let binding = self.exchange.registrar.of(who, Instant::now())?;
        let rung = self.ring(&binding, AskedBy::Themselves);
        let far = rung.inspect_err(|why| tracing::warn!(%why, "a supervisor cannot be called")).ok()?;
        Some(Overseer { who, how, far })
    }

    pub(super) async fn overseer_happened(&mut self, happening: Happening) {
        let Some(overseer) = &mut self.overseer else { return };
        match happening {
            Happening::Answered { sdp, .. } if overseer.far.answered(&self.room, &sdp, None) => {
                overseer.far.stands = Stands::Talking;
                self.arrange();
            }
            Happening::Answered { .. } | Happening::Over(_) => {
                self.drop_overseer().await;
                self.note_unseen().await;
            }
            other => overseer.far.side.happened(&self.room, other).await,
        }
    }

    pub(super) async fn drop_overseer(&mut self) {
        if let Some(overseer) = self.overseer.take() {
            overseer.far.end(&self.room).await;
        }
    }

    /// Nobody oversees it any more.
    async fn note_unseen(&self) {
        let id = self.contact;
        self.note(move |w| Box::pin(centre::call::unseen(w, id))).await;
    }
}
