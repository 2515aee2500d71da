//! The append-only record of every sighting, intent and outcome (SQLite).
//!
//! An event is on the disk when `append` returns. After the first error nothing more is taken: a
//! disk that failed to write once may lie the next time. A journal that is damaged, shortened or
//! gone is never replaced in silence, for the caps and doubts in it would be gone with it.
//!
//! Beside the journal lies `journal.born`. It says that there is a journal, and how many events
//! were acknowledged at least; so a deleted or truncated one is noticed.

mod born;
mod deeds;
mod error;
mod open;
mod place;
mod row;
mod schema;

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Params, TransactionBehavior};

use crate::domain::history::{Event, History, Site};
use born::Born;
pub use error::JournalError;

/// The name of a journal in its state folder.
pub const FILE: &str = "journal.sqlite3";

/// The journal of a state folder, open for appending. The caller holds the folder's lock.
#[derive(Debug)]
pub struct Journal {
    reader: Reader,
    born: Born,
    /// After an error, or in the middle of an append.
    broken: bool,
    warnings: Vec<String>,
}

/// The journal of a state folder, for reading only: also while another process appends.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    path: PathBuf,
}

impl Journal {
    /// Opens the journal of this folder; the very first time, creates both.
    pub fn open(state_dir: &Path) -> Result<Self, JournalError> {
        open::open(state_dir)
    }

    /// Begins a new journal where the old one is gone or can't be used, at the person's explicit
    /// wish. What is left of the old one is kept beside it. A journal that is well is not replaced.
    pub fn open_new(state_dir: &Path) -> Result<Self, JournalError> {
        open::open_new(state_dir)
    }

    /// Opens the journal of this folder for reading; `None` when there never was one.
    pub fn open_read_only(state_dir: &Path) -> Result<Option<Reader>, JournalError> {
        open::open_read_only(state_dir)
    }

    /// Writes one event; it is committed and on the disk when this returns.
    pub fn append(&mut self, event: &Event) -> Result<(), JournalError> {
        self.append_all(std::slice::from_ref(event))
    }

    /// Writes all of these events or none.
    pub fn append_all(&mut self, events: &[Event]) -> Result<(), JournalError> {
        if self.broken {
            return Err(JournalError::Broken { path: self.reader.path.clone() });
        }
        self.broken = true;
        let count = insert(&mut self.reader.connection, events)
            .map_err(|source| JournalError::sqlite("write to", &self.reader.path, source))
            .inspect_err(|_| self.leave_alone())?;
        self.born.acknowledge(count)?;
        self.broken = false;
        Ok(())
    }

    /// Closing would otherwise tidy the file up, on a disk that has just failed. It is not essential:
    /// should SQLite refuse the setting, the next start still checks what it finds.
    fn leave_alone(&self) {
        let _ = (self.reader.connection)
            .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    }

    /// What the events on this site add up to.
    pub fn history(&self, site: &Site) -> Result<History, JournalError> {
        self.reader.history(site)
    }

    /// Every event, in the order of writing.
    pub fn events(&self) -> Result<Vec<Event>, JournalError> {
        self.reader.events()
    }

    /// What makes this folder a poor place for a journal, one sentence each.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    pub fn path(&self) -> &Path {
        &self.reader.path
    }
}

impl Reader {
    /// What the events on this site add up to.
    pub fn history(&self, site: &Site) -> Result<History, JournalError> {
        let mut history = History::new(site.clone());
        self.each_event(&row::select_all(), [], |event| history.add(&event))?;
        Ok(history)
    }

    /// Every event, in the order of writing.
    pub fn events(&self) -> Result<Vec<Event>, JournalError> {
        let mut events = Vec::new();
        self.each_event(&row::select_all(), [], |event| events.push(event))?;
        Ok(events)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Looks at all of the file, as opening it for appending does.
    ///
    /// # Errors
    /// It is damaged, or cannot be read.
    pub fn verify(&self) -> Result<(), JournalError> {
        let path = || self.path.clone();
        match schema::damage(&self.connection) {
            Ok(None) => Ok(()),
            Ok(Some(detail)) => Err(JournalError::Damaged { path: path(), detail }),
            Err(source) => Err(JournalError::sqlite("read", &self.path, source)),
        }
    }

    /// How many events it holds.
    pub fn count(&self) -> Result<u64, JournalError> {
        schema::count(&self.connection)
            .map_err(|source| JournalError::sqlite("read", &self.path, source))
    }

    fn each_event(
        &self,
        select: &str,
        parameters: impl Params,
        mut take: impl FnMut(Event),
    ) -> Result<(), JournalError> {
        let failed = |source| JournalError::sqlite("read", &self.path, source);
        let mut select = self.connection.prepare(select).map_err(failed)?;
        let mut select_run = self.connection.prepare(row::SELECT_RUN).map_err(failed)?;
        let mut rows = select.query(parameters).map_err(failed)?;
        let mut memo = row::Memo::default();
        while let Some(found) = rows.next().map_err(failed)? {
            let event = row::read(found, &mut select_run, &mut memo);
            let event = event.ok_or_else(|| JournalError::Damaged {
                path: self.path.clone(),
                detail: format!("event {} cannot be read", row::number(found)),
            })?;
            take(event);
        }
        Ok(())
    }
}

/// What makes a folder a poor place for a journal, one sentence each.
pub fn warnings_of(dir: &Path) -> Vec<String> {
    place::warnings(dir)
}

/// Returns how many events there are now.
fn insert(connection: &mut Connection, events: &[Event]) -> rusqlite::Result<u64> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut run = transaction.prepare_cached(row::INSERT_RUN)?;
        let mut insert = transaction.prepare_cached(row::INSERT)?;
        for event in events {
            row::write_run(&mut run, event)?;
            row::write(&mut insert, event)?;
        }
    }
    let count = schema::count(&transaction)?;
    transaction.commit()?;
    Ok(count)
}

#[cfg(test)]
mod tests;
