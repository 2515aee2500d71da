//! JSON documents: written so that they are safe to show, read so that a mistake is named.
//!
//! Nothing is lost in writing: a character that a terminal would obey is written as its `\u`
//! escape. An error in reading says where it is: `invitations[3].name` is missing.

mod strict;
mod writing;

use serde_json::{Map, Value};
use thiserror::Error;

use self::strict::Strict;
pub use self::writing::{to_text, to_text_with};
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
