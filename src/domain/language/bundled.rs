//! The languages that come with the program, and which of them an `<html lang>` asks for.

use std::sync::OnceLock;

use jiff::Timestamp;

use super::Language;
use crate::domain::age::Age;

/// A language file in the program, compiled when it is first asked for.
struct Bundled {
    code: &'static str,
    toml: &'static str,
    language: OnceLock<Option<Language>>,
}

macro_rules! bundle {
    ($($code:literal)*) => {
        static BUNDLED: [Bundled; [$($code),*].len()] = [$(Bundled {
            code: $code,
            toml: include_str!(concat!("../../../languages/", $code, ".toml")),
            language: OnceLock::new(),
        }),*];
    };
}

bundle! {
    "ar" "bn" "cs" "da" "de" "el" "en" "es" "fa" "fi" "fr" "he"
    "hi" "hu" "id" "it" "ja" "ko" "mr" "ms" "nl" "no" "pa" "pl"
    "pt" "ro" "ru" "sv" "te" "th" "tl" "tr" "uk" "vi" "zh-Hans" "zh-Hant"
}

/// The language of an `<html lang>` value or a locale: `en-US`, `pt_BR`, `zh-TW`, `iw`.
pub fn bundled(code: &str) -> Option<&'static Language> {
    let code = resolve(code)?;
    let found = BUNDLED.iter().find(|bundled| bundled.code == code)?;
    found.language.get_or_init(|| Language::parse(found.toml).ok()).as_ref()
}

/// The codes of all bundled languages, as their files are named.
pub fn codes() -> impl Iterator<Item = &'static str> {
    BUNDLED.iter().map(|bundled| bundled.code)
}

/// The code of the file for a locale. Old codes and close relatives that share their words.
fn resolve(locale: &str) -> Option<&'static str> {
    let locale = locale.trim().to_ascii_lowercase().replace('_', "-");
    let mut parts = locale.split(['-', '.', '@']);
    let code = match parts.next()? {
        "zh" if parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) => "zh-Hant",
        "zh" | "cmn" => "zh-Hans",
        "nb" => "no",
        "fil" => "tl",
        "iw" => "he",
        "in" => "id",
        language => language,
    };
    codes().find(|bundled| bundled.eq_ignore_ascii_case(code))
}

/// The file of a language, for the tests that check what is in it.
#[cfg(test)]
pub(super) fn text(code: &str) -> &'static str {
    BUNDLED.iter().find(|bundled| bundled.code == code).map_or("", |bundled| bundled.toml)
}

/// The language of a page that names none: the one that reads most of these lines as ages. English
/// where it reads as many as any other; `None` where others read as many and differ in one of them.
pub fn of_lines(lines: &[&str], now: Timestamp) -> Option<&'static Language> {
    let read = |code: &str| -> Option<(&'static Language, Vec<Option<Age>>)> {
        let language = bundled(code)?;
        Some((language, lines.iter().map(|line| language.parse_age(line, now)).collect()))
    };
    let understood = |ages: &[Option<Age>]| ages.iter().flatten().count();
    let all: Vec<_> = codes().filter_map(read).collect();
    let most = all.iter().map(|(_, ages)| understood(ages)).max().filter(|most| *most > 0)?;
    let best: Vec<_> = all.iter().filter(|(_, ages)| understood(ages) == most).collect();
    if let Some((english, _)) = best.iter().find(|(language, _)| language.code() == "en") {
        return Some(english);
    }
    let ((first, ages), rest) = best.split_first()?;
    rest.iter().all(|(_, other)| other == ages).then_some(*first)
}
