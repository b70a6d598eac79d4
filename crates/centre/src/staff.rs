//! Staff: taken on, signed in, signed out.

mod ability;
mod leave;
mod list;
mod profile;

pub use ability::{Ability, enable_to, overseen};
pub use leave::{HELD_SHOWN, Held, disable, enable, held, put_back_cases};
pub use list::{Asked, Listed, Page, Watch, Which, known_skills, listed, page, watch};
pub use profile::{Profile, change, revision};

use crate::{By, Centre, Error, Result, limits};
use db::staff::NewStaff;
use model::access::Action;
use model::case::{Case, Level};
use model::event::{Actor, Subject};
use model::problem::{FieldProblem, Problem};
use model::text;
use model::user::{Role, Staff};
use model::{QueueId, UserId};
use std::collections::HashMap;
use std::sync::Arc;

/// Longest sign-in name, in characters.
const LOGIN_MAX: usize = 100;

/// Takes somebody on. `password` in plain text, 12 characters or more, or nothing for somebody who is invited, or signs
/// in otherwise.
///
/// # Errors
/// A name or password that cannot be taken, a login that is taken; [`Error::Denied`] for whoever does not administer.
pub async fn add(centre: &Centre, by: By, mut new: NewStaff) -> Result<UserId> {
    let mut problems = Vec::new();
    let login = text::required("login", &new.login, LOGIN_MAX).map(|login| text::clean_line(&login).to_lowercase());
    new.login = login.unwrap_or_else(|problem| {
        problems.push(problem);
        String::new()
    });
    if new.login.contains(char::is_whitespace) {
        problems.push(FieldProblem::new("login", Problem::NotALogin));
    }
    let NewStaff { name, email, roles, scope, queues, languages, skills, .. } = new.clone();
    match profile::checked(&centre.catalogue(), Profile { name, email, roles, scope, queues, languages, skills }) {
        Ok(Profile { name, email, roles, scope, queues, languages, skills }) => {
            new = NewStaff { name, email, roles, scope, queues, languages, skills, ..new };
        }
        Err(found) => problems.extend(found),
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if let Some(password) = new.password.take() {
        new.password = Some(centre.inner().passwords.hash(password).await?);
    }
    let added = centre
        .work(by, move |w| {
            Box::pin(async move {
                w.must_administer()?;
                let id = db::staff::insert(w.tx, &new, w.now).await?;
                tell(w, id, "added", serde_json::json!({ "roles": new.roles.to_string(), "scope": new.scope }));
                Ok(id)
            })
        })
        .await;
    match added {
        Err(Error::Storage(db::Error::Taken(_))) => Err(Error::field("login", Problem::AlreadyTaken)),
        outcome => outcome,
    }
}

/// Says in the audit what happened to a member of the staff: ids and words, never names or addresses.
pub(crate) fn tell(work: &crate::Work<'_>, id: UserId, kind: &str, data: serde_json::Value) {
    db::event::append(work.tx, work.by.actor(), work.now, Subject::User, &id.to_string(), kind, data);
}

/// How somebody whose password fits comes in.
#[derive(Debug, Clone)]
pub enum Door {
    /// They are in.
    Open(Arc<Staff>),
    /// Once they bring a code of their second factor.
    Code(Arc<Staff>),
    /// Once they have set up a second factor, which a role of theirs wants.
    Enrol(Arc<Staff>),
}

impl Door {
    #[must_use]
    pub fn staff(&self) -> &Arc<Staff> {
        match self {
            Self::Open(staff) | Self::Code(staff) | Self::Enrol(staff) => staff,
        }
    }
}

/// Lets somebody in by login and password. Wrong tries are counted by `from` (the network address), for this login and
/// over all, and by login; after too many, even the right password has to wait.
///
/// # Errors
/// [`Error::TooMany`]; `Ok(None)` is a wrong login or password, which of the two is not said.
pub async fn sign_in(centre: &Centre, login: &str, password: String, from: &str) -> Result<Option<Door>> {
    let login: String = text::clean_line(login).to_lowercase().chars().take(200).collect();
    let limits = [limits::login_of_from(&login, from), limits::login_from(from), limits::login_of(&login)];
    limits::before_trying(centre, &limits).await?;
    let found = db::staff::by_login(centre.db().read(), &login).await?;
    let (staff, hash) = found.map_or((None, None), |(staff, hash)| (Some(staff), hash));
    let fits = centre.inner().passwords.fits(password, hash).await?;
    match staff.filter(|_| fits) {
        Some(staff) => {
            let staff = Arc::new(staff);
            let door = crate::totp::door(centre, &staff).await?;
            let is_in = matches!(door, Door::Open(_));
            let (id, [of_login_from_there, from_there, of_login]) = (staff.id, limits);
            centre
                .work(By::Staff(staff.clone()), move |w| {
                    Box::pin(async move {
                        limits::forget(w, &of_login_from_there).await?;
                        limits::succeeded(w, &from_there).await?;
                        limits::succeeded(w, &of_login).await?;
                        if is_in {
                            signed_in(w, id);
                        }
                        Ok(())
                    })
                })
                .await?;
            Ok(Some(door))
        }
        None => Ok(None),
    }
}

/// Somebody signs out.
///
/// # Errors
/// Only those of the database.
pub async fn signed_out(centre: &Centre, staff: &Arc<Staff>) -> Result<()> {
    let id = staff.id;
    centre
        .work(By::Staff(staff.clone()), move |w| {
            Box::pin(async move {
                told(w, Actor::Staff(id), id, "signed-out");
                Ok(())
            })
        })
        .await
}

/// Says in the audit that somebody is in.
pub(crate) fn signed_in(work: &crate::Work<'_>, id: UserId) {
    told(work, Actor::Staff(id), id, "signed-in");
}

fn told(work: &crate::Work<'_>, actor: Actor, id: UserId, kind: &str) {
    db::event::append(work.tx, actor, work.now, Subject::Session, &id.to_string(), kind, serde_json::json!({}));
}

/// Somebody who may still sign in; asked at every request, so that a change of role or a leave is felt at once.
///
/// # Errors
/// Only those of the database.
pub async fn load(centre: &Centre, id: UserId) -> Result<Option<Arc<Staff>>> {
    Ok(db::staff::load(centre.db().read(), id).await?.map(Arc::new))
}

/// Everyone, by name; true for those who may no longer sign in.
///
/// # Errors
/// Only those of the database.
pub async fn all(centre: &Centre) -> Result<Vec<(Staff, bool)>> {
    Ok(db::staff::all(centre.db().read()).await?)
}

/// Gives somebody another password; whoever is signed in under the old one is signed out.
///
/// # Errors
/// [`Error::NotFound`] when nobody has this login; a password that cannot be taken.
pub async fn set_password(centre: &Centre, by: By, login: &str, password: String) -> Result<()> {
    let login = text::clean_line(login).to_lowercase();
    let hash = centre.inner().passwords.hash(password).await?;
    centre
        .work(by, move |w| {
            Box::pin(async move {
                let id = db::staff::set_password(w.tx, &login, &hash).await?.ok_or(Error::NotFound("user"))?;
                tell(w, id, "password-set", serde_json::json!({}));
                Ok(())
            })
        })
        .await
}

/// Somebody gives themselves another password, knowing the one they have; their other sessions end. `session` is the
/// one they do it in. Wrong tries are counted as those at the door are.
///
/// # Errors
/// [`Problem::PasswordWrong`], a password that cannot be taken; [`Error::TooMany`].
pub async fn change_password(
    centre: &Centre,
    staff: &Arc<Staff>,
    session: &str,
    old: String,
    new: String,
    from: &str,
) -> Result<()> {
    let limit = limits::login_of_from(&staff.login, from);
    limits::before_trying(centre, std::slice::from_ref(&limit)).await?;
    let hash = db::staff::password(centre.db().read(), staff.id).await?;
    if !centre.inner().passwords.fits(old, hash).await? {
        return Err(Error::field("old", Problem::PasswordWrong));
    }
    let hash = centre.inner().passwords.hash(new).await?;
    let (id, kept) = (staff.id, crate::session::row(session));
    centre
        .work(By::Staff(staff.clone()), move |w| {
            Box::pin(async move {
                limits::forget(w, &limit).await?;
                db::staff::store_password(w.tx, id, &hash).await?;
                db::session::end_others(w.tx, id, Some(&kept)).await?;
                // Links that give another password were for the one before.
                db::invitation::withdraw_all(w.tx, id, w.now).await?;
                tell(w, id, "password-set", serde_json::json!({}));
                Ok(())
            })
        })
        .await
}

/// Another language for one's own pages.
///
/// # Errors
/// Only those of the database.
pub async fn set_language(centre: &Centre, staff: &Arc<Staff>, language: String) -> Result<()> {
    let id = staff.id;
    centre
        .work(By::Staff(staff.clone()), move |w| {
            Box::pin(async move {
                db::staff::set_language(w.tx, id, &language).await?;
                tell(w, id, "language-chosen", serde_json::json!({ "language": language }));
                Ok(())
            })
        })
        .await
}

/// The names of these, also of those who left.
///
/// # Errors
/// Only those of the database.
pub async fn names(centre: &Centre, ids: &[UserId]) -> Result<HashMap<UserId, String>> {
    Ok(db::staff::names(centre.db().read(), ids).await?)
}

/// Who may take this case, by name.
///
/// # Errors
/// Only those of the database.
pub async fn who_may_take(centre: &Centre, case: &Case) -> Result<Vec<Staff>> {
    let all = db::staff::all(centre.db().read()).await?;
    let may = |staff: &Staff| model::access::case(staff, Action::Take, case).is_ok();
    Ok(all.into_iter().filter(|(staff, gone)| !gone && may(staff)).map(|(staff, _)| staff).collect())
}

/// Does somebody serve a queue? Whoever is put to none serves all of those that their roles serve; whose roles take no
/// calls and cases any more serves none.
pub(crate) fn serves(one: &Staff, queue: &QueueId, level: Level) -> bool {
    let role = match level {
        Level::Front => Role::Front,
        Level::Back => Role::Back,
    };
    let works = one.roles.any_of(&[Role::Front, Role::Back]);
    works && if one.queues.is_empty() { one.roles.has(role) } else { one.queues.contains(queue) }
}
