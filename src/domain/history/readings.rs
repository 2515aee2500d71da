//! What was on the page, reading by reading.

use jiff::Timestamp;

use crate::domain::history::{Event, EventKind, History, RunId};
use crate::domain::invitation::{Key, Kind};

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
    sightings: Vec<Sighting>,
}

impl History {
    /// Every reading of the list, in order.
    pub fn scans(&self) -> &[Scan] {
        &self.scans
    }

    /// Whom the last complete reading of this pill listed.
    pub fn last_list(&self, pill: Kind) -> Option<&[Key]> {
        self.last_lists.get(&pill).map(Vec::as_slice)
    }

    /// When this person was seen on the page, in order.
    pub fn sightings(&self, key: &Key) -> &[Sighting] {
        self.invitees.get(key).map_or(&[], |invitee| &invitee.sightings)
    }

    pub(super) fn sight(&mut self, event: &Event) {
        let EventKind::Sighted { key, name, profile_url, sent_between, .. } = &event.kind else {
            return;
        };
        let sighting = Sighting { run: event.run, at: event.at, sent_between: *sent_between };
        self.reading.push(key.clone());
        if let Some(invitee) = self.invitees.get_mut(key) {
            invitee.name.clone_from(name);
            invitee.profile_url.clone_from(profile_url);
            invitee.sightings.push(sighting);
            return;
        }
        let invitee = Invitee {
            name: name.clone(),
            profile_url: profile_url.clone(),
            sightings: vec![sighting],
        };
        self.invitees.insert(key.clone(), invitee);
    }

    pub(super) fn end_scan(&mut self, event: &Event) {
        let EventKind::ScanEnded { pill, announced, read, complete } = event.kind else {
            return;
        };
        let Event { run, at, .. } = *event;
        self.scans.push(Scan { run, at, pill, announced, read, complete });
        let keys = std::mem::take(&mut self.reading);
        if complete {
            self.last_lists.insert(pill, keys);
        }
    }
}
