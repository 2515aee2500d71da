//! What a person wishes in the interview of `config init`, and the commented file that says it.

use std::str::FromStr;

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use super::values::{Profile, Setting};
use super::{Config, ConfigError, EXAMPLE};
use crate::domain::period::Period;
use crate::domain::words::Pattern;

/// The answers of one interview.
#[derive(Clone, Debug, PartialEq)]
pub struct Wishes {
    /// After how long a request is stale.
    pub stale: Period,
    /// Words in headlines whose requests are stale sooner, and after how long.
    pub sooner: Option<(Vec<Pattern>, Period)>,
    pub keep: Vec<Kept>,
    pub headless: bool,
}

/// Somebody who is never withdrawn, as they would be written in the config.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// A whole name, or a regular expression on it.
    Name(String),
    /// The address of a profile.
    Profile(String),
}

/// What the rule is called that the interview adds.
const SOONER: &str = "sooner";

impl Wishes {
    /// The words or phrases between commas; none where nothing was typed.
    ///
    /// # Errors
    /// Why one of them is none, in words.
    pub fn words(typed: &str) -> Result<Vec<Pattern>, String> {
        let words = typed.split(',').map(str::trim).filter(|word| !word.is_empty());
        words.map(Pattern::read).collect()
    }

    /// The example with these settings; its comments stay.
    ///
    /// # Errors
    /// The file would not be understood.
    pub fn to_text(&self) -> Result<String, ConfigError> {
        let refuse = |why: String| ConfigError::of_file("the new config", why);
        let mut document: DocumentMut =
            EXAMPLE.parse().map_err(|error: toml_edit::TomlError| refuse(error.to_string()))?;
        self.set(&mut document).ok_or_else(|| refuse("lacks a section".to_owned()))?;
        let text = document.to_string();
        Config::parse(&text, "the new config").map(|_| text)
    }

    fn set(&self, document: &mut DocumentMut) -> Option<()> {
        *document.get_mut("browser")?.get_mut("headless")? = value(self.headless);
        let rules = document.get_mut("rule")?.as_array_of_tables_mut()?;
        *rules.get_mut(0)?.get_mut("older_than")? = value(self.stale.to_string());
        self.add_sooner(rules);
        let keep = document.get_mut("keep")?;
        let names = self.keep.iter().filter_map(|kept| match kept {
            Kept::Name(name) => Some(name),
            Kept::Profile(_) => None,
        });
        *keep.get_mut("names")? = list(names);
        let profiles = self.keep.iter().filter_map(|kept| match kept {
            Kept::Profile(address) => Some(address),
            Kept::Name(_) => None,
        });
        *keep.get_mut("profiles")? = list(profiles);
        Some(())
    }

    fn add_sooner(&self, rules: &mut ArrayOfTables) {
        let Some((words, period)) = &self.sooner else { return };
        let mut rule = Table::new();
        rule.insert("name", value(SOONER));
        rule.insert("older_than", value(period.to_string()));
        rule.insert("headline", list(words.iter().map(Pattern::written)));
        rules.push(rule);
    }
}

/// In brackets, each on a line of its own where there are several.
fn list<T: AsRef<str>>(entries: impl Iterator<Item = T>) -> Item {
    let mut list: Array = entries.map(|entry| entry.as_ref().to_owned()).collect();
    if list.len() > 1 {
        list.iter_mut().for_each(|entry| entry.decor_mut().set_prefix("\n    "));
        list.set_trailing("\n");
        list.set_trailing_comma(true);
    }
    value(list)
}

impl FromStr for Kept {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let typed = typed.trim();
        if typed.contains('/') && !typed.starts_with('/') {
            return Profile::read(typed).map(|_| Self::Profile(typed.to_owned()));
        }
        Pattern::read(typed).map(|_| Self::Name(typed.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rules::Rule;

    fn wishes() -> Wishes {
        Wishes { stale: Period::weeks(6), sooner: None, keep: Vec::new(), headless: false }
    }

    fn parse(wishes: &Wishes) -> Config {
        Config::parse(&wishes.to_text().unwrap(), "c.toml").unwrap()
    }

    #[test]
    fn without_wishes_the_file_is_the_example() {
        assert_eq!(wishes().to_text().unwrap(), EXAMPLE);
    }

    #[test]
    fn every_wish_is_in_the_file_and_so_are_the_comments() {
        let kept =
            ["Ada Lovelace", "linkedin.com/in/bob", "in/eve", "/^dr\\b/", "Zoë \"Z\" Example"];
        let wishes = Wishes {
            stale: "3 months".parse().unwrap(),
            sooner: Some((
                Wishes::words("recruiter, talent acquisition").unwrap(),
                Period::weeks(2),
            )),
            keep: kept.iter().map(|typed| typed.parse().unwrap()).collect(),
            headless: true,
        };
        let text = wishes.to_text().unwrap();
        let config = parse(&wishes);
        assert!(config.browser.headless);
        let shown: Vec<String> = config.rules.list.iter().map(Rule::to_string).collect();
        let sooner = "older than 2 weeks, headline has \"recruiter\" or \"talent acquisition\"";
        assert_eq!(shown, ["older than 3 months", sooner]);
        assert_eq!(config.rules.list[1].name(), SOONER);
        assert_eq!(config.rules.keep.names.iter().count(), 3);
        assert_eq!(config.rules.keep.profiles.len(), 2);
        for line in EXAMPLE.lines().filter(|line| line.starts_with('#')) {
            assert!(text.contains(line), "{line}");
        }
        assert!(text.contains("\n[[rule]]\nname = \"sooner\"\n"), "{text}");
        assert!(text.contains("names = [\n    \"Ada Lovelace\",\n"), "{text}");
    }

    #[track_caller]
    fn check_kept(typed: &str, expected: &str) {
        let shown = match typed.parse::<Kept>() {
            Ok(kept) => format!("{kept:?}"),
            Err(why) => why,
        };
        assert!(shown.contains(expected), "{typed}: {shown}");
    }

    #[test]
    fn a_link_is_told_from_a_name() {
        check_kept(" Ada Lovelace ", "Name(\"Ada Lovelace\")");
        check_kept("Jane Example, PhD", "Name(\"Jane Example, PhD\")");
        check_kept("/^dr\\b/", "Name(\"/^dr");
        check_kept("https://www.linkedin.com/in/ada/?x=y", "Profile(\"https");
        check_kept("in/ada", "Profile(\"in/ada\")");
        check_kept("www.linkedin.com/feed/", "is not the address of a profile");
        check_kept("/half", "ends with a slash too");
        check_kept(" ", "an empty text");
    }

    #[test]
    fn words_stand_between_commas() {
        assert_eq!(Wishes::words(" recruiter, ,sales lead,").unwrap().len(), 2);
        assert_eq!(Wishes::words(" , ").unwrap(), []);
        assert!(Wishes::words("/(/").unwrap_err().contains("unclosed group"));
    }
}
