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
