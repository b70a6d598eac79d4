//! The configuration: a TOML file, then variables `LINEA_SECTION__KEY`, then the command line. One file a section.

mod database;
mod events;
mod http;
mod later;
mod privacy;
mod storage;
mod telemetry;

pub use database::Database;
pub use events::Events;
pub use http::Http;
pub use later::Later;
pub use privacy::Privacy;
pub use storage::Storage;
pub use telemetry::{LogFormat, Telemetry};

use anyhow::{Context, Result};
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Settings that are words as they stand, though they may look like numbers: `007` is a password, and not seven.
const WORDS: &[(&str, &str)] =
    &[("email.smtp_user", "LINEA_EMAIL__SMTP_USER"), ("email.smtp_password", "LINEA_EMAIL__SMTP_PASSWORD")];

/// Every setting, with what it is when nothing says otherwise.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    pub http: Http,
    pub database: Database,
    pub events: Events,
    pub storage: Storage,
    pub email: channel_email::Settings,
    pub telephone: channel_telephone::Settings,
    pub sms: Later,
    pub alerts: Later,
    pub privacy: Privacy,
    pub telemetry: Telemetry,
}

impl Config {
    /// Settings that are taken and have no effect in this version, by their names.
    #[must_use]
    pub fn without_effect(&self) -> Vec<&'static str> {
        [
            ("events.url", self.events.url.is_some()),
            ("email.lmtp_listen", self.email.lmtp_listen.is_some()),
            ("sms", self.sms.is_set()),
            ("alerts", self.alerts.is_set()),
        ]
        .into_iter()
        .filter_map(|(name, set)| set.then_some(name))
        .collect()
    }

    /// Reads what the file and the environment say.
    ///
    /// # Errors
    /// A file that is not there or a setting that cannot be taken, by its name.
    pub fn read(file: Option<&Path>, data: Option<PathBuf>) -> Result<Self> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            anyhow::ensure!(file.is_file(), "there is no configuration file {}", file.display());
            figment = figment.merge(Toml::file(file));
        }
        figment = figment.merge(Env::prefixed("LINEA_").split("__"));
        for (setting, variable) in WORDS {
            if let Ok(word) = std::env::var(variable) {
                figment = figment.merge(Serialized::default(setting, word));
            }
        }
        let mut config: Self = figment.extract().context("cannot take the configuration")?;
        if let Some(data) = data {
            config.storage.data = data;
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_of_what_is_to_come_are_taken_and_told() {
        let folder = std::env::temp_dir().join(format!("linea-config-later-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("a.toml");
        let sections =
            "[events]\nurl = \"nats://127.0.0.1\"\n[sms]\nsmsc = \"127.0.0.1:2775\"\n[alerts]\nkeep = { days = 30 }\n";
        std::fs::write(&file, sections).unwrap();
        assert_eq!(Config::read(Some(&file), None).unwrap().without_effect(), ["events.url", "sms", "alerts"]);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_setting_that_is_mistyped_is_named() {
        let folder = std::env::temp_dir().join(format!("linea-config-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("a.toml");
        std::fs::write(&file, "[http]\nlisten = \"127.0.0.1:9090\"\n").unwrap();
        assert_eq!(Config::read(Some(&file), None).unwrap().http.listen.port(), 9090);
        std::fs::write(&file, "[http]\nlissten = \"127.0.0.1:9090\"\n").unwrap();
        assert!(format!("{:#}", Config::read(Some(&file), None).unwrap_err()).contains("lissten"));
        std::fs::remove_dir_all(folder).unwrap();
        assert!(Config::read(Some(&file), None).is_err());
    }
}
