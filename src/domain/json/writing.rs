//! JSON as the program writes it: indented, with a newline at the end, and with `\u` escapes for
//! what a terminal would obey or hide.

use std::cell::RefCell;
use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use serde_json::ser::{Formatter, PrettyFormatter};

use crate::domain::safe_text;

/// A document of the program as it is written everywhere.
pub fn to_text(value: &Value) -> String {
    written(value)
}

/// As [`to_text`], of a document whose last empty list gets these values.
///
/// Written value by value: ten thousand of them as one tree would take several times the memory of
/// the text.
pub fn to_text_with<V: Serialize>(head: &Value, values: impl Iterator<Item = V>) -> String {
    written(&Filled { head, values: RefCell::new(Some(values)) })
}

fn written(document: &impl Serialize) -> String {
    let mut text = Vec::new();
    let form = Escaping(PrettyFormatter::new());
    let mut serializer = serde_json::Serializer::with_formatter(&mut text, form);
    // Neither memory nor these values can fail; and what is not whole must not look like a document.
    if document.serialize(&mut serializer).is_err() {
        return String::new();
    }
    text.push(b'\n');
    String::from_utf8(text).unwrap_or_default()
}

struct Filled<'a, I> {
    head: &'a Value,
    values: RefCell<Option<I>>,
}

impl<V: Serialize, I: Iterator<Item = V>> Serialize for Filled<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(fields) = self.head.as_object() else { return self.head.serialize(serializer) };
        let is_empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
        let list = fields.iter().rev().find(|(_, value)| is_empty(value)).map(|(key, _)| key);
        let mut map = serializer.serialize_map(Some(fields.len()))?;
        for (key, value) in fields {
            match list {
                Some(list) if list == key => map.serialize_entry(key, &List(&self.values))?,
                _ => map.serialize_entry(key, value)?,
            }
        }
        map.end()
    }
}

struct List<'a, I>(&'a RefCell<Option<I>>);

impl<V: Serialize, I: Iterator<Item = V>> Serialize for List<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.take().into_iter().flatten())
    }
}

/// Indents as serde_json does, and escapes more: in JSON a character that is not safe to show can
/// stand only in a string, where an escape means the same.
struct Escaping(PrettyFormatter<'static>);

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        mut text: &str,
    ) -> io::Result<()> {
        let is_plain = |byte: u8| matches!(byte, b' '..=b'~');
        if text.bytes().all(is_plain) {
            return writer.write_all(text.as_bytes());
        }
        while let Some((at, c)) = text.char_indices().find(|(_, c)| safe_text::is_unsafe(*c)) {
            writer.write_all(&text.as_bytes()[..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            text = &text[at + c.len_utf8()..];
        }
        writer.write_all(text.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(w, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, w: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(w, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_list_is_written_as_if_it_had_stood_there() {
        let whole =
            json!({ "schema": 1, "all": [{ "a": [], "b": "x\u{202e}\u{7f}y" }, 2], "z": null });
        let head = json!({ "schema": 1, "all": [], "z": null });
        let values = [json!({ "a": [], "b": "x\u{202e}\u{7f}y" }), json!(2)];
        assert_eq!(to_text_with(&head, values.into_iter()), to_text(&whole));
        assert_eq!(to_text_with(&head, std::iter::empty::<Value>()), to_text(&head));
    }

    #[test]
    fn only_what_a_terminal_would_obey_is_escaped() {
        let text = to_text(&json!(["a\nb\u{1b}[1m", "è\u{2066}日\u{e0001}", "\u{200d}"]));
        let expected =
            "[\n  \"a\\nb\\u001b[1m\",\n  \"è\\u2066日\\udb40\\udc01\",\n  \"\u{200d}\"\n]\n";
        assert_eq!(text, expected);
        let plain = json!({ "a": { "b": [1, "ü\"\\"], "c": {} } });
        assert_eq!(to_text(&plain), format!("{plain:#}\n"));
    }
}
