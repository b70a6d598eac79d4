//! Rules of the documentation.

use super::Finding;
use super::files::File;

/// What the architecture's walkthroughs name, in backquotes, is there: files by their path, functions as `path.rs::name`.
pub fn walkthroughs_name_what_is_there(files: &[File]) -> Vec<Finding> {
    let Some(doc) = files.iter().find(|f| f.path == "docs/architecture.md") else {
        return vec![Finding::new("docs/architecture.md", "is not there")];
    };
    let mut findings = Vec::new();
    for (n, line) in (1..).zip(doc.text.lines()) {
        for named in line.split('`').skip(1).step_by(2).filter(|word| word.contains('/') && word.contains(".rs")) {
            let (path, function) = named.split_once("::").map_or((named, None), |(path, name)| (path, Some(name)));
            let place = format!("docs/architecture.md:{n}");
            match files.iter().find(|f| f.path == path || f.path == format!("crates/{path}")) {
                None => findings.push(Finding::new(place, format!("names {path}, which is not there"))),
                Some(file) => {
                    if let Some(name) = function
                        .map(|f| f.trim_end_matches("()"))
                        .filter(|name| !file.text.contains(&format!("fn {name}")))
                    {
                        findings
                            .push(Finding::new(place, format!("names {name} in {path}, which has no such function")));
                    }
                }
            }
        }
    }
    findings
}
