//! A driver of the browser's own version, through Selenium's selenium-manager: a program of its own
//! that is run only when the person asks for it, since it fetches from the internet.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde::Deserialize;
use tokio::process::Command;

use super::findings::Findings;
use super::programs::fit;
use crate::browser::versions::{self, Looked, Program};
use crate::cli::Global;
use crate::commands::{opened, programs};
use crate::config::Config;
use crate::domain::browser_kind::BrowserKind;
use crate::exit::{Exit, Failure};
use crate::folders;

/// As long as selenium-manager itself waits for the network.
const PATIENCE: Duration = Duration::from_secs(300);

const GET_IT: &str = "it comes with Selenium: pip install selenium, then set SE_MANAGER_PATH to the \
     selenium-manager in its folder selenium/webdriver/common";
const BY_HAND: &str = "look at the connection, and try again";

/// What `--output json` answers; the rest of it is its log.
#[derive(Deserialize)]
struct Answer {
    result: Outcome,
}

#[derive(Deserialize)]
struct Outcome {
    code: i64,
    #[serde(default)]
    message: String,
    #[serde(default)]
    driver_path: String,
}

/// Gets the driver, and links it where rescind looks for it. Says what came of it.
pub async fn install(
    global: &Global,
    config: &Config,
    looked: &Looked,
    findings: &mut Findings<'_>,
) {
    if fit(looked) {
        findings.ok("install", "nothing to get: the driver is of the browser's version");
        return;
    }
    findings.step("getting a driver with selenium-manager");
    match get(global, config, looked).await {
        Ok(words) => findings.ok("install", words),
        Err(failure) => findings.problem("install", &failure),
    }
}

async fn get(global: &Global, config: &Config, looked: &Looked) -> Result<String, Failure> {
    let browser = looked.browser.as_ref().map_err(|error| {
        Failure::new(Exit::Failed, "there is no browser to get a driver for").hint(error.hint())
    })?;
    let kind = looked.kind;
    let program = selenium_manager().ok_or_else(|| {
        let hint = format!("{GET_IT}; or do without: {}", versions::by_hand(kind));
        Failure::new(Exit::Failed, "selenium-manager was not found").hint(hint)
    })?;
    let local = config.browser.attach.is_none().then_some(browser);
    let driver = ask(&program, kind, local, &browser.version).await?;
    let got = versions::program(&driver).await.map_err(|error| opened::start_failure(&error))?;
    if let Err(error) = versions::check(kind, &got, browser) {
        let words = format!("what selenium-manager got does not fit: {error}");
        return Err(Failure::new(Exit::Failed, words)
            .hint(format!("{BY_HAND}; or {}", versions::by_hand(kind))));
    }
    if config.browser.driver.is_some() || std::env::var_os(kind.driver_variable()).is_some() {
        return Err(named_otherwise(&got, kind));
    }
    let link = link(global, kind, &driver)?;
    Ok(format!("{} {}, linked at {}", kind.driver(), got.version, link.display()))
}

/// A driver that is named by the person is theirs to exchange.
fn named_otherwise(got: &Program, kind: BrowserKind) -> Failure {
    let driver = kind.driver();
    let words = format!("{driver} {} was got, but another driver is named", got.version);
    let place = got.path.display();
    Failure::new(Exit::Usage, words).hint(format!(
        "name this one: driver = \"{place}\" under [browser] in the config; or take the name out of \
         the config and of {}, and run rescind doctor --install again",
        kind.driver_variable()
    ))
}

fn selenium_manager() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("SE_MANAGER_PATH") {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH")?;
    let file = format!("selenium-manager{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).map(|folder| folder.join(&file)).find(|place| place.is_file())
}

/// Runs it. Its own driver on the PATH is passed over, since that one does not fit; it gets no
/// browser, and reports to nobody.
async fn ask(
    program: &Path,
    kind: BrowserKind,
    local: Option<&Program>,
    version: &str,
) -> Result<PathBuf, Failure> {
    let failed = |why: String| {
        let hint = format!("{BY_HAND}; or {}", versions::by_hand(kind));
        Failure::new(Exit::Failed, format!("selenium-manager got no driver: {why}")).hint(hint)
    };
    let browser = match kind {
        BrowserKind::Firefox => "firefox",
        BrowserKind::Edge => "edge",
        _ => "chrome",
    };
    let mut command = Command::new(program);
    command
        .args(["--browser", browser, "--avoid-stats", "--output", "json"])
        .args(["--skip-driver-in-path", "--avoid-browser-download"]);
    match local {
        Some(local) => command.arg("--browser-path").arg(&local.path),
        // Of a browser that is attached to, only the version is known.
        None => command.arg("--browser-version").arg(version.split('.').next().unwrap_or_default()),
    };
    let asked = command
        .env("SE_AVOID_STATS", "true")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(PATIENCE, asked)
        .await
        .map_err(|_| failed(format!("no answer within {} s", PATIENCE.as_secs())))?
        .map_err(|error| failed(format!("{}: {error}", program.display())))?;
    driver_of(&String::from_utf8_lossy(&output.stdout)).map_err(failed)
}

/// The path in its answer. With nothing found its code is 0 all the same, and the path empty.
fn driver_of(answer: &str) -> Result<PathBuf, String> {
    let answer: Answer = serde_json::from_str(answer.trim())
        .map_err(|_| "its answer is not the JSON that was asked for".to_owned())?;
    let Outcome { code, message, driver_path } = answer.result;
    match (code, driver_path.is_empty()) {
        (0, false) => Ok(driver_path.into()),
        (0, true) => Err("it found none for this browser (without a connection it can't)".into()),
        _ => Err(message),
    }
}

/// Puts a link to the driver beside the profiles, where rescind looks for it.
fn link(global: &Global, kind: BrowserKind, driver: &Path) -> Result<PathBuf, Failure> {
    let place = programs::driver_place(global, kind)?;
    let failed = |error: std::io::Error| {
        Failure::new(Exit::Failed, format!("cannot link {}: {error}", place.display()))
    };
    let folder = place.parent().unwrap_or(Path::new("."));
    folders::private_dir(folder).map_err(|error| opened::folder_failure(&error))?;
    match std::fs::remove_file(&place) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    std::os::unix::fs::symlink(driver, &place).map_err(failed)?;
    Ok(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(answer: &str, expected: Result<&str, &str>) {
        let found = driver_of(answer);
        let found = found.as_ref().map(|path| path.to_str().unwrap()).map_err(String::as_str);
        match (found, expected) {
            (Err(why), Err(words)) => assert!(why.contains(words), "{why}"),
            (found, expected) => assert_eq!(found, expected),
        }
    }

    #[test]
    fn the_answer_of_selenium_manager_is_taken_at_its_path_and_not_at_its_code() {
        let answer = |code: i64, message: &str, path: &str| {
            format!(
                r#"{{"logs": [{{"level": "INFO", "message": "x"}}], "result": {{"code": {code},
                "message": "{message}", "driver_path": "{path}", "browser_path": "/usr/bin/x"}}}}"#
            )
        };
        check(&answer(0, "", "/opt/chromedriver"), Ok("/opt/chromedriver"));
        check(&answer(0, "", ""), Err("it found none"));
        check(&answer(65, "dns error", ""), Err("dns error"));
        check("INFO /opt/chromedriver", Err("not the JSON"));
        check("", Err("not the JSON"));
    }
}
