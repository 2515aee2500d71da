//! Invitations line by line: who, how old, what they do, and why they go or stay.
//!
//! In a wide view each has a row of four columns, in a narrow one a stack beside its age.

use comfy_table::{Cell, ColumnConstraint, Table, Width, presets};

use crate::domain::age::Source;
use crate::domain::invitation::{Invitation, Key};
use crate::domain::look_alike::Names;
use crate::domain::report::{Report, Row};
use crate::domain::safe_text;
use crate::report::table::{DIM, View, paint, paragraph};

/// The space before each column, the first one included.
const GAP: usize = 2;
/// What the reason leaves of the room to the headline, however long the reason is.
const LEAST_HEADLINE: usize = 16;
/// More lines than an honest reason or profile takes.
const MOST_LINES: usize = 8;
/// From this width on there is room for four columns.
const FOUR_COLUMNS: usize = 72;
const WIDEST_AGE: usize = 16;
const HEADINGS: [&str; 4] = ["Name", "Age", "Headline", "Why"];
const NARROWER: &str = "* narrower than the page says: it was seen on earlier readings too";
pub(super) const LEGEND: &str =
    "≈ looks like another name here, or mixes alphabets: go by the profile below it";
const NARROWED: &str = "* narrowed by the archive, within what the page says";

/// The widths that all sections of one report share.
pub struct Layout {
    /// Name, age, headline and reason; or the stack and the age.
    widths: Vec<usize>,
    names: Names,
    /// Whether one of the listed names could be taken for another.
    marked: bool,
    /// Whether one of the listed ages is narrower than the page says, by the archive.
    narrowed: bool,
    /// The same, by earlier readings.
    narrower: bool,
}

/// What a cell holds, one line each.
type Lines = Vec<String>;

impl Layout {
    /// The layout for the `listed` rows; names are compared over the whole report.
    pub fn of(report: &Report, listed: &[&Row], view: View) -> Self {
        let names = Names::of(report.rows.iter().map(|row| row.invitation.name.as_str()));
        let marked = |row: &&Row| names.is_ambiguous(&row.invitation.name);
        let marked = listed.iter().any(marked);
        let narrowed = listed.iter().any(|row| is_narrowed(row));
        let narrower = listed.iter().any(|row| is_narrower(row));
        let widths = if view.columns < FOUR_COLUMNS {
            let age = widest(listed, "", WIDEST_AGE, age);
            vec![view.columns - age - 2 * GAP, age]
        } else {
            four_widths(listed, view.columns - 4 * GAP, &names)
        };
        Self { widths, names, marked, narrowed, narrower }
    }

    /// The rows, below their headings where there is room for these.
    pub fn lines(&self, rows: &[&Row], view: View) -> String {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        if let [name, age, headline, why] = *self.widths {
            table.set_header(HEADINGS);
            for row in rows {
                table.add_row(cells([
                    self.name(row, name),
                    vec![safe_text::cut(&self::age(row), age)],
                    vec![safe_text::cut(self::headline(row), headline)],
                    few(safe_text::wrap(&self::why(row), why)),
                ]));
            }
        } else if let [stack, age] = *self.widths {
            for row in rows {
                let age = vec![safe_text::cut(&self::age(row), age)];
                table.add_row(cells([self.stack(row, stack), age]));
            }
        }
        let gap = u16::try_from(GAP).unwrap_or_default();
        for (column, width) in table.column_iter_mut().zip(&self.widths) {
            let width = gap + u16::try_from(*width).unwrap_or_default();
            column.set_padding((gap, 0));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
        let headed = table.header().is_some();
        let painted = table.lines().enumerate().map(|(i, line)| {
            let heading = headed && i == 0;
            let line = line.trim_end();
            if heading { paint(line, DIM, view) } else { line.to_owned() }
        });
        painted.collect::<Vec<_>>().join("\n")
    }

    /// What the marks mean that are shown.
    pub fn legend(&self, view: View) -> Option<String> {
        let legends = [(self.marked, LEGEND), (self.narrowed, NARROWED), (self.narrower, NARROWER)];
        let shown = legends.into_iter().filter(|(is_shown, _)| *is_shown);
        let lines: Vec<_> = shown.map(|(_, words)| paragraph("", words, DIM, view)).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    /// The name, and below it the profile where the name alone could mislead.
    fn name(&self, row: &Row, width: usize) -> Lines {
        let mut lines = vec![safe_text::cut(name(row), width)];
        if self.names.is_ambiguous(&row.invitation.name) {
            // Not cut: the end of the address may be all that tells two people apart.
            lines.extend(few(safe_text::wrap(&profile(row), width)));
        }
        lines
    }

    /// Name, headline and reason one below the other.
    fn stack(&self, row: &Row, width: usize) -> Lines {
        let inner = width - GAP;
        let mut below = vec![safe_text::cut(headline(row), inner)];
        below.extend(few(safe_text::wrap(&why(row), inner)));
        below.retain(|line| !line.is_empty());
        let indented = below.iter().map(|line| format!("{}{line}", " ".repeat(GAP)));
        self.name(row, width).into_iter().chain(indented).collect()
    }
}

/// The reason gets what it needs of the room beside name and age; the headline, which matters
/// least, gets what is left.
fn four_widths(listed: &[&Row], room: usize, names: &Names) -> Vec<usize> {
    let age = widest(listed, "Age", WIDEST_AGE, age);
    let name = widest(listed, "Name", room * 3 / 10, |row| {
        let marked = names.is_ambiguous(&row.invitation.name);
        let profile = if marked { profile(row) } else { String::new() };
        let longer = safe_text::width(name(row)) < safe_text::width(&profile);
        if longer { profile } else { name(row).to_owned() }
    });
    let rest = room - name - age;
    let headline = widest(listed, "Headline", rest, |row| headline(row).to_owned());
    let spared = headline.min(LEAST_HEADLINE);
    let why = widest(listed, "Why", rest - spared, why);
    vec![name, age, headline.min(rest - why), why]
}

/// The width of a column that shows all its cells, up to `most`.
fn widest(rows: &[&Row], heading: &str, most: usize, cell: impl Fn(&Row) -> String) -> usize {
    let width = |row: &&Row| safe_text::width(&safe_text::cut(&cell(row), most));
    let widths = rows.iter().map(width);
    widths.max().unwrap_or(0).max(heading.len())
}

/// Lines that a stranger cannot make into pages.
pub(super) fn few(mut lines: Lines) -> Lines {
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES - 1);
        lines.push("…".to_owned());
    }
    lines
}

fn cells<const N: usize>(columns: [Lines; N]) -> [Cell; N] {
    columns.map(|lines| Cell::new_owned(lines.join("\n")))
}

pub(super) fn name(row: &Row) -> &str {
    let name = row.invitation.name.as_str();
    if name.trim().is_empty() { "(no name)" } else { name }
}

fn headline(row: &Row) -> &str {
    row.invitation.headline.as_deref().unwrap_or_default()
}

fn profile(row: &Row) -> String {
    marked_profile(&row.invitation.key)
}

/// What tells a person apart whose name alone could mislead.
pub(super) fn marked_profile(key: &Key) -> String {
    let known = if key.has_profile() { key.as_str() } else { "no profile" };
    format!("≈ {known}")
}

/// The age in whole days, or the site's own words where these are not understood.
fn age(row: &Row) -> String {
    let Invitation { age, sent_text, .. } = &row.invitation;
    let mark = if is_narrowed(row) || is_narrower(row) { "*" } else { "" };
    age.map_or_else(|| sent_text.clone(), |age| format!("{}{mark}", age.days()))
}

fn is_narrower(row: &Row) -> bool {
    row.invitation.age.is_some_and(|age| age.seen_since().is_some())
}

fn is_narrowed(row: &Row) -> bool {
    row.invitation.age.is_some_and(|age| age.source == Source::Archive)
}

pub(super) fn why(row: &Row) -> String {
    let decision = &row.decision;
    match &decision.rule {
        Some(rule) => format!("{rule}: {}", decision.reason),
        None => decision.reason.clone(),
    }
}
