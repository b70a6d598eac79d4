//! What is being said to a caller, what is still to be said, and how long a choice is waited for.

use crate::media::{LegId, Program, Room};
use crate::sound::prompt::Prompt;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// The number of a program whose end nobody waits for.
const BACKGROUND: u32 = 0;

pub(super) struct Speech {
    music: Prompt,
    /// What is heard while nothing is said.
    plays_music: bool,
    speaking: Option<(u32, bool)>,
    to_say: VecDeque<(Vec<Prompt>, bool)>,
    number: u32,
    listens: Option<Duration>,
    deadline: Option<Instant>,
}

impl Speech {
    pub(super) fn new(music: Prompt) -> Self {
        Self {
            music,
            plays_music: false,
            speaking: None,
            to_say: VecDeque::new(),
            number: BACKGROUND,
            listens: None,
            deadline: None,
        }
    }

    pub(super) fn is_speaking(&self) -> bool {
        self.speaking.is_some()
    }

    /// Says this after what is being said.
    pub(super) fn say(&mut self, room: &Room, leg: LegId, prompts: Vec<Prompt>, can_be_cut: bool) {
        self.to_say.push_back((prompts, can_be_cut));
        self.deadline = None;
        if self.speaking.is_none() {
            self.next(room, leg);
        }
    }

    fn next(&mut self, room: &Room, leg: LegId) {
        match self.to_say.pop_front() {
            Some((pieces, can_be_cut)) => {
                self.number += 1;
                self.speaking = Some((self.number, can_be_cut));
                room.play(leg, Program { number: self.number, pieces, again_and_again: false });
            }
            None => {
                self.speaking = None;
                self.background(room, leg);
            }
        }
    }

    fn background(&mut self, room: &Room, leg: LegId) {
        if self.plays_music {
            let pieces = vec![self.music.clone()];
            room.play(leg, Program { number: BACKGROUND, pieces, again_and_again: true });
        } else {
            room.hush(leg);
        }
        if let Some(listens) = self.listens {
            self.deadline = Some(Instant::now() + listens);
        }
    }

    /// A program was played to its end; true when that was the last.
    pub(super) fn played(&mut self, room: &Room, leg: LegId, program: u32) -> bool {
        if self.speaking.is_none_or(|(number, _)| number != program) {
            return false;
        }
        self.next(room, leg);
        self.speaking.is_none()
    }

    /// A key was pressed: what can be cut off is, all of it.
    pub(super) fn cut(&mut self, room: &Room, leg: LegId) {
        self.to_say.retain(|(_, can_be_cut)| !can_be_cut);
        if let Some((_, true)) = self.speaking {
            self.next(room, leg);
        } else if let (Some(listens), None) = (self.listens, self.speaking) {
            self.deadline = Some(Instant::now() + listens);
        }
    }

    /// Waits for keys, from the end of what is said.
    pub(super) fn listen(&mut self, seconds: u32) {
        let listens = Duration::from_secs(u64::from(seconds));
        self.listens = Some(listens);
        self.deadline = self.speaking.is_none().then(|| Instant::now() + listens);
    }

    pub(super) fn stop_listening(&mut self) {
        (self.listens, self.deadline) = (None, None);
    }

    /// Another service has other music.
    pub(super) fn waits_with(&mut self, music: Prompt) {
        self.music = music;
    }

    /// Music while nothing is said, or silence.
    pub(super) fn set_music(&mut self, room: &Room, leg: LegId, on: bool) {
        self.plays_music = on;
        if self.speaking.is_none() {
            self.background(room, leg);
        }
    }

    /// Says nothing any more: somebody else speaks.
    pub(super) fn stop(&mut self, room: &Room, leg: LegId) {
        self.to_say.clear();
        self.speaking = None;
        self.plays_music = false;
        self.stop_listening();
        room.hush(leg);
    }

    pub(super) fn due(&self) -> Option<Instant> {
        self.deadline
    }

    /// Nothing was pressed in time.
    pub(super) fn is_due(&mut self, now: Instant) -> bool {
        let is_due = self.deadline.is_some_and(|deadline| deadline <= now);
        if is_due {
            self.stop_listening();
        }
        is_due
    }
}
