//! Takes letters out of the outbox and hands them over, a few at a time.

use crate::Smtp;
use centre::{Centre, mail};
use std::time::Duration;
use tokio::task::JoinSet;

/// Letters on their way at once.
const AT_ONCE: u64 = 8;
/// How often the outbox is looked into though nothing was committed here: another process may have put something in.
const PATIENCE: Duration = Duration::from_secs(2);

/// Delivers for ever. One task a process; what one has claimed the others leave alone.
pub async fn deliver(centre: Centre, smtp: Smtp) {
    let mut commits = centre.db().commits();
    loop {
        match mail::claim(&centre, AT_ONCE).await {
            Ok(mails) if mails.is_empty() => {
                tokio::select! {
                    _ = commits.changed() => {}
                    () = tokio::time::sleep(PATIENCE) => {}
                }
            }
            Ok(mails) => {
                let mut sending = JoinSet::new();
                for mail in mails {
                    sending.spawn(hand_over(centre.clone(), smtp.clone(), mail));
                }
                while sending.join_next().await.is_some() {}
            }
            Err(error) => {
                tracing::warn!(%error, "cannot look into the outbox; trying again");
                tokio::time::sleep(PATIENCE).await;
            }
        }
    }
}

async fn hand_over(centre: Centre, smtp: Smtp, mail: mail::Mail) {
    let noted = match smtp.send(&mail).await {
        Ok(()) => mail::sent(&centre, mail.id).await,
        Err(error) => {
            tracing::warn!(outbox.id = %mail.id, outbox.tries = mail.tries, %error, "a letter did not go");
            mail::failed(&centre, mail.id, mail.tries, error.to_string(), error.for_good()).await
        }
    };
    if let Err(error) = noted {
        // The lease runs out and the letter is sent again under the same Message-ID.
        tracing::error!(outbox.id = %mail.id, %error, "cannot note what became of a letter");
    }
}
