//! The exit codes, as documented for scripts, and a failure that carries one.

use std::fmt::Display;

/// How the program ends. An unknown code is a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Done = 0,
    /// An error of the program or its surroundings.
    Failed = 1,
    /// Wrong usage or config.
    Usage = 2,
    /// A sign-in by the person is needed.
    SignIn = 3,
    /// The site stopped us: checkpoint, rate limit.
    Stopped = 4,
    /// Ended with something left, or an incomplete list.
    Left = 5,
    /// The page was not understood.
    NotUnderstood = 6,
    /// The plan is too old, of another account, site or format, or was edited.
    PlanRefused = 7,
    /// Another run holds the lock.
    Locked = 8,
    /// Only with `report --fail-if-stale`.
    Stale = 9,
    /// Interrupted by the person.
    Interrupted = 130,
}

/// Why a command failed: one sentence, how to mend it, and the exit code.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    pub sentence: String,
    pub hint: Option<String>,
}

impl Failure {
    pub fn new(exit: Exit, sentence: impl Display) -> Self {
        Self { exit, sentence: sentence.to_string(), hint: None }
    }

    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
