//! What would change: two definitions beside each other, key by key, in the order in which a definition is written.
//! Whatever a definition comes to hold is compared, because it is its written form that is gone through.

use super::Service;
use serde_json::{Map, Value};
use std::fmt;

/// One key that differs. Texts are as they are written; a list of words is one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Keys from the outside in: `queues`, `abruzzo`, `name`. What is in a list goes by what tells it apart.
    pub path: Vec<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Change {
    /// The part of the definition: `queues`.
    #[must_use]
    pub fn part(&self) -> &str {
        self.path.first().map_or("", String::as_str)
    }

    /// The path without what a person may have written: of an entry point the kind, never number or address.
    #[must_use]
    pub fn word(&self) -> String {
        let plain = self.path.iter().map(|key| key.split(' ').next().unwrap_or_default());
        plain.collect::<Vec<_>>().join(".")
    }
}

/// `queues.abruzzo.name: "Abruzzo" → "Cratere"`
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.join(".");
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => write!(f, "~ {path}: {before} -> {after}"),
            (None, Some(after)) => write!(f, "+ {path}: {after}"),
            (Some(before), None) => write!(f, "- {path}: {before}"),
            (None, None) => write!(f, "  {path}"),
        }
    }
}

/// What differs between a service and what it is to become; all of it when there is none yet.
#[must_use]
pub fn compare(before: Option<&Service>, after: &Service) -> Vec<Change> {
    // A definition is made of tables, lists and words, which JSON always holds.
    let value = |service: &Service| serde_json::to_value(service).unwrap_or_default();
    let mut changes = Vec::new();
    let before = before.map_or_else(|| Value::Object(Map::new()), value);
    walk(&mut Vec::new(), Some(&before), Some(&value(after)), &mut changes);
    let order = |change: &Change| ORDER.iter().position(|part| *part == change.part()).unwrap_or(ORDER.len());
    changes.sort_by_key(order);
    changes
}

/// The parts in their order.
const ORDER: &[&str] = &[
    "id",
    "name",
    "active",
    "special",
    "languages",
    "summary",
    "texts",
    "promises",
    "levels",
    "calendar",
    "entry_points",
    "telephone",
    "queues",
];

fn walk(path: &mut Vec<String>, before: Option<&Value>, after: Option<&Value>, changes: &mut Vec<Change>) {
    if before == after {
        return;
    }
    let tables = (table(path, before), table(path, after));
    if let (Some(b), Some(a)) = tables {
        let keys = b.iter().chain(a.iter().filter(|(key, _)| !b.iter().any(|(k, _)| k == key))).map(|(key, _)| key);
        let find = |side: &[(String, Value)], key: &str| side.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone());
        let mut all_gone_or_new = true;
        for key in keys {
            path.push(key.clone());
            let (before, after) = (find(&b, key), find(&a, key));
            all_gone_or_new &= before.is_none() || after.is_none();
            walk(path, before.as_ref(), after.as_ref(), changes);
            path.pop();
        }
        // The same things in another order: that of entry points and queues is what citizens and operators see.
        let same = !all_gone_or_new && b.len() == a.len() && a.iter().all(|(key, _)| b.iter().any(|(k, _)| k == key));
        if same && is_ordered(path) && b.iter().map(|(k, _)| k).ne(a.iter().map(|(k, _)| k)) {
            let order =
                |side: &[(String, Value)]| Some(side.iter().map(|(k, _)| k.as_str()).collect::<Vec<_>>().join(", "));
            path.push("order".to_owned());
            changes.push(Change { path: path.clone(), before: order(&b), after: order(&a) });
            path.pop();
        }
        return;
    }
    let said = |value: Option<&Value>| value.map(said).filter(|text| !text.is_empty());
    let change = Change { path: path.clone(), before: said(before), after: said(after) };
    if change.before != change.after {
        changes.push(change);
    }
}

fn is_ordered(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(path[..], ["entry_points" | "queues" | "levels"] | ["telephone", "menus" | "codes"])
        || matches!(path[..], ["telephone", "menus", _, "choices"] | ["queues", _, "codes" | "relax" | "overflow"])
}

/// A table or a list of tables as keys with values; what is not there is empty. None for a word.
fn table(path: &[String], value: Option<&Value>) -> Option<Vec<(String, Value)>> {
    match value {
        None => Some(Vec::new()),
        Some(Value::Object(table)) => Some(table.iter().map(|(k, v)| (k.clone(), v.clone())).collect()),
        Some(Value::Array(list)) if is_of_tables(path) || list.iter().any(Value::is_object) => {
            let mut items: Vec<(String, Value)> = Vec::with_capacity(list.len());
            for item in list {
                // Two that nothing tells apart are told apart by their place, so that no difference is hidden.
                let (own, same) = (name(item), |n: &str| items.iter().any(|(other, _)| other == n));
                let numbered = (2..).map(|n| format!("{own} {n}"));
                let free = std::iter::once(own.clone()).chain(numbered).find(|n| !same(n)).unwrap_or(own);
                items.push((free, item.clone()));
            }
            Some(items)
        }
        Some(_) => None,
    }
}

fn is_of_tables(path: &[String]) -> bool {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    matches!(path[..], ["entry_points" | "queues" | "levels"] | ["calendar", "exceptions"])
}

/// What tells an item of a list from the others: the queue's id, the date, the digit, `phone 803 001`, `sms complaint`,
/// `120 s` of waiting.
fn name(item: &Value) -> String {
    let word = |key: &str| item.get(key).and_then(Value::as_str);
    if let Some(own) = word("id").or_else(|| word("date")).or_else(|| word("digit")) {
        return own.to_owned();
    }
    if let Some(seconds) = item.get("after_s").and_then(Value::as_u64) {
        return format!("{seconds} s");
    }
    if let (Some(kind), Some(value)) = (word("kind"), word("value")) {
        return format!("{kind} {value}");
    }
    let words: Vec<&str> = [word("channel"), word("kind")].into_iter().flatten().collect();
    words.join("-")
}

/// The days of a week in their order, which the alphabet's is not.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(said).collect::<Vec<_>>().join(", "),
        Value::Null => String::new(),
        Value::Object(table) => {
            let mut each: Vec<_> = table.iter().filter(|(_, value)| !said(value).is_empty()).collect();
            each.sort_by_key(|(key, _)| DAYS.iter().position(|day| day == key));
            each.iter().map(|(key, value)| format!("{key} {}", said(value))).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(rest: &str) -> Service {
        toml::from_str(&format!("id = \"prova\"\nname = \"Prova\"\n{rest}")).unwrap()
    }

    fn told(before: &Service, after: &Service) -> Vec<String> {
        compare(Some(before), after).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_differs_is_told_by_its_key_and_nothing_else() {
        let before = service("[[entry_points]]\nkind = \"phone\"\nvalue = \"803 001\"\ncost = \"free\"\n");
        assert!(told(&before, &before).is_empty());
        let mut after = before.clone();
        after.promises.answer_minutes = 60;
        after.queues[0].name = "Prima risposta".to_owned();
        after.entry_points[0].cost = None;
        after.entry_points.push(crate::service::EntryPoint {
            kind: crate::service::EntryKind::Email,
            value: "x@posta.example".to_owned(),
            reachable_from: Vec::new(),
            cost: None,
            cost_text: std::collections::BTreeMap::new(),
        });
        assert_eq!(
            told(&before, &after),
            [
                "~ promises.answer_minutes: 180 -> 60",
                "- entry_points.phone 803 001.cost: free",
                "+ entry_points.email x@posta.example.kind: email",
                "+ entry_points.email x@posta.example.value: x@posta.example",
                "~ queues.prova.name: Prova -> Prima risposta",
            ]
        );
        let words: Vec<String> = compare(Some(&before), &after).iter().map(Change::word).collect();
        assert!(words.iter().all(|word| !word.contains('@') && !word.contains("803")), "{words:?}");
    }

    #[test]
    fn hours_and_single_days_are_told_one_by_one() {
        let before = service("");
        let week = "[calendar]\nzone = \"Europe/Rome\"\nholidays = \"italy\"\nexceptions = [{ date = \"2026-12-24\" }]\n[calendar.week]\nmon = [\"09:00-13:00\", \"14:00-18:00\"]\n";
        let after = service(week);
        let told = told(&before, &after);
        assert!(told.contains(&"~ calendar.week.mon: 09:00-18:00 -> 09:00-13:00, 14:00-18:00".to_owned()), "{told:?}");
        assert!(told.contains(&"- calendar.week.tue: 09:00-18:00".to_owned()), "{told:?}");
        assert!(told.iter().any(|line| line.starts_with("+ calendar.exceptions.2026-12-24")), "{told:?}");
    }

    #[test]
    fn a_week_that_becomes_a_word_is_told_from_monday_on() {
        let before = service("");
        let mut after = before.clone();
        after.calendar = crate::calendar::Calendar::always(chrono_tz::Europe::Rome);
        let week = "mon 09:00-18:00; tue 09:00-18:00; wed 09:00-18:00; thu 09:00-18:00; fri 09:00-18:00";
        assert!(told(&before, &after).contains(&format!("~ calendar.week: {week} -> always")));
    }

    #[test]
    fn another_order_of_queues_is_a_change() {
        let before = service("");
        let mut after = before.clone();
        after.queues.reverse();
        assert_eq!(told(&before, &after), ["~ queues.order: prova, prova-back -> prova-back, prova"]);
    }
}
