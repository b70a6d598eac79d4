//! Numbers of many records in one row: handing a row over costs more than a number does.

use crate::{Error, Result};

/// The aggregate that packs what `number` says of each record.
pub(super) fn pack(number: &str) -> String {
    format!("string_agg(CAST({number} AS text), ' ')")
}

/// Passes on what was packed; nothing when there was no record.
pub(super) fn unpack(packed: Option<&str>, mut each: impl FnMut(i64)) -> Result<()> {
    for number in packed.unwrap_or_default().split_ascii_whitespace() {
        each(number.parse().map_err(|_| Error::Unreadable { column: "packed", value: number.to_owned() })?);
    }
    Ok(())
}
