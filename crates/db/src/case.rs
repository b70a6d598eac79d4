//! Cases: a row each, as their events have made them.

mod sent;

pub use sent::{First, Told, first_contacts, hold, roots, sent, set_told, told};

use crate::at::{At, NEVER};
use crate::error::word;
use crate::person::address;
use crate::{Counted, Result, Tx, contact};
use chrono::{DateTime, Utc};
use model::case::{Case, Clocks, Level};
use model::contact::Channel;
use model::{CaseId, PersonId, QueueId, ServiceId, StructureId, TopicId, UserId};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue, Condition, QueryOrder, QuerySelect, QueryTrait};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cases")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub version: i64,
    pub service: String,
    pub queue: String,
    pub structure: Option<String>,
    pub state: String,
    pub level: String,
    pub assignee: Option<i64>,
    pub front: Option<i64>,
    pub person_id: Option<i64>,
    pub topic: Option<String>,
    pub kind: Option<String>,
    pub region: Option<String>,
    pub language: String,
    pub opened_at: At,
    pub first_answer_at: Option<At>,
    pub escalated_at: Option<At>,
    pub solved_at: Option<At>,
    pub solved_by: Option<String>,
    pub solution_by: Option<String>,
    pub outcome: Option<String>,
    pub reopened_at: Option<At>,
    pub closed_at: Option<At>,
    pub answer_due: Option<At>,
    pub solution_due: Option<At>,
    pub left_s: Option<i64>,
    pub remind_at: Option<At>,
    pub unanswered: bool,
    pub merged_into: Option<i64>,
    pub before_merge: Option<String>,
    pub last_at: At,
    /// The channel of the first contact, for the icon in lists.
    pub channel: String,
    pub subject: Option<String>,
    /// The address that news of the case is announced to.
    pub announce_to: Option<String>,
    /// Set when the citizen asked for the replies' content in the announcement.
    pub announce_content: bool,
    /// The earliest of the due times, or [`NEVER`]: lists are in this order.
    pub due_at: At,
    /// The id that the sender of a record gave it.
    pub external: Option<String>,
    /// What the record held beside, as JSON.
    pub extra: Option<String>,
    /// When what was written in it was emptied; whatever is done to it afterwards takes this away, for it may have been
    /// written in again.
    pub emptied_at: Option<At>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// A case with the content that belongs to it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub case: Case,
    pub content: Content,
}

/// What erasure empties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub channel: Channel,
    pub subject: Option<String>,
    pub announce_to: Option<String>,
    pub announce_content: bool,
}

impl TryFrom<Model> for Stored {
    type Error = crate::Error;

    fn try_from(row: Model) -> Result<Self> {
        let time = |at: Option<At>| at.map(DateTime::<Utc>::from);
        let case = Case {
            id: CaseId(row.id),
            version: row.version,
            service: ServiceId(row.service),
            queue: QueueId(row.queue),
            structure: row.structure.map(StructureId),
            state: word("cases.state", &row.state)?,
            level: word("cases.level", &row.level)?,
            assignee: row.assignee.map(UserId),
            front: row.front.map(UserId),
            person: row.person_id.map(PersonId),
            topic: row.topic.map(TopicId),
            kind: row.kind.as_deref().map(|w| word("cases.kind", w)).transpose()?,
            region: row.region,
            language: row.language,
            opened_at: row.opened_at.into(),
            first_answer_at: time(row.first_answer_at),
            escalated_at: time(row.escalated_at),
            solved_at: time(row.solved_at),
            solved_by: row.solved_by.as_deref().map(|w| word("cases.solved_by", w)).transpose()?,
            solution_by: row.solution_by.as_deref().map(|w| word("cases.solution_by", w)).transpose()?,
            outcome: row.outcome.as_deref().map(|w| word("cases.outcome", w)).transpose()?,
            reopened_at: time(row.reopened_at),
            closed_at: time(row.closed_at),
            clocks: Clocks { answer: time(row.answer_due), solution: time(row.solution_due), left_s: row.left_s },
            remind_at: time(row.remind_at),
            unanswered: row.unanswered,
            merged_into: row.merged_into.map(CaseId),
            before_merge: row.before_merge.as_deref().map(|w| word("cases.before_merge", w)).transpose()?,
            last_at: row.last_at.into(),
        };
        let content = Content {
            channel: word("cases.channel", &row.channel)?,
            subject: row.subject,
            announce_to: row.announce_to,
            announce_content: row.announce_content,
        };
        Ok(Self { case, content })
    }
}

fn columns(case: &Case) -> ActiveModel {
    use ActiveValue::{NotSet, Set};
    let time = |t: Option<DateTime<Utc>>| Set(t.map(At::from));
    ActiveModel {
        id: Set(case.id.0),
        version: Set(case.version),
        service: Set(case.service.0.clone()),
        queue: Set(case.queue.0.clone()),
        structure: Set(case.structure.as_ref().map(|s| s.0.clone())),
        state: Set(case.state.to_string()),
        level: Set(case.level.to_string()),
        assignee: Set(case.assignee.map(|u| u.0)),
        front: Set(case.front.map(|u| u.0)),
        person_id: Set(case.person.map(|p| p.0)),
        topic: Set(case.topic.as_ref().map(|t| t.0.clone())),
        kind: Set(case.kind.map(|k| k.to_string())),
        region: Set(case.region.clone()),
        language: Set(case.language.clone()),
        opened_at: Set(case.opened_at.into()),
        first_answer_at: time(case.first_answer_at),
        escalated_at: time(case.escalated_at),
        solved_at: time(case.solved_at),
        solved_by: Set(case.solved_by.map(|l| l.to_string())),
        solution_by: Set(case.solution_by.map(|l| l.to_string())),
        outcome: Set(case.outcome.map(|o| o.to_string())),
        reopened_at: time(case.reopened_at),
        closed_at: time(case.closed_at),
        answer_due: time(case.clocks.answer),
        solution_due: time(case.clocks.solution),
        left_s: Set(case.clocks.left_s),
        remind_at: time(case.remind_at),
        unanswered: Set(case.unanswered),
        merged_into: Set(case.merged_into.map(|c| c.0)),
        before_merge: Set(case.before_merge.map(|s| s.to_string())),
        last_at: Set(case.last_at.into()),
        due_at: Set(case.clocks.next().map_or(NEVER, At::from)),
        channel: NotSet,
        subject: NotSet,
        announce_to: NotSet,
        announce_content: NotSet,
        external: NotSet,
        extra: NotSet,
        emptied_at: Set(None),
    }
}

/// Stores a new case; its id is given here and returned.
pub async fn insert(tx: &Tx, case: &Case, content: &Content) -> Result<CaseId> {
    let mut row = columns(case);
    let id = tx.id(Counted::Case).await?;
    row.id = ActiveValue::Set(id);
    row.channel = ActiveValue::Set(content.channel.to_string());
    row.subject = ActiveValue::Set(content.subject.clone());
    row.announce_to = ActiveValue::Set(content.announce_to.clone());
    row.announce_content = ActiveValue::Set(content.announce_content);
    tx.later("cases", Entity::insert(row).into_query());
    Ok(CaseId(id))
}

/// Stores what moves have made of a case.
pub async fn update(tx: &Tx, case: &Case) -> Result<()> {
    Entity::update(columns(case)).validate().map_err(crate::Error::from)?.exec_without_returning(tx).await?;
    Ok(())
}

/// Something is being written in these cases: those that were emptied are so no more.
pub async fn write_in(tx: &Tx, ids: &[CaseId]) -> Result<()> {
    for some in ids.chunks(1_000) {
        Entity::update_many()
            .col_expr(Column::EmptiedAt, Expr::value(Option::<i64>::None))
            .filter(Column::Id.is_in(some.iter().map(|c| c.0)))
            .filter(Column::EmptiedAt.is_not_null())
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Stores another title.
pub async fn set_subject(tx: &Tx, id: CaseId, subject: Option<String>) -> Result<()> {
    Entity::update_many().col_expr(Column::Subject, Expr::value(subject)).filter(Column::Id.eq(id.0)).exec(tx).await?;
    Ok(())
}

/// Stores where and how news of the case is announced.
pub async fn set_announcement(tx: &Tx, id: CaseId, to: Option<String>, content: bool) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::AnnounceTo, Expr::value(to))
        .col_expr(Column::AnnounceContent, Expr::value(content))
        .filter(Column::Id.eq(id.0))
        .exec(tx)
        .await?;
    Ok(())
}

pub async fn load(connection: &impl ConnectionTrait, id: CaseId) -> Result<Option<Stored>> {
    Entity::find_by_id(id.0).one(connection).await?.map(Stored::try_from).transpose()
}

/// Loads a case that is about to change: nobody else changes it until the transaction ends.
pub async fn load_for_change(tx: &Tx, id: CaseId) -> Result<Option<Stored>> {
    Entity::find_by_id(id.0).lock_exclusive().one(tx).await?.map(Stored::try_from).transpose()
}

/// All cases of these persons, the latest first.
pub async fn of_persons(connection: &impl ConnectionTrait, persons: &[PersonId], limit: u64) -> Result<Vec<Stored>> {
    let rows = Entity::find()
        .filter(Column::PersonId.is_in(persons.iter().map(|p| p.0)))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    rows.into_iter().map(Stored::try_from).collect()
}

/// The ids of all cases of these persons, with what was merged into them and is nobody else's.
pub async fn ids_of_persons(connection: &impl ConnectionTrait, persons: &[PersonId]) -> Result<Vec<CaseId>> {
    let ids = || Entity::find().select_only().column(Column::Id);
    let of = || Column::PersonId.is_in(persons.iter().map(|p| p.0));
    let mut all: Vec<i64> = ids().filter(of()).into_tuple().all(connection).await?;
    let mut layer = all.clone();
    while !layer.is_empty() {
        let mut next = Vec::new();
        for some in layer.chunks(1_000) {
            let merged = ids().filter(Column::MergedInto.is_in(some.iter().copied()));
            let theirs = Condition::any().add(Column::PersonId.is_null()).add(of());
            next.extend(merged.filter(theirs).into_tuple::<i64>().all(connection).await?);
        }
        next.retain(|id| !all.contains(id));
        all.extend(&next);
        layer = next;
    }
    all.sort_unstable();
    Ok(all.into_iter().map(CaseId).collect())
}

/// Whose these cases are, who else wrote or rang in them, and who is told of them.
pub async fn persons_of(connection: &impl ConnectionTrait, cases: &[CaseId]) -> Result<Vec<PersonId>> {
    let of = || cases.iter().map(|c| c.0);
    let query = Entity::find().select_only().column(Column::PersonId).filter(Column::PersonId.is_not_null());
    let mut ids: Vec<i64> = query.filter(Column::Id.is_in(of())).into_tuple().all(connection).await?;
    let contacts = contact::Entity::find().select_only().column(contact::Column::PersonId).distinct();
    let contacts = contacts.filter(contact::Column::PersonId.is_not_null()).filter(contact::Column::CaseId.is_in(of()));
    ids.extend(contacts.into_tuple::<i64>().all(connection).await?);
    let told = Entity::find().select_only().column(Column::AnnounceTo).filter(Column::AnnounceTo.is_not_null());
    let addresses = address::Entity::find().select_only().column(address::Column::PersonId);
    let addresses =
        addresses.filter(address::Column::Value.in_subquery(told.filter(Column::Id.is_in(of())).into_query()));
    ids.extend(addresses.into_tuple::<i64>().all(connection).await?);
    Ok(ids.into_iter().map(PersonId).collect())
}

/// The cases whose news goes to this address, the latest first.
pub async fn announced_to(connection: &impl ConnectionTrait, address: &str, limit: u64) -> Result<Vec<Stored>> {
    let rows = Entity::find()
        .filter(Column::AnnounceTo.eq(address))
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    rows.into_iter().map(Stored::try_from).collect()
}

/// The latest of these cases, within a structure when one is named.
pub async fn latest(
    connection: &impl ConnectionTrait,
    ids: &[CaseId],
    scope: Option<&StructureId>,
    limit: u64,
) -> Result<Vec<Stored>> {
    let mut query = Entity::find().filter(Column::Id.is_in(ids.iter().map(|c| c.0))).order_by_desc(Column::Id);
    if let Some(scope) = scope {
        query = query.filter(Column::Structure.eq(scope.as_str()));
    }
    query.limit(limit).all(connection).await?.into_iter().map(Stored::try_from).collect()
}

/// The cases with these ids, in no order.
pub async fn with_ids(connection: &impl ConnectionTrait, ids: &[CaseId]) -> Result<Vec<Stored>> {
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|c| c.0))).all(connection).await?;
    rows.into_iter().map(Stored::try_from).collect()
}

/// Cases that were merged into this one, directly or through another.
pub async fn merged_into(connection: &impl ConnectionTrait, id: CaseId) -> Result<Vec<CaseId>> {
    let mut found: Vec<CaseId> = Vec::new();
    let mut layer = vec![id.0];
    while !layer.is_empty() {
        let rows: Vec<i64> = Entity::find()
            .select_only()
            .column(Column::Id)
            .filter(Column::MergedInto.is_in(layer))
            .into_tuple()
            .all(connection)
            .await?;
        layer = rows.into_iter().filter(|r| *r != id.0 && !found.contains(&CaseId(*r))).collect();
        found.extend(layer.iter().map(|c| CaseId(*c)));
    }
    Ok(found)
}

/// Cases whose reminder has come.
pub async fn with_reminder_due(
    connection: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<CaseId>> {
    let ids: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::RemindAt.lte(At::from(now)))
        .order_by_asc(Column::RemindAt)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().map(CaseId).collect())
}

/// Solved cases of a service that nobody has reopened since `before`.
pub async fn to_close(
    connection: &impl ConnectionTrait,
    service: &ServiceId,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<CaseId>> {
    let ids: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(
            Condition::all()
                // Written out, as in the index whose condition it is.
                .add(Expr::cust("state = 'solved'"))
                .add(Column::Service.eq(service.as_str()))
                .add(Column::SolvedAt.lt(At::from(before))),
        )
        .order_by_asc(Column::SolvedAt)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().map(CaseId).collect())
}

/// What is written out in the indexes of active cases.
const ACTIVE: &str = "state IN ('new', 'open', 'waiting')";

fn in_queue(queue: &QueueId) -> Condition {
    Condition::all().add(Expr::cust(ACTIVE)).add(Column::Queue.eq(queue.as_str()))
}

/// How many active cases a queue holds.
pub async fn count_in_queue(connection: &impl ConnectionTrait, queue: &QueueId) -> Result<u64> {
    use sea_orm::PaginatorTrait;
    Ok(Entity::find().filter(in_queue(queue)).count(connection).await?)
}

/// Some of the active cases that a queue holds, those due first before the others.
pub async fn in_queue_of(connection: &impl ConnectionTrait, queue: &QueueId, limit: u64) -> Result<Vec<CaseId>> {
    let ids: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(in_queue(queue))
        .order_by_asc(Column::DueAt)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().map(CaseId).collect())
}

/// Active cases of a level in none of these queues: what came in while a queue was taken away.
pub async fn in_none_of(
    connection: &impl ConnectionTrait,
    level: Level,
    queues: &[&QueueId],
    limit: u64,
) -> Result<Vec<CaseId>> {
    let ids: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Expr::cust(ACTIVE))
        .filter(Column::Level.eq(level.as_str()))
        .filter(Column::Queue.is_not_in(queues.iter().map(|queue| queue.as_str())))
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().map(CaseId).collect())
}

/// The channel of a case's first contact.
pub async fn channel(connection: &impl ConnectionTrait, id: CaseId) -> Result<Option<Channel>> {
    let query = Entity::find_by_id(id.0).select_only().column(Column::Channel);
    let found: Option<String> = query.into_tuple().one(connection).await?;
    found.map(|channel| word("cases.channel", &channel)).transpose()
}

/// What a listing of cases is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    pub service: Option<ServiceId>,
    pub state: Option<model::case::State>,
    pub scope: Option<StructureId>,
}

/// Cases in the order they were opened in, after the case `after`, at most `limit`.
pub async fn page(
    connection: &impl ConnectionTrait,
    narrow: &Narrow,
    after: Option<CaseId>,
    limit: u64,
) -> Result<Vec<Stored>> {
    let mut query =
        Entity::find().filter(Column::Id.gt(after.map_or(0, |c| c.0))).order_by_asc(Column::Id).limit(limit);
    if let Some(service) = &narrow.service {
        query = query.filter(Column::Service.eq(service.as_str()));
    }
    if let Some(state) = narrow.state {
        query = query.filter(Column::State.eq(state.as_str()));
    }
    if let Some(scope) = &narrow.scope {
        query = query.filter(Column::Structure.eq(scope.as_str()));
    }
    query.all(connection).await?.into_iter().map(Stored::try_from).collect()
}

/// Active cases that somebody has, what is due first coming first, at most `limit`.
pub async fn active_of(connection: &impl ConnectionTrait, assignee: UserId, limit: u64) -> Result<Vec<Stored>> {
    // Written out, as in the index whose condition it is.
    let rows = Entity::find()
        .filter(Expr::cust("state IN ('new', 'open', 'waiting')"))
        .filter(Column::Assignee.eq(assignee.0))
        .order_by_asc(Column::DueAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(connection)
        .await?;
    rows.into_iter().map(Stored::try_from).collect()
}

/// How many active cases somebody has.
pub async fn count_active_of(connection: &impl ConnectionTrait, assignee: UserId) -> Result<u64> {
    let query = Entity::find()
        .filter(Expr::cust("state IN ('new', 'open', 'waiting')"))
        .filter(Column::Assignee.eq(assignee.0));
    Ok(sea_orm::PaginatorTrait::count(query, connection).await?)
}

/// The active cases that somebody has, after `after` in the order of their ids.
pub async fn active_ids_of(
    connection: &impl ConnectionTrait,
    assignee: UserId,
    after: CaseId,
    limit: u64,
) -> Result<Vec<CaseId>> {
    let ids: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Expr::cust("state IN ('new', 'open', 'waiting')"))
        .filter(Column::Assignee.eq(assignee.0))
        .filter(Column::Id.gt(after.0))
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().map(CaseId).collect())
}

/// Who has active cases.
pub async fn assignees_of_active(connection: &impl ConnectionTrait) -> Result<std::collections::HashSet<UserId>> {
    let ids: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::Assignee)
        .distinct()
        .filter(Expr::cust("state IN ('new', 'open', 'waiting')"))
        .filter(Column::Assignee.is_not_null())
        .into_tuple()
        .all(connection)
        .await?;
    Ok(ids.into_iter().map(UserId).collect())
}
