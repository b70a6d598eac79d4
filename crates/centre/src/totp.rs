//! Second factors: a code that changes every half minute (TOTP, RFC 6238) beside the password, or one of ten codes kept
//! for when the telephone is lost. A code is accepted once: the last step that was accepted is remembered, and only
//! later ones are taken.

use crate::staff::{Door, signed_in, tell};
use crate::{By, Centre, Error, Result, Work, limits};
use chrono::{DateTime, Utc};
use model::UserId;
use model::problem::Problem;
use model::user::{Role, Roles, Staff};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use totp_rs::{Builder, Secret, Totp};

/// Codes for when the telephone is lost.
pub const RECOVERY_CODES: usize = 10;

/// How somebody stands with their second factor.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// Since when they have one.
    pub since: Option<DateTime<Utc>>,
    /// Codes for a lost telephone that are left.
    pub recovery_left: u64,
    /// A role of theirs wants one.
    pub wanted: bool,
}

/// What is brought into an authenticator program.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// In base32, to be typed where nothing can be scanned.
    pub secret: String,
    /// `otpauth://totp/…`, as the picture says it.
    pub uri: String,
}

/// Six figures, thirty seconds, SHA-1, one step of slack: what every authenticator program does.
fn totp(secret: &str) -> Result<Totp> {
    let broken = |what: String| Error::Storage(db::Error::Other(format!("cannot use a second factor: {what}")));
    let secret = Secret::try_from_base32(secret).map_err(|e| broken(e.to_string()))?;
    Builder::new().with_secret(secret).build().map_err(|e| broken(e.to_string()))
}

fn seconds(now: DateTime<Utc>) -> u64 {
    now.timestamp().unsigned_abs()
}

/// Does a role of theirs want a second factor?
pub(crate) async fn is_wanted_of(work: &Work<'_>, staff: &Staff) -> Result<bool> {
    Ok(staff.roles.any_of(&db::totp::asked_of(work.tx).await?))
}

/// Has somebody a second factor?
pub(crate) async fn has(work: &Work<'_>, id: UserId) -> Result<bool> {
    Ok(db::totp::load(work.tx, id).await?.is_some())
}

/// How somebody whose password fits comes in.
pub(crate) async fn door(centre: &Centre, staff: &Arc<Staff>) -> Result<Door> {
    let db = centre.db().read();
    if db::totp::load(db, staff.id).await?.is_some() {
        return Ok(Door::Code(staff.clone()));
    }
    let wanted = staff.roles.any_of(&db::totp::asked_of(db).await?);
    Ok(if wanted { Door::Enrol(staff.clone()) } else { Door::Open(staff.clone()) })
}

/// How somebody stands.
///
/// # Errors
/// Only those of the database.
pub async fn standing(centre: &Centre, staff: &Staff) -> Result<Standing> {
    let db = centre.db().read();
    let since = db::totp::load(db, staff.id).await?.map(|factor| factor.confirmed_at);
    let recovery_left = if since.is_some() { db::totp::recovery_left(db, staff.id).await? } else { 0 };
    Ok(Standing { since, recovery_left, wanted: staff.roles.any_of(&db::totp::asked_of(db).await?) })
}

/// Somebody sets up a second factor, with the secret that their session holds, or a new one, which it then holds: nobody
/// else who knows the password sees it, and nothing is kept before a code has confirmed it.
///
/// # Errors
/// [`Problem::AlreadyTaken`] for whoever has one.
pub async fn enrol(centre: &Centre, staff: &Staff, held: Option<String>) -> Result<Enrolment> {
    if db::totp::load(centre.db().read(), staff.id).await?.is_some() {
        return Err(Error::field("code", Problem::AlreadyTaken));
    }
    let fresh = || Secret::new(Box::new(centre.inner().chance.bytes::<20>())).to_base32();
    let secret = held.unwrap_or_else(fresh);
    // The issuer stands in both places, as authenticator programs want it (Key URI Format).
    let login = encoded(&staff.login);
    let uri = format!(
        "otpauth://totp/Linea%20Amica:{login}?secret={secret}&issuer=Linea%20Amica&algorithm=SHA1&digits=6&period=30"
    );
    Ok(Enrolment { secret, uri })
}

/// Percent-encodes a part of an address (RFC 3986, unreserved characters stay).
fn encoded(part: &str) -> String {
    let byte = |b: u8| match b {
        b if b.is_ascii_alphanumeric() || b"-._~".contains(&b) => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    part.bytes().map(byte).collect()
}

/// A first code shows that the secret arrived: from now on it is asked for. Returns the codes for when the telephone is
/// lost, which are not kept. `from` is the network address.
///
/// # Errors
/// [`Problem::NoSuchCode`], [`Problem::AlreadyTaken`] for whoever has one; [`Error::TooMany`].
pub async fn confirm(
    centre: &Centre,
    staff: &Arc<Staff>,
    secret: String,
    code: &str,
    from: &str,
) -> Result<Vec<String>> {
    let tries = tries(staff.id, from);
    limits::before_trying(centre, &tries).await?;
    let code = figures(code);
    let id = staff.id;
    centre
        .work(By::Staff(staff.clone()), move |w| {
            Box::pin(async move {
                let step = totp(&secret)?.check(&code, seconds(w.now));
                let step = step.ok_or_else(|| Error::field("code", Problem::NoSuchCode))?;
                if !db::totp::insert(w.tx, id, &secret, step, w.now).await? {
                    return Err(Error::field("code", Problem::AlreadyTaken));
                }
                let codes = fresh_codes(w, id).await?;
                forget(w, &tries).await?;
                tell(w, id, "second-factor-set", serde_json::json!({}));
                Ok(codes)
            })
        })
        .await
}

/// Other codes for when the telephone is lost; those before are worth nothing.
async fn fresh_codes(work: &Work<'_>, id: UserId) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code(work.centre)).collect();
    let hashes: Vec<String> = codes.iter().map(|code| hash(id, code)).collect();
    db::totp::set_recovery(work.tx, id, &hashes).await?;
    Ok(codes)
}

/// Other codes for when the telephone is lost, for somebody who shows that they have it.
///
/// # Errors
/// [`Problem::NoSuchCode`]; [`Error::TooMany`].
pub async fn renew_recovery(centre: &Centre, staff: &Arc<Staff>, code: &str, from: &str) -> Result<Vec<String>> {
    with_code(centre, staff, code, from, |w, id| {
        Box::pin(async move {
            let codes = fresh_codes(w, id).await?;
            tell(w, id, "recovery-codes-renewed", serde_json::json!({}));
            Ok(codes)
        })
    })
    .await
}

/// Somebody goes without a second factor from now on.
///
/// # Errors
/// [`Problem::NeededByRole`], [`Problem::NoSuchCode`]; [`Error::TooMany`].
pub async fn turn_off(centre: &Centre, staff: &Arc<Staff>, code: &str, from: &str) -> Result<()> {
    let me = staff.clone();
    with_code(centre, staff, code, from, move |w, id| {
        Box::pin(async move {
            if is_wanted_of(w, &me).await? {
                return Err(Error::field("code", Problem::NeededByRole));
            }
            db::totp::remove(w.tx, id).await?;
            tell(w, id, "second-factor-removed", serde_json::json!({}));
            Ok(())
        })
    })
    .await
}

/// Whoever has brought the right password brings a code as well, of the telephone or one of the ten: they are in.
///
/// # Errors
/// [`Problem::NoSuchCode`] for one that is wrong, or was accepted before; [`Error::TooMany`].
pub async fn sign_in(centre: &Centre, staff: &Arc<Staff>, code: &str, from: &str) -> Result<()> {
    with_code(centre, staff, code, from, |w, id| {
        Box::pin(async move {
            signed_in(w, id);
            Ok(())
        })
    })
    .await
}

/// Somebody who has set up the second factor at the door, which their role wants, is in.
///
/// # Errors
/// Only those of the database.
pub async fn came_in(work: &Work<'_>) -> Result<()> {
    signed_in(work, work.staff()?.id);
    Ok(())
}

/// Does something for somebody who brings a code. Wrong ones are counted.
async fn with_code<T, F>(centre: &Centre, staff: &Arc<Staff>, code: &str, from: &str, then: F) -> Result<T>
where
    T: Send + 'static,
    F: for<'a> FnOnce(&'a Work<'a>, UserId) -> futures::future::BoxFuture<'a, Result<T>> + Send + 'static,
{
    let tries = tries(staff.id, from);
    limits::before_trying(centre, &tries).await?;
    let (id, code) = (staff.id, code.chars().take(100).collect::<String>());
    centre
        .work(By::Staff(staff.clone()), move |w| {
            Box::pin(async move {
                check(w, id, &code).await?;
                forget(w, &tries).await?;
                then(w, id).await
            })
        })
        .await
}

async fn check(work: &Work<'_>, id: UserId, code: &str) -> Result<()> {
    let factor = db::totp::load(work.tx, id).await?.ok_or_else(|| Error::field("code", Problem::NoSuchCode))?;
    let typed = figures(code);
    if typed.len() == 6 {
        return accept(work, id, &factor, &typed).await;
    }
    if !db::totp::use_recovery(work.tx, id, &hash(id, code), work.now).await? {
        return Err(Error::field("code", Problem::NoSuchCode));
    }
    let left = db::totp::recovery_left(work.tx, id).await?;
    tell(work, id, "recovery-code-used", serde_json::json!({ "left": left }));
    Ok(())
}

async fn accept(work: &Work<'_>, id: UserId, factor: &db::totp::Factor, code: &str) -> Result<()> {
    let wrong = || Error::field("code", Problem::NoSuchCode);
    let step = totp(&factor.secret)?.check(code, seconds(work.now)).ok_or_else(wrong)?;
    if db::totp::accept(work.tx, id, step).await? { Ok(()) } else { Err(wrong()) }
}

/// The figures of what was typed: programs show them in groups.
fn figures(typed: &str) -> String {
    if typed.chars().any(|c| c.is_alphabetic()) {
        return String::new();
    }
    typed.chars().filter(char::is_ascii_digit).take(20).collect()
}

fn tries(id: UserId, from: &str) -> [limits::Limit; 2] {
    [limits::second_factor_of_from(id, from), limits::second_factor_of(id)]
}

async fn forget(work: &Work<'_>, [of_from, of]: &[limits::Limit; 2]) -> Result<()> {
    limits::forget(work, of_from).await?;
    limits::succeeded(work, of).await
}

/// Letters and figures that are not taken for one another, as citizens' codes have them: 32 of them, so that each is
/// five bits.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// Eighty bits: `k7q2-mx4p-…`, so that what is kept of them can be a hash that takes no time.
fn recovery_code(centre: &Centre) -> String {
    let mut code = String::new();
    for (at, byte) in centre.inner().chance.bytes::<16>().into_iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        code.extend(LETTERS.get(usize::from(byte % 32)).map(|letter| char::from(*letter)));
    }
    code
}

fn hash(id: UserId, code: &str) -> String {
    let plain: String = code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Sha256::digest(format!("{id} {plain}").as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// Somebody has lost telephone and codes: their second factor is taken away, and their sessions end. Where a role wants
/// one, they set up another at the next sign-in.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`].
pub async fn reset(work: &Work<'_>, id: UserId) -> Result<()> {
    work.must_administer()?;
    db::staff::member(work.tx, id).await?.ok_or(Error::NotFound("user"))?;
    if db::totp::remove(work.tx, id).await? {
        db::session::end_all(work.tx, id).await?;
        tell(work, id, "second-factor-reset", serde_json::json!({}));
    }
    Ok(())
}

/// The roles of which a second factor is asked.
///
/// # Errors
/// Only those of the database.
pub async fn asked_of(centre: &Centre) -> Result<Vec<Role>> {
    Ok(db::totp::asked_of(centre.db().read()).await?)
}

/// From now on a second factor is asked of these roles. Sessions of those who have none end: they set one up when they
/// sign in again. Whoever asks it of administrators has one, or nobody could be sure to come in again.
///
/// # Errors
/// [`Problem::OwnFirst`]; [`Error::ChangedMeanwhile`] when it is asked of others than were `seen`; [`Error::Denied`].
pub async fn ask_of(work: &Work<'_>, roles: &[Role], seen: Option<Roles>) -> Result<()> {
    work.must_administer()?;
    db::staff::hold_administration(work.tx).await?;
    let before = db::totp::asked_of(work.tx).await?;
    if seen.is_some_and(|seen| seen != Roles::new(before.iter().copied())) {
        return Err(Error::ChangedMeanwhile);
    }
    if let Some(me) = work.by.staff()
        && me.roles.any_of(roles)
        && !has(work, me.id).await?
    {
        return Err(Error::field("roles", Problem::OwnFirst));
    }
    db::totp::ask_of(work.tx, roles).await?;
    let have = db::totp::all(work.tx).await?;
    for member in db::staff::members(work.tx).await? {
        let newly = member.staff.roles.any_of(roles) && !member.staff.roles.any_of(&before);
        if newly && !have.contains(&member.staff.id) {
            db::session::end_all(work.tx, member.staff.id).await?;
        }
    }
    let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
    let data = serde_json::json!({ "roles": words });
    db::event::append(
        work.tx,
        work.by.actor(),
        work.now,
        model::event::Subject::SignIn,
        "second-factor",
        "asked-of",
        data,
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret of twenty bytes, SHA-1, of the eight figures the last six.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Secret::new(Box::new(*b"12345678901234567890")).to_base32();
        let totp = totp(&secret).unwrap();
        for (time, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(totp.check(code, time), Some(time / 30), "{time}");
        }
        assert_eq!(totp.check("287082", 59 + 90), None, "an old one is not taken");
    }

    #[test]
    fn what_is_typed_is_read_as_it_was_meant() {
        assert_eq!(figures(" 123 456 "), "123456");
        assert_eq!(figures("k7q2-mx4p-0000-0000"), "");
        assert_eq!(hash(UserId(1), "K7Q2 MX4P"), hash(UserId(1), "k7q2-mx4p"));
        assert_ne!(hash(UserId(1), "k7q2-mx4p"), hash(UserId(2), "k7q2-mx4p"));
    }
}
