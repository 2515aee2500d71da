//! The processes below one that a test started: found by their parents, known by their start.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::world::{processes_of, wait_until};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    pub id: u32,
    parent: u32,
    name: String,
    /// In ticks since boot: an id that is used again belongs to another process.
    started: u64,
}

impl Process {
    /// `None` when there is none, or only its entry is left.
    fn of(id: u32) -> Option<Self> {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        let (before, after) = stat.rsplit_once(')')?;
        let name = before.split_once('(')?.1.to_owned();
        let fields: Vec<&str> = after.split_whitespace().collect();
        let is_dead = matches!(*fields.first()?, "Z" | "X");
        let [parent, started] = [fields.get(1)?.parse().ok()?, fields.get(19)?.parse().ok()?];
        (!is_dead).then_some(Self { id, parent: u32::try_from(parent).ok()?, name, started })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    fn is_there(&self) -> bool {
        Self::of(self.id).is_some_and(|now| now.started == self.started)
    }

    pub fn send(&self, signal: Signal) {
        send(self.id, signal);
    }

    pub fn command_line(&self) -> Vec<String> {
        let bytes = std::fs::read(format!("/proc/{}/cmdline", self.id)).unwrap_or_default();
        let words = bytes.split(|byte| *byte == 0);
        words.map(|word| String::from_utf8_lossy(word).into_owned()).collect()
    }
}

pub fn send(id: u32, signal: Signal) {
    let id = Pid::from_raw(i32::try_from(id).unwrap()).unwrap();
    kill_process(id, signal).unwrap();
}

/// Everything below `root`, itself left out.
pub fn below(root: u32) -> Vec<Process> {
    let all = std::fs::read_dir("/proc").unwrap().flatten();
    let ids = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let mut children: HashMap<u32, Vec<Process>> = HashMap::new();
    for process in ids.filter_map(Process::of) {
        children.entry(process.parent).or_default().push(process);
    }
    let (mut found, mut open) = (Vec::new(), vec![root]);
    while let Some(parent) = open.pop() {
        for process in children.remove(&parent).unwrap_or_default() {
            open.push(process.id);
            found.push(process);
        }
    }
    found
}

/// The chromedriver that `root` started.
pub fn driver(root: u32) -> Process {
    let all = below(root);
    let mut found = all.into_iter().filter(|one| one.parent == root && one.name == "chromedriver");
    found.next().unwrap()
}

/// The Chromium whose other processes hang on it.
pub fn browser(root: u32) -> Process {
    let driver = driver(root);
    let is_main = |one: &Process| {
        one.parent == driver.id
            && !one.command_line().iter().any(|word| word.starts_with("--type="))
    };
    below(root).into_iter().find(is_main).unwrap()
}

/// What draws the pages.
pub fn renderers(root: u32) -> Vec<Process> {
    // They give themselves a command line of one piece.
    let is_one = |one: &Process| one.command_line().concat().contains("--type=renderer");
    below(root).into_iter().filter(is_one).collect()
}

/// None of these is left, and no other that names this folder.
#[track_caller]
pub fn nothing_left(known: &[Process], folder: &Path) {
    wait_until("no process is left", Duration::from_secs(20), || {
        known.iter().all(|one| !one.is_there()) && processes_of(folder).is_empty()
    });
}
