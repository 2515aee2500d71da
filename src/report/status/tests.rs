//! The status of invented people, honest and hostile ones.

use super::*;
use crate::domain::history::{End, RunId, Site};
use crate::domain::history::{Event, EventKind, History};
use crate::domain::invitation::Key;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const PLAIN: View = View { columns: 80, colour: false, verbose: false, next: None };

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn ago_by(hours: i64) -> Timestamp {
    now() - SignedDuration::from_hours(hours)
}

fn entry(name: &str) -> Entry {
    let site = Site::recorded("https://www.linkedin.com");
    let run = RunId::new(ago_by(3), 7);
    let started = EventKind::RunStarted {
        site: site.clone(),
        account: None,
        version: String::new(),
        boot: None,
    };
    let intent = EventKind::Intent {
        key: Key::recorded("in/robin"),
        name: name.to_owned(),
        profile_url: None,
        rule: "stale".to_owned(),
    };
    let events = [started, intent].map(|kind| Event { run, at: ago_by(3), kind });
    History::of(site, &events).entries()[0].clone()
}

fn room(hours: i64, cap: u32, left: u32) -> Room {
    let from = (left == 0).then(|| now() + HOUR);
    Room { window: SignedDuration::from_hours(hours), cap, left, from }
}

fn nothing() -> Status {
    Status {
        last_review: None,
        pending: Vec::new(),
        due: None,
        per_run: 25,
        room: [room(1, 20, 20), room(24, 40, 40), room(168, 150, 150)],
        rest_until: None,
        last_run: None,
        in_doubt: Vec::new(),
        unverified: Vec::new(),
    }
}

fn everything() -> Status {
    let end = End {
        at: ago_by(2),
        word: Some(StopWord::RateLimited),
        detail: "status 429\u{1b}[2J".to_owned(),
    };
    Status {
        last_review: Some(Review { at: ago_by(3), read: 38, announced: Some(38), complete: true }),
        pending: (0..20).map(|week| Pending { at: ago_by(168 * (20 - week)), count: 2 }).collect(),
        due: Some(Counts { of: 37, seen_at: ago_by(3), least: 12, most: 15 }),
        room: [room(1, 20, 0), room(24, 40, 12), room(168, 150, 110)],
        rest_until: Some(now() + HOUR),
        last_run: Some(PastRun {
            id: RunId::new(ago_by(4), 7),
            began_at: ago_by(4),
            account: Some("me".to_owned()),
            end: Some(end),
        }),
        in_doubt: vec![entry("Robin\u{202e} Example")],
        unverified: vec![entry("Ada"), entry("Zoë")],
        ..nothing()
    }
}

fn shown(status: &Status) -> Shown<'_> {
    Shown {
        site: "https://www.linkedin.com".to_owned(),
        account: Some("me"),
        journal: "/home/a/journal.sqlite3".to_owned(),
        now: now(),
        status,
    }
}

fn text(status: &Status, columns: usize) -> String {
    table(&shown(status), &TimeZone::UTC, View { columns, ..PLAIN })
}

#[test]
fn everything_that_is_known_stands_on_one_screen() {
    let text = text(&everything(), 80);
    let expected = "\
https://www.linkedin.com · me
journal /home/a/journal.sqlite3, times in UTC

Last review  2026-11-23 07:00, 3 hours ago: 38 pending, the whole list
Due now      12 to 15 of 37: headlines and notes are not remembered; whoever
             answered since is counted still
Caps         25 in a run · 0 of 20 left in 1 hour, room again from 2026-11-23
             11:00 · 12 of 40 left in 24 hours · 110 of 150 left in 7 days
Rest         the site asked for rest: no run begins before 2026-11-23 11:00
Last run     2026-11-23 06:00, 4 hours ago: stopped at 2026-11-23 08:00:
             rate-limited (status 429�[2J)
Open         1 in doubt (Robin� Example) and 2 not verified (Ada, Zoë): `rescind
             withdraw` settles this first

Pending, the last look of each day (6 earlier days not shown)
  2026-08-17  2 ██
";
    assert!(text.starts_with(expected), "{text}");
    assert_eq!(text.lines().count(), expected.lines().count() + 13, "{text}");
}

#[test]
fn nothing_is_no_error_and_says_what_to_do() {
    let text = text(&nothing(), 80);
    assert!(text.contains("\nLast review  none yet: rescind report reads the list\n"), "{text}");
    assert!(!text.contains("Due") && !text.contains("Last run"), "{text}");
}

#[test]
fn no_line_is_wider_than_the_view_and_no_bar_shorter_than_what_it_shows() {
    for columns in [30, 47, 80, 120] {
        let status = Status {
            pending: [1, 10_000, 0].map(|count| Pending { at: now(), count }).to_vec(),
            ..everything()
        };
        let text = text(&status, columns);
        for line in text.lines() {
            assert!(safe_text::width(line) <= columns, "{columns}: {line:?}");
        }
        let bars = text.lines().rev().take(3).map(|line| line.matches('█').count());
        let bars: Vec<_> = bars.collect();
        assert!(bars[0] == 0 && bars[1] > 5 && bars[2] == 1, "{text}");
    }
}

#[test]
fn what_is_not_certain_is_not_said_as_if_it_were() {
    let mut status = everything();
    status.due = Some(Counts { of: 37, seen_at: ago_by(300), least: 12, most: 12 });
    let review = Review { at: ago_by(3), read: 5, announced: Some(38), complete: false };
    status.last_review = Some(review);
    status.last_run = status.last_run.map(|run| PastRun { end: None, ..run });
    let text = text(&status, 200);
    assert!(text.contains("3 hours ago: incomplete, 5 of 38 read"), "{text}");
    assert!(text.contains("12 of 37 on the last whole list, 2026-11-10 22:00;"), "{text}");
    assert!(text.contains("has no end; it goes on, or was killed"), "{text}");
}

#[test]
fn json_has_every_key_whether_something_is_known_or_not() {
    let value =
        |status: &Status| -> Value { serde_json::from_str(&shown(status).to_json()).unwrap() };
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let (bare, full) = (value(&nothing()), value(&everything()));
    assert_eq!(keys(&bare), keys(&full));
    assert_eq!(bare["last_review"], Value::Null);
    assert_eq!(full["due"]["at_least"], 12);
    assert_eq!(full["pending"].as_array().unwrap().len(), 20);
    assert_eq!(full["caps"]["hour"]["room_from"], "2026-11-23T11:00:00Z");
    assert_eq!(full["caps"]["day"]["room_from"], Value::Null);
    assert_eq!(full["last_run"]["stopped"], "rate-limited");
    assert_eq!(full["in_doubt"][0]["name"], "Robin\u{202e} Example");
    assert_eq!(shown(&everything()).to_json().find('\u{202e}'), None);
}

#[test]
fn how_long_ago_is_told_in_the_unit_that_fits() {
    let check = |minutes, expected: &str| {
        assert_eq!(ago(now(), now() - SignedDuration::from_mins(minutes)), expected);
    };
    check(-5, "just now");
    check(0, "just now");
    check(1, "1 minute ago");
    check(59, "59 minutes ago");
    check(61, "1 hour ago");
    check(47 * 60, "47 hours ago");
    check(48 * 60, "2 days ago");
}
