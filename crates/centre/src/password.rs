//! Passwords: argon2id, a few at a time, so that a flood of logins does not take all the memory.

use crate::{Chance, Error, Result};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use model::problem::{FieldProblem, Problem};
use model::user::{PASSWORD_MAX, PASSWORD_MIN};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Hashes and checks passwords off the threads that serve requests.
#[derive(Clone)]
pub(crate) struct Passwords {
    turns: Arc<Semaphore>,
    chance: Chance,
    /// A hash that no password fits: checked when there is nobody of that name, so that both take as long.
    nobody: Arc<str>,
}

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19 * 1024, 2, 1, None).unwrap_or_default())
}

fn hash_now(password: &str, salt: [u8; 16]) -> Result<String> {
    let failed =
        |e: argon2::password_hash::Error| Error::Storage(db::Error::Other(format!("cannot hash a password: {e}")));
    let salt = SaltString::encode_b64(&salt).map_err(failed)?;
    Ok(argon().hash_password(password.as_bytes(), &salt).map_err(failed)?.to_string())
}

impl Passwords {
    pub(crate) fn new(chance: &Chance) -> Self {
        let unknown: String = chance.bytes::<24>().iter().map(|b| format!("{b:02x}")).collect();
        let nobody = hash_now(&unknown, chance.bytes()).unwrap_or_default();
        Self { turns: Arc::new(Semaphore::new(2)), chance: chance.clone(), nobody: nobody.into() }
    }

    /// Hashes a new password of 12 to 256 characters.
    pub(crate) async fn hash(&self, password: String) -> Result<String> {
        let length = password.chars().count();
        if length < PASSWORD_MIN {
            return Err(FieldProblem::limited("password", Problem::PasswordTooShort, PASSWORD_MIN as u64).into());
        }
        if length > PASSWORD_MAX {
            return Err(FieldProblem::limited("password", Problem::TooLong, PASSWORD_MAX as u64).into());
        }
        let salt = self.chance.bytes();
        self.in_turn(move || hash_now(&password, salt)).await?
    }

    /// True when the password fits the hash; `None` for nobody, which takes as long and is always false.
    pub(crate) async fn fits(&self, password: String, hash: Option<String>) -> Result<bool> {
        if password.chars().count() > PASSWORD_MAX {
            return Ok(false);
        }
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.to_string());
        self.in_turn(move || {
            known & PasswordHash::new(&hash).is_ok_and(|h| argon().verify_password(password.as_bytes(), &h).is_ok())
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(&self, run: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let broke = |what: String| Error::Storage(db::Error::Other(what));
        let turn = self.turns.clone().acquire_owned().await.map_err(|e| broke(e.to_string()))?;
        // The turn ends with the work, not with whoever waits for it: hashing goes on when they hang up.
        let in_turn = move || {
            let done = run();
            drop(turn);
            done
        };
        tokio::task::spawn_blocking(in_turn).await.map_err(|e| broke(e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[tokio::test]
    async fn whoever_hangs_up_makes_no_room_for_another_before_the_hashing_ends() {
        let passwords = Passwords::new(&Chance::new([1; 32]));
        let (go_on, told) = channel::<()>();
        let (ended, end) = channel();
        let hanging_up = passwords.in_turn(move || {
            told.recv().unwrap();
            ended.send(()).unwrap();
        });
        assert!(futures::future::FutureExt::now_or_never(hanging_up).is_none());
        assert_eq!(passwords.turns.available_permits(), 1, "still hashing");
        go_on.send(()).unwrap();
        end.recv().unwrap();
        let both = passwords.turns.acquire_many(2).await;
        assert!(both.is_ok());
    }
}
