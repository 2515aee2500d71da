//! What was done to whom, in the order in which it was done: as a table, as JSON, as CSV.

mod table;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::json;

use crate::domain::history::{Entry, Outcome, RunId};
use crate::domain::invitation::Key;
use crate::domain::json::to_text_with;
use crate::domain::trace::TraceId;
use crate::report::csv;
pub use table::table;

/// The one version of the document that is written.
const SCHEMA: u64 = 1;

/// What every form of the history says of an entry, in this order.
const FIELDS: [&str; 12] = [
    "run",
    "id",
    "name",
    "profile_url",
    "rule",
    "began_at",
    "ended_at",
    "outcome",
    "verified",
    "detail",
    "invitable_from",
    "trace",
];

/// One of these. Ten thousands of entries have most of theirs written down already.
#[derive(Serialize)]
#[serde(untagged)]
enum Cell<'a> {
    Text(Cow<'a, str>),
    Flag(bool),
    Nothing,
}

impl Cell<'_> {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text.into_owned(),
            Self::Flag(flag) => flag.to_string(),
            Self::Nothing => String::new(),
        }
    }
}

impl<'a, T: Into<Cow<'a, str>>> From<T> for Cell<'a> {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

/// What is said of an entry, as an object.
struct Said<'a>([Cell<'a>; FIELDS.len()]);

impl Serialize for Said<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(FIELDS.iter().zip(&self.0))
    }
}

/// The entries of one site that were asked for.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    pub site: String,
    /// Who was signed in, where that is known.
    pub account: Option<&'a str>,
    /// Oldest first.
    pub entries: Vec<&'a Entry>,
    /// How many others there are, which were not asked for.
    pub others: usize,
    /// The traces that are kept, and of whom in which run.
    pub traces: Vec<(RunId, Key, TraceId)>,
}

impl<'a> Shown<'a> {
    /// The document as text, ending with a newline.
    pub fn to_json(&self) -> String {
        let head = json!({ "schema": SCHEMA, "site": self.site, "entries": [] });
        to_text_with(&head, self.entries.iter().map(|entry| Said(self.values(entry))))
    }

    /// A header and a row for each entry.
    ///
    /// # Errors
    /// None that memory can have.
    pub fn to_csv(&self) -> std::io::Result<String> {
        let cells = |entry: &&Entry| self.values(entry).map(Cell::into_text);
        csv::lines(FIELDS, self.entries.iter().map(cells))
    }

    fn count(&self, outcome: Outcome) -> usize {
        self.entries.iter().filter(|entry| entry.outcome() == outcome).count()
    }

    /// The trace of an entry, if one is kept.
    fn trace(&self, entry: &Entry) -> Option<&TraceId> {
        let is_its = |(run, key, _): &&(_, _, _)| *run == entry.run && *key == entry.key;
        self.traces.iter().rfind(is_its).map(|(_, _, id)| id)
    }

    /// In the order of `FIELDS`.
    fn values<'b>(&'b self, entry: &'a Entry) -> [Cell<'b>; FIELDS.len()] {
        let time = |at: Timestamp| Cell::from(format!("{at:.0}"));
        let maybe = |text: Option<&'b str>| text.map_or(Cell::Nothing, Cell::from);
        [
            entry.run.to_string().into(),
            entry.key.as_str().into(),
            entry.name.as_str().into(),
            maybe(entry.profile_url.as_deref()),
            maybe(entry.rule.as_deref()),
            time(entry.began_at),
            time(entry.ended_at),
            entry.outcome().word().into(),
            Cell::Flag(entry.verified),
            entry.detail.as_str().into(),
            entry.invitable_from().map_or(Cell::Nothing, time),
            maybe(self.trace(entry).map(TraceId::as_str)),
        ]
    }
}
