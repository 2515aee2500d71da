//! Browser and driver: where they are, their versions, and whether they fit each other.

use super::findings::Findings;
use super::install;
use crate::browser::error::StartError;
use crate::browser::versions::{self, Looked, Pair, Program};
use crate::cli::Global;
use crate::commands::opened;
use crate::commands::programs::{self, Programs};
use crate::config::Config;
use crate::domain::browser_kind::{BrowserKind, Fit};
use crate::domain::diagnosis::{Check, Fact, Status};

/// The two, when they fit each other; with `get`, a driver is fetched first when they don't.
pub async fn check(
    global: &Global,
    config: &Config,
    get: bool,
    findings: &mut Findings<'_>,
) -> Option<Programs> {
    if let Some(server) = &global.webdriver {
        findings.ok("browser", format!("that of the WebDriver server at {server}"));
        findings.ok("driver", format!("the WebDriver server at {server}"));
        return Some(Programs::OfServer(server.clone()));
    }
    findings.step("looking at browser and driver");
    let mut looked = programs::look(global, config).await;
    if get {
        install::install(global, config, &looked, findings).await;
        looked = programs::look(global, config).await;
    }
    tell("browser", &looked.browser, findings);
    tell("driver", &looked.driver, findings);
    let is_complete = looked.browser.is_ok() && looked.driver.is_ok();
    match looked.pair() {
        Ok(pair) => {
            findings.ok("versions", compared(&pair));
            Some(Programs::of(config, pair))
        }
        Err(error) if is_complete => {
            findings.problem("versions", &opened::start_failure(&error));
            None
        }
        Err(_) => {
            findings.skip("versions", "not done: see browser and driver");
            None
        }
    }
}

/// What comparing the versions has come to.
fn compared(pair: &Pair) -> String {
    let Pair { kind, browser_version: browser, driver_version: driver, .. } = pair;
    match (kind.fit(driver, browser), kind) {
        (Fit::Fits, BrowserKind::Firefox) => {
            format!("geckodriver {driver} drives Firefox {browser}")
        }
        (Fit::Fits, _) => {
            let major = browser.split('.').next().unwrap_or_default();
            format!("both of major version {major}")
        }
        _ => format!(
            "browser {browser} and {} {driver}: whether they fit, only a start tells",
            kind.driver()
        ),
    }
}

/// Whether the two are there and fit, as far as their versions tell.
pub fn fit(looked: &Looked) -> bool {
    matches!((&looked.browser, &looked.driver), (Ok(browser), Ok(driver))
        if versions::check(looked.kind, driver, browser).is_ok())
}

fn tell(id: &'static str, found: &Result<Program, StartError>, findings: &mut Findings) {
    match found {
        Ok(Program { path, name, version }) => findings.add(
            Check::new(id, Status::Ok, format!("{name} {version}, {}", path.display()))
                .fact("version", Fact::version(version)),
        ),
        Err(error) => findings.problem(id, &opened::start_failure(error)),
    }
}
