//! What now? The whole policy of withdrawing: what was left in doubt is settled first, the person
//! is asked, the first withdrawal is proven before the second is begun, then every ten and the
//! last; pauses and caps between them; and every reason to stop.
//!
//! It holds no browser, clock or terminal. It is told what the journal is told, in the same order,
//! so that a run that was killed goes on from the journal alone.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::{SignedDuration, Timestamp};

use crate::domain::history::{Event, EventKind, History, Outcome, RunId, StopWord};
use crate::domain::invitation::Key;
use crate::domain::pace::Pace;

/// After the first, so many withdrawals go together into one proof.
const BATCH: usize = 10;
/// So many misses in a row mean that the page is not what the layout says.
const MISSES: u32 = 3;
/// A slow site may still do it after the first look; the second look is the one that counts.
const SECOND_LOOK: SignedDuration = SignedDuration::from_secs(12);
pub(super) const HOUR: SignedDuration = SignedDuration::from_hours(1);
pub(super) const DAY: SignedDuration = SignedDuration::from_hours(24);
pub(super) const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What is to be done next.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Load the Sent tab afresh, and see which of these it still lists.
    Verify(Vec<Key>),
    /// Ask the person about these.
    Confirm(Vec<Key>),
    WaitUntil(Timestamp),
    Withdraw(Key),
    Stop(Stop),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Nothing is left to do.
    Finished,
    Early(StopWord),
}

/// What an attempt showed about the page, besides its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nothing.
    Plain,
    /// The page did not do what the layout says.
    Miss,
    /// The dialog was for somebody else. It may happen once in a run.
    OtherPerson,
    /// The page gave a reason to stop.
    Stop(StopWord),
}

/// Who comes next, and whether anybody does.
pub struct Run {
    id: RunId,
    pace: Pace,
    history: History,
    unasked: Vec<Key>,
    waiting: VecDeque<Key>,
    stop: Option<StopWord>,
    /// Nothing may be asked of the site any more.
    hands_off: bool,
    rest_until: Option<Timestamp>,
    first_is_proven: bool,
    misses: u32,
    other_persons: u32,
    /// Readings in a row that proved nothing.
    barren: u32,
    /// Who was still listed after a confirmed withdrawal, and when to look again.
    second_looks: BTreeMap<Key, Timestamp>,
    /// Who was looked for a second time.
    looked_twice: BTreeSet<Key>,
    /// The person wants an end: nothing is waited for any more.
    hurried: bool,
}

impl Run {
    /// A run over these people, in this order, after everything in `history`.
    pub fn new(id: RunId, pace: Pace, history: History, wanted: Vec<Key>) -> Self {
        Self {
            id,
            pace,
            history,
            unasked: wanted,
            waiting: VecDeque::new(),
            stop: None,
            hands_off: false,
            rest_until: None,
            first_is_proven: false,
            misses: 0,
            other_persons: 0,
            barren: 0,
            second_looks: BTreeMap::new(),
            looked_twice: BTreeSet::new(),
            hurried: false,
        }
    }

    pub fn id(&self) -> RunId {
        self.id
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    /// Why the run ends before it is finished, once it does.
    pub fn stopped(&self) -> Option<StopWord> {
        self.stop
    }

    /// Who was approved and not begun yet.
    pub fn left(&self) -> usize {
        self.waiting.len()
    }

    /// Whom the run is about, in this order; to be called before the first step.
    pub fn want(&mut self, wanted: Vec<Key>) {
        self.unasked = wanted;
    }

    /// Whose end is open, or may come late: what a fresh list settles.
    pub fn open(&self) -> Vec<Key> {
        let doubts = self.history.in_doubt().into_iter();
        let entries = doubts.chain(self.history.unverified()).chain(self.history.late());
        let entries = entries.map(|entry| entry.key.clone());
        let mut keys: Vec<Key> = entries.chain(self.second_looks.keys().cloned()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The person approved these, of those asked about; the others are let be.
    pub fn confirmed(&mut self, approved: &[Key]) {
        let asked = std::mem::take(&mut self.unasked);
        self.waiting.extend(asked.into_iter().filter(|key| approved.contains(key)));
    }

    /// What was written into the journal.
    pub fn add(&mut self, event: &Event) {
        self.history.add(event);
        if let EventKind::Verified { key, gone } = &event.kind {
            self.verified(key, *gone, event.at);
        }
    }

    /// An attempt has ended, and its outcome is in the journal.
    pub fn attempted(
        &mut self,
        key: &Key,
        outcome: Outcome,
        sign: Sign,
        now: Timestamp,
        chance: u64,
    ) {
        self.waiting.retain(|waiting| waiting != key);
        let begun = self.own_entries().any(|entry| entry.key == *key && entry.rule.is_some());
        if begun {
            let pause = SignedDuration::try_from(self.pace.pause(chance)).unwrap_or_default();
            self.rest_until = now.checked_add(pause).ok();
        }
        match outcome {
            Outcome::Withdrawn => self.misses = 0,
            Outcome::Unknown => self.misses += 1,
            _ if sign != Sign::Plain => self.misses += 1,
            _ => {}
        }
        if sign == Sign::OtherPerson {
            self.other_persons += 1;
        }
        if let Sign::Stop(word) = sign {
            self.stop(word);
        } else if self.other_persons > 1 {
            self.stop(StopWord::PageChanged);
        } else if self.misses >= MISSES {
            self.stop(StopWord::TooManyFailures);
        }
    }

    /// The list was loaded and read; whether it could prove anything.
    pub fn looked(&mut self, proved: bool) {
        self.barren = if proved { 0 } else { self.barren + 1 };
        if self.barren > 1 {
            self.stop(StopWord::PageChanged);
            self.hands_off = true;
        }
    }

    /// A reason to stop. The first one is the one that is told.
    pub fn stop(&mut self, word: StopWord) {
        self.stop.get_or_insert(word);
        self.hurried |= word == StopWord::Interrupted;
        self.hands_off |= matches!(
            word,
            StopWord::SignedOut
                | StopWord::Checkpoint
                | StopWord::RateLimited
                | StopWord::BrowserLost
        );
    }

    /// The page can't be read any more, so what is open stays open for the next run.
    pub fn leave_alone(&mut self, word: StopWord) {
        self.stop(word);
        self.hands_off = true;
    }

    /// The next step.
    pub fn next(&mut self, clock: Timestamp) -> Step {
        let now = self.history.now(clock);
        if self.history.cool_down_until().is_some_and(|until| until > now) {
            self.stop(StopWord::RateLimited);
        }
        if !self.hands_off
            && let Some(step) = self.proof(clock, now)
        {
            return step;
        }
        // Nobody is asked about what the caps forbid.
        let wants = !self.waiting.is_empty() || !self.unasked.is_empty();
        if self.stop.is_none() && wants && self.is_capped(now) {
            self.stop(StopWord::Cap);
            return self.next(clock);
        }
        match (self.stop, self.waiting.front()) {
            (Some(word), _) => Step::Stop(Stop::Early(word)),
            (None, _) if !self.unasked.is_empty() => Step::Confirm(self.unasked.clone()),
            (None, None) => Step::Stop(Stop::Finished),
            // Pauses go by this run's own clock, which nobody can set: the journal may be ahead of it.
            (None, Some(key)) => match self.rest_until.filter(|until| *until > clock) {
                Some(until) => Step::WaitUntil(until),
                None => Step::Withdraw(key.clone()),
            },
        }
    }

    /// What the caps leave now: in this run, this hour, this day, this week.
    pub fn room(&self, clock: Timestamp) -> [u32; 4] {
        let left = |cap: u32, used: usize| cap.saturating_sub(u32::try_from(used).unwrap_or(cap));
        let counted = |window| self.history.counted(clock, window);
        [
            left(self.pace.per_run, self.counted_here()),
            left(self.pace.per_hour, counted(HOUR)),
            left(self.pace.per_day, counted(DAY)),
            left(self.pace.per_week, counted(WEEK)),
        ]
    }

    /// From when the sliding windows have room for one more.
    pub fn next_room(&self, clock: Timestamp) -> Option<Timestamp> {
        let Pace { per_hour, per_day, per_week, .. } = self.pace;
        [(HOUR, per_hour), (DAY, per_day), (WEEK, per_week)]
            .into_iter()
            .filter_map(|(window, cap)| self.history.next_free(clock, window, cap))
            .max()
    }

    fn is_capped(&self, now: Timestamp) -> bool {
        self.room(now).contains(&0)
    }

    /// The reading of the list that must come before anything else, or the wait for it.
    fn proof(&self, clock: Timestamp, now: Timestamp) -> Option<Step> {
        let own: Vec<Key> = self.own_unverified().collect();
        let unsettled = |key: &Key| !own.contains(key);
        let doubts = self.history.in_doubt().into_iter().map(|entry| entry.key.clone());
        let earlier = self.history.unverified().into_iter().map(|entry| entry.key.clone());
        let mut urgent: Vec<Key> = doubts.chain(earlier).filter(unsettled).collect();
        let look_again = self.second_looks.values().max().copied();
        if urgent.is_empty() && !self.hurried && look_again.is_some_and(|at| at > clock) {
            return look_again.map(Step::WaitUntil);
        }
        if !self.hurried {
            urgent.extend(self.second_looks.keys().cloned());
        }
        let is_last = self.stop.is_some() || self.waiting.is_empty() || self.is_capped(now);
        let due = is_last || !self.first_is_proven || own.len() >= BATCH || !urgent.is_empty();
        if due {
            urgent.extend(own);
        }
        urgent.sort_unstable();
        urgent.dedup();
        (!urgent.is_empty()).then_some(Step::Verify(urgent))
    }

    fn verified(&mut self, key: &Key, gone: bool, at: Timestamp) {
        let Some(entry) = self.history.entry(key).filter(|entry| entry.run == self.id) else {
            self.second_looks.remove(key);
            return;
        };
        let (sent, outcome) = (entry.confirm_sent, entry.outcome());
        if gone {
            self.second_looks.remove(key);
            // Who was gone before proves nothing about what a click does.
            self.first_is_proven |= sent;
            if outcome == Outcome::Withdrawn {
                self.misses = 0;
            }
            if outcome == Outcome::Withdrawn && !sent {
                // The first click withdrew it: the site no longer asks.
                self.stop(StopWord::PageChanged);
            }
            return;
        }
        if !sent || self.looked_twice.contains(key) {
            return;
        }
        if self.second_looks.remove(key).is_none() {
            let again = at.checked_add(SECOND_LOOK).unwrap_or(at);
            self.second_looks.insert(key.clone(), again);
            return;
        }
        self.looked_twice.insert(key.clone());
        self.misses += 1;
        if !self.first_is_proven || self.misses >= MISSES {
            self.stop(StopWord::TooManyFailures);
        }
    }

    fn own_entries(&self) -> impl Iterator<Item = &crate::domain::history::Entry> {
        self.history.entries().iter().filter(|entry| entry.run == self.id)
    }

    fn own_unverified(&self) -> impl Iterator<Item = Key> {
        self.own_entries().filter(|entry| entry.unverified()).map(|entry| entry.key.clone())
    }

    fn counted_here(&self) -> usize {
        self.own_entries().filter(|entry| entry.counts()).count()
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod weeks;
