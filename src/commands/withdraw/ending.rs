//! How a run ends: the outcomes, the words for the person, the exit code.

use crate::browser::error::PageError;
use crate::cli::{Global, WithdrawArgs, WithdrawFormat};
use crate::commands::opened;
use crate::commands::withdraw::acting::Acting;
use crate::domain::history::{Outcome, StopWord};
use crate::domain::report::Row;
use crate::domain::trace::TraceId;
use crate::exit::{Exit, Failure};
use crate::report::outcomes::{OutcomeRow, Outcomes};
use crate::terminal::output;

/// Everything that is to be said at the end of a run.
pub struct Ended {
    pub outcomes: Outcomes,
    trouble: Option<PageError>,
    remarks: Vec<String>,
    /// From when the caps have room again, when one is used up.
    room_from: Option<jiff::Timestamp>,
    rest_until: Option<jiff::Timestamp>,
    /// Somebody was skipped who was not the person's to skip.
    left: bool,
    /// The trace of the page at the stop.
    stop_trace: Option<TraceId>,
}

impl Acting<'_> {
    /// What the page said that made the run stop, for the journal.
    pub(super) fn reason(&self) -> String {
        match &self.trouble {
            Some(error) => error.to_string(),
            None => self.remarks.last().cloned().unwrap_or_default(),
        }
    }

    pub fn end(mut self) -> Ended {
        let stopped = self.run.stopped();
        let rows = self.rows.iter().map(|row| self.outcome(row, stopped)).collect();
        let now = self.now();
        let rest_until = self.run.history().cool_down_until().filter(|until| *until > now);
        Ended {
            outcomes: Outcomes { run: self.run.id(), stopped, rows },
            trouble: self.trouble.take(),
            remarks: std::mem::take(&mut self.remarks),
            room_from: self.run.next_room(now),
            rest_until,
            left: self.left,
            stop_trace: self.kept.of_stop.take(),
        }
    }

    fn outcome(&self, row: &Row, stopped: Option<StopWord>) -> OutcomeRow {
        let invitation = &row.invitation;
        let entry = self.run.history().entry(&invitation.key);
        let (outcome, verified, detail) = match entry.filter(|entry| entry.run == self.run.id()) {
            Some(entry) => (entry.outcome(), entry.verified, entry.detail.clone()),
            None => {
                let said = self.skipped.get(&invitation.key).cloned();
                let why = said.unwrap_or_else(|| why_skipped(stopped).to_owned());
                (Outcome::Skipped, false, why)
            }
        };
        OutcomeRow {
            key: invitation.key.clone(),
            name: invitation.name.clone(),
            profile_url: invitation.profile_url.clone(),
            outcome,
            verified,
            detail,
            trace: self.kept.of_people.get(&invitation.key).cloned(),
        }
    }
}

fn why_skipped(stopped: Option<StopWord>) -> &'static str {
    match stopped {
        None => "not chosen",
        Some(StopWord::Cap) => "a cap was reached before",
        Some(StopWord::Interrupted) => "interrupted before",
        Some(_) => "the run stopped before",
    }
}

impl Ended {
    /// Prints what was done, what is left, and how to go on; returns the exit code.
    pub fn show(&self, global: &Global, args: &WithdrawArgs) -> Result<Exit, Failure> {
        let text = match args.format {
            WithdrawFormat::Json => self.outcomes.to_json(),
            WithdrawFormat::Table => self.outcomes.to_table(output::columns()),
        };
        output::data(&text).map_err(|error| {
            Failure::new(Exit::Failed, format!("cannot write the outcomes: {error}"))
        })?;
        for remark in &self.remarks {
            output::say(global, &format!("note: {}", crate::domain::safe_text::line(remark)));
        }
        output::say(global, &self.summary());
        if self.outcomes.rows.iter().any(|row| row.trace.is_some()) {
            output::say(global, "how each went, step by step: rescind trace --list");
        }
        let shows = self.stop_trace.as_ref().map(|id| format!("rescind trace {id} shows the page"));
        if let Some(error) = &self.trouble {
            let mut failure = opened::page_failure(error);
            if failure.exit == Exit::Failed {
                // What is said next tells how to go on.
                failure.hint = None;
            }
            let hints: Vec<String> = failure.hint.take().into_iter().chain(shows).collect();
            failure.hint = (!hints.is_empty()).then(|| hints.join("; "));
            output::failure(&failure);
        } else if let Some(shows) = shows {
            output::say(global, &shows);
        }
        if let Some(next) = self.next() {
            output::say(global, &next);
        }
        Ok(self.exit())
    }

    /// Whether the site asks for something that only the person can give.
    pub fn is_the_persons(&self) -> bool {
        matches!(self.outcomes.stopped, Some(StopWord::SignedOut | StopWord::Checkpoint))
    }

    fn summary(&self) -> String {
        if self.outcomes.rows.is_empty() && self.outcomes.stopped.is_none() && !self.left {
            return "nothing to withdraw".to_owned();
        }
        let verified = self.outcomes.rows.iter().filter(|row| row.verified);
        let verified = verified.filter(|row| row.outcome == Outcome::Withdrawn).count();
        let mut parts = vec![format!(
            "{} withdrawn ({verified} verified)",
            self.outcomes.count(Outcome::Withdrawn)
        )];
        for outcome in Outcome::ALL.into_iter().filter(|one| *one != Outcome::Withdrawn) {
            let count = self.outcomes.count(outcome);
            if count > 0 {
                parts.push(format!("{count} {}", outcome.word()));
            }
        }
        let stopped = self.outcomes.stopped;
        let why = stopped.map_or(String::new(), |word| format!("; stopped: {}", word.word()));
        parts.join(", ") + &why
    }

    /// How to go on.
    fn next(&self) -> Option<String> {
        let time = output::local_time;
        Some(match self.outcomes.stopped? {
            StopWord::Cap => match self.room_from {
                Some(from) => format!("the caps have room again from {}", time(from)),
                None => "run the same command again to go on".to_owned(),
            },
            StopWord::RateLimited => match self.rest_until {
                Some(until) => format!("no run begins before {}", time(until)),
                None => "leave the site alone for at least a day".to_owned(),
            },
            StopWord::SignedOut => "sign in by hand, then go on: rescind login".to_owned(),
            StopWord::Checkpoint => {
                "answer the site by hand in its window, then run the same command again".to_owned()
            }
            StopWord::PageChanged | StopWord::TooManyFailures => {
                "look at the page and the outcomes above before you run it again".to_owned()
            }
            StopWord::Interrupted | StopWord::BrowserLost => {
                "run the same command again to go on; it settles first what is open".to_owned()
            }
        })
    }

    fn exit(&self) -> Exit {
        let left = self.outcomes.rows.iter().any(|row| match row.outcome {
            Outcome::Withdrawn => !row.verified,
            Outcome::Gone | Outcome::Skipped => false,
            Outcome::Refused | Outcome::Failed | Outcome::Unknown => true,
        });
        match self.outcomes.stopped {
            Some(StopWord::Interrupted) => Exit::Interrupted,
            Some(StopWord::SignedOut) => Exit::SignIn,
            Some(StopWord::Checkpoint | StopWord::RateLimited) => Exit::Stopped,
            Some(StopWord::PageChanged) => match &self.trouble {
                Some(error) => opened::page_failure(error).exit,
                None => Exit::Left,
            },
            Some(StopWord::Cap | StopWord::TooManyFailures | StopWord::BrowserLost) => Exit::Left,
            None if left || self.left => Exit::Left,
            None => Exit::Done,
        }
    }
}
