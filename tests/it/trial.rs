//! One practice site and one state folder, for one run of `rescind withdraw` after another, each held
//! to the invariants with the site's own log as the truth.

use std::collections::BTreeMap;

use rescind::domain::history::EventKind;
use rescind::journal::Journal;
use rescind::mock_site::MockSite;
use serde_json::Value;

use crate::world::{Ran, World};

pub const NO_CAPS: &str = "[pace]\nbetween = \"0s..0s\"\nper_run = 1000\nper_hour = 1000\nper_day = 1000\nper_week = 1000\n";

/// One practice site and one state folder, for one run after another.
pub struct Trial {
    pub world: World,
    pub mock: MockSite,
    config: String,
}

/// What one run said.
pub struct Run {
    pub ran: Ran,
    pub json: Value,
}

impl Trial {
    /// Thirty people, without artificial delay, and these switches.
    pub fn new(switches: &str) -> Self {
        let all = with_usual(switches);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mock = runtime.block_on(MockSite::start(&all, 0)).unwrap();
        let trial = Self { world: World::new(), mock, config: String::new() };
        trial.configured(NO_CAPS)
    }

    pub fn configured(mut self, text: &str) -> Self {
        let path = self.world.home().join("config.toml");
        std::fs::write(&path, text).unwrap();
        self.config = path.display().to_string();
        self
    }

    /// Other switches from the next page load on.
    pub fn switch(&self, switches: &str) {
        self.mock.set_switches(&with_usual(switches));
    }

    /// What the report says now.
    pub fn report(&self) -> Value {
        let url = self.mock.url();
        let words =
            ["report", "--format", "json", "--headless", "--site", &url, "--config", &self.config];
        self.world.run(&words).json()
    }

    pub fn arguments(&self, more: &[&str]) -> Vec<String> {
        let url = self.mock.url();
        let fixed = ["withdraw", "--yes", "--no-pace", "--format", "json", "--headless"];
        let site = ["--site", &url, "--config", &self.config];
        fixed.iter().chain(&site).chain(more).map(|word| (*word).to_owned()).collect()
    }

    pub fn run(&self, more: &[&str]) -> Run {
        let run = self.run_without_journal(more);
        self.check_invariants(&run);
        run
    }

    /// A run whose journal can't bear witness.
    pub fn run_without_journal(&self, more: &[&str]) -> Run {
        let arguments = self.arguments(more);
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ran = self.world.run(&words);
        let json = if ran.out().is_empty() { Value::Null } else { ran.json() };
        Run { ran, json }
    }

    pub fn journal(&self) -> Vec<EventKind> {
        let state = self.world.home().join("state/rescind");
        let Ok(Some(reader)) = Journal::open_read_only(&state) else { return Vec::new() };
        let events = reader.events().unwrap_or_default();
        events.into_iter().map(|event| event.kind).collect()
    }

    pub fn logged(&self, kind: &str) -> Vec<String> {
        let log = self.mock.log();
        let of_kind = log.iter().filter(|event| event["type"] == kind);
        of_kind.map(|event| event["id"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// I1, I2, I4 and I5, with the site's log as the truth.
    fn check_invariants(&self, run: &Run) {
        let withdrawn = self.mock.withdrawn();
        let journal = self.journal();
        let mut intents: BTreeMap<&str, usize> = BTreeMap::new();
        for event in &journal {
            if let EventKind::Intent { key, .. } = event {
                *intents.entry(key.as_str()).or_default() += 1;
            }
        }
        let wrong: Vec<&String> =
            withdrawn.iter().filter(|id| !intents.contains_key(id.as_str())).collect();
        let wrong_by_site = self.mock.log().iter().any(|event| event.get("instead_of").is_some());
        assert!(wrong.is_empty() || wrong_by_site, "withdrawn without intent: {wrong:?}");
        let confirms = self.logged("confirm");
        for id in &confirms {
            let sent = confirms.iter().filter(|other| *other == id).count();
            assert!(sent <= intents[id.as_str()], "{id} was confirmed {sent} times");
        }
        for outcome in run.json["outcomes"].as_array().into_iter().flatten() {
            let is_withdrawn = withdrawn.contains(&outcome["id"].as_str().unwrap().to_owned());
            match outcome["outcome"].as_str().unwrap() {
                "withdrawn" if outcome["verified"] == true => assert!(is_withdrawn, "{outcome}"),
                "refused" | "skipped" | "failed" if !wrong_by_site => {
                    assert!(!is_withdrawn, "{outcome}");
                }
                _ => {}
            }
        }
    }
}

/// These switches, and the usual ones; a switch that is named twice would have two values.
fn with_usual(switches: &str) -> String {
    let usual = ["count=30", "delay=0", "hydrate=0", "dialog-delay=20", "effect-delay=20"];
    let is_free = |one: &&&str| !switches.contains(one.split('=').next().unwrap());
    let usual: Vec<&str> = usual.iter().filter(is_free).copied().collect();
    format!("{}&{switches}", usual.join("&"))
}

impl Run {
    /// The outcomes in order: `withdrawn*` is verified.
    pub fn outcomes(&self) -> String {
        let Some(all) = self.json["outcomes"].as_array() else {
            panic!("no outcomes: {} {}", self.ran.out(), self.ran.err());
        };
        let words = all.iter().map(|one| {
            let star = if one["verified"] == true { "*" } else { "" };
            format!("{}{star}", one["outcome"].as_str().unwrap())
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    pub fn expect(&self, code: i32, stopped: &str, outcomes: &str) -> &Self {
        let said = self.json["stopped"].as_str().unwrap_or("");
        let found = (self.ran.code(), said, self.outcomes());
        let (out, err) = (self.ran.out(), self.ran.err());
        assert_eq!(found, (code, stopped, outcomes.to_owned()), "{out}\n{err}");
        self
    }

    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        let (out, err) = (self.ran.out(), self.ran.err());
        assert!(out.contains(words) || err.contains(words), "{words:?} is not in:\n{out}\n{err}");
        self
    }
}
