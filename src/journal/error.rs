//! Why the journal can't be used: one sentence that says what and where, and one how to mend it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use rustix::fs::Access;
use rustix::io::Errno;
use thiserror::Error;

use crate::folders::FolderError;

#[derive(Debug, Error)]
pub enum JournalError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("the journal {} is gone, and with it what counts against the caps", .path.display())]
    Vanished { path: PathBuf },
    #[error(
        "the journal {} has lost events: it holds {found} of at least {acknowledged}",
        .path.display()
    )]
    Shortened { path: PathBuf, found: u64, acknowledged: u64 },
    #[error("the journal {} is damaged: {detail}", .path.display())]
    Damaged { path: PathBuf, detail: String },
    #[error(
        "the journal {} is of a newer rescind (format {found}, this one knows {known})",
        .path.display()
    )]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error(
        "the journal {} is of an older rescind (format {found}, this one reads {known})",
        .path.display()
    )]
    Older { path: PathBuf, found: i64, known: i64 },
    #[error("{} is a database, but no journal of rescind", .path.display())]
    Foreign { path: PathBuf },
    #[error("the journal {} is well, so no new one was begun", .path.display())]
    StillWell { path: PathBuf },
    #[error("the disk is full: nothing more can be written to the journal {}", .path.display())]
    DiskFull { path: PathBuf },
    #[error("the journal {} cannot be written: it or its folder is read-only", .path.display())]
    ReadOnly { path: PathBuf },
    #[error("another process is writing to the journal {}", .path.display())]
    Busy { path: PathBuf },
    #[error("the journal {} failed before: nothing more is written in this run", .path.display())]
    Broken { path: PathBuf },
    #[error("this file system can't keep the journal {} safe: {detail}", .path.display())]
    UnfitPlace { path: PathBuf, detail: String },
    #[error("cannot {doing} the journal {}", .path.display())]
    Sqlite { doing: &'static str, path: PathBuf, source: rusqlite::Error },
    #[error("cannot {doing} {}", .path.display())]
    Io { doing: &'static str, path: PathBuf, source: io::Error },
}

impl JournalError {
    /// What the person can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Folder(error) => error.hint(),
            Self::Vanished { .. } => {
                "put it back from a back-up, or, if it was deleted on purpose, begin anew with \
                 rescind withdraw --new-journal"
                    .to_owned()
            }
            Self::Shortened { .. } => {
                "put the whole journal back from a back-up (with its -wal file), or begin anew \
                 with rescind withdraw --new-journal, which keeps this one beside the new"
                    .to_owned()
            }
            Self::Damaged { path, .. } => format!(
                "put it back from a back-up; what can be read of it: sqlite3 '{}' .recover; or \
                 begin anew with rescind withdraw --new-journal, which keeps this one beside the new",
                path.display()
            ),
            Self::Newer { .. } => "use that newer rescind; the journal was not touched".to_owned(),
            Self::Older { .. } => {
                "run `rescind report` once, which brings it up to date".to_owned()
            }
            Self::Foreign { .. } => {
                "choose another folder with --state-dir; the file was not touched".to_owned()
            }
            Self::StillWell { .. } => "leave out --new-journal".to_owned(),
            Self::DiskFull { .. } => {
                "free some space; the next run settles first what was begun".to_owned()
            }
            Self::ReadOnly { .. } => {
                "make the file and its folder writable for you, or choose another with --state-dir"
                    .to_owned()
            }
            Self::Busy { .. } => "wait until that has ended".to_owned(),
            Self::Broken { .. } | Self::Sqlite { .. } | Self::Io { .. } => {
                "see to the disk; the next run settles first what was begun".to_owned()
            }
            Self::UnfitPlace { .. } => {
                "choose a folder on a local disk with --state-dir".to_owned()
            }
        }
    }

    /// Whether `--new-journal` is the way out.
    pub(super) fn needs_new_journal(&self) -> bool {
        matches!(self, Self::Vanished { .. } | Self::Shortened { .. } | Self::Damaged { .. })
    }

    /// The sentence for what SQLite reports.
    pub(super) fn sqlite(doing: &'static str, path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                let detail = source.to_string();
                Self::Damaged { path, detail }
            }
            // SQLite doesn't always say why: a full disk may be "I/O error".
            _ if is_full(&path) => Self::DiskFull { path },
            _ if is_read_only(&path) => Self::ReadOnly { path },
            _ => Self::Sqlite { doing, path, source },
        }
    }
}

/// Whether not even SQLite's smallest file would fit beside this one.
fn is_full(path: &Path) -> bool {
    let found = rustix::fs::statvfs(path.parent().unwrap_or(path));
    found.is_ok_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) < 32 * 1024)
}

fn is_read_only(path: &Path) -> bool {
    let folder = path.parent().unwrap_or(path);
    let access = |path| rustix::fs::access(path, Access::WRITE_OK);
    matches!(access(folder), Err(Errno::ROFS | Errno::ACCESS)) || access(path) == Err(Errno::ACCESS)
}
