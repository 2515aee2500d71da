//! Opening: what is there is looked at before anything is written.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::folders;
use crate::journal::born::{self, Born};
use crate::journal::schema::{self, Content};
use crate::journal::{FILE, Journal, JournalError, Reader, place};

/// How long a writer waits for a reader's short locks.
const PATIENCE: Duration = Duration::from_secs(5);

/// SQLite's own files beside the journal.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

pub(super) fn open(state_dir: &Path) -> Result<Journal, JournalError> {
    let dir = folders::private_dir(state_dir)?;
    let path = dir.join(FILE);
    let acknowledged = born::acknowledged(&dir)?;
    if !is_there(&path, acknowledged)? {
        drop(folders::open_private_file(&path)?);
        folders::sync_dir(&dir)?;
    }
    let mut reader = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    prepare(&mut reader, acknowledged)?;
    let count = count(&reader, acknowledged)?;
    Ok(Journal {
        reader,
        born: Born::open(&dir, count)?,
        broken: false,
        warnings: place::warnings(&dir),
    })
}

pub(super) fn open_new(state_dir: &Path) -> Result<Journal, JournalError> {
    match open(state_dir) {
        Ok(journal) if count(&journal.reader, None)? == 0 => return Ok(journal),
        Ok(journal) => {
            let path = journal.reader.path;
            return Err(JournalError::StillWell { path });
        }
        Err(error) if error.needs_new_journal() => {}
        Err(error) => return Err(error),
    }
    let dir = folders::private_dir(state_dir)?;
    set_aside(&dir)?;
    open(state_dir)
}

pub(super) fn open_read_only(state_dir: &Path) -> Result<Option<Reader>, JournalError> {
    let Some(dir) = folders::existing_private_dir(state_dir)? else {
        return Ok(None);
    };
    let path = dir.join(FILE);
    // Read before the journal: a writer goes the other way round.
    let acknowledged = born::acknowledged(&dir)?;
    if !is_there(&path, acknowledged)? {
        return Ok(None);
    }
    let reader = connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let known = schema::VERSION;
    match version(&reader, acknowledged)? {
        0 => return Ok(None),
        found if found < known => return Err(JournalError::Older { path, found, known }),
        _ => {}
    }
    count(&reader, acknowledged)?;
    Ok(Some(reader))
}

/// Whether there is a journal with something in it. An error when there should be.
fn is_there(path: &Path, acknowledged: Option<u64>) -> Result<bool, JournalError> {
    let mut has_companion = false;
    for companion in COMPANIONS {
        has_companion |= folders::existing_private_file(&beside(path, companion))?.is_some();
    }
    let found = folders::existing_private_file(path)?;
    let is_empty = found.as_ref().is_none_or(|found| found.len() == 0);
    // SQLite takes an empty file for a new database. With a write-ahead log beside it, all of it
    // may still be in there.
    let was_there = acknowledged.is_some() || (found.is_none() && has_companion);
    if is_empty && was_there {
        let path = path.to_owned();
        return Err(JournalError::Vanished { path });
    }
    Ok(!is_empty)
}

fn connect(path: &Path, access: OpenFlags) -> Result<Reader, JournalError> {
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let failed = |source| JournalError::sqlite("open", path, source);
    let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    let path = path.to_owned();
    Ok(Reader { connection, path })
}

/// Looks whether the file is a sound journal that this program knows, and only then touches it.
fn prepare(reader: &mut Reader, acknowledged: Option<u64>) -> Result<(), JournalError> {
    let version = version(reader, acknowledged)?;
    let Reader { connection, path } = reader;
    let failed = |source| JournalError::sqlite("open", path, source);
    if let Some(detail) = schema::damage(connection).map_err(failed)? {
        let path = path.clone();
        return Err(JournalError::Damaged { path, detail });
    }
    if let Err(detail) = schema::be_careful(connection).map_err(failed)? {
        let path = path.clone();
        return Err(JournalError::UnfitPlace { path, detail });
    }
    if version < schema::VERSION {
        let failed = |source| JournalError::sqlite("bring up to date", path, source);
        schema::migrate(connection, version, &schema::STEPS).map_err(failed)?;
    }
    Ok(())
}

/// The version of the tables, 0 when there are none yet; never a newer one than this program's.
fn version(reader: &Reader, acknowledged: Option<u64>) -> Result<i64, JournalError> {
    let path = reader.path.clone();
    let content = schema::content(&reader.connection)
        .map_err(|source| JournalError::sqlite("open", &path, source))?;
    match (content, acknowledged) {
        (Content::Nothing, None | Some(0)) => Ok(0),
        (Content::Nothing, Some(acknowledged)) => {
            let found = 0;
            Err(JournalError::Shortened { path, found, acknowledged })
        }
        (Content::Foreign, _) => Err(JournalError::Foreign { path }),
        (Content::Version(found), _) if found > schema::VERSION => {
            let known = schema::VERSION;
            Err(JournalError::Newer { path, found, known })
        }
        (Content::Version(found), _) => Ok(found),
    }
}

/// How many events there are. An error when more were acknowledged.
fn count(reader: &Reader, acknowledged: Option<u64>) -> Result<u64, JournalError> {
    let found = schema::count(&reader.connection)
        .map_err(|source| JournalError::sqlite("read", &reader.path, source))?;
    match acknowledged {
        Some(acknowledged) if found < acknowledged => {
            Err(JournalError::Shortened { path: reader.path.clone(), found, acknowledged })
        }
        _ => Ok(found),
    }
}

/// Renames what is left of the old journal; the marker goes last, so that an interruption leaves
/// "vanished" and never "first start".
fn set_aside(dir: &Path) -> Result<(), JournalError> {
    let path = dir.join(FILE);
    let free = (1..).find(|number| !aside(dir, *number, "").exists());
    let number = free.unwrap_or_default();
    for part in ["", COMPANIONS[0], COMPANIONS[1]] {
        rename(&beside(&path, part), &aside(dir, number, part))?;
    }
    folders::sync_dir(dir)?;
    born::forget(dir)
}

fn rename(from: &Path, to: &Path) -> Result<(), JournalError> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done.map_err(|source| JournalError::Io {
            doing: "set aside",
            path: from.to_owned(),
            source,
        }),
    }
}

/// Where an old journal is kept: `journal-old-1.sqlite3`.
fn aside(dir: &Path, number: u32, part: &str) -> PathBuf {
    dir.join(format!("journal-old-{number}.sqlite3{part}"))
}

fn beside(path: &Path, part: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(part);
    name.into()
}
