//! rescind: review and withdraw your own stale connection requests.

pub mod browser;
pub mod domain;
pub mod folders;
pub mod journal;
pub mod lock;
