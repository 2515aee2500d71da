//! rescind: review and withdraw your own stale connection requests.

pub mod config;
pub mod domain;
