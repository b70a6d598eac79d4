//! Debian's sipp: somebody else's telephone exchange, and callers by the hundred.

use crate::free_port;
use crate::keeper::Keeper;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A carrier that answers every call at once.
pub struct Carrier {
    port: u16,
    _keeper: Keeper,
    _folder: TempDir,
}

fn sipp(folder: &Path) -> Command {
    assert!(Path::new("/usr/bin/sipp").exists(), "sipp is missing: apt-get install sip-tester (./test does it)");
    let mut command = Command::new("sipp");
    command.current_dir(folder).args(["-i", "127.0.0.1", "-mi", "127.0.0.1", "-nostdin"]);
    command
}

impl Carrier {
    /// Starts it on a free port.
    #[must_use]
    pub fn start() -> Self {
        let folder = TempDir::with_prefix("linea-sipp-").unwrap();
        let port = free_port();
        let mut command = sipp(folder.path());
        command.args(["-sn", "uas", "-p", &port.to_string(), "-rtp_echo"]);
        command.args(["-mp", &(free_port() & !1).to_string()]);
        let keeper = Keeper::start(&command, &folder.path().join("log"), "KILL", None);
        Self { port, _keeper: keeper, _folder: folder }
    }

    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }
}

/// Plays a scenario against a server, with more words for sipp; how it went.
pub async fn play(server: u16, scenario: &str, words: &[&str]) -> Output {
    let (scenario, words) = (scenario.to_owned(), words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
    tokio::task::spawn_blocking(move || {
        let folder = TempDir::with_prefix("linea-sipp-").unwrap();
        let file = folder.path().join("scenario.xml");
        std::fs::write(&file, scenario).unwrap();
        let mut command = sipp(folder.path());
        command.arg(format!("127.0.0.1:{server}")).arg("-sf").arg(&file).args(["-p", &free_port().to_string()]);
        command.args(["-timeout", "60s", "-timeout_error"]).args(&words);
        command.output().unwrap()
    })
    .await
    .unwrap()
}
