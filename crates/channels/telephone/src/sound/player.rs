//! A place in a list of prompts: what one caller hears.

use super::Codec;
use super::prompt::Prompt;
use bytes::Bytes;

/// Plays prompts one after the other, once or for ever.
#[derive(Clone)]
pub struct Player {
    prompts: Vec<Prompt>,
    at: usize,
    frame: usize,
    looped: bool,
}

impl Player {
    /// Plays the prompts once.
    pub fn once(prompts: Vec<Prompt>) -> Self {
        Self { prompts, at: 0, frame: 0, looped: false }
    }

    /// Plays the prompts again and again.
    pub fn looped(prompts: Vec<Prompt>) -> Self {
        Self { looped: true, ..Self::once(prompts) }
    }

    /// The next frame of 20 ms, or nothing at the end. It copies and allocates nothing once the prompts are encoded
    /// for the codec, and the codec may change between frames.
    pub fn next_frame(&mut self, codec: Codec) -> Option<Bytes> {
        // One more than the prompts, so that a loop of empty ones ends.
        for _ in 0..=self.prompts.len() {
            if let Some(frame) = self.prompts.get(self.at)?.shared(codec).get(self.frame) {
                self.frame += 1;
                return Some(frame.clone());
            }
            self.frame = 0;
            self.at += 1;
            if self.looped && self.at >= self.prompts.len() {
                self.at = 0;
            }
        }
        None
    }

    /// Starts again from the first.
    pub fn restart(&mut self) {
        (self.at, self.frame) = (0, 0);
    }

    /// The frames of 20 ms still to come, of the list itself if it is looped.
    pub fn left(&self) -> usize {
        let all: usize = self.prompts.iter().skip(self.at).map(Prompt::length).sum();
        all.saturating_sub(self.frame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::{Rate, tone};

    fn prompt(frames: u32) -> Prompt {
        Prompt::as_is(tone::sine(500.0, 5_000.0, Rate::Narrow, frames * 20), Rate::Narrow)
    }

    #[test]
    fn prompts_follow_one_another_and_end() {
        let mut player = Player::once(vec![prompt(2), prompt(0), prompt(3)]);
        assert_eq!(player.left(), 5);
        let mut played = 0;
        while player.next_frame(Codec::Pcma).is_some() {
            played += 1;
            assert_eq!(player.left(), 5 - played);
        }
        assert_eq!(played, 5);
        assert_eq!(player.next_frame(Codec::Pcma), None);
        player.restart();
        assert!(player.next_frame(Codec::Pcmu).is_some(), "in another codec too");
    }

    #[test]
    fn music_never_ends_and_is_the_same_memory_each_time() {
        let mut player = Player::looped(vec![prompt(3)]);
        let first = player.next_frame(Codec::Pcma).unwrap();
        let later = (0..300).map(|_| player.next_frame(Codec::Pcma).unwrap()).fold(first.clone(), |_, next| next);
        assert_eq!(first.as_ptr(), later.as_ptr());
    }

    #[test]
    fn nothing_looped_is_nothing() {
        assert_eq!(Player::looped(vec![prompt(0), prompt(0)]).next_frame(Codec::Opus), None);
        assert_eq!(Player::looped(Vec::new()).next_frame(Codec::Opus), None);
    }
}
