//! The four codecs of the telephone channel, and the way between them and linear sound.
//!
//! An encoder and a decoder belong to one stream each: all but G.711 remember what came before.

use super::conceal::Conceal;
use super::g711::Law;
use super::resample::Resampler;
use super::{Rate, opus};
use audio_codec::g722::{G722Decoder, G722Encoder};
use audio_codec::{Decoder as _, Encoder as _};
use bytes::Bytes;
use std::sync::LazyLock;

/// A codec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Codec {
    /// G.711 A-law.
    Pcma,
    /// G.711 mu-law.
    Pcmu,
    /// G.722 at 64 kbit/s.
    G722,
    /// Opus.
    Opus,
}

/// Why a piece of sound could not be encoded or decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The codec could not be set up.
    #[error("cannot set up {0:?}")]
    SetUp(Codec),
    /// The sound is not one frame of 20 ms.
    #[error("cannot encode {samples} samples as a frame of {codec:?}")]
    Encode {
        /// The codec.
        codec: Codec,
        /// The samples given.
        samples: usize,
    },
    /// The payload is not one of the codec.
    #[error("cannot decode {bytes} bytes as {codec:?}")]
    Decode {
        /// The codec.
        codec: Codec,
        /// The bytes given.
        bytes: usize,
    },
}

impl Codec {
    /// All codecs, those preferred between telephones first.
    pub const ALL: [Self; 4] = [Self::Pcma, Self::Pcmu, Self::G722, Self::Opus];

    /// The ticks of the RTP clock in a second. That of G.722 is 8,000 though it is sampled at 16,000 (RFC 3551
    /// section 4.5.2).
    pub const fn clock(self) -> u32 {
        match self {
            Self::Pcma | Self::Pcmu | Self::G722 => 8_000,
            Self::Opus => 48_000,
        }
    }

    /// The ticks of the RTP clock in a frame of 20 ms.
    pub const fn frame_ticks(self) -> u32 {
        self.clock() / 50
    }

    /// The rate of the sound itself.
    pub const fn rate(self) -> Rate {
        match self {
            Self::Pcma | Self::Pcmu => Rate::Narrow,
            Self::G722 => Rate::Wide,
            Self::Opus => Rate::Full,
        }
    }

    /// The payload type of RFC 3551 table 4, or nothing for Opus, whose number the offer gives.
    pub const fn static_payload(self) -> Option<u8> {
        match self {
            Self::Pcmu => Some(0),
            Self::Pcma => Some(8),
            Self::G722 => Some(9),
            Self::Opus => None,
        }
    }

    /// The name, clock and channels as `a=rtpmap` has them (RFC 3551; RFC 7587 section 7 for Opus).
    pub const fn rtpmap(self) -> &'static str {
        match self {
            Self::Pcma => "PCMA/8000",
            Self::Pcmu => "PCMU/8000",
            Self::G722 => "G722/8000",
            Self::Opus => "opus/48000/2",
        }
    }

    /// The codec of a static payload type.
    pub fn of_payload(payload_type: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|codec| codec.static_payload() == Some(payload_type))
    }

    /// The codec of the value of an `a=rtpmap`, in any case, with or without `/1` for the channels.
    pub fn of_rtpmap(rtpmap: &str) -> Option<Self> {
        let rtpmap = rtpmap.trim();
        let mono = rtpmap.strip_suffix("/1").unwrap_or(rtpmap);
        Self::ALL.into_iter().find(|codec| codec.rtpmap().eq_ignore_ascii_case(mono))
    }

    /// The law, if the codec is G.711.
    pub const fn law(self) -> Option<Law> {
        match self {
            Self::Pcma => Some(Law::A),
            Self::Pcmu => Some(Law::Mu),
            Self::G722 | Self::Opus => None,
        }
    }

    /// The bytes of a frame of 20 ms where it has a fixed length, which is also one byte a tick.
    pub const fn frame_bytes(self) -> Option<usize> {
        match self {
            Self::Pcma | Self::Pcmu | Self::G722 => Some(160),
            Self::Opus => None,
        }
    }

    /// How many ticks a payload lasts, or nothing if it is malformed.
    pub fn ticks(self, payload: &[u8]) -> Option<u32> {
        match self {
            Self::Opus => opus::duration(payload),
            Self::Pcma | Self::Pcmu | Self::G722 => u32::try_from(payload.len()).ok().filter(|ticks| *ticks > 0),
        }
    }

    /// The payload of 20 ms of silence, shared.
    pub fn silence(self) -> Bytes {
        const A: &[u8] = &[Law::A.silence(); 160];
        const MU: &[u8] = &[Law::Mu.silence(); 160];
        // What the encoder says after half a second of zeros: the quantiser has come to rest.
        static WIDE: LazyLock<Bytes> = LazyLock::new(|| {
            let (mut encoder, mut payload) = (G722Encoder::new(), Vec::new());
            for _ in 0..25 {
                payload = encoder.encode(&[0; 320]);
            }
            payload.into()
        });
        match self {
            Self::Pcma => Bytes::from_static(A),
            Self::Pcmu => Bytes::from_static(MU),
            Self::G722 => WIDE.clone(),
            Self::Opus => Bytes::from_static(opus::SILENCE),
        }
    }
}

enum Encoding {
    Law(Law),
    G722(Box<G722Encoder>),
    Opus(Box<opus::Encoder>),
}

/// Encodes one stream.
pub struct Encoder {
    codec: Codec,
    rate: Rate,
    encoding: Encoding,
    resampler: Resampler,
    scratch: Vec<i16>,
}

impl Encoder {
    /// An encoder of sound at a rate, which is changed to the codec's own where they differ. Opus takes each as it is.
    pub fn new(codec: Codec, rate: Rate) -> Result<Self, Error> {
        let encoding = match codec {
            Codec::Pcma => Encoding::Law(Law::A),
            Codec::Pcmu => Encoding::Law(Law::Mu),
            Codec::G722 => Encoding::G722(Box::new(G722Encoder::new())),
            Codec::Opus => Encoding::Opus(Box::new(opus::Encoder::new(rate).ok_or(Error::SetUp(codec))?)),
        };
        let inner = if codec == Codec::Opus { rate } else { codec.rate() };
        Ok(Self { codec, rate, encoding, resampler: Resampler::new(rate, inner), scratch: Vec::new() })
    }

    /// Writes the payload of one frame of 20 ms over what `payload` held.
    pub fn encode(&mut self, pcm: &[i16], payload: &mut Vec<u8>) -> Result<(), Error> {
        let error = Error::Encode { codec: self.codec, samples: pcm.len() };
        if pcm.len() != self.rate.frame() {
            return Err(error);
        }
        payload.clear();
        self.scratch.clear();
        self.resampler.push(pcm, &mut self.scratch);
        match &mut self.encoding {
            Encoding::Law(law) => law.encode(&self.scratch, payload),
            Encoding::G722(encoder) => {
                payload.resize(160, 0);
                let written = encoder.encode_into(&self.scratch, payload).map_err(|_| error)?;
                payload.truncate(written);
            }
            Encoding::Opus(encoder) => {
                if !encoder.encode(&self.scratch, payload) {
                    return Err(error);
                }
            }
        }
        Ok(())
    }
}

enum Decoding {
    Law(Law, Conceal),
    G722(Box<G722Decoder>, Conceal),
    Opus(Box<opus::Decoder>),
}

/// Decodes one stream, and invents what is lost of it.
pub struct Decoder {
    codec: Codec,
    inner: Rate,
    decoding: Decoding,
    resampler: Resampler,
    scratch: Vec<i16>,
}

impl Decoder {
    /// A decoder to sound at a rate, which is changed from the codec's own where they differ. Opus gives each itself.
    pub fn new(codec: Codec, rate: Rate) -> Result<Self, Error> {
        let conceal = || Conceal::new(codec.rate());
        let decoding = match codec {
            Codec::Pcma => Decoding::Law(Law::A, conceal()),
            Codec::Pcmu => Decoding::Law(Law::Mu, conceal()),
            Codec::G722 => Decoding::G722(Box::new(G722Decoder::new()), conceal()),
            Codec::Opus => Decoding::Opus(Box::new(opus::Decoder::new(rate).ok_or(Error::SetUp(codec))?)),
        };
        let inner = if codec == Codec::Opus { rate } else { codec.rate() };
        Ok(Self { codec, inner, decoding, resampler: Resampler::new(inner, rate), scratch: Vec::new() })
    }

    /// Writes the sound of a payload over what `pcm` held: as much as the payload lasts, 20 ms or not.
    pub fn decode(&mut self, payload: &[u8], pcm: &mut Vec<i16>) -> Result<(), Error> {
        let error = Error::Decode { codec: self.codec, bytes: payload.len() };
        pcm.clear();
        self.scratch.clear();
        match &mut self.decoding {
            Decoding::Law(law, conceal) => {
                law.decode(payload, &mut self.scratch);
                conceal.heard(&mut self.scratch);
            }
            Decoding::G722(decoder, conceal) => {
                self.scratch.resize(payload.len() * 2, 0);
                let written = decoder.decode_into(payload, &mut self.scratch).map_err(|_| error)?;
                self.scratch.truncate(written);
                conceal.heard(&mut self.scratch);
            }
            Decoding::Opus(decoder) => {
                if !decoder.decode(payload, &mut self.scratch) {
                    return Err(error);
                }
            }
        }
        self.resampler.push(&self.scratch, pcm);
        Ok(())
    }

    /// Writes 20 ms of sound in place of a lost frame over what `pcm` held. With Opus the packet after it, where it
    /// has come, may hold the lost one again at a lower rate.
    pub fn lost(&mut self, next: Option<&[u8]>, pcm: &mut Vec<i16>) {
        pcm.clear();
        self.scratch.clear();
        match &mut self.decoding {
            Decoding::Law(_, conceal) | Decoding::G722(_, conceal) => {
                self.scratch.resize(self.inner.frame(), 0);
                conceal.lost(&mut self.scratch);
            }
            Decoding::Opus(decoder) => {
                decoder.lost(next, &mut self.scratch);
                self.scratch.resize(self.inner.frame(), 0);
            }
        }
        self.resampler.push(&self.scratch, pcm);
    }
}

#[cfg(test)]
mod tests;
