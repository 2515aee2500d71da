//! One pending request on the Sent tab, and the key that tells it apart.
//!
//! The key is made from what identifies the invitee over page loads: the profile path where
//! there is one, else what the card shows. A name is never an identity.

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

impl Key {
    /// The key of a profile address: path without locale, query or trailing slash, percent-decoded,
    /// lower case. `None` when the address is not that of a profile.
    pub fn from_profile(address: &str) -> Option<Self> {
        let rest = address.split(['?', '#']).next().unwrap_or_default();
        let path = match rest.split_once("://") {
            Some((_, after)) => after.split_once('/').map_or("", |(_, path)| path),
            None => rest.trim_start_matches('/'),
        };
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let shelf = parts.next()?;
        if !matches!(shelf, "in" | "company" | "school" | "showcase" | "events" | "newsletters") {
            return None;
        }
        let slug = percent_decode(parts.next()?)?.to_lowercase();
        // A decoded slash or control character would make two different addresses one key.
        let plain = slug.chars().all(|c| c != '/' && !c.is_control());
        (plain && !slug.is_empty()).then(|| Self(format!("{shelf}/{slug}")))
    }

    /// The key of a card without a profile: what it shows besides its age.
    pub fn from_card(name: &str, headline: Option<&str>, note: Option<&str>) -> Self {
        if name.contains('@') && !name.contains(char::is_whitespace) {
            return Self(format!("email/{}", name.to_lowercase()));
        }
        let shown = [name, headline.unwrap_or_default(), note.unwrap_or_default()].join("\u{1f}");
        Self(format!("card/{:016x}", fnv1a(shown.as_bytes())))
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
        !self.0.starts_with("card/") && !self.0.starts_with("email/")
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
    }

    #[test]
    fn what_is_not_a_profile_has_no_profile_key() {
        check("https://www.linkedin.com/feed/", None);
        check("https://www.linkedin.com/in/", None);
        check("https://www.linkedin.com", None);
        check("https://www.linkedin.com/in/%zz", None);
        check("https://www.linkedin.com/in/a%2Fb", None);
    }

    #[test]
    fn invitees_without_a_profile_are_known_by_what_the_card_shows() {
        assert_eq!(
            Key::from_card("Robin@Example.org", None, None).as_str(),
            "email/robin@example.org"
        );
        assert_ne!(Key::from_card("A", Some("B"), None), Key::from_card("A", None, Some("B")));
    }
}
