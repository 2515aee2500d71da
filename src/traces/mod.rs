//! The last traces, as files in a folder of their own among rescind's records: `ID.json` the record,
//! `ID.png` the picture that belongs to it. They name people, so only their owner can read them.
//!
//! A record appears whole or not at all, its picture before it. What a killed run left unfinished has
//! another name, or is a picture without a record, and goes with the next sweep. They are no journal:
//! nothing waits for the disk, and nothing is decided by them.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::domain::json::JsonError;
use crate::domain::trace::{Trace, TraceId, surplus};
use crate::folders::{self, FolderError};

/// The folder, in that of rescind's own records.
pub const FOLDER: &str = "traces";
const RECORD: &str = "json";
const PICTURE: &str = "png";
/// What is not finished yet begins so.
const UNFINISHED: &str = ".rescind-";
/// Far more than a record or a picture has.
const MOST_BYTES: u64 = 32 << 20;
const MILLISECOND: jiff::SignedDuration = jiff::SignedDuration::from_millis(1);

/// Why a trace can't be kept or shown.
#[derive(Debug, Error)]
pub enum TracesError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("cannot {doing} {}", .path.display())]
    Io { doing: &'static str, path: PathBuf, source: io::Error },
    #[error("the trace {} cannot be read: {why}", .path.display())]
    Unreadable { path: PathBuf, why: JsonError },
    #[error("the trace {} is larger than any that rescind writes", .path.display())]
    TooBig { path: PathBuf },
}

impl TracesError {
    /// What the person can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Folder(error) => error.hint(),
            Self::Io { source, .. } if source.kind() == ErrorKind::StorageFull => {
                "free some space on the disk".to_owned()
            }
            Self::Io { path, .. } => format!("see to {}", path.display()),
            Self::Unreadable { path, .. } | Self::TooBig { path } => {
                format!("no run needs it: remove {}", path.display())
            }
        }
    }
}

/// Where they are, and how many are kept.
#[derive(Clone, Debug)]
pub struct Traces {
    folder: PathBuf,
    keep: usize,
}

impl Traces {
    /// Those of this folder of records; with 0 none are kept.
    pub fn of(state: &Path, keep: u32) -> Self {
        Self { folder: state.join(FOLDER), keep: usize::try_from(keep).unwrap_or(usize::MAX) }
    }

    pub fn is_on(&self) -> bool {
        self.keep > 0
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps a trace, under the first name of its time that is free, and lets the oldest go. Where
    /// none are kept, nothing is done.
    ///
    /// # Errors
    /// The folder is not private, or can't be written.
    pub fn add(&self, trace: &mut Trace, picture: Option<&[u8]>) -> Result<(), TracesError> {
        if !self.is_on() {
            return Ok(());
        }
        folders::private_dir(&self.folder)?;
        let mut at = trace.at;
        while self.path(&trace.id, RECORD).exists() || self.path(&trace.id, PICTURE).exists() {
            at = at.checked_add(MILLISECOND).unwrap_or(at);
            trace.id = TraceId::of(at);
        }
        self.write(trace, picture)?;
        self.drop_surplus()
    }

    /// Keeps what has become of a trace since; nothing is done when it has gone meanwhile.
    ///
    /// # Errors
    /// As for [`Traces::add`].
    pub fn renew(&self, trace: &mut Trace, picture: Option<&[u8]>) -> Result<(), TracesError> {
        if !self.is_on() || !self.path(&trace.id, RECORD).exists() {
            return Ok(());
        }
        self.write(trace, picture)
    }

    /// The names of all, from the oldest to the newest.
    ///
    /// # Errors
    /// The folder can't be read, or is not private.
    pub fn ids(&self) -> Result<Vec<TraceId>, TracesError> {
        let mut ids: Vec<TraceId> =
            self.names()?.iter().filter_map(|name| id_of(name, RECORD)).collect();
        ids.sort_unstable();
        Ok(ids)
    }

    /// # Errors
    /// It is not there, or no trace of this version.
    pub fn read(&self, id: &TraceId) -> Result<Trace, TracesError> {
        let path = self.path(id, RECORD);
        let bytes = read(&path)?;
        let text = String::from_utf8_lossy(&bytes);
        Trace::from_json(&text).map_err(|why| TracesError::Unreadable { path, why })
    }

    /// The picture that belongs to a trace, if it has one.
    ///
    /// # Errors
    /// It can't be read.
    pub fn picture(&self, trace: &Trace) -> Result<Option<Vec<u8>>, TracesError> {
        // The name in the record is for people; only its own picture is ever opened.
        let path = self.path(&trace.id, PICTURE);
        match trace.screenshot {
            Some(_) if path.exists() => read(&path).map(Some),
            _ => Ok(None),
        }
    }

    /// Lets go of what a killed run left unfinished, and of more than are kept. Nobody else may be
    /// keeping one meanwhile.
    ///
    /// # Errors
    /// Something can't be removed.
    pub fn sweep(&self) -> Result<(), TracesError> {
        let names = self.names()?;
        let has_record = |id: &TraceId| names.contains(&format!("{id}.{RECORD}"));
        for name in &names {
            let is_alone = id_of(name, PICTURE).is_some_and(|id| !has_record(&id));
            if is_alone || name.starts_with(UNFINISHED) {
                remove(&self.folder.join(name))?;
            }
        }
        self.drop_surplus()
    }

    fn drop_surplus(&self) -> Result<(), TracesError> {
        let ids = self.ids()?;
        for id in surplus(&ids, self.keep) {
            // The record first: a picture that is left alone is swept.
            remove(&self.path(id, RECORD))?;
            remove(&self.path(id, PICTURE))?;
        }
        Ok(())
    }

    fn write(&self, trace: &mut Trace, picture: Option<&[u8]>) -> Result<(), TracesError> {
        if let Some(picture) = picture {
            let path = self.path(&trace.id, PICTURE);
            self.write_whole(&path, picture)?;
            trace.screenshot = Some(format!("{}.{PICTURE}", trace.id));
        }
        self.write_whole(&self.path(&trace.id, RECORD), trace.to_json().as_bytes())
    }

    /// A file appears whole, with mode 0600, in the place of whatever had its name.
    fn write_whole(&self, path: &Path, bytes: &[u8]) -> Result<(), TracesError> {
        let failed = |source| TracesError::Io { doing: "write", path: path.to_owned(), source };
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(&self.folder)
            .map_err(failed)?;
        file.write_all(bytes).map_err(failed)?;
        file.persist(path).map_err(|error| failed(error.error))?;
        Ok(())
    }

    /// What is in the folder; nothing when there is none.
    fn names(&self) -> Result<Vec<String>, TracesError> {
        if folders::existing_private_dir(&self.folder)?.is_none() {
            return Ok(Vec::new());
        }
        let path = &self.folder;
        let failed = |source| TracesError::Io { doing: "look into", path: path.clone(), source };
        let entries = fs::read_dir(path).map_err(failed)?;
        let names = entries.map(|entry| entry.map(|entry| entry.file_name()));
        let names = names.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        Ok(names.into_iter().filter_map(|name| name.into_string().ok()).collect())
    }

    fn path(&self, id: &TraceId, ending: &str) -> PathBuf {
        self.folder.join(format!("{id}.{ending}"))
    }
}

fn id_of(name: &str, ending: &str) -> Option<TraceId> {
    name.strip_suffix(ending)?.strip_suffix('.')?.parse().ok()
}

fn read(path: &Path) -> Result<Vec<u8>, TracesError> {
    let failed = |source| TracesError::Io { doing: "read", path: path.to_owned(), source };
    folders::existing_private_file(path)?;
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    match bytes.len() as u64 > MOST_BYTES {
        true => Err(TracesError::TooBig { path: path.to_owned() }),
        false => Ok(bytes),
    }
}

fn remove(path: &Path) -> Result<(), TracesError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(|source| TracesError::Io {
            doing: "remove",
            path: path.to_owned(),
            source,
        }),
    }
}

#[cfg(test)]
mod tests;
