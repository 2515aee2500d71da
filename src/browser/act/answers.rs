//! What the scripts of an attempt answer.

use serde::Deserialize;

use crate::browser::card::Card;
use crate::browser::walk::PageState;

/// What the guard let through and held back.
#[derive(Clone, Debug, Deserialize)]
pub struct Guard {
    pub passed: u32,
    pub blocked: u32,
    /// No script of the page took the click over; the guard kept its link from being followed.
    pub unhandled: bool,
    /// What was under the pointer, for a trace.
    pub event: Option<Event>,
}

/// What stood under the pointer when the guard decided.
#[derive(Clone, Debug, Deserialize)]
pub struct Event {
    pub kind: String,
    pub passed: bool,
    pub on: String,
    pub card: Option<Card>,
    pub dialog: Option<Dialog>,
    pub markup: Option<String>,
}

/// A dialog that stands open.
#[derive(Clone, Debug, Deserialize)]
pub struct Dialog {
    pub text: String,
    /// What the confirming button says; `None` without such a button.
    pub label: Option<String>,
    pub buttons: Vec<String>,
}

/// `find.js`
#[derive(Debug, Deserialize)]
pub struct Found {
    pub state: PageState,
    pub dialogs: Vec<Dialog>,
    /// How many cards are this person's.
    pub found: usize,
    pub card: Option<Card>,
    pub disabled: bool,
    pub moving: bool,
    pub covered: Option<String>,
    /// The card's tags, for a trace.
    pub markup: Option<String>,
}

/// `ask.js`
#[derive(Debug, Deserialize)]
pub struct Asked {
    pub state: PageState,
    /// Milliseconds since the page was loaded.
    pub age: u64,
    pub guard: Guard,
    pub dialogs: Vec<Dialog>,
    pub gone: bool,
    pub moved: bool,
    pub armed: bool,
    /// Whom the one dialog is about; `None` when it was not judged.
    pub whose: Option<Whose>,
    pub covered: Option<String>,
    /// What the person's card says now, for the trace of a question that may not be confirmed.
    pub card: Option<Card>,
    pub markup: Option<String>,
}

/// Whom a dialog is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Whose {
    /// The person whose control was clicked.
    Theirs,
    Nobody,
    Other,
}

/// `here.js`
#[derive(Debug, Deserialize)]
pub struct Here {
    pub state: PageState,
    pub here: bool,
}

/// `outcome.js`
#[derive(Debug, Deserialize)]
pub struct Seen {
    pub state: PageState,
    pub guard: Guard,
    pub gone: bool,
    /// A status with which the site refused what it was asked.
    pub limited: Option<u16>,
    pub alerts: Vec<String>,
    pub dialogs: Vec<Dialog>,
    /// How many cards are still the person's, and what the first says, for a trace.
    #[serde(default)]
    pub cards: u64,
    pub card: Option<Card>,
    pub markup: Option<String>,
}

/// `dialogs.js`
#[derive(Debug, Deserialize)]
pub struct Left {
    pub open: usize,
}
