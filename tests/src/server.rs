//! The program itself, `lineaamica serve`, on a real port.

use crate::keeper::Keeper;
use crate::{Api, eventually, free_port, fresh_database};
use db::Engine;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

impl Drop for Server {
    /// A story that fails shows what its servers said.
    fn drop(&mut self) {
        if std::thread::panicking() {
            let log = self.log();
            let from = log.lines().count().saturating_sub(40);
            let last: Vec<&str> = log.lines().skip(from).collect();
            println!("the last that the server on port {} said:\n{}", self.port, last.join("\n"));
        }
    }
}

/// The password of everyone whom [`Server::hire`] takes on.
pub const PASSWORD: &str = "una parola lunga";

/// A server with its data; it ends when this is dropped.
pub struct Server {
    data: PathBuf,
    port: u16,
    settings: Vec<(&'static str, String)>,
    /// A command that the program runs within, and one that the command line then needs.
    within: Vec<String>,
    keeper: Option<Keeper>,
    folder: TempDir,
}

impl Server {
    /// A server that is not yet started, on an empty data folder and, for PostgreSQL, an empty database.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        let folder = TempDir::with_prefix("linea-server-").unwrap();
        let mut server = Self {
            data: folder.path().join("data"),
            port: 0,
            settings: Vec::new(),
            within: Vec::new(),
            keeper: None,
            folder,
        };
        std::fs::create_dir(&server.data).unwrap();
        if engine == Engine::Postgres {
            server.set("LINEA_DATABASE__URL", fresh_database());
        }
        // Who is told of the telephone says where it is.
        server.set("LINEA_TELEPHONE__LISTEN", "off");
        server
    }

    /// As [`Self::new`], within a story that waits.
    pub async fn stopped(engine: Engine) -> Self {
        tokio::task::spawn_blocking(move || Self::new(engine)).await.unwrap()
    }

    /// Another server, not yet started, with an empty database of the same kind.
    pub async fn stranger(&self) -> Self {
        let on_postgres = self.settings.iter().any(|(name, _)| *name == "LINEA_DATABASE__URL");
        Self::stopped(if on_postgres { Engine::Postgres } else { Engine::Sqlite }).await
    }

    /// Starts a server as it comes.
    pub async fn start(engine: Engine) -> Self {
        let mut server = Self::stopped(engine).await;
        server.run().await;
        server
    }

    /// Changes a setting, by its variable.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) -> &mut Self {
        self.settings.push((name, value.into()));
        self
    }

    /// The program runs with a disk of `mib` MiB for its data, which nobody else sees.
    pub fn on_small_disk(&mut self, mib: u32) -> &mut Self {
        let mount = format!("mount -t tmpfs -o size={mib}m tmpfs \"$0\" && exec \"$@\"");
        self.within = ["unshare", "--mount", "--map-root-user", "sh", "-c", &mount].map(str::to_owned).to_vec();
        self.within.push(self.data.display().to_string());
        self
    }

    /// The data folder as the running program sees it.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        match &self.keeper {
            Some(keeper) if !self.within.is_empty() => Path::new("/proc")
                .join(keeper.pid().to_string())
                .join("root")
                .join(self.data.strip_prefix("/").unwrap()),
            _ => self.data.clone(),
        }
    }

    /// Another server on the same database, with files of its own.
    #[must_use]
    pub fn second(&self) -> Self {
        let mut second = Self::new(Engine::Sqlite);
        second.settings.clone_from(&self.settings);
        second
    }

    /// Another server on the same database and the same data folder.
    #[must_use]
    pub fn beside(&self) -> Self {
        let mut beside = self.second();
        beside.data.clone_from(&self.data);
        beside
    }

    /// Whether it runs still.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.keeper.as_ref().is_some_and(Keeper::runs)
    }

    /// Stops it from one moment to the next without ending it, or lets it go on.
    pub fn signal(&self, signal: &str) {
        self.keeper.as_ref().unwrap().signal(signal);
    }

    /// Its database, for whoever looks into it from beside.
    #[must_use]
    pub fn database(&self) -> db::Settings {
        let url = self.settings.iter().rfind(|(name, _)| *name == "LINEA_DATABASE__URL").map(|(_, url)| url.clone());
        db::Settings { url, data: self.data(), connections: 2 }
    }

    /// Starts it (again), where it was, and waits until it is ready.
    pub async fn run(&mut self) {
        assert!(self.keeper.is_none(), "it runs already");
        for _ in 0..5 {
            let port = if self.port == 0 { free_port() } else { self.port };
            let mut program = match self.within.split_first() {
                Some((first, rest)) => {
                    let mut within = Command::new(first);
                    within.args(rest).arg(binary());
                    within
                }
                None => Command::new(binary()),
            };
            program.arg("serve").arg("--data").arg(&self.data).env("LINEA_HTTP__LISTEN", format!("127.0.0.1:{port}"));
            program.envs(self.settings.iter().map(|(name, value)| (name, value)));
            let keeper = Keeper::start(&program, &self.log_file(), "KILL", None);
            let client = reqwest::Client::new();
            let address = format!("http://127.0.0.1:{port}/readyz");
            let up = eventually("the server is ready", async || {
                let ready = client.get(&address).send().await.is_ok_and(|answer| answer.status().is_success());
                // On a port that another took in the meantime, it is not this one that answers.
                if !keeper.runs() { Some(false) } else { ready.then_some(true) }
            })
            .await;
            if up {
                (self.port, self.keeper) = (port, Some(keeper));
                return;
            }
            assert!(self.log().contains("cannot listen on"), "the server does not start:\n{}", self.log());
        }
        panic!("no port is free");
    }

    /// Ends it from one moment to the next, as a power cut would.
    pub fn kill9(&mut self) {
        self.keeper.take().unwrap().end("KILL");
    }

    /// Tells it to stop and waits until it has; true when it did so in good order.
    pub fn stop(&mut self) -> bool {
        self.keeper.take().unwrap().end("TERM")
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// All that it has logged.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Runs `lineaamica WORDS` on the same data, beside the server or without it; what it printed, when all was well.
    ///
    /// # Errors
    /// What it said on standard error.
    pub fn try_command(&self, words: &[&str], typed: &str) -> Result<String, String> {
        let said = self.command(words, typed).output().unwrap();
        if said.status.success() {
            Ok(String::from_utf8(said.stdout).unwrap())
        } else {
            Err(String::from_utf8_lossy(&said.stderr).into_owned())
        }
    }

    /// A command on this server's data, to be run as a story wants.
    #[must_use]
    pub fn command(&self, words: &[&str], typed: &str) -> Command {
        let mut command = match &self.keeper {
            Some(keeper) if !self.within.is_empty() => {
                let mut within = Command::new("nsenter");
                within
                    .args(["--target", &keeper.pid().to_string(), "--mount", "--user", "--preserve-credentials"])
                    .arg(binary());
                within
            }
            _ => Command::new(binary()),
        };
        command
            .args(words)
            .arg("--data")
            .arg(&self.data)
            .current_dir("/")
            .envs(self.settings.iter().map(|(name, value)| (name, value)));
        let input = self.folder.path().join("typed");
        std::fs::write(&input, typed).unwrap();
        command.stdin(std::fs::File::open(input).unwrap()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Takes somebody on, in roles such as `front` or `back,supervisor`.
    pub fn hire(&self, login: &str, roles: &str) {
        self.hire_with(login, roles, &[]);
    }

    /// Takes somebody on, with more words for `user add`.
    pub fn hire_with(&self, login: &str, roles: &str, more: &[&str]) {
        let mut words = vec!["user", "add", login, "--password-stdin"];
        words.extend(roles.split(',').flat_map(|role| ["--role", role]));
        words.extend(more);
        self.try_command(&words, &format!("{PASSWORD}\n")).unwrap();
    }

    /// Applies a file: `service apply` or `telephone apply`.
    pub fn apply(&self, noun: &str, text: &str) {
        let file = self.folder.path().join(format!("{noun}.toml"));
        std::fs::write(&file, text).unwrap();
        self.try_command(&[noun, "apply", file.to_str().unwrap()], "").unwrap_or_else(|e| panic!("{e}\n{text}"));
    }

    /// A token of somebody; it is the last line printed.
    #[must_use]
    pub fn token(&self, login: &str) -> String {
        self.token_with(login, &[])
    }

    /// A token of somebody, with more words for `token create`.
    #[must_use]
    pub fn token_with(&self, login: &str, more: &[&str]) -> String {
        let said = self.try_command(&[&["token", "create", "--user", login], more].concat(), "").unwrap();
        said.lines().last().unwrap().to_owned()
    }

    /// REST, with a token of a new operator with these roles.
    #[must_use]
    pub fn api(&self, login: &str, roles: &str) -> Api {
        self.hire(login, roles);
        Api::new(self.url(""), self.token(login))
    }

    /// A browser that keeps cookies, says that its forms are our own, and goes where it is sent only when told to.
    #[must_use]
    pub fn browser(&self) -> reqwest::Client {
        let own = [("sec-fetch-site".parse().unwrap(), "same-origin".parse().unwrap())].into_iter().collect();
        reqwest::Client::builder()
            .cookie_store(true)
            .default_headers(own)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap()
    }

    /// A browser in which this operator has signed in.
    pub async fn signed_in(&self, login: &str) -> reqwest::Client {
        let browser = self.browser();
        self.sign_in(&browser, login).await;
        browser
    }

    /// This operator signs in; the cookie of the session.
    pub async fn sign_in(&self, browser: &reqwest::Client, login: &str) -> String {
        let answer =
            browser.post(self.url("/login")).form(&[("login", login), ("password", PASSWORD)]).send().await.unwrap();
        assert_eq!(answer.status(), 303, "{login} is not let in");
        answer.headers()["set-cookie"].to_str().unwrap().to_owned()
    }
}

/// The program, built now if it is not up to date. `STORIES_BINARY` names another to be tried.
#[must_use]
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Some(named) = std::env::var_os("STORIES_BINARY") {
            return named.into();
        }
        // This test is target/PROFILE/deps/stories-…
        let test = std::env::current_exe().unwrap();
        let profile = test.ancestors().nth(2).unwrap();
        let name = profile.file_name().unwrap().to_str().unwrap();
        let mut build = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        build.args([
            "build",
            "--quiet",
            "--package",
            "lineaamica",
            "--profile",
            if name == "debug" { "dev" } else { name },
        ]);
        let built = build
            .arg("--target-dir")
            .arg(profile.parent().unwrap())
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert!(built.status.success(), "cannot build lineaamica: {}", String::from_utf8_lossy(&built.stderr));
        profile.join("lineaamica")
    })
}
