//! The zip: its two tables, found by their names and unpacked into memory.
//!
//! A zip can lie about everything. What it declares is checked before anything is unpacked, what
//! comes out is counted, and the sums must be right.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use jiff::civil::Date;
use rawzip::{
    CompressionMethod, Error, ErrorKind, FileReader, MAX_CENTRAL_DIRECTORY_RECORD_SIZE, ZipArchive,
    ZipArchiveEntryWayfinder, ZipFileHeaderRecord,
};

use super::error::{AGAIN, ArchiveError, NAME_IT, quoted};
use super::{CONNECTIONS, INVITATIONS, MOST_BYTES, Part, Parts, too_big};

/// A complete export has some fifty entries, with pictures a few thousand.
const MOST_ENTRIES: u64 = 20_000;
/// Text shrinks to a tenth; the same note to ten thousand people, to a fortieth.
const MOST_RATIO: u64 = 200;
/// Below so many bytes a ratio says nothing.
const RATIO_FROM: u64 = 1 << 20;
/// So many names are shown where the right one is missing.
const SHOWN: usize = 5;
const UNPACK: &str = "unpack it with another program, and name the Invitations.csv";

/// One of the two entries that are looked for.
struct Entry {
    /// What messages call it: `export.zip: Invitations.csv`.
    place: String,
    path: String,
    way: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    is_encrypted: bool,
    packed_on: Option<Date>,
}

pub fn read(file: File, path: &Path) -> Result<Parts, ArchiveError> {
    let shown = path.display().to_string();
    let mut buffer = vec![0; MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
    let zip = ZipArchive::from_file(file, &mut buffer).map_err(|error| failure(path, &error))?;
    let mut invitations = Vec::new();
    let mut connections = Vec::new();
    let mut others = Vec::new();
    let (declared, mut count) = (zip.entries_hint(), 0);
    let mut entries = zip.entries(&mut buffer);
    while let Some(header) = entries.next_entry().map_err(|error| failure(path, &error))? {
        count += 1;
        if declared.max(count) > MOST_ENTRIES {
            let words =
                format!("has over {MOST_ENTRIES} entries, more than an export of LinkedIn's");
            return Err(ArchiveError::new(&shown, words, NAME_IT));
        }
        if header.is_dir() {
            continue;
        }
        let entry = Entry::of(&header, &shown);
        let name = entry.path.rsplit(['/', '\\']).next().unwrap_or_default();
        match () {
            () if name.eq_ignore_ascii_case(INVITATIONS) => invitations.push(entry),
            () if name.eq_ignore_ascii_case(CONNECTIONS) => connections.push(entry),
            () if others.len() <= SHOWN => others.push(entry.path),
            () => {}
        }
    }
    if count != declared {
        let words = format!("is damaged: {declared} entries are declared, {count} are there");
        return Err(ArchiveError::new(&shown, words, AGAIN));
    }
    let Some(entry) = only(&shown, invitations)? else { return Err(none(&shown, &others)) };
    let connections = only(&shown, connections)?;
    Ok(Parts {
        packed_on: entry.packed_on,
        invitations: entry.unpack(&zip, path)?,
        connections: connections.map(|entry| entry.unpack(&zip, path)).transpose()?,
    })
}

impl Entry {
    fn of(header: &ZipFileHeaderRecord<'_>, zip: &str) -> Self {
        let raw = header.file_path();
        let path = String::from_utf8_lossy(raw.as_bytes()).into_owned();
        let day = header.last_modified();
        let (month, date) = (i8::try_from(day.month()), i8::try_from(day.day()));
        let year = i16::try_from(day.year());
        let packed_on = match (year, month, date) {
            // A zip begins to count in 1980, which stands for no time at all.
            (Ok(year @ 2003..), Ok(month), Ok(date)) => Date::new(year, month, date).ok(),
            _ => None,
        };
        Self {
            place: format!("{zip}: {}", crate::domain::safe_text::cut(&path, 80)),
            path,
            way: header.wayfinder(),
            method: header.compression_method(),
            is_encrypted: header.flags().is_encrypted(),
            packed_on,
        }
    }

    fn unpack(self, zip: &ZipArchive<FileReader>, path: &Path) -> Result<Part, ArchiveError> {
        let place = self.place;
        if self.is_encrypted {
            let words = "is encrypted, and LinkedIn's exports are not";
            return Err(ArchiveError::new(&place, words, UNPACK));
        }
        let (packed, whole) = (self.way.compressed_size_hint(), self.way.uncompressed_size_hint());
        if whole > MOST_BYTES {
            return Err(too_big(&place));
        }
        if whole >= RATIO_FROM && whole / packed.max(1) > MOST_RATIO {
            let words = format!(
                "unpacks to {} times its size, as no honest table does",
                whole / packed.max(1)
            );
            return Err(ArchiveError::new(&place, words, AGAIN));
        }
        let entry = zip.get_entry(self.way).map_err(|error| failure(path, &error))?;
        let mut bytes = Vec::new();
        // One byte more than declared is enough for the sum to be wrong.
        let read = match self.method {
            CompressionMethod::STORE => {
                entry.verifying_reader(entry.reader()).take(whole + 1).read_to_end(&mut bytes)
            }
            CompressionMethod::DEFLATE => {
                let inflated = flate2::read::DeflateDecoder::new(entry.reader());
                entry.verifying_reader(inflated).take(whole + 1).read_to_end(&mut bytes)
            }
            other => {
                let words = format!("is packed in a way that rescind does not read ({other})");
                return Err(ArchiveError::new(&place, words, UNPACK));
            }
        };
        match read {
            Ok(_) => Ok(Part { place, bytes }),
            Err(error) if is_of_content(&error) => {
                Err(ArchiveError::new(&place, format!("is damaged: {error}"), AGAIN))
            }
            Err(error) => Err(ArchiveError::unreadable(path, &error)),
        }
    }
}

/// Whether the bytes are wrong, rather than not to be had.
fn is_of_content(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    matches!(error.kind(), InvalidData | InvalidInput | UnexpectedEof)
}

/// The one entry of its name.
fn only(zip: &str, mut entries: Vec<Entry>) -> Result<Option<Entry>, ArchiveError> {
    if let [first, second, ..] = entries.as_slice() {
        let words = format!(
            "has {} and {}, and which one is meant can't be told",
            quoted(&first.path),
            quoted(&second.path)
        );
        return Err(ArchiveError::new(zip, words, UNPACK));
    }
    Ok(entries.pop())
}

fn none(zip: &str, others: &[String]) -> ArchiveError {
    let mut shown: Vec<String> = others.iter().take(SHOWN).map(|path| quoted(path)).collect();
    if others.len() > SHOWN {
        shown.push("…".to_owned());
    }
    let words = if shown.is_empty() {
        format!("has no {INVITATIONS} in it, nor anything else")
    } else {
        format!("has no {INVITATIONS} in it, but {}", shown.join(", "))
    };
    let hint = "ask LinkedIn for an archive with Invitations in it (Settings → Data privacy → Get a \
        copy of your data)";
    ArchiveError::new(zip, words, hint)
}

fn failure(path: &Path, error: &Error) -> ArchiveError {
    let shown = path.display().to_string();
    match error.kind() {
        ErrorKind::IO(error) if !is_of_content(error) => ArchiveError::unreadable(path, error),
        ErrorKind::MissingEndOfCentralDirectory | ErrorKind::Eof => {
            ArchiveError::new(&shown, "is cut off: the end of the zip is missing", AGAIN)
        }
        _ => ArchiveError::new(&shown, format!("is a damaged zip: {error}"), AGAIN),
    }
}
