//! The published JSON Schemas, held against what is really written.

use std::path::Path;

use boon::{Compiler, Schemas};
use serde_json::Value;

const FILES: [&str; 4] =
    ["report-1.schema.json", "plan-1.schema.json", "withdraw-1.schema.json", "trace-1.schema.json"];

/// The document is as the schema says, and says nothing that the schema does not know.
#[track_caller]
pub fn check(file: &str, document: &Value) {
    let mut compiler = Compiler::new();
    compiler.enable_format_assertions();
    for other in FILES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(other);
        let mut schema = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        close(&mut schema, other == file);
        compiler.add_resource(&address(other), schema).unwrap();
    }
    let mut schemas = Schemas::new();
    let index = compiler.compile(&address(file), &mut schemas).unwrap();
    if let Err(why) = schemas.validate(document, index) {
        panic!("{file}: {why:#}");
    }
}

fn address(file: &str) -> String {
    format!("https://example.org/{file}")
}

/// Published, a schema allows the keys of later releases; here none but its own.
fn close(schema: &mut Value, is_whole: bool) {
    let Some(object) = schema.as_object_mut() else { return };
    if is_whole && (object.contains_key("properties") || object.contains_key("$ref")) {
        object.insert("unevaluatedProperties".to_owned(), false.into());
    }
    let parts =
        object.iter_mut().filter(|(key, _)| !matches!(key.as_str(), "if" | "then" | "else"));
    for (key, part) in parts {
        match (key.as_str(), part) {
            ("properties" | "$defs", Value::Object(named)) => {
                named.values_mut().for_each(|one| close(one, true));
            }
            ("items", part) => close(part, true),
            _ => {}
        }
    }
}
