//! Text for spreadsheets: always quoted, and no cell that a spreadsheet would calculate.

use crate::domain::safe_text;

/// What a spreadsheet takes for the start of a formula, full-width and small forms included.
const FORMULA: &[char] =
    &['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫', '−', '\t', '\r', '\n'];
/// Besides blanks and what is invisible: what may be dropped on the way into a spreadsheet.
const QUOTES: &[char] =
    &['"', '\'', '`', '“', '”', '„', '‘', '’', '«', '»', '\u{200c}', '\u{200d}'];

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

/// The text as one cell: an apostrophe before what would be a formula, blanks for line breaks,
/// and `�` for what a terminal would obey. What is lost here is whole in JSON.
pub fn cell(text: &str) -> String {
    let guard = if is_formula(text) { "'" } else { "" };
    let shown = text.chars().map(|c| match c {
        _ if c.is_whitespace() => ' ',
        _ if safe_text::is_unsafe(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    });
    guard.chars().chain(shown).collect()
}

fn is_formula(text: &str) -> bool {
    let hidden = |c: char| c.is_whitespace() || safe_text::is_unsafe(c);
    let dropped = |c: char| QUOTES.contains(&c) || (hidden(c) && !FORMULA.contains(&c));
    text.trim_start_matches(dropped).starts_with(FORMULA)
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
        check("\n@x", "' @x");
    }

    #[test]
    fn blanks_and_quotes_before_a_formula_hide_nothing() {
        check("  =x", "'  =x");
        check("\u{a0}\u{3000}=x", "'  =x");
        check("\"=x", "'\"=x");
        check("'=x", "''=x");
        check(" \" “+x", "' \" “+x");
        check("\u{200b}\u{feff}=x", "'��=x");
    }

    #[test]
    fn honest_text_stays_as_it_is() {
        for text in
            ["", "Robin Example", "O'Neil, \"Bo\"", "a=b", "山田太郎", "דנה", "👩🏽\u{200d}💻"]
        {
            check(text, text);
        }
    }

    #[test]
    fn a_terminal_obeys_nothing_of_it() {
        check("\u{1b}[2J\u{202e}x", "�[2J�x");
        check("a\r\nb\u{2028}c", "a  b c");
    }

    #[test]
    fn every_cell_is_quoted() {
        let rows = [["a\"b", "=1"], ["", "c,d"]].map(|row| row.map(str::to_owned));
        let text = lines(["x", "y"], rows.into_iter()).unwrap();
        assert_eq!(text, "\"x\",\"y\"\n\"a\"\"b\",\"'=1\"\n\"\",\"c,d\"\n");
    }
}
