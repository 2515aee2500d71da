//! A WebDriver server of the person's own: a Selenium Grid, or a driver that runs already.
//!
//! It outlives us, so whatever we begin there we also end: a session that is left keeps its browser, and
//! a slot of the Grid, until the server gives it up (a Grid after five minutes, chromedriver never).
//! Sessions are ended by a command of our own, over a connection of its own: fantoccini's carries no
//! password, and waits behind a command that gets no answer.

use std::time::Duration;

use fantoccini::Client;
use fantoccini::error::{CmdError, NewSessionError};
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::Value;
use tokio::time::{Instant, timeout};
use url::{ParseError, Url};

use crate::browser::error::StartError;
use crate::domain::safe_text;
use crate::domain::server::Server;

/// How long a browser is waited for: a Grid that is busy, or starts its nodes on demand, queues us.
pub const PATIENCE: Duration = Duration::from_secs(120);
/// How long a question that needs no browser may take.
const ANSWER: Duration = Duration::from_secs(10);
/// How long the end of a session is waited for; once asked for, it comes all the same.
const END: Duration = Duration::from_secs(5);
/// A session that hears nothing for so long is spoken to. Grids give up on one after five minutes, or
/// what they were told; a person takes longer over their answers, and a pause may.
const SILENCE: Duration = Duration::from_secs(20);

/// How much of a server's own words is shown, in columns.
const LENGTH: usize = 300;

/// A session on such a server.
pub struct Remote {
    address: String,
    id: String,
    spoke: Instant,
    silence: Duration,
}

/// A server that answered.
#[derive(Clone, Debug)]
pub struct Found {
    pub server: Server,
    pub state: State,
}

impl Remote {
    pub fn new(found: &Found, id: String) -> Self {
        let address = found.server.address().to_owned();
        Self { address, id, spoke: Instant::now(), silence: found.state.silence() }
    }

    /// Ends the session, whatever becomes of commands that are under way.
    pub async fn end(&self) {
        // Nothing to be done where it fails: the server is gone, or has ended the session itself.
        let _ = ask(&self.address, &self.id, EndSession, END).await;
    }

    pub fn spoke(&mut self) {
        self.spoke = Instant::now();
    }

    /// When it should hear from us again.
    pub fn due(&self) -> Instant {
        self.spoke + self.silence
    }
}

/// What a server says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// `Selenium Grid 4.48.0`, or what the server calls itself.
    pub name: String,
    pub ready: bool,
    /// Of a Grid: how many sessions there may be, and how many there are.
    pub slots: Option<(usize, usize)>,
    /// When it ends a session that hears nothing.
    pub patience: Option<Duration>,
}

impl State {
    /// Whether whoever asks for a browser now has to wait for one.
    pub fn is_full(&self) -> bool {
        self.slots.is_some_and(|(all, busy)| all > 0 && busy >= all)
    }

    fn silence(&self) -> Duration {
        self.patience.map_or(SILENCE, |patience| SILENCE.min(patience / 3))
    }
}

/// Asks a server how it is.
///
/// # Errors
/// Nobody answers, or not as a WebDriver server does.
pub async fn state(server: &Server) -> Result<State, StartError> {
    match ask(server.address(), "", AskStatus, ANSWER).await {
        Ok(answer) => Ok(read_state(&answer)),
        Err(error) => Err(no_server(server, error.as_ref())),
    }
}

/// Why there is no session. `error` is what the server said; `None` when it said nothing in time.
pub async fn no_session(
    server: &Server,
    error: Option<NewSessionError>,
    profile: Option<&str>,
) -> StartError {
    let said = error.map(|error| words(&error));
    match state(server).await {
        Ok(state) => refusal(server, &state, said.as_deref(), profile),
        Err(error) => error,
    }
}

/// The sentence for it.
fn refusal(
    server: &Server,
    state: &State,
    said: Option<&str>,
    profile: Option<&str>,
) -> StartError {
    let name = &state.name;
    let (words, hint) = match said.filter(|said| !is_of_the_queue(said)) {
        Some(said) => {
            // Chromium itself says no more than that it ended.
            let in_use = said.contains("exited") || said.contains("already in use");
            let hint = match profile.filter(|_| in_use) {
                Some(profile) => format!(
                    "on the server's machine another browser may be using the profile {profile}, or it \
                     can't be written there"
                ),
                None => "see the server's own log; where it runs as root, Chromium wants args = \
                         [\"--no-sandbox\"] under [browser] in the config"
                    .to_owned(),
            };
            (format!("{name} at {server} started no browser: {said}"), hint)
        }
        None => match state.slots.filter(|_| state.is_full()) {
            Some((all, busy)) => (
                format!(
                    "no browser came free: {name} at {server} has {busy} of {all} sessions in use"
                ),
                "wait until one has ended, or allow the Grid more: --max-sessions N \
                 --override-max-sessions true"
                    .to_owned(),
            ),
            None => (
                format!("{name} at {server} gave no browser in time"),
                "see that it has a node with such a browser: a Grid goes on waiting for one"
                    .to_owned(),
            ),
        },
    };
    StartError::Server { words, hint }
}

/// A Grid's own word for a request that waited too long.
fn is_of_the_queue(said: &str) -> bool {
    let said = said.to_lowercase();
    said.contains("timed out") && (said.contains("new session request") || said.contains("queue"))
}

fn words(error: &NewSessionError) -> String {
    let said = match error {
        NewSessionError::SessionNotCreated(said) => said.message.to_string(),
        NewSessionError::NotW3C(said) => said["message"].as_str().unwrap_or_default().to_owned(),
        other => other.to_string(),
    };
    let said = said.lines().next().unwrap_or_default();
    // A Grid puts its own words before the driver's.
    let said = said.rsplit_once("Message: ").map_or(said, |(_, driver)| driver);
    safe_text::cut(said.trim(), LENGTH)
}

fn no_server(server: &Server, error: Option<&CmdError>) -> StartError {
    let (words, hint) = match error {
        Some(CmdError::NotJson(_) | CmdError::NotW3C(_) | CmdError::Json(_)) => (
            format!("what answers at {server} lets us speak no WebDriver"),
            "look at the address; where a password is wanted: http://user:password@HOST:4444",
        ),
        Some(CmdError::Standard(said)) => (
            format!(
                "the WebDriver server at {server} does not say how it is: {}",
                safe_text::cut(&said.message, LENGTH)
            ),
            "look at the address, and at the server's own log",
        ),
        _ => (
            format!("no WebDriver server answers at {server}"),
            "start it first, or look at the address: docs/remote.md",
        ),
    };
    StartError::Server { words, hint: hint.to_owned() }
}

fn read_state(answer: &Value) -> State {
    let nodes = answer["nodes"].as_array();
    let slots = nodes.map(|nodes| {
        let most = |node: &Value| node["maxSessions"].as_u64().unwrap_or_default() as usize;
        let slots = nodes.iter().flat_map(|node| node["slots"].as_array().into_iter().flatten());
        let busy = slots.filter(|slot| !slot["session"].is_null()).count();
        (nodes.iter().map(most).sum(), busy)
    });
    let word = |place: &str| {
        answer.pointer(place).and_then(Value::as_str).and_then(|text| text.split(' ').next())
    };
    let name = match (nodes, word("/nodes/0/version"), word("/build/version")) {
        (Some(_), Some(version), _) => format!("Selenium Grid {}", safe_text::cut(version, 20)),
        (Some(_), None, _) => "Selenium Grid".to_owned(),
        (None, _, Some(version)) => format!("driver {}", safe_text::cut(version, 20)),
        (None, _, None) => "the WebDriver server".to_owned(),
    };
    let ready = answer["ready"].as_bool().unwrap_or_default();
    // Of several nodes, the least patient one.
    let patience =
        nodes.into_iter().flatten().filter_map(|node| node["sessionTimeout"].as_u64()).min();
    State { name, ready, slots, patience: patience.map(Duration::from_millis) }
}

/// One command over a connection of its own; `None` when there is no answer in time.
async fn ask(
    address: &str,
    id: &str,
    command: impl WebDriverCompatibleCommand + Send + 'static,
    limit: Duration,
) -> Result<Value, Option<CmdError>> {
    let mut connector = HttpConnector::new();
    connector.set_connect_timeout(Some(limit));
    let asked = async {
        let client =
            Client::with_existing_session(address, id, connector).await.map_err(|_| None)?;
        // It must not end the session, of which it knows no more than the name.
        client.persist().await.map_err(Some)?;
        client.issue_cmd(command).await.map_err(Some)
    };
    timeout(limit, asked).await.unwrap_or(Err(None))
}

#[derive(Debug)]
struct EndSession;

impl WebDriverCompatibleCommand for EndSession {
    fn endpoint(&self, base: &Url, id: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}", id.unwrap_or_default()))
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        (Method::DELETE, None)
    }
}

#[derive(Debug)]
struct AskStatus;

impl WebDriverCompatibleCommand for AskStatus {
    fn endpoint(&self, base: &Url, _id: Option<&str>) -> Result<Url, ParseError> {
        base.join("status")
    }

    fn method_and_body(&self, _url: &Url) -> (Method, Option<String>) {
        (Method::GET, None)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(answer: &Value, name: &str, slots: Option<(usize, usize)>) {
        let state = read_state(answer);
        assert_eq!((state.name.as_str(), state.slots), (name, slots));
    }

    #[test]
    fn a_grid_and_a_driver_say_who_they_are_and_what_is_free() {
        let slot = |session: Value| json!({"session": session});
        let slots = [slot(Value::Null), slot(json!({"sessionId": "x"})), slot(Value::Null)];
        let node = json!({"maxSessions": 2, "version": "4.48.0 (revision 2)", "slots": slots});
        check(&json!({"ready": true, "nodes": [node]}), "Selenium Grid 4.48.0", Some((2, 1)));
        check(&json!({"ready": false, "nodes": []}), "Selenium Grid", Some((0, 0)));
        let build = json!({"ready": true, "build": {"version": "156.0.1.2 (abc)"}});
        check(&build, "driver 156.0.1.2", None);
        check(&json!({"ready": true, "message": ""}), "the WebDriver server", None);
        // Its words are data.
        check(&json!({"build": {"version": "1\u{1b}[2J"}}), "driver 1�[2J", None);
    }

    #[test]
    fn a_session_is_spoken_to_well_before_the_server_gives_it_up() {
        let silence = |timeouts: &[u64]| {
            let nodes: Vec<Value> =
                timeouts.iter().map(|ms| json!({"sessionTimeout": ms, "slots": []})).collect();
            read_state(&json!({"nodes": nodes})).silence().as_secs()
        };
        assert_eq!([silence(&[300_000]), silence(&[300_000, 30_000])], [20, 10]);
        assert_eq!(read_state(&json!({})).silence(), SILENCE);
    }

    #[track_caller]
    fn refused(slots: (usize, usize), said: Option<&str>, profile: Option<&str>, expected: &str) {
        let name = "Selenium Grid 4.48.0".to_owned();
        let state = State { name, ready: true, slots: Some(slots), patience: None };
        let server = "http://me:s3cret@127.0.0.1:4444".parse().unwrap();
        let error = refusal(&server, &state, said, profile);
        let text = format!("{error} / {}", error.hint());
        assert!(text.contains(expected) && !text.contains("s3cret"), "{text}");
    }

    #[test]
    fn why_there_is_no_browser_is_one_sentence() {
        let timed_out = Some("Could not start a new session. New session request timed out");
        let full = "no browser came free: Selenium Grid 4.48.0 at http://127.0.0.1:4444 has 3 of 3";
        refused((3, 3), timed_out, None, full);
        refused((3, 3), None, None, full);
        refused((3, 0), None, None, "gave no browser in time / see that it has a node");
        let exited = Some("session not created: Chrome instance exited.");
        refused((3, 1), exited, Some("/srv/ada"), "may be using the profile /srv/ada");
        refused((3, 1), exited, None, "started no browser: session not created: Chrome instance");
        let deaf = Some("session not created: timed out receiving message from renderer");
        refused((3, 3), deaf, None, "started no browser: session not created: timed out");
    }
}
