//! What the page shows before the list: how many, how old, by which rule, and how it was before.
//!
//! Sizes are in percent of the room that the page gives to a picture.

use jiff::Timestamp;

use super::{RULE, cut, shown};
use crate::domain::report::{Report, Row};
use crate::domain::rules::Verdict;

/// By weeks, then by months, then by years: the least number of days, the short name below the bar,
/// and the name in words. Months begin with the shortest stretch that the calendar has for them, so
/// that "2 months ago" never counts as one.
const SPANS: [(i64, &str, &str); 18] = [
    (0, "<1w", "under a week"),
    (7, "1w", "1 week"),
    (14, "2w", "2 weeks"),
    (21, "3w", "3 weeks"),
    (28, "1m", "1 month"),
    (59, "2m", "2 months"),
    (89, "3m", "3 months"),
    (120, "4m", "4 months"),
    (150, "5m", "5 months"),
    (181, "6m", "6 months"),
    (212, "7m", "7 months"),
    (242, "8m", "8 months"),
    (273, "9m", "9 months"),
    (303, "10m", "10 months"),
    (334, "11m", "11 months"),
    (365, "1y", "1 year"),
    (730, "2y", "2 years"),
    (1095, "3y+", "3 years or more"),
];

/// However long the others are, even one invitation is seen.
const LEAST: f64 = 1.5;
/// One vendor's data: 88 % of those who accept do so within so many days,
const FIRST_ANSWERS: i64 = 7;
/// and 99 % within so many.
const LAST_ANSWERS: i64 = 30;

/// How the pending ones are shared out between the verdicts.
pub struct Share {
    pub withdraw: Part,
    pub unsure: Part,
    pub keep: Part,
}

/// A stretch of a bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub count: usize,
    pub from: String,
    pub size: String,
}

/// A bar that stands alone, with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub name: String,
    pub count: usize,
    pub size: String,
}

/// The ages as columns, youngest first.
pub struct Ages {
    pub columns: Vec<Column>,
    pub unknown: usize,
}

pub struct Column {
    pub label: &'static str,
    pub name: &'static str,
    pub total: usize,
    pub going: Part,
    pub staying: Part,
}

/// How much of the time has passed in which invitations are usually accepted.
pub struct Window {
    pub bars: Vec<Bar>,
    /// Certainly older than the last usual answers.
    pub past: usize,
    pub percent: usize,
}

/// How many were pending over time.
pub struct Trend {
    /// The line through the readings, and the same closed to an area.
    pub line: String,
    pub area: String,
    /// A stroke without length for each reading: a dot that does not stretch with the picture.
    pub dots: String,
    pub most: u64,
    pub first: (u64, String),
    pub last: (u64, String),
    pub readings: usize,
}

pub fn share(report: &Report) -> Share {
    let [going, unsure, staying] =
        [Verdict::Withdraw, Verdict::Unsure, Verdict::Keep].map(|verdict| report.count(verdict));
    let all = report.rows.len();
    Share {
        withdraw: part(going, 0, all),
        unsure: part(unsure, going, all),
        keep: part(staying, going + unsure, all),
    }
}

pub fn ages(rows: &[Row]) -> Ages {
    let mut counts = [(0, 0); SPANS.len()];
    let mut unknown = 0;
    for row in rows {
        let Some(age) = row.invitation.age else {
            unknown += 1;
            continue;
        };
        let days = age.days().min;
        let span = SPANS.iter().rposition(|(from, ..)| *from <= days).unwrap_or(0);
        if let Some((going, staying)) = counts.get_mut(span) {
            match row.decision.verdict {
                Verdict::Withdraw => *going += 1,
                Verdict::Keep | Verdict::Unsure => *staying += 1,
            }
        }
    }
    let most = counts.iter().map(|(going, staying)| going + staying).max().unwrap_or(0);
    let column = |(span, (going, staying)): (&(i64, &'static str, &'static str), _)| Column {
        label: span.1,
        name: span.2,
        total: going + staying,
        // A picture is drawn from its top: the going ones stand on the ground, the others on them.
        going: standing(going, 0, most),
        staying: standing(staying, going, most),
    };
    Ages { columns: SPANS.iter().zip(counts).map(column).collect(), unknown }
}

pub fn window(rows: &[Row]) -> Window {
    let [mut within, mut between, mut past, mut unknown] = [0; 4];
    for row in rows {
        match row.invitation.age.map(|age| age.days()) {
            None => unknown += 1,
            Some(days) if days.min >= LAST_ANSWERS => past += 1,
            Some(days) if days.max < FIRST_ANSWERS => within += 1,
            Some(_) => between += 1,
        }
    }
    let bars = [
        ("Under a week", within),
        ("A week to 30 days", between),
        ("Over 30 days", past),
        ("Age unknown", unknown),
    ];
    let bar = |(name, count)| bar(name, count, rows.len());
    let shown = |(name, count): &(&str, usize)| *count > 0 || *name != "Age unknown";
    Window {
        bars: bars.into_iter().filter(shown).map(bar).collect(),
        past,
        percent: past * 100 / rows.len().max(1),
    }
}

/// The rules in their order, then those that only the report names.
pub fn rules(report: &Report, asked: &[&str]) -> Vec<Bar> {
    let mut counts: Vec<(&str, usize)> = asked.iter().map(|name| (*name, 0)).collect();
    for rule in report.rows.iter().filter_map(|row| row.decision.rule.as_deref()) {
        match counts.iter_mut().find(|(name, _)| *name == rule) {
            Some((_, count)) => *count += 1,
            None => counts.push((rule, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.into_iter().map(|(name, count)| bar(name, count, most)).collect()
}

/// `None` where there are not two readings to draw a line between. The report itself is the last.
pub fn trend(earlier: &[(Timestamp, u64)], report: &Report) -> Option<Trend> {
    let now = (report.generated_at, report.rows.len() as u64);
    let before = earlier.iter().filter(|(at, _)| *at < now.0).copied();
    let readings: Vec<_> = before.chain(report.complete.then_some(now)).collect();
    let (first, last) = (*readings.first()?, *readings.last()?);
    let length = last.0.duration_since(first.0).as_secs_f64();
    if length <= 0.0 {
        return None;
    }
    let most = readings.iter().map(|(_, count)| *count).max().unwrap_or(0).max(1);
    let place = |(at, count): &(Timestamp, u64)| {
        let x = at.duration_since(first.0).as_secs_f64() / length * 100.0;
        format!("{x:.2} {:.2}", 100.0 - ratio(*count, most))
    };
    let places: Vec<String> = readings.iter().map(place).collect();
    let line = format!("M{}", places.join("L"));
    Some(Trend {
        area: format!("{line}L100 100L0 100Z"),
        dots: places.iter().map(|place| format!("M{place}h0")).collect(),
        line,
        most,
        first: (first.1, shown(first.0)),
        last: (last.1, shown(last.0)),
        readings: readings.len(),
    })
}

fn bar(name: &str, count: usize, most: usize) -> Bar {
    Bar { name: cut(name, RULE), count, size: format!("{:.2}", visible(count, most)) }
}

/// From left to right.
fn part(count: usize, before: usize, all: usize) -> Part {
    Part {
        count,
        from: format!("{:.2}", ratio(before as u64, all as u64)),
        size: format!("{:.2}", ratio(count as u64, all as u64)),
    }
}

/// From the ground up.
fn standing(count: usize, below: usize, most: usize) -> Part {
    let (size, below) = (visible(count, most), visible(below, most));
    let size = size.min(100.0 - below);
    Part { count, from: format!("{:.2}", 100.0 - below - size), size: format!("{size:.2}") }
}

fn visible(count: usize, most: usize) -> f64 {
    let size = ratio(count as u64, most as u64);
    if count == 0 { 0.0 } else { size.max(LEAST) }
}

#[expect(clippy::cast_precision_loss, reason = "no list is so long that a picture would show it")]
fn ratio(count: u64, most: u64) -> f64 {
    if most == 0 { 0.0 } else { count as f64 / most as f64 * 100.0 }
}
