//! Trunks: read, followed, registered with their carriers.

use super::{Error, Exchange};
use crate::sip::Target;
use model::event::Subject;
use model::trunk::{Encryption, Transport, Trunk, same_number};
use std::collections::HashMap;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

impl Exchange {
    pub(super) async fn read_trunks(&self) -> Result<Vec<Trunk>, Error> {
        let trunks = centre::trunk::all(&self.centre).await?;
        self.door.set_trunks(trunks.clone());
        Ok(trunks)
    }

    /// Registers with carriers, and takes over what is changed of trunks.
    pub(super) async fn keep_trunks(self: Arc<Self>) {
        let mut follower = self.centre.follow(None);
        let mut registered: HashMap<String, (Trunk, CancellationToken)> = HashMap::new();
        loop {
            match self.read_trunks().await {
                Ok(trunks) => self.register_with(trunks, &mut registered),
                Err(error) => tracing::warn!(%error, "cannot read the trunks; trying again at the next change"),
            }
            loop {
                match follower.next().await {
                    Ok(record) if record.subject == Subject::Trunk => break,
                    Ok(_) => {}
                    Err(_) => tokio::time::sleep(std::time::Duration::from_secs(1)).await,
                }
            }
        }
    }

    fn register_with(&self, trunks: Vec<Trunk>, registered: &mut HashMap<String, (Trunk, CancellationToken)>) {
        let wanted: HashMap<String, Trunk> = trunks
            .into_iter()
            .filter(|trunk| trunk.active && trunk.register)
            .map(|trunk| (trunk.id.to_string(), trunk))
            .collect();
        registered.retain(|id, (trunk, stop)| {
            let stays = wanted.get(id) == Some(trunk);
            if !stays {
                stop.cancel();
            }
            stays
        });
        for (id, trunk) in wanted {
            if registered.contains_key(&id) {
                continue;
            }
            let stop = CancellationToken::new();
            let (endpoint, kept, name) = (self.endpoint.clone(), stop.clone(), id.clone());
            let account = (trunk.user.clone().unwrap_or_default(), trunk.password.clone().unwrap_or_default());
            let registrar = address(&trunk, "");
            tokio::spawn(async move {
                let told = |registered: Result<(), String>| match registered {
                    Ok(()) => tracing::debug!(trunk = %name, "registered with a carrier"),
                    Err(why) => tracing::warn!(trunk = %name, %why, "cannot register with a carrier; trying again"),
                };
                if let Err(error) = endpoint.keep_registered(&registrar, account, kept, told).await {
                    tracing::warn!(%error, "cannot register with a carrier");
                }
            });
            registered.insert(id, (trunk, stop));
        }
    }
}

impl Exchange {
    /// The trunk by which a citizen is called, and the request that it takes: the one that brings the number that is to be
    /// shown, else the first that takes calls.
    pub(crate) async fn way_out(&self, number: &str, shown: Option<&str>) -> Result<Option<(Trunk, Target)>, Error> {
        let trunks = centre::trunk::all(&self.centre).await?;
        let takes = |trunk: &&Trunk| trunk.active && trunk.outgoing && trunk.host.is_some();
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
