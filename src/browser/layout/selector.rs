//! A CSS selector of a layout. Its form is checked when the file is read, so that a slip is found
//! at its line and without a browser; what only a browser can tell, the browser is asked.

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// A selector whose form is right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub struct Selector(String);

impl Selector {
    /// The attributes, classes, ids and element names that it leans on, each as a selector of its own.
    pub fn parts(&self) -> Vec<String> {
        let mut reader = Reader::new(&self.0);
        // The form was checked when it was made.
        let _ = reader.list(Inside::default());
        reader.parts
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Selector {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut reader = Reader::new(&text);
        let result = reader.list(Inside::default()).and_then(|()| match reader.peek() {
            None => Ok(()),
            Some(c) => Err(format!("{c:?} was not expected")),
        });
        match result {
            Ok(()) => Ok(Self(text)),
            Err(why) => {
                let read: String =
                    reader.chars[..reader.at.min(reader.chars.len())].iter().collect();
                Err(match read.is_empty() || read == text {
                    true => format!("`{text}` is not a CSS selector: {why}"),
                    false => format!("`{text}` is not a CSS selector: after `{read}`, {why}"),
                })
            }
        }
    }
}

impl Deref for Selector {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a list of selectors stands in.
#[derive(Clone, Copy, Default)]
struct Inside {
    /// In parentheses, which end it.
    parentheses: bool,
    /// In `:has(…)`, where a combinator may come first and no other `:has` may stand.
    has: bool,
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    parts: Vec<String>,
}

type Read = Result<(), String>;

impl Reader {
    fn new(text: &str) -> Self {
        Self { chars: text.chars().collect(), at: 0, parts: Vec::new() }
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let is = self.peek() == Some(wanted);
        self.at += usize::from(is);
        is
    }

    fn space(&mut self) -> bool {
        let from = self.at;
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        self.at > from
    }

    fn list(&mut self, inside: Inside) -> Read {
        loop {
            self.complex(inside)?;
            self.space();
            if !self.eat(',') {
                return Ok(());
            }
        }
    }

    fn complex(&mut self, inside: Inside) -> Read {
        self.space();
        if inside.has && self.combinator() {
            self.space();
        }
        self.compound(inside)?;
        loop {
            let apart = self.space();
            match self.peek() {
                None | Some(',') => return Ok(()),
                Some(')') if inside.parentheses => return Ok(()),
                _ => {}
            }
            let combined = self.combinator();
            if combined {
                self.space();
            } else if !apart {
                return Ok(());
            }
            self.compound(inside)?;
        }
    }

    fn combinator(&mut self) -> bool {
        self.eat('>') || self.eat('+') || self.eat('~')
    }

    fn compound(&mut self, inside: Inside) -> Read {
        let mut any = false;
        if self.eat('*') {
            any = true;
        } else if self.peek().is_some_and(starts_name) {
            let name = self.name()?;
            self.parts.push(name);
            any = true;
        }
        loop {
            let from = self.at;
            match self.peek() {
                Some('#' | '.') => {
                    self.at += 1;
                    self.name()?;
                    self.keep_part(from);
                }
                Some('[') => {
                    self.attribute()?;
                    self.keep_part(from);
                }
                Some(':') => self.pseudo(inside)?,
                Some(c) if !any => return Err(format!("a selector was expected, not {c:?}")),
                None if !any => return Err("a selector is missing".to_owned()),
                _ => return Ok(()),
            }
            any = true;
        }
    }

    fn keep_part(&mut self, from: usize) {
        self.parts.push(self.chars[from..self.at].iter().collect());
    }

    fn name(&mut self) -> Result<String, String> {
        let from = self.at;
        while let Some(c) = self.peek() {
            match c {
                '\\' => self.at += 2,
                _ if c.is_alphanumeric() || c == '-' || c == '_' || !c.is_ascii() => self.at += 1,
                _ => break,
            }
        }
        self.at = self.at.min(self.chars.len());
        let name: String = self.chars[from..self.at].iter().collect();
        match name.chars().next() {
            Some(c) if starts_name(c) => Ok(name),
            Some(_) => Err(format!("{name:?} is no name")),
            None => Err("a name is missing".to_owned()),
        }
    }

    fn attribute(&mut self) -> Read {
        self.at += 1;
        self.space();
        self.name()?;
        self.space();
        if self.eat(']') {
            return Ok(());
        }
        if self.peek().is_some_and(|c| "~|^$*".contains(c)) {
            self.at += 1;
        }
        if !self.eat('=') {
            return Err("`=` or `]` is missing".to_owned());
        }
        self.space();
        match self.peek() {
            Some(quote @ ('"' | '\'')) => self.string(quote)?,
            _ => {
                self.name().map_err(|_| "the value needs quotes".to_owned())?;
            }
        }
        if self.space() && self.peek().is_some_and(|c| "iIsS".contains(c)) {
            self.at += 1;
            self.space();
        }
        if self.eat(']') { Ok(()) } else { Err("`]` is missing".to_owned()) }
    }

    fn string(&mut self, quote: char) -> Read {
        self.at += 1;
        loop {
            match self.peek() {
                None => return Err(format!("the closing {quote} is missing")),
                Some(c) if c == quote => break,
                Some('\\') => self.at += 2,
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        Ok(())
    }

    fn pseudo(&mut self, inside: Inside) -> Read {
        self.at += 1;
        if self.eat(':') {
            return Err("`::` names no element that could be found".to_owned());
        }
        let name = self.name()?.to_lowercase();
        if !self.eat('(') {
            return if TAKES_SELECTORS.contains(&name.as_str()) {
                Err(format!("`:{name}` needs what it is about in parentheses"))
            } else {
                Ok(())
            };
        }
        if TAKES_SELECTORS.contains(&name.as_str()) {
            let has = name == "has";
            if has && inside.has {
                return Err("`:has` within `:has` is not allowed".to_owned());
            }
            // What must not be there is nothing that it leans on.
            let kept = self.parts.len();
            self.list(Inside { parentheses: true, has: has || inside.has })?;
            if name == "not" {
                self.parts.truncate(kept);
            }
        } else {
            while self.peek().is_some_and(|c| c != ')' && c != '(') {
                self.at += 1;
            }
        }
        if self.eat(')') { Ok(()) } else { Err("`)` is missing".to_owned()) }
    }
}

const TAKES_SELECTORS: [&str; 4] = ["has", "is", "not", "where"];

fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '-' || c == '\\' || !c.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Selector::try_from(text.to_owned()).err().unwrap_or_default()
    }

    #[test]
    fn what_a_browser_takes_is_taken() {
        for text in [
            "a",
            "*",
            "main#workspace",
            r#"a[aria-label][componentkey]:not([href*="/in/"])"#,
            r#"[data-sdui-screen$='Dialog'] > :is(p, div.x-y) ~ button:nth-child(2n + 1)"#,
            ":scope > button[aria-label]",
            "section:has(> [data-testid=\"toasts-title\"])",
            "button:not([data-testid], p *)",
            r#"[id$="--CONNECTION" i]"#,
            "li:has(+ li)",
            ".a\\:b",
        ] {
            assert_eq!(refused(text), "", "{text}");
        }
    }

    #[test]
    fn a_slip_is_refused_with_where_and_why() {
        for (text, why) in [
            ("", "a selector is missing"),
            ("a >", "a selector is missing"),
            ("a,, b", "a selector was expected, not ','"),
            ("> a", "a selector was expected, not '>'"),
            (r#"[role="listitem]"#, "the closing \" is missing"),
            ("[role=listitem", "`]` is missing"),
            ("[href*=/in/]", "the value needs quotes"),
            ("[role listitem]", "`=` or `]` is missing"),
            ("a:not(b", "`)` is missing"),
            ("a)", "')' was not expected"),
            ("a:has", "in parentheses"),
            ("a:has(b:has(c))", "`:has` within `:has`"),
            ("..x", "a name is missing"),
            (".1x", "is no name"),
            ("a::before", "`::`"),
            ("a{}", "'{' was not expected"),
        ] {
            assert!(refused(text).contains(why), "{text}: {}", refused(text));
        }
    }

    #[test]
    fn what_it_leans_on_is_told() {
        let css = r#"main#x > a[role="b"].c:not(.d):has(e) [f]"#;
        let parts = Selector::try_from(css.to_owned()).unwrap().parts();
        assert_eq!(parts, ["main", "#x", "a", "[role=\"b\"]", ".c", "e", "[f]"]);
    }
}
