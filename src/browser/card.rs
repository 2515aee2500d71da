//! From what a card shows to an invitation: which text is which, and what makes it doubtful.

use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;
use serde::Deserialize;

use crate::browser::layout::NamingWords;
use crate::domain::invitation::{Invitation, Key, Kind};
use crate::domain::language::Language;

/// One card as `read_cards.js` returns it; every text is the page's own.
#[derive(Clone, Debug, Deserialize)]
pub struct Card {
    /// Which node of this load it stood in; one node may be reused for another person.
    pub node: u64,
    pub profiles: Vec<String>,
    pub name: String,
    pub headline: Option<String>,
    pub age: String,
    pub note: Option<String>,
    pub control: bool,
    pub label: String,
    pub named: Vec<String>,
}

impl Card {
    /// What the card says, with its doubts: a card that names two people, links to two profiles,
    /// or has no control of its own, is never acted upon. `words` are those in which the layout knows
    /// that a control names somebody.
    pub fn into_invitation(
        self,
        kind: Kind,
        no_headline: &[String],
        words: &[NamingWords],
        language: &Language,
        now: Timestamp,
    ) -> Invitation {
        let headline =
            self.headline.clone().filter(|text| !text.is_empty() && !no_headline.contains(text));
        let note = self.note.clone().filter(|text| !text.is_empty());
        // A control that names nobody leaves it to the picture.
        let said = self.named.first().filter(|_| self.label.is_empty()).unwrap_or(&self.label);
        let name = without_badge(&self.name, said, words).to_owned();
        let address = self.profile();
        let person = address
            .and_then(Key::from_profile)
            .unwrap_or_else(|| Key::from_card(&name, headline.as_deref(), note.as_deref()));
        let doubt = self.doubt(&person, &name, words);
        Invitation {
            profile_url: address
                .filter(|_| person.is_profile())
                .map(|it| it.trim_end_matches('/').to_owned()),
            age: language.parse_age(&self.age, now),
            key: person.of_kind(kind, note.as_deref()),
            name,
            headline,
            note,
            kind,
            sent_text: self.age,
            doubt,
        }
    }

    /// The address of the one profile that the card leads to, however often and in whatever spelling.
    pub fn profile(&self) -> Option<&str> {
        let (first, others) = self.profiles.split_first()?;
        let key = Key::from_profile(first);
        let same = |other: &String| key.is_some() && Key::from_profile(other) == key;
        others.iter().all(same).then_some(first)
    }

    fn doubt(&self, person: &Key, name: &str, words: &[NamingWords]) -> Option<String> {
        let doubt = if name.is_empty() {
            "the card shows no name"
        } else if !self.profiles.is_empty() && self.profile().is_none() {
            "the card links to more than one profile"
        } else if !self.control {
            "the card has no Withdraw control that can be told apart"
        } else if !self.label.is_empty() && !labels(&self.label, name, words) {
            "the card's Withdraw control names somebody else"
        } else if self.named.iter().any(|text| !pictures(text, name)) {
            "the card's picture names somebody else"
        } else if !person.is_profile() {
            "the card has no link to a profile, so nothing tells the person apart for certain"
        } else {
            return None;
        };
        Some(doubt.to_owned())
    }
}

/// The name without the degree that some builds put behind it ("Robin Example · 2nd", §3.5 fact 6): only
/// where what is said elsewhere in the card names the person without it.
fn without_badge<'a>(name: &'a str, said: &str, words: &[NamingWords]) -> &'a str {
    if labels(said, name, words) {
        return name;
    }
    let marked = name.rsplit_once(['·', '•']).map(|(before, _)| before);
    let spaced = BADGE.find(name).map(|badge| &name[..badge.start()]);
    let bare = [marked, spaced].into_iter().flatten().map(str::trim_end);
    bare.filter(|bare| !bare.is_empty()).find(|bare| labels(said, bare, words)).unwrap_or(name)
}

/// Whether a control's label names this person: to the letter in words that the layout knows ("Ann Lee
/// Smith" is not Ann Lee), else as any text does.
fn labels(label: &str, name: &str, words: &[NamingWords]) -> bool {
    let (bare_label, bare_name) = (bare(label), bare(name));
    let mut named = words.iter().filter_map(|words| words.name_in(&bare_label)).peekable();
    match named.peek() {
        Some(_) => !bare_name.is_empty() && named.any(|named| named == bare_name),
        None => names(label, name),
    }
}

/// Whether a text names this person: the name stands in it, between other words or alone, and is not
/// a piece of a longer one ("Ann Lee" in "Ann Leeman").
pub fn names(text: &str, name: &str) -> bool {
    let (text, name) = (bare(text), bare(name));
    !name.is_empty()
        && text.match_indices(&name).any(|(at, _)| {
            let before = text[..at].chars().next_back().zip(name.chars().next());
            let after = name.chars().next_back().zip(text[at + name.len()..].chars().next());
            // Hebrew and Arabic write a preposition together with the name.
            !before.is_some_and(|pair| joins(pair) && !PREFIXING.is_match(&pair.0.to_string()))
                && !after.is_some_and(joins)
        })
}

/// Whether a picture's text names this person; in German with an "s" behind the name ("Anns Profilbild",
/// §7.2), which then stands before another word.
fn pictures(text: &str, name: &str) -> bool {
    let (bare_text, bare_name) = (bare(text), bare(name));
    let behind = bare_text.strip_prefix(&bare_name).filter(|_| !bare_name.is_empty());
    names(text, name) || behind.is_some_and(|behind| behind.starts_with("s "))
}

/// Whether two letters side by side are of one word.
fn joins((one, other): (char, char)) -> bool {
    let in_word = |c: char| c.is_alphanumeric() && !UNSPACED.is_match(&c.to_string());
    in_word(one) && in_word(other)
}

/// "2nd", "3rd+", "2e" or "2º" at the end of a name.
static BADGE: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "the pattern is fixed, and tested")]
    Regex::new(r"\s*[1-3]\s?(?:st|nd|rd|er|e|º|\.)\+?$").unwrap()
});
/// Scripts that put no spaces between words, as in `ask.js`.
static UNSPACED: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "the pattern is fixed, and tested")]
    Regex::new(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]").unwrap()
});
static PREFIXING: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "the pattern is fixed, and tested")]
    Regex::new(r"[\p{Hebrew}\p{Arabic}]").unwrap()
});

/// Without marks of direction, and with single spaces.
fn bare(text: &str) -> String {
    let kept = text.chars().filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_behind_the_name_is_no_part_of_it() {
        let label = "Withdraw invitation sent to Robin Example";
        assert_eq!(without_badge("Robin Example · 2nd", label, &[]), "Robin Example");
        assert_eq!(
            without_badge("Robin · Example", "Withdraw invitation sent to Robin · Example", &[]),
            "Robin · Example"
        );
        assert_eq!(without_badge("Ruth · 2nd", label, &[]), "Ruth · 2nd");
        assert_eq!(without_badge("Robin Example 2nd", label, &[]), "Robin Example");
        assert_eq!(without_badge("Robin Example3rd+", label, &[]), "Robin Example");
        assert_eq!(
            without_badge("Robin Example 2nd cousin", label, &[]),
            "Robin Example 2nd cousin"
        );
        let third = "Withdraw invitation sent to Robin Example 3rd";
        assert_eq!(without_badge("Robin Example 3rd", third, &[]), "Robin Example 3rd");
    }

    #[test]
    fn one_profile_in_two_spellings_is_one() {
        let check = |profiles: &[&str], expected: Option<&str>| {
            let card = Card {
                node: 0,
                profiles: profiles.iter().map(|&address| address.to_owned()).collect(),
                name: String::new(),
                headline: None,
                age: String::new(),
                note: None,
                control: true,
                label: String::new(),
                named: Vec::new(),
            };
            assert_eq!(card.profile(), expected, "{profiles:?}");
        };
        check(&[], None);
        check(&["https://x.example/in/a"], Some("https://x.example/in/a"));
        check(&["/in/a", "https://x.example/in/A/"], Some("/in/a"));
        check(&["/in/a", "/in/b"], None);
        check(&["/feed/", "/feed/?x"], None);
    }

    #[track_caller]
    fn check(label: &str, name: &str, expected: bool) {
        assert_eq!(names(label, name), expected, "{label:?} {name:?}");
    }

    #[test]
    fn a_label_names_the_person_in_any_language() {
        check("Withdraw invitation sent to Robin Example", "Robin Example", true);
        check("Retirer l’invitation envoyée à Robin\u{a0}Example", "Robin Example", true);
        check("\u{2068}רות לדוגמה\u{2069}", "רות לדוגמה", true);
        check("Withdraw invitation sent to Robin Example", "Ruth Example", false);
        check("Withdraw invitation sent to ", "", false);
    }

    #[test]
    fn a_longer_name_is_another_one() {
        check("Withdraw invitation sent to Ann Leeman", "Ann Lee", false);
        check("Joann Lee’s profile picture", "ann Lee", false);
        check("Ann Lee’s profile picture", "Ann Lee", true);
        check("ביטול ההזמנה שנשלחה לרות", "רות", true);
        check("山田花子さんへの招待を取り下げる", "山田花子", true);
    }

    #[test]
    fn a_picture_is_of_a_person_in_german_too() {
        let check = |text: &str, expected: bool| {
            assert_eq!(pictures(text, "Ann Lee"), expected, "{text}");
        };
        check("Ann Lees Profilbild", true);
        check("Ann Lee’s profile picture", true);
        check("Ann Lees", false);
        check("Ann Leeman’s profile picture", false);
        check("Joann Lees Profilbild", false);
    }

    #[test]
    fn in_known_words_the_name_is_told_to_the_letter() {
        let words: NamingWords =
            String::from("Withdraw invitation sent to {name}").try_into().unwrap();
        let check = |label: &str, expected: bool| {
            assert_eq!(labels(label, "Ann Lee", std::slice::from_ref(&words)), expected, "{label}");
        };
        check("Withdraw invitation sent to Ann Lee", true);
        check("Withdraw invitation sent to Ann Lee Smith", false);
        check("Einladung an Ann Lee zurückziehen", true);
    }
}
