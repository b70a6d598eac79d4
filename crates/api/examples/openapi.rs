//! Writes the OpenAPI document to the file named.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("which file?")?;
    let mut text = api::openapi().to_pretty_json()?;
    text.push('\n');
    Ok(std::fs::write(file, text)?)
}
