//! One headless browser on the Sent tab of a practice site, driven by the library in this process.

use jiff::Timestamp;
use rescind::browser::act::{self, Attempt, Denied, Moment, Notes, SentTab};
use rescind::browser::driver::Driver;
use rescind::browser::layout::{Layout, Layouts};
use rescind::browser::session::{Session, Start};
use rescind::browser::versions::{self, Wanted};
use rescind::browser::walk::Site;
use rescind::domain::browser_kind::BrowserKind;
use rescind::domain::invitation::{Key, Kind};
use rescind::domain::language;
use rescind::mock_site::MockSite;
use tempfile::TempDir;
use url::Url;

/// Ties the life of the driver to that of the test.
const RESCIND: &str = env!("CARGO_BIN_EXE_rescind");

pub struct Window {
    pub mock: MockSite,
    pub site: Site,
    pub layout: Layout,
    pub driver: Driver,
    _profile: TempDir,
}

/// A headless browser with a profile of its own, before it has loaded anything.
pub async fn started(kind: BrowserKind) -> (Session, Driver, TempDir) {
    let wanted = Wanted { kind, ..Wanted::default() };
    let pair = versions::look(wanted).await.pair().unwrap();
    let launcher = Some(RESCIND.as_ref());
    let driver = Driver::start_for(kind, &pair.driver, launcher).await.unwrap();
    let profile = TempDir::new().unwrap();
    let start = Start {
        kind: pair.kind,
        attach: None,
        binary: Some(pair.browser),
        profile: Some(profile.path().to_owned()),
        server: None,
        headless: true,
        no_sandbox: rustix::process::geteuid().is_root(),
        loopback_only: true,
        extra_args: Vec::new(),
    };
    let session = Session::open(&driver.address(), &start).await.unwrap();
    (session, driver, profile)
}

impl Window {
    /// Opens a Chromium and loads the Sent tab of a practice site with these switches.
    pub async fn open(switches: &str) -> Self {
        Self::open_in(BrowserKind::Chromium, switches).await
    }

    /// The same in another browser.
    pub async fn open_in(kind: BrowserKind, switches: &str) -> Self {
        let mock = MockSite::start(switches, 0).await.unwrap();
        let (session, driver, profile) = started(kind).await;
        let base = Url::parse(&mock.url()).unwrap();
        let mut site = Site::new(session, base, Layouts::load(None).unwrap());
        let (layout, _) = site.reload_sent().await.unwrap();
        Self { mock, site, layout, driver, _profile: profile }
    }

    /// One attempt to withdraw somebody.
    pub async fn withdraw(
        &mut self,
        key: &Key,
        witness: &mut dyn FnMut(Moment<'_>) -> Result<(), Denied>,
    ) -> Attempt {
        let language = language::bundled("en").unwrap();
        let (kind, now) = (Kind::Person, Timestamp::now());
        let (site, layout) = (&mut self.site, &self.layout);
        let mut tab = SentTab { site, layout, language, kind, now };
        act::withdraw(&mut tab, key, &mut Notes::begin(true), witness).await
    }

    /// Ends the browser and everything that belongs to it.
    pub async fn close(self) {
        self.site.session.close().await;
        self.driver.stop().await;
    }
}
