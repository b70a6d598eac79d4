//! A number outside that an operator dials on their own telephone. The telephone says who it is by its password with each
//! call, and may call what the desk may call for it.

use super::operators::refuse;
use super::{Exchange, Invite};
use crate::call::Call;
use crate::door::Verdict;
use crate::sdp::Srtp;
use crate::sip::Request;
use centre::By;
use centre::call::Outgoing;
use model::UserId;
use std::sync::Arc;
use std::sync::atomic::Ordering;

impl Exchange {
    /// Whose telephone a request comes from, by where it is registered.
    pub(super) fn telephone_of(&self, request: &Request) -> Option<UserId> {
        self.registrar.at(&request.back()?)
    }

    /// Calls the number, if whoever dials is who is registered there.
    pub(super) async fn dial(self: Arc<Self>, request: Request, operator: UserId) {
        match self.door.enter(&request, "Proxy-Authorization").await {
            Ok(Verdict::In(user)) if user == operator => {}
            Ok(Verdict::In(_)) => return request.answer(403, Vec::new()).await,
            Ok(verdict) => return refuse(request, verdict, 407, "Proxy-Authenticate").await,
            Err(error) => {
                tracing::warn!(%error, "cannot look a telephone's account up");
                return request.answer(503, vec![("Retry-After", "5".to_owned())]).await;
            }
        }
        if let Some(status) = self.has_no_room() {
            return request.answer(status, vec![("Retry-After", "30".to_owned())]).await;
        }
        self.beginning.fetch_add(1, Ordering::Relaxed);
        let begun = self.clone().begin_dialled(request, operator).await;
        self.beginning.fetch_sub(1, Ordering::Relaxed);
        if let Some((wanted, invite)) = begun
            && let Some((call, told)) = Call::dialled(self, wanted, invite).await
        {
            call.run(told).await;
        }
    }

    async fn begin_dialled(self: Arc<Self>, request: Request, operator: UserId) -> Option<(Outgoing, Invite)> {
        let number = request.dialled().unwrap_or_default().to_owned();
        let invite = self.invited(request, Srtp::Never).await?;
        match self.dialled_by(operator, number).await {
            Ok(wanted) => Some((wanted, invite)),
            Err(error) => {
                invite.leg.refuse(match error {
                    centre::Error::Invalid(_) => 484,
                    centre::Error::NotFound(_) | centre::Error::Denied(_) => 403,
                    error => {
                        tracing::error!(%error, "a call that was dialled cannot be taken in: it is refused");
                        503
                    }
                });
                None
            }
        }
    }

    async fn dialled_by(&self, operator: UserId, number: String) -> centre::Result<Outgoing> {
        let staff = centre::staff::load(&self.centre, operator).await?.ok_or(centre::Error::NotFound("operator"))?;
        let node = self.centre.node().to_owned();
        let step = centre::call::dial;
        self.centre.work(By::Staff(staff), move |w| Box::pin(async move { step(w, &number, &node).await })).await
    }
}
