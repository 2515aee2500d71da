//! The only code that prints or asks.

pub mod ask;
pub mod open;
pub mod output;
pub mod progress;
