//! Sound, packet by packet: every packet says who sent it, which it is, and when, so that at the other end each is
//! accounted for.

use anyhow::{Context, Result};
use std::collections::HashMap;
use std::net::{SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

const FRAME_MS: u64 = 20;
/// An RTP header, then what a packet says of itself, in a frame of silence of G.711.
const HEAD: usize = 12;
const FRAME: usize = 160;

/// One end of a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct End {
    pub id: u32,
    pub port: u16,
}

/// All ends, and what they heard.
pub struct Sounds {
    began: Instant,
    next: AtomicU32,
    speakers: Mutex<Vec<Arc<Speaker>>>,
    ears: Mutex<HashMap<u32, Arc<Mutex<Ear>>>>,
    counting: AtomicBool,
}

struct Speaker {
    end: End,
    socket: UdpSocket,
    to: SocketAddr,
    sequence: AtomicU32,
    counted: AtomicU64,
}

#[derive(Default)]
struct Ear {
    /// The first packet of another end, whoever sent it.
    first: Option<Instant>,
    heard: HashMap<u32, Vec<u32>>,
    last: Option<(Instant, Duration)>,
    gaps: Vec<(Duration, Duration)>,
    delays: Vec<Duration>,
}

/// A port to be told of before it is known where to speak to.
pub struct Prepared {
    sounds: Arc<Sounds>,
    end: End,
    socket: UdpSocket,
}

/// What came of all that was sent while it was counted.
#[derive(Debug, Default)]
pub struct Told {
    pub sent: u64,
    pub lost: u64,
    pub twice: u64,
    /// Pauses of more than 60 ms between two packets that were sent closer together than that.
    pub gaps: u64,
    pub worst_gap: Duration,
    pub delays: Vec<Duration>,
}

const GAP: Duration = Duration::from_millis(60);

impl Sounds {
    pub fn open() -> Arc<Self> {
        let sounds = Arc::new(Self {
            began: Instant::now(),
            next: AtomicU32::new(1),
            speakers: Mutex::default(),
            ears: Mutex::default(),
            counting: AtomicBool::new(false),
        });
        let weak = Arc::downgrade(&sounds);
        std::thread::spawn(move || {
            let mut turn: u64 = 0;
            let began = Instant::now();
            while let Some(sounds) = weak.upgrade() {
                sounds.speak(turn);
                drop(sounds);
                turn += 1;
                let due = began + Duration::from_millis(turn);
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
            }
        });
        sounds
    }

    /// # Errors
    /// A system that gives no port.
    pub fn prepare(self: &Arc<Self>) -> Result<Prepared> {
        let socket = UdpSocket::bind("127.0.0.1:0")?;
        socket.set_nonblocking(true)?;
        let end = End { id: self.next.fetch_add(1, Ordering::Relaxed), port: socket.local_addr()?.port() };
        let hearing = tokio::net::UdpSocket::from_std(socket.try_clone()?)?;
        let ear = Arc::<Mutex<Ear>>::default();
        tokio::spawn(listen(hearing, Arc::downgrade(&ear), self.began));
        self.ears.lock().ok().context("the ears are gone")?.insert(end.id, ear);
        Ok(Prepared { sounds: self.clone(), end, socket })
    }

    /// An end that speaks to this address from now on.
    ///
    /// # Errors
    /// A system that gives no port.
    pub fn begin(self: &Arc<Self>, to: SocketAddr) -> Result<End> {
        Ok(self.prepare()?.begin(to))
    }

    /// It speaks no more, and hears nothing.
    pub fn end(&self, end: End) {
        if let Ok(mut ears) = self.ears.lock() {
            ears.remove(&end.id);
        }
        if let Ok(mut speakers) = self.speakers.lock() {
            speakers.retain(|speaker| speaker.end != end);
        }
    }

    /// All ends that speak.
    pub fn speaking(&self) -> usize {
        self.speakers.lock().map_or(0, |speakers| speakers.len())
    }

    /// When this end heard another for the first time.
    pub fn first_heard(&self, end: End) -> Option<Instant> {
        let ear = self.ears.lock().ok()?.get(&end.id)?.clone();
        ear.lock().map_or(None, |ear| ear.first)
    }

    /// Counts what is sent from now on, or no more.
    pub fn count(&self, on: bool) {
        self.counting.store(on, Ordering::Relaxed);
    }

    fn speak(&self, turn: u64) {
        let speakers: Vec<Arc<Speaker>> = match self.speakers.lock() {
            Ok(speakers) => {
                speakers.iter().filter(|one| u64::from(one.end.id) % FRAME_MS == turn % FRAME_MS).cloned().collect()
            }
            Err(_) => return,
        };
        let counted = self.counting.load(Ordering::Relaxed);
        for speaker in speakers {
            speaker.send(counted, self.began);
        }
    }

    /// What came of what was counted.
    pub fn told(&self) -> Told {
        let mut told = Told::default();
        let speakers = self.speakers.lock().map(|speakers| speakers.clone()).unwrap_or_default();
        let mut heard: HashMap<u32, Vec<u32>> = HashMap::new();
        let ears = self.ears.lock().map(|ears| ears.values().cloned().collect::<Vec<_>>()).unwrap_or_default();
        for ear in ears {
            let Ok(ear) = ear.lock() else { continue };
            for (from, packets) in &ear.heard {
                heard.entry(*from).or_default().extend(packets);
            }
            told.delays.extend(&ear.delays);
            for (gap, sent) in &ear.gaps {
                told.worst_gap = told.worst_gap.max(*gap);
                told.gaps += u64::from(*gap > GAP && *sent < GAP);
            }
        }
        for speaker in speakers {
            let sent = speaker.counted.load(Ordering::Relaxed);
            let mut packets = heard.remove(&speaker.end.id).unwrap_or_default();
            let all = packets.len() as u64;
            packets.sort_unstable();
            packets.dedup();
            told.sent += sent;
            told.lost += sent.saturating_sub(packets.len() as u64);
            told.twice += all - packets.len() as u64;
        }
        told
    }
}

impl Prepared {
    pub fn port(&self) -> u16 {
        self.end.port
    }

    pub fn begin(self, to: SocketAddr) -> End {
        let Self { sounds, end, socket } = self;
        let speaker = Arc::new(Speaker { end, socket, to, sequence: AtomicU32::new(0), counted: AtomicU64::new(0) });
        // Whoever waits for the first sound waits for no turn.
        speaker.send(false, sounds.began);
        if let Ok(mut speakers) = sounds.speakers.lock() {
            speakers.push(speaker);
        }
        end
    }
}

impl Speaker {
    fn send(&self, counted: bool, began: Instant) {
        let n = self.sequence.fetch_add(1, Ordering::Relaxed);
        let mut packet = [0xd5_u8; HEAD + FRAME];
        let mut put = |at: usize, bytes: &[u8]| {
            if let Some(place) = packet.get_mut(at..at + bytes.len()) {
                place.copy_from_slice(bytes);
            }
        };
        let low = u16::try_from(n & 0xffff).unwrap_or_default();
        put(0, &[0x80, 8]);
        put(2, &low.to_be_bytes());
        put(4, &n.wrapping_mul(160).to_be_bytes());
        put(8, &self.end.id.to_be_bytes());
        put(HEAD, b"sim1");
        put(HEAD + 4, &self.end.id.to_be_bytes());
        put(HEAD + 8, &n.to_be_bytes());
        put(HEAD + 12, &[u8::from(counted)]);
        let nanos = u64::try_from(began.elapsed().as_nanos()).unwrap_or_default();
        put(HEAD + 16, &nanos.to_be_bytes());
        if self.socket.send_to(&packet, self.to).is_ok() && counted {
            self.counted.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Listens for as long as there is an ear.
async fn listen(socket: tokio::net::UdpSocket, ear: Weak<Mutex<Ear>>, began: Instant) {
    let mut packet = [0_u8; 2_000];
    while ear.strong_count() > 0 {
        let Ok(Ok(length)) = tokio::time::timeout(Duration::from_secs(1), socket.recv(&mut packet)).await else {
            continue;
        };
        let Some(ear) = ear.upgrade() else { return };
        let Some(said) = packet.get(HEAD..length).and_then(Said::read) else { continue };
        let now = Instant::now();
        let Ok(mut ear) = ear.lock() else { return };
        ear.first.get_or_insert(now);
        if !said.counted {
            continue;
        }
        ear.heard.entry(said.from).or_default().push(said.number);
        ear.delays.push((now - began).saturating_sub(said.sent));
        if let Some((last, sent)) = ear.last.replace((now, said.sent)) {
            let gap = (now - last, said.sent.saturating_sub(sent));
            ear.gaps.push(gap);
        }
    }
}

/// What a packet says of itself.
struct Said {
    from: u32,
    number: u32,
    counted: bool,
    sent: Duration,
}

impl Said {
    fn read(frame: &[u8]) -> Option<Self> {
        let four = |at: usize| frame.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
        let sent = u64::from_be_bytes(frame.get(16..24)?.try_into().ok()?);
        frame.starts_with(b"sim1").then_some(Self {
            from: four(4)?,
            number: four(8)?,
            counted: *frame.get(12)? == 1,
            sent: Duration::from_nanos(sent),
        })
    }
}
