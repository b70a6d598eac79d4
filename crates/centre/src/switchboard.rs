//! The switchboard: drives routing. It tells it what happens (who is ready, who waits, what the clock says), hands its
//! commands on to the channels, and writes down how everybody stands. One process of a centre has it: that which answers
//! the telephone.

mod profile;
mod queue;
mod write;

pub use write::Written;

use crate::routing::{self, Command, Event, Piece, State};
use crate::{Centre, Result};
use chrono::{DateTime, TimeDelta, Utc};
use model::availability::{PauseReason, Standing, Wish, Wished};
use model::call::Device;
use model::event::{Record, Subject};
use model::{QueueId, UserId};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc};

/// Drives routing; cheap to clone.
#[derive(Clone)]
pub struct Switchboard(Arc<Inner>);

struct Inner {
    centre: Centre,
    board: Mutex<Board>,
    /// Told when something falls due earlier than it did.
    changed: Notify,
    commands: mpsc::UnboundedSender<Command>,
    to_write: mpsc::UnboundedSender<Written>,
}

#[derive(Default)]
struct Board {
    state: State,
    /// By what each of the staff is reached.
    devices: HashMap<UserId, Device>,
    wishes: HashMap<UserId, Wished>,
    /// The rules that routing goes by, to tell it of what changed only.
    rules: BTreeMap<QueueId, routing::Rules>,
    /// The queues that it knows to be closed by hand.
    closed: BTreeSet<QueueId>,
}

/// What is to be driven with the switchboard: the commands for the channels, and its own task.
pub struct Driven {
    pub commands: mpsc::UnboundedReceiver<Command>,
    pub written: mpsc::UnboundedReceiver<Written>,
}

impl Switchboard {
    /// Sets it up with the queues and with who wishes to work.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn open(centre: Centre) -> Result<(Self, Driven)> {
        let (commands, commanded) = mpsc::unbounded_channel();
        let (to_write, written) = mpsc::unbounded_channel();
        let mut board = Board::default();
        for one in crate::availability::all(&centre).await? {
            board.wishes.insert(one.staff, one.wished);
            // Whoever stood ready in an earlier life of the program has to be reached anew first.
            let stands = Written::new(one.staff, Standing::Off, None, centre.now());
            let _ = to_write.send(stands);
        }
        let inner = Inner { centre, board: Mutex::new(board), changed: Notify::new(), commands, to_write };
        let switchboard = Self(Arc::new(inner));
        switchboard.rule();
        Ok((switchboard, Driven { commands: commanded, written }))
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.0.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells routing what happened.
    pub fn tell(&self, event: Event) {
        let now = self.0.centre.now();
        let mut board = self.board();
        self.step(&mut board, event, now);
    }

    fn step(&self, board: &mut Board, event: Event, now: DateTime<Utc>) {
        let before = board.state.due();
        let mut event = event;
        loop {
            for command in routing::step(&mut board.state, event, now) {
                if let Command::Show { operator, shown } = &command {
                    self.show(board, *operator, shown, now);
                }
                let _ = self.0.commands.send(command);
            }
            // What is done in portions is done before anything else happens.
            if board.state.due().is_none_or(|due| due > now) {
                break;
            }
            event = Event::Tick;
        }
        if board.state.due() != before {
            self.0.changed.notify_one();
        }
    }

    /// Writes down how somebody stands, and what routing wished for them.
    fn show(&self, board: &mut Board, operator: UserId, shown: &routing::Shown, now: DateTime<Utc>) {
        let (standing, forced) = write::standing(shown);
        let until = board.state.operator(operator).and_then(|one| write::until(&board.state, one));
        let device = board.devices.get(&operator).copied();
        let mut written = Written::new(operator, standing, device, now);
        written.until = until;
        if let Some(reason) = forced {
            let wished = Wished { wish: Wish::Pause, reason: Some(reason) };
            if board.wishes.insert(operator, wished) != Some(wished) {
                written.wished = Some(wished);
            }
        }
        let _ = self.0.to_write.send(written);
    }

    /// Somebody is reached by this, or by nothing any more.
    pub async fn device(&self, operator: UserId, device: Option<Device>) -> Result<()> {
        // That somebody is not reached any more holds whatever else is known of them.
        let profile = if device.is_some() { self.profile_of(operator).await? } else { None };
        let now = self.0.centre.now();
        let mut board = self.board();
        let before = match device {
            Some(device) => board.devices.insert(operator, device),
            None => board.devices.remove(&operator),
        };
        if before == device {
            return Ok(());
        }
        match (device, profile) {
            (Some(_), Some(profile)) => self.let_in(&mut board, operator, profile, now),
            _ => {
                self.step(&mut board, Event::Lost { operator }, now);
                let stands = board.state.operator(operator).map_or(Standing::Off, |one| write::standing(&one.show()).0);
                let _ = self.0.to_write.send(Written::new(operator, stands, None, now));
            }
        }
        Ok(())
    }

    /// Lets somebody in who is reached, as far as they wish to work.
    fn let_in(&self, board: &mut Board, operator: UserId, profile: routing::Profile, now: DateTime<Utc>) {
        let wished = board.wishes.get(&operator).copied().unwrap_or(Wished { wish: Wish::Off, reason: None });
        if wished.wish == Wish::Off && board.state.operator(operator).is_none() {
            let device = board.devices.get(&operator).copied();
            let _ = self.0.to_write.send(Written::new(operator, Standing::Off, device, now));
            return;
        }
        self.step(board, Event::SignedIn { operator, profile }, now);
        self.apply(board, operator, wished, now);
    }

    fn apply(&self, board: &mut Board, operator: UserId, wished: Wished, now: DateTime<Utc>) {
        let event = match wished.wish {
            Wish::Ready => Event::Ready { operator },
            Wish::Pause => {
                let reason = wished.reason.unwrap_or(PauseReason::Other).to_string();
                Event::Pausing { operator, reason }
            }
            Wish::Off => Event::Leaving { operator },
        };
        self.step(board, event, now);
    }

    /// The place of a piece in its queue, and how long it probably waits.
    #[must_use]
    pub fn place(&self, piece: Piece) -> Option<(usize, Option<TimeDelta>)> {
        let board = self.board();
        Some((board.state.place(piece)?, board.state.expected_wait(piece)))
    }

    /// How many wait in a queue, and since when the longest does.
    #[must_use]
    pub fn waiting(&self, queue: &QueueId) -> (usize, Option<DateTime<Utc>>) {
        let board = self.board();
        (board.state.waiting(queue), board.state.longest_waiting_since(queue))
    }

    /// By what somebody is reached.
    #[must_use]
    pub fn reached_by(&self, operator: UserId) -> Option<Device> {
        self.board().devices.get(&operator).copied()
    }

    /// Somebody who is ready for a call at this moment, or why not.
    #[must_use]
    pub fn is_free(&self, operator: UserId) -> bool {
        self.board().state.operator(operator).is_some_and(|one| one.may_be_offered() > 0)
    }

    /// Looks at the state, briefly.
    pub fn look<T>(&self, at: impl FnOnce(&State) -> T) -> T {
        at(&self.board().state)
    }

    /// Keeps routing going until `closing`: ticks when something falls due, and follows what people wish and what is
    /// changed in the administration. One task a process.
    pub async fn run(self, written: mpsc::UnboundedReceiver<Written>, closing: impl Future<Output = ()>) {
        let mut follower = self.0.centre.follow(None);
        let writing = write::write_down(self.0.centre.clone(), written);
        let going = async {
            loop {
                let due = self.board().state.due();
                let wait = due.map(|due| (due - self.0.centre.now()).to_std().unwrap_or_default());
                tokio::select! {
                    () = sleep(wait) => self.tell(Event::Tick),
                    () = self.0.changed.notified() => {}
                    record = follower.next() => match record {
                        Ok(record) => self.follow(&record).await,
                        Err(error) => {
                            tracing::warn!(%error, "cannot follow who takes work; trying again");
                            tokio::time::sleep(Duration::from_secs(1)).await;
                        }
                    }
                }
            }
        };
        tokio::select! {
            () = closing => {}
            () = going => {}
            () = writing => {}
        }
    }

    async fn follow(&self, record: &Record) {
        let done = match (record.subject, record.kind.as_str()) {
            (Subject::Availability, "wished") => self.wished(record).await,
            (Subject::User, _) => self.changed_staff(record).await,
            (Subject::Service | Subject::Topic | Subject::Queue, _) => {
                self.rule();
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(error) = done {
            tracing::warn!(%error, "cannot take over what was changed; it holds from the next change on");
        }
    }

    async fn wished(&self, record: &Record) -> Result<()> {
        let (Ok(operator), Ok(wished)) =
            (record.subject_id.parse::<UserId>(), serde_json::from_value::<Wished>(record.data.clone()))
        else {
            return Ok(());
        };
        let profile = self.profile_of(operator).await?;
        let now = self.0.centre.now();
        let mut board = self.board();
        let is_again = board.wishes.insert(operator, wished) == Some(wished);
        if is_again && wished.wish == Wish::Ready {
            self.end_wrap_ups(&mut board, operator, now);
        }
        let is_in = board.state.operator(operator).is_some();
        match profile {
            Some(profile) if !is_in && board.devices.contains_key(&operator) => {
                self.let_in(&mut board, operator, profile, now);
            }
            _ if is_in => self.apply(&mut board, operator, wished, now),
            _ => {}
        }
        Ok(())
    }

    /// They have said that they are ready, and say so once more: whatever they still write up is written up.
    fn end_wrap_ups(&self, board: &mut Board, operator: UserId, now: DateTime<Utc>) {
        let written: Vec<Piece> =
            board.state.operator(operator).map(|one| one.wrap_ups.keys().copied().collect()).unwrap_or_default();
        for piece in written {
            self.step(board, Event::WrappedUp { operator, piece }, now);
        }
    }

    async fn changed_staff(&self, record: &Record) -> Result<()> {
        let Ok(operator) = record.subject_id.parse::<UserId>() else { return Ok(()) };
        let profile = self.profile_of(operator).await?;
        let now = self.0.centre.now();
        let mut board = self.board();
        if board.state.operator(operator).is_none() {
            return Ok(());
        }
        match profile {
            Some(profile) => self.step(&mut board, Event::Skilled { operator, profile }, now),
            None => self.step(&mut board, Event::Lost { operator }, now),
        }
        Ok(())
    }

    /// Tells routing of queues that are new, have other rules than before, or were closed or opened by hand.
    fn rule(&self) {
        let catalogue = self.0.centre.catalogue();
        let rules = queue::rules(&catalogue);
        let now = self.0.centre.now();
        let mut board = self.board();
        for (queue, rules) in rules {
            if board.rules.get(&queue) != Some(&rules) {
                board.rules.insert(queue.clone(), rules.clone());
                self.step(&mut board, Event::Ruled { queue, rules }, now);
            }
        }
        let standing = catalogue.closings.iter().filter(|closing| closing.holds(now));
        let closed: BTreeSet<QueueId> = standing.map(|closing| closing.queue.clone()).collect();
        let before = std::mem::replace(&mut board.closed, closed.clone());
        for queue in before.difference(&closed).cloned() {
            self.step(&mut board, Event::Opened { queue }, now);
        }
        for queue in closed.difference(&before).cloned() {
            self.step(&mut board, Event::Closed { queue }, now);
        }
    }

    async fn profile_of(&self, operator: UserId) -> Result<Option<routing::Profile>> {
        let staff = crate::staff::load(&self.0.centre, operator).await?;
        Ok(staff.map(|staff| profile::of(&staff, &self.0.centre.catalogue())))
    }
}

async fn sleep(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}
