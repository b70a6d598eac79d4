//! A thread that carries sound: it turns its rooms every few milliseconds, and sleeps while there are none.

use super::room::{FRAME, Room};
use super::{Command, RoomId, Rules};
use std::collections::HashMap;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// How often the rooms are turned: what is passed on waits half of it on average.
const TURN: Duration = Duration::from_millis(5);
/// Turns within a frame: the rooms' frames are spread over them, so that not all are made at once.
const PHASES: u64 = 4;

#[derive(Clone)]
pub(super) struct Handle(mpsc::Sender<(RoomId, Command)>);

impl Handle {
    pub(super) fn tell(&self, room: RoomId, command: Command) {
        // The thread ends with its last handle: nobody tells one that has ended.
        let _ = self.0.send((room, command));
    }
}

pub(super) fn start(number: usize, rules: Rules) -> std::io::Result<Handle> {
    let (tell, told) = mpsc::channel();
    std::thread::Builder::new().name(format!("sound-{number}")).spawn(move || carry(&told, rules))?;
    Ok(Handle(tell))
}

fn carry(told: &mpsc::Receiver<(RoomId, Command)>, rules: Rules) {
    let mut rooms: HashMap<RoomId, Room> = HashMap::new();
    loop {
        if rooms.is_empty() {
            let Ok((id, command)) = told.recv() else { return };
            take(&mut rooms, id, command);
        }
        let began = Instant::now();
        loop {
            match told.try_recv() {
                Ok((id, command)) => take(&mut rooms, id, command),
                Err(mpsc::TryRecvError::Empty) => break,
                Err(mpsc::TryRecvError::Disconnected) => return,
            }
        }
        for room in rooms.values_mut() {
            room.turn(began, rules.silence);
        }
        let took = began.elapsed();
        if let Some(rest) = TURN.checked_sub(took) {
            std::thread::sleep(rest);
        }
    }
}

fn take(rooms: &mut HashMap<RoomId, Room>, id: RoomId, command: Command) {
    let now = Instant::now();
    match command {
        Command::Open { heard } => {
            let phase = TURN * u32::try_from(id.0 % PHASES).unwrap_or_default();
            rooms.insert(id, Room::new(heard, now + FRAME.min(phase), seed(id, now)));
        }
        command => {
            let goes_on = rooms.get_mut(&id).is_none_or(|room| room.take(command, now));
            if !goes_on {
                rooms.remove(&id);
            }
        }
    }
}

/// Where the counts of packets begin: elsewhere for each room, as RTP asks (RFC 3550, 5.1).
fn seed(id: RoomId, _: Instant) -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(id)
}
