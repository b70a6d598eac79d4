//! A template of a reply: named, in one language, for one service or for all, with places that the case fills in.

use crate::{ServiceId, TemplateId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyTemplate {
    pub id: TemplateId,
    /// Counts its changes.
    pub version: i64,
    pub name: String,
    /// Whose it is; everybody's when there is none.
    pub service: Option<ServiceId>,
    pub language: String,
    pub text: String,
}

/// What a template may name, as it is written between the braces. The explanation for people is the message
/// `template-place-{word}`, with the dot written as a dash.
pub const PLACES: &[&str] = &[
    "case.number",
    "case.subject",
    "case.url",
    "case.opened",
    "citizen.name",
    "operator.name",
    "service.name",
    "service.hours",
    "service.phone",
    "today",
];
