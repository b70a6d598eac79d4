//! `lineaamica token`.

use anyhow::{Context, Result, bail};
use centre::{By, Centre, Error, token};
use clap::Subcommand;
use model::TokenId;

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
    /// Lists the tokens that are in force: number, since when, whose, limit.
    List,
    /// A token opens no more, from this moment on.
    Revoke {
        /// Its number, as `token list` says it.
        id: i64,
    },
}

impl Token {
    pub async fn run(self, centre: &Centre) -> Result<()> {
        match self {
            Self::Create { user, per_minute } => {
                let token = token::create(centre, By::System, &user, per_minute)
                    .await
                    .with_context(|| format!("cannot make a token for {user:?}"))?;
                eprintln!("Keep this token: it is not shown again.");
                println!("{token}");
            }
            Self::List => {
                let all = centre::staff::all(centre).await?;
                for (token, since) in token::in_force(centre, None).await? {
                    let whose = all.iter().find(|(staff, _)| staff.id == token.staff);
                    let whose = whose.map_or_else(|| token.staff.to_string(), |(staff, _)| staff.login.clone());
                    let limit = token.per_minute.map(|n| format!("  {n} a minute")).unwrap_or_default();
                    println!("{:>5}  {}  {whose:20}{limit}", token.id, since.to_rfc3339());
                }
            }
            Self::Revoke { id } => {
                let id = TokenId(id);
                match centre.work(By::System, move |w| Box::pin(async move { token::revoke(w, id).await })).await {
                    Err(Error::NotFound(_)) => bail!("there is no token {id} in force; see: lineaamica token list"),
                    done => done.with_context(|| format!("cannot revoke the token {id}"))?,
                }
                println!("The token {id} opens no more.");
            }
        }
        Ok(())
    }
}
