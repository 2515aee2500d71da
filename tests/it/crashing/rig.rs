//! One practice site, one state folder, one run after another; each can be stopped at a label, and
//! all are held to the invariants.

mod going;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::OnceLock;
use std::time::Duration;

use jiff::Timestamp;
use rescind::domain::history::{Event, EventKind, History, Outcome, Site};
use rescind::journal::{Journal, JournalError};
use serde_json::Value;

use crate::trial::Trial;
pub use going::{Ended, Going};

/// Every place at which a run can be stopped, in their order for one person, then for a proof.
pub const LABELS: [&str; 10] = [
    "before-intent",
    "after-intent",
    "after-click",
    "after-opened",
    "after-confirm-sent",
    "after-confirm",
    "before-outcome",
    "after-outcome",
    "before-verify",
    "after-verify",
];

pub const PEOPLE: &str =
    "count=80&first=40&batch=40&delay=0&hydrate=0&dialog-delay=20&effect-delay=20";

pub struct Rig {
    pub trial: Trial,
    switches: String,
    /// Whom the rules name, in the page's order.
    stale: Vec<String>,
    /// When the site's clock began.
    since: Timestamp,
    runs: Cell<u32>,
    pub more: Vec<String>,
}

/// Caps as high as this, and no pause.
pub fn pace(per_hour: usize) -> String {
    format!(
        "[pace]\nbetween = \"0s..0s\"\nper_run = 1000\nper_hour = {per_hour}\nper_day = 1000\nper_week = 1000\n"
    )
}

impl Rig {
    pub fn new() -> Self {
        static LIST: OnceLock<Vec<Value>> = OnceLock::new();
        Self::with(PEOPLE, &LIST)
    }

    /// The list of who is stale is read once for all who share these switches.
    pub fn with(switches: &str, list: &OnceLock<Vec<Value>>) -> Self {
        let since = Timestamp::now();
        let trial = Trial::new(switches);
        let (runs, switches) = (Cell::new(0), switches.to_owned());
        let mut rig = Self { trial, switches, stale: Vec::new(), since, runs, more: Vec::new() };
        rig.configure(&pace(1000), "");
        let stale = list.get_or_init(|| rig.report());
        // The second one is kept: whatever happens, nobody may touch that one.
        let kept = stale[1]["name"].as_str().unwrap();
        let ids = stale.iter().map(|one| one["id"].as_str().unwrap().to_owned());
        rig.stale = ids.filter(|id| id != stale[1]["id"].as_str().unwrap()).collect();
        rig.configure(&pace(1000), &format!("[keep]\nnames = [{kept:?}]\n"));
        rig
    }

    fn report(&self) -> Vec<Value> {
        let path = self.config();
        let site = self.trial.mock.url();
        let words = ["report", "--format", "json", "--headless", "--site", &site, "--config"];
        let ran = self.trial.world.run(&[&words[..], &[path.to_str().unwrap()]].concat());
        let all = ran.json()["invitations"].as_array().unwrap().clone();
        all.into_iter().filter(|one| one["decision"] == "withdraw").collect()
    }

    fn config(&self) -> PathBuf {
        self.trial.world.home().join("config.toml")
    }

    fn configure(&self, pace: &str, keep: &str) {
        let rule = "[[rule]]\nname = \"any\"\nolder_than = \"1 day\"\n";
        std::fs::write(self.config(), format!("{pace}{rule}{keep}")).unwrap();
    }

    /// The first so many whom the rules name are kept as well.
    pub fn keep_first(&mut self, count: usize) {
        let kept: Vec<String> = self.stale.drain(..count).collect();
        let text = std::fs::read_to_string(self.config()).unwrap();
        std::fs::write(self.config(), format!("{text}profiles = {}\n", Value::from(kept))).unwrap();
    }

    /// Another pace, the same rules.
    pub fn set_pace(&self, pace: &str) {
        let text = std::fs::read_to_string(self.config()).unwrap();
        let rules = &text[text.find("[[rule]]").unwrap()..];
        std::fs::write(self.config(), format!("{pace}{rules}")).unwrap();
    }

    pub fn fault(&self, fault: &str) {
        self.trial.mock.set_switches(&format!("{}&fault={fault}", self.switches));
    }

    pub fn heal(&self) {
        self.trial.mock.set_switches(&self.switches);
    }

    pub fn address(&self) -> String {
        let at = self.more.iter().position(|word| word == "--site");
        at.map_or_else(|| self.trial.mock.url(), |at| self.more[at + 1].clone())
    }

    pub fn state(&self) -> PathBuf {
        let at = self.more.iter().position(|word| word == "--state-dir");
        let usual = || self.trial.world.home().join("state/rescind");
        at.map_or_else(usual, |at| PathBuf::from(&self.more[at + 1]))
    }

    /// Starts a run over so many people that stops at `label:n`; at "" it stops nowhere.
    pub fn start(&self, at: &str, limit: usize) -> Going<'_> {
        self.start_with(at, limit, &["--no-pace"])
    }

    pub fn start_with(&self, at: &str, limit: usize, more: &[&str]) -> Going<'_> {
        let number = self.runs.replace(self.runs.get() + 1);
        let home = self.trial.world.home();
        let folder = home.join(format!("pause-{number}"));
        std::fs::create_dir(&folder).unwrap();
        let (config, limit) = (self.config(), limit.to_string());
        let address = self.address();
        let fixed = ["withdraw", "--yes", "--format", "json", "--headless", "--limit", &limit];
        let place = ["--config", config.to_str().unwrap()];
        let site = ["--site", &address];
        let site = if self.more.iter().any(|word| word == "--site") { &[][..] } else { &site[..] };
        let own: Vec<&str> = self.more.iter().map(String::as_str).collect();
        let mut command =
            self.trial.world.command(&[&fixed[..], &place, site, &own, more].concat());
        let out = |name: &str| File::create(folder.join(name)).unwrap();
        command.env("RESCIND_PAUSE_DIR", &folder).env("RESCIND_PAUSE_AT", at);
        command.stdout(Stdio::from(out("stdout"))).stderr(Stdio::from(out("stderr")));
        let (before, limit) = (self.withdrawn(), limit.parse().unwrap());
        let events = self.try_events().map_or(0, |events| events.len());
        let child = command.spawn().unwrap();
        Going { rig: self, child, folder, before, events, limit, known: Vec::new() }
    }

    /// A whole run, with everything healthy.
    pub fn run(&self, limit: usize) -> Ended {
        self.start("", limit).end()
    }

    /// A run beside a journal that may be unreadable or another one, so nothing else is checked.
    pub fn start_unchecked(&self, more: &[&str]) -> Ended {
        self.start_with("", 1, &[&["--no-pace"], more].concat()).finish()
    }

    pub fn events(&self) -> Vec<Event> {
        self.try_events().unwrap()
    }

    fn try_events(&self) -> Result<Vec<Event>, JournalError> {
        let reader = Journal::open_read_only(&self.state())?;
        reader.map_or_else(|| Ok(Vec::new()), |reader| reader.events())
    }

    pub fn history(&self) -> History {
        History::of(self.site(), &self.events())
    }

    fn site(&self) -> Site {
        Site::of(&self.address()).unwrap()
    }

    /// By the site's own word, whether it has taken effect or not.
    pub fn withdrawn(&self) -> BTreeSet<String> {
        self.trial.logged("withdraw").into_iter().collect()
    }

    /// How often a click or a confirmation reached the site.
    pub fn acts(&self) -> (usize, usize) {
        (self.trial.logged("click-withdraw").len(), self.trial.logged("confirm").len())
    }

    /// I1, I2 and I5, which hold at any moment.
    pub fn check(&self) {
        let log = self.trial.mock.log();
        let mut events = self.events();
        events.retain(|event| key_of(&event.kind).is_some());
        let times = |wanted: &dyn Fn(&EventKind) -> bool, id: &str| -> Vec<Timestamp> {
            let is_it = |event: &&Event| wanted(&event.kind) && key_of(&event.kind) == Some(id);
            events.iter().filter(is_it).map(|event| event.at).collect()
        };
        let intent = |kind: &EventKind| matches!(kind, EventKind::Intent { .. });
        let sent = |kind: &EventKind| matches!(kind, EventKind::ConfirmSent { .. });
        let mut confirms: BTreeMap<&str, usize> = BTreeMap::new();
        for event in &log {
            let kind = event["type"].as_str().unwrap();
            if !["click-withdraw", "confirm", "withdraw"].contains(&kind) {
                continue;
            }
            let id = event["id"].as_str().unwrap();
            assert!(self.stale.iter().any(|one| one == id), "I1: {id} was never chosen: {event}");
            let received = Duration::from_millis(event["received_ms"].as_u64().unwrap() + 1);
            let received = self.since.checked_add(received).unwrap();
            let first = times(&intent, id).into_iter().min();
            // The two clocks began a moment apart.
            let slack = Duration::from_millis(20);
            let in_time = first.is_some_and(|at| at <= received.checked_add(slack).unwrap());
            assert!(in_time, "I2: the intent came late: {first:?} for {event} at {received}");
            if kind == "confirm" {
                *confirms.entry(id).or_default() += 1;
            }
            assert!(event["trusted"].as_bool().unwrap_or(true), "{event}");
        }
        for (id, count) in confirms {
            let sent = times(&sent, id).len();
            assert!(count <= sent, "I5: {id} was confirmed {count} times, recorded {sent} times");
        }
        let withdrawn = self.trial.logged("withdraw");
        assert_eq!(withdrawn.len(), self.withdrawn().len(), "withdrawn twice: {withdrawn:?}");
    }

    /// I4: nothing is open, and the journal says of everybody what the site says.
    pub fn check_settled(&self) {
        self.check();
        let history = self.history();
        assert!(history.in_doubt().is_empty(), "in doubt: {:?}", history.in_doubt());
        assert!(history.unverified().is_empty(), "unverified: {:?}", history.unverified());
        let believed = history.entries().iter().filter(|one| one.outcome() == Outcome::Withdrawn);
        let believed: BTreeSet<String> = believed.map(|one| one.key.to_string()).collect();
        assert_eq!(believed, self.withdrawn(), "the journal (left) and the site do not agree");
    }

    /// Whoever went in this run was among the first so many that the rules name.
    fn check_chosen(&self, before: &BTreeSet<String>, limit: usize) {
        let left = self.stale.iter().filter(|id| !before.contains(*id));
        let chosen: Vec<&String> = left.take(limit).collect();
        let now = self.withdrawn();
        let wrong: Vec<&String> =
            now.difference(before).filter(|id| !chosen.contains(id)).collect();
        assert!(wrong.is_empty(), "I1: {wrong:?} were withdrawn, chosen were {chosen:?}");
    }

    /// What earlier runs left open was settled before anything new was begun.
    fn check_settled_first(&self, events: usize, ended: &Ended) {
        let all = self.events();
        let (earlier, own) = all.split_at(events);
        let mut history = History::of(self.site(), earlier);
        let open = |history: &History| {
            let entries = history.in_doubt().into_iter().chain(history.unverified());
            entries.map(|entry| entry.key.to_string()).collect::<Vec<_>>()
        };
        let left = open(&history);
        let is_reading = |kind: &EventKind| {
            matches!(
                kind,
                EventKind::RunStarted { .. }
                    | EventKind::Sighted { .. }
                    | EventKind::ScanEnded { .. }
            )
        };
        let first = own.iter().skip_while(|event| is_reading(&event.kind)).take(left.len());
        if !own.is_empty() {
            let verified =
                first.filter(|event| matches!(event.kind, EventKind::Verified { .. })).count();
            assert_eq!(verified, left.len(), "settled first: {left:?}\n{own:?}\n{ended:?}");
        }
        for event in own {
            if matches!(event.kind, EventKind::Intent { .. }) {
                assert!(history.in_doubt().is_empty(), "begun in doubt: {event:?}\n{ended:?}");
            }
            history.add(event);
        }
    }
}

pub fn key_of(kind: &EventKind) -> Option<&str> {
    match kind {
        EventKind::Intent { key, .. }
        | EventKind::Opened { key }
        | EventKind::ConfirmSent { key }
        | EventKind::Outcome { key, .. }
        | EventKind::Verified { key, .. } => Some(key.as_str()),
        _ => None,
    }
}
