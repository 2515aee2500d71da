//! When the site wants to be asked again: the Retry-After of a refusal (RFC 9110 §10.2.3). Pages don't
//! show it and scripts can't read it; chromedriver keeps it in its log of the network.

use std::time::Duration;

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use url::{ParseError, Url};

/// chromedriver's own command: everything its network log has gathered since it was last asked.
#[derive(Debug)]
pub struct ReadNetworkLog;

impl WebDriverCompatibleCommand for ReadNetworkLog {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/se/log", session_id.unwrap_or_default()))
    }

    fn method_and_body(&self, _request_url: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({"type": "performance"}).to_string()))
    }
}

/// A response by which the site refused a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    /// The address, without what comes after its host.
    pub origin: String,
    retry_after: Option<String>,
}

impl Refusal {
    /// One that is only known to have been, not until when.
    pub fn untimed(status: u16, origin: String) -> Self {
        Self { status, origin, retry_after: None }
    }

    /// When the site wants to be asked again, counted from now.
    pub fn wait(&self, now: Timestamp) -> Option<Duration> {
        read(self.retry_after.as_deref()?, now)
    }
}

/// The refusals in a log, in order.
pub fn refusals(log: &Value) -> Vec<Refusal> {
    let entries = log.as_array().into_iter().flatten();
    entries.filter_map(|entry| refusal(entry.get("message")?.as_str()?)).collect()
}

/// Nothing of the entry but status, origin and this one header is looked at.
fn refusal(message: &str) -> Option<Refusal> {
    // Most of a log is about something else, and long.
    if !message.contains("Network.responseReceived") {
        return None;
    }
    let event: Value = serde_json::from_str(message).ok()?;
    let event = event.get("message")?;
    if event.get("method")?.as_str()? != "Network.responseReceived" {
        return None;
    }
    let response = event.pointer("/params/response")?;
    let status = u16::try_from(response.get("status")?.as_u64()?).ok()?;
    if status < 400 {
        return None;
    }
    let address = response.get("url").and_then(Value::as_str).unwrap_or_default();
    let origin = Url::parse(address)
        .map_or_else(|_| String::new(), |url| url.origin().ascii_serialization());
    let headers = response.get("headers").and_then(Value::as_object);
    let named = headers
        .and_then(|all| all.iter().find(|(name, _)| name.eq_ignore_ascii_case("retry-after")));
    let retry_after = named.and_then(|(_, text)| Some(text.as_str()?.to_owned()));
    Some(Refusal { status, origin, retry_after })
}

/// Seconds, or a date.
fn read(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    let left: SignedDuration = date.duration_since(now);
    Duration::try_from(left).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(method: &str, status: u16, header: Value) -> Value {
        let url = "https://www.linkedin.com/x?y";
        let response = json!({"status": status, "headers": header, "url": url});
        let event = json!({"message": {"method": method, "params": {"response": response}}});
        json!({"level": "INFO", "message": event.to_string()})
    }

    #[track_caller]
    fn check(text: &str, expected: Option<u64>) {
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        let log = json!([entry("Network.responseReceived", 429, json!({"retry-after": text}))]);
        let [refusal] = refusals(&log).try_into().unwrap();
        assert_eq!((refusal.status, refusal.origin.as_str()), (429, "https://www.linkedin.com"));
        assert_eq!(refusal.wait(now), expected.map(Duration::from_secs), "{text:?}");
    }

    #[test]
    fn a_refusal_says_seconds_or_a_date() {
        check("120", Some(120));
        check("Mon, 23 Nov 2026 10:01:00 GMT", Some(60));
        check("Mon, 23 Nov 2026 09:00:00 GMT", None);
        check("soon", None);
    }

    #[test]
    fn only_refusals_count() {
        let received = "Network.responseReceived";
        let log = json!([
            entry(received, 429, json!({"Retry-After": "10"})),
            entry(received, 503, json!({})),
            entry(received, 200, json!({"Retry-After": "30"})),
            entry("Network.loadingFinished", 429, json!({"Retry-After": "40"})),
        ]);
        let statuses: Vec<u16> = refusals(&log).iter().map(|one| one.status).collect();
        assert_eq!(statuses, [429, 503]);
    }
}
