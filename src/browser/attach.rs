//! Attaching to a Chrome that the person started with a debugging port: who listens there.
//!
//! The port is the person's to open. Whatever runs on this machine can speak to it and so take over
//! the browser with all its sign-ins; rescind only ever uses one, and opens none.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use http_body_util::{BodyExt, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use tokio::time::timeout;

use crate::browser::error::StartError;
use crate::browser::versions::Program;

const DEADLINE: Duration = Duration::from_secs(5);
/// The answer has a few hundred bytes.
const MOST_BYTES: usize = 64 * 1024;

/// Asks the browser at a debugging port for its name and version.
///
/// # Errors
/// Nothing listens there, or what does is no Chrome.
pub async fn ask(address: SocketAddr) -> Result<Program, StartError> {
    let answer = match timeout(DEADLINE, version_of(address)).await {
        Ok(answer) => answer?,
        Err(_) => return Err(StartError::NoChrome(address)),
    };
    let (name, version) = read(&answer).ok_or(StartError::NoChrome(address))?;
    Ok(Program { path: PathBuf::from(address.to_string()), name, version })
}

async fn version_of(address: SocketAddr) -> Result<Vec<u8>, StartError> {
    let client = Client::builder(TokioExecutor::new()).build_http::<String>();
    let no_chrome = || StartError::NoChrome(address);
    let place = format!("http://{address}/json/version").parse().map_err(|_| no_chrome())?;
    let answer = client.get(place).await.map_err(|error| match error.is_connect() {
        true => StartError::NothingListens(address),
        false => no_chrome(),
    })?;
    let body = Limited::new(answer.into_body(), MOST_BYTES).collect().await;
    body.map(|body| body.to_bytes().to_vec()).map_err(|_| no_chrome())
}

/// Name and version in the answer: `"Browser": "Chrome/156.0.8078.73"`.
fn read(answer: &[u8]) -> Option<(String, String)> {
    let said: Value = serde_json::from_slice(answer).ok()?;
    let (name, version) = said.get("Browser")?.as_str()?.split_once('/')?;
    let is_version = version.starts_with(|c: char| c.is_ascii_digit());
    (name.contains("Chrome") || name.contains("Edg"))
        .then(|| (name.to_owned(), version.to_owned()))
        .filter(|_| is_version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, expected: Option<(&str, &str)>) {
        let said = read(body.as_bytes());
        assert_eq!(said.as_ref().map(|(name, v)| (name.as_str(), v.as_str())), expected, "{body}");
    }

    #[test]
    fn a_chrome_says_its_version_and_nothing_else_is_taken_for_one() {
        check(
            r#"{"Browser": "Chrome/156.0.1.2", "V8-Version": "1"}"#,
            Some(("Chrome", "156.0.1.2")),
        );
        check(r#"{"Browser": "HeadlessChrome/156.0.1.2"}"#, Some(("HeadlessChrome", "156.0.1.2")));
        check(r#"{"Browser": "Edg/156.0.1.2"}"#, Some(("Edg", "156.0.1.2")));
        check(r#"{"Browser": "Firefox/153.0"}"#, None);
        check(r#"{"Browser": "Chrome/next"}"#, None);
        check("<html>", None);
    }
}
