//! The languages that come with the program, and which of them an `<html lang>` asks for.

use std::sync::OnceLock;

use super::Language;

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
