//! `rescind status`: where things stand by the journal. It opens no browser and takes no lock, so it
//! works while another run goes on.

use jiff::Zoned;

use crate::cli::{Global, StatusArgs, StatusFormat};
use crate::commands::history::{is_meant, unreadable, written};
use crate::commands::opened;
use crate::config;
use crate::domain::history::{History, Site};
use crate::domain::safe_text;
use crate::domain::status::Status;
use crate::exit::{Exit, Failure};
use crate::journal::{self, Journal};
use crate::report::status::{Shown, table};
use crate::report::table::View;
use crate::terminal::output;

/// # Errors
/// The config or the journal cannot be read, or the status not be written.
pub fn status(global: &Global, args: &StatusArgs) -> Result<Exit, Failure> {
    let config = opened::config(global)?;
    let folder = opened::state_dir(global)?;
    let reader = Journal::open_read_only(&folder).map_err(|error| unreadable(&error))?;
    let history = match &reader {
        Some(reader) => read(global, reader, &config.site)?,
        None => {
            let place = folder.display();
            output::say(global, &format!("note: there is no journal in {place} yet"));
            None
        }
    };
    let name = history.as_ref().map(|(site, _)| site.as_str().to_owned());
    let history = history.map_or_else(|| History::new(Site::recorded("")), |(_, history)| history);
    let now = Zoned::now();
    let (clock, zone) = (now.timestamp(), now.time_zone());
    let shown = Shown {
        site: name.unwrap_or_else(|| config.site.to_string()),
        account: history.account_of_readings().or(history.account()),
        journal: folder.join(journal::FILE).display().to_string(),
        now: clock,
        status: &Status::of(&history, &config.rules, &config.pace, clock, zone),
    };
    let text = match args.format {
        StatusFormat::Json => shown.to_json(),
        StatusFormat::Table => table(
            &shown,
            zone,
            View {
                columns: output::columns(),
                colour: output::colours(global.color),
                verbose: global.verbose > 0,
                next: None,
            },
        ),
    };
    output::data(&text)
        .map_err(|error| Failure::new(Exit::Failed, format!("cannot write the status: {error}")))?;
    Ok(Exit::Done)
}

/// The history of the site that is meant. The practice site has another address in every run, so by
/// its name the last of them is.
fn read(
    global: &Global,
    reader: &journal::Reader,
    wanted: &config::Site,
) -> Result<Option<(Site, History)>, Failure> {
    let known = reader.sites_seen().map_err(|error| unreadable(&error))?;
    if let Some(site) = known.iter().rev().find(|site| is_meant(wanted, site)) {
        let history = reader.history(site).map_err(|error| unreadable(&error))?;
        return Ok(Some((site.clone(), history)));
    }
    if let Some(other) = known.last() {
        let other = safe_text::line(&written(other));
        output::say(
            global,
            &format!("note: nothing is known of {wanted} yet, but of another site: --site {other}"),
        );
    }
    Ok(None)
}
