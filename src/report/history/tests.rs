//! Histories of invented people, honest and hostile ones; a minute and a half for each.

use jiff::tz::{TimeZone, offset};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::domain::history::{Event, EventKind, History, RunId, Site};
use crate::domain::invitation::Key;
use crate::domain::safe_text;
use crate::report::table::View;

const PEOPLE: [&str; 6] = [
    "Robin Example, in/robin-1, stale, withdrawn verified",
    "Zoë 👩🏽‍💻 Example, in/zoe, recruiters, withdrawn",
    "דנה כהן, in/dana, stale, unknown",
    "山田太郎, in/yamada, stale, refused, the card now names somebody else",
    "Sam Sample, card/00ff, , skipped",
    "Ada Example, in/ada, stale, failed, the site said no: try again later",
];

/// `"Robin Example, in/robin-1, stale, withdrawn verified, detail"`.
fn kinds(text: &str) -> Vec<EventKind> {
    let parts: Vec<&str> = text.splitn(5, ", ").collect();
    let [name, id, rule, end, ..] = parts[..] else { panic!("{text}") };
    let key = Key::recorded(id);
    let (word, verified) = end.split_once(' ').map_or((end, false), |(word, _)| (word, true));
    let outcome = Outcome::from_word(word).unwrap();
    let detail = parts.get(4).copied().unwrap_or_default().to_owned();
    let mut kinds = match rule {
        "" => vec![EventKind::Sighted {
            key: key.clone(),
            name: name.to_owned(),
            profile_url: None,
            sent_text: String::new(),
            sent_between: None,
        }],
        rule => vec![EventKind::Intent {
            key: key.clone(),
            name: name.to_owned(),
            profile_url: Some(format!("https://www.linkedin.com/{id}")),
            rule: rule.to_owned(),
        }],
    };
    let sent = matches!(outcome, Outcome::Withdrawn | Outcome::Unknown | Outcome::Failed);
    kinds.extend(sent.then(|| EventKind::ConfirmSent { key: key.clone() }));
    kinds.push(EventKind::Outcome { key: key.clone(), outcome, detail });
    kinds.extend(verified.then_some(EventKind::Verified { key, gone: true }));
    kinds
}

fn history(people: &[&str]) -> History {
    let began: Timestamp = "2026-11-23T22:58:30.4Z".parse().unwrap();
    let site = Site::of("https://www.linkedin.com").unwrap();
    let started = EventKind::RunStarted {
        site: site.clone(),
        account: Some("your-slug".into()),
        version: String::new(),
        boot: None,
    };
    let run = RunId::new(began, 1);
    let mut events = vec![Event { run, at: began, kind: started }];
    for (number, person) in (0..).zip(people) {
        let at = began + SignedDuration::from_secs(90 * number);
        events.extend(kinds(person).into_iter().map(|kind| Event { run, at, kind }));
    }
    History::of(site, &events)
}

fn shown(history: &History) -> Shown<'_> {
    Shown {
        site: "https://www.linkedin.com".to_owned(),
        account: history.account(),
        entries: history.entries().iter().collect(),
        others: 0,
        traces: Vec::new(),
    }
}

fn view(columns: usize) -> View<'static> {
    View { columns, colour: false, verbose: false, next: None }
}

fn table_of(people: &[&str], view: View) -> String {
    table(&shown(&history(people)), &TimeZone::UTC, view)
}

#[track_caller]
fn check(people: &[&str], words: &str) {
    let text = table_of(people, view(120));
    assert!(text.contains(words), "{text}");
}

#[test]
fn who_when_why_and_what_came_of_it_stand_in_one_line() {
    assert_eq!(
        table_of(&PEOPLE, view(80)),
        "\
https://www.linkedin.com · your-slug
oldest first, times in UTC

                                                           Invitable from
When              Name            Rule        Outcome      at the latest
2026-11-23 22:58  Robin Example   stale       withdrawn ✓  2026-12-14
2026-11-23 23:00  Zoë 👩🏽‍💻 Example  recruiters  withdrawn    2026-12-14
2026-11-23 23:01  \u{2068}דנה כהן\u{2069}         stale       unknown
2026-11-23 23:03  山田太郎        stale       refused
                  the card now names somebody else
2026-11-23 23:04  Sam Sample                  skipped
2026-11-23 23:06  Ada Example     stale       failed
                  the site said no: try again later

✓ a fresh load of the Sent tab no longer showed the invitation

2 withdrawn, 1 of them verified · 1 in doubt · 1 failed · 1 refused · 1 skipped

1 in doubt and 1 not verified: `rescind withdraw` settles this first.
"
    );
}

#[test]
fn in_a_narrow_terminal_everything_stands_below_the_time() {
    assert_eq!(
        table_of(&[PEOPLE[0], PEOPLE[5]], view(40)),
        "\
https://www.linkedin.com · your-slug
oldest first, times in UTC

2026-11-23 22:58  withdrawn ✓
  Robin Example
  stale
  invitable from 2026-12-14 at the
  latest
2026-11-23 23:00  failed
  Ada Example
  stale
  the site said no: try again later

✓ a fresh load of the Sent tab no longer
showed the invitation

1 withdrawn, 1 of them verified · 1
failed
"
    );
}

#[test]
fn a_name_that_reads_from_the_right_is_whole_in_any_view() {
    for columns in [40, 80] {
        let text = table_of(&PEOPLE[2..3], view(columns));
        assert!(text.contains("  \u{2068}דנה כהן\u{2069}"), "{text}");
    }
}

#[test]
fn times_are_those_of_the_persons_clock() {
    let history = history(&PEOPLE[..1]);
    let text = table(&shown(&history), &TimeZone::fixed(offset(2)), view(80));
    assert!(text.contains("2026-11-24 00:58"), "{text}");
    assert!(text.contains("2026-12-15"), "{text}");
    assert!(text.contains("oldest first, local time\n"), "{text}");
}

#[test]
fn the_sums_name_every_outcome_that_there_is() {
    check(&PEOPLE, "2 withdrawn, 1 of them verified · 1 in doubt · 1 failed · 1 refused · 1 skip");
    check(&PEOPLE[..1], "\n1 withdrawn, 1 of them verified\n");
}

#[test]
fn what_is_left_is_settled_by_the_next_run() {
    let end = "`rescind withdraw` settles this first.";
    check(&PEOPLE, &format!("1 in doubt and 1 not verified: {end}\n"));
    check(&PEOPLE[2..], &format!("1 in doubt: {end}\n"));
    check(&PEOPLE[1..2], &format!("1 not verified: {end}\n"));
    assert!(!table_of(&PEOPLE[3..], view(120)).contains("settles"));
}

#[test]
fn an_empty_history_says_whether_there_is_another() {
    check(&[], "\n\nNothing has been withdrawn yet.\n");
    let empty = history(&[]);
    let shown = Shown { others: 12, ..shown(&empty) };
    let text = table(&shown, &TimeZone::UTC, view(80));
    assert!(text.ends_with("\n\nNone of the 12 entries is as you asked.\n"), "{text}");
}

#[test]
fn two_people_of_one_name_are_told_apart_and_one_person_twice_is_not_suspected() {
    let twice = [PEOPLE[0], PEOPLE[0]];
    assert!(!table_of(&twice, view(80)).contains('≈'));
    let text = table_of(&[PEOPLE[0], "Rоbin Example, in/robin-2, stale, unknown"], view(80));
    assert!(text.contains("\n                  ≈ in/robin-2\n"), "{text}");
    assert!(text.contains("\n≈ looks like another name here"), "{text}");
    let verbose = View { verbose: true, ..view(80) };
    assert!(table_of(&PEOPLE[..1], verbose).contains("\n                  in/robin-1\n"));
}

#[test]
fn colours_change_nothing_but_colours() {
    let coloured = table_of(&PEOPLE, View { colour: true, ..view(80) });
    assert!(coloured.contains("\u{1b}[32mwithdrawn ✓\u{1b}[0m"), "{coloured:?}");
    let stripped = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(stripped, table_of(&PEOPLE, view(80)));
}

#[test]
fn json_has_every_field_in_the_documented_order() {
    let history = history(&PEOPLE[3..4]);
    let run = RunId::new("2026-11-23T22:58:30.4Z".parse().unwrap(), 1);
    assert_eq!(
        shown(&history).to_json(),
        format!(
            r#"{{
  "schema": 1,
  "site": "https://www.linkedin.com",
  "entries": [
    {{
      "run": "{run}",
      "id": "in/yamada",
      "name": "山田太郎",
      "profile_url": "https://www.linkedin.com/in/yamada",
      "rule": "stale",
      "began_at": "2026-11-23T22:58:30Z",
      "ended_at": "2026-11-23T22:58:30Z",
      "outcome": "refused",
      "verified": false,
      "detail": "the card now names somebody else",
      "invitable_from": null,
      "trace": null
    }}
  ]
}}
"#
        )
    );
}

#[test]
fn what_went_wrong_names_its_trace() {
    let history = history(&PEOPLE);
    let id = TraceId::of(Timestamp::UNIX_EPOCH);
    let traces: Vec<_> =
        history.entries().iter().map(|one| (one.run, one.key.clone(), id.clone())).collect();
    let shown = Shown { traces, ..shown(&history) };
    let count = |view| table(&shown, &TimeZone::UTC, view).matches("rescind trace 1970").count();
    assert_eq!(count(view(80)), 3, "unknown, refused, failed");
    assert_eq!(count(View { verbose: true, ..view(60) }), PEOPLE.len());
    assert!(shown.to_json().contains("\"trace\": \"19700101-000000-000\""));
}

#[test]
fn csv_has_the_same_columns() {
    let text = shown(&history(&["=1+1, in/x, stale, withdrawn verified"])).to_csv().unwrap();
    let (head, row) = text.split_once('\n').unwrap();
    assert_eq!(head.replace('"', ""), FIELDS.join(","));
    let end = r#","in/x","'=1+1","https://www.linkedin.com/in/x","stale","2026-11-23T22:58:30Z","2026-11-23T22:58:30Z","withdrawn","true","","2026-12-14T22:58:30Z","""#;
    assert!(row.trim_end().ends_with(end), "{row}");
    assert_eq!(shown(&history(&[])).to_csv().unwrap().lines().count(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_a_name_says_no_line_breaks_and_nothing_is_obeyed(
        texts in prop::collection::vec("(\u{1b}\\[2J|[\r\n\u{9b}\u{202e}\u{2066}\u{200d}\u{301}]|[a-z]|[א-ת]|👩|山|\\PC){1,60}", 8),
        columns in 20_usize..220,
    ) {
        let plain = |text: &String| text.replace(", ", ",");
        let people: Vec<String> = texts
            .chunks(4)
            .map(|text| text.iter().map(plain).collect::<Vec<_>>())
            .map(|t| format!("{}, in/{}, {}, withdrawn verified, {}", t[0], t[1], t[2], t[3]))
            .collect();
        let people: Vec<&str> = people.iter().map(String::as_str).collect();
        let history = history(&people);
        let text = table(&shown(&history), &TimeZone::UTC, view(columns));
        for line in text.lines() {
            let ours = |c: char| matches!(c, '\u{2068}' | '\u{2069}');
            let obeyed = line.chars().find(|c| safe_text::is_unsafe(*c) && !ours(*c));
            prop_assert_eq!(obeyed, None);
            prop_assert!(line.width() <= columns.max(30), "{} columns: {}", columns, line);
        }
        for text in [shown(&history).to_json(), shown(&history).to_csv().unwrap()] {
            prop_assert!(!text.contains(|c| c != '\n' && safe_text::is_unsafe(c)));
        }
    }
}
