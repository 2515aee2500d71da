//! The start of a driver, with the profile's lock where the browser is ours, and without any where it
//! is the person's.

use std::net::SocketAddr;

use tempfile::TempDir;

use super::{folder_failure, lock_failure, profile_dir, start_failure};
use crate::browser::driver::Driver;
use crate::browser::session::Start;
use crate::browser::versions::Pair;
use crate::cli::Global;
use crate::config::Config;
use crate::exit::{Exit, Failure};
use crate::folders;
use crate::lock::{self, Lock};
use crate::terminal::output;

/// The driver and what belongs to it, while a start is under way.
pub(super) struct Started {
    pub driver: Option<Driver>,
    pub lock: Option<Lock>,
    pub temporary: Option<TempDir>,
}

impl Started {
    /// Locks the profile and starts; returns the WebDriver address.
    pub async fn start(
        &mut self,
        global: &Global,
        config: &Config,
        pair: Pair,
        start: &mut Start,
    ) -> Result<String, Failure> {
        let profile = match profile_dir(global, config)? {
            Some(wanted) => {
                let profile = folders::private_dir(&wanted).map_err(|e| folder_failure(&e))?;
                folders::tag_as_cache(&profile).map_err(|e| folder_failure(&e))?;
                let locked = lock::acquire(&profile, "browser profile");
                self.lock = Some(locked.map_err(|error| lock_failure(&error))?);
                lock::refuse_open_profile(&profile).map_err(|error| lock_failure(&error))?;
                profile
            }
            None => {
                let folder = tempfile::Builder::new().prefix("rescind-").tempdir();
                let folder = folder.map_err(|error| {
                    Failure::new(Exit::Failed, format!("cannot create a temporary folder: {error}"))
                })?;
                self.temporary.insert(folder).path().to_owned()
            }
        };
        if global.verbose > 0 {
            let words = format!(
                "browser {} {}, driver {}, profile {}",
                pair.browser.display(),
                pair.browser_version,
                pair.driver.display(),
                profile.display()
            );
            output::say(global, &words);
        }
        start.binary = Some(pair.browser.clone());
        start.profile = Some(profile);
        self.start_driver(&pair).await
    }

    /// Starts the driver alone, for a browser that runs already: its profile is the person's, so
    /// neither locked nor looked at.
    pub async fn attach(
        &mut self,
        global: &Global,
        pair: &Pair,
        address: SocketAddr,
    ) -> Result<String, Failure> {
        if global.profile.is_some() {
            let words = "--profile and browser.attach exclude each other";
            return Err(Failure::new(Exit::Usage, words)
                .hint("a browser that is attached to has the profile it was started with"));
        }
        let words = format!(
            "note: attached to the browser at {address}; while that port is open, any program on this \
             machine can take over the browser and every sign-in in it"
        );
        output::say(global, &words);
        self.start_driver(pair).await
    }

    /// Returns the WebDriver address.
    async fn start_driver(&mut self, pair: &Pair) -> Result<String, Failure> {
        let launcher = std::env::current_exe().ok();
        let driver = Driver::start_for(pair.kind, &pair.driver, launcher.as_deref()).await;
        let driver = self.driver.insert(driver.map_err(|error| start_failure(&error))?);
        Ok(driver.address())
    }
}
