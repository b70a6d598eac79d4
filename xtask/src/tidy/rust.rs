//! Rules of Rust files.

use super::Finding;
use super::files::File;

/// Lines of one file that are not tests.
const LINES_MAX: usize = 600;

fn rust(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|f| f.is_rust())
}

/// A file opens with what it is for.
pub fn opens_with_what_it_is_for(files: &[File]) -> Vec<Finding> {
    let silent = |f: &&File| f.path.contains("/src/") && !f.text.starts_with("//!");
    rust(files).filter(silent).map(|f| Finding::new(&f.path, "does not open with //! and what it is for")).collect()
}

/// Files stay small.
pub fn stays_small(files: &[File]) -> Vec<Finding> {
    let sized = rust(files).filter(|f| !f.is_test()).map(|f| (f, f.code().count()));
    sized
        .filter(|(_, lines)| *lines > LINES_MAX)
        .map(|(f, lines)| Finding::new(&f.path, format!("{lines} lines; past {LINES_MAX} there is a seam to find")))
        .collect()
}

/// Names are the office's, not drawers for anything.
pub fn no_drawers(files: &[File]) -> Vec<Finding> {
    const DRAWERS: &[&str] = &["utils", "util", "helpers", "helper", "misc", "common", "manager", "types"];
    let stem = |f: &File| f.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
    rust(files)
        .filter(|f| DRAWERS.contains(&stem(f).as_str()))
        .map(|f| Finding::new(&f.path, "is named like a drawer, not like a thing of the office"))
        .collect()
}

/// SQL lives in `db` alone; the load generator makes databases to fill, from outside.
pub fn sql_in_db_alone(files: &[File]) -> Vec<Finding> {
    const SQL: &[&str] = &["SELECT ", "INSERT INTO", "DELETE FROM", "CREATE TABLE", "sea_orm::", "sqlx::"];
    let elsewhere = rust(files).filter(|f| f.room().is_some_and(|room| room != "db" && room != "sim") && !f.is_test());
    elsewhere
        .flat_map(|f| {
            f.code()
                .filter(|(_, line)| !line.trim_start().starts_with("//") && SQL.iter().any(|s| line.contains(s)))
                .map(|(n, _)| Finding::new(format!("{}:{n}", f.path), "SQL outside db"))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Siblings meet in the centre: channels, pages and REST never name one another.
pub fn siblings_do_not_meet(files: &[File]) -> Vec<Finding> {
    const SIBLINGS: &[(&str, &str)] = &[
        ("pages", "pages"),
        ("api", "api"),
        ("channels/email", "channel_email"),
        ("channels/telephone", "channel_telephone"),
    ];
    let mut findings = Vec::new();
    for file in rust(files) {
        let Some(room) = file.room().filter(|room| SIBLINGS.iter().any(|(name, _)| name == room)) else { continue };
        for (_, sibling) in SIBLINGS.iter().filter(|(name, _)| *name != room) {
            let (usage, path) = (format!("use {sibling}"), format!(" {sibling}::"));
            for (n, line) in file.code().filter(|(_, line)| !line.trim_start().starts_with("//")) {
                if line.trim_start().starts_with(&usage) || line.contains(&path) {
                    findings.push(Finding::new(
                        format!("{}:{n}", file.path),
                        format!("{room} imports its sibling {sibling}"),
                    ));
                }
            }
        }
    }
    findings
}

/// Sentences that people read stand in messages/: in the pages' code, no text has an accented letter or is a sentence.
pub fn no_sentences_for_people(files: &[File]) -> Vec<Finding> {
    let pages = rust(files)
        .filter(|f| matches!(f.room(), Some("pages" | "channels/email")) && !f.path.contains("sample") && !f.is_test());
    let accented =
        |line: &str| line.split('"').skip(1).step_by(2).any(|text| text.chars().any(|c| "àèéìòù".contains(c)));
    let code = |line: &str| !line.trim_start().starts_with("//") && !line.contains("tracing::");
    pages
        .flat_map(|f| {
            // Invented people in samples speak as they would.
            let before_samples = f
                .code()
                .take_while(|(_, line)| !line.contains("Samples for") && !line.contains("fn sample"))
                .collect::<Vec<_>>();
            before_samples
                .into_iter()
                .filter(|(_, line)| code(line) && accented(line))
                .map(|(n, _)| Finding::new(format!("{}:{n}", f.path), "a sentence for people outside messages/"))
                .collect::<Vec<_>>()
        })
        .collect()
}
