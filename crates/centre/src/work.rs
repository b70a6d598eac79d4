//! A piece of work: one use case in its transaction, with who wants it and when.

use crate::{Catalogue, Centre, Result};
use chrono::{DateTime, Utc};
use db::Tx;
use futures::future::BoxFuture;
use model::event::Actor;
use model::user::Staff;
use std::sync::Arc;

/// Who wants something done.
#[derive(Debug, Clone)]
pub enum By {
    /// The centre itself: a job, a channel, the command line.
    System,
    /// A citizen on the portal, whose right to the case was checked by its code.
    Citizen,
    Staff(Arc<Staff>),
}

impl By {
    #[must_use]
    pub fn actor(&self) -> Actor {
        match self {
            Self::System => Actor::System,
            Self::Citizen => Actor::Citizen,
            Self::Staff(staff) => Actor::Staff(staff.id),
        }
    }

    #[must_use]
    pub fn staff(&self) -> Option<&Staff> {
        match self {
            Self::Staff(staff) => Some(staff),
            Self::System | Self::Citizen => None,
        }
    }
}

/// A use case at work.
pub struct Work<'a> {
    pub centre: &'a Centre,
    pub tx: &'a Tx,
    pub by: By,
    pub now: DateTime<Utc>,
    pub catalogue: Arc<Catalogue>,
}

impl Centre {
    /// Runs a use case in a transaction of its own and returns after the commit.
    ///
    /// # Errors
    /// The use case's, or that of a commit that failed: then nothing was done.
    pub async fn work<T, F>(&self, by: By, use_case: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> FnOnce(&'a Work<'a>) -> BoxFuture<'a, Result<T>> + Send + 'static,
    {
        let centre = self.clone();
        self.db()
            .write(move |tx| {
                Box::pin(async move {
                    let work = Work { centre: &centre, tx, by, now: centre.now(), catalogue: centre.catalogue() };
                    use_case(&work).await
                })
            })
            .await
    }
}
