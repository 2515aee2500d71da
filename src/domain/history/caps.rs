//! Sliding windows over everything that was begun, whichever run began it.
//!
//! Time here never runs back: "now" is at least the last event's, so that a clock that is set back
//! gives no quota back.

use jiff::{SignedDuration, Timestamp};

use crate::domain::history::{Boot, Entry, History};

impl History {
    /// What the clock says, or the last event's time if the clock fell behind it.
    pub fn now(&self, clock: Timestamp) -> Timestamp {
        self.latest_at().map_or(clock, |latest| latest.max(clock))
    }

    /// How many count within the `window` that ends now.
    pub fn counted(&self, clock: Timestamp, window: SignedDuration) -> usize {
        self.counted_times(clock, window).len()
    }

    /// When the window has room for one more, if it has none now.
    pub fn next_free(
        &self,
        clock: Timestamp,
        window: SignedDuration,
        cap: u32,
    ) -> Option<Timestamp> {
        let times = self.counted_times(clock, window);
        let surplus = times.len().checked_sub(cap as usize)?;
        let leaves = times.get(surplus).and_then(|at| at.checked_add(window).ok());
        // A cap of nothing never has room.
        Some(leaves.unwrap_or(Timestamp::MAX))
    }

    /// How much further the wall clock went than the machine's uptime since the last run began;
    /// `None` when that run was before the last boot. More than an hour: somebody set the clock.
    pub fn clock_leap(&self, clock: Timestamp, boot: &Boot) -> Option<SignedDuration> {
        let (began, then) = self.last_boot.as_ref()?;
        let up = boot.up.checked_sub(then.up)?;
        let same = then.id == boot.id && !up.is_negative();
        same.then(|| clock.duration_since(*began) - up)
    }

    /// When each that counts was done, oldest first. The end of an attempt is what counts, not its
    /// beginning: so even what a slow page does late falls into the window.
    fn counted_times(&self, clock: Timestamp, window: SignedDuration) -> Vec<Timestamp> {
        let since = self.now(clock).checked_sub(window).unwrap_or(Timestamp::MIN);
        let mut times: Vec<_> = self
            .entries()
            .iter()
            .filter(|entry| entry.counts())
            .map(|entry: &Entry| entry.counted_at)
            .filter(|at| *at > since)
            .collect();
        times.sort_unstable();
        times
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::history::tests::{HOUR, at, history, intent, kind, site, started};
    use crate::domain::history::{Event, EventKind, RunId};

    #[test]
    fn a_full_window_has_room_again_when_its_oldest_leaves() {
        let history = history("run, intent a, confirm a, withdrawn a, intent b, confirm b");
        assert_eq!(history.counted(at(70), HOUR), 2);
        assert_eq!(history.next_free(at(70), HOUR, 3), None);
        assert_eq!(history.next_free(at(70), HOUR, 2), Some(at(40 + 3_600)));
        assert_eq!(history.next_free(at(70), HOUR, 1), Some(at(60 + 3_600)));
        assert_eq!(history.next_free(at(70), HOUR, 0), Some(Timestamp::MAX));
        assert_eq!(history.next_free(at(40 + 3_600), HOUR, 2), None);
        assert_eq!(History::new(site()).next_free(at(0), HOUR, 0), Some(Timestamp::MAX));
    }

    #[test]
    fn t1_a_clock_set_back_gives_no_quota_back() {
        let mut history = history("run, intent a, confirm a, withdrawn a");
        let back = at(40 - 2 * 86_400);
        assert_eq!(history.counted(back, HOUR), 1);
        assert_eq!(history.next_free(back, HOUR, 1), Some(at(40 + 3_600)));
        let event = Event { run: RunId::new(at(0), 1), at: back, kind: intent("b") };
        history.add(&event);
        assert_eq!(history.counted(back, HOUR), 2, "what is begun by the late clock counts too");
        assert_eq!(history.latest_at(), Some(at(40)));
    }

    #[test]
    fn t1_a_clock_set_back_shortens_no_rest() {
        let mut history = history("run, intent a");
        let (back, until) = (at(20 - 2 * 86_400), at(20 - 86_400));
        let kind = EventKind::CoolDown { until, detail: String::new() };
        history.add(&Event { run: RunId::new(at(0), 1), at: back, kind });
        assert_eq!(history.cool_down_until(), Some(at(20 + 86_400)));
    }

    #[test]
    fn t1_a_clock_that_leapt_ahead_of_the_uptime_is_noticed() {
        let boot = |hours| Boot { id: "x".to_owned(), up: SignedDuration::from_hours(hours) };
        let mut history = History::new(site());
        let mut kind = started("https://www.linkedin.com");
        if let EventKind::RunStarted { boot: known, .. } = &mut kind {
            *known = Some(boot(1));
        }
        history.add(&Event { run: RunId::new(at(0), 1), at: at(0), kind });
        assert_eq!(history.clock_leap(at(7_200), &boot(3)), Some(SignedDuration::ZERO));
        assert_eq!(history.clock_leap(at(9_000), &boot(2)), Some(SignedDuration::from_mins(90)));
        let other = Boot { id: "y".to_owned(), ..boot(3) };
        assert_eq!(history.clock_leap(at(9_000), &other), None);
    }

    #[test]
    fn t2_windows_do_not_care_for_daylight_saving_or_new_year() {
        let dated = |text: &str| text.parse::<Timestamp>().unwrap();
        let mut history = History::new(site());
        let run = RunId::new(at(0), 1);
        let before = dated("2026-12-31T23:30:00+01:00");
        for kind in [started("https://www.linkedin.com"), intent("a")] {
            history.add(&Event { run, at: before, kind });
        }
        let next = history.next_free(dated("2026-12-31T23:00:00Z"), HOUR, 1);
        assert_eq!(next, Some(dated("2027-01-01T00:30:00+01:00")));
    }

    /// One move of a generated history: so many seconds pass, the clock is set by so much, then the
    /// caller may act, and that ends in some way after some seconds.
    type Move = (i64, i64, bool, usize, i64);

    const ENDS: [&str; 6] = ["withdrawn", "refused", "failed", "unknown", "", "confirm"];

    /// Plays the moves with a caller that obeys `next_free`. Returns when something may have reached
    /// the site: by a clock that nobody sets, and by the journal's own time.
    fn play(moves: &[Move], cap: u32) -> (Vec<i64>, Vec<Timestamp>) {
        let mut history = history("run");
        let (mut elapsed, mut clock) = (100, 100);
        let (mut true_times, mut journal_times) = (Vec::new(), Vec::new());
        for (pass, set, patient, end, lasts) in moves {
            (elapsed, clock) = (elapsed + pass, clock + pass + set);
            let free = history.next_free(at(clock), HOUR, cap);
            if let (Some(free), true) = (free, *patient) {
                let wait = free.duration_since(at(clock)).as_secs();
                (elapsed, clock) = (elapsed + wait, clock + wait);
            } else if free.is_some() {
                continue;
            }
            let mut record = |step: String, clock| {
                let run = RunId::new(at(0), 1);
                history.add(&Event { run, at: at(clock), kind: kind(&step) });
                history.now(at(clock))
            };
            record("intent a".to_owned(), clock);
            if ENDS[*end] != "refused" {
                record("confirm a".to_owned(), clock + lasts);
                true_times.push(elapsed + lasts);
                journal_times.push(record("opened x".to_owned(), clock + lasts));
            }
            (elapsed, clock) = (elapsed + lasts, clock + lasts);
            if !ENDS[*end].is_empty() {
                record(format!("{} a", ENDS[*end]), clock);
            }
        }
        (true_times, journal_times)
    }

    fn moves(jumps: std::ops::Range<i64>) -> impl Strategy<Value = Vec<Move>> {
        let jump = prop_oneof![4 => Just(0_i64), 1 => jumps];
        let one = (0_i64..900, jump, any::<bool>(), 0..ENDS.len(), 0_i64..60);
        prop::collection::vec(one, 1..80)
    }

    proptest! {
        #[test]
        fn t1_no_rolling_window_exceeds_the_cap_however_the_clock_is_set_back(
            moves in moves(-200_000..0), cap in 1_u32..6,
        ) {
            let (times, _) = play(&moves, cap);
            for together in times.windows(cap as usize + 1) {
                prop_assert!(together[cap as usize] - together[0] >= 3_600, "{times:?}");
            }
        }

        #[test]
        fn t1_no_rolling_window_exceeds_the_cap_by_the_journals_time_whatever_the_clock_does(
            moves in moves(-200_000..200_000), cap in 1_u32..6,
        ) {
            let (_, times) = play(&moves, cap);
            for together in times.windows(cap as usize + 1) {
                prop_assert!(together[cap as usize].duration_since(together[0]) >= HOUR);
            }
        }
    }
}
