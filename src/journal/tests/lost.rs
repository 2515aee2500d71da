//! Faults K4 and K5: a journal that is damaged, shortened, gone or not ours is never replaced in
//! silence, and kept as it is.

use std::fs::{self, OpenOptions};
use std::os::unix::fs::FileExt;

use rusqlite::Connection;

use super::faults::{FILE, MARKER, check_refused, chmod, closed};
use super::{filled, intent, started, temp_dir};
use crate::journal::{Journal, JournalError};

/// A copy of the folder as it was while the journal was open: with its write-ahead log.
fn open_copy(intents: i64) -> tempfile::TempDir {
    let dir = temp_dir();
    let journal = filled(dir.path(), intents);
    let copy = temp_dir();
    for name in [FILE, "journal.sqlite3-wal", MARKER] {
        fs::copy(dir.path().join(name), copy.path().join(name)).unwrap();
    }
    drop(journal);
    copy
}

#[test]
fn k4_a_newer_schema_is_refused_and_kept() {
    let dir = closed(2);
    let path = dir.path().join(FILE);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&path).unwrap();
    check_refused(dir.path(), "newer rescind (format 99, this one knows 2)", "newer rescind");
    let error = Journal::open_new(dir.path()).unwrap_err();
    assert!(matches!(error, JournalError::Newer { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn k4_a_database_of_something_else_is_refused_and_kept() {
    let dir = temp_dir();
    let path = dir.path().join(FILE);
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE other (x)").unwrap();
    chmod(&path, 0o600);
    let before = fs::read(&path).unwrap();
    check_refused(dir.path(), "no journal of rescind", "--state-dir");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn k4_a_damaged_journal_is_refused_and_kept() {
    let dir = closed(200);
    let path = dir.path().join(FILE);
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    let length = file.metadata().unwrap().len();
    file.write_all_at(&[0xA5; 4096], length / 8192 * 4096).unwrap();
    let before = fs::read(&path).unwrap();
    let error = Journal::open(dir.path()).unwrap_err();
    assert!(matches!(error, JournalError::Damaged { .. }), "{error}");
    assert!(error.hint().contains(".recover"), "{}", error.hint());
    let reader = Journal::open_read_only(dir.path());
    let error = reader.and_then(|reader| reader.unwrap().events()).unwrap_err();
    assert!(matches!(error, JournalError::Damaged { .. }), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn k4_what_is_no_database_at_all_is_refused_and_kept() {
    let dir = closed(2);
    fs::write(dir.path().join(FILE), "all work and no play ".repeat(1_000)).unwrap();
    check_refused(dir.path(), "is damaged: file is not a database", "back-up");
    let kept = fs::read_to_string(dir.path().join(FILE)).unwrap();
    assert!(kept.starts_with("all work"));
}

#[test]
fn k4_a_journal_cut_short_is_refused() {
    let dir = closed(200);
    let path = dir.path().join(FILE);
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    let error = Journal::open(dir.path()).unwrap_err();
    assert!(error.needs_new_journal(), "{error}");
}

#[test]
fn k4_a_write_ahead_log_cut_short_is_noticed() {
    let whole = open_copy(20);
    assert_eq!(Journal::open(whole.path()).unwrap().events().unwrap().len(), 21);
    for part in [2, 50, 99] {
        let copy = open_copy(20);
        let path = copy.path().join("journal.sqlite3-wal");
        let file = OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(file.metadata().unwrap().len() * part / 100).unwrap();
        let error = Journal::open(copy.path()).unwrap_err();
        let lost = matches!(error, JournalError::Shortened { acknowledged: 21, .. });
        assert!(lost, "{part} %: {error}");
    }
}

#[test]
fn k4_a_write_ahead_log_that_is_gone_is_noticed_by_readers_too() {
    let copy = open_copy(20);
    fs::remove_file(copy.path().join("journal.sqlite3-wal")).unwrap();
    check_refused(copy.path(), "has lost events", "with its -wal file");
}

#[test]
fn k5_a_deleted_journal_is_no_first_start() {
    let dir = closed(3);
    fs::remove_file(dir.path().join(FILE)).unwrap();
    check_refused(dir.path(), "is gone", "--new-journal");
    fs::write(dir.path().join(FILE), "").unwrap();
    chmod(&dir.path().join(FILE), 0o600);
    check_refused(dir.path(), "is gone", "--new-journal");
    assert_eq!(fs::metadata(dir.path().join(FILE)).unwrap().len(), 0);
}

#[test]
fn k5_a_journal_put_back_from_an_old_copy_is_noticed() {
    let dir = closed(3);
    let old = fs::read(dir.path().join(FILE)).unwrap();
    let mut journal = Journal::open(dir.path()).unwrap();
    journal.append(&intent(4)).unwrap();
    drop(journal);
    fs::write(dir.path().join(FILE), old).unwrap();
    check_refused(dir.path(), "it holds 4 of at least 5", "--new-journal");
}

#[test]
fn k5_a_write_ahead_log_alone_is_no_first_start() {
    let copy = open_copy(3);
    fs::remove_file(copy.path().join(FILE)).unwrap();
    fs::remove_file(copy.path().join(MARKER)).unwrap();
    check_refused(copy.path(), "is gone", "--new-journal");
}

#[test]
fn k5_a_new_journal_is_begun_only_when_it_is_asked_for() {
    let dir = closed(3);
    let error = Journal::open_new(dir.path()).unwrap_err();
    assert!(matches!(error, JournalError::StillWell { .. }), "{error}");
    fs::remove_file(dir.path().join(FILE)).unwrap();
    let mut journal = Journal::open_new(dir.path()).unwrap();
    assert_eq!(journal.events().unwrap(), []);
    journal.append(&started()).unwrap();
    drop(journal);
    assert_eq!(Journal::open(dir.path()).unwrap().events().unwrap(), [started()]);
}

#[test]
fn k5_what_is_left_of_the_old_journal_is_kept_beside_the_new() {
    let dir = closed(3);
    for number in 1..3 {
        let broken = format!("broken {number}").repeat(100);
        fs::write(dir.path().join(FILE), &broken).unwrap();
        drop(Journal::open_new(dir.path()).unwrap());
        let kept = dir.path().join(format!("journal-old-{number}.sqlite3"));
        assert_eq!(fs::read_to_string(kept).unwrap(), broken);
    }
}

#[test]
fn k5_a_lost_marker_is_written_again() {
    let dir = closed(3);
    fs::remove_file(dir.path().join(MARKER)).unwrap();
    drop(Journal::open(dir.path()).unwrap());
    let said = fs::read_to_string(dir.path().join(MARKER)).unwrap();
    assert!(said.starts_with("00000000000000000004 events"), "{said}");
    fs::remove_file(dir.path().join(FILE)).unwrap();
    check_refused(dir.path(), "is gone", "--new-journal");
}

#[test]
fn a_first_start_that_was_interrupted_is_a_first_start() {
    let dir = temp_dir();
    drop(crate::folders::open_private_file(&dir.path().join(FILE)).unwrap());
    assert!(Journal::open_read_only(dir.path()).unwrap().is_none());
    assert_eq!(filled(dir.path(), 1).events().unwrap().len(), 2);
}
