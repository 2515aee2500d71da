//! What LinkedIn's data export says of invitations: to which profile, when, and with which note.
//!
//! It is asked by addresses of profiles; a name is no identity. It lists what was sent up to the
//! day when it was made, also what was accepted or withdrawn since, and never says what is still
//! pending: it can narrow what the page says, and say alone only whom to look at.

mod join;
mod review;

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

pub use self::join::Joined;
pub use self::review::{NotYours, Review};
use crate::domain::age::{Age, Source};
use crate::domain::invitation::Key;
use crate::domain::safe_text;

/// After one instant, and at the other or before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between {
    pub after: Timestamp,
    pub until: Timestamp,
}

/// One row of an invitation that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Where it stands in the file.
    pub line: u64,
    /// Who sent it: the person whose archive this is. `None` in archives from before late 2023.
    pub by: Option<Key>,
    /// The invitee. `None` in archives from before late 2023.
    pub to: Option<Key>,
    pub name: String,
    /// The time as it is written.
    pub written: String,
    /// `None` when the time is not understood.
    pub at: Option<Between>,
    pub note: Option<String>,
}

/// Who invited the person whose archive this is, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub from: Key,
    pub at: Option<Between>,
}

/// Who was connected when the archive was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connected {
    Known(HashSet<Key>),
    /// Why it can't be told.
    Unknown(String),
}

/// The invitations of a data export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// In the order of the file.
    pub sent: Vec<Sent>,
    pub received: Vec<Received>,
    pub connected: Connected,
    pub day: Option<Day>,
    /// What was odd about the file.
    pub remarks: Vec<String>,
}

/// When the archive was made, and who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// LinkedIn's own name for the file.
    Named(Date),
    /// The time beside the entry in the zip, which unpacking and packing may change.
    Entry(Date),
}

/// An export is put together for up to three days before it gets its name.
const PUT_TOGETHER: SignedDuration = SignedDuration::from_hours(3 * 24);
/// The date of the name is of no stated zone, and the earliest begins so long before UTC's.
const EARLIEST_ZONE: SignedDuration = SignedDuration::from_hours(14);
/// So many are named before the rest are counted.
const NAMED: usize = 5;

impl Archive {
    /// An instant that the archive was certainly not made before: the last thing that it knows of,
    /// or what its name says. What is yet to come is no witness.
    fn made_after(&self, now: Timestamp) -> Option<Timestamp> {
        let sent = self.sent.iter().filter_map(|sent| sent.at);
        let received = self.received.iter().filter_map(|received| received.at);
        let rows = sent.chain(received).map(|at| at.after);
        let named = match self.day {
            Some(Day::Named(date)) => date.to_zoned(TimeZone::UTC).ok(),
            _ => None,
        };
        let named = named
            .filter(|day| day.timestamp() <= now)
            .and_then(|day| day.timestamp().checked_sub(PUT_TOGETHER + EARLIEST_ZONE).ok());
        rows.filter(|after| *after < now).chain(named).max()
    }

    /// The archive and how old it is, for a person: `the archive of 2026-11-20 (4 days ago)`.
    fn title(&self, now: Timestamp) -> String {
        let Some(Day::Named(date) | Day::Entry(date)) = self.day else {
            let newest = self.sent.iter().filter_map(|sent| sent.age(now));
            return match newest.map(|age| age.days().min).min() {
                Some(days @ 1..) => {
                    format!("the archive (its newest row is {days} {} old)", days_word(days))
                }
                _ => "the archive".to_owned(),
            };
        };
        let today = now.to_zoned(TimeZone::UTC).date();
        match date.until(today).map(|span| i64::from(span.get_days())) {
            Ok(days @ 1..) => format!("the archive of {date} ({days} {} ago)", days_word(days)),
            _ => format!("the archive of {date}"),
        }
    }

    /// Everybody by whom a row was sent, safe to show.
    fn names_of_senders(&self) -> Vec<String> {
        self.senders().into_iter().map(|by| safe_text::cut(by.as_str(), 60)).collect()
    }

    /// Everybody by whom a row was sent.
    fn senders(&self) -> Vec<&Key> {
        let mut senders: Vec<&Key> = self.sent.iter().filter_map(|sent| sent.by.as_ref()).collect();
        senders.sort_unstable();
        senders.dedup();
        senders
    }

    /// The rows whose time is of no use, in words.
    fn unread(&self, now: Timestamp) -> Option<String> {
        let unread: Vec<String> = self
            .sent
            .iter()
            .filter(|sent| sent.age(now).is_none())
            .map(|sent| format!("line {} ({:?})", sent.line, safe_text::cut(&sent.written, 30)))
            .collect();
        let words = match unread.len() {
            0 => return None,
            1 => "1 row has a time that cannot be read or is yet to come".to_owned(),
            count => format!("{count} rows have a time that cannot be read or is yet to come"),
        };
        Some(format!("{words}, so it says nothing about an age: {}", listed(&unread)))
    }
}

impl Sent {
    /// How old it is, as far as the row tells. `None` where the time is not understood, or is still
    /// to come.
    fn age(&self, now: Timestamp) -> Option<Age> {
        let Between { after, until } = self.at?;
        let (earliest, latest) = (after, until.min(now));
        (earliest < latest).then_some(Age { earliest, latest, now, source: Source::Stated })
    }

    /// The name and what tells the person apart, safe to show.
    fn person(&self) -> String {
        let profile = self.to.as_ref().map_or("no profile", Key::as_str);
        shown(&self.name, profile)
    }
}

/// The rows of each person with a profile, in the order of the file. Rows that say the same count
/// once.
fn by_person<'a>(rows: &[&'a Sent]) -> HashMap<&'a Key, Vec<&'a Sent>> {
    let mut people: HashMap<&Key, Vec<&Sent>> = HashMap::with_capacity(rows.len());
    for &row in rows {
        let Some(key) = &row.to else { continue };
        let known = people.entry(key).or_default();
        if !known.iter().any(|other| (other.at, &other.note) == (row.at, &row.note)) {
            known.push(row);
        }
    }
    people
}

fn days_word(days: i64) -> &'static str {
    if days == 1 { "day" } else { "days" }
}

/// A name and what tells the person apart, safe to show.
fn shown(name: &str, profile: &str) -> String {
    format!("{} ({})", safe_text::cut(name, 40), safe_text::cut(profile, 60))
}

/// The first of them, and how many more there are.
fn listed(all: &[String]) -> String {
    let first = all.get(..NAMED).unwrap_or(all).join(", ");
    match all.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

#[cfg(test)]
mod tests;
