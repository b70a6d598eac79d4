//! `lineaamica privacy`.

use anyhow::Result;
use centre::{Centre, retention};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Privacy {
    /// Empties what its service keeps no longer, as the centre does by itself every hour.
    Retention {
        /// Only says what would be emptied.
        #[arg(long)]
        dry_run: bool,
    },
}

impl Privacy {
    pub async fn run(self, centre: &Centre) -> Result<()> {
        let Self::Retention { dry_run } = self;
        for service in retention::standing(centre).await? {
            match service.days {
                None => println!("{}: kept until somebody erases it.", service.service),
                Some(days) => println!(
                    "{}: kept for {days} day(s); over are {} closed case(s) and {} contact(s) without a case.",
                    service.service, service.over.cases, service.over.contacts
                ),
            }
        }
        if !dry_run {
            let done = retention::retain(centre, None).await?;
            println!(
                "Emptied: {} case(s), {} contact(s), {} file(s), {} recording(s); {} person(s) anonymised.",
                done.cases, done.contacts, done.files, done.recordings, done.persons
            );
        }
        Ok(())
    }
}
