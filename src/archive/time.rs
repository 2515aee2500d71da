//! When something was sent, from the ways in which LinkedIn's data export has written it.
//!
//! - `9/5/26, 1:12 AM`: what it writes today, month first, with or without a narrow blank.
//! - `07/22/2026 04:02`, `2026-09-05 01:12:00 UTC`, `22 Jan 2026`: older exports, as public tools
//!   that read them know.
//!
//! Where no zone is stated it is most likely UTC, but nobody says so. Therefore a time is an
//! interval that holds whatever zone was meant, fourteen hours ahead of UTC to twelve behind.
//! That the month comes first is believed of a time with AM or PM as long as no date in the file
//! contradicts it, and of others only when a date in the file proves it.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::domain::archive::Between;

/// A time as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    Certain(Between),
    /// `first/second/year`, of which one is the month.
    Slashed {
        first: i8,
        second: i8,
        year: i16,
        clock: Clock,
    },
}

/// The time of day, if one is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    time: Time,
    /// How much the writing leaves open.
    within: SignedDuration,
    /// Whether it is written with AM or PM.
    is_half_day: bool,
}

/// What all the dates with slashes in one file say of their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    MonthFirst,
    /// No date can be told from its mirror image.
    Unproven,
    /// Some date makes sense only with the day first.
    DayFirst,
}

const AHEAD: SignedDuration = SignedDuration::from_hours(14);
const BEHIND: SignedDuration = SignedDuration::from_hours(12);
const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The year in which the site opened.
const FIRST_YEAR: i16 = 2003;
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl Written {
    /// `None` for a text that is none of the known ways.
    pub fn parse(text: &str) -> Option<Self> {
        let text = plain(text);
        if let Some((first, rest)) = text.split_once('/') {
            return slashed(first, rest);
        }
        lettered(&text).or_else(|| iso(&text)).map(Self::Certain)
    }

    /// The interval, once the order of the file is known.
    pub fn between(self, order: Order) -> Option<Between> {
        let (first, second, year, clock) = match self {
            Self::Certain(between) => return Some(between),
            Self::Slashed { first, second, year, clock } => (first, second, year, clock),
        };
        match order {
            Order::DayFirst => return None,
            Order::Unproven if !clock.is_half_day => return None,
            Order::Unproven | Order::MonthFirst => {}
        }
        let date = Date::new(year, first, second).ok()?;
        local(date.to_datetime(clock.time), clock.within)
    }

    /// Whether it makes sense only with the day first.
    pub fn is_day_first(self) -> bool {
        matches!(self, Self::Slashed { first: 13.., second: ..=12, .. })
    }

    fn is_month_first(self) -> bool {
        matches!(self, Self::Slashed { first: ..=12, second: 13.., .. })
    }
}

impl Order {
    pub fn of(all: impl Iterator<Item = Written> + Clone) -> Self {
        match () {
            () if all.clone().any(Written::is_day_first) => Self::DayFirst,
            () if all.clone().any(Written::is_month_first) => Self::MonthFirst,
            () => Self::Unproven,
        }
    }
}

/// On one line, with plain blanks; newer systems write a narrow one before AM.
fn plain(text: &str) -> String {
    let seen = |c: &char| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{feff}');
    let text: String = text.chars().filter(seen).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn slashed(first: &str, rest: &str) -> Option<Written> {
    let (second, rest) = rest.split_once('/')?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (year, clock) = rest.split_at(digits);
    let year = match year.len() {
        2 => 2000 + number::<i16>(year)?,
        4 => number(year)?,
        _ => return None,
    };
    let (first, second) = (number(first)?, number(second)?);
    let both = [first, second];
    let is_day = |number: &i8| (1..=31).contains(number);
    (both.iter().all(is_day) && both.iter().any(|number| *number <= 12) && year >= FIRST_YEAR)
        .then_some(())?;
    let clock = match clock.trim_start_matches([',', ' ']) {
        "" if clock.is_empty() => Clock { time: Time::midnight(), within: DAY, is_half_day: false },
        written => time_of_day(written)?,
    };
    Some(Written::Slashed { first, second, year, clock })
}

/// `1:12 AM`, `01:12:05`.
fn time_of_day(text: &str) -> Option<Clock> {
    let upper = text.to_ascii_uppercase();
    let (digits, half) = match (upper.strip_suffix("AM"), upper.strip_suffix("PM")) {
        (Some(rest), _) => (rest, Some(0)),
        (_, Some(rest)) => (rest, Some(12)),
        _ => (upper.as_str(), None),
    };
    let parts: Vec<i8> = digits.trim_end().split(':').map(number).collect::<Option<_>>()?;
    let (hour, minute, second, within) = match *parts.as_slice() {
        [hour, minute] => (hour, minute, 0, MINUTE),
        [hour, minute, second] => (hour, minute, second, SECOND),
        _ => return None,
    };
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
    };
    let time = Time::new(hour, minute, second, 0).ok()?;
    Some(Clock { time, within, is_half_day: half.is_some() })
}

/// `22 Jan 2026`.
fn lettered(text: &str) -> Option<Between> {
    let [day, month, year] = text.split(' ').collect::<Vec<_>>()[..] else { return None };
    let month = month.to_ascii_lowercase();
    let is_month = |name: &&str| **name == month || (month.len() == 3 && name.starts_with(&month));
    let month = (1..).zip(&MONTHS).find(|(_, name)| is_month(name)).map(|(number, _)| number)?;
    (year.len() == 4).then_some(())?;
    let date = Date::new(number(year)?, month, number(day)?).ok()?;
    local(date.to_datetime(Time::midnight()), DAY)
}

/// `2026-09-05 01:12:00 UTC`, `2026-09-05T01:12Z`, `2026-09-05`.
fn iso(text: &str) -> Option<Between> {
    (text.as_bytes().get(4) == Some(&b'-')).then_some(())?;
    let within = match text.matches(':').count() {
        0 if text.len() == 10 => DAY,
        0 => return None,
        1 => MINUTE,
        _ => SECOND,
    };
    if let Some(utc) = text.strip_suffix(" UTC") {
        return universal(civil(utc)?.to_zoned(TimeZone::UTC).ok()?.timestamp(), within);
    }
    match civil(text) {
        Some(time) => local(time, within),
        None => universal(text.parse().ok()?, within),
    }
}

/// Without a zone: a reader of civil times would pass over one.
fn civil(text: &str) -> Option<DateTime> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '-' | ':' | '.' | ' ' | 'T');
    let date = text.get(..10).unwrap_or_default();
    let is_plain = text.chars().all(plain) && date.matches('-').count() == 2;
    (is_plain && text.matches('-').count() == 2).then(|| text.parse().ok()).flatten()
}

fn local(time: DateTime, within: SignedDuration) -> Option<Between> {
    let at = time.to_zoned(TimeZone::UTC).ok()?.timestamp();
    known(at.checked_sub(AHEAD).ok()?, at.checked_add(BEHIND + within).ok()?)
}

fn universal(at: Timestamp, within: SignedDuration) -> Option<Between> {
    known(at, at.checked_add(within).ok()?)
}

fn known(from: Timestamp, until: Timestamp) -> Option<Between> {
    let year = until.to_zoned(TimeZone::UTC).year();
    // The interval is open at its old end.
    let after = from.checked_sub(SignedDuration::from_nanos(1)).ok()?;
    (year >= FIRST_YEAR).then_some(Between { after, until })
}

/// Digits alone: no sign, no blank.
fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The interval of a text in a file of this order: `after until`, to the minute.
    #[track_caller]
    fn check_in(order: Order, text: &str, expected: Option<&str>) {
        let between = Written::parse(text).and_then(|written| written.between(order));
        let shown = between.map(|Between { after, until }| {
            let after = after + SignedDuration::from_nanos(1);
            format!("{} {}", after.strftime("%F %T"), until.strftime("%F %T"))
        });
        assert_eq!(shown.as_deref(), expected, "{text:?}");
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        check_in(Order::MonthFirst, text, Some(expected));
    }

    const SEPTEMBER: &str = "2026-09-04 11:12:00 2026-09-05 13:13:00";

    #[test]
    fn a_time_of_today_is_known_to_the_day_of_all_zones() {
        check("9/5/26, 1:12 AM", SEPTEMBER);
        check("9/5/26, 1:12\u{202f}AM", SEPTEMBER);
        check("9/5/26,\u{a0}1:12\u{a0}am ", SEPTEMBER);
        check("09/05/2026, 1:12 AM", SEPTEMBER);
        check("9/5/26 1:12AM", SEPTEMBER);
        check("\u{200e}9/5/26, 1:12 AM", SEPTEMBER);
        check("12/31/25, 12:00 AM", "2025-12-30 10:00:00 2025-12-31 12:01:00");
        check("12/31/25, 12:59 PM", "2025-12-30 22:59:00 2026-01-01 01:00:00");
    }

    #[test]
    fn times_of_other_exports_are_read() {
        check("09/05/2026 01:12", SEPTEMBER);
        check("2026-09-05 01:12", SEPTEMBER);
        check("2026-09-05T01:12", SEPTEMBER);
        check("2026-09-05 01:12:00", "2026-09-04 11:12:00 2026-09-05 13:12:01");
        check("2026-09-05", "2026-09-04 10:00:00 2026-09-06 12:00:00");
        check("5 Sep 2026", "2026-09-04 10:00:00 2026-09-06 12:00:00");
        check("05 September 2026", "2026-09-04 10:00:00 2026-09-06 12:00:00");
        check("9/5/26", "2026-09-04 10:00:00 2026-09-06 12:00:00");
    }

    #[test]
    fn a_zone_that_is_stated_is_believed() {
        check("2026-09-05 01:12 UTC", "2026-09-05 01:12:00 2026-09-05 01:13:00");
        check("2026-09-05 01:12:30 UTC", "2026-09-05 01:12:30 2026-09-05 01:12:31");
        check("2026-09-05T01:12:30Z", "2026-09-05 01:12:30 2026-09-05 01:12:31");
        check("2026-09-05T01:12:30+02:00", "2026-09-04 23:12:30 2026-09-04 23:12:31");
    }

    #[test]
    fn what_is_no_known_time_is_none() {
        for text in [
            "",
            "soon",
            "9/5",
            "9/5/6, 1:12 AM",
            "9/5/026, 1:12 AM",
            "0/5/26, 1:12 AM",
            "13/13/26, 1:12 AM",
            "2/30/26, 1:12 AM",
            "9/5/26, 13:12 AM",
            "9/5/26, 0:12 AM",
            "9/5/26, 1:60 AM",
            "9/5/26, ",
            "9/5/26, 1 AM",
            "9/5/26, 1:12 AM yesterday",
            "+9/5/26, 1:12 AM",
            "9/5/1999, 1:12 AM",
            "5.9.2026 01:12",
            "5 Sept 2026",
            "5 Set 2026",
            "5 Sep 26",
            "20260905",
            "2026-09",
            "2026-09-05 01",
            "2026-9-5 01:12",
            "1999-09-05 01:12",
            "9999-12-31 23:59",
        ] {
            check_in(Order::MonthFirst, text, None);
        }
    }

    #[test]
    fn a_file_that_writes_the_day_first_says_nothing_by_its_slashes() {
        check_in(Order::DayFirst, "9/5/26, 1:12 AM", None);
        check_in(Order::DayFirst, "2026-09-05 01:12", Some(SEPTEMBER));
        check_in(Order::Unproven, "9/5/26, 1:12 AM", Some(SEPTEMBER));
        check_in(Order::Unproven, "09/05/2026 01:12", None);
    }

    #[track_caller]
    fn order(texts: &[&str], expected: Order) {
        let all = texts.iter().filter_map(|text| Written::parse(text));
        assert_eq!(Order::of(all), expected, "{texts:?}");
    }

    #[test]
    fn one_date_tells_the_order_of_the_file() {
        order(&["9/5/26, 1:12 AM", "1/19/26, 9:15 AM"], Order::MonthFirst);
        order(&["9/5/26, 1:12 AM", "1/12/26, 9:15 AM"], Order::Unproven);
        order(&["1/19/26, 9:15 AM", "19/1/26, 9:15 AM"], Order::DayFirst);
        order(&["2026-01-19", "22 Jan 2026"], Order::Unproven);
    }
}
