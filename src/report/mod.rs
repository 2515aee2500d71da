//! Reports as text. Nothing here writes a file or prints; JSON is the domain's own form.

pub mod table;

mod ages;
mod rows;
#[cfg(test)]
mod tests;
