//! CSV as RFC 4180 writes it, split into records, each with the line on which it begins.
//!
//! Stricter than a general reader, which would go on behind a quote that is closed too early or
//! too late, and put the words of one row under the names of another.

use std::borrow::Cow;

/// The records of a text, one by one. Empty lines are none.
pub struct Records<'a> {
    rest: &'a str,
    line: u64,
}

/// One record, and the line on which it begins.
#[derive(Debug, PartialEq, Eq)]
pub struct Record<'a> {
    pub line: u64,
    pub cells: Vec<Cow<'a, str>>,
}

/// What is wrong, and on which line.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken {
    pub line: u64,
    pub why: &'static str,
}

const NEVER_CLOSED: &str = "opens a quote that is never closed";
const BEHIND_QUOTE: &str = "has text behind a closing quote";

impl<'a> Records<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { rest: text, line: 1 }
    }

    /// The next record; `None` at the end of the text.
    pub fn next(&mut self) -> Result<Option<Record<'a>>, Broken> {
        while self.end_of_line() {}
        if self.rest.is_empty() {
            return Ok(None);
        }
        let mut record = Record { line: self.line, cells: Vec::new() };
        loop {
            record.cells.push(self.cell()?);
            if let Some(rest) = self.rest.strip_prefix(',') {
                self.rest = rest;
            } else if self.rest.is_empty() || self.end_of_line() {
                return Ok(Some(record));
            } else {
                return Err(Broken { line: self.line, why: BEHIND_QUOTE });
            }
        }
    }

    /// Passes over one end of a line, of any system.
    fn end_of_line(&mut self) -> bool {
        let ends = ["\r\n", "\n", "\r"].into_iter();
        match ends.filter_map(|end| self.rest.strip_prefix(end)).next() {
            Some(rest) => {
                self.rest = rest;
                self.line += 1;
                true
            }
            None => false,
        }
    }

    fn cell(&mut self) -> Result<Cow<'a, str>, Broken> {
        let Some(quoted) = self.rest.strip_prefix('"') else {
            let end = self.rest.find([',', '\r', '\n']).unwrap_or(self.rest.len());
            let (cell, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Ok(Cow::Borrowed(cell));
        };
        let opened = self.line;
        let mut cell = Cow::Borrowed("");
        let mut rest = quoted;
        loop {
            let Some((piece, behind)) = rest.split_once('"') else {
                return Err(Broken { line: opened, why: NEVER_CLOSED });
            };
            self.line += piece.matches('\n').count() as u64;
            // The first piece is borrowed; a doubled quote makes it a text of its own.
            if cell.is_empty() {
                cell = Cow::Borrowed(piece)
            } else {
                cell.to_mut().push_str(piece)
            }
            let Some(more) = behind.strip_prefix('"') else {
                self.rest = behind;
                return Ok(cell);
            };
            cell.to_mut().push('"');
            rest = more;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `line:cell|cell` of each record, or what is wrong.
    fn shown(text: &str) -> String {
        let mut records = Records::of(text);
        let mut shown = Vec::new();
        loop {
            match records.next() {
                Ok(Some(Record { line, cells })) => {
                    shown.push(format!("{line}:{}", cells.join("|")));
                }
                Ok(None) => return shown.join(" "),
                Err(Broken { line, why }) => {
                    shown.push(format!("{line}!{}", why.split_whitespace().last().unwrap()));
                    return shown.join(" ");
                }
            }
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(shown(text), expected, "{text:?}");
    }

    #[test]
    fn records_are_split_with_the_lines_on_which_they_begin() {
        check("", "");
        check("a", "1:a");
        check("a,b\nc,d\n", "1:a|b 2:c|d");
        check("a,b\r\n\r\nc,\r,d", "1:a|b 3:c| 4:|d");
        check("\n\na", "3:a");
        check(",", "1:|");
    }

    #[test]
    fn quotes_hold_commas_lines_and_quotes() {
        check("\"a,b\",\"c\nd\"\ne", "1:a,b|c\nd 3:e");
        check("\"\",\"\"\"\",\"a\"\"b\"\"\"\n", "1:|\"|a\"b\"");
        check("\"\"\"a\"", "1:\"a");
        check("a \"b\" c,\"d\r\ne\"\r\nf", "1:a \"b\" c|d\r\ne 3:f");
    }

    #[test]
    fn a_quote_that_is_closed_too_early_or_too_late_is_an_error() {
        check("a\n\"b", "1:a 2!closed");
        check("a\n\"b\n\n", "1:a 2!closed");
        check("\"a\" b,c", "1!quote");
        check("a,\"b\nc,\"d\"\n", "2!quote");
        check("\"a\"\"", "1!closed");
    }

    proptest! {
        #[test]
        fn whatever_a_writer_writes_is_read_back(
            rows in prop::collection::vec(prop::collection::vec("[a,\"\r\nä ]{0,6}", 2..4), 0..5),
        ) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let mut records = Records::of(&text);
            for row in &rows {
                let record = records.next().unwrap().unwrap();
                prop_assert_eq!(&record.cells, row);
            }
            prop_assert_eq!(records.next(), Ok(None));
        }
    }
}
