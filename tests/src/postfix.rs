//! A mail server of our own: Debian's Postfix, with configuration, queue and mailbox in a temporary folder.

use crate::keeper::Keeper;
use crate::{eventually, free_port};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A mail server that takes everything for `@posta.example` and puts it into one mailbox.
pub struct Postfix {
    port: u16,
    keeper: Option<Keeper>,
    folder: TempDir,
}

const SERVICES: &str = "cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
scache unix - - n - 1 scache
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
";

/// What Postfix does, only root may: directly, or through `sudo` where that asks for nothing.
fn as_root(program: &str) -> Command {
    let me = Command::new("id").arg("-u").output().unwrap();
    if String::from_utf8_lossy(&me.stdout).trim() == "0" {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.args(["-n", program]);
    command
}

fn run(command: &mut Command) -> String {
    let said = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    assert!(said.status.success(), "{command:?}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8_lossy(&said.stdout).trim().to_owned()
}

impl Postfix {
    /// Sets the server up; it is not yet running.
    #[must_use]
    pub fn new() -> Self {
        assert!(
            Path::new("/usr/sbin/postfix").exists(),
            "Postfix is missing: apt-get install postfix (./test does it)"
        );
        let folder = TempDir::with_prefix("linea-postfix-").unwrap();
        run(Command::new("chmod").arg("755").arg(folder.path()));
        for name in ["conf", "queue", "data", "mail"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        let at = |name: &str| folder.path().join(name).display().to_string();
        let number = |what: &str| run(Command::new("id").args([what, "postfix"]));
        run(as_root("chown").args(["postfix", &at("data"), &at("mail")]));
        let settings = [
            ("compatibility_level", "3.6"),
            ("queue_directory", &at("queue")),
            ("data_directory", &at("data")),
            ("command_directory", "/usr/sbin"),
            ("daemon_directory", "/usr/lib/postfix/sbin"),
            ("mail_owner", "postfix"),
            ("setgid_group", "postdrop"),
            ("myhostname", "mail.example"),
            ("inet_interfaces", "127.0.0.1"),
            ("inet_protocols", "ipv4"),
            ("mynetworks", "127.0.0.0/8"),
            ("mydestination", ""),
            ("local_transport", "error:nobody is local"),
            ("alias_maps", ""),
            ("virtual_mailbox_domains", "posta.example"),
            ("virtual_mailbox_base", &at("mail")),
            ("virtual_mailbox_maps", "static:all/"),
            ("virtual_uid_maps", &format!("static:{}", number("-u"))),
            ("virtual_gid_maps", &format!("static:{}", number("-g"))),
            ("virtual_minimum_uid", "1"),
            ("smtpd_recipient_restrictions", "permit_mynetworks, reject"),
            ("maillog_file", &at("log")),
            ("maillog_file_prefixes", &folder.path().display().to_string()),
        ];
        let main: String = settings.iter().map(|(name, value)| format!("{name} = {value}\n")).collect();
        std::fs::write(folder.path().join("conf/main.cf"), main).unwrap();
        Self { port: free_port(), keeper: None, folder }
    }

    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Starts it (again) and waits until it answers.
    pub async fn start(&mut self) {
        let conf = self.folder.path().join("conf");
        std::fs::write(conf.join("master.cf"), format!("127.0.0.1:{} inet n - n - - smtpd\n{SERVICES}", self.port))
            .unwrap();
        // Makes the folders of the queue.
        run(as_root("/usr/sbin/postfix").arg("-c").arg(&conf).arg("check"));
        let mut master = as_root("/usr/lib/postfix/sbin/master");
        master.arg("-c").arg(&conf).arg("-s");
        let keeper = Keeper::start(&master, &self.folder.path().join("said"), "TERM", None);
        eventually("the mail server answers", async || {
            assert!(keeper.runs(), "Postfix does not start: {}", self.log());
            tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await.ok()
        })
        .await;
        self.keeper = Some(keeper);
    }

    pub fn stop(&mut self) {
        drop(self.keeper.take());
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// The letters that were delivered: head and body as they lie in the mailbox.
    #[must_use]
    pub fn mailbox(&self) -> Vec<Letter> {
        let folder = self.folder.path().join("mail/all/new");
        let listed = run(as_root("sh")
            .args(["-c", r#"[ ! -d "$0" ] || for f in "$0"/*; do [ ! -f "$f" ] || { cat "$f"; printf '\f'; }; done"#])
            .arg(folder));
        listed.split('\u{c}').filter(|l| !l.trim().is_empty()).map(|raw| Letter(raw.to_owned())).collect()
    }

    /// The letter to this address that has this in its subject or words, once it is there.
    pub async fn letter(&self, to: &str, holding: &str) -> Letter {
        let what = format!("a letter to {to} with {holding:?}; the mail server says:\n{}", self.log());
        eventually(&what, async || {
            self.mailbox()
                .into_iter()
                .find(|l| l.head("To").contains(to) && (l.subject().contains(holding) || l.body().contains(holding)))
        })
        .await
    }
}

impl Default for Postfix {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        self.stop();
        // Queue and mailbox are the mail server's own: only root may remove them.
        let _ = as_root("rm").arg("-rf").arg(self.folder.path()).status();
    }
}

/// A letter as it was delivered.
#[derive(Debug, Clone)]
pub struct Letter(String);

impl Letter {
    /// A line of the head, folded lines joined.
    #[must_use]
    pub fn head(&self, name: &str) -> String {
        let head = self.0.split("\n\n").next().unwrap_or_default().replace("\n ", " ").replace("\n\t", " ");
        head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or_default().to_owned()
    }

    /// The subject in plain words (RFC 2047 undone).
    #[must_use]
    pub fn subject(&self) -> String {
        let raw = self.head("Subject");
        raw.split(' ').map(decoded_word).collect::<Vec<_>>().join(" ")
    }

    /// The words, whichever way they were encoded.
    #[must_use]
    pub fn body(&self) -> String {
        let body = self.0.split_once("\n\n").map_or("", |(_, body)| body);
        match self.head("Content-Transfer-Encoding").as_str() {
            "quoted-printable" => text(unquoted(&body.replace("=\n", ""))),
            "base64" => text(unbase64(body)),
            _ => body.to_owned(),
        }
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
}

fn decoded_word(word: &str) -> String {
    let inner = word.strip_prefix("=?utf-8?").and_then(|w| w.strip_suffix("?="));
    match inner.and_then(|w| w.split_once('?')) {
        Some(("b", data)) => text(unbase64(data)),
        Some(("q", data)) => text(unquoted(&data.replace('_', " "))),
        _ => word.to_owned(),
    }
}

fn unquoted(quoted: &str) -> Vec<u8> {
    let mut parts = quoted.split('=');
    let mut bytes: Vec<u8> = parts.next().unwrap_or_default().into();
    for part in parts {
        let (code, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(code, 16).unwrap());
        bytes.extend(rest.bytes());
    }
    bytes
}

fn unbase64(data: &str) -> Vec<u8> {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut bytes) = (0u32, 0, Vec::new());
    for value in data.bytes().filter_map(|b| ALPHABET.iter().position(|a| *a == b)) {
        bits = (bits << 6 | u32::try_from(value).unwrap()) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    bytes
}
