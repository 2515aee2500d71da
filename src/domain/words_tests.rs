//! What counts as a whole word, in which script; and what is no pattern.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(pattern: &str, text: &str, expected: bool) {
    let found = Pattern::parse(pattern).unwrap().is_in(&Text::new(text));
    assert_eq!(found, expected, "{pattern} in {text}");
}

#[track_caller]
fn has(pattern: &str, text: &str) {
    check(pattern, text, true);
}

#[track_caller]
fn lacks(pattern: &str, text: &str) {
    check(pattern, text, false);
}

#[track_caller]
fn refused(pattern: &str, why: &str) {
    let error = Pattern::parse(pattern).unwrap_err().to_string();
    assert!(error.contains(why), "{pattern}: {error}");
}

#[test]
fn only_whole_words_are_found() {
    has("recruiter", "Senior Recruiter at Example");
    has("art", "Art, music");
    lacks("art", "Artist");
    lacks("art", "Smart");
    lacks("art", "art2");
    has("art", "smart art");
}

#[test]
fn case_accents_and_unicode_forms_do_not_matter() {
    has("recruiter", "ＲＥＣＲＵＩＴＥＲ");
    has("DEVELOPPEUR", "De\u{301}veloppeur");
    has("développeur", "developpeur");
    has("strasse", "Straße");
    has("re\u{200b}cruiter", "Rec\u{ad}ruiter");
}

#[test]
fn a_phrase_is_found_over_any_white_space() {
    has("talent acquisition", "Talent\u{a0} \n Acquisition Lead");
    has("talent   acquisition", "talent acquisition");
    lacks("talent acquisition", "acquisition of talent");
    lacks("talent acquisition", "talent acquisitions");
}

#[test]
fn a_hyphen_between_words_is_a_blank() {
    has("founder", "Co-Founder");
    has("co-founder", "Co Founder");
    has("co founder", "co‑founder");
    lacks("cofounder", "co-founder");
    has("a - b", "a - b");
}

#[test]
fn an_apostrophe_ends_a_word() {
    has("recruiter", "the recruiter's friend");
    has("équipe", "Chef de l’équipe");
    has("o'brien", "O’Brien");
    lacks("obrien", "O'Brien");
}

#[test]
fn signs_that_belong_to_a_word_are_part_of_it() {
    has("c++", "Senior C++ developer");
    has("c#", "C#/.NET");
    has(".net", "C#/.NET");
    lacks("c", "Senior C++ developer");
    lacks("c", "C#");
    has("c", "C, Rust");
    has("c", "C+Python");
    has("recruiter", "Recruiter:in (m/w/d)");
    has("🚀", "Founder🚀");
}

#[test]
fn scripts_without_blanks_are_searched_anywhere() {
    has("採用", "採用担当");
    has("担当", "採用担当");
    has("エンジニア", "ソフトウェアエンジニア");
    has("hr", "株式会社HR担当");
    has("채용", "채용담당자");
    has("งาน", "จัดหางาน");
    lacks("採用", "採掘");
    lacks("ハイ", "バイ");
}

#[test]
fn a_mark_is_never_torn_from_its_letter() {
    lacks("ที", "ที่");
    lacks("क", "कि");
    has("हिन्दी", "हिन्दी भाषा");
    lacks("हिन्", "हिन्दी");
}

#[test]
fn a_regular_expression_stands_between_slashes() {
    has("/^ceo\\b/", "CEO at Example");
    lacks("/^ceo\\b/", "Former CEO");
    has("/^ceo\\b/", "\u{202a} ＣＥＯ\u{a0}at Example");
    has("/talent (acquisition|scout)/", "Talent  Scout");
    has("/é/", "e\u{301}cole");
    lacks("/e/", "é");
    has("/a\\/b/", "a/b");
}

#[test]
fn what_would_be_in_everything_is_refused() {
    refused("", "an empty text");
    refused(" \u{200b} ", "an empty text");
    refused("//", "an empty text");
    refused("/", "an empty text");
}

#[test]
fn a_broken_regular_expression_is_refused_with_its_cause() {
    refused("/(/", "unclosed group");
    refused("/ceo", "ends with a slash");
    refused("/ceo/i", "ends with a slash");
    refused(&"a".repeat(1025), "longer than 1024 bytes");
    refused(&format!("/{}/", "(".repeat(400)), "");
}

#[test]
fn u3_an_explosive_regular_expression_is_refused_at_once() {
    let start = Instant::now();
    refused("/((a{100}){100}){100}/", "grows too big");
    assert!(start.elapsed() < Duration::from_secs(5));
    refused("/(\\w{200}){200}/", "grows too big");
    refused("/((\\pL{9}){99}){99}/", "grows too big");
}

#[test]
fn a_long_text_is_searched_in_no_time() {
    let text = Text::new(&"a".repeat(1 << 18));
    let phrase = Pattern::parse(&"a".repeat(1000)).unwrap();
    let start = Instant::now();
    assert!(!phrase.is_in(&text));
    assert!(start.elapsed() < Duration::from_secs(20));
}

proptest! {
    #[test]
    fn every_word_is_found_in_a_sentence_around_it(word in "\\pL{1,8}") {
        prop_assume!(comparable(&word).starts_with(|c| !is_mark(c)));
        let text = Text::new(&format!("a, {word}. b"));
        prop_assert!(Pattern::parse(&word).unwrap().is_in(&text));
    }

    #[test]
    fn no_text_makes_the_search_fail(pattern in any::<String>(), text in any::<String>()) {
        if let Ok(pattern) = Pattern::parse(&pattern) {
            pattern.is_in(&Text::new(&text));
        }
    }
}
