//! The pure core: values in, values out. No clock, no chance, no input or output.

pub mod age;
pub mod archive;
pub mod browser_kind;
pub mod diagnosis;
pub mod example;
pub mod fold;
pub mod history;
pub mod invitation;
pub mod json;
pub mod keep;
pub mod language;
pub mod locators;
pub mod look_alike;
pub mod outline;
pub mod pace;
pub mod period;
pub mod person;
pub mod plan;
pub mod profile;
pub mod report;
pub mod rules;
pub mod run;
pub mod safe_text;
pub mod since;
pub mod status;
pub mod words;
