//! Reports of invented people, honest and hostile ones.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::domain::age::Age;
use crate::domain::invitation::{Invitation, Key, Kind};
use crate::domain::report::{Report, Row};
use crate::domain::rules::{Decision, Verdict};
use crate::domain::safe_text;
use crate::report::table::{View, table};

const PLAIN: View = View { columns: 80, colour: false, verbose: false, next: None };

fn report(rows: Vec<Row>) -> Report {
    Report {
        generated_at: "2026-11-23T10:00:00Z".parse().unwrap(),
        site: "https://www.linkedin.com".into(),
        account: Some("your-slug".into()),
        layout: "2026".into(),
        language: "en".into(),
        announced: Some(rows.len() as u64),
        complete: true,
        rows,
        remarks: Vec::new(),
    }
}

/// `"withdraw Robin Example, in/robin, Engineer, 21-27"`.
fn row(text: &str) -> Row {
    let (word, rest) = text.split_once(' ').unwrap();
    let parts: Vec<&str> = rest.split(", ").collect();
    let [name, key, headline, days] = parts[..] else { panic!("{text}") };
    let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let ago = |days: i64| now - SignedDuration::from_hours(24 * days);
    let days = days
        .split_once('-')
        .map(|(min, max)| (min.parse::<i64>().unwrap(), max.parse::<i64>().unwrap()));
    let (verdict, rule, reason) = match (word, days) {
        ("withdraw", Some((min, _))) => {
            (Verdict::Withdraw, Some("stale".into()), format!("sent at least {min} days ago"))
        }
        ("keep", Some((_, max))) => {
            (Verdict::Keep, None, format!("younger than 6 weeks: sent at most {max} days ago"))
        }
        _ => (Verdict::Unsure, None, "its age \"recently\" could not be read".into()),
    };
    Row {
        invitation: Invitation {
            key: Key::recorded(key),
            name: name.into(),
            profile_url: None,
            headline: (!headline.is_empty()).then(|| headline.into()),
            note: None,
            kind: Kind::Person,
            sent_text: "Sent recently".into(),
            age: days.map(|(min, max)| {
                let (earliest, latest) = (ago(max + 1), ago(min));
                Age { earliest, latest, now, seen_since: None }
            }),
            doubt: None,
        },
        decision: Decision { verdict, rule, reason },
    }
}

fn at(columns: usize) -> View<'static> {
    View { columns, ..PLAIN }
}

/// The lines of the report from the one that starts so.
#[track_caller]
fn from(start: &str, text: &str) -> String {
    let at = text.find(start).unwrap_or_else(|| panic!("no {start:?} in {text}"));
    text[at..].to_owned()
}

const PEOPLE: [&str; 5] = [
    "keep 山田太郎, in/yamada, 東京大学, 7-13",
    "withdraw Robin Example, in/robin-1, Engineer at Example & Sons, 42-48",
    "keep דנה כהן, in/dana, , 0-0",
    "unsure Sam Sample, card/00ff, Student, ?",
    "withdraw Zoë 👩🏽‍💻 Example, in/zoe, UX, 61-91",
];

#[test]
fn what_goes_and_why_comes_first_and_the_oldest_before_all() {
    let mut report = report(PEOPLE.map(row).to_vec());
    report.remarks = vec!["Went to the Sent tab by its address".into()];
    let view = View { next: Some("Save it: rescind report --plan FILE"), ..at(100) };
    assert_eq!(
        table(&report, view),
        "\
https://www.linkedin.com · your-slug · 2026-11-23 10:00 UTC
layout 2026, language en

Note: Went to the Sent tab by its address

5 pending, as many as the page announces
  2 to withdraw  stale 2
  1 unsure
  2 to keep

Age (█ to withdraw, ░ not)
  under 1 week 1 ░
  1–2 weeks    1 ░
  2–4 weeks    0
  1–2 months   1 █
  2–3 months   1 █
  age unknown  1 ░

To withdraw, oldest first: 2
  Name            Age            Headline             Why
  Zoë 👩🏽‍💻 Example  61–91 days     UX                   stale: sent at least 61 days ago
  Robin Example   42–48 days     Engineer at Exampl…  stale: sent at least 42 days ago

Unsure, never withdrawn: 1
  Name            Age            Headline             Why
  Sam Sample      Sent recently  Student              its age \"recently\" could not be read

To keep: 2
  Name            Age            Headline             Why
  山田太郎        7–13 days      東京大学             younger than 6 weeks: sent at most 13 days ago
  \u{2068}דנה כהן\u{2069}         today                               younger than 6 weeks: sent at most 0 days ago

Save it: rescind report --plan FILE
"
    );
}

#[test]
fn in_a_narrow_terminal_each_person_is_a_stack_beside_the_age() {
    let report = report(vec![row(PEOPLE[1])]);
    assert_eq!(
        from("To withdraw,", &table(&report, at(40))),
        "\
To withdraw, oldest first: 1
  Robin Example               42–48 days
    Engineer at Example & S…
    stale: sent at least 42
    days ago
"
    );
}

#[test]
fn a_list_that_is_not_whole_says_so_at_the_top() {
    let mut report = report(PEOPLE.map(row).to_vec());
    report.announced = Some(40);
    report.complete = false;
    let text = table(&report, PLAIN);
    let warning = text.find("INCOMPLETE: the page announces 40 and 5 were read.");
    assert!(warning < text.find("5 pending, the page announces 40"), "{text}");
    report.rows.clear();
    assert!(table(&report, PLAIN).contains("No invitation was read."));
}

#[test]
fn an_empty_list_is_no_table() {
    let text = table(&report(vec![]), PLAIN);
    assert!(text.ends_with("language en\n\nNothing is pending.\n"), "{text}");
}

#[test]
fn names_that_look_the_same_stand_beside_their_whole_profile() {
    let long = format!("in/robin-{}-2", "x".repeat(40));
    let second = format!("withdraw Rоbin Example, {long}, Engineer, 42-48");
    let text = table(&report(vec![row(PEOPLE[1]), row(&second)]), at(100));
    assert!(text.contains("≈ in/robin-1\n"), "{text}");
    let joined: String = text.split_whitespace().collect();
    assert!(joined.contains(&long), "{text}");
    assert!(text.ends_with("go by the profile below it\n"), "{text}");
}

#[test]
fn in_a_long_report_the_kept_are_counted_by_reason() {
    let mut rows: Vec<Row> = (0..1000)
        .map(|i| row(&format!("keep Kept {i}, in/kept-{i}, , {}-{}", i % 12, i % 12)))
        .collect();
    rows.push(row(PEOPLE[1]));
    let report = report(rows);
    let text = table(&report, PLAIN);
    assert!(text.contains("To keep: 1000, by reason (-v lists them all)\n    84  younger"));
    assert!(text.ends_with(" 332  for other reasons\n"), "{text}");
    assert!(text.contains("Robin Example") && !text.contains("Kept"));
    let verbose = View { verbose: true, ..PLAIN };
    assert!(table(&report, verbose).contains("Kept 999"));
}

#[test]
fn colours_change_nothing_but_colours() {
    let report = report(PEOPLE.map(row).to_vec());
    let coloured = table(&report, View { colour: true, ..PLAIN });
    assert!(coloured.contains("\u{1b}[1m\u{1b}[31mTo withdraw, oldest first: 2\u{1b}[0m\n"));
    let stripped = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(stripped, table(&report, PLAIN));
}

#[track_caller]
fn assert_safe(text: &str, columns: usize) {
    for line in text.lines() {
        let obeyed = |c: &char| safe_text::is_unsafe(*c) && !matches!(c, '\u{2068}' | '\u{2069}');
        assert_eq!(line.chars().find(obeyed), None, "{line:?}");
        assert!(line.width() <= columns, "wider than {columns}: {line}");
        assert_eq!(line.trim_end(), line, "blanks at the end");
    }
}

#[test]
fn a_megabyte_of_headline_or_reason_makes_no_pages() {
    let mut one = row(PEOPLE[1]);
    one.invitation.headline = Some("flood ".repeat(150_000));
    one.decision.reason = "flood ".repeat(150_000);
    for columns in [40, 100] {
        let text = table(&report(vec![one.clone()]), at(columns));
        assert!(text.lines().count() < 30, "{text}");
        assert_safe(&text, columns);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_the_page_says_no_line_breaks_and_nothing_is_obeyed(
        texts in prop::collection::vec("(\u{1b}\\[2J|[\r\n\u{9b}\u{202e}\u{2066}\u{200d}\u{301}]|[a-z]|[א-ת]|[ก-๛]|👩|山|\\PC){0,60}", 20),
        columns in 30_usize..220,
    ) {
        let mut rows = Vec::new();
        for (i, text) in texts.chunks(4).enumerate() {
            let mut row = row(PEOPLE[i]);
            row.invitation.name = text[0].clone();
            row.invitation.headline = Some(text[1].clone());
            row.invitation.key = Key::recorded(format!("in/{}", text[2]));
            row.invitation.sent_text = text[2].clone();
            row.decision.reason = text[3].clone();
            rows.push(row.clone());
            rows.push(row);
        }
        let mut report = report(rows);
        report.account = Some(texts[0].clone());
        report.remarks = vec![texts[1].clone()];
        assert_safe(&table(&report, at(columns)), columns);
    }
}
