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
    match house::open(config).await {
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
            say("mail", smtp.check().await.map(|_| "the server answers".to_owned()).map_err(|e| e.to_string()))
        }
        Err(error) => say("mail", Err(error.to_string())),
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
