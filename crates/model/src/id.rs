//! Ids are types, so that a case is never assigned to a person by mistake.

/// An id that the database hands out.
macro_rules! number_id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

/// An id that an administration chooses: a short word such as `linea-amica`.
macro_rules! word_id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            #[must_use]
            pub fn new(word: impl Into<String>) -> Self { Self(word.into()) }
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

number_id!(
    AlarmId,
    AttachmentId,
    /// A case; its public number is made of this and of the year it was opened in.
    CaseId,
    /// A closing of a queue by hand.
    ClosingId,
    ContactId,
    InvitationId,
    JobId,
    MessageId,
    OutboxId,
    /// A citizen, known or not by name.
    PersonId,
    RecordingId,
    /// A template of a reply.
    TemplateId,
    /// What an alarm is raised over.
    ThresholdId,
    TokenId,
    /// A member of the staff: operator, supervisor, editor, administrator.
    UserId,
);

word_id!(
    QueueId,
    ServiceId,
    /// A sound that was uploaded.
    SoundId,
    StructureId,
    /// A subject of the taxonomy; records may name topics that nobody has declared.
    TopicId,
    TrunkId,
);
