//! One step of a trace: when, how long, and what the page showed. What was not seen is left out of
//! the record.

use serde::{Deserialize, Serialize};

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepName {
    /// The list was loaded afresh and read.
    Reload,
    /// In a list in pages: whether the person is on this page of it.
    Turn,
    /// The card was looked for, brought into view, and the guard armed.
    Find,
    /// Written into the journal, on the disk before the next step.
    Record,
    /// The click on the card's control.
    Click,
    /// What the first click brought: the guard's counters, and the site's question.
    Ask,
    /// The confirming click.
    Confirm,
    /// What the page showed then.
    Outcome,
    /// A question that may not be confirmed was left.
    Leave,
    /// The page at a stop.
    #[default]
    Look,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub step: StepName,
    /// Since the beginning of the trace.
    pub at_ms: u64,
    pub took_ms: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
    /// How many cards of the list are this person's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cards: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// What the guard let through and held back of the click before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guard: Option<Guard>,
    /// What stood under the pointer when the guard decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<Event>,
    /// What stands open over the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dialogs: Vec<Dialog>,
    /// What the page announced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alerts: Vec<String>,
    /// The tags of the card or dialog, without pictures, scripts and queries of addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markup: Option<String>,
    /// What was concluded; empty where the step went as it should.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Without its query.
    pub address: String,
    /// HTTP status of the document, 0 where the browser does not tell.
    pub status: u16,
    pub title: String,
}

/// What one card says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub profiles: Vec<String>,
    pub name: String,
    pub headline: Option<String>,
    pub age: String,
    pub note: Option<String>,
    /// Whether it has the one control that withdraws.
    pub control: bool,
    /// What that control is called.
    pub label: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guard {
    /// Clicks that reached what they were meant for.
    pub passed: u64,
    /// Events that would have met something else.
    pub blocked: u64,
    /// No script of the page took the click over; its link was not followed.
    pub unhandled: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The browser's own name of it: `pointerdown`, `click`.
    pub kind: String,
    pub passed: bool,
    /// What was hit.
    pub on: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialog: Option<Dialog>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markup: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialog {
    pub text: String,
    /// What the confirming button is called; `None` without such a button.
    pub label: Option<String>,
    pub buttons: Vec<String>,
}

impl Step {
    /// A step of which only the conclusion is known.
    pub fn noted(note: impl Into<String>) -> Self {
        Self { note: note.into(), ..Self::default() }
    }
}

impl StepName {
    /// What was done, for a person.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reload => "Loaded the list afresh and read it",
            Self::Turn => "Looked whether the person is on this page of the list",
            Self::Find => "Looked for the person’s card and armed the guard",
            Self::Record => "Wrote it into the journal",
            Self::Click => "Clicked Withdraw on the card",
            Self::Ask => "Looked at what the click brought",
            Self::Confirm => "Clicked the confirming button",
            Self::Outcome => "Looked at what the page shows now",
            Self::Leave => "Left the question without confirming",
            Self::Look => "Looked at the page",
        }
    }
}
