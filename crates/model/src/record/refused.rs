//! Why a line is refused, in words for whoever brought the file. What a person wrote is never repeated.

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("not JSON: {0}")]
    NotJson(String),
    #[error("not a JSON object")]
    NotAnObject,
    #[error("unknown type {0:?}")]
    UnknownType(String),
    #[error("{0} is missing")]
    Missing(&'static str),
    #[error("{key} is not {wanted}")]
    Mistyped { key: &'static str, wanted: &'static str },
    #[error("{key} is {found:?}, which is none of: {list}")]
    NotInTheList { key: &'static str, found: String, list: String },
    #[error("{later} is before {earlier}")]
    OutOfOrder { earlier: &'static str, later: &'static str },
    #[error("{key} is longer than {max} bytes")]
    TooLong { key: &'static str, max: usize },
    #[error("with_operator is above contacts")]
    MoreThanContacts,
    #[error("{key} refers to {id:?}, which is neither in the files nor in the database")]
    NoSuch { key: &'static str, id: String },
    #[error("{key} {id:?} is there already with other contents")]
    Taken { key: &'static str, id: String },
}
