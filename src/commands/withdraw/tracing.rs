//! What is kept of a run for whoever wants to follow it. It comes after the journal, decides nothing,
//! and what goes wrong with it is said once and stops nobody.

use std::collections::HashMap;
use std::time::Instant;

use jiff::Timestamp;

use crate::browser::act::{Notes, stop_word};
use crate::browser::error::PageError;
use crate::browser::sent_page::Scan;
use crate::commands::traces::keep_page;
use crate::commands::withdraw::acting::{Acting, Trouble};
use crate::domain::history::{Outcome, StopWord};
use crate::domain::invitation::Key;
use crate::domain::trace::{Invitee, Proof, Step, StepName, Trace, TraceId, to_the_millisecond};
use crate::exit::{Exit, Failure};
use crate::terminal::output;
use crate::traces::TracesError;

/// The traces of this run.
#[derive(Default)]
pub(super) struct Kept {
    pub(super) of_people: HashMap<Key, TraceId>,
    /// That of the page at the stop.
    pub(super) of_stop: Option<TraceId>,
    /// That it can't be kept was said.
    complained: bool,
}

impl Acting<'_> {
    /// Reads the list afresh as a step of somebody's withdrawal.
    pub(super) async fn read_noted(&mut self, notes: &mut Notes) -> Result<bool, Trouble> {
        let began = Instant::now();
        let read = self.read_afresh().await;
        let note = match &read {
            Ok(true) => format!("{} on the list, all of it read", self.listed.len()),
            Ok(false) => "the list could not be read to its end".to_owned(),
            Err(Trouble::Page(error)) => error.to_string(),
            Err(Trouble::Failure(failure)) => failure.sentence.clone(),
        };
        notes.add(StepName::Reload, began, Step::noted(note));
        read
    }

    /// Keeps what was seen while somebody was to be withdrawn. Whoever was skipped before anything
    /// was begun leaves none.
    pub(super) fn keep_attempt(
        &mut self,
        key: &Key,
        began: Timestamp,
        notes: Notes,
        done: &Result<(), Trouble>,
    ) {
        let entry = self.run.history().entry(key);
        let entry = entry.filter(|entry| entry.run == self.run.id());
        let (outcome, detail) = match (entry, done) {
            (_, Err(Trouble::Failure(failure))) => (None, failure.sentence.clone()),
            (Some(_), Err(Trouble::Page(error))) => (None, error.to_string()),
            (Some(entry), Ok(())) if entry.outcome() != Outcome::Skipped => {
                (Some(entry.outcome()), entry.detail.clone())
            }
            _ => return,
        };
        let took_ms = u64::try_from(notes.took().as_millis()).unwrap_or(u64::MAX);
        let mut trace = Trace {
            person: self.invitee(key),
            outcome,
            stopped: self.run.stopped(),
            detail,
            took_ms,
            steps: notes.steps,
            ..self.trace(began)
        };
        let kept = self.opened.traces.add(&mut trace, notes.picture.as_deref());
        if self.complain(kept).is_some() && self.opened.traces.is_on() {
            self.kept.of_people.insert(key.clone(), trace.id);
        }
    }

    /// Keeps the page that can't be read any more.
    pub(super) async fn keep_stop(&mut self, error: &PageError) {
        let (stopped, detail) = (Some(stop_word(error)), error.to_string());
        self.keep_page(stopped, detail).await;
    }

    /// The failure; of a page that was not understood a trace is kept.
    pub(super) async fn page_failure(&mut self, failure: Failure) -> Failure {
        if failure.exit != Exit::NotUnderstood {
            return failure;
        }
        self.keep_page(Some(StopWord::PageChanged), failure.sentence.clone()).await;
        match (&self.kept.of_stop, failure.hint.clone()) {
            (Some(id), Some(hint)) => {
                failure.hint(format!("{hint}; rescind trace {id} shows the page"))
            }
            _ => failure,
        }
    }

    /// Keeps the page as it stands at the first stop.
    pub(super) async fn keep_page(&mut self, stopped: Option<StopWord>, detail: String) {
        if !self.opened.traces.is_on() || self.kept.of_stop.is_some() {
            return;
        }
        let trace = Trace { stopped, detail, ..self.trace(self.now()) };
        let kept = keep_page(&self.opened.traces, &mut self.opened.site, trace).await;
        self.kept.of_stop = self.complain(kept);
    }

    /// Adds to the traces of these what a fresh reading of the list shows of them.
    pub(super) async fn keep_proof(&mut self, settled: Vec<(Key, bool)>, scan: &Scan) {
        if settled.is_empty() || !self.opened.traces.is_on() {
            return;
        }
        let traces = self.opened.traces.clone();
        let ids = self.complain(traces.ids()).unwrap_or_default();
        // One that can't be read is not one of those that this run keeps.
        let mut all: Vec<Trace> = ids.iter().filter_map(|id| traces.read(id).ok()).collect();
        let is_still_there = settled.iter().any(|(_, gone)| !gone);
        let mut picture = None;
        if is_still_there {
            picture = self.opened.site.session.screenshot().await.ok();
        }
        for (key, gone) in settled {
            let Some(entry) = self.run.history().entry(&key) else { continue };
            let found = all.iter_mut().rfind(|trace| trace.is_of(entry.run, key.as_str()));
            let Some(trace) = found else { continue };
            trace.outcome = Some(entry.outcome());
            trace.detail.clone_from(&entry.detail);
            let read = u64::try_from(scan.invitations.len()).unwrap_or(u64::MAX);
            let at = to_the_millisecond(self.now());
            trace.proof = Some(Proof { at, gone, read, announced: scan.announced });
            let wanted = !gone && trace.screenshot.is_none();
            let renewed = traces.renew(trace, picture.as_deref().filter(|_| wanted));
            self.complain(renewed);
        }
    }

    /// Before the first: what a killed run left unfinished goes.
    pub(super) fn sweep_traces(&mut self) {
        let swept = self.opened.traces.sweep();
        self.complain(swept);
    }

    fn trace(&self, began: Timestamp) -> Trace {
        Trace {
            run: Some(self.run.id().to_string()),
            layout: self.arrival.as_ref().map(|arrival| arrival.layout.name.clone()),
            language: Some(self.language.clone()).filter(|code| !code.is_empty()),
            ..Trace::new(began, &self.opened.address)
        }
    }

    fn invitee(&self, key: &Key) -> Option<Invitee> {
        let row = self.rows.iter().find(|row| row.invitation.key == *key)?;
        let (invitation, decision) = (&row.invitation, &row.decision);
        Some(Invitee {
            id: key.to_string(),
            name: invitation.name.clone(),
            profile_url: invitation.profile_url.clone(),
            sent_text: invitation.sent_text.clone(),
            rule: decision.rule.clone(),
            reason: decision.reason.clone(),
        })
    }

    fn complain<T>(&mut self, kept: Result<T, TracesError>) -> Option<T> {
        match kept {
            Ok(kept) => Some(kept),
            Err(error) => {
                if !std::mem::replace(&mut self.kept.complained, true) {
                    let why = output::with_causes(&error);
                    self.remarks.push(format!("no trace is kept: {why} ({})", error.hint()));
                }
                None
            }
        }
    }
}
