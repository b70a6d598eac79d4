//! Invitations: a link by which somebody of the staff sets a password, good once and for a while. The same link lets in
//! whoever is new, gives another password on an administrator's word, and helps whoever has forgotten theirs. What
//! stands in it is kept as a hash; opening it changes nothing, because mail programmes open links by themselves.

use crate::{Centre, Error, Result, Work, limits, mail};
use chrono::{DateTime, Utc};
use model::UserId;
use model::invitation::Kind;
use model::problem::Problem;
use model::text;
use sha2::{Digest, Sha256};

/// How somebody gets their link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A letter brings it.
    Letter,
    /// Whoever invites hands it over.
    Hand,
}

/// A link as it is handed over; it is not kept.
#[derive(Debug, Clone)]
pub struct Link {
    pub url: String,
    pub kind: Kind,
    pub until: DateTime<Utc>,
}

/// An invitation as whoever opens its link sees it.
#[derive(Debug, Clone)]
pub struct Invited {
    pub name: String,
    pub login: String,
    /// The language of their pages.
    pub language: String,
    pub kind: Kind,
}

/// Where a link leads, after the address of the portal.
pub(crate) fn path(token: &str) -> String {
    format!("/login/invite/{token}")
}

fn hash(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// Makes a link for somebody; those made before open no more. Whoever has a password already gets another one by it.
///
/// # Errors
/// [`Problem::Missing`] for a letter to somebody without an address; [`Problem::NotInTheList`] for somebody who may not
/// sign in; [`Error::Denied`].
pub async fn invite(work: &Work<'_>, id: UserId, way: Way) -> Result<Link> {
    work.must_administer()?;
    let member = db::staff::member(work.tx, id).await?.ok_or(Error::NotFound("user"))?;
    if member.disabled_at.is_some() {
        return Err(Error::field("person", Problem::NotInTheList));
    }
    let kind = if member.has_password { Kind::Reset } else { Kind::Welcome };
    let to = match way {
        Way::Letter => Some(member.email.ok_or_else(|| Error::field("email", Problem::Missing))?),
        Way::Hand => None,
    };
    make(work, id, kind, to.as_deref()).await
}

async fn make(work: &Work<'_>, id: UserId, kind: Kind, to: Option<&str>) -> Result<Link> {
    // What opens already is not made void by whoever says that they have forgotten a password.
    if kind != Kind::Recovery {
        db::invitation::withdraw_all(work.tx, id, work.now).await?;
    }
    let token: String = work.centre.inner().chance.bytes::<32>().iter().map(|b| format!("{b:02x}")).collect();
    let by = work.by.staff().map(|staff| staff.id);
    let invitation = db::invitation::insert(work.tx, id, kind, &hash(&token), to.is_some(), by, work.now).await?;
    let until = work.now + kind.lasts();
    if let Some(to) = to {
        let language = db::staff::load(work.tx, id).await?.map_or_else(|| "it".to_owned(), |staff| staff.language);
        mail::send_invitation(work, invitation, to, &language, kind, &token, until);
    }
    let data = serde_json::json!({ "kind": kind, "by-letter": to.is_some() });
    crate::staff::tell(work, id, "invited", data);
    Ok(Link { url: format!("{}{}", work.centre.public_url(), path(&token)), kind, until })
}

/// The links of somebody open no more.
///
/// # Errors
/// [`Error::Denied`].
pub async fn withdraw(work: &Work<'_>, id: UserId) -> Result<()> {
    work.must_administer()?;
    if db::invitation::withdraw_all(work.tx, id, work.now).await? {
        crate::staff::tell(work, id, "invitation-withdrawn", serde_json::json!({}));
    }
    Ok(())
}

/// The links of somebody that open, the latest first.
///
/// # Errors
/// Only those of the database.
pub async fn open_of(centre: &Centre, id: UserId) -> Result<Vec<db::invitation::Invitation>> {
    Ok(db::invitation::open_of(centre.db().read(), id, centre.now()).await?)
}

/// Whose link this is, while it opens. Looking changes nothing.
///
/// # Errors
/// Only those of the database.
pub async fn look(centre: &Centre, token: &str) -> Result<Option<Invited>> {
    let db = centre.db().read();
    let Some(found) = db::invitation::by_hash(db, &hash(token), centre.now()).await? else { return Ok(None) };
    let staff = db::staff::load(db, found.staff).await?;
    Ok(staff.map(|s| Invited { name: s.name, login: s.login, language: s.language, kind: found.kind }))
}

/// Whoever has the link sets their password with it; it opens no more, and sessions begun under another password end.
/// Returns who it is.
///
/// # Errors
/// [`Error::NotFound`] when it opens no more: of two who use it at once, one is told so. A password that cannot be
/// taken leaves it open. [`Error::TooMany`].
pub async fn accept(centre: &Centre, token: &str, password: String, from: &str) -> Result<Invited> {
    let invited = look(centre, token).await?.ok_or(Error::NotFound("invitation"))?;
    limits::before_trying(centre, &[limits::invitation_from(from)]).await?;
    let secret = centre.inner().passwords.hash(password).await?;
    let hash = hash(token);
    centre
        .work(crate::By::System, move |w| {
            Box::pin(async move {
                let found = db::invitation::by_hash(w.tx, &hash, w.now).await?;
                let id = found.ok_or(Error::NotFound("invitation"))?.staff;
                let staff = db::staff::load(w.tx, id).await?.ok_or(Error::NotFound("invitation"))?;
                if !db::invitation::use_up(w.tx, &hash, w.now).await? {
                    return Err(Error::NotFound("invitation"));
                }
                db::invitation::withdraw_all(w.tx, id, w.now).await?;
                db::staff::give_password(w.tx, id, &secret).await?;
                limits::forget_login(w, &staff.login).await?;
                let data = serde_json::json!({ "by": "invitation" });
                let me = model::event::Actor::Staff(id);
                db::event::append(w.tx, me, w.now, model::event::Subject::User, &id.to_string(), "password-set", data);
                Ok(())
            })
        })
        .await?;
    Ok(invited)
}

/// Accounts that one address may have, to which one letter each is sent.
const ACCOUNTS_MAX: u64 = 5;

/// Somebody has forgotten their password and says their login or address: a letter goes there when there is somebody of
/// that name with a password and an address. Whether there is, nobody is told. Who was not let in yet, or whose invitation
/// was withdrawn, has no password to forget.
///
/// # Errors
/// [`Error::TooMany`], which is counted for names that nobody has as well; a text that is missing.
pub async fn recover(work: &Work<'_>, typed: &str, from: &str) -> Result<()> {
    let typed = text::clean_line(&text::required("login", typed, 254)?).to_lowercase();
    limits::count(work, &limits::recovery_from(from)).await?;
    limits::count(work, &limits::recovery_of(&typed, from)).await?;
    for (id, email) in db::staff::reached_by(work.tx, &typed, ACCOUNTS_MAX).await? {
        // A mailbox is not flooded from many networks either.
        if limits::count(work, &limits::recovery_to(id)).await.is_ok() {
            make(work, id, Kind::Recovery, Some(&email)).await?;
        }
    }
    Ok(())
}
