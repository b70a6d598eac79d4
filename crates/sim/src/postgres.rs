//! A PostgreSQL of our own, from the system's packages, in a folder that goes with it.

use anyhow::{Context, Result, bail, ensure};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running PostgreSQL; ends when it is dropped.
pub struct Postgres {
    child: Child,
    folder: PathBuf,
    port: u16,
}

/// The folder of the newest installed server's programs.
fn programs() -> Result<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .context("PostgreSQL is not installed (Debian: postgresql)")?
        .filter_map(|e| Some(e.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop().context("PostgreSQL is not installed (Debian: postgresql)")
}

/// A command as somebody who may run a server: PostgreSQL refuses root.
fn as_owner(program: &Path) -> Command {
    if std::env::var("USER").as_deref() == Ok("root")
        || std::fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0)
    {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

impl Postgres {
    /// Starts one in `folder`, which must not be there yet.
    ///
    /// # Errors
    /// When it is not installed or does not start.
    pub fn start(folder: PathBuf) -> Result<Self> {
        let bin = programs()?;
        std::fs::create_dir_all(&folder)?;
        let _ = Command::new("chown").arg("postgres").arg(&folder).stderr(Stdio::null()).status();
        let data = folder.join("data");
        let made = as_owner(&bin.join("initdb"))
            .args(["--auth=trust", "--username=linea", "--encoding=UTF8", "--locale=C", "-D"])
            .arg(&data)
            .stdout(Stdio::null())
            .status()?;
        ensure!(made.success(), "initdb failed");
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let log = std::fs::File::create(folder.join("log"))?;
        let child = as_owner(&bin.join("postgres"))
            .arg("-D")
            .arg(&data)
            .args(["-h", "127.0.0.1", "-p", &port.to_string(), "-k", ""])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        let postgres = Self { child, folder, port };
        let began = Instant::now();
        while postgres.sql("postgres", "SELECT 1").is_err() {
            if began.elapsed() > Duration::from_secs(30) {
                bail!("PostgreSQL does not answer; its log is {}", postgres.folder.join("log").display());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(postgres)
    }

    /// Runs one statement in a database.
    ///
    /// # Errors
    /// When it fails.
    pub fn sql(&self, database: &str, statement: &str) -> Result<()> {
        let done = Command::new("psql")
            .args([
                "-q",
                "-h",
                "127.0.0.1",
                "-p",
                &self.port.to_string(),
                "-U",
                "linea",
                "-d",
                database,
                "-c",
                statement,
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        ensure!(done.success(), "{statement} failed");
        Ok(())
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://linea@127.0.0.1:{}/{database}", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The program under runuser gets the signal through its own process id, which stands in its file.
        if let Some(pid) = std::fs::read_to_string(self.folder.join("data/postmaster.pid"))
            .ok()
            .and_then(|t| t.lines().next().map(str::to_owned))
        {
            let _ = Command::new("kill").args(["-INT", &pid]).status();
        }
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
