//! What was done to whom, in the order in which it was done: as a table, as JSON, as CSV.

mod table;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

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

/// What is said of an entry, as an object.
struct Said([Value; FIELDS.len()]);

impl Serialize for Said {
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

impl Shown<'_> {
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
        let cells = |entry: &&Entry| self.values(entry).map(|value| csv::plain(&value));
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
    fn values(&self, entry: &Entry) -> [Value; FIELDS.len()] {
        let time = |at: Timestamp| format!("{at:.0}");
        [
            json!(entry.run.to_string()),
            json!(entry.key.as_str()),
            json!(entry.name),
            json!(entry.profile_url),
            json!(entry.rule),
            json!(time(entry.began_at)),
            json!(time(entry.ended_at)),
            json!(entry.outcome().word()),
            json!(entry.verified),
            json!(entry.detail),
            json!(entry.invitable_from().map(time)),
            json!(self.trace(entry).map(TraceId::as_str)),
        ]
    }
}
