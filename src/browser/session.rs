//! One browser window, spoken to in W3C WebDriver, with a deadline on every command.
//!
//! A command that misses its deadline may still be carried out later, and blocks those behind it.
//! So after one the session is tainted: every further command is refused, and the driver is ended.

mod at_server;
mod errors;
mod not_started;
mod own_tab;
mod retry_after;

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::CmdError;
use fantoccini::key::Key as WebDriverKey;
use fantoccini::wd::{Capabilities, WindowHandle};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::browser::error::{PageError, StartError};
use crate::browser::remote::{Found, Remote};
use crate::browser::{chromium, firefox};
use crate::domain::browser_kind::BrowserKind;
use errors::{is_net_error, net_error, page_error};
use not_started::start_error;
use retry_after::{ReadNetworkLog, Refusal};

/// W3C page load timeout; ours is `SPARE` longer.
const PAGE_LOAD: Duration = Duration::from_secs(30);
/// W3C script timeout.
const SCRIPT: Duration = Duration::from_secs(15);
/// Ours is longer: a page that lays out ten thousand cards on a busy machine answers late.
const SCRIPT_ANSWER: Duration = Duration::from_secs(30);
const SPARE: Duration = Duration::from_secs(5);
/// Clicks, addresses, screenshots.
const COMMAND: Duration = Duration::from_secs(20);
/// A session on a busy profile hangs 60 s (measured); a start takes 1 to 2 s.
const START: Duration = Duration::from_secs(45);
const CLOSE: Duration = Duration::from_secs(5);
/// Whether a script of ours that was ended ran in the document that stands there now.
const STILL_HERE: &str = r#"return JSON.stringify(Boolean(window[Symbol.for("rescind.here")]));"#;

/// How the browser is to be started.
#[derive(Clone, Debug)]
pub struct Start {
    pub kind: BrowserKind,
    /// The debugging port of a browser that runs already: it is used as it is.
    pub attach: Option<SocketAddr>,
    /// `None` leaves the choice to the WebDriver server.
    pub binary: Option<PathBuf>,
    /// The browser profile, on the machine where the browser runs; `None` for one that is thrown away.
    pub profile: Option<PathBuf>,
    /// The server of the person's own at which the session is opened; `None` for our own driver.
    pub server: Option<Found>,
    pub headless: bool,
    /// Chromium refuses its sandbox to root; without it the page is less well walled off.
    pub no_sandbox: bool,
    /// Only loopback addresses may be reached, and the browser must not call home.
    pub loopback_only: bool,
    pub extra_args: Vec<String>,
}

/// A browser session. Every method may fail with `BrowserLost`.
pub struct Session {
    client: Client,
    kind: BrowserKind,
    /// The tabs of the person's own browser, which are none of ours; `None` in a browser of ours.
    persons: Option<Vec<WindowHandle>>,
    /// Where the driver is not ours to end.
    remote: Option<Remote>,
    tainted: Option<String>,
    /// Refusals that nobody has asked about yet.
    unheard: Vec<Refusal>,
    /// The last refusal that says when to come back.
    latest_wait: Option<Refusal>,
}

impl Session {
    /// Opens a session at a WebDriver server.
    ///
    /// # Errors
    /// The server refuses, the browser does not start, or the profile is in use.
    pub async fn open(address: &str, start: &Start) -> Result<Self, StartError> {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(SPARE));
        let mut builder = ClientBuilder::new(connector);
        builder.capabilities(match start.kind {
            BrowserKind::Firefox => firefox::capabilities(start),
            _ => chromium::capabilities(start),
        });
        if let Some(found) = &start.server {
            return Self::open_at(found, start, &builder).await;
        }
        match timeout(START, builder.connect(address)).await {
            Ok(Ok(client)) => {
                let session = Self::new(client, start.kind, None);
                if start.attach.is_some() { session.in_own_tab().await } else { Ok(session) }
            }
            Ok(Err(error)) => Err(start_error(error, start.profile.as_deref())),
            Err(_) => Err(StartError::Failed(format!(
                "the browser did not start within {} s",
                START.as_secs()
            ))),
        }
    }

    fn new(client: Client, kind: BrowserKind, remote: Option<Remote>) -> Self {
        let (persons, tainted, unheard, latest_wait) = (None, None, Vec::new(), None);
        Self { client, kind, persons, remote, tainted, unheard, latest_wait }
    }

    /// Loads an address and waits for its document (not for every picture).
    pub async fn goto(&mut self, address: &str) -> Result<(), PageError> {
        let client = self.client.clone();
        let answer = self.within(PAGE_LOAD + SPARE, "page load", client.goto(address)).await;
        match answer {
            Err(PageError::Script(why)) if is_net_error(&why) => Err(PageError::Unreachable(
                format!("{address} could not be loaded: {}", net_error(&why)),
            )),
            other => other,
        }
    }

    /// Runs one of our constant scripts; `argument` is data. The script returns a JSON string.
    pub async fn run<T: DeserializeOwned>(
        &mut self,
        script: &'static str,
        argument: &Value,
    ) -> Result<T, PageError> {
        let client = self.client.clone();
        let call = client.execute(script, vec![argument.clone()]);
        read_answer(self.within(SCRIPT_ANSWER, "a script", call).await?)
    }

    /// Runs one of our constant scripts that answers through its last argument.
    pub async fn run_async<T: DeserializeOwned>(
        &mut self,
        script: &'static str,
        argument: &Value,
    ) -> Result<T, PageError> {
        read_answer(self.answer_of(script, argument).await?)
    }

    /// What an asynchronous script answers: never nothing, unless something ended it.
    async fn answer_of(
        &mut self,
        script: &'static str,
        argument: &Value,
    ) -> Result<Value, PageError> {
        let client = self.client.clone();
        let call = client.execute_async(script, vec![argument.clone()]);
        let answer = self.within(SCRIPT_ANSWER, "a script", call).await?;
        if answer.is_null() && self.run(STILL_HERE, &Value::Null).await? {
            return Err(PageError::Prompt("one that ended a script, and was dismissed".to_owned()));
        }
        Ok(answer)
    }

    /// Runs a constant script that returns an element, or null.
    pub async fn element(
        &mut self,
        script: &'static str,
        argument: &Value,
    ) -> Result<Option<ElementRef>, PageError> {
        let client = self.client.clone();
        let call = client.execute(script, vec![argument.clone()]);
        let answer = self.within(SCRIPT_ANSWER, "a script", call).await?;
        Ok(element_id(&answer))
    }

    /// Runs one of our constant scripts that answers through its last argument, with a JSON string
    /// and an element or null.
    pub async fn with_element<T: DeserializeOwned>(
        &mut self,
        script: &'static str,
        argument: &Value,
    ) -> Result<(T, Option<ElementRef>), PageError> {
        let answer = self.answer_of(script, argument).await?;
        let element = answer.get(1).and_then(element_id);
        let text = answer.get(0).cloned().unwrap_or(Value::Null);
        Ok((read_answer(text)?, element))
    }

    /// How many tabs and windows the browser has open; those that the person had before don't count.
    pub async fn windows(&mut self) -> Result<usize, PageError> {
        let client = self.client.clone();
        let open = self.within(COMMAND, "the list of windows", client.windows()).await?;
        let persons = self.persons.as_deref().unwrap_or_default();
        Ok(open.iter().filter(|window| !persons.contains(window)).count())
    }

    /// Presses and releases Escape, which leaves a dialog and can confirm nothing.
    pub async fn press_escape(&mut self) -> Result<(), PageError> {
        let client = self.client.clone();
        let value = char::from(WebDriverKey::Escape);
        let keys = KeyActions::new("keys".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        self.within(COMMAND, "a key", client.perform_actions(keys)).await
    }

    /// A trusted click in the middle of an element, as WebDriver defines it.
    pub async fn click(&mut self, element: &ElementRef) -> Result<(), PageError> {
        let client = self.client.clone();
        let target = Element::from_element_id(client, element.clone());
        self.within(PAGE_LOAD + SPARE, "a click", async move { target.click().await }).await
    }

    /// Whether the site refused a request of the page with one of these statuses since this was last
    /// asked; `None` also where the driver keeps no log of the network.
    pub async fn refused(&mut self, origin: &str, statuses: &[u16]) -> Option<u16> {
        self.listen().await;
        let fresh = std::mem::take(&mut self.unheard);
        let is_one = |one: &&Refusal| one.origin == origin && statuses.contains(&one.status);
        fresh.iter().rfind(is_one).map(|one| one.status)
    }

    /// What the site's latest refusal said about when to come back; `None` when it said nothing, or
    /// the driver does not tell.
    pub async fn retry_after(&mut self, now: Timestamp) -> Option<Duration> {
        self.listen().await;
        self.latest_wait.as_ref()?.wait(now)
    }

    /// Takes in what the driver's log has gathered; on Firefox, what the page itself may know.
    async fn listen(&mut self) {
        if self.kind == BrowserKind::Firefox {
            let fresh: Result<Vec<firefox::Refused>, _> =
                self.run(firefox::REFUSALS, &Value::Null).await;
            let fresh = fresh.unwrap_or_default().into_iter();
            self.unheard.extend(fresh.map(|one| Refusal::untimed(one.status, one.origin)));
            return;
        }
        let client = self.client.clone();
        let log = self.within(COMMAND, "the log", client.issue_cmd(ReadNetworkLog)).await;
        let fresh = log.map_or_else(|_| Vec::new(), |log| retry_after::refusals(&log));
        for refusal in fresh {
            if refusal.wait(Timestamp::UNIX_EPOCH).is_some() {
                self.latest_wait = Some(refusal.clone());
            }
            self.unheard.push(refusal);
        }
    }

    /// The same where the element stands in view, in half the time: nothing is scrolled, and nobody
    /// asks what lies over it.
    pub async fn click_in_view(&mut self, element: &ElementRef) -> Result<(), PageError> {
        let client = self.client.clone();
        let element = Element::from_element_id(client.clone(), element.clone());
        let button = MOUSE_BUTTON_LEFT;
        let mouse = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 })
            .then(PointerAction::Down { button })
            .then(PointerAction::Up { button });
        self.within(COMMAND, "a click", client.perform_actions(mouse)).await
    }

    /// A picture of the window, PNG.
    pub async fn screenshot(&mut self) -> Result<Vec<u8>, PageError> {
        let client = self.client.clone();
        self.within(COMMAND, "a screenshot", client.screenshot()).await
    }

    /// Closes the window, so that the browser writes its cookies and ends by itself. Of a browser that
    /// the person started, only our own tab.
    pub async fn close(self) {
        if self.remote.is_some() {
            return self.abandon().await;
        }
        if self.tainted.is_none() {
            self.close_own_tab().await;
            let _ = timeout(CLOSE, self.client.close()).await;
        }
    }

    async fn within<T>(
        &mut self,
        limit: Duration,
        what: &str,
        command: impl Future<Output = Result<T, CmdError>>,
    ) -> Result<T, PageError> {
        if let Some(why) = &self.tainted {
            return Err(PageError::BrowserLost(why.clone()));
        }
        let answer = timeout(limit, command).await;
        if let Some(remote) = &mut self.remote {
            remote.spoke();
        }
        let result = match answer {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => page_error(error),
            Err(_) => {
                PageError::BrowserLost(format!("no answer to {what} within {} s", limit.as_secs()))
            }
        };
        if let PageError::BrowserLost(why) = &result {
            self.tainted = Some(why.clone());
        }
        Err(result)
    }
}

/// What is asked of a browser of any kind.
pub(super) fn wanted(browser: &str) -> Capabilities {
    let wanted = json!({
        "browserName": browser,
        "pageLoadStrategy": "eager",
        "unhandledPromptBehavior": "dismiss and notify",
        "timeouts": {
            "pageLoad": PAGE_LOAD.as_millis(),
            "script": SCRIPT.as_millis(),
            "implicit": 0,
        },
    });
    wanted.as_object().cloned().unwrap_or_default()
}

/// The reference in WebDriver's form of an element; `None` for anything else.
fn element_id(value: &Value) -> Option<ElementRef> {
    let id = value.as_object()?.values().next()?.as_str()?;
    Some(ElementRef::from(id.to_owned()))
}

/// Scripts answer with one JSON string: half the time of a tree of values (measured). What they
/// meet with themselves they say as `failed`.
fn read_answer<T: DeserializeOwned>(answer: Value) -> Result<T, PageError> {
    #[derive(Deserialize)]
    struct Failed {
        failed: String,
    }
    let Value::String(text) = answer else {
        return Err(PageError::Script(format!("an answer that is no string: {answer}")));
    };
    if text.starts_with(r#"{"failed":"#)
        && let Ok(Failed { failed }) = serde_json::from_str(&text)
    {
        return Err(PageError::Script(failed));
    }
    serde_json::from_str(&text).map_err(|error| PageError::Script(error.to_string()))
}
