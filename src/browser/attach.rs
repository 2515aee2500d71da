//! Attaching to a Chrome that the person started with a debugging port: who listens there.
//!
//! The port is the person's to open. Whatever runs on this machine can speak to it and so take over
//! the browser with all its sign-ins; rescind only ever uses one, and opens none.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::browser::error::StartError;
use crate::browser::versions::Program;

const DEADLINE: Duration = Duration::from_secs(5);
/// The answer has a few hundred bytes.
const MOST_BYTES: u64 = 64 * 1024;

/// Asks the browser at a debugging port for its name and version.
///
/// # Errors
/// Nothing listens there, or what does is no Chrome.
pub async fn ask(address: SocketAddr) -> Result<Program, StartError> {
    let answer = match timeout(DEADLINE, version_of(address)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => return Err(StartError::NothingListens(address)),
        Err(_) => return Err(StartError::NoChrome(address)),
    };
    let (name, version) = read(&answer).ok_or(StartError::NoChrome(address))?;
    Ok(Program { path: PathBuf::from(address.to_string()), name, version })
}

/// `GET /json/version`. The browser may keep the connection open, so the length is heeded.
async fn version_of(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request =
        format!("GET /json/version HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    let mut limited = stream.take(MOST_BYTES);
    while !is_whole(&answer) && limited.read_buf(&mut answer).await? > 0 {}
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let lengths = head.lines().filter_map(|line| line.split_once(':'));
    let mut lengths = lengths.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let length = lengths.next().and_then(|(_, length)| length.trim().parse::<usize>().ok());
    length.is_some_and(|length| body.len() >= length)
}

/// Name and version in the answer: `"Browser": "Chrome/156.0.8078.73"`.
fn read(answer: &str) -> Option<(String, String)> {
    let (_, body) = answer.split_once("\r\n\r\n")?;
    let said: Value = serde_json::from_str(body).ok()?;
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
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        assert!(is_whole(answer.as_bytes()) && !is_whole(&answer.as_bytes()[..answer.len() - 1]));
        let said = read(&answer);
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
