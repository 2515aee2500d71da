//! Text for spreadsheets: always quoted, and no cell that a spreadsheet would calculate.

use serde_json::Value;

use crate::domain::report::{Report, Row};
use crate::domain::safe_text;

/// What a spreadsheet takes for the start of a formula, full-width and small forms included.
const FORMULA: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−'];
/// What may be dropped from the start of a cell, so that a formula behind it becomes the start.
const BLANKS: &[char] = &['\t', '\r', '\n'];
/// Besides blanks and what is invisible: what may be dropped on the way into a spreadsheet.
const QUOTES: &[char] =
    &['"', '\'', '`', '“', '”', '„', '‘', '’', '«', '»', '\u{200c}', '\u{200d}'];
/// Where a spreadsheet that separates by semicolons, or reads line by line, begins a new cell.
const BREAKS: &[char] = &[';', '\n'];

/// The columns of a report, by the place of their values in an entry of its JSON.
const COLUMNS: [(&str, &str); 12] = [
    ("id", "/id"),
    ("name", "/name"),
    ("profile_url", "/profile_url"),
    ("headline", "/headline"),
    ("note", "/note"),
    ("kind", "/kind"),
    ("sent_text", "/sent_text"),
    ("age_days.min", "/age_days/min"),
    ("age_days.max", "/age_days/max"),
    ("decision", "/decision"),
    ("rule", "/rule"),
    ("reason", "/reason"),
];

/// The invitations of a report, named and valued as in its JSON; null is an empty cell.
///
/// # Errors
/// None that memory can have.
pub fn report(report: &Report) -> std::io::Result<String> {
    let values = |row: &Row| {
        let entry = row.to_value();
        COLUMNS.map(|(_, place)| entry.pointer(place).map(plain).unwrap_or_default())
    };
    lines(COLUMNS.map(|(name, _)| name), report.rows.iter().map(values))
}

/// A value of JSON as the text of a cell.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A header and its rows, ending with a newline.
///
/// # Errors
/// None that memory can have.
pub fn lines<const N: usize>(
    header: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> std::io::Result<String> {
    let mut writer =
        ::csv::WriterBuilder::new().quote_style(::csv::QuoteStyle::Always).from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.map(|text| cell(&text)))?;
    }
    let bytes = writer.into_inner().map_err(::csv::IntoInnerError::into_error)?;
    String::from_utf8(bytes).map_err(std::io::Error::other)
}

/// The text as one cell: an apostrophe before what would be a formula, and `�` for what a terminal
/// would obey; tabs are blanks. What is lost here is whole in JSON.
pub fn cell(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut cell = String::with_capacity(text.len());
    for piece in text.split_inclusive(BREAKS) {
        if is_formula(piece) || (cell.is_empty() && begins_blank(piece)) {
            cell.push('\'');
        }
        cell.extend(piece.chars().map(shown));
    }
    cell
}

fn shown(c: char) -> char {
    match c {
        '\n' => c,
        _ if !safe_text::is_unsafe(c) => c,
        _ if c.is_whitespace() => ' ',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

fn is_formula(text: &str) -> bool {
    let hidden = |c: char| c.is_whitespace() || safe_text::is_unsafe(c);
    text.trim_start_matches(|c| QUOTES.contains(&c) || hidden(c)).starts_with(FORMULA)
}

/// Some programs drop such a blank and look at what is behind it; some take it for a command.
fn begins_blank(text: &str) -> bool {
    text.trim_start_matches(QUOTES).starts_with(BLANKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(cell(text), expected, "{text:?}");
    }

    #[test]
    fn what_a_spreadsheet_would_calculate_is_text() {
        for start in ['=', '+', '-', '@', '＝', '＋', '－', '＠', '−'] {
            check(&format!("{start}1+1"), &format!("'{start}1+1"));
        }
        check("\tx", "' x");
        check("\r=x", "' =x");
        check("\n@x", "'\n'@x");
    }

    #[test]
    fn blanks_and_quotes_before_a_formula_hide_nothing() {
        check("  =x", "'  =x");
        check("\u{a0}\u{3000}=x", "'\u{a0}\u{3000}=x");
        check("\"=x", "'\"=x");
        check("'=x", "''=x");
        check(" \" “+x", "' \" “+x");
        check("\u{200b}\u{feff}=x", "'��=x");
    }

    #[test]
    fn no_formula_begins_where_another_spreadsheet_would_begin_a_cell() {
        check("Hi; =1+1;x", "Hi;' =1+1;x");
        check("Hi,\n-1\n\n=2", "Hi,\n'-1\n\n'=2");
    }

    #[test]
    fn honest_text_stays_as_it_is() {
        for text in [
            "",
            "Robin Example",
            "O'Neil, \"Bo\"",
            "a=b; c",
            "山田太郎",
            "דנה",
            "👩🏽\u{200d}💻",
            "Sent 3\u{a0}weeks ago",
            "Hi,\nthanks.\n\nBye",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn a_terminal_obeys_nothing_of_it() {
        check("\u{1b}[2J\u{202e}x", "�[2J�x");
        check("a\r\nb\u{2028}c\rd", "a\nb c d");
    }

    #[test]
    fn every_cell_is_quoted() {
        let rows = [["a\"b", "=1"], ["", "c,d"]].map(|row| row.map(str::to_owned));
        let text = lines(["x", "y"], rows.into_iter()).unwrap();
        assert_eq!(text, "\"x\",\"y\"\n\"a\"\"b\",\"'=1\"\n\"\",\"c,d\"\n");
    }
}
