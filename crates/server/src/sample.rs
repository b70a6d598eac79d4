//! Sample content.
use crate::config::Config;
use anyhow::Result;

pub async fn run(_config: &Config) -> Result<()> {
    Ok(())
}

pub fn is_sample(config: &Config) -> bool {
    config.storage.data.join("sample").exists()
}
