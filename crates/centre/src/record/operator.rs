//! Operators: staff of another system. They are known by name and may not sign in here until they are let in.

use super::refs::{Refs, To};
use super::{Noun, Row};
use crate::{Result, Work};
use db::bulk;
use db::{ConnectionTrait, Counted};
use model::case::Level;
use model::record::{Extra, Id, Operator};
use model::user::{Role, Roles, Skill, SkillLevel};
use std::collections::BTreeMap;

impl Noun for Operator {
    type Entity = db::staff::Entity;

    fn id(&self) -> &Id {
        &self.id
    }

    fn refers(&self) -> Vec<(&'static str, To, &Id)> {
        self.structure.iter().map(|id| ("structure", To::Structure, id)).collect()
    }

    async fn records(tag: &str, _: &impl ConnectionTrait, rows: Vec<Row<Self>>) -> Result<Vec<Self>> {
        let written = rows.into_iter().map(|row| {
            let roles: Roles = row.roles.parse().unwrap_or_default();
            let is_back = roles.has(Role::Back) && !roles.has(Role::Front);
            let mut extra = Extra::of_stored(row.extra.as_deref());
            let skills: Option<Vec<Skill>> = of_list(row.skills.as_deref());
            if let Some(levels) = skills.as_deref().and_then(levels) {
                extra.put(LEVELS, &levels);
            }
            Self {
                id: super::name(tag, row.external.as_deref(), row.id),
                name: row.name,
                level: if is_back { Level::Back } else { Level::Front },
                structure: row.scope.map(Id),
                languages: of_list(row.languages.as_deref()),
                skills: skills.map(|all| all.into_iter().map(|skill| skill.name).collect()),
                extra,
            }
        });
        Ok(written.collect())
    }

    async fn insert(work: &Work<'_>, _: &Refs, fresh: Vec<Self>) -> Result<()> {
        let ids = work.tx.block(Counted::Staff, fresh.len()).await?;
        let taken = db::staff::logins(work.tx, fresh.iter().map(|o| login(&o.id))).await?;
        let mut rows: Vec<Row<Self>> = Vec::new();
        for (id, operator) in ids.into_iter().zip(fresh) {
            let mut wanted = login(&operator.id);
            // Somebody else's sign-in name stays theirs.
            if taken.contains(&wanted) || rows.iter().any(|row| row.login == wanted) {
                wanted = format!("{wanted}#{id}");
            }
            let role = match operator.level {
                Level::Front => Role::Front,
                Level::Back => Role::Back,
            };
            let external = operator.id.0.clone();
            let kept = Kept::of(&operator);
            rows.push(db::staff::Model {
                id,
                login: wanted,
                name: operator.name.clone(),
                password: None,
                roles: Roles::new([role]).to_string(),
                scope: operator.structure.as_ref().map(|id| id.0.clone()),
                language: "it".to_owned(),
                disabled_at: Some(work.now.into()),
                created_at: work.now.into(),
                external: Some(external),
                extra: kept.extra,
                email: None,
                languages: kept.languages,
                skills: kept.skills,
            });
        }
        let rows = rows.into_iter().map(bulk::whole::<Self::Entity>).collect();
        Ok(bulk::insert::<Self::Entity>(work.tx, rows).await?)
    }

    async fn replace(work: &Work<'_>, _: &Refs, mut row: Row<Self>, record: Self) -> Result<()> {
        row.name.clone_from(&record.name);
        // What somebody who may sign in here may do is decided here.
        if row.disabled_at.is_some() {
            let role = if record.level == Level::Back { Role::Back } else { Role::Front };
            row.roles = Roles::new([role]).to_string();
            row.scope = record.structure.as_ref().map(|id| id.0.clone());
        }
        let kept = Kept::of(&record);
        (row.languages, row.skills, row.extra) = (kept.languages, kept.skills, kept.extra);
        Ok(bulk::replace::<Self::Entity>(work.tx, bulk::whole::<Self::Entity>(row)).await?)
    }
}

/// The name under which they would sign in: as signing in reads what is typed.
fn login(id: &Id) -> String {
    model::text::clean_line(&id.0).to_lowercase()
}

/// Under this key a record says how well somebody can do what: `{"bonus":"good"}`. A record need not.
const LEVELS: &str = "skill_levels";

type Levels = BTreeMap<String, SkillLevel>;

fn levels(skills: &[Skill]) -> Option<Levels> {
    let levels: Levels = skills.iter().filter_map(|skill| Some((skill.name.clone(), skill.level?))).collect();
    (!levels.is_empty()).then_some(levels)
}

/// Some columns of an operator's row.
struct Kept {
    languages: Option<String>,
    skills: Option<String>,
    extra: Option<String>,
}

impl Kept {
    fn of(operator: &Operator) -> Self {
        let mut extra = operator.extra.clone();
        let names = operator.skills.as_deref().unwrap_or_default();
        let skills = |known: &Levels| -> Vec<Skill> {
            names.iter().map(|name| Skill { name: name.clone(), level: known.get(name).copied() }).collect()
        };
        let mut kept = skills(&Levels::new());
        // Taken only where the same would be written again: what is spelled otherwise stays as it came.
        if let Some(raw) = extra.take_raw(LEVELS) {
            let known: Levels = serde_json::from_str(raw.0.get()).unwrap_or_default();
            let with_levels = skills(&known);
            let written = levels(&with_levels).and_then(|levels| serde_json::to_string(&levels).ok());
            if written.as_deref() == Some(raw.0.get()) {
                kept = with_levels;
            } else {
                extra.put(LEVELS, &raw.0);
            }
        }
        Self {
            languages: operator.languages.as_ref().and_then(|all| serde_json::to_string(all).ok()),
            skills: operator.skills.as_ref().and_then(|_| serde_json::to_string(&kept).ok()),
            extra: extra.stored(),
        }
    }
}

fn of_list<T: serde::de::DeserializeOwned>(stored: Option<&str>) -> Option<Vec<T>> {
    serde_json::from_str(stored?).ok()
}
