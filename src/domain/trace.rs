//! The trace of a withdrawal, a refusal or a stop: what the page showed, step by step, so that
//! somebody who was not there can follow it. Nothing is decided by it.
//!
//! It holds what stood on the page about one person, and nothing of the site's cookies or storage:
//! an address loses its query, and whatever in it looks like a token.

mod id;
mod step;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

pub use self::id::{BadId, NoMatch, TraceId, matching, surplus};
pub use self::step::{Card, Dialog, Event, Guard, Page, Step, StepName};
use crate::domain::history::{Outcome, RunId, StopWord};
use crate::domain::json::{Fields, JsonError, from_text, to_text};

/// The one version of the record that is written and read.
const SCHEMA: u64 = 1;
/// Longer than any word of an address that a person would read.
const TOKEN: usize = 40;

/// Everything that is kept of one attempt, or of one stop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    pub id: TraceId,
    /// When it began.
    pub at: Timestamp,
    /// Of the program.
    pub version: String,
    pub site: String,
    pub run: Option<String>,
    pub layout: Option<String>,
    pub language: Option<String>,
    /// Whom it is about; `None` when the page itself was not as expected.
    pub person: Option<Invitee>,
    /// What came of it, as far as is known now.
    pub outcome: Option<Outcome>,
    /// The reason to stop that it gave.
    pub stopped: Option<StopWord>,
    /// What came of it in words.
    pub detail: String,
    pub took_ms: u64,
    pub steps: Vec<Step>,
    /// What the last fresh load of the list showed afterwards.
    pub proof: Option<Proof>,
    /// The picture of the page, a file beside the record; taken only when something went wrong.
    pub screenshot: Option<String>,
}

/// Somebody whose invitation was to be withdrawn, as they were approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitee {
    pub id: String,
    pub name: String,
    pub profile_url: Option<String>,
    pub sent_text: String,
    pub rule: Option<String>,
    pub reason: String,
}

/// A fresh reading of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub at: Timestamp,
    /// Whether the list no longer showed the person.
    pub gone: bool,
    pub read: u64,
    pub announced: Option<u64>,
}

impl Trace {
    /// One that began at this moment on this site, and holds nothing yet.
    pub fn new(at: Timestamp, site: &str) -> Self {
        let at = to_the_millisecond(at);
        Self {
            id: TraceId::of(at),
            at,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            site: place(site),
            run: None,
            layout: None,
            language: None,
            person: None,
            outcome: None,
            stopped: None,
            detail: String::new(),
            took_ms: 0,
            steps: Vec::new(),
            proof: None,
            screenshot: None,
        }
    }

    /// The record as it is kept, ending with a newline.
    pub fn to_json(&self) -> String {
        let mut document = json!({ "schema": SCHEMA });
        // Texts, numbers and lists of them: JSON always takes these.
        if let (Some(document), Ok(Value::Object(record))) =
            (document.as_object_mut(), serde_json::to_value(self))
        {
            document.extend(record);
        }
        to_text(&document)
    }

    /// # Errors
    /// It is no record of this version.
    pub fn from_json(text: &str) -> Result<Self, JsonError> {
        let value = from_text(text)?;
        Fields::of(&value, String::new())?.schema(SCHEMA)?;
        serde_json::from_value(value).map_err(|error| JsonError::Json(error.to_string()))
    }

    /// Whether it is of this person in this run.
    pub fn is_of(&self, run: RunId, id: &str) -> bool {
        self.run.as_deref() == Some(&*run.to_string())
            && self.person.as_ref().is_some_and(|person| person.id == id)
    }

    /// The card as it stood there before the last click at it.
    pub fn before(&self) -> Option<&Card> {
        let found = self.steps.iter().filter(|step| step.step == StepName::Find);
        found.filter_map(|step| step.card.as_ref()).next_back()
    }

    /// What the first click met: the card that was under the pointer at that moment.
    pub fn at_click(&self) -> Option<(&Event, Guard)> {
        self.guarded(StepName::Ask)
    }

    /// What the confirming click met: the dialog that was under the pointer at that moment.
    pub fn at_confirmation(&self) -> Option<(&Event, Guard)> {
        self.guarded(StepName::Outcome)
    }

    /// The last step that looked what came of a click.
    pub fn after(&self) -> Option<&Step> {
        let looks = |step: &&Step| matches!(step.step, StepName::Ask | StepName::Outcome);
        self.steps.iter().rfind(looks)
    }

    /// One word for how it ended.
    pub fn word(&self) -> &'static str {
        match (self.outcome, self.stopped) {
            (Some(outcome), _) => outcome.word(),
            (None, Some(stop)) => stop.word(),
            (None, None) => "unfinished",
        }
    }

    fn guarded(&self, name: StepName) -> Option<(&Event, Guard)> {
        let steps = self.steps.iter().filter(|step| step.step == name);
        steps.filter_map(|step| Some((step.event.as_ref()?, step.guard?))).next_back()
    }
}

/// No clock of a browser or a journal is finer.
pub fn to_the_millisecond(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

/// Whether a picture of the page is worth its time: something went wrong on it.
pub fn wants_picture(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Refused | Outcome::Failed | Outcome::Unknown)
}

/// An address as it may be kept: without its query, and without what looks like a token, as the
/// addresses of security checks have.
pub fn place(address: &str) -> String {
    let Ok(url) = Url::parse(address) else { return String::new() };
    let origin = url.origin();
    if !origin.is_tuple() {
        return format!("{}:", url.scheme());
    }
    let parts = url.path().split('/').map(|part| if is_token(part) { "…" } else { part });
    let path = parts.collect::<Vec<_>>().join("/");
    format!("{}{}", origin.ascii_serialization(), path.trim_end_matches('/'))
}

/// Long, and made of what tokens are made of. Long names in other alphabets are escaped with `%`.
fn is_token(part: &str) -> bool {
    part.len() > TOKEN
        && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'='))
        && part.bytes().filter(u8::is_ascii_digit).count() + upper(part) > part.len() / 6
}

fn upper(part: &str) -> usize {
    part.bytes().filter(u8::is_ascii_uppercase).count()
}

/// The beginning of a text of the page: whatever it says, a record stays small.
pub fn bounded(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
