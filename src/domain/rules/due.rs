//! What can be told of an invitation whose headline and note are not known, as one that is only
//! remembered.

use crate::domain::rules::{Field, Invitation, Rule, Rules, Texts};

/// Whether the rules would withdraw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    No,
    /// It depends on its headline or its note, or on what the page shows besides.
    Perhaps,
    Surely,
}

impl Rules {
    /// Whether this invitation would be withdrawn, whatever its headline and its note are.
    pub fn due(&self, invitation: &Invitation) -> Due {
        let texts = Texts::of(invitation);
        if self.keep.entry_for(invitation, &texts).is_some() || !invitation.key.is_profile() {
            return Due::No;
        }
        let found = self.list.iter().map(|rule| rule.due(invitation, &texts)).max();
        let most = if self.keep.asks_for_texts() { Due::Perhaps } else { Due::Surely };
        found.unwrap_or(Due::No).min(most)
    }
}

impl Rule {
    fn due(&self, invitation: &Invitation, texts: &Texts) -> Due {
        let wanted = &self.conditions;
        let is_right_age = invitation.age.as_ref().is_some_and(|age| wanted.age_holds(age).is_ok());
        let hits = |field, words: &_| texts.hit(field, words).is_some();
        let is_right_name = wanted.invitee.is_empty() || hits(Field::Name, &wanted.invitee);
        if (wanted.has_age() && !is_right_age) || !is_right_name {
            return Due::No;
        }
        let is_open = !wanted.headline.is_empty()
            || !wanted.note.is_empty()
            || (!wanted.any.is_empty() && !hits(Field::Any, &wanted.any))
            // A card that was in doubt is remembered without an age.
            || invitation.age.is_none();
        if is_open { Due::Perhaps } else { Due::Surely }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ada, rule, words};
    use super::*;
    use crate::domain::keep::KeepList;

    /// Rules separated by `|`; then the keep list's headline.
    #[track_caller]
    fn check(rules: &str, keep: &str, sent: &str, expected: Due) {
        let list = rules.split(" | ").map(rule).collect();
        let keep = KeepList { headline: words(keep), ..KeepList::default() };
        let remembered = Invitation { headline: None, note: None, ..ada(sent) };
        assert_eq!(Rules { list, keep }.due(&remembered), expected, "{rules}, {sent}");
    }

    #[test]
    fn by_its_age_and_its_name_it_is_surely_due() {
        check("a: older_than 3 weeks", "", "Sent 3 weeks ago", Due::Surely);
        check("a: older_than 3 weeks; invitee ada", "", "Sent 3 weeks ago", Due::Surely);
        check("a: older_than 3 weeks; any lovelace", "", "Sent 3 weeks ago", Due::Surely);
        check("a: older_than 4 weeks", "", "Sent 3 weeks ago", Due::No);
        check("a: older_than 3 weeks; invitee eve", "", "Sent 3 weeks ago", Due::No);
    }

    #[test]
    fn by_its_headline_or_its_note_it_is_perhaps_due() {
        check("a: older_than 3 weeks; headline engineer", "", "Sent 3 weeks ago", Due::Perhaps);
        check("a: note paris", "", "Sent 3 weeks ago", Due::Perhaps);
        check("a: any paris", "", "Sent 3 weeks ago", Due::Perhaps);
        check("a: older_than 4 weeks; headline engineer", "", "Sent 3 weeks ago", Due::No);
        let rules = "a: headline engineer | b: older_than 2 weeks";
        check(rules, "", "Sent 3 weeks ago", Due::Surely);
    }

    #[test]
    fn a_keep_list_of_headlines_may_keep_anybody() {
        check("a: older_than 3 weeks", "ceo", "Sent 3 weeks ago", Due::Perhaps);
        check("a: older_than 4 weeks", "ceo", "Sent 3 weeks ago", Due::No);
    }

    #[test]
    fn an_age_that_could_not_be_read_makes_nothing_sure() {
        check("a: older_than 3 weeks", "", "Sent recently", Due::No);
        check("a: invitee ada", "", "Sent recently", Due::Perhaps);
    }

    #[test]
    fn who_is_kept_or_has_no_profile_is_never_due() {
        let rules = |keep| Rules { list: vec![rule("a: invitee ada")], keep };
        let keep = KeepList { names: words("ada lovelace"), ..KeepList::default() };
        assert_eq!(rules(keep).due(&ada("Sent 3 weeks ago")), Due::No);
        let key = crate::domain::invitation::Key::from_card("Ada Lovelace", None, None);
        let bare = Invitation { key, ..ada("Sent 3 weeks ago") };
        assert_eq!(rules(KeepList::default()).due(&bare), Due::No);
    }
}
