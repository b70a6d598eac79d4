//! Writing down how everybody stands, one after another and in order, away from whoever waits for a step of routing.

use crate::routing::{self, Availability, Doing, Operator, State};
use crate::{By, Centre, availability};
use chrono::{DateTime, Utc};
use model::UserId;
use model::availability::{PauseReason, Standing, Wished};
use model::call::Device;
use std::time::Duration;
use tokio::sync::mpsc;

/// How somebody stands, to be written down.
#[derive(Debug, Clone)]
pub struct Written {
    operator: UserId,
    standing: Standing,
    device: Option<Device>,
    since: DateTime<Utc>,
    pub(super) until: Option<DateTime<Utc>>,
    /// What the centre wishes for them.
    pub(super) wished: Option<Wished>,
}

impl Written {
    pub(super) fn new(operator: UserId, standing: Standing, device: Option<Device>, since: DateTime<Utc>) -> Self {
        Self { operator, standing, device, since, until: None, wished: None }
    }
}

/// What routing shows as a word, and the reason of a pause that nobody asked for.
pub(super) fn standing(shown: &routing::Shown) -> (Standing, Option<PauseReason>) {
    let forced = |availability: &Availability| match availability {
        Availability::Pause(routing::PauseReason::NoAnswer) => Some(PauseReason::NoAnswer),
        _ => None,
    };
    let standing = match &shown.doing {
        Doing::Ready => Standing::Ready,
        Doing::Offered => Standing::Offered,
        Doing::Busy => Standing::Busy,
        Doing::WrapUp => Standing::WrapUp,
        Doing::Pause(reason) => {
            return (Standing::Pause, forced(&Availability::Pause(reason.clone())));
        }
        Doing::Off => Standing::Off,
    };
    (standing, shown.then.as_ref().and_then(forced))
}

/// When what somebody is at ends by itself.
pub(super) fn until(state: &State, operator: &Operator) -> Option<DateTime<Utc>> {
    if let Some((piece, _)) = operator.offer {
        return match state.piece(piece)?.standing {
            routing::Standing::Offered { until, .. } => Some(until),
            _ => None,
        };
    }
    operator.wrap_ups.values().map(|wrap_up| wrap_up.until).max()
}

/// Writes what comes until nobody sends any more.
pub(super) async fn write_down(centre: Centre, mut written: mpsc::UnboundedReceiver<Written>) {
    while let Some(one) = written.recv().await {
        let mut tries = 0;
        // A database that is away for a moment is waited for: the order of what is written must stay.
        while let Err(error) = store(&centre, one.clone()).await {
            tries += 1;
            tracing::warn!(%error, "cannot write down how somebody stands");
            if tries == 20 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }
}

async fn store(centre: &Centre, one: Written) -> crate::Result<()> {
    centre
        .work(By::System, move |w| {
            Box::pin(async move {
                if let Some(wished) = one.wished {
                    availability::wish_for(w, one.operator, wished).await?;
                }
                let stored = db::availability::load(w.tx, one.operator).await?;
                let mut stands = stored.unwrap_or_else(|| availability::Availability::off(one.operator, w.now));
                (stands.standing, stands.since) = (one.standing, one.since);
                (stands.device, stands.until) = (one.device, one.until);
                availability::stand(w, &stands).await
            })
        })
        .await
}
