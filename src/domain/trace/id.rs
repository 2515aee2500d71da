//! The name of a trace: when it began, in UTC, to the millisecond, so that names sort as they began
//! and a person can tell which one they mean. Which of them go when there are too many.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// `20261123-100312-417`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TraceId(String);

/// A text that names no trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no name of a trace, such as 20261123-100312-417")]
pub struct BadId;

/// Why none of several is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMatch {
    None,
    Several,
}

impl TraceId {
    pub fn of(at: Timestamp) -> Self {
        Self(at.strftime("%Y%m%d-%H%M%S-%3f").to_string())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TraceId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let form = "00000000-000000-000";
        let fits = text.bytes().zip(form.bytes()).all(|(found, wanted)| match wanted {
            b'0' => found.is_ascii_digit(),
            other => found == other,
        });
        if fits && text.len() == form.len() { Ok(Self(text.to_owned())) } else { Err(BadId) }
    }
}

impl TryFrom<String> for TraceId {
    type Error = BadId;

    fn try_from(text: String) -> Result<Self, BadId> {
        text.parse()
    }
}

impl From<TraceId> for String {
    fn from(id: TraceId) -> Self {
        id.0
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The one whose name begins so; the whole name is always enough.
///
/// # Errors
/// None does, or several do.
pub fn matching<'a>(ids: &'a [TraceId], beginning: &str) -> Result<&'a TraceId, NoMatch> {
    let mut found = ids.iter().filter(|id| id.0.starts_with(beginning));
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id),
        (None, _) => Err(NoMatch::None),
        (Some(_), Some(_)) => Err(NoMatch::Several),
    }
}

/// Those that have to go, of a list from the oldest to the newest, when so many are kept.
pub fn surplus(ids: &[TraceId], keep: usize) -> &[TraceId] {
    &ids[..ids.len().saturating_sub(keep)]
}
