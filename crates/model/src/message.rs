//! A message on a case's timeline beside its contacts: a reply, an internal note, a citizen's further word.

use crate::word::words;

words!(
    /// Who wrote a message.
    Author { Citizen = "citizen", Operator = "operator", System = "system" }
);
