//! Events, followed by everything that shows or passes on what happened: in the order in which they became visible,
//! none left out. Each process reads the log when it has committed something itself, when another process says so, and
//! from time to time; whoever comes late reads on from the position it last saw.

use crate::{Centre, Result};
use db::Db;
use model::event::{Position, Record, Subject};
use model::user::Staff;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Notify, broadcast};

/// How often the log is read though nobody said that there is something: what other processes wrote shows after this
/// long at the latest.
const PATIENCE: Duration = Duration::from_millis(250);
/// Events read at once.
const CHUNK: u64 = 500;
/// Events that a slow follower may be behind before it has to read them from the log.
const BACKLOG: usize = 2_048;

pub(crate) struct Feed {
    sender: broadcast::Sender<Arc<Record>>,
    end: Mutex<Position>,
    /// Told when another process says that it has committed: the seam for a message bus between nodes.
    nudge: Notify,
}

impl Feed {
    pub(crate) async fn open(db: &Db) -> Result<Self> {
        let (sender, _) = broadcast::channel(BACKLOG);
        Ok(Self { sender, end: Mutex::new(db::event::end(db.read()).await?), nudge: Notify::new() })
    }

    fn end(&self) -> Position {
        self.end.lock().map_or_else(|poisoned| *poisoned.into_inner(), |end| *end)
    }

    fn advance(&self, to: Position) {
        match self.end.lock() {
            Ok(mut end) => *end = to,
            Err(poisoned) => *poisoned.into_inner() = to,
        }
    }
}

/// What a follower gets.
pub struct Follower {
    centre: Centre,
    live: broadcast::Receiver<Arc<Record>>,
    seen: Position,
    read: std::collections::VecDeque<Arc<Record>>,
    /// Set while there may be more in the log than what comes live.
    behind: bool,
}

impl Follower {
    /// The next event, in order; waits for it.
    ///
    /// # Errors
    /// When the log cannot be read; the follower can be asked again.
    pub async fn next(&mut self) -> Result<Arc<Record>> {
        loop {
            if let Some(record) = self.read.pop_front() {
                self.seen = record.position;
                return Ok(record);
            }
            if self.behind {
                let more = db::event::after(self.centre.db().read(), self.seen, CHUNK).await?;
                self.behind = !more.is_empty();
                self.read.extend(more.into_iter().map(Arc::new));
                continue;
            }
            match self.live.recv().await {
                Ok(record) if record.position > self.seen => {
                    self.seen = record.position;
                    return Ok(record);
                }
                Ok(_) => {}
                Err(broadcast::error::RecvError::Lagged(_)) => self.behind = true,
                // The feed lives as long as the centre that this follower holds.
                Err(broadcast::error::RecvError::Closed) => futures::future::pending().await,
            }
        }
    }

    /// The next event that `staff` may see: for a structure's own staff, of cases those of the structure.
    ///
    /// # Errors
    /// When the log or the case cannot be read. The event is then read again by a follower after the last one that was
    /// given; this follower is past it.
    pub async fn next_seen_by(&mut self, staff: &Staff) -> Result<Arc<Record>> {
        loop {
            let record = self.next().await?;
            if record.subject != Subject::Case || self.shows(staff, &record).await? {
                return Ok(record);
            }
        }
    }

    /// The next of these that is of a case.
    ///
    /// # Errors
    /// As [`Self::next_seen_by`].
    pub async fn next_case(&mut self, staff: &Staff) -> Result<Arc<Record>> {
        loop {
            let record = self.next_seen_by(staff).await?;
            if record.subject == Subject::Case {
                return Ok(record);
            }
        }
    }

    async fn shows(&self, staff: &Staff, record: &Record) -> Result<bool> {
        if staff.scope.is_none() {
            return Ok(true);
        }
        let Ok(id) = record.subject_id.parse() else { return Ok(false) };
        let stored = db::case::load(self.centre.db().read(), id).await?;
        Ok(stored.is_some_and(|stored| crate::access::visible(staff, &stored).is_ok()))
    }
}

impl Centre {
    /// Follows events after `after`, or from now on.
    #[must_use]
    pub fn follow(&self, after: Option<Position>) -> Follower {
        let live = self.inner().feed.sender.subscribe();
        let seen = after.unwrap_or_else(|| self.inner().feed.end());
        Follower { centre: self.clone(), live, seen, read: std::collections::VecDeque::new(), behind: after.is_some() }
    }

    /// The last event that was passed on.
    #[must_use]
    pub fn seen(&self) -> Position {
        self.inner().feed.end()
    }

    /// Another process has written something: read the log now.
    pub fn nudge(&self) {
        self.inner().feed.nudge.notify_one();
    }

    /// Reads the log for ever and passes on what it finds. One task a process.
    pub async fn feed(self) {
        let mut commits = self.db().commits();
        loop {
            match self.pass_on().await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "cannot read the events; trying again"),
            }
            tokio::select! {
                _ = commits.changed() => {}
                () = self.inner().feed.nudge.notified() => {}
                () = tokio::time::sleep(PATIENCE) => {}
            }
        }
    }

    /// Passes on one chunk; true when there may be more.
    async fn pass_on(&self) -> Result<bool> {
        let feed = &self.inner().feed;
        let records = db::event::after(self.db().read(), feed.end(), CHUNK).await?;
        let more = records.len() as u64 == CHUNK;
        let of_catalogue =
            |r: &Record| matches!(r.subject, Subject::Service | Subject::Topic | Subject::Structure | Subject::Queue);
        if records.iter().any(of_catalogue)
            && let Err(error) = self.refresh_catalogue().await
        {
            // What follows them is no reason to keep the events, or whom they shut out, from anybody.
            tracing::error!(%error, "cannot read the catalogue anew; going on with the one before");
        }
        if records.iter().any(|r| matches!(r.subject, Subject::User | Subject::Token)) {
            self.inner().holders.forget();
        }
        for record in records {
            feed.advance(record.position);
            // Nobody may be following just now.
            let _ = feed.sender.send(Arc::new(record));
        }
        Ok(more)
    }
}
