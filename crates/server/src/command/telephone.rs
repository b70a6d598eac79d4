//! `lineaamica telephone`.

use anyhow::{Context, Result, bail};
use centre::{By, Centre, Error, sip_account, staff, trunk};
use clap::Subcommand;
use model::TrunkId;
use model::trunk::Trunk;
use std::io::Read;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Telephone {
    /// Gives a member of the staff an account for their SIP telephone, or a new password for the one they have. The
    /// password is printed once, alone on the last line, or read from standard input.
    Account {
        /// Their sign-in name; the telephone registers by it.
        name: String,
        /// Read the password from standard input instead of making one.
        #[arg(long)]
        password_stdin: bool,
        /// Take the account away.
        #[arg(long, conflicts_with = "password_stdin")]
        remove: bool,
    },
    /// Lists the trunks: id, whether each is in use, host, numbers.
    Trunks,
    /// Creates or changes trunks from a TOML file with one `[[trunks]]` each.
    Apply { file: PathBuf },
    /// Removes a trunk.
    Remove { id: String },
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    trunks: Vec<Trunk>,
}

impl Telephone {
    pub async fn run(self, centre: &Centre) -> Result<()> {
        match self {
            Self::Account { name, password_stdin, remove } => account(centre, &name, password_stdin, remove).await,
            Self::Trunks => list(centre).await,
            Self::Apply { file } => {
                let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
                let sheet: Sheet = toml::from_str(&text).with_context(|| format!("cannot take {}", file.display()))?;
                for trunk in sheet.trunks {
                    apply(centre, trunk).await.with_context(|| format!("cannot take {}", file.display()))?;
                }
                Ok(())
            }
            Self::Remove { id } => {
                let wanted = TrunkId::new(id.clone());
                let removed =
                    centre.work(By::System, move |w| Box::pin(async move { trunk::remove(w, &wanted).await })).await;
                match removed {
                    Err(Error::NotFound(_)) => bail!("there is no trunk {id:?}; see: lineaamica telephone trunks"),
                    done => done.with_context(|| format!("cannot remove the trunk {id}"))?,
                }
                println!("Removed {id}.");
                Ok(())
            }
        }
    }
}

/// Stores one trunk, and says so.
pub async fn apply(centre: &Centre, trunk: Trunk) -> Result<()> {
    let (id, name) = (trunk.id.clone(), trunk.name.clone());
    centre
        .work(By::System, move |w| Box::pin(async move { trunk::save(w, trunk).await }))
        .await
        .with_context(|| format!("the trunk {id}"))?;
    println!("Applied the trunk {id} ({name}).");
    Ok(())
}

async fn list(centre: &Centre) -> Result<()> {
    for trunk in trunk::all(centre).await? {
        let stands = if trunk.active { "active" } else { "off" };
        let host = trunk.host.as_deref().unwrap_or("-");
        println!("{:24}  {stands:6}  {:32}  {host}  {}", trunk.id, trunk.name, trunk.numbers.join(", "));
    }
    Ok(())
}

async fn account(centre: &Centre, name: &str, from_stdin: bool, remove: bool) -> Result<()> {
    let all = staff::all(centre).await?;
    let Some((member, _)) = all.iter().find(|(member, _)| member.login == name) else {
        bail!("there is nobody {name:?} among the staff; see: lineaamica user list");
    };
    let id = member.id;
    if remove {
        centre.work(By::System, move |w| Box::pin(sip_account::remove(w, id))).await?;
        println!("{name} has no telephone account any more.");
        return Ok(());
    }
    let password = if from_stdin {
        let mut password = String::new();
        std::io::stdin().read_to_string(&mut password).context("cannot read the password")?;
        password.trim_end_matches(['\r', '\n']).to_owned()
    } else {
        sip_account::password(centre.chance())
    };
    if password.chars().count() < model::user::PASSWORD_MIN {
        bail!("a telephone's password has {} characters or more", model::user::PASSWORD_MIN);
    }
    let (login, secrets) = (name.to_owned(), sip_account::secrets(name, &password));
    centre
        .work(By::System, move |w| Box::pin(async move { sip_account::set(w, id, &login, secrets).await }))
        .await
        .with_context(|| format!("cannot give {name} a telephone account"))?;
    if !from_stdin {
        eprintln!("Keep this password: it is not shown again.");
        println!("{password}");
    }
    Ok(())
}
