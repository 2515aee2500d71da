//! One person in one run: what was begun, what came of it, and whether that is settled.
//!
//! A doubt is settled by reading the Sent tab and by nothing else.

use jiff::{SignedDuration, Timestamp};

use crate::domain::history::{Outcome, RunId};
use crate::domain::invitation::Key;

/// LinkedIn lets a person be invited again after "up to 3 weeks".
const UNTIL_INVITABLE: SignedDuration = SignedDuration::from_hours(21 * 24);

/// What became of one invitation in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub run: RunId,
    pub key: Key,
    pub name: String,
    pub profile_url: Option<String>,
    /// The rule it was to go by; `None` when nothing was begun.
    pub rule: Option<String>,
    /// When it was begun.
    pub began_at: Timestamp,
    /// When the last was done or noticed about it, verification apart.
    pub ended_at: Timestamp,
    pub standing: Standing,
    /// A fresh load of the Sent tab no longer shows it.
    pub verified: bool,
    pub confirm_sent: bool,
    pub detail: String,
    pub(super) counts: bool,
    /// `ended_at`, by a clock that never runs back.
    pub(super) counted_at: Timestamp,
}

/// How far it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Intent recorded, no end.
    Begun,
    /// Dialog open, no end.
    Opened,
    /// Confirmed or about to be, no end.
    ConfirmSent,
    Ended(Outcome),
}

impl Entry {
    /// Whether it may have been withdrawn or not, and nobody has looked yet.
    pub fn in_doubt(&self) -> bool {
        !matches!(self.standing, Standing::Ended(outcome) if outcome != Outcome::Unknown)
    }

    /// The word for the person: what is in doubt is `unknown`.
    pub fn outcome(&self) -> Outcome {
        match self.standing {
            Standing::Ended(outcome) => outcome,
            _ => Outcome::Unknown,
        }
    }

    /// Whether the page said "withdrawn" and no fresh load has shown it yet.
    pub fn unverified(&self) -> bool {
        self.outcome() == Outcome::Withdrawn && !self.verified
    }

    /// Whether the list still showed it after the confirming click. A slow site may do it later, so
    /// later readings are asked about it too.
    pub fn may_be_late(&self) -> bool {
        self.outcome() == Outcome::Failed && self.confirm_sent
    }

    /// Whether it counts against the caps: every intent does, unless it is proven that nothing
    /// happened. Once the confirming click may have been sent, no proof is good enough: a slow
    /// site can still do it after a reading that shows it undone.
    pub fn counts(&self) -> bool {
        self.counts
    }

    /// From when the person can be invited again.
    pub fn invitable_from(&self) -> Option<Timestamp> {
        (self.outcome() == Outcome::Withdrawn)
            .then(|| self.ended_at.checked_add(UNTIL_INVITABLE).ok())
            .flatten()
    }

    /// Takes the end that its own run saw. Whatever the page said after the confirming click,
    /// "nothing was done" is then no longer known.
    pub(super) fn end(&mut self, outcome: Outcome, detail: &str) {
        let denies = matches!(outcome, Outcome::Gone | Outcome::Refused | Outcome::Skipped);
        let known = !(self.confirm_sent && denies);
        self.standing = Standing::Ended(if known { outcome } else { Outcome::Unknown });
        detail.clone_into(&mut self.detail);
        if !self.confirm_sent && (denies || outcome == Outcome::Failed) {
            self.counts = false;
        }
    }

    /// Takes what a fresh reading of the list shows.
    pub(super) fn settle(&mut self, gone: bool) {
        let outcome = self.outcome();
        let untouched = self.rule.is_none() && !may_have_happened(outcome);
        self.verified = gone;
        self.counts = !untouched && (gone || self.confirm_sent);
        // The first click was sent, and no question came of it.
        let unasked = self.standing == Standing::Ended(Outcome::Unknown) && !self.confirm_sent;
        let settled = match (gone, outcome) {
            (true, _) if unasked => Outcome::Withdrawn,
            (false, _) if unasked => Outcome::Refused,
            // Nothing that withdraws was sent: somebody else ended it.
            (true, Outcome::Unknown | Outcome::Failed) if !self.confirm_sent => Outcome::Gone,
            (true, Outcome::Unknown | Outcome::Failed) => Outcome::Withdrawn,
            (false, Outcome::Unknown | Outcome::Withdrawn) => Outcome::Failed,
            _ => outcome,
        };
        if settled == Outcome::Failed && outcome != settled {
            "still listed after a fresh load".clone_into(&mut self.detail);
        }
        if settled == Outcome::Withdrawn && outcome != settled && !unasked {
            // What the page said meanwhile was not so.
            self.detail.clear();
        }
        self.standing = Standing::Ended(settled);
    }
}

/// Whether this end leaves it possible that the invitation was withdrawn by the run.
pub(super) fn may_have_happened(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Withdrawn | Outcome::Unknown)
}
