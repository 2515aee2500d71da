//! The structure of a page without what it says: tags, attributes' names, and of values only those
//! that the site's own programmers wrote.
//!
//! A value passes only when its attribute is one of a short list, when it has the form of a
//! programmer's word, and when it holds no slug and no text of the page. Everything else is its
//! length. Numbers, identifiers and hashed class names are left out.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

/// Attributes whose values may be shown.
pub const TELLING: [&str; 24] = [
    "role",
    "id",
    "class",
    "href",
    "type",
    "lang",
    "dir",
    "componentkey",
    "aria-current",
    "aria-selected",
    "aria-expanded",
    "aria-hidden",
    "aria-disabled",
    "aria-modal",
    "aria-busy",
    "data-testid",
    "data-view-name",
    "data-component-type",
    "data-sdui-screen",
    "data-display-contents",
    "data-control-name",
    "data-rehydrated",
    "data-color-scheme",
    "data-test-modal",
];

/// So many brothers of one form are shown before the rest are counted.
const BROTHERS: usize = 3;
const LONGEST_VALUE: usize = 120;
const LONGEST_NAME: usize = 40;
/// Parts of addresses that are the site's own; any other is a star.
pub const PLACES: [&str; 16] = [
    "in",
    "feed",
    "me",
    "mynetwork",
    "grow",
    "invitation-manager",
    "invite-connect",
    "received",
    "sent",
    "CONNECTION",
    "ORGANIZATION",
    "EVENT",
    "CONTENT_SERIES",
    "login",
    "company",
    "messaging",
];

/// One element as a script reads it from the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct RawElement {
    pub tag: String,
    /// Name, value where the name is a telling one, and length.
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
}

/// The outline, a line for each element, indented by depth.
pub fn outline(page: &RawPage) -> Vec<String> {
    Private::of(page).element(&page.root).lines
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
    let parts = path.split('/').map(|part| match PLACES.iter().find(|known| **known == part) {
        Some(known) => known,
        None if part.is_empty() => "",
        None => "*",
    });
    let mark = match extra.as_bytes().first() {
        Some(b'?') => "?",
        Some(_) => "#",
        None => "",
    };
    format!("{}{mark}", parts.collect::<Vec<_>>().join("/"))
}

struct Drawn {
    lines: Vec<String>,
    /// What brothers of one form have in common: all but the lengths.
    form: String,
}

/// What must not be shown, in forms to compare with.
struct Private {
    slugs: HashSet<String>,
    texts: HashSet<Vec<String>>,
    longest: usize,
}

impl Private {
    fn of(page: &RawPage) -> Self {
        let slugs = page.slugs.iter().map(|slug| pressed(slug)).filter(|slug| !slug.is_empty());
        let texts: HashSet<Vec<String>> = page.texts.iter().map(|text| words(text)).collect();
        Self {
            slugs: slugs.collect(),
            longest: texts.iter().map(Vec::len).max().unwrap_or_default(),
            // One word may be any ("Sent"); two together are a phrase or a name.
            texts: texts.into_iter().filter(|words| words.len() > 1).collect(),
        }
    }

    fn holds(&self, value: &str) -> bool {
        let words = words(value);
        let whole = pressed(value);
        let by_slug = self.slugs.iter().any(|slug| {
            words.contains(slug) || (slug.chars().count() > 3 && whole.contains(slug.as_str()))
        });
        let runs = |length| words.windows(length).any(|run| self.texts.contains(run));
        by_slug || (2..=self.longest.min(words.len())).any(runs)
    }

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
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        let is_plain = name.len() <= LONGEST_NAME && name.chars().all(is_name);
        if is_plain && !self.holds(name) { without_numbers(name) } else { "?".to_owned() }
    }

    /// The part of an attribute's value that may be shown.
    fn value(&self, name: &str, value: &str) -> Option<String> {
        match name {
            _ if !TELLING.contains(&name) => None,
            "href" => Some(pattern(value)),
            "class" => self.classes(value),
            _ => self.word(value),
        }
    }

    /// A programmer's word: `lazy-column`, `com.example.sdui.Screen`, `auto-component-<uuid>`.
    fn word(&self, value: &str) -> Option<String> {
        let is_sign = |c: char| matches!(c, '-' | '_' | '.' | ':');
        let is_word = !value.is_empty()
            && value.len() <= LONGEST_VALUE
            && value.chars().all(|c| c.is_ascii_alphanumeric() || is_sign(c))
            && !self.holds(value);
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
    (part.len() >= 5 && digits > 0 && has_letters) || digits >= 3
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

/// Letters and digits alone, lower case.
fn pressed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Words, lower case, broken at signs and where a capital follows a small letter.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in text.chars() {
        let breaks = !c.is_alphanumeric() || (c.is_uppercase() && before.is_lowercase());
        if breaks {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests;
