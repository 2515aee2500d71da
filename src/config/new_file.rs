//! A config file that was not there before, readable by its owner alone.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::keep_file::{folder, replace, target, write};
use super::{ConfigError, SCHEMA_FILE, schema};

/// What becomes of a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    Stays,
    IsReplaced,
}

/// Whether a file is the schema of some release of this program.
const MARK: &str = "\"title\": \"rescind: config.toml\"";

/// Writes a config and, beside it, the schema for editors. Each is there whole or not at all.
/// Returns whether the schema was written: another file of its name is left alone.
///
/// # Errors
/// There is a file already, or it cannot be written.
pub fn write_new(path: &Path, text: &str, existing: Existing) -> Result<bool, ConfigError> {
    let file = path.display().to_string();
    let failed = |error: std::io::Error| unwritable(&file, &error);
    refuse_existing(path, existing)?;
    // A link that leads somewhere is followed, so that the file it leads to is replaced.
    let target = target(path).or_else(|_| std::path::absolute(path)).map_err(failed)?;
    let written = write(&target, None, text).map_err(failed)?;
    match existing {
        Existing::IsReplaced => replace(written, &target).map_err(failed)?,
        Existing::Stays => {
            written.persist_noclobber(&target).map_err(|error| match error.error.kind() {
                ErrorKind::AlreadyExists => there_already(path),
                _ => failed(error.error),
            })?;
        }
    }
    let schema_file = folder(&target).join(SCHEMA_FILE);
    let is_ours = match fs::read_to_string(&schema_file) {
        Ok(text) => text.contains(MARK),
        Err(error) => error.kind() == ErrorKind::NotFound,
    };
    if is_ours {
        let written = write(&schema_file, None, &schema());
        written
            .and_then(|written| replace(written, &schema_file))
            .map_err(|error| unwritable(&schema_file.display().to_string(), &error))?;
    }
    Ok(is_ours)
}

/// Refuses a place where something is already, so that nobody is asked for nothing.
///
/// # Errors
/// There is a file, a link or a folder, and it is to stay; or a folder in any case.
pub fn refuse_existing(path: &Path, existing: Existing) -> Result<(), ConfigError> {
    if path.is_dir() {
        let refused = ConfigError::of_file(&path.display().to_string(), "is a directory");
        return Err(refused.with_hint("name the file in it"));
    }
    match existing {
        Existing::Stays if path.symlink_metadata().is_ok() => Err(there_already(path)),
        _ => Ok(()),
    }
}

fn unwritable(file: &str, error: &std::io::Error) -> ConfigError {
    ConfigError::of_file(file, format!("cannot be written: {error}"))
}

fn there_already(path: &Path) -> ConfigError {
    ConfigError::of_file(&path.display().to_string(), "is there already, and stays as it is")
        .with_hint("change it in an editor, or replace it with --force")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[track_caller]
    fn is_private(path: &Path) {
        let mode = fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert!(mode == 0o600 || (path.is_dir() && mode == 0o700), "{path:?} {mode:o}");
    }

    #[test]
    fn a_new_config_is_its_owners_alone_and_has_its_schema_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("rescind").join("config.toml");
        assert_eq!(write_new(&path, "# mine\n", Existing::Stays), Ok(true));
        assert_eq!(fs::read_to_string(&path).unwrap(), "# mine\n");
        let schema_file = path.with_file_name(SCHEMA_FILE);
        assert!(fs::read_to_string(&schema_file).unwrap().contains(MARK));
        [&*path, &schema_file, path.parent().unwrap()].into_iter().for_each(is_private);
    }

    #[test]
    fn a_file_that_is_there_stays_unless_it_is_to_be_replaced() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        fs::write(&path, "old").unwrap();
        fs::write(home.path().join(SCHEMA_FILE), "{}").unwrap();
        let refused = write_new(&path, "new", Existing::Stays).unwrap_err();
        assert!(refused.to_string().contains("is there already"), "{refused}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(write_new(&path, "new", Existing::IsReplaced), Ok(false));
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_to_string(home.path().join(SCHEMA_FILE)).unwrap(), "{}");
        is_private(&path);
        let folder = write_new(home.path(), "new", Existing::IsReplaced).unwrap_err();
        assert!(folder.to_string().contains("is a directory"), "{folder}");
    }

    #[test]
    fn a_link_is_followed_and_one_that_leads_nowhere_is_something_too() {
        let home = tempfile::tempdir().unwrap();
        let (link, real) = (home.path().join("link.toml"), home.path().join("real.toml"));
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert!(write_new(&link, "new", Existing::Stays).is_err());
        fs::write(&real, "old").unwrap();
        assert_eq!(write_new(&link, "new", Existing::IsReplaced), Ok(true));
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        assert!(link.is_symlink());
    }
}
