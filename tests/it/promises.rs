//! What is promised for any input (`fuzz/src`), held against the kept seeds and changes of them.
//!
//! cargo-fuzz looks further, for as long as one likes: `.ci/fuzz`. Whatever it finds becomes a seed.

#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use fastrand::Rng;

/// So many changed seeds a target.
const CHANGED: usize = 200;
/// Pieces that mean something somewhere, and characters that are promised not to come through.
const PIECES: [&str; 32] = [
    "0",
    "9",
    "-1",
    "99999999999",
    "\"",
    "\\",
    "'",
    "\\\"",
    "\n",
    "\r\n",
    "\t",
    ",",
    ";",
    "=",
    "@",
    "[",
    "]",
    "[[rule]]\n",
    "{",
    "}",
    "null",
    "\u{0}",
    "\u{1b}[2J",
    "\u{9b}",
    "\u{202e}",
    "\u{2068}",
    "\u{2069}",
    "\u{200d}",
    "\u{301}",
    "\u{feff}",
    "👩",
    "דנה",
];

fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut seeds: Vec<_> =
        paths.map(|path| (name(&path), std::fs::read(&path).unwrap())).collect();
    seeds.sort();
    seeds
}

/// One to four changes: a piece put in, a stretch taken out or doubled, a byte that is another.
fn change(bytes: &mut Vec<u8>, rng: &mut Rng) {
    for _ in 0..rng.usize(1..5) {
        let start = rng.usize(0..=bytes.len());
        let end = (start + rng.usize(0..12)).min(bytes.len());
        match rng.u8(0..4) {
            0 => drop(bytes.splice(start..start, rng.choice(PIECES).unwrap().bytes())),
            1 => drop(bytes.drain(start..end)),
            2 => drop(bytes.splice(start..start, bytes[start..end].to_vec())),
            _ if start < bytes.len() => bytes[start] = rng.u8(..),
            _ => {}
        }
    }
}

#[track_caller]
fn hold(target: &str) {
    let (_, check) = fuzz::TARGETS.into_iter().find(|(name, _)| *name == target).unwrap();
    let seeds = seeds(target);
    let whole = |name: &str, bytes: &[u8]| {
        let kept = catch_unwind(AssertUnwindSafe(|| check(bytes)));
        assert!(kept.is_ok(), "{target}: {name}: {:?}", String::from_utf8_lossy(bytes));
    };
    for (name, bytes) in &seeds {
        whole(name, bytes);
    }
    let mut rng = Rng::with_seed(7);
    for _ in 0..CHANGED {
        let (name, mut bytes) = rng.choice(&seeds).unwrap().clone();
        change(&mut bytes, &mut rng);
        whole(&name, &bytes);
    }
}

#[test]
fn any_line_is_an_age_or_none() {
    hold("age");
}

#[test]
fn any_archive_is_read_within_what_it_can_say_or_refused() {
    hold("archive");
}

#[test]
fn any_answer_of_the_page_is_told_apart_person_by_person() {
    hold("cards");
}

#[test]
fn any_config_is_whole_or_refused_at_its_place() {
    hold("config");
}

#[test]
fn any_plan_is_what_was_written_or_refused() {
    hold("plan");
}

#[test]
fn any_text_is_safe_in_a_terminal_and_a_spreadsheet() {
    hold("text");
}

#[test]
fn every_target_has_seeds() {
    for (target, _) in fuzz::TARGETS {
        assert!(!seeds(target).is_empty(), "{target}");
        let manifest = include_str!("../../fuzz/Cargo.toml");
        assert!(manifest.contains(&format!("fuzz_targets/{target}.rs")), "{target}");
    }
}
