//! rescind: review and withdraw your own stale connection requests.
//!
//! It **reads** the Sent tab into values ([`browser`]), **decides** with pure rules ([`domain`])
//! and shows a **report** ([`report`]). [`commands`] is the only place where these meet.

pub mod domain;

pub mod archive;
pub mod config;
pub mod folders;
pub mod journal;
pub mod lock;
pub mod traces;

pub mod browser;
pub mod mock_site;
pub mod report;
pub mod terminal;

pub mod cli;
pub mod commands;
pub mod exit;
