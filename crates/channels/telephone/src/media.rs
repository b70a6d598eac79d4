//! Sound on its way: the legs of calls in rooms, carried by threads of their own.
//!
//! A thread turns every few milliseconds: it reads what has come on each leg, passes on what only has to be passed on,
//! and every 20 ms gives each of the others its frame. So a leg costs a few system calls a frame and no wake-ups, and a
//! call costs the same whether its callers hear music, a prompt or each other.

mod leg;
pub(crate) mod line;
pub(crate) mod port;
mod relay;
mod room;
mod tally;
mod wire;
mod worker;

pub use leg::{Counts, Program};
pub use line::Line;
pub use port::Ports;
pub use wire::{Peer, Wire};

use crate::recorder::Pen;
use crate::sound::Codec;
use crate::sound::digit::Digit;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use tokio::sync::mpsc;

/// A room: the legs of one call, and of whoever speaks on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomId(u64);

/// A leg within its room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LegId(pub u32);

/// What is heard on a room's legs.
#[derive(Debug)]
pub enum Heard {
    /// A key was pressed.
    Digit { leg: LegId, digit: Digit },
    /// All of a program was played.
    Played { leg: LegId, program: u32 },
    /// The first sound has come.
    Began { leg: LegId },
    /// Nothing has come for as long as a leg may be silent.
    Silent { leg: LegId },
    /// A browser's line is gone.
    Lost { leg: LegId },
    /// A leg was taken out, with what passed over it.
    Left { leg: LegId, counts: Counts },
}

/// What is to be done in a room.
pub(crate) enum Command {
    Open {
        heard: mpsc::UnboundedSender<Heard>,
    },
    Join {
        leg: LegId,
        line: Line,
        watched: bool,
    },
    /// The far end is elsewhere, or speaks otherwise, from now on.
    Aim {
        leg: LegId,
        peer: Peer,
    },
    /// The far end of a browser's line has described itself.
    Describe {
        leg: LegId,
        sdp: String,
    },
    /// The far end of a browser's line wants to change the session.
    Renegotiate {
        leg: LegId,
        sdp: String,
        answer: tokio::sync::oneshot::Sender<Option<String>>,
    },
    /// Whom a leg hears.
    Hear {
        leg: LegId,
        whom: Vec<LegId>,
    },
    /// Plays a program to a leg, instead of what it hears.
    Play {
        leg: LegId,
        program: Program,
    },
    /// Plays no program any more.
    Hush {
        leg: LegId,
    },
    /// Sends keys to the far end.
    Dial {
        leg: LegId,
        digits: Vec<Digit>,
    },
    /// Whether silence of the far end is told.
    Watch {
        leg: LegId,
        watched: bool,
    },
    /// What is received of these two legs is written down, or nothing more.
    Record {
        to: Option<Tape>,
    },
    Leave {
        leg: LegId,
    },
    Close,
}

/// Where what is received is written, on two channels.
pub(crate) struct Tape {
    pub(crate) caller: LegId,
    pub(crate) operator: LegId,
    pub(crate) pen: Pen,
}

/// How sound is carried.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    pub threads: usize,
    /// How long a watched leg may send nothing.
    pub silence: std::time::Duration,
}

/// The threads that carry sound.
pub struct Media {
    workers: Vec<worker::Handle>,
    next: AtomicUsize,
    rooms: Arc<AtomicU64>,
}

impl Media {
    /// Starts the threads.
    ///
    /// # Errors
    /// A system that gives no thread.
    pub fn start(rules: Rules) -> std::io::Result<Self> {
        let workers = (0..rules.threads.max(1)).map(|n| worker::start(n, rules)).collect::<Result<_, _>>()?;
        Ok(Self { workers, next: AtomicUsize::new(0), rooms: Arc::default() })
    }

    /// Opens a room on the thread whose turn it is.
    pub fn open(&self) -> (Room, mpsc::UnboundedReceiver<Heard>) {
        let (heard, hears) = mpsc::unbounded_channel();
        let id = RoomId(self.rooms.fetch_add(1, Ordering::Relaxed));
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        let worker = self.workers.get(turn % self.workers.len().max(1)).cloned();
        let room = Room { id, worker, legs: Arc::default() };
        room.tell(Command::Open { heard });
        (room, hears)
    }
}

/// A room, to be told what to do. It closes with its last handle.
#[derive(Clone)]
pub struct Room {
    id: RoomId,
    worker: Option<worker::Handle>,
    legs: Arc<Legs>,
}

#[derive(Default)]
struct Legs(std::sync::atomic::AtomicU32);

impl Room {
    fn tell(&self, command: Command) {
        if let Some(worker) = &self.worker {
            worker.tell(self.id, command);
        }
    }

    /// Takes in a leg; one that is watched tells when its far end falls silent.
    #[must_use]
    pub fn join(&self, line: Line, watched: bool) -> LegId {
        let leg = LegId(self.legs.0.fetch_add(1, Ordering::Relaxed));
        self.tell(Command::Join { leg, line, watched });
        leg
    }

    pub fn aim(&self, leg: LegId, peer: Peer) {
        self.tell(Command::Aim { leg, peer });
    }

    pub fn describe(&self, leg: LegId, sdp: String) {
        self.tell(Command::Describe { leg, sdp });
    }

    /// Our answer to a browser that changes the session; None when it cannot be changed so.
    pub async fn renegotiate(&self, leg: LegId, sdp: String) -> Option<String> {
        let (answer, answered) = tokio::sync::oneshot::channel();
        self.tell(Command::Renegotiate { leg, sdp, answer });
        answered.await.ok().flatten()
    }

    /// Lets a leg hear these, and nobody else.
    pub fn hear(&self, leg: LegId, whom: &[LegId]) {
        self.tell(Command::Hear { leg, whom: whom.to_vec() });
    }

    /// Lets two hear each other.
    pub fn connect(&self, one: LegId, other: LegId) {
        self.hear(one, &[other]);
        self.hear(other, &[one]);
    }

    pub fn play(&self, leg: LegId, program: Program) {
        self.tell(Command::Play { leg, program });
    }

    pub fn hush(&self, leg: LegId) {
        self.tell(Command::Hush { leg });
    }

    pub fn dial(&self, leg: LegId, digits: Vec<Digit>) {
        self.tell(Command::Dial { leg, digits });
    }

    pub fn watch(&self, leg: LegId, watched: bool) {
        self.tell(Command::Watch { leg, watched });
    }

    pub(crate) fn record(&self, to: Option<Tape>) {
        self.tell(Command::Record { to });
    }

    pub fn leave(&self, leg: LegId) {
        self.tell(Command::Leave { leg });
    }

    /// Takes all legs out and ends the room.
    pub fn close(&self) {
        self.tell(Command::Close);
    }
}

/// Codecs as they are preferred between telephones.
pub const PREFERRED: [Codec; 3] = [Codec::Pcma, Codec::Pcmu, Codec::G722];
