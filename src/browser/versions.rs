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
     macOS: brew install chromedriver), get one with rescind doctor --install, or name it with \
     browser.driver in the config";
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

/// A program and what it says of itself.
#[derive(Clone, Debug)]
pub struct Program {
    pub path: PathBuf,
    pub name: String,
    pub version: String,
}

/// Where the two are looked for before the usual places.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    pub browser: Option<&'a Path>,
    pub driver: Option<&'a Path>,
    /// A driver that was installed for rescind: taken when that on the PATH is missing or of another
    /// major version than the browser.
    pub installed: Option<&'a Path>,
}

/// What was found of the two, each by itself.
#[derive(Debug)]
pub struct Looked {
    pub browser: Result<Program, StartError>,
    pub driver: Result<Program, StartError>,
}

impl Looked {
    /// The two, if they fit each other.
    ///
    /// # Errors
    /// One is missing, cannot be run, or their major versions differ.
    pub fn pair(self) -> Result<Pair, StartError> {
        let driver = self.driver?;
        let browser = self.browser?;
        if !driver.fits(&browser) {
            return Err(StartError::Versions {
                driver: driver.version,
                browser_name: browser.name,
                browser: browser.version,
            });
        }
        Ok(Pair {
            browser: browser.path,
            browser_version: browser.version,
            driver: driver.path,
            driver_version: driver.version,
        })
    }
}

impl Program {
    /// Whether a driver can drive this browser, or the other way round: their majors are equal.
    pub fn fits(&self, other: &Self) -> bool {
        major(&self.version) == major(&other.version)
    }
}

/// Looks for both: config first, then `$CHROMEDRIVER`, then the PATH, then what was installed.
pub async fn look(wanted: Wanted<'_>) -> Looked {
    let browser = locate_browser(wanted.browser);
    let mut places = match locate_drivers(wanted) {
        Ok(places) => places.into_iter(),
        Err(error) => return Looked { browser: ask(browser).await, driver: Err(error) },
    };
    let first = places.next().ok_or_else(no_driver);
    let (browser, mut driver) = tokio::join!(ask(browser), ask(first));
    for place in places {
        let Ok(browser) = &browser else { break };
        if driver.as_ref().is_ok_and(|driver| driver.fits(browser)) {
            break;
        }
        let other = program(&place).await;
        if other.as_ref().is_ok_and(|other| other.fits(browser)) {
            driver = other;
        }
    }
    Looked { browser, driver }
}

async fn ask(place: Result<PathBuf, StartError>) -> Result<Program, StartError> {
    program(&place?).await
}

fn locate_drivers(wanted: Wanted) -> Result<Vec<PathBuf>, StartError> {
    let from_env = std::env::var_os("CHROMEDRIVER").map(PathBuf::from);
    if let Some(named) = wanted.driver.map(Path::to_path_buf).or(from_env) {
        return Ok(vec![named_program(named, "chromedriver", GET_DRIVER)?]);
    }
    let installed = wanted.installed.filter(|path| path.is_file()).map(Path::to_path_buf);
    let places: Vec<_> = on_path(&["chromedriver"]).into_iter().chain(installed).collect();
    if places.is_empty() { Err(no_driver()) } else { Ok(places) }
}

fn no_driver() -> StartError {
    StartError::Missing { what: "chromedriver", hint: GET_DRIVER.into() }
}

fn locate_browser(named: Option<&Path>) -> Result<PathBuf, StartError> {
    if let Some(named) = named {
        return named_program(named.to_path_buf(), "the browser", GET_BROWSER);
    }
    on_path(&BROWSERS)
        .or_else(|| BROWSER_PLACES.iter().map(PathBuf::from).find(|place| place.is_file()))
        .ok_or(StartError::Missing {
            what: "a Chromium or Chrome browser",
            hint: GET_BROWSER.into(),
        })
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

/// Asks a program for its name and version.
///
/// # Errors
/// It cannot be run, or says no version within 10 s.
pub async fn program(path: &Path) -> Result<Program, StartError> {
    let asked = Command::new(path)
        .arg("--version")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output();
    let failed = |why: String| StartError::Failed(format!("{} --version: {why}", path.display()));
    let output = tokio::time::timeout(Duration::from_secs(10), asked)
        .await
        .map_err(|_| failed("no answer within 10 s".into()))?
        .map_err(|error| failed(error.to_string()))?;
    let (name, version) = read_version(&String::from_utf8_lossy(&output.stdout))
        .ok_or_else(|| failed("its answer holds no version".into()))?;
    Ok(Program { path: path.to_owned(), name, version })
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
