//! The files of the repository, as git knows them.

use anyhow::{Context, Result, ensure};
use std::process::Command;

/// A text file with its path from the root.
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Tests and examples may do what the program may not.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.contains("/tests")
            || self.path.contains("/examples/")
            || self.path.contains("/benches/")
    }

    /// The crate it belongs to: `centre`, `channels/email`.
    pub fn room(&self) -> Option<&str> {
        let rest = self.path.strip_prefix("crates/")?;
        let end = rest.find("/src/").or_else(|| rest.find("/tests/"))?;
        rest.get(..end)
    }

    /// The lines before the tests of the file itself.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines()).take_while(|(_, line)| line.trim() != "#[cfg(test)]")
    }
}

pub fn all() -> Result<Vec<File>> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()
        .context("cannot ask git for the files")?;
    ensure!(listed.status.success(), "git does not know this folder");
    let names = String::from_utf8(listed.stdout)?;
    let read = |path: &str| std::fs::read_to_string(path).ok().map(|text| File { path: path.to_owned(), text });
    Ok(names.split('\0').filter(|n| !n.is_empty()).filter_map(read).collect())
}
