//! How old an invitation is: an interval, never a point.
//!
//! The site rounds down: "3 weeks ago" means at least 21 and less than 28 days. Every question
//! about an age is answered for all of the interval, so that nothing is withdrawn on a guess.
//! Months and years are calendar ones, counted back from the reading, in UTC. Nothing is sent in
//! the future: the constructors put a later instant at `now`.

use std::fmt;

use jiff::{Span, Timestamp, tz::TimeZone};
use serde::Deserialize;

/// When an invitation can have been sent, seen from `now`: after `earliest`, at `latest` or before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// The invitation was sent after this instant.
    pub earliest: Timestamp,
    /// The invitation was sent at this instant or before.
    pub latest: Timestamp,
    /// The instant of the reading, from which whole days are counted.
    pub now: Timestamp,
    pub source: Source,
}

/// Whose word an age is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// That of the text beside it: `Sent 3 weeks ago`.
    Stated,
    /// Within what the text says, narrowed by earlier sightings, the first of them at `since`.
    Seen { since: Timestamp },
    /// Within what the text says, narrowed by LinkedIn's data export.
    Archive,
}

/// The least and the most whole days that an age can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    pub min: i64,
    pub max: i64,
}

/// What an age is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Age {
    /// `count` whole units ago, and less than one more. `None` for a count beyond the calendar.
    pub fn from_unit(count: u32, unit: Unit, now: Timestamp) -> Option<Self> {
        let count = i64::from(count);
        Some(Self {
            earliest: before(now, &unit.times(count + 1)?)?,
            latest: before(now, &unit.times(count)?)?,
            now,
            source: Source::Stated,
        })
    }

    /// So long ago, as the site would state it: "1 year 2 months" is at least that and less than a
    /// month more. `None` for a length beyond the calendar or of no time.
    pub fn from_span(span: &Span, now: Timestamp) -> Option<Self> {
        let counts = [
            (span.get_days(), Unit::Day),
            (span.get_weeks(), Unit::Week),
            (span.get_months(), Unit::Month),
            (i32::from(span.get_years()), Unit::Year),
        ];
        let (_, last) = counts.into_iter().find(|(count, _)| *count > 0)?;
        let longer = match last {
            Unit::Day => span.try_days(span.get_days() + 1),
            Unit::Week => span.try_weeks(span.get_weeks() + 1),
            Unit::Month => span.try_months(span.get_months() + 1),
            _ => span.try_years(i32::from(span.get_years()) + 1),
        };
        Some(Self {
            earliest: before(now, &longer.ok()?)?,
            latest: before(now, span)?,
            now,
            source: Source::Stated,
        })
    }

    /// So many midnights ago: 0 is today, 1 yesterday. In whose time zone is not known, and
    /// yesterday may be minutes ago, so the interval is a day wider than the calendar day.
    pub fn from_calendar_day(midnights: u32, now: Timestamp) -> Option<Self> {
        let midnights = i64::from(midnights);
        Some(Self {
            earliest: before(now, &Unit::Day.times(midnights + 1)?)?,
            latest: before(now, &Unit::Day.times((midnights - 1).max(0))?)?,
            now,
            source: Source::Stated,
        })
    }

    /// Sent at an instant that is known.
    pub fn exact(sent: Timestamp, now: Timestamp) -> Self {
        let latest = sent.min(now);
        let earliest = latest.checked_sub(Span::new().nanoseconds(1)).unwrap_or(latest);
        Self { earliest, latest, now, source: Source::Stated }
    }

    /// The age that agrees with both statements, seen from this one's `now`. `None` when they
    /// contradict each other.
    pub fn narrowed_by(&self, other: &Self) -> Option<Self> {
        let earliest = self.earliest.max(other.earliest);
        let latest = self.latest.min(other.latest);
        let unchanged = (earliest, latest) == (self.earliest, self.latest);
        let source = if unchanged { self.source } else { other.source };
        (earliest < latest).then_some(Self { earliest, latest, now: self.now, source })
    }

    /// Since when the invitation was seen, where that made the interval narrower.
    pub fn seen_since(&self) -> Option<Timestamp> {
        match self.source {
            Source::Seen { since } => Some(since),
            Source::Stated | Source::Archive => None,
        }
    }

    /// Whole days: "3 weeks ago" is 21 to 27.
    pub fn days(&self) -> Days {
        const DAY: i128 = 24 * 60 * 60 * 1_000_000_000;
        let youngest = self.now.duration_since(self.latest).as_nanos();
        let oldest = self.now.duration_since(self.earliest).as_nanos();
        // The interval is open at its old end, so the last age in it is one nanosecond under.
        let whole = |nanoseconds: i128| i64::try_from(nanoseconds.max(0) / DAY).unwrap_or(i64::MAX);
        let min = whole(youngest);
        Days { min, max: whole(oldest - 1).max(min) }
    }

    /// Whether even the youngest possible age reaches the span.
    pub fn at_least(&self, span: &Span) -> bool {
        threshold(self.now, span).is_some_and(|then| self.latest <= then)
    }

    /// Whether even the oldest possible age stays under the span.
    pub fn under(&self, span: &Span) -> bool {
        threshold(self.now, span).is_some_and(|then| self.earliest >= then)
    }
}

/// For a person: `today`, `1 day`, `21–27 days`.
impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (0, 0) => f.write_str("today"),
            (1, 1) => f.write_str("1 day"),
            (min, max) if min == max => write!(f, "{min} days"),
            (min, max) => write!(f, "{min}–{max} days"),
        }
    }
}

impl Unit {
    fn times(self, count: i64) -> Option<Span> {
        let span = Span::new();
        match self {
            Self::Second => span.try_seconds(count),
            Self::Minute => span.try_minutes(count),
            Self::Hour => span.try_hours(count),
            Self::Day => span.try_days(count),
            Self::Week => span.try_weeks(count),
            Self::Month => span.try_months(count),
            Self::Year => span.try_years(count),
        }
        .ok()
    }
}

/// A negative span would make every age reach it; no rule holds on one.
fn threshold(now: Timestamp, span: &Span) -> Option<Timestamp> {
    if span.is_negative() { None } else { before(now, span) }
}

fn before(now: Timestamp, span: &Span) -> Option<Timestamp> {
    let then = now.to_zoned(TimeZone::UTC).checked_sub(*span).ok()?;
    Some(then.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-23T10:00:00Z";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn ago(count: u32, unit: Unit) -> Age {
        Age::from_unit(count, unit, at(NOW)).unwrap()
    }

    fn span(text: &str) -> Span {
        text.parse().unwrap()
    }

    #[track_caller]
    fn days(age: Age, min: i64, max: i64) {
        assert_eq!(age.days(), Days { min, max });
    }

    #[test]
    fn a_length_of_time_is_rounded_down_in_its_last_unit() {
        let ago = |text: &str| Age::from_span(&span(text), at(NOW)).unwrap();
        days(ago("5 weeks"), 35, 41);
        days(ago("10 days"), 10, 10);
        days(ago("1 month"), 31, 60);
        days(ago("1 month 2 weeks"), 45, 51);
        assert_eq!(ago("3 weeks"), Age::from_unit(3, Unit::Week, at(NOW)).unwrap());
        assert_eq!(ago("1 year"), Age::from_unit(1, Unit::Year, at(NOW)).unwrap());
        assert_eq!(Age::from_span(&span("3 hours"), at(NOW)), None);
    }

    #[test]
    fn an_age_covers_all_that_its_unit_rounds_away() {
        days(ago(3, Unit::Week), 21, 27);
        days(ago(3, Unit::Day), 3, 3);
        days(ago(22, Unit::Hour), 0, 0);
        days(ago(47, Unit::Hour), 1, 1);
        days(ago(40, Unit::Minute), 0, 0);
        days(ago(0, Unit::Day), 0, 0);
    }

    #[test]
    fn months_and_years_are_calendar_ones_counted_back_from_the_reading() {
        days(ago(1, Unit::Month), 31, 60);
        days(ago(6, Unit::Month), 184, 213);
        days(ago(1, Unit::Year), 365, 729);
        days(ago(2, Unit::Year), 730, 1095);
        let end_of_may = Age::from_unit(3, Unit::Month, at("2026-05-31T00:00:00Z")).unwrap();
        assert_eq!(end_of_may.latest, at("2026-02-28T00:00:00Z"));
    }

    #[test]
    fn a_calendar_day_may_have_ended_a_minute_ago() {
        days(Age::from_calendar_day(0, at(NOW)).unwrap(), 0, 0);
        days(Age::from_calendar_day(1, at(NOW)).unwrap(), 0, 1);
        days(Age::from_calendar_day(2, at(NOW)).unwrap(), 1, 2);
    }

    #[test]
    fn an_instant_that_is_known_is_one_age() {
        days(Age::exact(at("2026-11-02T10:00:00Z"), at(NOW)), 21, 21);
        days(Age::exact(at("2026-11-02T10:00:01Z"), at(NOW)), 20, 20);
        days(Age::exact(at("2027-01-01T00:00:00Z"), at(NOW)), 0, 0);
    }

    #[test]
    fn older_than_holds_only_when_the_youngest_possible_age_reaches_it() {
        assert!(ago(3, Unit::Week).at_least(&span("3 weeks")));
        assert!(!ago(2, Unit::Week).at_least(&span("3 weeks")));
        assert!(ago(3, Unit::Week).at_least(&span("21 days")));
        assert!(!ago(3, Unit::Week).at_least(&span("22 days")));
        assert!(ago(1, Unit::Month).at_least(&span("1 month")));
        assert!(ago(1, Unit::Year).at_least(&span("12 months")));
        assert!(!ago(11, Unit::Month).at_least(&span("1 year")));
    }

    #[test]
    fn newer_than_holds_only_when_the_oldest_possible_age_stays_under_it() {
        assert!(ago(2, Unit::Week).under(&span("3 weeks")));
        assert!(!ago(2, Unit::Week).under(&span("20 days")));
        assert!(!ago(3, Unit::Week).under(&span("3 weeks")));
        assert!(ago(11, Unit::Month).under(&span("1 year")));
    }

    #[test]
    fn no_rule_holds_on_a_span_that_makes_no_sense() {
        assert!(!ago(3, Unit::Week).at_least(&span("3 weeks ago")));
        assert!(!ago(3, Unit::Week).under(&span("3 weeks ago")));
        assert!(!ago(3, Unit::Week).at_least(&span("19000 years")));
        assert_eq!(Age::from_unit(u32::MAX, Unit::Year, at(NOW)), None);
    }

    #[test]
    fn two_statements_about_one_invitation_narrow_each_other() {
        let three_weeks = ago(3, Unit::Week);
        let sent = Age::exact(at("2026-11-01T08:00:00Z"), at(NOW));
        assert_eq!(three_weeks.narrowed_by(&sent), Some(sent));
        assert_eq!(three_weeks.narrowed_by(&three_weeks), Some(three_weeks));
        assert_eq!(three_weeks.narrowed_by(&ago(4, Unit::Week)), None);
        days(ago(1, Unit::Month).narrowed_by(&ago(5, Unit::Week)).unwrap(), 35, 41);
    }
}
