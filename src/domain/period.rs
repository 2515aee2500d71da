//! A length of time as a person writes it in a rule: `6 weeks`, `3 months`, `1 year 2 months`.
//!
//! Days are the finest unit, since ages are counted in days. jiff's own reading is wider than
//! that: it takes `3m` for minutes and `3 weeks ago` for a negative span, so both are refused here.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::{Date, date};

/// From one day to fifty years, in calendar units.
#[derive(Clone, Debug)]
pub struct Period(Span);

/// Why a text is no [`Period`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPeriod {
    #[error(
        "\"{0}\" is not a length of time: write \"10 days\", \"6 weeks\", \"3 months\" or \"1 year\""
    )]
    NotALength(String),
    #[error(
        "\"{0}\" counts hours, minutes or seconds (\"m\" are minutes): \
         ages are counted in days, weeks, months and years"
    )]
    TooFine(String),
    #[error("\"{0}\" is negative: write the length alone, as in \"3 weeks\"")]
    Negative(String),
    #[error("\"{0}\" is no time at all: the least is \"1 day\"")]
    Zero(String),
    #[error("\"{0}\" is too long: the most is \"50 years\"")]
    TooLong(String),
}

const MOST_DAYS: i64 = 50 * 366;

impl Period {
    pub fn weeks(count: u8) -> Self {
        Self(Span::new().weeks(count))
    }

    pub fn span(&self) -> &Span {
        &self.0
    }

    /// Whether this is at least as long as the other, from whichever day one counts back.
    pub fn always_reaches(&self, other: &Self) -> bool {
        let mut days = (2023..=2024).flat_map(|year| (1..=12).map(move |month| (year, month)));
        days.all(|(year, month)| {
            let day = date(year, month, 1);
            before(day, &self.0) <= before(day, &other.0)
        })
    }

    /// About how many days it is; only to put periods in order.
    pub fn about_days(&self) -> i64 {
        let Self(span) = self;
        i64::from(span.get_years()) * 365
            + i64::from(span.get_months()) * 30
            + i64::from(span.get_weeks()) * 7
            + i64::from(span.get_days())
    }

    fn units(&self) -> [(i64, &'static str); 4] {
        [
            (i64::from(self.0.get_years()), "year"),
            (i64::from(self.0.get_months()), "month"),
            (i64::from(self.0.get_weeks()), "week"),
            (i64::from(self.0.get_days()), "day"),
        ]
    }
}

fn before(day: Date, span: &Span) -> Date {
    day.saturating_sub(*span)
}

impl FromStr for Period {
    type Err = BadPeriod;

    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        let text = text.trim();
        let shown = || text.to_owned();
        let Ok(span) = text.parse::<Span>() else {
            // A number that jiff cannot hold is a length, only an absurd one.
            return Err(match longest_number(text) {
                0..=4 => BadPeriod::NotALength(shown()),
                _ => BadPeriod::TooLong(shown()),
            });
        };
        let fine = span.get_hours() != 0
            || span.get_minutes() != 0
            || span.get_seconds() != 0
            || span.get_milliseconds() != 0
            || span.get_microseconds() != 0
            || span.get_nanoseconds() != 0;
        match Self(span) {
            _ if fine => Err(BadPeriod::TooFine(shown())),
            _ if span.is_negative() => Err(BadPeriod::Negative(shown())),
            _ if span.is_zero() => Err(BadPeriod::Zero(shown())),
            period if period.about_days() > MOST_DAYS => Err(BadPeriod::TooLong(shown())),
            period => Ok(period),
        }
    }
}

fn longest_number(text: &str) -> usize {
    let numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.map(str::len).max().unwrap_or_default()
}

/// In full words, whatever the short forms it was written in.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self
            .units()
            .into_iter()
            .filter(|(count, _)| *count != 0)
            .map(|(count, unit)| format!("{count} {unit}{}", if count == 1 { "" } else { "s" }))
            .collect();
        f.write_str(&words.join(" "))
    }
}

/// The same number of each unit; `7 days` is not `1 week`.
impl PartialEq for Period {
    fn eq(&self, other: &Self) -> bool {
        self.0.fieldwise() == other.0.fieldwise()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match text.parse::<Period>() {
            Ok(period) => period.to_string(),
            Err(why) => why.to_string(),
        };
        assert!(shown.contains(expected), "{text}: {shown}");
    }

    #[track_caller]
    fn check_reach(longer: &str, shorter: &str, expected: bool) {
        let [longer, shorter] = [longer, shorter].map(|text| text.parse::<Period>().unwrap());
        assert_eq!(longer.always_reaches(&shorter), expected);
    }

    #[test]
    fn days_weeks_months_and_years_are_read() {
        check("10 days", "10 days");
        check("6 weeks", "6 weeks");
        check("3 months", "3 months");
        check("1 year", "1 year");
        check("  1y 2mo ", "1 year 2 months");
        check("1 year, 2 weeks and 1 day", "write \"10 days\"");
        check("50 years", "50 years");
    }

    #[test]
    fn minutes_are_not_taken_for_months() {
        check("3m", "\"m\" are minutes");
        check("48 hours", "counts hours");
        check("2 weeks 3h", "counts hours");
    }

    #[test]
    fn a_length_does_not_point_backwards() {
        check("3 weeks ago", "is negative");
        check("-3 weeks", "is negative");
    }

    #[test]
    fn zero_and_absurd_lengths_are_refused() {
        check("0 days", "the least is \"1 day\"");
        check("51 years", "the most is \"50 years\"");
        check("9999 weeks", "the most is \"50 years\"");
        check("99999999999999 weeks", "the most is \"50 years\"");
    }

    #[test]
    fn what_is_no_length_is_told_the_form() {
        check("", "is not a length of time");
        check("soon", "is not a length of time");
        check("6", "is not a length of time");
        check("1.5 weeks", "is not a length of time");
    }

    #[test]
    fn periods_of_different_units_are_compared_on_every_day_of_the_year() {
        check_reach("6 weeks", "2 weeks", true);
        check_reach("6 weeks", "6 weeks", true);
        check_reach("1 month", "4 weeks", true);
        check_reach("4 weeks", "1 month", false);
        check_reach("1 month", "30 days", false);
        check_reach("2 weeks", "6 weeks", false);
    }
}
