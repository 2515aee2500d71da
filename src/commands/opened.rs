//! A browser opened on the site: everything that must be there before a page can be read, and
//! the way it is all ended.

mod started;

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use jiff::Timestamp;
use tempfile::TempDir;
use url::Url;

use crate::browser::driver::Driver;
use crate::browser::error::{PageError, StartError};
use crate::browser::layout::Layouts;
use crate::browser::selectors;
use crate::browser::session::{Session, Start};
use crate::browser::walk::Site as OpenSite;
use crate::cli::Global;
use crate::commands::mock::bad_switch;
use crate::commands::programs::Programs;
use crate::config::{Config, ConfigError, Site};
use crate::domain::browser_kind::BrowserKind;
use crate::exit::{Exit, Failure};
use crate::folders::{self, FolderError};
use crate::lock::{self, Lock};
use crate::mock_site::{MockSite, switches};
use crate::terminal::output;
use started::Started;

/// What runs, in the order in which it is ended.
pub struct Opened {
    pub site: OpenSite,
    /// The site's address without a slash at its end.
    pub address: String,
    /// Whether the person sees the browser.
    pub has_window: bool,
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
pub async fn open(global: &Global, config: &Config, window: Window) -> Result<Opened, Failure> {
    let layouts = layouts(global)?;
    let headless = headless(global, config, window)?;
    let programs = Programs::find(global, config).await.map_err(|error| start_failure(&error))?;
    open_with(global, config, headless, layouts, programs).await
}

/// As [`open`], with what was looked for before.
pub async fn open_with(
    global: &Global,
    config: &Config,
    headless: bool,
    layouts: Layouts,
    programs: Programs,
) -> Result<Opened, Failure> {
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
        headless,
        no_sandbox: rustix::process::geteuid().is_root(),
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
        Programs::OfServer(server) => with_slash(&server),
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

    /// The failure for the person; a page that was not understood is kept as a picture.
    pub async fn page_failure(&mut self, global: &Global, error: PageError) -> Failure {
        let failure = page_failure(&error);
        if failure.exit != Exit::NotUnderstood {
            return failure;
        }
        match self.keep_picture(global).await {
            Some(path) => {
                let hint = failure.hint.clone().unwrap_or_default();
                failure.hint(format!("{hint}; a picture of the page is in {}", path.display()))
            }
            None => failure,
        }
    }

    /// A picture of the page, for the person.
    pub async fn keep_picture(&mut self, global: &Global) -> Option<PathBuf> {
        let picture = self.site.session.screenshot().await.ok()?;
        keep_trace(global, "page", "png", &picture)
    }
}

/// Keeps what shows why something was not understood, named by the time, for its owner only.
pub fn keep_trace(global: &Global, name: &str, ending: &str, bytes: &[u8]) -> Option<PathBuf> {
    let folder = folders::private_dir(&state_dir(global).ok()?.join("traces")).ok()?;
    let time = Timestamp::now().strftime("%Y%m%dT%H%M%SZ");
    let path = folder.join(format!("{name}-{time}.{ending}"));
    let mut file = folders::open_private_file(&path).ok()?;
    file.set_len(0).ok()?;
    std::io::Write::write_all(&mut file, bytes).ok()?;
    Some(path)
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
    let blind = is_blind();
    match window {
        Window::Needed if wanted || (blind && !global.headed) => Err(Failure::new(
            Exit::Failed,
            "this needs a browser window that you can see, and there is no display",
        )
        .hint("run it on a desktop, without --headless")),
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

/// Whether no window could be shown here.
pub fn is_blind() -> bool {
    let mut displays = ["DISPLAY", "WAYLAND_DISPLAY"].into_iter();
    cfg!(target_os = "linux") && displays.all(|name| std::env::var_os(name).is_none())
}

fn with_slash(server: &Url) -> String {
    let address = server.as_str();
    if address.ends_with('/') { address.to_owned() } else { format!("{address}/") }
}

pub fn start_failure(error: &StartError) -> Failure {
    let exit = match error {
        StartError::ProfileInUse(_) => Exit::Locked,
        _ => Exit::Failed,
    };
    Failure::new(exit, error).hint(error.hint())
}

pub fn folder_failure(error: &FolderError) -> Failure {
    Failure::new(Exit::Failed, error).hint(error.hint())
}

pub fn lock_failure(error: &lock::LockError) -> Failure {
    let exit = if error.is_held() { Exit::Locked } else { Exit::Failed };
    Failure::new(exit, error).hint(error.hint())
}

/// What a page error means for the person.
pub fn page_failure(error: &PageError) -> Failure {
    let (exit, hint) = match error {
        PageError::SignedOut { .. } => (Exit::SignIn, "sign in by hand: rescind login"),
        PageError::Checkpoint { .. } => {
            (Exit::Stopped, "answer it by hand in a browser window: rescind login")
        }
        PageError::RateLimited { .. } => (Exit::Stopped, "leave the site alone for at least a day"),
        PageError::NotUnderstood(_) | PageError::Prompt(_) => {
            (Exit::NotUnderstood, "the site may have changed: see layouts/README.md")
        }
        PageError::Unreachable(_) => (Exit::Failed, "check the address and the connection"),
        PageError::BrowserLost(_) | PageError::Element(_) | PageError::Script(_) => {
            (Exit::Failed, "nothing was changed; run it again, with -v to see more")
        }
    };
    Failure::new(exit, error).hint(hint)
}

/// Writes a file so that it is either there whole or not at all, for its owner only. `option` is
/// where the person named it.
pub fn write_file(path: &Path, text: &str, option: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        // What is not there is named by the path; the name of the unfinished file tells nobody.
        let why = match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such folder".to_owned(),
            _ => error.to_string(),
        };
        Failure::new(Exit::Failed, format!("cannot write {}: {why}", path.display()))
            .hint(format!("choose another place with {option}"))
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::Builder::new()
        .prefix(".rescind-")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(failed)?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}
