//! Whom it is about: who the rules name now, or who a plan lists and still fits; and what the
//! person says to that.

use std::collections::HashMap;
use std::time::Duration;

use crate::browser::sent_page::Scan;
use crate::commands::opened;
use crate::commands::withdraw::acting::{Acting, Trouble};
use crate::commands::withdraw::witness::lease;
use crate::config::{self, Config};
use crate::domain::history::{EventKind, Outcome, StopWord};
use crate::domain::invitation::{Invitation, Key};
use crate::domain::report::Row;
use crate::domain::rules::Verdict;
use crate::domain::run::Sign;
use crate::exit::Failure;
use crate::terminal::ask::{self, Answer, Choice, Question};
use crate::terminal::open;

/// Who came to nothing so often is left to the person.
const FAILURES: usize = 2;
/// What one withdrawal takes besides the pause.
const ACT: Duration = Duration::from_secs(2);
const TERMS: &str = "The site's User Agreement (8.2) forbids bots and other automated methods. \
    rescind hides nothing from the site, which may restrict an account that uses it. A withdrawal \
    can't be undone.";

impl Acting<'_> {
    /// Makes the list of those who are to be withdrawn, in the order of the page or of the plan.
    /// `sane`: whether the list is one to judge by.
    pub(super) fn choose(&mut self, mut scan: Scan, sane: bool) -> Result<(), Trouble> {
        let whole = self.is_whole(&scan);
        let history = self.run.history();
        let narrowed = scan.invitations.into_iter().map(|one| history.narrowed(one));
        scan.invitations = narrowed.collect();
        let limit = self.args.limit.unwrap_or(usize::MAX);
        match self.start.plan.take() {
            Some(plan) => {
                let rows: Vec<Row> = plan.wanted().cloned().collect();
                self.choose_planned(rows, limit, scan, sane)?;
            }
            None => {
                let rules = &self.start.config.rules;
                let decide = |invitation| Row { decision: rules.decide(&invitation), invitation };
                let rows = scan.invitations.into_iter().map(decide);
                let wanted = rows.filter(|row| row.decision.verdict == Verdict::Withdraw);
                self.choose_ruled(wanted.collect(), limit);
            }
        }
        if !whole {
            self.leave_everybody(
                "the list could not be read to its end, so nothing could be proven",
            );
        } else if !sane {
            self.leave_everybody(
                "hardly anybody of the last list is on this one, so it proves nothing",
            );
        }
        let settled = |key: &Key| {
            let entry = self.run.history().entry(key);
            entry.is_some_and(|entry| entry.run == self.run.id())
        };
        let keys = self.rows.iter().map(|row| row.invitation.key.clone());
        let open = keys.filter(|key| !self.skipped.contains_key(key) && !settled(key));
        let wanted = open.collect();
        self.run.want(wanted);
        Ok(())
    }

    /// So many of those whom the rules name; who is not tried takes nobody's place.
    fn choose_ruled(&mut self, wanted: Vec<Row>, limit: usize) {
        let mut tried = 0;
        for row in wanted {
            if tried == limit {
                break;
            }
            tried += usize::from(!self.leave_the_stubborn(&row));
            self.rows.push(row);
        }
    }

    /// Nothing but what the plan lists, and of that only what still fits the page: so many of those.
    fn choose_planned(
        &mut self,
        planned: Vec<Row>,
        limit: usize,
        scan: Scan,
        sane: bool,
    ) -> Result<(), Trouble> {
        let mut tried = 0;
        let mut found: HashMap<Key, Invitation> =
            scan.invitations.into_iter().map(|one| (one.key.clone(), one)).collect();
        for row in planned {
            if tried == limit {
                break;
            }
            let key = row.invitation.key.clone();
            let Some(invitation) = found.remove(&key) else {
                self.rows.push(row);
                self.not_on_the_page(key, sane)?;
                continue;
            };
            let invitation = invitation.knowing(&row.invitation);
            let fits = lease(&row.invitation, &invitation, &self.start.config.rules);
            let decision = self.start.config.rules.decide(&invitation);
            let row = Row { invitation, decision };
            match fits {
                Err(why) => self.came_to(key, Outcome::Refused, why)?,
                Ok(()) => tried += usize::from(!self.leave_the_stubborn(&row)),
            }
            self.rows.push(row);
        }
        Ok(())
    }

    fn not_on_the_page(&mut self, key: Key, sane: bool) -> Result<(), Trouble> {
        if !sane {
            return Ok(());
        }
        if self.first.is_some() {
            let words = "not listed, but the list shows others twice, and may pass people over";
            self.skipped.insert(key, words.to_owned());
            self.left = true;
            return Ok(());
        }
        self.came_to(
            key.clone(),
            Outcome::Gone,
            "no longer pending when the run began".to_owned(),
        )?;
        Ok(self.record(EventKind::Verified { key, gone: true })?)
    }

    /// An end before anything was clicked.
    fn came_to(&mut self, key: Key, outcome: Outcome, detail: String) -> Result<(), Trouble> {
        self.record(EventKind::Outcome { key: key.clone(), outcome, detail })?;
        self.run.attempted(&key, outcome, Sign::Plain, self.now(), 0);
        Ok(())
    }

    /// On a list that proves nothing nobody is withdrawn.
    fn leave_everybody(&mut self, words: &str) {
        for row in &self.rows {
            self.skipped.entry(row.invitation.key.clone()).or_insert_with(|| words.to_owned());
        }
        self.remarks.push(format!("{words}, and nothing was withdrawn"));
        self.left = true;
    }

    /// Without the person, who came to nothing again and again is not tried once more.
    fn leave_the_stubborn(&mut self, row: &Row) -> bool {
        let key = &row.invitation.key;
        let leaves = self.args.yes && self.run.history().failures(key) >= FAILURES;
        if leaves {
            let words = format!("came to nothing {FAILURES} times; only you decide on another");
            self.skipped.entry(key.clone()).or_insert(words);
            self.left = true;
        }
        leaves
    }

    /// Asks the person; without questions, everybody is approved.
    pub(super) async fn confirm(&mut self, keys: Vec<Key>) -> Result<(), Trouble> {
        self.line.clear();
        let rows = self.rows.iter().filter(|row| keys.contains(&row.invitation.key));
        let rows: Vec<Row> = rows.cloned().collect();
        let (caps, duration) = (self.caps(), self.duration(rows.len()));
        let warning = self.is_first_time().then_some(TERMS);
        let colour = self.start.colour;
        if self.args.yes {
            let rows: Vec<&Row> = rows.iter().collect();
            let rows = rows.as_slice();
            if !self.start.quiet {
                ask::announce(&Question {
                    rows,
                    caps: &caps,
                    duration: &duration,
                    warning,
                    colour,
                });
            }
            self.run.confirmed(&keys);
            return Ok(());
        }
        let asked = rows.clone();
        let conversation = move || {
            let asked: Vec<&Row> = asked.iter().collect();
            let rows = asked.as_slice();
            let question = Question { rows, caps: &caps, duration: &duration, warning, colour };
            ask::ask(&question, &mut open_profile)
        };
        // The person may take longer than a server keeps a session that hears nothing.
        let answer = tokio::select! {
            answer = ask::beside(conversation, self.interrupts.first()) => answer,
            never = self.opened.site.session.stay() => match never {},
        };
        let (withdraw, keep, stops) = match answer {
            Some(Answer::Chosen(Choice { withdraw, keep_always })) => {
                (withdraw, keep_always, false)
            }
            Some(Answer::Quit(keep) | Answer::Interrupted(keep)) => (Vec::new(), keep, true),
            None => (Vec::new(), Vec::new(), true),
        };
        self.keep_always(&keep.iter().filter_map(|at| rows.get(*at)).collect::<Vec<_>>())?;
        let chosen = withdraw.iter().filter_map(|at| rows.get(*at));
        let approved: Vec<Key> = chosen.map(|row| row.invitation.key.clone()).collect();
        for row in rows.iter().filter(|row| !approved.contains(&row.invitation.key)) {
            let key = row.invitation.key.clone();
            self.skipped.entry(key).or_insert_with(|| "not chosen by you".to_owned());
        }
        self.run.confirmed(&approved);
        if stops {
            self.run.stop(StopWord::Interrupted);
        }
        Ok(())
    }

    /// Writes these onto the keep list of the config.
    fn keep_always(&mut self, rows: &[&Row]) -> Result<(), Failure> {
        if rows.is_empty() {
            return Ok(());
        }
        let path = match &self.start.config_file {
            Some(path) => path.clone(),
            None => Config::default_path().map_err(|error| opened::config_failure(&error))?,
        };
        let people: Vec<(&str, &str)> = rows
            .iter()
            .filter_map(|row| Some((row.invitation.profile_url.as_deref()?, &*row.invitation.name)))
            .collect();
        config::keep_always(&path, &people).map_err(|error| opened::config_failure(&error))?;
        for row in rows {
            let words = format!("kept always: {} says so now", path.display());
            self.skipped.insert(row.invitation.key.clone(), words);
        }
        Ok(())
    }

    fn caps(&self) -> String {
        let [run, hour, day, week] = self.run.room(self.now());
        format!("caps left: {run} in this run, {hour} this hour, {day} today, {week} this week")
    }

    /// How long so many take at this pace, as far as the caps let them.
    fn duration(&self, count: usize) -> String {
        let room = self.run.room(self.now()).into_iter().min().unwrap_or_default();
        let count = count.min(usize::try_from(room).unwrap_or(usize::MAX));
        let between = &self.start.config.pace.between;
        let each = (*between.start() + *between.end()) / 2 + ACT;
        let all = each * u32::try_from(count).unwrap_or(u32::MAX);
        let pace = if between.end().is_zero() { "without pauses" } else { "at this pace" };
        match all.as_secs() {
            seconds @ 0..=89 => format!("about {seconds} s {pace}"),
            seconds => format!("about {} min {pace}", seconds.div_ceil(60)),
        }
    }

    /// Whether this is a real site, and nobody was withdrawn there before.
    fn is_first_time(&self) -> bool {
        let began = self.run.history().entries().iter().any(|entry| entry.rule.is_some());
        !self.start.config.site.is_loopback() && !began
    }
}

/// The person's own browser, since this one is in the middle of its work.
fn open_profile(row: &Row) {
    if let Some(url) = &row.invitation.profile_url
        && let Err(why) = open::open_in_browser(url)
    {
        ask::show(&why);
    }
}
