//! `Invitations.csv`: who was invited by whom, when, and with which note.

use super::error::{ArchiveError, quoted};
use super::table::Table;
use super::time::{Order, Written};
use crate::domain::archive::{Received, Sent};
use crate::domain::invitation::Key;

/// The rows of both directions, and what was odd about them.
#[derive(Debug)]
pub struct Invitations {
    pub sent: Vec<Sent>,
    pub received: Vec<Received>,
    pub remarks: Vec<String>,
}

/// In every export; the order is free, and further columns are passed over.
const NEEDED: [&str; 5] = ["From", "To", "Sent At", "Message", "Direction"];
/// Since late 2023.
const PROFILES: [&str; 2] = ["inviterProfileUrl", "inviteeProfileUrl"];
/// As much as is kept of what a card shows.
const LONGEST_NAME: usize = 300;
const LONGEST_NOTE: usize = 4000;

pub fn read(place: &str, bytes: &[u8]) -> Result<Invitations, ArchiveError> {
    let (mut table, [_, to, at, message, direction], [inviter, invitee]) =
        Table::open(place, bytes, NEEDED, PROFILES)?;
    let mut found = Invitations { sent: Vec::new(), received: Vec::new(), remarks: Vec::new() };
    let (mut sent_times, mut received_times) = (Vec::new(), Vec::new());
    let (mut all_times, mut others) = (Vec::new(), Vec::new());
    while let Some(row) = table.next()? {
        let written = Written::parse(row.cell(at));
        all_times.extend(written);
        let by = row.optional(inviter).and_then(person);
        match row.cell(direction) {
            word if word.eq_ignore_ascii_case("OUTGOING") => {
                sent_times.push(written);
                found.sent.push(Sent {
                    line: row.line(),
                    by,
                    to: row.optional(invitee).and_then(person),
                    name: start(&one_line(row.cell(to)), LONGEST_NAME),
                    written: start(&one_line(row.cell(at)), LONGEST_NAME),
                    at: None,
                    note: row.optional(Some(message)).map(|note| start(note, LONGEST_NOTE)),
                });
            }
            word if word.eq_ignore_ascii_case("INCOMING") => {
                if let Some(from) = by {
                    received_times.push(written);
                    found.received.push(Received { from, at: None });
                }
            }
            word => others.push((row.line(), word.to_owned())),
        }
    }
    let order = Order::of(all_times.iter().copied());
    let known = |written: Option<Written>| written.and_then(|written| written.between(order));
    for (sent, written) in found.sent.iter_mut().zip(&sent_times) {
        sent.at = known(*written);
    }
    for (received, written) in found.received.iter_mut().zip(&received_times) {
        received.at = known(*written);
    }
    if order == Order::DayFirst {
        let days = found.sent.iter().zip(&sent_times);
        let mut days = days.filter(|(_, written)| written.is_some_and(Written::is_day_first));
        let example = days
            .next()
            .map(|(sent, _)| format!(", as line {} shows ({})", sent.line, quoted(&sent.written)));
        found.remarks.push(format!(
            "the dates in {place} are not written month first{}, so those with slashes are not used",
            example.unwrap_or_default()
        ));
    }
    found.remarks.extend(told_of_others(place, &others));
    Ok(found)
}

/// The key of a person on LinkedIn. The addresses of other sites, of companies and of nothing are
/// nobody's.
pub fn person(address: &str) -> Option<Key> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let is_site = host == "linkedin.com" || host.ends_with(".linkedin.com");
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let key = Key::from_profile(address).filter(|_| is_site && is_web)?;
    key.as_str().starts_with("in/").then_some(key)
}

fn told_of_others(place: &str, others: &[(u64, String)]) -> Option<String> {
    let (line, word) = others.first()?;
    let (count, are) = match others.len() {
        1 => ("1 row".to_owned(), "is"),
        count => (format!("{count} rows"), "are"),
    };
    Some(format!(
        "{count} of {place} {are} neither OUTGOING nor INCOMING, so not used (line {line} has {})",
        quoted(word)
    ))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn start(text: &str, longest: usize) -> String {
    text.chars().take(longest).collect()
}

#[cfg(test)]
mod tests;
