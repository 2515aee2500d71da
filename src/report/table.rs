//! The report as a person reads it in a terminal: what goes and why first, the rest after it.
//!
//! Everything from the page passes `safe_text`; the only escape sequences are the colours made
//! here. No line is wider than the view, so nothing is broken by the terminal.

use std::collections::HashMap;

use anstyle::{AnsiColor, Style};

use crate::domain::invitation::Kind;
use crate::domain::report::{Report, Row};
use crate::domain::rules::Verdict;
use crate::domain::safe_text;
use crate::report::{ages, checklist, rows};

/// How the report is looked at.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The width of the terminal; 80 where it is not known.
    pub columns: usize,
    pub colour: bool,
    /// Every kept invitation on its own line, however many there are.
    pub verbose: bool,
    /// What the person can do now.
    pub next: Option<&'a str>,
}

/// Up to this many invitations, all of them are listed.
const LISTED: usize = 50;
/// So many different reasons are counted before the rest are taken together.
const REASONS: usize = 8;
const NARROWEST: usize = 30;
const WIDEST: usize = 200;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// The whole report, ending with a newline.
pub fn table(report: &Report, view: View) -> String {
    let view = within_bounds(view);
    let mut parts = vec![heading(report, view)];
    parts.extend(warnings(report, view));
    if report.rows.is_empty() {
        let words = match () {
            () if report.is_of_archive() => "The archive has no invitation that may be pending.",
            () if report.complete => "Nothing is pending.",
            () => "No invitation was read.",
        };
        parts.push(paragraph("", words, Style::new(), view));
    } else {
        parts.push(summary(report, view));
        parts.push(ages::chart(&report.rows, view));
        parts.extend(sections(report, view));
    }
    parts.extend(view.next.map(|next| paragraph("", next, BOLD, view)));
    page(&parts)
}

/// The view with a width that there is a layout for.
pub(super) fn within_bounds(view: View) -> View {
    View { columns: view.columns.clamp(NARROWEST, WIDEST), ..view }
}

/// Parts with an empty line between them, ending with a newline.
pub(super) fn page(parts: &[String]) -> String {
    let lines = parts.iter().flat_map(|part| part.lines().chain([""]));
    let text: Vec<&str> = lines.map(str::trim_end).collect();
    format!("{}\n", text.join("\n").trim_end())
}

/// Text in a colour, where there are colours.
pub(super) fn paint(text: &str, style: Style, view: View) -> String {
    if view.colour && !text.is_empty() {
        format!("{style}{text}{style:#}")
    } else {
        text.to_owned()
    }
}

pub(super) fn style_of(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Withdraw => AnsiColor::Red.on_default().bold(),
        Verdict::Unsure => AnsiColor::Yellow.on_default().bold(),
        Verdict::Keep => AnsiColor::Green.on_default().bold(),
    }
}

/// Where and when.
fn heading(report: &Report, view: View) -> String {
    let time = report.generated_at.strftime("%Y-%m-%d %H:%M UTC");
    let account = report.account.as_deref().unwrap_or("account unknown");
    let place = format!("{} · {account} · {time}", report.site);
    let read = if report.is_of_archive() {
        "from LinkedIn's data export alone, no page was read".to_owned()
    } else {
        format!("layout {}, language {}", report.layout, report.language)
    };
    let place = paragraph("", &place, BOLD, view);
    format!("{place}\n{}", paragraph("", &read, DIM, view))
}

/// What is missing from the list, and what the walk has to say.
fn warnings(report: &Report, view: View) -> Option<String> {
    let missing = match report.announced {
        _ if report.complete || report.is_of_archive() => None,
        Some(stated) => Some(format!(
            "the page announces {stated} and {} were read. Nothing is said here about those \
             that were not.",
            report.rows.len()
        )),
        None => Some("not every invitation was read. Nothing is said here about the rest.".into()),
    };
    let missing = missing.map(|text| paragraph("INCOMPLETE: ", &text, WARNING, view));
    let remark = |text: &String| paragraph("Note: ", text, Style::new(), view);
    let lines = missing.into_iter().chain(report.remarks.iter().map(remark));
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// How many go, by which rule, and how many stay.
fn summary(report: &Report, view: View) -> String {
    let total = report.rows.len();
    let kind = report.rows.first().map_or(Kind::Person, |row| row.invitation.kind);
    let what = match kind {
        Kind::Person => String::new(),
        other => format!(" invitations to {}", other.plural()),
    };
    let announced = match report.announced {
        _ if report.is_of_archive() => " sent, and perhaps still pending".to_owned(),
        Some(stated) if stated == total as u64 => {
            format!(" pending{what}, as many as the page announces")
        }
        Some(stated) => format!(" pending{what}, the page announces {stated}"),
        None => format!(" pending{what}, the page announces no number"),
    };
    let digits = total.to_string().len();
    let mut lines = vec![paragraph("", &format!("{total}{announced}"), BOLD, view)];
    for (verdict, words) in [
        (Verdict::Withdraw, "to withdraw"),
        (Verdict::Unsure, "unsure"),
        (Verdict::Keep, "to keep"),
    ] {
        let count = report.count(verdict);
        if count == 0 && verdict == Verdict::Unsure {
            continue;
        }
        let rules = counted(of(report, verdict).filter_map(|row| row.decision.rule.as_deref()));
        let rules: Vec<_> = rules.iter().map(|(rule, n)| format!("{rule} {n}")).collect();
        let head = format!("  {count:>digits$} {words:<11}  ");
        let style = if count == 0 { DIM } else { style_of(verdict) };
        lines.push(hanging(&head, style, &rules.join(", "), view));
    }
    lines.join("\n")
}

fn sections(report: &Report, view: View) -> Vec<String> {
    let all = view.verbose || report.rows.len() <= LISTED;
    let mut going: Vec<&Row> = of(report, Verdict::Withdraw).collect();
    going.sort_by_key(|row| {
        let age = row.invitation.age;
        (age.is_none(), age.map(|age| (age.latest, age.earliest)))
    });
    let unsure: Vec<&Row> = of(report, Verdict::Unsure).collect();
    let kept: Vec<&Row> = of(report, Verdict::Keep).collect();
    let listed = if all { kept.as_slice() } else { &[] };
    let mut parts = Vec::new();
    if report.is_of_archive() {
        parts.extend(checklist::checklist(&std::mem::take(&mut going), view));
    }
    let shown = [
        ("To withdraw, oldest first", Verdict::Withdraw, going.as_slice()),
        ("Unsure, never withdrawn", Verdict::Unsure, &unsure),
        ("To keep", Verdict::Keep, listed),
    ];
    let layout = rows::Layout::of(report, &shown.map(|(_, _, list)| list).concat(), view);
    let filled = shown.into_iter().filter(|(_, _, list)| !list.is_empty());
    parts.extend(filled.map(|(title, verdict, list)| {
        let title = paint(&format!("{title}: {}", list.len()), style_of(verdict), view);
        format!("{title}\n{}", layout.lines(list, view))
    }));
    if !all && !kept.is_empty() {
        parts.push(reasons(&kept, view));
    }
    parts.extend(layout.legend(view));
    parts
}

/// The kept ones counted by reason, where a line for each would bury the others.
fn reasons(kept: &[&Row], view: View) -> String {
    let title = format!("To keep: {}, by reason (-v lists them all)", kept.len());
    let counts = counted(kept.iter().map(|row| row.decision.reason.as_str()));
    let digits = kept.len().to_string().len();
    let mut lines = vec![paragraph("", &title, style_of(Verdict::Keep), view)];
    for (reason, count) in counts.iter().take(REASONS) {
        lines.push(hanging(&format!("  {count:>digits$}  "), Style::new(), reason, view));
    }
    let others = counts.iter().skip(REASONS).map(|(_, count)| count).sum::<usize>();
    if others > 0 {
        let head = format!("  {others:>digits$}  ");
        lines.push(hanging(&head, Style::new(), "for other reasons", view));
    }
    lines.join("\n")
}

fn of(report: &Report, verdict: Verdict) -> impl Iterator<Item = &Row> {
    let same = move |row: &&Row| row.decision.verdict == verdict;
    report.rows.iter().filter(same)
}

/// Each word with how often it comes, the most frequent first.
fn counted<'a>(words: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
    counts
}

/// Text over the whole width, its start included in the colour.
pub(super) fn paragraph(start: &str, text: &str, style: Style, view: View) -> String {
    let lines = safe_text::wrap(&format!("{start}{text}"), view.columns);
    let painted = lines.iter().map(|line| paint(line, style, view));
    painted.collect::<Vec<_>>().join("\n")
}

/// Text behind a coloured start, continued under itself.
pub(super) fn hanging(start: &str, style: Style, text: &str, view: View) -> String {
    let indent = safe_text::width(start);
    let lines = safe_text::wrap(text, view.columns.saturating_sub(indent));
    let rest = lines.join(&format!("\n{}", " ".repeat(indent)));
    let words = start.trim_end();
    let space = start.get(words.len()..).unwrap_or_default();
    format!("{}{space}{rest}", paint(words, style, view))
}
