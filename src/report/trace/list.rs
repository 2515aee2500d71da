//! Which traces there are: as a table, as JSON.

use anstyle::{AnsiColor, Style};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::domain::history::Outcome;
use crate::domain::json::to_text_with;
use crate::domain::safe_text;
use crate::domain::trace::Trace;
use crate::report::table::{BOLD, DIM, View, page, paint, paragraph, within_bounds};

/// `20261123-100312-417`.
const NAME: usize = 19;
/// `2026-11-23 10:03`.
const WHEN: usize = 16;
/// `too-many-failures`.
const WORD: usize = 17;
const GAP: usize = 2;
/// From this width on there is a column for the time, which the name tells too.
const WITH_TIME: usize = 72;
/// Of a detail; the page has the rest.
const LINES: usize = 2;

/// One line for each, and one more where there is something to say; ends with a newline.
pub fn list(traces: &[Trace], zone: &TimeZone, view: View) -> String {
    let view = within_bounds(view);
    if traces.is_empty() {
        return page(&[paragraph("", "There is no trace yet.", Style::new(), view)]);
    }
    let clock = zone.iana_name().map_or("local time".to_owned(), |name| format!("times in {name}"));
    let heading = paragraph("", &format!("oldest first, {clock}"), DIM, view);
    let lines: Vec<String> = traces.iter().flat_map(|trace| lines(trace, zone, view)).collect();
    let next = paragraph("", "rescind trace ID shows one as a page.", BOLD, view);
    page(&[heading, lines.join("\n"), next])
}

fn lines(trace: &Trace, zone: &TimeZone, view: View) -> Vec<String> {
    let word = trace.word();
    let when = zone.to_datetime(trace.at).strftime("%Y-%m-%d %H:%M").to_string();
    let time = (view.columns >= WITH_TIME).then(|| format!("{when:WHEN$}{:GAP$}", ""));
    let start = format!("{:NAME$}{:GAP$}{}", trace.id.as_str(), "", time.unwrap_or_default());
    let blanks = " ".repeat(WORD.saturating_sub(word.len()) + GAP);
    let indent = safe_text::width(&start);
    let beside = view.columns.saturating_sub(indent + WORD + GAP);
    let who = trace.person.as_ref().map_or("(the page)", |person| person.name.as_str());
    let word = paint(word, style_of(trace), view);
    let mut lines = vec![match beside {
        // No room for a name beside it.
        0..12 => format!("{start}{word}"),
        room => format!("{start}{word}{blanks}{}", safe_text::cut(who, room)),
    }];
    let mut below = Vec::new();
    if beside < 12 {
        below.push(safe_text::cut(who, view.columns - GAP));
    }
    if !trace.detail.is_empty() {
        let wrapped = safe_text::wrap(&trace.detail, view.columns - GAP);
        let is_cut = wrapped.len() > LINES;
        below.extend(wrapped.into_iter().take(LINES));
        if let (true, Some(last)) = (is_cut, below.last_mut()) {
            *last = safe_text::cut(&format!("{last} …"), view.columns - GAP);
        }
    }
    lines.extend(below.into_iter().map(|line| format!("{:GAP$}{line}", "")));
    lines
}

/// The same for scripts; ends with a newline.
pub fn list_as_json(traces: &[Trace]) -> String {
    let entry = |trace: &Trace| -> Value {
        let person = trace.person.as_ref();
        json!({
            "id": trace.id.as_str(),
            "at": trace.at.to_string(),
            "run": trace.run,
            "person": person.map(|person| &person.id),
            "name": person.map(|person| &person.name),
            "outcome": trace.outcome.map(Outcome::word),
            "stopped": trace.stopped,
            "detail": trace.detail,
            "screenshot": trace.screenshot,
        })
    };
    to_text_with(&json!({ "schema": 1, "traces": [] }), traces.iter().map(entry))
}

fn style_of(trace: &Trace) -> Style {
    match trace.outcome {
        Some(Outcome::Withdrawn) if trace.proof.as_ref().is_some_and(|proof| proof.gone) => {
            AnsiColor::Green.on_default()
        }
        Some(Outcome::Withdrawn | Outcome::Unknown) => AnsiColor::Yellow.on_default().bold(),
        Some(Outcome::Failed) | None => AnsiColor::Red.on_default().bold(),
        Some(Outcome::Gone | Outcome::Refused | Outcome::Skipped) => Style::new(),
    }
}
