//! The prompts themselves. What is asked and what an answer means is decided elsewhere.
//!
//! `inquire` draws on standard error and takes keys from the terminal on standard input.

use std::fmt;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossterm::{cursor, event, execute, style, terminal};
use inquire::ui::RenderConfig;
use inquire::validator::Validation;
use inquire::{InquireError, MultiSelect, Select, Text};
use rustix::termios::{self, QueueSelector};

use super::people::View;
use super::talk::{Act, Said};
use super::words;
use crate::domain::safe_text;

/// What the marks before each line of a checklist take.
pub const CHECKLIST_MARKS: usize = 7;
const CHECKLIST_HELP: &str =
    "type to filter, Space: tick, →: all shown, ←: none, Enter: done, Esc: back";
/// Where the other one would be broken.
const SHORT_CHECKLIST_HELP: &str = "Space: tick, Enter: done, Esc: back";
const NOBODY_TICKED: &str = "nobody is ticked: Space does it";
/// What the prompt, its help and a message take of a screen besides the lines of a checklist.
const NO_OPTIONS: usize = 6;
const MOST_OPTIONS: usize = 20;
const FEWEST_OPTIONS: usize = 3;
/// More keys than somebody has typed ahead.
const MOST_FORGOTTEN: usize = 10_000;

/// Whether a signal has ended all asking. Static, as the one terminal that it is about.
static ENDED: AtomicBool = AtomicBool::new(false);

/// A choice as it is listed.
struct Listed {
    act: Act,
    label: String,
}

/// A person as they are listed.
pub struct Tickable {
    pub row: usize,
    pub line: String,
    /// What a filter looks through.
    pub searched: String,
    pub ticked: bool,
}

/// Forgets what was typed before there was a question, for it cannot be the answer.
pub fn forget_keys() {
    let _ = termios::tcflush(io::stdin(), QueueSelector::IFlush);
    for _ in 0..MOST_FORGOTTEN {
        if !event::poll(Duration::ZERO).unwrap_or(false) || event::read().is_err() {
            return;
        }
    }
}

/// Puts the terminal back as it was before the prompt that is on it, and asks nothing from now on.
///
/// For whoever ends the program while a prompt waits, from any thread.
pub fn restore() {
    ENDED.store(true, Ordering::SeqCst);
    if terminal::is_raw_mode_enabled().unwrap_or(false) {
        let below = terminal::Clear(terminal::ClearType::FromCursorDown);
        let _ = execute!(
            io::stderr(),
            style::Print("\r\n"),
            below,
            event::DisableBracketedPaste,
            cursor::Show
        );
        let _ = terminal::disable_raw_mode();
    }
}

/// Text above a question. Lost when the terminal is.
pub fn show(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// One of some choices, by its letter or the arrow keys; `escape` is what Esc does.
pub fn menu(view: View, message: &str, choices: Vec<(Act, String)>, escape: &str) -> Said {
    let help = format!("a letter or ↑↓, then Enter; Esc: {escape}");
    let listed = choices.into_iter().map(|(act, label)| Listed { act, label }).collect();
    ask(|| {
        Select::new(message, listed)
            .with_render_config(render(view))
            .with_help_message(&help)
            .with_page_size(MOST_OPTIONS)
            .with_scorer(&|typed, option: &Listed, _, _| {
                words::means(typed, option.act.letter(), &option.label).then_some(0)
            })
            .with_formatter(&|option| option.value.label.clone())
            .prompt()
    })
    .map_or_else(|said| said, |option| Said::Act(option.act))
}

/// Any of some people; typing filters them.
pub fn checklist(view: View, message: &str, people: Vec<Tickable>) -> Said {
    let ticked: Vec<usize> =
        people.iter().enumerate().filter(|(_, one)| one.ticked).map(|(i, _)| i).collect();
    let fits = safe_text::width(CHECKLIST_HELP) + 2 <= view.columns;
    let help = if fits { CHECKLIST_HELP } else { SHORT_CHECKLIST_HELP };
    ask(|| {
        MultiSelect::new(message, people)
            .with_default(&ticked)
            .with_render_config(render(view))
            .with_help_message(help)
            .with_page_size(page_size())
            .with_scorer(&|typed, one: &Tickable, _, _| {
                words::finds(typed, &one.searched).then_some(0)
            })
            .with_formatter(&|chosen| format!("{} ticked", chosen.len()))
            .with_validator(|chosen: &[inquire::list_option::ListOption<&Tickable>]| {
                let nobody = Validation::Invalid(NOBODY_TICKED.into());
                Ok(if chosen.is_empty() { nobody } else { Validation::Valid })
            })
            .prompt()
    })
    .map_or_else(|said| said, |chosen| Said::Ticked(chosen.iter().map(|one| one.row).collect()))
}

/// A typed text, exactly as it was typed.
pub fn typed(view: View, message: &str) -> Said {
    ask(|| Text::new(message).with_render_config(render(view)).prompt())
        .map_or_else(|said| said, Said::Typed)
}

/// Asks unless all asking has ended, and says how it was left without an answer.
pub(super) fn ask<T>(prompt: impl FnOnce() -> Result<T, InquireError>) -> Result<T, Said> {
    let answer = if ENDED.load(Ordering::SeqCst) { return Err(Said::Interrupt) } else { prompt() };
    answer.map_err(|error| match error {
        InquireError::OperationCanceled => Said::Back,
        InquireError::OperationInterrupted => Said::Interrupt,
        _ => Said::Nothing,
    })
}

pub(super) fn render(view: View) -> RenderConfig<'static> {
    if view.colour { RenderConfig::default_colored() } else { RenderConfig::empty() }
}

fn page_size() -> usize {
    let rows = terminal::size().map_or(24, |(_, rows)| usize::from(rows));
    rows.saturating_sub(NO_OPTIONS).clamp(FEWEST_OPTIONS, MOST_OPTIONS)
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}", self.act.letter(), self.label)
    }
}

impl fmt::Display for Tickable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}
