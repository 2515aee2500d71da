//! The tables, their versions, and how SQLite is told to be careful.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

/// "rscd": tells a journal from any other database.
pub(super) const APPLICATION: i64 = 0x7273_6364;

/// Step n brings version n to n + 1. Released steps are never changed; new ones are added.
pub(super) const STEPS: [&str; 2] = [V1, V2];

/// The version that this program writes.
pub(super) const VERSION: i64 = STEPS.len().cast_signed() as i64;

const V1: &str = "
    CREATE TABLE run (
        id TEXT PRIMARY KEY,
        site TEXT NOT NULL,
        account TEXT,
        version TEXT NOT NULL,
        boot TEXT,
        up_ms INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE event (
        number INTEGER PRIMARY KEY,
        run TEXT NOT NULL REFERENCES run (id),
        at TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN (
            'run-started', 'sighted', 'scan-ended', 'intent', 'opened', 'confirm-sent',
            'outcome', 'verified', 'cool-down', 'stopped'
        )),
        key TEXT,
        name TEXT,
        profile_url TEXT,
        sent_text TEXT,
        earliest TEXT,
        latest TEXT,
        pill TEXT,
        announced INTEGER,
        read INTEGER,
        complete INTEGER CHECK (complete IN (0, 1)),
        rule TEXT,
        outcome TEXT,
        gone INTEGER CHECK (gone IN (0, 1)),
        until TEXT,
        stop TEXT,
        detail TEXT
    ) STRICT;

    CREATE TRIGGER run_is_never_changed BEFORE UPDATE ON run
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
    CREATE TRIGGER run_is_never_deleted BEFORE DELETE ON run
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
    CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
    CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
        WHEN NEW.number IN (SELECT number FROM event)
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
    CREATE TRIGGER run_is_never_replaced BEFORE INSERT ON run
        WHEN NEW.id IN (SELECT id FROM run)
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
";

/// Runs that only read are told from those that may act; before, there were only the latter.
const V2: &str = "
    ALTER TABLE run ADD COLUMN acts INTEGER NOT NULL DEFAULT 1 CHECK (acts IN (0, 1));
";

/// What is in the file, before anything is done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Nothing: the file was just made.
    Nothing,
    Foreign,
    Version(i64),
}

pub(super) fn content(connection: &Connection) -> rusqlite::Result<Content> {
    // One look at all three: another process may be making the tables right now.
    let look = connection.unchecked_transaction()?;
    let tables: i64 = look.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application: i64 = pragma(&look, "application_id")?;
    let version: i64 = pragma(&look, "user_version")?;
    look.finish()?;
    Ok(match (application, version, tables) {
        (0, 0, 0) => Content::Nothing,
        (APPLICATION, version, _) => Content::Version(version),
        _ => Content::Foreign,
    })
}

/// What `PRAGMA quick_check` finds wrong: the first line of it.
pub(super) fn damage(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let said: String = pragma(connection, "quick_check(1)")?;
    if said != "ok" {
        return Ok(Some(said));
    }
    let orphan = connection
        .query_row("PRAGMA foreign_key_check", [], |row| row.get::<_, Option<i64>>(1))
        .optional()?;
    Ok(orphan.map(|number| format!("event {number:?} belongs to no run")))
}

/// Every commit is on the disk before it returns. Answers with what the file system made of it.
pub(super) fn be_careful(connection: &Connection) -> rusqlite::Result<Result<(), String>> {
    let mode: String = pragma(connection, "journal_mode = WAL")?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA recursive_triggers = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;",
    )?;
    let synchronous: i64 = pragma(connection, "synchronous")?;
    let is_careful = mode == "wal" && synchronous == 2;
    Ok(is_careful
        .then_some(())
        .ok_or_else(|| format!("journal mode {mode}, synchronous {synchronous}")))
}

/// Brings the tables from one version to the newest that the steps know: all of it or nothing.
pub(super) fn migrate(
    connection: &mut Connection,
    from: i64,
    steps: &[&str],
) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = usize::try_from(from).unwrap_or_default();
    for step in steps.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", steps.len().cast_signed())?;
    transaction.commit()
}

/// How many events there are: none is ever deleted, so the last number is their count.
pub(super) fn count(connection: &Connection) -> rusqlite::Result<u64> {
    let count: i64 = connection
        .prepare_cached("SELECT coalesce(max(number), 0) FROM event")?
        .query_row([], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

fn pragma<T: rusqlite::types::FromSql>(connection: &Connection, name: &str) -> rusqlite::Result<T> {
    connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))
}
