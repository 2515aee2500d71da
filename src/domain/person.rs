//! Whom the person at the keyboard asks for: by a part of a name, an id, or a profile's address.

use std::str::FromStr;

use crate::domain::fold::fold;
use crate::domain::history::Entry;
use crate::domain::invitation::Key;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Person {
    Profile(Key),
    /// Part of a name, folded; or the whole id of somebody without a profile.
    Name {
        part: String,
        id: String,
    },
}

/// Why a text asks for nobody.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPerson {
    #[error("write a part of a name, an id (\"in/robin-example\") or the address of a profile")]
    Nothing,
    #[error("this is not the address of a profile (\"https://www.linkedin.com/in/robin-example\")")]
    NoProfile,
}

impl Person {
    pub fn is_of(&self, entry: &Entry) -> bool {
        self.is(entry.key.as_str(), &entry.name, entry.profile_url.as_deref())
    }

    /// Whether somebody of this id, name and profile is meant.
    pub fn is(&self, id: &str, name: &str, profile_url: Option<&str>) -> bool {
        match self {
            Self::Profile(key) => {
                id == key.as_str() || profile_url.and_then(Key::from_profile).as_ref() == Some(key)
            }
            Self::Name { part, id: whole } => id == whole || fold(name).contains(part.as_str()),
        }
    }
}

impl FromStr for Person {
    type Err = BadPerson;

    fn from_str(text: &str) -> Result<Self, BadPerson> {
        let text = text.trim();
        // Browsers hide the scheme, so an address may be copied without it.
        let address = format!("https://{text}");
        let profile = Key::from_profile(text).or_else(|| Key::from_profile(&address));
        if let Some(key) = profile {
            return Ok(Self::Profile(key));
        }
        if text.contains("://") {
            return Err(BadPerson::NoProfile);
        }
        let part = fold(text);
        if part.is_empty() {
            return Err(BadPerson::Nothing);
        }
        Ok(Self::Name { part, id: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::history::{Event, EventKind, History, RunId, Site};

    /// Which of these names, with `in/` and the name in lower case as their ids, are asked for.
    #[track_caller]
    fn check(text: &str, names: &[&str], expected: &[&str]) {
        let site = Site::recorded("https://www.linkedin.com");
        let run = RunId::new(Timestamp::UNIX_EPOCH, 1);
        let account = None;
        let started =
            EventKind::RunStarted { site: site.clone(), account, version: "1".into(), boot: None };
        let intents = names.iter().map(|name| EventKind::Intent {
            key: Key::recorded(format!("in/{}", name.to_lowercase())),
            name: (*name).to_owned(),
            profile_url: None,
            rule: "stale".to_owned(),
        });
        let kinds = [started].into_iter().chain(intents);
        let events: Vec<_> =
            kinds.map(|kind| Event { run, at: Timestamp::UNIX_EPOCH, kind }).collect();
        let history = History::of(site, &events);
        let person: Person = text.parse().unwrap();
        let found = history.entries().iter().filter(|entry| person.is_of(entry));
        let found: Vec<_> = found.map(|entry| entry.name.as_str()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_part_of_a_name_is_found_whatever_its_case_and_accents() {
        check("zoe", &["Zoë Example", "ZOE", "Robin"], &["Zoë Example", "ZOE"]);
        check("ÉXAMPLE", &["Zoë Example", "Robin"], &["Zoë Example"]);
        check("山田", &["山田太郎", "Robin"], &["山田太郎"]);
    }

    #[test]
    fn an_id_or_an_address_is_one_person() {
        let names = ["robin", "robin-2"];
        check("in/robin", &names, &["robin"]);
        check("https://www.linkedin.com/in/Robin/?trk=x", &names, &["robin"]);
        check("www.linkedin.com/in/robin-2/", &names, &["robin-2"]);
    }

    #[test]
    fn what_asks_for_nobody_is_refused() {
        assert_eq!(" \u{200b}".parse::<Person>(), Err(BadPerson::Nothing));
        assert_eq!("https://www.linkedin.com/feed/".parse::<Person>(), Err(BadPerson::NoProfile));
    }
}
