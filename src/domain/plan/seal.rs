//! Seals: short digests that tell whether a piece of a plan is still as it was saved.
//!
//! A seal is taken of what a piece says, not of how it is written: white space, the order of keys
//! and the way a character is escaped don't matter.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::FORMAT;

/// Half of a SHA-256: no two pieces meet by accident, and the plan stays short.
const BYTES: usize = 16;

/// The seal of one entry of `invitations`.
pub fn of_entry(entry: &Value) -> String {
    of("entry", entry.clone())
}

/// The seal of all the rest, the list of the entries' seals included. `counts` is left out: it
/// follows from the entries, and whoever deletes some need not count again.
pub fn of_rest(document: &Map<String, Value>) -> String {
    let is_rest = |key: &str| key != "invitations" && key != "counts";
    let rest = document.iter().filter(|(key, _)| is_rest(key));
    let mut rest: Map<_, _> = rest.map(|(key, value)| (key.clone(), value.clone())).collect();
    if let Some(plan) = rest.get_mut("plan").and_then(Value::as_object_mut) {
        plan.remove("seal");
    }
    of("rest", rest.into())
}

/// The name keeps a piece of one sort from passing for one of another, in any format.
fn of(name: &str, mut piece: Value) -> String {
    piece.sort_all_objects();
    let digest = Sha256::digest(format!("rescind plan {FORMAT} {name}\n{piece}"));
    digest.iter().take(BYTES).map(|byte| format!("{byte:02x}")).collect()
}
