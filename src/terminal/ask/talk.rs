//! Where the conversation stands, and what each answer changes. Nothing is shown or read here.
//!
//! - Whoever is withdrawn was named in a confirming question that was answered as it asks.
//! - Silence, nonsense and going back lead away from that, and a few refusals end it.
//! - What the person said of somebody stays when they go back, "keep always" to the very end.

use super::{Answer, Choice};

/// What is shown now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Screen {
    /// What the site thinks of this; only the first time.
    Warning,
    Question,
    /// What is to become of this row?
    Person(usize),
    /// These rows, to be ticked.
    Checklist(Vec<usize>),
    /// Are these really to be withdrawn?
    Confirm(Vec<usize>),
    Over(Answer),
}

/// What the person can choose on the screen of the question or of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Review,
    /// Withdraw those that were chosen so far.
    Chosen,
    Checklist,
    All,
    Keep,
    Withdraw,
    KeepAlways,
    /// Look at the profile, which decides nothing.
    Open,
    /// Withdraw the chosen and the undecided ones.
    Rest,
    Quit,
}

/// What the person said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Act(Act),
    Ticked(Vec<usize>),
    Typed(String),
    /// Esc, or the end of input (Ctrl-D).
    Back,
    /// Ctrl-C.
    Interrupt,
    /// The terminal is gone, or none.
    Nothing,
}

/// What was said of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Undecided,
    Withdraw,
    Keep,
    KeepAlways,
}

/// The conversation so far.
pub struct Talk {
    screen: Screen,
    fates: Vec<Fate>,
    /// Rows that can be kept always and looked at: those with a profile.
    profiles: Vec<bool>,
    refusals: usize,
    /// What became of the last answer, where the next screen doesn't show it.
    pub notice: Option<&'static str>,
}

/// For more than so many at once the person types how many they are.
const MOST_BY_WORD: usize = 25;
/// So many wrong confirmations, and nobody is asked again.
const MOST_REFUSALS: usize = 3;

const REFUSED: &str = "Not confirmed, so nothing is withdrawn.";
const NOBODY: &str = "Nobody is ticked.";

/// Whether this text confirms so many withdrawals: the very word or number, nothing around it.
pub fn confirms(typed: &str, count: usize) -> bool {
    typed == word_for(count)
}

/// What confirms so many withdrawals.
pub fn word_for(count: usize) -> String {
    if count > MOST_BY_WORD { count.to_string() } else { "yes".to_owned() }
}

impl Talk {
    /// About as many rows as there are `profiles`, which says of each whether it has one.
    pub fn new(profiles: Vec<bool>, has_warning: bool) -> Self {
        let screen = match (profiles.is_empty(), has_warning) {
            (true, _) => Screen::Over(Answer::Quit(Vec::new())),
            (false, true) => Screen::Warning,
            (false, false) => Screen::Question,
        };
        let fates = vec![Fate::Undecided; profiles.len()];
        Self { screen, fates, profiles, refusals: 0, notice: None }
    }

    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// What can be chosen on this screen. The first one is what Enter alone means, so it never
    /// withdraws anybody.
    pub fn acts(&self) -> Vec<Act> {
        let mut acts = match self.screen {
            Screen::Question => vec![Act::Review, Act::Chosen, Act::Checklist, Act::All],
            Screen::Person(row) if self.has_profile(row) => {
                vec![Act::Keep, Act::Withdraw, Act::KeepAlways, Act::Open, Act::Rest]
            }
            Screen::Person(_) => vec![Act::Keep, Act::Withdraw, Act::Rest],
            _ => return Vec::new(),
        };
        acts.retain(|act| match act {
            Act::Chosen => !self.chosen().is_empty(),
            Act::Checklist => !self.tickable().is_empty(),
            Act::All => !self.not_kept().is_empty(),
            _ => true,
        });
        acts.push(Act::Quit);
        acts
    }

    pub fn hear(&mut self, said: Said) {
        self.notice = None;
        self.screen = match (&self.screen, said) {
            (Screen::Over(answer), _) => Screen::Over(answer.clone()),
            (_, Said::Interrupt) => Screen::Over(Answer::Interrupted(self.kept_always())),
            (_, Said::Nothing | Said::Act(Act::Quit)) => self.quit(),
            (Screen::Warning, Said::Typed(text)) if confirms(&text, 1) => Screen::Question,
            (Screen::Warning, _) => self.quit(),
            (Screen::Question, Said::Act(act)) => self.chose(act),
            (Screen::Question, _) => self.quit(),
            (Screen::Person(row), Said::Act(act)) => self.judged(*row, act),
            (Screen::Checklist(rows), Said::Ticked(ticked)) => self.ticked(&rows.clone(), ticked),
            (Screen::Confirm(rows), Said::Typed(text)) if confirms(&text, rows.len()) => {
                self.over(rows.clone())
            }
            (Screen::Confirm(_), Said::Typed(_)) => self.refused(),
            (Screen::Person(_) | Screen::Checklist(_) | Screen::Confirm(_), _) => Screen::Question,
        };
    }

    /// How many rows there are.
    pub fn total(&self) -> usize {
        self.fates.len()
    }

    /// Rows that are to go, as far as is decided.
    pub fn chosen(&self) -> Vec<usize> {
        self.rows(|fate| fate == Fate::Withdraw)
    }

    pub fn undecided(&self) -> Vec<usize> {
        self.rows(|fate| fate == Fate::Undecided)
    }

    /// Rows of which nobody said that they stay.
    pub fn not_kept(&self) -> Vec<usize> {
        self.rows(|fate| matches!(fate, Fate::Undecided | Fate::Withdraw))
    }

    fn tickable(&self) -> Vec<usize> {
        self.rows(|fate| fate != Fate::KeepAlways)
    }

    fn kept_always(&self) -> Vec<usize> {
        self.rows(|fate| fate == Fate::KeepAlways)
    }

    fn rows(&self, wanted: impl Fn(Fate) -> bool) -> Vec<usize> {
        let fates = self.fates.iter().enumerate();
        fates.filter(|(_, fate)| wanted(**fate)).map(|(row, _)| row).collect()
    }

    fn has_profile(&self, row: usize) -> bool {
        self.profiles.get(row) == Some(&true)
    }

    fn chose(&mut self, act: Act) -> Screen {
        match act {
            Act::Review => {
                if self.undecided().is_empty() {
                    self.forget();
                }
                self.next_person()
            }
            Act::Chosen => confirm(self.chosen()),
            Act::Checklist => Screen::Checklist(self.tickable()),
            Act::All => confirm(self.not_kept()),
            _ => Screen::Question,
        }
    }

    fn judged(&mut self, row: usize, act: Act) -> Screen {
        let fate = match act {
            Act::Keep => Fate::Keep,
            Act::Withdraw => Fate::Withdraw,
            Act::KeepAlways if self.has_profile(row) => Fate::KeepAlways,
            Act::Rest => return confirm(self.not_kept()),
            _ => return Screen::Person(row),
        };
        self.set(row, fate);
        self.next_person()
    }

    /// The next undecided person, or what all the decisions come to.
    fn next_person(&self) -> Screen {
        match self.undecided().first() {
            Some(row) => Screen::Person(*row),
            None if self.chosen().is_empty() => self.over(Vec::new()),
            None => confirm(self.chosen()),
        }
    }

    fn ticked(&mut self, shown: &[usize], mut ticked: Vec<usize>) -> Screen {
        ticked.retain(|row| shown.contains(row));
        for row in shown {
            if ticked.contains(row) {
                self.set(*row, Fate::Withdraw);
            } else if self.fates.get(*row) == Some(&Fate::Withdraw) {
                self.set(*row, Fate::Undecided);
            }
        }
        if ticked.is_empty() {
            self.notice = Some(NOBODY);
        }
        confirm(ticked)
    }

    fn refused(&mut self) -> Screen {
        self.refusals += 1;
        self.notice = Some(REFUSED);
        if self.refusals < MOST_REFUSALS { Screen::Question } else { self.quit() }
    }

    /// A second review begins anew, except with whom the person wants to keep always.
    fn forget(&mut self) {
        for fate in self.fates.iter_mut().filter(|fate| **fate != Fate::KeepAlways) {
            *fate = Fate::Undecided;
        }
    }

    fn set(&mut self, row: usize, new: Fate) {
        if let Some(fate) = self.fates.get_mut(row) {
            *fate = new;
        }
    }

    fn quit(&self) -> Screen {
        Screen::Over(Answer::Quit(self.kept_always()))
    }

    fn over(&self, withdraw: Vec<usize>) -> Screen {
        let keep_always = self.kept_always();
        Screen::Over(Answer::Chosen(Choice { withdraw, keep_always }))
    }
}

/// Nothing is asked about nobody.
fn confirm(rows: Vec<usize>) -> Screen {
    if rows.is_empty() { Screen::Question } else { Screen::Confirm(rows) }
}

#[cfg(test)]
mod tests;
