//! Reading "Sent 3 weeks ago", in the words of one language.
//!
//! A language is a file, `languages/<code>.toml`, and no word of any language is in this code. The
//! whole line has to be an age: a frame that the file lists, one form, one number at most. A
//! headline such as "10 years building X" is not an age, and a line with two meanings in one
//! language is none either: what is not certain is `None`, and then no rule on age holds.
//!
//! No frame is ever guessed. "Retired 3 years ago" has the shape of "Sent 3 years ago", and the
//! unknown word may be "almost": one that no file lists makes the line unread, and costs nothing
//! worse than an invitation that stays. See languages/README.md for how to add it.
//!
//! Lines and forms are compared folded, with their own digits made ASCII and all white space
//! left out: some languages write none around a number, and the site mixes its kinds.

mod bundled;
mod source;

use std::collections::HashMap;

use jiff::Timestamp;

pub use self::bundled::{bundled, codes, of_lines};
pub use self::source::BadLanguage;
use crate::domain::age::{Age, Unit};
use crate::domain::fold::fold;

/// The words of one language for ages, ready to read with.
#[derive(Debug)]
pub struct Language {
    code: String,
    /// Zero to nine as the language writes them, where it does not use ASCII digits.
    digits: Vec<char>,
    frames: Vec<Frame>,
    forms: HashMap<String, Meaning>,
}

/// What stands before and after the age.
#[derive(Debug, PartialEq, Eq)]
struct Frame {
    before: String,
    after: String,
}

/// What a form says about the age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// As many units as the number in the line.
    Number(Unit),
    /// A count that is in the words, as in "an hour ago".
    Units(u32, Unit),
    /// So many midnights ago, as in "yesterday".
    Midnights(u32),
    /// The file says that it has two.
    Refused,
}

impl Language {
    /// The language of a `languages/<code>.toml`.
    pub fn parse(toml: &str) -> Result<Self, BadLanguage> {
        source::Source::parse(toml)?.compile()
    }

    /// The code that its file is named by: `en`, `zh-Hant`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The age that the line states, read at `now`; `None` when it is not one, or not for certain.
    pub fn parse_age(&self, text: &str, now: Timestamp) -> Option<Age> {
        let (line, count) = take_number(&with_ascii_digits(text, &self.digits))?;
        let mut found = None;
        for frame in &self.frames {
            let Some(form) = frame.inside(&line) else {
                continue;
            };
            let Some(meaning) = self.forms.get(form) else {
                continue;
            };
            let age = meaning.age(count, now)?;
            // Two frames that fit must tell the same.
            if found.is_some_and(|other| other != age) {
                return None;
            }
            found = Some(age);
        }
        found
    }
}

impl Frame {
    fn inside<'line>(&self, line: &'line str) -> Option<&'line str> {
        line.strip_prefix(&self.before)?.strip_suffix(&self.after)
    }
}

impl Meaning {
    fn age(self, count: Option<u32>, now: Timestamp) -> Option<Age> {
        match (self, count) {
            (Self::Number(unit), Some(count)) => Age::from_unit(count, unit, now),
            (Self::Units(count, unit), None) => Age::from_unit(count, unit, now),
            (Self::Midnights(count), None) => Age::from_calendar_day(count, now),
            _ => None,
        }
    }
}

fn with_ascii_digits(text: &str, digits: &[char]) -> String {
    let ascii = |c| {
        let value = digits.iter().position(|digit| *digit == c);
        value.and_then(|value| char::from_digit(u32::try_from(value).ok()?, 10)).unwrap_or(c)
    };
    fold(text).chars().map(ascii).collect()
}

/// The line pressed, its number replaced by `{0}`, and the number. `None` when there is a second
/// number, or one with more digits than an age has.
fn take_number(line: &str) -> Option<(String, Option<u32>)> {
    const MOST_DIGITS: usize = 4;
    let Some(start) = line.find(|c: char| c.is_ascii_digit()) else {
        return Some((pressed(line), None));
    };
    let (before, rest) = line.split_at(start);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    if number.len() > MOST_DIGITS || after.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let form = format!("{}{{0}}{}", pressed(before), pressed(after));
    Some((form, Some(number.parse().ok()?)))
}

/// Without white space and the signs that may stand between a frame and its age: how folded
/// lines and forms are compared.
fn pressed(folded: &str) -> String {
    folded.chars().filter(|c| !c.is_whitespace() && !matches!(c, ':' | '·' | '•')).collect()
}

#[cfg(test)]
mod roundtrip;
#[cfg(test)]
mod tests;
