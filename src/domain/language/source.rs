//! The shape of a `languages/<code>.toml`, and what is checked when it is read.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::{Frame, Language, Meaning, pressed, with_ascii_digits};
use crate::domain::age::Unit;

/// Why a file is not a language.
#[derive(Debug, thiserror::Error)]
pub enum BadLanguage {
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    #[error("`{0}` needs `{1}` exactly once")]
    Placeholder(String, &'static str),
    #[error("`{0}` has two meanings; list it under `refused`")]
    TwoMeanings(String),
    #[error("`{0}` has a digit where only words belong")]
    Digit(String),
    #[error("`digits` needs ten characters, zero first")]
    Digits,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    pub language: String,
    /// Seen on the site.
    #[serde(default)]
    frames: Vec<String>,
    /// What the site would say; nobody has seen it.
    #[serde(default)]
    inferred_frames: Vec<String>,
    /// Forms that mean two things to people, whatever the tables say.
    #[serde(default)]
    pub refused: Vec<Refused>,
    #[serde(default)]
    pub hand: Forms,
    #[serde(default)]
    pub cldr: Forms,
    #[serde(default, rename = "example")]
    #[cfg_attr(not(test), expect(dead_code, reason = "examples are for people and tests"))]
    pub examples: Vec<Example>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Forms {
    /// Zero to nine, for a language that does not always use ASCII digits.
    digits: Option<String>,
    /// With a number: `{0} weeks ago`.
    number: BTreeMap<Unit, Vec<String>>,
    /// One unit, in words: `an hour ago`.
    one: BTreeMap<Unit, Vec<String>>,
    /// Two units, in words, as Arabic and Hebrew have them.
    two: BTreeMap<Unit, Vec<String>>,
    word: Words,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Words {
    now: Vec<String>,
    today: Vec<String>,
    yesterday: Vec<String>,
    day_before_yesterday: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Refused {
    text: String,
    #[expect(dead_code, reason = "the reason is for who reads the file")]
    reason: String,
}

/// A line and what it says, read on 2026-11-23 at 10:00 UTC.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "examples are for people and tests"))]
pub(super) struct Example {
    pub text: String,
    /// Least and most whole days; empty for a line that is not an age.
    pub days: Vec<i64>,
}

impl Source {
    pub fn parse(toml: &str) -> Result<Self, BadLanguage> {
        Ok(toml::from_str(toml)?)
    }

    pub fn compile(self) -> Result<Language, BadLanguage> {
        let digits = self.hand.digits.as_deref().or(self.cldr.digits.as_deref());
        let digits: Vec<char> = digits.unwrap_or_default().chars().collect();
        if !matches!(digits.len(), 0 | 10) {
            return Err(BadLanguage::Digits);
        }
        let mut table = Table { digits, forms: HashMap::new() };
        for refused in &self.refused {
            table.refuse(&refused.text);
        }
        table.add_all(&self.hand)?;
        table.add_all(&self.cldr)?;
        let bare = Frame { before: String::new(), after: String::new() };
        let listed = self.frames.iter().chain(&self.inferred_frames).map(|text| table.frame(text));
        let frames = std::iter::once(Ok(bare)).chain(listed).collect::<Result<_, _>>()?;
        let Table { digits, forms } = table;
        Ok(Language { code: self.language, digits, frames, forms })
    }
}

/// The forms as they are collected.
struct Table {
    digits: Vec<char>,
    forms: HashMap<String, Meaning>,
}

impl Table {
    fn add_all(&mut self, forms: &Forms) -> Result<(), BadLanguage> {
        self.add_units(&forms.number, Meaning::Number)?;
        self.add_units(&forms.one, |unit| Meaning::Units(1, unit))?;
        self.add_units(&forms.two, |unit| Meaning::Units(2, unit))?;
        let words = &forms.word;
        // "Now" is not measured in seconds by anyone: up to an hour.
        self.add(&words.now, Meaning::Units(0, Unit::Hour))?;
        self.add(&words.today, Meaning::Midnights(0))?;
        self.add(&words.yesterday, Meaning::Midnights(1))?;
        self.add(&words.day_before_yesterday, Meaning::Midnights(2))
    }

    fn add_units(
        &mut self,
        units: &BTreeMap<Unit, Vec<String>>,
        meaning: impl Fn(Unit) -> Meaning,
    ) -> Result<(), BadLanguage> {
        units.iter().try_for_each(|(unit, texts)| self.add(texts, meaning(*unit)))
    }

    fn add(&mut self, texts: &[String], meaning: Meaning) -> Result<(), BadLanguage> {
        for text in texts {
            let form = match meaning {
                Meaning::Number(_) => {
                    let (before, after) = self.halves(text, "{0}")?;
                    format!("{before}{{0}}{after}")
                }
                _ => self.words(text)?,
            };
            let known = self.forms.entry(form).or_insert(meaning);
            if *known != meaning && *known != Meaning::Refused {
                return Err(BadLanguage::TwoMeanings(text.clone()));
            }
        }
        Ok(())
    }

    fn refuse(&mut self, text: &str) {
        self.forms.insert(pressed(&with_ascii_digits(text, &self.digits)), Meaning::Refused);
    }

    fn frame(&self, text: &str) -> Result<Frame, BadLanguage> {
        let (before, after) = self.halves(text, "{age}")?;
        Ok(Frame { before, after })
    }

    /// What stands on the two sides of the placeholder.
    fn halves(
        &self,
        text: &str,
        placeholder: &'static str,
    ) -> Result<(String, String), BadLanguage> {
        match text.split(placeholder).collect::<Vec<_>>()[..] {
            [before, after] => Ok((self.words(before)?, self.words(after)?)),
            _ => Err(BadLanguage::Placeholder(text.to_owned(), placeholder)),
        }
    }

    fn words(&self, text: &str) -> Result<String, BadLanguage> {
        let words = pressed(&with_ascii_digits(text, &self.digits));
        if words.contains(|c: char| c.is_ascii_digit()) {
            return Err(BadLanguage::Digit(text.to_owned()));
        }
        Ok(words)
    }
}
