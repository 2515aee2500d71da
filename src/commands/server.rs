//! A WebDriver server of the person's own (`--webdriver`): what is asked of it, and how a start there is
//! given up.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use tokio::time::timeout;

use crate::browser::remote::{self, Found};
use crate::browser::session::Start;
use crate::cli::Global;
use crate::commands::interrupts::Interrupts;
use crate::commands::opened::{Opened, start_failure};
use crate::config::Config;
use crate::domain::server::Server;
use crate::exit::{Exit, Failure};
use crate::terminal::output;

/// How long a browser that was asked for is waited for after Ctrl-C, only to be closed again.
const LEAVING: Duration = Duration::from_secs(15);

/// Says what the server's browser is to be like; returns the WebDriver address.
///
/// The profile is a folder over there, so it is neither made nor locked nor looked at here.
///
/// # Errors
/// Nobody answers there, or not as a WebDriver server does.
pub async fn choose(
    global: &Global,
    config: &Config,
    server: Server,
    start: &mut Start,
) -> Result<String, Failure> {
    if !server.is_here() {
        let words = format!(
            "warning: {server} is another machine, and http is not encrypted: whoever is on the way can \
             read along, and take the browser over (docs/remote.md: an SSH tunnel)"
        );
        output::say(global, &words);
    }
    start.profile = global.profile.as_ref().or(config.browser.profile.as_ref()).cloned();
    if start.profile.is_none() && !config.site.is_loopback() {
        let words = "note: no profile is named, so the server's browser has a new one, in which nobody is \
                     signed in";
        output::say(global, words);
    }
    let state = remote::state(&server).await.map_err(|error| start_failure(&error))?;
    if global.verbose > 0 {
        output::say(global, &format!("{} at {server}", state.name));
    }
    if state.is_full() {
        let seconds = remote::PATIENCE.as_secs();
        let words = format!(
            "note: all sessions of {} at {server} are in use; waiting for one, at most {seconds} s",
            state.name
        );
        output::say(global, &words);
    }
    let address = server.address().to_owned();
    start.server = Some(Found { server, state });
    Ok(address)
}

/// A sign-in lasts only in a profile that does.
///
/// # Errors
/// It would be lost with the server's browser.
pub fn refuse_passing_sign_in(global: &Global, config: &Config) -> Result<(), Failure> {
    let is_named = global.profile.is_some() || config.browser.profile.is_some();
    if global.webdriver.is_none() || is_named || config.site.is_loopback() {
        return Ok(());
    }
    let words =
        "a sign-in on a WebDriver server is lost with its browser unless a profile is named";
    Err(Failure::new(Exit::Usage, words).hint(
        "name a folder on the server's machine: --profile DIR, or browser.profile in the config",
    ))
}

/// Whether the browser may run on this machine, as far as can be told.
pub fn may_be_here(global: &Global) -> bool {
    global.webdriver.as_ref().is_none_or(Server::is_here)
}

/// What is being opened, unless the person has enough of it.
///
/// # Errors
/// It was interrupted, or could not be opened.
pub async fn unless_interrupted(
    global: &Global,
    opening: impl Future<Output = Result<Opened, Failure>>,
    interrupts: &Interrupts,
) -> Result<Opened, Failure> {
    let mut opening = pin!(opening);
    tokio::select! {
        opened = &mut opening => return opened,
        () = interrupts.first() => {}
    }
    if global.webdriver.is_some() {
        // The server may be starting a browser for us, which nobody else would ever close.
        output::say(global, "closing what the server has begun; Ctrl-C again ends at once");
        tokio::select! {
            begun = timeout(LEAVING, opening) => if let Ok(Ok(opened)) = begun {
                opened.abandon().await;
            },
            () = interrupts.second() => {}
        }
    }
    Err(interrupted())
}

/// Before anything was clicked.
pub fn interrupted() -> Failure {
    Failure::new(Exit::Interrupted, "interrupted; nothing was changed")
}
