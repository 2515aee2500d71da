//! One run: reads the list, asks the person, and does step after step what the policy says.
//! Everything that happens is written into the journal before the next thing happens.

use std::collections::HashMap;

use jiff::Timestamp;
use tokio::time::{Instant, sleep_until};

use crate::browser::act::{self, Attempt, Ending, Notes, SentTab};
use crate::browser::error::PageError;
use crate::browser::walk::Arrival;
use crate::cli::WithdrawArgs;
use crate::commands::interrupts::Interrupts;
use crate::commands::opened::Opened;
use crate::commands::pause_point::pause_point;
use crate::commands::sightings;
use crate::commands::withdraw::reading::First;
use crate::commands::withdraw::start::{Start, journal_failure};
use crate::commands::withdraw::tracing::Kept;
use crate::commands::withdraw::witness::Witness;
use crate::domain::history::{Event, EventKind, Outcome, Site, StopWord};
use crate::domain::invitation::{Key, Kind};
use crate::domain::language;
use crate::domain::pace::rest_until;
use crate::domain::report::Row;
use crate::domain::run::{Run, Sign, Step, Stop};
use crate::exit::{Exit, Failure};
use crate::terminal::progress::{Acted, Line};

/// What the person can still be spared while waiting: the countdown's step.
const TICK: std::time::Duration = std::time::Duration::from_secs(1);

pub struct Acting<'a> {
    pub(super) args: &'a WithdrawArgs,
    pub(super) start: Start,
    pub(super) opened: &'a mut Opened,
    pub(super) line: &'a Line,
    pub(super) interrupts: &'a Interrupts,
    pub(super) run: Run,
    pub(super) site: Site,
    pub(super) arrival: Option<Arrival>,
    /// The language in which the ages of the last reading were read.
    pub(super) language: String,
    /// When the last reading began.
    pub(super) read_at: Timestamp,
    /// What the first reading listed, where people stand there more than once.
    pub(super) first: Option<First>,
    /// Whom the last reading listed.
    pub(super) listed: Vec<Key>,
    /// Whom this is about, in order, and what the page said about them when they were chosen.
    pub(super) rows: Vec<Row>,
    /// What was said about those for whom nothing was recorded.
    pub(super) skipped: HashMap<Key, String>,
    /// The page's own reason for the stop.
    pub(super) trouble: Option<PageError>,
    pub(super) remarks: Vec<String>,
    /// Somebody was skipped who was not the person's to skip.
    pub(super) left: bool,
    begun: bool,
    pub(super) reload: bool,
    pub(super) kept: Kept,
}

impl<'a> Acting<'a> {
    pub fn new(
        args: &'a WithdrawArgs,
        start: Start,
        opened: &'a mut Opened,
        line: &'a Line,
        interrupts: &'a Interrupts,
    ) -> Result<Self, Failure> {
        let site = Site::of(&opened.address)
            .ok_or_else(|| Failure::new(Exit::Usage, "the site's address has no origin"))?;
        let history = start.journal.history(&site).map_err(|error| journal_failure(&error))?;
        let id = sightings::run_id(start.clock.began());
        let run = Run::new(id, start.config.pace.clone(), history, Vec::new());
        Ok(Self {
            args,
            read_at: start.clock.began(),
            start,
            opened,
            line,
            interrupts,
            run,
            site,
            arrival: None,
            language: String::new(),
            first: None,
            listed: Vec::new(),
            rows: Vec::new(),
            skipped: HashMap::new(),
            trouble: None,
            remarks: Vec::new(),
            left: false,
            begun: false,
            reload: false,
            kept: Kept::default(),
        })
    }

    /// The whole run. What goes wrong with the page stops it in good order; only what concerns
    /// the program or its surroundings is a failure.
    pub async fn play(&mut self) -> Result<(), Failure> {
        self.line.step("walking to the Sent tab");
        let interrupts = self.interrupts;
        let first = tokio::select! {
            first = self.read_first() => first,
            () = interrupts.first() => {
                self.run.stop(StopWord::Interrupted);
                self.remarks.push("interrupted; nothing was changed".to_owned());
                return Ok(());
            }
        };
        match first {
            Ok(()) => {}
            Err(Trouble::Page(error)) => {
                self.trouble(error).await;
            }
            Err(Trouble::Failure(failure)) => return Err(self.page_failure(failure).await),
        }
        while let Some(()) = self.step().await? {}
        self.begin(None)?;
        let (word, detail) = (self.run.stopped(), self.reason());
        self.record(EventKind::Stopped { word, detail })
    }

    /// Writes down that the run began, once.
    pub(super) fn begin(&mut self, account: Option<String>) -> Result<(), Failure> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let (site, version) = (self.site.clone(), env!("CARGO_PKG_VERSION").to_owned());
        let boot = self.start.clock.boot();
        self.record(EventKind::RunStarted { site, account, version, boot })
    }

    /// One step of the policy; `None` after the last.
    async fn step(&mut self) -> Result<Option<()>, Failure> {
        if self.interrupts.any() {
            self.run.stop(StopWord::Interrupted);
        }
        let done = match self.run.next(self.now()) {
            Step::Stop(Stop::Finished | Stop::Early(_)) => return Ok(None),
            Step::Verify(keys) => self.verify(&keys).await,
            Step::Confirm(keys) => self.confirm(keys).await,
            Step::WaitUntil(until) => {
                self.wait(until).await;
                Ok(())
            }
            Step::Withdraw(key) => self.withdraw(&key).await,
        };
        match done {
            Ok(()) => Ok(Some(())),
            Err(Trouble::Failure(failure)) => Err(failure),
            Err(Trouble::Page(error)) => {
                self.trouble(error).await;
                Ok(Some(()))
            }
        }
    }

    /// The page can't be read any more.
    async fn trouble(&mut self, error: PageError) {
        self.run.leave_alone(act::stop_word(&error));
        if matches!(error, PageError::RateLimited { .. }) {
            self.cool_down(&error.to_string()).await;
        }
        if self.trouble.is_none() {
            self.keep_stop(&error).await;
        }
        self.trouble.get_or_insert(error);
    }

    /// A visible pause that ends at once when the person wants an end.
    async fn wait(&mut self, until: Timestamp) {
        loop {
            let left = until.duration_since(self.now());
            if left.is_negative() || left.is_zero() {
                return;
            }
            self.show(Some(left));
            let tick = std::time::Duration::try_from(left).map_or(TICK, |left| left.min(TICK));
            tokio::select! {
                () = sleep_until(Instant::now() + tick) => self.opened.keep_alive().await,
                () = self.interrupts.first() => return,
            }
        }
    }

    fn show(&self, pause: Option<jiff::SignedDuration>) {
        let own = self.run.history().entries().iter().filter(|entry| entry.run == self.run.id());
        let done = own.filter(|entry| entry.outcome() == Outcome::Withdrawn).count();
        let room = self.run.room(self.now());
        let per = self.start.config.pace.between.clone();
        let usual = (*per.start() + *per.end()) / 2;
        let left = self.run.left();
        self.line.acting(Acted { done, left, pause, room, usual });
    }

    async fn withdraw(&mut self, key: &Key) -> Result<(), Trouble> {
        self.show(None);
        let began = self.now();
        let mut notes = Notes::begin(self.opened.traces.is_on());
        let done = self.withdraw_noted(key, &mut notes).await;
        // Whatever was done is in the journal by now.
        self.keep_attempt(key, began, notes, &done);
        done
    }

    async fn withdraw_noted(&mut self, key: &Key, notes: &mut Notes) -> Result<(), Trouble> {
        if self.reload {
            self.read_noted(notes).await?;
        }
        let mut attempt = self.attempt(key, notes).await?;
        if matches!(attempt, Attempt::Missing | Attempt::InTheWay | Attempt::Away(_)) {
            let complete = self.read_noted(notes).await?;
            attempt = match attempt {
                Attempt::Missing if !self.listed.contains(key) => {
                    return self.not_listed(key, complete);
                }
                _ => self.attempt(key, notes).await?,
            };
        }
        let ending = match attempt {
            Attempt::Ended(ending) => ending,
            Attempt::Unrecorded(why) => return Err(self.unrecorded(key, &why).into()),
            Attempt::Missing => a_miss("it is listed, but not found on the page"),
            Attempt::InTheWay => a_miss("a dialog that was left behind does not go away"),
            Attempt::Away(error) => return Err(error.into()),
        };
        self.reload = ending.reload;
        if ending.sign == Sign::Stop(StopWord::RateLimited) {
            self.cool_down(&ending.detail).await;
        }
        pause_point("before-outcome");
        self.ended(key, ending)
    }

    async fn attempt(&mut self, key: &Key, notes: &mut Notes) -> Result<Attempt, Trouble> {
        let row = self.rows.iter().find(|row| row.invitation.key == *key).cloned();
        let (Some(row), Some(arrival)) = (row, &self.arrival) else {
            return Ok(Attempt::Missing);
        };
        let language = language::bundled(&self.language).ok_or_else(|| {
            PageError::NotUnderstood(format!("the language {} is not known", self.language))
        })?;
        let now = self.now();
        let mut witness = Witness::of(&row, &mut self.start, &mut self.run, self.interrupts);
        let layout = arrival.layout.clone();
        let site = &mut self.opened.site;
        let mut tab = SentTab { site, layout: &layout, language, kind: Kind::Person, now };
        Ok(act::withdraw(&mut tab, key, notes, &mut |moment| witness.see(moment)).await)
    }

    /// No longer on the list: gone, if the list is all there is.
    fn not_listed(&mut self, key: &Key, complete: bool) -> Result<(), Trouble> {
        if !complete {
            return self.ended(key, a_miss("not found, and the list is incomplete"));
        }
        let detail = "no longer pending before anything was clicked".to_owned();
        let (outcome, sign, reload) = (Outcome::Gone, Sign::Plain, false);
        self.ended(key, Ending { outcome, sign, detail, reload })?;
        Ok(self.record(EventKind::Verified { key: key.clone(), gone: true })?)
    }

    /// Writes down what came of an attempt, and tells the policy.
    fn ended(&mut self, key: &Key, ending: Ending) -> Result<(), Trouble> {
        let Ending { outcome, sign, detail, .. } = ending;
        if matches!(sign, Sign::Stop(_)) {
            self.remarks.push(detail.clone());
        }
        let begun = self.run.history().entry(key).is_some_and(|entry| entry.run == self.run.id());
        if outcome == Outcome::Skipped && !begun {
            self.skipped.insert(key.clone(), detail);
        } else {
            let event = EventKind::Outcome { key: key.clone(), outcome, detail };
            self.record(event).map_err(|failure| {
                let words = format!("{}; the last was {key}: {}", failure.sentence, outcome.word());
                Failure { sentence: words, ..failure }
            })?;
        }
        pause_point("after-outcome");
        self.run.attempted(key, outcome, sign, self.now(), fastrand::u64(..));
        Ok(())
    }

    /// The site asked for rest: at least a day, or as long as it said.
    async fn cool_down(&mut self, detail: &str) {
        let now = self.now();
        let retry_after = self.opened.site.session.retry_after(now).await;
        let until = rest_until(now, retry_after);
        let detail = detail.to_owned();
        let written =
            self.begin(None).and_then(|()| self.record(EventKind::CoolDown { until, detail }));
        if let Err(failure) = written {
            self.remarks.push(failure.sentence);
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.start.clock.now()
    }

    /// Commits one event, and tells the policy.
    pub(super) fn record(&mut self, kind: EventKind) -> Result<(), Failure> {
        let event = Event { run: self.run.id(), at: self.now(), kind };
        self.start.journal.append(&event).map_err(|error| journal_failure(&error))?;
        self.run.add(&event);
        Ok(())
    }

    fn unrecorded(&self, key: &Key, why: &str) -> Failure {
        let words = format!("{why}; it was about to withdraw {key}, so look at that one");
        Failure::new(Exit::Failed, words)
            .hint("nothing more was clicked; mend the journal, then run rescind withdraw again")
    }
}

fn a_miss(detail: &str) -> Ending {
    let (outcome, sign) = (Outcome::Refused, Sign::Miss);
    Ending { outcome, sign, detail: detail.to_owned(), reload: true }
}

/// Why a step did not get done.
pub(super) enum Trouble {
    Page(PageError),
    Failure(Failure),
}

impl From<PageError> for Trouble {
    fn from(error: PageError) -> Self {
        Self::Page(error)
    }
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}
