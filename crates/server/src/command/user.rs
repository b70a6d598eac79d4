//! `lineaamica user`.

use anyhow::{Context, Result, bail};
use centre::{By, Centre, staff};
use clap::Subcommand;
use db::staff::NewStaff;
use model::user::{Role, Roles};
use model::{QueueId, StructureId};
use std::io::{BufRead, IsTerminal};

#[derive(Subcommand)]
pub enum User {
    /// Adds somebody to the staff.
    Add {
        /// The name to sign in with.
        name: String,
        /// front, back, supervisor, editor, trainer or admin; may be given more than once.
        #[arg(long, required = true, value_name = "ROLE")]
        role: Vec<Role>,
        /// The name that colleagues and citizens see; the sign-in name when not given.
        #[arg(long, value_name = "NAME")]
        display: Option<String>,
        /// For a structure's own staff: its id. They see that structure's cases only.
        #[arg(long, value_name = "STRUCTURE")]
        scope: Option<String>,
        /// A queue they serve; may be given more than once. None means every queue of their roles.
        #[arg(long, value_name = "QUEUE")]
        queue: Vec<String>,
        /// Language of their pages.
        #[arg(long, default_value = "it", value_name = "CODE")]
        language: String,
        /// Reads the password (12 characters or more) from the first line of standard input.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Gives somebody another password, and ends their sessions.
    Password {
        /// The name they sign in with.
        name: String,
        /// Reads the password (12 characters or more) from the first line of standard input; asked for otherwise.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Lists the staff.
    List,
}

impl User {
    pub async fn run(self, centre: &Centre) -> Result<()> {
        match self {
            Self::Add { name, role, display, scope, queue, language, password_stdin } => {
                if scope.is_some() && role.contains(&Role::Admin) {
                    bail!("an administrator acts for everybody: --role admin and --scope do not go together");
                }
                let password = if password_stdin { Some(read_password()?) } else { None };
                let catalogue = centre.catalogue();
                for id in &queue {
                    if catalogue.queue(&QueueId::new(id)).is_none() {
                        bail!(
                            "there is no queue {id:?}; the queues are: {}",
                            catalogue
                                .services
                                .iter()
                                .flat_map(|s| &s.queues)
                                .map(|q| q.id.as_str())
                                .collect::<Vec<_>>()
                                .join(", ")
                        );
                    }
                }
                if let Some(scope) = scope.as_deref().filter(|id| catalogue.structure(&StructureId::new(*id)).is_none())
                {
                    eprintln!(
                        "Note: the centre knows no structure {scope:?}; {name} sees only cases of a queue that names it."
                    );
                }
                let signs_in = password.is_some();
                let new = NewStaff {
                    name: display.unwrap_or_else(|| name.clone()),
                    login: name.clone(),
                    password,
                    roles: Roles::new(role),
                    scope: scope.map(StructureId),
                    queues: queue.into_iter().map(QueueId).collect(),
                    language,
                };
                let id = staff::add(centre, By::System, new).await.with_context(|| format!("cannot add {name:?}"))?;
                println!("Added {name} (number {id}).");
                if !signs_in {
                    eprintln!(
                        "{name} has no password: tokens work, signing in does not (lineaamica user password {name})."
                    );
                }
            }
            Self::Password { name, password_stdin: _ } => {
                let set = staff::set_password(centre, By::System, &name, read_password()?).await;
                set.with_context(|| format!("cannot give {name:?} another password"))?;
                println!("{name} has another password; their sessions have ended.");
            }
            Self::List => {
                for (staff, disabled) in staff::all(centre).await? {
                    let gone = if disabled { "  (may not sign in)" } else { "" };
                    println!("{:>5}  {:20}  {:30}  {}{gone}", staff.id, staff.login, staff.name, staff.roles);
                }
            }
        }
        Ok(())
    }
}

fn read_password() -> Result<String> {
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprintln!("Password (it is shown as you type; better: --password-stdin <file):");
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line).context("cannot read the password from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
