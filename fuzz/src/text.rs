//! Any text, shown in a terminal and put into a spreadsheet.

use rescind::domain::{json, safe_text};
use rescind::report::csv;
use serde_json::{Value, json};

/// What any spreadsheet takes for the beginning of a formula or drops before one.
const FORMULA: &[char] = &[
    '=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{fe66}',
    '\u{fe62}', '\u{fe63}', '\u{fe6b}', '\u{2212}',
];

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    check_terminal(&text);
    check_cells(&text);
    check_json(&text);
}

fn check_terminal(text: &str) {
    let whole = safe_text::line(text);
    assert_line(&whole, usize::MAX);
    for columns in [0, 1, 2, 3, 7, 20, 80] {
        assert_line(&safe_text::cut(text, columns), columns);
        if columns > 1 {
            safe_text::wrap(text, columns).iter().for_each(|line| assert_line(line, columns));
        }
    }
    assert_eq!(safe_text::cut(text, usize::MAX), whole);
}

/// One line, quiet, and not wider than asked for.
fn assert_line(line: &str, columns: usize) {
    assert!(!line.contains('\n'), "{line:?}");
    super::assert_quiet(line);
    assert!(safe_text::width(line) <= columns, "{line:?} is wider than {columns}");
}

/// Cells of all that stands between commas, and one of the whole text.
fn check_cells(text: &str) {
    let pieces = text.split(',').chain([text]);
    let rows: Vec<[String; 2]> = pieces.map(|piece| [piece.to_owned(), "=1".to_owned()]).collect();
    let sheet = csv::lines(["a", "b"], rows.iter().cloned()).unwrap();
    let read = check_sheet(&sheet);
    assert_eq!(read.len(), rows.len());
    for (read, row) in read.iter().zip(&rows) {
        assert_eq!(read, &row.clone().map(|text| csv::cell(&text)));
    }
}

/// The rows of a sheet of ours, in none of which anything is calculated or obeyed.
pub fn check_sheet(sheet: &str) -> Vec<Vec<String>> {
    assert!(!sheet.contains(|c: char| c != '\n' && super::is_obeyed(c)), "{sheet:?}");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(sheet.as_bytes());
    let records = reader.records().map(|record| record.unwrap());
    let rows: Vec<Vec<String>> =
        records.map(|record| record.iter().map(str::to_owned).collect()).collect();
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(FORMULA), "{cell:?}");
        for piece in cell.split([';', '\n']) {
            let shown = |c: char| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200d}' | '"');
            let start = piece.find(shown).map_or("", |start| &piece[start..]);
            assert!(!start.starts_with(FORMULA), "{piece:?} in {cell:?}");
        }
    }
    rows.into_iter().skip(1).collect()
}

/// Nothing is lost in JSON, and nothing in it speaks to a terminal.
fn check_json(text: &str) {
    let value = json!({"text": text, text: [text, null, 1]});
    let written = json::to_text(&value);
    assert!(!written.contains(|c: char| c != '\n' && super::is_obeyed(c)), "{written:?}");
    let read: Value = json::from_text(&written).unwrap();
    assert_eq!(read, value);
}
