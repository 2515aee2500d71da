//! Rules and keep lists: which invitations are stale, and why.

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
