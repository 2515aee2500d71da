//! Text made comparable: what a reader takes for the same words becomes the same string.
//!
//! The order is NFKC, ignorable characters out, full case folding, accents out, white space to
//! single blanks. Rules use it for keywords and ages for every language, therefore what is
//! dropped is decided by the script of the letter that carries the mark:
//!
//! - Latin, Greek, Cyrillic: every nonspacing mark. `é` is found with `e`, `ё` with `е`.
//! - Hebrew points and Arabic vowel signs: dropped, since people and sites mostly leave them out
//!   (`يومًا` is also written `يوما`). Hamza and madda stay; they make another letter.
//! - Every other script keeps its marks: in Hindi, Bangla, Telugu or Thai they are the vowels and
//!   tones, without which two words would become one. Japanese keeps its voicing marks.
//!
//! Folding twice is folding once, so texts may be folded early or late.

use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, Script};
use icu_properties::{CodePointMapData, CodePointSetData};

/// The text without what does not matter when words are compared. One line, no blanks around it.
pub fn fold(text: &str) -> String {
    let compatible = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
    let visible: String = compatible.chars().filter(|c| !is_ignorable(*c)).collect();
    let folded = CaseMapper::new().fold_string(&visible);
    let bare = without_accents(&DecomposingNormalizerBorrowed::new_nfd().normalize(&folded));
    let words: Vec<&str> = bare.split_whitespace().collect();
    let line = words.join(" ");
    ComposingNormalizerBorrowed::new_nfc().normalize(&line).into_owned()
}

/// Bidi marks, zero-width characters, soft hyphens, variation selectors.
fn is_ignorable(c: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

fn without_accents(decomposed: &str) -> String {
    let category = CodePointMapData::<GeneralCategory>::new();
    let script = CodePointMapData::<Script>::new();
    let mut bare = String::with_capacity(decomposed.len());
    let mut carrier = Script::Common;
    for c in decomposed.chars() {
        if category.get(c) != GeneralCategory::NonspacingMark {
            carrier = script.get(c);
            push_letter(&mut bare, c);
        } else if !is_accent(c, carrier) {
            bare.push(c);
        }
    }
    bare
}

/// Whether a nonspacing mark is left out on a letter of this script.
fn is_accent(mark: char, carrier: Script) -> bool {
    match carrier {
        Script::Latin | Script::Greek | Script::Cyrillic | Script::Hebrew => true,
        Script::Arabic => matches!(mark, '\u{64b}'..='\u{652}' | '\u{670}'),
        _ => false,
    }
}

/// Letters whose accent is part of the shape and that Unicode therefore does not take apart, and
/// the signs that a keyboard and a typesetter write differently.
fn push_letter(bare: &mut String, c: char) {
    match c {
        'ı' => bare.push('i'),
        'ł' => bare.push('l'),
        'ø' => bare.push('o'),
        'đ' => bare.push('d'),
        'ħ' => bare.push('h'),
        'ŧ' => bare.push('t'),
        'æ' => bare.push_str("ae"),
        'œ' => bare.push_str("oe"),
        '‘' | '’' | 'ʼ' => bare.push('\''),
        '‐' => bare.push('-'),
        _ => bare.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn same(left: &str, right: &str) {
        assert_eq!(fold(left), fold(right));
    }

    #[track_caller]
    fn different(left: &str, right: &str) {
        assert_ne!(fold(left), fold(right));
    }

    #[test]
    fn case_does_not_matter() {
        same("Recruiter", "RECRUITER");
        same("Straße", "STRASSE");
        same("ΟΔΥΣΣΕΥΣ", "οδυσσευς");
        same("İstanbul", "istanbul");
        same("IŞIK", "ışık");
    }

    #[test]
    fn unicode_forms_do_not_matter() {
        same("ＲＥＣＲＵＩＴＥＲ", "recruiter");
        same("𝐑𝐞𝐜𝐫𝐮𝐢𝐭𝐞𝐫", "recruiter");
        same("e\u{301}", "é");
        same("ｶﾞ", "ガ");
        same("ﬁnance", "finance");
        same("l’équipe", "l'equipe");
    }

    #[test]
    fn accents_do_not_matter_where_they_are_accents() {
        same("Développeur", "developpeur");
        same("Ωραίος", "ωραιος");
        same("ещё", "еще");
        same("Łukasz Sørensen", "lukasz sorensen");
        same("يومًا", "يوما");
        same("שָׁלוֹם", "שלום");
    }

    #[test]
    fn marks_that_make_another_word_are_kept() {
        different("दिन", "दन");
        different("ใหม่", "ใหม");
        different("か", "が");
        different("سال", "سأل");
        different("দিন", "দন");
    }

    #[test]
    fn invisible_characters_and_kinds_of_blank_do_not_matter() {
        same("\u{200f}Sent\u{a0}3\u{202f}weeks \n ago\u{200b}", "sent 3 weeks ago");
        same("\u{feff}soft\u{ad}ware\u{2060}", "software");
        assert_eq!(fold(" \u{200e}\t\u{3000}"), "");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn letters_and_marks_fold_the_same_twice(text in "[\u{41}-\u{17f}\u{300}-\u{36f}\u{370}-\u{5ff}\u{600}-\u{6ff}\u{ff00}-\u{ffef} ]{0,12}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
