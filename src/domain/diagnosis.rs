//! What `rescind doctor` found: one check after another, and what each locator finds on the page.

use serde_json::{Value, json};

use crate::domain::json::to_text;
use crate::domain::locators::Found;

/// How one check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Ok,
    /// Worth knowing; nothing is kept from working.
    Warning,
    Problem,
    /// An earlier problem, or its own nature, keeps it from being done.
    Skipped,
}

impl Status {
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Problem => "problem",
            Self::Skipped => "skipped",
        }
    }
}

/// What may leave the machine in a bundle: a number, a word of this program, a version. Text of the
/// page, a name or a path has no form here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    Count(u64),
    Word(&'static str),
    Version(String),
}

impl Fact {
    pub fn count(number: usize) -> Self {
        Self::Count(u64::try_from(number).unwrap_or(u64::MAX))
    }

    /// The digits and dots that a version begins with.
    pub fn version(text: &str) -> Self {
        let numbers = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').take(40);
        Self::Version(numbers.collect())
    }

    pub fn to_value(&self) -> Value {
        match self {
            Self::Count(number) => json!(number),
            Self::Word(word) => json!(word),
            Self::Version(version) => json!(version),
        }
    }
}

/// One line for the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub id: &'static str,
    pub status: Status,
    /// What is so; may be several lines.
    pub detail: String,
    /// How to mend it, a line for each step.
    pub hint: Option<String>,
    pub facts: Vec<(&'static str, Fact)>,
}

impl Check {
    pub fn new(id: &'static str, status: Status, detail: impl Into<String>) -> Self {
        Self { id, status, detail: detail.into(), hint: None, facts: Vec::new() }
    }

    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    #[must_use]
    pub fn fact(mut self, name: &'static str, fact: Fact) -> Self {
        self.facts.push((name, fact));
        self
    }

    /// As it may leave the machine.
    pub fn to_bundle(&self) -> Value {
        let facts = self.facts.iter().map(|(name, fact)| ((*name).to_owned(), fact.to_value()));
        json!({
            "id": self.id,
            "status": self.status.word(),
            "facts": Value::Object(facts.collect()),
        })
    }

    fn to_value(&self) -> Value {
        json!({
            "id": self.id,
            "status": self.status.word(),
            "detail": self.detail,
            "hint": self.hint,
        })
    }
}

/// Everything that was found.
#[derive(Clone, Debug, Default)]
pub struct Diagnosis {
    pub checks: Vec<Check>,
    /// What each layout finds on the page; empty when the page was not reached.
    pub layouts: Vec<Found>,
}

impl Diagnosis {
    pub fn count(&self, status: Status) -> usize {
        self.checks.iter().filter(|check| check.status == status).count()
    }

    /// The document of `doctor --json`, ending with a newline.
    pub fn to_json(&self, version: &str, exit: u8) -> String {
        to_text(&json!({
            "schema": 1,
            "version": version,
            "exit_code": exit,
            "checks": self.checks.iter().map(Check::to_value).collect::<Vec<_>>(),
            "locators": self.layouts.iter().flat_map(Found::to_values).collect::<Vec<_>>(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_numbers_whatever_a_program_calls_itself() {
        assert_eq!(
            Fact::version("156.0.8078.73-rc of alex"),
            Fact::Version("156.0.8078.73".into())
        );
        assert_eq!(Fact::version("alex"), Fact::Version(String::new()));
    }

    #[test]
    fn a_bundle_holds_facts_and_no_sentence() {
        let check = Check::new("sign-in", Status::Ok, "alex-example")
            .hint("rescind login")
            .fact("runs", Fact::count(3));
        assert_eq!(
            check.to_bundle(),
            json!({"id": "sign-in", "status": "ok", "facts": {"runs": 3}})
        );
    }
}
