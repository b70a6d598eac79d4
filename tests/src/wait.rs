//! Waiting for what must come, and no longer than that.

use std::time::{Duration, Instant};

/// After this long, what has not come is taken not to come at all.
const PATIENCE: Duration = Duration::from_secs(90);

/// Looks again and again until `look` finds something.
///
/// # Panics
/// When it has not come after 90 s, naming `what`.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
