//! What a trace is told of an attempt: each step as it went, and a picture of the page where something
//! went wrong. It changes nothing of what is done, and costs no command of its own but the picture.

use std::time::{Duration, Instant};

use crate::browser::act::answers::{Asked, Dialog, Event, Found, Guard, Here, Left, Seen, Whose};
use crate::browser::act::{Act, Denied, Moment};
use crate::browser::card::Card;
use crate::browser::error::PageError;
use crate::browser::session::Session;
use crate::browser::walk::PageState;
use crate::domain::trace::{self, Step, StepName, bounded};

/// More steps than any attempt has that can be followed.
const MOST_STEPS: usize = 200;
/// Longer than any honest text of a card or a dialog.
const MOST_TEXT: usize = 600;
const MOST_NOTE: usize = 4_000;
const MOST_MARKUP: usize = 6_000;
const MOST_LISTED: usize = 20;

/// The steps so far.
pub struct Notes {
    is_on: bool,
    began: Instant,
    pub steps: Vec<Step>,
    /// PNG, of the moment at which it was first seen that something is wrong.
    pub picture: Option<Vec<u8>>,
}

impl Notes {
    /// Without `is_on`, nothing is noted and no picture taken.
    pub fn begin(is_on: bool) -> Self {
        Self { is_on, began: Instant::now(), steps: Vec::new(), picture: None }
    }

    pub fn is_on(&self) -> bool {
        self.is_on
    }

    pub fn took(&self) -> Duration {
        self.began.elapsed()
    }

    /// Takes down a step that began then and ends now.
    pub fn add(&mut self, name: StepName, began: Instant, seen: Step) {
        if !self.is_on || self.steps.len() >= MOST_STEPS {
            return;
        }
        let at_ms = millis(began.saturating_duration_since(self.began));
        self.steps.push(Step { step: name, at_ms, took_ms: millis(began.elapsed()), ..seen });
    }

    /// What the last step came to.
    pub fn conclude(&mut self, why: &str) {
        if let Some(last) = self.steps.last_mut() {
            why.clone_into(&mut last.note);
        }
    }

    /// A picture of the page as it is now, unless there is one of an earlier moment.
    pub async fn take_picture(&mut self, session: &mut Session) {
        if self.is_on && self.picture.is_none() {
            self.picture = session.screenshot().await.ok();
        }
    }
}

impl Act<'_, '_> {
    /// Tells a moment; what is written into the journal then is a step of its own.
    pub(super) fn tell(&mut self, moment: Moment<'_>) -> Result<(), Denied> {
        let what = match &moment {
            Moment::Found(_) => "the intent",
            Moment::Opened => "the question is open",
            Moment::Confirming => "the confirming click is next",
            Moment::Clicking | Moment::Clicked | Moment::Confirmed => {
                return (self.witness)(moment);
            }
        };
        let began = Instant::now();
        let answer = (self.witness)(moment);
        let is_written = |step: &Step| step.step == StepName::Record && step.note == what;
        let note = match &answer {
            Ok(()) if self.notes.steps.iter().any(is_written) => {
                format!("{what}: it stands already")
            }
            Ok(()) => what.to_owned(),
            Err(Denied::Lease(why)) => format!("not written: {why}"),
            Err(Denied::Interrupted) => "not written: interrupted".to_owned(),
            Err(Denied::Journal(why)) => format!("could not be written: {why}"),
        };
        self.notes.add(StepName::Record, began, Step::noted(note));
        answer
    }

    pub(super) async fn take_picture(&mut self) {
        self.notes.take_picture(&mut self.tab.site.session).await;
    }

    pub(super) fn note<T: Shows>(&mut self, began: Instant, answer: Result<&T, &PageError>) {
        let seen = answer.map_or_else(|error| Step::noted(error.to_string()), T::seen);
        self.notes.add(T::STEP, began, seen);
    }
}

/// An answer of a script that a trace is told.
pub(super) trait Shows {
    const STEP: StepName;
    fn seen(&self) -> Step;
}

impl Shows for Here {
    const STEP: StepName = StepName::Turn;

    fn seen(&self) -> Step {
        let note = if self.here { "" } else { "not on this page" };
        Step { page: Some(page(&self.state)), ..Step::noted(note) }
    }
}

impl Shows for Found {
    const STEP: StepName = StepName::Find;

    fn seen(&self) -> Step {
        let note = match self {
            Self { dialogs, .. } if !dialogs.is_empty() => "a dialog stands open already".into(),
            Self { found: 0, .. } => "the list shows no card of this person".to_owned(),
            Self { found: 2.., .. } => format!("{} cards are this person’s", self.found),
            Self { disabled: true, .. } => "its control is disabled".into(),
            Self { moving: true, .. } => "the card does not stand still".into(),
            Self { covered: Some(over), .. } => format!("its control is covered by {over}"),
            _ => String::new(),
        };
        Step {
            page: Some(page(&self.state)),
            cards: u64::try_from(self.found).ok(),
            card: self.card.as_ref().map(card),
            dialogs: dialogs(&self.dialogs),
            markup: markup(self.markup.as_deref()),
            ..Step::noted(text(&note))
        }
    }
}

impl Shows for Asked {
    const STEP: StepName = StepName::Ask;

    fn seen(&self) -> Step {
        let note = match (self.whose, &self.covered) {
            (Some(Whose::Theirs), Some(over)) => {
                format!("the question is for this person, and covered by {over}")
            }
            (Some(Whose::Theirs), None) => "the question is for this person".to_owned(),
            (Some(Whose::Other), _) => "the question is for somebody else".to_owned(),
            (Some(Whose::Nobody), _) => "the question names nobody".to_owned(),
            (None, _) if self.gone => "the card went without a question".to_owned(),
            (None, _) if self.moved => "the page went elsewhere".to_owned(),
            (None, _) if self.guard.passed == 0 => "the click reached nothing".to_owned(),
            (None, _) if self.dialogs.is_empty() => "no question came".to_owned(),
            (None, _) => "what came is no question that may be confirmed".to_owned(),
        };
        Step {
            page: Some(page(&self.state)),
            card: self.card.as_ref().map(card),
            guard: Some(guard(&self.guard)),
            event: self.guard.event.as_ref().map(event),
            dialogs: dialogs(&self.dialogs),
            markup: markup(self.markup.as_deref()),
            ..Step::noted(text(&note))
        }
    }
}

impl Shows for Seen {
    const STEP: StepName = StepName::Outcome;

    fn seen(&self) -> Step {
        let note = match (self.gone, self.limited) {
            (_, Some(status)) => format!("the site refused a request with status {status}"),
            (true, None) if self.cards == 0 => "the list no longer shows the card".to_owned(),
            (true, None) => "the card is there without its control".to_owned(),
            (false, None) => "the list still shows the card".to_owned(),
        };
        Step {
            page: Some(page(&self.state)),
            cards: Some(self.cards),
            card: self.card.as_ref().map(card),
            guard: Some(guard(&self.guard)),
            event: self.guard.event.as_ref().map(event),
            dialogs: dialogs(&self.dialogs),
            alerts: texts(&self.alerts),
            markup: markup(self.markup.as_deref()),
            ..Step::noted(note)
        }
    }
}

impl Shows for Left {
    const STEP: StepName = StepName::Leave;

    fn seen(&self) -> Step {
        match self.open {
            0 => Step::noted("no dialog stands open any more"),
            open => Step::noted(format!("{open} still open")),
        }
    }
}

/// The page as a trace may show it.
pub fn page(state: &PageState) -> trace::Page {
    trace::Page {
        address: trace::place(&state.url),
        status: state.status,
        title: text(&state.title),
    }
}

fn card(card: &Card) -> trace::Card {
    trace::Card {
        profiles: card.profiles.iter().take(MOST_LISTED).map(|url| trace::place(url)).collect(),
        name: text(&card.name),
        headline: card.headline.as_deref().map(text),
        age: text(&card.age),
        note: card.note.as_deref().map(|note| bounded(note, MOST_NOTE)),
        control: card.control,
        label: text(&card.label),
    }
}

fn guard(guard: &Guard) -> trace::Guard {
    let Guard { passed, blocked, unhandled, .. } = *guard;
    trace::Guard { passed: passed.into(), blocked: blocked.into(), unhandled }
}

fn event(event: &Event) -> trace::Event {
    trace::Event {
        kind: text(&event.kind),
        passed: event.passed,
        on: text(&event.on),
        card: event.card.as_ref().map(card),
        dialog: event.dialog.as_ref().map(dialog),
        markup: markup(event.markup.as_deref()),
    }
}

fn dialogs(all: &[Dialog]) -> Vec<trace::Dialog> {
    all.iter().take(MOST_LISTED).map(dialog).collect()
}

fn dialog(dialog: &Dialog) -> trace::Dialog {
    trace::Dialog {
        text: text(&dialog.text),
        label: dialog.label.as_deref().map(text),
        buttons: texts(&dialog.buttons),
    }
}

fn texts(all: &[String]) -> Vec<String> {
    all.iter().take(MOST_LISTED).map(text).collect()
}

fn text(one: impl AsRef<str>) -> String {
    bounded(one.as_ref(), MOST_TEXT)
}

fn markup(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.is_empty()).map(|text| bounded(text, MOST_MARKUP))
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
