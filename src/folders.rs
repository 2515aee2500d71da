//! Folders and files that hold personal data: open to their owner and to nobody else.
//!
//! The browser profile is as good as a password, and the journal lists people. What is created
//! here is private whatever the umask; what is found and is not private is refused, as ssh does.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use thiserror::Error;

/// What tells back-up programs to pass a folder over (bford.info/cachedir).
const CACHE_TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n\
    # This folder holds a browser profile of rescind: a signed-in session. Don't back it up.\n";

/// Why a folder or a file in it can't be trusted with personal data.
#[derive(Debug, Error)]
pub enum FolderError {
    #[error("{} is a symbolic link", .0.display())]
    Symlink(PathBuf),
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
    #[error("{} is not a regular file", .0.display())]
    NotAFile(PathBuf),
    #[error("{} belongs to another user (uid {owner})", .path.display())]
    ForeignOwner { path: PathBuf, owner: u32 },
    #[error("{} is open to other users (mode {mode:03o})", .path.display())]
    TooOpen { path: PathBuf, mode: u32, needed: u32 },
    #[error("cannot {doing} {}", .path.display())]
    Io { doing: &'static str, path: PathBuf, source: io::Error },
}

impl FolderError {
    /// What the person can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Symlink(path) => format!(
                "name the real place with --state-dir or --profile, or remove the link {}",
                path.display()
            ),
            Self::NotAFolder(path) | Self::NotAFile(path) => {
                format!("move {} out of the way", path.display())
            }
            Self::ForeignOwner { .. } => {
                "run rescind as the user that the folder belongs to, or choose another with \
                 --state-dir or --profile"
                    .to_owned()
            }
            Self::TooOpen { path, needed, .. } => {
                format!("close it: chmod {needed:03o} '{}'", path.display())
            }
            Self::Io { path, source, .. } => match source.kind() {
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => format!(
                    "make {} writable for you, or choose another place with --state-dir or \
                     --profile",
                    path.display()
                ),
                ErrorKind::StorageFull => "free some space on the disk".to_owned(),
                _ => "see to the cause, or choose another place with --state-dir or --profile"
                    .to_owned(),
            },
        }
    }
}

/// Makes sure of a folder that only its owner can enter: creates it, and each missing parent, with
/// mode 0700; refuses one that is there and is not private. Returns its real path.
pub fn private_dir(path: &Path) -> Result<PathBuf, FolderError> {
    private_dir_of(path, std::env::home_dir().as_deref())
}

/// As `private_dir`, but creates nothing; `None` when there is no such folder.
pub fn existing_private_dir(path: &Path) -> Result<Option<PathBuf>, FolderError> {
    existing_private_dir_of(path, std::env::home_dir().as_deref())
}

/// Looks at a file without opening it; `None` when it isn't there, an error when it isn't private.
pub fn existing_private_file(path: &Path) -> Result<Option<Metadata>, FolderError> {
    let Some(found) = look_at(path)? else {
        return Ok(None);
    };
    check_file(path, &found)?;
    Ok(Some(found))
}

/// Opens a private file for reading and writing and creates it, with mode 0600, if need be.
pub fn open_private_file(path: &Path) -> Result<File, FolderError> {
    // Looked at before, so that a planted pipe or link gets a clear sentence; and once more when
    // it is open, in case it was exchanged in between.
    let is_new = existing_private_file(path)?.is_none();
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed())
        .open(path)
        .map_err(|source| failed("open", path, source))?;
    if is_new {
        file.set_permissions(Permissions::from_mode(0o600))
            .map_err(|source| failed("set the mode of", path, source))?;
    }
    let found = file.metadata().map_err(|source| failed("look at", path, source))?;
    check_file(path, &found)?;
    Ok(file)
}

/// Makes the names in a folder durable.
pub fn sync_dir(path: &Path) -> Result<(), FolderError> {
    File::open(path)
        .and_then(|dir| dir.sync_all())
        .map_err(|source| failed("write to", path, source))
}

/// Marks a folder as one that back-up programs should pass over.
pub fn tag_as_cache(dir: &Path) -> Result<(), FolderError> {
    let path = dir.join("CACHEDIR.TAG");
    if existing_private_file(&path)?.is_some_and(|found| found.len() > 0) {
        return Ok(());
    }
    let mut file = open_private_file(&path)?;
    io::Write::write_all(&mut file, CACHE_TAG.as_bytes())
        .map_err(|source| failed("write", &path, source))
}

fn private_dir_of(path: &Path, home: Option<&Path>) -> Result<PathBuf, FolderError> {
    let path = absolute(path)?;
    refuse_links(&path, home)?;
    let mut missing: Vec<_> = Vec::new();
    for dir in path.ancestors() {
        if look_at(dir)?.is_some() {
            break;
        }
        missing.push(dir);
    }
    for dir in missing.into_iter().rev() {
        create_private_dir(dir)?;
    }
    existing_private_dir_of(&path, home)?.ok_or(FolderError::NotAFolder(path))
}

fn existing_private_dir_of(
    path: &Path,
    home: Option<&Path>,
) -> Result<Option<PathBuf>, FolderError> {
    let path = absolute(path)?;
    refuse_links(&path, home)?;
    let Some(found) = look_at(&path)? else {
        return Ok(None);
    };
    if !found.is_dir() {
        return Err(FolderError::NotAFolder(path));
    }
    check_private(&path, &found, 0o700)?;
    fs::canonicalize(&path).map(Some).map_err(|source| failed("find", &path, source))
}

fn create_private_dir(dir: &Path) -> Result<(), FolderError> {
    match DirBuilder::new().mode(0o700).create(dir) {
        // Another process was quicker: what it made is checked like anything found.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(()),
        made => made.map_err(|source| failed("create", dir, source))?,
    }
    // A umask can take away from the mode, though never add to it.
    fs::set_permissions(dir, Permissions::from_mode(0o700))
        .map_err(|source| failed("set the mode of", dir, source))
}

/// No part of the path below the home folder may be a link, and the folder itself never.
fn refuse_links(path: &Path, home: Option<&Path>) -> Result<(), FolderError> {
    let below_home = |dir: &&Path| home.is_some_and(|home| *dir != home && dir.starts_with(home));
    let parents = path.ancestors().skip(1).take_while(below_home);
    for dir in std::iter::once(path).chain(parents) {
        if look_at(dir)?.is_some_and(|found| found.is_symlink()) {
            return Err(FolderError::Symlink(dir.to_owned()));
        }
    }
    Ok(())
}

fn check_file(path: &Path, found: &Metadata) -> Result<(), FolderError> {
    if found.is_symlink() {
        return Err(FolderError::Symlink(path.to_owned()));
    }
    if !found.is_file() {
        return Err(FolderError::NotAFile(path.to_owned()));
    }
    check_private(path, found, 0o600)
}

fn check_private(path: &Path, found: &Metadata, needed: u32) -> Result<(), FolderError> {
    let path = path.to_owned();
    if found.uid() != rustix::process::geteuid().as_raw() {
        let owner = found.uid();
        return Err(FolderError::ForeignOwner { path, owner });
    }
    let mode = found.mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(FolderError::TooOpen { path, mode, needed });
    }
    Ok(())
}

/// What is there, links not followed; `None` for nothing.
fn look_at(path: &Path) -> Result<Option<Metadata>, FolderError> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(failed("look at", path, source)),
    }
}

fn absolute(path: &Path) -> Result<PathBuf, FolderError> {
    // Without a trailing slash, which would make the system follow a link.
    std::path::absolute(path)
        .map(|path| path.components().collect())
        .map_err(|source| failed("find", path, source))
}

fn failed(doing: &'static str, path: &Path, source: io::Error) -> FolderError {
    let path = path.to_owned();
    FolderError::Io { doing, path, source }
}

#[cfg(test)]
mod tests;
