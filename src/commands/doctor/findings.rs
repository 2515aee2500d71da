//! What was found so far: each check is shown as soon as it is known, and the first problem decides
//! the exit code.

use crate::cli::Global;
use crate::domain::diagnosis::{Check, Diagnosis, Fact, Status};
use crate::domain::locators::Found;
use crate::exit::{Exit, Failure};
use crate::report::doctor;
use crate::report::table::View;
use crate::terminal::output;
use crate::terminal::progress::Line;

/// Checks of the open page, in their order.
const OF_THE_PAGE: [&str; 9] =
    ["start", "selectors", "sign-in", "walk", "layout", "locators", "reading", "ages", "dialog"];
/// Checks without which no browser is started.
const NEEDED: [&str; 7] = ["config", "rest", "browser", "driver", "versions", "profile", "layouts"];

pub struct Findings<'a> {
    pub diagnosis: Diagnosis,
    pub line: Line,
    global: &'a Global,
    /// Whether all of it is one document at the end.
    is_json: bool,
    exit: Option<Exit>,
    /// Why the first line that could not be written could not.
    unwritten: Option<std::io::Error>,
}

impl<'a> Findings<'a> {
    pub fn new(global: &'a Global, is_json: bool) -> Self {
        Self {
            diagnosis: Diagnosis::default(),
            line: Line::new(global.quiet),
            global,
            is_json,
            exit: None,
            unwritten: None,
        }
    }

    /// What is being done now.
    pub fn step(&self, words: &'static str) {
        self.line.step(words);
    }

    pub fn ok(&mut self, id: &'static str, detail: impl Into<String>) {
        self.add(Check::new(id, Status::Ok, detail));
    }

    pub fn skip(&mut self, id: &'static str, detail: impl Into<String>) {
        self.add(Check::new(id, Status::Skipped, detail));
    }

    /// A problem, with the exit code that it means.
    pub fn problem(&mut self, id: &'static str, failure: &Failure) {
        let mut check = Check::new(id, Status::Problem, &failure.sentence);
        check.hint.clone_from(&failure.hint);
        self.problem_with(check, failure.exit);
    }

    pub fn problem_with(&mut self, check: Check, exit: Exit) {
        self.exit.get_or_insert(exit);
        self.add(check.fact("exit_code", Fact::Count(exit as u64)));
    }

    pub fn add(&mut self, check: Check) {
        let is_wanted =
            !self.global.quiet || matches!(check.status, Status::Warning | Status::Problem);
        if is_wanted {
            let text = doctor::check(&check, self.view());
            self.show(&text);
        }
        self.diagnosis.checks.push(check);
    }

    /// What a layout finds, below the check that speaks of it.
    pub fn show_locators(&mut self, found: &Found, title: &str) {
        if !self.global.quiet {
            let text = doctor::locators(found, title, self.view());
            self.show(&text);
        }
    }

    /// The check whose problem keeps the browser from being started.
    pub fn blocker(&self) -> Option<&'static str> {
        let is_problem = |check: &&Check| check.status == Status::Problem;
        let problems = self.diagnosis.checks.iter().filter(is_problem);
        problems.map(|check| check.id).find(|id| NEEDED.contains(id))
    }

    /// What is left of the checks of the page cannot be done.
    pub fn skip_page(&mut self, because: &str) {
        let is_done = |id: &str| self.diagnosis.checks.iter().any(|check| check.id == id);
        let left: Vec<_> = OF_THE_PAGE.into_iter().filter(|id| !is_done(id)).collect();
        for id in left {
            self.skip(id, format!("not done: see {because}"));
        }
    }

    /// Shows the end of it.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub fn end(&mut self) -> Result<Exit, Failure> {
        let exit = self.exit.unwrap_or(Exit::Done);
        if self.is_json {
            let text = self.diagnosis.to_json(env!("CARGO_PKG_VERSION"), exit as u8);
            self.write(&text);
        } else if !self.global.quiet {
            let text = doctor::summary(&self.diagnosis, self.view());
            self.show(&text);
        }
        match self.unwritten.take() {
            None => Ok(exit),
            Some(error) => {
                Err(Failure::new(Exit::Failed, format!("cannot write what was found: {error}")))
            }
        }
    }

    fn view(&self) -> View<'static> {
        View {
            columns: output::columns(),
            colour: output::colours(self.global.color),
            verbose: self.global.verbose > 0,
            next: None,
        }
    }

    fn show(&mut self, text: &str) {
        if !self.is_json {
            // The line of progress stands where the text will be.
            self.line.clear();
            self.write(text);
        }
    }

    fn write(&mut self, text: &str) {
        if let Err(error) = output::data(text) {
            self.unwritten.get_or_insert(error);
        }
    }
}
