//! One pending request on the Sent tab, and the key that tells it apart.
//!
//! The key is made from what identifies the invitee over page loads: the profile path where
//! there is one, else what the card shows. A name is never an identity.
//!
//! Under the other pills of the Sent tab one person may stand several times, and the card does not
//! say for which page or event. There the key begins with the kind, then comes the person's key and
//! a digest of the note where one was sent: `page/in/robin-example`. Those that are still the same
//! are numbered from the end of the list, since new invitations come in at its top: the oldest has
//! no number, the next one is `page/in/robin-example#2`. So ids stay over page loads, until one of
//! the numbered ones goes; nobody is ever acted upon by a numbered key, or by one of another kind.

use std::fmt;

use crate::domain::age::Age;

/// What an invitation is known by, over page loads: `in/robin-example`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(String);

/// Which pill of the Sent tab an invitation stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    #[default]
    Person,
    Page,
    Event,
    Newsletter,
}

/// One pending invitation as it was read from the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Invitation {
    pub key: Key,
    /// The name as the card shows it, white space folded.
    pub name: String,
    /// Absolute address of the profile, without query; `None` for invitees without one.
    pub profile_url: Option<String>,
    /// `None` when the member has none (the page shows `--`).
    pub headline: Option<String>,
    /// The message that was sent along.
    pub note: Option<String>,
    pub kind: Kind,
    /// The line that states the age, as shown: `Sent 3 weeks ago`.
    pub sent_text: String,
    /// `None` when `sent_text` is not understood: then no rule on age holds.
    pub age: Option<Age>,
    /// Why this card cannot be told apart or trusted; such an invitation is never withdrawn.
    pub doubt: Option<String>,
}

/// How a note that is known fits what a card shows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteFit {
    /// The same words; a card may run its lines together.
    Same,
    /// The card shows none, or only the beginning.
    Fuller,
    Other,
}

impl Invitation {
    /// Whether more may stand in the note than is known of it: long ones are cut on the page (§3.5).
    pub fn is_note_cut(&self) -> bool {
        self.note.as_deref().is_some_and(|note| before_the_cut(note.trim_end()).is_some())
    }

    /// This card with what was known of its invitation before: an age within its own, and the whole
    /// of a note that it cuts or leaves out. What contradicts the card is passed over.
    #[must_use]
    pub fn knowing(self, before: &Self) -> Self {
        let narrower = |age: Age| before.age.and_then(|known| age.narrowed_by(&known));
        let age = self.age.map(|age| narrower(age).unwrap_or(age));
        let known = before.note.as_deref();
        let known =
            known.filter(|known| NoteFit::of(self.note.as_deref(), known) != NoteFit::Other);
        Self { age, note: known.map(str::to_owned).or(self.note), ..self }
    }
}

impl NoteFit {
    pub fn of(shown: Option<&str>, known: &str) -> Self {
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let Some(shown) = shown.map(squeezed) else { return Self::Fuller };
        let known = squeezed(known);
        if shown == known {
            return Self::Same;
        }
        match before_the_cut(&shown) {
            Some(beginning) if known.starts_with(beginning) => Self::Fuller,
            _ => Self::Other,
        }
    }
}

/// What a text shows of one that it cuts; `None` when it does not look cut.
fn before_the_cut(shown: &str) -> Option<&str> {
    shown.strip_suffix('…').or_else(|| shown.strip_suffix("..."))
}

impl Key {
    /// The key of a profile address: path without locale, query or trailing slash, percent-decoded,
    /// lower case. `None` when the address is not that of a profile, or may be that of two people.
    pub fn from_profile(address: &str) -> Option<Self> {
        let rest = address.split(['?', '#']).next().unwrap_or_default();
        let is_scheme = |(scheme, _): &(&str, &str)| !scheme.contains('/');
        let path = match rest.split_once("://").filter(is_scheme) {
            Some((_, after)) => after.split_once('/').map_or("", |(_, path)| path),
            None => rest.trim_start_matches('/'),
        };
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let (shelf, slug) = match *parts.as_slice() {
            // `in` is also a locale: this is the person `in`, or whoever comes after.
            ["in", "in", _, ..] => return None,
            [shelf, slug, ..] if is_shelf(shelf) => (shelf, slug),
            [locale, shelf, slug, ..] if is_locale(locale) && is_shelf(shelf) => (shelf, slug),
            _ => return None,
        };
        let slug = percent_decode(slug)?.to_lowercase();
        // A decoded slash or control character, or a step up, would make two addresses one key.
        let plain = slug.chars().all(|c| c != '/' && !c.is_control());
        let named = !matches!(slug.as_str(), "" | "." | "..");
        (plain && named).then(|| Self(format!("{shelf}/{slug}")))
    }

    /// The key of a card without a profile: what it shows besides its age.
    pub fn from_card(name: &str, headline: Option<&str>, note: Option<&str>) -> Self {
        if is_address(name) {
            return Self(format!("email/{}", name.to_lowercase()));
        }
        let shown = [name, headline.unwrap_or_default(), note.unwrap_or_default()].join("\u{1f}");
        Self(format!("card/{:016x}", fnv1a(shown.as_bytes())))
    }

    /// The key of an invitation of this kind to whom this key names. That of people is the same.
    pub fn of_kind(self, kind: Kind, note: Option<&str>) -> Self {
        if kind == Kind::Person {
            return self;
        }
        let note = note.map(|note| format!("/{:016x}", fnv1a(note.as_bytes())));
        Self(format!("{}/{self}{}", kind.word(), note.unwrap_or_default()))
    }

    /// The key of one of several that nothing tells apart.
    pub fn numbered(&self, number: usize) -> Self {
        Self(format!("{self}#{number}"))
    }

    /// A key that was written down before (a plan, the journal).
    pub fn recorded(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the key of a profile, which names one person for certain.
    pub fn is_profile(&self) -> bool {
        self.has_profile() && self.without_kind() == self.0
    }

    /// Whether the key, of whichever kind, was made from a profile.
    pub fn has_profile(&self) -> bool {
        let key = self.without_kind();
        !key.starts_with("card/") && !key.starts_with("email/")
    }

    fn without_kind(&self) -> &str {
        let parts = self.0.split_once('/');
        let others = &Kind::ALL[1..];
        parts
            .filter(|(first, _)| others.iter().any(|kind| kind.word() == *first))
            .map_or(self.0.as_str(), |(_, rest)| rest)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Kind {
    pub const ALL: [Self; 4] = [Self::Person, Self::Page, Self::Event, Self::Newsletter];

    /// The word in the JSON of a report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Page => "page",
            Self::Event => "event",
            Self::Newsletter => "newsletter",
        }
    }

    /// The word for all of them: of the pill, on the command line and in a layout.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Person => "people",
            Self::Page => "pages",
            Self::Event => "events",
            Self::Newsletter => "newsletters",
        }
    }
}

/// Whether a name is an e-mail address: that of an invitee without an account.
pub fn is_address(name: &str) -> bool {
    name.contains('@') && !name.contains(char::is_whitespace)
}

/// The first part of a profile's path.
fn is_shelf(part: &str) -> bool {
    matches!(part, "in" | "company" | "school" | "showcase" | "events" | "newsletters")
}

/// `de`, `pt-br` or `zh_TW`.
fn is_locale(part: &str) -> bool {
    let is_code = |text: &str| text.len() == 2 && text.chars().all(|c| c.is_ascii_alphabetic());
    let (language, region) = part.split_once(['-', '_']).unwrap_or((part, "xx"));
    is_code(language) && is_code(region)
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(rest.next()?).to_digit(16)?;
        let low = char::from(rest.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// FNV-1a, 64 bit: short and the same on every machine and in every release, which the
/// standard library's hasher does not promise.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
pub mod identity;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: Option<&str>) {
        assert_eq!(Key::from_profile(address).as_ref().map(Key::as_str), expected, "{address}");
    }

    #[test]
    fn one_person_has_one_key_however_the_address_is_written() {
        check("https://www.linkedin.com/in/robin-example/", Some("in/robin-example"));
        check("https://www.linkedin.com/in/Robin-Example", Some("in/robin-example"));
        check("https://de.linkedin.com/in/robin-example?trk=x#y", Some("in/robin-example"));
        check("https://www.linkedin.com/in/robin-example/de/", Some("in/robin-example"));
        check("/in/j%C3%BCrgen-example", Some("in/jürgen-example"));
        check("http://127.0.0.1:9/in/ren%c3%a9/", Some("in/rené"));
        check("/in/robin:///x", Some("in/robin:"));
    }

    #[test]
    fn u9_a_locale_in_the_path_is_no_part_of_the_key() {
        check("https://www.linkedin.com/de/in/robin-example", Some("in/robin-example"));
        check("https://www.linkedin.com/pt-br/in/robin-example/", Some("in/robin-example"));
        check("/zh_TW/in/robin-example?x=/in/y", Some("in/robin-example"));
        check("/fr/company/example", Some("company/example"));
        check("/in/robin-example/zh_TW", Some("in/robin-example"));
        check("/in/de", Some("in/de"));
        check("/de/in/", None);
        check("/deu/in/robin-example", None);
        check("/de-deu/in/robin-example", None);
        check("/d1/in/robin-example", None);
        check("/feed/in/robin-example", None);
        check("/de/fr/in/robin-example", None);
    }

    #[test]
    fn u9_an_address_that_may_be_of_two_people_is_of_none() {
        check("/in/in", Some("in/in"));
        check("/in/in/robin-example", None);
        check("/in/../in/robin-example", None);
        check("/in/%2e/robin-example", None);
    }

    #[test]
    fn what_is_not_a_profile_has_no_profile_key() {
        check("https://www.linkedin.com/feed/", None);
        check("https://www.linkedin.com/in/", None);
        check("https://www.linkedin.com", None);
        check("https://www.linkedin.com/in/%zz", None);
        check("https://www.linkedin.com/in/a%2Fb", None);
    }

    #[track_caller]
    fn check_note(shown: Option<&str>, known: &str, expected: NoteFit) {
        assert_eq!(NoteFit::of(shown, known), expected, "{shown:?} {known:?}");
    }

    #[test]
    fn a_note_fits_a_card_that_cuts_it_or_runs_its_lines_together() {
        check_note(None, "Hello", NoteFit::Fuller);
        check_note(Some("Hello,there"), "Hello,\n there", NoteFit::Same);
        check_note(Some("Hel…"), "Hello there", NoteFit::Fuller);
        check_note(Some("Hello, th..."), "Hello,\nthere", NoteFit::Fuller);
        check_note(Some("Hel"), "Hello there", NoteFit::Other);
        check_note(Some("Good…"), "Hello there", NoteFit::Other);
        check_note(Some("Hello there"), "Hel…", NoteFit::Other);
    }

    #[test]
    fn a_card_keeps_its_word_against_what_was_known_before() {
        let now: jiff::Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
        let of = |weeks: u32, note: Option<&str>| Invitation {
            key: Key::recorded("in/robin"),
            name: "Robin".into(),
            profile_url: None,
            headline: None,
            note: note.map(str::to_owned),
            kind: Kind::Person,
            sent_text: format!("Sent {weeks} weeks ago"),
            age: Age::from_unit(weeks, crate::domain::age::Unit::Week, now),
            doubt: None,
        };
        let month = Age::from_unit(1, crate::domain::age::Unit::Month, now);
        let card = Invitation { age: month, ..of(6, None) };
        let known = card.clone().knowing(&of(6, Some("Hello")));
        assert_eq!(known.age.unwrap().days(), of(6, None).age.unwrap().days());
        assert_eq!(known.note.as_deref(), Some("Hello"));
        let other = card.knowing(&of(3, None));
        assert_eq!((other.age, other.note), (month, None));
        let card = of(6, Some("Good day"));
        assert_eq!(card.clone().knowing(&of(3, Some("Hello"))), card);
        let unread = Invitation { age: None, ..of(6, None) };
        assert_eq!(unread.clone().knowing(&of(6, None)), unread);
    }

    #[test]
    fn invitees_without_a_profile_are_known_by_what_the_card_shows() {
        assert_eq!(
            Key::from_card("Robin@Example.org", None, None).as_str(),
            "email/robin@example.org"
        );
        assert_ne!(Key::from_card("A", Some("B"), None), Key::from_card("A", None, Some("B")));
    }

    #[test]
    fn a_key_of_another_kind_is_nobodys_own() {
        let robin = Key::from_profile("/in/robin-example").unwrap();
        assert_eq!(robin.clone().of_kind(Kind::Person, Some("Hi")), robin);
        let page = robin.clone().of_kind(Kind::Page, None);
        assert_eq!(page.as_str(), "page/in/robin-example");
        assert_eq!(page.numbered(2).as_str(), "page/in/robin-example#2");
        assert_ne!(robin.clone().of_kind(Kind::Page, Some("Hi")), page);
        assert_ne!(robin.of_kind(Kind::Event, None), page);
        assert!(page.has_profile() && !page.is_profile());
        let card = Key::from_card("Robin", None, None).of_kind(Kind::Newsletter, None);
        assert!(!card.has_profile() && !card.is_profile());
        assert!(Key::recorded("events/a").is_profile());
    }
}
