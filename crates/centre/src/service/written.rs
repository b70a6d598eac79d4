//! A service as one TOML file: read, with the line and key of what cannot be taken, and written so that reading it again
//! gives the same.

use model::service::{Found, Service, Step};
use std::fmt;
use toml::de::{DeTable, DeValue};

/// What cannot be taken of a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Misread {
    /// From 1; none when it is nowhere in particular.
    pub line: Option<usize>,
    pub why: String,
}

impl fmt::Display for Misread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.why),
            None => f.write_str(&self.why),
        }
    }
}

/// Reads a definition. What hangs together is another question: [`misread`] puts the lines to its answers.
///
/// # Errors
/// The first thing that cannot be read, with its line and its key.
pub fn read(text: &str) -> Result<Service, Misread> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_at(text, span.start));
        // A reason that is the whole definition's is reported at its first line, which says nothing.
        let line = line.filter(|_| error.span().is_some_and(|span| span.start > 0 || span.end < text.len()));
        Misread { line, why: error.message().trim().to_owned() }
    })
}

/// The flaws of a definition that was read from this text, each with its line.
#[must_use]
pub fn misread(text: &str, flaws: &[Found]) -> Vec<Misread> {
    let table = DeTable::parse(text).ok();
    let line = |found: &Found| {
        let table = table.as_ref()?;
        Some(line_at(text, place(table.get_ref(), &found.path, table.span().start)))
    };
    flaws.iter().map(|found| Misread { line: line(found), why: found.to_string() }).collect()
}

/// Writes a definition, every key of it.
///
/// # Errors
/// None that a definition is known to cause.
pub fn write(service: &Service) -> Result<String, toml::ser::Error> {
    toml::to_string_pretty(service)
}

/// Where a key stands, or the innermost of those around it that is written.
fn place(table: &DeTable<'_>, path: &[Step], so_far: usize) -> usize {
    let Some((Step::Key(key), rest)) = path.split_first() else { return so_far };
    let Some((written, value)) = table.iter().find(|(written, _)| written.get_ref() == key) else { return so_far };
    let here = if matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_)) && !rest.is_empty() {
        value.span().start
    } else {
        written.span().start
    };
    below(value.get_ref(), rest, here)
}

fn below(value: &DeValue<'_>, path: &[Step], so_far: usize) -> usize {
    match (value, path.split_first()) {
        (DeValue::Table(table), Some((Step::Key(_), _))) => place(table, path, so_far),
        (DeValue::Array(list), Some((Step::At(n), rest))) => match list.get(*n) {
            Some(item) => below(item.get_ref(), rest, item.span().start),
            None => so_far,
        },
        _ => so_far,
    }
}

fn line_at(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|b| **b == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRONG: &str = "id = \"prova\"\nname = \"Prova\"\n\n[promises]\nanswer_minutes = 0\nsolution_minutes = 60\nclose_days = 1\n\n[[queues]]\nid = \"prova\"\nname = \"P\"\nlevel = \"front\"\n[[queues]]\nid = \"Di Dietro\"\nname = \"\"\nlevel = \"back\"\n";

    #[test]
    fn what_cannot_be_taken_is_told_with_its_line_and_key() {
        let told: Vec<String> =
            misread(WRONG, &read(WRONG).unwrap().flaws(None)).iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].starts_with("line 5: promises.answer_minutes: "), "{told:?}");
        assert!(told[1].starts_with("line 14: queues[2].id: "), "{told:?}");
        assert!(told[2].starts_with("line 15: queues[2].name: "), "{told:?}");
    }

    #[test]
    fn a_key_that_nobody_knows_is_named() {
        let wrong = "id = \"prova\"\nname = \"Prova\"\n[[entry_points]]\nkind = \"phone\"\nvalue = \"803 001\"\ncosts = \"free\"\n";
        let told = read(wrong).unwrap_err();
        assert!(told.why.contains("costs"), "{told}");
        assert_eq!(told.line, Some(6), "{told}");
        let told = read("id = \"prova\"\nname = \"Prova\"\n[calendar]\nzone = \"Europe/Rome\"\nholidays = \"italy\"\n[calendar.week]\nmon = [\"9-25\"]\n").unwrap_err();
        assert!(told.why.contains("week.mon"), "{told}");
        assert!(read("id = \"prova\"").unwrap_err().to_string().contains("name"));
    }
}
