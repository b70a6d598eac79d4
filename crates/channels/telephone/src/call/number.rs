//! The way to a number outside: whether it may be called, and by which trunk.

use crate::exchange::Exchange;
use crate::guard::outgoing::{Policy, Rules};
use crate::sip::Target;
use model::UserId;
use model::call::Trouble;
use model::service::Service;
use model::trunk::Trunk;

/// Whether a citizen may be called back at this number at all.
pub(super) fn may_be_called(number: &str) -> bool {
    Rules::new(Vec::new()).is_ok_and(|rules| Policy::new(rules).judge(number).is_ok())
}

/// The trunk by which this operator may call this number for the service, and the request that it takes; it counts as a
/// call of theirs.
pub(super) async fn way_to(
    exchange: &Exchange,
    service: &Service,
    by: UserId,
    number: &str,
) -> Result<(Trunk, Target), Trouble> {
    let rules = Rules::new(Vec::new()).map_err(|_| Trouble::NotAllowed)?;
    let dialled = Policy::new(rules).judge(number).map_err(|why| {
        tracing::info!(%why, "a number is not called");
        Trouble::NotAllowed
    })?;
    let shown = service.telephone.outgoing_from.as_deref();
    let way = exchange.way_out(dialled.number.dialled(), shown).await.ok().flatten().ok_or(Trouble::NoWay)?;
    if dialled.counts {
        centre::call::count_out(&exchange.centre, by).await.map_err(|error| match error {
            centre::Error::TooMany(_) => Trouble::NotAllowed,
            error => {
                tracing::error!(%error, "cannot count the calls of today");
                Trouble::NoWay
            }
        })?;
    }
    Ok(way)
}
