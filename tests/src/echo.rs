//! A citizen at Debian's baresip who gives back whatever they hear: what comes back has gone both ways.

use crate::keeper::Keeper;
use crate::{Authority, eventually, free_port};
use std::process::Command;
use tempfile::TempDir;

/// How the citizen speaks.
#[derive(Debug, Clone, Copy)]
pub struct Speaks<'a> {
    /// As baresip names codecs: `PCMA/8000/1`.
    pub codec: &'a str,
    /// SIP goes over TLS, with certificates of this authority.
    pub over_tls: Option<&'a Authority>,
    pub encrypted: bool,
}

/// A citizen's telephone.
pub struct Echo {
    port: u16,
    _keeper: Keeper,
    folder: TempDir,
}

impl Echo {
    /// One that calls this address.
    #[must_use]
    pub fn calls(whom: &str, from: &str, speaks: Speaks<'_>) -> Self {
        Self::start(from, speaks, &["-e", &format!("d {whom}")])
    }

    /// One that answers every call, as soon as it listens.
    pub async fn answers(number: &str, speaks: Speaks<'_>) -> Self {
        let echo = Self::start(number, speaks, &[]);
        eventually("the citizen's telephone is ready", async || echo.log().contains("is ready").then_some(())).await;
        echo
    }

    fn start(number: &str, speaks: Speaks<'_>, words: &[&str]) -> Self {
        let folder = TempDir::with_prefix("linea-echo-").unwrap();
        let at = |file: &str| folder.path().join(file);
        let encrypts = if speaks.encrypted { ";mediaenc=srtp-mand" } else { "" };
        let over = if speaks.over_tls.is_some() { "tls" } else { "udp" };
        let codec = speaks.codec;
        std::fs::write(
            at("accounts"),
            format!(
                "<sip:{number}@127.0.0.1;transport={over}>;regint=0;answermode=auto{encrypts};audio_codecs={codec}\n"
            ),
        )
        .unwrap();
        // Over TLS it listens one port higher.
        let listens = free_port();
        let trust = speaks.over_tls.map_or_else(String::new, |authority| {
            let (both, file) = (authority.both(), authority.file());
            format!("sip_certificate {}\nsip_cafile {}\n", both.display(), file.display())
        });
        let config = format!(
            "poll_method epoll\nsip_listen 127.0.0.1:{listens}\n{trust}audio_player aubridge,echo\naudio_source aubridge,echo\n\
             audio_alert aubridge,alert\naudio_level no\naudio_buffer 20-160\nrtp_ports 28000-31999\n\
             module_path /usr/lib/baresip/modules\nmodule stdio.so\nmodule g711.so\nmodule g722.so\nmodule srtp.so\n\
             module aubridge.so\nmodule_tmp account.so\nmodule_app menu.so\n"
        );
        std::fs::write(at("config"), config).unwrap();
        let mut command = Command::new("baresip");
        command.args(["-4", "-f"]).arg(folder.path()).args(words).current_dir(folder.path());
        let keeper = Keeper::start(&command, &at("log"), "TERM", None);
        Self { port: listens + u16::from(speaks.over_tls.is_some()), _keeper: keeper, folder }
    }

    /// Where it is called.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}
