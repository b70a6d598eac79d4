//! What one process of a centre does at a time: answering the telephone. Whoever does it says again and again that it is
//! alive; the others watch, each by its own clock, and take over when they have heard nothing for as long as the lease
//! lasts. So that no two do it at once, whoever could not say it in time stops by itself.

use crate::{By, Centre, Result};
use db::leader::Leader;
use std::time::{Duration, Instant};

/// A process that wants its turn, or has it.
pub struct Turn {
    task: &'static str,
    /// The data folder that it lives in.
    place: String,
    lasts: Duration,
    /// Who has it, and since when they were heard of no more.
    seen: Option<(Leader, Instant)>,
}

impl Turn {
    #[must_use]
    pub fn new(task: &'static str, place: String, lasts: Duration) -> Self {
        Self { task, place, lasts, seen: None }
    }

    /// How often it is looked, or said that one is alive.
    #[must_use]
    pub fn pace(&self) -> Duration {
        self.lasts / 3
    }

    /// Takes the turn, if nobody has it any more. `alone` is for whoever knows that no other process lives in its folder:
    /// one that had the turn there has ended.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn take(&mut self, centre: &Centre, alone: bool) -> Result<bool> {
        let now = Instant::now();
        let there = db::leader::load(centre.db().read(), self.task).await?;
        let is_free = match &there {
            None => true,
            Some(there) => {
                let since = self.seen.as_ref().filter(|(seen, _)| seen == there).map_or(now, |(_, since)| *since);
                self.seen = Some((there.clone(), since));
                is_free(there, now - since, self.lasts, alone.then_some(self.place.as_str()))
            }
        };
        if !is_free {
            return Ok(false);
        }
        let (task, place, beat) = (self.task, self.place.clone(), there.map(|there| there.beat));
        centre
            .work(By::System, move |w| {
                Box::pin(async move { Ok(db::leader::take(w.tx, task, w.centre.node(), &place, beat).await?) })
            })
            .await
    }

    /// Says that this process is alive; until when it may go on, or nothing where another has taken over.
    ///
    /// # Errors
    /// Only those of the database: what was said before holds on.
    pub async fn go_on(&self, centre: &Centre) -> Result<Option<Instant>> {
        let (asked, task) = (Instant::now(), self.task);
        let ours = centre
            .work(By::System, move |w| {
                Box::pin(async move { Ok(db::leader::beat(w.tx, task, w.centre.node()).await?) })
            })
            .await?;
        Ok(ours.then(|| asked + self.lasts))
    }

    /// Ends the turn: the next may begin at once.
    ///
    /// # Errors
    /// Only those of the database: the next waits until the lease is over.
    pub async fn give_back(&self, centre: &Centre) -> Result<()> {
        let task = self.task;
        centre
            .work(By::System, move |w| {
                Box::pin(async move { Ok(db::leader::give_back(w.tx, task, w.centre.node()).await?) })
            })
            .await
    }
}

/// Whether a turn may be taken from whoever had it and was not heard of for so long.
fn is_free(there: &Leader, silent: Duration, lasts: Duration, alone_in: Option<&str>) -> bool {
    there.node.is_none() || silent >= lasts || alone_in == Some(there.place.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_taken_from_whoever_gave_it_back_is_silent_or_has_ended() {
        let second = Duration::from_secs(1);
        let at = |node: Option<&str>| Leader { node: node.map(str::to_owned), place: "here".to_owned(), beat: 7 };
        assert!(is_free(&at(None), Duration::ZERO, 15 * second, None));
        assert!(!is_free(&at(Some("a")), 14 * second, 15 * second, None));
        assert!(is_free(&at(Some("a")), 15 * second, 15 * second, None));
        assert!(is_free(&at(Some("a")), Duration::ZERO, 15 * second, Some("here")));
        assert!(!is_free(&at(Some("a")), Duration::ZERO, 15 * second, Some("elsewhere")));
    }
}
