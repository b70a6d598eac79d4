//! Operators: staff of another system. They are known by name and may not sign in here until they are let in.

use super::refs::{Refs, To};
use super::{Noun, Row};
use crate::{Result, Work};
use db::bulk;
use db::{ConnectionTrait, Counted};
use model::case::Level;
use model::record::{Extra, Id, Operator};
use model::user::{Role, Roles};

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
            Self {
                id: super::name(tag, row.external.as_deref(), row.id),
                name: row.name,
                level: if is_back { Level::Back } else { Level::Front },
                structure: row.scope.map(Id),
                languages: extra.take("languages"),
                skills: extra.take("skills"),
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
                extra: extra(operator),
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
        row.extra = extra(record);
        Ok(bulk::replace::<Self::Entity>(work.tx, bulk::whole::<Self::Entity>(row)).await?)
    }
}

/// The name under which they would sign in: as signing in reads what is typed.
fn login(id: &Id) -> String {
    model::text::clean_line(&id.0).to_lowercase()
}

fn extra(operator: Operator) -> Option<String> {
    let Operator { languages, skills, mut extra, .. } = operator;
    if let Some(languages) = languages {
        extra.put("languages", &languages);
    }
    if let Some(skills) = skills {
        extra.put("skills", &skills);
    }
    extra.stored()
}
