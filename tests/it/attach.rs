//! A Chrome that the person started: used in a tab of its own, and left open.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rescind::browser::places::{self, Platform};
use rescind::domain::browser_kind::BrowserKind;
use serde_json::Value;
use tempfile::TempDir;

use crate::trial::{NO_CAPS, Trial};
use crate::world::{processes_of, wait_until};

/// A Chromium with a debugging port, on a profile that is thrown away.
struct Persons {
    child: Child,
    port: u16,
    _profile: TempDir,
}

impl Persons {
    fn start() -> Self {
        let profile = TempDir::new().unwrap();
        let variable = |name: &str| std::env::var(name).ok();
        let mut all = places::browser(BrowserKind::Chromium, Platform::HERE, &variable).into_iter();
        let child = Command::new(all.find(|place| place.is_file()).unwrap())
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"])
            .args(["--remote-debugging-port=0", "--disable-background-networking"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("data:text/html,<title>first</title>")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let file = profile.path().join("DevToolsActivePort");
        let port =
            || -> Option<u16> { std::fs::read_to_string(&file).ok()?.lines().next()?.parse().ok() };
        wait_until("the debugging port", Duration::from_secs(30), || port().is_some());
        let persons = Self { child, port: port().unwrap(), _profile: profile };
        // A browser without a window takes one address only.
        persons.asked("PUT /json/new?data:text/html,%3Ctitle%3Esecond%3C/title%3E").unwrap();
        wait_until("both tabs", Duration::from_secs(10), || persons.tabs() == ["first", "second"]);
        persons
    }

    /// The titles of its tabs, in order of the alphabet; empty when it is gone.
    fn tabs(&self) -> Vec<String> {
        let listed = self.asked("GET /json/list").unwrap_or_default();
        let tabs = listed.as_array().into_iter().flatten();
        let tabs = tabs.filter(|one| one["type"] == "page");
        let mut titles: Vec<_> =
            tabs.map(|one| one["title"].as_str().unwrap().to_owned()).collect();
        titles.sort();
        titles
    }

    fn asked(&self, what: &str) -> Option<Value> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        let host = format!("127.0.0.1:{}", self.port);
        write!(stream, "{what} HTTP/1.1\r\nHost: {host}\r\n\r\n").ok()?;
        let (mut answer, mut part) = (Vec::new(), [0; 4096]);
        loop {
            let count = stream.read(&mut part).ok().filter(|count| *count > 0)?;
            answer.extend_from_slice(&part[..count]);
            let text = String::from_utf8_lossy(&answer);
            let body = text.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
            if let Ok(value) = serde_json::from_str(body) {
                return Some(value);
            }
        }
    }

    fn config(&self) -> String {
        format!("[browser]\nattach = \"127.0.0.1:{}\"\n{NO_CAPS}", self.port)
    }
}

impl Drop for Persons {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_chrome_that_the_person_started_is_used_in_a_tab_of_its_own_and_left_open() {
    let persons = Persons::start();
    let trial = Trial::new("").configured(&persons.config());
    assert_eq!(trial.report()["complete"], true);
    assert_eq!(persons.tabs(), ["first", "second"]);
    let run = trial.run(&["--limit", "2"]);
    run.expect(0, "", "withdrawn* withdrawn*").says("any program on this machine can take over");
    assert_eq!(persons.tabs(), ["first", "second"]);
    // The person's tabs don't count; one that the page opens does.
    trial.switch("fault=newtab@4");
    trial.run(&["--limit", "3"]).expect(5, "page-changed", "withdrawn* refused skipped");
    assert_eq!(trial.logged("confirm").len(), 3);
}

#[test]
fn a_run_that_is_killed_leaves_the_persons_browser_open_and_no_driver() {
    let persons = Persons::start();
    let trial = Trial::new("fault=stall-hard:15").configured(&persons.config());
    let home = trial.world.home();
    let config = home.join("config.toml");
    // A link of its own, by which the driver is told from others.
    let driver = home.join("chromedriver");
    let variable = |name: &str| std::env::var(name).ok();
    let real: Vec<PathBuf> = places::driver(BrowserKind::Chromium, Platform::HERE, &variable);
    let real = real.into_iter().find(|place| place.is_file()).unwrap();
    std::os::unix::fs::symlink(real, &driver).unwrap();
    for name in ["-KILL", "-INT"] {
        let mut child = trial
            .world
            .command(&["report", "--site", &trial.mock.url(), "--config"])
            .arg(&config)
            .env("CHROMEDRIVER", &driver)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let loaded = trial.logged("load-sent").len();
        wait_until("it reads", Duration::from_secs(30), || {
            trial.logged("load-sent").len() > loaded && !processes_of(&driver).is_empty()
        });
        let id = child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
        child.wait().unwrap();
        let gone = || processes_of(&driver).is_empty();
        wait_until("no driver is left", Duration::from_secs(5), gone);
        let tabs = persons.tabs();
        assert!(
            tabs.contains(&"first".to_owned()) && tabs.contains(&"second".to_owned()),
            "{tabs:?}"
        );
    }
}

#[test]
fn what_cannot_be_attached_to_is_named() {
    let trial = Trial::new("");
    let check = |config: &str, more: &[&str], code: i32, words: &str| {
        let path = trial.world.home().join("config.toml");
        std::fs::write(&path, config).unwrap();
        let words_of = ["report", "--site", "mock", "--config", path.to_str().unwrap()];
        trial.world.run(&[&words_of[..], more].concat()).expect(code, words);
    };
    let attach = |address: &str| format!("[browser]\nattach = \"{address}\"\n");
    check(&attach("127.0.0.1:1"), &[], 1, "no browser listens at 127.0.0.1:1");
    // The practice site answers there, and is no browser.
    let url = trial.mock.url();
    let site = url.split("://").nth(1).unwrap().split('/').next().unwrap();
    check(&attach(site), &[], 1, "is no Chrome");
    check(&attach("192.0.2.1:9222"), &[], 2, "is not on this machine");
    let persons = Persons::start();
    let address = format!("127.0.0.1:{}", persons.port);
    check(&attach(&address), &["--profile", "/nowhere"], 2, "exclude each other");
    let driver = trial.world.home().join("driver");
    std::fs::write(&driver, "#!/bin/sh\necho ChromeDriver 99.0.1.2\n").unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&driver, mode).unwrap();
    let other = format!("{}driver = \"{}\"\n", attach(&address), driver.display());
    check(&other, &[], 1, "chromedriver 99.0.1.2 cannot drive");
    assert_eq!(persons.tabs(), ["first", "second"]);
}
