//! `lineaamica user`.

use anyhow::{Context, Result, bail};
use centre::invitation::{self, Way};
use centre::staff::{Asked, Which};
use centre::{By, Centre, Error, staff, totp};
use clap::Subcommand;
use db::staff::NewStaff;
use model::user::{Role, Roles, Standing};
use model::{QueueId, StructureId, UserId};
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
        /// Their e-mail address, for an invitation and a forgotten password.
        #[arg(long, value_name = "ADDRESS")]
        email: Option<String>,
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
    /// Invites somebody: prints a link by which they set a password, alone on the last line; it works once, for 7 days.
    Invite {
        /// The name they sign in with.
        name: String,
        /// Sends the link to their e-mail address instead of printing it.
        #[arg(long)]
        letter: bool,
    },
    /// Somebody may no longer sign in; sessions, links and tokens stop at once.
    Disable {
        /// The name they sign in with.
        name: String,
        /// Puts the active cases they have back among those to take.
        #[arg(long)]
        put_back_cases: bool,
    },
    /// Somebody may sign in again.
    Enable {
        /// The name they sign in with.
        name: String,
    },
    /// Takes away somebody's second factor, when telephone and recovery codes are lost; their sessions end.
    ResetSecondFactor {
        /// The name they sign in with.
        name: String,
    },
    /// Lists the staff.
    List,
}

impl User {
    pub async fn run(self, centre: &Centre) -> Result<()> {
        match self {
            Self::Add { name, role, display, scope, email, queue, language, password_stdin } => {
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
                    email,
                    ..NewStaff::default()
                };
                let id = staff::add(centre, By::System, new).await.with_context(|| format!("cannot add {name:?}"))?;
                println!("Added {name} (number {id}).");
                if !signs_in {
                    eprintln!(
                        "{name} has no password: tokens work, signing in does not (lineaamica user invite {name})."
                    );
                }
            }
            Self::Password { name, password_stdin: _ } => {
                let set = staff::set_password(centre, By::System, &name, read_password()?).await;
                set.with_context(|| format!("cannot give {name:?} another password"))?;
                println!("{name} has another password; their sessions have ended.");
            }
            Self::Invite { name, letter } => {
                let id = known(centre, &name).await?;
                let way = if letter { Way::Letter } else { Way::Hand };
                let made =
                    centre.work(By::System, move |w| Box::pin(async move { invitation::invite(w, id, way).await }));
                let link = match made.await {
                    Err(Error::Invalid(problems)) if problems.iter().any(|p| p.field == "email") => {
                        bail!("{name} has no e-mail address: leave out --letter and hand the link over")
                    }
                    Err(Error::Invalid(_)) => bail!("{name} may not sign in (lineaamica user enable {name})"),
                    made => made.with_context(|| format!("cannot invite {name:?}"))?,
                };
                if letter {
                    println!("The letter to {name} waits in the outbox.");
                } else {
                    eprintln!("This link works once, until {}; it is not shown again.", link.until.to_rfc3339());
                    println!("{}", link.url);
                }
            }
            Self::Disable { name, put_back_cases } => {
                let id = known(centre, &name).await?;
                let done = centre.work(By::System, move |w| Box::pin(async move { staff::disable(w, id).await })).await;
                match done {
                    Err(Error::Invalid(_)) => bail!(
                        "{name} is the last who can administer: give the role to somebody else with a password first"
                    ),
                    done => done.with_context(|| format!("cannot disable {name:?}"))?,
                }
                println!("{name} may no longer sign in; sessions, links and tokens have stopped.");
                if put_back_cases {
                    let count = staff::put_back_cases(centre, By::System, id).await?;
                    println!("{count} case(s) are back among those to take.");
                } else {
                    let held = staff::held(centre, id).await?.count;
                    if held > 0 {
                        eprintln!("{name} still has {held} active case(s): --put-back-cases puts them back.");
                    }
                }
            }
            Self::Enable { name } => {
                let id = known(centre, &name).await?;
                let done = centre.work(By::System, move |w| Box::pin(async move { staff::enable(w, id).await })).await;
                done.with_context(|| format!("cannot enable {name:?}"))?;
                println!("{name} may sign in again.");
            }
            Self::ResetSecondFactor { name } => {
                let id = known(centre, &name).await?;
                let done = centre.work(By::System, move |w| Box::pin(async move { totp::reset(w, id).await })).await;
                done.with_context(|| format!("cannot reset the second factor of {name:?}"))?;
                println!("{name} has no second factor any more; their sessions have ended.");
            }
            Self::List => {
                let asked = Asked { which: Which::All, ..Asked::default() };
                for listed in staff::page(centre, &asked, usize::MAX).await?.people {
                    let state = match listed.standing {
                        Standing::Able => "",
                        Standing::Invited => "  (invited)",
                        Standing::Outside => "  (no password)",
                        Standing::Disabled => "  (may not sign in)",
                    };
                    let factor = if listed.second_factor { "  (second factor)" } else { "" };
                    let staff = listed.member.staff;
                    let scope = staff.scope.map(|scope| format!("  of {scope}")).unwrap_or_default();
                    let (id, login, name, roles) = (staff.id, staff.login, staff.name, staff.roles);
                    println!("{id:>5}  {login:20}  {name:30}  {roles}{scope}{state}{factor}");
                }
            }
        }
        Ok(())
    }
}

/// Who has this login, whether they may sign in or not.
async fn known(centre: &Centre, login: &str) -> Result<UserId> {
    let wanted = login.trim().to_lowercase();
    let all = staff::all(centre).await?;
    let found = all.into_iter().find(|(staff, _)| staff.login == wanted);
    found.map(|(staff, _)| staff.id).with_context(|| format!("there is no user {login:?} (lineaamica user list)"))
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
