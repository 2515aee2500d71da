//! Readings of the list: the first one, from which people are chosen, and fresh ones, which prove
//! what became of those who were withdrawn.

use std::collections::HashSet;

use crate::browser::error::PageError;
use crate::browser::sent_page::{self, Reading, Scan};
use crate::commands::pause_point::pause_point;
use crate::commands::plan;
use crate::commands::sightings::sightings;
use crate::commands::withdraw::acting::{Acting, Trouble};
use crate::domain::history::{EventKind, StopWord};
use crate::domain::invitation::{Invitation, Key, Kind};
use crate::exit::{Exit, Failure};

/// A fresh list without more than a tenth of the others from before is no list to judge by.
const KEPT_AT_LEAST: (usize, usize) = (9, 10);

/// The list that a run began with, where people stand on it more than once.
pub(super) struct First {
    keys: HashSet<Key>,
    announced: Option<u64>,
    /// Who stands there more than once.
    twice: Vec<String>,
}

impl First {
    fn of(scan: &Scan) -> Self {
        let mut cards = scan.repeating.clone().unwrap_or_default();
        cards.sort_unstable();
        let pairs = cards.windows(2).filter(|pair| pair[0] == pair[1]);
        let twice = pairs.map(|pair| pair[0].clone()).collect();
        Self { keys: keys(scan).into_iter().collect(), announced: scan.announced, twice }
    }
}

impl Acting<'_> {
    /// Walks to the list, reads it, settles what earlier runs left, and chooses.
    pub(super) async fn read_first(&mut self) -> Result<(), Trouble> {
        let arrival = self.opened.site.walk().await?;
        self.remarks.extend(arrival.remarks.clone());
        self.check_account(arrival.account.as_deref())?;
        if let (Some(plan), Some(path)) = (&self.start.plan, &self.args.plan) {
            let (now, site) = (self.start.clock.now(), &self.opened.address);
            let checked = plan.check(now, site, arrival.account.as_deref());
            checked.map_err(|refusal| plan::refused(path, &refusal))?;
        }
        let account = arrival.account.clone();
        let language = arrival.language.clone();
        self.arrival = Some(arrival);
        self.listed = self.listed_before();
        let mut scan = self.read(&language).await?;
        self.begin(account)?;
        // What was left open is settled by a list that shows each of them once.
        let settles = !self.run.open().is_empty();
        self.first = (!settles && scan.repeating.is_some()).then(|| First::of(&scan));
        let mut sane = scan.complete;
        if settles || self.start.plan.is_some() {
            sane = self.is_sane(&scan);
            // The last look may be weeks old: a list that stays as it is over two loads is believed,
            // if it is not empty.
            if !sane && scan.complete && !scan.invitations.is_empty() {
                let first = keys(&scan);
                scan = self.load_and_read().await?;
                sane = self.is_whole(&scan) && keys(&scan) == first;
            }
            sane = sane && (!scan.invitations.is_empty() || self.is_empty_again().await?);
        }
        self.record_scan(&scan)?;
        let settled = self.settle(&scan, sane)?;
        self.keep_proof(settled, &scan).await;
        if sane {
            self.listed = keys(&scan);
        }
        self.choose(scan, sane)
    }

    /// Whom the last complete list showed: the journal's, or the plan's where it knows none.
    fn listed_before(&self) -> Vec<Key> {
        if let Some(list) = self.run.history().last_list(Kind::Person) {
            return list.to_vec();
        }
        let planned = self.start.plan.iter().flat_map(|plan| plan.report.rows.iter());
        planned.map(|row| row.invitation.key.clone()).collect()
    }

    /// Loads the Sent tab afresh and reads it; whether the list is all there is. What is open is
    /// settled by it too.
    pub(super) async fn read_afresh(&mut self) -> Result<bool, Trouble> {
        let scan = match self.load_and_read().await {
            // The page sometimes goes to another tab by itself, or comes without its list (§1.1, §6).
            Err(Trouble::Page(PageError::NotUnderstood(_) | PageError::WentAway { .. })) => {
                self.load_and_read().await?
            }
            other => other?,
        };
        let sane =
            self.is_sane(&scan) && (!scan.invitations.is_empty() || self.is_empty_again().await?);
        self.record_scan(&scan)?;
        let settled = self.settle(&scan, sane)?;
        self.keep_proof(settled, &scan).await;
        self.reload = false;
        if sane {
            self.listed = keys(&scan);
        }
        Ok(sane)
    }

    async fn load_and_read(&mut self) -> Result<Scan, Trouble> {
        let site = &mut self.opened.site;
        let account = self.arrival.as_ref().and_then(|arrival| arrival.account.clone());
        let (layout, language) = match account {
            Some(account) => site.reload_sent_of(&account).await?,
            None => site.reload_sent().await?,
        };
        if let Some(arrival) = &mut self.arrival {
            arrival.layout = layout;
        }
        self.read(&language).await
    }

    /// An empty list is believed when a second load shows it empty too.
    async fn is_empty_again(&mut self) -> Result<bool, Trouble> {
        let scan = self.load_and_read().await?;
        Ok(scan.complete && scan.invitations.is_empty())
    }

    /// Sees which of these the site still lists.
    pub(super) async fn verify(&mut self, wanted: &[Key]) -> Result<(), Trouble> {
        self.line.step("looking whether they are gone");
        pause_point("before-verify");
        let before: Vec<Key> = self.listed.clone();
        let sane = self.read_afresh().await?;
        pause_point("after-verify");
        self.run.looked(sane);
        if !sane {
            let words = "a fresh list proves nothing: it is not whole, or most of the others are missing on it";
            self.remarks.push(words.to_owned());
            if let Some(stopped) = self.run.stopped() {
                self.keep_page(Some(stopped), words.to_owned()).await;
            }
            return Ok(());
        }
        self.alarm(&before, wanted);
        Ok(())
    }

    async fn read(&mut self, language: &str) -> Result<Scan, Trouble> {
        let layout = match &self.arrival {
            Some(arrival) => arrival.layout.clone(),
            None => return Err(Failure::new(Exit::Failed, "no page was opened").into()),
        };
        let now = self.start.clock.now();
        self.read_at = now;
        let reading = Reading { layout: &layout, language, kind: Kind::Person, now };
        let line = self.line;
        let mut progress = |progress: sent_page::Progress| {
            line.read(progress.read, progress.announced);
        };
        let mut scan = sent_page::read_all(&mut self.opened.site, reading, &mut progress).await?;
        self.remarks.append(&mut scan.remarks);
        self.language.clone_from(&scan.language);
        Ok(scan)
    }

    /// Who was seen, and how complete the list was, all or nothing.
    fn record_scan(&mut self, scan: &Scan) -> Result<(), Failure> {
        let events = sightings(self.run.id(), self.read_at, Kind::Person, scan);
        let written = self.start.journal.append_all(&events);
        written.map_err(|error| super::start::journal_failure(&error))?;
        events.iter().for_each(|event| self.run.add(event));
        Ok(())
    }

    /// Settles what is open by a fresh list: who is on it is still pending, who is not on a
    /// complete one is gone. Answers who was settled, and whether they are gone.
    fn settle(&mut self, scan: &Scan, sane: bool) -> Result<Vec<(Key, bool)>, Failure> {
        let listed: HashSet<&Key> = scan.invitations.iter().map(|one| &one.key).collect();
        let mut settled = Vec::new();
        for key in self.run.open() {
            let gone = !listed.contains(&key);
            if sane || !gone {
                self.record(EventKind::Verified { key: key.clone(), gone })?;
                settled.push((key, gone));
            }
        }
        Ok(settled)
    }

    /// Whether a list is one to judge by: all of it was read, and at least nine in ten of those who
    /// were listed before, and were not begun, still are.
    fn is_sane(&self, scan: &Scan) -> bool {
        if !self.is_whole(scan) {
            return false;
        }
        let now: HashSet<&Key> = scan.invitations.iter().map(|one| &one.key).collect();
        let others: Vec<&Key> = self.listed.iter().filter(|key| !self.was_begun(key)).collect();
        let kept = others.iter().filter(|key| now.contains(*key)).count();
        let (part, whole) = KEPT_AT_LEAST;
        // Of a handful, one or two who accept are more than a tenth.
        kept * whole >= others.len() * part || others.len() - kept <= 2
    }

    /// Whether all of the list was read. On one that shows people twice somebody may have been passed
    /// over: it counts only when it is the first one of this run less those who were withdrawn, and its
    /// number is less by as many.
    pub(super) fn is_whole(&self, scan: &Scan) -> bool {
        if scan.repeating.is_none() || !scan.complete {
            return scan.complete;
        }
        let Some(first) = &self.first else { return false };
        let now = First::of(scan);
        let left = first.keys.difference(&now.keys);
        let gone = left.clone().filter(|key| self.was_begun(key)).count();
        let number = first.announced.and_then(|all| all.checked_sub(u64::try_from(gone).ok()?));
        gone == left.count()
            && now.keys.is_subset(&first.keys)
            && now.twice == first.twice
            && now.announced == number
    }

    fn was_begun(&self, key: &Key) -> bool {
        self.run.history().entry(key).is_some_and(|entry| entry.rule.is_some())
    }

    /// Others went meanwhile. Mostly they accepted; but if somebody who was to be withdrawn is
    /// still there, the site may have withdrawn the wrong ones.
    fn alarm(&mut self, before: &[Key], wanted: &[Key]) {
        let others = before.iter().filter(|key| !self.listed.contains(key) && !self.was_begun(key));
        let missing: Vec<String> = others.map(Key::to_string).collect();
        if missing.is_empty() {
            return;
        }
        let still = wanted.iter().filter(|key| self.listed.contains(key)).count();
        let names = missing.join(", ");
        if still == 0 {
            self.remarks.push(format!("no longer pending, though not withdrawn here: {names}"));
            return;
        }
        self.remarks.push(format!(
            "ALARM: {still} that were withdrawn are still listed, but these went instead: {names}. \
             Look at your account before you go on"
        ));
        self.run.stop(StopWord::PageChanged);
    }

    fn check_account(&self, found: Option<&str>) -> Result<(), Failure> {
        if found.is_none() && !self.start.config.site.is_loopback() {
            let words = "whose account is signed in could not be told; nothing was clicked";
            return Err(Failure::new(Exit::NotUnderstood, words).hint(
                "run it again; if it stays so, the site has changed: see layouts/README.md",
            ));
        }
        let wanted = [
            (self.start.config.account.as_deref(), "the config wants"),
            (self.run.history().account(), "the journal of this folder is of"),
        ];
        for (wanted, why) in wanted {
            let Some(wanted) = wanted else { continue };
            if found.is_some_and(|found| found.to_lowercase() == wanted.to_lowercase()) {
                continue;
            }
            let who = found.unwrap_or("nobody that can be told");
            let words = format!("{who} is signed in, but {why} {wanted}; nothing was clicked");
            return Err(Failure::new(Exit::PlanRefused, words).hint(
                "sign in as that person with rescind login, or use another folder with --state-dir",
            ));
        }
        Ok(())
    }
}

fn keys(scan: &Scan) -> Vec<Key> {
    scan.invitations.iter().map(|one: &Invitation| one.key.clone()).collect()
}
