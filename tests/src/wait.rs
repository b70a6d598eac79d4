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

/// A story that has not come to its end after this long never will: it waits for something that does not come.
const ENDLESS: Duration = Duration::from_secs(600);

/// Tells a story, and says so when it has no end, so that one that hangs fails by its name and holds up no others.
///
/// # Panics
/// When the story has not ended after ten minutes.
pub async fn told(story: impl Future<Output = ()>) {
    assert!(tokio::time::timeout(ENDLESS, story).await.is_ok(), "this story has no end");
}
