//! A PostgreSQL of our own: Debian's server, in a temporary folder, on a free port, with its disk syncs on.

use crate::free_port;
use crate::keeper::Keeper;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A server; it stops when this is dropped.
pub struct Postgres {
    folder: PathBuf,
    own: bool,
    port: u16,
    keeper: Option<Keeper>,
}

impl Postgres {
    /// Starts a server for one story alone, which may stop and start it.
    #[must_use]
    pub fn start_own() -> Self {
        Self::new(true)
    }

    fn new(own: bool) -> Self {
        let folder = TempDir::with_prefix("linea-postgres-").unwrap().keep();
        if let Some(user) = other_user() {
            let owned = Command::new("chown").arg(&user).arg(&folder).status().unwrap();
            assert!(owned.success(), "cannot give {} to {user}", folder.display());
        }
        let made = as_server("initdb")
            .args(["--auth=trust", "--username=linea", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--pgdata"])
            .arg(&folder)
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb failed: {}", String::from_utf8_lossy(&made.stderr));
        let mut server = Self { folder, own, port: 0, keeper: None };
        // Another may have taken the port in between: then the next one is tried.
        for _ in 0..5 {
            server.port = free_port();
            if server.start() {
                return server;
            }
        }
        panic!("PostgreSQL does not start: {}", std::fs::read_to_string(server.log()).unwrap_or_default());
    }

    fn log(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    /// Starts it (again), on the port it had; true when it answers.
    pub fn start(&mut self) -> bool {
        let _ = std::fs::remove_file(self.log());
        let mut server = as_server("postgres");
        server.arg("-D").arg(&self.folder);
        for setting in [
            &format!("port={}", self.port),
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=300",
            "fsync=on",
            "shared_buffers=64MB",
        ] {
            server.args(["-c", setting]);
        }
        // What is removed at once needs no checkpoint before it.
        let keeper = Keeper::start(
            &server,
            &self.log(),
            if self.own { "INT" } else { "QUIT" },
            Some(&self.folder).filter(|_| !self.own).map(PathBuf::as_path),
        );
        let began = Instant::now();
        while keeper.runs() && began.elapsed() < Duration::from_secs(60) {
            if self.sql("postgres", "SELECT 1").is_ok() {
                self.keeper = Some(keeper);
                return true;
            }
            std::thread::sleep(Duration::from_millis(30));
        }
        false
    }

    /// Stops it as an administrator would: connections are cut off, nothing is lost.
    pub fn stop(&mut self) {
        drop(self.keeper.take());
    }

    fn sql(&self, database: &str, sql: &str) -> Result<String, String> {
        let said = Command::new("psql")
            .args([
                "-h",
                "127.0.0.1",
                "-U",
                "linea",
                "-At",
                "-v",
                "ON_ERROR_STOP=1",
                "-p",
                &self.port.to_string(),
                "-d",
                database,
                "-c",
                sql,
            ])
            .stdin(Stdio::null())
            .output()
            .map_err(|e| e.to_string())?;
        if said.status.success() {
            Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned())
        } else {
            Err(String::from_utf8_lossy(&said.stderr).into_owned())
        }
    }

    /// Makes an empty database; returns its address.
    #[must_use]
    pub fn fresh_database(&self) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("story_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name} STRATEGY wal_log")).unwrap();
        format!("postgres://linea@127.0.0.1:{}/{name}", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.stop();
        if self.own {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

/// An empty database in the one server that all stories of this run share.
#[must_use]
pub fn fresh_database() -> String {
    static SHARED: OnceLock<Postgres> = OnceLock::new();
    SHARED.get_or_init(|| Postgres::new(false)).fresh_database()
}

/// PostgreSQL does not run as root: then it runs as the user that Debian made for it.
fn other_user() -> Option<String> {
    let me = Command::new("id").arg("-u").output().unwrap();
    if String::from_utf8_lossy(&me.stdout).trim() != "0" {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").unwrap();
    let user =
        ["postgres", "nobody"].into_iter().find(|user| users.lines().any(|line| line.starts_with(&format!("{user}:"))));
    Some(user.expect("there is neither a user postgres nor nobody to run PostgreSQL as").to_owned())
}

fn as_server(program: &str) -> Command {
    let program = programs().join(program);
    let mut command = match other_user() {
        Some(user) => {
            let mut as_other = Command::new("setpriv");
            as_other
                .args([
                    format!("--reuid={user}"),
                    "--regid".to_owned(),
                    group_of(&user),
                    "--clear-groups".to_owned(),
                    "--".to_owned(),
                ])
                .arg(program);
            as_other
        }
        None => Command::new(program),
    };
    command.current_dir("/").stdin(Stdio::null());
    command
}

fn group_of(user: &str) -> String {
    let said = Command::new("id").args(["-g", user]).output().unwrap();
    String::from_utf8_lossy(&said.stdout).trim().to_owned()
}

/// The folder of the newest server installed.
fn programs() -> &'static Path {
    static PROGRAMS: OnceLock<PathBuf> = OnceLock::new();
    PROGRAMS.get_or_init(|| {
        let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
            .into_iter()
            .flatten()
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let programs = entry.path().join("bin");
                programs.join("initdb").exists().then_some((entry.file_name().to_str()?.parse().ok()?, programs))
            })
            .collect();
        found.sort();
        let newest = found.pop();
        if newest.is_none() {
            let _ = writeln!(std::io::stderr(), "PostgreSQL is missing: apt-get install postgresql (./test does it)");
        }
        newest.expect("PostgreSQL's server is missing: apt-get install postgresql").1
    })
}
