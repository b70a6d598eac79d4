//! The program under measurement, run as an administrator runs it.

use crate::http::Connection;
use anyhow::{Context, Result, bail, ensure};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

/// The programs that were built beside this one.
pub fn program(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let folder = here.parent().context("this program lies nowhere")?;
    let path = folder.join(name);
    ensure!(path.exists(), "{} is not built", path.display());
    Ok(path)
}

/// Where a centre keeps its things.
#[derive(Clone, Default)]
pub struct Place {
    pub data: PathBuf,
    pub database: Option<String>,
    /// Settings by their variables.
    pub settings: Vec<(&'static str, String)>,
}

impl Place {
    fn command(&self, words: &[&str]) -> Result<Command> {
        let mut command = Command::new(program("lineaamica")?);
        command.args(words).arg("--data").arg(&self.data).env("LINEA_TELEMETRY__LOG", "warn").kill_on_drop(true);
        if let Some(url) = &self.database {
            command.env("LINEA_DATABASE__URL", url);
        }
        // What is not measured has no telephone, whose port another may have.
        command.env("LINEA_TELEPHONE__LISTEN", "off");
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        Ok(command)
    }

    /// Starts a command line of the program, to be watched; what it says goes nowhere.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(&self, words: &[&str]) -> Result<Child> {
        let quiet = || Stdio::null();
        Ok(self.command(words)?.stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn()?)
    }

    /// Runs a command line of the program; returns what it printed.
    ///
    /// # Errors
    /// When it fails.
    pub async fn run(&self, words: &[&str], input: &str) -> Result<String> {
        let mut child =
            self.command(words)?.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes()).await?;
        }
        let done = child.wait_with_output().await?;
        ensure!(
            done.status.success(),
            "lineaamica {} failed: {}",
            words.join(" "),
            String::from_utf8_lossy(&done.stderr)
        );
        Ok(String::from_utf8(done.stdout)?)
    }
}

/// The memory that a process has now, in MiB.
///
/// # Errors
/// When there is no such process.
pub fn resident(id: u32) -> Result<f64> {
    let status = std::fs::read_to_string(Path::new("/proc").join(id.to_string()).join("status"))?;
    let kib =
        status.lines().find_map(|l| l.strip_prefix("VmRSS:")?.trim().strip_suffix("kB")?.trim().parse::<f64>().ok());
    Ok(kib.context("no memory is told")? / 1024.0)
}

/// The processor time that a process has used so far, in seconds.
///
/// # Errors
/// When there is no such process.
pub fn processor_s(id: u32) -> Result<f64> {
    /// Ticks of the kernel in a second, as on every Linux of today.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string(Path::new("/proc").join(id.to_string()).join("stat"))?;
    let (_, fields) = stat.rsplit_once(") ").context("no times are told")?;
    let mut times = fields.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    let (user, system) = times.next().zip(times.next()).context("no times are told")?;
    Ok((user + system) / TICKS)
}

/// A running server.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From its start until it said that it can work.
    pub ready_after: Duration,
}

impl Server {
    /// Starts the server and waits until it can work.
    ///
    /// # Errors
    /// When it ends before, or takes more than 30 s.
    pub async fn start(place: &Place) -> Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let began = Instant::now();
        let child = place.command(&["serve"])?.env("LINEA_HTTP__LISTEN", address.to_string()).spawn()?;
        let mut server = Self { child, address, ready_after: Duration::ZERO };
        loop {
            if let Ok(mut connection) = Connection::open(address).await
                && connection.ask("GET", "/readyz", "", b"").await.is_ok_and(|a| a.status == 200)
            {
                server.ready_after = began.elapsed();
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                bail!("the server ended: {status}");
            }
            ensure!(began.elapsed() < Duration::from_secs(30), "the server is not ready after 30 s");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Resident memory in MiB.
    ///
    /// # Errors
    /// When the server has ended.
    pub fn memory(&self) -> Result<f64> {
        resident(self.child.id().context("the server has ended")?)
    }

    /// Files and sockets that it has open.
    ///
    /// # Errors
    /// When the server has ended.
    #[expect(clippy::cast_precision_loss, reason = "of some hundred")]
    pub fn sockets(&self) -> Result<f64> {
        let id = self.child.id().context("the server has ended")?.to_string();
        Ok(std::fs::read_dir(Path::new("/proc").join(id).join("fd"))?.count() as f64)
    }

    /// The processor time that it has used, in seconds.
    ///
    /// # Errors
    /// When the server has ended.
    pub fn processor_s(&self) -> Result<f64> {
        processor_s(self.child.id().context("the server has ended")?)
    }

    /// Stops the server.
    ///
    /// # Errors
    /// When it cannot be told to.
    pub async fn stop(mut self) -> Result<()> {
        let id = self.child.id().context("the server has ended")?.to_string();
        Command::new("kill").args(["-TERM", &id]).status().await?;
        self.child.wait().await?;
        Ok(())
    }
}
