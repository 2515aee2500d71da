//! What ICU writes, every language reads back: the same count of the same unit.
//!
//! `languages/roundtrip.tsv` holds its forms, each with the widths, digits and counts that have it:
//! some forty thousand cases. Where Node is installed, its ICU is asked again.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use jiff::Timestamp;
use serde::Deserialize as _;
use serde::de::value::{Error, StrDeserializer};

use super::*;

const KEPT: &str = include_str!("../../../languages/roundtrip.tsv");

/// The forms that no language reads, and why. There are no others.
const REFUSED: &str = "\
    ar خلال {0} أشهر: CLDR has it for the past, but it says within\n\
    de vor {0} m: minutes or months\n\
    es hace {0} m: months or minutes\n\
    fr -{0} m.: months or minutes\n\
    fr il y a {0} m.: months or minutes\n\
    ro -{0} m: minutes or months";

/// One line of the file: a form, and where ICU says it.
struct Row<'a> {
    code: &'a str,
    unit: Unit,
    /// Long, short, narrow by their first letters; or `auto`, where ICU may use a word.
    widths: &'a str,
    /// The zero of each kind of digits.
    zeros: &'a str,
    form: &'a str,
    counts: Vec<u32>,
}

#[derive(Default)]
struct Tally {
    /// A count in a width and a kind of digits.
    cases: usize,
    refused: BTreeSet<String>,
    unread: Vec<String>,
    wrong: Vec<String>,
}

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn rows(tsv: &str) -> impl Iterator<Item = Row<'_>> {
    tsv.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let [code, unit, widths, zeros, form, counts] = line.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("not six columns: {line}");
        };
        let unit = Unit::deserialize(StrDeserializer::<Error>::new(unit)).unwrap();
        let counts = counts.split(',').flat_map(|run| {
            let (from, to) = run.split_once('-').unwrap_or((run, run));
            from.parse::<u32>().unwrap()..=to.parse().unwrap()
        });
        Row { code, unit, widths, zeros, form, counts: counts.collect() }
    })
}

impl Row<'_> {
    /// The texts that the form stands for, with their counts. Words are the same in all digits.
    fn texts(&self) -> impl Iterator<Item = (u32, String)> {
        let zeros = self.zeros.chars().take(if self.form.contains("{0}") { 9 } else { 1 });
        zeros.flat_map(move |zero| {
            self.counts
                .iter()
                .map(move |count| (*count, self.form.replace("{0}", &written(*count, zero))))
        })
    }

    /// What a count in this row means, `None` where it is a period of the calendar ("last week").
    fn age(&self, count: u32) -> Option<Age> {
        match (self.widths, self.unit) {
            ("auto", Unit::Second) => Age::from_unit(0, Unit::Hour, now()),
            ("auto", Unit::Day) => Age::from_calendar_day(count, now()),
            ("auto", _) => None,
            (_, unit) => Age::from_unit(count, unit, now()),
        }
    }
}

fn written(count: u32, zero: char) -> String {
    let digit = |c: char| char::from_u32(u32::from(zero) + c.to_digit(10).unwrap()).unwrap();
    count.to_string().chars().map(digit).collect()
}

fn read_back(tsv: &str) -> Tally {
    let mut tally = Tally::default();
    for row in rows(tsv) {
        let language = bundled(row.code).unwrap();
        for (count, text) in row.texts() {
            let (age, expected) = (language.parse_age(&text, now()), row.age(count));
            let shown = || format!("{} {:?} {count}: {text}", row.code, row.unit);
            match age {
                age if age == expected => {}
                Some(_) => tally.wrong.push(shown()),
                None if is_refused(language, &text) => {
                    tally.refused.insert(format!(
                        "{} {}",
                        row.code,
                        row.form.replace('\u{a0}', " ")
                    ));
                }
                None => tally.unread.push(shown()),
            }
        }
        if row.widths != "auto" {
            tally.cases += row.counts.len() * row.widths.len() * row.zeros.chars().count();
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
    let tally = read_back(KEPT);
    assert_eq!((tally.wrong, tally.unread), (vec![], vec![]));
    assert!(tally.cases > 40_000, "only {} cases", tally.cases);
    let known: BTreeSet<_> = REFUSED.lines().filter_map(|line| line.rsplit_once(": ")).collect();
    let known: BTreeSet<_> = known.into_iter().map(|(form, _)| form.to_owned()).collect();
    assert_eq!(known, tally.refused);
}

/// All units, widths, and kinds of plural, in all languages: so that the file can't shrink unseen.
#[test]
fn what_icu_writes_is_kept_for_all_languages_units_widths_and_counts() {
    for code in codes() {
        let digits = bundled(code).unwrap().digits.first().map(char::to_string).unwrap_or_default();
        for unit in ["second", "minute", "hour", "day", "week", "month", "year"] {
            for width in ["l", "s", "n"] {
                for zero in std::iter::once('0').chain(digits.chars()) {
                    let mine = rows(KEPT).filter(|row| {
                        (row.code, row.widths != "auto") == (code, true)
                            && row.unit
                                == Unit::deserialize(StrDeserializer::<Error>::new(unit)).unwrap()
                            && row.widths.contains(width)
                            && row.zeros.contains(zero)
                    });
                    let counts: BTreeSet<u32> = mine.flat_map(|row| row.counts).collect();
                    assert!(
                        counts.len() >= 42 && counts.contains(&0),
                        "{code} {unit} {width} {zero}"
                    );
                }
            }
        }
    }
}

/// Of every line that a language's file lists, in every frame, no other language makes another age:
/// a page that claims a wrong language is never misread.
#[test]
fn no_language_reads_a_wrong_age_from_the_lines_of_another() {
    let languages: Vec<&Language> = codes().filter_map(bundled).collect();
    let mut lines = 0;
    for language in &languages {
        for frame in &language.frames {
            for (form, meaning) in &language.forms {
                let line = format!("{}{form}{}", frame.before, frame.after);
                lines += 1;
                for other in languages.iter().filter(|other| other.code != language.code) {
                    let inside = other.frames.iter().filter_map(|frame| frame.inside(&line));
                    for said in inside.filter_map(|form| other.forms.get(form)) {
                        // A line that its own language refuses is no better known to another.
                        assert!(
                            said == meaning || *said == Meaning::Refused,
                            "{} misreads {}: {line}",
                            other.code,
                            language.code
                        );
                    }
                }
            }
        }
    }
    assert!(lines > 4_000, "only {lines} lines");
}

#[test]
fn the_icu_of_this_machine_is_read_back_too() {
    let printed = Command::new("node").arg(folder().join("roundtrip.mjs")).output();
    let Some(printed) = printed.ok().filter(|output| output.status.success()) else {
        return say("skipped: no node, so only languages/roundtrip.tsv was read back");
    };
    let tsv = String::from_utf8(printed.stdout).unwrap();
    if tsv.lines().next() == KEPT.lines().next() {
        assert!(tsv == KEPT, "languages/roundtrip.tsv is not what roundtrip.mjs prints");
        return;
    }
    // Another CLDR words some ages otherwise. Those may stay unread, but not be misread.
    let tally = read_back(&tsv);
    assert_eq!(tally.wrong, Vec::<String>::new());
    assert!(tally.unread.len() <= tally.cases / 20, "{:?}", tally.unread);
    assert!(tally.cases > 14_000, "only {} cases", tally.cases);
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
