//! `--webdriver`: a real Selenium Grid, and a chromedriver that runs already. The journeys are the same,
//! nothing is left on the server, and what becomes of the server is a fault like the others.

mod faults;
mod grid;
mod together;

use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use rustix::process::Signal;

use crate::crashing::processes::send;
use crate::crashing::rig::{Ended, Rig};
use crate::trial::Trial;
use crate::world::{World, processes_of, wait_until};
use grid::Server;

/// A rig whose browser is the server's.
fn rig_on(server: &str) -> Rig {
    let mut rig = Rig::new();
    rig.more = ["--webdriver", server].map(str::to_owned).into();
    rig
}

/// What is said never holds the password.
#[track_caller]
fn says_no_password(text: &str) {
    assert!(!text.contains("s3cret"), "{text}");
}

#[test]
fn what_can_not_be_a_server_is_told_before_a_browser_is_asked_for() {
    let world = World::new();
    let report =
        |url: &str| world.run(&["report", "--site", "mock", "--headless", "--webdriver", url]);
    let nobody = format!("http://127.0.0.1:{}", grid::free_port());
    for (url, code, words) in [
        ("https://me:s3cret@grid.example", 2, "https is not built in"),
        ("me:s3cret@127.0.0.1:4444", 2, "wants the address of a WebDriver server"),
        (nobody.as_str(), 1, "no WebDriver server answers at http://127.0.0.1:"),
    ] {
        let ran = report(url);
        ran.expect(code, words);
        says_no_password(&ran.err());
    }
    let mut from_outside = world.command(&["report", "--site", "mock", "--headless"]);
    from_outside.env("RESCIND_WEBDRIVER", &nobody);
    crate::world::Ran::of(&mut from_outside).expect(1, "no WebDriver server answers");
    // A sign-in would be in a profile that is thrown away.
    let words = ["login", "--webdriver", &nobody, "--headed"];
    world.run(&words).expect(2, "is lost with its browser unless a profile is named");
    let another = Trial::new("");
    let ran = report(&another.mock.url());
    ran.expect(1, "lets us speak no WebDriver");
}

/// The same journeys on any server: a report, three withdrawals and their proof, the site's limit.
#[track_caller]
fn journeys(url: &str) {
    let rig = rig_on(url);
    rig.run(3).expect(0, "").says("withdrawn");
    rig.check_settled();
    assert_eq!(rig.withdrawn().len(), 3);
    let site = rig.address();
    let words = ["doctor", "--headless", "--site", &site, "--webdriver", url, "-v"];
    let doctor = rig.trial.world.run(&words);
    assert_eq!(doctor.code(), 0, "{}", doctor.out());
    assert!(doctor.out().contains(" at http://127.0.0.1:"), "{}", doctor.out());
    says_no_password(&format!("{}{}", doctor.out(), doctor.err()));
    // The refusal is seen in the log of the network, which comes through the Grid too.
    rig.trial
        .mock
        .set_switches(&format!("{}&fault=s429:1&retry-after=200000", crate::crashing::rig::PEOPLE));
    let ended = rig.start_unchecked(&[]);
    assert_eq!(ended.code, Some(4), "{ended:?}");
    let now = jiff::Timestamp::now();
    let rest = rig.history().cool_down_until().unwrap().duration_since(now);
    assert!(rest.as_hours() >= 54, "Retry-After was not read: {rest:?}");
}

#[test]
fn the_journeys_are_the_same_on_a_grid_and_it_is_left_clean() {
    let grid = Server::shared();
    journeys(&grid.url());
    let wrong = grid.url().replace("s3cret", "wr0ng");
    let words = ["report", "--headless", "--site", "mock", "--webdriver", &wrong];
    World::new().run(&words).expect(1, "where a password is wanted: http://user:password@HOST");
    let old_path = format!("{}/wd/hub", grid.url());
    let words =
        ["report", "--headless", "--site", "mock?delay=0&count=3", "--webdriver", &old_path];
    World::new().run(&words).expect(0, "");
}

#[test]
fn the_journeys_are_the_same_on_a_bare_chromedriver_and_it_is_left_clean() {
    let driver = Server::chromedriver();
    journeys(&driver.url());
    // The driver itself, and nothing below it.
    wait_until("no browser is left", Duration::from_secs(20), || driver.programs().len() == 1);
}

/// A report that takes minutes to come to the end of its list, on a profile that stays.
struct Reading {
    child: Child,
    trial: Trial,
    profile: PathBuf,
}

impl Reading {
    fn start(server: &str) -> Self {
        let trial = Trial::new("count=400&delay=3000");
        let profile = trial.world.home().join("profile");
        let (site, folder) = (trial.mock.url(), profile.display().to_string());
        let mut command = trial.world.command(&Self::words(&site, &folder, server));
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        Self { child, trial, profile }
    }

    fn words<'a>(site: &'a str, profile: &'a str, server: &'a str) -> [&'a str; 8] {
        ["report", "--headless", "--site", site, "--profile", profile, "--webdriver", server]
    }

    /// Ctrl-C at this moment; then no browser is left on the profile.
    #[track_caller]
    fn interrupted(mut self, at: impl Fn(&Self) -> bool) {
        wait_until("the moment comes", Duration::from_secs(60), || at(&self));
        send(self.child.id(), Signal::INT);
        assert_eq!(self.child.wait().unwrap().code(), Some(130));
        wait_until("no browser is left", Duration::from_secs(20), || !self.has_browser());
        assert!(self.profile.join("Default").is_dir(), "the profile stays");
    }

    fn has_browser(&self) -> bool {
        let word = format!("--user-data-dir={}", self.profile.display());
        !processes_of(Path::new(&word)).is_empty()
    }

    fn is_reading(&self) -> bool {
        !self.trial.logged("load-sent").is_empty()
    }
}

#[test]
fn ctrl_c_leaves_no_browser_on_a_server_not_even_one_that_is_still_starting() {
    let driver = Server::chromedriver();
    for server in [driver.url(), Server::shared().url()] {
        Reading::start(&server).interrupted(Reading::has_browser);
        let reading = Reading::start(&server);
        wait_until("it reads", Duration::from_secs(60), || reading.is_reading());
        let (site, profile) = (reading.trial.mock.url(), reading.profile.display().to_string());
        let words = Reading::words(&site, &profile, &server);
        let hint = "another browser may be using the profile";
        World::new().run(&words).expect(1, hint);
        reading.interrupted(Reading::is_reading);
    }
}

#[track_caller]
fn lost(ended: &Ended) {
    ended.expect(5, "browser-lost");
}
