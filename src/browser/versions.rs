//! Finding browser and driver, and comparing their versions before anything starts.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::browser::error::StartError;

/// Names under which a Chromium is installed, in the order of preference.
const BROWSERS: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Usual places that are not on the PATH.
const BROWSER_PLACES: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const GET_DRIVER: &str = "install it (Debian, Ubuntu: apt-get install chromium chromium-driver; \
     macOS: brew install chromedriver), or name it with browser.driver in the config";
const GET_BROWSER: &str = "install Chromium or Google Chrome (Debian, Ubuntu: apt-get install \
     chromium), or name it with browser.binary in the config";

/// A browser and the driver that can drive it.
#[derive(Clone, Debug)]
pub struct Pair {
    pub browser: PathBuf,
    pub browser_version: String,
    pub driver: PathBuf,
    pub driver_version: String,
}

/// Finds both (config first, then `$CHROMEDRIVER`, then the PATH) and compares majors.
///
/// # Errors
/// One is missing, cannot be run, or the two do not fit each other.
pub async fn find(browser: Option<&Path>, driver: Option<&Path>) -> Result<Pair, StartError> {
    let from_env = std::env::var_os("CHROMEDRIVER").map(PathBuf::from);
    let driver = match driver.map(Path::to_path_buf).or(from_env) {
        Some(named) => named_program(named, "chromedriver", GET_DRIVER)?,
        None => on_path(&["chromedriver"])
            .ok_or(StartError::Missing { what: "chromedriver", hint: GET_DRIVER.into() })?,
    };
    let browser = match browser {
        Some(named) => named_program(named.to_path_buf(), "the browser", GET_BROWSER)?,
        None => on_path(&BROWSERS)
            .or_else(|| BROWSER_PLACES.iter().map(PathBuf::from).find(|place| place.is_file()))
            .ok_or(StartError::Missing {
                what: "a Chromium or Chrome browser",
                hint: GET_BROWSER.into(),
            })?,
    };
    let (driver_said, browser_said) = tokio::join!(version_of(&driver), version_of(&browser));
    let (_, driver_version) = driver_said?;
    let (browser_name, browser_version) = browser_said?;
    if major(&driver_version) != major(&browser_version) {
        return Err(StartError::Versions {
            driver: driver_version,
            browser_name,
            browser: browser_version,
        });
    }
    Ok(Pair { browser, browser_version, driver, driver_version })
}

fn named_program(path: PathBuf, what: &'static str, hint: &str) -> Result<PathBuf, StartError> {
    if path.is_file() {
        return Ok(path);
    }
    let bare = path.components().count() == 1;
    let found = path.to_str().filter(|_| bare).and_then(|name| on_path(&[name]));
    found.ok_or_else(|| StartError::Missing {
        what,
        hint: format!("{} does not exist; {hint}", path.display()),
    })
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders.iter().map(|folder| folder.join(&file)).find(|program| program.is_file())
    })
}

/// Asks a program for its version: (its name, `156.0.8078.73`).
async fn version_of(program: &Path) -> Result<(String, String), StartError> {
    let asked = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output();
    let failed =
        |why: String| StartError::Failed(format!("{} --version: {why}", program.display()));
    let output = tokio::time::timeout(Duration::from_secs(10), asked)
        .await
        .map_err(|_| failed("no answer within 10 s".into()))?
        .map_err(|error| failed(error.to_string()))?;
    read_version(&String::from_utf8_lossy(&output.stdout))
        .ok_or_else(|| failed("its answer holds no version".into()))
}

fn read_version(answer: &str) -> Option<(String, String)> {
    let line = answer.lines().next()?;
    let mut name = Vec::new();
    for word in line.split_whitespace() {
        let version = word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.');
        if version {
            return Some((name.join(" "), word.to_owned()));
        }
        name.push(word);
    }
    None
}

fn major(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(answer: &str, expected: Option<(&str, &str)>) {
        let read = read_version(answer);
        assert_eq!(read.as_ref().map(|(n, v)| (n.as_str(), v.as_str())), expected);
    }

    #[test]
    fn versions_are_read_from_what_the_programs_print() {
        check(
            "ChromeDriver 156.0.8078.73 (abc-refs/x@{#1})\n",
            Some(("ChromeDriver", "156.0.8078.73")),
        );
        check("Google Chrome 156.0.1.2 \n", Some(("Google Chrome", "156.0.1.2")));
        check("Chromium 156.0.8078.73 built on Debian\n", Some(("Chromium", "156.0.8078.73")));
        check("no version", None);
        check("", None);
    }
}
