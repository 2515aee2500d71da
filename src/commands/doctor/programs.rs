//! Browser and driver: where they are, their versions, and whether they fit each other.

use super::findings::Findings;
use super::install;
use crate::browser::error::StartError;
use crate::browser::remote;
use crate::browser::versions::{self, Looked, Pair, Program};
use crate::cli::Global;
use crate::commands::opened;
use crate::commands::programs::{self, Programs};
use crate::config::Config;
use crate::domain::browser_kind::{BrowserKind, Fit};
use crate::domain::diagnosis::{Check, Fact, Status};
use crate::domain::server::Server;

/// The two, when they fit each other; with `get`, a driver is fetched first when they don't.
pub async fn check(
    global: &Global,
    config: &Config,
    get: bool,
    findings: &mut Findings<'_>,
) -> Option<Programs> {
    if let Some(server) = &global.webdriver {
        return check_server(server, findings).await;
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

/// Whether the person's own server answers, and what it has free.
async fn check_server(server: &Server, findings: &mut Findings<'_>) -> Option<Programs> {
    findings.step("asking the WebDriver server");
    let state = match remote::state(server).await {
        Ok(state) => state,
        Err(error) => {
            findings.problem("driver", &opened::start_failure(&error));
            return None;
        }
    };
    let free = match state.slots {
        Some((all, busy)) => {
            format!(", {} of {all} sessions free", all.saturating_sub(busy))
        }
        None => String::new(),
    };
    findings.ok("browser", format!("that of the WebDriver server at {server}"));
    let words = format!("{} at {server}{free}", state.name);
    findings.add(match state.ready {
        true => Check::new("driver", Status::Ok, words),
        false => {
            Check::new("driver", Status::Warning, format!("{words}; it says that it is not ready"))
                .hint("wait until a session there has ended, or see the server's own log")
        }
    });
    Some(Programs::OfServer(server.clone()))
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
