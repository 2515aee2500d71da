//! Questions about settings. Here Enter takes what is suggested, for nothing is done to anybody.

use std::io::{self, IsTerminal};

use inquire::validator::{ErrorMessage, Validation};
use inquire::{Confirm, Text};

use super::people::{BOLD, View};
use super::prompts;
use crate::domain::safe_text;

/// One question.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What it is about, in full sentences above it.
    pub about: &'a str,
    /// In front of the answer; short.
    pub label: &'a str,
    /// What Enter means; nothing where it is empty.
    pub suggested: &'a str,
}

/// The person ended the interview: Esc, Ctrl-C, Ctrl-D, or the terminal is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended;

/// A terminal with somebody at it.
#[derive(Clone, Copy, Debug)]
pub struct Interview(View);

impl Interview {
    /// `None` without a terminal to ask at.
    pub fn open(colour: bool) -> Option<Self> {
        let is_open = io::stdin().is_terminal() && io::stderr().is_terminal();
        is_open.then(|| Self(View { columns: super::columns(), colour }))
    }

    /// Sentences for the person.
    pub fn tell(&self, text: &str) {
        prompts::show(&self.0.paragraph(text, anstyle::Style::new()));
    }

    /// A text that passes the check, which otherwise says why not.
    pub fn text<F>(&self, asked: Asked, check: F) -> Result<String, Ended>
    where
        F: Fn(&str) -> Result<(), String> + Clone + 'static,
    {
        self.introduce(asked.about);
        let columns = self.0.columns;
        let validator = move |typed: &str| {
            Ok(match check(typed) {
                Ok(()) => Validation::Valid,
                Err(why) => {
                    let lines = safe_text::wrap(&why, columns.saturating_sub(2));
                    Validation::Invalid(ErrorMessage::Custom(lines.join("\n  ")))
                }
            })
        };
        let prompt = Text::new(asked.label).with_render_config(prompts::render(self.0));
        let prompt = prompt.with_validator(validator);
        let prompt = match asked.suggested {
            "" => prompt,
            suggested => prompt.with_default(suggested),
        };
        prompts::ask(|| prompt.prompt()).map_err(|_| Ended)
    }

    /// Yes or no, with yes for Enter.
    pub fn yes(&self, about: &str, label: &str) -> Result<bool, Ended> {
        self.introduce(about);
        let prompt = Confirm::new(label).with_default(true);
        let prompt = prompt.with_render_config(prompts::render(self.0));
        prompts::ask(|| prompt.prompt()).map_err(|_| Ended)
    }

    fn introduce(&self, about: &str) {
        if !about.is_empty() {
            prompts::show(&format!("\n{}", self.0.paragraph(about, BOLD)));
        }
    }
}
