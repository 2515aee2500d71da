//! How fast withdrawals may follow each other: a random pause between two, and caps.
//!
//! The site's patience is not known, so a real site has limits that no setting lifts; a practice
//! site on this machine has none.

use std::ops::RangeInclusive;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// The pause between two withdrawals, and how many there may be in a run and in sliding windows
/// over all runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    pub between: RangeInclusive<Duration>,
    pub per_run: u32,
    pub per_hour: u32,
    pub per_day: u32,
    pub per_week: u32,
}

/// Until when the site is left alone after it said that it is asked too often: a day, or as long
/// as it said if that is longer; a week at the most.
pub fn rest_until(now: Timestamp, retry_after: Option<Duration>) -> Timestamp {
    let rest = retry_after.unwrap_or_default().clamp(DAY, 7 * DAY);
    let rest = SignedDuration::try_from(rest).unwrap_or(SignedDuration::from_hours(24));
    now.checked_add(rest).unwrap_or(Timestamp::MAX)
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A setting that a real site does not get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooFast {
    #[error("on a real site the pause between two withdrawals is at least 5s (allowed: 5s to 24h)")]
    Between,
    #[error("on a real site at most 100 withdrawals a day are made (allowed: 1 to 100)")]
    PerDay,
}

impl Pace {
    /// The pause that this chance picks, evenly spread from the shortest to the longest.
    pub fn pause(&self, chance: u64) -> Duration {
        let (short, long) = (self.between.start(), self.between.end());
        let spread = u64::try_from(long.saturating_sub(*short).as_millis()).unwrap_or(u64::MAX);
        *short + Duration::from_millis(chance % spread.saturating_add(1))
    }

    /// The shortest pause on a real site.
    pub const FLOOR: Duration = Duration::from_secs(5);
    /// The most withdrawals a day on a real site.
    pub const CEILING: u32 = 100;

    /// Whether a real site may be treated like this.
    pub fn check_for_real_site(&self) -> Result<(), TooFast> {
        if *self.between.start() < Self::FLOOR {
            return Err(TooFast::Between);
        }
        if self.per_day > Self::CEILING {
            return Err(TooFast::PerDay);
        }
        Ok(())
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            between: Duration::from_secs(15)..=Duration::from_secs(45),
            per_run: 25,
            per_hour: 20,
            per_day: 40,
            per_week: 150,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(shortest: u64, per_day: u32, expected: Result<(), TooFast>) {
        let pace = Pace {
            between: Duration::from_secs(shortest)..=Duration::from_secs(60),
            per_day,
            ..Pace::default()
        };
        assert_eq!(pace.check_for_real_site(), expected);
    }

    #[test]
    fn u2_a_real_site_has_a_least_pause_and_a_most_a_day() {
        check(5, 100, Ok(()));
        check(4, 100, Err(TooFast::Between));
        check(0, 1, Err(TooFast::Between));
        check(5, 101, Err(TooFast::PerDay));
    }

    #[test]
    fn the_defaults_suit_a_real_site() {
        assert_eq!(Pace::default().check_for_real_site(), Ok(()));
    }
}
