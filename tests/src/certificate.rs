//! Certificates of the tests' own: an authority, and one for the loopback that it vouches for.

use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// An authority with one certificate.
#[derive(Debug)]
pub struct Authority(TempDir);

impl Authority {
    /// Makes one.
    ///
    /// # Panics
    /// Without openssl.
    #[must_use]
    pub fn new() -> Self {
        let authority = Self(TempDir::with_prefix("linea-certificate-").unwrap());
        let make = |words: &[&str]| {
            let mut command = Command::new("openssl");
            command.current_dir(authority.0.path()).args(["req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"]);
            let made = command.args(["-pkeyopt", "ec_paramgen_curve:P-256"]).args(words).output().unwrap();
            assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        };
        make(&["-subj", "/CN=Who vouches", "-keyout", "authority.key", "-out", "authority.pem"]);
        let loopback = ["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"];
        let signed = ["-subj", "/CN=localhost", "-CA", "authority.pem", "-CAkey", "authority.key"];
        make(&[&loopback[..], &signed, &["-keyout", "key.pem", "-out", "certificate.pem"]].concat());
        let both = ["key.pem", "certificate.pem"].map(|file| std::fs::read(authority.0.path().join(file)).unwrap());
        std::fs::write(authority.both(), both.concat()).unwrap();
        authority
    }

    /// Who vouches.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.0.path().join("authority.pem")
    }

    #[must_use]
    pub fn certificate(&self) -> PathBuf {
        self.0.path().join("certificate.pem")
    }

    #[must_use]
    pub fn key(&self) -> PathBuf {
        self.0.path().join("key.pem")
    }

    /// Key and certificate in one file.
    #[must_use]
    pub fn both(&self) -> PathBuf {
        self.0.path().join("both.pem")
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}
