//! The published schema is the one of this release, and takes what the parser takes.

use serde_json::Value;

use super::*;
use crate::config::tests::{parse, uncommented};
use crate::config::{Config, EXAMPLE};

/// Whether a config fits the schema; a keyword that is not looked at here fails the test.
pub fn fits(text: &str) -> Result<(), String> {
    let config: toml::Value = toml::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    fits_at(&parsed(), &serde_json::to_value(config).unwrap(), "")
}

fn parsed() -> Value {
    serde_json::from_str(&schema()).unwrap()
}

fn fits_at(schema: &Value, value: &Value, place: &str) -> Result<(), String> {
    let schema = schema.as_object().unwrap();
    schema.iter().try_for_each(|(keyword, wanted)| {
        if holds(schema, (keyword, wanted), value, place)? {
            return Ok(());
        }
        Err(format!("{place}: {value} is against {keyword} {wanted}"))
    })
}

fn holds(
    schema: &serde_json::Map<String, Value>,
    (keyword, wanted): (&str, &Value),
    value: &Value,
    place: &str,
) -> Result<bool, String> {
    let list = wanted.as_array();
    Ok(match keyword {
        "$schema" | "title" | "description" | "default" | "examples" => true,
        "type" => match wanted.as_str().unwrap() {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_i64(),
            "boolean" => value.is_boolean(),
            other => panic!("{other}"),
        },
        "properties" => {
            for (key, inside) in value.as_object().into_iter().flatten() {
                let Some(schema) = wanted.get(key) else { continue };
                fits_at(schema, inside, &format!("{place}/{key}"))?;
            }
            true
        }
        "additionalProperties" => {
            assert_eq!(wanted, &Value::Bool(false));
            let known = schema["properties"].as_object().unwrap();
            value.as_object().is_none_or(|object| object.keys().all(|key| known.contains_key(key)))
        }
        "items" => {
            for (i, inside) in value.as_array().into_iter().flatten().enumerate() {
                fits_at(wanted, inside, &format!("{place}/{i}"))?;
            }
            true
        }
        "required" => list.unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some()),
        "anyOf" => list.unwrap().iter().any(|one| fits_at(one, value, place).is_ok()),
        "enum" => list.unwrap().contains(value),
        "pattern" => {
            let pattern = regex::Regex::new(wanted.as_str().unwrap()).unwrap();
            value.as_str().is_none_or(|text| pattern.is_match(text))
        }
        "minLength" => value.as_str().is_none_or(|text| !text.is_empty()),
        "minItems" => value.as_array().is_none_or(|list| !list.is_empty()),
        "minimum" => value.as_i64().is_none_or(|number| number >= wanted.as_i64().unwrap()),
        "maximum" => value.as_i64().is_none_or(|number| number <= wanted.as_i64().unwrap()),
        other => panic!("{other} is not looked at"),
    })
}

#[test]
fn the_published_schema_is_that_of_this_release() {
    let published = include_str!("../../../config.schema.json");
    let mend = "cargo run -- config schema > config.schema.json";
    assert!(published == schema(), "config.schema.json is not current: {mend}");
}

#[test]
fn the_example_fits_the_schema() {
    assert_eq!(fits(EXAMPLE), Ok(()));
    assert_eq!(fits(&uncommented()), Ok(()));
    let named = format!("#:schema ./{SCHEMA_FILE}");
    assert_eq!(EXAMPLE.lines().next(), Some(named.as_str()), "where editors look");
}

#[test]
fn what_an_editor_can_tell_the_schema_refuses() {
    for wrong in [
        "rules = []",
        "[[rule]]\nname = \"x\"",
        "[[rule]]\nolder_then = \"6 weeks\"",
        "[[rule]]\nolder_than = 42",
        "[[rule]]\nolder_than = \"soon\"",
        "[[rule]]\nheadline = []",
        "[pace]\nper_day = 0",
        "[pace]\nbetween = \"30s\"",
        "[keep]\nnames = \"Ada\"",
        "[[rule]]\nany = [\"x\"]\n[[rule.example]]\nname = \"x\"",
        "[[rule]]\nany = [\"x\"]\n[[rule.example]]\nexpect = \"keep\"",
        "[[rule]]\nany = [\"x\"]\n[[rule.example]]\nname = \"x\"\nexpect = \"maybe\"",
    ] {
        assert!(fits(wrong).is_err(), "{wrong}");
        assert!(Config::parse(wrong, "c.toml").is_err(), "{wrong}");
    }
}

/// A value that a schema takes, as TOML.
fn sample(schema: &Value) -> String {
    if let Some(found) = schema.get("default").or_else(|| schema.get("examples")?.get(0)) {
        return found.to_string();
    }
    if let Some(choices) = schema.get("enum") {
        return choices[0].to_string();
    }
    match schema["type"].as_str().unwrap() {
        "array" => format!("[{}]", sample(&schema["items"])),
        "string" => "\"/in/x/\"".to_owned(),
        other => panic!("{other}"),
    }
}

#[test]
fn every_key_of_the_schema_is_one_that_the_parser_takes() {
    let sections = parsed()["properties"].as_object().unwrap().clone();
    assert_eq!(sections.len(), 7);
    for (section, shape) in &sections {
        let (header, shape) = match shape["type"].as_str() {
            Some("array") => (format!("[[{section}]]\nany = [\"x\"]"), &shape["items"]),
            _ => (format!("[{section}]"), shape),
        };
        for (key, shape) in shape["properties"].as_object().unwrap() {
            match key.as_str() {
                "any" if section == "rule" => continue,
                "example" => {
                    let keys = shape["items"]["properties"].as_object().unwrap();
                    let lines = keys.iter().filter(|(key, _)| *key != "expect");
                    let lines = lines.map(|(key, shape)| format!("{key} = {}", sample(shape)));
                    let lines = lines.collect::<Vec<_>>().join("\n");
                    let head = "[[rule.example]]\nexpect = \"withdraw\"";
                    parse(&format!("[[rule]]\nany = [\"x\"]\n{head}\n{lines}"));
                }
                _ => drop(parse(&format!("{header}\n{key} = {}", sample(shape)))),
            }
        }
    }
}

#[test]
fn the_defaults_of_the_schema_are_those_of_the_example() {
    let example: toml::Value = toml::from_str(EXAMPLE).unwrap();
    let example = serde_json::to_value(example).unwrap();
    let mut looked_at = 0;
    for (section, shape) in parsed()["properties"].as_object().unwrap() {
        for (key, shape) in shape["properties"].as_object().into_iter().flatten() {
            let Some(default) = shape.get("default") else { continue };
            assert_eq!(&example[section][key], default, "{section}.{key}");
            looked_at += 1;
        }
    }
    assert!(looked_at >= 13, "{looked_at}");
}
