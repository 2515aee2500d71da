//! Any line, read as an age in every language.

use std::sync::OnceLock;

use jiff::{SignedDuration, Timestamp};
use rescind::config::Config;
use rescind::domain::age::Age;
use rescind::domain::invitation::{Invitation, Key, Kind};
use rescind::domain::language;
use rescind::domain::rules::{Rules, Verdict};

pub fn check(bytes: &[u8]) {
    let Ok(line) = std::str::from_utf8(bytes) else { return };
    for now in super::NOWS.map(|now| now.parse().unwrap()) {
        for code in language::codes() {
            let age = language::bundled(code).unwrap().parse_age(line, now);
            if let Some(age) = age {
                check_interval(age, now);
            }
            check_rules(line, age, now);
        }
    }
    // Whichever language is picked for a page that names none, it can read the line.
    if let Some(language) = language::of_lines(&[line], super::now()) {
        assert!(language.parse_age(line, super::now()).is_some(), "{line:?}");
    }
}

fn check_interval(age: Age, now: Timestamp) {
    let days = age.days();
    assert!(0 <= days.min && days.min <= days.max, "{age:?}");
    assert!(age.earliest < age.latest && age.latest <= now && age.now == now, "{age:?}");
}

/// An age that cannot be read satisfies nothing; one that can, only with all of it.
fn check_rules(line: &str, age: Option<Age>, now: Timestamp) {
    static RULES: OnceLock<[Rules; 2]> = OnceLock::new();
    let rules =
        |condition: &str| Config::parse(&format!("[[rule]]\n{condition}"), "rules").unwrap().rules;
    let [older, newer] = RULES
        .get_or_init(|| [rules("older_than = \"42 days\""), rules("newer_than = \"42 days\"")]);
    let then = now.checked_sub(SignedDuration::from_hours(42 * 24)).unwrap();
    let invitation = Invitation {
        key: Key::recorded("in/robin-example"),
        name: "Robin Example".to_owned(),
        profile_url: None,
        headline: None,
        note: None,
        kind: Kind::Person,
        sent_text: line.to_owned(),
        age,
        doubt: None,
    };
    let withdraws = |rules: &Rules| rules.decide(&invitation).verdict == Verdict::Withdraw;
    assert_eq!(withdraws(older), age.is_some_and(|age| age.latest <= then), "{line:?} {age:?}");
    assert_eq!(withdraws(newer), age.is_some_and(|age| age.earliest >= then), "{line:?} {age:?}");
}
