//! What the journal's events add up to: who was withdrawn, what is in doubt, what counts.
//!
//! Events are only ever added; this is a fold over them, in the order of writing. Runs on another
//! site are passed over: nothing of theirs counts here. A look is a dry run: what it read is
//! remembered, and nothing else of it: no cap, no account and no clock depends on it.

mod caps;
mod entry;
mod event;
mod narrowing;
mod readings;
mod run_id;

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::domain::invitation::Key;
pub use entry::{Entry, Standing};
pub use event::{Boot, Event, EventKind, Outcome, Site, StopWord};
use readings::Readings;
pub use readings::{Scan, Sighting};
pub use run_id::RunId;

/// Everything that happened on one site.
#[derive(Clone, Debug)]
pub struct History {
    site: Site,
    first_at: Option<Timestamp>,
    latest_at: Option<Timestamp>,
    cool_down_until: Option<Timestamp>,
    last_boot: Option<(Timestamp, Boot)>,
    runs: Vec<PastRun>,
    run_places: HashMap<RunId, usize>,
    entries: Vec<Entry>,
    entry_places: HashMap<Key, Vec<usize>>,
    looks: HashSet<RunId>,
    readings: Readings,
}

/// One run, and how it ended; `end` is `None` for one that is going on or was killed.
#[derive(Clone, Debug, PartialEq)]
pub struct PastRun {
    pub id: RunId,
    pub began_at: Timestamp,
    pub account: Option<String>,
    pub end: Option<End>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct End {
    pub at: Timestamp,
    /// `None`: it was finished.
    pub word: Option<StopWord>,
    pub detail: String,
}

impl History {
    pub fn new(site: Site) -> Self {
        Self {
            site,
            first_at: None,
            latest_at: None,
            cool_down_until: None,
            last_boot: None,
            runs: Vec::new(),
            run_places: HashMap::new(),
            entries: Vec::new(),
            entry_places: HashMap::new(),
            looks: HashSet::new(),
            readings: Readings::default(),
        }
    }

    /// The history that these events, in the order of writing, add up to.
    pub fn of<'a>(site: Site, events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut history = Self::new(site);
        events.into_iter().for_each(|event| history.add(event));
        history
    }

    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Adds the event that was written next.
    pub fn add(&mut self, event: &Event) {
        self.first_at.get_or_insert(event.at);
        let Event { run, at, kind } = event;
        match kind {
            EventKind::RunStarted { site, .. } if *site == self.site => self.start(event),
            EventKind::LookStarted { site, .. } if *site == self.site => {
                self.looks.insert(*run);
            }
            _ => {}
        }
        if self.looks.contains(run) {
            return self.readings.add(event);
        }
        let Some(place) = self.run_places.get(run).copied() else {
            return;
        };
        self.readings.add(event);
        let latest = self.now(*at);
        self.latest_at = Some(latest);
        match kind {
            EventKind::RunStarted { .. }
            | EventKind::LookStarted { .. }
            | EventKind::Sighted { .. }
            | EventKind::ScanEnded { .. } => {}
            EventKind::Stopped { word, detail } => {
                let detail = detail.clone();
                self.runs[place].end = Some(End { at: *at, word: *word, detail });
            }
            EventKind::CoolDown { until, .. } => {
                // As long as was said, and from the latest that the clock ever said.
                let until = until.checked_add(latest.duration_since(*at)).unwrap_or(Timestamp::MAX);
                self.cool_down_until = self.cool_down_until.max(Some(until));
            }
            EventKind::Intent { .. } => self.begin(event, latest),
            EventKind::Opened { key } => self.reach(event, key, Standing::Opened, latest),
            EventKind::ConfirmSent { key } => self.reach(event, key, Standing::ConfirmSent, latest),
            EventKind::Outcome { key, outcome, detail } => {
                self.end(event, key, *outcome, detail, latest);
            }
            EventKind::Verified { key, gone } => self.settle(key, *gone),
        }
    }

    /// When the journal's first event was written, on whatever site: a plan older than that was
    /// made with another journal.
    pub fn first_at(&self) -> Option<Timestamp> {
        self.first_at
    }

    /// The latest that the clock has ever said on this site.
    pub fn latest_at(&self) -> Option<Timestamp> {
        self.latest_at
    }

    /// Until when the site asked for rest, be it over or not.
    pub fn cool_down_until(&self) -> Option<Timestamp> {
        self.cool_down_until
    }

    /// The account of the last run that knew it. A doubt about one account can't be settled on
    /// another's list, so a folder serves one account.
    pub fn account(&self) -> Option<&str> {
        self.runs.iter().rev().find_map(|run| run.account.as_deref())
    }

    /// Every run, in order.
    pub fn runs(&self) -> &[PastRun] {
        &self.runs
    }

    /// Every person of every run that something came of or may have, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The last of this person.
    pub fn entry(&self, key: &Key) -> Option<&Entry> {
        self.entries_of(key).next_back()
    }

    /// What may have been withdrawn or not. While there is one, nothing new may be begun.
    pub fn in_doubt(&self) -> Vec<&Entry> {
        self.entries.iter().filter(|entry| entry.in_doubt()).collect()
    }

    /// What only the page's own word calls withdrawn. Left by an earlier run, it is to be settled
    /// as a doubt is.
    pub fn unverified(&self) -> Vec<&Entry> {
        self.entries.iter().filter(|entry| entry.unverified()).collect()
    }

    /// Who was still listed after the confirming click when last looked, and was not begun again.
    pub fn late(&self) -> impl Iterator<Item = &Entry> {
        let last = |entry: &&Entry| self.entry(&entry.key).is_some_and(|one| one.run == entry.run);
        self.entries.iter().filter(|entry| entry.may_be_late()).filter(last)
    }

    /// How often in a row withdrawing this person came to nothing. After the second time only the
    /// person decides on a third.
    pub fn failures(&self, key: &Key) -> usize {
        self.entries_of(key)
            .rev()
            .take_while(|entry| !(entry.outcome() == Outcome::Withdrawn && entry.verified))
            .filter(|entry| entry.outcome() == Outcome::Failed)
            .count()
    }

    fn entries_of(&self, key: &Key) -> impl DoubleEndedIterator<Item = &Entry> {
        let places = self.entry_places.get(key).map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| &self.entries[*place])
    }

    fn start(&mut self, event: &Event) {
        let EventKind::RunStarted { account, boot, .. } = &event.kind else {
            return;
        };
        self.run_places.insert(event.run, self.runs.len());
        self.runs.push(PastRun {
            id: event.run,
            began_at: event.at,
            account: account.clone(),
            end: None,
        });
        self.last_boot = boot.clone().map(|boot| (event.at, boot));
    }

    fn begin(&mut self, event: &Event, latest: Timestamp) {
        let EventKind::Intent { key, name, profile_url, rule } = &event.kind else {
            return;
        };
        self.push(Entry {
            run: event.run,
            key: key.clone(),
            name: name.clone(),
            profile_url: profile_url.clone(),
            rule: Some(rule.clone()),
            began_at: event.at,
            ended_at: event.at,
            standing: Standing::Begun,
            verified: false,
            confirm_sent: false,
            detail: String::new(),
            counts: true,
            counted_at: latest,
        });
    }

    fn reach(&mut self, event: &Event, key: &Key, standing: Standing, latest: Timestamp) {
        let Some(entry) = self.entry_in_run(event.run, key) else {
            return;
        };
        if standing == Standing::ConfirmSent {
            entry.confirm_sent = true;
            entry.counts = true;
        }
        entry.standing = standing;
        entry.ended_at = event.at;
        entry.counted_at = latest;
    }

    fn end(&mut self, event: &Event, key: &Key, outcome: Outcome, detail: &str, latest: Timestamp) {
        let open = |entry: &&mut Entry| !matches!(entry.standing, Standing::Ended(_));
        if let Some(entry) = self.entry_in_run(event.run, key).filter(open) {
            entry.end(outcome, detail);
            entry.ended_at = event.at;
            entry.counted_at = latest;
            return;
        }
        let known = self.readings.invitee(key);
        self.push(Entry {
            run: event.run,
            key: key.clone(),
            name: known.map_or_else(|| key.to_string(), |invitee| invitee.name.clone()),
            profile_url: known.and_then(|invitee| invitee.profile_url.clone()),
            rule: None,
            began_at: event.at,
            ended_at: event.at,
            standing: Standing::Ended(outcome),
            verified: false,
            confirm_sent: false,
            detail: detail.to_owned(),
            // An end without a beginning is a fault of the caller; when in doubt, it counts.
            counts: entry::may_have_happened(outcome),
            counted_at: latest,
        });
    }

    /// Settles every doubt about this person, and the last that is known of them.
    fn settle(&mut self, key: &Key, gone: bool) {
        let places = self.entry_places.get(key).map_or(&[][..], Vec::as_slice);
        for place in places {
            let entry = &mut self.entries[*place];
            if entry.in_doubt() || Some(place) == places.last() {
                entry.settle(gone);
            }
        }
    }

    fn push(&mut self, entry: Entry) {
        let places = self.entry_places.entry(entry.key.clone()).or_default();
        places.push(self.entries.len());
        self.entries.push(entry);
    }

    /// The last of this person, if it is of this run.
    fn entry_in_run(&mut self, run: RunId, key: &Key) -> Option<&mut Entry> {
        // Mostly it is about whom the event before was about.
        let place = match self.entries.last() {
            Some(last) if last.key == *key => self.entries.len() - 1,
            _ => *self.entry_places.get(key)?.last()?,
        };
        let entry = &mut self.entries[place];
        (entry.run == run).then_some(entry)
    }
}

#[cfg(test)]
mod tests;
