//! Names that a person could take for one another. A name is never an identity; this only tells
//! where the profile must be shown beside it.

use std::collections::HashMap;

use icu_properties::CodePointMapData;
use icu_properties::props::Script;
use unicode_security::skeleton;

/// The names on one list, to ask which of them could be taken for another.
#[derive(Debug, Default)]
pub struct Names {
    seen: HashMap<String, usize>,
}

impl Names {
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut seen = HashMap::new();
        for name in names {
            *seen.entry(look(name)).or_default() += 1;
        }
        Self { seen }
    }

    /// Whether another name on the list looks the same, or the name is dressed up to look like one
    /// that need not be on it: with letters of several alphabets in one word.
    pub fn is_ambiguous(&self, name: &str) -> bool {
        self.seen.get(&look(name)).is_some_and(|count| *count > 1)
            || name.split_whitespace().any(mixes_alphabets)
    }
}

/// What a reader sees of a name: the same for look-alikes, whatever the case and the spaces.
fn look(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    skeleton(&words.join(" ")).collect::<String>().to_lowercase()
}

/// Han, kana, hangul and bopomofo stand beside Latin in honest names and look like none of it.
fn mixes_alphabets(word: &str) -> bool {
    let apart = [
        Script::Common,
        Script::Inherited,
        Script::Han,
        Script::Hiragana,
        Script::Katakana,
        Script::Hangul,
        Script::Bopomofo,
    ];
    let script = |c| CodePointMapData::<Script>::new().get(c);
    let mut scripts = word.chars().map(script).filter(|s| !apart.contains(s));
    let first = scripts.next();
    scripts.any(|script| Some(script) != first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &[&str], ambiguous: &[&str]) {
        let names = Names::of(list.iter().copied());
        let found: Vec<_> = list.iter().filter(|n| names.is_ambiguous(n)).collect();
        assert!(found.iter().copied().eq(ambiguous), "{found:?}");
    }

    #[test]
    fn two_people_of_one_name_are_told_apart() {
        check(&["Robin  Example", "robin example", "Ada"], &["Robin  Example", "robin example"]);
    }

    #[test]
    fn letters_that_look_the_same_make_names_that_look_the_same() {
        check(&["Раул", "Payл"], &["Раул", "Payл"]);
        check(&["Iris", "lris", "Ιris"], &["Iris", "lris", "Ιris"]);
    }

    #[test]
    fn an_honest_name_is_not_suspected() {
        check(&["José", "Jose", "Wei 张伟", "李Lee", "Дарья Smith", "Zoë 👩🏽‍💻", "٣ علي"], &[]);
    }

    #[test]
    fn a_name_of_two_alphabets_is_suspected_even_alone() {
        check(&["Rоbin Example", "Robin"], &["Rоbin Example"]);
    }
}
