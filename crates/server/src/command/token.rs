//! `lineaamica token`.

use anyhow::{Context, Result};
use centre::{By, Centre, token};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Token {
    /// Makes an API token that acts as a member of the staff; printed once, alone on the last line.
    Create {
        /// Their sign-in name.
        #[arg(long, value_name = "NAME")]
        user: String,
        /// Requests a minute at the most; without it there is no limit.
        #[arg(long, value_name = "N")]
        per_minute: Option<u32>,
    },
}

impl Token {
    pub async fn run(self, centre: &Centre) -> Result<()> {
        let Self::Create { user, per_minute } = self;
        let token = token::create(centre, By::System, &user, per_minute)
            .await
            .with_context(|| format!("cannot make a token for {user:?}"))?;
        eprintln!("Keep this token: it is not shown again.");
        println!("{token}");
        Ok(())
    }
}
