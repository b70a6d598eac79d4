//! Volumes of the Network's structures: known by structure, month and channel.

use super::Taken;
use super::refs::{Refs, To};
use crate::{Result, Work};
use db::bulk;
use db::volume::{Entity, Key, Model};
use model::record::{Extra, Id, Month, Refused, Volume};
use std::collections::HashMap;

fn key(volume: &Volume) -> Key {
    (volume.structure.0.clone(), volume.month.0.clone(), volume.channel.to_string())
}

pub(super) fn record(row: Model) -> Result<Volume> {
    Ok(Volume {
        structure: Id(row.structure),
        month: Month(row.month),
        channel: db::word("volume.channel", &row.channel)?,
        contacts: row.contacts,
        with_operator: row.with_operator,
        extra: Extra::of_stored(row.extra.as_deref()),
    })
}

fn row(volume: Volume) -> Model {
    let (structure, month, channel) = key(&volume);
    let Volume { contacts, with_operator, extra, .. } = volume;
    Model { structure, month, channel, contacts, with_operator, extra: extra.stored() }
}

pub(super) async fn take(work: &Work<'_>, lines: Vec<(u64, Volume)>, replace: bool, taken: &mut Taken) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    fn refers(volume: &Volume) -> Vec<(&'static str, To, &Id)> {
        vec![("structure", To::Structure, &volume.structure)]
    }
    let refs = Refs::of(work, lines.iter().flat_map(|(_, volume)| refers(volume))).await?;
    let keys: Vec<Key> = lines.iter().map(|(_, volume)| key(volume)).collect();
    /// Where a volume comes from: the database, or a line before.
    #[derive(PartialEq)]
    enum Is {
        There,
        Changed,
        Fresh,
    }
    let mut all: HashMap<Key, (Volume, Is)> = HashMap::new();
    for row in db::volume::known(work.tx, &keys).await? {
        let volume = record(row)?;
        all.insert(key(&volume), (volume, Is::There));
    }
    for (place, volume) in lines {
        if let Some(refused) = refs.missing(refers(&volume)) {
            taken.refuse(place, refused);
            continue;
        }
        match all.get_mut(&key(&volume)) {
            None => {
                taken.new += 1;
                all.insert(key(&volume), (volume, Is::Fresh));
            }
            Some((there, _)) if *there == volume => taken.same += 1,
            Some((there, is)) if replace => {
                taken.replaced += 1;
                *there = volume;
                if *is == Is::There {
                    *is = Is::Changed;
                }
            }
            Some(_) => {
                let id = format!("{} {} {}", volume.structure.0, volume.month.0, volume.channel);
                taken.refuse(place, Refused::Taken { key: "volume", id });
            }
        }
    }
    let mut fresh = Vec::new();
    for (volume, is) in all.into_values() {
        match is {
            Is::There => {}
            Is::Changed => bulk::replace::<Entity>(work.tx, bulk::whole::<Entity>(row(volume))).await?,
            Is::Fresh => fresh.push(bulk::whole::<Entity>(row(volume))),
        }
    }
    Ok(bulk::insert::<Entity>(work.tx, fresh).await?)
}
