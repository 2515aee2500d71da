//! From when on, as a person writes it: a date, a moment, or a length of time counted back.

use std::str::FromStr;

use jiff::civil::DateTime;
use jiff::{Span, Timestamp, Zoned};

use crate::domain::period::{BadPeriod, Period};

/// A beginning; which moment it is depends on the person's clock.
#[derive(Clone, Debug)]
pub enum Since {
    Moment(Timestamp),
    /// By the person's own clock; a date alone is its midnight.
    Local(DateTime),
    Back(Span),
}

/// Why a text is no [`Since`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSince {
    #[error(
        "write a date (\"2026-11-01\"), a moment (\"2026-11-01T10:00Z\") or a length of time \
         counted back from now (\"2 weeks\")"
    )]
    Neither,
    #[error("\"m\" are minutes, and the finest is hours: write \"3 months\" or \"36 hours\"")]
    TooFine,
    #[error(transparent)]
    Length(BadPeriod),
}

impl Since {
    pub fn moment(&self, now: &Zoned) -> Timestamp {
        let moment = match self {
            Self::Moment(moment) => return *moment,
            Self::Local(time) => now.time_zone().to_zoned(*time),
            Self::Back(span) => now.checked_sub(*span),
        };
        // What lies beyond the calendar is before everything that was recorded.
        moment.map_or(Timestamp::MIN, |moment| moment.timestamp())
    }
}

impl FromStr for Since {
    type Err = BadSince;

    fn from_str(text: &str) -> Result<Self, BadSince> {
        let text = text.trim();
        // In this order: a civil time would pass over an offset behind it.
        if let Ok(moment) = text.parse() {
            return Ok(Self::Moment(moment));
        }
        if let Ok(time) = text.parse() {
            return Ok(Self::Local(time));
        }
        back(text.strip_suffix("ago").unwrap_or(text)).map(Self::Back)
    }
}

fn back(text: &str) -> Result<Span, BadSince> {
    match text.parse::<Period>() {
        Ok(period) => Ok(*period.span()),
        Err(BadPeriod::TooFine(_)) => in_hours(text).ok_or(BadSince::TooFine),
        Err(BadPeriod::NotALength(_)) => Err(BadSince::Neither),
        Err(_) if !text.contains(char::is_alphabetic) => Err(BadSince::Neither),
        Err(other) => Err(BadSince::Length(other)),
    }
}

/// A rule counts in days, but what was done in the last hours is worth a question.
fn in_hours(text: &str) -> Option<Span> {
    let span = text.trim().parse::<Span>().ok().filter(|span| !span.is_negative())?;
    let coarse = span.minutes(0).seconds(0).milliseconds(0).microseconds(0).nanoseconds(0);
    (coarse.fieldwise() == span.fieldwise()).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let now: Zoned = "2026-11-23T10:00:00+01:00[+01:00]".parse().unwrap();
        let shown = match text.parse::<Since>() {
            Ok(since) => since.moment(&now).to_string(),
            Err(why) => why.to_string(),
        };
        assert!(shown.contains(expected), "{text}: {shown}");
    }

    #[test]
    fn a_date_begins_at_midnight_of_the_persons_clock() {
        check("2026-11-01", "2026-10-31T23:00:00Z");
        check("2026-11-01 10:30", "2026-11-01T09:30:00Z");
        check("2026-11-01T10:30:00", "2026-11-01T09:30:00Z");
    }

    #[test]
    fn a_moment_is_the_same_for_everybody() {
        check("2026-11-01T10:00Z", "2026-11-01T10:00:00Z");
        check("2026-11-01 10:00:00-05:00", "2026-11-01T15:00:00Z");
    }

    #[test]
    fn a_length_is_counted_back_from_now() {
        check("2 weeks", "2026-11-09T09:00:00Z");
        check(" 1 month ago ", "2026-10-23T09:00:00Z");
        check("36 hours", "2026-11-21T21:00:00Z");
        check("170000000 hours", "-009999");
    }

    #[test]
    fn what_is_no_beginning_is_told_the_forms() {
        for text in ["", "ago", "soon", "2026-13-01", "01.11.2026", "20261301", "3"] {
            check(text, "write a date");
        }
        check("3m", "\"m\" are minutes");
        check("1h 30m", "\"m\" are minutes");
        check("0 days", "is no time at all");
        check("-2 weeks", "is negative");
        check("60 years", "the most is");
    }
}
