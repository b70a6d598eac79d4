//! The parts of a definition that are changed each by itself, so that two administrators hinder one another only where
//! they change the same.

use super::Service;
use crate::word::words;

words!(
    /// A part of a service's definition.
    Part {
        /// Name, whether it takes contacts, languages, texts.
        General = "general",
        EntryPoints = "entry-points",
        Calendar = "calendar",
        /// What it promises.
        Levels = "levels",
        Queues = "queues",
        /// Menus, prompts, recording and what is offered instead of waiting.
        Telephone = "telephone",
    }
);

impl Part {
    /// The keys of the definition that belong to it.
    #[must_use]
    pub const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::General => &["name", "active", "special", "languages", "summary", "texts"],
            Self::EntryPoints => &["entry_points"],
            Self::Calendar => &["calendar"],
            Self::Levels => &["promises", "levels"],
            Self::Queues => &["queues"],
            Self::Telephone => &["telephone"],
        }
    }

    /// Whether a change of it changes what citizens are promised, or when they find somebody.
    #[must_use]
    pub const fn touches_promises(self) -> bool {
        matches!(self, Self::Calendar | Self::Levels)
    }
}

impl Service {
    /// The definition with this part of another.
    #[must_use]
    pub fn with(mut self, part: Part, other: &Self) -> Self {
        match part {
            Part::General => {
                self.name.clone_from(&other.name);
                (self.active, self.special) = (other.active, other.special);
                self.languages.clone_from(&other.languages);
                self.summary.clone_from(&other.summary);
                self.texts.clone_from(&other.texts);
            }
            Part::EntryPoints => self.entry_points.clone_from(&other.entry_points),
            Part::Calendar => self.calendar.clone_from(&other.calendar),
            Part::Levels => {
                self.promises = other.promises;
                self.levels.clone_from(&other.levels);
            }
            Part::Queues => self.queues.clone_from(&other.queues),
            Part::Telephone => self.telephone.clone_from(&other.telephone),
        }
        self
    }
}
