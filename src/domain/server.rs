//! Which WebDriver server of the person's own is used. Its address may hold a password, which is
//! never shown.

use std::fmt;
use std::str::FromStr;

use url::{Host, Url};

/// What `--webdriver` takes: http, a host, and perhaps a path, a user and a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Server(Url);

/// Why a text is no [`Server`]. The text itself is left out: a password may be in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadServer {
    #[error("--webdriver wants the address of a WebDriver server, as in \"http://127.0.0.1:4444\"")]
    NotAnAddress,
    #[error(
        "--webdriver takes http only, https is not built in: reach a distant server through an SSH \
         tunnel (ssh -N -L 4444:127.0.0.1:4444 HOST), then --webdriver http://127.0.0.1:4444"
    )]
    Tls,
    #[error(
        "--webdriver wants an address without query and fragment, as in \"http://127.0.0.1:4444\""
    )]
    TooMuch,
    #[error(
        "user and password in the address of --webdriver may have letters, digits and -._~ only: others \
         would not reach the server as they are"
    )]
    Login,
}

impl Server {
    /// The address for WebDriver commands; the slash at its end is needed.
    pub fn address(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it is reached on this machine; through a tunnel it may still run on another.
    pub fn is_here(&self) -> bool {
        is_loopback(&self.0)
    }
}

impl FromStr for Server {
    type Err = BadServer;

    fn from_str(text: &str) -> Result<Self, BadServer> {
        let mut url = Url::parse(text.trim()).map_err(|_| BadServer::NotAnAddress)?;
        match url.scheme() {
            "http" => {}
            "https" => return Err(BadServer::Tls),
            _ => return Err(BadServer::NotAnAddress),
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BadServer::TooMuch);
        }
        if url.username().contains('%') || url.password().unwrap_or_default().contains('%') {
            return Err(BadServer::Login);
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Self(url))
    }
}

/// Without user and password.
impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.0.path().trim_end_matches('/');
        write!(f, "{}{path}", self.0.origin().ascii_serialization())
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Server({self})")
    }
}

/// Whether an address is one of this machine.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str, address: &str) {
        let server: Server = text.parse().unwrap();
        assert_eq!((server.to_string().as_str(), server.address()), (shown, address));
    }

    #[track_caller]
    fn refused(text: &str, why: BadServer) {
        assert_eq!(text.parse::<Server>(), Err(why), "{text}");
        assert!(!why.to_string().contains("secret"));
    }

    #[test]
    fn commands_need_a_slash_at_the_end() {
        check("http://127.0.0.1:4444", "http://127.0.0.1:4444", "http://127.0.0.1:4444/");
        check("http://grid:4444/wd/hub", "http://grid:4444/wd/hub", "http://grid:4444/wd/hub/");
        check(" http://grid/wd/hub/ ", "http://grid/wd/hub", "http://grid/wd/hub/");
    }

    #[test]
    fn a_password_is_used_and_never_shown() {
        let text = "http://me:secret@127.0.0.1:4444";
        check(text, "http://127.0.0.1:4444", "http://me:secret@127.0.0.1:4444/");
        let debug = format!("{:?}", text.parse::<Server>());
        assert!(!debug.contains("secret") && !debug.contains("me:"), "{debug}");
    }

    #[test]
    fn what_could_not_work_is_refused_before_anything_is_started() {
        refused("https://me:secret@grid.example:4444", BadServer::Tls);
        refused("localhost:4444", BadServer::NotAnAddress);
        refused("ws://me:secret@127.0.0.1/", BadServer::NotAnAddress);
        refused("4444", BadServer::NotAnAddress);
        refused("http://127.0.0.1:4444/?token=secret", BadServer::TooMuch);
        refused("http://127.0.0.1:4444/#x", BadServer::TooMuch);
        refused("http://me:secret%20word@127.0.0.1:4444", BadServer::Login);
    }

    #[test]
    fn this_machine_is_told_from_others() {
        for (text, here) in
            [("http://127.0.0.1:1", true), ("http://[::1]:1", true), ("http://g:1", false)]
        {
            assert_eq!(text.parse::<Server>().unwrap().is_here(), here, "{text}");
        }
    }
}
