//! What each setting takes: every value becomes its final type while it is read, so that a mistake
//! is reported at its own place. The same types say in the schema what they take.

use std::fmt;
use std::marker::PhantomData;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use jiff::{SignedDuration, Span, SpanRelativeTo};
use schemars::{Schema, json_schema};
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

use toml::Spanned;

use super::file::ExampleSection;
use super::site::Site;
use crate::domain::example::Expected;
use crate::domain::invitation::Key;
use crate::domain::period::Period;
use crate::domain::plan::Plan;
use crate::domain::words::Pattern;

/// A value that is written as text in quotes.
pub(super) trait Setting: Sized {
    /// What is allowed, for whoever wrote something else.
    const TAKES: &'static str;
    fn read(text: &str) -> Result<Self, String>;

    /// What an editor may know of it; the program knows more.
    fn schema() -> Schema {
        json_schema!({"type": "string", "minLength": 1})
    }
}

/// A [`Setting`] as it stands in the file.
pub(super) struct Of<T>(pub T);

/// Settings in brackets.
pub(super) struct List<T>(pub Vec<T>);

/// Words of a rule: at least one, for an empty list could never hold.
pub(super) struct Condition(pub Vec<Pattern>);

/// The examples of a rule.
#[derive(Default)]
pub(super) struct Examples(pub Vec<Spanned<ExampleSection>>);

/// How many withdrawals.
#[derive(Clone, Copy)]
pub(super) struct Count(pub u32);

/// How many traces.
#[derive(Clone, Copy)]
pub(super) struct Traces(pub u32);

pub(super) struct ValidFor(pub SignedDuration);
pub(super) struct Between(pub RangeInclusive<Duration>);
pub(super) struct Account(pub String);
pub(super) struct Profile(pub Key);
pub(super) struct Title(pub String);
pub(super) struct Argument(pub String);
pub(super) struct Attach(pub SocketAddr);

pub(super) const MOST_COUNT: i64 = 1_000_000;
pub(super) const MOST_TRACES: i64 = 1_000;
const MOST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

impl Setting for Site {
    const TAKES: &'static str = "an address in quotes, such as \"https://www.linkedin.com\"";

    fn read(text: &str) -> Result<Self, String> {
        shown(text.parse())
    }
}

impl Setting for Period {
    const TAKES: &'static str = "a length of time in quotes, such as \"6 weeks\"";

    fn read(text: &str) -> Result<Self, String> {
        shown(text.parse())
    }

    fn schema() -> Schema {
        let examples = ["10 days", "6 weeks", "3 months", "1 year"];
        json_schema!({"type": "string", "pattern": "[0-9]", "examples": examples})
    }
}

impl Setting for Pattern {
    const TAKES: &'static str = "a word, a phrase or a \"/regular expression/\" in quotes";

    fn read(text: &str) -> Result<Self, String> {
        shown(Self::parse(text))
    }
}

impl Setting for Expected {
    const TAKES: &'static str = "\"withdraw\" or \"keep\"";

    fn read(text: &str) -> Result<Self, String> {
        match text {
            "withdraw" => Ok(Self::Withdraw),
            "keep" => Ok(Self::Keep),
            other => Err(format!("\"{other}\" is nothing to expect: write {}", Self::TAKES)),
        }
    }

    fn schema() -> Schema {
        json_schema!({"type": "string", "enum": ["withdraw", "keep"]})
    }
}

impl Setting for Account {
    const TAKES: &'static str = "the last part of your profile's address, in quotes";

    fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let bare = !text.is_empty() && !text.contains(['/', '?', '#']);
        let slug = bare.then(|| format!("in/{text}"));
        let key = profile_key(slug.as_deref().unwrap_or(text));
        let slug = key.as_ref().and_then(|key| key.as_str().strip_prefix("in/"));
        match slug {
            Some(slug) if !slug.contains(char::is_whitespace) => Ok(Self(slug.to_owned())),
            _ => Err(format!(
                "\"{text}\" is no account: write \"ada\" for https://www.linkedin.com/in/ada"
            )),
        }
    }
}

impl Setting for Profile {
    const TAKES: &'static str = "the address of a profile in quotes";

    fn read(text: &str) -> Result<Self, String> {
        profile_key(text.trim()).map(Self).ok_or_else(|| {
            format!(
                "\"{text}\" is not the address of a profile: \
                 write \"https://www.linkedin.com/in/ada\" or \"in/ada\""
            )
        })
    }
}

impl Setting for Between {
    const TAKES: &'static str =
        "the shortest and the longest pause in quotes, such as \"15s..45s\"";

    fn read(text: &str) -> Result<Self, String> {
        let form = || format!("\"{text}\" is no range: write {}", Self::TAKES);
        let (shortest, longest) = text.split_once("..").ok_or_else(form)?;
        let [shortest, longest] = [pause(shortest)?, pause(longest)?];
        if longest < shortest {
            return Err(format!(
                "\"{text}\" is the wrong way round: the shorter pause comes first"
            ));
        }
        Ok(Self(shortest..=longest))
    }

    fn schema() -> Schema {
        json_schema!({"type": "string", "pattern": "[0-9].*\\.\\..*[0-9]", "examples": ["15s..45s"]})
    }
}

impl Setting for ValidFor {
    const TAKES: &'static str = "a length of time in quotes, such as \"24 hours\"";

    fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let span: Span = text.parse().map_err(|_| {
            format!("\"{text}\" is not a length of time: write \"24 hours\" or \"7 days\"")
        })?;
        // A month is of no certain length, which the range says too.
        match span.to_duration(SpanRelativeTo::days_are_24_hours()) {
            Ok(length) if (Plan::SHORTEST..=Plan::LONGEST).contains(&length) => Ok(Self(length)),
            _ => Err(format!(
                "a plan valid for \"{text}\" is out of range: allowed is 1 minute to 30 days"
            )),
        }
    }

    fn schema() -> Schema {
        json_schema!({"type": "string", "pattern": "[0-9]", "examples": ["24 hours", "7 days"]})
    }
}

impl Setting for Title {
    const TAKES: &'static str = "a name in quotes";

    fn read(text: &str) -> Result<Self, String> {
        match text.trim() {
            "" => {
                Err("a rule's name is not empty: it is shown with what the rule finds".to_owned())
            }
            name => Ok(Self(name.to_owned())),
        }
    }
}

impl Setting for PathBuf {
    const TAKES: &'static str = "a path in quotes";

    fn read(text: &str) -> Result<Self, String> {
        match text {
            "" => Err("a path is not empty: leave the line out for the default".to_owned()),
            _ if text.contains('\0') => Err("a path has no NUL character".to_owned()),
            _ if text.starts_with('~') => {
                Err("\"~\" is not expanded: write the whole path".to_owned())
            }
            path => Ok(Self::from(path)),
        }
    }
}

impl<'de, T: Setting> Deserialize<'de> for Of<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reader(PhantomData))
    }
}

impl<'de, T: Setting> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListReader(PhantomData))
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match List::deserialize(deserializer)? {
            List(words) if words.is_empty() => Err(D::Error::custom(
                "an empty list can never be met: give it a word or leave the line out",
            )),
            List(words) => Ok(Self(words)),
        }
    }
}

impl<'de> Deserialize<'de> for Examples {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ExamplesReader)
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_i64(NumberReader { least: 1, most: MOST_COUNT }).map(Self)
    }
}

impl<'de> Deserialize<'de> for Traces {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_i64(NumberReader { least: 0, most: MOST_TRACES }).map(Self)
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

struct Reader<T>(PhantomData<T>);
struct ListReader<T>(PhantomData<T>);
struct ExamplesReader;
struct NumberReader {
    least: i64,
    most: i64,
}

impl<T: Setting> Visitor<'_> for Reader<T> {
    type Value = Of<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(T::TAKES)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Of<T>, E> {
        T::read(text).map(Of).map_err(E::custom)
    }
}

impl<'de, T: Setting> Visitor<'de> for ListReader<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "a list in brackets, each entry {}", T::TAKES)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<List<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(Of(entry)) = entries.next_element()? {
            list.push(entry);
        }
        Ok(List(list))
    }
}

impl<'de> Visitor<'de> for ExamplesReader {
    type Value = Examples;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("[[rule.example]], in two pairs of brackets, and its keys below")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Examples, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            list.push(entry);
        }
        Ok(Examples(list))
    }
}

impl Visitor<'_> for NumberReader {
    type Value = u32;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "a whole number from {} to {}", self.least, self.most)
    }

    fn visit_i64<E: Error>(self, count: i64) -> Result<u32, E> {
        let Self { least, most } = self;
        match u32::try_from(count) {
            Ok(number) if (least..=most).contains(&count) => Ok(number),
            _ => Err(E::custom(format!(
                "{count} is out of range: allowed is a whole number from {least} to {most}"
            ))),
        }
    }
}

fn shown<T, E: fmt::Display>(result: Result<T, E>) -> Result<T, String> {
    result.map_err(|why| why.to_string())
}

/// Any form of a profile's address, also without `https://` before the host.
fn profile_key(text: &str) -> Option<Key> {
    let host = text.split('/').next().unwrap_or_default();
    let with_scheme = || Key::from_profile(&format!("https://{text}"));
    Key::from_profile(text).or_else(|| host.contains('.').then(with_scheme).flatten())
}

fn pause(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let length: SignedDuration = text
        .parse()
        .map_err(|_| format!("\"{text}\" is no pause: write it like \"15s\" or \"2min\""))?;
    match Duration::try_from(length) {
        Ok(pause) if pause <= MOST_PAUSE => Ok(pause),
        _ => Err(format!("a pause of \"{text}\" is out of range: allowed is 0s to 24h")),
    }
}
