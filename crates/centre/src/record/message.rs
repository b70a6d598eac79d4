//! Messages: replies, notes, further words.

use super::refs::{Refs, To};
use super::{Noun, Row, case};
use crate::{Result, Work};
use db::bulk;
use db::search::Source;
use db::{ConnectionTrait, Counted};
use model::record::{Extra, Id, Message};
use model::{CaseId, MessageId};

impl Noun for Message {
    type Entity = db::message::Entity;

    fn id(&self) -> &Id {
        &self.id
    }

    fn was_emptied(&self, row: &Row<Self>) -> bool {
        row.text.is_none()
    }

    fn refers(&self) -> Vec<(&'static str, To, &Id)> {
        let operator = self.operator.iter().map(|id| ("operator", To::Operator, id));
        std::iter::once(("case", To::Case, &self.case)).chain(operator).collect()
    }

    async fn records(tag: &str, connection: &impl ConnectionTrait, rows: Vec<Row<Self>>) -> Result<Vec<Self>> {
        let cases = rows.iter().map(|row| row.case_id);
        let names = case::names(tag, connection, cases, rows.iter().filter_map(|row| row.operator)).await?;
        let mut records = Vec::with_capacity(rows.len());
        for row in rows {
            let mut extra = Extra::of_stored(row.extra.as_deref());
            let id = super::name(tag, row.external.as_deref(), row.id);
            let (operator, case) = (names.operator(row.operator), names.case(Some(row.case_id)));
            let message = db::message::Message::try_from(row)?;
            let said = extra.take("internal");
            records.push(Self {
                id,
                case: case.unwrap_or_else(|| super::name(tag, None, message.case.0)),
                at: message.at,
                author: message.author,
                channel: message.channel,
                text: message.text.unwrap_or_default(),
                operator,
                internal: if message.internal { Some(true) } else { said },
                extra,
            });
        }
        Ok(records)
    }

    async fn insert(work: &Work<'_>, refs: &Refs, fresh: Vec<Self>) -> Result<()> {
        let ids = work.tx.block(Counted::Message, fresh.len()).await?;
        let (mut rows, mut texts) = (Vec::new(), Vec::new());
        let cases: Vec<CaseId> = fresh.iter().filter_map(|message| refs.case(Some(&message.case))).collect();
        db::case::write_in(work.tx, &cases).await?;
        for (id, message) in ids.into_iter().zip(fresh) {
            texts.push((Source::Message(MessageId(id)), message.text.clone()));
            rows.extend(row(refs, id, message).map(bulk::whole::<Self::Entity>));
        }
        bulk::insert::<Self::Entity>(work.tx, rows).await?;
        db::search::insert(work.tx, &texts);
        Ok(())
    }

    async fn replace(work: &Work<'_>, refs: &Refs, old: Row<Self>, record: Self) -> Result<()> {
        db::search::replace(work.tx, &[(Source::Message(MessageId(old.id)), record.text.clone())]).await?;
        let Some(new) = row(refs, old.id, record) else { return Ok(()) };
        db::case::write_in(work.tx, &[CaseId(new.case_id)]).await?;
        let new = db::message::Model { external: old.external, ..new };
        Ok(bulk::replace::<Self::Entity>(work.tx, bulk::whole::<Self::Entity>(new)).await?)
    }
}

fn row(refs: &Refs, id: i64, message: Message) -> Option<Row<Message>> {
    let Message { id: external, case, at, author, channel, text, operator, internal, mut extra } = message;
    // That it is not internal goes without saying; who said it all the same finds it said again.
    if internal == Some(false) {
        extra.put("internal", &false);
    }
    Some(db::message::Model {
        id,
        case_id: refs.case(Some(&case))?.0,
        at: at.into(),
        author: author.to_string(),
        channel: channel.to_string(),
        text: Some(text),
        operator: refs.operator(operator.as_ref()).map(|user| user.0),
        internal: internal.unwrap_or_default(),
        external: Some(external.0),
        extra: extra.stored(),
    })
}
