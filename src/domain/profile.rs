//! Which addresses of profiles may be handed on: to the person's browser, into a page of our own.

use url::{Host, Url};

use crate::domain::invitation::Key;

/// The bare address, built anew from the parts that make a profile: nothing else of what the page
/// said reaches another program, and nothing goes over plain http to another machine. `None` for
/// whatever is no address of a profile.
pub fn address(url: &str) -> Option<String> {
    let key = Key::from_profile(url)?;
    let parsed = Url::parse(url).ok()?;
    let is_loopback = match parsed.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => name == "localhost",
    };
    let is_allowed = parsed.scheme() == "https" || (parsed.scheme() == "http" && is_loopback);
    let is_bare = parsed.username().is_empty() && parsed.password().is_none();
    let address = format!("{}{}", parsed.origin().ascii_serialization(), parsed.path());
    // A browser reads a backslash as a slash, which would make it another profile.
    let is_same = Key::from_profile(&address).as_ref() == Some(&key);
    (is_allowed && is_bare && is_same).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: Option<&str>) {
        assert_eq!(address(url).as_deref(), expected, "{url}");
    }

    #[test]
    fn only_the_bare_address_of_a_profile_is_handed_on() {
        let robin = "https://www.linkedin.com/in/robin-example";
        check(robin, Some(robin));
        check(&format!("{robin}?trk=x&y=$(id)#z"), Some(robin));
        check("http://127.0.0.1:8080/in/robin", Some("http://127.0.0.1:8080/in/robin"));
        check("http://[::1]/in/robin", Some("http://[::1]/in/robin"));
        check(
            "https://www.linkedin.com/in/rené \u{202e}",
            Some("https://www.linkedin.com/in/ren%C3%A9%20%E2%80%AE"),
        );
    }

    #[test]
    fn whatever_else_a_page_links_to_is_not() {
        check("https://www.linkedin.com/feed/", None);
        check("https://www.linkedin.com@example.org/in/robin", None);
        check("http://www.linkedin.com/in/robin", None);
        check("http://localhost.example.org/in/robin", None);
        check("file:///in/robin", None);
        check("javascript:alert(1)//in/robin", None);
        check("--help", None);
        check("/in/robin", None);
        check("https://www.linkedin.com/in/robin\\eve", None);
    }
}
