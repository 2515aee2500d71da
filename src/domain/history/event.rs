//! What can happen, as the journal records it. An event is written once and never changed.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::domain::history::RunId;
use crate::domain::invitation::{Key, Kind};

/// One thing that happened in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub run: RunId,
    /// What the wall clock said, in UTC. It may jump; the order of events is that of writing.
    pub at: Timestamp,
    pub kind: EventKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    /// The first event of every run that may act; the journal takes no other before it.
    RunStarted {
        site: Site,
        /// Who is signed in, when that is known.
        account: Option<String>,
        /// Of the program.
        version: String,
        boot: Option<Boot>,
    },
    /// The first event of a run that only reads: nothing of it counts but what it saw.
    LookStarted { site: Site, account: Option<String>, version: String, boot: Option<Boot> },
    /// One invitation was read from the Sent tab.
    Sighted {
        key: Key,
        name: String,
        profile_url: Option<String>,
        sent_text: String,
        /// Sent after the first instant, at the second or before; `None` when not understood.
        sent_between: Option<(Timestamp, Timestamp)>,
    },
    /// The sightings since the last `ScanEnded` of this run were one reading of the list.
    ScanEnded { pill: Kind, announced: Option<u32>, read: u32, complete: bool },
    /// Committed before the first click on this person's card.
    Intent { key: Key, name: String, profile_url: Option<String>, rule: String },
    /// The dialog is open.
    Opened { key: Key },
    /// Committed *before* the confirming click, at most once after an `Intent`: a crash in between
    /// then leaves a doubt that errs towards "sent".
    ConfirmSent { key: Key },
    /// What came of it, as far as the page showed at once.
    Outcome { key: Key, outcome: Outcome, detail: String },
    /// A fresh, sane reading of the Sent tab no longer lists this person (`gone`), or still does.
    Verified { key: Key, gone: bool },
    /// The site asked for rest: no run may act before `until`, by the clock that said `at`.
    CoolDown { until: Timestamp, detail: String },
    /// The run ended in good order; without a word, because it was finished.
    Stopped { word: Option<StopWord>, detail: String },
}

/// What came of one invitation; the words of `withdraw --format json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Withdrawn,
    /// No longer on the page before anything was clicked.
    Gone,
    /// The page did not agree with the plan; nothing was sent.
    Refused,
    /// The site said no, or the invitation is still there.
    Failed,
    /// Can't be told yet; the next run settles it first.
    Unknown,
    /// By the person, a cap or a stop.
    Skipped,
}

/// Why a run stopped before it was finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopWord {
    Cap,
    Interrupted,
    SignedOut,
    Checkpoint,
    RateLimited,
    PageChanged,
    TooManyFailures,
    BrowserLost,
}

/// The origin that a run acts on. What happened on one site counts on no other, and mock sites
/// with different ports are different sites.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Site(String);

/// A clock that nobody can set: which boot of the machine, and how long that has been up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boot {
    pub id: String,
    /// Sleep included.
    pub up: SignedDuration,
}

impl Site {
    /// `None` when the address has no origin. All hosts of linkedin.com are one site: the person
    /// has one account there, whichever door they come in by.
    pub fn of(address: &str) -> Option<Self> {
        let url = Url::parse(address).ok()?;
        let host = url.host_str()?.trim_end_matches('.');
        if host == "linkedin.com" || host.ends_with(".linkedin.com") {
            return Some(Self("https://www.linkedin.com".to_owned()));
        }
        let origin = url.origin();
        origin.is_tuple().then(|| Self(origin.ascii_serialization()))
    }

    /// A site that was written down before.
    pub fn recorded(origin: impl Into<String>) -> Self {
        Self(origin.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Outcome {
    pub const ALL: [Self; 6] =
        [Self::Withdrawn, Self::Gone, Self::Refused, Self::Failed, Self::Unknown, Self::Skipped];

    pub fn word(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Gone => "gone",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Skipped => "skipped",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

impl StopWord {
    pub const ALL: [Self; 8] = [
        Self::Cap,
        Self::Interrupted,
        Self::SignedOut,
        Self::Checkpoint,
        Self::RateLimited,
        Self::PageChanged,
        Self::TooManyFailures,
        Self::BrowserLost,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Cap => "cap",
            Self::Interrupted => "interrupted",
            Self::SignedOut => "signed-out",
            Self::Checkpoint => "checkpoint",
            Self::RateLimited => "rate-limited",
            Self::PageChanged => "page-changed",
            Self::TooManyFailures => "too-many-failures",
            Self::BrowserLost => "browser-lost",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, origin: Option<&str>) {
        assert_eq!(Site::of(address).as_ref().map(Site::as_str), origin, "{address}");
    }

    #[test]
    fn every_door_of_linkedin_is_one_site() {
        for address in [
            "https://www.linkedin.com",
            "https://de.linkedin.com/mynetwork/?x=1",
            "https://LinkedIn.com:443/",
            "https://www.linkedin.com./",
        ] {
            check(address, Some("https://www.linkedin.com"));
        }
        check("https://notlinkedin.com/", Some("https://notlinkedin.com"));
    }

    #[test]
    fn mock_sites_on_different_ports_are_different_sites() {
        check("http://127.0.0.1:4000/a?count=5", Some("http://127.0.0.1:4000"));
        check("http://127.0.0.1:4001/", Some("http://127.0.0.1:4001"));
    }

    #[test]
    fn what_has_no_origin_is_no_site() {
        check("mock", None);
        check("file:///tmp/x", None);
        check("data:text/html,x", None);
    }

    #[test]
    fn every_word_reads_back() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_word(outcome.word()), Some(outcome));
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.word());
        }
        for stop in StopWord::ALL {
            assert_eq!(StopWord::from_word(stop.word()), Some(stop));
            assert_eq!(serde_json::to_value(stop).unwrap(), stop.word());
        }
    }
}
