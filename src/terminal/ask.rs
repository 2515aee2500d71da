//! Supervision at a terminal: who would be withdrawn, and what the person says to it.
//!
//! Everything goes to standard error. Only an answer that was asked for means yes: what was typed
//! before the question, an empty line, nonsense, Esc, Ctrl-D, Ctrl-C or a lost terminal never do.

mod people;
mod prompts;
pub mod settings;
mod talk;
mod words;

use std::io::{self, IsTerminal};

use tokio::sync::oneshot;

use self::people::{BOLD, People, View, WARNING};
use self::prompts::{CHECKLIST_MARKS, Tickable};
pub use self::prompts::{restore, show};
use self::talk::{Act, Said, Screen, Talk};
use crate::domain::invitation::Key;
use crate::domain::report::Row;

/// What the person is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// What would be withdrawn, in this order.
    pub rows: &'a [&'a Row],
    /// How many may go: `caps left: 25 in this run, 20 this hour`.
    pub caps: &'a str,
    /// How long it takes: `about 12 min at this pace`.
    pub duration: &'a str,
    /// What the site thinks of this. It needs a yes of its own, before the question.
    pub warning: Option<&'a str>,
    /// Whether standard error takes colours.
    pub colour: bool,
}

/// Indices into the rows of the question, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Nobody, where the person reviewed everybody and kept them.
    pub withdraw: Vec<usize>,
    pub keep_always: Vec<usize>,
}

/// What came of asking. Whom the person wants to keep always is handed over in any case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Chosen(Choice),
    /// Nobody is to be withdrawn, and these are to be kept always.
    Quit(Vec<usize>),
    /// Ctrl-C; nobody is to be withdrawn, and these are to be kept always.
    Interrupted(Vec<usize>),
}

const NO_TERMINAL: &str = "There is no terminal to ask at, so nothing is withdrawn.";
const REINVITE: &str = "The site may not let you invite them again for up to three weeks.";

/// Asks until there is an answer. Without a terminal to ask at, that is to quit.
///
/// It waits for keys and for nothing else; where signals must be heard meanwhile, see [`beside`].
pub fn ask(question: &Question, open_profile: &mut dyn FnMut(&Row)) -> Answer {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        prompts::show(NO_TERMINAL);
        return Answer::Quit(Vec::new());
    }
    let view = View { columns: columns(), colour: question.colour };
    let people = People::new(question.rows, view);
    let profiles = question.rows.iter().map(|row| has_profile(row)).collect();
    let mut talk = Talk::new(profiles, question.warning.is_some());
    let mut last = None;
    if !question.rows.is_empty() {
        introduce(question, &people, view);
    }
    loop {
        prompts::forget_keys();
        let screen = talk.screen().clone();
        if let Some(notice) = talk.notice {
            prompts::show(&view.paragraph(notice, WARNING));
        }
        // After a look at the profile, the person is not shown once more.
        let again = last.as_ref() == Some(&screen);
        let said = match &screen {
            Screen::Over(answer) => return answer.clone(),
            Screen::Warning => warn(question, view),
            Screen::Question => choose(&talk, view),
            Screen::Person(row) => review(&talk, &people, view, (*row, again)),
            Screen::Checklist(rows) => tick(&talk, &people, view, rows),
            Screen::Confirm(rows) => confirm(&people, view, rows),
        };
        match (&screen, &said) {
            (Screen::Person(row), Said::Act(Act::Open)) => {
                if let Some(row) = question.rows.get(*row) {
                    open_profile(row);
                }
            }
            _ => talk.hear(said),
        }
        last = Some(screen);
    }
}

/// Shows what is about to be done to those who want no question.
pub fn announce(question: &Question) {
    let view = View { columns: columns(), colour: question.colour };
    introduce(question, &People::new(question.rows, view), view);
    if let Some(warning) = question.warning {
        prompts::show(&view.paragraph(warning, WARNING));
    }
}

/// Runs a conversation on a thread of its own, so that `interrupted` can end it while a prompt
/// waits for a key. `None` when it was; the terminal is put back.
pub async fn beside<A: Send + 'static>(
    conversation: impl FnOnce() -> A + Send + 'static,
    interrupted: impl Future<Output = ()>,
) -> Option<A> {
    let (tell, told) = oneshot::channel();
    // Not a task: the runtime would wait for its end, and a key may never come.
    let thread = std::thread::Builder::new().name("ask".to_owned());
    thread.spawn(move || drop(tell.send(conversation()))).ok()?;
    tokio::select! {
        answer = told => answer.ok(),
        () = interrupted => {
            restore();
            None
        }
    }
}

fn introduce(question: &Question, people: &People, view: View) {
    prompts::show(&people.list());
    prompts::show("");
    for sentence in [question.caps, question.duration] {
        prompts::show(&view.paragraph(sentence, BOLD));
    }
}

fn warn(question: &Question, view: View) -> Said {
    let warning = question.warning.unwrap_or_default();
    prompts::show(&format!("\n{}", view.paragraph(warning, WARNING)));
    prompts::typed(view, "Type yes to go on:")
}

fn choose(talk: &Talk, view: View) -> Said {
    let which = match talk.total() {
        1 => "Withdraw it?".to_owned(),
        count => format!("Withdraw which of the {count}?"),
    };
    prompts::show("");
    prompts::menu(view, &which, choices(talk), "quit")
}

fn choices(talk: &Talk) -> Vec<(Act, String)> {
    talk.acts().into_iter().map(|act| (act, act.label(talk))).collect()
}

fn review(talk: &Talk, people: &People, view: View, (row, again): (usize, bool)) -> Said {
    if !again {
        prompts::show(&format!("\n{} of {}", row + 1, talk.total()));
        prompts::show(&people.card(row));
    }
    prompts::menu(view, &format!("{}:", people.short_name(row)), choices(talk), "back")
}

/// Nobody is ticked who wasn't by the person: a rule proposes, and Enter in haste withdraws nobody.
fn tick(talk: &Talk, people: &People, view: View, rows: &[usize]) -> Said {
    let chosen = talk.chosen();
    let tickable = |row: &usize| Tickable {
        row: *row,
        line: people.option(*row, CHECKLIST_MARKS),
        searched: people.searched(*row),
        ticked: chosen.contains(row),
    };
    prompts::checklist(view, "Withdraw whom? Filter:", rows.iter().map(tickable).collect())
}

fn confirm(people: &People, view: View, rows: &[usize]) -> Said {
    prompts::show(&format!("\n{}", people.summary(rows)));
    prompts::show(&view.paragraph(REINVITE, WARNING));
    let word = talk::word_for(rows.len());
    let what = if word == "yes" { "yes".to_owned() } else { format!("the number {word}") };
    prompts::typed(view, &format!("Type {what} to withdraw:"))
}

fn has_profile(row: &Row) -> bool {
    let url = row.invitation.profile_url.as_deref();
    url.and_then(Key::from_profile).is_some()
}

fn columns() -> usize {
    let size = console::Term::stderr().size_checked();
    size.map_or(80, |(_, columns)| usize::from(columns)).max(30)
}
