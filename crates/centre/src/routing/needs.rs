//! What a piece asks of whoever takes it.

use model::user::SkillLevel;
use model::{ServiceId, TopicId};

/// Something somebody should be able to do, and the least level at which they have to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Demand<T> {
    pub of: T,
    /// None once the demand has fallen: those who can do it are still preferred.
    pub least: Option<SkillLevel>,
}

impl<T> Demand<T> {
    #[must_use]
    pub const fn new(of: T, least: SkillLevel) -> Self {
        Self { of, least: Some(least) }
    }
}

/// What a piece asks for; what is None is asked of nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Needs {
    /// The topic and those above it, in any order. Somebody's level is the highest they have in one of them: who is good
    /// at taxes is good at each of the taxes.
    pub topic: Option<Demand<Vec<TopicId>>>,
    pub service: Option<Demand<ServiceId>>,
    /// The language as a code (`it`, `ar`).
    pub language: Option<Demand<String>>,
}
