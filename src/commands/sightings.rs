//! What a reading leaves in the journal, and what the readings before it say.
//!
//! A report is a dry run: it works without a journal, says so when it could not be remembered, and
//! never waits for another run. It holds the folder's lock only while it writes. The bundled
//! practice site has another address in every run, so a look at it is nothing to remember.

use jiff::Timestamp;

use crate::browser::sent_page::Scan;
use crate::cli::Global;
use crate::commands::clock::Clock;
use crate::commands::opened;
use crate::config::{self, Config};
use crate::domain::history::{Event, EventKind, History, RunId, Site};
use crate::domain::invitation::{Invitation, Kind};
use crate::folders;
use crate::journal::Journal;
use crate::lock::{self, Lock};
use crate::terminal::output;

/// A reading of one pill that is over.
pub struct Look<'a> {
    /// The address that the pages were read at.
    pub address: &'a str,
    /// Who was signed in, where the page said it.
    pub account: Option<&'a str>,
    pub kind: Kind,
    /// When the reading began: the instant from which its ages are counted.
    pub now: Timestamp,
    pub scan: &'a Scan,
}

/// What earlier readings know, this one included.
#[derive(Default)]
pub struct Memory {
    history: Option<History>,
    /// Why this look is not remembered.
    pub remark: Option<String>,
}

impl Memory {
    /// The invitation with the age that all readings allow together.
    pub fn narrowed(&self, invitation: Invitation) -> Invitation {
        match &self.history {
            Some(history) => history.narrowed(invitation),
            None => invitation,
        }
    }
}

/// Who was seen, and how complete the list was. A card in doubt may be two people's, so its age is
/// not remembered.
pub fn sightings(run: RunId, at: Timestamp, kind: Kind, scan: &Scan) -> Vec<Event> {
    let sighted = scan.invitations.iter().map(|invitation| {
        let age = invitation.age.filter(|_| invitation.doubt.is_none());
        EventKind::Sighted {
            key: invitation.key.clone(),
            name: invitation.name.clone(),
            profile_url: invitation.profile_url.clone(),
            sent_text: invitation.sent_text.clone(),
            sent_between: age.map(|age| (age.earliest, age.latest)),
        }
    });
    let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
    let ended = EventKind::ScanEnded {
        pill: kind,
        announced: scan.announced.map(count),
        read: count(u64::try_from(scan.invitations.len()).unwrap_or(u64::MAX)),
        complete: scan.complete,
    };
    let kinds = sighted.chain(std::iter::once(ended));
    kinds.map(|kind| Event { run, at, kind }).collect()
}

/// The name of a run that begins now.
pub fn run_id(began: Timestamp) -> RunId {
    RunId::new(began, u128::from(fastrand::u64(..)) << 64 | u128::from(fastrand::u64(..)))
}

/// Writes this look down, if that can be, and recalls the ones before.
pub fn remember(global: &Global, config: &Config, look: &Look) -> Memory {
    let Some(site) = Site::of(look.address) else { return Memory::default() };
    if matches!(config.site, config::Site::Mock(_)) {
        return Memory::default();
    }
    let events = events(&site, look);
    let (history, written) = match open(global) {
        Ok((_lock, mut journal)) => match journal.history(&site) {
            Ok(history) => {
                let written = is_the_same_account(config, &history, look.account).and_then(|()| {
                    journal.append_all(&events).map_err(|error| output::with_causes(&error))
                });
                (Some(history), written)
            }
            Err(error) => (None, Err(output::with_causes(&error))),
        },
        Err(why) => (read_only(global, &site), Err(why)),
    };
    let history = history.map(|mut history| {
        events.iter().for_each(|event| history.add(event));
        history
    });
    let remark = written.err().map(|why| format!("this look is not remembered: {why}"));
    Memory { history, remark }
}

fn events(site: &Site, look: &Look) -> Vec<Event> {
    let clock = Clock::start();
    let run = run_id(clock.began());
    let started = EventKind::LookStarted {
        site: site.clone(),
        account: look.account.map(str::to_owned),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        boot: clock.boot(),
    };
    let mut events = vec![Event { run, at: clock.began(), kind: started }];
    events.extend(sightings(run, look.now, look.kind, look.scan));
    events
}

/// The lock comes first, so that it is held longest.
fn open(global: &Global) -> Result<(Lock, Journal), String> {
    let folder = opened::state_dir(global).map_err(|failure| failure.sentence)?;
    let folder = folders::private_dir(&folder)
        .map_err(|error| with_hint(&output::with_causes(&error), &error.hint()))?;
    let lock =
        lock::acquire(&folder, "state folder").map_err(|error| output::with_causes(&error))?;
    let journal = Journal::open(&folder)
        .map_err(|error| with_hint(&output::with_causes(&error), &error.hint()))?;
    Ok((lock, journal))
}

/// Why it can't be written was said already; without the earlier readings the report is still one.
fn read_only(global: &Global, site: &Site) -> Option<History> {
    let folder = opened::state_dir(global).ok()?;
    Journal::open_read_only(&folder).ok()??.history(site).ok()
}

/// A list of somebody else must not stand among this account's.
fn is_the_same_account(
    config: &Config,
    history: &History,
    found: Option<&str>,
) -> Result<(), String> {
    let known = history.account().or(history.account_of_readings());
    let wanted = [
        (config.account.as_deref(), "the config wants"),
        (known, "the journal of this folder is of"),
    ];
    for (wanted, why) in wanted {
        let Some(wanted) = wanted else { continue };
        if found.is_some_and(|found| found.to_lowercase() == wanted.to_lowercase()) {
            continue;
        }
        let who = found.unwrap_or("nobody that can be told");
        let words = format!("{who} is signed in, but {why} {wanted}");
        return Err(with_hint(&words, "use another folder with --state-dir"));
    }
    Ok(())
}

fn with_hint(words: &str, hint: &str) -> String {
    format!("{words} ({hint})")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::Parser;
    use jiff::SignedDuration;

    use super::*;
    use crate::cli::Cli;
    use crate::domain::age::{Age, Unit};
    use crate::domain::invitation::Key;

    const ADDRESS: &str = "https://www.linkedin.com";

    fn global(state: &Path) -> Global {
        let words = ["rescind", "demo", "--state-dir", state.to_str().unwrap()];
        Cli::parse_from(words).global
    }

    /// One person on a whole list, at this age so many days ago.
    fn scan(ago: i64, (count, unit): (u32, Unit)) -> (Timestamp, Scan) {
        let now = Timestamp::now() - SignedDuration::from_hours(24 * ago);
        let invitation = |slug: &str, doubt: Option<&str>| Invitation {
            key: Key::recorded(format!("in/{slug}")),
            name: slug.to_owned(),
            profile_url: None,
            headline: None,
            note: None,
            kind: Kind::Person,
            sent_text: format!("{count} {unit:?}"),
            age: Age::from_unit(count, unit, now),
            doubt: doubt.map(str::to_owned),
        };
        let invitations = vec![invitation("robin", None), invitation("twin", Some("twice"))];
        let language = "en".to_owned();
        let remarks = Vec::new();
        let (announced, complete, repeating) = (Some(2), true, None);
        (now, Scan { invitations, announced, complete, repeating, language, remarks })
    }

    /// What a look so many days ago shows of Robin's age, and why it is not remembered.
    fn look(
        state: &Path,
        config: &Config,
        account: &str,
        (ago, age): (i64, (u32, Unit)),
    ) -> (String, Option<String>) {
        let (now, scan) = scan(ago, age);
        let account = Some(account).filter(|account| !account.is_empty());
        let look = Look { address: ADDRESS, account, kind: Kind::Person, now, scan: &scan };
        let memory = remember(&global(state), config, &look);
        let narrowed = memory.narrowed(scan.invitations[0].clone());
        (narrowed.age.unwrap().days().to_string(), memory.remark)
    }

    const BEFORE: (i64, (u32, Unit)) = (1, (2, Unit::Week));
    const TODAY: (i64, (u32, Unit)) = (0, (3, Unit::Week));

    fn events(state: &Path) -> Vec<EventKind> {
        let reader = Journal::open_read_only(state).unwrap().unwrap();
        reader.events().unwrap().into_iter().map(|event| event.kind).collect()
    }

    #[test]
    fn a_look_is_remembered_and_the_next_one_knows_more() {
        let root = tempfile::tempdir().unwrap();
        let (state, config) = (root.path().join("state"), Config::default());
        assert_eq!(look(&state, &config, "me", BEFORE), ("14–20 days".to_owned(), None));
        assert_eq!(look(&state, &config, "me", TODAY), ("21–23 days".to_owned(), None));
        let [started, robin, twin, ended, ..] = &events(&state)[..] else { panic!() };
        assert!(matches!(started, EventKind::LookStarted { account: Some(_), .. }));
        assert!(matches!(robin, EventKind::Sighted { sent_between: Some(_), .. }), "{robin:?}");
        assert!(matches!(twin, EventKind::Sighted { sent_between: None, .. }), "{twin:?}");
        let complete = EventKind::ScanEnded {
            pill: Kind::Person,
            announced: Some(2),
            read: 2,
            complete: true,
        };
        assert_eq!(*ended, complete);
        assert_eq!(events(&state).len(), 8);
    }

    #[test]
    fn beside_another_run_a_look_knows_what_was_before_and_writes_nothing() {
        let root = tempfile::tempdir().unwrap();
        let (state, config) = (root.path().join("state"), Config::default());
        look(&state, &config, "me", BEFORE);
        let _lock = lock::acquire(&state, "state folder").unwrap();
        let (age, remark) = look(&state, &config, "me", TODAY);
        let words = "this look is not remembered: another run of rescind (process";
        assert!(remark.as_ref().is_some_and(|remark| remark.starts_with(words)), "{remark:?}");
        assert_eq!((age.as_str(), events(&state).len()), ("21–23 days", 4));
    }

    #[test]
    fn a_journal_that_cannot_be_used_costs_the_look_nothing_but_its_memory() {
        let root = tempfile::tempdir().unwrap();
        let (state, config) = (root.path().join("state"), Config::default());
        look(&state, &config, "me", BEFORE);
        std::fs::write(state.join("journal.sqlite3"), "SQLite format 3\0 and then nothing")
            .unwrap();
        let (age, remark) = look(&state, &config, "me", TODAY);
        assert_eq!(age, "21–27 days");
        assert!(remark.is_some_and(|remark| remark.contains("(put it back from a back-up")));
        let file = root.path().join("file");
        std::fs::write(&file, "").unwrap();
        let (_, remark) = look(&file, &config, "me", TODAY);
        assert!(
            remark.as_ref().is_some_and(|remark| remark.contains("not a folder")),
            "{remark:?}"
        );
    }

    #[test]
    fn the_list_of_another_account_is_not_mixed_in() {
        let root = tempfile::tempdir().unwrap();
        let (state, config) = (root.path().join("state"), Config::default());
        look(&state, &config, "me", BEFORE);
        for (account, who) in [("you", "you is signed in"), ("", "nobody that can be told is")] {
            let (age, remark) = look(&state, &config, account, TODAY);
            let remark = remark.unwrap();
            assert!(remark.contains(who) && remark.contains("is of me (use"), "{remark}");
            assert_eq!((age.as_str(), events(&state).len()), ("21–27 days", 4));
        }
        let wanted = Config { account: Some("you".to_owned()), ..Config::default() };
        let (_, remark) = look(&state, &wanted, "me", TODAY);
        assert!(remark.unwrap().contains("me is signed in, but the config wants you"));
    }

    #[test]
    fn the_bundled_practice_site_leaves_nothing() {
        let root = tempfile::tempdir().unwrap();
        let state = root.path().join("state");
        let site = config::Site::Mock(String::new());
        let config = Config { site, ..Config::default() };
        assert_eq!(look(&state, &config, "me", TODAY), ("21–27 days".to_owned(), None));
        assert!(!state.exists());
    }
}
