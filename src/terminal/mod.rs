//! The only code that prints.

pub mod output;
pub mod progress;
