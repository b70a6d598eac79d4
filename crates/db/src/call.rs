//! Calls: what a contact does not say of a call, and, while it goes on, where it stands.

use crate::at::At;
use crate::error::word;
use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::call::{Beside, CallState, EndCause, Overseer, Trouble, Whom};
use model::{ContactId, QueueId, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QueryOrder, QueryTrait, Statement};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "call")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact: i64,
    pub queue: Option<String>,
    /// How long it was on hold, in seconds.
    pub held_s: i64,
    /// How long it was written up, in seconds.
    pub wrap_up_s: Option<i64>,
    /// The code that it was written up with.
    pub code: Option<String>,
    pub cause: Option<String>,
    /// The process that carries it, while it goes on.
    pub node: Option<String>,
    /// None when it is over and written up.
    pub state: Option<String>,
    /// Since when it stands there.
    pub since: Option<At>,
    pub operator: Option<i64>,
    /// When an offer or the writing up ends by itself.
    pub until: Option<At>,
    pub recording: bool,
    pub muted: bool,
    /// Who else speaks, or is spoken with while the caller waits, and how they stand to it.
    pub beside: Option<String>,
    pub beside_state: Option<String>,
    /// Why the last wish to hand it on came to nothing.
    pub trouble: Option<String>,
    pub overseer: Option<i64>,
    pub oversight: Option<String>,
    /// What the caller gave the talk, from 1 to 5.
    pub mark: Option<i64>,
    /// How often somebody who is to be called back was called in vain; None for everybody else.
    pub tries: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// A call as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub contact: ContactId,
    pub queue: Option<QueueId>,
    pub held_s: i64,
    pub wrap_up_s: Option<i64>,
    pub code: Option<String>,
    pub cause: Option<EndCause>,
    pub node: Option<String>,
    pub state: Option<CallState>,
    pub since: Option<DateTime<Utc>>,
    pub operator: Option<UserId>,
    pub until: Option<DateTime<Utc>>,
    pub recording: bool,
    pub muted: bool,
    pub beside: Option<Beside>,
    pub trouble: Option<Trouble>,
    pub overseer: Option<Overseer>,
    pub mark: Option<u8>,
    pub tries: Option<u32>,
}

impl Call {
    /// A call that begins on this process.
    #[must_use]
    pub fn begun(contact: ContactId, node: &str, state: CallState, at: DateTime<Utc>) -> Self {
        Self {
            contact,
            queue: None,
            held_s: 0,
            wrap_up_s: None,
            code: None,
            cause: None,
            node: Some(node.to_owned()),
            state: Some(state),
            since: Some(at),
            operator: None,
            until: None,
            recording: false,
            muted: false,
            beside: None,
            trouble: None,
            overseer: None,
            mark: None,
            tries: None,
        }
    }

    /// Comes to stand elsewhere.
    pub fn stand(&mut self, state: CallState, at: DateTime<Utc>) {
        if let (Some(CallState::Held), Some(since)) = (self.state, self.since) {
            self.held_s += (at - since).num_seconds().max(0);
        }
        self.state = Some(state);
        self.since = Some(at);
        self.until = None;
    }

    /// Nobody speaks on it any more, whether it goes on or not.
    pub fn talk_ends(&mut self) {
        (self.recording, self.muted) = (false, false);
        (self.beside, self.trouble, self.overseer) = (None, None, None);
    }

    /// Goes on no longer: what remains is what it was.
    pub fn be_over(&mut self) {
        (self.state, self.since, self.node, self.until) = (None, None, None, None);
        self.talk_ends();
    }
}

impl TryFrom<Model> for Call {
    type Error = crate::Error;

    fn try_from(row: Model) -> Result<Self> {
        Ok(Self {
            contact: ContactId(row.contact),
            queue: row.queue.map(QueueId),
            held_s: row.held_s,
            wrap_up_s: row.wrap_up_s,
            code: row.code,
            cause: row.cause.as_deref().map(|w| word("call.cause", w)).transpose()?,
            node: row.node,
            state: row.state.as_deref().map(|w| word("call.state", w)).transpose()?,
            since: row.since.map(Into::into),
            operator: row.operator.map(UserId),
            until: row.until.map(Into::into),
            recording: row.recording,
            muted: row.muted,
            beside: match row.beside.zip(row.beside_state) {
                Some((whom, state)) => {
                    let whom = word("call.beside", &whom)?;
                    Some(Beside { whom, state: word("call.beside_state", &state)? })
                }
                None => None,
            },
            trouble: row.trouble.as_deref().map(|w| word("call.trouble", w)).transpose()?,
            tries: row.tries.and_then(|tries| u32::try_from(tries).ok()),
            mark: row.mark.and_then(|mark| u8::try_from(mark).ok()),
            overseer: match row.overseer.zip(row.oversight) {
                Some((who, how)) => Some(Overseer { who: UserId(who), how: word("call.oversight", &how)? }),
                None => None,
            },
        })
    }
}

fn columns(call: &Call) -> ActiveModel {
    ActiveModel {
        contact: Set(call.contact.0),
        queue: Set(call.queue.as_ref().map(|q| q.0.clone())),
        held_s: Set(call.held_s),
        wrap_up_s: Set(call.wrap_up_s),
        code: Set(call.code.clone()),
        cause: Set(call.cause.map(|c| c.to_string())),
        node: Set(call.node.clone()),
        state: Set(call.state.map(|s| s.to_string())),
        since: Set(call.since.map(Into::into)),
        operator: Set(call.operator.map(|o| o.0)),
        until: Set(call.until.map(Into::into)),
        recording: Set(call.recording),
        muted: Set(call.muted),
        beside: Set(call.beside.as_ref().map(|beside| beside.whom.to_string())),
        beside_state: Set(call.beside.as_ref().map(|beside| beside.state.to_string())),
        trouble: Set(call.trouble.map(|trouble| trouble.to_string())),
        overseer: Set(call.overseer.map(|overseer| overseer.who.0)),
        mark: Set(call.mark.map(i64::from)),
        tries: Set(call.tries.map(i64::from)),
        oversight: Set(call.overseer.map(|overseer| overseer.how.to_string())),
    }
}

/// Stores a call that begins.
pub fn insert(tx: &Tx, call: &Call) {
    tx.later("call", Entity::insert(columns(call)).into_query());
}

/// Stores what has become of it.
pub async fn update(tx: &Tx, call: &Call) -> Result<()> {
    let mut row = columns(call);
    row.contact = sea_orm::ActiveValue::Unchanged(call.contact.0);
    Entity::update(row).validate().map_err(crate::Error::from)?.exec_without_returning(tx).await?;
    Ok(())
}

/// A call, of whatever day.
pub async fn load(connection: &impl ConnectionTrait, contact: ContactId) -> Result<Option<Call>> {
    Entity::find_by_id(contact.0).one(connection).await?.map(Call::try_from).transpose()
}

/// The calls of these contacts.
pub async fn of_contacts(connection: &impl ConnectionTrait, contacts: &[ContactId]) -> Result<Vec<Call>> {
    let rows = Entity::find().filter(Column::Contact.is_in(contacts.iter().map(|c| c.0))).all(connection).await?;
    rows.into_iter().map(Call::try_from).collect()
}

/// Every call that goes on, in the order in which they came.
pub async fn live(connection: &impl ConnectionTrait) -> Result<Vec<Call>> {
    let rows = Entity::find().filter(Expr::cust("state IS NOT NULL")).order_by_asc(Column::Contact).all(connection);
    rows.await?.into_iter().map(Call::try_from).collect()
}

/// What somebody is at on the telephone: the call they speak on or write up, or that rings at theirs.
pub async fn of_operator(connection: &impl ConnectionTrait, operator: UserId) -> Result<Vec<Call>> {
    let rows = Entity::find()
        .filter(Expr::cust("state IS NOT NULL"))
        .filter(Column::Operator.eq(operator.0))
        .order_by_asc(Column::Contact)
        .all(connection);
    rows.await?.into_iter().map(Call::try_from).collect()
}

/// The talks of others that somebody is asked about, or takes part in.
pub async fn beside(connection: &impl ConnectionTrait, operator: UserId) -> Result<Vec<Call>> {
    let whom = Whom::Operator(operator).to_string();
    let rows = Entity::find()
        .filter(Expr::cust("state IS NOT NULL"))
        .filter(Condition::any().add(Column::Beside.eq(whom)).add(Column::Overseer.eq(operator.0)))
        .order_by_asc(Column::Contact)
        .all(connection);
    rows.await?.into_iter().map(Call::try_from).collect()
}

/// Calls that came in since a moment and entered a queue, those alike together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    pub queue: QueueId,
    /// Whole seconds from the queue to the answer; None for those without one.
    pub answered_after_s: Option<i64>,
    /// Whoever called hung up before the answer.
    pub abandoned: bool,
    /// It goes on: one without an answer waits.
    pub goes_on: bool,
    pub count: i64,
}

/// What entered the queues since then.
pub async fn entered_since(connection: &impl ConnectionTrait, since: DateTime<Utc>) -> Result<Vec<Entered>> {
    let sql = format!(
        "SELECT k.queue AS queue, (c.answered_at - c.queued_at) / 1000000 AS after_s, \
         CASE WHEN c.outcome = 'abandoned' THEN 1 ELSE 0 END AS abandoned, \
         CASE WHEN c.ended_at IS NULL THEN 1 ELSE 0 END AS goes_on, COUNT(*) AS count \
         FROM contact c JOIN call k ON k.contact = c.id \
         WHERE {} AND c.channel = 'phone' AND c.direction = 'inbound' AND c.queued_at IS NOT NULL AND k.queue IS NOT NULL \
         GROUP BY 1, 2, 3, 4",
        crate::report::contact_began_since(since)
    );
    let rows = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql)).await?;
    let read = |row: &sea_orm::QueryResult| {
        let flag = |name: &str| Ok::<_, sea_orm::DbErr>(row.try_get::<i32>("", name)? != 0);
        Ok(Entered {
            queue: QueueId(row.try_get("", "queue")?),
            answered_after_s: row.try_get("", "after_s")?,
            abandoned: flag("abandoned")?,
            goes_on: flag("goes_on")?,
            count: row.try_get("", "count")?,
        })
    };
    rows.iter().map(read).collect()
}
