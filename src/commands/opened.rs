//! A browser opened on the site: everything that must be there before a page can be read, and
//! the way it is all ended.

mod started;

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use jiff::Timestamp;
use tempfile::TempDir;
use url::Url;

use crate::browser::driver::Driver;
use crate::browser::error::PageError;
use crate::browser::layout::Layouts;
use crate::browser::selectors;
use crate::browser::session::{Session, Start};
use crate::browser::walk::Site as OpenSite;
use crate::cli::Global;
pub use crate::commands::failures::{folder_failure, lock_failure, page_failure, start_failure};
use crate::commands::interrupts::Interrupts;
use crate::commands::mock::bad_switch;
use crate::commands::programs::Programs;
use crate::commands::{server, traces};
use crate::config::{Config, ConfigError, Site};
use crate::domain::browser_kind::BrowserKind;
use crate::domain::trace::Trace;
use crate::exit::{Exit, Failure};
use crate::lock::Lock;
use crate::mock_site::{MockSite, switches};
use crate::terminal::output;
use crate::traces::Traces;
use started::Started;

/// What runs, in the order in which it is ended.
pub struct Opened {
    pub site: OpenSite,
    /// The site's address without a slash at its end.
    pub address: String,
    /// Whether the person sees the browser.
    pub has_window: bool,
    /// Where traces are kept.
    pub traces: Traces,
    driver: Option<Driver>,
    _mock: Option<MockSite>,
    _lock: Option<Lock>,
    _temporary: Option<TempDir>,
}

/// Whether the browser gets a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// As the config says; without a display, none.
    AsConfigured,
    None,
    /// The person must see it.
    Needed,
}

/// Reads the config for the site of the command line.
pub fn config(global: &Global) -> Result<Config, Failure> {
    Config::load_for(global.site.as_ref(), global.config.as_deref())
        .map_err(|error| config_failure(&error))
}

pub fn config_failure(error: &ConfigError) -> Failure {
    let failure = Failure::new(Exit::Usage, error);
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// Starts what is needed and opens a blank browser for the site.
///
/// # Errors
/// No browser or driver, versions that do not fit, a profile in use, an unsafe folder.
pub async fn open(
    global: &Global,
    config: &Config,
    window: Window,
    interrupts: &Interrupts,
) -> Result<Opened, Failure> {
    let layouts = layouts(global)?;
    let headless = headless(global, config, window)?;
    let opening = async {
        let programs = Programs::find(global, config).await.map_err(|e| start_failure(&e))?;
        open_with(global, config, headless, layouts, programs).await
    };
    server::unless_interrupted(global, opening, interrupts).await
}

/// As [`open`], with what was looked for before, and deaf to interrupts.
pub async fn open_with(
    global: &Global,
    config: &Config,
    headless: bool,
    layouts: Layouts,
    programs: Programs,
) -> Result<Opened, Failure> {
    let traces = traces::of(global, config)?;
    let mock = match &config.site {
        Site::Mock(switches) => {
            let switches = switches::check(switches).map_err(|why| bad_switch(&why))?;
            Some(MockSite::start(&switches, 0).await.map_err(|error| {
                Failure::new(Exit::Failed, format!("the mock site could not be served: {error}"))
            })?)
        }
        Site::Url(_) => None,
    };
    let address = mock
        .as_ref()
        .map_or_else(|| config.site.base().unwrap_or_default().to_owned(), |mock| mock.url());
    let base = Url::parse(&address).map_err(|error| Failure::new(Exit::Usage, error))?;
    let address = address.split('?').next().unwrap_or_default().trim_end_matches('/').to_owned();
    let mut start = Start {
        kind: config.browser.kind,
        attach: config.browser.attach.filter(|_| global.webdriver.is_none()),
        binary: None,
        profile: None,
        server: None,
        headless,
        no_sandbox: rustix::process::geteuid().is_root() && server::may_be_here(global),
        loopback_only: config.site.is_loopback(),
        extra_args: config.browser.args.clone(),
    };
    if start.no_sandbox && start.attach.is_none() && start.kind != BrowserKind::Firefox {
        output::say(global, "note: running as root, so the browser runs without its sandbox");
    }
    let mut opened = Started { driver: None, lock: None, temporary: None };
    let server = match programs {
        Programs::Found(pair) => opened.start(global, config, pair, &mut start).await?,
        Programs::Attached(pair, address) => opened.attach(global, &pair, address).await?,
        Programs::OfServer(server) => server::choose(global, config, server, &mut start).await?,
    };
    let session = match open_session(&server, &start, &layouts).await {
        Ok(session) => session,
        Err(failure) => {
            if let Some(driver) = opened.driver {
                driver.stop().await;
            }
            return Err(failure);
        }
    };
    let site = OpenSite::new(session, base, layouts);
    Ok(Opened {
        site,
        address,
        has_window: !headless,
        traces,
        driver: opened.driver,
        _mock: mock,
        _lock: opened.lock,
        _temporary: opened.temporary,
    })
}

/// A session whose browser knows every selector of the layouts.
async fn open_session(server: &str, start: &Start, layouts: &Layouts) -> Result<Session, Failure> {
    let mut session = Session::open(server, start).await.map_err(|error| start_failure(&error))?;
    let failure = match selectors::refused(&mut session, layouts).await {
        Ok(None) => return Ok(session),
        Ok(Some(words)) => Failure::new(Exit::Usage, words).hint("see layouts/README.md"),
        Err(error) => page_failure(&error),
    };
    session.close().await;
    Err(failure)
}

impl Opened {
    /// Closes the window, so that cookies are kept, and ends every process.
    pub async fn close(self) {
        self.site.session.close().await;
        if let Some(driver) = self.driver {
            driver.stop().await;
        }
    }

    /// Lets a server hear from us while nothing else is to be said.
    pub async fn keep_alive(&mut self) {
        self.site.session.keep_alive().await;
    }

    /// Ends it all at once, whatever is under way.
    pub async fn abandon(self) {
        self.site.session.abandon().await;
    }

    /// The failure for the person; of a page that was not understood a trace is kept.
    pub async fn page_failure(&mut self, global: &Global, error: PageError) -> Failure {
        let failure = page_failure(&error);
        if failure.exit != Exit::NotUnderstood || !self.traces.is_on() {
            return failure;
        }
        let detail = failure.sentence.clone();
        let trace = Trace { detail, ..Trace::new(Timestamp::now(), &self.address) };
        match traces::keep_page(&self.traces, &mut self.site, trace).await {
            Ok(id) => {
                let hint = failure.hint.clone().unwrap_or_default();
                failure.hint(format!("{hint}; rescind trace {id} shows the page"))
            }
            Err(error) => {
                let why = output::with_causes(&error);
                output::say(global, &format!("note: no trace of the page is kept: {why}"));
                failure
            }
        }
    }
}

/// The layouts, those of the config folder among them.
pub fn layouts(global: &Global) -> Result<Layouts, Failure> {
    Layouts::load(layouts_folder(global).as_deref())
        .map_err(|error| Failure::new(Exit::Usage, error))
}

/// Where rescind keeps its own records.
pub fn state_dir(global: &Global) -> Result<PathBuf, Failure> {
    if let Some(named) = &global.state_dir {
        return Ok(named.clone());
    }
    let places = places()?;
    Ok(places.state_dir().unwrap_or_else(|| places.data_dir()).join("rescind"))
}

/// Where profiles are, and a driver that was installed.
pub fn home(global: &Global) -> Result<PathBuf, Failure> {
    match &global.state_dir {
        Some(state) => Ok(state.clone()),
        None => Ok(places()?.data_dir().join("rescind")),
    }
}

/// The browser profile; `None` means a fresh one that is thrown away (the bundled mock site).
pub fn profile_dir(global: &Global, config: &Config) -> Result<Option<PathBuf>, Failure> {
    if let Some(named) = global.profile.as_ref().or(config.browser.profile.as_ref()) {
        return Ok(Some(named.clone()));
    }
    let Site::Url(base) = &config.site else { return Ok(None) };
    let home = home(global)?;
    // Chromium and its kin, and Firefox, can't read each other's profiles.
    let name = match config.browser.kind {
        BrowserKind::Chromium | BrowserKind::Chrome => "profile".to_owned(),
        other => format!("profile-{}", other.word()),
    };
    if !config.site.is_loopback() {
        return Ok(Some(home.join(name)));
    }
    // A practice site gets a profile of its own, never the one that is signed in.
    let port = base.port_or_known_default().unwrap_or_default();
    let host: String = base.host_str().unwrap_or_default().replace([':', '[', ']'], "_");
    Ok(Some(home.join(format!("{name}-{host}-{port}"))))
}

fn places() -> Result<impl BaseStrategy, Failure> {
    etcetera::choose_base_strategy().map_err(|_| {
        Failure::new(Exit::Failed, "your home directory is not known")
            .hint("set HOME, or name the folders with --state-dir and --profile")
    })
}

/// The folder `layouts` beside the config that was named, if there is one, else beside the usual one.
pub fn layouts_folder(global: &Global) -> Option<PathBuf> {
    let beside = |config: &Path| Some(config.parent()?.join("layouts"));
    let named = global.config.as_deref().and_then(beside).filter(|folder| folder.is_dir());
    named.or_else(|| beside(&Config::default_path().ok()?))
}

pub fn headless(global: &Global, config: &Config, window: Window) -> Result<bool, Failure> {
    if config.browser.attach.is_some() && global.webdriver.is_none() {
        // It runs already, as the person started it.
        return Ok(false);
    }
    let wanted = global.headless || (config.browser.headless && !global.headed);
    let blind = is_blind(global);
    match window {
        Window::Needed if wanted || (blind && !global.headed && global.webdriver.is_none()) => {
            Err(Failure::new(
                Exit::Failed,
                "this needs a browser window that you can see, and there is no display",
            )
            .hint("run it on a desktop, without --headless"))
        }
        Window::Needed => Ok(false),
        Window::None => Ok(!global.headed),
        Window::AsConfigured if wanted => Ok(true),
        Window::AsConfigured if blind && !global.headed => {
            output::say(global, "note: no display here, so the browser runs without a window");
            Ok(true)
        }
        Window::AsConfigured => Ok(false),
    }
}

/// Whether no window could be shown, as far as that can be told from here.
pub fn is_blind(global: &Global) -> bool {
    let mut displays = ["DISPLAY", "WAYLAND_DISPLAY"].into_iter();
    let is_here = cfg!(target_os = "linux") && server::may_be_here(global);
    is_here && displays.all(|name| std::env::var_os(name).is_none())
}
