//! Data goes to standard output, everything else to standard error. A reader who has seen enough
//! (`| head`) is no error.

use std::io::{self, ErrorKind, IsTerminal, Write};

use anstream::ColorChoice;

use crate::cli::{Colour, Global};
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
        let _ = writeln!(io::stderr().lock(), "{line}");
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

/// Whether standard output takes colours.
pub fn colours(choice: Colour) -> bool {
    match choice {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    }
}

/// Columns of the terminal.
pub fn columns() -> usize {
    let term = console::Term::stdout();
    let size = io::stdout().is_terminal().then(|| term.size_checked()).flatten();
    size.map_or(COLUMNS, |(_, columns)| usize::from(columns))
}
