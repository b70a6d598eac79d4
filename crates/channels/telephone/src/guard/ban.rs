//! Who is wrong too often is slowed, then shut out for a time that grows, and forgiven as time goes by. It is counted for
//! each source address and for each account, in a memory of fixed size.
//!
//! Three things are kept from whoever wants to do harm with it: a trunk is never shut out; a forged UDP packet cannot shut
//! out an address from which somebody has signed in; and an account is locked only for addresses that it has not signed in
//! from, so that guessing at an operator's password does not take the operator off the telephone.

mod rules;
mod tally;
#[cfg(test)]
mod tests;

pub use rules::Rules;

use super::key::Key;
use super::recent::Recent;
use chrono::{DateTime, Utc};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;
use tally::Tally;

/// A request as the guard sees it.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    pub source: IpAddr,
    /// Whether the source was seen to receive what was sent to it: any request over TCP, TLS or WebSocket. A source address
    /// of UDP can be forged.
    pub proven: bool,
    /// The account that the credentials name, whether it exists or not.
    pub account: Option<&'a str>,
}

/// What was wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offence {
    /// The account exists, the credentials are wrong.
    WrongPassword,
    /// There is no such account.
    UnknownAccount,
    /// A call or a question (INVITE, OPTIONS, …) from an address that belongs to no trunk and no telephone.
    UnknownSource,
    /// It cannot be read.
    Malformed,
}

impl Offence {
    /// Whether it is how scanners begin. A person with a telephone does so by mistake at most once or twice.
    fn scanning(self) -> bool {
        self != Self::WrongPassword
    }
}

/// How a request is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// As it would be without a guard.
    Serve,
    /// The same, after this time.
    After(Duration),
    /// With 403, which tells a person that something is wrong with the telephone.
    Forbid,
    /// Not at all: the transaction is dropped, and a scanner finds nothing here. It goes further than RFC 3261 section
    /// 26.3.2.4, by which a server under attack answers once and not again.
    Silence,
}

/// What is worth a line in the log. Whom it is about is a [`Tag`], no personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// An address is shut out. `times` counts how often, less what was forgiven.
    Banned { source: Tag, ipv6: bool, seconds: u64, times: u32, for_what: Offence },
    /// An account is locked for addresses that it has not signed in from.
    Locked { account: Tag, seconds: u64, times: u32 },
}

/// Stands for an address or an account in the log: the same one has the same tag for as long as the key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag(u32);

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

/// What is known of an address.
#[derive(Debug, Default)]
struct Source {
    tally: Tally,
    /// The ban says nothing, not even 403.
    quiet: bool,
    /// How often 403 was said in this ban.
    told: u32,
    /// When somebody last signed in from there.
    signed_in: Option<DateTime<Utc>>,
}

/// What is known of an account.
#[derive(Debug, Default)]
struct Account {
    tally: Tally,
    /// Where it signed in from lately, the last one last.
    homes: Vec<IpNet>,
}

/// Addresses of one account that are remembered: office, home, a mobile network, and one to spare.
const HOMES: usize = 4;

/// The memory of who was wrong.
#[derive(Debug)]
pub struct Ban {
    rules: Rules,
    key: Key,
    trusted: Vec<IpNet>,
    sources: Recent<IpNet, Source>,
    accounts: Recent<u128, Account>,
    /// Accounts that do not exist are locked like others, or the lock would tell which exist; they are kept apart, so that
    /// invented names do not push out what is known of real ones.
    invented: Recent<u128, Account>,
}

impl Ban {
    /// `trusted` are the addresses of trunks.
    #[must_use]
    pub fn new(rules: Rules, key: Key, trusted: Vec<IpNet>) -> Self {
        let rules = rules.bounded();
        let room = rules.capacity;
        Self {
            rules,
            key,
            trusted,
            sources: Recent::new(room),
            accounts: Recent::new(room),
            invented: Recent::new(room / 4),
        }
    }

    /// Trunks were set anew.
    pub fn trust(&mut self, trusted: Vec<IpNet>) {
        self.trusted = trusted;
    }

    /// Whether a request is looked at, before anything costly is done for it; never [`Answer::After`].
    pub fn may(&mut self, attempt: &Attempt, now: DateTime<Utc>) -> Answer {
        let network = network(attempt.source);
        let trusted = self.trusts(attempt.source);
        if let Some(source) = self.sources.get(&network).filter(|s| !trusted && s.tally.shut(now)) {
            if source.quiet || source.told >= self.rules.told {
                return Answer::Silence;
            }
            source.told = source.told.saturating_add(1);
            return Answer::Forbid;
        }
        let Some(name) = attempt.account.map(|a| self.account(a)) else { return Answer::Serve };
        let locked =
            |account: Option<&mut Account>| account.is_some_and(|a| a.tally.shut(now) && !a.homes.contains(&network));
        if locked(self.accounts.get(&name)) || locked(self.invented.get(&name)) {
            return Answer::Forbid;
        }
        Answer::Serve
    }

    /// A request was wrong: how this one is answered, and what to log.
    pub fn failed(&mut self, attempt: &Attempt, offence: Offence, now: DateTime<Utc>) -> (Answer, Vec<Event>) {
        let mut events = Vec::new();
        let (at_account, wrongs) = self.account_failed(attempt, offence, now, &mut events);
        let (at_source, here) = self.source_failed(attempt, offence, now, &mut events);
        let answer = match (at_source, at_account) {
            (Answer::Serve, Answer::Serve) => self.rules.delay(wrongs.max(here)),
            (Answer::Serve, worse) | (worse, _) => worse,
        };
        (answer, events)
    }

    fn account_failed(
        &mut self,
        attempt: &Attempt,
        offence: Offence,
        now: DateTime<Utc>,
        events: &mut Vec<Event>,
    ) -> (Answer, u32) {
        let Some(name) = attempt.account.map(|a| self.account(a)) else { return (Answer::Serve, 0) };
        let accounts = match offence {
            Offence::WrongPassword => &mut self.accounts,
            Offence::UnknownAccount => &mut self.invented,
            Offence::UnknownSource | Offence::Malformed => return (Answer::Serve, 0),
        };
        let Some(account) = accounts.get_or(&name, Account::default) else { return (Answer::Serve, 0) };
        let wrongs = account.tally.wrong(name, false, now, &self.rules);
        if wrongs >= self.rules.account_attempts {
            let (seconds, times) = account.tally.shut_out(now, &self.rules);
            events.push(Event::Locked { account: tag(name), seconds, times });
        }
        let locked = account.tally.shut(now) && !account.homes.contains(&network(attempt.source));
        (if locked { Answer::Forbid } else { Answer::Serve }, wrongs)
    }

    fn source_failed(
        &mut self,
        attempt: &Attempt,
        offence: Offence,
        now: DateTime<Utc>,
        events: &mut Vec<Event>,
    ) -> (Answer, u32) {
        let network = network(attempt.source);
        let name = attempt.account.map_or(0, |a| self.account(a));
        let trusted = self.trusts(attempt.source);
        let sealed = self.sealed("source", network.to_string().as_bytes());
        let source = if trusted { None } else { self.sources.get_or(&network, Source::default) };
        let Some(source) = source else { return (Answer::Serve, 0) };
        let rules = &self.rules;
        let home = source.signed_in.is_some_and(|at| now.signed_duration_since(at) < rules.home);
        if home && !attempt.proven {
            return (Answer::Serve, 0);
        }
        let wrongs = source.tally.wrong(name, offence.scanning(), now, rules);
        // Twenty telephones behind one address and one of them mistaken: it takes more to shut out all of them.
        let patience = if home { rules.patience_at_home } else { 1 };
        let scanned = source.tally.scanned() >= rules.scans.saturating_mul(patience);
        if scanned || wrongs >= rules.attempts.saturating_mul(patience) {
            let (seconds, times) = source.tally.shut_out(now, rules);
            (source.quiet, source.told) = (scanned, 0);
            let ipv6 = attempt.source.to_canonical().is_ipv6();
            events.push(Event::Banned { source: tag(sealed), ipv6, seconds, times, for_what: offence });
        }
        let answer = match (source.tally.shut(now), source.quiet) {
            (false, _) => Answer::Serve,
            (true, true) => Answer::Silence,
            (true, false) => Answer::Forbid,
        };
        (answer, wrongs)
    }

    /// Somebody signed in: what was wrong with this account from here is forgotten. What was tried with other accounts
    /// stays, or whoever has one account could guess at all others.
    pub fn succeeded(&mut self, attempt: &Attempt, now: DateTime<Utc>) {
        let Some(name) = attempt.account.map(|a| self.account(a)) else { return };
        let network = network(attempt.source);
        if let Some(source) = self.sources.get_or(&network, Source::default) {
            source.signed_in = Some(now);
            source.tally.forget(name);
        }
        if let Some(account) = self.accounts.get_or(&name, Account::default) {
            account.homes.retain(|home| *home != network);
            if account.homes.len() >= HOMES {
                account.homes.remove(0);
            }
            account.homes.push(network);
        }
    }

    /// A person of the administration lets an address in again, as if it had done nothing.
    pub fn pardon(&mut self, source: IpAddr) {
        if let Some(source) = self.sources.get(&network(source)) {
            source.tally = Tally::default();
        }
    }

    /// How many addresses and accounts are remembered; stays under three times the capacity.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.sources.len() + self.accounts.len() + self.invented.len()
    }

    /// How many addresses are shut out now.
    #[must_use]
    pub fn shut_out(&self, now: DateTime<Utc>) -> usize {
        self.sources.values().filter(|source| source.tally.shut(now)).count()
    }

    fn trusts(&self, source: IpAddr) -> bool {
        let source = source.to_canonical();
        self.trusted.iter().any(|net| net.contains(&source))
    }

    /// Names are not kept, only what they are known again by; long ones take no more room than short ones.
    fn account(&self, name: &str) -> u128 {
        self.sealed("account", name.as_bytes())
    }

    fn sealed(&self, of: &str, bytes: &[u8]) -> u128 {
        self.key.seal(of, bytes).into_iter().fold(0, |whole, byte| (whole << 8) | u128::from(byte))
    }
}

/// The part of a seal that goes into the log.
fn tag(seal: u128) -> Tag {
    Tag(u32::try_from(seal >> 96).unwrap_or_default())
}

/// What counts as one source: an IPv4 address, or the /64 that one IPv6 subscriber has (RFC 6177 section 2). An IPv4
/// address written as IPv6 is the IPv4 address.
fn network(source: IpAddr) -> IpNet {
    match source.to_canonical() {
        IpAddr::V4(v4) => IpNet::V4(Ipv4Net::from(v4)),
        IpAddr::V6(v6) => IpNet::V6(Ipv6Net::new(v6, 64).map_or(Ipv6Net::from(v6), |net| net.trunc())),
    }
}
