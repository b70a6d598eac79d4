//! Takes letters out of the outbox and hands them over, a few at a time.

use crate::Smtp;
use centre::{Centre, mail};
use std::time::Duration;
use tokio::task::JoinSet;

/// Letters on their way at once.
const AT_ONCE: usize = 8;
/// How often the outbox is looked into though nothing was committed here: another process may have put something in.
const PATIENCE: Duration = Duration::from_secs(2);

/// Delivers until `closing`; letters on their way are ended first, so that none goes twice because of it. One task a
/// process; what one has claimed the others leave alone.
pub async fn deliver(centre: Centre, smtp: Smtp, closing: impl Future<Output = ()>) {
    let mut commits = centre.db().commits();
    let mut closing = std::pin::pin!(closing);
    let mut sending = JoinSet::new();
    loop {
        // One slow letter holds up its own place and no other.
        let free = AT_ONCE - sending.len();
        if free > 0 {
            match mail::claim(&centre, free as u64).await {
                Ok(mails) if mails.is_empty() => {}
                Ok(mails) => {
                    for mail in mails {
                        sending.spawn(hand_over(centre.clone(), smtp.clone(), mail));
                    }
                    continue;
                }
                Err(error) => tracing::warn!(%error, "cannot look into the outbox; trying again"),
            }
        }
        tokio::select! {
            biased;
            () = &mut closing => break,
            Some(_) = sending.join_next() => {}
            _ = commits.changed(), if free > 0 => {}
            () = tokio::time::sleep(PATIENCE), if free > 0 => {}
        }
    }
    while sending.join_next().await.is_some() {}
}

async fn hand_over(centre: Centre, smtp: Smtp, mail: mail::Mail) {
    let noted = match smtp.send(&mail).await {
        Ok(()) => mail::sent(&centre, &mail).await,
        Err(error) => {
            tracing::warn!(outbox.id = %mail.id, outbox.tries = mail.tries, %error, "a letter did not go");
            mail::failed(&centre, &mail, error.to_string(), error.for_good()).await
        }
    };
    if let Err(error) = noted {
        // The lease runs out and the letter is sent again under the same Message-ID.
        tracing::error!(outbox.id = %mail.id, %error, "cannot note what became of a letter");
    }
}
