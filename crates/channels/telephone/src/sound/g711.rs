//! G.711: the two laws of the telephone network, each a table in both directions, and one law turned into the other
//! without linear sound in between.
//!
//! 64 kbit/s, 8 kHz, one byte a sample. The linear scale is that of 16-bit PCM: A-law's 13 and mu-law's 14 bits are
//! shifted to its top (ITU-T G.711, tables 1 and 2).

use std::sync::LazyLock;

/// One of the two laws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Law {
    /// A-law (PCMA), used in Europe and on international lines.
    A,
    /// Mu-law (PCMU), used in North America and Japan.
    Mu,
}

struct Tables {
    a_decode: [i16; 256],
    mu_decode: [i16; 256],
    // Indexed by the top 13 bits of the sample: A-law knows no finer.
    a_encode: [u8; 1 << 13],
    // Indexed by the top 14 bits of the sample.
    mu_encode: [u8; 1 << 14],
    a_to_mu: [u8; 256],
    mu_to_a: [u8; 256],
}

static TABLES: LazyLock<Box<Tables>> = LazyLock::new(|| {
    Box::new(Tables {
        a_decode: of_bytes(a_to_linear),
        mu_decode: of_bytes(mu_to_linear),
        a_encode: std::array::from_fn(|top| linear_to_a(sample_of(top << 3))),
        mu_encode: std::array::from_fn(|top| linear_to_mu(sample_of(top << 2))),
        a_to_mu: of_bytes(|byte| linear_to_mu(a_to_linear(byte))),
        mu_to_a: of_bytes(|byte| linear_to_a(mu_to_linear(byte))),
    })
});

impl Law {
    /// The byte of silence: the positive zero.
    pub const fn silence(self) -> u8 {
        match self {
            Self::A => 0xd5,
            Self::Mu => 0xff,
        }
    }

    /// The value of one byte.
    pub fn value(self, byte: u8) -> i16 {
        match self {
            Self::A => a_to_linear(byte),
            Self::Mu => mu_to_linear(byte),
        }
    }

    /// Appends the samples of a payload.
    pub fn decode(self, payload: &[u8], pcm: &mut Vec<i16>) {
        let tables = &**TABLES;
        let table = match self {
            Self::A => &tables.a_decode,
            Self::Mu => &tables.mu_decode,
        };
        pcm.extend(payload.iter().map(|&byte| look_up(table, byte)));
    }

    /// Appends the bytes of samples at 8 kHz.
    pub fn encode(self, pcm: &[i16], payload: &mut Vec<u8>) {
        let tables = &**TABLES;
        match self {
            Self::A => payload.extend(pcm.iter().map(|sample| {
                tables.a_encode.get(usize::from(sample.cast_unsigned() >> 3)).copied().unwrap_or(self.silence())
            })),
            Self::Mu => payload.extend(pcm.iter().map(|sample| {
                tables.mu_encode.get(usize::from(sample.cast_unsigned() >> 2)).copied().unwrap_or(self.silence())
            })),
        }
    }

    /// Turns a payload of this law into the other, in place: each byte becomes the one that its value is encoded as.
    pub fn transcode(self, payload: &mut [u8]) {
        let tables = &**TABLES;
        let table = match self {
            Self::A => &tables.a_to_mu,
            Self::Mu => &tables.mu_to_a,
        };
        for byte in payload {
            *byte = look_up(table, *byte);
        }
    }
}

fn look_up<T: Copy + Default>(table: &[T; 256], byte: u8) -> T {
    table.get(usize::from(byte)).copied().unwrap_or_default()
}

fn of_bytes<T>(value: impl Fn(u8) -> T) -> [T; 256] {
    std::array::from_fn(|byte| value(u8::try_from(byte).unwrap_or(0)))
}

fn sample_of(bits: usize) -> i16 {
    u16::try_from(bits).unwrap_or(0).cast_signed()
}

fn a_to_linear(byte: u8) -> i16 {
    let byte = byte ^ 0x55;
    let (segment, step) = (byte >> 4 & 7, i16::from(byte & 0x0f) << 4);
    let magnitude = if segment == 0 { step + 8 } else { (step + 0x108) << (segment - 1) };
    if byte & 0x80 == 0 { -magnitude } else { magnitude }
}

fn linear_to_a(sample: i16) -> u8 {
    let (mask, magnitude) = if sample < 0 { (0x55, !sample >> 3) } else { (0xd5, sample >> 3) };
    let segment = 11u32.saturating_sub(magnitude.leading_zeros());
    let step = magnitude >> segment.max(1) & 0x0f;
    byte_of(segment, step) ^ mask
}

fn mu_to_linear(byte: u8) -> i16 {
    let byte = !byte;
    let magnitude = ((i16::from(byte & 0x0f) << 3) + 0x84) << (byte >> 4 & 7);
    if byte & 0x80 == 0 { magnitude - 0x84 } else { 0x84 - magnitude }
}

fn linear_to_mu(sample: i16) -> u8 {
    let (mask, magnitude) = if sample < 0 { (0x7f, !sample >> 2) } else { (0xff, sample >> 2) };
    let magnitude = magnitude.min(8_158) + 33;
    let segment = 10u32.saturating_sub(magnitude.leading_zeros());
    let step = magnitude >> (segment + 1) & 0x0f;
    byte_of(segment, step) ^ mask
}

fn byte_of(segment: u32, step: i16) -> u8 {
    u8::try_from(segment << 4).unwrap_or(0x70) | u8::try_from(step).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(law: Law) -> Vec<i16> {
        let mut pcm = Vec::new();
        law.decode(&(0..=255).collect::<Vec<u8>>(), &mut pcm);
        pcm
    }

    #[test]
    fn known_values_of_the_recommendation() {
        let (a, mu) = (all(Law::A), all(Law::Mu));
        assert_eq!((a[0xd5], a[0x55], a[0xaa], a[0x2a]), (8, -8, 32_256, -32_256));
        assert_eq!((mu[0xff], mu[0x7f], mu[0x80], mu[0x00]), (0, 0, 32_124, -32_124));
    }

    #[test]
    fn the_crate_s_tables_and_ours_decode_alike() {
        use audio_codec::{Decoder, pcma::PcmaDecoder, pcmu::PcmuDecoder};
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(all(Law::A), PcmaDecoder::new().decode(&bytes));
        assert_eq!(all(Law::Mu), PcmuDecoder::new().decode(&bytes));
    }

    #[test]
    fn every_byte_comes_back_from_its_own_value() {
        for law in [Law::A, Law::Mu] {
            let mut back = Vec::new();
            law.encode(&all(law), &mut back);
            for (byte, back) in (0..=255u8).zip(back) {
                // Mu-law has two zeros; the negative one comes back as the positive.
                assert!(back == byte || (law == Law::Mu && byte == 0x7f && back == 0xff), "{law:?} {byte:#x}");
            }
        }
    }

    #[test]
    fn every_sample_comes_back_within_half_a_step_and_in_order() {
        for law in [Law::A, Law::Mu] {
            let all: Vec<i16> = (i16::MIN..=i16::MAX).collect();
            let (mut bytes, mut back) = (Vec::new(), Vec::new());
            law.encode(&all, &mut bytes);
            law.decode(&bytes, &mut back);
            assert!(back.is_sorted());
            for (sample, back) in all.into_iter().zip(back) {
                // Sixteen steps to each doubling, and the finest is 16 wide in A-law and 8 in mu-law.
                let half = (i32::from(sample).abs() + 132) / 32 + 8;
                let error = (i32::from(back) - i32::from(sample)).abs();
                assert!(error <= half, "{law:?} {sample} became {back}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_direct_way_between_laws_is_the_way_over_linear_sound(
            payload in proptest::collection::vec(any::<u8>(), 0..400),
        ) {
            for (law, other) in [(Law::A, Law::Mu), (Law::Mu, Law::A)] {
                let (mut pcm, mut over, mut direct) = (Vec::new(), Vec::new(), payload.clone());
                law.decode(&payload, &mut pcm);
                other.encode(&pcm, &mut over);
                law.transcode(&mut direct);
                prop_assert_eq!(&direct, &over);
            }
        }
    }
}
