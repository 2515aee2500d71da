//! `rescind history`: what the journal says was done. It opens no browser and takes no lock, so it
//! works while another run goes on.

use std::path::Path;

use jiff::Zoned;

use crate::cli::{Global, HistoryArgs, HistoryFormat};
use crate::commands::{opened, written};
use crate::config;
use crate::domain::history::{Entry, History, RunId, Site};
use crate::domain::invitation::Key;
use crate::domain::safe_text;
use crate::domain::trace::TraceId;
use crate::exit::{Exit, Failure};
use crate::journal::{Journal, JournalError};
use crate::report::history::{Shown, table};
use crate::report::table::View;
use crate::terminal::output;
use crate::traces::Traces;

/// # Errors
/// The config or the journal cannot be read, or the history not be written.
pub fn history(global: &Global, args: &HistoryArgs) -> Result<Exit, Failure> {
    let config = opened::config(global)?;
    let folder = opened::state_dir(global)?;
    let histories = read(global, &folder, &config.site)?;
    let now = Zoned::now();
    let traces = traces(global, &Traces::of(&folder, config.traces));
    let shown = Shown { traces, ..choose(&histories, &config.site, args, &now) };
    let text = match args.format {
        HistoryFormat::Json => shown.to_json(),
        HistoryFormat::Csv => shown.to_csv().map_err(|error| not_written(&error))?,
        HistoryFormat::Table => table(
            &shown,
            now.time_zone(),
            View {
                columns: output::columns(),
                colour: args.output.is_none() && output::colours(global.color),
                verbose: global.verbose > 0,
                next: None,
            },
        ),
    };
    match &args.output {
        Some(path) => written::write(path, &text, "--output")?,
        None => output::data(&text).map_err(|error| not_written(&error))?,
    }
    Ok(Exit::Done)
}

/// The histories of the sites that are meant. Nothing to be found is no failure, but said.
fn read(global: &Global, folder: &Path, wanted: &config::Site) -> Result<Vec<History>, Failure> {
    let Some(reader) = Journal::open_read_only(folder).map_err(|e| unreadable(&e))? else {
        let place = folder.display();
        output::say(global, &format!("note: there is no journal in {place} yet"));
        return Ok(Vec::new());
    };
    let known = reader.sites().map_err(|error| unreadable(&error))?;
    let (meant, others): (Vec<_>, Vec<_>) =
        known.into_iter().partition(|site| is_meant(wanted, site));
    if meant.is_empty()
        && let Some(other) = others.last()
    {
        let other = safe_text::line(&written(other));
        let words =
            format!("note: nothing was done on {wanted} yet, but on another site: --site {other}");
        output::say(global, &words);
    }
    reader.deeds(&meant).map_err(|error| unreadable(&error))
}

/// The traces that are kept. Without them the history is one all the same.
fn traces(global: &Global, kept: &Traces) -> Vec<(RunId, Key, TraceId)> {
    let ids = kept.ids().unwrap_or_else(|error| {
        let why = output::with_causes(&error);
        output::say(global, &format!("note: the history names no traces: {why}"));
        Vec::new()
    });
    let all = ids.iter().filter_map(|id| kept.read(id).ok());
    let of_people = all.filter_map(|trace| {
        let run = RunId::parse(trace.run.as_deref()?)?;
        Some((run, Key::recorded(trace.person?.id), trace.id))
    });
    of_people.collect()
}

/// The practice site has another port in each run, so by its name all of this machine are meant.
pub(super) fn is_meant(wanted: &config::Site, site: &Site) -> bool {
    match wanted.base() {
        Some(address) => Site::of(address).as_ref() == Some(site),
        None => is_loopback(site),
    }
}

fn is_loopback(site: &Site) -> bool {
    site.as_str().parse().is_ok_and(|site: config::Site| site.is_loopback())
}

/// How to ask for this site.
pub(super) fn written(site: &Site) -> String {
    if is_loopback(site) { "mock".to_owned() } else { site.as_str().to_owned() }
}

fn choose<'a>(
    histories: &'a [History],
    site: &config::Site,
    args: &HistoryArgs,
    now: &Zoned,
) -> Shown<'a> {
    let since = args.since.as_ref().map(|since| since.moment(now));
    let is_asked = |entry: &&Entry| {
        since.is_none_or(|since| entry.ended_at >= since)
            && args.person.as_ref().is_none_or(|person| person.is_of(entry))
    };
    let mut entries: Vec<&Entry> = histories.iter().flat_map(History::entries).collect();
    // Names of runs sort as the runs began; within a run, the order is that of writing.
    entries.sort_by_key(|entry| entry.run);
    let all = entries.len();
    entries.retain(is_asked);
    Shown {
        site: site.base().and_then(Site::of).as_ref().map_or("mock", Site::as_str).to_owned(),
        account: histories.iter().rev().find_map(History::account),
        others: all - entries.len(),
        entries,
        traces: Vec::new(),
    }
}

pub(super) fn unreadable(error: &JournalError) -> Failure {
    Failure::new(Exit::Failed, output::with_causes(error)).hint(error.hint())
}

fn not_written(error: &std::io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("cannot write the history: {error}"))
}
