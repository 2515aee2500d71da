//! English and the rules that hold in every language.

use super::*;
use crate::domain::age::Days;

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

#[track_caller]
fn check(code: &str, text: &str, expected: Option<(i64, i64)>) {
    let language = bundled(code).unwrap_or_else(|| panic!("no language for {code}"));
    let days = language.parse_age(text, now()).map(|age| age.days());
    assert_eq!(days, expected.map(|(min, max)| Days { min, max }), "{code}: {text}");
}

#[track_caller]
fn no_age(code: &str, texts: &[&str]) {
    for text in texts {
        check(code, text, None);
    }
}

#[test]
fn every_language_reads_its_own_examples() {
    for bundled in codes() {
        let toml = bundled::text(bundled);
        let source = source::Source::parse(toml).unwrap_or_else(|e| panic!("{bundled}: {e}"));
        assert_eq!(source.language, bundled);
        assert!(source.examples.len() >= 3, "{bundled} needs examples");
        for example in source.examples {
            let expected = (!example.days.is_empty()).then(|| (example.days[0], example.days[1]));
            check(bundled, &example.text, expected);
        }
    }
}

#[test]
fn blanks_marks_and_case_do_not_matter() {
    check("en", "Sent\u{a0}3\u{a0}weeks\u{a0}ago", Some((21, 27)));
    check("en", "\u{200f}SENT  3\u{202f}WEEKS\n ago\u{200b} ", Some((21, 27)));
    check("en", "• Sent: 3 weeks ago", Some((21, 27)));
    check("ja", "送信日: ３ 週間前", Some((21, 27)));
    check("ar", "\u{200f}قبل ٣ أسابيع\u{200f}", Some((21, 27)));
    check("en", "Ｓｅｎｔ ３ weeks ago", Some((21, 27)));
}

#[test]
fn a_line_that_says_more_than_an_age_is_none() {
    no_age("en", &["10 years building X", "Presenting at … 12 years ago"]);
    no_age("en", &["Sent from my heart 3 weeks ago to you", "3 weeks ago to you"]);
    no_age("en", &["Retired 3 years ago", "about 3 weeks ago", "Sent Sent 3 weeks ago"]);
    no_age("en", &["Sent", "", "3", "weeks ago", "Sent 3 weeks", "in 3 weeks"]);
}

#[test]
fn a_frame_that_no_file_lists_is_not_guessed_at() {
    no_age("nl", &["3 jaar geleden gestopt", "bijna 3 weken geleden"]);
    no_age("ru", &["Работал 3 года назад", "менее 3 недель назад"]);
    no_age("de", &["Gegründet vor 10 Jahren", "vor 10 Jahren gegründet"]);
    no_age("ja", &["3年前に起業", "約3週間前"]);
}

#[test]
fn one_and_two_may_be_words() {
    check("ar", "قبل سنتين", Some((730, 1095)));
    check("ar", "منذ أسبوع", Some((7, 13)));
    check("he", "לפני שבועיים (2)", Some((14, 20)));
    check("he", "נשלח לפני שבוע", Some((7, 13)));
    check("fr", "Envoyée il y a une semaine", Some((7, 13)));
}

#[test]
fn numbers_that_no_age_has_are_refused() {
    no_age("en", &["Sent 10000 days ago", "Sent 99999999999999999999 days ago"]);
    no_age("en", &["-3 weeks ago", "2.5 weeks ago", "1,000 days ago", "1 2 weeks ago"]);
    no_age("en", &["2 weeks 3 days ago", "Team 4 3 weeks ago"]);
}

#[test]
fn periods_of_the_calendar_are_not_guessed_at() {
    no_age("en", &["last week", "Sent last month", "last year", "this week"]);
}

#[test]
fn the_page_may_name_its_language_in_any_usual_way() {
    for locale in ["en", "EN", "en-US", "en_GB.UTF-8", " en "] {
        assert_eq!(bundled(locale).map(Language::code), Some("en"), "{locale}");
    }
    let relatives = [
        ("pt-BR", "pt"),
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hant"),
        ("zh-CN", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("nb-NO", "no"),
        ("no", "no"),
        ("fil-PH", "tl"),
        ("iw", "he"),
        ("in-ID", "id"),
        ("ar-u-nu-arab", "ar"),
    ];
    for (locale, code) in relatives {
        assert_eq!(bundled(locale).map(Language::code), Some(code), "{locale}");
    }
    for locale in ["", "eo", "english", "-", "xx-en"] {
        assert!(bundled(locale).is_none(), "{locale}");
    }
}

#[track_caller]
fn bad(toml: &str, expected: &str) {
    let message = Language::parse(toml).unwrap_err().to_string();
    assert!(message.contains(expected), "{message}");
}

#[test]
fn a_file_with_a_mistake_says_which() {
    bad("language = 'x'\n[hand.number]\nweek = ['a week']", "`a week` needs `{0}` exactly once");
    bad("language = 'x'\nframes = ['Sent']", "`Sent` needs `{age}` exactly once");
    bad("language = 'x'\n[hand.one]\nweek = ['1 week']", "`1 week` has a digit");
    bad("language = 'x'\n[hand]\ndigits = '123'", "ten characters");
    bad("language = 'x'\n[hand.number]\nfortnight = []", "fortnight");
}

#[test]
fn a_form_with_two_meanings_is_not_an_age() {
    let forms = "[hand.number]\nminute = ['{0} m']\nmonth = ['{0}M', '{0} mo']";
    bad(&format!("language = 'x'\n{forms}"), "`{0}M` has two meanings");
    let refused = "[[refused]]\ntext = '{0}m'\nreason = 'minutes or months'";
    let language = Language::parse(&format!("language = 'x'\n{refused}\n{forms}")).unwrap();
    assert_eq!(language.parse_age("3 m", now()), None);
    assert!(language.parse_age("3 mo", now()).is_some());
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_fail(text in "\\PC{0,40}") {
        for code in ["en", "ar", "ja"] {
            let age = bundled(code).unwrap().parse_age(&text, now());
            proptest::prop_assert!(age.is_none_or(|age| age.days().min <= age.days().max));
        }
    }

    #[test]
    fn words_beside_an_age_make_it_none(word in "[a-z]{1,12}", weeks in 1..100_u32) {
        proptest::prop_assume!(word != "sent");
        let line = format!("{word} {weeks} weeks ago");
        proptest::prop_assert!(bundled("en").unwrap().parse_age(&line, now()).is_none());
        let line = format!("{weeks} weeks ago {word}");
        proptest::prop_assert!(bundled("en").unwrap().parse_age(&line, now()).is_none());
    }
}
