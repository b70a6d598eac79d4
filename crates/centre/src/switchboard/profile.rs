//! What somebody serves and can do, as routing weighs it.

use crate::{Catalogue, routing, staff};
use model::user::{SkillLevel, Staff};
use model::{QueueId, ServiceId, TopicId};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody's profile. Whoever is put to no queue serves all of those that their roles serve; a skill is of the topic or
/// service of its name, and a language somebody speaks is spoken well.
pub(super) fn of(one: &Staff, catalogue: &Catalogue) -> routing::Profile {
    let all = catalogue.services.iter().flat_map(|service| &service.queues);
    let served = all.filter(|queue| staff::serves(one, &queue.id, queue.level));
    let queues: BTreeSet<QueueId> = served.map(|queue| queue.id.clone()).collect();
    let skilled = |skill: &model::user::Skill| (skill.name.clone(), skill.level.unwrap_or(SkillLevel::Good));
    let skills: Vec<(String, SkillLevel)> = one.skills.iter().map(skilled).collect();
    let topics: BTreeMap<TopicId, SkillLevel> =
        skills.iter().map(|(name, level)| (TopicId::new(name.clone()), *level)).collect();
    let services: BTreeMap<ServiceId, SkillLevel> =
        skills.iter().map(|(name, level)| (ServiceId::new(name.clone()), *level)).collect();
    // Whoever has said nothing speaks the language of their pages.
    let spoken = if one.languages.is_empty() { vec![one.language.clone()] } else { one.languages.clone() };
    let languages = spoken.into_iter().map(|code| (code, SkillLevel::Good)).collect();
    routing::Profile { queues, topics, services, languages, ..routing::Profile::default() }
}
