//! What somebody serves and can do, as routing weighs it.

use crate::{Catalogue, routing};
use model::case::Level;
use model::user::{Role, SkillLevel, Staff};
use model::{QueueId, ServiceId, TopicId};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody's profile. Whoever is put to no queue serves all of those that their roles serve; a skill is of the topic or
/// service of its name, and a language somebody speaks is spoken well.
pub(super) fn of(staff: &Staff, catalogue: &Catalogue) -> routing::Profile {
    let levels = [(Level::Front, Role::Front), (Level::Back, Role::Back)];
    let of_roles = || levels.into_iter().filter(|(_, role)| staff.roles.has(*role)).map(|(level, _)| level);
    let all = || of_roles().flat_map(|level| catalogue.queues(level)).map(|(_, queue)| queue.id.clone());
    let queues: BTreeSet<QueueId> =
        if staff.queues.is_empty() { all().collect() } else { staff.queues.iter().cloned().collect() };
    let skilled = |skill: &model::user::Skill| (skill.name.clone(), skill.level.unwrap_or(SkillLevel::Good));
    let skills: Vec<(String, SkillLevel)> = staff.skills.iter().map(skilled).collect();
    let topics: BTreeMap<TopicId, SkillLevel> =
        skills.iter().map(|(name, level)| (TopicId::new(name.clone()), *level)).collect();
    let services: BTreeMap<ServiceId, SkillLevel> =
        skills.iter().map(|(name, level)| (ServiceId::new(name.clone()), *level)).collect();
    // Whoever has said nothing speaks the language of their pages.
    let spoken = if staff.languages.is_empty() { vec![staff.language.clone()] } else { staff.languages.clone() };
    let languages = spoken.into_iter().map(|code| (code, SkillLevel::Good)).collect();
    routing::Profile { queues, topics, services, languages, ..routing::Profile::default() }
}
