//! A clean home for one run of the program, gone when the test ends.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_rescind");

pub struct World {
    home: TempDir,
}

impl World {
    pub fn new() -> Self {
        Self { home: TempDir::new().unwrap() }
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The program with nothing of the machine's own settings, in the world's own folder: what a
    /// run names by a relative path must not come to lie in the checkout.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .args(arguments)
            .current_dir(self.home())
            .env("HOME", self.home())
            .env("XDG_CONFIG_HOME", self.home().join("config"))
            .env("XDG_DATA_HOME", self.home().join("data"))
            .env("XDG_STATE_HOME", self.home().join("state"))
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("CHROMEDRIVER")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&mut self.command(arguments))
    }

    /// The JSON report of the mock site with these switches, without artificial delay.
    pub fn report(&self, switches: &str) -> Ran {
        let site = format!("mock?delay=0&{switches}");
        self.run(&["report", "--format", "json", "--headless", "--site", &site])
    }
}

pub struct Ran(Output);

impl Ran {
    pub fn of(command: &mut Command) -> Self {
        Self(command.output().unwrap())
    }

    pub fn code(&self) -> i32 {
        self.0.status.code().unwrap_or(-1)
    }

    pub fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out())
            .unwrap_or_else(|_| panic!("{} {}", self.out(), self.err()))
    }

    #[track_caller]
    pub fn expect(&self, code: i32, words: &str) {
        let (out, err) = (self.out(), self.err());
        assert_eq!(self.code(), code, "{out}\n{err}");
        assert!(err.contains(words), "{words:?} is not in:\n{err}");
        assert!(!err.contains("panicked"), "{err}");
    }
}

/// Waits for a condition that another process brings about.
#[track_caller]
pub fn wait_until(what: &str, limit: Duration, condition: impl Fn() -> bool) {
    let until = Instant::now() + limit;
    while !condition() {
        assert!(Instant::now() < until, "not within {limit:?}: {what}");
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

/// Processes, zombies left out, whose command line names this folder.
pub fn processes_of(folder: &Path) -> Vec<u32> {
    let folder = folder.to_str().unwrap();
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        if String::from_utf8_lossy(&line).contains(folder) {
            found.push(id);
        }
    }
    found
}
