//! How long sound is held back: long enough for most of what is late, and no longer.

const SHORTEST_MS: f32 = 20.0;
const LONGEST_MS: f32 = 200.0;
// The jitter believed before any is measured, in ms: with it the first two packets are awaited.
const FIRST_JITTER: f32 = 5.0;
// How many times the mean deviation is waited for.
const DEVIATIONS: f32 = 3.0;
const STEP_MS: f32 = 20.0;
const MOST_EXTRA_MS: f32 = 160.0;
// 10 s of calm take a step back.
const CALM: u32 = 500;
// Over 2 s the depth is watched before sound is skipped.
const WATCHED: u16 = 100;

/// The delay aimed at, from what was measured of the stream.
#[derive(Debug, Clone)]
pub(super) struct Delay {
    ticks_per_ms: i64,
    transit: Option<i64>,
    jitter: f32,
    // What packets that came too late have added.
    extra: f32,
    calm: u32,
    sum: f32,
    least: f32,
    watched: u16,
}

impl Delay {
    pub(super) fn new(clock: u32) -> Self {
        let (jitter, least) = (FIRST_JITTER, f32::INFINITY);
        let ticks_per_ms = i64::from(clock / 1_000);
        Self { ticks_per_ms, transit: None, jitter, extra: 0.0, calm: 0, sum: 0.0, least, watched: 0 }
    }

    /// Measures a packet by its timestamp and time of arrival (RFC 3550 appendix A.8).
    pub(super) fn measure(&mut self, timestamp: i64, arrived_ms: u64) {
        let arrived = i64::try_from(arrived_ms).unwrap_or(i64::MAX).saturating_mul(self.ticks_per_ms);
        let transit = arrived.saturating_sub(timestamp);
        if let Some(last) = self.transit.replace(transit) {
            let difference = self.milliseconds(transit.saturating_sub(last).saturating_abs()).min(LONGEST_MS);
            self.jitter += (difference - self.jitter) / 16.0;
        }
    }

    /// Forgets the transit, for timestamps that start anew or after a pause.
    pub(super) fn forget_transit(&mut self) {
        self.transit = None;
    }

    /// A packet came too late: twenty more milliseconds for a while.
    pub(super) fn late(&mut self) {
        self.extra = (self.extra + STEP_MS).min(MOST_EXTRA_MS);
        self.calm = 0;
    }

    /// The delay aimed at in ticks, 20 to 200 ms.
    pub(super) fn target(&self) -> i64 {
        let target = (SHORTEST_MS + DEVIATIONS * self.jitter + self.extra).clamp(SHORTEST_MS, LONGEST_MS);
        i64::from(super::super::to_sample(target)) * self.ticks_per_ms
    }

    /// The jitter in ms.
    pub(super) fn jitter(&self) -> f32 {
        self.jitter
    }

    /// Takes the depth of the buffer in ticks before each frame, and says whether a frame is to be skipped: when for
    /// two seconds there was always one too many, and on average at least one more than aimed at.
    pub(super) fn watch(&mut self, depth: i64) -> bool {
        self.calm += 1;
        if self.calm >= CALM {
            self.calm = 0;
            self.extra = (self.extra - STEP_MS).max(0.0);
        }
        let depth = self.milliseconds(depth);
        self.sum += depth;
        self.least = self.least.min(depth);
        self.watched += 1;
        if self.watched < WATCHED {
            return false;
        }
        let mean = self.sum / f32::from(WATCHED);
        let skip = self.least >= 2.0 * STEP_MS && mean >= self.milliseconds(self.target()) + STEP_MS;
        (self.sum, self.least, self.watched) = (0.0, f32::INFINITY, 0);
        skip
    }

    fn milliseconds(&self, ticks: i64) -> f32 {
        let tenths = ticks.saturating_mul(10) / self.ticks_per_ms.max(1);
        f32::from(i16::try_from(tenths).unwrap_or(i16::MAX)) / 10.0
    }
}
