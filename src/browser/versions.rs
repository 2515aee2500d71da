//! Finding browser and driver, and comparing their versions before anything starts.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::browser::error::StartError;
use crate::browser::places::{self, Platform};
use crate::domain::browser_kind::{BrowserKind, Fit};

/// A browser and the driver that can drive it.
#[derive(Clone, Debug)]
pub struct Pair {
    pub kind: BrowserKind,
    pub browser: PathBuf,
    pub browser_version: String,
    pub driver: PathBuf,
    pub driver_version: String,
}

/// A program and what it says of itself.
#[derive(Clone, Debug)]
pub struct Program {
    /// Where it is; of a browser that is attached to, its address.
    pub path: PathBuf,
    pub name: String,
    pub version: String,
}

/// Where the two are looked for before the usual places.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    pub kind: BrowserKind,
    pub browser: Option<&'a Path>,
    pub driver: Option<&'a Path>,
    /// A driver that was installed for rescind: taken when that on the PATH is missing or does not fit
    /// the browser.
    pub installed: Option<&'a Path>,
}

/// What was found of the two, each by itself.
#[derive(Debug)]
pub struct Looked {
    pub kind: BrowserKind,
    pub browser: Result<Program, StartError>,
    pub driver: Result<Program, StartError>,
}

impl Looked {
    /// The two, if they fit each other as far as their versions tell.
    ///
    /// # Errors
    /// One is missing, cannot be run, or the driver can't drive that browser.
    pub fn pair(self) -> Result<Pair, StartError> {
        let driver = self.driver?;
        let browser = self.browser?;
        check(self.kind, &driver, &browser)?;
        Ok(Pair {
            kind: self.kind,
            browser: browser.path,
            browser_version: browser.version,
            driver: driver.path,
            driver_version: driver.version,
        })
    }
}

/// Whether a driver can drive a browser, as far as their versions tell.
///
/// # Errors
/// It can't.
pub fn check(kind: BrowserKind, driver: &Program, browser: &Program) -> Result<Fit, StartError> {
    match kind.fit(&driver.version, &browser.version) {
        Fit::Not(why) => Err(StartError::Versions {
            kind,
            driver: driver.version.clone(),
            browser_name: browser.name.clone(),
            browser: browser.version.clone(),
            why,
        }),
        fit => Ok(fit),
    }
}

/// Looks for both: config first, then the driver's variable, then the PATH, the usual places, and what
/// was installed.
pub async fn look(wanted: Wanted<'_>) -> Looked {
    let browser = ask_browser(wanted.kind, locate_browser(wanted));
    look_for_driver(wanted, browser).await
}

/// As [`look`], for a browser that is found in another way.
pub async fn look_for_driver(
    wanted: Wanted<'_>,
    browser: impl Future<Output = Result<Program, StartError>>,
) -> Looked {
    let Wanted { kind, .. } = wanted;
    let mut places = match locate_drivers(wanted) {
        Ok(places) => places.into_iter(),
        Err(error) => return Looked { kind, browser: browser.await, driver: Err(error) },
    };
    let first = places.next().ok_or_else(|| no_driver(kind));
    let (browser, mut driver) = tokio::join!(browser, ask(first));
    for place in places {
        let Ok(browser) = &browser else { break };
        if driver.as_ref().is_ok_and(|driver| check(kind, driver, browser).is_ok()) {
            break;
        }
        let other = program(&place).await;
        if other.as_ref().is_ok_and(|other| check(kind, other, browser).is_ok()) {
            driver = other;
        }
    }
    Looked { kind, browser, driver }
}

async fn ask(place: Result<PathBuf, StartError>) -> Result<Program, StartError> {
    program(&place?).await
}

/// A browser of another driver's kind is named instead of being started in vain.
async fn ask_browser(
    kind: BrowserKind,
    place: Result<PathBuf, StartError>,
) -> Result<Program, StartError> {
    let browser = ask(place).await?;
    match BrowserKind::of_name(&browser.name) {
        Some(real) if real.driver() != kind.driver() => {
            Err(StartError::OtherKind { place: browser.path, name: browser.name, kind, real })
        }
        _ => Ok(browser),
    }
}

fn locate_drivers(wanted: Wanted) -> Result<Vec<PathBuf>, StartError> {
    let Wanted { kind, .. } = wanted;
    let from_env = std::env::var_os(kind.driver_variable()).map(PathBuf::from);
    if let Some(named) = wanted.driver.map(Path::to_path_buf).or(from_env) {
        return named_program(named).map(|place| vec![place]).map_err(|why| StartError::Missing {
            what: kind.driver().to_owned(),
            hint: format!("{why}; {}", get_driver(kind)),
        });
    }
    let mut usual = places::driver(kind, Platform::HERE, &variable).into_iter();
    let usual = usual.find(|place| place.is_file());
    let installed = wanted.installed.filter(|path| path.is_file()).map(Path::to_path_buf);
    let found: Vec<PathBuf> = usual.into_iter().chain(installed).collect();
    if found.is_empty() { Err(no_driver(kind)) } else { Ok(found) }
}

fn no_driver(kind: BrowserKind) -> StartError {
    StartError::Missing { what: kind.driver().to_owned(), hint: get_driver(kind) }
}

fn locate_browser(wanted: Wanted) -> Result<PathBuf, StartError> {
    let Wanted { kind, .. } = wanted;
    if let Some(named) = wanted.browser {
        return named_program(named.to_path_buf()).map_err(|why| StartError::Missing {
            what: "the browser".to_owned(),
            hint: format!("{why}; {}", get_browser(kind)),
        });
    }
    let mut usual = places::browser(kind, Platform::HERE, &variable).into_iter();
    usual.find(|place| place.is_file()).ok_or_else(|| StartError::Missing {
        what: format!("a {kind} browser"),
        hint: get_browser(kind),
    })
}

/// How to come by a driver without our help.
pub fn by_hand(kind: BrowserKind) -> &'static str {
    match kind {
        BrowserKind::Firefox => {
            "install geckodriver (cargo install geckodriver; macOS: brew install geckodriver)"
        }
        BrowserKind::Edge => "install Microsoft's msedgedriver of Edge's version",
        _ => {
            "install it (Debian, Ubuntu: apt-get install chromium chromium-driver; macOS: brew install \
             chromedriver)"
        }
    }
}

fn get_driver(kind: BrowserKind) -> String {
    let by_hand = by_hand(kind);
    format!(
        "{by_hand}, get one with rescind doctor --install, or name it with browser.driver in the config"
    )
}

fn get_browser(kind: BrowserKind) -> String {
    let package = match kind {
        BrowserKind::Chromium => " (Debian, Ubuntu: apt-get install chromium)",
        BrowserKind::Firefox => " (Debian: apt-get install firefox-esr; Ubuntu: firefox)",
        _ => "",
    };
    format!("install {kind}{package}, or name it with browser.binary in the config")
}

/// A file, or a bare name on the PATH; else why not.
fn named_program(path: PathBuf) -> Result<PathBuf, String> {
    if path.is_file() {
        return Ok(path);
    }
    let bare = path.components().count() == 1;
    let name = path.to_str().filter(|_| bare);
    let mut on_path =
        name.into_iter().flat_map(|name| places::named(name, Platform::HERE, &variable));
    on_path
        .find(|place| place.is_file())
        .ok_or_else(|| format!("{} does not exist", path.display()))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
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
    let line = answer.lines().find(|line| !line.trim().is_empty())?;
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
        check("Mozilla Firefox 153.7.0esr\n", Some(("Mozilla Firefox", "153.7.0esr")));
        check("geckodriver 0.37.1\n\nThe source code\n", Some(("geckodriver", "0.37.1")));
        check("no version", None);
        check("", None);
    }
}
