//! Senders' ids of what was emptied. They are kept as hashes that only this installation can reckon, so that a record which
//! is sent again is known to be there: it counts once, and its words do not come back.

use crate::{Result, Work};
use db::bulk::Sent;
use db::emptied;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::collections::HashMap;

pub(crate) struct Senders(Hmac<Sha256>);

impl Senders {
    pub(crate) fn new(secret: &[u8]) -> Self {
        // HMAC takes keys of every length (RFC 2104, section 3), so the empty one is never used.
        Self(Hmac::new_from_slice(secret).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    /// The hash of a sender's id for a kind of record.
    pub(crate) fn hash(&self, noun: &str, id: &str) -> String {
        let mut mac = self.0.clone();
        mac.update(b"sender\0");
        mac.update(noun.as_bytes());
        mac.update(b"\0");
        mac.update(id.as_bytes());
        mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect()
    }
}

/// Which of these ids are those of records that were emptied, each with its row.
pub(super) async fn emptied<E: Sent>(work: &Work<'_>, ids: &[&str]) -> Result<HashMap<String, i64>> {
    if ids.is_empty() || !emptied::any::<E>(work.tx).await? {
        return Ok(HashMap::new());
    }
    let senders = &work.centre.inner().senders;
    let (hashes, mut of): (Vec<String>, HashMap<String, &str>) = ids
        .iter()
        .map(|id| (senders.hash(emptied::noun::<E>(), id), *id))
        .map(|(hash, id)| (hash.clone(), (hash, id)))
        .unzip();
    let found = emptied::ids::<E>(work.tx, &hashes).await?;
    Ok(found.into_iter().filter_map(|(hash, row)| Some((of.remove(&hash)?.to_owned(), row))).collect())
}

#[cfg(test)]
mod tests {
    use super::Senders;

    #[test]
    fn a_hash_is_of_one_installation_one_noun_and_one_id() {
        let hash = |secret: &[u8], noun: &str, id: &str| Senders::new(secret).hash(noun, id);
        let one = hash(b"a", "person", "RSSMRA80A01H501U");
        assert_eq!(one, hash(b"a", "person", "RSSMRA80A01H501U"));
        let others = [
            hash(b"b", "person", "RSSMRA80A01H501U"),
            hash(b"a", "cases", "RSSMRA80A01H501U"),
            hash(b"a", "person", "x"),
        ];
        assert!(one.len() == 64 && !others.contains(&one));
    }
}
