//! What must not be in an outline, in forms to compare with.

use std::collections::{HashMap, HashSet};

use super::RawPage;

/// A part of a name or slug that is told from other words; shorter ones count only whole.
const LONG: usize = 4;

pub(super) struct Private {
    /// Slugs, and texts of two words or more that stand around one profile; pressed.
    parts: HashSet<String>,
    /// Texts of two words or more, as words.
    texts: HashSet<Vec<String>>,
    longest: usize,
    /// Words that stand around one profile and around no other.
    names: HashSet<String>,
    /// Every single word of the page.
    words: HashSet<String>,
}

impl Private {
    pub(super) fn of(page: &RawPage) -> Self {
        let texts: HashSet<Vec<String>> = page.texts.iter().map(|text| words(text)).collect();
        let of_slugs = page.slugs.iter().flat_map(|slug| words(slug));
        let around = page.people.iter().flatten().filter(|text| words(text).len() > 1);
        Self {
            parts: page.slugs.iter().chain(around).map(|text| pressed(text)).collect(),
            longest: texts.iter().map(Vec::len).max().unwrap_or_default(),
            names: names(&page.people),
            words: texts.iter().flatten().cloned().chain(of_slugs).collect(),
            // One word may be any ("Sent"); two together are a phrase or a name.
            texts: texts.into_iter().filter(|words| words.len() > 1).collect(),
        }
    }

    /// Whether a value holds a slug, a phrase of the page, or a word of one person.
    pub(super) fn holds(&self, value: &str) -> bool {
        let words = words(value);
        let runs = |length| words.windows(length).any(|run| self.texts.contains(run));
        words.iter().any(|word| self.parts.contains(word) || self.names.contains(word))
            || has_part(&pressed(value), &self.parts)
            || (2..=self.longest.min(words.len())).any(runs)
    }

    /// Whether a value has any word of the page in it.
    pub(super) fn says(&self, value: &str) -> bool {
        words(value).iter().any(|word| self.words.contains(word))
            || has_part(&pressed(value), &self.words)
    }
}

/// Whether any of these, if it is long enough to be told, stands in a text. A page has more of these
/// than a value has parts, so the parts are looked up.
fn has_part(text: &str, wanted: &HashSet<String>) -> bool {
    let ends = |start: usize| (start + LONG..=text.len()).map(move |end| start..end);
    (0..text.len())
        .flat_map(ends)
        .any(|part| text.get(part).is_some_and(|part| wanted.contains(part)))
}

/// What is said around one profile only: "Withdraw" stands around each, a name around one.
fn names(people: &[Vec<String>]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for person in people {
        let said: HashSet<String> = person.iter().flat_map(|text| words(text)).collect();
        for word in said {
            *counts.entry(word).or_default() += 1;
        }
    }
    let once = counts.into_iter().filter(|(_, count)| *count == 1).map(|(word, _)| word);
    once.filter(|word| word.chars().count() > 2).collect()
}

/// Letters and digits alone, lower case.
pub(super) fn pressed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Words, lower case, broken at signs and where a capital follows a small letter.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in text.chars() {
        let breaks = !c.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase());
        if breaks {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}
