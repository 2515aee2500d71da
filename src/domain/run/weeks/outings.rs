//! Generated weeks: when a person starts the program, what happens to it, and how the page treats whom.

use std::time::Duration;

use proptest::prelude::*;

use crate::domain::history::Outcome;
use crate::domain::pace::Pace;

/// How the page treats one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Withdrawn,
    /// Only the second look shows it.
    Late,
    /// The page says so, and it is not true.
    NeverGone,
    /// Confirmed, and what came of it could not be told.
    Unknown,
    /// Confirmed, and the page says that it was not done, or that it agreed with nothing.
    Denied {
        outcome: Outcome,
    },
    /// No question came of the first click, and nothing happened, or it was withdrawn.
    Unasked {
        gone: bool,
    },
    Refused,
    OtherPerson,
    GoneBefore,
    AskedTooOften,
    Interrupted,
}

/// One start of the program.
#[derive(Clone, Debug)]
pub struct Outing {
    /// Since the last one ended, by a clock that nobody sets.
    pub after: i64,
    /// By how much the wall clock is set meanwhile.
    pub set: i64,
    pub restart: bool,
    pub people: Vec<Fate>,
    /// Between two records of an attempt.
    pub lasts: i64,
    /// Killed when so many events are recorded.
    pub killed_after: Option<usize>,
    /// Of the readings, the first so many prove nothing.
    pub barren: u32,
    pub chance: u64,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        24 => Just(Fate::Withdrawn),
        2 => Just(Fate::Late),
        1 => Just(Fate::NeverGone),
        2 => Just(Fate::Unknown),
        2 => prop::sample::select(vec![Outcome::Failed, Outcome::Refused, Outcome::Skipped])
            .prop_map(|outcome| Fate::Denied { outcome }),
        1 => any::<bool>().prop_map(|gone| Fate::Unasked { gone }),
        1 => Just(Fate::Refused),
        1 => Just(Fate::OtherPerson),
        1 => Just(Fate::GoneBefore),
        1 => Just(Fate::AskedTooOften),
        1 => Just(Fate::Interrupted),
    ]
}

pub fn outing() -> impl Strategy<Value = Outing> {
    const MINUTE: i64 = 60;
    const DAY: i64 = 24 * 60 * MINUTE;
    let after = prop_oneof![3 => 0..30 * MINUTE, 2 => 0..DAY / 2, 1 => 0..4 * DAY];
    let set = prop_oneof![8 => Just(0), 1 => -2 * DAY..0, 1 => 0..50 * MINUTE, 1 => 0..3 * DAY];
    let people = prop::collection::vec(fate(), 0..9);
    let killed = prop::option::weighted(0.25, 0_usize..25);
    let barren = prop_oneof![8 => Just(0_u32), 1 => 1_u32..3];
    let restart = prop::bool::weighted(0.2);
    (after, set, restart, people, 0_i64..20, killed, barren, any::<u64>()).prop_map(|of| {
        let (after, set, restart, people, lasts, killed_after, barren, chance) = of;
        Outing { after, set, restart, people, lasts, killed_after, barren, chance }
    })
}

pub fn pace() -> impl Strategy<Value = Pace> {
    (0_u64..40, 0_u64..60, 1_u32..7, 1_u32..5, 1_u32..8, 1_u32..16).prop_map(
        |(shortest, more, per_run, per_hour, per_day, per_week)| Pace {
            between: Duration::from_secs(shortest)..=Duration::from_secs(shortest + more),
            per_run,
            per_hour,
            per_day,
            per_week,
        },
    )
}
