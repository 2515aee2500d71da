//! Withdrawing one invitation: find the person's one card, click its control, look at the site's
//! question, confirm, and see what the page says.
//!
//! Both clicks are WebDriver's, so trusted, and both go through the guard: at the moment of the
//! event it must still be this person's card, and then this person's dialog. The confirming click
//! is sent once and never again, whatever the driver answers. What the page says afterwards is no
//! proof; a fresh reading of the list is.

mod answers;
mod confirming;
mod notes;
mod opening;
mod seeking;

use std::time::Instant;

use fantoccini::elements::ElementRef;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::browser::error::PageError;
use crate::browser::layout::Layout;
use crate::browser::walk::Site;
use crate::domain::history::{Outcome, StopWord};
use crate::domain::invitation::{Invitation, Key, Kind};
use crate::domain::language::Language;
use crate::domain::run::Sign;
use crate::domain::trace::{Step, StepName, wants_picture};
use answers::Left;
use jiff::Timestamp;
use notes::Shows;
pub use notes::{Notes, page};
use opening::Opening;

const HERE: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/page_state.js"),
    include_str!("js/card.js"),
    include_str!("js/guard.js"),
    include_str!("js/here.js")
);
const FIND: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/page_state.js"),
    include_str!("js/card.js"),
    include_str!("js/guard.js"),
    include_str!("js/trace.js"),
    include_str!("js/find.js")
);
const ASK: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/page_state.js"),
    include_str!("js/card.js"),
    include_str!("js/guard.js"),
    include_str!("js/trace.js"),
    include_str!("js/ask.js")
);
const OUTCOME: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/page_state.js"),
    include_str!("js/card.js"),
    include_str!("js/guard.js"),
    include_str!("js/trace.js"),
    include_str!("js/outcome.js")
);
const DIALOGS: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/card.js"),
    include_str!("js/guard.js"),
    include_str!("js/dialogs.js")
);

/// After a click that hit nobody the person is looked for again, so often at the most.
const RELOCATES: u32 = 3;
/// How long a card, a control or a dialog may take to stand still, in milliseconds.
const PATIENCE_MS: u64 = 3_000;
/// How long the site's question may take: 0.3 to 8 s were seen on the real one.
const QUESTION_MS: u64 = 12_000;
/// After a click that no script of the page took over, nothing comes any more.
const UNHANDLED_MS: u64 = 1_500;
/// So old, a page that takes no click up never will.
const LIVE_AFTER_MS: u64 = 15_000;
/// How long the page may take to show what came of it: public scripts wait 6 to 10 s.
const EFFECT_MS: u64 = 10_000;

/// The Sent tab, open and read, on which somebody is to be withdrawn.
pub struct SentTab<'a> {
    pub site: &'a mut Site,
    pub layout: &'a Layout,
    pub language: &'a Language,
    pub kind: Kind,
    /// The instant from which ages are counted back.
    pub now: Timestamp,
}

/// Where an attempt stands, told before it goes on; whoever is told may stop it.
#[derive(Debug)]
pub enum Moment<'a> {
    /// The card was found and says this. Nothing was clicked yet.
    Found(&'a Invitation),
    /// The first click is next.
    Clicking,
    /// The first click was sent.
    Clicked,
    /// The dialog for this person is open.
    Opened,
    /// The confirming click is next.
    Confirming,
    /// The confirming click was sent.
    Confirmed,
}

/// Why an attempt may not go on.
#[derive(Debug)]
pub enum Denied {
    /// What the card says is no longer what was approved.
    Lease(String),
    /// The person wants an end.
    Interrupted,
    /// It cannot be recorded.
    Journal(String),
}

/// What came of an attempt.
#[derive(Debug)]
pub enum Attempt {
    /// The list does not show the person; whether it is complete is not known here.
    Missing,
    /// A dialog of an earlier attempt is in the way: the page is to be loaded afresh.
    InTheWay,
    /// The page went elsewhere by itself before anything was clicked: it is to be loaded afresh.
    Away(PageError),
    Ended(Ending),
    /// It could not be recorded, so it went no further.
    Unrecorded(String),
}

#[derive(Debug)]
pub struct Ending {
    pub outcome: Outcome,
    pub sign: Sign,
    pub detail: String,
    /// The page is to be loaded afresh before the next attempt.
    pub reload: bool,
}

/// Tries to withdraw one invitation. Errors of the page become endings: what was sent and what
/// not decides which.
pub async fn withdraw(
    tab: &mut SentTab<'_>,
    key: &Key,
    notes: &mut Notes,
    witness: &mut dyn FnMut(Moment<'_>) -> Result<(), Denied>,
) -> Attempt {
    let mut act = Act { tab, key, notes, witness, reach: Reach::Nothing, path: String::new() };
    let result = act.run().await;
    if let Err(Halt::Denied(_)) = &result {
        // The guard is let go; should even that fail, the next step meets the same failure.
        let _ = act.leave_dialogs(0).await;
    }
    let attempt = act.ended(result);
    if matches!(&attempt, Attempt::Ended(ending) if wants_picture(ending.outcome)) {
        act.take_picture().await;
    }
    attempt
}

/// The word for a page error that ends the acting.
pub fn stop_word(error: &PageError) -> StopWord {
    match error {
        PageError::SignedOut { .. } | PageError::OtherAccount { .. } => StopWord::SignedOut,
        PageError::Checkpoint { .. } => StopWord::Checkpoint,
        PageError::RateLimited { .. } => StopWord::RateLimited,
        PageError::BrowserLost(_) => StopWord::BrowserLost,
        PageError::NotUnderstood(_)
        | PageError::WentAway { .. }
        | PageError::Unreachable(_)
        | PageError::Prompt(_)
        | PageError::Element(_)
        | PageError::Script(_) => StopWord::PageChanged,
    }
}

enum Halt {
    Page(PageError),
    Denied(Denied),
}

impl From<PageError> for Halt {
    fn from(error: PageError) -> Self {
        Self::Page(error)
    }
}

impl From<Denied> for Halt {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

/// The last that was sent to the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Nothing,
    FirstClick,
    Confirmation,
}

struct Act<'a, 't> {
    tab: &'a mut SentTab<'t>,
    key: &'a Key,
    notes: &'a mut Notes,
    witness: &'a mut dyn FnMut(Moment<'_>) -> Result<(), Denied>,
    reach: Reach,
    path: String,
}

impl Act<'_, '_> {
    async fn run(&mut self) -> Result<Attempt, Halt> {
        let mut why = String::new();
        let mut tries = 0;
        while tries <= RELOCATES {
            match self.open().await? {
                Opening::Question(confirm) => return self.confirm(&confirm).await,
                Opening::Again(reason) => (why, tries) = (reason, tries + 1),
                // Bounded by the page's own age.
                Opening::NotLive(reason) => why = reason,
                Opening::End(attempt) => return Ok(attempt),
            }
            self.notes.conclude(&why);
        }
        Ok(refused(Sign::Miss, format!("given up after {} tries: {why}", RELOCATES + 1), false))
    }

    /// A click that hits nothing is told by the guard, not by the driver's word. The scripts have
    /// brought the element into view and looked what lies over it.
    async fn click(&mut self, name: StepName, element: &ElementRef) -> Result<(), PageError> {
        let began = Instant::now();
        let clicked = self.tab.site.session.click_in_view(element).await;
        let said = clicked.as_ref().err().map(ToString::to_string);
        self.notes.add(name, began, Step::noted(said.unwrap_or_default()));
        missed_is_well(clicked)
    }

    /// Another tab or window: the page did something that nobody asked for.
    async fn other_windows(&mut self) -> Result<Option<Attempt>, PageError> {
        if self.tab.site.session.windows().await? <= 1 {
            return Ok(None);
        }
        self.take_picture().await;
        let detail = "another tab was opened".to_owned();
        Ok(Some(refused(Sign::Stop(StopWord::PageChanged), detail, false)))
    }

    /// Leaves open dialogs without confirming; whether none is left.
    async fn leave_dialogs(&mut self, count: usize) -> Result<bool, PageError> {
        let mut wish = self.wish(json!({ "cancel": true }));
        wish["patience"] = json!(600);
        for _ in 0..count {
            self.tab.site.session.press_escape().await?;
            let (left, cancel) = self.answer::<Left>(DIALOGS, &wish).await?;
            match cancel {
                _ if left.open == 0 => return Ok(true),
                Some(cancel) => missed_is_well(self.tab.site.session.click(&cancel).await)?,
                None => {}
            }
        }
        let (left, _) = self.answer::<Left>(DIALOGS, &wish).await?;
        Ok(left.open == 0)
    }

    fn gate(&self, state: &crate::browser::walk::PageState) -> Result<(), PageError> {
        self.tab.site.check(state)?;
        if !self.tab.site.shows_list(state) {
            return Err(PageError::WentAway { to: state.path.clone() });
        }
        if state.status >= 500 {
            let words = format!("the page is {} (status {})", state.path, state.status);
            return Err(PageError::NotUnderstood(words));
        }
        Ok(())
    }

    fn wish(&self, more: Value) -> Value {
        let mut wish = json!({
            "site": self.tab.site.layouts().site, "layout": self.tab.layout,
            "key": self.key.as_str(), "patience": PATIENCE_MS, "trace": self.notes.is_on(),
        });
        if let (Some(wish), Value::Object(more)) = (wish.as_object_mut(), more) {
            wish.extend(more);
        }
        wish
    }

    async fn answer<T: DeserializeOwned + Shows>(
        &mut self,
        script: &'static str,
        wish: &Value,
    ) -> Result<(T, Option<ElementRef>), PageError> {
        let began = Instant::now();
        let answer = self.tab.site.session.with_element::<T>(script, wish).await;
        self.note(began, answer.as_ref().map(|(answer, _)| answer));
        answer
    }

    async fn answer_only<T: DeserializeOwned + Shows>(
        &mut self,
        script: &'static str,
        wish: &Value,
    ) -> Result<T, PageError> {
        let began = Instant::now();
        let answer = self.tab.site.session.run_async::<T>(script, wish).await;
        self.note(began, answer.as_ref());
        answer
    }

    /// What the run of an attempt comes to.
    fn ended(&self, result: Result<Attempt, Halt>) -> Attempt {
        match result {
            Ok(attempt) => attempt,
            Err(Halt::Page(error @ PageError::WentAway { .. })) if self.reach == Reach::Nothing => {
                Attempt::Away(error)
            }
            Err(Halt::Page(error)) => self.failed(&error),
            Err(Halt::Denied(Denied::Lease(why))) => refused(Sign::Plain, why, false),
            Err(Halt::Denied(Denied::Journal(why))) => Attempt::Unrecorded(why),
            Err(Halt::Denied(Denied::Interrupted)) => Attempt::Ended(Ending {
                outcome: Outcome::Skipped,
                sign: Sign::Stop(StopWord::Interrupted),
                detail: "interrupted before it was confirmed".to_owned(),
                reload: false,
            }),
        }
    }

    /// What a page error leaves: nothing, as long as nothing was sent.
    fn failed(&self, error: &PageError) -> Attempt {
        let outcome = match self.reach {
            Reach::Nothing => Outcome::Refused,
            Reach::FirstClick | Reach::Confirmation => Outcome::Unknown,
        };
        let sign = match error {
            PageError::Element(_) | PageError::Script(_) => Sign::Miss,
            other => Sign::Stop(stop_word(other)),
        };
        Attempt::Ended(Ending { outcome, sign, detail: error.to_string(), reload: true })
    }
}

/// The driver says that nothing was hit; what was, the guard counts.
fn missed_is_well(clicked: Result<(), PageError>) -> Result<(), PageError> {
    match clicked {
        Err(PageError::Element(_)) => Ok(()),
        other => other,
    }
}

fn refused(sign: Sign, detail: String, reload: bool) -> Attempt {
    Attempt::Ended(Ending { outcome: Outcome::Refused, sign, detail, reload })
}
