//! The staff: roles as contract and desk know them, the scope of a structure's own people, what they are good at.

use crate::word::words;
use crate::{QueueId, StructureId, UserId};

/// Fewest characters of a password; there is no other rule (NIST SP 800-63B, 5.1.1.2, advises against composition rules).
pub const PASSWORD_MIN: usize = 12;
/// Most characters of a password: argon2 reads all of them, so their number is bounded.
pub const PASSWORD_MAX: usize = 256;

words!(
    /// What somebody is employed to do. One person may hold several.
    Role {
        Front = "front",
        Back = "back",
        Supervisor = "supervisor",
        Editor = "editor",
        Trainer = "trainer",
        Admin = "admin",
    }
);

/// A set of roles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roles(Vec<Role>);

impl Roles {
    #[must_use]
    pub fn new(roles: impl IntoIterator<Item = Role>) -> Self {
        let mut roles: Vec<_> = roles.into_iter().collect();
        roles.sort_unstable();
        roles.dedup();
        Self(roles)
    }

    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    #[must_use]
    pub fn any_of(&self, roles: &[Role]) -> bool {
        roles.iter().any(|r| self.has(*r))
    }

    pub fn iter(&self) -> impl Iterator<Item = Role> + '_ {
        self.0.iter().copied()
    }
}

/// The stored form: `front,supervisor`.
impl std::fmt::Display for Roles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<_> = self.iter().map(Role::as_str).collect();
        f.write_str(&words.join(","))
    }
}

impl std::str::FromStr for Roles {
    type Err = crate::problem::UnknownWord;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split(',')
            .map(str::trim)
            .filter(|w| !w.is_empty())
            .map(str::parse)
            .collect::<Result<Vec<_>, _>>()
            .map(Self::new)
    }
}

/// A member of the staff as every use case needs to know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    pub id: UserId,
    /// The name signed in with.
    pub login: String,
    /// The name that colleagues and citizens see.
    pub name: String,
    pub roles: Roles,
    /// Set for a structure's own staff: they see that structure's cases and nothing else.
    pub scope: Option<StructureId>,
    /// The queues they serve: their team.
    pub queues: Vec<QueueId>,
    /// Language of the pages (`it`, `en`).
    pub language: String,
    /// Languages they speak with citizens, as codes (`it`, `ar`).
    pub languages: Vec<String>,
    pub skills: Vec<Skill>,
}

words!(
    /// How well somebody can do something. Who is taken first for a contact goes by it.
    SkillLevel {
        Basic = "basic",
        Good = "good",
        Expert = "expert",
    }
);

/// Something that somebody can do, as their administration calls it: `bonus`, `sign language`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Skill {
    pub name: String,
    /// Nobody has said how well, where another system sent it without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<SkillLevel>,
}

/// Longest name of a skill, in characters.
pub const SKILL_MAX: usize = 60;
/// Most skills and most languages of one person.
pub const SKILLS_MAX: usize = 30;

words!(
    /// Whether and how somebody comes in.
    Standing {
        /// With a password.
        Able = "able",
        /// An invitation is open.
        Invited = "invited",
        /// Neither password nor invitation: tokens work, signing in does not.
        Outside = "outside",
        /// May no longer sign in, or was brought in from another system and never let in.
        Disabled = "disabled",
    }
);

impl Staff {
    /// First name alone, for thin lines and chips.
    #[must_use]
    pub fn short_name(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or(&self.name)
    }
}
