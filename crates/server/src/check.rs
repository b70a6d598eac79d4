//! `lineaamica check`: tries what the configuration names and says what is wrong.

use crate::config::Config;
use crate::house;
use anyhow::Result;
use channel_email::Smtp;
use std::process::ExitCode;

pub async fn run(config: &Config) -> Result<ExitCode> {
    let mut sound = true;
    let mut say = |what: &str, outcome: Result<String, String>| match outcome {
        Ok(text) => println!("ok    {what}: {text}"),
        Err(text) => {
            sound = false;
            println!("WRONG {what}: {text}");
        }
    };
    say("configuration", Ok(format!("HTTP at {}, data in {}", config.http.listen, config.storage.data.display())));
    if let Err(missing) = there(config) {
        say("data folder", Err(missing));
        return Ok(ExitCode::FAILURE);
    }
    match schema(config).await {
        Ok(pending) if pending.is_empty() => {}
        Ok(pending) => {
            let pending = pending.join(", ");
            say("tables", Err(format!("not up to date: {pending} (lineaamica migrate, or the next start of serve)")));
            return Ok(ExitCode::FAILURE);
        }
        Err(error) => {
            say("tables", Err(format!("{error:#}")));
            return Ok(ExitCode::FAILURE);
        }
    }
    match house::open_as_it_is(config).await {
        Ok(centre) => {
            let catalogue = centre.catalogue();
            say("database", Ok(format!("{:?}, {} service(s)", centre.db().engine(), catalogue.services.len())));
            let staff = centre::staff::all(&centre).await;
            say(
                "staff",
                staff.map_err(|e| e.to_string()).and_then(|all| {
                    if all.is_empty() {
                        Err("nobody can sign in; add somebody: lineaamica user add NAME --role admin --password-stdin"
                            .to_owned())
                    } else {
                        Ok(format!("{} people", all.len()))
                    }
                }),
            );
            let ours = centre.files().ours().await.map_err(|e| e.to_string());
            say(
                "files",
                ours.and_then(|ours| match ours {
                    true => Ok("the storage takes and gives files".to_owned()),
                    false => Err("the storage belongs to another database (files/owner)".to_owned()),
                }),
            );
            let outbox = centre::outbox::figures(&centre).await;
            say(
                "outbox",
                outbox.map_err(|e| e.to_string()).and_then(|f| {
                    let told = format!(
                        "{} letter(s) wait, {} were given up, {} job(s) fail",
                        f.waiting, f.dead, f.failing_jobs
                    );
                    match (f.dead, f.failing_jobs) {
                        (0, 0) => Ok(told),
                        (_, 0) => Ok(format!("{told} (lineaamica outbox list)")),
                        _ => Err(format!("{told} (lineaamica outbox list)")),
                    }
                }),
            );
        }
        Err(error) => say("database", Err(format!("{error:#}"))),
    }
    match Smtp::new(&config.email, &config.http.public_url()) {
        Ok(None) => say("mail", Ok("no server named (email.smtp_host): letters wait in the outbox".to_owned())),
        Ok(Some(smtp)) => {
            let answer = smtp.check().await.map_err(|e| e.to_string());
            let said =
                |answers: bool| if answers { Ok("the server answers") } else { Err("the server does not answer") };
            say("mail", answer.and_then(|answers| said(answers).map(str::to_owned).map_err(str::to_owned)));
        }
        Err(error) => say("mail", Err(error.to_string())),
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The migrations that are still to be made.
async fn schema(config: &Config) -> Result<Vec<String>> {
    let db = house::database_as_it_is(config).await?;
    let schema = db.schema().await?;
    db.close().await?;
    house::known_here(&schema)?;
    Ok(schema.pending)
}

/// A check makes nothing: a folder that is mistyped is told, not created.
fn there(config: &Config) -> Result<(), String> {
    let data = &config.storage.data;
    match config.database.url.is_some() || data.join("lineaamica.sqlite").is_file() {
        true => Ok(()),
        false => Err(format!("there is no database in {}: serve or migrate makes one", data.display())),
    }
}
