//! Which browser and driver a session is opened with.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::browser::attach;
use crate::browser::error::StartError;
use crate::browser::versions::{self, Looked, Pair, Wanted};
use crate::cli::Global;
use crate::commands::opened;
use crate::config::Config;
use crate::domain::browser_kind::BrowserKind;
use crate::domain::server::Server;
use crate::exit::Failure;

pub enum Programs {
    Found(Pair),
    /// A browser that the person started, at its debugging port.
    Attached(Pair, SocketAddr),
    /// A WebDriver server of the person's own brings both.
    OfServer(Server),
}

impl Programs {
    /// # Errors
    /// One of the two is missing, cannot be run, or they don't fit each other.
    pub async fn find(global: &Global, config: &Config) -> Result<Self, StartError> {
        match &global.webdriver {
            Some(server) => Ok(Self::OfServer(server.clone())),
            None => look(global, config).await.pair().map(|pair| Self::of(config, pair)),
        }
    }

    /// A pair that was looked for.
    pub fn of(config: &Config, pair: Pair) -> Self {
        match config.browser.attach {
            Some(address) => Self::Attached(pair, address),
            None => Self::Found(pair),
        }
    }
}

/// Looks for browser and driver on this machine.
pub async fn look(global: &Global, config: &Config) -> Looked {
    let installed = driver_place(global, config.browser.kind).ok();
    let wanted = Wanted {
        kind: config.browser.kind,
        browser: config.browser.binary.as_deref(),
        driver: config.browser.driver.as_deref(),
        installed: installed.as_deref(),
    };
    match config.browser.attach {
        Some(address) => {
            // At its port even a Vivaldi tells the version of the Chromium in it.
            let kind = match wanted.kind {
                BrowserKind::Edge => BrowserKind::Edge,
                _ => BrowserKind::Chromium,
            };
            versions::look_for_driver(Wanted { kind, ..wanted }, attach::ask(address)).await
        }
        None => versions::look(wanted).await,
    }
}

/// Where a driver of rescind's own is, when one was installed.
pub fn driver_place(global: &Global, kind: BrowserKind) -> Result<PathBuf, Failure> {
    Ok(opened::home(global)?.join(kind.driver()))
}
