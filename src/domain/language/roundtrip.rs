//! What ICU writes, every language reads back: the same count of the same unit.
//!
//! `languages/roundtrip.tsv` is always read. Where Node is installed, `languages/roundtrip.mjs`
//! prints five times as much, and that is read too.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use jiff::Timestamp;
use serde::Deserialize as _;
use serde::de::value::{Error, StrDeserializer};

use super::*;

/// The CLDR that the language files were made from.
const CLDR: &str = "# CLDR 48.";

/// The forms that no language reads, and why. There are no others.
const REFUSED: &str = "\
    ar خلال {0} أشهر: CLDR has it for the past, but it says within\n\
    de vor {0} m: minutes or months\n\
    es hace {0} m: months or minutes\n\
    fr -{0} m.: months or minutes\n\
    fr il y a {0} m.: months or minutes\n\
    ro -{0} m: minutes or months";

#[derive(Default)]
struct Tally {
    read: usize,
    refused: BTreeSet<String>,
    unread: Vec<String>,
    wrong: Vec<String>,
}

fn read_back(tsv: &str) -> Tally {
    let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let mut tally = Tally::default();
    for line in tsv.lines().filter(|line| !line.starts_with('#')) {
        let [code, unit, count, text] = line.split('\t').take(4).collect::<Vec<_>>()[..] else {
            panic!("not four columns: {line}");
        };
        let unit = Unit::deserialize(StrDeserializer::<Error>::new(unit)).unwrap();
        let expected = Age::from_unit(count.parse().unwrap(), unit, now);
        let language = bundled(code).unwrap();
        match language.parse_age(text, now) {
            age if age == expected => tally.read += 1,
            Some(_) => tally.wrong.push(line.to_owned()),
            None if is_refused(language, text) => {
                tally.refused.insert(format!("{code} {}", text.replace(count, "{0}")));
            }
            None => tally.unread.push(line.to_owned()),
        }
    }
    tally
}

fn is_refused(language: &Language, text: &str) -> bool {
    let (form, _) = take_number(&with_ascii_digits(text, &language.digits)).unwrap();
    language.forms.get(&form) == Some(&Meaning::Refused)
}

/// Printed past the test runner's capture, so that a check that did not run is seen.
fn say(message: &str) {
    writeln!(std::io::stderr(), "{message}").unwrap();
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/languages"))
}

#[test]
fn every_language_reads_what_icu_writes() {
    let tally = read_back(include_str!("../../../languages/roundtrip.tsv"));
    assert_eq!((tally.wrong, tally.unread), (vec![], vec![]));
    assert!(tally.read > 2_900, "only {} lines", tally.read);
    let known: BTreeSet<_> = REFUSED.lines().filter_map(|line| line.rsplit_once(": ")).collect();
    let known: BTreeSet<_> = known.into_iter().map(|(form, _)| form.to_owned()).collect();
    let seen = tally.refused.iter().map(|form| form.replace('\u{a0}', " ")).collect();
    assert_eq!(known, seen);
}

#[test]
fn no_language_reads_a_wrong_age_from_the_lines_of_another() {
    let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let tsv = include_str!("../../../languages/roundtrip.tsv");
    for line in tsv.lines().filter(|line| !line.starts_with('#')) {
        let [code, _, _, text] = line.split('\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        let own = bundled(code).unwrap().parse_age(text, now);
        for other in codes().filter(|other| *other != code) {
            let age = bundled(other).unwrap().parse_age(text, now);
            // A line that its own language refuses is no better known to another.
            assert!(age.is_none() || age == own, "{other} misreads {code}: {text}");
        }
    }
}

#[test]
fn every_language_reads_what_the_icu_of_this_machine_writes() {
    let printed = Command::new("node").arg(folder().join("roundtrip.mjs")).output();
    let Some(printed) = printed.ok().filter(|output| output.status.success()) else {
        return say("skipped: no node, so only languages/roundtrip.tsv was read back");
    };
    let tsv = String::from_utf8(printed.stdout).unwrap();
    let tally = read_back(&tsv);
    assert_eq!(tally.wrong, Vec::<String>::new());
    // Another CLDR words some ages otherwise. Those may stay unread, but not be misread.
    let same_words = tsv.starts_with(CLDR);
    let most_unread = if same_words { 0 } else { tally.read / 20 };
    assert!(tally.unread.len() <= most_unread, "{:?}", tally.unread);
    assert!(tally.read > 14_000, "only {} lines", tally.read);
}

#[test]
fn the_language_files_hold_what_cldr_says() {
    let Some(package) = std::env::var_os("CLDR_DATES_FULL") else {
        return say("skipped: CLDR_DATES_FULL does not name the npm package cldr-dates-full");
    };
    let script = folder().join("generate.mjs");
    let check = Command::new("node").arg(script).arg(package).arg("--check").output().unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stdout));
}
