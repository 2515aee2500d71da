//! Which browser and driver a session is opened with.

use std::path::PathBuf;

use crate::browser::error::StartError;
use crate::browser::versions::{self, Looked, Pair, Wanted};
use crate::cli::Global;
use crate::commands::opened;
use crate::config::Config;
use crate::domain::server::Server;
use crate::exit::Failure;

pub enum Programs {
    Found(Pair),
    /// A WebDriver server of the person's own brings both.
    OfServer(Server),
}

impl Programs {
    /// # Errors
    /// One of the two is missing, cannot be run, or they don't fit each other.
    pub async fn find(global: &Global, config: &Config) -> Result<Self, StartError> {
        match &global.webdriver {
            Some(server) => Ok(Self::OfServer(server.clone())),
            None => look(global, config).await.pair().map(Self::Found),
        }
    }
}

/// Looks for browser and driver on this machine.
pub async fn look(global: &Global, config: &Config) -> Looked {
    let installed = driver_place(global).ok();
    let wanted = Wanted {
        browser: config.browser.binary.as_deref(),
        driver: config.browser.driver.as_deref(),
        installed: installed.as_deref(),
    };
    versions::look(wanted).await
}

/// Where a driver of rescind's own is, when one was installed.
pub fn driver_place(global: &Global) -> Result<PathBuf, Failure> {
    Ok(opened::home(global)?.join("chromedriver"))
}
