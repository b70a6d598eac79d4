//! Staff: taken on, signed in, signed out.

use crate::{By, Centre, Error, Result, limits};
use db::staff::NewStaff;
use model::access::Action;
use model::case::Case;
use model::event::{Actor, Subject};
use model::problem::Problem;
use model::text::{self, NAME_MAX};
use model::user::{Role, Roles, Staff};
use model::{StructureId, UserId};
use std::collections::HashMap;
use std::sync::Arc;

/// Takes somebody on. `password` in plain text, 12 characters or more, or nothing for somebody who signs in otherwise.
///
/// # Errors
/// A name or password that cannot be taken; a login that is taken.
pub async fn add(centre: &Centre, by: By, mut new: NewStaff) -> Result<UserId> {
    new.login = text::clean_line(&text::required("login", &new.login, 100)?).to_lowercase();
    new.name = text::clean_line(&text::required("name", &new.name, NAME_MAX)?);
    whole_centre(&new.roles, new.scope.as_ref())?;
    if let Some(password) = new.password.take() {
        new.password = Some(centre.inner().passwords.hash(password).await?);
    }
    let added = centre
        .work(by, move |w| {
            Box::pin(async move {
                let id = db::staff::insert(w.tx, &new, w.now).await?;
                let data = serde_json::json!({ "roles": new.roles.to_string(), "scope": new.scope });
                db::event::append(w.tx, w.by.actor(), w.now, Subject::User, &id.to_string(), "added", data);
                Ok(id)
            })
        })
        .await;
    match added {
        Err(Error::Storage(db::Error::Taken(_))) => Err(Error::field("login", Problem::AlreadyTaken)),
        outcome => outcome,
    }
}

/// Lets somebody in by login and password. Wrong tries are counted by `from` (the network address), for this login and
/// over all, and by login; after too many, even the right password has to wait.
///
/// # Errors
/// [`Error::TooMany`]; `Ok(None)` is a wrong login or password, which of the two is not said.
pub async fn sign_in(centre: &Centre, login: &str, password: String, from: &str) -> Result<Option<Arc<Staff>>> {
    let login: String = text::clean_line(login).to_lowercase().chars().take(200).collect();
    let limits = [limits::login_of_from(&login, from), limits::login_from(from), limits::login_of(&login)];
    limits::before_trying(centre, &limits).await?;
    let found = db::staff::by_login(centre.db().read(), &login).await?;
    let (staff, hash) = found.map_or((None, None), |(staff, hash)| (Some(staff), hash));
    let fits = centre.inner().passwords.fits(password, hash).await?;
    match staff.filter(|_| fits) {
        Some(staff) => {
            let staff = Arc::new(staff);
            let (id, [of_login_from_there, from_there, of_login]) = (staff.id, limits);
            centre
                .work(By::Staff(staff.clone()), move |w| {
                    Box::pin(async move {
                        limits::forget(w, &of_login_from_there).await?;
                        limits::succeeded(w, &from_there).await?;
                        limits::succeeded(w, &of_login).await?;
                        told(w, Actor::Staff(id), id, "signed-in").await
                    })
                })
                .await?;
            Ok(Some(staff))
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
            Box::pin(async move { told(w, Actor::Staff(id), id, "signed-out").await })
        })
        .await
}

/// Whoever administers does so for everybody: the role and a scope do not go together.
fn whole_centre(roles: &Roles, scope: Option<&StructureId>) -> Result<()> {
    match scope {
        Some(_) if roles.has(Role::Admin) => Err(Error::field("scope", Problem::ScopeOfAdmin)),
        _ => Ok(()),
    }
}

async fn told(work: &crate::Work<'_>, actor: Actor, id: UserId, kind: &str) -> Result<()> {
    db::event::append(work.tx, actor, work.now, Subject::Session, &id.to_string(), kind, serde_json::json!({}));
    Ok(())
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
                let data = serde_json::json!({});
                db::event::append(w.tx, w.by.actor(), w.now, Subject::User, &id.to_string(), "password-set", data);
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
                let data = serde_json::json!({ "language": language });
                db::event::append(w.tx, w.by.actor(), w.now, Subject::User, &id.to_string(), "language-chosen", data);
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
