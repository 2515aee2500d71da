//! Where the config is, and reading it with bounds.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::{Config, ConfigError, Site};

/// More is no config that a person wrote.
const MOST_BYTES: u64 = 1 << 20;

impl Config {
    /// The config of this file, else of the default file; without one, the defaults.
    pub fn load(explicit: Option<&Path>) -> Result<Self, ConfigError> {
        Self::load_for(None, explicit)
    }

    /// As [`Config::load`], for the site of `--site`.
    pub fn load_for(site: Option<&Site>, explicit: Option<&Path>) -> Result<Self, ConfigError> {
        match Self::locate(explicit)? {
            Some(path) => Self::parse_for(site, &read(&path)?, &path.display().to_string()),
            None => Self::parse_for(site, "", "the defaults"),
        }
    }

    /// Which file [`Config::load`] reads; `None` when nothing is at the default path.
    pub fn locate(explicit: Option<&Path>) -> Result<Option<PathBuf>, ConfigError> {
        if let Some(path) = explicit {
            return Ok(Some(path.to_owned()));
        }
        if_present(Self::default_path()?)
    }

    /// `$XDG_CONFIG_HOME/rescind/config.toml`, or the platform's own place.
    pub fn default_path() -> Result<PathBuf, ConfigError> {
        match etcetera::choose_base_strategy() {
            Ok(places) => Ok(places.config_dir().join("rescind").join("config.toml")),
            Err(_) => Err(ConfigError::of_file("config", "your home directory is not known")
                .with_hint("set HOME, or give the file with --config FILE")),
        }
    }
}

fn if_present(path: PathBuf) -> Result<Option<PathBuf>, ConfigError> {
    match path.symlink_metadata() {
        // A link that leads nowhere is there: whoever made it meant a file to be read.
        Ok(_) => Ok(Some(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(&path, &error)),
    }
}

pub(super) fn read(path: &Path) -> Result<String, ConfigError> {
    let refuse = |why: &str| ConfigError::of_file(&path.display().to_string(), why);
    let trouble = |error: io::Error| unreadable(path, &error);
    if fs::metadata(path).map_err(trouble)?.is_dir() {
        return Err(refuse("is a directory").with_hint("name the file in it"));
    }
    let mut bytes = Vec::new();
    let mut file = File::open(path).map_err(trouble)?.take(MOST_BYTES + 1);
    file.read_to_end(&mut bytes).map_err(trouble)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(refuse("is over 1 MiB, which no config needs"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].split(|byte| *byte == b'\n').count();
        refuse(&format!("line {line} is not UTF-8")).with_hint("save the file as UTF-8")
    })
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> ConfigError {
    let file = path.display().to_string();
    let refuse = |why: &str| ConfigError::of_file(&file, why);
    match error.kind() {
        io::ErrorKind::NotFound => refuse("there is no such file")
            .with_hint("`rescind config init` writes a config with every setting explained"),
        io::ErrorKind::PermissionDenied => refuse("you may not read this file"),
        _ => refuse(&format!("cannot be read: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a file with these bytes.
    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, bytes).unwrap();
        check_path(&path, expected);
    }

    #[track_caller]
    fn check_path(path: &Path, expected: &str) {
        let said = match Config::load(Some(path)) {
            Ok(config) => format!("headless: {}", config.browser.headless),
            Err(error) => format!("{error} ({})", error.hint().unwrap_or_default()),
        };
        assert!(said.contains(expected), "{said}");
    }

    #[test]
    fn a_file_is_read() {
        check(b"[browser]\nheadless = true", "headless: true");
        check(b"\xef\xbb\xbf[browser]\nheadless = true", "headless: true");
        check(b"[browser]\r\nheadless = true\r\n", "headless: true");
        check(b"", "headless: false");
    }

    #[test]
    fn u1_a_file_that_is_no_text_is_refused_with_its_line() {
        check(b"# one\n# tw\xff\n", "line 2 is not UTF-8 (save the file as UTF-8)");
        check(b"\xff\xfe[\0", "line 1 is not UTF-8");
    }

    #[test]
    fn u1_a_huge_file_is_refused() {
        check(&vec![b'#'; 10 << 20], "is over 1 MiB");
        check(&vec![b'#'; 1 << 20], "headless: false");
    }

    #[test]
    fn a_file_that_was_asked_for_must_be_there() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("nothing.toml");
        check_path(&missing, "nothing.toml: there is no such file (`rescind config init`");
        check_path(folder.path(), "is a directory");
        let broken = folder.path().join("link.toml");
        std::os::unix::fs::symlink(&missing, &broken).unwrap();
        check_path(&broken, "there is no such file");
    }

    #[test]
    fn u5_only_a_default_file_that_is_not_there_means_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("rescind").join("config.toml");
        assert_eq!(if_present(missing.clone()), Ok(None));
        let broken = folder.path().join("link.toml");
        std::os::unix::fs::symlink(&missing, &broken).unwrap();
        assert_eq!(if_present(broken.clone()), Ok(Some(broken)));
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(if_present(file.join("config.toml")).is_err());
    }
}
