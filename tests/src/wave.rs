//! WAV files as people upload them.

/// A tone of so many hertz, in 16-bit stereo at 44.1 kHz.
#[must_use]
pub fn wave(hertz: f32, seconds: u32) -> Vec<u8> {
    const RATE: u32 = 44_100;
    let sample = |n: u32| (12_000.0 * (std::f32::consts::TAU * hertz * n as f32 / RATE as f32).sin()) as i16;
    let sound: Vec<u8> = (0..RATE * seconds).flat_map(|n| [sample(n), sample(n)]).flat_map(i16::to_le_bytes).collect();
    let bytes = u32::try_from(sound.len()).unwrap();
    let mut file = b"RIFF".to_vec();
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x02\0");
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 4).to_le_bytes());
    file.extend(b"\x04\0\x10\0data");
    file.extend(bytes.to_le_bytes());
    file.extend(sound);
    file
}
