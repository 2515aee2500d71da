//! What was done, without reading what was seen: since sightings are most of a journal, this takes
//! a fraction of the time of a whole history.

use std::collections::HashMap;

use rusqlite::named_params;

use crate::domain::history::{Event, EventKind, History, RunId, Site};
use crate::journal::{JournalError, Reader, row};

impl Reader {
    /// The sites that runs acted on, in the order of their first runs.
    pub fn sites(&self) -> Result<Vec<Site>, JournalError> {
        self.select_sites(row::SELECT_SITES)
    }

    /// The sites that were acted on or looked at, the one that was last of all last.
    pub fn sites_seen(&self) -> Result<Vec<Site>, JournalError> {
        self.select_sites(row::SELECT_SITES_SEEN)
    }

    fn select_sites(&self, select: &str) -> Result<Vec<Site>, JournalError> {
        let failed = |source| JournalError::sqlite("read", &self.path, source);
        let mut select = self.connection.prepare(select).map_err(failed)?;
        let sites = select.query_map([], |row| row.get::<_, String>(0).map(Site::recorded));
        sites.and_then(Iterator::collect).map_err(failed)
    }

    /// The histories of these sites as far as runs and entries go: without sightings and scans,
    /// and of the clock only what the rest says.
    pub fn deeds(&self, sites: &[Site]) -> Result<Vec<History>, JournalError> {
        let deeds = self.deeds_and_sightings(sites, &[])?;
        let entries = deeds.iter().flat_map(History::entries);
        // Of whom nothing was begun, the name is known only from the page.
        let nameless = entries.filter(|entry| entry.rule.is_none());
        let keys: Vec<_> = nameless.map(|entry| entry.key.as_str()).collect();
        if keys.is_empty() { Ok(deeds) } else { self.deeds_and_sightings(sites, &keys) }
    }

    fn deeds_and_sightings(
        &self,
        sites: &[Site],
        keys: &[&str],
    ) -> Result<Vec<History>, JournalError> {
        let mut histories: Vec<_> = sites.iter().cloned().map(History::new).collect();
        let mut places: HashMap<RunId, usize> = HashMap::new();
        let mut is_first = true;
        let add = |event: Event| {
            if let EventKind::RunStarted { site, .. } | EventKind::LookStarted { site, .. } =
                &event.kind
                && let Some(place) = sites.iter().position(|asked| asked == site)
            {
                places.insert(event.run, place);
            }
            // When the journal began, every history knows.
            if std::mem::take(&mut is_first) {
                histories.iter_mut().for_each(|history| history.add(&event));
            } else if let Some(place) = places.get(&event.run) {
                histories[*place].add(&event);
            }
        };
        if keys.is_empty() {
            self.each_event(&row::select_deeds(), [], add)?;
        } else {
            let keys = serde_json::Value::from(keys).to_string();
            let parameters = named_params! { ":keys": keys };
            self.each_event(&row::select_deeds_and_sightings(), parameters, add)?;
        }
        Ok(histories)
    }
}
