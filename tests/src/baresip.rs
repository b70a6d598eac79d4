//! An operator's telephone: Debian's baresip, with a tone for a voice.

use crate::keeper::Keeper;
use crate::{eventually, free_port};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A telephone that registers, and answers by itself.
pub struct Baresip {
    keeper: Option<Keeper>,
    /// Where it is told what to do.
    orders: u16,
    folder: TempDir,
}

/// How a telephone behaves when it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    AtOnce,
    /// It rings, and nobody is there.
    Never,
    /// It speaks nothing that it is offered.
    Refuses,
}

impl Baresip {
    /// Starts a telephone of this account, with a tone of so many hertz for a voice.
    pub async fn start(server: u16, name: &str, password: &str, hertz: u32, answers: Answers) -> Self {
        assert!(
            Path::new("/usr/bin/baresip").exists(),
            "baresip is missing: apt-get install baresip-core (./test does it)"
        );
        let folder = TempDir::with_prefix("linea-baresip-").unwrap();
        let at = |file: &str| folder.path().join(file);
        std::fs::write(at("tone.wav"), wav(hertz)).unwrap();
        let codecs = if answers == Answers::Refuses { "L16/8000/1" } else { "PCMA/8000/1,PCMU/8000/1" };
        let mode = if answers == Answers::Never { "manual" } else { "auto" };
        std::fs::write(
            at("accounts"),
            format!(
                "<sip:{name}@127.0.0.1:{server};transport=udp>;auth_user={name};auth_pass={password};answermode={mode};\
                 regint=60;audio_codecs={codecs}\n"
            ),
        )
        .unwrap();
        let orders = free_port();
        let config = format!(
            "poll_method epoll\nsip_listen 127.0.0.1:{}\nctrl_tcp_listen 127.0.0.1:{orders}\naudio_player aufile,{}\naudio_source aufile,{}\n\
             audio_alert aufile,{}\naudio_level no\naudio_buffer 20-160\nrtp_ports 28000-31999\n\
             module_path /usr/lib/baresip/modules\nmodule stdio.so\nmodule g711.so\nmodule l16.so\nmodule aufile.so\n\
             module_tmp account.so\nmodule_app menu.so\nmodule_app ctrl_tcp.so\n",
            free_port(),
            at("heard.wav").display(),
            at("tone.wav").display(),
            at("alert.wav").display(),
        );
        std::fs::write(at("config"), config).unwrap();
        let mut command = Command::new("baresip");
        command.args(["-4", "-f"]).arg(folder.path()).current_dir(folder.path());
        let log = at("log");
        let keeper = Keeper::start(&command, &log, "TERM", None);
        let telephone = Self { keeper: Some(keeper), orders, folder };
        eventually("the operator's telephone is registered", async || telephone.log().contains("200 OK").then_some(()))
            .await;
        telephone
    }

    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Whoever sits there does something.
    ///
    /// # Panics
    /// When the telephone does not know how.
    pub async fn tell(&self, command: &str, what: &str) {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let mut stream = tokio::net::TcpStream::connect(("127.0.0.1", self.orders)).await.unwrap();
        let order = format!("{{\"command\":\"{command}\",\"params\":\"{what}\"}}");
        stream.write_all(format!("{}:{order},", order.len()).as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // What happens meanwhile is told in between.
        let done = eventually("the telephone answers", async || {
            stream.read_buf(&mut answer).await.unwrap();
            let answer = String::from_utf8_lossy(&answer);
            [true, false].into_iter().find(|ok| answer.contains(&format!("\"response\":true,\"ok\":{ok}")))
        })
        .await;
        assert!(done, "{}", String::from_utf8_lossy(&answer));
    }

    /// Ends it from one moment to the next.
    pub fn kill9(&mut self) {
        if let Some(keeper) = self.keeper.take() {
            keeper.end("KILL");
        }
    }
}

impl Drop for Baresip {
    /// A story that fails shows what its telephones said.
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("a telephone said:\n{}", self.log());
        }
    }
}

/// A minute of a tone as a WAV file of 8 kHz and 16 bits.
fn wav(hertz: u32) -> Vec<u8> {
    let samples: Vec<u8> = (0..480_000_u32)
        .flat_map(|n| {
            let turn = 2.0 * std::f64::consts::PI * f64::from(hertz) * f64::from(n) / 8_000.0;
            #[expect(clippy::cast_possible_truncation, reason = "the tone is within sixteen bits")]
            let sample = (turn.sin() * 10_000.0) as i16;
            sample.to_le_bytes()
        })
        .collect();
    let length = u32::try_from(samples.len()).unwrap();
    let mut file = Vec::new();
    file.extend(b"RIFF");
    file.extend((36 + length).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend([1, 0, 1, 0]);
    file.extend(8_000_u32.to_le_bytes());
    file.extend(16_000_u32.to_le_bytes());
    file.extend([2, 0, 16, 0]);
    file.extend(b"data");
    file.extend(length.to_le_bytes());
    file.extend(samples);
    file
}
