//! Topics, as a tree that an administrator keeps: added, renamed, moved, retired. A topic is never deleted, because cases
//! have it.

use crate::{By, Centre, Error, Result, Work};
use model::TopicId;
use model::event::Subject;
use model::problem::{FieldProblem, Problem};
use model::text::{self, SUBJECT_MAX};
use model::topic::{self, DEPTH_MAX, Topic};
use model::user::Role;
use std::collections::BTreeMap;

/// Topics at the most: the tree is shown whole.
const TOPICS_MAX: usize = 2_000;

/// A topic as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub parent: Option<TopicId>,
    pub names: BTreeMap<String, String>,
}

/// What tells one state of a topic from another.
#[must_use]
pub fn revision(topic: &Topic) -> String {
    crate::revision::of(topic)
}

/// Puts these topics in this order.
///
/// # Errors
/// Only those of the database.
pub async fn apply_all(centre: &Centre, by: By, topics: Vec<Topic>) -> Result<()> {
    centre
        .work(by, move |w| {
            Box::pin(async move {
                for (position, topic) in (0i64..).zip(&topics) {
                    db::topic::save(w.tx, topic, position).await?;
                }
                tell(w, "*", "changed", serde_json::json!({ "count": topics.len() }));
                Ok(())
            })
        })
        .await?;
    centre.refresh_catalogue().await
}

/// Adds a topic, last among its siblings; its id is made of its name.
///
/// # Errors
/// What cannot be taken of what was typed, by field (`names`, `parent`).
pub async fn add(centre: &Centre, by: By, typed: Typed) -> Result<TopicId> {
    let added = centre
        .work(by, move |w| {
            Box::pin(async move {
                w.must_be(&[Role::Admin])?;
                let topics = db::topic::for_change(w.tx).await?;
                let names = names(&typed.names)?;
                under(&topics, None, typed.parent.as_ref())?;
                if topics.len() >= TOPICS_MAX {
                    return Err(FieldProblem::limited("names", Problem::TooLong, TOPICS_MAX as u64).into());
                }
                let id = free_id(&topics, &names);
                let topic = Topic { id: id.clone(), parent: typed.parent, names, retired: false };
                let last = i64::try_from(topics.len()).unwrap_or(i64::MAX);
                db::topic::save(w.tx, &topic, last).await?;
                tell(w, id.as_str(), "added", serde_json::json!({ "parent": topic.parent }));
                Ok(id)
            })
        })
        .await?;
    centre.refresh_catalogue().await?;
    Ok(added)
}

/// Gives a topic other names, or another place in the tree.
///
/// # Errors
/// [`Error::ChangedMeanwhile`] when it is no longer as it was `seen`; what cannot be taken, by field.
pub async fn change(centre: &Centre, by: By, id: TopicId, typed: Typed, seen: String) -> Result<()> {
    let done = move |w: &Work<'_>, topics: &[Topic], mut topic: Topic| {
        let before = topic.clone();
        topic.names = names(&typed.names)?;
        under(topics, Some(&topic.id), typed.parent.as_ref())?;
        topic.parent.clone_from(&typed.parent);
        if topic.names != before.names {
            tell(w, topic.id.as_str(), "renamed", serde_json::json!({}));
        }
        if topic.parent != before.parent {
            tell(w, topic.id.as_str(), "moved", serde_json::json!({ "parent": topic.parent }));
        }
        Ok(topic)
    };
    one(centre, by, id, Some(seen), done).await
}

/// Retires a topic, so that it and what lies under it is offered no more, or brings it back.
///
/// # Errors
/// [`Error::NotFound`]; those of the database.
pub async fn retire(centre: &Centre, by: By, id: TopicId, retired: bool) -> Result<()> {
    let done = move |w: &Work<'_>, _: &[Topic], topic: Topic| {
        if topic.retired != retired {
            tell(w, topic.id.as_str(), if retired { "retired" } else { "brought-back" }, serde_json::json!({}));
        }
        Ok(Topic { retired, ..topic })
    };
    one(centre, by, id, None, done).await
}

/// Moves a topic one place up or down among its siblings.
///
/// # Errors
/// [`Error::NotFound`]; those of the database.
pub async fn shift(centre: &Centre, by: By, id: TopicId, up: bool) -> Result<()> {
    centre
        .work(by, move |w| {
            Box::pin(async move {
                w.must_be(&[Role::Admin])?;
                let mut topics = db::topic::for_change(w.tx).await?;
                let at = topics.iter().position(|t| t.id == id).ok_or(Error::NotFound("topic"))?;
                let parent = topics.get(at).and_then(|t| t.parent.clone());
                let sibling = |(_, other): &(usize, &Topic)| other.parent == parent;
                let other = if up {
                    topics.iter().enumerate().take(at).rfind(sibling)
                } else {
                    topics.iter().enumerate().skip(at + 1).find(sibling)
                };
                let Some((other, _)) = other else { return Ok(()) };
                topics.swap(at, other);
                for (position, topic) in (0i64..).zip(&topics) {
                    db::topic::save(w.tx, topic, position).await?;
                }
                tell(w, id.as_str(), "moved", serde_json::json!({}));
                Ok(())
            })
        })
        .await?;
    centre.refresh_catalogue().await
}

async fn one(
    centre: &Centre,
    by: By,
    id: TopicId,
    seen: Option<String>,
    done: impl FnOnce(&Work<'_>, &[Topic], Topic) -> Result<Topic> + Send + 'static,
) -> Result<()> {
    centre
        .work(by, move |w| {
            Box::pin(async move {
                w.must_be(&[Role::Admin])?;
                let topics = db::topic::for_change(w.tx).await?;
                let topic = topics.iter().find(|t| t.id == id).cloned().ok_or(Error::NotFound("topic"))?;
                if seen.is_some_and(|seen| seen != revision(&topic)) {
                    return Err(Error::ChangedMeanwhile);
                }
                let before = topic.clone();
                let topic = done(w, &topics, topic)?;
                if topic != before {
                    db::topic::update(w.tx, &topic).await?;
                }
                Ok(())
            })
        })
        .await?;
    centre.refresh_catalogue().await
}

/// The names, each a line; one in Italian is needed.
fn names(typed: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for (language, name) in typed {
        if let Some(name) = text::optional("names", name, SUBJECT_MAX)? {
            names.insert(language.clone(), text::clean_line(&name));
        }
    }
    if names.contains_key("it") { Ok(names) } else { Err(Error::field("names", Problem::Missing)) }
}

/// Whether a topic may lie there: under one that is there, none of those under itself, and not too deep.
fn under(topics: &[Topic], id: Option<&TopicId>, parent: Option<&TopicId>) -> Result<()> {
    let Some(parent) = parent else { return Ok(()) };
    let above = topic::lineage(topics, parent);
    let is_there = topics.iter().any(|topic| &topic.id == parent);
    let below_itself = id.is_some_and(|id| above.contains(&id));
    let depth_below = id.map_or(0, |id| {
        let of = |topic: &Topic| topic::lineage(topics, &topic.id).iter().position(|above| *above == id);
        topics.iter().filter_map(of).max().unwrap_or_default()
    });
    if is_there && !below_itself && above.len() + depth_below < DEPTH_MAX {
        Ok(())
    } else {
        Err(Error::field("parent", Problem::NotInTheList))
    }
}

fn free_id(topics: &[Topic], names: &BTreeMap<String, String>) -> TopicId {
    let id = topic::id_of(names.get("it").map_or("", String::as_str));
    let id = if id.as_str().is_empty() { "tema".to_owned() } else { id.0 };
    let is_free = |id: &str| !topics.iter().any(|topic| topic.id.as_str() == id);
    let numbered = (2..).map(|n| format!("{id}-{n}"));
    TopicId(std::iter::once(id.clone()).chain(numbered).find(|id| is_free(id)).unwrap_or(id))
}

fn tell(work: &Work<'_>, id: &str, kind: &str, data: serde_json::Value) {
    db::event::append(work.tx, work.by.actor(), work.now, Subject::Topic, id, kind, data);
}
