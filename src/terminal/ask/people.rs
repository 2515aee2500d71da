//! People as the questions show them: the list, one at a time, a few of them by name.
//!
//! Text from the page passes `safe_text`, and no line is wider than the view. Where a name could
//! be taken for another one, the profile stands beside it.

use anstyle::{AnsiColor, Style};

use crate::domain::invitation::Invitation;
use crate::domain::look_alike::Names;
use crate::domain::report::Row;
use crate::domain::safe_text::{cut, width, wrap};

/// How the terminal shows things.
#[derive(Clone, Copy, Debug)]
pub struct View {
    pub columns: usize,
    pub colour: bool,
}

/// The rows that are asked about, in their order.
pub struct People<'a> {
    rows: &'a [&'a Row],
    names: Names,
    view: View,
}

pub const BOLD: Style = Style::new().bold();
pub const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// From this width on name, age and reason stand on one line.
const ONE_LINE: usize = 72;
const WIDEST_NAME: usize = 28;
const WIDEST_AGE: usize = 14;
/// What a checklist leaves of a name beside the profile.
const LEAST_NAME: usize = 8;
/// How many are named in one sentence.
const NAMED: usize = 3;
/// No note or reason of a stranger fills the screen.
const MOST_LINES: usize = 6;
const INDENT: &str = "    ";
const LEGEND: &str = "≈ could be taken for another name: go by the profile";

impl View {
    /// Text in a style, where there are colours.
    pub fn paint(self, text: &str, style: Style) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// Text over as many lines as it takes.
    pub fn paragraph(self, text: &str, style: Style) -> String {
        let lines = wrap(text, self.columns);
        let painted: Vec<_> = lines.iter().map(|line| self.paint(line, style)).collect();
        painted.join("\n")
    }
}

impl<'a> People<'a> {
    pub fn new(rows: &'a [&'a Row], view: View) -> Self {
        let names = Names::of(rows.iter().map(|row| row.invitation.name.as_str()));
        Self { rows, names, view }
    }

    /// Everybody, with age and reason.
    pub fn list(&self) -> String {
        let title = match self.rows.len() {
            1 => "1 invitation would be withdrawn:".to_owned(),
            count => format!("{count} invitations would be withdrawn:"),
        };
        let mut lines = vec![self.view.paragraph(&title, BOLD)];
        for (i, row) in self.rows.iter().enumerate() {
            lines.extend(self.entry(row, &self.number(i)));
        }
        if self.rows.iter().any(|row| self.is_ambiguous(row)) {
            lines.push(self.view.paragraph(LEGEND, DIM));
        }
        lines.join("\n")
    }

    /// One person with all that helps to decide.
    pub fn card(&self, row: usize) -> String {
        let Some(row) = self.rows.get(row) else { return String::new() };
        let invitation = &row.invitation;
        let profile =
            if self.is_ambiguous(row) { marked_profile(row) } else { profile(row).into() };
        let note = invitation.note.iter().map(|note| format!("Note: {note}"));
        let room = self.view.columns.saturating_sub(INDENT.len());
        let texts = [profile].into_iter().chain(invitation.headline.clone()).chain([sent(row)]);
        let texts = texts.chain(note).chain([why(row)]);
        let name = self.view.paint(&cut(name(row), self.view.columns), BOLD);
        let below = texts.flat_map(|text| few(wrap(&text, room)));
        let below = below.map(|line| format!("{INDENT}{line}"));
        [name].into_iter().chain(below).collect::<Vec<_>>().join("\n")
    }

    /// Those who would go: how many, between which ages, and the first of them by name.
    pub fn summary(&self, rows: &[usize]) -> String {
        let chosen: Vec<&Row> =
            rows.iter().filter_map(|row| self.rows.get(*row).copied()).collect();
        let title = format!("{} to withdraw: {}", chosen.len(), ages(&chosen));
        let mut lines = vec![self.view.paragraph(&title, BOLD)];
        let room = self.view.columns.saturating_sub(INDENT.len());
        // One more is named where otherwise a line would say that there is one more.
        let named = if chosen.len() == NAMED + 1 { NAMED + 1 } else { NAMED };
        for row in chosen.iter().take(named) {
            lines.extend(self.who(row, room).into_iter().map(|line| format!("{INDENT}{line}")));
        }
        if chosen.len() > named {
            lines.push(format!("{INDENT}and {} more", chosen.len() - named));
        }
        lines.join("\n")
    }

    /// The name as it stands in a question.
    pub fn short_name(&self, row: usize) -> String {
        let room = self.view.columns.saturating_sub(12).min(WIDEST_NAME);
        self.rows.get(row).map(|row| cut(name(row), room)).unwrap_or_default()
    }

    /// One line for a checklist whose own marks take so many columns. The number is that of the
    /// list, which shows in full what is cut here.
    pub fn option(&self, row: usize, marks: usize) -> String {
        let number = self.number(row);
        let Some(row) = self.rows.get(row) else { return number };
        let age = cut(&age(row), WIDEST_AGE);
        let taken = marks + number.len() + width(&age) + 2;
        let room = self.view.columns.saturating_sub(taken);
        if !self.is_ambiguous(row) {
            return format!("{number}{}  {age}", cut(name(row), room));
        }
        let profile = cut(&marked_profile(row), room.saturating_sub(LEAST_NAME + 1));
        let name = cut(name(row), room.saturating_sub(width(&profile) + 1));
        format!("{number}{name} {profile}  {age}")
    }

    /// What a filter looks through.
    pub fn searched(&self, row: usize) -> String {
        let Some(row) = self.rows.get(row) else { return String::new() };
        let headline = row.invitation.headline.as_deref().unwrap_or_default();
        format!("{} {headline} {}", row.invitation.name, row.invitation.key)
    }

    fn entry(&self, row: &Row, number: &str) -> Vec<String> {
        let room = self.view.columns.saturating_sub(number.len());
        let mut lines = self.who(row, room);
        if self.view.columns >= ONE_LINE {
            let name = padded(&cut(name(row), WIDEST_NAME), WIDEST_NAME);
            let age = padded(&cut(&age(row), WIDEST_AGE), WIDEST_AGE);
            let gap = " ".repeat(WIDEST_NAME + WIDEST_AGE + 4);
            let heads = std::iter::once(format!("{name}  {age}  ")).chain(std::iter::repeat(gap));
            let why = few(wrap(&why(row), room - WIDEST_NAME - WIDEST_AGE - 4));
            lines.splice(..1, heads.zip(why).map(|(head, why)| format!("{head}{why}")));
        } else {
            lines.extend(few(wrap(&format!("{}; {}", age(row), why(row)), room)));
        }
        let indent = " ".repeat(number.len());
        let heads = std::iter::once(number).chain(std::iter::repeat(indent.as_str()));
        heads.zip(lines).map(|(head, line)| format!("{head}{line}").trim_end().to_owned()).collect()
    }

    /// The name, and below it the profile where the name alone could mislead.
    fn who(&self, row: &Row, room: usize) -> Vec<String> {
        let mut lines = vec![cut(name(row), room)];
        if self.is_ambiguous(row) {
            // Not cut: the end of the address may be all that tells two people apart.
            lines.extend(few(wrap(&marked_profile(row), room)));
        }
        lines
    }

    /// The place in the list, as wide for all.
    fn number(&self, row: usize) -> String {
        let digits = self.rows.len().to_string().len();
        format!("{:>digits$}  ", row + 1)
    }

    fn is_ambiguous(&self, row: &Row) -> bool {
        self.names.is_ambiguous(&row.invitation.name)
    }
}

fn name(row: &Row) -> &str {
    let name = row.invitation.name.as_str();
    if name.trim().is_empty() { "(no name)" } else { name }
}

fn profile(row: &Row) -> &str {
    let key = &row.invitation.key;
    if key.is_profile() { key.as_str() } else { "no profile" }
}

fn marked_profile(row: &Row) -> String {
    format!("≈ {}", profile(row))
}

/// The age in whole days, or the site's own words where these are not understood.
fn age(row: &Row) -> String {
    let Invitation { age, sent_text, .. } = &row.invitation;
    age.map_or_else(|| sent_text.clone(), |age| age.days().to_string())
}

fn sent(row: &Row) -> String {
    match row.invitation.age {
        Some(age) => format!("{} ({})", row.invitation.sent_text, age.days()),
        None => row.invitation.sent_text.clone(),
    }
}

fn why(row: &Row) -> String {
    match &row.decision.rule {
        Some(rule) => format!("{rule}: {}", row.decision.reason),
        None => row.decision.reason.clone(),
    }
}

/// The oldest and the newest age, and for how many it is not known.
fn ages(rows: &[&Row]) -> String {
    let known: Vec<_> = rows.iter().filter_map(|row| row.invitation.age).collect();
    let unknown = rows.len() - known.len();
    let oldest = known.iter().min_by_key(|age| (age.latest, age.earliest));
    let newest = known.iter().max_by_key(|age| (age.latest, age.earliest));
    let mut parts = Vec::new();
    if let (Some(oldest), Some(newest)) = (oldest, newest) {
        let [oldest, newest] = [oldest.days(), newest.days()];
        parts.push(match known.len() {
            1 => oldest.to_string(),
            _ => format!("the oldest {oldest}, the newest {newest}"),
        });
    }
    if unknown > 0 {
        parts.push(format!("age unknown of {unknown}"));
    }
    parts.join(", ")
}

/// Lines that a stranger cannot make into pages.
fn few(mut lines: Vec<String>) -> Vec<String> {
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES - 1);
        lines.push("…".to_owned());
    }
    lines
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};
    use proptest::prelude::*;

    use super::*;
    use crate::domain::age::Age;
    use crate::domain::invitation::{Key, Kind};
    use crate::domain::rules::{Decision, Verdict};

    fn row(name: &str, slug: &str, days: Option<i64>) -> Row {
        let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
        let sent = days.map(|days| now - SignedDuration::from_hours(24 * days));
        Row {
            invitation: Invitation {
                key: Key::recorded(format!("in/{slug}")),
                name: name.to_owned(),
                profile_url: Some(format!("https://www.linkedin.com/in/{slug}")),
                headline: Some("Engineer".to_owned()),
                note: None,
                kind: Kind::Person,
                sent_text: "Sent then".to_owned(),
                age: sent.map(|sent| Age::exact(sent, now)),
                doubt: None,
            },
            decision: Decision {
                verdict: Verdict::Withdraw,
                rule: Some("stale".to_owned()),
                reason: "sent at least 42 days ago".to_owned(),
            },
        }
    }

    /// What is made of the people by the function, without colours.
    fn shown(columns: usize, rows: &[Row], show: impl Fn(&People) -> String) -> String {
        let rows: Vec<&Row> = rows.iter().collect();
        show(&People::new(&rows, View { columns, colour: false }))
    }

    #[test]
    fn the_list_has_a_line_for_each() {
        let rows = [row("Robin Example", "robin", Some(50)), row("Ada", "ada", Some(49))];
        let expected = "\
2 invitations would be withdrawn:
1  Robin Example                 50 days         stale: sent at least 42 days ago
2  Ada                           49 days         stale: sent at least 42 days ago";
        assert_eq!(shown(100, &rows, |people| people.list()), expected);
    }

    #[test]
    fn people_of_one_name_are_told_apart_wherever_they_are_named() {
        let rows = [row("Robin", "robin-1", Some(50)), row("Rοbin", "robin-2", Some(49))];
        let list = shown(40, &rows, |people| people.list());
        for text in [list, shown(40, &rows, |people| people.summary(&[0, 1]))] {
            assert!(text.contains("≈ in/robin-1") && text.contains("≈ in/robin-2"), "{text}");
        }
        assert_eq!(shown(40, &rows, |p| p.option(1, 7)), "2  Rοbin ≈ in/robin-2  49 days");
        assert!(shown(40, &rows, |people| people.card(1)).contains("≈ in/robin-2"));
    }

    #[test]
    fn a_summary_names_a_few_and_the_ages_between_which_they_are() {
        let names = ["Ada", "Bo", "Cy", "Di", "Ed", "Flo"];
        let mut rows: Vec<Row> = (50..).zip(names).map(|(d, n)| row(n, n, Some(d))).collect();
        let five = shown(80, &rows, |people| people.summary(&[0, 1, 2, 4, 5]));
        let expected = "5 to withdraw: the oldest 55 days, the newest 50 days\n    Ada\n    Bo\n    \
                        Cy\n    and 2 more";
        assert_eq!(five, expected);
        rows[1] = row("Bo", "bo", None);
        let two = shown(80, &rows, |people| people.summary(&[1, 2]));
        assert_eq!(two, "2 to withdraw: 52 days, age unknown of 1\n    Bo\n    Cy");
    }

    #[test]
    fn a_note_that_never_ends_is_cut() {
        let mut endless = row("Robin", "robin", Some(50));
        endless.invitation.note = Some("Hello! ".repeat(100_000));
        assert!(shown(40, &[endless], |people| people.card(0)).lines().count() < 20);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal(
            name in "\\PC{0,60}", other in ".{0,60}", columns in 30_usize..120,
        ) {
            let rows = [row(&name, &other, Some(50)), row(&other, "b", None), row(&name, "c", None)];
            let all = shown(columns, &rows, |people| {
                let options = (0..3).map(|i| people.option(i, 0)).collect::<Vec<_>>().join("\n");
                [people.list(), people.card(0), people.summary(&[0, 1, 2]), options].join("\n")
            });
            for line in all.lines() {
                prop_assert!(width(line) <= columns, "{line:?}");
                prop_assert!(!line.contains(char::is_control), "{line:?}");
            }
        }
    }
}
