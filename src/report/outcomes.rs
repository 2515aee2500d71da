//! What a run of `withdraw` did: as JSON for scripts, as a table for the person.

use serde_json::{Value, json};

use crate::domain::history::{Outcome, RunId, StopWord};
use crate::domain::invitation::Key;
use crate::domain::json::to_text;
use crate::domain::safe_text;
use crate::domain::trace::{TraceId, wants_picture};

/// Everybody who was chosen, and what came of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcomes {
    pub run: RunId,
    pub stopped: Option<StopWord>,
    pub rows: Vec<OutcomeRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeRow {
    pub key: Key,
    pub name: String,
    pub profile_url: Option<String>,
    pub outcome: Outcome,
    /// A fresh load of the Sent tab no longer shows it.
    pub verified: bool,
    pub detail: String,
    /// What the page showed, step by step.
    pub trace: Option<TraceId>,
}

impl Outcomes {
    pub fn count(&self, outcome: Outcome) -> usize {
        self.rows.iter().filter(|row| row.outcome == outcome).count()
    }

    /// The document of `withdraw --format json`, ending with a newline.
    pub fn to_json(&self) -> String {
        let outcomes: Vec<Value> = self.rows.iter().map(OutcomeRow::to_value).collect();
        to_text(&json!({
            "schema": 1,
            "run": self.run.to_string(),
            "stopped": self.stopped.map(StopWord::word),
            "outcomes": outcomes,
        }))
    }

    /// One line for each, and one more where there is something to say; ends with a newline, and
    /// is empty when nobody was chosen. Those who were skipped for one reason share a line.
    pub fn to_table(&self, columns: usize) -> String {
        let columns = columns.clamp(40, 200);
        let mut lines = Vec::new();
        let mut skipped: Vec<(&str, usize)> = Vec::new();
        for row in &self.rows {
            if row.outcome == Outcome::Skipped {
                match skipped.iter_mut().find(|(detail, _)| *detail == row.detail) {
                    Some((_, count)) => *count += 1,
                    None => skipped.push((&row.detail, 1)),
                }
                continue;
            }
            let name = safe_text::cut(&row.name, columns - WORDS - 2);
            lines.push(format!("{:<WORDS$}  {name}", row.words()));
            let wrapped = safe_text::wrap(&row.detail, columns - WORDS - 2);
            lines.extend(
                wrapped
                    .iter()
                    .filter(|_| !row.detail.is_empty())
                    .map(|line| format!("{:WORDS$}  {line}", "")),
            );
            let trace = row.trace.as_ref().filter(|_| wants_picture(row.outcome));
            lines.extend(trace.map(|id| {
                let words = format!("rescind trace {id}");
                let indent = (WORDS + 2).min(columns.saturating_sub(words.len()));
                format!("{:indent$}{words}", "")
            }));
        }
        for (detail, count) in skipped {
            let words = safe_text::cut(&format!("{count}: {detail}"), columns - WORDS - 2);
            lines.push(format!("{:<WORDS$}  {words}", Outcome::Skipped.word()));
        }
        lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
    }
}

/// The width of the longest words for an outcome.
const WORDS: usize = 23;

impl OutcomeRow {
    fn words(&self) -> &'static str {
        match (self.outcome, self.verified) {
            (Outcome::Withdrawn, true) => "withdrawn, verified",
            (Outcome::Withdrawn, false) => "withdrawn, not verified",
            (outcome, _) => outcome.word(),
        }
    }

    fn to_value(&self) -> Value {
        json!({
            "id": self.key.as_str(),
            "name": self.name,
            "profile_url": self.profile_url,
            "outcome": self.outcome.word(),
            "verified": self.verified,
            "detail": self.detail,
            "trace": self.trace.as_ref().map(TraceId::as_str),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    fn outcomes(outcome: Outcome, verified: bool, detail: &str) -> Outcomes {
        let row = OutcomeRow {
            key: Key::recorded("in/robin-example"),
            name: "Robin\u{1b}[2J Example".into(),
            profile_url: Some("https://www.linkedin.com/in/robin-example".into()),
            outcome,
            verified,
            detail: detail.into(),
            trace: Some(TraceId::of(Timestamp::UNIX_EPOCH)),
        };
        Outcomes { run: RunId::new(Timestamp::UNIX_EPOCH, 5), stopped: None, rows: vec![row] }
    }

    #[test]
    fn the_json_has_the_documented_keys_in_their_order() {
        let mut all = outcomes(Outcome::Withdrawn, true, "");
        all.stopped = Some(StopWord::Cap);
        let value: Value = serde_json::from_str(&all.to_json()).unwrap();
        let keys = |value: &Value| {
            value.as_object().unwrap().keys().map(String::clone).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(keys(&value), "schema run stopped outcomes");
        assert_eq!(
            keys(&value["outcomes"][0]),
            "id name profile_url outcome verified detail trace"
        );
        assert_eq!(value["stopped"], "cap");
        assert_eq!(value["outcomes"][0]["verified"], true);
    }

    #[test]
    fn a_line_says_what_came_of_whom_and_nothing_of_the_page_gets_through() {
        let table = outcomes(Outcome::Withdrawn, true, "").to_table(80);
        assert!(table.starts_with("withdrawn, verified      Robin"), "{table}");
        assert!(!table.contains('\u{1b}'));
        let table = outcomes(Outcome::Refused, false, "covered by something").to_table(40);
        assert_eq!(table.lines().count(), 4, "{table}");
        assert!(table.contains("rescind trace 19700101-000000-000\n"), "{table}");
        assert!(table.lines().all(|line| line.chars().count() <= 40), "{table}");
    }
}
