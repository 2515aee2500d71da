//! Examples that stand beside a rule: somebody invented, and what must be decided about them.
//!
//! They are decided by all rules and the keep list, as anybody on the page. A month has 28 to 31
//! days, so each one is looked at from every month: what holds in June only is no example.

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::domain::age::Age;
use crate::domain::invitation::{Invitation, Key, Kind};
use crate::domain::keep::KeepList;
use crate::domain::period::Period;
use crate::domain::rules::{Rule, Rules, Verdict};

/// Somebody as their card could be, and what is expected.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    pub name: Option<String>,
    pub headline: Option<String>,
    pub note: Option<String>,
    /// As the site states it, rounded down; `None` where no rule asks for it.
    pub age: Option<Period>,
    pub expect: Expected,
}

/// What must be decided about an [`Example`] of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// They are withdrawn, and the example's own rule holds.
    Withdraw,
    /// They are kept: no rule holds, or the keep list names them.
    Keep,
}

/// What was decided about an [`Example`] instead, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Surprise {
    #[error("this example of rule \"{rule}\" is kept, not withdrawn: {reason}")]
    Kept { rule: String, reason: String },
    #[error("this example of rule \"{rule}\" is withdrawn, not kept: by rule \"{by}\", {reason}")]
    Withdrawn { rule: String, by: String, reason: String },
    #[error("this example is withdrawn by rule \"{by}\", not by its own, \"{rule}\": {reason}")]
    ByAnother { rule: String, by: String, reason: String },
    #[error(
        "this example of rule \"{rule}\" cannot be decided without an age: give it one, \
         such as age = \"5 weeks\""
    )]
    NeedsAge { rule: String },
}

impl Example {
    /// Whether these rules decide what is expected. `rule` is the one that the example belongs to.
    ///
    /// # Errors
    /// What they decide instead, in the first month in which they do.
    pub fn check(&self, rule: &Rule, rules: &Rules) -> Result<(), Surprise> {
        months().try_for_each(|now| self.check_at(now, rule, rules))
    }

    fn check_at(&self, now: Timestamp, rule: &Rule, rules: &Rules) -> Result<(), Surprise> {
        let invitation = self.invitation(now);
        let decision = rules.decide(&invitation);
        let reason = decision.reason;
        let own = rule.name().to_owned();
        let by = decision.rule.unwrap_or_default();
        match (decision.verdict, self.expect) {
            (Verdict::Keep, Expected::Keep) => Ok(()),
            (Verdict::Keep, Expected::Withdraw) => Err(Surprise::Kept { rule: own, reason }),
            (Verdict::Unsure, _) => Err(Surprise::NeedsAge { rule: own }),
            (Verdict::Withdraw, Expected::Keep) => {
                Err(Surprise::Withdrawn { rule: own, by, reason })
            }
            (Verdict::Withdraw, Expected::Withdraw) => {
                let alone = Rules { list: vec![rule.clone()], keep: KeepList::default() };
                let decision = alone.decide(&invitation);
                match decision.verdict {
                    Verdict::Withdraw => Ok(()),
                    Verdict::Unsure => Err(Surprise::NeedsAge { rule: own }),
                    Verdict::Keep => {
                        Err(Surprise::ByAnother { rule: own, by, reason: decision.reason })
                    }
                }
            }
        }
    }

    fn invitation(&self, now: Timestamp) -> Invitation {
        let name = self.name.clone().unwrap_or_default();
        Invitation {
            key: Key::from_card(&name, self.headline.as_deref(), self.note.as_deref()),
            name,
            profile_url: None,
            headline: self.headline.clone(),
            note: self.note.clone(),
            kind: Kind::Person,
            sent_text: String::new(),
            age: self.age.as_ref().and_then(|age| Age::from_span(age.span(), now)),
            doubt: None,
        }
    }
}

/// The first of each month of a year whose February is short.
fn months() -> impl Iterator<Item = Timestamp> {
    let first = |month| date(2023, month, 1).to_zoned(TimeZone::UTC).ok();
    (1..=12).filter_map(first).map(|day: Zoned| day.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rules::Conditions;
    use crate::domain::words::{Pattern, Words};

    fn words(text: &str) -> Words {
        Pattern::parse(text).into_iter().collect()
    }

    fn period(text: &str) -> Option<Period> {
        Some(text.parse().unwrap())
    }

    fn rules() -> Rules {
        let recruiters = Conditions {
            older_than: period("2 weeks"),
            headline: words("recruiter"),
            ..Conditions::default()
        };
        let bees = Conditions { any: words("bee"), ..Conditions::default() };
        Rules {
            list: vec![
                Rule::stale(),
                Rule::new("recruiters", recruiters).unwrap(),
                Rule::new("bees", bees).unwrap(),
            ],
            keep: KeepList { headline: words("friend"), ..KeepList::default() },
        }
    }

    /// Somebody with this headline and age, in an example of this rule.
    #[track_caller]
    fn check(rule: usize, headline: &str, age: &str, expect: Expected, said: &str) {
        let example = Example {
            name: None,
            headline: Some(headline.to_owned()),
            note: None,
            age: (!age.is_empty()).then(|| age.parse().unwrap()),
            expect,
        };
        let rules = rules();
        let shown = match example.check(&rules.list[rule], &rules) {
            Ok(()) => "as expected".to_owned(),
            Err(surprise) => surprise.to_string(),
        };
        assert_eq!(shown, said);
    }

    use Expected::{Keep, Withdraw};

    #[test]
    fn an_example_that_is_decided_as_expected_is_fine() {
        check(1, "Recruiter", "2 weeks", Withdraw, "as expected");
        check(1, "Recruiter", "13 days", Keep, "as expected");
        check(1, "Friend, recruiter", "9 weeks", Keep, "as expected");
        check(1, "Recruiter", "1 year", Withdraw, "as expected");
        check(2, "Bee", "1 day", Withdraw, "as expected");
    }

    #[test]
    fn what_was_decided_instead_is_told_with_its_reason() {
        check(
            1,
            "Recruiter",
            "1 week",
            Withdraw,
            "this example of rule \"recruiters\" is kept, not withdrawn: \
             younger than 2 weeks: sent at most 13 days ago",
        );
        check(
            1,
            "Engineer",
            "7 weeks",
            Keep,
            "this example of rule \"recruiters\" is withdrawn, not kept: \
             by rule \"stale\", sent at least 49 days ago",
        );
        check(
            1,
            "Engineer",
            "7 weeks",
            Withdraw,
            "this example is withdrawn by rule \"stale\", not by its own, \"recruiters\": \
             headline has none of the words of rule \"recruiters\"",
        );
        check(
            1,
            "Friend, recruiter",
            "3 weeks",
            Withdraw,
            "this example of rule \"recruiters\" is kept, not withdrawn: \
             on the keep list: headline has \"friend\"",
        );
    }

    #[test]
    fn an_age_is_needed_where_a_rule_asks_for_one() {
        let needed = "cannot be decided without an age: give it one, such as age = \"5 weeks\"";
        let said = |rule: &str| format!("this example of rule \"{rule}\" {needed}");
        check(1, "Engineer", "", Keep, &said("recruiters"));
        check(1, "Bee recruiter", "", Withdraw, &said("recruiters"));
        check(1, "Friend", "", Keep, "as expected");
    }

    #[test]
    fn what_depends_on_the_length_of_a_month_is_no_example() {
        let conditions = Conditions { older_than: period("30 days"), ..Conditions::default() };
        let month = Rule::new("month", conditions).unwrap();
        let rules = Rules { list: vec![month.clone()], keep: KeepList::default() };
        for expect in [Withdraw, Keep] {
            let example =
                Example { name: None, headline: None, note: None, age: period("1 month"), expect };
            assert!(example.check(&month, &rules).is_err(), "{expect:?}");
        }
    }
}
