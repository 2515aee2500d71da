//! Every language that the practice site speaks is read, and acted in, by what does not depend on
//! language; only ages need words, and what those do not say for certain is never guessed.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use rescind::browser::act::{self, Attempt, Notes, SentTab};
use rescind::browser::error::PageError;
use rescind::browser::sent_page::{self, Reading, Scan};
use rescind::domain::age::Age;
use rescind::domain::history::Outcome;
use rescind::domain::invitation::{Key, Kind};
use rescind::domain::language;
use serde_json::Value;

use crate::trial::Trial;
use crate::window::Window;

/// As `lang=` of the practice site and as rescind calls them.
const LANGUAGES: [(&str, &str); 14] = [
    ("en", "en"),
    ("fr", "fr"),
    ("de", "de"),
    ("es", "es"),
    ("pt", "pt"),
    ("it", "it"),
    ("nl", "nl"),
    ("pl", "pl"),
    ("tr", "tr"),
    ("ja", "ja"),
    ("zh", "zh-Hans"),
    ("ko", "ko"),
    ("ar", "ar"),
    ("he", "he"),
];

const PEOPLE: &str = "return JSON.stringify(window.rescindMock.people());";

const HUNDREDS: &str = "count=300&batch=100&delay=0";

/// The list of a practice site with these switches, read afresh in an open window.
async fn read(window: &mut Window, switches: &str, now: Timestamp) -> Result<Scan, PageError> {
    window.mock.set_switches(switches);
    let (layout, language) = window.site.reload_sent().await?;
    let reading = Reading { layout: &layout, language: &language, kind: Kind::Person, now };
    sent_page::read_all(&mut window.site, reading, &mut |_| {}).await
}

/// What the practice site itself says of everybody: by the id, else by the name.
async fn truth(window: &mut Window) -> BTreeMap<String, Value> {
    let people: Vec<Value> = window.site.session.run(PEOPLE, &Value::Null).await.unwrap();
    let known = |one: &Value| match one["slug"].as_str() {
        Some(_) => one["id"].as_str().unwrap().to_lowercase(),
        None => one["name"].as_str().unwrap().to_owned(),
    };
    people.into_iter().map(|one| (known(&one), one)).collect()
}

/// Nobody is missed, and every age is what the practice site says it is.
fn check_against(truth: &BTreeMap<String, Value>, scan: &Scan, language: &str) {
    assert_eq!((scan.invitations.len(), scan.complete), (truth.len(), true), "{language}");
    assert_eq!(scan.announced, Some(300), "{language}");
    assert_eq!(scan.language, language);
    for one in &scan.invitations {
        let doubt = one.doubt.as_deref().unwrap_or_default();
        assert!(!doubt.contains("somebody else"), "{language}: {}: {doubt}", one.name);
        let known = if one.key.is_profile() { one.key.as_str() } else { &one.name };
        let person = truth.get(known).unwrap_or_else(|| panic!("{language}: {known} is nobody"));
        let shown = one.sent_text.replace('\u{a0}', " ");
        assert_eq!(shown, person["sentText"].as_str().unwrap(), "{language}: {known}");
        let age = one.age.unwrap_or_else(|| panic!("{language}: {shown} was not read"));
        let (days, actual) = (age.days(), person["ageDays"].as_i64().unwrap());
        assert!((days.min..=days.max).contains(&actual), "{language}: {shown} is not {days}");
    }
}

#[tokio::test]
async fn three_hundred_are_read_in_each_of_fourteen_languages() {
    let now = Timestamp::now();
    let mut window = Window::open(HUNDREDS).await;
    let mut first: HashMap<Key, Option<Age>> = HashMap::new();
    for (lang, language) in LANGUAGES {
        let scan = read(&mut window, &format!("{HUNDREDS}&lang={lang}"), now).await.unwrap();
        check_against(&truth(&mut window).await, &scan, language);
        for one in scan.invitations.into_iter().filter(|one| one.key.is_profile()) {
            // An interval that is too wide would hold the truth as well.
            let english = *first.entry(one.key.clone()).or_insert(one.age);
            assert_eq!(one.age, english, "{language}: {} {}", one.key, one.sent_text);
        }
    }
    window.close().await;
}

#[tokio::test]
async fn separators_unknown_buttons_and_wrong_claims_of_a_language_mislead_nobody() {
    let now = Timestamp::now();
    let mut window = Window::open("count=12").await;
    // 1 100 with a narrow no-break space, 1.100, and Arabic digits with their own separator.
    for lang in ["fr", "de", "ar"] {
        let switches = format!("count=1100&batch=1100&delay=0&lang={lang}");
        let scan = read(&mut window, &switches, now).await.unwrap();
        assert_eq!((scan.announced, scan.complete), (Some(1100), true), "{lang}");
    }
    // A button whose words nobody has seen is known by its place.
    for lang in ["ja", "pt", "he"] {
        let switches = format!("count=35&delay=0&load=button&lang={lang}");
        let scan = read(&mut window, &switches, now).await.unwrap();
        assert_eq!((scan.invitations.len(), scan.complete), (35, true), "{lang}");
    }
    // A page that claims another language than its words are in is not misread.
    for (lang, claimed) in [
        ("de", "fr"),
        ("es", "pt"),
        ("pt", "es"),
        ("zh", "ja"),
        ("ja", "zh"),
        ("ar", "fa"),
        ("pl", "en"),
    ] {
        let switches = format!("count=40&batch=40&delay=0&lang={lang}&fault=language:{claimed}");
        let error = read(&mut window, &switches, now).await.unwrap_err();
        assert!(matches!(error, PageError::NotUnderstood(_)), "{lang} as {claimed}: {error}");
    }
    // One that claims none is read by what its ages say.
    for lang in ["ko", "he", "tr"] {
        let switches = format!("count=300&batch=300&delay=0&lang={lang}&fault=language:");
        let scan = read(&mut window, &switches, now).await.unwrap();
        check_against(&truth(&mut window).await, &scan, lang);
    }
    window.close().await;
}

/// The oldest ones that nothing speaks against.
fn two_of(scan: &Scan) -> Vec<Key> {
    let sure = scan.invitations.iter().rev().filter(|one| one.doubt.is_none());
    sure.map(|one| one.key.clone()).take(2).collect()
}

#[tokio::test]
async fn people_are_withdrawn_where_nobody_knows_the_words_of_the_controls() {
    let now = Timestamp::now();
    let usual = "count=14&first=14&delay=0&hydrate=0&dialog-delay=0&effect-delay=0";
    let mut window = Window::open(usual).await;
    let mut all = Vec::new();
    for (lang, code) in [("fr", "fr"), ("ja", "ja")] {
        let scan = read(&mut window, &format!("{usual}&lang={lang}"), now).await.unwrap();
        let language = language::bundled(code).unwrap();
        for key in two_of(&scan) {
            let (site, layout) = (&mut window.site, &window.layout);
            let mut tab = SentTab { site, layout, language, kind: Kind::Person, now };
            let attempt =
                act::withdraw(&mut tab, &key, &mut Notes::begin(true), &mut |_| Ok(())).await;
            let Attempt::Ended(ending) = attempt else { panic!("{lang} {key}: {attempt:?}") };
            assert_eq!(ending.outcome, Outcome::Withdrawn, "{lang} {key}: {}", ending.detail);
            all.push(key.to_string());
        }
        let left = read(&mut window, &format!("{usual}&lang={lang}"), now).await.unwrap();
        assert_eq!(left.invitations.len(), 14 - all.len(), "{lang}");
    }
    assert_eq!(window.mock.withdrawn(), all);
    window.close().await;
}

#[test]
fn a_run_from_right_to_left_proves_what_it_withdrew() {
    let trial = Trial::new("lang=ar");
    let run = trial.run(&["--limit", "2"]);
    run.ran.expect(0, "");
    let outcomes = run.json["outcomes"].as_array().unwrap();
    let proven =
        outcomes.iter().filter(|one| one["outcome"] == "withdrawn" && one["verified"] == true);
    assert_eq!((proven.count(), trial.mock.withdrawn().len()), (2, 2));
}

#[test]
fn nobody_is_clicked_where_the_ages_are_in_no_known_language() {
    let trial = Trial::new("lang=de&fault=language:xx");
    let run = trial.run(&[]);
    run.ran.expect(6, "the language of the page's ages is not known");
    assert_eq!(trial.logged("click-withdraw"), Vec::<String>::new());
}

#[test]
fn nobody_is_clicked_where_neither_words_nor_structure_tell_the_control() {
    let mut own: toml::Table = include_str!("../../layouts/2026.toml").parse().unwrap();
    let words = r#"control = [{ css = '[aria-label^="Withdraw invitation sent to"]' }]"#;
    let words: toml::Table = words.parse().unwrap();
    own["card"]["control"] = words["control"].clone();
    let trial = Trial::new("lang=tr");
    let folder = trial.world.home().join("config/rescind/layouts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("2026.toml"), own.to_string()).unwrap();
    let run = trial.run(&[]);
    run.ran.expect(6, "no card of the list has a Withdraw control of its own");
    assert_eq!(trial.logged("click-withdraw"), Vec::<String>::new());
}
