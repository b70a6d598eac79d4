//! Every language says the same things, and says everything that is asked of it.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails where it stands")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent_syntax::{ast, parser};
use language::Language;

/// A message's key, and the variables it is told.
type Messages = BTreeMap<String, BTreeSet<String>>;

#[test]
fn the_messages_are_well_written() {
    assert_eq!(language::mistakes(), Vec::<String>::new());
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    let reference = messages(Language::default());
    for language in Language::ALL {
        let own = messages(language);
        let missing: Vec<_> = reference.keys().filter(|key| !own.contains_key(*key)).collect();
        let extra: Vec<_> = own.keys().filter(|key| !reference.contains_key(*key)).collect();
        assert!(missing.is_empty(), "messages/{language} lacks {missing:?}");
        assert!(extra.is_empty(), "messages/{language} has {extra:?}, which Italian lacks");
        for (key, variables) in &reference {
            assert_eq!(&own[key], variables, "variables of `{key}` in messages/{language}");
        }
    }
}

#[test]
fn every_message_that_is_asked_for_exists() {
    let known = messages(Language::default());
    let mut missing = Vec::new();
    for file in sources() {
        let text = fs::read_to_string(&file).unwrap();
        // Examples in comments may name what is not there.
        let text: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for key in asked(&text) {
            if !known.contains_key(&key) {
                missing.push(format!("{}: {key}", file.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(missing.is_empty(), "not in messages/it:\n{}", missing.join("\n"));
}

/// Keys given as literals: `.text("…")`, `.with("…"`, `.rich("…"` and `key!("…")`.
fn asked(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    for opening in [".text(", ".with(", ".rich(", "key!("] {
        for rest in text.split(opening).skip(1) {
            if let Some((key, _)) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"')) {
                let is_key = key.contains('-') || known_short(key);
                if is_key && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
                {
                    keys.push(key.to_owned());
                }
            }
        }
    }
    keys
}

/// Keys of one word: other methods named `text` and `with` take words too, so that these are listed.
fn known_short(key: &str) -> bool {
    ["brand", "percent"].contains(&key)
}

fn messages(language: Language) -> Messages {
    let mut all = Messages::new();
    for entry in fs::read_dir(root().join("messages").join(language.code())).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let resource = parser::parse(text).expect("the files parse");
        for entry in resource.body {
            if let ast::Entry::Message(message) = entry {
                let mut variables = BTreeSet::new();
                if let Some(pattern) = &message.value {
                    of_pattern(pattern, &mut variables);
                }
                all.insert(message.id.name, variables);
            }
        }
    }
    all
}

fn of_pattern(pattern: &ast::Pattern<String>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            of_expression(expression, variables);
        }
    }
}

fn of_expression(expression: &ast::Expression<String>, variables: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => of_inline(inline, variables),
        ast::Expression::Select { selector, variants } => {
            of_inline(selector, variables);
            for variant in variants {
                of_pattern(&variant.value, variables);
            }
        }
    }
}

fn of_inline(inline: &ast::InlineExpression<String>, variables: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            variables.insert(id.name.clone());
        }
        ast::InlineExpression::Placeable { expression } => of_expression(expression, variables),
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                of_inline(argument, variables);
            }
        }
        _ => {}
    }
}

/// What may ask for a message: the templates and the code.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join("templates"), root().join("crates")];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_source =
                path.extension().is_some_and(|kind| ["html", "txt", "rs", "typ"].iter().any(|own| kind == *own));
            if path.is_dir() {
                waiting.push(path);
            } else if is_source {
                found.push(path);
            }
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
