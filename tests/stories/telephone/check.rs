//! `lineaamica check` tries the telephone: where it listens, the carriers, and what is said to callers.

use crate::called_on_both;
use std::net::UdpSocket;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use stories::{Exchange, free_port};

/// A carrier that says to whoever asks that they are not known, which shows that it is there.
struct Answering {
    port: u16,
    quit: Arc<AtomicBool>,
}

impl Answering {
    fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket.set_read_timeout(Some(std::time::Duration::from_millis(100))).unwrap();
        let (port, quit) = (socket.local_addr().unwrap().port(), Arc::new(AtomicBool::new(false)));
        let told = quit.clone();
        std::thread::spawn(move || {
            let mut buffer = [0; 4_000];
            while !told.load(Ordering::Relaxed) {
                let Ok((length, from)) = socket.recv_from(&mut buffer) else { continue };
                let asked = String::from_utf8_lossy(&buffer[..length]).into_owned();
                assert!(asked.starts_with("OPTIONS "), "{asked}");
                let copied = asked.lines().filter(|line| {
                    ["via:", "from:", "to:", "call-id:", "cseq:"]
                        .iter()
                        .any(|name| line.to_lowercase().starts_with(name))
                });
                let copied: String = copied.map(|line| format!("{}\r\n", line.trim_end())).collect();
                let answer = format!("SIP/2.0 403 Forbidden\r\n{copied}Content-Length: 0\r\n\r\n");
                socket.send_to(answer.as_bytes(), from).unwrap();
            }
        });
        Self { port, quit }
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.quit.store(true, Ordering::Relaxed);
    }
}

/// What a command of the check says, and whether all was well.
fn said(mut command: Command) -> (bool, String) {
    let said = command.output().unwrap();
    (said.status.success(), String::from_utf8(said.stdout).unwrap())
}

fn check(exchange: &Exchange) -> (bool, String) {
    said(exchange.server.command(&["check"], ""))
}

const PROMPTS: &str = "\n[telephone.prompts.greeting]\nit = \"Buongiorno da Linea Amica.\"\n";

called_on_both! {
    async fn the_check_says_what_is_wrong_with_carriers_and_prompts(exchange, PROMPTS) {
        exchange.server.hire("ada", "admin");
        let carrier = Answering::start();
        exchange.server.apply("telephone", &format!(
            "[[trunks]]\nid = \"prova\"\nname = \"Prova\"\nfrom = [\"127.0.0.1\"]\n\n\
             [[trunks]]\nid = \"vettore\"\nname = \"Vettore\"\nhost = \"127.0.0.1:{}\"\n", carrier.port
        ));
        let (well, text) = check(&exchange);
        for line in [
            "ok    telephone: the address 127.0.0.1:",
            "ok    trunk: Prova: incoming only, from 127.0.0.1.",
            "ok    trunk: Vettore: answers (127.0.0.1:",
            "ok    voice: can be read: it.",
            "ok    prompt: Linea Amica: all of them can be said (1).",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(well, "{text}");

        // A carrier that is away, and one that is reached over another transport, where nobody listens.
        let nobody = free_port();
        exchange.server.apply("telephone", &format!(
            "[[trunks]]\nid = \"vettore\"\nname = \"Vettore\"\nhost = \"127.0.0.1:{}\"\n\n\
             [[trunks]]\nid = \"muto\"\nname = \"Muto\"\nhost = \"127.0.0.1:{nobody}\"\n\n\
             [[trunks]]\nid = \"chiuso\"\nname = \"Chiuso\"\nhost = \"127.0.0.1:{nobody}\"\ntransport = \"tcp\"\n", carrier.port
        ));
        let (well, text) = check(&exchange);
        assert!(!well && text.contains("ok    trunk: Vettore: answers"), "{text}");
        assert!(text.contains("WRONG trunk: Muto: ") && text.contains("WRONG trunk: Chiuso: "), "{text}");
        assert!(text.contains("Look at its host and transport"), "{text}");

        // Nobody reads to callers where the reader is not installed.
        let mut without = exchange.server.command(&["check"], "");
        without.env("PATH", "/nonexistent");
        let (well, text) = said(without);
        assert!(!well && text.contains("WRONG voice: espeak-ng") && text.contains("apt-get install espeak-ng"), "{text}");

        // A port that is somebody else's.
        assert!(exchange.server.stop());
        let _stranger = UdpSocket::bind(exchange.address()).unwrap();
        let (well, text) = check(&exchange);
        assert!(!well && text.contains("WRONG telephone: the address") && text.contains("telephone.listen"), "{text}");
    }
}
