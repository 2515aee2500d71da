//! rescind's own records: the state folder, the journal, the disk, and who holds the lock.

use std::path::Path;

use jiff::Timestamp;

use super::findings::Findings;
use super::surroundings::counted;
use crate::cli::Global;
use crate::commands::opened;
use crate::config::Config;
use crate::domain::diagnosis::{Check, Fact, Status};
use crate::domain::history::{History, Outcome, Site};
use crate::exit::{Exit, Failure};
use crate::folders;
use crate::journal::{self, Journal, JournalError};
use crate::lock;
use crate::terminal::output;

/// Below so much, writing will soon fail.
const LITTLE: u64 = 50 << 20;
/// A browser profile grows to a few hundred megabytes.
const COMFORTABLE: u64 = 500 << 20;

/// What the journal says that matters for the page.
#[derive(Default)]
pub struct Past {
    /// Whose account the journal of this folder is of, on this site.
    pub account: Option<String>,
}

pub fn records(global: &Global, config: &Config, findings: &mut Findings) -> Past {
    let folder = match opened::state_dir(global) {
        Ok(folder) => folder,
        Err(failure) => {
            findings.problem("state", &failure);
            for id in ["journal", "disk", "lock"] {
                findings.skip(id, "not done: see state");
            }
            return Past::default();
        }
    };
    let is_private = state(&folder, findings);
    let past = if is_private {
        journal(&folder, config, findings)
    } else {
        findings.skip("journal", "not done: see state");
        Past::default()
    };
    disk(&folder, findings);
    if is_private {
        match lock::look(&folder, "state folder") {
            Ok(()) => findings.ok("lock", "free: no other run uses the state folder"),
            Err(error) => findings.problem("lock", &opened::lock_failure(&error)),
        }
    } else {
        findings.skip("lock", "not done: see state");
    }
    past
}

/// Whether the state folder is one that may be used, or none yet.
fn state(folder: &Path, findings: &mut Findings) -> bool {
    let found = match folders::existing_private_dir(folder) {
        Ok(Some(found)) => found,
        Ok(None) => {
            let words = "does not exist yet; it is made when something is to be kept";
            findings.ok("state", format!("{} {words}", folder.display()));
            return true;
        }
        Err(error) => {
            findings.problem("state", &opened::folder_failure(&error));
            return false;
        }
    };
    let shown = found.display();
    if rustix::fs::access(&found, rustix::fs::Access::WRITE_OK).is_err() {
        let words = format!("{shown} cannot be written");
        let hint = format!("make it writable for you: chmod 700 '{shown}'");
        findings.problem("state", &Failure::new(Exit::Failed, words).hint(hint));
        return false;
    }
    let warnings = journal::warnings_of(&found);
    if warnings.is_empty() {
        findings.ok("state", format!("{shown}, for you alone"));
    } else {
        findings.add(Check::new("state", Status::Warning, warnings.join("; ")));
    }
    true
}

fn journal(folder: &Path, config: &Config, findings: &mut Findings) -> Past {
    match read(folder) {
        Ok(None) => {
            findings.ok("journal", "none yet; the first rescind withdraw begins it");
            Past::default()
        }
        Ok(Some((count, histories))) => {
            sum_up(count, &histories, findings);
            let site = config.site.base().and_then(Site::of);
            let here = histories.iter().find(|history| Some(history.site()) == site.as_ref());
            here.map_or_else(Past::default, |here| {
                rest(here, findings);
                Past { account: here.account().map(str::to_owned) }
            })
        }
        Err(error) => {
            let failure = Failure::new(Exit::Failed, output::with_causes(&error));
            findings.problem("journal", &failure.hint(error.hint()));
            Past::default()
        }
    }
}

/// All of the journal is looked at for damage; what was seen of the list is not read.
fn read(folder: &Path) -> Result<Option<(u64, Vec<History>)>, JournalError> {
    let Some(reader) = Journal::open_read_only(folder)? else { return Ok(None) };
    reader.verify()?;
    let histories = reader.deeds(&reader.sites()?)?;
    Ok(Some((reader.count()?, histories)))
}

fn sum_up(count: u64, histories: &[History], findings: &mut Findings) {
    let runs: usize = histories.iter().map(|history| history.runs().len()).sum();
    let doubt: usize = histories.iter().map(|history| history.in_doubt().len()).sum();
    let unproven: usize = histories.iter().map(|history| history.unverified().len()).sum();
    let entries = histories.iter().flat_map(History::entries);
    let done = entries.filter(|entry| entry.outcome() == Outcome::Withdrawn).count();
    let said = format!("whole: {}, {done} withdrawn", counted(runs, "run"));
    let check = if doubt + unproven == 0 {
        Check::new("journal", Status::Ok, format!("{said}, nothing in doubt"))
    } else {
        let words = format!("{said}, {doubt} in doubt, {unproven} not proven yet");
        Check::new("journal", Status::Warning, words)
            .hint("the next rescind withdraw settles them first; rescind history shows them")
    };
    findings.add(
        check
            .fact("events", Fact::Count(count))
            .fact("runs", Fact::count(runs))
            .fact("withdrawn", Fact::count(done))
            .fact("in_doubt", Fact::count(doubt))
            .fact("unproven", Fact::count(unproven)),
    );
}

/// When the site asked for rest, doctor lets it rest too.
fn rest(here: &History, findings: &mut Findings) {
    let now = here.now(Timestamp::now());
    if let Some(until) = here.cool_down_until().filter(|until| *until > now) {
        let words = format!("the site asked for rest until {}", output::local_time(until));
        let hint = "nothing is asked of the site before; run rescind doctor again then";
        findings.problem("rest", &Failure::new(Exit::Stopped, words).hint(hint));
    }
}

fn disk(folder: &Path, findings: &mut Findings) {
    let there = folder.ancestors().find(|place| place.is_dir()).unwrap_or(Path::new("/"));
    let disk = match rustix::fs::statvfs(there) {
        Ok(disk) => disk,
        Err(error) => {
            let words = format!("the free space of {} is not known: {error}", there.display());
            findings.add(Check::new("disk", Status::Warning, words));
            return;
        }
    };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    let said = format!("{} free for the records and the profile", size(free));
    let check =
        |status| Check::new("disk", status, said.clone()).fact("free_mb", Fact::Count(free >> 20));
    let hint = "free some space on the disk";
    match free {
        0..LITTLE => findings.problem_with(check(Status::Problem).hint(hint), Exit::Failed),
        LITTLE..COMFORTABLE => findings.add(check(Status::Warning).hint(hint)),
        _ => findings.add(check(Status::Ok)),
    }
}

fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 40, "TB"), (1 << 30, "GB"), (1 << 20, "MB")];
    match UNITS.iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => format!("{} {name}", bytes / unit),
        None => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_at_a_glance() {
        assert_eq!(size(5 << 30), "5 GB");
        assert_eq!(size(900 << 20), "900 MB");
        assert_eq!(size(3 << 40), "3 TB");
        assert_eq!(size(77), "77 bytes");
    }
}
