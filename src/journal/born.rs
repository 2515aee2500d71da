//! The marker beside the journal: that there is one, and how many events it holds at least.
//!
//! It is written after the commit and not synced, so that it can lag behind but never run ahead:
//! a journal with fewer events than it says has lost some.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::folders;
use crate::journal::JournalError;

const FILE: &str = "journal.born";
const EXPLANATION: &str = "events at least are in the journal beside this file.\n\
    While this file is here, rescind does not mistake a lost journal for a first start.\n";

#[derive(Debug)]
pub(super) struct Born {
    file: File,
    path: PathBuf,
}

/// How many events were acknowledged; `None` when there never was a journal. A marker that can't
/// be read as a number still says that there was one.
pub(super) fn acknowledged(dir: &Path) -> Result<Option<u64>, JournalError> {
    let path = dir.join(FILE);
    if folders::existing_private_file(&path)?.is_none() {
        return Ok(None);
    }
    let mut text = Vec::new();
    File::open(&path)
        .and_then(|file| file.take(64).read_to_end(&mut text))
        .map_err(|source| failed("read", &path, source))?;
    let text = String::from_utf8_lossy(&text);
    let number = text.split_whitespace().next().unwrap_or_default();
    Ok(Some(number.parse().unwrap_or_default()))
}

/// Removes the marker, at the person's explicit wish to begin anew.
pub(super) fn forget(dir: &Path) -> Result<(), JournalError> {
    let path = dir.join(FILE);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done.map_err(|source| failed("remove", &path, source)),
    }
}

impl Born {
    /// Opens the marker, writes it if need be, and makes sure that it lasts.
    pub(super) fn open(dir: &Path, count: u64) -> Result<Self, JournalError> {
        let path = dir.join(FILE);
        let file = folders::open_private_file(&path)?;
        let born = Self { file, path };
        born.write(&format!("{count:020} {EXPLANATION}"))?;
        born.file.sync_all().map_err(|source| failed("write", &born.path, source))?;
        folders::sync_dir(dir)?;
        Ok(born)
    }

    /// So many events are on the disk. Of one width always, so that it is overwritten in place.
    pub(super) fn acknowledge(&self, count: u64) -> Result<(), JournalError> {
        self.write(&format!("{count:020}"))
    }

    fn write(&self, text: &str) -> Result<(), JournalError> {
        self.file
            .write_all_at(text.as_bytes(), 0)
            .map_err(|source| failed("write", &self.path, source))
    }
}

fn failed(doing: &'static str, path: &Path, source: io::Error) -> JournalError {
    let path = path.to_owned();
    if source.kind() == io::ErrorKind::StorageFull {
        return JournalError::DiskFull { path };
    }
    JournalError::Io { doing, path, source }
}
