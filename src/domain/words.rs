//! Words and phrases to look for in what a card shows, and the regular expressions between
//! slashes that may stand for them.
//!
//! - A word is found as a whole word only, whatever its case, accents or Unicode form. A hyphen
//!   between two words counts as a blank, an apostrophe ends a word: `founder` is in
//!   `Co-Founder's`, `art` is not in `Artist`.
//! - Scripts that write no blanks between words (Chinese, Japanese, Thai …) and Korean, which
//!   joins words, have no whole words to hold on to: there any place in the text will do.
//! - A regular expression sees the text in NFKC, without invisible characters and with single
//!   blanks, but with its accents; its case doesn't matter. Its sizes are bounded, so that no
//!   pattern can exhaust the machine (fault U3).

use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{
    DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup, Script,
};
use icu_properties::{CodePointMapData, CodePointSetData};
use regex::{Regex, RegexBuilder};

use crate::domain::fold::fold;
use crate::domain::invitation::Invitation;

/// A text of a card in the two forms that patterns look at.
pub struct Text {
    folded: String,
    plain: String,
}

/// One word, phrase or regular expression, equal to another when it is written the same.
#[derive(Clone, Debug)]
pub struct Pattern {
    written: String,
    look: Look,
}

#[derive(Clone, Debug)]
enum Look {
    For(String),
    Match(Regex),
}

/// Some patterns, of which one hit is enough.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words(Vec<Pattern>);

/// What a card shows, each text prepared once for all rules.
pub struct Texts {
    name: Text,
    headline: Option<Text>,
    note: Option<Text>,
}

/// Where in an invitation words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    Headline,
    Note,
    /// The name, the headline or the note.
    Any,
}

/// Why a text is no [`Pattern`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPattern {
    #[error("an empty text is in everything: write a word or leave it out")]
    Empty,
    #[error("longer than {MOST_BYTES} bytes")]
    TooLong,
    #[error("a regular expression ends with a slash too, with nothing after it: \"/^ceo/\"")]
    HalfSlashed,
    #[error("no regular expression: {0}")]
    Regex(String),
    #[error("this regular expression grows too big: fewer or smaller repetitions are needed")]
    Explosive,
}

const MOST_BYTES: usize = 1024;
const MOST_COMPILED: usize = 1 << 20;
const MOST_CACHE: usize = 8 << 20;
const MOST_NESTING: u32 = 50;

impl Text {
    pub fn new(text: &str) -> Self {
        Self { folded: comparable(text), plain: plain(text) }
    }
}

impl Pattern {
    pub fn parse(written: &str) -> Result<Self, BadPattern> {
        if written.len() > MOST_BYTES {
            return Err(BadPattern::TooLong);
        }
        let look = match written.strip_prefix('/') {
            Some("" | "/") => return Err(BadPattern::Empty),
            Some(rest) => {
                Look::Match(regex(rest.strip_suffix('/').ok_or(BadPattern::HalfSlashed)?)?)
            }
            None => Look::For(comparable(written)),
        };
        match look {
            Look::For(phrase) if phrase.is_empty() => Err(BadPattern::Empty),
            look => Ok(Self { written: written.to_owned(), look }),
        }
    }

    /// Whether the words stand in the text, or the regular expression matches it.
    pub fn is_in(&self, text: &Text) -> bool {
        match &self.look {
            Look::For(phrase) => has_phrase(&text.folded, phrase),
            Look::Match(regex) => regex.is_match(&text.plain),
        }
    }

    /// Whether the words are the whole text, or the regular expression matches it.
    pub fn is_all_of(&self, text: &Text) -> bool {
        match &self.look {
            Look::For(phrase) => text.folded == *phrase,
            Look::Match(regex) => regex.is_match(&text.plain),
        }
    }

    /// As the person wrote it, without quotes around it.
    pub fn written(&self) -> &str {
        &self.written
    }

    fn verb(&self) -> &'static str {
        match self.look {
            Look::For(_) => "has",
            Look::Match(_) => "matches",
        }
    }
}

/// As the person wrote it: `"talent acquisition"`, `/^ceo\b/`.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.look {
            Look::For(_) => write!(f, "\"{}\"", self.written),
            Look::Match(_) => f.write_str(&self.written),
        }
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Words {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Pattern> {
        self.0.iter()
    }

    /// As a condition: `has "recruiter" or "sales lead"`, `matches /^ceo\b/`.
    pub fn in_words(&self) -> String {
        let verb = self.iter().next().map(Pattern::verb).unwrap_or_default();
        let shown: Vec<String> = self.iter().map(Pattern::to_string).collect();
        format!("{verb} {}", shown.join(" or "))
    }

    pub fn first_in(&self, text: &Text) -> Option<&Pattern> {
        self.iter().find(|pattern| pattern.is_in(text))
    }
}

impl Texts {
    pub fn of(invitation: &Invitation) -> Self {
        Self {
            name: Text::new(&invitation.name),
            headline: invitation.headline.as_deref().map(Text::new),
            note: invitation.note.as_deref().map(Text::new),
        }
    }

    pub fn name(&self) -> &Text {
        &self.name
    }

    pub fn has(&self, field: Field, pattern: &Pattern) -> bool {
        self.at(field).any(|(_, text)| pattern.is_in(text))
    }

    /// The first of the words that is there, and where: `headline has "recruiter"`.
    pub fn hit(&self, field: Field, words: &Words) -> Option<String> {
        self.at(field).find_map(|(field, text)| {
            let pattern = words.first_in(text)?;
            Some(format!("{} {} {pattern}", field.word(), pattern.verb()))
        })
    }

    fn at(&self, field: Field) -> impl Iterator<Item = (Field, &Text)> {
        let all = [
            (Field::Name, Some(&self.name)),
            (Field::Headline, self.headline.as_ref()),
            (Field::Note, self.note.as_ref()),
        ];
        let shown = all.into_iter().filter_map(|(place, text)| Some((place, text?)));
        shown.filter(move |(place, _)| field == Field::Any || field == *place)
    }
}

impl Field {
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Headline => "headline",
            Self::Note => "note",
            Self::Any => "any",
        }
    }
}

impl FromIterator<Pattern> for Words {
    fn from_iter<I: IntoIterator<Item = Pattern>>(patterns: I) -> Self {
        Self(patterns.into_iter().collect())
    }
}

fn regex(pattern: &str) -> Result<Regex, BadPattern> {
    // NFC only: NFKC could turn a full-width letter of the pattern into one of its operators.
    let pattern = ComposingNormalizerBorrowed::new_nfc().normalize(pattern);
    RegexBuilder::new(&pattern)
        .case_insensitive(true)
        .size_limit(MOST_COMPILED)
        .dfa_size_limit(MOST_CACHE)
        .nest_limit(MOST_NESTING)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => BadPattern::Explosive,
            // The last line says what is wrong; those before it draw the pattern once more.
            other => BadPattern::Regex(last_line(&other.to_string())),
        })
}

fn last_line(text: &str) -> String {
    let line = text.lines().next_back().unwrap_or_default();
    line.trim_start_matches("error: ").to_owned()
}

/// Folded, with each hyphen between two words as a blank.
fn comparable(text: &str) -> String {
    let folded = fold(text);
    let mut before = None;
    let mut rest = folded.chars().peekable();
    let mut line = String::with_capacity(folded.len());
    while let Some(c) = rest.next() {
        let inside = before.is_some_and(in_word) && rest.peek().is_some_and(|next| in_word(*next));
        line.push(if inside && matches!(c, '-' | '–') { ' ' } else { c });
        before = Some(c);
    }
    line
}

fn plain(text: &str) -> String {
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let compatible = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    let visible: String = compatible.chars().filter(|c| !ignorable.contains(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has_phrase(text: &str, phrase: &str) -> bool {
    text.char_indices().any(|(start, _)| {
        text[start..].starts_with(phrase)
            && is_edge(&text[..start], &text[start..])
            && ends_word(&text[..start + phrase.len()], &text[start + phrase.len()..])
    })
}

/// `c` is neither in `c++` nor in `c#`, though it is in `c+python`.
fn ends_word(left: &str, right: &str) -> bool {
    let after = right.trim_start_matches(['+', '#']);
    let signed = after.len() < right.len() && !after.starts_with(in_word);
    is_edge(left, right) && !(signed && left.ends_with(in_word))
}

/// Whether a word may end on the left and another begin on the right.
fn is_edge(left: &str, right: &str) -> bool {
    let (Some(last), Some(first)) = (left.chars().next_back(), right.chars().next()) else {
        return true;
    };
    if is_mark(first) {
        return false;
    }
    !in_word(last) || !in_word(first) || writes_no_blanks(last) || writes_no_blanks(first)
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

fn is_mark(c: char) -> bool {
    GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c))
}

fn writes_no_blanks(c: char) -> bool {
    matches!(
        CodePointMapData::<Script>::new().get(c),
        Script::Han
            | Script::Hiragana
            | Script::Katakana
            | Script::Bopomofo
            | Script::Hangul
            | Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
    )
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
