//! The account of an operator's telephone: a name and a password to register with, apart from those of the desk, because
//! a telephone keeps its password where others can read it.

pub use db::sip_account::Account;

use crate::{Centre, Error, Result, Work};
use model::UserId;
use model::event::Subject;

/// What a password of a telephone is made of, for each algorithm.
#[derive(Clone)]
pub struct Secrets {
    pub ha1_md5: String,
    pub ha1_sha256: String,
}

/// Gives somebody an account, or a new password for the one they have.
///
/// # Errors
/// A name that is another's.
pub async fn set(work: &Work<'_>, staff: UserId, name: &str, secrets: Secrets) -> Result<()> {
    let taken = db::sip_account::by_name(work.tx, name).await?;
    if taken.is_some_and(|account| account.staff != staff) {
        return Err(Error::field("name", model::problem::Problem::NotInTheList));
    }
    let Secrets { ha1_md5, ha1_sha256 } = secrets;
    let account = Account { staff, name: name.to_owned(), ha1_md5, ha1_sha256 };
    db::sip_account::save(work.tx, &account, work.now).await?;
    tell(work, staff, "changed");
    Ok(())
}

/// Takes somebody's account away.
///
/// # Errors
/// Only those of the database.
pub async fn remove(work: &Work<'_>, staff: UserId) -> Result<()> {
    if db::sip_account::remove(work.tx, staff).await? {
        tell(work, staff, "removed");
    }
    Ok(())
}

fn tell(work: &Work<'_>, staff: UserId, kind: &'static str) {
    let data = serde_json::json!({});
    db::event::append(work.tx, work.by.actor(), work.now, Subject::SipAccount, &staff.to_string(), kind, data);
}

/// The account of this name.
///
/// # Errors
/// Only those of the database.
pub async fn by_name(centre: &Centre, name: &str) -> Result<Option<Account>> {
    Ok(db::sip_account::by_name(centre.db().read(), name).await?)
}

/// Somebody's account.
///
/// # Errors
/// Only those of the database.
pub async fn of(centre: &Centre, staff: UserId) -> Result<Option<Account>> {
    Ok(db::sip_account::of(centre.db().read(), staff).await?)
}
