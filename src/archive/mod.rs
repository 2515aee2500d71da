//! LinkedIn's data export, as it is downloaded: the zip, or the `Invitations.csv` in it.
//!
//! Its names, columns and dates are those of real rows in public repositories that read exports of
//! 2021 to September 2026. Which invitations stay in it once they are answered is not documented.
//!
//! The file is a stranger's: sizes, ratios and counts are bounded, only two known names are looked
//! for, and nothing is ever unpacked onto the disk.

mod connections;
mod error;
mod invitations;
mod packed;
mod records;
mod table;
mod time;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use jiff::civil::Date;

pub use self::error::ArchiveError;
use self::error::{AGAIN, NAME_IT};
use crate::domain::archive::{Archive, Connected, Day};

/// Ten times the table of a hundred thousand people.
const MOST_BYTES: u64 = 64 << 20;
const INVITATIONS: &str = "Invitations.csv";
const CONNECTIONS: &str = "Connections.csv";

/// One of the two tables: what messages call it, and what is in it.
struct Part {
    place: String,
    bytes: Vec<u8>,
}

/// What was found in the file, not yet understood.
struct Parts {
    invitations: Part,
    connections: Option<Part>,
    /// When the entry was put into the zip.
    packed_on: Option<Date>,
}

/// Reads the archive that a person named.
///
/// # Errors
/// It is none, or damaged, or no file, or too big to be one.
pub fn read(path: &Path) -> Result<Archive, ArchiveError> {
    let unreadable = |error: &std::io::Error| ArchiveError::unreadable(path, error);
    let shown = path.display().to_string();
    let meta = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if meta.is_dir() {
        return Err(ArchiveError::new(&shown, "is a folder", NAME_IT));
    }
    if !meta.is_file() {
        return Err(ArchiveError::new(&shown, "is not a regular file", NAME_IT));
    }
    let mut file = File::open(path).map_err(|error| unreadable(&error))?;
    let mut start = Vec::new();
    let begun = (&mut file).take(4).read_to_end(&mut start);
    begun.map_err(|error| unreadable(&error))?;
    let parts = match start.as_slice() {
        [] => return Err(ArchiveError::new(&shown, "is empty", AGAIN)),
        [b'P', b'K', 3 | 5, 4 | 6] => packed::read(file, path)?,
        _ => Parts { invitations: part(path, shown)?, connections: beside(path), packed_on: None },
    };
    let found = invitations::read(&parts.invitations.place, &parts.invitations.bytes)?;
    let connected = match &parts.connections {
        Some(part) => connections::read(&part.place, &part.bytes),
        None => Connected::Unknown(format!("there is no {CONNECTIONS}")),
    };
    Ok(Archive {
        sent: found.sent,
        received: found.received,
        connected,
        day: named_day(path).map(Day::Named).or(parts.packed_on.map(Day::Entry)),
        remarks: found.remarks,
    })
}

/// A table that lies on the disk by itself.
fn part(path: &Path, place: String) -> Result<Part, ArchiveError> {
    let unreadable = |error: std::io::Error| ArchiveError::unreadable(path, &error);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() > MOST_BYTES {
        return Err(too_big(&place));
    }
    // It may grow meanwhile.
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_big(&place));
    }
    Ok(Part { place, bytes })
}

/// Whoever unpacked the archive names `Invitations.csv`, and has the other table beside it.
fn beside(path: &Path) -> Option<Part> {
    let name = path.file_name()?.to_str()?;
    let path = path.with_file_name(CONNECTIONS);
    let is_there = name.eq_ignore_ascii_case(INVITATIONS) && path.is_file();
    // One that can't be read is as good as none.
    is_there.then(|| part(&path, path.display().to_string()).ok()).flatten()
}

fn too_big(place: &str) -> ArchiveError {
    let words = format!("is over {} MiB, which no table of invitations needs", MOST_BYTES >> 20);
    ArchiveError::new(place, words, NAME_IT)
}

/// The day in LinkedIn's own name: `Basic_LinkedInDataExport_11-20-2026.zip`.
fn named_day(path: &Path) -> Option<Date> {
    let name = path.file_name()?.to_str()?;
    let (_, after) = name.split_once("_LinkedInDataExport_")?;
    let [month, day, year] = after.get(..10)?.split('-').collect::<Vec<_>>()[..] else {
        return None;
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    [month, day, year].into_iter().all(is_digits).then_some(())?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests;
