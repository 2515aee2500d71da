//! How old the pending invitations are: one bar for each span of time.

use crate::domain::report::Row;
use crate::domain::rules::Verdict;
use crate::domain::safe_text;
use crate::report::table::{DIM, View, paint, style_of};

/// The spans by their least number of days. Months begin with the shortest stretch that the
/// calendar has for them, so that "2 months ago" never counts as one.
const SPANS: [(i64, &str); 8] = [
    (0, "under 1 week"),
    (7, "1–2 weeks"),
    (14, "2–4 weeks"),
    (28, "1–2 months"),
    (59, "2–3 months"),
    (89, "3–6 months"),
    (181, "6–12 months"),
    (365, "over a year"),
];
const TITLE: &str = "Age (█ to withdraw, ░ not)";
const UNKNOWN: &str = "age unknown";
const LONGEST_BAR: usize = 40;

/// How many of a span go, and how many stay.
#[derive(Clone, Copy, Default)]
struct Bar {
    going: usize,
    staying: usize,
}

/// The bars from the youngest span that has any to the oldest, then those of unknown age.
pub fn chart(rows: &[Row], view: View) -> String {
    let mut bars = [Bar::default(); SPANS.len() + 1];
    for row in rows {
        let bar = row.invitation.age.map_or(SPANS.len(), |age| span(age.days().min));
        if let Some(bar) = bars.get_mut(bar) {
            match row.decision.verdict {
                Verdict::Withdraw => bar.going += 1,
                Verdict::Keep | Verdict::Unsure => bar.staying += 1,
            }
        }
    }
    let names = SPANS.map(|(_, name)| name).into_iter().chain([UNKNOWN]);
    let named: Vec<(&str, Bar)> = names.zip(bars).collect();
    let first = named.iter().position(|(_, bar)| bar.total() > 0);
    let known = named.get(..SPANS.len()).unwrap_or_default();
    let last = known.iter().rposition(|(_, bar)| bar.total() > 0);
    let within = |(i, (_, bar)): &(usize, &(&str, Bar))| {
        (Some(*i) >= first && last >= Some(*i)) || (*i == SPANS.len() && bar.total() > 0)
    };
    let shown: Vec<_> = named.iter().enumerate().filter(within).map(|(_, bar)| bar).collect();
    let lines = shown.iter().map(|(name, bar)| bar.line(name, rows.len(), &shown, view));
    [paint(TITLE, DIM, view)].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

fn span(least: i64) -> usize {
    SPANS.iter().rposition(|(from, _)| *from <= least).unwrap_or(0)
}

impl Bar {
    fn total(self) -> usize {
        self.going + self.staying
    }

    fn line(self, name: &str, rows: usize, all: &[&(&str, Bar)], view: View) -> String {
        let digits = rows.to_string().len();
        let head = format!("  {name:<12} {:>digits$} ", self.total());
        let room = view.columns.saturating_sub(safe_text::width(&head)).min(LONGEST_BAR);
        let most = all.iter().map(|(_, bar)| bar.total()).max().unwrap_or(0);
        // However long the others are, even one invitation is seen.
        let cells = |count: usize| (count * room / most.max(room)).max(count.min(1));
        let going = cells(self.going);
        let staying = cells(self.staying).min(room.saturating_sub(going));
        let going = paint(&"█".repeat(going), style_of(Verdict::Withdraw), view);
        format!("{head}{going}{}", "░".repeat(staying))
    }
}
