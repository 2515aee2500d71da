//! How choices are called, and which of them a person means by what they typed.

use super::talk::{Act, Talk};
use crate::domain::fold::fold;

impl Act {
    pub fn letter(self) -> char {
        match self {
            Self::Review | Self::Rest => 'r',
            Self::Chosen | Self::Withdraw => 'w',
            Self::Checklist => 'p',
            Self::All | Self::KeepAlways => 'a',
            Self::Keep => 'k',
            Self::Open => 'o',
            Self::Quit => 'q',
        }
    }

    /// The choice in words, with how many it is about.
    pub fn label(self, talk: &Talk) -> String {
        let (all, undecided) = (talk.total(), talk.undecided().len());
        let not_kept = talk.not_kept().len();
        match self {
            Self::Review if undecided == all => "review one by one".to_owned(),
            Self::Review if undecided == 0 => "review once more".to_owned(),
            Self::Review => format!("go on reviewing, {undecided} left"),
            Self::Chosen => format!("withdraw the {} chosen so far", talk.chosen().len()),
            Self::Checklist => "pick from a checklist".to_owned(),
            Self::All if all == 1 => "withdraw it".to_owned(),
            Self::All if not_kept == all => format!("all {all}"),
            Self::All => format!("all {not_kept} that are not kept"),
            Self::Keep => "keep for now".to_owned(),
            Self::Withdraw => "withdraw".to_owned(),
            Self::KeepAlways => "keep always".to_owned(),
            Self::Open => "open the profile".to_owned(),
            Self::Rest => format!("withdraw the rest, {undecided} left"),
            Self::Quit => "quit, withdraw nobody".to_owned(),
        }
    }
}

/// Whether somebody who typed this means the choice: its letter, or how its words begin.
pub fn means(typed: &str, letter: char, label: &str) -> bool {
    let typed = typed.to_lowercase();
    let mut letters = typed.chars();
    match (letters.next(), letters.next()) {
        (None, _) => true,
        (Some(only), None) => only == letter,
        _ => label.starts_with(&typed),
    }
}

/// Whether all of the words typed are somewhere in the text, whatever their case and accents.
pub fn finds(typed: &str, text: &str) -> bool {
    let text = fold(text);
    fold(typed).split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_or_the_first_words_name_a_choice() {
        assert!(means("", 'w', "withdraw") && means("W", 'w', "withdraw"));
        assert!(means("withd", 'w', "withdraw") && means("Keep", 'a', "keep always"));
        for nonsense in ["y", "yes", "ww", "draw", "w\n", " ", "withdraw all"] {
            assert!(!means(nonsense, 'w', "withdraw"), "{nonsense:?}");
        }
    }

    #[test]
    fn people_are_found_by_any_of_their_words() {
        assert!(finds("jose eng", "José Example, Engineer (in/jose-7)"));
        assert!(finds("JOSE-7", "José Example, Engineer (in/jose-7)"));
        assert!(!finds("jose chef", "José Example, Engineer (in/jose-7)"));
    }
}
