//! Files that a form brings: kept as soon as they come, so that a form that has to be mended does not lose them.

use centre::files::Kept;
use centre::{Error, Result};
use gate::{Form, Gate, Upload};
use language::Tr;
use model::attachment::COUNT_MAX;
use model::problem::{FieldProblem, Problem};

/// The files of a form so far, with why others were left out.
#[derive(Debug, Default)]
pub struct Files {
    pub kept: Vec<Kept>,
    pub problems: Vec<FieldProblem>,
}

/// A file as the form shows and carries it.
#[derive(Debug, Clone)]
pub struct KeptFile {
    pub name: String,
    pub size: String,
    /// Only we can make it, so nobody can name another's file.
    pub sealed: String,
}

/// The files that the form brought before and that were not taken away again: all there is of them when what it brings
/// now cannot be taken.
pub fn carried(gate: &Gate, form: &Form) -> Files {
    let removed: Vec<&str> = form.all("remove").collect();
    let mut files = Files { problems: form.problems.clone(), ..Files::default() };
    for sealed in form.all("kept").filter(|sealed| !removed.contains(sealed)).take(COUNT_MAX) {
        match gate.centre.files().unseal(sealed) {
            Ok(kept) => files.kept.push(kept),
            Err(gone) if files.problems.contains(&gone) => {}
            Err(gone) => files.problems.push(gone),
        }
    }
    files
}

/// Keeps what the form brings, beside what it [`carried`].
///
/// # Errors
/// When the storage does not take a file that is in order.
pub async fn keep(gate: &Gate, form: &Form) -> Result<Files> {
    let store = gate.centre.files();
    let mut files = carried(gate, form);
    for Upload { name, bytes, .. } in &form.files {
        if files.kept.len() >= COUNT_MAX {
            files.problems.push(FieldProblem::limited("files", Problem::TooManyFiles, COUNT_MAX as u64));
            break;
        }
        match store.keep(name, bytes.clone()).await {
            Ok(kept) => files.kept.push(kept),
            Err(Error::Invalid(problems)) => files.problems.extend(problems),
            Err(error) => return Err(error),
        }
    }
    Ok(files)
}

/// Files as the form carries them.
pub fn shown(gate: &Gate, tr: Tr, kept: &[Kept]) -> Vec<KeptFile> {
    let store = gate.centre.files();
    kept.iter()
        .map(|file| KeptFile { name: file.name.clone(), size: tr.file_size(file.size), sealed: store.seal(file) })
        .collect()
}
