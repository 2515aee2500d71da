//! Reports as text. Nothing here writes a file or prints; JSON is the domain's own form.

pub mod bundle;
pub mod csv;
pub mod doctor;
pub mod history;
pub mod html;
pub mod outcomes;
pub mod status;
pub mod table;
pub mod trace;

mod ages;
mod checklist;
mod rows;
#[cfg(test)]
mod tests;
