//! What is wrong with a config, and where: the line with a caret under the place.
//!
//! Text from the file is never printed raw, since a control character in it could write on the
//! person's terminal.

use std::fmt;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

/// Why a config was refused. `Display` is the whole message; the hint is apart, for the last line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    message: String,
    file: String,
    /// Boxed, to keep every `Result` of the config small.
    place: Option<Box<Place>>,
    hint: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    line: usize,
    column: usize,
    shown: String,
    /// Blanks before the carets, and how many carets, in columns of the terminal.
    indent: usize,
    carets: usize,
}

/// A line of more characters is cut, for one line may be the whole file.
const MOST_SHOWN: usize = 100;
const SHOWN_BEFORE: usize = 40;

impl ConfigError {
    /// About the file as a whole.
    pub(super) fn of_file(file: &str, message: impl fmt::Display) -> Self {
        Self {
            message: visible(&message.to_string()),
            file: visible(file),
            place: None,
            hint: None,
        }
    }

    /// About a place in its text.
    pub(super) fn at(file: &str, text: &str, span: Range<usize>, message: &str) -> Self {
        Self { place: Some(Box::new(Place::new(text, span))), ..Self::of_file(file, message) }
    }

    pub(super) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// What to do about it, where that is more than the message says.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// The line of the file, counted from one.
    pub fn line(&self) -> Option<usize> {
        self.place.as_ref().map(|place| place.line)
    }
}

impl std::error::Error for ConfigError {}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { message, file, .. } = self;
        let Some(place) = &self.place else {
            return write!(f, "{file}: {message}");
        };
        let number = place.line.to_string();
        let gutter = " ".repeat(number.len());
        let indent = " ".repeat(place.indent);
        let carets = "^".repeat(place.carets);
        writeln!(f, "{message}")?;
        writeln!(f, "{gutter}--> {file}:{number}:{}", place.column)?;
        writeln!(f, "{gutter} |")?;
        writeln!(f, "{number} | {}", place.shown)?;
        write!(f, "{gutter} | {indent}{carets}")
    }
}

impl Place {
    fn new(text: &str, span: Range<usize>) -> Self {
        let start = boundary(text, span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let end = boundary(text, span.end).clamp(start, line_end);
        let before: Vec<char> = text[line_start..start].chars().collect();
        let (cut, left) = match before.len() {
            0..=SHOWN_BEFORE => ("", &before[..]),
            length => ("…", &before[length - SHOWN_BEFORE..]),
        };
        let left = format!("{cut}{}", visible(&left.iter().collect::<String>()));
        let marked = shortened(&text[start..end], MOST_SHOWN);
        let rest = text[end..line_end].trim_end();
        let right = shortened(rest, MOST_SHOWN - SHOWN_BEFORE);
        Self {
            line: text[..line_start].matches('\n').count() + 1,
            column: before.len() + 1,
            indent: left.width(),
            carets: marked.width().max(1),
            shown: format!("{left}{marked}{right}"),
        }
    }
}

fn boundary(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at)
}

fn shortened(text: &str, most: usize) -> String {
    let shown: String = text.chars().take(most).collect();
    let cut = if shown.len() < text.len() { "…" } else { "" };
    format!("{}{cut}", visible(&shown))
}

/// Tabs as one blank; other control characters and those that turn or hide text as `\u{1b}`.
fn visible(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => line.push(' '),
            '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => line.extend(c.escape_unicode()),
            c if c.is_control() => line.extend(c.escape_default()),
            c => line.push(c),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, marked: &str, expected: &[&str]) {
        let start = text.find(marked).unwrap();
        let error = ConfigError::at("c.toml", text, start..start + marked.len(), "wrong");
        let shown = error.to_string();
        assert_eq!(shown.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_place_is_shown_with_its_line() {
        check(
            "a = 1\nbc = 2\n",
            "bc",
            &["wrong", " --> c.toml:2:1", "  |", "2 | bc = 2", "  | ^^"],
        );
    }

    #[test]
    fn the_caret_stands_under_wide_characters_and_tabs() {
        check(
            "\t採用 = x",
            "x",
            &["wrong", " --> c.toml:1:7", "  |", "1 |  採用 = x", "  |         ^"],
        );
    }

    #[test]
    fn control_characters_of_the_file_are_escaped() {
        check(
            "\x1b[2J\u{202e} = x\r\n",
            "x",
            &[
                "wrong",
                " --> c.toml:1:9",
                "  |",
                "1 | \\u{1b}[2J\\u{202e} = x",
                "  |                     ^",
            ],
        );
        let error = ConfigError::of_file("a\x07b", "c\x1bd\ne");
        assert_eq!(error.to_string(), "a\\u{7}b: c\\u{1b}d\\ne");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}x{}", "a".repeat(5000), "b".repeat(5000));
        let shown = ConfigError::at("c", &text, 5000..5001, "wrong").to_string();
        assert!(shown.len() < 400, "{shown}");
        let caret = shown.lines().last().and_then(|line| line.find('^'));
        assert_eq!(caret, Some("1 | ".len() + 41));
    }

    #[test]
    fn a_place_beyond_the_text_is_its_end() {
        let shown = ConfigError::at("c", "ab", 2..90, "wrong").to_string();
        assert!(shown.ends_with("1 | ab\n  |   ^"), "{shown}");
        assert!(ConfigError::at("c", "", 0..0, "wrong").to_string().ends_with("^"));
    }
}
