//! Serves the bundled practice site on 127.0.0.1, so that `rescind demo`, the
//! tests and the curious need no account and no network.
//!
//! The server holds the truth (who was withdrawn, and what happened in which
//! order), so that a killed browser loses nothing. It runs on a thread of its
//! own: it answers even while the caller's runtime is busy or blocked, and
//! dropping it ends it at once, open connections included.

use std::collections::BTreeMap;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::Instant;

use files::{HTML, content_type, find_file};

mod files;
pub mod switches;

/// A running practice site. Dropping it stops it.
pub struct MockSite {
    port: u16,
    truth: Shared,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl MockSite {
    /// Serves on 127.0.0.1:port (0 = any free port), with default switches such as "count=500&seed=3".
    pub async fn start(switches: &str, port: u16) -> io::Result<MockSite> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let truth: Shared = Arc::new(Mutex::new(Truth::new(switches)));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let site = router(Arc::clone(&truth));
        let thread = std::thread::Builder::new()
            .name("mock-site".to_owned())
            .spawn(move || runtime.block_on(serve(listener, site, stopped)))?;
        Ok(MockSite { port, truth, stop: Some(stop), thread: Some(thread) })
    }

    /// The site's address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Every event so far, in the order of receipt.
    pub fn log(&self) -> Vec<Value> {
        lock(&self.truth).log.clone()
    }

    /// The ids of those whose withdrawal has taken effect, in order.
    pub fn withdrawn(&self) -> Vec<String> {
        let truth = lock(&self.truth);
        let now = truth.now_ms();
        let effective = |one: &&Gone| one.why == "withdraw" && one.from_ms <= now;
        truth.gone.iter().filter(effective).map(|one| one.id.clone()).collect()
    }

    /// Other default switches from the next page load on.
    pub fn set_switches(&self, switches: &str) {
        lock(&self.truth).switches = switches.to_owned();
    }
}

impl Drop for MockSite {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // It only fails when the server panicked, which is then on stderr already.
            let _ = thread.join();
        }
    }
}

type Shared = Arc<Mutex<Truth>>;

/// What really happened, as the pages reported it.
struct Truth {
    started: Instant,
    switches: String,
    log: Vec<Value>,
    counts: BTreeMap<String, u64>,
    gone: Vec<Gone>,
}

/// Somebody who leaves the list at `from_ms`.
struct Gone {
    id: String,
    why: &'static str,
    from_ms: u64,
}

impl Truth {
    fn new(switches: &str) -> Truth {
        Truth {
            started: Instant::now(),
            switches: switches.to_owned(),
            log: Vec::new(),
            counts: BTreeMap::new(),
            gone: Vec::new(),
        }
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Stamps and keeps one event. A refused one is only logged.
    fn receive(&mut self, mut event: Value, refused: Option<u16>) {
        let now = self.now_ms();
        let Some(fields) = event.as_object_mut() else {
            return;
        };
        fields.insert("seq".to_owned(), json!(self.log.len() + 1));
        fields.insert("received_ms".to_owned(), json!(now));
        if let Some(status) = refused {
            fields.insert("refused".to_owned(), json!(status));
        } else {
            let kind = event["type"].as_str().unwrap_or("unknown").to_owned();
            let why = match kind.as_str() {
                "withdraw" => Some("withdraw"),
                "accept" => Some("accept"),
                _ => None,
            };
            if let (Some(why), Some(id)) = (why, event["id"].as_str()) {
                let from_ms = now.saturating_add(event["after"].as_u64().unwrap_or(0));
                self.gone.push(Gone { id: id.to_owned(), why, from_ms });
            }
            *self.counts.entry(kind).or_default() += 1;
        }
        self.log.push(event);
    }

    fn withdrawals(&self) -> usize {
        self.gone.iter().filter(|one| one.why == "withdraw").count()
    }

    fn to_json(&self) -> Value {
        let gone: Vec<Value> = self
            .gone
            .iter()
            .map(|one| json!({"id": one.id, "why": one.why, "from": one.from_ms}))
            .collect();
        json!({"now": self.now_ms(), "switches": self.switches, "gone": gone, "counts": self.counts})
    }
}

fn lock(truth: &Shared) -> MutexGuard<'_, Truth> {
    truth.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(listener: std::net::TcpListener, site: Router, stopped: oneshot::Receiver<()>) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    tokio::select! {
        _ = axum::serve(listener, site).into_future() => {}
        _ = stopped => {}
    }
}

fn router(truth: Shared) -> Router {
    Router::new()
        .route("/__mock__/state", get(state))
        .route("/__mock__/log", get(log))
        .route("/__mock__/switches", post(set_switches))
        .route("/__mock__/events", post(events))
        .route("/__mock__/reset", post(reset))
        .fallback(get(file))
        .with_state(truth)
}

async fn state(State(truth): State<Shared>) -> Response {
    json_reply(&lock(&truth).to_json())
}

async fn log(State(truth): State<Shared>) -> Response {
    json_reply(&Value::Array(lock(&truth).log.clone()))
}

async fn set_switches(State(truth): State<Shared>, body: String) -> StatusCode {
    lock(&truth).switches = body;
    StatusCode::NO_CONTENT
}

/// One event or an array of them, whatever the content type (beacons choose their own).
/// `?answer=429` notes them as refused and answers with that status.
async fn events(State(truth): State<Shared>, uri: Uri, body: Bytes) -> StatusCode {
    let Ok(posted) = serde_json::from_slice::<Value>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    let answer = parameters(uri.query().unwrap_or(""))
        .find(|(name, _)| name == "answer")
        .and_then(|(_, value)| value.parse::<u16>().ok());
    let list = match posted {
        Value::Array(list) => list,
        one => vec![one],
    };
    let mut truth = lock(&truth);
    for event in list {
        // Only the withdrawal is refused; what was noted before it did happen.
        let refused = answer.filter(|_| event["type"] == "withdraw-refused");
        truth.receive(event, refused);
    }
    answer.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK)
}

async fn reset(State(truth): State<Shared>) -> StatusCode {
    let mut truth = lock(&truth);
    let kept = truth.switches.clone();
    *truth = Truth::new(&kept);
    StatusCode::NO_CONTENT
}

async fn file(State(truth): State<Shared>, uri: Uri) -> Response {
    if let Some(refusal) = refusal(&lock(&truth), &uri) {
        return refusal;
    }
    match find_file(uri.path()) {
        Some((path, content)) => keep(reply(StatusCode::OK, content_type(path), content)),
        None if is_page(uri.path()) => Redirect::to(MISSING).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Where the site leads from an address that has no page (§6).
const MISSING: &str = "/404/";

fn is_page(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| !name.contains('.'))
        && !path.starts_with("/__mock__/")
}

/// Scripts, looks and texts are the same for the length of a walk; pages carry the truth.
fn keep(mut response: Response) -> Response {
    if response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind != HTML) {
        let value = HeaderValue::from_static("max-age=60");
        response.headers_mut().insert(header::CACHE_CONTROL, value);
    }
    response
}

/// Faults that only a server can show: a status other than 200 for the Sent page.
fn refusal(truth: &Truth, uri: &Uri) -> Option<Response> {
    if !uri.path().starts_with("/mynetwork/invitation-manager/sent") {
        return None;
    }
    let query = uri.query().unwrap_or("");
    let asked = all_values(query, "fault");
    let faults = if asked.is_empty() { all_values(&truth.switches, "fault") } else { asked };
    let (status, words) = faults.split(',').find_map(|fault| status_of(fault.trim(), truth))?;
    let page = format!("<!doctype html><title>{words}</title><p>{words}</p>");
    let mut response = reply(status, HTML, page);
    let retry_after = [query, &truth.switches]
        .map(|text| all_values(text, "retry-after"))
        .into_iter()
        .find(|text| !text.is_empty());
    if let Some(value) = retry_after.and_then(|text| text.parse().ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    Some(response)
}

/// `s429` always, `s429:k` from the k-th withdrawal on; `s5xx:k/500` picks the status.
fn status_of(fault: &str, truth: &Truth) -> Option<(StatusCode, &'static str)> {
    let (name, argument) = fault.split_once([':', '@']).unwrap_or((fault, "0"));
    let (from, wanted) = argument.split_once('/').unwrap_or((argument, "503"));
    let (status, words) = match name {
        "s429" => (429, "Too many requests. Please slow down and try again later."),
        "s999" => (999, "Request denied."),
        "s5xx" => (wanted.parse().unwrap_or(503), "The service is unavailable."),
        _ => return None,
    };
    let holds = truth.withdrawals() >= from.parse().unwrap_or(0);
    let status = StatusCode::from_u16(status).ok()?;
    holds.then_some((status, words))
}

/// Every value of a name in a query, joined by commas.
fn all_values(query: &str, wanted: &str) -> String {
    let values: Vec<String> =
        parameters(query).filter(|(name, _)| name == wanted).map(|(_, value)| value).collect();
    values.join(",")
}

fn parameters(query: &str) -> impl Iterator<Item = (String, String)> {
    url::form_urlencoded::parse(query.as_bytes()).into_owned()
}

fn json_reply(value: &Value) -> Response {
    reply(StatusCode::OK, "application/json", value.to_string())
}

fn reply(status: StatusCode, kind: &'static str, body: impl IntoResponse) -> Response {
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_withdrawal_counts_for_the_log_before_it_takes_effect() {
        let mut truth = Truth::new("");
        truth.receive(json!({"type": "withdraw", "id": "in/a", "after": 60_000}), None);
        truth.receive(json!({"type": "withdraw-refused", "id": "in/b"}), Some(429));
        assert_eq!((truth.withdrawals(), truth.log.len()), (1, 2));
        assert!(truth.gone[0].from_ms > truth.now_ms());
    }

    #[tokio::test]
    async fn an_address_without_a_page_leads_to_one_that_says_so() {
        let truth: Shared = Arc::new(Mutex::new(Truth::new("")));
        let asked = async |path: &str| {
            let response = file(State(Arc::clone(&truth)), path.parse().unwrap()).await;
            let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap());
            (response.status().as_u16(), to.unwrap_or("").to_owned())
        };
        let led = (303, MISSING.to_owned());
        assert_eq!([asked("/jobs/").await, asked("/nowhere/at?all").await], [led.clone(), led]);
        assert_eq!(asked(MISSING).await, (200, String::new()));
        let none = (404, String::new());
        assert_eq!([asked("/favicon.ico").await, asked("/__mock__/x").await], [none.clone(), none]);
    }

    #[test]
    fn statuses_come_from_the_query_or_the_switches() {
        let mut truth = Truth::new("fault=dup:2,s429");
        let sent: Uri = "/mynetwork/invitation-manager/sent/".parse().unwrap();
        assert_eq!(refusal(&truth, &sent).unwrap().status(), 429);
        let other: Uri = "/mynetwork/invitation-manager/sent/?fault=s5xx:1/500".parse().unwrap();
        assert!(refusal(&truth, &other).is_none(), "nobody was withdrawn yet");
        truth.receive(json!({"type": "withdraw", "id": "in/a"}), None);
        assert_eq!(refusal(&truth, &other).unwrap().status(), 500);
    }
}
