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

/// The Retry-After of the last response of the log that has one, counted from now.
pub fn latest(log: &Value, now: Timestamp) -> Option<Duration> {
    let entries = log.as_array()?.iter().rev();
    entries
        .filter_map(|entry| header(entry.get("message")?.as_str()?))
        .find_map(|text| read(&text, now))
}

/// Nothing of the entry but this one header is looked at.
fn header(message: &str) -> Option<String> {
    let event: Value = serde_json::from_str(message).ok()?;
    let event = event.get("message")?;
    if event.get("method")?.as_str()? != "Network.responseReceived" {
        return None;
    }
    let response = event.pointer("/params/response")?;
    let refused = response.get("status")?.as_u64()? >= 400;
    let headers = response.get("headers")?.as_object()?;
    let named = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("retry-after"));
    Some(named.filter(|_| refused)?.1.as_str()?.to_owned())
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
        let response = json!({"status": status, "headers": header});
        let event = json!({"message": {"method": method, "params": {"response": response}}});
        json!({"level": "INFO", "message": event.to_string()})
    }

    #[track_caller]
    fn check(text: &str, expected: Option<u64>) {
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        let log = json!([entry("Network.responseReceived", 429, json!({"retry-after": text}))]);
        assert_eq!(latest(&log, now), expected.map(Duration::from_secs), "{text:?}");
    }

    #[test]
    fn a_refusal_says_seconds_or_a_date() {
        check("120", Some(120));
        check("Mon, 23 Nov 2026 10:01:00 GMT", Some(60));
        check("Mon, 23 Nov 2026 09:00:00 GMT", None);
        check("soon", None);
    }

    #[test]
    fn only_refusals_count_and_the_last_of_them() {
        let now = Timestamp::UNIX_EPOCH;
        let received = "Network.responseReceived";
        let log = json!([
            entry(received, 429, json!({"Retry-After": "10"})),
            entry(received, 503, json!({"Retry-After": "20"})),
            entry(received, 200, json!({"Retry-After": "30"})),
            entry("Network.loadingFinished", 429, json!({"Retry-After": "40"})),
        ]);
        assert_eq!(latest(&log, now), Some(Duration::from_secs(20)));
    }
}
