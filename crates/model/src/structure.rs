//! A structure of the Network: a contact centre or public-relations office (URP) that works with the centre.

use crate::StructureId;
use crate::word::words;
use serde::{Deserialize, Serialize};

words!(
    StructureKind { ContactCentre = "contact-centre", Urp = "urp", Other = "other" }
);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Structure {
    pub id: StructureId,
    pub name: String,
    pub kind: StructureKind,
    /// Code in the Index of Public Administrations (IPA), where the body has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipa_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub administration: Option<String>,
}
