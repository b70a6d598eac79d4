//! Sounds that an administration uploads: prompts and music. They are WAV files, and are kept as they came.
//!
//! Read are integers of 8, 16, 24 and 32 bits, floats of 32 and 64, and both laws of G.711, at 8 to 48 kHz, mono or
//! stereo, at most 15 minutes.

/// The longest sound read, in seconds.
pub const LONGEST_S: u64 = 900;

/// Why a file is not a sound that can be played to callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotASound {
    /// It does not begin as a WAV file.
    #[error("the file is not a WAV file")]
    NotWave,
    /// The description of its sound is missing or cut.
    #[error("the WAV file does not say what its sound is")]
    NoFormat,
    /// It holds no sound.
    #[error("the WAV file holds no sound")]
    NoSound,
    /// Its sound is compressed in a way that is not read.
    #[error("the WAV file has sound of kind {tag} with {bits} bits; PCM, float, A-law and mu-law are read")]
    Kind {
        /// The format tag.
        tag: u16,
        /// Bits a sample.
        bits: u16,
    },
    /// Its rate is out of bounds.
    #[error("the WAV file has {0} samples a second; 8,000 to 48,000 are read")]
    Rate(u32),
    /// It has no channel or more than two.
    #[error("the WAV file has {0} channels; one or two are read")]
    Channels(u16),
    /// It is too long.
    #[error("the WAV file lasts {seconds} s; at most {LONGEST_S} s are read")]
    TooLong {
        /// Its length in whole seconds.
        seconds: u64,
    },
}

/// How a sample is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    Byte,
    Short,
    Three,
    Int,
    Float,
    Double,
    ALaw,
    MuLaw,
}

impl Coding {
    /// Bytes a sample.
    #[must_use]
    pub const fn width(self) -> usize {
        match self {
            Self::Byte | Self::ALaw | Self::MuLaw => 1,
            Self::Short => 2,
            Self::Three => 3,
            Self::Int | Self::Float => 4,
            Self::Double => 8,
        }
    }
}

/// The sound in a WAV file, as it is written there.
#[derive(Debug, Clone, Copy)]
pub struct Wave<'a> {
    pub coding: Coding,
    pub channels: u16,
    pub hertz: u32,
    pub data: &'a [u8],
}

impl Wave<'_> {
    /// Bytes of one sample of every channel.
    #[must_use]
    pub fn width(&self) -> usize {
        self.coding.width() * usize::from(self.channels)
    }

    /// Its length in whole seconds.
    #[must_use]
    pub fn seconds(&self) -> u64 {
        u64::try_from(self.data.len() / self.width()).unwrap_or(u64::MAX) / u64::from(self.hertz)
    }
}

/// Looks at a file: the sound in it, as it is written.
///
/// # Errors
/// Why it cannot be played.
pub fn look(file: &[u8]) -> Result<Wave<'_>, NotASound> {
    let header = file.strip_prefix(b"RIFF").and_then(|rest| rest.split_first_chunk::<4>());
    let mut rest = header.and_then(|(_, rest)| rest.strip_prefix(b"WAVE")).ok_or(NotASound::NotWave)?;
    let mut format = None;
    while let Some((&[i0, i1, i2, i3, s0, s1, s2, s3], body)) = rest.split_first_chunk::<8>() {
        let size = usize::try_from(u32::from_le_bytes([s0, s1, s2, s3])).unwrap_or(usize::MAX);
        // A program that could not go back wrote no size, or a cut file has less than it says: what is there counts.
        let (chunk, after) = body.split_at_checked(size).unwrap_or((body, &[]));
        match &[i0, i1, i2, i3] {
            b"fmt " => format = Some(described(chunk)?),
            b"data" => {
                let data = if size == 0 { body } else { chunk };
                let (coding, channels, hertz) = format.ok_or(NotASound::NoFormat)?;
                return whole(Wave { coding, channels, hertz, data });
            }
            _ => {}
        }
        rest = after.get(size % 2..).unwrap_or_default();
    }
    Err(if format.is_some() { NotASound::NoSound } else { NotASound::NoFormat })
}

fn whole(wave: Wave<'_>) -> Result<Wave<'_>, NotASound> {
    match wave.seconds() {
        seconds if seconds >= LONGEST_S => Err(NotASound::TooLong { seconds }),
        _ if wave.data.len() < wave.width() => Err(NotASound::NoSound),
        _ => Ok(wave),
    }
}

fn described(chunk: &[u8]) -> Result<(Coding, u16, u32), NotASound> {
    let (&[t0, t1, c0, c1, h0, h1, h2, h3, _, _, _, _, _, _, b0, b1], more) =
        chunk.split_first_chunk::<16>().ok_or(NotASound::NoFormat)?;
    let [mut tag, channels, bits] = [[t0, t1], [c0, c1], [b0, b1]].map(u16::from_le_bytes);
    let hertz = u32::from_le_bytes([h0, h1, h2, h3]);
    // WAVE_FORMAT_EXTENSIBLE: the tag proper begins the identifier after size, valid bits and places of the channels.
    if tag == 0xfffe
        && let Some(&[.., low, high]) = more.first_chunk::<10>()
    {
        tag = u16::from_le_bytes([low, high]);
    }
    let coding = match (tag, bits) {
        (1, 8) => Coding::Byte,
        (1, 16) => Coding::Short,
        (1, 24) => Coding::Three,
        (1, 32) => Coding::Int,
        (3, 32) => Coding::Float,
        (3, 64) => Coding::Double,
        (6, 8) => Coding::ALaw,
        (7, 8) => Coding::MuLaw,
        _ => return Err(NotASound::Kind { tag, bits }),
    };
    if !(8_000..=48_000).contains(&hertz) {
        return Err(NotASound::Rate(hertz));
    }
    if !(1..=2).contains(&channels) {
        return Err(NotASound::Channels(channels));
    }
    Ok((coding, channels, hertz))
}

/// Whether a word can be the name of a sound: as a service's definition names it.
#[must_use]
pub fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
