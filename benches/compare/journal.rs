//! B8: the journal, durable after each entry.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use rescind::domain::history::{Event, EventKind, Outcome, RunId, Site};
use rescind::domain::invitation::Key;
use rescind::journal::Journal;

use crate::contest::{Row, Wish};
use crate::world::World;

const COMMITS: usize = 1_000;
/// Each withdrawal is four entries.
const WITHDRAWALS: usize = 25_000;

pub fn rows(wish: &Wish) -> Vec<Row> {
    let (mut median, mut most, mut told) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..wish.rounds {
        let mut took = commits();
        took.sort_by(f64::total_cmp);
        median.push(took[COMMITS / 2]);
        most.push(took[COMMITS * 95 / 100]);
    }
    let world = filled();
    for _ in 0..wish.rounds {
        let began = Instant::now();
        world.run(&["history", "--format", "json"]).expect(0, "");
        told.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    vec![
        Row::of_rescind("B8", "one durable entry, the median", "ms", median),
        Row::of_rescind("B8", "one durable entry, 95 of 100", "ms", most).at_most(10.0),
        Row::of_rescind("B8", "`history` of 100,000 entries", "ms", told).at_most(100.0),
    ]
}

fn commits() -> Vec<f64> {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::open(&folder.path().join("state")).unwrap();
    let (at, run) = (Timestamp::now(), RunId::new(Timestamp::now(), 1));
    journal.append(&Event { run, at, kind: started() }).unwrap();
    let key = Key::recorded("in/robin-example".to_owned());
    (0..COMMITS)
        .map(|_| {
            let event = Event { run, at, kind: EventKind::Opened { key: key.clone() } };
            let began = Instant::now();
            journal.append(&event).unwrap();
            began.elapsed().as_secs_f64() * 1_000.0
        })
        .collect()
}

fn filled() -> World {
    let world = World::new();
    let mut journal = Journal::open(&world.home().join("state/rescind")).unwrap();
    let began = Timestamp::now() - SignedDuration::from_hours(24 * 300);
    let run = RunId::new(began, 1);
    let mut events = vec![Event { run, at: began, kind: started() }];
    for number in 0..WITHDRAWALS {
        let at = began + SignedDuration::from_mins(number.try_into().unwrap());
        let key = Key::recorded(format!("in/person-{number}"));
        let profile_url = Some(format!("https://www.linkedin.com/in/person-{number}"));
        let name = format!("Person {number}");
        let kinds = [
            EventKind::Intent { key: key.clone(), name, profile_url, rule: "stale".to_owned() },
            EventKind::Opened { key: key.clone() },
            EventKind::ConfirmSent { key: key.clone() },
            EventKind::Outcome { key, outcome: Outcome::Withdrawn, detail: String::new() },
        ];
        events.extend(kinds.map(|kind| Event { run, at, kind }));
    }
    journal.append_all(&events).unwrap();
    world
}

fn started() -> EventKind {
    let site = Site::of("https://www.linkedin.com").unwrap();
    let version = env!("CARGO_PKG_VERSION").to_owned();
    EventKind::RunStarted { site, account: Some("robin-me".to_owned()), version, boot: None }
}
