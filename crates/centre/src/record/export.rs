//! Writing records out, page by page in one view of the database: what is written refers to nothing that is not.

use super::{Noun, service, structure, volume};
use crate::{Centre, Result};
use db::ConnectionTrait;
use db::bulk;
use model::record::{self, Kind, Record};

/// Rows that are read at once.
const ROWS: u64 = 1_000;

/// Some records of a kind, and from where to go on.
#[derive(Debug)]
pub struct Page {
    pub records: Vec<Record>,
    /// Nothing when there are no more.
    pub next: Option<Next>,
}

/// Where the next page of a kind begins.
#[derive(Debug, Clone)]
pub enum Next {
    After(i64),
    AfterVolume(db::volume::Key),
}

/// A page of the records of a kind, the first when `after` is nothing.
///
/// # Errors
/// Only those of the database.
pub async fn page(centre: &Centre, connection: &impl ConnectionTrait, kind: Kind, after: Option<Next>) -> Result<Page> {
    let tag = &centre.inner().installation;
    match kind {
        Kind::Service => {
            let all = db::service::with_records(connection).await?.into_iter();
            // A built-in service that nobody has touched is everywhere.
            Ok(whole(all.filter(|sent| !sent.built_in).map(|sent| Record::Service(service::record(sent)))))
        }
        Kind::Structure => {
            let all = db::structure::with_extra(connection).await?.into_iter();
            Ok(whole(all.map(|row| Record::Structure(structure::record(row)))))
        }
        Kind::Volume => volumes(connection, after).await,
        Kind::Person => rows::<record::Person>(tag, connection, after, Record::Person).await,
        Kind::Operator => rows::<record::Operator>(tag, connection, after, Record::Operator).await,
        Kind::Case => rows::<record::Case>(tag, connection, after, Record::Case).await,
        Kind::Contact => rows::<record::Contact>(tag, connection, after, Record::Contact).await,
        Kind::Message => rows::<record::Message>(tag, connection, after, Record::Message).await,
        Kind::Survey => rows::<record::Survey>(tag, connection, after, Record::Survey).await,
        Kind::Training => rows::<record::Training>(tag, connection, after, Record::Training).await,
        Kind::Media => rows::<record::Media>(tag, connection, after, Record::Media).await,
    }
}

fn whole(records: impl Iterator<Item = Record>) -> Page {
    Page { records: records.collect(), next: None }
}

async fn rows<N: Noun>(
    tag: &str,
    connection: &impl ConnectionTrait,
    after: Option<Next>,
    as_record: fn(N) -> Record,
) -> Result<Page> {
    let after = if let Some(Next::After(id)) = after { id } else { 0 };
    let rows = bulk::page::<N::Entity>(connection, after, ROWS).await?;
    let next = rows.last().map(|row| Next::After(<N::Entity as bulk::Sent>::id(row)));
    let rows = rows.into_iter().filter(<N::Entity as bulk::Sent>::is_written_out).collect();
    let records = N::records(tag, connection, rows).await?;
    Ok(Page { records: records.into_iter().map(as_record).collect(), next })
}

async fn volumes(connection: &impl ConnectionTrait, after: Option<Next>) -> Result<Page> {
    let after = if let Some(Next::AfterVolume(key)) = after { Some(key) } else { None };
    let rows = db::volume::page(connection, after.as_ref(), ROWS).await?;
    let next = rows.last().map(|r| Next::AfterVolume((r.structure.clone(), r.month.clone(), r.channel.clone())));
    let records = rows.into_iter().map(|row| Ok(Record::Volume(volume::record(row)?))).collect::<Result<_>>()?;
    Ok(Page { records, next })
}
