//! Writes every sample page with its assets to a folder, to be looked at without a server's data:
//! `cargo run -p pages --example samples -- DIR`, then `node web/check/shots.mjs DIR OUT`.

use std::{env, fs, path::PathBuf};

use anyhow::Context;

fn main() -> anyhow::Result<()> {
    let folder = PathBuf::from(env::args_os().nth(1).context("usage: samples DIR")?);
    for (path, bytes) in pages::asset::all() {
        let file = folder.join("assets").join(path.as_ref());
        fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))?;
    }
    for page in pages::samples::pages().context("cannot render the sample pages")? {
        let file = folder.join(page.language.code()).join(format!("{}.html", page.name));
        fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        fs::write(&file, page.html).with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}
