//! A piece of sound that many callers hear: encoded once for each codec, then shared by all who play it.

use super::codec::{Encoder, Error};
use super::{Codec, Rate, loudness};
use bytes::Bytes;
use std::sync::{Arc, OnceLock};

/// A piece of sound. Clones share it.
#[derive(Clone)]
pub struct Prompt {
    inner: Arc<Inner>,
}

struct Inner {
    pcm: Vec<i16>,
    rate: Rate,
    pcma: OnceLock<Arc<[Bytes]>>,
    pcmu: OnceLock<Arc<[Bytes]>>,
    g722: OnceLock<Arc<[Bytes]>>,
    opus: OnceLock<Arc<[Bytes]>>,
}

impl Prompt {
    /// Recorded speech, brought to the level of all prompts.
    pub fn new(mut pcm: Vec<i16>, rate: Rate) -> Self {
        loudness::normalise(&mut pcm, rate);
        Self::as_is(pcm, rate)
    }

    /// Sound that has its level: tones and music.
    pub fn as_is(pcm: Vec<i16>, rate: Rate) -> Self {
        let (pcma, pcmu, g722, opus) = (OnceLock::new(), OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { inner: Arc::new(Inner { pcm, rate, pcma, pcmu, g722, opus }) }
    }

    /// How many frames of 20 ms it lasts; the last is filled up with silence.
    pub fn length(&self) -> usize {
        self.inner.pcm.len().div_ceil(self.inner.rate.frame())
    }

    /// Bytes that it takes before it is encoded.
    pub fn size(&self) -> usize {
        size_of_val(self.inner.pcm.as_slice())
    }

    /// Its payloads, one for each frame. The first call for a codec encodes all of it (half a minute takes up to a
    /// fifth of a second for Opus), so make it where a wait does no harm; all later ones only share.
    pub fn frames(&self, codec: Codec) -> Arc<[Bytes]> {
        self.shared(codec).clone()
    }

    pub(super) fn shared(&self, codec: Codec) -> &Arc<[Bytes]> {
        let slot = match codec {
            Codec::Pcma => &self.inner.pcma,
            Codec::Pcmu => &self.inner.pcmu,
            Codec::G722 => &self.inner.g722,
            Codec::Opus => &self.inner.opus,
        };
        // An encoder that cannot be set up leaves silence, of the right length.
        slot.get_or_init(|| self.encode(codec).unwrap_or_else(|_| vec![codec.silence(); self.length()].into()))
    }

    fn encode(&self, codec: Codec) -> Result<Arc<[Bytes]>, Error> {
        let mut encoder = Encoder::new(codec, self.inner.rate)?;
        let (mut all, mut ends, mut payload) = (Vec::new(), Vec::with_capacity(self.length()), Vec::new());
        let mut last = Vec::new();
        for frame in self.inner.pcm.chunks(self.inner.rate.frame()) {
            let whole = if frame.len() == self.inner.rate.frame() {
                frame
            } else {
                last.extend_from_slice(frame);
                last.resize(self.inner.rate.frame(), 0);
                &last
            };
            encoder.encode(whole, &mut payload)?;
            all.extend_from_slice(&payload);
            ends.push(all.len());
        }
        // All payloads are parts of one allocation.
        let all = Bytes::from(all);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        Ok(starts.zip(&ends).map(|(start, &end)| all.slice(start..end)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::codec::Decoder;
    use crate::sound::tone;

    #[test]
    fn in_every_codec_it_lasts_as_long_and_sounds_the_same() {
        let prompt = Prompt::as_is(tone::sine(700.0, 8_000.0, Rate::Full, 1_010), Rate::Full);
        for codec in Codec::ALL {
            let frames = prompt.frames(codec);
            assert_eq!((frames.len(), prompt.length()), (51, 51), "{codec:?}");
            let (mut decoder, mut pcm, mut all) = (Decoder::new(codec, Rate::Narrow).unwrap(), Vec::new(), Vec::new());
            for frame in frames.iter() {
                decoder.decode(frame, &mut pcm).unwrap();
                all.extend_from_slice(&pcm);
            }
            assert_eq!(all.len(), 51 * 160);
            let level = tone::level(&all[800..7_200], 700.0, Rate::Narrow);
            assert!((level / 8_000.0 - 1.0).abs() < 0.1, "{codec:?}: {level}");
        }
    }

    #[test]
    fn it_is_encoded_once_and_shared() {
        let prompt = Prompt::new(tone::beep(Rate::Narrow), Rate::Narrow);
        let other = prompt.clone();
        assert!(Arc::ptr_eq(&prompt.frames(Codec::Pcma), &other.frames(Codec::Pcma)));
        let frames = prompt.frames(Codec::Pcmu);
        assert_eq!(frames[1].as_ptr(), frames[0].as_ptr().wrapping_add(160), "one allocation holds them");
    }
}
