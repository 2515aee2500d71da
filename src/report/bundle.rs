//! What goes into a bug report: checks as facts, locators with their counts, and the page's
//! structure. Nothing that the page says, no name, no path of this machine.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::domain::diagnosis::{Diagnosis, Fact};
use crate::domain::json::to_text;
use crate::domain::locators::Found;

/// What is said of the page besides its structure.
#[derive(Clone, Debug)]
pub struct Page {
    /// The address as a pattern.
    pub address: String,
    pub status: u16,
    /// The bundled language that the page's own word asks for.
    pub language: Option<&'static str>,
    pub outline: Vec<String>,
}

/// What the bundle is of.
#[derive(Clone, Debug)]
pub struct Of<'a> {
    pub version: &'a str,
    pub system: &'a str,
    pub machine: &'a str,
    /// Whether it was the practice site.
    pub is_practice: bool,
    pub diagnosis: &'a Diagnosis,
    pub page: Option<&'a Page>,
    /// The locators of the bundled layouts. A person's own may quote what stood on their page.
    pub known: &'a HashSet<String>,
}

/// The document of `doctor --report`, ending with a newline.
pub fn bundle(of: &Of) -> String {
    let locators = of.diagnosis.layouts.iter().flat_map(|found| rows(found, of.known));
    to_text(&json!({
        "schema": 1,
        "about": "The structure of a page and what rescind found there: no text of the page, no \
                  names, no paths. Read it before you send it.",
        "rescind": Fact::version(of.version).to_value(),
        "system": of.system,
        "machine": of.machine,
        "site": if of.is_practice { "practice" } else { "real" },
        "checks": of.diagnosis.checks.iter().map(|check| check.to_bundle()).collect::<Vec<_>>(),
        "locators": locators.collect::<Vec<_>>(),
        "page": of.page.map(|page| json!({
            "address": page.address,
            "status": page.status,
            "language": page.language,
            "outline": page.outline,
        })),
    }))
}

fn rows(found: &Found, known: &HashSet<String>) -> Vec<Value> {
    let ways = found.fields.iter().flat_map(|field| &field.ways);
    let mut rows = found.to_values();
    for (row, way) in rows.iter_mut().zip(ways) {
        if !known.contains(&way.locator()) {
            row["css"] = json!(shape(&way.css));
            row["narrowed"] = json!(if way.narrowed.is_empty() { "" } else { "…" });
        }
        if found.is_own {
            row["layout"] = json!("own");
        }
    }
    rows
}

/// Where in a selector a character stands.
#[derive(Clone, Copy)]
enum At {
    Plain,
    /// In the name of a class or an id.
    Name,
    /// Behind a backslash in such a name.
    Escaped,
    /// After an equals sign, until the bracket closes.
    Value,
    /// In quotes, and whether the next character has no meaning.
    Quoted(char, bool),
}

/// A selector without what it asks for: quoted and unquoted values, classes and ids.
fn shape(css: &str) -> String {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut shown = String::new();
    let mut at = At::Plain;
    for c in css.chars() {
        at = match (at, c) {
            (At::Quoted(quote, false), c) if c == quote => At::Value,
            (At::Quoted(quote, false), c) => At::Quoted(quote, c == '\\'),
            (At::Quoted(quote, true), _) => At::Quoted(quote, false),
            (At::Escaped, _) => At::Name,
            (_, '"' | '\'') => At::Quoted(c, false),
            (At::Value, c) if c != ']' && c != ')' => At::Value,
            (At::Name, c) if is_name(c) => At::Name,
            (_, '=') => At::Value,
            (_, '\\') => At::Escaped,
            (_, '.' | '#') => At::Name,
            _ => At::Plain,
        };
        match (at, c) {
            (At::Name | At::Value, '=' | '.' | '#') => {
                shown.push(c);
                shown.push('…');
            }
            (At::Plain, c) => shown.push(if c.is_ascii() { c } else { '?' }),
            _ => {}
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::diagnosis::{Check, Status};
    use crate::domain::locators::fields_of;

    #[test]
    fn a_selector_of_the_persons_own_shows_its_shape_only() {
        assert_eq!(
            shape("[aria-label^=\"Withdraw invitation sent to Robin\"] > p.robin-1 #ada"),
            "[aria-label^=…] > p.… #…"
        );
        assert_eq!(shape("a[title='Robin \"R\"'] i"), "a[title=…] i");
        assert_eq!(shape("a[title=Robin] i"), "a[title=…] i");
        assert_eq!(shape("a[title=\"]\\\"Robin.R=x\"] i"), "a[title=…] i");
        assert_eq!(shape(":is(a.ada, #b\\:robin)"), ":is(a.…, #…)");
        assert_eq!(shape("[x=\"unclosed Robin"), "[x=…");
        assert_eq!(shape("main:has(> [role]) li"), "main:has(> [role]) li");
    }

    #[test]
    fn nothing_of_a_persons_own_layout_or_of_a_detail_is_in_the_bundle() {
        let layout = json!({"fits": {"all": ["main.robin"]}, "card": {"name": [{"css": "p", "label": "Robin"}]}});
        let found = Found {
            layout: "robins".into(),
            is_own: true,
            fits: false,
            cards: 0,
            fields: fields_of(&layout),
        };
        let check = Check::new("state", Status::Problem, "/home/robin").hint("ask robin");
        let diagnosis = Diagnosis { checks: vec![check], layouts: vec![found] };
        let known = HashSet::from(["p".to_owned()]);
        let of = Of {
            version: "1.2.3",
            system: "linux",
            machine: "x86_64",
            is_practice: false,
            diagnosis: &diagnosis,
            page: None,
            known: &known,
        };
        let text = bundle(&of);
        assert!(text.contains("main.…"), "{text}");
        assert!(!text.to_lowercase().contains("robin"), "{text}");
    }
}
