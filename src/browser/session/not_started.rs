//! Why our own driver opened no session.

use std::path::Path;

use fantoccini::error::NewSessionError;
use serde_json::Value;

use super::errors::first_line;
use crate::browser::error::StartError;

pub(super) fn start_error(error: NewSessionError, profile: Option<&Path>) -> StartError {
    let message = match &error {
        NewSessionError::SessionNotCreated(said) => first_line(&said.message),
        NewSessionError::NotW3C(said) => said
            .pointer("/value/message")
            .or_else(|| said.get("message"))
            .and_then(Value::as_str)
            .map_or_else(|| "an answer that is not WebDriver".to_owned(), first_line),
        other => first_line(&other.to_string()),
    };
    let in_use = message.contains("user data directory is already in use")
        || message.contains("Chrome instance exited");
    match profile {
        Some(profile) if in_use && profile.join("SingletonLock").is_symlink() => {
            StartError::ProfileInUse(profile.display().to_string())
        }
        _ => StartError::Failed(format!("the browser did not start: {message}")),
    }
}
