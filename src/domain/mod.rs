//! The pure core: values in, values out. No clock, no chance, no input or output.

pub mod age;
pub mod history;
pub mod invitation;
pub mod rules;
