//! Requests that come with an `Idempotency-Key` are carried out once: the answer is kept in the transaction of what it
//! answers, and a request sent again gets it word for word.

use crate::{By, Centre, Error, Result, Work};
use db::idempotency::{self, Answer};
use futures::future::BoxFuture;
use sha2::{Digest, Sha256};

/// A request that may come more than once.
#[derive(Debug, Clone)]
pub struct Once {
    /// Whose key it is: keys of two tokens are two keys.
    pub scope: String,
    pub key: Option<String>,
    /// Hash of method, path and body: the same key with another request is a mistake.
    pub fingerprint: String,
}

impl Once {
    /// A form of a page, sent once: a second press of its button is the first one told again. `key` is the form's own
    /// random one, without which every sending is another; `digest` tells what was sent from the same form changed and
    /// sent again, which is another request.
    #[must_use]
    pub fn of_form(scope: String, key: &str, digest: &str) -> Self {
        let fingerprint = fingerprint(key, digest, &[]);
        Self { scope, key: (!key.is_empty()).then(|| fingerprint.clone()), fingerprint }
    }
}

impl Given {
    /// The answer of a form whose page needs nothing more than that it was carried out.
    #[must_use]
    pub fn done() -> Self {
        Self { status: 303, body: String::new() }
    }
}

/// An answer as it went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub status: u16,
    pub body: String,
}

/// The fingerprint of a request.
#[must_use]
pub fn fingerprint(method: &str, path: &str, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    for part in [method.as_bytes(), path.as_bytes(), body] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

impl Centre {
    /// Runs a use case unless its key was answered before; then the first answer is given again.
    ///
    /// # Errors
    /// The use case's; [`Error::KeyReused`] when the key belongs to another request.
    pub async fn work_once<F>(&self, by: By, once: Once, use_case: F) -> Result<Given>
    where
        F: for<'a> FnOnce(&'a Work<'a>) -> BoxFuture<'a, Result<Given>> + Send + 'static,
    {
        let again = once.clone();
        let first = self
            .work(by, move |work| {
                Box::pin(async move {
                    let Some(key) = &once.key else { return use_case(work).await };
                    if let Some(answer) = idempotency::find(work.tx, &once.scope, key).await? {
                        return given(answer, &once);
                    }
                    let given = use_case(work).await?;
                    let answer = Answer {
                        fingerprint: once.fingerprint.clone(),
                        status: given.status,
                        body: given.body.clone(),
                    };
                    idempotency::keep(work.tx, &once.scope, key, &answer, work.now).await?;
                    Ok(given)
                })
            })
            .await;
        match (first, &again.key) {
            // Two with the same key at once: the other was first, its answer stands, and what it did is why this one
            // failed.
            (Err(error), Some(key)) => match idempotency::find(self.db().read(), &again.scope, key).await {
                Ok(Some(answer)) => given(answer, &again),
                Ok(None) | Err(_) => Err(error),
            },
            (outcome, _) => outcome,
        }
    }
}

fn given(answer: Answer, once: &Once) -> Result<Given> {
    if answer.fingerprint == once.fingerprint {
        Ok(Given { status: answer.status, body: answer.body })
    } else {
        Err(Error::KeyReused)
    }
}
