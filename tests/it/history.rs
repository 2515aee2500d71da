//! `rescind history`: a journal is filled through the library, then shown by the program, on a
//! machine where no browser can be found.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use rescind::domain::history::{Event, EventKind, Outcome, RunId, Site};
use rescind::domain::invitation::Key;
use rescind::folders;
use rescind::journal::Journal;
use serde_json::Value;

use crate::world::{Ran, World};

const LINKEDIN: &str = "https://www.linkedin.com";
const PEOPLE: [&str; 4] = [
    "Robin Example, in/robin, withdrawn verified",
    "Zoë Example, in/zoe, withdrawn",
    "Ada Lovelace, in/ada, unknown",
    "Sam Sample, in/sam, refused",
];

fn state(world: &World) -> PathBuf {
    world.home().join("state").join("rescind")
}

/// `"Robin Example, in/robin, withdrawn verified"`: a day before now, or so many.
fn person(text: &str) -> Vec<EventKind> {
    let [name, id, end] = text.splitn(3, ", ").collect::<Vec<_>>()[..] else { panic!("{text}") };
    let key = || Key::recorded(id);
    let (word, verified) = end.split_once(' ').map_or((end, false), |(word, _)| (word, true));
    let intent = EventKind::Intent {
        key: key(),
        name: name.to_owned(),
        profile_url: Some(format!("{LINKEDIN}/{id}")),
        rule: "stale".to_owned(),
    };
    let outcome = Outcome::from_word(word).unwrap();
    let sent = outcome != Outcome::Refused;
    let mut kinds = vec![intent];
    kinds.extend(sent.then(|| EventKind::ConfirmSent { key: key() }));
    kinds.push(EventKind::Outcome { key: key(), outcome, detail: String::new() });
    kinds.extend(verified.then(|| EventKind::Verified { key: key(), gone: true }));
    kinds
}

/// A run on this site, so many days ago; as long as what is returned lives, it goes on.
fn record(world: &World, site: &str, days: i64, people: &[&str]) -> Journal {
    folders::private_dir(&state(world)).unwrap();
    let mut journal = Journal::open(&state(world)).unwrap();
    let at = Timestamp::now() - SignedDuration::from_hours(24 * days);
    let run = RunId::new(at, u128::try_from(days).unwrap());
    let site = Site::of(site).unwrap();
    let started =
        EventKind::RunStarted { site, account: None, version: "0.1.0".to_owned(), boot: None };
    let kinds = [started].into_iter().chain(people.iter().flat_map(|text| person(text)));
    let events: Vec<_> = kinds.map(|kind| Event { run, at, kind }).collect();
    journal.append_all(&events).unwrap();
    journal
}

/// The program where nothing else can be found, in a folder that it can't write to by accident.
fn history(world: &World, arguments: &[&str]) -> Ran {
    let arguments = [&["history"][..], arguments].concat();
    let mut command = world.command(&arguments);
    command.env("PATH", "").env("TZ", "UTC").current_dir(world.home());
    Ran::of(&mut command)
}

fn names(ran: &Ran) -> Vec<String> {
    ran.expect(0, "");
    let json = ran.json();
    let entries = json["entries"].as_array().unwrap().iter();
    entries.map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

#[track_caller]
fn check(world: &World, arguments: &[&str], expected: &[&str]) {
    assert_eq!(names(&history(world, &[&["--format", "json"], arguments].concat())), expected);
}

#[test]
fn the_table_says_who_when_and_what_is_left() {
    let world = World::new();
    record(&world, LINKEDIN, 3, &PEOPLE);
    let ran = history(&world, &[]);
    assert_eq!((ran.code(), ran.err().as_str()), (0, ""));
    let out = ran.out();
    let robin = out.lines().find(|line| line.contains("Robin Example")).unwrap();
    let day = |days: i64| (Timestamp::now() - SignedDuration::from_hours(24 * days)).to_string();
    assert!(robin.starts_with(&day(3)[..10]) && robin.ends_with(&day(-18)[..10]), "{out}");
    assert!(robin.contains("stale  withdrawn ✓"), "{out}");
    assert!(out.contains("\n2 withdrawn, 1 of them verified · 1 in doubt · 1 refused\n"), "{out}");
    assert!(out.contains("1 in doubt and 1 not verified: `rescind withdraw` settles"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
}

#[test]
fn json_holds_each_entry_once_the_oldest_first() {
    let world = World::new();
    record(&world, LINKEDIN, 9, &PEOPLE[..2]);
    record(&world, LINKEDIN, 3, &PEOPLE[2..]);
    let json = history(&world, &["--format", "json"]).json();
    assert_eq!((&json["schema"], &json["site"]), (&1.into(), &LINKEDIN.into()));
    let words: Vec<_> = json["entries"].as_array().unwrap().iter().map(|e| &e["outcome"]).collect();
    assert_eq!(words, ["withdrawn", "withdrawn", "unknown", "refused"]);
    let first = &json["entries"][0];
    assert_eq!((&first["id"], &first["verified"]), (&"in/robin".into(), &true.into()));
    let time = |key: &str| first[key].as_str().unwrap().parse::<Timestamp>().unwrap();
    let three_weeks = time("invitable_from") - time("ended_at");
    assert_eq!(three_weeks.total(jiff::Unit::Hour).unwrap(), 504.0);
    assert_eq!(json["entries"][3]["invitable_from"], Value::Null);
}

#[test]
fn since_and_person_choose() {
    let world = World::new();
    record(&world, LINKEDIN, 40, &PEOPLE[..1]);
    record(&world, LINKEDIN, 3, &PEOPLE[..3]);
    let all = ["Robin Example", "Robin Example", "Zoë Example", "Ada Lovelace"];
    check(&world, &[], &all);
    check(&world, &["--since", "2 weeks"], &all[1..]);
    check(&world, &["--since", "2 days"], &[]);
    check(&world, &["--since", "2001-01-01"], &all);
    check(&world, &["--since", "2999-01-01T00:00Z"], &[]);
    check(&world, &["--person", "ZOE"], &["Zoë Example"]);
    check(&world, &["--person", "example", "--since", "2 weeks"], &all[1..3]);
    check(&world, &["--person", "in/ada"], &["Ada Lovelace"]);
    check(&world, &["--person", "https://www.linkedin.com/in/Ada/?x=1"], &["Ada Lovelace"]);
    let ran = history(&world, &["--since", "2 days"]);
    assert!(ran.out().contains("None of the 4 entries is as you asked."), "{}", ran.out());
}

#[test]
fn what_is_asked_for_wrongly_is_explained() {
    let world = World::new();
    history(&world, &["--since", "soon"]).expect(2, "write a date (\"2026-11-01\")");
    history(&world, &["--person", " "]).expect(2, "write a part of a name");
    history(&world, &["--person", "https://example.org/"])
        .expect(2, "not the address of a profile");
    history(&world, &["--format", "html"]).expect(2, "possible values: table, json, csv");
}

#[test]
fn csv_goes_to_a_file_and_no_cell_is_calculated() {
    let world = World::new();
    let evil = "\"=HYPERLINK(1)\u{1b}[2J\u{202e}, in/evil, withdrawn";
    record(&world, LINKEDIN, 3, &[evil, "＠SUM(1), in/wide, skipped", PEOPLE[0]]);
    let ran = history(&world, &["--format", "csv", "--output", "history.csv"]);
    assert_eq!((ran.code(), ran.out().as_str(), ran.err().as_str()), (0, "", ""));
    let text = std::fs::read_to_string(world.home().join("history.csv")).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[0].starts_with("\"run\",\"id\",\"name\",\"profile_url\",\"rule\""), "{text}");
    assert!(lines[1].contains(",\"'\"\"=HYPERLINK(1)�[2J�\","), "{text}");
    assert!(lines[2].contains(",\"'＠SUM(1)\","), "{text}");
    assert!(lines[3].contains(",\"Robin Example\","), "{text}");
    assert_eq!(lines.len(), 4);
}

#[test]
fn a_hostile_name_speaks_to_no_terminal() {
    let world = World::new();
    let evil = "Robin\u{1b}]52;c;cm0=\u{7}\u{202e}\r\nEve\u{9b}2J, in/evil, withdrawn";
    record(&world, LINKEDIN, 3, &[evil]);
    for format in ["table", "json", "csv"] {
        let out = history(&world, &["--format", format]).out();
        let obeyed = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert_eq!(out.find(obeyed), None, "{out:?}");
        assert!(out.contains("]52;c;cm0="), "shown, not obeyed: {out}");
    }
    let json = history(&world, &["--format", "json"]).json();
    assert_eq!(json["entries"][0]["name"], evil.split(", ").next().unwrap(), "nothing is lost");
}

#[test]
fn without_a_journal_there_is_nothing_and_nothing_is_made() {
    let world = World::new();
    history(&world, &[]).expect(0, "note: there is no journal in");
    assert!(history(&world, &[]).out().ends_with("Nothing has been withdrawn yet.\n"));
    check(&world, &[], &[]);
    let csv = history(&world, &["--format", "csv", "-q"]);
    assert_eq!((csv.out().lines().count(), csv.err().as_str()), (1, ""));
    assert_eq!(std::fs::read_dir(world.home()).unwrap().count(), 0, "no folder, no file");
}

#[test]
fn each_site_has_a_history_and_all_of_this_machine_are_the_practice_site() {
    let world = World::new();
    record(&world, "http://127.0.0.1:4000", 9, &["Mock One, in/one, withdrawn"]);
    history(&world, &[]).expect(0, "nothing was done on https://www.linkedin.com yet, but on");
    record(&world, LINKEDIN, 8, &PEOPLE[..1]);
    record(&world, "http://localhost:5000", 7, &["Mock Two, in/two, withdrawn"]);
    check(&world, &[], &["Robin Example"]);
    check(&world, &["--site", "https://de.linkedin.com"], &["Robin Example"]);
    check(&world, &["--site", "http://localhost:5000"], &["Mock Two"]);
    check(&world, &["--site", "mock?count=5"], &["Mock One", "Mock Two"]);
    let json = history(&world, &["--site", "mock", "--format", "json"]).json();
    assert_eq!(json["site"], "mock");
    let config = world.home().join("mock.toml");
    std::fs::write(&config, "[site]\nbase_url = \"http://127.0.0.1:4000\"\n").unwrap();
    check(&world, &["--config", config.to_str().unwrap()], &["Mock One"]);
}

#[test]
fn a_damaged_journal_is_an_error_with_the_way_out() {
    let world = World::new();
    record(&world, LINKEDIN, 3, &PEOPLE);
    let file = state(&world).join("journal.sqlite3");
    let length = std::fs::metadata(&file).unwrap().len();
    let mut bytes = std::fs::read(&file).unwrap();
    bytes[4096..].fill(0xAA);
    assert_eq!(bytes.len() as u64, length);
    std::fs::write(&file, &bytes).unwrap();
    let ran = history(&world, &[]);
    ran.expect(1, "is damaged");
    ran.expect(1, "hint: put it back from a back-up");
    assert_eq!(ran.out(), "");
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "not touched");
    std::fs::remove_file(&file).unwrap();
    history(&world, &["--format", "json"]).expect(1, "is gone");
}

#[test]
fn a_run_that_goes_on_is_shown_as_far_as_it_came() {
    let world = World::new();
    let _writing = record(&world, LINKEDIN, 3, &PEOPLE[..1]);
    check(&world, &[], &["Robin Example"]);
}
