//! Reports as text. Nothing here writes a file or prints; JSON is the domain's own form.

pub mod csv;
pub mod history;
pub mod outcomes;
pub mod status;
pub mod table;

mod ages;
mod rows;
#[cfg(test)]
mod tests;
