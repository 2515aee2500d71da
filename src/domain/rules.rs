//! Rules and keep lists: which invitations are stale, and why.
//!
//! The keep list is asked first and always wins. Then one rule that holds is enough, and of a rule
//! every condition is needed. What cannot be told is never withdrawn: an age that could not be
//! read satisfies no condition, and an invitation in doubt is left to the person.

mod due;

use std::fmt;

use jiff::tz::TimeZone;

use crate::domain::age::{Age, Days};
use crate::domain::invitation::Invitation;
use crate::domain::keep::KeepList;
use crate::domain::period::Period;
use crate::domain::words::{Field, Texts, Words};
pub use due::Due;

/// What is to become of one invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    Withdraw,
    Keep,
    /// It cannot be told; never withdrawn.
    Unsure,
}

/// The verdict on one invitation, with its reason in words for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub verdict: Verdict,
    /// The name of the rule that holds, for `Withdraw`.
    pub rule: Option<String>,
    pub reason: String,
}

/// When an invitation is stale, and who is kept all the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    pub list: Vec<Rule>,
    pub keep: KeepList,
}

/// Conditions under which an invitation is stale: at least one, and none against another.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    name: String,
    conditions: Conditions,
}

/// What a rule asks for; a condition that is not set asks for nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conditions {
    /// Holds when even the youngest possible age reaches it.
    pub older_than: Option<Period>,
    /// Holds when even the oldest possible age stays under it.
    pub newer_than: Option<Period>,
    pub invitee: Words,
    pub headline: Words,
    pub note: Words,
    /// In the name, the headline or the note.
    pub any: Words,
}

/// Why conditions make no [`Rule`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRule {
    #[error(
        "rule \"{0}\" has no condition and would withdraw everything: \
         give it older_than, newer_than, invitee, headline, note or any"
    )]
    NoCondition(String),
    #[error("rule \"{0}\" can never hold: nothing is older than {1} and newer than {2}")]
    Contradiction(String, String, String),
}

/// What one rule says about one invitation.
enum Finding {
    Holds(String),
    /// It would hold if the age could be read and were right.
    NeedsAge,
    /// Its words are there, its age is not; in how many days about it will be.
    WrongAge(i64, String),
    WrongWords(String),
}

/// Further from holding than any age that time will mend.
const NEVER: i64 = i64::MAX - 1;
const WRONG_WORDS: i64 = i64::MAX;

impl Rules {
    /// The verdict on an invitation, always with a reason.
    pub fn decide(&self, invitation: &Invitation) -> Decision {
        let texts = Texts::of(invitation);
        if let Some(entry) = self.keep.entry_for(invitation, &texts) {
            return keep(format!("on the keep list: {entry}"));
        }
        let mut could_hold = false;
        let mut misses = Vec::new();
        for rule in &self.list {
            match rule.look_at(invitation.age.as_ref(), &texts) {
                Finding::Holds(_) if self.may_be_kept(invitation) => {
                    return unsure(
                        "the page cuts the note, and the keep list asks for words in it",
                    );
                }
                Finding::Holds(reason) if invitation.doubt.is_none() => {
                    return Decision {
                        verdict: Verdict::Withdraw,
                        rule: Some(rule.name.clone()),
                        reason,
                    };
                }
                Finding::Holds(_) | Finding::NeedsAge => could_hold = true,
                Finding::WrongAge(days, reason) => misses.push((days, reason)),
                Finding::WrongWords(reason) => misses.push((WRONG_WORDS, reason)),
            }
        }
        if could_hold {
            return match &invitation.doubt {
                Some(doubt) => unsure(doubt),
                None => unsure(&format!("its age \"{}\" could not be read", invitation.sent_text)),
            };
        }
        keep(self.why_none_holds(misses))
    }

    /// The entries of the keep list that are about none of these invitations, in words.
    pub fn unused(&self, invitations: &[Invitation]) -> Vec<String> {
        self.keep.unused(invitations)
    }

    /// Whether a rule or the keep list asks for words in a headline.
    pub fn ask_for_headlines(&self) -> bool {
        let asks = |rule: &Rule| {
            let Conditions { headline, any, .. } = &rule.conditions;
            !headline.is_empty() || !any.is_empty()
        };
        let KeepList { headline, any, .. } = &self.keep;
        self.list.iter().any(asks) || !headline.is_empty() || !any.is_empty()
    }

    /// Whether what the page does not show of the note may be on the keep list.
    fn may_be_kept(&self, invitation: &Invitation) -> bool {
        invitation.doubt.is_none() && self.keep.asks_for_notes() && invitation.is_note_cut()
    }

    /// The reason of the rule that is nearest to holding.
    fn why_none_holds(&self, misses: Vec<(i64, String)>) -> String {
        match misses.into_iter().min_by_key(|(days, _)| *days) {
            None => "there is no rule".to_owned(),
            Some((WRONG_WORDS, _)) if self.list.len() > 1 => {
                "no rule holds: none of their words are in it".to_owned()
            }
            Some((_, reason)) => reason,
        }
    }
}

impl Rule {
    /// The rule of whoever set none: six weeks.
    pub fn stale() -> Self {
        Self {
            name: "stale".to_owned(),
            conditions: Conditions { older_than: Some(Period::weeks(6)), ..Conditions::default() },
        }
    }

    pub fn new(name: impl Into<String>, conditions: Conditions) -> Result<Self, BadRule> {
        let name = name.into();
        if conditions == Conditions::default() {
            return Err(BadRule::NoCondition(name));
        }
        if let (Some(older), Some(newer)) = (&conditions.older_than, &conditions.newer_than)
            && older.always_reaches(newer)
        {
            let [older, newer] = [older, newer].map(Period::to_string);
            return Err(BadRule::Contradiction(name, older, newer));
        }
        Ok(Self { name, conditions })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    fn look_at(&self, age: Option<&Age>, texts: &Texts) -> Finding {
        let wanted = &self.conditions;
        let fields = [
            (Field::Name, &wanted.invitee),
            (Field::Headline, &wanted.headline),
            (Field::Note, &wanted.note),
            (Field::Any, &wanted.any),
        ];
        let mut reasons = Vec::new();
        for (field, words) in fields.into_iter().filter(|(_, words)| !words.is_empty()) {
            match texts.hit(field, words) {
                Some(reason) => reasons.push(reason),
                None => return Finding::WrongWords(self.lacks(field)),
            }
        }
        match (wanted.has_age(), age) {
            (false, _) => {}
            (true, None) => return Finding::NeedsAge,
            (true, Some(age)) => match wanted.age_holds(age) {
                Ok(reason) => reasons.insert(0, reason),
                Err((days, reason)) => return Finding::WrongAge(days, reason),
            },
        }
        Finding::Holds(reasons.join(", "))
    }

    fn lacks(&self, field: Field) -> String {
        let place = match field {
            Field::Any => "name, headline and note have",
            Field::Name => "name has",
            Field::Headline => "headline has",
            Field::Note => "note has",
        };
        format!("{place} none of the words of rule \"{}\"", self.name)
    }
}

impl Conditions {
    fn has_age(&self) -> bool {
        self.older_than.is_some() || self.newer_than.is_some()
    }

    /// The reason why the age is right, or in how many days about it will be and why not now.
    fn age_holds(&self, age: &Age) -> Result<String, (i64, String)> {
        let Days { min, .. } = age.days();
        if let Some(period) = &self.older_than
            && !age.at_least(period.span())
        {
            return Err((period.about_days() - min, too_young(age, period)));
        }
        if let Some(period) = &self.newer_than
            && !age.under(period.span())
        {
            return Err((NEVER, too_old(age, period)));
        }
        Ok(match (&self.older_than, &self.newer_than) {
            (_, None) => sent_at_least(age),
            (None, _) => sent_at_most(age),
            _ => sent(age),
        })
    }
}

/// Its conditions in words: `older than 2 weeks, headline has "recruiter"`.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Conditions { older_than, newer_than, invitee, headline, note, any } = &self.conditions;
        let ages = [("older than", older_than), ("newer than", newer_than)];
        let ages = ages.into_iter().filter_map(|(words, period)| Some((words, period.as_ref()?)));
        let fields = [
            ("name", invitee),
            ("headline", headline),
            ("note", note),
            ("name, headline or note", any),
        ];
        let fields = fields.into_iter().filter(|(_, words)| !words.is_empty());
        let shown: Vec<String> = ages
            .map(|(words, period)| format!("{words} {period}"))
            .chain(fields.map(|(field, words)| format!("{field} {}", words.in_words())))
            .collect();
        f.write_str(&shown.join(", "))
    }
}

fn keep(reason: String) -> Decision {
    Decision { verdict: Verdict::Keep, rule: None, reason }
}

fn unsure(reason: &str) -> Decision {
    Decision { verdict: Verdict::Unsure, rule: None, reason: reason.to_owned() }
}

fn too_young(age: &Age, period: &Period) -> String {
    if age.under(period.span()) {
        format!("younger than {period}: {}", sent_at_most(age))
    } else {
        format!("may be younger than {period}: {}", sent(age))
    }
}

fn too_old(age: &Age, period: &Period) -> String {
    if age.at_least(period.span()) {
        format!("not newer than {period}: {}", sent_at_least(age))
    } else {
        format!("may not be newer than {period}: {}", sent(age))
    }
}

fn sent_at_least(age: &Age) -> String {
    format!("sent at least {} ago{}", days(age.days().min), seen_since(age))
}

fn sent_at_most(age: &Age) -> String {
    match age.days().max {
        0 => format!("sent less than 1 day ago{}", seen_since(age)),
        max => format!("sent at most {} ago{}", days(max), seen_since(age)),
    }
}

fn sent(age: &Age) -> String {
    let seen = seen_since(age);
    match age.days() {
        Days { min: 0, .. } => sent_at_most(age),
        Days { min, max } if min == max => format!("sent {} ago{seen}", days(min)),
        Days { min, max } => format!("sent {min} to {} ago{seen}", days(max)),
    }
}

/// Where an age comes from that the page alone does not show.
fn seen_since(age: &Age) -> String {
    let Some(since) = age.seen_since() else { return String::new() };
    let [since, now] = [since, age.now].map(|at| at.to_zoned(TimeZone::UTC));
    let form = if since.year() == now.year() { "%-d %b" } else { "%-d %b %Y" };
    format!(", seen since {}", since.strftime(form))
}

fn days(count: i64) -> String {
    match count {
        1 => "1 day".to_owned(),
        count => format!("{count} days"),
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
