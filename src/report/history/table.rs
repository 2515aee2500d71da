//! The history as a person reads it in a terminal: the newest last, where the eye is, then sums.
//!
//! A line for each entry; below it, over the whole width, what does not fit into columns. Lines
//! are put together here, since a cell of comfy-table takes neither a colour of our own nor text
//! below several columns.

use std::collections::{HashMap, HashSet};

use anstyle::{AnsiColor, Style};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::history::{Entry, Outcome};
use crate::domain::invitation::Key;
use crate::domain::look_alike::Names;
use crate::domain::safe_text;
use crate::domain::trace::wants_picture;
use crate::report::history::Shown;
use crate::report::rows::{LEGEND, few, marked_profile};
use crate::report::table::{BOLD, DIM, View, WARNING, page, paint, paragraph, within_bounds};

/// Between two columns, and before what stands below a name.
const GAP: usize = 2;
/// `2026-11-23 10:00`.
const WHEN: usize = 16;
/// `withdrawn ✓`.
const OUTCOME: usize = 11;
/// From this width on there is room for five columns.
const FIVE_COLUMNS: usize = 72;
/// Over two lines, so that the column is narrow and the claim whole.
const AGAIN: [&str; 2] = ["Invitable from", "at the latest"];
const SEEN: &str = "✓ a fresh load of the Sent tab no longer showed the invitation";

/// How all entries are shown.
struct Layout<'a> {
    /// Of the name and of the rule; `None` where they stand below each other.
    widths: Option<[usize; 2]>,
    /// Whose name could be taken for another's.
    alike: HashSet<&'a Key>,
    zone: &'a TimeZone,
    view: View<'a>,
}

/// The whole history, ending with a newline.
pub fn table(shown: &Shown, zone: &TimeZone, view: View) -> String {
    let view = within_bounds(view);
    let mut parts = vec![heading(shown, zone, view)];
    if shown.entries.is_empty() {
        let words = match shown.others {
            0 => "Nothing has been withdrawn yet.".to_owned(),
            others => format!("None of the {others} entries is as you asked."),
        };
        parts.push(paragraph("", &words, Style::new(), view));
    } else {
        let layout = Layout::of(shown, zone, view);
        parts.push(layout.lines(shown));
        parts.extend(layout.legend(&shown.entries));
        parts.push(sums(shown, view));
        parts.extend(left(shown).map(|words| paragraph("", &words, WARNING, view)));
    }
    page(&parts)
}

/// Whose history, and by which clock.
fn heading(shown: &Shown, zone: &TimeZone, view: View) -> String {
    let account = shown.account.map(|account| format!(" · {account}")).unwrap_or_default();
    let place = paragraph("", &format!("{}{account}", shown.site), BOLD, view);
    let clock = zone.iana_name().map_or("local time".to_owned(), |name| format!("times in {name}"));
    format!("{place}\n{}", paragraph("", &format!("oldest first, {clock}"), DIM, view))
}

/// How many of each outcome.
fn sums(shown: &Shown, view: View) -> String {
    let verified = |entry: &&&Entry| entry.outcome() == Outcome::Withdrawn && entry.verified;
    let verified = shown.entries.iter().filter(verified).count();
    let withdrawn = shown.count(Outcome::Withdrawn);
    let mut words = vec![format!("{withdrawn} withdrawn, {verified} of them verified")];
    for outcome in
        [Outcome::Unknown, Outcome::Failed, Outcome::Refused, Outcome::Gone, Outcome::Skipped]
    {
        let count = shown.count(outcome);
        let word = if outcome == Outcome::Unknown { "in doubt" } else { outcome.word() };
        words.extend((count > 0).then(|| format!("{count} {word}")));
    }
    paragraph("", &words.join(" · "), BOLD, view)
}

/// What the next run has to see to before anything else.
fn left(shown: &Shown) -> Option<String> {
    let doubts = shown.count(Outcome::Unknown);
    let unverified = shown.entries.iter().filter(|entry| entry.unverified()).count();
    let left = match (doubts, unverified) {
        (0, 0) => return None,
        (doubts, 0) => format!("{doubts} in doubt"),
        (0, unverified) => format!("{unverified} not verified"),
        (doubts, unverified) => format!("{doubts} in doubt and {unverified} not verified"),
    };
    Some(format!("{left}: `rescind withdraw` settles this first."))
}

impl<'a> Layout<'a> {
    fn of(shown: &Shown<'a>, zone: &'a TimeZone, view: View<'a>) -> Self {
        // One person may be in several runs, and is not to be told apart from themselves.
        let mut people: HashMap<&Key, &str> =
            shown.entries.iter().map(|entry| (&entry.key, entry.name.as_str())).collect();
        let names = Names::of(people.values().copied());
        people.retain(|_, name| names.is_ambiguous(name));
        let widths = (view.columns >= FIVE_COLUMNS).then(|| {
            let room = view.columns - WHEN - OUTCOME - AGAIN[0].len() - 4 * GAP;
            let rule = widest(shown.entries.iter().map(|entry| rule(entry)), "Rule", room / 3);
            let name = shown.entries.iter().map(|entry| name(entry));
            [widest(name, "Name", room - rule), rule]
        });
        Self { widths, alike: people.into_keys().collect(), zone, view }
    }

    fn lines(&self, shown: &Shown) -> String {
        let mut lines = self.headings();
        for entry in &shown.entries {
            lines.push(self.line(entry));
            lines.extend(self.below(entry, shown));
        }
        lines.join("\n")
    }

    fn headings(&self) -> Vec<String> {
        let above = ["", "", "", "", AGAIN[0]].map(|text| (text, DIM));
        let below = ["When", "Name", "Rule", "Outcome", AGAIN[1]].map(|text| (text, DIM));
        self.widths.iter().flat_map(|w| [above, below].map(|line| self.row(*w, line))).collect()
    }

    /// What stands in columns; in a narrow view, time and outcome only.
    fn line(&self, entry: &Entry) -> String {
        let when = self.zone.to_datetime(entry.ended_at).strftime("%Y-%m-%d %H:%M").to_string();
        let mark = if entry.verified { " ✓" } else { "" };
        let outcome = format!("{}{mark}", entry.outcome().word());
        let style = style_of(entry);
        let plain = Style::new();
        let Some(widths) = self.widths else {
            return format!("{when}  {}", paint(&outcome, style, self.view));
        };
        let [name_width, rule_width] = widths;
        let cells = [
            (when.as_str(), plain),
            (&*safe_text::cut(name(entry), name_width), plain),
            (&*safe_text::cut(rule(entry), rule_width), plain),
            (outcome.as_str(), style),
            (&*self.again(entry).unwrap_or_default(), plain),
        ];
        self.row(widths, cells)
    }

    fn row(&self, [name, rule]: [usize; 2], cells: [(&str, Style); 5]) -> String {
        let widths = [WHEN, name, rule, OUTCOME, 0];
        let mut line = String::new();
        for ((text, style), width) in cells.into_iter().zip(widths) {
            line.push_str(&paint(text, style, self.view));
            let blanks = (width + GAP).saturating_sub(safe_text::width(text));
            line.extend(std::iter::repeat_n(' ', blanks));
        }
        line.truncate(line.trim_end().len());
        line
    }

    /// Which profile, where the name could mislead, what there is to say about the outcome, and what
    /// shows it where it went wrong.
    fn below(&self, entry: &Entry, shown: &Shown) -> Vec<String> {
        let profile = match () {
            () if self.alike.contains(&entry.key) => marked_profile(&entry.key),
            () if self.view.verbose => entry.key.to_string(),
            () => String::new(),
        };
        let told = wants_picture(entry.outcome()) || self.view.verbose;
        let trace = shown.trace(entry).filter(|_| told);
        let trace = trace.map(|id| format!("rescind trace {id}")).unwrap_or_default();
        let (indent, texts) = if self.widths.is_some() {
            (WHEN + GAP, vec![profile, entry.detail.clone(), trace])
        } else {
            let again = self.again(entry).map(|day| format!("invitable from {day} at the latest"));
            let texts = vec![
                name(entry).to_owned(),
                profile,
                rule(entry).to_owned(),
                entry.detail.clone(),
                again.unwrap_or_default(),
                trace,
            ];
            (GAP, texts)
        };
        let shown = texts.iter().filter(|text| !text.is_empty());
        let lines = shown.flat_map(|text| few(safe_text::wrap(text, self.view.columns - indent)));
        lines.map(|line| format!("{}{line}", " ".repeat(indent))).collect()
    }

    fn again(&self, entry: &Entry) -> Option<String> {
        let day = |at: Timestamp| self.zone.to_datetime(at).date().to_string();
        entry.invitable_from().map(day)
    }

    /// What the marks mean that are shown.
    fn legend(&self, entries: &[&Entry]) -> Option<String> {
        let seen = entries.iter().any(|entry| entry.verified).then_some(SEEN);
        let alike = (!self.alike.is_empty()).then_some(LEGEND);
        let marks = [seen, alike].into_iter().flatten();
        let lines: Vec<_> = marks.map(|mark| paragraph("", mark, DIM, self.view)).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}

fn name(entry: &Entry) -> &str {
    let name = entry.name.as_str();
    if name.trim().is_empty() { "(no name)" } else { name }
}

fn rule(entry: &Entry) -> &str {
    entry.rule.as_deref().unwrap_or_default()
}

/// The width of a column that shows all its cells, up to `most`.
fn widest<'a>(cells: impl Iterator<Item = &'a str>, heading: &str, most: usize) -> usize {
    cells.fold(heading.len(), |widest, cell| {
        // No character takes more columns than bytes, and measuring is dear.
        let wider =
            if cell.len() <= widest { 0 } else { safe_text::width(&safe_text::cut(cell, most)) };
        widest.max(wider)
    })
}

fn style_of(entry: &Entry) -> Style {
    match entry.outcome() {
        Outcome::Withdrawn if entry.verified => AnsiColor::Green.on_default(),
        Outcome::Withdrawn | Outcome::Unknown => AnsiColor::Yellow.on_default().bold(),
        Outcome::Failed => AnsiColor::Red.on_default().bold(),
        Outcome::Gone | Outcome::Refused | Outcome::Skipped => Style::new(),
    }
}
