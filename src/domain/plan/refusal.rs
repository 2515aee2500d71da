//! Why a plan is refused, in words for the person. Text from the file is made safe to show here.

use jiff::Timestamp;

use super::FORMAT;
use crate::domain::json::JsonError;
use crate::domain::safe_text;

/// Why a plan is not applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the plan cannot be read: {0}")]
    Unreadable(#[from] JsonError),
    #[error("this is no plan: it has no `plan` with a time until which it is valid")]
    NoPlan,
    #[error("the plan is of format {}, and this release reads only {FORMAT}", cut(.0))]
    Format(String),
    #[error("the plan lists {} twice", cut(.0))]
    Duplicate(String),
    #[error("the plan was edited: the entry of {} was changed or added", cut(.0))]
    Edited(String),
    #[error("the plan was edited: the entry of {} stands in another place than before", cut(.0))]
    Moved(String),
    #[error("the plan was edited outside its entries, where site, account and times stand")]
    EditedOutside,
    #[error("the plan lists {0}, and people are all that is ever withdrawn")]
    OtherKind(&'static str),
    #[error("the plan names {} by the address {}, which is not theirs", cut(id), cut(profile_url))]
    OtherProfile { id: String, profile_url: String },
    #[error("the plan was valid until {}, and now it is {}", time(expired_at), time(now))]
    TooOld { expired_at: Timestamp, now: Timestamp },
    #[error(
        "the plan is from the future: it was made at {}, and now it is {}",
        time(made_at),
        time(now)
    )]
    FromTheFuture { made_at: Timestamp, now: Timestamp },
    #[error("the plan is for {}, and this is {}", cut(planned), cut(open))]
    OtherSite { planned: String, open: String },
    #[error("the plan is for the account {}, and {}", cut(planned), signed_in(found.as_deref()))]
    OtherAccount { planned: String, found: Option<String> },
}

impl Refusal {
    /// What the person can do about it.
    pub fn hint(&self) -> String {
        let hint = match self {
            Self::Duplicate(_) | Self::Edited(_) | Self::Moved(_) | Self::EditedOutside => {
                "whole entries may be deleted and nothing else; take the file as it was saved, or \
                 make a new plan: rescind report --plan FILE"
            }
            Self::NoPlan => "save one: rescind report --plan FILE",
            Self::OtherKind(_) => {
                "withdraw these by hand, or make a plan of people: rescind report --plan FILE"
            }
            Self::FromTheFuture { .. } => "set the clock of this machine, or make a new plan",
            Self::OtherSite { planned, .. } => {
                return format!(
                    "name the plan's own site, --site {}, or make a new plan",
                    cut(planned)
                );
            }
            Self::OtherAccount { planned, found: Some(_) } => {
                return format!("sign in as {}, or make a new plan", cut(planned));
            }
            Self::OtherAccount { found: None, .. } => {
                "see what the browser shows, with --headed, or make a new plan"
            }
            Self::Unreadable(_)
            | Self::Format(_)
            | Self::OtherProfile { .. }
            | Self::TooOld { .. } => "make a new plan: rescind report --plan FILE",
        };
        hint.to_owned()
    }
}

fn cut(text: &str) -> String {
    safe_text::cut(text, 100)
}

/// With seconds: a plan may be valid for a minute.
fn time(at: &Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn signed_in(account: Option<&str>) -> String {
    match account {
        Some(account) => format!("{} is signed in", cut(account)),
        None => "who is signed in cannot be told".to_owned(),
    }
}
