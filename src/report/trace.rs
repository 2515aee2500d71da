//! Traces for people: a list of those that are kept, and one of them as a page of its own.

mod list;
mod page;
#[cfg(test)]
mod tests;

pub use list::{list, list_as_json};
pub use page::{Shown, html};
