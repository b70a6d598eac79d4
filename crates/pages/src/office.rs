//! What the pages of those who work here are made of, at the desk and in the administration alike: where they sit, what
//! went wrong, the fields of a form, what was just done.

pub(crate) mod address;
pub mod fault;
pub mod field;
pub mod flash;
pub mod seat;
