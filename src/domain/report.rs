//! What one walk over the Sent tab found and decided, and its JSON form.
//!
//! The JSON is schema 1 of `rescind report --format json`; a plan is the same document with one
//! more key. Reading ignores keys it does not know, and the counts, which follow from the rows:
//! a person may delete entries from a plan.

use jiff::{RoundMode, SignedDuration, Timestamp, TimestampRound, Unit};
use serde_json::{Value, json};

use crate::domain::age::{Age, Source};
use crate::domain::invitation::{Invitation, Key, Kind};
use crate::domain::json::{Fields, JsonError, from_text, to_text_with};
use crate::domain::rules::{Decision, Verdict};

/// The one version of the document that is written and read.
pub(super) const SCHEMA: u64 = 1;

/// What stands for the layout where no page was read.
const ARCHIVE: &str = "archive";

/// Everything a walk over the Sent tab found, with what is to become of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub generated_at: Timestamp,
    pub site: String,
    /// The slug of who is signed in, where the page says it.
    pub account: Option<String>,
    /// The generation of the site's markup; of an archive, see [`Report::of_archive`].
    pub layout: String,
    pub language: String,
    /// How many pending invitations the page itself states.
    pub announced: Option<u64>,
    /// Whether every announced invitation was read.
    pub complete: bool,
    /// In the page's own order.
    pub rows: Vec<Row>,
    /// What the walk wants the person to know. Not part of the JSON.
    pub remarks: Vec<String>,
}

/// One invitation with its decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub invitation: Invitation,
    pub decision: Decision,
}

impl Report {
    /// A review of LinkedIn's data export alone. No page announced anything, and nobody can say
    /// from it what is still pending, so it is never complete.
    pub fn of_archive(
        generated_at: Timestamp,
        site: String,
        account: Option<String>,
        rows: Vec<Row>,
        remarks: Vec<String>,
    ) -> Self {
        Self {
            generated_at,
            site,
            account,
            layout: ARCHIVE.to_owned(),
            // The export is written in English, whatever the language of the account.
            language: "en".to_owned(),
            announced: None,
            complete: false,
            rows,
            remarks,
        }
    }

    /// Whether this is a review of an archive, for which no page was read.
    pub fn is_of_archive(&self) -> bool {
        self.layout == ARCHIVE
    }

    /// How many invitations have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        let same = |row: &&Row| row.decision.verdict == verdict;
        self.rows.iter().filter(same).count()
    }

    /// The document as text, ending with a newline.
    pub fn to_json(&self) -> String {
        self.to_json_with(&self.head())
    }

    /// The document with this head, which may have more keys than [`Report::head`]; none of them
    /// holds an empty list.
    pub(super) fn to_json_with(&self, head: &Value) -> String {
        to_text_with(head, self.rows.iter().map(Row::to_value))
    }

    /// The document as a value.
    pub fn to_value(&self) -> Value {
        let mut value = self.head();
        value["invitations"] = self.rows.iter().map(Row::to_value).collect();
        value
    }

    /// The document with no invitation in it, to which a plan adds its own key.
    pub(super) fn head(&self) -> Value {
        json!({
            "schema": SCHEMA,
            "generated_at": format!("{:.0}", self.generated_at),
            "site": self.site,
            "account": self.account,
            "layout": self.layout,
            "language": self.language,
            "announced": self.announced,
            "complete": self.complete,
            "counts": {
                "withdraw": self.count(Verdict::Withdraw),
                "keep": self.count(Verdict::Keep),
                "unsure": self.count(Verdict::Unsure),
            },
            "invitations": [],
        })
    }

    pub fn from_json(text: &str) -> Result<Self, JsonError> {
        Self::from_value(&from_text(text)?)
    }

    pub fn from_value(value: &Value) -> Result<Self, JsonError> {
        let report = Fields::of(value, String::new())?;
        report.schema(SCHEMA)?;
        // To the second, as it is written.
        let seconds = TimestampRound::new().smallest(Unit::Second).mode(RoundMode::Trunc);
        let generated_at = report
            .text("generated_at")?
            .parse()
            .and_then(|at: Timestamp| at.round(seconds))
            .map_err(|_| report.wrong("generated_at", "a time like 2026-11-23T10:00:00Z"))?;
        let list = report
            .get("invitations")?
            .as_array()
            .ok_or_else(|| report.wrong("invitations", "a list"))?;
        let rows = list
            .iter()
            .enumerate()
            .map(|(i, row)| Row::from_value(row, format!("invitations[{i}]"), generated_at));
        Ok(Self {
            generated_at,
            site: report.text("site")?,
            account: report.text_or_null("account")?,
            layout: report.text("layout")?,
            language: report.text("language")?,
            announced: report.or_null("announced", "a whole number or null", Value::as_u64)?,
            complete: report.flag("complete")?,
            rows: rows.collect::<Result<_, _>>()?,
            remarks: Vec::new(),
        })
    }
}

impl Row {
    /// The entry of the JSON document.
    pub fn to_value(&self) -> Value {
        let Self { invitation, decision } = self;
        let age = invitation.age.map(|age| age.days());
        json!({
            "id": invitation.key.as_str(),
            "name": invitation.name,
            "profile_url": invitation.profile_url,
            "headline": invitation.headline,
            "note": invitation.note,
            "kind": invitation.kind.word(),
            "sent_text": invitation.sent_text,
            "age_days": age.map(|days| json!({"min": days.min, "max": days.max})),
            "decision": verdict_word(decision.verdict),
            "rule": decision.rule,
            "reason": decision.reason,
        })
    }

    fn from_value(value: &Value, path: String, now: Timestamp) -> Result<Self, JsonError> {
        let row = Fields::of(value, path)?;
        let kind = row.text("kind")?;
        let kind = Kind::ALL.into_iter().find(|k| k.word() == kind);
        let decision = row.text("decision")?;
        let verdict = VERDICTS.into_iter().find(|v| verdict_word(*v) == decision);
        let decision = Decision {
            verdict: verdict
                .ok_or_else(|| row.wrong("decision", "\"withdraw\", \"keep\" or \"unsure\""))?,
            rule: row.text_or_null("rule")?,
            reason: row.text("reason")?,
        };
        let invitation = Invitation {
            key: Key::recorded(row.text("id")?),
            name: row.text("name")?,
            profile_url: row.text_or_null("profile_url")?,
            headline: row.text_or_null("headline")?,
            note: row.text_or_null("note")?,
            kind: kind.ok_or_else(|| {
                row.wrong("kind", "\"person\", \"page\", \"event\" or \"newsletter\"")
            })?,
            sent_text: row.text("sent_text")?,
            age: age(&row, now)?,
            // What could not be told when this was written cannot be told from the document.
            doubt: (decision.verdict == Verdict::Unsure).then(|| decision.reason.clone()),
        };
        Ok(Self { invitation, decision })
    }
}

const VERDICTS: [Verdict; 3] = [Verdict::Withdraw, Verdict::Keep, Verdict::Unsure];

/// The word in the JSON of a report.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Withdraw => "withdraw",
        Verdict::Keep => "keep",
        Verdict::Unsure => "unsure",
    }
}

/// The interval of whole days, counted back from the time of the report.
fn age(row: &Fields, now: Timestamp) -> Result<Option<Age>, JsonError> {
    let value = row.get("age_days")?;
    if value.is_null() {
        return Ok(None);
    }
    let days = Fields::of(value, row.place("age_days"))?;
    let ago = |key: &str, more: i64| {
        let expected = "a number of days that the calendar holds";
        let count = days.get(key)?.as_i64().filter(|d| (0..40_000).contains(d));
        let count = count.ok_or_else(|| days.wrong(key, expected))?;
        now.checked_sub(SignedDuration::from_hours(24 * (count + more)))
            .map_err(|_| days.wrong(key, expected))
    };
    let (earliest, latest) = (ago("max", 1)?, ago("min", 0)?);
    if earliest >= latest {
        return Err(days.wrong("max", "at least `min`"));
    }
    Ok(Some(Age { earliest, latest, now, source: Source::Stated }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = r#"{
  "schema": 1,
  "generated_at": "2026-11-23T10:00:00Z",
  "site": "https://www.linkedin.com",
  "account": "your-slug",
  "layout": "2026",
  "language": "en",
  "announced": 40,
  "complete": true,
  "counts": {
    "withdraw": 1,
    "keep": 0,
    "unsure": 1
  },
  "invitations": [
    {
      "id": "in/robin-example",
      "name": "Robin Example",
      "profile_url": "https://www.linkedin.com/in/robin-example",
      "headline": "Engineer",
      "note": null,
      "kind": "person",
      "sent_text": "Sent 3 weeks ago",
      "age_days": {
        "min": 21,
        "max": 27
      },
      "decision": "withdraw",
      "rule": "stale",
      "reason": "sent at least 21 days ago"
    },
    {
      "id": "card/00000000000000ff",
      "name": "José \u202e山\u009b<b>",
      "profile_url": null,
      "headline": null,
      "note": "Hi!\nBye",
      "kind": "newsletter",
      "sent_text": "Sent recently",
      "age_days": null,
      "decision": "unsure",
      "rule": null,
      "reason": "its age cannot be read"
    }
  ]
}
"#;

    #[test]
    fn a_report_reads_and_writes_the_documented_json() {
        let report = Report::from_json(EXAMPLE).unwrap();
        assert_eq!(report.rows[1].invitation.name, "José \u{202e}山\u{9b}<b>");
        assert_eq!(report.to_json(), EXAMPLE);
    }

    #[test]
    fn an_age_keeps_its_whole_interval() {
        let report = Report::from_json(EXAMPLE).unwrap();
        let age = report.rows[0].invitation.age.unwrap();
        assert_eq!(age.now, report.generated_at);
        assert_eq!(age.earliest.to_string(), "2026-10-26T10:00:00Z");
        assert_eq!(age.latest.to_string(), "2026-11-02T10:00:00Z");
    }

    #[test]
    fn entries_may_be_deleted_without_counting_again() {
        let mut value: Value = serde_json::from_str(EXAMPLE).unwrap();
        value["invitations"].as_array_mut().unwrap().remove(0);
        value["plan"] = json!({"expires": "later"});
        let report = Report::from_value(&value).unwrap();
        assert_eq!(report.to_value()["counts"]["withdraw"], 0);
    }

    #[test]
    fn what_could_not_be_told_stays_in_doubt() {
        let report = Report::from_json(EXAMPLE).unwrap();
        let doubts = report.rows.iter().map(|row| row.invitation.doubt.as_deref());
        assert!(doubts.eq([None, Some("its age cannot be read")]));
    }

    #[test]
    fn a_time_with_a_fraction_is_read_as_it_is_written() {
        let text = EXAMPLE.replacen("10:00:00Z", "10:00:00.83Z", 1);
        assert_ne!(text, EXAMPLE);
        assert_eq!(Report::from_json(&text).unwrap(), Report::from_json(EXAMPLE).unwrap());
    }

    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        assert!(EXAMPLE.contains(from), "{from}");
        let text = EXAMPLE.replacen(from, to, 1);
        let error = Report::from_json(&text).unwrap_err().to_string();
        assert_eq!(error, expected);
    }

    #[test]
    fn a_broken_document_says_what_is_wrong_and_where() {
        check("\"schema\": 1", "\"schema\": 2", "`schema` is 2, and this release reads only 1");
        check("\"schema\": 1", "\"skema\": 1", "`schema` is missing");
        check("\"account\": \"your-slug\",", "", "`account` is missing");
        check("true", "\"yes\"", "`complete` is not true or false");
        check("40", "-40", "`announced` is not a whole number or null");
        check("2026-11-23T", "", "`generated_at` is not a time like 2026-11-23T10:00:00Z");
        check("\"name\": \"Robin Example\",", "", "`invitations[0].name` is missing");
        check(
            "\"newsletter\"",
            "\"plane\"",
            "`invitations[1].kind` is not \"person\", \"page\", \"event\" or \"newsletter\"",
        );
        check(
            "\"unsure\",",
            "\"?\",",
            "`invitations[1].decision` is not \"withdraw\", \"keep\" or \"unsure\"",
        );
        check("21,", "31,", "`invitations[0].age_days.max` is not at least `min`");
        check(
            "21,",
            "99999999999,",
            "`invitations[0].age_days.min` is not a number of days that the calendar holds",
        );
        check(
            "{\n        \"min\": 21,\n        \"max\": 27\n      }",
            "3",
            "`invitations[0].age_days` is not an object",
        );
    }
}
