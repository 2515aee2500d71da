//! The keep list: who is never withdrawn, whatever the rules say.
//!
//! A name is compared as a whole, so that `Ada` keeps nobody called Ada Lovelace by surprise; two
//! people who share a name are both kept. A profile is compared by its key, so that any form of
//! its address will do.

use crate::domain::invitation::{Invitation, Key};
use crate::domain::words::{Field, Pattern, Texts, Words};

/// Who is never withdrawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeepList {
    /// The whole name, or a regular expression on it.
    pub names: Words,
    pub profiles: Vec<Key>,
    pub headline: Words,
    pub note: Words,
    /// In the name, the headline or the note.
    pub any: Words,
}

impl KeepList {
    /// Which entry keeps this invitation, in words: `name "Ada Lovelace"`.
    pub fn entry_for(&self, invitation: &Invitation, texts: &Texts) -> Option<String> {
        let entries = [
            self.profile_of(invitation).map(shown_profile),
            self.name_of(texts).map(shown_name),
            texts.hit(Field::Headline, &self.headline),
            texts.hit(Field::Note, &self.note),
            texts.hit(Field::Any, &self.any),
        ];
        entries.into_iter().flatten().next()
    }

    /// Whether it may keep somebody for their note.
    pub fn asks_for_notes(&self) -> bool {
        !self.note.is_empty() || !self.any.is_empty()
    }

    /// Whether it may keep somebody for their headline or their note.
    pub fn asks_for_texts(&self) -> bool {
        ![&self.headline, &self.note, &self.any].into_iter().all(Words::is_empty)
    }

    /// The entries that are about none of these invitations, in words (fault U5): most likely
    /// misspelt, or settled long ago.
    pub fn unused(&self, invitations: &[Invitation]) -> Vec<String> {
        let texts: Vec<Texts> = invitations.iter().map(Texts::of).collect();
        let lacking =
            |pattern: &Pattern, field: Field| !texts.iter().any(|texts| texts.has(field, pattern));
        let mut unused: Vec<String> = Vec::new();
        let strangers = self.profiles.iter().filter(|profile| {
            let mut all = invitations.iter();
            !all.any(|invitation| is_profile_of(profile, invitation))
        });
        unused.extend(strangers.map(shown_profile));
        let nobody = self.names.iter().filter(|name| {
            let mut all = texts.iter();
            !all.any(|texts| name.is_all_of(texts.name()))
        });
        unused.extend(nobody.map(shown_name));
        for (field, words) in
            [(Field::Headline, &self.headline), (Field::Note, &self.note), (Field::Any, &self.any)]
        {
            let idle = words.iter().filter(|pattern| lacking(pattern, field));
            unused.extend(idle.map(|pattern| format!("{} {pattern}", field.word())));
        }
        unused
    }

    fn profile_of(&self, invitation: &Invitation) -> Option<&Key> {
        let mut profiles = self.profiles.iter();
        profiles.find(|profile| is_profile_of(profile, invitation))
    }

    fn name_of(&self, texts: &Texts) -> Option<&Pattern> {
        self.names.iter().find(|name| name.is_all_of(texts.name()))
    }
}

/// By the key or by the address: a card that is in doubt may have a key of another kind.
fn is_profile_of(profile: &Key, invitation: &Invitation) -> bool {
    let address = invitation.profile_url.as_deref();
    invitation.key == *profile || address.and_then(Key::from_profile).as_ref() == Some(profile)
}

fn shown_profile(profile: &Key) -> String {
    format!("profile {profile}")
}

fn shown_name(name: &Pattern) -> String {
    format!("name {name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::invitation::Kind;

    fn words(text: &str) -> Words {
        Pattern::parse(text).into_iter().collect()
    }

    fn invitation(name: &str, slug: &str, headline: &str) -> Invitation {
        Invitation {
            key: Key::recorded(format!("in/{slug}")),
            name: name.to_owned(),
            profile_url: Some(format!("https://www.linkedin.com/in/{slug}")),
            headline: Some(headline.to_owned()),
            note: None,
            kind: Kind::Person,
            sent_text: String::new(),
            age: None,
            doubt: None,
        }
    }

    fn list(entry: &str) -> KeepList {
        let empty = KeepList::default();
        match entry.split_once(' ').unwrap() {
            ("name", text) => KeepList { names: words(text), ..empty },
            ("profile", text) => {
                KeepList { profiles: Key::from_profile(text).into_iter().collect(), ..empty }
            }
            ("headline", text) => KeepList { headline: words(text), ..empty },
            ("any", text) => KeepList { any: words(text), ..empty },
            (other, _) => panic!("{other}"),
        }
    }

    /// Of Ada Lovelace, `in/ada`, CEO.
    #[track_caller]
    fn check(entry: &str, expected: Option<&str>) {
        let ada = invitation("Ada Lovelace", "ada", "CEO");
        let found = list(entry).entry_for(&ada, &Texts::of(&ada));
        assert_eq!(found.as_deref(), expected, "{entry}");
    }

    #[test]
    fn a_name_is_kept_as_a_whole() {
        check("name Ada Lovelace", Some("name \"Ada Lovelace\""));
        check("name ÀDA  lovelace", Some("name \"ÀDA  lovelace\""));
        check("name Ada", None);
        check("name /^ada /", Some("name /^ada /"));
    }

    #[test]
    fn a_profile_is_kept_whatever_the_form_of_its_address() {
        check("profile in/ada", Some("profile in/ada"));
        check("profile https://de.linkedin.com/in/Ada/?x=y", Some("profile in/ada"));
        check("profile in/adam", None);
    }

    #[test]
    fn words_are_kept_where_they_stand() {
        check("headline /^ceo\\b/", Some("headline matches /^ceo\\b/"));
        check("any lovelace", Some("name has \"lovelace\""));
        check("headline lovelace", None);
    }

    #[test]
    fn a_profile_is_kept_by_its_address_when_the_key_is_of_another_kind() {
        let ada = Invitation {
            key: Key::from_card("Ada Lovelace", None, None),
            ..invitation("Ada Lovelace", "ada", "CEO")
        };
        assert!(list("profile in/ada").entry_for(&ada, &Texts::of(&ada)).is_some());
    }

    #[test]
    fn u5_two_people_of_one_name_are_both_kept() {
        for slug in ["ada", "ada-2"] {
            let ada = invitation("Ada Lovelace", slug, "CEO");
            assert!(list("name ada lovelace").entry_for(&ada, &Texts::of(&ada)).is_some());
        }
    }

    #[test]
    fn u5_entries_that_are_about_nobody_are_told() {
        let all = KeepList {
            names: [words("Ada Lovelace"), words("Nobody")]
                .iter()
                .flat_map(Words::iter)
                .cloned()
                .collect(),
            profiles: vec![Key::recorded("in/ada"), Key::recorded("in/gone")],
            headline: words("/cto/"),
            note: words("hello"),
            any: words("ceo"),
        };
        let unused = all.unused(&[invitation("Ada Lovelace", "ada", "CEO")]);
        let expected = ["profile in/gone", "name \"Nobody\"", "headline /cto/", "note \"hello\""];
        assert_eq!(unused, expected);
    }
}
