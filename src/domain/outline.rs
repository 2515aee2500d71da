//! The structure of a page without what it says: tags, attributes' names, and of values only those
//! that the site's own programmers wrote.
//!
//! A value passes only when it has the form of a programmer's word and holds no slug and no text of
//! the page; in what is to be sent, that of an attribute which is not known here must not share one
//! word with the page. Everything else is its length. Numbers, identifiers and hashed class names are
//! left out.

mod private;
mod vocabulary;

use std::collections::HashMap;

use serde::Deserialize;

use private::Private;
use vocabulary::{NAMES, ROLES, TELLING, has};
pub use vocabulary::{PLACES, READ};

/// Who is going to read the outline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The person, on their own machine.
    Person,
    /// Whoever reads a bug report.
    Anybody,
}

/// In the place of a name that is not shown.
const HIDDEN: &str = "?";
/// So many brothers of one form are shown before the rest are counted.
const BROTHERS: usize = 3;
const LONGEST_VALUE: usize = 120;
const LONGEST_NAME: usize = 40;
/// Longer than a word of any programmer.
const LONGEST_PART: usize = 32;

/// One element as a script reads it from the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawElement {
    pub tag: String,
    /// Name, value where it is not there to be read, and length.
    pub attributes: Vec<(String, Option<String>, u64)>,
    /// Length of each text, and whether there are digits in it.
    pub texts: Vec<(u64, bool)>,
    pub children: Vec<RawElement>,
    pub shadow: Vec<RawElement>,
    /// Elements that were left out, for there were too many.
    pub cut: u64,
}

/// A page as a script reads it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawPage {
    pub root: RawElement,
    /// Last parts of the page's links, any of which may be somebody's.
    pub slugs: Vec<String>,
    /// Short texts and labels of the page, any of which may be a name.
    pub texts: Vec<String>,
    /// The same by the profile that they stand around.
    pub people: Vec<Vec<String>>,
}

/// The outline, a line for each element, indented by depth.
pub fn outline(page: &RawPage, reader: Reader) -> Vec<String> {
    Drawing { reader, private: Private::of(page) }.element(&page.root).lines
}

/// An address of the site as a pattern: `/in/*`.
pub fn pattern(address: &str) -> String {
    let (scheme, rest) = match address.split_once(':') {
        Some((scheme, rest)) if scheme.bytes().all(|b| b.is_ascii_alphabetic()) => (scheme, rest),
        _ => ("", address),
    };
    if !matches!(scheme, "" | "http" | "https") {
        let known = ["data", "blob", "mailto", "javascript", "about"];
        return format!("{}:", known.into_iter().find(|one| *one == scheme).unwrap_or("other"));
    }
    let (path, extra) = match rest.find(['?', '#']) {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    let path = match path.strip_prefix("//") {
        Some(rest) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => path,
    };
    let parts = path.split('/').map(|part| match part {
        part if part.is_empty() || has(PLACES, part) => part,
        _ => "*",
    });
    let mark = match extra.as_bytes().first() {
        Some(b'?') => "?",
        Some(_) => "#",
        None => "",
    };
    format!("{}{mark}", parts.collect::<Vec<_>>().join("/"))
}

struct Drawing {
    reader: Reader,
    private: Private,
}

struct Drawn {
    lines: Vec<String>,
    /// What brothers of one form have in common: all but the lengths.
    form: String,
}

impl Drawing {
    fn element(&self, element: &RawElement) -> Drawn {
        let tag = self.name(&element.tag);
        let mut line = tag.clone();
        let mut form = tag;
        for (name, value, length) in &element.attributes {
            let name = self.name(name);
            match value.as_deref().and_then(|value| self.value(&name, value)) {
                Some(shown) => {
                    line.push_str(&format!(" {name}={shown:?}"));
                    form.push_str(&format!(" {name}={shown:?}"));
                }
                None => {
                    line.push_str(&format!(" {name}[{length}]"));
                    form.push_str(&format!(" {name}"));
                }
            }
        }
        for (length, has_digits) in &element.texts {
            let digits = if *has_digits { ", digits" } else { "" };
            line.push_str(&format!(" text[{length}{digits}]"));
            form.push_str(&format!(" text{digits}"));
        }
        let mut lines = vec![line];
        self.children("", &element.children, &mut lines, &mut form);
        self.children("#shadow", &element.shadow, &mut lines, &mut form);
        if element.cut > 0 {
            lines.push(format!("  … {} more elements", element.cut));
        }
        Drawn { lines, form }
    }

    fn children(
        &self,
        heading: &str,
        children: &[RawElement],
        lines: &mut Vec<String>,
        form: &mut String,
    ) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut indent = "  ";
        if !(heading.is_empty() || children.is_empty()) {
            lines.push(format!("  {heading}"));
            indent = "    ";
        }
        form.push('(');
        for child in children {
            let drawn = self.element(child);
            let count = seen.entry(drawn.form.clone()).or_default();
            *count += 1;
            if *count <= BROTHERS {
                lines.extend(drawn.lines.iter().map(|line| format!("{indent}{line}")));
                form.push_str(&drawn.form);
            }
        }
        form.push(')');
        let more: usize = seen.values().map(|count| count.saturating_sub(BROTHERS)).sum();
        if more > 0 {
            lines.push(format!("{indent}… {more} more of these forms"));
        }
    }

    /// The name of a tag or attribute.
    fn name(&self, name: &str) -> String {
        if has(NAMES, name) || has(TELLING, name) {
            return name.to_owned();
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        let is_plain = name.len() <= LONGEST_NAME && name.chars().all(is_name);
        if is_plain && !self.private.holds(name) {
            without_numbers(name)
        } else {
            HIDDEN.to_owned()
        }
    }

    /// The part of an attribute's value that may be shown.
    fn value(&self, name: &str, value: &str) -> Option<String> {
        let is_known = has(TELLING, name);
        match name {
            "href" => Some(pattern(value)),
            "class" => self.classes(value),
            HIDDEN => None,
            _ if has(READ, name) => None,
            "role" if has(ROLES, value) => Some(value.to_owned()),
            _ if is_known || self.reader == Reader::Person => self.word(value),
            _ => self.word(value).filter(|_| !self.private.says(value)),
        }
    }

    /// A programmer's word: `lazy-column`, `com.example.sdui.Screen`, `auto-component-<uuid>`.
    fn word(&self, value: &str) -> Option<String> {
        let is_sign = |c: char| matches!(c, '-' | '_' | '.' | ':');
        let is_word = !value.is_empty()
            && value.len() <= LONGEST_VALUE
            && value.chars().all(|c| c.is_ascii_alphanumeric() || is_sign(c))
            && !self.private.holds(value);
        is_word.then(|| without_numbers(value))
    }

    /// Class names that somebody chose; how many were made by a program.
    fn classes(&self, value: &str) -> Option<String> {
        let all: Vec<&str> = value.split_whitespace().collect();
        let shown: Vec<String> =
            all.iter().filter_map(|class| self.word(class).filter(|_| !is_hashed(class))).collect();
        let hashed = all.len() - shown.len();
        match (shown.is_empty(), hashed) {
            (true, _) => None,
            (false, 0) => Some(shown.join(" ")),
            (false, hashed) => Some(format!("{} +{hashed}", shown.join(" "))),
        }
    }
}

/// Whether a class name is one that a build made: `_4235f695`, `db828f0d`.
fn is_hashed(class: &str) -> bool {
    class.split(['-', '_']).any(is_identifier)
}

/// Letters and digits mixed, as in hashes and identifiers.
fn is_identifier(part: &str) -> bool {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let has_letters = part.bytes().any(|b| b.is_ascii_alphabetic());
    (part.len() >= 5 && digits > 0 && has_letters) || digits >= 3 || part.len() > LONGEST_PART
}

/// A word with its identifiers left out.
fn without_numbers(word: &str) -> String {
    let mut text = String::new();
    let mut part = String::new();
    for c in word.chars().chain(['\n']) {
        if c.is_ascii_alphanumeric() {
            part.push(c);
            continue;
        }
        if is_identifier(&part) {
            text.push('*');
        } else {
            text.push_str(&part);
        }
        part.clear();
        if c != '\n' {
            text.push(c);
        }
    }
    // The five parts of a UUID, some of which are letters only, by its form.
    if word.len() >= 36 && text.contains('*') && ends_in_uuid(word) {
        return format!("{}<uuid>", without_numbers(&word[..word.len() - 36]));
    }
    text
}

fn ends_in_uuid(word: &str) -> bool {
    let Some(tail) = word.get(word.len() - 36..) else { return false };
    let parts: Vec<&str> = tail.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests;
