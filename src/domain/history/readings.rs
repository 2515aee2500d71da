//! What was on the page, reading by reading, whoever read it: a run that withdraws, or a look.
//!
//! All of it is about one account: where another one is signed in, what was read before is
//! forgotten here. A reading belongs to one pill, since one person may stand under several.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::domain::history::{Boot, Event, EventKind, History, Outcome, RunId};
use crate::domain::invitation::{Key, Kind};

/// A clock that went so much further or less far than the machine's uptime was set.
const SET: SignedDuration = SignedDuration::from_hours(1);

/// One reading of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Scan {
    pub run: RunId,
    pub at: Timestamp,
    pub pill: Kind,
    pub announced: Option<u32>,
    pub read: u32,
    pub complete: bool,
}

/// That an invitation was on the page, and when it can have been sent by what the page said then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    pub run: RunId,
    pub at: Timestamp,
    pub sent_between: Option<(Timestamp, Timestamp)>,
}

#[derive(Clone, Debug)]
pub(super) struct Invitee {
    pub(super) name: String,
    pub(super) profile_url: Option<String>,
}

/// A sighting and where it stands among the readings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) sighting: Sighting,
    pub(super) place: Place,
    /// Whether it was known who was signed in.
    pub(super) of_known_account: bool,
}

/// Where a sighting stands among the readings of its pill.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// How many complete lists came before its reading.
    pub(super) after: u32,
    /// The same, its own reading included.
    pub(super) through: u32,
    /// How often the clock had been set by then, as far as that was noticed.
    pub(super) clock: u32,
}

/// Everything that was read on one site.
#[derive(Clone, Debug, Default)]
pub(super) struct Readings {
    /// Who is signed in, in the run that goes on; in lower case.
    reader: Option<String>,
    /// Whose list all of this is.
    account: Option<String>,
    uptime: Option<(Timestamp, Boot)>,
    clock: u32,
    scans: Vec<Scan>,
    complete_lists: HashMap<Kind, u32>,
    /// The reading that goes on.
    reading: Vec<(Key, Sighting)>,
    last_lists: HashMap<Kind, Vec<Key>>,
    seen: HashMap<Kind, HashMap<Key, Vec<Seen>>>,
    invitees: HashMap<Key, Invitee>,
}

impl History {
    /// Every reading of the list, in order, by runs and by looks.
    pub fn scans(&self) -> &[Scan] {
        &self.readings.scans
    }

    /// Whom the last complete reading of this pill listed.
    pub fn last_list(&self, pill: Kind) -> Option<&[Key]> {
        self.readings.last_lists.get(&pill).map(Vec::as_slice)
    }

    /// When this invitation was seen under this pill, in order, since it was last known to be gone.
    pub fn sightings(&self, pill: Kind, key: &Key) -> impl Iterator<Item = &Sighting> {
        self.readings.seen(pill, key).iter().map(|seen| &seen.sighting)
    }

    /// Whose readings these are: the account of the last reading that knew it, in lower case.
    pub fn account_of_readings(&self) -> Option<&str> {
        self.readings.account.as_deref()
    }
}

impl Readings {
    pub(super) fn add(&mut self, event: &Event) {
        match &event.kind {
            EventKind::RunStarted { account, boot, .. }
            | EventKind::LookStarted { account, boot, .. } => {
                self.start(event.at, account.as_deref(), boot.as_ref());
            }
            EventKind::Sighted { .. } => self.sight(event),
            EventKind::ScanEnded { .. } => self.end_scan(event),
            EventKind::Outcome { key, outcome: Outcome::Withdrawn | Outcome::Gone, .. }
            | EventKind::Verified { key, gone: true } => self.forget(key),
            _ => {}
        }
    }

    pub(super) fn invitee(&self, key: &Key) -> Option<&Invitee> {
        self.invitees.get(key)
    }

    pub(super) fn seen(&self, pill: Kind, key: &Key) -> &[Seen] {
        self.seen.get(&pill).and_then(|keys| keys.get(key)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn reader(&self) -> Option<&str> {
        self.reader.as_deref()
    }

    /// Where what is on the page now stands.
    pub(super) fn here(&self, pill: Kind) -> Place {
        let lists = self.lists(pill);
        Place { after: lists, through: lists, clock: self.clock }
    }

    fn start(&mut self, at: Timestamp, account: Option<&str>, boot: Option<&Boot>) {
        self.reading.clear();
        self.reader = account.map(str::to_lowercase);
        let is_known = self.reader.is_some();
        if is_known && self.account.is_some() && self.account != self.reader {
            self.scans.clear();
            self.last_lists.clear();
            self.seen.clear();
        }
        if is_known {
            self.account.clone_from(&self.reader);
        }
        self.compare_clocks(at, boot);
    }

    fn compare_clocks(&mut self, at: Timestamp, boot: Option<&Boot>) {
        if let (Some((then, before)), Some(now)) = (&self.uptime, boot)
            && before.id == now.id
        {
            let up = now.up.checked_sub(before.up).unwrap_or_default();
            let leap = at.duration_since(*then).checked_sub(up).unwrap_or(SignedDuration::MAX);
            self.clock += u32::from(leap.abs() >= SET);
        }
        self.uptime = boot.cloned().map(|boot| (at, boot));
    }

    fn sight(&mut self, event: &Event) {
        let EventKind::Sighted { key, name, profile_url, sent_between, .. } = &event.kind else {
            return;
        };
        let sighting = Sighting { run: event.run, at: event.at, sent_between: *sent_between };
        self.reading.push((key.clone(), sighting));
        if let Some(invitee) = self.invitees.get_mut(key) {
            invitee.name.clone_from(name);
            invitee.profile_url.clone_from(profile_url);
            return;
        }
        let invitee = Invitee { name: name.clone(), profile_url: profile_url.clone() };
        self.invitees.insert(key.clone(), invitee);
    }

    /// Only now is it known which pill was read, and whether to the end.
    fn end_scan(&mut self, event: &Event) {
        let EventKind::ScanEnded { pill, announced, read, complete } = event.kind else {
            return;
        };
        let Event { run, at, .. } = *event;
        self.scans.push(Scan { run, at, pill, announced, read, complete });
        let after = self.lists(pill);
        let place = Place { after, through: after + u32::from(complete), clock: self.clock };
        let of_known_account = self.reader.is_some();
        let reading = std::mem::take(&mut self.reading);
        if complete {
            self.complete_lists.insert(pill, place.through);
            let keys = reading.iter().map(|(key, _)| key.clone()).collect();
            self.last_lists.insert(pill, keys);
        }
        let known = self.seen.entry(pill).or_default();
        for (key, sighting) in reading {
            let seen = Seen { sighting, place, of_known_account };
            known.entry(key).or_default().push(seen);
        }
    }

    /// Whoever is invited again after this is another invitation.
    fn forget(&mut self, key: &Key) {
        if let Some(people) = self.seen.get_mut(&Kind::Person) {
            people.remove(key);
        }
    }

    fn lists(&self, pill: Kind) -> u32 {
        self.complete_lists.get(&pill).copied().unwrap_or_default()
    }
}
