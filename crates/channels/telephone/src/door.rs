//! The door: who is let in, and as whom. A request comes from a trunk, by its address, or from somebody of the staff, by
//! the digest of their telephone's password or by the session of the desk that their browser holds. Everybody else is
//! refused, and after a few attempts not even that.

use crate::guard::ban::{Answer, Attempt, Ban, Offence, Rules};
use crate::guard::digest::{Algorithm, Credentials, Door as Digest, Ha1, Nonces, Secrets, Settings};
use crate::guard::key::Key;
use crate::guard::source::{Addresses, Asked, Known, Origin, Transport, Trunk as Recognised, networks, origin};
use crate::sip::Request;
use centre::Centre;
use centre::sip_account::{self, REALM};
use chrono::{TimeDelta, Utc};
use model::UserId;
use model::trunk::{Transport as Over, Trunk, same_number};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How long a nonce is answered with.
const NONCE_LIFETIME: TimeDelta = TimeDelta::minutes(2);
/// Nonces that are remembered as used.
const NONCES: usize = 20_000;

/// Who is at the door.
pub struct Door {
    centre: Centre,
    state: Mutex<State>,
}

struct State {
    ban: Ban,
    digest: Digest,
    trunks: Vec<Trunk>,
    recognised: Vec<Recognised<usize>>,
}

/// What is done with a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    In(UserId),
    /// 401 with these challenges, after a moment where somebody is guessing.
    Challenge(Vec<String>, std::time::Duration),
    Forbid,
    /// Nothing at all is answered.
    Silence,
}

impl Door {
    /// A door that lets nobody in but by the accounts of the staff, until it is told of trunks.
    #[must_use]
    pub fn new(centre: Centre, digests: &[crate::settings::Digest]) -> Self {
        let chance = || Key::new(centre.chance().bytes());
        let settings = Settings {
            realm: REALM.to_owned(),
            algorithms: digests.iter().map(|digest| algorithm(*digest)).collect(),
            uncounted: false,
        };
        let digest = Digest::new(settings, Nonces::new(chance(), NONCE_LIFETIME, NONCES));
        let ban = Ban::new(Rules::default(), chance(), Vec::new());
        let state = State { ban, digest, trunks: Vec::new(), recognised: Vec::new() };
        Self { centre, state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The trunks are these from now on.
    pub fn set_trunks(&self, trunks: Vec<Trunk>) {
        let recognised: Vec<Recognised<usize>> = trunks
            .iter()
            .enumerate()
            .filter(|(_, trunk)| trunk.active)
            .map(|(at, trunk)| Recognised { id: at, known: Known::ByAddress(addresses(trunk)) })
            .collect();
        let mut state = self.state();
        state.ban.trust(networks(&recognised));
        (state.trunks, state.recognised) = (trunks, recognised);
    }

    /// The trunk that a request comes from, where it is one of ours; the number called tells trunks of one carrier apart.
    #[must_use]
    pub fn trunk_of(&self, request: &Request) -> Option<Trunk> {
        let source = request.source()?;
        let user = request.dialled().unwrap_or_default();
        let asked = Asked { source, transport: transport(request), user };
        let state = self.state();
        let found = match origin(&state.recognised, &asked) {
            Origin::Trunk(at) => state.trunks.get(at),
            Origin::OneOf(several) => {
                let mut several = several.into_iter().filter_map(|at| state.trunks.get(at));
                let brings = |trunk: &&Trunk| trunk.numbers.iter().any(|number| same_number(number, user));
                several.clone().find(brings).or_else(|| several.next())
            }
            Origin::Unknown => None,
        };
        found.cloned()
    }

    /// Whether anything is read from there at all.
    #[must_use]
    pub fn reads(&self, source: IpAddr) -> bool {
        let attempt = Attempt { source, proven: false, account: None };
        self.state().ban.may(&attempt, self.centre.now()) != Answer::Silence
    }

    /// How many network addresses are shut out.
    #[must_use]
    pub fn banned(&self) -> usize {
        self.state().ban.shut_out(self.centre.now())
    }

    /// Somebody unknown asked for something that only those who are known may have.
    #[must_use]
    pub fn unknown(&self, request: &Request) -> Verdict {
        let Some(source) = request.source() else { return Verdict::Silence };
        let attempt = attempt(request, source, None);
        let mut state = self.state();
        let (answer, events) = state.ban.failed(&attempt, Offence::UnknownSource, self.centre.now());
        tell(&events);
        match answer {
            Answer::Silence => Verdict::Silence,
            _ => Verdict::Forbid,
        }
    }

    /// Compares the digest that a telephone brings.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn enter(&self, request: &Request, header: &str) -> centre::Result<Verdict> {
        let Some(source) = request.source() else { return Ok(Verdict::Silence) };
        let centre = &self.centre;
        let now = centre.now();
        let salt = || centre.chance().bytes::<8>();
        let Some(brought) = request.header(header) else {
            let attempt = attempt(request, source, None);
            let mut state = self.state();
            return Ok(match state.ban.may(&attempt, now) {
                Answer::Silence => Verdict::Silence,
                Answer::Forbid => Verdict::Forbid,
                _ => Verdict::Challenge(state.digest.challenges(false, salt(), now), std::time::Duration::ZERO),
            });
        };
        let Ok(credentials) = Credentials::read(&brought) else {
            return Ok(self.offend(&attempt(request, source, None), Offence::Malformed, salt(), now));
        };
        let name = credentials.username.clone();
        let attempt = attempt(request, source, Some(&name));
        match self.state().ban.may(&attempt, now) {
            Answer::Silence => return Ok(Verdict::Silence),
            Answer::Forbid => return Ok(Verdict::Forbid),
            _ => {}
        }
        let account = sip_account::by_name(centre, &name).await?;
        let secrets = account.as_ref().map(|account| Secrets {
            sha256: Ha1::kept(Algorithm::Sha256, &account.ha1_sha256),
            md5: Ha1::kept(Algorithm::Md5, &account.ha1_md5),
        });
        let entered = {
            let mut state = self.state();
            state.digest.enter(&request.method(), &request.uri(), &credentials, secrets.as_ref(), now)
        };
        match (entered, account) {
            (Ok(()), Some(account)) => {
                self.state().ban.succeeded(&attempt, now);
                Ok(Verdict::In(account.staff))
            }
            (Err(why), _) if !why.counts() => {
                let challenges = self.state().digest.challenges(why.stale(), salt(), now);
                Ok(Verdict::Challenge(challenges, std::time::Duration::ZERO))
            }
            (_, None) => Ok(self.offend(&attempt, Offence::UnknownAccount, salt(), now)),
            (Err(_), Some(_)) => Ok(self.offend(&attempt, Offence::WrongPassword, salt(), now)),
        }
    }

    fn offend(&self, attempt: &Attempt, offence: Offence, salt: [u8; 8], now: chrono::DateTime<Utc>) -> Verdict {
        let mut state = self.state();
        let (answer, events) = state.ban.failed(attempt, offence, now);
        tell(&events);
        match answer {
            Answer::Silence => Verdict::Silence,
            Answer::Forbid => Verdict::Forbid,
            Answer::After(wait) => Verdict::Challenge(state.digest.challenges(false, salt, now), wait),
            Answer::Serve => Verdict::Challenge(state.digest.challenges(false, salt, now), std::time::Duration::ZERO),
        }
    }
}

fn algorithm(digest: crate::settings::Digest) -> Algorithm {
    match digest {
        crate::settings::Digest::Sha256 => Algorithm::Sha256,
        crate::settings::Digest::Md5 => Algorithm::Md5,
    }
}

fn attempt<'a>(request: &Request, source: SocketAddr, account: Option<&'a str>) -> Attempt<'a> {
    Attempt { source: source.ip(), proven: transport(request) != Transport::Udp, account }
}

fn transport(request: &Request) -> Transport {
    match request.transport().to_ascii_uppercase().as_str() {
        "TCP" => Transport::Tcp,
        "TLS" => Transport::Tls,
        "WS" | "WSS" => Transport::WebSocket,
        _ => Transport::Udp,
    }
}

/// Where a trunk calls from: what is written, and its own host where that is an address.
fn addresses(trunk: &Trunk) -> Vec<Addresses> {
    let over = match trunk.transport {
        Over::Udp => Transport::Udp,
        Over::Tcp => Transport::Tcp,
        Over::Tls => Transport::Tls,
    };
    let host = trunk.host.as_deref().map(|host| host.rsplit_once(':').map_or(host, |(host, _)| host).to_owned());
    let all = trunk.from.iter().cloned().chain(host.filter(|_| trunk.from.is_empty()));
    let mut read = Vec::new();
    for net in all {
        match Addresses::read(&net) {
            // A carrier that encrypts does so always; over the others it may come by either.
            Ok(addresses) if over == Transport::Tls => read.push(Addresses { transports: vec![over], ..addresses }),
            Ok(addresses) => read.push(addresses),
            Err(error) => tracing::warn!(trunk = %trunk.id, %error, "an address of a trunk is left out"),
        }
    }
    read
}

/// What somebody does who guesses is told, without who it is.
fn tell(events: &[crate::guard::ban::Event]) {
    for event in events {
        tracing::warn!(?event, "somebody is shut out of the telephone");
    }
}
