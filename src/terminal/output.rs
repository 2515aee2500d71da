//! Data goes to standard output, everything else to standard error. A reader who has seen enough
//! (`| head`) is no error.

use std::io::{self, ErrorKind, IsTerminal, Write};

use anstream::ColorChoice;

use crate::cli::{Colour, Global};
use crate::domain::safe_text;
use crate::exit::Failure;

/// The width taken where there is no terminal.
const COLUMNS: usize = 80;

/// Writes to standard output; a closed pipe ends quietly.
///
/// # Errors
/// Anything but a closed pipe.
pub fn data(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// A line for the person. Lost when nobody listens.
pub fn say(global: &Global, line: &str) {
    if !global.quiet {
        let mut err = io::stderr().lock();
        // A line of progress that stands there is overwritten; it draws itself again below.
        let clear = if err.is_terminal() { "\r\u{1b}[2K" } else { "" };
        let _ = writeln!(err, "{clear}{line}");
    }
}

/// The end of a failed command: what went wrong, and how to mend it.
pub fn failure(failure: &Failure) {
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "error: {}", failure.sentence.trim_end());
    if let Some(hint) = &failure.hint {
        let _ = writeln!(err, "hint: {hint}");
    }
}

/// Whether somebody at a terminal can be asked.
pub fn is_terminal() -> bool {
    io::stdin().is_terminal()
}

/// Whether data would be shown on a terminal.
pub fn is_data_terminal() -> bool {
    io::stdout().is_terminal()
}

/// The time of day as the person's own clock shows it.
pub fn time_of_day(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%H:%M").to_string()
}

/// An instant as the person's own clock shows it.
pub fn local_time(at: jiff::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// An error and what caused it, in one sentence.
pub fn with_causes(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        words = format!("{words}: {next}");
        cause = next.source();
    }
    words
}

/// Whether standard output takes colours.
pub fn colours(choice: Colour) -> bool {
    colours_on(choice, &io::stdout())
}

/// Whether standard error takes colours.
pub fn colours_of_messages(choice: Colour) -> bool {
    colours_on(choice, &io::stderr())
}

fn colours_on(choice: Colour, stream: &impl anstream::stream::RawStream) -> bool {
    match choice {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => anstream::AutoStream::choice(stream) != ColorChoice::Never,
    }
}

/// Words and what they are about, one below the other. At a terminal no line is too long for it.
pub fn pairs<W: AsRef<str>>(pairs: &[(W, String)]) -> Vec<String> {
    /// Less room than this beside the words is none.
    const LEAST: usize = 24;
    let columns = if io::stdout().is_terminal() { columns().max(LEAST) } else { usize::MAX };
    let widest = pairs.iter().map(|(word, _)| safe_text::width(word.as_ref())).max();
    let indent = widest.unwrap_or_default() + 2;
    let is_narrow = columns < indent + LEAST;
    let indent = if is_narrow { 4 } else { indent };
    let mut lines = Vec::new();
    for (word, text) in pairs {
        let mut rest = safe_text::wrap(text, columns - indent).into_iter();
        if is_narrow {
            lines.extend(safe_text::wrap(word.as_ref(), columns));
        } else {
            let word = safe_text::line(word.as_ref());
            let first = rest.next().unwrap_or_default();
            let gap = " ".repeat(indent.saturating_sub(safe_text::width(&word)));
            lines.push(format!("{word}{gap}{first}").trim_end().to_owned());
        }
        lines.extend(rest.map(|line| format!("{:indent$}{line}", "")));
    }
    lines
}

/// Columns of the terminal.
pub fn columns() -> usize {
    let term = console::Term::stdout();
    let size = io::stdout().is_terminal().then(|| term.size_checked()).flatten();
    size.map_or(COLUMNS, |(_, columns)| usize::from(columns))
}
