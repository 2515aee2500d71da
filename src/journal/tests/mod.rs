//! What the journal promises, and what it makes of each fault of the disk and of other hands.

mod crash;
mod deeds;
mod faults;
mod lost;

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::domain::history::{Boot, EventKind, Outcome, RunId, StopWord};
use crate::domain::invitation::{Key, Kind};

/// Tempfile's own folders are as open as the umask says.
fn temp_dir() -> tempfile::TempDir {
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    tempfile::Builder::new().permissions(private).tempdir().unwrap()
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn site() -> Site {
    Site::of("https://www.linkedin.com").unwrap()
}

fn event(second: i64, kind: EventKind) -> Event {
    let run = RunId::new(at(0), 7);
    Event { run, at: at(second), kind }
}

fn started() -> Event {
    let kind = EventKind::RunStarted {
        site: site(),
        account: Some("me".to_owned()),
        version: "0.1.0".to_owned(),
        boot: Some(Boot { id: "b".to_owned(), up: SignedDuration::from_millis(12_345) }),
    };
    event(0, kind)
}

const SITE: &str = "https://www.linkedin.com";

/// The first event of a look.
fn looked(site: &str) -> EventKind {
    EventKind::LookStarted {
        site: Site::of(site).unwrap(),
        account: Some("me".to_owned()),
        version: "0.2.0".to_owned(),
        boot: Some(Boot { id: "b".to_owned(), up: SignedDuration::from_millis(12_345) }),
    }
}

fn intent(number: i64) -> Event {
    let key = Key::recorded(format!("in/person-{number}"));
    let kind = EventKind::Intent {
        key,
        name: format!("Person {number}"),
        profile_url: Some(format!("https://www.linkedin.com/in/person-{number}")),
        rule: "stale".to_owned(),
    };
    event(number, kind)
}

fn sighted(number: i64) -> Event {
    let kind = EventKind::Sighted {
        key: Key::recorded(format!("in/person-{number}")),
        name: format!("Person Number {number}"),
        profile_url: Some(format!("https://www.linkedin.com/in/person-{number}")),
        sent_text: "Sent 3 weeks ago".to_owned(),
        sent_between: Some((at(-28 * 86_400), at(-21 * 86_400))),
    };
    event(number, kind)
}

/// A journal that holds a run and so many intents.
fn filled(dir: &Path, intents: i64) -> Journal {
    let mut journal = Journal::open(dir).unwrap();
    journal.append(&started()).unwrap();
    for number in 1..=intents {
        journal.append(&intent(number)).unwrap();
    }
    journal
}

fn every_word() -> impl Iterator<Item = EventKind> {
    let stops =
        StopWord::ALL.map(|word| EventKind::Stopped { word: Some(word), detail: String::new() });
    let outcomes = Outcome::ALL.map(|outcome| EventKind::Outcome {
        key: Key::recorded("in/rené"),
        outcome,
        detail: "it's \"said\"\n".to_owned(),
    });
    stops.into_iter().chain(outcomes)
}

fn every_kind() -> Vec<Event> {
    let key = || Key::recorded("in/rené");
    let name = "=X(\"');--\u{1b}]52;\u{202e}\u{0}🦀".to_owned();
    let detail = || "it's \"said\"\n".to_owned();
    let scan = |announced, complete| EventKind::ScanEnded {
        pill: Kind::Page,
        announced,
        read: 3,
        complete,
    };
    let mut kinds = vec![
        EventKind::Sighted {
            key: key(),
            name: name.clone(),
            profile_url: None,
            sent_text: "vor 3 Wochen".to_owned(),
            sent_between: None,
        },
        scan(Some(4), true),
        scan(None, false),
        EventKind::Intent { key: key(), name, profile_url: None, rule: "stale".to_owned() },
        EventKind::Opened { key: key() },
        EventKind::ConfirmSent { key: key() },
        EventKind::Verified { key: key(), gone: true },
        EventKind::Verified { key: key(), gone: false },
        EventKind::CoolDown { until: at(86_400), detail: detail() },
        EventKind::Stopped { word: None, detail: detail() },
    ];
    kinds.extend(every_word());
    let mut events = vec![started()];
    events.extend((1..).zip(kinds).map(|(second, kind)| event(second, kind)));
    events.push(sighted(99));
    events.push(Event {
        run: RunId::new(at(9), 9),
        at: "2026-11-23T10:00:00.123456789Z".parse().unwrap(),
        kind: EventKind::RunStarted {
            site: Site::of("http://127.0.0.1:4000").unwrap(),
            account: None,
            version: "0.2.0".to_owned(),
            boot: None,
        },
    });
    events.push(Event { run: RunId::new(at(9), 10), at: at(9), kind: looked(SITE) });
    events
}

#[test]
fn every_kind_of_event_reads_back_as_it_was_written() {
    let dir = temp_dir();
    let written = every_kind();
    let mut journal = Journal::open(dir.path()).unwrap();
    journal.append_all(&written).unwrap();
    assert_eq!(journal.events().unwrap(), written);
    drop(journal);
    assert_eq!(Journal::open(dir.path()).unwrap().events().unwrap(), written);
}

#[test]
fn the_history_is_that_of_the_asked_site() {
    let dir = temp_dir();
    let journal = filled(dir.path(), 3);
    let history = journal.history(&site()).unwrap();
    assert_eq!((history.in_doubt().len(), history.account()), (3, Some("me")));
    let mock = Site::of("http://127.0.0.1:4000").unwrap();
    assert!(journal.history(&mock).unwrap().entries().is_empty());
}

#[test]
fn the_journal_only_grows() {
    let dir = temp_dir();
    let journal = filled(dir.path(), 2);
    let other = Connection::open(journal.path()).unwrap();
    for change in [
        "UPDATE event SET name = 'x' WHERE number = 2",
        "DELETE FROM event WHERE number = 3",
        "UPDATE run SET site = 'x'",
        "DELETE FROM run",
        "REPLACE INTO event (number, run, at, kind) SELECT 2, run, at, 'opened' FROM event LIMIT 1",
        "REPLACE INTO run (id, site, version) SELECT id, 'x', version FROM run",
    ] {
        let error = other.execute_batch(change).unwrap_err();
        assert!(error.to_string().contains("only grows"), "{change}: {error}");
    }
    assert_eq!(journal.events().unwrap(), [started(), intent(1), intent(2)]);
}

#[test]
fn after_the_first_error_nothing_more_is_written() {
    let dir = temp_dir();
    let mut journal = Journal::open(dir.path()).unwrap();
    let error = journal.append(&intent(1)).unwrap_err();
    assert!(error.to_string().starts_with("cannot write to the journal"), "{error}");
    let error = journal.append(&started()).unwrap_err();
    assert!(matches!(error, JournalError::Broken { .. }), "{error}");
    drop(journal);
    let mut journal = Journal::open(dir.path()).unwrap();
    assert_eq!(journal.events().unwrap(), [], "an event without its run is no event");
    journal.append(&started()).unwrap();
}

#[test]
fn all_of_a_batch_is_written_or_nothing() {
    let dir = temp_dir();
    let mut journal = filled(dir.path(), 0);
    journal.append_all(&[intent(1), started()]).unwrap_err();
    drop(journal);
    assert_eq!(Journal::open(dir.path()).unwrap().events().unwrap(), [started()]);
}

#[test]
fn every_commit_is_synced() {
    let dir = temp_dir();
    let journal = Journal::open(dir.path()).unwrap();
    let pragma = |name| {
        let ask = format!("SELECT CAST((SELECT * FROM pragma_{name}) AS TEXT)");
        journal.reader.connection.query_row(&ask, [], |row| row.get::<_, String>(0)).unwrap()
    };
    let found = ["journal_mode", "synchronous", "foreign_keys", "fullfsync"].map(pragma);
    assert_eq!(found, ["wal", "2", "1", "1"]);
}

#[test]
fn a_reader_sees_what_is_acknowledged_while_another_appends() {
    let dir = temp_dir();
    let mut journal = filled(dir.path(), 1);
    let reader = Journal::open_read_only(dir.path()).unwrap().unwrap();
    assert_eq!(reader.events().unwrap().len(), 2);
    journal.append(&intent(2)).unwrap();
    assert_eq!(reader.events().unwrap().len(), 3);
    drop(journal);
    assert_eq!(reader.history(&site()).unwrap().in_doubt().len(), 2);
}

#[test]
fn reading_before_the_first_run_finds_nothing_and_creates_nothing() {
    let root = temp_dir();
    let dir = root.path().join("state");
    assert!(Journal::open_read_only(&dir).unwrap().is_none());
    assert!(!dir.exists());
    crate::folders::private_dir(&dir).unwrap();
    assert!(Journal::open_read_only(&dir).unwrap().is_none());
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 0);
}

#[test]
fn a_migration_is_all_or_nothing() {
    let mut connection = Connection::open_in_memory().unwrap();
    let steps = [schema::STEPS[0], "CREATE TABLE more (x); CREATE TABLE event (x)"];
    schema::migrate(&mut connection, 0, &steps).unwrap_err();
    assert_eq!(schema::content(&connection).unwrap(), schema::Content::Nothing);
    schema::migrate(&mut connection, 0, &steps[..1]).unwrap();
    schema::migrate(&mut connection, 1, &[steps[0], "CREATE TABLE more (x)"]).unwrap();
    assert_eq!(schema::content(&connection).unwrap(), schema::Content::Version(2));
    let more = "SELECT count(*) FROM more";
    assert_eq!(connection.query_row(more, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
}

#[test]
fn a_journal_of_before_there_were_looks_is_brought_up_to_date() {
    let dir = temp_dir();
    drop(filled(dir.path(), 2));
    let other = Connection::open(dir.path().join(FILE)).unwrap();
    other.execute_batch("ALTER TABLE run DROP COLUMN acts; PRAGMA user_version = 1").unwrap();
    drop(other);
    let error = Journal::open_read_only(dir.path()).unwrap_err();
    assert!(error.to_string().contains("of an older rescind (format 1"), "{error}");
    let mut journal = Journal::open(dir.path()).unwrap();
    assert_eq!(journal.events().unwrap(), [started(), intent(1), intent(2)]);
    let look = Event { run: RunId::new(at(9), 9), at: at(9), kind: looked(SITE) };
    journal.append(&look).unwrap();
    assert_eq!(journal.events().unwrap().pop(), Some(look));
    Journal::open_read_only(dir.path()).unwrap();
}

#[test]
fn sites_that_were_only_looked_at_have_no_deeds() {
    let dir = temp_dir();
    let mut journal = filled(dir.path(), 1);
    let mock = "http://127.0.0.1:4000";
    for (number, site) in [(8, mock), (9, SITE)] {
        let run = RunId::new(at(number), 9);
        journal.append(&Event { run, at: at(number), kind: looked(site) }).unwrap();
    }
    let names =
        |sites: Vec<Site>| sites.iter().map(Site::as_str).map(String::from).collect::<Vec<_>>();
    assert_eq!(names(journal.reader.sites().unwrap()), [SITE]);
    assert_eq!(names(journal.reader.sites_seen().unwrap()), [mock, SITE]);
}
