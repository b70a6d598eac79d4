//! Persons and the addresses they are found by. A merged person points at the one it was merged into; nothing is moved,
//! so undoing a merge is clearing the pointer.

use crate::at::At;
use crate::error::word;
use crate::{Counted, Error, Result, Tx};
use chrono::{DateTime, Utc};
use model::PersonId;
use model::address::Address;
use model::person::Person;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{Condition, DbBackend, QueryOrder, QuerySelect, QueryTrait};
use std::collections::HashMap;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: Option<String>,
    pub language: Option<String>,
    pub region: Option<String>,
    pub merged_into: Option<i64>,
    /// When it was erased because somebody asked for it; what is kept no longer goes without a mark.
    pub erased_at: Option<At>,
    pub created_at: At,
    /// The id that the sender of a record gave it.
    pub external: Option<String>,
    /// What the record held beside, as JSON.
    pub extra: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// The addresses of persons.
pub mod address {
    use super::At;
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person_address")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub person_id: i64,
        pub kind: String,
        pub value: String,
        pub created_at: At,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}
    impl ActiveModelBehavior for ActiveModel {}
}

impl From<Model> for Person {
    fn from(row: Model) -> Self {
        Self {
            id: PersonId(row.id),
            name: row.name,
            language: row.language,
            region: row.region,
            merged_into: row.merged_into.map(PersonId),
        }
    }
}

/// Stores a new person with their addresses.
pub async fn insert(
    tx: &Tx,
    name: Option<&str>,
    language: Option<&str>,
    addresses: &[Address],
    now: DateTime<Utc>,
) -> Result<PersonId> {
    let id = tx.id(Counted::Person).await?;
    let row = ActiveModel {
        id: Set(id),
        name: Set(name.map(str::to_owned)),
        language: Set(language.map(str::to_owned)),
        region: Set(None),
        merged_into: Set(None),
        erased_at: Set(None),
        created_at: Set(now.into()),
        external: NotSet,
        extra: NotSet,
    };
    tx.later("person", Entity::insert(row).into_query());
    add_addresses(tx, PersonId(id), addresses, now);
    Ok(PersonId(id))
}

/// Stores addresses of many persons at once.
pub async fn insert_addresses(tx: &Tx, addresses: &[(PersonId, Address)], now: DateTime<Utc>) -> Result<()> {
    let rows = addresses.iter().map(|(person, address)| address::ActiveModel {
        id: NotSet,
        person_id: Set(person.0),
        kind: Set(address.kind.to_string()),
        value: Set(address.value.clone()),
        created_at: Set(now.into()),
    });
    crate::bulk::insert::<address::Entity>(tx, rows.collect()).await
}

/// Takes addresses away from a record.
pub async fn remove_addresses(tx: &Tx, person: PersonId, addresses: &[Address]) -> Result<()> {
    for Address { kind, value } in addresses {
        let of = address::Entity::delete_many().filter(address::Column::PersonId.eq(person.0));
        let this = of.filter(address::Column::Kind.eq(kind.to_string())).filter(address::Column::Value.eq(value));
        this.exec(tx).await?;
    }
    Ok(())
}

/// The addresses of each of these records, in the order they became known.
pub async fn addresses_of(
    connection: &impl ConnectionTrait,
    ids: &[PersonId],
) -> Result<HashMap<PersonId, Vec<Address>>> {
    let mut all: HashMap<PersonId, Vec<Address>> = HashMap::new();
    for some in ids.chunks(1_000) {
        let query = address::Entity::find().filter(address::Column::PersonId.is_in(some.iter().map(|p| p.0)));
        for row in query.order_by_asc(address::Column::Id).all(connection).await? {
            let found = Address { kind: word("person_address.kind", &row.kind)?, value: row.value };
            all.entry(PersonId(row.person_id)).or_default().push(found);
        }
    }
    Ok(all)
}

pub fn add_addresses(tx: &Tx, person: PersonId, addresses: &[Address], now: DateTime<Utc>) {
    if addresses.is_empty() {
        return;
    }
    let rows = addresses.iter().map(|a| address::ActiveModel {
        id: NotSet,
        person_id: Set(person.0),
        kind: Set(a.kind.to_string()),
        value: Set(a.value.clone()),
        created_at: Set(now.into()),
    });
    tx.later("person_address", address::Entity::insert_many(rows).into_query());
}

/// Keeps others from making a person of one of these addresses until the transaction ends, and gets `ids` on the way.
pub async fn reserve(tx: &Tx, addresses: &[Address], ids: &[Counted]) -> Result<()> {
    // In one order, so that two letters with the same two addresses do not wait for one another for ever.
    let mut values: Vec<&str> = addresses.iter().map(|a| a.value.as_str()).collect();
    values.sort_unstable();
    tx.ahead(ids, &values).await
}

/// The person reached by this address: the one known longest, followed through merges.
pub async fn by_address(connection: &impl ConnectionTrait, wanted: &Address) -> Result<Option<Person>> {
    let known = address::Entity::find()
        .select_only()
        .column(address::Column::PersonId)
        .filter(address::Column::Value.eq(&wanted.value))
        .filter(address::Column::Kind.eq(wanted.kind.as_str()))
        .order_by_asc(address::Column::Id)
        .limit(1);
    let found = Entity::find().filter(Column::Id.in_subquery(known.into_query())).one(connection).await?;
    match found.map(Person::from) {
        Some(Person { merged_into: Some(into), .. }) => root(connection, into).await,
        found => Ok(found),
    }
}

pub async fn load(connection: &impl ConnectionTrait, id: PersonId) -> Result<Option<Person>> {
    Ok(Entity::find_by_id(id.0).one(connection).await?.map(Person::from))
}

/// Loads persons whose merging is about to change: nobody else changes it until the transaction ends.
pub async fn lock(tx: &Tx, ids: &[PersonId]) -> Result<Vec<Person>> {
    // In one order, so that two who want the same two do not wait for one another for ever.
    let all = Entity::find().filter(Column::Id.is_in(ids.iter().map(|p| p.0))).order_by_asc(Column::Id);
    Ok(all.lock_exclusive().all(tx).await?.into_iter().map(Person::from).collect())
}

/// Merges that are followed: more than anybody makes of one person.
const MERGES_MAX: usize = 1_000;

/// The person as they now are: followed through merges.
pub async fn root(connection: &impl ConnectionTrait, id: PersonId) -> Result<Option<Person>> {
    let mut person = load(connection, id).await?;
    for _ in 0..MERGES_MAX {
        let Some(into) = person.as_ref().and_then(|p| p.merged_into) else { return Ok(person) };
        person = load(connection, into).await?;
    }
    Err(Error::Other(format!("the merges of person {id} have no end")))
}

/// This person's record and all that were merged into it, directly or through another.
pub async fn records(connection: &impl ConnectionTrait, root: PersonId) -> Result<Vec<PersonId>> {
    let mut all = vec![root];
    let mut layer = vec![root.0];
    while !layer.is_empty() {
        let rows: Vec<i64> = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::MergedInto.is_in(layer))
            .into_tuple()
            .all(connection)
            .await?;
        layer = rows.into_iter().filter(|id| !all.contains(&PersonId(*id))).collect();
        all.extend(layer.iter().map(|id| PersonId(*id)));
    }
    Ok(all)
}

/// The records of all these persons: those they were merged into, and all that were merged into those.
pub async fn all_records(connection: &impl ConnectionTrait, ids: &[PersonId]) -> Result<Vec<PersonId>> {
    let mut all: Vec<PersonId> = ids.to_vec();
    let mut layer = ids.to_vec();
    while !layer.is_empty() {
        let nearby =
            Entity::find().filter(Condition::any().add(Column::MergedInto.is_in(layer.iter().map(|p| p.0))).add(
                Condition::all().add(Column::Id.is_in(layer.iter().map(|p| p.0))).add(Column::MergedInto.is_not_null()),
            ));
        let found = nearby.all(connection).await?;
        let next = found.into_iter().flat_map(|row| [Some(row.id), row.merged_into]).flatten().map(PersonId);
        layer = next.filter(|id| !all.contains(id)).collect();
        layer.sort_unstable();
        layer.dedup();
        all.extend(layer.iter().copied());
    }
    Ok(all)
}

/// The persons with these ids.
pub async fn with_ids(connection: &impl ConnectionTrait, ids: &[PersonId]) -> Result<Vec<Person>> {
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|p| p.0))).all(connection).await?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// The addresses of these records, each once, in the order they became known.
pub async fn addresses(connection: &impl ConnectionTrait, records: &[PersonId]) -> Result<Vec<Address>> {
    let rows = address::Entity::find()
        .filter(address::Column::PersonId.is_in(records.iter().map(|p| p.0)))
        .order_by_asc(address::Column::Id)
        .all(connection)
        .await?;
    let mut all: Vec<Address> = Vec::new();
    for row in rows {
        let found = Address { kind: word("person_address.kind", &row.kind)?, value: row.value };
        if !all.contains(&found) {
            all.push(found);
        }
    }
    Ok(all)
}

/// The records that were erased because somebody asked for it.
pub async fn erased(connection: &impl ConnectionTrait) -> Result<Vec<PersonId>> {
    let query = Entity::find().select_only().column(Column::Id).filter(Column::ErasedAt.is_not_null());
    let ids: Vec<i64> = query.order_by_asc(Column::Id).into_tuple().all(connection).await?;
    Ok(ids.into_iter().map(PersonId).collect())
}

/// The records that have one of these addresses.
pub async fn with_addresses(connection: &impl ConnectionTrait, wanted: &[Address]) -> Result<Vec<PersonId>> {
    let mut all: Vec<PersonId> = Vec::new();
    for one in wanted {
        let query = address::Entity::find().select_only().column(address::Column::PersonId);
        let found =
            query.filter(address::Column::Value.eq(&one.value)).filter(address::Column::Kind.eq(one.kind.as_str()));
        all.extend(found.into_tuple::<i64>().all(connection).await?.into_iter().map(PersonId));
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// The address that each of these records was first known by.
pub async fn first_addresses(connection: &impl ConnectionTrait, ids: &[PersonId]) -> Result<Vec<(PersonId, Address)>> {
    let rows = address::Entity::find()
        .filter(address::Column::PersonId.is_in(ids.iter().map(|p| p.0)))
        .order_by_asc(address::Column::Id)
        .all(connection)
        .await?;
    let mut all: Vec<(PersonId, Address)> = Vec::new();
    for row in rows {
        let person = PersonId(row.person_id);
        if !all.iter().any(|(known, _)| *known == person) {
            all.push((person, Address { kind: word("person_address.kind", &row.kind)?, value: row.value }));
        }
    }
    Ok(all)
}

/// Records with an address that is what was typed, or else begins with it: five digits or more of a telephone, with or
/// without the country's code; the beginning of an e-mail address. Five to eight digits may stand anywhere in a number:
/// then every one is looked at. At most `limit`.
pub async fn by_address_part(connection: &impl ConnectionTrait, part: &str, limit: u64) -> Result<Vec<PersonId>> {
    let found = |filter: Expr| {
        let query = address::Entity::find().select_only().column(address::Column::PersonId).filter(filter);
        query.order_by_desc(address::Column::Id).limit(limit).into_tuple::<i64>()
    };
    if let Ok(whole) = Address::any("q", part) {
        let exact = found(address::Column::Value.eq(whole.value)).all(connection).await?;
        if !exact.is_empty() {
            return Ok(exact.into_iter().map(PersonId).collect());
        }
    }
    let digits: String = part.chars().filter(char::is_ascii_digit).collect();
    let starts = |with: &str| beginning(connection.get_database_backend(), with);
    let mut ids = if digits.len() >= 5 && !part.contains('@') {
        found(starts(&format!("+{digits}")).or(starts(&format!("+39{digits}")))).all(connection).await?
    } else {
        found(starts(&part.to_lowercase())).all(connection).await?
    };
    if ids.is_empty() && (5..=8).contains(&digits.len()) && !part.contains('@') {
        ids = found(address::Column::Value.like(format!("%{digits}%"))).all(connection).await?;
    }
    Ok(ids.into_iter().map(PersonId).collect())
}

/// What begins like this, in the words for which each engine has an index.
fn beginning(backend: DbBackend, with: &str) -> Expr {
    match backend {
        DbBackend::Postgres => {
            let literal = with.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            address::Column::Value.like(format!("{literal}%"))
        }
        _ => {
            // The last of all characters stands behind whatever follows.
            let value = address::Column::Value;
            value.gte(with).and(value.lt(format!("{with}\u{10FFFF}")))
        }
    }
}

pub async fn set_name(tx: &Tx, id: PersonId, name: Option<String>) -> Result<()> {
    Entity::update_many().col_expr(Column::Name, Expr::value(name)).filter(Column::Id.eq(id.0)).exec(tx).await?;
    Ok(())
}

/// Points one record at another, or takes the pointer away.
pub async fn set_merged(tx: &Tx, id: PersonId, into: Option<PersonId>) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::MergedInto, Expr::value(into.map(|p| p.0)))
        .filter(Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}
