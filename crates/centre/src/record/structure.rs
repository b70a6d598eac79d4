//! Structures of the Network.

use super::Taken;
use crate::{Result, Work};
use model::StructureId;
use model::event::Subject;
use model::record::{Extra, Id, Refused, Structure};
use std::collections::HashMap;

pub(super) fn record((structure, extra): (model::structure::Structure, Option<String>)) -> Structure {
    let mut extra = Extra::of_stored(extra.as_deref());
    Structure {
        id: Id(structure.id.0),
        name: structure.name,
        kind: structure.kind,
        ipa_code: structure.ipa_code,
        region: structure.region,
        administration: structure.administration,
        contacts: extra.take_raw("contacts"),
        extra,
    }
}

pub(super) async fn take(
    work: &Work<'_>,
    lines: Vec<(u64, Structure)>,
    replace: bool,
    taken: &mut Taken,
) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let rows = db::structure::with_extra(work.tx).await?;
    let mut known: HashMap<Id, Structure> = rows.into_iter().map(record).map(|s| (s.id.clone(), s)).collect();
    let mut changed = 0u64;
    for (place, structure) in lines {
        match known.get(&structure.id) {
            Some(there) if *there == structure => {
                taken.same += 1;
                continue;
            }
            Some(_) if !replace => {
                taken.refuse(place, Refused::Taken { key: "id", id: structure.id.0 });
                continue;
            }
            Some(_) => taken.replaced += 1,
            None => taken.new += 1,
        }
        changed += 1;
        keep(work, structure.clone()).await?;
        known.insert(structure.id.clone(), structure);
    }
    if changed > 0 {
        let data = serde_json::json!({ "count": changed });
        db::event::append(work.tx, work.by.actor(), work.now, Subject::Structure, "*", "changed", data);
    }
    Ok(())
}

async fn keep(work: &Work<'_>, structure: Structure) -> Result<()> {
    let Structure { id, name, kind, ipa_code, region, administration, contacts, mut extra } = structure;
    if let Some(contacts) = contacts {
        extra.put("contacts", &contacts.0);
    }
    let id = StructureId(id.0);
    let kept = model::structure::Structure { id: id.clone(), name, kind, ipa_code, region, administration };
    db::structure::save(work.tx, &kept).await?;
    Ok(db::structure::set_extra(work.tx, &id, extra.stored()).await?)
}
