//! Files that a person asked for: whole or not at all, and for their owner only. A pipe or a terminal
//! that was named is written into, and a link stays one.

use std::fs::OpenOptions;
use std::io::{Error, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::cli::Global;
use crate::commands::opened;
use crate::exit::{Exit, Failure};
use crate::folders;
use crate::terminal::{open, output};

/// Whether a file can be written there, before a long walk that would end in nothing. `option` is
/// where the person named it.
///
/// # Errors
/// It is a folder, or its folder is missing or may not be written to.
pub fn check(path: Option<&Path>, option: &str) -> Result<(), Failure> {
    let Some(path) = path else { return Ok(()) };
    if path.is_dir() {
        return Err(unwritable(path, option, &Error::from(ErrorKind::IsADirectory)));
    }
    if is_stream(path) {
        return Ok(());
    }
    unfinished(&target(path)).map(drop).map_err(|error| unwritable(path, option, &error))
}

/// Writes the file. `option` is where the person named it.
///
/// # Errors
/// As for `check`, or the disk.
pub fn write(path: &Path, text: &str, option: &str) -> Result<(), Failure> {
    put(path, text).map_err(|error| unwritable(path, option, &error))
}

/// Where a page lies that is opened and not named: among rescind's own records, where only its owner
/// can read it.
///
/// # Errors
/// That folder is not private.
pub fn unnamed(global: &Global, name: &str) -> Result<PathBuf, Failure> {
    let folder = folders::private_dir(&opened::state_dir(global)?);
    Ok(folder.map_err(|error| opened::folder_failure(&error))?.join(name))
}

/// Shows a page in the person's own browser. `named` is the name that it would have elsewhere, where
/// it lies among rescind's own records.
///
/// # Errors
/// No browser could be started.
pub fn show(global: &Global, file: &Path, named: Option<&str>) -> Result<(), Failure> {
    open::open_file(file).map_err(|sentence| {
        Failure::new(Exit::Failed, sentence).hint("open that file in a browser by hand")
    })?;
    output::say(global, &format!("opened {}", file.display()));
    if let Some(name) = named {
        // Browsers from a store (snap, flatpak) see no hidden folders.
        let words = format!("note: if your browser may not read it there: --output {name}");
        output::say(global, &words);
    }
    Ok(())
}

fn put(path: &Path, text: &str) -> Result<(), Error> {
    if is_stream(path) {
        return OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes());
    }
    let path = target(path);
    let mut file = unfinished(&path)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// Whether something stands there that is neither a file nor a folder.
fn is_stream(path: &Path) -> bool {
    path.metadata().is_ok_and(|there| !there.is_file() && !there.is_dir())
}

/// Where the file lies that a link leads to.
fn target(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// A file beside the place, which goes away unless it is put there.
fn unfinished(path: &Path) -> Result<NamedTempFile, Error> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    tempfile::Builder::new().prefix(".rescind-").tempfile_in(folder.unwrap_or(Path::new(".")))
}

fn unwritable(path: &Path, option: &str, error: &Error) -> Failure {
    // What is not there is named by the path; the name of the unfinished file tells nobody.
    let why = match error.kind() {
        ErrorKind::NotFound => "there is no such folder".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::PermissionDenied => "its folder may not be written to".to_owned(),
        _ => error.to_string(),
    };
    Failure::new(Exit::Failed, format!("cannot write {}: {why}", path.display()))
        .hint(format!("choose another place with {option}"))
}
