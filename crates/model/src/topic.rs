//! A topic of the taxonomy, with its name in each language.

use crate::TopicId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    pub id: TopicId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TopicId>,
    /// Names by language code.
    pub names: BTreeMap<String, String>,
    /// No longer offered; cases that have it keep it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

impl Topic {
    /// The name in `language`, else in Italian, else any, else the id.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        in_language(&self.names, language).unwrap_or(self.id.as_str())
    }
}

/// The text in `language`, else in Italian, else in whichever language there is.
#[must_use]
pub fn in_language<'a>(texts: &'a BTreeMap<String, String>, language: &str) -> Option<&'a str> {
    texts.get(language).or_else(|| texts.get("it")).or_else(|| texts.values().next()).map(String::as_str)
}

/// Levels of the tree at the most.
pub const DEPTH_MAX: usize = 5;

/// The topics as a tree, each before what lies under it, with how deep it lies. What names a parent that is not there lies
/// under none.
#[must_use]
pub fn tree(topics: &[Topic]) -> Vec<(usize, &Topic)> {
    let is_there = |id: &TopicId| topics.iter().any(|topic| &topic.id == id);
    let mut found = Vec::with_capacity(topics.len());
    let roots = topics.iter().filter(|topic| topic.parent.as_ref().is_none_or(|parent| !is_there(parent)));
    let mut waiting: Vec<(usize, &Topic)> = roots.rev().map(|topic| (0, topic)).collect();
    while let Some((depth, topic)) = waiting.pop() {
        found.push((depth, topic));
        let below = topics.iter().rev().filter(|other| other.parent.as_ref() == Some(&topic.id));
        waiting.extend(below.map(|other| (depth + 1, other)));
    }
    found
}

/// The tree of what is offered: a topic that is retired is not, and nothing that lies under it.
#[must_use]
pub fn offered(topics: &[Topic]) -> Vec<(usize, &Topic)> {
    let mut hidden_below = None;
    let mut found = tree(topics);
    found.retain(|(depth, topic)| {
        if hidden_below.is_some_and(|hidden| *depth > hidden) {
            return false;
        }
        hidden_below = topic.retired.then_some(*depth);
        !topic.retired
    });
    found
}

/// A topic and those above it, from the inside out.
#[must_use]
pub fn lineage<'a>(topics: &'a [Topic], topic: &'a TopicId) -> Vec<&'a TopicId> {
    let mut found = vec![topic];
    let mut at = topic;
    while let Some(parent) = topics.iter().find(|t| &t.id == at).and_then(|t| t.parent.as_ref()) {
        if found.contains(&parent) {
            break;
        }
        found.push(parent);
        at = parent;
    }
    found
}

/// The id that a topic of this name is given: its words, folded, with dashes between.
#[must_use]
pub fn id_of(name: &str) -> TopicId {
    let mut id = crate::text::words(name, 12).join("-");
    id.retain(|c| c.is_ascii_alphanumeric() || c == '-');
    id.truncate(60);
    TopicId(id.trim_matches('-').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(id: &str, parent: Option<&str>) -> Topic {
        let (id, parent) = (TopicId::new(id), parent.map(TopicId::new));
        Topic { id, parent, names: BTreeMap::new(), retired: false }
    }

    fn told(topics: Vec<(usize, &Topic)>) -> Vec<String> {
        topics.into_iter().map(|(depth, topic)| format!("{depth}{}", topic.id)).collect()
    }

    #[test]
    fn the_tree_keeps_the_order_and_loses_nobody() {
        let mut topics = vec![
            topic("casa", None),
            topic("bonus", None),
            topic("bonus-gas", Some("bonus")),
            topic("tari", Some("casa")),
            topic("bonus-gas-2026", Some("bonus-gas")),
            topic("orfano", Some("nessuno")),
        ];
        assert_eq!(told(tree(&topics)), ["0casa", "1tari", "0bonus", "1bonus-gas", "2bonus-gas-2026", "0orfano"]);
        assert_eq!(lineage(&topics, &TopicId::new("bonus-gas-2026")).len(), 3);
        topics[2].retired = true;
        assert_eq!(told(offered(&topics)), ["0casa", "1tari", "0bonus", "0orfano"]);
    }

    #[test]
    fn an_id_is_made_of_the_name() {
        assert_eq!(id_of("Casa e tasse locali: l’IMU").as_str(), "casa-e-tasse-locali-l-imu");
        assert_eq!(id_of("بيت").as_str(), "");
    }
}
