//! `rescind status`: a journal is filled through the library, then the program tells where things
//! stand, on a machine where no browser can be found.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use rescind::domain::history::{Event, EventKind, Outcome, RunId, Site, StopWord};
use rescind::domain::invitation::{Key, Kind};
use rescind::journal::Journal;
use rescind::{folders, lock};
use serde_json::{Value, json};

use crate::world::{Ran, World};

const LINKEDIN: &str = "https://www.linkedin.com";

fn state(world: &World) -> PathBuf {
    world.home().join("state").join("rescind")
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// The events of one run, so many days ago; as long as what is returned lives, it goes on.
fn record(world: &World, ago: i64, kinds: impl FnOnce(Timestamp) -> Vec<EventKind>) -> Journal {
    folders::private_dir(&state(world)).unwrap();
    let mut journal = Journal::open(&state(world)).unwrap();
    let at = Timestamp::now() - days(ago);
    let run = RunId::new(at, 7);
    let events: Vec<_> = kinds(at).into_iter().map(|kind| Event { run, at, kind }).collect();
    journal.append_all(&events).unwrap();
    journal
}

fn started(site: &str, acts: bool) -> EventKind {
    let (site, account) = (Site::of(site).unwrap(), Some("robin-me".to_owned()));
    let (version, boot) = ("0.1.0".to_owned(), None);
    match acts {
        true => EventKind::RunStarted { site, account, version, boot },
        false => EventKind::LookStarted { site, account, version, boot },
    }
}

/// A whole list of so many people, each sent a week before the next.
fn look(site: &str, at: Timestamp, people: i64) -> Vec<EventKind> {
    let mut kinds = vec![started(site, false)];
    kinds.extend((1..=people).map(|number| EventKind::Sighted {
        key: Key::recorded(format!("in/person-{number}")),
        name: format!("Person {number}"),
        profile_url: Some(format!("{LINKEDIN}/in/person-{number}")),
        sent_text: format!("Sent {number} weeks ago"),
        sent_between: Some((at - days(7 * number + 7), at - days(7 * number))),
    }));
    let (announced, read) = (None, u32::try_from(people).unwrap());
    kinds.push(EventKind::ScanEnded { pill: Kind::Person, announced, read, complete: true });
    kinds
}

fn withdrawal(number: i64, outcome: Option<Outcome>) -> Vec<EventKind> {
    let key = || Key::recorded(format!("in/person-{number}"));
    let (name, rule) = (format!("Person {number}"), "stale".to_owned());
    let mut kinds = vec![
        EventKind::Intent { key: key(), name, profile_url: None, rule },
        EventKind::ConfirmSent { key: key() },
    ];
    let detail = String::new();
    kinds.extend(outcome.map(|outcome| EventKind::Outcome { key: key(), outcome, detail }));
    kinds
}

/// Two looks, and between them a run that withdrew three of ten, was not sure of another, and was
/// stopped by the site.
fn usual(world: &World) {
    record(world, 9, |at| look(LINKEDIN, at, 10));
    record(world, 3, |at| {
        let verified = EventKind::Verified { key: Key::recorded("in/person-10"), gone: true };
        let detail = "status 429".to_owned();
        let rest = EventKind::CoolDown { until: at + days(4), detail: detail.clone() };
        let stopped = EventKind::Stopped { word: Some(StopWord::RateLimited), detail };
        let mut kinds = vec![started(LINKEDIN, true)];
        kinds.extend(withdrawal(10, Some(Outcome::Withdrawn)));
        kinds.push(verified);
        kinds.extend(withdrawal(9, Some(Outcome::Withdrawn)));
        kinds.extend(withdrawal(8, None));
        kinds.extend([rest, stopped]);
        kinds
    });
}

fn status(world: &World, arguments: &[&str]) -> Ran {
    let arguments = [&["status"][..], arguments].concat();
    let mut command = world.command(&arguments);
    command.env("PATH", "").env("TZ", "UTC").current_dir(world.home());
    Ran::of(&mut command)
}

fn json(world: &World, arguments: &[&str]) -> Value {
    let ran = status(world, &[&["--format", "json"], arguments].concat());
    ran.expect(0, "");
    ran.json()
}

#[test]
fn the_table_says_what_is_due_what_is_left_and_what_is_open() {
    let world = World::new();
    usual(&world);
    let ran = status(&world, &[]);
    assert_eq!((ran.code(), ran.err().as_str()), (0, ""));
    let out = ran.out();
    let day = |ago: i64| (Timestamp::now() - days(ago)).to_string()[..10].to_owned();
    for words in [
        "https://www.linkedin.com · robin-me\n".to_owned(),
        format!("Last review  {} ", day(9)),
        " 9 days ago: 10 pending, the whole list\n".to_owned(),
        // Of persons 1 to 7, whose age has grown by nine days, 5, 6 and 7 are over six weeks.
        "Due now      3 of 7; whoever answered since".to_owned(),
        "Caps         25 in a run · 20 of 20 left in 1 hour · 40 of 40 left in 24 hours".to_owned(),
        "147 of 150 left in 7 days".to_owned(),
        format!("no run begins before {}", day(-1)),
        ": stopped at".to_owned(),
        "rate-limited (status 429)".to_owned(),
        "1 in doubt (Person 8) and 1 not verified (Person 9)".to_owned(),
        format!("  {}  10 ██████████", day(9)),
    ] {
        assert!(out.contains(&words), "{words:?} is not in:\n{out}");
    }
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
}

#[test]
fn json_tells_the_same_and_where_the_journal_is() {
    let world = World::new();
    usual(&world);
    record(&world, 1, |at| look(LINKEDIN, at, 8));
    let json = json(&world, &[]);
    assert_eq!((&json["schema"], &json["site"]), (&1.into(), &LINKEDIN.into()));
    assert_eq!(json["journal"], state(&world).join("journal.sqlite3").to_str().unwrap());
    let counts: Vec<_> =
        json["pending"].as_array().unwrap().iter().map(|day| &day["count"]).collect();
    assert_eq!(counts, [10, 8]);
    assert_eq!(json["last_review"]["read"], 8);
    // Person 8 is in doubt; 6 and 7 are over six weeks, and of nobody a list of headlines decides.
    assert_eq!((&json["due"]["of"], &json["due"]["at_least"]), (&7.into(), &2.into()));
    assert_eq!(json["due"]["at_most"], 2);
    assert_eq!(json["caps"]["week"], json!({"cap": 150, "left": 147, "room_from": null}));
    assert_eq!(json["last_run"]["stopped"], "rate-limited");
    assert_eq!(json["in_doubt"][0]["id"], "in/person-8");
    assert_eq!(json["unverified"].as_array().unwrap().len(), 1);
}

#[test]
fn rules_on_texts_that_are_not_remembered_give_a_least_and_a_most() {
    let world = World::new();
    record(&world, 1, |at| look(LINKEDIN, at, 8));
    let file = world.home().join("rules.toml");
    let recruiters = "[[rule]]\nolder_than = \"3 weeks\"\nheadline = [\"recruiter\"]\n";
    std::fs::write(&file, format!("[[rule]]\nolder_than = \"6 weeks\"\n{recruiters}")).unwrap();
    let due = json(&world, &["--config", file.to_str().unwrap()])["due"].clone();
    assert_eq!((&due["at_least"], &due["at_most"]), (&3.into(), &6.into()));
    let out = status(&world, &["--config", file.to_str().unwrap()]).out();
    assert!(out.contains("3 to 6 of 8: headlines and notes are not remembered"), "{out}");
}

#[test]
fn without_a_journal_there_is_nothing_yet_and_nothing_is_made() {
    let world = World::new();
    let ran = status(&world, &[]);
    ran.expect(0, "note: there is no journal in");
    assert!(ran.out().contains("Last review  none yet: rescind report"), "{}", ran.out());
    let json = json(&world, &["-q"]);
    assert_eq!((&json["last_review"], &json["due"]), (&Value::Null, &Value::Null));
    assert_eq!(json["caps"]["day"]["left"], 40);
    assert_eq!(std::fs::read_dir(world.home()).unwrap().count(), 0, "no folder, no file");
}

#[test]
fn it_works_while_a_run_goes_on_and_sees_it_as_far_as_it_came() {
    let world = World::new();
    let kinds = || [vec![started(LINKEDIN, true)], withdrawal(1, None)].concat();
    let _going = record(&world, 0, |_| kinds());
    let _lock = lock::acquire(&state(&world), "state folder").unwrap();
    let ran = status(&world, &[]);
    ran.expect(0, "");
    assert!(ran.out().contains("has no end; it goes on, or was killed"), "{}", ran.out());
    assert!(ran.out().contains("19 of 20 left in 1 hour"), "{}", ran.out());
}

#[test]
fn practice_never_counts_for_the_real_site() {
    let world = World::new();
    record(&world, 3, |at| look("http://127.0.0.1:4000", at, 4));
    status(&world, &[]).expect(0, "nothing is known of https://www.linkedin.com yet, but of");
    assert_eq!(json(&world, &[])["last_review"], Value::Null);
    record(&world, 2, |at| look(LINKEDIN, at, 2));
    record(&world, 1, |at| look("http://localhost:5000", at, 3));
    let read = |arguments: &[&str]| json(&world, arguments)["last_review"]["read"].clone();
    assert_eq!(read(&[]), 2);
    assert_eq!(read(&["--site", "http://127.0.0.1:4000"]), 4);
    assert_eq!(read(&["--site", "mock"]), 3);
    assert_eq!(json(&world, &["--site", "mock"])["site"], "http://localhost:5000");
}

#[test]
fn a_damaged_journal_is_an_error_with_the_way_out() {
    let world = World::new();
    usual(&world);
    let file = state(&world).join("journal.sqlite3");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[4096..].fill(0xAA);
    std::fs::write(&file, &bytes).unwrap();
    let ran = status(&world, &[]);
    ran.expect(1, "is damaged");
    ran.expect(1, "hint: put it back from a back-up");
    assert_eq!(ran.out(), "");
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "not touched");
}
