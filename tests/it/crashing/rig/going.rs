//! One run of a rig: waited for, stopped at its label, and what it left.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::PathBuf;
use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;

use super::Rig;
use crate::crashing::processes::{self, Process};

/// No command of the program may hang: its own longest deadline is 35 s.
const END: Duration = Duration::from_secs(300);
const PAUSE: Duration = Duration::from_secs(300);

/// A run that was started. It is killed when the test ends before it does.
pub struct Going<'a> {
    pub(super) rig: &'a Rig,
    pub child: Child,
    pub(super) folder: PathBuf,
    pub(super) before: BTreeSet<String>,
    pub(super) events: usize,
    pub(super) limit: usize,
    pub(super) known: Vec<Process>,
}

/// The trace of one label.
pub struct Passed(PathBuf);

impl Passed {
    pub fn is(&self, times: u32) -> bool {
        std::fs::read_to_string(&self.0).is_ok_and(|text| text == times.to_string())
    }
}

/// What a run left.
#[derive(Debug)]
pub struct Ended {
    /// `None`: killed.
    pub code: Option<i32>,
    pub json: Value,
    pub err: String,
}

impl Going<'_> {
    /// The run stands at its label.
    #[track_caller]
    pub fn paused(mut self) -> Self {
        let paused = self.folder.join("paused");
        self.wait("the label is reached", PAUSE, |_| paused.exists());
        self.known = processes::below(self.child.id());
        self.rig.check();
        self
    }

    /// Waits for something that this run brings about.
    #[track_caller]
    pub fn wait(&mut self, what: &str, limit: Duration, condition: impl Fn(&Rig) -> bool) {
        let until = Instant::now() + limit;
        while !condition(self.rig) {
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none(), "it ended ({ended:?}) before: {what}\n{}", self.said());
            assert!(Instant::now() < until, "not within {limit:?}: {what}\n{}", self.said());
            std::thread::park_timeout(Duration::from_millis(2));
        }
    }

    /// How often a label was passed, to be looked at while it runs.
    pub fn label(&self, label: &str) -> Passed {
        Passed(self.folder.join(format!("passed-{label}")))
    }

    pub fn said(&self) -> String {
        std::fs::read_to_string(self.folder.join("stderr")).unwrap()
    }

    pub fn send(&self, signal: Signal) {
        processes::send(self.child.id(), signal);
    }

    pub fn go(&self) -> &Self {
        File::create(self.folder.join("go")).unwrap();
        self
    }

    /// Waits for the end; checks what holds after any run, however it ended.
    #[track_caller]
    pub fn end(self) -> Ended {
        let (rig, before, events, limit) = (self.rig, self.before.clone(), self.events, self.limit);
        let ended = self.finish();
        rig.check();
        rig.check_chosen(&before, limit);
        rig.check_settled_first(events, &ended);
        ended
    }

    /// Waits for the end, and that nothing is left behind.
    #[track_caller]
    pub fn finish(mut self) -> Ended {
        let until = Instant::now() + END;
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None => assert!(Instant::now() < until, "I7: it hangs\n{}", self.said()),
            }
            self.note_processes();
            std::thread::park_timeout(Duration::from_millis(200));
        };
        let err = self.said();
        assert!(!err.contains("panicked"), "{err}");
        processes::nothing_left(&self.known, self.rig.trial.world.home());
        let out = std::fs::read_to_string(self.folder.join("stdout")).unwrap();
        let json = serde_json::from_str(&out).unwrap_or_default();
        Ended { code: status.code(), json, err }
    }

    fn note_processes(&mut self) {
        for process in processes::below(self.child.id()) {
            if !self.known.contains(&process) {
                self.known.push(process);
            }
        }
    }
}

impl Drop for Going<'_> {
    fn drop(&mut self) {
        // Already ended, or nothing more can be done about it here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Ended {
    pub fn stopped(&self) -> &str {
        self.json["stopped"].as_str().unwrap_or_default()
    }

    /// The outcomes in order: `withdrawn*` is verified.
    pub fn outcomes(&self) -> String {
        let all = self.json["outcomes"].as_array().into_iter().flatten();
        let words = all.map(|one| {
            let star = if one["verified"] == true { "*" } else { "" };
            format!("{}{star}", one["outcome"].as_str().unwrap())
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    pub fn expect(&self, code: i32, stopped: &str) -> &Self {
        assert_eq!((self.code, self.stopped()), (Some(code), stopped), "{self:#?}");
        self
    }

    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        assert!(self.err.contains(words), "{words:?} is not in:\n{}", self.err);
        self
    }
}
