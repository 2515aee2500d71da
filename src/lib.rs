//! rescind: review and withdraw your own stale connection requests.

pub mod domain;
pub mod report;
