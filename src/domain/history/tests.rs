//! Histories in one line each: ten seconds pass before every event.

use jiff::SignedDuration;

use super::*;
use crate::domain::invitation::Kind;

pub(super) const HOUR: SignedDuration = SignedDuration::from_hours(1);

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

pub(super) fn site() -> Site {
    Site::of("https://www.linkedin.com").unwrap()
}

pub(super) fn started(origin: &str) -> EventKind {
    EventKind::RunStarted {
        site: Site::of(origin).unwrap(),
        account: None,
        version: String::new(),
        boot: None,
    }
}

pub(super) fn intent(key: &str) -> EventKind {
    EventKind::Intent {
        key: Key::recorded(key),
        name: key.to_uppercase(),
        profile_url: None,
        rule: "stale".to_owned(),
    }
}

pub(super) fn kind(step: &str) -> EventKind {
    let (verb, object) = step.trim().split_once(' ').unwrap_or((step, ""));
    let key = Key::recorded(object);
    match verb.trim() {
        "run" => started(if object.is_empty() { "https://www.linkedin.com" } else { object }),
        "look" => EventKind::LookStarted {
            site: site(),
            account: (!object.is_empty()).then(|| object.to_owned()),
            version: String::new(),
            boot: Some(Boot { id: "x".to_owned(), up: SignedDuration::ZERO }),
        },
        "intent" => intent(object),
        "opened" => EventKind::Opened { key },
        "confirm" => EventKind::ConfirmSent { key },
        "absent" => EventKind::Verified { key, gone: true },
        "listed" => EventKind::Verified { key, gone: false },
        "see" => EventKind::Sighted {
            key,
            name: object.to_uppercase(),
            profile_url: None,
            sent_text: String::new(),
            sent_between: None,
        },
        "scan" => EventKind::ScanEnded {
            pill: Kind::Person,
            announced: None,
            read: 0,
            complete: object == "complete",
        },
        "stop" => EventKind::Stopped { word: StopWord::from_word(object), detail: String::new() },
        word => EventKind::Outcome {
            key,
            outcome: Outcome::from_word(word).unwrap(),
            detail: String::new(),
        },
    }
}

fn events(script: &str) -> Vec<Event> {
    let mut run = 0;
    (1..)
        .zip(script.split(','))
        .map(|(place, step)| {
            let step = step.trim();
            run += u128::from(step.starts_with("run") || step.starts_with("look"));
            Event { run: RunId::new(at(0), run), at: at(10 * place), kind: kind(step) }
        })
        .collect()
}

pub(super) fn history(script: &str) -> History {
    History::of(site(), &events(script))
}

/// Each entry as `key outcome`, with `doubt`, `verified` and `counts` where they hold.
#[track_caller]
fn check(script: &str, expected: &str) {
    let shown: Vec<_> = history(script)
        .entries()
        .iter()
        .map(|entry| {
            let mut words = vec![entry.key.as_str(), entry.outcome().word()];
            words.extend(entry.in_doubt().then_some("doubt"));
            words.extend(entry.verified.then_some("verified"));
            words.extend(entry.counts().then_some("counts"));
            words.join(" ")
        })
        .collect();
    assert_eq!(shown.join(", "), expected, "{script}");
}

#[test]
fn a_withdrawal_is_done_when_a_fresh_list_no_longer_shows_it() {
    check("run, intent a, opened a, confirm a, withdrawn a", "a withdrawn counts");
    check(
        "run, intent a, opened a, confirm a, withdrawn a, absent a",
        "a withdrawn verified counts",
    );
}

#[test]
fn what_was_begun_and_not_ended_is_in_doubt_and_counts() {
    for begun in ["intent a", "intent a, opened a", "intent a, opened a, confirm a"] {
        check(&format!("run, {begun}"), "a unknown doubt counts");
        check(&format!("run, {begun}, run"), "a unknown doubt counts");
    }
    check("run, intent a, confirm a, unknown a", "a unknown doubt counts");
}

#[test]
fn a_doubt_is_settled_by_reading_the_list() {
    check("run, intent a, confirm a, run, absent a", "a withdrawn verified counts");
    check("run, intent a, confirm a, unknown a, run, listed a", "a failed counts");
    check("run, intent a, opened a, run, absent a", "a gone verified counts");
    check("run, intent a, opened a, run, listed a", "a failed");
}

#[test]
fn no_word_of_a_later_run_settles_a_doubt() {
    check("run, intent a, run, skipped a", "a unknown doubt counts, a skipped");
    check("run, intent a, run, skipped a, absent a", "a gone verified counts, a skipped verified");
}

#[test]
fn nothing_counts_of_which_it_is_certain_that_nothing_was_sent() {
    for outcome in ["refused", "gone", "skipped", "failed"] {
        check(&format!("run, intent a, opened a, {outcome} a"), &format!("a {outcome}"));
        check(&format!("run, {outcome} a"), &format!("a {outcome}"));
    }
}

#[test]
fn after_the_confirming_click_nobody_can_say_that_nothing_was_sent() {
    for outcome in ["refused", "gone", "skipped"] {
        let script = format!("run, intent a, confirm a, {outcome} a");
        check(&script, "a unknown doubt counts");
    }
    check("run, intent a, confirm a, failed a", "a failed counts");
    check("run, intent a, refused a, confirm a", "a unknown doubt counts");
}

#[test]
fn d12_an_effect_that_comes_late_is_still_ours() {
    check("run, intent a, confirm a, failed a, absent a", "a withdrawn verified counts");
    check("run, intent a, confirm a, listed a, absent a", "a withdrawn verified counts");
}

#[test]
fn p8_a_withdrawal_that_the_next_list_shows_again_failed() {
    check("run, intent a, confirm a, withdrawn a, listed a", "a failed counts");
}

#[test]
fn failures_in_a_row_are_counted_over_runs() {
    let failed = "intent a, confirm a, failed a";
    let key = Key::recorded("a");
    assert_eq!(history("run").failures(&key), 0);
    assert_eq!(history(&format!("run, {failed}, run, {failed}")).failures(&key), 2);
    let withdrawn = "intent a, confirm a, withdrawn a, absent a";
    assert_eq!(history(&format!("run, {failed}, {withdrawn}")).failures(&key), 0);
}

#[test]
fn a_person_can_be_invited_again_three_weeks_after_the_withdrawal() {
    let history = history("run, intent a, confirm a, withdrawn a, run, refused b");
    let [a, b] = history.entries() else { panic!() };
    assert_eq!(a.invitable_from(), Some(at(40 + 21 * 86_400)));
    assert_eq!(b.invitable_from(), None);
}

#[test]
fn what_happened_on_another_site_does_not_count_here() {
    let script = "run http://127.0.0.1:4000, see x, intent x, stop cap, run, intent a";
    check(script, "a unknown doubt counts");
    let here = history(script);
    assert_eq!((here.runs().len(), here.counted(at(60), HOUR)), (1, 1));
    assert_eq!(here.first_at(), Some(at(10)), "the journal began with the other site");
    let there = History::of(Site::of("http://127.0.0.1:4000").unwrap(), &events(script));
    assert_eq!(there.entries()[0].key.as_str(), "x");
    assert_eq!(there.latest_at(), Some(at(40)));
}

#[test]
fn a_run_that_was_killed_has_no_end() {
    let history = history("run, stop, run, stop browser-lost, run");
    let ends: Vec<_> = history.runs().iter().map(|run| run.end.clone().map(|e| e.word)).collect();
    assert_eq!(ends, [Some(None), Some(Some(StopWord::BrowserLost)), None]);
}

#[test]
fn the_last_complete_list_outlives_incomplete_ones_and_crashes() {
    let script = "run, see a, see b, scan complete, see a, scan, see c, run, see d";
    let history = history(script);
    let keys: Vec<_> = history.last_list(Kind::Person).unwrap().iter().map(Key::as_str).collect();
    assert_eq!(keys, ["a", "b"]);
    assert_eq!(history.last_list(Kind::Page), None);
    assert_eq!(history.scans().len(), 2);
    assert_eq!(history.sightings(Kind::Person, &Key::recorded("a")).count(), 2);
}

#[test]
fn a_name_is_known_from_the_list_where_nothing_was_begun() {
    assert_eq!(history("run, see a, skipped a").entries()[0].name, "A");
}

#[test]
fn a_look_is_remembered_and_nothing_else_of_it_counts() {
    let script = "run, intent a, confirm a, stop cap, look somebody, see b, scan complete";
    let looked = history(script);
    check(script, "a unknown doubt counts");
    assert_eq!((looked.runs().len(), looked.account()), (1, None));
    assert_eq!(
        (looked.latest_at(), looked.account_of_readings()),
        (Some(at(40)), Some("somebody"))
    );
    assert_eq!(looked.clock_leap(at(90_000), &Boot { id: "x".to_owned(), up: HOUR }), None);
    assert_eq!(looked.counted(at(40), HOUR), 1);
    assert_eq!(looked.scans().len(), 1);
    assert_eq!(looked.last_list(Kind::Person), Some(&[Key::recorded("b")][..]));
}

#[test]
fn what_was_read_of_another_account_is_forgotten() {
    let looked = history("look me, see a, scan complete, look ME, see a, scan complete");
    assert_eq!((looked.scans().len(), looked.account_of_readings()), (2, Some("me")));
    let other = history("look me, see a, scan complete, look, scan, look you, see b, scan");
    assert_eq!((other.scans().len(), other.account_of_readings()), (1, Some("you")));
    assert_eq!(other.last_list(Kind::Person), None);
}
