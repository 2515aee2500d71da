//! A thousand weeks of one account in virtual time, and what no instant of them may hold: more than
//! the caps in any sliding window, a pause that is too short, a step after a doubt, a step while the
//! site rests. Runs follow each other as a person starts them; some are killed, after whichever
//! record; between them the clock is set back and forward and the machine restarted; the page obeys,
//! obeys late, lies, or refuses.
//!
//! What really happened is counted here, by two clocks of our own: the one that nobody can set, and
//! the latest that the settable one ever said. Neither is the history's.

mod outings;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proptest::prelude::*;

use self::outings::{Fate, Outing, outing, pace};
use super::*;
use crate::domain::history::{Boot, Site};
use crate::domain::pace::rest_until;

/// Together with the number of cases, a thousand.
const WEEKS: i64 = 10;
const CASES: u32 = 100;

/// What truly reached the site, or was forbidden, and when.
#[derive(Clone, Copy, Debug)]
struct Instant {
    run: RunId,
    /// By the clock that nobody sets.
    elapsed: i64,
    /// The latest that the wall clock ever said.
    latest: i64,
}

struct Weeks {
    pace: Pace,
    journal: History,
    elapsed: i64,
    /// By how much the wall clock differs from `elapsed`.
    offset: i64,
    latest: i64,
    boot: (u32, i64),
    runs: u128,
    people: usize,
    fates: BTreeMap<Key, Fate>,
    looks: BTreeMap<Key, u32>,
    /// Every click that may have withdrawn somebody.
    clicks: Vec<Instant>,
    /// By how much the wall clock was set forward, and when.
    leaps: Vec<(i64, i64)>,
    /// Since when, and until when by its own word, the site rests.
    rests: Vec<(i64, Timestamp)>,
}

/// The run was killed.
struct Killed;

fn instant(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

impl Weeks {
    fn new(pace: Pace) -> Self {
        Self {
            pace,
            journal: History::new(Site::recorded("https://www.linkedin.com")),
            elapsed: 0,
            offset: 0,
            latest: i64::MIN,
            boot: (0, 0),
            runs: 0,
            people: 0,
            fates: BTreeMap::new(),
            looks: BTreeMap::new(),
            clicks: Vec::new(),
            leaps: Vec::new(),
            rests: Vec::new(),
        }
    }

    fn clock(&self) -> Timestamp {
        instant(self.elapsed + self.offset)
    }

    fn now(&mut self, run: RunId) -> Instant {
        self.latest = self.latest.max(self.elapsed + self.offset);
        Instant { run, elapsed: self.elapsed, latest: self.latest }
    }

    /// What is checked before a browser is started, as `withdraw` does it.
    fn may_start(&self, boot: &Boot) -> bool {
        let now = self.journal.now(self.clock());
        let rests = self.journal.cool_down_until().is_some_and(|until| until > now);
        let leap = self.journal.clock_leap(self.clock(), boot);
        !rests && leap.is_none_or(|leap| leap.as_hours() < 1)
    }

    fn go(&mut self, outing: &Outing) {
        self.elapsed += outing.after;
        self.offset += outing.set;
        if outing.set > 0 {
            self.leaps.push((self.elapsed, outing.set));
        }
        if outing.restart {
            self.boot = (self.boot.0 + 1, self.elapsed);
        }
        let up = SignedDuration::from_secs(self.elapsed - self.boot.1);
        let boot = Boot { id: self.boot.0.to_string(), up };
        if !self.may_start(&boot) {
            return;
        }
        self.runs += 1;
        let id = RunId::new(self.clock(), self.runs);
        let wanted: Vec<Key> = outing.people.iter().map(|fate| self.somebody(*fate)).collect();
        let run = Run::new(id, self.pace.clone(), self.journal.clone(), wanted);
        let mut going = Going { weeks: self, run, outing, recorded: 0, looked: 0, rested_at: None };
        let site = going.weeks.journal.site().clone();
        let (account, version) = (Some("alex-example".to_owned()), "1".to_owned());
        let started = EventKind::RunStarted { site, account, version, boot: Some(boot) };
        if going.record(started).is_ok() {
            let _ = going.play();
        }
    }

    fn somebody(&mut self, fate: Fate) -> Key {
        self.people += 1;
        let key = Key::recorded(format!("in/person-{}", self.people));
        self.fates.insert(key.clone(), fate);
        key
    }

    /// No window that ends with a click holds more clicks than its cap, by either clock. By the one
    /// that nobody sets, a window may be shorter by as much as the other was set forward in it.
    fn check_windows(&self) {
        let Pace { per_run, per_hour, per_day, per_week, .. } = self.pace;
        for (window, cap) in [(HOUR, per_hour), (DAY, per_day), (WEEK, per_week)] {
            let window = window.as_secs();
            for together in self.clicks.windows(cap as usize + 1) {
                let (first, last) = (together[0], together[cap as usize]);
                assert!(last.latest - first.latest >= window, "{cap} in {window} s: {together:?}");
                let within = |(at, _): &&(i64, i64)| first.elapsed <= *at && *at <= last.elapsed;
                let leapt: i64 = self.leaps.iter().filter(within).map(|(_, set)| set).sum();
                assert!(last.elapsed - first.elapsed >= window - leapt, "{together:?}");
            }
        }
        let runs: BTreeSet<RunId> = self.clicks.iter().map(|click| click.run).collect();
        for run in runs {
            let count = self.clicks.iter().filter(|click| click.run == run).count();
            assert!(count <= per_run as usize, "{count} in one run");
        }
    }
}

/// One run of the program.
struct Going<'a> {
    weeks: &'a mut Weeks,
    run: Run,
    outing: &'a Outing,
    recorded: usize,
    looked: u32,
    /// When the last attempt with an intent ended.
    rested_at: Option<i64>,
}

impl Going<'_> {
    fn record(&mut self, kind: EventKind) -> Result<(), Killed> {
        let event = Event { run: self.run.id(), at: self.weeks.clock(), kind };
        self.weeks.journal.add(&event);
        self.run.add(&event);
        self.weeks.now(event.run);
        self.recorded += 1;
        let killed = self.outing.killed_after.is_some_and(|most| self.recorded > most);
        if killed { Err(Killed) } else { Ok(()) }
    }

    fn play(&mut self) -> Result<(), Killed> {
        for _ in 0..1_000 {
            self.check_room();
            match self.run.next(self.weeks.clock()) {
                Step::Verify(keys) => self.verify(&keys)?,
                Step::Confirm(keys) => self.run.confirmed(&keys),
                Step::WaitUntil(until) => {
                    let wait = until.duration_since(self.weeks.clock()).as_secs_f64();
                    self.weeks.elapsed += wait.ceil() as i64;
                }
                Step::Withdraw(key) => self.withdraw(&key)?,
                Step::Stop(stop) => {
                    let word = match stop {
                        Stop::Finished => None,
                        Stop::Early(word) => Some(word),
                    };
                    return self.record(EventKind::Stopped { word, detail: String::new() });
                }
            }
        }
        panic!("the run has no end");
    }

    fn verify(&mut self, keys: &[Key]) -> Result<(), Killed> {
        self.weeks.elapsed += 4;
        self.looked += 1;
        let proved = self.looked > self.outing.barren;
        for key in keys.iter().filter(|_| proved) {
            let looks = self.weeks.looks.entry(key.clone()).or_default();
            *looks += 1;
            let gone = match self.weeks.fates[key] {
                Fate::Late => *looks > 1,
                Fate::NeverGone | Fate::Refused | Fate::OtherPerson => false,
                Fate::Unasked { gone } => gone,
                _ => true,
            };
            self.record(EventKind::Verified { key: key.clone(), gone })?;
        }
        self.run.looked(proved);
        Ok(())
    }

    /// What must be so whenever somebody is begun.
    fn check_beginning(&mut self) {
        let Instant { elapsed, latest, run } = self.weeks.now(self.run.id());
        if let Some(rested) = self.rested_at {
            let shortest = self.weeks.pace.between.start().as_secs();
            assert!(elapsed - rested >= i64::try_from(shortest).unwrap(), "a pause was too short");
        }
        for (since, until) in &self.weeks.rests {
            assert!(instant(latest) >= *until, "the site rests");
            let leaps = self.weeks.leaps.iter().filter(|(at, _)| at >= since);
            let leapt: i64 = leaps.map(|(_, set)| set).sum();
            assert!(elapsed - since >= DAY.as_secs() - leapt, "the site rests");
        }
        let history = self.run.history();
        assert!(history.in_doubt().is_empty(), "a doubt is open: {:?}", history.in_doubt());
        let unproven = history.unverified();
        assert!(unproven.iter().all(|entry| entry.run == run), "an earlier run left an open end");
        assert!(unproven.len() < BATCH, "too many are unproven");
        let clicks = self.weeks.clicks.iter().filter(|click| click.run == run).count();
        assert!(clicks != 1 || unproven.is_empty(), "the first is not proven");
    }

    /// At no instant is more room told than the clicks leave, be they settled or not.
    fn check_room(&mut self) {
        let Instant { latest, run, .. } = self.weeks.now(self.run.id());
        let clicks = &self.weeks.clicks;
        let within = |window: SignedDuration| {
            clicks.iter().filter(|click| click.latest > latest - window.as_secs()).count()
        };
        let here = clicks.iter().filter(|click| click.run == run).count();
        let Pace { per_run, per_hour, per_day, per_week, .. } = self.weeks.pace;
        let counts = [here, within(HOUR), within(DAY), within(WEEK)];
        let room = self.run.room(self.weeks.clock());
        for ((cap, count), room) in
            [per_run, per_hour, per_day, per_week].into_iter().zip(counts).zip(room)
        {
            assert!(room as usize <= (cap as usize).saturating_sub(count), "{count} of {cap}");
        }
    }

    fn click(&mut self) {
        let click = self.weeks.now(self.run.id());
        self.weeks.clicks.push(click);
    }

    fn withdraw(&mut self, key: &Key) -> Result<(), Killed> {
        self.check_beginning();
        let fate = self.weeks.fates[key];
        if fate == Fate::GoneBefore {
            return self.ended(key, Outcome::Gone, Sign::Plain);
        }
        self.begun(key, fate)?;
        let (outcome, sign) = match fate {
            Fate::Denied { outcome } => (outcome, Sign::Plain),
            Fate::Refused => (Outcome::Refused, Sign::Miss),
            Fate::OtherPerson => (Outcome::Refused, Sign::OtherPerson),
            Fate::Unknown | Fate::Unasked { .. } => (Outcome::Unknown, Sign::Miss),
            Fate::AskedTooOften => (Outcome::Unknown, Sign::Stop(StopWord::RateLimited)),
            _ => (Outcome::Withdrawn, Sign::Plain),
        };
        if fate == Fate::AskedTooOften {
            let asked = Duration::from_secs(self.outing.chance % 1_000_000);
            let until = rest_until(self.weeks.clock(), Some(asked));
            self.weeks.rests.push((self.weeks.elapsed, until));
            self.record(EventKind::CoolDown { until, detail: String::new() })?;
        }
        let ended = self.ended(key, outcome, sign);
        self.rested_at = Some(self.weeks.elapsed);
        if fate == Fate::Interrupted {
            self.run.stop(StopWord::Interrupted);
        }
        ended
    }

    /// From the intent to the last click.
    fn begun(&mut self, key: &Key, fate: Fate) -> Result<(), Killed> {
        let (name, rule) = (key.to_string(), "stale".to_owned());
        let begun = EventKind::Intent { key: key.clone(), name, profile_url: None, rule };
        self.record(begun)?;
        self.weeks.elapsed += self.outing.lasts;
        if fate == (Fate::Unasked { gone: true }) {
            self.click();
        }
        if matches!(fate, Fate::Refused | Fate::OtherPerson | Fate::Unasked { .. }) {
            return Ok(());
        }
        self.record(EventKind::Opened { key: key.clone() })?;
        self.weeks.elapsed += self.outing.lasts;
        let recorded = self.record(EventKind::ConfirmSent { key: key.clone() });
        // Killed right behind the record, it may have been sent all the same.
        self.click();
        recorded?;
        self.weeks.elapsed += self.outing.lasts;
        Ok(())
    }

    fn ended(&mut self, key: &Key, outcome: Outcome, sign: Sign) -> Result<(), Killed> {
        let key = key.clone();
        self.record(EventKind::Outcome { key: key.clone(), outcome, detail: String::new() })?;
        self.run.attempted(&key, outcome, sign, self.weeks.clock(), self.outing.chance);
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn t1_no_instant_of_a_thousand_weeks_holds_more_than_the_caps_or_less_than_the_pauses(
        pace in pace(), outings in prop::collection::vec(outing(), 20..60),
    ) {
        let mut weeks = Weeks::new(pace);
        for outing in outings.iter().cycle().take(2_000) {
            if weeks.elapsed >= WEEKS * WEEK.as_secs() {
                break;
            }
            weeks.go(outing);
        }
        prop_assert!(weeks.elapsed >= WEEKS * WEEK.as_secs(), "{} s", weeks.elapsed);
        weeks.check_windows();
    }
}
