//! What is promised for any input: one module a target, each with a `check` that panics when a
//! promise is broken. cargo-fuzz calls them, and so does the test suite with the seeds.
//!
//! A promise is checked by other means than the program's own where there are any.

pub mod age;
pub mod archive;
pub mod cards;
pub mod config;
pub mod plan;
pub mod text;

use jiff::Timestamp;

/// A target: its name, which is also that of its folder of seeds, and its check.
pub type Target = (&'static str, fn(&[u8]));

pub const TARGETS: [Target; 6] = [
    ("age", age::check),
    ("archive", archive::check),
    ("cards", cards::check),
    ("config", config::check),
    ("plan", plan::check),
    ("text", text::check),
];

/// Instants from which months of every length are counted back.
pub const NOWS: [&str; 3] =
    ["2026-11-23T10:00:00Z", "2028-02-29T23:59:59Z", "2027-03-31T00:00:00Z"];

pub fn now() -> Timestamp {
    NOWS[0].parse().unwrap()
}

const ISOLATE: char = '\u{2068}';
const END_OF_ISOLATE: char = '\u{2069}';

/// Whether a terminal obeys this character, or it turns the direction of what stands beside it.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Nothing in this text speaks to a terminal: lines, and isolates that are closed on their line.
pub fn assert_quiet(text: &str) {
    for line in text.split('\n') {
        let mut is_open = false;
        for c in line.chars() {
            match c {
                ISOLATE if !is_open => is_open = true,
                END_OF_ISOLATE if is_open => is_open = false,
                _ => assert!(!is_obeyed(c), "{c:?} in {line:?}"),
            }
        }
        assert!(!is_open, "an isolate is left open in {line:?}");
    }
}
