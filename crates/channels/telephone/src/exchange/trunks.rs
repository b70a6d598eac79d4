//! Trunks: read, followed, registered with their carriers, and asked whether they are there.

use super::pulse::Change;
use super::{Error, Exchange};
use crate::sip::Target;
use model::TrunkId;
use model::event::Subject;
use model::trunk::{Encryption, Transport, Trunk, same_number};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::{CancellationToken, DropGuard};

/// How often a carrier is asked whether it is there, and how often one that did not answer.
const EVERY: Duration = Duration::from_secs(20);
const SOONER: Duration = Duration::from_secs(5);
/// How long it may take to answer: a question that was lost has been put five times by then.
const PATIENCE: Duration = Duration::from_secs(10);

/// Trunks that are watched and registered as they stand.
type Kept = HashMap<TrunkId, (Trunk, DropGuard)>;

impl Exchange {
    pub(super) async fn read_trunks(&self) -> Result<Vec<Trunk>, Error> {
        let trunks = centre::trunk::all(&self.centre).await?;
        self.door.set_trunks(trunks.clone());
        Ok(trunks)
    }

    /// Registers with carriers, and takes over what is changed of trunks.
    pub(super) async fn keep_trunks(self: Arc<Self>) {
        let mut follower = self.centre.follow(None);
        let mut kept = Kept::new();
        loop {
            match self.read_trunks().await {
                Ok(trunks) => self.keep(trunks, &mut kept),
                Err(error) => tracing::warn!(%error, "cannot read the trunks; trying again at the next change"),
            }
            loop {
                match follower.next().await {
                    Ok(record) if record.subject == Subject::Trunk => break,
                    Ok(_) => {}
                    Err(_) => tokio::time::sleep(Duration::from_secs(1)).await,
                }
            }
        }
    }

    fn keep(self: &Arc<Self>, trunks: Vec<Trunk>, kept: &mut Kept) {
        let has_host = |trunk: &Trunk| trunk.active && trunk.host.is_some();
        let wanted: HashMap<TrunkId, Trunk> =
            trunks.into_iter().filter(has_host).map(|trunk| (trunk.id.clone(), trunk)).collect();
        kept.retain(|id, (trunk, _)| wanted.get(id) == Some(trunk));
        for (id, trunk) in wanted {
            if kept.contains_key(&id) {
                continue;
            }
            let stop = CancellationToken::new();
            tokio::spawn(self.clone().watch(trunk.clone(), stop.clone()));
            if trunk.register {
                tokio::spawn(self.clone().register_with(trunk.clone(), stop.clone()));
            }
            kept.insert(id, (trunk, stop.drop_guard()));
        }
    }

    async fn register_with(self: Arc<Self>, trunk: Trunk, stop: CancellationToken) {
        let account = (trunk.user.clone().unwrap_or_default(), trunk.password.clone().unwrap_or_default());
        let told = |registered: Result<(), String>| match registered {
            Ok(()) => tracing::debug!(trunk = %trunk.id, "registered with a carrier"),
            Err(why) => tracing::warn!(trunk = %trunk.id, %why, "cannot register with a carrier; trying again"),
        };
        if let Err(error) = self.endpoint.keep_registered(&address(&trunk, ""), account, stop, told).await {
            tracing::warn!(trunk = %trunk.id, %error, "cannot register with a carrier");
        }
    }

    /// Asks a carrier again and again whether it is there, until it is another's turn.
    async fn watch(self: Arc<Self>, trunk: Trunk, stop: CancellationToken) {
        let whom = address(&trunk, "");
        loop {
            let answer = tokio::select! {
                () = stop.cancelled() => break,
                answer = tokio::time::timeout(PATIENCE, self.endpoint.ask(&whom)) => answer,
            };
            // What the library answers itself when nobody does.
            let is_there = matches!(answer, Ok(Ok(status)) if !matches!(status, 408 | 503));
            match self.pulses.note(&trunk.id, is_there) {
                Some(Change::Gone) => tracing::warn!(trunk = %trunk.id, "a carrier does not answer: no calls go by it"),
                Some(Change::Back) => tracing::info!(trunk = %trunk.id, "a carrier answers again"),
                None => {}
            }
            tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(if is_there { EVERY } else { SOONER }) => {}
            }
        }
        self.pulses.forget(&trunk.id);
    }
}

impl Exchange {
    /// The trunk by which a citizen is called, and the request that it takes: the one that brings the number that is to be
    /// shown, else the first that takes calls.
    pub(crate) async fn way_out(&self, number: &str, shown: Option<&str>) -> Result<Option<(Trunk, Target)>, Error> {
        let trunks = centre::trunk::all(&self.centre).await?;
        let takes =
            |trunk: &&Trunk| trunk.active && trunk.outgoing && trunk.host.is_some() && !self.pulses.is_gone(&trunk.id);
        let brings =
            |trunk: &&Trunk| shown.is_some_and(|shown| trunk.numbers.iter().any(|number| same_number(number, shown)));
        let trunk = trunks.iter().filter(takes).find(brings).or_else(|| trunks.iter().find(takes));
        let Some(trunk) = trunk.cloned() else { return Ok(None) };
        let own = shown.map(str::to_owned).or_else(|| trunk.numbers.first().cloned()).or_else(|| trunk.user.clone());
        let host = trunk.host.clone().unwrap_or_default();
        let account = trunk.user.clone().zip(trunk.password.clone());
        let target = Target {
            to: address(&trunk, number),
            via: None,
            from: format!("sip:{}@{host}", own.unwrap_or_else(|| "anonymous".to_owned())),
            name: None,
            account,
            headers: Vec::new(),
        };
        Ok(Some((trunk, target)))
    }
}

/// A number as a carrier takes it.
pub(crate) fn address(trunk: &Trunk, number: &str) -> String {
    let host = trunk.host.clone().unwrap_or_default();
    let transport = match trunk.transport {
        Transport::Udp => "",
        Transport::Tcp => ";transport=tcp",
        Transport::Tls => ";transport=tls",
    };
    let user = if number.is_empty() { String::new() } else { format!("{number}@") };
    format!("sip:{user}{host}{transport}")
}

/// Whether sound on a trunk is encrypted.
pub(crate) fn srtp(trunk: &Trunk) -> crate::sdp::Srtp {
    match trunk.encryption {
        Encryption::Never => crate::sdp::Srtp::Never,
        Encryption::Offered => crate::sdp::Srtp::Taken,
        Encryption::Required => crate::sdp::Srtp::Required,
    }
}
