//! Which site is opened: a real one over https, or a practice one on this machine.

use std::fmt;
use std::str::FromStr;

use url::Url;

use crate::domain::pace::{Pace, TooFast};
use crate::domain::server::is_loopback;

/// What `base_url` and `--site` take. Nothing is ever sent over plain http to another machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Site {
    /// https anywhere, or http on a loopback address; no user or fragment, and a query only on a
    /// loopback address: a practice site may take its switches there.
    Url(Url),
    /// The bundled mock site with these switches, `count=500&lang=de` or nothing.
    Mock(String),
}

/// Why a text is no [`Site`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSite {
    #[error("\"{0}\" is not the address of a site: write \"https://www.linkedin.com\" or \"mock\"")]
    NotAnAddress(String),
    #[error(
        "\"{0}\" is neither https nor on this machine: http is only for 127.0.0.1, [::1] and localhost"
    )]
    PlainHttp(String),
    #[error(
        "\"{0}\" has a user, query or fragment: only the base address is wanted, \
         as in \"https://www.linkedin.com\""
    )]
    TooMuch(String),
}

impl Site {
    /// Whether it is on this machine, where no limits of pace apply.
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Url(url) => is_loopback(url),
            Self::Mock(_) => true,
        }
    }

    /// The address without a trailing slash; `None` for the mock site, which has one only when
    /// it runs.
    pub fn base(&self) -> Option<&str> {
        match self {
            Self::Url(url) => Some(url.as_str().trim_end_matches('/')),
            Self::Mock(_) => None,
        }
    }
}

impl Default for Site {
    fn default() -> Self {
        let address = Url::parse("https://www.linkedin.com");
        // A constant address always parses; the mock site is the harmless thing to fall back on.
        address.map_or_else(|_| Self::Mock(String::new()), Self::Url)
    }
}

impl FromStr for Site {
    type Err = BadSite;

    fn from_str(text: &str) -> Result<Self, BadSite> {
        let text = text.trim();
        if text == "mock" {
            return Ok(Self::Mock(String::new()));
        }
        if let Some(switches) = text.strip_prefix("mock?") {
            return Ok(Self::Mock(switches.to_owned()));
        }
        let shown = || text.to_owned();
        let url = Url::parse(text).map_err(|_| BadSite::NotAnAddress(shown()))?;
        match url.scheme() {
            _ if url.host().is_none() => return Err(BadSite::NotAnAddress(shown())),
            "https" => {}
            "http" if is_loopback(&url) => {}
            "http" => return Err(BadSite::PlainHttp(shown())),
            _ => return Err(BadSite::NotAnAddress(shown())),
        }
        let named = !url.username().is_empty() || url.password().is_some();
        let query = url.query().is_some() && !is_loopback(&url);
        if named || query || url.fragment().is_some() {
            return Err(BadSite::TooMuch(shown()));
        }
        Ok(Self::Url(url))
    }
}

/// As it would be written in the config.
impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(_) => f.write_str(self.base().unwrap_or_default()),
            Self::Mock(switches) if switches.is_empty() => f.write_str("mock"),
            Self::Mock(switches) => write!(f, "mock?{switches}"),
        }
    }
}

impl Pace {
    /// Whether this site may be treated like this; here, since only a site knows where it is.
    pub fn check_for(&self, site: &Site) -> Result<(), TooFast> {
        if site.is_loopback() {
            return Ok(());
        }
        self.check_for_real_site()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match text.parse::<Site>() {
            Ok(site) if site.is_loopback() => format!("local {site}"),
            Ok(site) => format!("real {site}"),
            Err(why) => why.to_string(),
        };
        assert!(shown.contains(expected), "{text}: {shown}");
    }

    #[test]
    fn https_is_taken_anywhere() {
        check("https://www.linkedin.com", "real https://www.linkedin.com");
        check("https://www.linkedin.com/", "real https://www.linkedin.com");
        check("https://127.0.0.1:8443", "local https://127.0.0.1:8443");
    }

    #[test]
    fn http_is_taken_on_this_machine_only() {
        check("http://127.0.0.1:8080/", "local http://127.0.0.1:8080");
        check("http://127.8.0.1/e5", "local http://127.8.0.1/e5");
        check("http://127.0.0.1:8080/?count=5", "local http://127.0.0.1:8080/?count=5");
        check("http://[::1]:80", "local http://[::1]");
        check("http://localhost:9", "local http://localhost:9");
        check("http://www.linkedin.com", "neither https nor on this machine");
        check("http://localhost.example.org", "neither https nor on this machine");
        check("http://127.0.0.1.example.org", "neither https nor on this machine");
        check("http://0.0.0.0", "neither https nor on this machine");
        check("http://192.168.0.1", "neither https nor on this machine");
    }

    #[test]
    fn the_mock_site_is_asked_for_by_its_name_with_switches() {
        check("mock", "local mock");
        check("mock?count=500&lang=de", "local mock?count=500&lang=de");
        check("mocks", "is not the address of a site");
    }

    #[test]
    fn what_is_no_base_address_is_refused() {
        check("", "is not the address of a site");
        check("www.linkedin.com", "is not the address of a site");
        check("localhost:8080", "is not the address of a site");
        check("file:///etc/passwd", "is not the address of a site");
        check("javascript:alert(1)", "is not the address of a site");
        check("https://me:secret@www.linkedin.com", "has a user, query or fragment");
        check("https://www.linkedin.com@example.org", "has a user, query or fragment");
        check("https://www.linkedin.com/?a=b", "has a user, query or fragment");
        check("https://www.linkedin.com/#a", "has a user, query or fragment");
    }

    #[test]
    fn the_site_is_linkedin_unless_another_is_asked_for() {
        assert_eq!(Site::default().base(), Some("https://www.linkedin.com"));
    }

    #[test]
    fn u2_only_a_site_on_this_machine_may_be_hurried() {
        let hurried =
            Pace { between: Duration::ZERO..=Duration::ZERO, per_day: 1000, ..Pace::default() };
        assert_eq!(hurried.check_for(&Site::Mock(String::new())), Ok(()));
        assert_eq!(hurried.check_for(&Site::default()), Err(TooFast::Between));
    }
}
