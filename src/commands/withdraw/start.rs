//! What must be right before a browser is started: usage, plan, lock, journal.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

use crate::cli::{Global, WithdrawArgs};
use crate::commands::clock::Clock;
use crate::commands::{opened, plan};
use crate::config::Config;
use crate::domain::history::Site;
use crate::domain::plan::Plan;
use crate::exit::{Exit, Failure};
use crate::folders;
use crate::journal::{Journal, JournalError};
use crate::lock::{self, Lock};
use crate::terminal::output;

pub struct Start {
    pub config: Config,
    /// Where the config was named to be.
    pub config_file: Option<PathBuf>,
    /// Whether only what went wrong is said.
    pub quiet: bool,
    /// Whether messages take colours.
    pub colour: bool,
    pub plan: Option<Plan>,
    pub journal: Journal,
    pub clock: Clock,
    _lock: Lock,
}

impl Start {
    pub fn new(global: &Global, args: &WithdrawArgs) -> Result<Self, Failure> {
        let mut config = opened::config(global)?;
        if args.no_pace {
            if !config.site.is_loopback() {
                let words = "--no-pace is only for a practice site on this machine";
                return Err(Failure::new(Exit::Usage, words)
                    .hint("leave it out; on a real site the pause is at least 5 s"));
            }
            config.pace.between = Duration::ZERO..=Duration::ZERO;
        }
        if !args.yes && !std::io::stdin().is_terminal() {
            let words = "nobody can be asked: standard input is no terminal";
            return Err(Failure::new(Exit::Usage, words)
                .hint("run it in a terminal, or with --yes to withdraw without questions"));
        }
        let plan = args.plan.as_deref().map(plan::read).transpose()?;
        let state = opened::state_dir(global)?;
        let folder = folders::private_dir(&state)
            .map_err(|error| Failure::new(Exit::Failed, &error).hint(error.hint()))?;
        let lock =
            lock::acquire(&folder, "state folder").map_err(|error| opened::lock_failure(&error))?;
        let journal = match args.new_journal {
            true => Journal::open_new(&folder),
            false => Journal::open(&folder),
        };
        let journal = journal.map_err(|error| journal_failure(&error))?;
        for warning in journal.warnings() {
            output::say(global, &format!("warning: {warning}"));
        }
        let start = Self {
            config,
            config_file: global.config.clone(),
            quiet: global.quiet,
            colour: output::colours_of_messages(global.color),
            plan,
            journal,
            clock: Clock::start(),
            _lock: lock,
        };
        if let Some(site) = start.config.site.base().and_then(Site::of) {
            start.check_rest(&site)?;
        }
        Ok(start)
    }

    /// The site asked for rest, or the clock can't be trusted.
    fn check_rest(&self, site: &Site) -> Result<(), Failure> {
        let history = self.journal.history(site).map_err(|error| journal_failure(&error))?;
        let now = history.now(self.clock.now());
        if let Some(until) = history.cool_down_until().filter(|until| *until > now) {
            let words = format!("the site asked for rest until {}", output::local_time(until));
            return Err(Failure::new(Exit::Stopped, words)
                .hint("nothing is asked of the site before; rescind history works meanwhile"));
        }
        let leap = self.clock.boot().and_then(|boot| history.clock_leap(self.clock.now(), &boot));
        if let Some(leap) = leap.filter(|leap| leap.as_hours() >= 1) {
            let words = format!(
                "since the last run the clock went {} h further than this machine has been up: \
                 the caps per hour, day and week can't be told",
                leap.as_hours()
            );
            return Err(Failure::new(Exit::Failed, words)
                .hint("set the clock right; if it is right now, restart the machine once"));
        }
        Ok(())
    }
}

pub fn journal_failure(error: &JournalError) -> Failure {
    Failure::new(Exit::Failed, output::with_causes(error)).hint(error.hint())
}
