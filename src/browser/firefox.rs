//! Firefox: geckodriver's start, what Firefox is started with, and what a page may know of the site's
//! refusals, since geckodriver keeps no log of the network.
//!
//! What is less than with Chromium: geckodriver and Firefox speak over a port of this machine, not a
//! pipe, and neither has a secret in its address. Firefox takes one connection there and closes the
//! port behind it (tried), and geckodriver obeys whoever knows the session's id, which is a random
//! number that only we are told. What remains is the moment between Firefox's start and geckodriver's
//! connection.

use std::path::Path;
use std::process::Stdio;

use fantoccini::wd::Capabilities;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::browser::driver::{Driver, GROUP_COMMAND, launched};
use crate::browser::error::StartError;
use crate::browser::session::{self, Start};

/// The refusals that the open page has met since this was last run in it, as JSON.
///
/// A page is told the status of what it asked its own site for, and of nothing else; not of the
/// answer's Retry-After. What was refused right before the page went away is lost with it; so is what
/// lies more than 250 requests before the first look at a page.
pub const REFUSALS: &str = include_str!("js/refusals.js");

/// One of them.
#[derive(Debug, Deserialize)]
pub struct Refused {
    pub status: u16,
    pub origin: String,
}

/// Starts geckodriver on a free port of the loopback address.
///
/// # Errors
/// It cannot be started, or does not say its port in time.
pub async fn start(program: &Path, launcher: Option<&Path>) -> Result<Driver, StartError> {
    let mut command = launched(program, launcher, GROUP_COMMAND);
    command.args(["--host=127.0.0.1", "--port=0", "--log=info"]);
    // The launcher ends the group when this pipe closes.
    command.stdin(if launcher.is_some() { Stdio::piped() } else { Stdio::null() });
    let started = Driver::spawn(command, announced_port).await;
    started.map_err(|why| why.of(program))
}

/// The line comes after a time and the level.
fn announced_port(line: &str) -> Option<u16> {
    let (_, address) = line.split_once("Listening on 127.0.0.1:")?;
    address.trim().parse().ok()
}

/// The capabilities of a Firefox.
pub fn capabilities(start: &Start) -> Capabilities {
    let mut args: Vec<String> = ["--width=1280", "--height=1000"].map(String::from).into();
    if let Some(profile) = &start.profile {
        args.extend(["-profile".to_owned(), profile.display().to_string()]);
    }
    if start.headless {
        args.push("-headless".into());
    }
    args.extend(start.extra_args.iter().cloned());
    let mut options = json!({ "args": args, "prefs": preferences(start.loopback_only) });
    if let Some(binary) = &start.binary {
        options["binary"] = json!(binary);
    }
    let mut wanted = session::wanted("firefox");
    wanted.insert("moz:firefoxOptions".to_owned(), options);
    wanted
}

/// Firefox keeps preferences in the profile, so every one is set each time, to what it is to be now.
fn preferences(loopback_only: bool) -> Value {
    // A proxy that is not there: what is not on this machine is not reached.
    let nowhere = if loopback_only { "127.0.0.1" } else { "" };
    let port = if loopback_only { 9 } else { 0 };
    json!({
        // 1: the proxy below, 5: the system's own.
        "network.proxy.type": if loopback_only { 1 } else { 5 },
        "network.proxy.http": nowhere,
        "network.proxy.http_port": port,
        "network.proxy.ssl": nowhere,
        "network.proxy.ssl_port": port,
        "network.proxy.no_proxies_on": "",
        "network.proxy.allow_hijacking_localhost": false,
        // No welcome, no terms over the page, nothing fetched ahead of what is asked for.
        "browser.aboutwelcome.enabled": false,
        "browser.preonboarding.enabled": false,
        "termsofuse.bypassNotification": true,
        "toolkit.telemetry.reportingpolicy.firstRun": false,
        "network.dns.disablePrefetch": true,
        "network.prefetch-next": false,
        "network.captive-portal-service.enabled": false,
        "network.connectivity-service.enabled": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_the_driver_names_the_port() {
        let line = "1700000000000\tgeckodriver\tINFO\tListening on 127.0.0.1:41235";
        assert_eq!(announced_port(line), Some(41235));
        assert_eq!(announced_port("1700\tmozrunner::runner\tINFO\tRunning command: x"), None);
    }

    #[test]
    fn a_profile_that_saw_the_practice_site_reaches_the_real_one_again() {
        let (practice, real) = (preferences(true), preferences(false));
        let names = |all: &Value| all.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&practice), names(&real));
        assert_eq!(
            (&practice["network.proxy.type"], &real["network.proxy.type"]),
            (&json!(1), &json!(5))
        );
    }
}
