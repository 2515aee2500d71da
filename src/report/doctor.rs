//! What `rescind doctor` found, for a terminal: a line for each check, how to mend what is wrong
//! below it, and what each locator finds.
//!
//! A path or a selector is never broken, since somebody will copy it: a line may be too long.

use anstyle::{AnsiColor, Style};

use crate::domain::diagnosis::{Check, Diagnosis, Status};
use crate::domain::locators::{FieldFound, Found, Need, Place, WayFound};
use crate::domain::safe_text;
use crate::report::table::{DIM, View, WARNING, paint, within_bounds};

/// Columns of the status and of the check's name.
const STATUS: usize = 8;
const NAME: usize = 10;
const INDENT: usize = STATUS + NAME;
const NARROWEST_TEXT: usize = 30;

/// One check, ending with a newline.
pub fn check(check: &Check, view: View) -> String {
    let view = within_bounds(view);
    let mut lines = block(&check.detail, view);
    let first = if lines.is_empty() { String::new() } else { lines.remove(0) };
    let status = format!("{:<STATUS$}", check.status.word());
    let status = paint(&status, style_of(check.status), view);
    let mut text = format!("{status}{:<NAME$}{first}", check.id);
    text.truncate(text.trim_end().len());
    text.push('\n');
    for line in lines {
        text.push_str(&format!("{:INDENT$}{line}\n", ""));
    }
    for step in check.hint.iter().flat_map(|hint| hint.lines()) {
        for (number, line) in block(step, view).into_iter().enumerate() {
            let mark = if number == 0 { "→ " } else { "  " };
            text.push_str(&format!("{:INDENT$}{mark}{line}\n", ""));
        }
    }
    text
}

/// What a layout finds, a line for each field and, where it is not what it should be or more is
/// asked for, one for each way. Ends with a newline.
pub fn locators(found: &Found, title: &str, view: View) -> String {
    let view = within_bounds(view);
    let widest = found.fields.iter().map(|field| field.path.len()).max().unwrap_or_default();
    let mut text = format!("{:INDENT$}{}\n", "", paint(title, Style::new().bold(), view));
    for field in &found.fields {
        let status = field.status(found.cards);
        let is_wrong = !matches!(status, Status::Ok | Status::Skipped);
        // Who looks on without a dialog learns nothing from its locators.
        if field.need == Need::Unseen && !view.verbose {
            continue;
        }
        let mark = if is_wrong { paint("✗ ", style_of(status), view) } else { "  ".to_owned() };
        let count = field.count(found.cards);
        let head = format!("{:INDENT$}{mark}{:<widest$}  {count:>8}", "", field.path);
        if is_wrong {
            let should = paint(&format!("should be {}", field.should()), style_of(status), view);
            text.push_str(&format!("{head}  {should}\n"));
        } else {
            text.push_str(&format!("{head}  {}\n", winner(field)));
        }
        if is_wrong || (view.verbose && field.ways.len() > 1) {
            let ways = field.ways.iter().map(|way| line_of(way, field, found.cards));
            let margin = INDENT + 4;
            text.extend(ways.map(|line| paint_line(&format!("{:margin$}{line}", ""), view)));
        }
    }
    text
}

/// The last line: whether all is well.
pub fn summary(diagnosis: &Diagnosis, view: View) -> String {
    let counts = [(Status::Problem, "problem"), (Status::Warning, "warning")];
    let words: Vec<String> = counts
        .iter()
        .map(|(status, word)| (diagnosis.count(*status), word))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect();
    let worst = match diagnosis.count(Status::Problem) {
        0 => Status::Ok,
        _ => Status::Problem,
    };
    let words = match (worst, words.is_empty()) {
        (_, true) => "All is well.".to_owned(),
        (Status::Ok, _) => format!("It works: {}.", words.join(", ")),
        _ => format!("{}.", words.join(", ")),
    };
    format!("{}\n", paint(&words, style_of(worst), view))
}

/// The way that gives what is looked for, and how many others had to help.
fn winner(field: &FieldFound) -> String {
    let mut winners = field.ways.iter().filter(|way| way.won > 0);
    match (winners.next(), winners.count()) {
        (Some(way), 0) => shown(way),
        (Some(way), others) => format!("{}  and {others} more", shown(way)),
        (None, _) => field.ways.first().map(shown).unwrap_or_default(),
    }
}

fn line_of(way: &WayFound, field: &FieldFound, cards: u64) -> String {
    let locator = shown(way);
    match field.place {
        _ if way.invalid => format!("{locator}: not a selector"),
        Place::Dialog => locator,
        Place::Page if field.is_ways => format!("{locator}: matches {}", way.found),
        Place::Page => format!("{locator}: {}", way.found),
        Place::Card => {
            let WayFound { found, gave, .. } = way;
            format!("{locator}: matches {found}, gives one in {gave} of {cards} cards")
        }
    }
}

fn shown(way: &WayFound) -> String {
    safe_text::line(&way.locator())
}

fn paint_line(line: &str, view: View) -> String {
    format!("{}\n", paint(line, DIM, view))
}

fn style_of(status: Status) -> Style {
    match status {
        Status::Ok => AnsiColor::Green.on_default(),
        Status::Warning => WARNING,
        Status::Problem => AnsiColor::Red.on_default().bold(),
        Status::Skipped => DIM,
    }
}

/// Safe lines of a text. One that was set in lines keeps them, and their blanks: a caret stands
/// under a place in the line above.
fn block(text: &str, view: View) -> Vec<String> {
    if text.contains('\n') {
        let safe = |c: char| if safe_text::is_unsafe(c) { '\u{fffd}' } else { c };
        return text.trim_end().lines().map(|line| line.chars().map(safe).collect()).collect();
    }
    let columns = view.columns.saturating_sub(INDENT + 2).max(NARROWEST_TEXT);
    let mut lines: Vec<String> = Vec::new();
    for word in safe_text::line(text).split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(last) if safe_text::width(last) + 1 + safe_text::width(word) <= columns => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests;
