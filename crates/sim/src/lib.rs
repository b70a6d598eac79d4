//! Citizens that are not there: a load generator that speaks real protocols to real ports, and what it measures.

pub mod figure;
pub mod http;
pub mod postgres;
pub mod server;
pub mod telephone;
pub mod year;
