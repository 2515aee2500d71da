//! JSON documents: written so that they are safe to show, read so that a mistake is named.
//!
//! Nothing is lost in writing: a character that a terminal would obey is written as its `\u`
//! escape. An error in reading says where it is: `invitations[3].name` is missing.

mod strict;

use std::fmt::Write as _;

use serde_json::{Map, Value};
use thiserror::Error;

use self::strict::Strict;
use crate::domain::safe_text;

/// Why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JsonError {
    #[error("not JSON: {0}")]
    Json(String),
    #[error("`schema` is {0}, and this release reads only {1}")]
    Schema(String, u64),
    #[error("`{0}` is missing")]
    Missing(String),
    #[error("`{path}` is not {expected}")]
    Wrong { path: String, expected: &'static str },
}

/// A JSON object and where it stands in the document, for errors that say where.
pub struct Fields<'a> {
    map: &'a Map<String, Value>,
    path: String,
}

/// A document of the program as it is written everywhere: indented, with a newline at the end,
/// and with `\u` escapes for what a terminal would obey or hide.
pub fn to_text(value: &Value) -> String {
    // Inside JSON such a character can only stand in a string, where an escape means the same.
    let mut text = String::new();
    for c in format!("{value:#}\n").chars() {
        if c == '\n' || !safe_text::is_unsafe(c) {
            text.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(text, "\\u{unit:04x}");
        }
    }
    text
}

/// As [`to_text`], of a document whose one empty list gets these values.
///
/// Written value by value: ten thousand of them as one tree would take several times the memory of
/// the text.
pub fn to_text_with(head: &Value, values: impl Iterator<Item = Value>) -> String {
    let head = to_text(head);
    let mut values = values.peekable();
    let Some(open) = head.rfind("[]").filter(|_| values.peek().is_some()) else { return head };
    let mut text = head[..=open].to_owned();
    for (number, value) in values.enumerate() {
        text.push_str(if number == 0 { "" } else { "," });
        for line in to_text(&value).lines() {
            text.push_str("\n    ");
            text.push_str(line);
        }
    }
    text.push_str("\n  ");
    text.push_str(&head[open + 1..]);
    text
}

pub fn from_text(text: &str) -> Result<Value, JsonError> {
    match serde_json::from_str(text) {
        Ok(Strict(value)) => Ok(value),
        Err(error) => Err(JsonError::Json(error.to_string())),
    }
}

impl<'a> Fields<'a> {
    pub fn of(value: &'a Value, path: String) -> Result<Self, JsonError> {
        match value.as_object() {
            Some(map) => Ok(Self { map, path }),
            None if path.is_empty() => Err(JsonError::Json("the document is no object".into())),
            None => Err(JsonError::Wrong { path, expected: "an object" }),
        }
    }

    /// The path of a field, from the top of the document.
    pub fn place(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub fn wrong(&self, key: &str, expected: &'static str) -> JsonError {
        let path = self.place(key);
        JsonError::Wrong { path, expected }
    }

    pub fn get(&self, key: &str) -> Result<&'a Value, JsonError> {
        let missing = || JsonError::Missing(self.place(key));
        self.map.get(key).ok_or_else(missing)
    }

    pub fn or_null<T>(
        &self,
        key: &str,
        expected: &'static str,
        read: impl Fn(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, JsonError> {
        match self.get(key)? {
            Value::Null => Ok(None),
            value => read(value).map(Some).ok_or_else(|| self.wrong(key, expected)),
        }
    }

    pub fn text(&self, key: &str) -> Result<String, JsonError> {
        let text = self.get(key)?.as_str().map(str::to_owned);
        text.ok_or_else(|| self.wrong(key, "text"))
    }

    pub fn text_or_null(&self, key: &str) -> Result<Option<String>, JsonError> {
        self.or_null(key, "text or null", |v| v.as_str().map(str::to_owned))
    }

    pub fn flag(&self, key: &str) -> Result<bool, JsonError> {
        let flag = self.get(key)?.as_bool();
        flag.ok_or_else(|| self.wrong(key, "true or false"))
    }

    /// An error unless the document has this version.
    pub fn schema(&self, known: u64) -> Result<(), JsonError> {
        let schema = self.get("schema")?;
        if schema.as_u64() == Some(known) {
            return Ok(());
        }
        let stated = safe_text::cut(&schema.to_string(), 40);
        Err(JsonError::Schema(stated, known))
    }
}
