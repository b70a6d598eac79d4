//! Programs that a story runs. Each hangs on a shell that waits for its own standard input to end, which it does when the
//! story's process ends, however it ends: nothing outlives the run.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A signal to all of the story's processes ends the program too, and lets the shell clean up after it.
/// `$1` is the signal to end the program with when nobody says another, `$2` a folder to remove afterwards, or nothing.
const SHELL: &str = r#"end=$1; remove=$2; shift 2
trap : HUP INT TERM
"$@" </dev/null >&2 & program=$!
echo $program
read word || word=$end
kill -$word $program 2>/dev/null; wait $program; code=$?
[ -z "$remove" ] || rm -rf "$remove"
exit $code"#;

pub struct Keeper {
    shell: Child,
    pid: u32,
}

impl Keeper {
    /// Runs `program`, what it says going to `log`; in the end it gets the signal `end`, and `remove` is removed.
    pub fn start(program: &Command, log: &Path, end: &str, remove: Option<&Path>) -> Self {
        let log = File::options().create(true).append(true).open(log).unwrap();
        let mut shell = Command::new("sh");
        shell.args(["-c", SHELL, "keeper", end]).arg(remove.unwrap_or(Path::new("")));
        shell.arg(program.get_program()).args(program.get_args());
        shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell.current_dir(program.get_current_dir().unwrap_or(Path::new("/")));
        let mut shell = shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(shell.stdout.take().unwrap()).read_line(&mut said).unwrap();
        Self { pid: said.trim().parse().unwrap_or_else(|_| panic!("{program:?} did not start")), shell }
    }

    #[must_use]
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// True while the program runs.
    #[must_use]
    pub fn runs(&self) -> bool {
        let status = std::fs::read_to_string(format!("/proc/{}/stat", self.pid)).unwrap_or_default();
        status.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
    }

    /// Sends the program a signal, and does not wait for what comes of it.
    pub fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args(["-s", signal, &self.pid.to_string()]).status().unwrap();
        assert!(sent.success(), "the program is gone");
    }

    /// Ends the program with this signal and waits until it has ended; true when it said that all was well.
    pub fn end(mut self, signal: &str) -> bool {
        if let Some(mut stdin) = self.shell.stdin.take() {
            let _ = writeln!(stdin, "{signal}");
        }
        self.shell.wait().is_ok_and(|code| code.success())
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}
