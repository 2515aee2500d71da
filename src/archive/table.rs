//! A CSV file as rows with named columns and line numbers, read strictly: a row that does not fit
//! the header would put words under the wrong names.

use super::error::{AGAIN, AS_SENT, ArchiveError, NAME_IT, quoted};
use super::records::{Broken, Record, Records};

/// The rows below the header.
pub struct Table<'a> {
    place: &'a str,
    records: Records<'a>,
    width: usize,
    rows: usize,
}

/// One row that fits the header.
pub struct Row<'a>(Record<'a>);

/// Where a column stands, if it is there.
pub type Column = Option<usize>;

/// The header stands below a few lines of notes in some of LinkedIn's files.
const MOST_BEFORE_HEADER: usize = 10;
/// Several times what anybody can have sent.
const MOST_ROWS: usize = 100_000;
/// So many are shown of a header that is not understood.
const SHOWN_COLUMNS: usize = 8;

impl<'a> Table<'a> {
    /// Finds the header that has all the `needed` columns; `wanted` ones may be missing. Returns
    /// the places of all of them, in this order.
    pub fn open<const N: usize, const W: usize>(
        place: &'a str,
        bytes: &'a [u8],
        needed: [&str; N],
        wanted: [&str; W],
    ) -> Result<(Self, [usize; N], [Column; W]), ArchiveError> {
        let records = Records::of(checked(place, bytes)?);
        let mut table = Self { place, records, width: 0, rows: 0 };
        let mut first = None;
        for _ in 0..MOST_BEFORE_HEADER {
            let Some(Record { line, cells }) = table.record()? else { break };
            let names: Vec<String> = cells.iter().map(|name| name.trim().to_owned()).collect();
            let find = |name: &str| names.iter().position(|one| one.eq_ignore_ascii_case(name));
            let found = needed.map(find);
            if found.iter().any(Option::is_none) {
                first.get_or_insert(names);
                continue;
            }
            if let Some(twice) = needed.iter().chain(&wanted).find(|name| is_twice(&names, name)) {
                let words =
                    format!("has two columns \"{twice}\", and which one counts can't be told");
                return Err(ArchiveError::new(&at(place, line), words, AS_SENT));
            }
            table.width = names.len();
            return Ok((table, found.map(Option::unwrap_or_default), wanted.map(find)));
        }
        Err(no_header(place, &first.unwrap_or_default(), &needed))
    }

    /// The next row that is not empty; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Row<'a>>, ArchiveError> {
        while let Some(record) = self.record()? {
            self.rows += 1;
            if self.rows > MOST_ROWS {
                let words = format!("has over {MOST_ROWS} rows, more than anybody sent");
                return Err(ArchiveError::new(self.place, words, NAME_IT));
            }
            if record.cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let (found, width) = (record.cells.len(), self.width);
            if found != width {
                let words = format!(
                    "has {found} columns where the header has {width}, so it can't be read"
                );
                return Err(ArchiveError::new(&at(self.place, record.line), words, AS_SENT));
            }
            return Ok(Some(Row(record)));
        }
        Ok(None)
    }

    fn record(&mut self) -> Result<Option<Record<'a>>, ArchiveError> {
        let broken = |Broken { line, why }| ArchiveError::new(&at(self.place, line), why, AS_SENT);
        self.records.next().map_err(broken)
    }
}

impl Row<'_> {
    /// The line on which it begins.
    pub fn line(&self) -> u64 {
        self.0.line
    }

    /// A cell without the white space around it.
    pub fn cell(&self, column: usize) -> &str {
        self.0.cells.get(column).map(|cell| cell.trim()).unwrap_or_default()
    }

    /// A cell of a column that may be missing, and may be empty.
    pub fn optional(&self, column: Column) -> Option<&str> {
        column.map(|column| self.cell(column)).filter(|cell| !cell.is_empty())
    }
}

pub fn at(place: &str, line: u64) -> String {
    format!("{place}, line {line},")
}

/// The text of a file, or why it is none.
fn checked<'a>(place: &str, bytes: &'a [u8]) -> Result<&'a str, ArchiveError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(ArchiveError::new(place, "is UTF-16, and LinkedIn writes UTF-8", AS_SENT));
    }
    let line_of = |end: usize| {
        let before = bytes.get(..end).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1
    };
    if let Some(nul) = bytes.iter().position(|byte| *byte == 0) {
        let words = "has a NUL byte, so it is no CSV file";
        return Err(ArchiveError::new(&at(place, line_of(nul)), words, NAME_IT));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let place = at(place, line_of(error.valid_up_to()));
        ArchiveError::new(&place, "is not UTF-8", AS_SENT)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ArchiveError::new(place, "is empty", AGAIN));
    }
    if text.trim_start().starts_with('<') {
        let words = "is a web page, not an archive: perhaps that of a sign-in";
        return Err(ArchiveError::new(place, words, AGAIN));
    }
    Ok(text)
}

fn is_twice(names: &[String], name: &str) -> bool {
    names.iter().filter(|one| one.eq_ignore_ascii_case(name)).count() > 1
}

fn no_header(place: &str, found: &[String], needed: &[&str]) -> ArchiveError {
    let mut shown: Vec<String> = found.iter().take(SHOWN_COLUMNS).map(|one| quoted(one)).collect();
    if found.len() > SHOWN_COLUMNS {
        shown.push("…".to_owned());
    }
    let words = format!(
        "has not the columns that are needed ({}); its first line has {}",
        needed.join(", "),
        shown.join(", ")
    );
    ArchiveError::new(place, words, NAME_IT)
}
