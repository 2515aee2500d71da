//! The JSON Schema of the config, made of the very types that read it, so that an editor completes
//! and checks what the program takes.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::file::File;
use super::values::{Condition, Count, List, MOST_COUNT, MOST_TRACES, Of, Setting, Traces};
use crate::domain::words::Pattern;

/// The name of the file in which an editor finds it, beside the config.
pub const SCHEMA_FILE: &str = "config.schema.json";

/// The JSON Schema (2020-12) of the config.
pub fn schema() -> String {
    // Written out where it is used: not every editor follows references.
    let settings = SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .with_transform(RecursiveTransform(without_null));
    let mut schema = settings.into_generator().into_root_schema_for::<File>();
    let mut in_order = serde_json::Map::new();
    for keyword in ["$schema", "title", "description"] {
        in_order.extend(schema.remove(keyword).map(|value| (keyword.to_owned(), value)));
    }
    in_order.append(schema.ensure_object());
    // A schema is made of texts and numbers, which JSON always takes.
    let text = serde_json::to_string_pretty(&in_order).unwrap_or_default();
    format!("{text}\n")
}

/// What is left out has no default that could be written.
fn without_null(schema: &mut Schema) {
    if schema.get("default").is_some_and(serde_json::Value::is_null) {
        schema.remove("default");
    }
}

impl<T: Setting> JsonSchema for Of<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::TAKES.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        T::schema()
    }
}

impl<T: Setting> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("a list, each entry {}", T::TAKES).into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "items": T::schema()})
    }
}

impl JsonSchema for Condition {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "a condition".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "array", "items": Pattern::schema(), "minItems": 1})
    }
}

impl JsonSchema for Count {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "a count".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": 1, "maximum": MOST_COUNT})
    }
}

impl JsonSchema for Traces {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "a number of traces".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": 0, "maximum": MOST_TRACES})
    }
}

#[cfg(test)]
pub mod tests;
