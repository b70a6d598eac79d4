//! Limits that hold on every process: how often a code may be guessed, a password tried, a form sent.

use crate::{Centre, Error, Result, Work};
use chrono::TimeDelta;
use model::CaseId;
use sha2::{Digest, Sha256};

/// A limit on one thing: at most `most` within `window`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limit {
    key: String,
    most: u64,
    window: TimeDelta,
}

fn limit(kind: &str, of: &str, most: u64, window: TimeDelta) -> Limit {
    // Addresses of people and networks are kept as a hash: the limits need no more.
    let digest = Sha256::digest(of.as_bytes());
    let short: String = digest.iter().take(12).map(|b| format!("{b:02x}")).collect();
    Limit { key: format!("{kind}:{short}"), most, window }
}

/// Wrong codes for one case from one network address: somebody who misreads theirs has tries enough.
pub(crate) fn code_of_case_from(case: CaseId, from: &str) -> Limit {
    limit("code-case-from", &format!("{case} {from}"), 10, TimeDelta::hours(1))
}
/// Wrong codes for one case from anywhere: 39 bits at 200 an hour are not guessed in a lifetime, and whoever wants to keep
/// its citizen out has to try from many addresses, again and again.
pub(crate) fn code_of_case(case: CaseId) -> Limit {
    limit("code-case", &case.to_string(), 200, TimeDelta::hours(1))
}
/// Wrong codes from one network address, over all cases.
pub(crate) fn code_from(from: &str) -> Limit {
    limit("code-from", from, 30, TimeDelta::minutes(15))
}
/// Codes sent to one mailbox at the wish of one network; whoever lives elsewhere may still ask for theirs.
pub(crate) fn resend_to(address: &str, from: &str) -> Limit {
    limit("resend-to", &format!("{address} {from}"), 3, TimeDelta::hours(1))
}
/// Codes sent to one mailbox at all: it is not flooded from many networks either.
pub(crate) fn resend_to_at_all(address: &str) -> Limit {
    limit("resend-to-all", address, 20, TimeDelta::hours(1))
}
pub(crate) fn resend_from(from: &str) -> Limit {
    limit("resend-from", from, 10, TimeDelta::hours(1))
}
/// Wrong passwords for one login from one network address: five, then a quarter of an hour of rest.
pub(crate) fn login_of_from(login: &str, from: &str) -> Limit {
    limit("login-of-from", &format!("{login} {from}"), 5, TimeDelta::minutes(15))
}
/// Wrong passwords for one login from anywhere: enough that a script elsewhere does not lock the operator out at once.
pub(crate) fn login_of(login: &str) -> Limit {
    limit("login", login, 100, TimeDelta::hours(1))
}
/// Wrong passwords from one network address, over all logins.
pub(crate) fn login_from(from: &str) -> Limit {
    limit("login-from", from, 30, TimeDelta::minutes(15))
}
/// Wrong codes of a second factor for one person from one network address: of a million, five in a quarter of an hour.
pub(crate) fn second_factor_of_from(id: model::UserId, from: &str) -> Limit {
    limit("second-of-from", &format!("{id} {from}"), 5, TimeDelta::minutes(15))
}
/// Wrong codes of a second factor for one person from anywhere. Only who has the password comes so far.
pub(crate) fn second_factor_of(id: model::UserId) -> Limit {
    limit("second-of", &id.to_string(), 20, TimeDelta::hours(1))
}
/// Passwords set with links from one network address: each is hashed, which costs.
pub(crate) fn invitation_from(from: &str) -> Limit {
    limit("invitation-from", from, 30, TimeDelta::minutes(15))
}
/// Letters for a forgotten password at the wish of one network, and for one name.
pub(crate) fn recovery_from(from: &str) -> Limit {
    limit("recovery-from", from, 20, TimeDelta::hours(1))
}
pub(crate) fn recovery_of(typed: &str, from: &str) -> Limit {
    limit("recovery-of", &format!("{typed} {from}"), 3, TimeDelta::hours(1))
}
/// Letters for a forgotten password to one person at all.
pub(crate) fn recovery_to(id: model::UserId) -> Limit {
    limit("recovery-to", &id.to_string(), 10, TimeDelta::hours(1))
}
/// Forms sent to us from one network address: an office behind one address sends many, a script more.
#[must_use]
pub fn form_from(from: &str) -> Limit {
    limit("form-from", from, 30, TimeDelta::minutes(10))
}
/// Calls that one operator makes to numbers outside.
pub(crate) fn calls_by(operator: model::UserId) -> Limit {
    limit("calls-by", &operator.to_string(), 300, TimeDelta::days(1))
}
/// Calls of everybody to numbers outside.
pub(crate) fn calls_out() -> Limit {
    limit("calls-out", "", 20_000, TimeDelta::days(1))
}
/// Promises to call one number back, whoever asks: nobody's telephone is made to ring all day.
pub(crate) fn callback_to(number: &str) -> Limit {
    limit("callback-to", number, 3, TimeDelta::days(1))
}
/// Promises to one caller, whatever numbers they key in.
pub(crate) fn callback_from(number: &str) -> Limit {
    limit("callback-from", number, 5, TimeDelta::days(1))
}
/// Promises to all who call without a number together.
pub(crate) fn callback_hidden() -> Limit {
    limit("callback-hidden", "", 200, TimeDelta::days(1))
}
/// Requests of one token, where it has a limit.
#[must_use]
pub fn token(id: model::TokenId, per_minute: u32) -> Limit {
    limit("token", &id.to_string(), u64::from(per_minute), TimeDelta::minutes(1))
}

/// How a limited caller stands, for `X-RateLimit-*`.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    pub limit: u64,
    pub remaining: u64,
    pub reset: chrono::DateTime<chrono::Utc>,
}

/// Counts one more.
///
/// # Errors
/// [`Error::TooMany`] past the limit.
pub async fn count(work: &Work<'_>, limit: &Limit) -> Result<Standing> {
    let counted = db::throttle::count(work.tx, &limit.key, work.now, limit.window).await?;
    if counted.count > limit.most {
        return Err(Error::TooMany(counted.until));
    }
    Ok(Standing { limit: limit.most, remaining: limit.most - counted.count, reset: counted.until })
}

/// Counts one try under each limit before it is made, so that many at once are not all let through.
///
/// # Errors
/// [`Error::TooMany`] when one of the limits was reached.
pub(crate) async fn before_trying(centre: &Centre, limits: &[Limit]) -> Result<()> {
    let limits = limits.to_vec();
    centre
        .work(crate::By::System, move |w| {
            Box::pin(async move {
                for limit in &limits {
                    count(w, limit).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Takes back the count of a try that succeeded.
pub(crate) async fn succeeded(work: &Work<'_>, limit: &Limit) -> Result<()> {
    Ok(db::throttle::give_back(work.tx, &limit.key).await?)
}

/// Tries at a login that were wrong from anywhere count no more: somebody has set the password anew.
pub(crate) async fn forget_login(work: &Work<'_>, login: &str) -> Result<()> {
    forget(work, &login_of(login)).await
}

/// Begins anew for whoever proved to be right.
pub(crate) async fn forget(work: &Work<'_>, limit: &Limit) -> Result<()> {
    Ok(db::throttle::forget(work.tx, &limit.key).await?)
}
