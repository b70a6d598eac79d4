//! A citizen who has been in touch: known by name or not, reached by addresses, one person however many records.

use crate::PersonId;

/// A person as the desk shows them. Erased persons have no name and no addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: Option<String>,
    pub language: Option<String>,
    pub region: Option<String>,
    /// Set when this record was merged into another person's; undone by clearing it.
    pub merged_into: Option<PersonId>,
}
