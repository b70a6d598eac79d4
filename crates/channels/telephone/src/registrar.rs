//! The registrar: where each operator's telephone or softphone is reached at the moment (RFC 3261, 10). What is known here
//! is known to this process alone, and again as soon as devices register anew.

use crate::sip::{Address, Request};
use model::UserId;
use model::call::Device;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The shortest and longest time that a device is taken to be there without saying so again.
const LEAST: Duration = Duration::from_secs(30);
const MOST: Duration = Duration::from_secs(3_600);
/// Devices of one person at the most: who registers another puts out the one that was heard of least recently.
const DEVICES_MAX: usize = 4;

/// A device as it is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    pub operator: UserId,
    pub device: Device,
    /// Its address in requests: `sip:op1@192.0.2.7:5062`.
    pub contact: String,
    /// Where requests to it go.
    pub via: Option<Address>,
    /// When it said so last.
    since: Instant,
    until: Instant,
}

/// Who is reached where.
#[derive(Default)]
pub struct Registrar(Mutex<HashMap<UserId, Vec<Binding>>>);

/// What a REGISTER asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// To be reached at this address for so long.
    Bind { contact: String, expires: Duration },
    /// Not to be reached at it, or at none at all.
    Unbind { contact: Option<String> },
    /// Only to hear what is registered.
    Nothing,
    /// A time that is too short (423).
    TooBrief,
}

impl Wanted {
    /// Reads a REGISTER.
    #[must_use]
    pub fn of(request: &Request) -> Self {
        let header = |name: &str| request.header(name);
        Self::read(header("Contact").as_deref(), header("Expires").as_deref())
    }

    fn read(contact: Option<&str>, expires: Option<&str>) -> Self {
        let Some(contact) = contact else { return Self::Nothing };
        let seconds = |text: &str| text.trim().parse::<u64>().ok();
        let general = expires.and_then(seconds);
        if contact.trim() == "*" {
            return Self::Unbind { contact: None };
        }
        let (address, parameters) = match (contact.split_once('<'), contact.split_once('>')) {
            (Some((_, rest)), Some((_, parameters))) => {
                (rest.split_once('>').map_or(rest, |(address, _)| address), parameters)
            }
            // Without brackets, parameters are the header's (RFC 3261, 20.10).
            _ => contact.split_once(';').unwrap_or((contact, "")),
        };
        let own = parameters.split(';').find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("expires").then(|| seconds(value))?
        });
        let contact = address.trim().to_owned();
        match own.or(general).unwrap_or(MOST.as_secs()) {
            0 => Self::Unbind { contact: Some(contact) },
            seconds if seconds < LEAST.as_secs() => Self::TooBrief,
            seconds => Self::Bind { contact, expires: Duration::from_secs(seconds).min(MOST) },
        }
    }
}

impl Registrar {
    fn all(&self) -> MutexGuard<'_, HashMap<UserId, Vec<Binding>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The shortest time, as a 423 names it.
    #[must_use]
    pub fn least() -> u64 {
        LEAST.as_secs()
    }

    /// A device is reached there.
    pub fn bind(
        &self,
        operator: UserId,
        device: Device,
        contact: String,
        via: Option<Address>,
        expires: Duration,
        now: Instant,
    ) {
        let mut all = self.all();
        let bindings = all.entry(operator).or_default();
        bindings.retain(|known| known.contact != contact && known.until > now);
        if bindings.len() == DEVICES_MAX {
            bindings.remove(0);
        }
        bindings.push(Binding { operator, device, contact, via, since: now, until: now + expires });
    }

    /// A device is reached there no more.
    pub fn unbind(&self, operator: UserId, contact: Option<&str>) {
        let mut all = self.all();
        if let Some(bindings) = all.get_mut(&operator) {
            bindings.retain(|known| contact.is_some_and(|contact| known.contact != contact));
        }
    }

    /// Devices of this kind that have not said since then that they are there are reached no more.
    pub fn forget(&self, operator: UserId, device: Device, before: Instant) {
        let mut all = self.all();
        if let Some(bindings) = all.get_mut(&operator) {
            bindings.retain(|known| known.device != device || known.since >= before);
        }
    }

    /// A connection is gone, and with it whoever was reached over it; who that was.
    pub fn gone(&self, via: &Address) -> Vec<UserId> {
        let mut all = self.all();
        let mut gone = Vec::new();
        for (operator, bindings) in all.iter_mut() {
            let before = bindings.len();
            bindings.retain(|known| known.via.as_ref() != Some(via));
            if bindings.len() < before {
                gone.push(*operator);
            }
        }
        gone
    }

    /// Takes out what has not said for too long that it is there; who was reached by it.
    pub fn sweep(&self, now: Instant) -> Vec<UserId> {
        let mut all = self.all();
        let mut gone = Vec::new();
        for (operator, bindings) in all.iter_mut() {
            let before = bindings.len();
            bindings.retain(|known| known.until > now);
            if bindings.len() < before {
                gone.push(*operator);
            }
        }
        all.retain(|_, bindings| !bindings.is_empty());
        gone
    }

    /// Where somebody is reached: at the device that was heard of last.
    #[must_use]
    pub fn of(&self, operator: UserId, now: Instant) -> Option<Binding> {
        self.all().get(&operator)?.iter().rev().find(|known| known.until > now).cloned()
    }

    /// How many devices of this kind are registered.
    #[must_use]
    pub fn count(&self, device: Device, now: Instant) -> usize {
        self.all().values().flatten().filter(|known| known.device == device && known.until > now).count()
    }

    /// Whose device sends from there, if it is registered.
    #[must_use]
    pub fn at(&self, via: &Address) -> Option<UserId> {
        let all = self.all();
        all.values().flatten().find(|known| known.via.as_ref() == Some(via)).map(|known| known.operator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_is_read_in_each_of_its_forms() {
        let bind = |contact: &str, seconds| Wanted::Bind {
            contact: contact.to_owned(),
            expires: Duration::from_secs(seconds),
        };
        let read = Wanted::read;
        assert_eq!(read(Some("<sip:op1@10.0.0.7:5062>;expires=60"), None), bind("sip:op1@10.0.0.7:5062", 60));
        assert_eq!(read(Some("\"Op\" <sip:op1@h;transport=tcp>"), Some("120")), bind("sip:op1@h;transport=tcp", 120));
        assert_eq!(read(Some("sip:op1@h;expires=90"), Some("5")), bind("sip:op1@h", 90));
        assert_eq!(read(Some("<sip:op1@h>"), Some("999999")), bind("sip:op1@h", 3_600));
        assert_eq!(read(Some("*"), Some("0")), Wanted::Unbind { contact: None });
        assert_eq!(read(Some("<sip:a@b>;expires=0"), None), Wanted::Unbind { contact: Some("sip:a@b".to_owned()) });
        assert_eq!(read(Some("<sip:a@b>;expires=5"), None), Wanted::TooBrief);
        assert_eq!(read(None, None), Wanted::Nothing);
    }

    #[test]
    fn the_device_heard_of_last_is_called_and_one_that_is_silent_is_forgotten() {
        let registrar = Registrar::default();
        let (now, who) = (Instant::now(), UserId(1));
        let bind = |contact: &str, device, seconds| {
            registrar.bind(who, device, contact.to_owned(), None, Duration::from_secs(seconds), now);
        };
        bind("sip:desk@a", Device::Telephone, 60);
        bind("sip:web@b", Device::Softphone, 600);
        assert_eq!(registrar.of(who, now).unwrap().contact, "sip:web@b");
        bind("sip:desk@a", Device::Telephone, 60);
        assert_eq!(registrar.of(who, now).unwrap().contact, "sip:desk@a");
        let later = now + Duration::from_secs(90);
        assert_eq!(registrar.sweep(later), [who]);
        assert_eq!(registrar.of(who, later).unwrap().device, Device::Softphone);
        registrar.forget(who, Device::Softphone, now);
        registrar.forget(who, Device::Telephone, later);
        assert_eq!(
            registrar.of(who, later).unwrap().contact,
            "sip:web@b",
            "what said so since then stays, and what is of another kind"
        );
        registrar.unbind(who, None);
        assert_eq!(registrar.of(who, later), None);
    }
}
