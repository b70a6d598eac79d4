//! The account of an operator's telephone: a name and a password to register with, apart from those of the desk, because
//! a telephone keeps its password where others can read it.

pub use db::sip_account::Account;

use crate::{Centre, Chance, Error, Result, Work};
use model::UserId;
use model::event::Subject;

/// What a telephone's password is digested with, beside its name (RFC 7616, 3.4.2): changing it makes every account
/// worthless.
pub const REALM: &str = "lineaamica";

/// Letters that are not taken for one another on a telephone's display.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
const LENGTH: usize = 20;

/// What is kept of a password, for each algorithm: the hash of name, realm and password, as lower-case hexadecimal digits.
#[derive(Clone)]
pub struct Secrets {
    pub ha1_md5: String,
    pub ha1_sha256: String,
}

/// A name and a password for a telephone, shown once.
#[derive(Debug, Clone)]
pub struct Given {
    pub name: String,
    pub password: String,
}

/// A new password, by chance: twenty of thirty-one letters.
#[must_use]
pub fn password(chance: &Chance) -> String {
    let mut password = String::new();
    while password.len() < LENGTH {
        for byte in chance.bytes::<32>() {
            // Bytes beyond a whole number of alphabets would make the first letters likelier.
            let place = usize::from(byte);
            let fits = place < LETTERS.len() * (256 / LETTERS.len());
            if let Some(letter) = LETTERS.get(place % LETTERS.len()).filter(|_| fits && password.len() < LENGTH) {
                password.push(char::from(*letter));
            }
        }
    }
    password
}

/// What is kept of a password.
#[must_use]
pub fn secrets(name: &str, password: &str) -> Secrets {
    let whole = format!("{name}:{REALM}:{password}");
    Secrets {
        ha1_md5: hex(&<md5::Md5 as md5::Digest>::digest(&whole)),
        ha1_sha256: hex(&<sha2::Sha256 as sha2::Digest>::digest(&whole)),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Gives somebody an account by their sign-in name, or a new password for the one they have. What is registered by the old
/// password is reached no more.
///
/// # Errors
/// [`Error::NotFound`] when there is nobody of this id; a name that is another's.
pub async fn give(work: &Work<'_>, staff: UserId) -> Result<Given> {
    let name = db::staff::load(work.tx, staff).await?.ok_or(Error::NotFound("user"))?.login;
    let password = password(work.centre.chance());
    set(work, staff, &name, secrets(&name, &password)).await?;
    Ok(Given { name, password })
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

#[cfg(test)]
mod tests {
    use super::{LENGTH, LETTERS, password, secrets};
    use crate::Chance;

    #[test]
    fn what_is_kept_of_a_password_is_what_telephones_answer_by() {
        // Reckoned by md5sum and sha256sum of `sara:lineaamica:segreto`.
        let kept = secrets("sara", "segreto");
        assert_eq!(kept.ha1_md5, "3b8c251324edbba1de67bb8607e77a98");
        assert_eq!(kept.ha1_sha256, "ca6b02c6ce502c7fad20b14a9110d5236e935803abab56f45f989b03638fc25f");
    }

    #[test]
    fn a_password_can_be_typed_on_a_telephone() {
        let made = password(&Chance::new([7; 32]));
        assert_eq!(made.len(), LENGTH);
        assert!(made.bytes().all(|letter| LETTERS.contains(&letter)), "{made}");
    }
}
