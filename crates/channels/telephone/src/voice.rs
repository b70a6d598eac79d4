//! The voice: what is said to callers. A sentence is read by espeak-ng, or is a sound that was uploaded; each is made once
//! and kept for as long as it is said often.

use crate::menu::Phrase;
use crate::sound::prompt::Prompt;
use crate::sound::{Codec, Rate, music, tone, wav};
use centre::Centre;
use chrono_tz::Tz;
use model::SoundId;
use model::service::Service;
use std::collections::HashMap;
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::sync::Semaphore;

/// Bytes of sentences that are kept, as they were read: what is said to every caller is far less, and what is said to one,
/// their number digit by digit, makes room for the next.
const KEPT: usize = 8 * 1024 * 1024;
/// Sentences that are read at the same time: a burst of new ones must not take all processors.
const AT_ONCE: usize = 2;
/// In the place of a language, of what is kept and was not read.
const SOUND: &str = "sound";
/// The longest text that is read.
const TEXT_MAX: usize = 2_000;
/// Words a minute: a little slower than the reader's own pace, because callers listen over a telephone.
const PACE: &str = "155";

/// Why something cannot be said.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("espeak-ng, which reads sentences to callers, cannot be run: {0}")]
    Reader(std::io::Error),
    #[error("espeak-ng cannot read in {language}: {why}")]
    Read { language: String, why: String },
    #[error("cannot take the sound: {0}")]
    Sound(#[from] wav::Error),
    #[error("there is no sound {0:?}")]
    NoSound(String),
    #[error("cannot read a sound: {0}")]
    Kept(#[source] centre::Error),
}

/// Says things; cheap to clone.
#[derive(Clone)]
pub struct Voice(Arc<Inner>);

struct Inner {
    kept: Mutex<Kept>,
    places: Semaphore,
    music: Prompt,
    beep: Prompt,
}

#[derive(Default)]
struct Kept {
    said: HashMap<(String, String), (Prompt, u64)>,
    turn: u64,
}

impl Default for Voice {
    fn default() -> Self {
        Self::new()
    }
}

impl Voice {
    #[must_use]
    pub fn new() -> Self {
        let music = Prompt::as_is(music::on_hold(Rate::Wide), Rate::Wide);
        let beep = Prompt::as_is(tone::beep(Rate::Narrow), Rate::Narrow);
        let (kept, places) = (Mutex::default(), Semaphore::new(AT_ONCE));
        Self(Arc::new(Inner { kept, places, music, beep }))
    }

    /// Encodes what every caller hears, so that the first does not wait for it.
    pub async fn prepare(&self) {
        let voice = self.clone();
        let prepared = tokio::task::spawn_blocking(move || {
            for codec in [Codec::Pcma, Codec::Pcmu] {
                voice.0.music.frames(codec);
                voice.0.beep.frames(codec);
            }
        });
        let _ = prepared.await;
    }

    /// What callers hear while they wait.
    #[must_use]
    pub fn music(&self) -> Prompt {
        self.0.music.clone()
    }

    /// The tone before a message.
    #[must_use]
    pub fn beep(&self) -> Prompt {
        self.0.beep.clone()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A phrase as sound, on the clock of `zone`.
    ///
    /// # Errors
    /// A reader that is not installed, a sound that is not there.
    pub async fn say(&self, centre: &Centre, phrase: &Phrase, zone: Tz) -> Result<Prompt, Error> {
        match phrase {
            Phrase::Words(words) => self.read(words.language.code(), &words.told(zone, centre.now())).await,
            Phrase::Text { text, language } => self.read(language, text).await,
            Phrase::Sound { name, .. } => self.sound(centre, name).await,
        }
    }

    /// A sound that was uploaded, by its name.
    ///
    /// # Errors
    /// One that is not there, or whose file is not.
    async fn sound(&self, centre: &Centre, name: &str) -> Result<Prompt, Error> {
        let sound = centre::sound::find(centre, &SoundId::new(name)).await.map_err(|error| match error {
            centre::Error::NotFound(_) => Error::NoSound(name.to_owned()),
            error => Error::Kept(error),
        })?;
        // A sound that is uploaded anew is another file.
        let key = (SOUND.to_owned(), sound.stored_as.clone());
        if let Some(prompt) = self.find(&key) {
            return Ok(prompt);
        }
        let _place = self.0.places.acquire().await;
        if let Some(prompt) = self.find(&key) {
            return Ok(prompt);
        }
        let file = centre::sound::read(centre, &sound).await.map_err(Error::Kept)?;
        let read = tokio::task::spawn_blocking(move || {
            let prompt = Prompt::new(wav::read(&file, Rate::Wide)?, Rate::Wide);
            prompt.frames(Codec::Pcma);
            Ok::<_, wav::Error>(prompt)
        });
        let prompt = read.await.map_err(|_| Error::NoSound(name.to_owned()))??;
        self.keep(key, prompt.clone());
        Ok(prompt)
    }

    /// What callers of a service hear while they wait: its own sound, else what is built in.
    pub async fn music_of(&self, centre: &Centre, service: &Service) -> Prompt {
        let Some(name) = &service.telephone.music else { return self.music() };
        match self.sound(centre, name).await {
            Ok(prompt) => prompt,
            Err(error) => {
                tracing::warn!(%error, service = %service.id, "the music of a service cannot be played");
                self.music()
            }
        }
    }

    /// A text that is read.
    ///
    /// # Errors
    /// A reader that is not installed, or knows no such language.
    pub async fn read(&self, language: &str, text: &str) -> Result<Prompt, Error> {
        let key = (language.to_owned(), text.to_owned());
        if let Some(prompt) = self.find(&key) {
            return Ok(prompt);
        }
        let _place = self.0.places.acquire().await;
        // Somebody else may have had it read in the meantime.
        if let Some(prompt) = self.find(&key) {
            return Ok(prompt);
        }
        let file = spoken(language, text).await?;
        let prompt = Prompt::new(wav::read(&file, Rate::Wide)?, Rate::Wide);
        self.keep(key, prompt.clone());
        Ok(prompt)
    }

    fn find(&self, key: &(String, String)) -> Option<Prompt> {
        let mut kept = self.kept();
        kept.turn += 1;
        let turn = kept.turn;
        let (prompt, last) = kept.said.get_mut(key)?;
        *last = turn;
        Some(prompt.clone())
    }

    fn keep(&self, key: (String, String), prompt: Prompt) {
        let mut kept = self.kept();
        kept.turn += 1;
        let turn = kept.turn;
        kept.said.insert(key, (prompt, turn));
        while kept.said.len() > 1 && kept.said.values().map(|(prompt, _)| prompt.size()).sum::<usize>() > KEPT {
            let oldest = kept.said.iter().min_by_key(|(_, (_, last))| *last).map(|(key, _)| key.clone());
            oldest.and_then(|key| kept.said.remove(&key));
        }
    }
}

/// Has a text read into a WAV file.
async fn spoken(language: &str, text: &str) -> Result<Vec<u8>, Error> {
    let text: String = text.chars().filter(|c| !c.is_control() || *c == '\n').take(TEXT_MAX).collect();
    let mut reader = Command::new("espeak-ng")
        .args(["-v", voice_of(language), "-s", PACE, "--stdin", "--stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(Error::Reader)?;
    if let Some(mut stdin) = reader.stdin.take() {
        // What a reader does not want to hear to the end shows in how it ends.
        let _ = stdin.write_all(text.as_bytes()).await;
    }
    let output = reader.wait_with_output().await.map_err(Error::Reader)?;
    if output.status.success() && !output.stdout.is_empty() {
        return Ok(output.stdout);
    }
    let why = String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("nothing was read").to_owned();
    Err(Error::Read { language: language.to_owned(), why })
}

/// The reader's voice for a language: its own code, where that is one.
fn voice_of(language: &str) -> &str {
    let is_code = language.len() <= 10 && language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match language {
        "zh" => "cmn",
        code if is_code && !code.is_empty() && !code.starts_with('-') => code,
        _ => "it",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_last_is_kept_and_not_more_than_there_is_room_for() {
        let voice = Voice::new();
        let key = |number: usize| ("it".to_owned(), number.to_string());
        // A minute of each.
        let minute = || Prompt::as_is(vec![0; 60 * 16_000], Rate::Wide);
        let fit = KEPT / minute().size();
        for number in 0..fit + 3 {
            voice.keep(key(number), minute());
            assert!(voice.find(&key(0)).is_some(), "what is said again and again stays");
        }
        assert_eq!(voice.kept().said.len(), fit);
        assert!(voice.find(&key(1)).is_none() && voice.find(&key(fit + 2)).is_some());
    }
}
