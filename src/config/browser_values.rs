//! What the settings of `[browser]` take.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use schemars::{Schema, json_schema};

use super::values::{Argument, Attach, Setting};
use crate::domain::browser_kind::BrowserKind;

/// Names of switches that open the browser to other programs; those that begin so, too.
const OPENING: [&str; 4] =
    ["remote-debugging", "remote-allow", "marionette", "start-debugger-server"];
/// Names of switches that choose a profile.
const CHOOSING: [&str; 6] =
    ["user-data-dir", "profile", "p", "profilemanager", "createprofile", "profile-directory"];

impl Setting for BrowserKind {
    const TAKES: &'static str = "a browser's name in quotes, such as \"firefox\"";

    fn read(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|kind| kind.word() == text).ok_or_else(|| {
            let words = Self::ALL.map(Self::word);
            let slips = |word: &&str| strsim::damerau_levenshtein(&text.to_lowercase(), word);
            let likely =
                words.iter().filter(|word| slips(word) <= 2).min_by_key(|word| slips(word));
            let likely =
                likely.map_or_else(String::new, |word| format!(": did you mean \"{word}\"?"));
            format!(
                "\"{text}\" is no browser that is known{likely}; known are {}",
                words.join(", ")
            )
        })
    }

    fn schema() -> Schema {
        json_schema!({"type": "string", "enum": Self::ALL.map(Self::word)})
    }
}

impl Setting for Attach {
    const TAKES: &'static str =
        "an address and a port of this machine in quotes, such as \"127.0.0.1:9222\"";

    /// Only this machine's own addresses: on another one the port would be open to a network.
    fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let local = text.strip_prefix("localhost:").and_then(|port| port.parse().ok());
        let local = local.map(|port: u16| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port));
        match local.or_else(|| text.parse().ok()) {
            Some(address) if !address.ip().to_canonical().is_loopback() => Err(format!(
                "{address} is not on this machine: a debugging port that a network reaches hands the \
                 signed-in browser to it; write \"127.0.0.1:9222\""
            )),
            Some(address) if address.port() != 0 => Ok(Self(address)),
            _ => Err(format!("\"{text}\" is no address with a port: write \"127.0.0.1:9222\"")),
        }
    }

    fn schema() -> Schema {
        json_schema!({"type": "string", "pattern": ":[0-9]+$", "examples": ["127.0.0.1:9222"]})
    }
}

impl Setting for Argument {
    const TAKES: &'static str = "a switch of the browser in quotes, such as \"--lang=en\"";

    fn read(text: &str) -> Result<Self, String> {
        let shown = text.split('=').next().unwrap_or_default();
        // One dash or two, in any case: browsers take both.
        let name = shown.trim_start_matches('-').to_lowercase();
        if OPENING.iter().any(|start| name.starts_with(start)) {
            return Err(format!(
                "{shown} would let any program on this machine take over the signed-in browser"
            ));
        }
        if CHOOSING.contains(&name.as_str()) {
            return Err("the browser's profile is set by `profile`, not by a switch".to_owned());
        }
        if !text.starts_with('-') || text.contains('\0') {
            return Err(format!("\"{text}\" is no switch: write it like \"--lang=en\""));
        }
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let read = Config::parse(&format!("[browser]\n{line}\n"), "c.toml");
        let shown = match &read {
            Ok(config) => format!("{:?}", config.browser),
            Err(error) => {
                assert_eq!(error.line(), Some(2), "{error}");
                error.to_string()
            }
        };
        assert!(shown.contains(expected), "{line}: {shown}");
    }

    #[test]
    fn a_browser_is_named_by_its_word() {
        check("kind = \"firefox\"", "kind: Firefox");
        check("kind = \"edge\"", "kind: Edge");
        check("kind = \"chromium\"", "kind: Chromium");
        check("kind = \"fierfox\"", "did you mean \"firefox\"?");
        check("kind = \"safari\"", "known are chromium, chrome, edge, brave, vivaldi, firefox");
        check("kind = 3", "a browser's name in quotes");
    }

    #[test]
    fn only_a_port_of_this_machine_is_attached_to() {
        check("attach = \"127.0.0.1:9222\"", "attach: Some(127.0.0.1:9222)");
        check("attach = \"localhost:9222\"", "attach: Some(127.0.0.1:9222)");
        check("attach = \"[::1]:9222\"", "attach: Some([::1]:9222)");
        check("attach = \"192.168.0.2:9222\"", "192.168.0.2:9222 is not on this machine");
        check("attach = \"0.0.0.0:9222\"", "is not on this machine");
        check("attach = \"example.org:9222\"", "is no address with a port");
        check("attach = \"127.0.0.1\"", "is no address with a port");
        check("attach = \"127.0.0.1:0\"", "is no address with a port");
    }

    #[test]
    fn firefox_cannot_be_attached_to() {
        let text = "[browser]\nkind = \"firefox\"\nattach = \"127.0.0.1:9222\"";
        let error = Config::parse(text, "c.toml").unwrap_err();
        assert!(error.to_string().contains("only a Chrome") && error.line() == Some(3), "{error}");
    }

    #[test]
    fn s6_no_switch_opens_a_port_or_chooses_a_profile() {
        check("args = [\"--lang=en\"]", "--lang=en");
        check("args = [\"--remote-debugging-port=9222\"]", "take over the signed-in browser");
        check("args = [\"-Remote-Debugging-Port=1\"]", "take over the signed-in browser");
        check("args = [\"--remote-allow-system-access\"]", "take over the signed-in browser");
        check("args = [\"-start-debugger-server\"]", "take over the signed-in browser");
        check("args = [\"-P\", \"default\"]", "profile is set by `profile`");
        check("args = [\"--user-data-dir=/x\"]", "profile is set by `profile`");
    }
}
