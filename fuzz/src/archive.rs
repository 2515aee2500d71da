//! Any bytes, read as an archive: a zip, or a table. What stands behind the first NUL of a table,
//! which no table can hold, is the table of connections beside it.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use rescind::archive;
use rescind::domain::archive::{Archive, Between};
use rescind::domain::invitation::{Invitation, Key, Kind};
use rescind::domain::report::{Report, Row};
use rescind::domain::rules::{Rule, Rules};
use rescind::report::csv;
use tempfile::TempDir;

/// Where this process writes what is only read from files; in memory where there is such a place.
pub fn folder() -> PathBuf {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let made = FOLDER.get_or_init(|| {
        tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
    });
    made.path().to_owned()
}

pub fn check(bytes: &[u8]) {
    let path = folder().join("Invitations.csv");
    let beside = folder().join("Connections.csv");
    let nul = bytes.iter().position(|byte| *byte == 0).filter(|_| !bytes.starts_with(b"PK"));
    match nul {
        Some(nul) => {
            fs::write(&path, &bytes[..nul]).unwrap();
            fs::write(&beside, &bytes[nul + 1..]).unwrap();
        }
        None => {
            fs::write(&path, bytes).unwrap();
            let _ = fs::remove_file(&beside);
        }
    }
    match archive::read(&path) {
        Ok(archive) => check_archive(&archive),
        Err(error) => {
            assert!(!error.is_of_disk && !error.hint.is_empty(), "{error}");
            super::assert_quiet(&error.to_string());
        }
    }
}

fn check_archive(archive: &Archive) {
    let sent = archive.sent.iter().filter_map(|sent| sent.at);
    let received = archive.received.iter().filter_map(|received| received.at);
    for Between { after, until } in sent.chain(received) {
        assert!(after < until);
    }
    for sent in &archive.sent {
        assert!(sent.name.chars().count() <= 300 && !sent.name.contains('\n'));
        assert!(sent.note.iter().all(|note| note.chars().count() <= 4_000));
    }
    check_joining(archive);
    let Ok(review) = archive.review(None, super::now()) else { return };
    for remark in &review.remarks {
        super::assert_quiet(remark);
    }
    let rules = Rules { list: vec![Rule::stale()], ..Rules::default() };
    let row = |invitation: Invitation| Row { decision: rules.decide(&invitation), invitation };
    let rows = review.invitations.into_iter().map(row).collect();
    let site = "https://www.linkedin.com".to_owned();
    let report = Report::of_archive(super::now(), site, review.account, rows, review.remarks);
    super::cards::check_report(&report);
    assert!(csv::report(&report).is_ok());
}

/// Whatever the archive says, it stays within what the page says, and adds nobody.
fn check_joining(archive: &Archive) {
    let english = rescind::domain::language::bundled("en").unwrap();
    let keys = archive.sent.iter().filter_map(|sent| sent.to.clone());
    let page: Vec<Invitation> = keys
        .take(20)
        .zip(["Sent 3 weeks ago", "Sent 2 months ago", "Sent today", "?"].into_iter().cycle())
        .map(|(key, line)| of_page(key, line, english))
        .collect();
    let joined = archive.join(page.clone(), None, super::now());
    assert_eq!(joined.invitations.len(), page.len());
    for (joined, page) in joined.invitations.iter().zip(&page) {
        assert_eq!(joined.key, page.key);
        assert_eq!(joined.age.is_some(), page.age.is_some());
        if let (Some(joined), Some(page)) = (joined.age, page.age) {
            assert!(page.earliest <= joined.earliest && joined.latest <= page.latest);
            assert!(joined.earliest < joined.latest);
        }
    }
    for remark in &joined.remarks {
        super::assert_quiet(remark);
    }
}

fn of_page(key: Key, line: &str, language: &rescind::domain::language::Language) -> Invitation {
    Invitation {
        key,
        name: "Robin Example".to_owned(),
        profile_url: None,
        headline: None,
        note: None,
        kind: Kind::Person,
        sent_text: line.to_owned(),
        age: language.parse_age(line, super::now()),
        doubt: None,
    }
}
