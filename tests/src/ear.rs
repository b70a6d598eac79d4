//! The far end of a call's sound: sends a tone over RTP and listens to what comes, packet by packet.

use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// A packet that came.
#[derive(Debug, Clone)]
pub struct Packet {
    pub at: Instant,
    pub sequence: u16,
    pub timestamp: u32,
    pub payload_type: u8,
    pub payload: Vec<u8>,
}

#[derive(Default)]
struct Heard {
    packets: Vec<Packet>,
    sent: u64,
    /// Keys still to be pressed.
    keys: Vec<u8>,
}

/// Speaks G.711 A-law on a port of its own.
pub struct Ear {
    port: u16,
    heard: Arc<Mutex<Heard>>,
    mute: Arc<AtomicBool>,
    over: Arc<AtomicBool>,
    worker: Option<JoinHandle<()>>,
}

impl Ear {
    /// Opens a port and, as soon as something comes, sends a tone of so many hertz back to where it came from.
    #[must_use]
    pub fn open(hertz: f32) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(2))).unwrap();
        let port = socket.local_addr().unwrap().port();
        let heard: Arc<Mutex<Heard>> = Arc::default();
        let (mute, over) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let worker = {
            let (heard, mute, over) = (heard.clone(), mute.clone(), over.clone());
            std::thread::spawn(move || speak_and_listen(&socket, hertz, &heard, &mute, &over))
        };
        Self { port, heard, mute, over, worker: Some(worker) }
    }

    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// All that has come.
    #[must_use]
    pub fn packets(&self) -> Vec<Packet> {
        self.heard.lock().unwrap().packets.clone()
    }

    /// How many packets were sent.
    #[must_use]
    pub fn sent(&self) -> u64 {
        self.heard.lock().unwrap().sent
    }

    /// Sends nothing any more, as a device that has died.
    pub fn die(&self) {
        self.mute.store(true, Ordering::Relaxed);
    }

    /// Presses these keys one after another (RFC 4733, payload type 101).
    pub fn press(&self, keys: &str) {
        let code = |key: char| match key {
            '*' => 10,
            '#' => 11,
            digit => u8::try_from(digit.to_digit(10).unwrap()).unwrap(),
        };
        self.heard.lock().unwrap().keys.extend(keys.chars().map(code));
    }

    /// The sound of the last second that came, at 8 kHz.
    #[must_use]
    pub fn lately(&self) -> Vec<f32> {
        let heard = self.heard.lock().unwrap();
        let voice = heard.packets.iter().rev().filter(|packet| packet.payload_type == 8).take(50);
        let mut frames: Vec<&Packet> = voice.collect();
        frames.reverse();
        frames.iter().flat_map(|packet| packet.payload.iter().map(|byte| alaw(*byte))).collect()
    }

    /// Whether a tone is most of what was heard in the last second.
    #[must_use]
    pub fn hears(&self, hertz: f32) -> bool {
        let sound = self.lately();
        sound.len() >= 6_000 && share(&sound, hertz) > 0.5
    }

    /// Whether each of these tones is a good part of what was heard in the last second.
    #[must_use]
    pub fn hears_all(&self, tones: &[f32]) -> bool {
        let sound = self.lately();
        sound.len() >= 6_000 && tones.iter().all(|hertz| share(&sound, *hertz) > 0.2)
    }

    /// Whether what was heard in the last second is sound that is none of these tones: music, speech.
    #[must_use]
    pub fn hears_something_but(&self, tones: &[f32]) -> bool {
        let sound = self.lately();
        let loud = sound.iter().map(|s| s * s).sum::<f32>() / sound.len().max(1) as f32 > 1e-6;
        sound.len() >= 6_000 && loud && tones.iter().all(|hertz| share(&sound, *hertz) < 0.2)
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

/// How much of the power of a sound a tone has (Goertzel).
#[must_use]
pub fn share(sound: &[f32], hertz: f32) -> f32 {
    let total: f32 = sound.iter().map(|s| s * s).sum();
    if total <= 0.0 {
        return 0.0;
    }
    let turn = 2.0 * (2.0 * std::f32::consts::PI * hertz / 8_000.0).cos();
    let (mut before, mut last) = (0.0_f32, 0.0_f32);
    for sample in sound {
        let next = sample + turn * last - before;
        (before, last) = (last, next);
    }
    let power = last * last + before * before - turn * last * before;
    2.0 * power / (sound.len() as f32 * total)
}

/// A-law (ITU-T G.711) as a number from -1 to 1.
fn alaw(byte: u8) -> f32 {
    let byte = byte ^ 0x55;
    let exponent = i32::from((byte >> 4) & 7);
    let mantissa = i32::from(byte & 15);
    let magnitude = if exponent == 0 { (mantissa << 4) + 8 } else { ((mantissa << 4) + 0x108) << (exponent - 1) };
    let signed = if byte & 0x80 == 0 { -magnitude } else { magnitude };
    signed as f32 / 32_768.0
}

fn to_alaw(sample: f32) -> u8 {
    (0..=255_u8).min_by(|a, b| (alaw(*a) - sample).abs().total_cmp(&(alaw(*b) - sample).abs())).unwrap()
}

fn speak_and_listen(socket: &UdpSocket, hertz: f32, heard: &Mutex<Heard>, mute: &AtomicBool, over: &AtomicBool) {
    // A second of the tone, which is a whole number of periods.
    let tone: Vec<u8> =
        (0..8_000).map(|n| to_alaw(0.3 * (2.0 * std::f32::consts::PI * hertz * n as f32 / 8_000.0).sin())).collect();
    let (mut to, mut next, mut sequence, mut timestamp): (Option<SocketAddr>, Instant, u16, u32) =
        (None, Instant::now(), 7, 90_000);
    let mut key: Option<(u8, u32, u8)> = None;
    let mut buffer = [0_u8; 2_000];
    while !over.load(Ordering::Relaxed) {
        if let Ok((length, from)) = socket.recv_from(&mut buffer)
            && length >= 12
        {
            to = Some(from);
            let packet = &buffer[..length];
            heard.lock().unwrap().packets.push(Packet {
                at: Instant::now(),
                sequence: u16::from_be_bytes([packet[2], packet[3]]),
                timestamp: u32::from_be_bytes([packet[4], packet[5], packet[6], packet[7]]),
                payload_type: packet[1] & 0x7f,
                payload: packet[12..].to_vec(),
            });
        }
        let Some(to) = to else { continue };
        if Instant::now() < next {
            continue;
        }
        next += Duration::from_millis(20);
        sequence = sequence.wrapping_add(1);
        timestamp = timestamp.wrapping_add(160);
        if mute.load(Ordering::Relaxed) {
            continue;
        }
        let mut heard = heard.lock().unwrap();
        if key.is_none() && !heard.keys.is_empty() {
            key = Some((heard.keys.remove(0), timestamp, 0));
        }
        let mut packet = vec![0x80, 8];
        match &mut key {
            // Eight packets of a key, three with its end, then a pause of ten frames.
            Some((code, began, sent)) if *sent < 11 => {
                let last = *sent >= 8;
                let duration = 160 * u16::from((*sent).min(8) + 1);
                packet[1] = 101 | if *sent == 0 { 0x80 } else { 0 };
                packet.extend(sequence.to_be_bytes());
                packet.extend(began.to_be_bytes());
                packet.extend(0x0ea5_u32.to_be_bytes());
                packet.extend([*code, if last { 0x8a } else { 0x0a }]);
                packet.extend(duration.to_be_bytes());
                *sent += 1;
            }
            other => {
                if let Some((_, _, sent)) = other {
                    *sent += 1;
                }
                if other.is_some_and(|(_, _, sent)| sent > 20) {
                    key = None;
                }
                packet.extend(sequence.to_be_bytes());
                packet.extend(timestamp.to_be_bytes());
                packet.extend(0x0ea5_u32.to_be_bytes());
                let start = usize::try_from(timestamp - 90_000).unwrap() % 8_000;
                packet.extend(tone.iter().cycle().skip(start).take(160));
            }
        }
        heard.sent += 1;
        let _ = socket.send_to(&packet, to);
    }
}
