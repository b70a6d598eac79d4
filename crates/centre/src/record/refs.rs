//! What records refer to: the sender's ids made rows, and rows the ids they are written out under.

use super::{name, own, senders};
use crate::{Result, Work};
use db::ConnectionTrait;
use db::bulk::{self, Sent};
use model::record::{Id, Refused};
use model::{CaseId, PersonId, ServiceId, StructureId, UserId};
use std::collections::{HashMap, HashSet};

/// What a reference is to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum To {
    Service,
    Structure,
    Person,
    Operator,
    Case,
}

/// References that were looked up, for one batch.
pub(super) struct Refs {
    services: HashSet<Id>,
    structures: HashSet<Id>,
    persons: HashMap<Id, i64>,
    operators: HashMap<Id, i64>,
    cases: HashMap<Id, i64>,
}

impl Refs {
    pub(super) async fn of<'a>(
        work: &Work<'_>,
        refers: impl IntoIterator<Item = (&'static str, To, &'a Id)>,
    ) -> Result<Self> {
        let mut wanted: HashMap<To, HashSet<&Id>> = HashMap::new();
        for (_, to, id) in refers {
            wanted.entry(to).or_default().insert(id);
        }
        let mut of = |to: To| wanted.remove(&to).unwrap_or_default();
        let catalogue = &work.catalogue;
        let is_service = |id: &&Id| catalogue.service(&ServiceId(id.0.clone())).is_some();
        let is_structure = |id: &&Id| catalogue.structure(&StructureId(id.0.clone())).is_some();
        Ok(Self {
            services: of(To::Service).into_iter().filter(is_service).cloned().collect(),
            structures: of(To::Structure).into_iter().filter(is_structure).cloned().collect(),
            persons: found::<db::person::Entity>(work, &of(To::Person)).await?,
            operators: found::<db::staff::Entity>(work, &of(To::Operator)).await?,
            cases: found::<db::case::Entity>(work, &of(To::Case)).await?,
        })
    }

    /// The first reference that leads nowhere.
    pub(super) fn missing(&self, refers: Vec<(&'static str, To, &Id)>) -> Option<Refused> {
        let leads = |to: To, id: &Id| match to {
            To::Service => self.services.contains(id),
            To::Structure => self.structures.contains(id),
            To::Person => self.persons.contains_key(id),
            To::Operator => self.operators.contains_key(id),
            To::Case => self.cases.contains_key(id),
        };
        let (key, _, id) = refers.into_iter().find(|(_, to, id)| !leads(*to, id))?;
        Some(Refused::NoSuch { key, id: id.0.clone() })
    }

    pub(super) fn person(&self, id: Option<&Id>) -> Option<PersonId> {
        self.persons.get(id?).copied().map(PersonId)
    }

    pub(super) fn operator(&self, id: Option<&Id>) -> Option<UserId> {
        self.operators.get(id?).copied().map(UserId)
    }

    pub(super) fn case(&self, id: Option<&Id>) -> Option<CaseId> {
        self.cases.get(id?).copied().map(CaseId)
    }
}

async fn found<E: Sent>(work: &Work<'_>, wanted: &HashSet<&Id>) -> Result<HashMap<Id, i64>> {
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let tag = &work.centre.inner().installation;
    let ids: Vec<&str> = wanted.iter().map(|id| id.0.as_str()).collect();
    let ours: Vec<i64> = ids.iter().filter_map(|id| own(tag, id)).collect();
    let rows = bulk::ids::<E>(work.tx, &ids, &ours).await?;
    let mut found: HashMap<Id, i64> =
        rows.into_iter().map(|(external, id)| (name(tag, external.as_deref(), id), id)).collect();
    let unknown: Vec<&str> = wanted.iter().filter(|id| !found.contains_key(**id)).map(|id| id.0.as_str()).collect();
    let emptied = senders::emptied::<E>(work, &unknown).await?;
    found.extend(emptied.into_iter().map(|(id, row)| (Id(id), row)));
    Ok(found)
}

/// Rows as they are written out.
pub(super) struct Names<'a> {
    tag: &'a str,
    persons: HashMap<i64, Id>,
    operators: HashMap<i64, Id>,
    cases: HashMap<i64, Id>,
}

impl<'a> Names<'a> {
    pub(super) fn new(tag: &'a str) -> Self {
        Self { tag, persons: HashMap::new(), operators: HashMap::new(), cases: HashMap::new() }
    }

    pub(super) async fn with_persons(
        mut self,
        connection: &impl ConnectionTrait,
        ids: impl Iterator<Item = i64>,
    ) -> Result<Self> {
        self.persons = named::<db::person::Entity>(self.tag, connection, ids).await?;
        Ok(self)
    }

    pub(super) async fn with_operators(
        mut self,
        connection: &impl ConnectionTrait,
        ids: impl Iterator<Item = i64>,
    ) -> Result<Self> {
        self.operators = named::<db::staff::Entity>(self.tag, connection, ids).await?;
        Ok(self)
    }

    /// A case that is continued in another is written out as that other.
    pub(super) async fn with_cases(
        mut self,
        connection: &impl ConnectionTrait,
        ids: impl Iterator<Item = i64>,
    ) -> Result<Self> {
        let mut ids: Vec<i64> = ids.collect();
        ids.sort_unstable();
        ids.dedup();
        let roots = db::case::roots(connection, &ids).await?;
        let all = ids.iter().copied().chain(roots.values().copied());
        let named = named::<db::case::Entity>(self.tag, connection, all).await?;
        let of = |id: &i64| named.get(roots.get(id).unwrap_or(id)).cloned();
        self.cases = ids.iter().filter_map(|id| Some((*id, of(id)?))).collect();
        Ok(self)
    }

    pub(super) fn person(&self, id: Option<i64>) -> Option<Id> {
        self.persons.get(&id?).cloned()
    }

    pub(super) fn operator(&self, id: Option<i64>) -> Option<Id> {
        self.operators.get(&id?).cloned()
    }

    pub(super) fn case(&self, id: Option<i64>) -> Option<Id> {
        self.cases.get(&id?).cloned()
    }
}

async fn named<E: Sent>(
    tag: &str,
    connection: &impl ConnectionTrait,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, Id>> {
    let rows = bulk::externals::<E>(connection, ids).await?;
    Ok(rows.into_iter().map(|(id, external)| (id, name(tag, external.as_deref(), id))).collect())
}
