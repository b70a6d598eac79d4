//! Fills a database through the centre's own use cases, for measurements: `fill DATA COUNT new|solved|operators [URL]`.
//! With `new` so many contacts come in; with `solved` most cases are worked on and solved as in the first year, and 2,000
//! left to do; with `operators` so many take calls, each with an account for a telephone.

mod operators;

use centre::case::Reply;
use centre::intake::{self, Inbound};
use centre::{By, Centre, Chance, Clock, Parts};
use chrono::{DateTime, TimeDelta, Utc};
use futures::stream::{self, StreamExt, TryStreamExt};
use model::case::Outcome;
use model::contact::Channel;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Runs through the year before now as the contacts come in.
struct YearClock {
    start: DateTime<Utc>,
    seconds: AtomicI64,
}

impl Clock for YearClock {
    fn now(&self) -> DateTime<Utc> {
        self.start + TimeDelta::milliseconds(self.seconds.load(Ordering::Relaxed))
    }
}

const LEFT: u64 = 2_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let data = PathBuf::from(words.next().ok_or("which folder?")?);
    let count: u64 = words.next().ok_or("how many?")?.parse()?;
    let what = words.next().unwrap_or_default();
    let solved = what == "solved";
    let url = words.next();

    let year = TimeDelta::days(365).num_milliseconds();
    let step = year / i64::try_from(count.max(1))?;
    #[expect(clippy::disallowed_methods, reason = "the year that ends now is made up here")]
    let start = Utc::now() - TimeDelta::days(365);
    let clock = Arc::new(YearClock { start, seconds: AtomicI64::new(0) });
    let db = db::Db::open(&db::Settings { url, data: data.clone(), connections: 16 }, true).await?;
    let chance = Chance::new([7; 32]);
    std::fs::create_dir_all(data.join("files"))?;
    let store = object_store::local::LocalFileSystem::new_with_prefix(data.join("files"))?;
    let parts = Parts {
        db,
        store: Arc::new(store),
        clock: clock.clone(),
        chance,
        public_url: "http://localhost".to_owned(),
        node: "fill".to_owned(),
        operator_figures: false,
    };
    let centre = Centre::open(parts).await?;
    if what == "operators" {
        return Ok(operators::take_on(&centre, count).await?);
    }
    let staff = if solved { Some(operators::hire(&centre, "sara").await?) } else { None };

    stream::iter(0..count)
        .map(|n| {
            let (centre, staff, clock) = (centre.clone(), staff.clone(), clock.clone());
            async move {
                clock.seconds.fetch_max(i64::try_from(n).unwrap_or(i64::MAX).saturating_mul(step), Ordering::Relaxed);
                let case = centre
                    .work(By::Citizen, move |w| Box::pin(async move { Ok(intake::accept(w, letter(n)).await?.case) }))
                    .await?;
                if let Some(staff) = staff.filter(|_| n + LEFT < count) {
                    let reply = Reply {
                        text: "Lo sconto parte dal mese prossimo, arretrati compresi: non deve fare nulla.".to_owned(),
                        ..Reply::default()
                    };
                    centre
                        .work(By::Staff(staff), move |w| {
                            Box::pin(async move {
                                centre::case::reply(w, case, reply).await?;
                                centre::case::solve(w, case, Outcome::Solved, None).await
                            })
                        })
                        .await?;
                }
                Ok::<(), centre::Error>(())
            }
        })
        .buffer_unordered(128)
        .try_collect::<()>()
        .await?;
    Ok(())
}

fn letter(n: u64) -> Inbound {
    let who = n % 400_000;
    Inbound {
        channel: Some(Channel::Web),
        name: Some(format!("Cittadino Inventato {who}")),
        email: Some(format!("cittadino{who}@posta.example")),
        topic: Some(model::TopicId::new("bonus-sociale")),
        subject: Some("Il bonus sociale non compare in bolletta".to_owned()),
        text: format!(
            "Buongiorno, ho un ISEE valido ma nella bolletta del gas numero {n} lo sconto non compare. Che cosa devo fare per averlo, e da quando decorre? Grazie."
        ),
        ..Inbound::default()
    }
}
