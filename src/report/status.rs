//! Where things stand: for a person in a terminal, and as JSON.

#[cfg(test)]
mod tests;

use anstyle::Style;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::domain::history::{Entry, PastRun, StopWord};
use crate::domain::json::to_text;
use crate::domain::safe_text;
use crate::domain::status::{Counts, Pending, Review, Room, Status};
use crate::report::table::{BOLD, DIM, View, WARNING, hanging, page, paragraph, within_bounds};

/// The one version of the document that is written.
const SCHEMA: u64 = 1;
/// So many days are drawn; the JSON has them all.
const DAYS: usize = 14;
/// So many names are told.
const NAMES: usize = 5;
const LONGEST_BAR: usize = 40;
const LABEL: usize = 13;
const TIME: &str = "%Y-%m-%d %H:%M";

/// The status of one site.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    pub site: String,
    /// Whose list was read.
    pub account: Option<&'a str>,
    /// Where the journal is, or would be.
    pub journal: String,
    pub now: Timestamp,
    pub status: &'a Status,
}

impl Shown<'_> {
    /// The document as text, ending with a newline.
    pub fn to_json(&self) -> String {
        let Status { last_review, pending, due, per_run, room, rest_until, last_run, .. } =
            self.status;
        let run = json!({ "cap": per_run, "left": per_run, "room_from": null });
        let [hour, day, week] = room.map(room_value);
        let people = |entries: &[Entry]| entries.iter().map(entry_value).collect::<Vec<_>>();
        to_text(&json!({
            "schema": SCHEMA,
            "generated_at": time(self.now),
            "site": self.site,
            "account": self.account,
            "journal": self.journal,
            "last_review": last_review.as_ref().map(review_value),
            "pending": pending.iter().map(pending_value).collect::<Vec<_>>(),
            "due": due.map(due_value),
            "caps": { "run": run, "hour": hour, "day": day, "week": week },
            "rest_until": rest_until.map(time),
            "last_run": last_run.as_ref().map(run_value),
            "in_doubt": people(&self.status.in_doubt),
            "unverified": people(&self.status.unverified),
        }))
    }
}

fn time(at: Timestamp) -> String {
    format!("{at:.0}")
}

fn review_value(review: &Review) -> Value {
    let Review { at, read, announced, complete } = *review;
    json!({ "at": time(at), "read": read, "announced": announced, "complete": complete })
}

fn pending_value(pending: &Pending) -> Value {
    json!({ "at": time(pending.at), "count": pending.count })
}

fn due_value(due: Counts) -> Value {
    let Counts { of, seen_at, least, most } = due;
    json!({ "of": of, "seen_at": time(seen_at), "at_least": least, "at_most": most })
}

fn room_value(room: Room) -> Value {
    json!({ "cap": room.cap, "left": room.left, "room_from": room.from.and_then(never_is_null) })
}

/// A cap of nothing never has room.
fn never_is_null(at: Timestamp) -> Option<String> {
    (at < Timestamp::MAX).then(|| time(at))
}

fn run_value(run: &PastRun) -> Value {
    let end = run.end.as_ref();
    json!({
        "run": run.id.to_string(),
        "began_at": time(run.began_at),
        "account": run.account,
        "ended_at": end.map(|end| time(end.at)),
        "stopped": end.and_then(|end| end.word).map(StopWord::word),
        "detail": end.map(|end| end.detail.as_str()),
    })
}

fn entry_value(entry: &Entry) -> Value {
    json!({
        "id": entry.key.as_str(),
        "name": entry.name,
        "profile_url": entry.profile_url,
        "run": entry.run.to_string(),
        "began_at": time(entry.began_at),
    })
}

/// The whole status, ending with a newline.
pub fn table(shown: &Shown, zone: &TimeZone, view: View) -> String {
    let view = within_bounds(view);
    let sheet = Sheet { shown, zone, view };
    let mut parts = vec![sheet.heading(), sheet.lines()];
    parts.extend(sheet.chart());
    page(&parts)
}

struct Sheet<'a> {
    shown: &'a Shown<'a>,
    zone: &'a TimeZone,
    view: View<'a>,
}

impl Sheet<'_> {
    /// Where, whose, and by which clock.
    fn heading(&self) -> String {
        let Shown { site, account, journal, .. } = self.shown;
        let account = account.map(|account| format!(" · {account}")).unwrap_or_default();
        let zone = self.zone.iana_name();
        let clock = zone.map_or("local time".to_owned(), |name| format!("times in {name}"));
        let place = paragraph("", &format!("{site}{account}"), BOLD, self.view);
        format!(
            "{place}\n{}",
            paragraph("", &format!("journal {journal}, {clock}"), DIM, self.view)
        )
    }

    fn lines(&self) -> String {
        let Status { last_review, due, rest_until, last_run, .. } = self.shown.status;
        let plain = Style::new();
        let review = match last_review {
            Some(review) => self.review(review),
            None => "none yet: rescind report reads the list".to_owned(),
        };
        let mut lines = vec![self.line("Last review", plain, &review)];
        lines.extend(due.map(|due| self.line("Due now", plain, &self.due(due))));
        lines.push(self.line("Caps", plain, &self.caps()));
        lines.extend(rest_until.map(|until| {
            let words =
                format!("the site asked for rest: no run begins before {}", self.time(until));
            self.line("Rest", WARNING, &words)
        }));
        lines.extend(last_run.as_ref().map(|run| self.line("Last run", plain, &self.run(run))));
        lines.extend(self.open().map(|words| self.line("Open", WARNING, &words)));
        lines.join("\n")
    }

    fn line(&self, label: &str, style: Style, text: &str) -> String {
        hanging(&format!("{label:<LABEL$}"), style, text, self.view)
    }

    fn review(&self, review: &Review) -> String {
        let when = format!("{}, {}", self.time(review.at), ago(self.shown.now, review.at));
        match (review.complete, review.announced) {
            (true, _) => format!("{when}: {} pending, the whole list", review.read),
            (false, Some(all)) => format!("{when}: incomplete, {} of {all} read", review.read),
            (false, None) => format!("{when}: incomplete, {} read", review.read),
        }
    }

    fn due(&self, due: Counts) -> String {
        let Counts { of, seen_at, least, most } = due;
        let is_last = self.shown.status.last_review.as_ref().is_some_and(|last| last.at == seen_at);
        let list = match is_last {
            true => format!("of {of}"),
            false => format!("of {of} on the last whole list, {}", self.time(seen_at)),
        };
        if least == most {
            return format!("{least} {list}; whoever answered since is counted still");
        }
        format!(
            "{least} to {most} {list}: headlines and notes are not remembered; whoever answered \
             since is counted still"
        )
    }

    fn caps(&self) -> String {
        let Status { per_run, room, .. } = self.shown.status;
        let mut parts = vec![format!("{per_run} in a run")];
        parts.extend(room.iter().map(|room| {
            let Room { window, cap, left, from } = *room;
            let hours = window.as_hours();
            let length = match hours {
                1 => "1 hour".to_owned(),
                24 => "24 hours".to_owned(),
                hours => format!("{} days", hours / 24),
            };
            let again = match from {
                Some(from) if from == Timestamp::MAX => ", never more".to_owned(),
                Some(from) => format!(", room again from {}", self.time(from)),
                None => String::new(),
            };
            format!("{left} of {cap} left in {length}{again}")
        }));
        parts.join(" · ")
    }

    fn run(&self, run: &PastRun) -> String {
        let began = format!("{}, {}", self.time(run.began_at), ago(self.shown.now, run.began_at));
        let Some(end) = &run.end else {
            return format!("{began}: has no end; it goes on, or was killed");
        };
        let Some(word) = end.word else { return format!("{began}: finished") };
        let why = if end.detail.is_empty() { String::new() } else { format!(" ({})", end.detail) };
        format!("{began}: stopped at {}: {}{why}", self.time(end.at), word.word())
    }

    /// What the next run has to see to before anything else.
    fn open(&self) -> Option<String> {
        let Status { in_doubt, unverified, .. } = self.shown.status;
        let named = |entries: &[Entry], words: &str| {
            let names = entries.iter().take(NAMES).map(|entry| entry.name.as_str());
            let names = names.collect::<Vec<_>>().join(", ");
            let more = if entries.len() > NAMES { ", …" } else { "" };
            let count = entries.len();
            (count > 0).then(|| format!("{count} {words} ({names}{more})"))
        };
        let parts = [named(in_doubt, "in doubt"), named(unverified, "not verified")];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let open = parts.join(" and ");
        (!open.is_empty()).then(|| format!("{open}: `rescind withdraw` settles this first"))
    }

    /// How many were pending, the last days on which somebody looked.
    fn chart(&self) -> Option<String> {
        let all = &self.shown.status.pending;
        let days = all.get(all.len().saturating_sub(DAYS)..).unwrap_or_default();
        let most = days.iter().map(|day| day.count).max()?;
        let digits = most.to_string().len();
        let bars = days.iter().map(|day| {
            let date = self.zone.to_datetime(day.at).date();
            let head = format!("  {date}  {:>digits$} ", day.count);
            let room = self.view.columns.saturating_sub(safe_text::width(&head)).min(LONGEST_BAR);
            let count = usize::try_from(day.count).unwrap_or(usize::MAX);
            let most = usize::try_from(most).unwrap_or(usize::MAX).max(room);
            // However many the others are, even one is seen.
            let cells = (count.saturating_mul(room) / most).max(count.min(1));
            format!("{head}{}", "█".repeat(cells))
        });
        let title = match all.len().saturating_sub(days.len()) {
            0 => "Pending, the last look of each day".to_owned(),
            more => format!("Pending, the last look of each day ({more} earlier days not shown)"),
        };
        let title = paragraph("", &title, DIM, self.view);
        Some([title].into_iter().chain(bars).collect::<Vec<_>>().join("\n"))
    }

    fn time(&self, at: Timestamp) -> String {
        self.zone.to_datetime(at).strftime(TIME).to_string()
    }
}

fn ago(now: Timestamp, at: Timestamp) -> String {
    let past: SignedDuration = now.duration_since(at);
    let (count, unit) = match (past.as_mins(), past.as_hours()) {
        (..=0, _) => return "just now".to_owned(),
        (minutes, 0) => (minutes, "minute"),
        (_, hours @ ..48) => (hours, "hour"),
        (_, hours) => (hours / 24, "day"),
    };
    format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
}
