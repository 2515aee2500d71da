//! What can come between us and the page: the cases that someone branches on.

use std::net::SocketAddr;
use std::path::PathBuf;

use thiserror::Error;

use crate::domain::browser_kind::BrowserKind;

/// Why the page could not be read or acted upon.
#[derive(Debug, Error)]
pub enum PageError {
    /// The site asks for a sign-in by the person (linkedin-pages §1.2).
    #[error("the site asks for a sign-in ({at})")]
    SignedOut { at: String },
    /// Somebody else signed in since the page was first looked at.
    #[error("{found} is signed in now, not {wanted}")]
    OtherAccount { found: String, wanted: String },
    /// The site asks the person for a security check (linkedin-pages §6).
    #[error("the site asks for a security check ({at})")]
    Checkpoint { at: String },
    /// HTTP 429, 999, or the words of a limit (linkedin-pages §6).
    #[error("the site says that it is asked too often ({sign})")]
    RateLimited { sign: String },
    /// No layout fits, or the language of the ages is unknown.
    #[error("{0}")]
    NotUnderstood(String),
    /// The page went from the list to another place by itself (linkedin-pages §1.1).
    #[error("the page went to {to} by itself")]
    WentAway { to: String },
    /// The address could not be loaded at all.
    #[error("{0}")]
    Unreachable(String),
    /// The driver or the browser is gone, or does not answer.
    #[error("the browser was lost: {0}")]
    BrowserLost(String),
    /// The page opened a native prompt, which was dismissed.
    #[error("the page opened a prompt of its own: {0}")]
    Prompt(String),
    /// An element went away or was covered while it was about to be used.
    #[error("{0}")]
    Element(String),
    /// A script of ours failed in the page, or its answer had another form.
    #[error("reading the page failed: {0}")]
    Script(String),
}

/// Why no browser could be started.
#[derive(Debug, Error)]
pub enum StartError {
    #[error("{what} was not found")]
    Missing { what: String, hint: String },
    #[error("{0}")]
    Failed(String),
    #[error("{} {driver} cannot drive {browser_name} {browser}: {why}", .kind.driver())]
    Versions {
        kind: BrowserKind,
        driver: String,
        browser_name: String,
        browser: String,
        why: String,
    },
    /// A browser was named that another driver drives.
    #[error("{} is {name}, and browser.kind says {}", .place.display(), .kind.word())]
    OtherKind { place: PathBuf, name: String, kind: BrowserKind, real: BrowserKind },
    #[error("no browser listens at {0}")]
    NothingListens(SocketAddr),
    #[error("what listens at {0} is no Chrome")]
    NoChrome(SocketAddr),
    #[error("another browser uses the profile {0}")]
    ProfileInUse(String),
    /// A WebDriver server of the person's own gives no browser.
    #[error("{words}")]
    Server { words: String, hint: String },
}

impl StartError {
    /// How to mend it, for the person.
    pub fn hint(&self) -> String {
        match self {
            Self::Missing { hint, .. } | Self::Server { hint, .. } => hint.clone(),
            Self::Failed(_) => "run again with -v to see what the browser said".into(),
            Self::Versions { kind: BrowserKind::Firefox, .. } => {
                "install another geckodriver (cargo install geckodriver; macOS: brew upgrade \
                 geckodriver), or name another with browser.driver in the config"
                    .into()
            }
            Self::Versions { kind, .. } => {
                let debian = match kind {
                    BrowserKind::Chromium => {
                        " (Debian, Ubuntu: apt-get install chromium chromium-driver)"
                    }
                    _ => "",
                };
                format!(
                    "install the {} of the browser's version{debian}, get it with rescind doctor \
                     --install, or name another with browser.driver in the config",
                    kind.driver()
                )
            }
            Self::OtherKind { real, .. } => {
                format!("write kind = \"{}\" under [browser] in the config", real.word())
            }
            Self::NothingListens(address) | Self::NoChrome(address) => format!(
                "start Chrome yourself with --remote-debugging-port={} and a --user-data-dir of its \
                 own (docs/browsers.md), or take attach out of the config",
                address.port()
            ),
            Self::ProfileInUse(_) => {
                "close that browser, or choose another folder with --profile".into()
            }
        }
    }
}
