//! The person's settings, from TOML: types that cannot hold nonsense.
//!
//! A key that is left out has its default, no rule at all means the rule `stale`. Everything else
//! that is not understood is an error with its line, since a setting that is silently ignored may
//! be the one that was to keep somebody.

mod browser_values;
mod error;
mod file;
mod keep_file;
mod load;
mod misread;
mod new_file;
mod schema;
mod site;
mod summary;
mod values;
mod wishes;

use std::net::SocketAddr;
use std::ops::Range;
use std::path::PathBuf;

use jiff::SignedDuration;
use toml::Spanned;

pub use self::error::ConfigError;
use self::file::{BrowserSection, ExampleSection, File, KeepSection, PaceSection, RuleSection};
pub use self::keep_file::keep_always;
use self::misread::misread;
pub use self::new_file::{Existing, refuse_existing, write_new};
pub use self::schema::{SCHEMA_FILE, schema};
pub use self::site::{BadSite, Site};
use self::values::{
    Account, Argument, Attach, Between, Condition, Count, Examples, List, Of, Profile, Title,
    Traces, ValidFor,
};
pub use self::wishes::{Kept, Wishes};
use crate::domain::browser_kind::BrowserKind;
use crate::domain::example::Example;
use crate::domain::keep::KeepList;
use crate::domain::pace::{Pace, TooFast};
use crate::domain::plan::Plan;
use crate::domain::rules::{Conditions, Rule, Rules};
use crate::domain::words::Pattern;

/// Every setting, as the program uses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub site: Site,
    /// The slug of the account that may act, lower case; `None` for whoever is signed in.
    pub account: Option<String>,
    pub browser: Browser,
    pub pace: Pace,
    /// How long a plan that is saved may be applied.
    pub plan_valid_for: SignedDuration,
    /// How many traces are kept; 0 keeps none.
    pub traces: u32,
    pub rules: Rules,
    /// How many examples the rules carry, all of them decided as they expect.
    pub examples: usize,
}

/// The browser that is driven; what is `None` is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Browser {
    pub kind: BrowserKind,
    /// The debugging port, on this machine, of a Chrome that the person started.
    pub attach: Option<SocketAddr>,
    pub headless: bool,
    pub binary: Option<PathBuf>,
    pub driver: Option<PathBuf>,
    pub profile: Option<PathBuf>,
    /// Further switches for the browser.
    pub args: Vec<String>,
}

/// As many traces as are kept when nothing is said.
const TRACES: u32 = 20;

/// The commented file with every setting and its default.
pub const EXAMPLE: &str = include_str!("../config.example.toml");

impl Config {
    /// The config in this text; `file` is what messages call it.
    pub fn parse(text: &str, file: &str) -> Result<Self, ConfigError> {
        Self::parse_for(None, text, file)
    }

    /// The config in this text for the site of `--site`, if one was given: the limits of pace
    /// are those of the site that is really used.
    pub fn parse_for(site: Option<&Site>, text: &str, file: &str) -> Result<Self, ConfigError> {
        // An editor's byte order mark is no part of the text.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let refuse = |span, message: &str| ConfigError::at(file, text, span, message);
        let read: File = toml::from_str(text).map_err(|error| misread(file, text, &error))?;
        let places = Places::of(&read);
        let mut config = Self::assemble(read).map_err(|(span, why)| refuse(span, &why))?;
        if let Some(site) = site {
            config.site = site.clone();
        }
        match config.pace.check_for(&config.site) {
            Ok(()) => Ok(config),
            Err(why) => Err(refuse(places.of_too_fast(why), &why.to_string())),
        }
    }

    fn assemble(file: File) -> Result<Self, (Span, String)> {
        let default = Self::default();
        let (list, examples) = match file.rule {
            Some(sections) => {
                let numbered = (1..).zip(sections);
                let read = numbered.map(rule).collect::<Result<Vec<_>, _>>()?;
                read.into_iter().unzip()
            }
            None => (default.rules.list, Vec::new()),
        };
        let rules = Rules { list, keep: keep_list(file.keep) };
        Ok(Self {
            site: file.site.base_url.map_or(default.site, |Of(site)| site),
            account: file.site.account.map(|Of(Account(slug))| slug),
            browser: browser(file.browser)?,
            pace: pace(file.pace),
            plan_valid_for: file
                .plan
                .valid_for
                .map_or(default.plan_valid_for, |Of(ValidFor(length))| length),
            traces: file.trace.keep.map_or(default.traces, |Traces(count)| count),
            examples: check_examples(&rules, examples)?,
            rules,
        })
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            site: Site::default(),
            account: None,
            browser: Browser::default(),
            pace: Pace::default(),
            plan_valid_for: Plan::USUAL,
            traces: TRACES,
            rules: Rules { list: vec![Rule::stale()], keep: KeepList::default() },
            examples: 0,
        }
    }
}

type Span = Range<usize>;

/// Where in the file the settings stand that a real site limits.
struct Places {
    between: Option<Span>,
    per_day: Option<Span>,
}

impl Places {
    fn of(file: &File) -> Self {
        Self {
            between: file.pace.between.as_ref().map(Spanned::span),
            per_day: file.pace.per_day.as_ref().map(Spanned::span),
        }
    }

    fn of_too_fast(self, why: TooFast) -> Span {
        let place = match why {
            TooFast::Between => self.between,
            TooFast::PerDay => self.per_day,
        };
        place.unwrap_or_default()
    }
}

fn browser(section: BrowserSection) -> Result<Browser, (Span, String)> {
    let kind = section.kind.map_or_else(BrowserKind::default, |Of(kind)| kind);
    if let (BrowserKind::Firefox, Some(attach)) = (kind, &section.attach) {
        let why = "only a Chrome or one of its kin can be attached to, not Firefox";
        return Err((attach.span(), why.to_owned()));
    }
    let attach = section.attach.map(|attach| {
        let Of(Attach(address)) = attach.into_inner();
        address
    });
    let path = |set: Option<Of<PathBuf>>| set.map(|Of(path)| path);
    let List(args) = section.args;
    Ok(Browser {
        kind,
        attach,
        headless: section.headless.unwrap_or_default(),
        binary: path(section.binary),
        driver: path(section.driver),
        profile: path(section.profile),
        args: args.into_iter().map(|Argument(switch)| switch).collect(),
    })
}

fn pace(section: PaceSection) -> Pace {
    let default = Pace::default();
    let count = |set: Option<Count>, default| set.map_or(default, |Count(count)| count);
    let between = section.between.map(Spanned::into_inner);
    Pace {
        between: between.map_or(default.between, |Of(Between(range))| range),
        per_run: count(section.per_run, default.per_run),
        per_hour: count(section.per_hour, default.per_hour),
        per_day: count(section.per_day.map(Spanned::into_inner), default.per_day),
        per_week: count(section.per_week, default.per_week),
    }
}

/// A rule, and its examples with their places.
type Read = (Rule, Vec<(Span, Example)>);

fn rule((number, section): (usize, Spanned<RuleSection>)) -> Result<Read, (Span, String)> {
    let span = section.span();
    let section = section.into_inner();
    let words = |set: Option<Condition>| set.into_iter().flat_map(|Condition(words)| words);
    let name = section.name.map(|Of(Title(name))| name);
    let conditions = Conditions {
        older_than: section.older_than.map(|Of(period)| period),
        newer_than: section.newer_than.map(|Of(period)| period),
        invitee: words(section.invitee).collect(),
        headline: words(section.headline).collect(),
        note: words(section.note).collect(),
        any: words(section.any).collect(),
    };
    let name = name.unwrap_or_else(|| format!("rule {number}"));
    let rule = Rule::new(name, conditions).map_err(|why| (span, why.to_string()))?;
    let Examples(examples) = section.example;
    Ok((rule, examples.into_iter().map(example).collect::<Result<_, _>>()?))
}

fn example(section: Spanned<ExampleSection>) -> Result<(Span, Example), (Span, String)> {
    let span = section.span();
    let ExampleSection { name, headline, note, age, expect } = section.into_inner();
    let place = expect.span();
    let Of(expect) = expect.into_inner();
    let age = age.map(|Of(age)| age);
    if name.is_none() && headline.is_none() && note.is_none() && age.is_none() {
        let why = "an example is somebody: give it a name, a headline, a note or an age";
        return Err((span, why.to_owned()));
    }
    Ok((place, Example { name, headline, note, age, expect }))
}

/// How many there are, when the rules decide about each of them what it expects.
fn check_examples(
    rules: &Rules,
    examples: Vec<Vec<(Span, Example)>>,
) -> Result<usize, (Span, String)> {
    let mut count = 0;
    for (rule, examples) in rules.list.iter().zip(examples) {
        for (place, example) in examples {
            example.check(rule, rules).map_err(|surprise| (place, surprise.to_string()))?;
            count += 1;
        }
    }
    Ok(count)
}

fn keep_list(section: KeepSection) -> KeepList {
    let words = |List(words): List<Pattern>| words.into_iter().collect();
    let List(profiles) = section.profiles;
    KeepList {
        names: words(section.names),
        profiles: profiles.into_iter().map(|Profile(key)| key).collect(),
        headline: words(section.headline),
        note: words(section.note),
        any: words(section.any),
    }
}

#[cfg(test)]
mod tests;
