//! The questions at a terminal, as a person answers them.

use jiff::{SignedDuration, Timestamp};
use pty_process::blocking::Command;
use rescind::domain::age::Age;
use rescind::domain::invitation::{Invitation, Key, Kind};
use rescind::domain::report::Row;
use rescind::domain::rules::{Decision, Verdict};
use rescind::terminal::ask::{self, Question};
use rustix::process::Signal;
use tokio::signal::unix::{SignalKind, signal};

use crate::screen::Screen;

/// How many people the tried program asks about, and whether it warns first.
const PEOPLE: &str = "RESCIND_TEST_PEOPLE";
const WARNING: &str = "RESCIND_TEST_WARNING";
const NAMES: [&str; 6] = [
    "Robin Example",
    "Rоbin Example",
    "דנה כהן",
    "José Muster \u{1b}[2J\u{202e}",
    "someone@example.org",
    "A very long name of somebody who has many names and titles, Dr. h.c. mult.",
];

fn row(number: usize) -> Row {
    let name = NAMES.get(number).map_or_else(|| format!("Person {number}"), |n| (*n).to_owned());
    let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let days = 400 - i64::try_from(number).unwrap();
    let sent = now - SignedDuration::from_hours(24 * days);
    let url = format!("https://www.linkedin.com/in/person-{number}");
    let profile_url = (!name.contains('@')).then_some(url);
    let key = profile_url.as_deref().and_then(Key::from_profile);
    Row {
        invitation: Invitation {
            key: key.unwrap_or_else(|| Key::from_card(&name, None, None)),
            name,
            profile_url,
            headline: Some(format!("Engineer number {number} at a company\nfor \u{7}bells")),
            note: (number == 3).then(|| "Hello! ".repeat(200)),
            kind: Kind::Person,
            sent_text: "Sent 1 year ago".to_owned(),
            age: Some(Age::exact(sent, now)),
            doubt: None,
        },
        decision: Decision {
            verdict: Verdict::Withdraw,
            rule: Some("stale".to_owned()),
            reason: format!("sent at least {days} days ago"),
        },
    }
}

/// Not a test but the program that the tests below run at a terminal of their own.
#[test]
#[ignore = "asks whoever sits at the terminal, when told about how many people"]
fn tried() {
    let Ok(people) = std::env::var(PEOPLE) else { return };
    // Below the line that the test runner has begun.
    eprintln!();
    let rows: Vec<Row> = (0..people.parse().unwrap()).map(row).collect();
    let warning = std::env::var(WARNING).ok();
    let conversation = move || {
        let rows: Vec<&Row> = rows.iter().collect();
        let question = Question {
            rows: &rows,
            caps: "caps left: 25 in this run, 20 this hour, 38 today, 150 this week",
            duration: "about 12 min at this pace",
            warning: warning.as_deref(),
            colour: std::env::var_os("NO_COLOR").is_none(),
        };
        ask::ask(&question, &mut |row| eprintln!("opened {}", row.invitation.key))
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let interrupted = async {
        let [mut asked, mut closed] =
            [SignalKind::terminate(), SignalKind::hangup()].map(|kind| signal(kind).unwrap());
        tokio::select! { _ = asked.recv() => {}, _ = closed.recv() => {} }
    };
    let answer = runtime.block_on(ask::beside(conversation, interrupted));
    eprintln!("answer: {answer:?}");
}

fn tried_with(people: usize, variables: &[(&str, &str)]) -> Command {
    Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "ask::tried", "--nocapture", "--test-threads=1"])
        .env(PEOPLE, people.to_string())
        .envs(variables.iter().copied())
}

fn at(columns: u16, people: usize) -> Screen {
    Screen::new(columns, tried_with(people, &[]))
}

/// The end, with this answer.
#[track_caller]
fn check(screen: Screen, answer: &str) -> String {
    let (status, text) = screen.end();
    assert!(status.success(), "{text}");
    // Without the line breaks of the terminal.
    let flat = text.replace('\n', "");
    assert!(flat.contains(&format!("answer: {answer}")), "{answer} is not in:\n{text}");
    text
}

const NOBODY: &str = "Some(Quit([]))";
const FIRST_QUESTION: &str = "Withdraw which of the";

#[test]
fn all_go_after_a_typed_yes() {
    let screen = at(100, 3);
    screen.answer(FIRST_QUESTION, "a\r");
    screen.answer("Type yes to withdraw:", "yes\r");
    check(screen, "Some(Chosen(Choice { withdraw: [0, 1, 2], keep_always: [] }))");
}

#[test]
fn one_by_one_with_letters() {
    let screen = at(100, 5);
    screen.answer(FIRST_QUESTION, "r\r");
    screen.answer("Robin Example:", "w\r");
    screen.answer("Rоbin Example:", "a\r");
    screen.answer("דנה כהן", "k\r");
    screen.answer("José Muster", "o\r");
    screen.shows("opened in/person-3");
    screen.answer("José Muster", "w\r");
    screen.answer("someone@example.org:", "\r");
    screen.wait_for("Type yes to withdraw:");
    screen.shows("2 to withdraw: the oldest 400 days, the newest 397 days");
    screen.keys("yes\r");
    check(screen, "Some(Chosen(Choice { withdraw: [0, 3], keep_always: [1] }))");
}

#[test]
fn a_checklist_is_filtered_and_nobody_is_ticked_before() {
    let screen = at(40, 30);
    screen.answer(FIRST_QUESTION, "p\r");
    screen.answer("Withdraw whom?", "\r");
    screen.shows("nobody is ticked");
    screen.keys("jose \r");
    screen.wait_for("Type yes to withdraw:");
    screen.shows("1 to withdraw: 397 days");
    screen.keys("yes\r");
    check(screen, "Some(Chosen(Choice { withdraw: [3], keep_always: [] }))");
}

#[test]
fn more_than_25_are_confirmed_by_their_number() {
    let screen = at(40, 26);
    screen.answer(FIRST_QUESTION, "a\r");
    screen.answer("Type the number 26 to withdraw:", "yes\r");
    screen.answer(FIRST_QUESTION, "a\r");
    // A paste, as terminals bracket it, with a newline behind the right number.
    screen.answer("Type the number 26 to withdraw:", "\u{1b}[200~26\n\u{1b}[201~\r");
    screen.answer(FIRST_QUESTION, "a\r");
    screen.answer("Type the number 26 to withdraw:", "26\r");
    let all: Vec<usize> = (0..26).collect();
    check(screen, &format!("Some(Chosen(Choice {{ withdraw: {all:?}, keep_always: [] }}))"));
}

#[test]
fn three_refusals_end_it() {
    let screen = at(100, 26);
    for nonsense in ["", "25", "y"] {
        screen.answer(FIRST_QUESTION, "a\r");
        screen.answer("Type the number", &format!("{nonsense}\r"));
    }
    check(screen, NOBODY);
}

#[test]
fn enter_and_nothing_else_keeps_everybody() {
    let screen = at(100, 2);
    screen.answer(FIRST_QUESTION, "\r");
    screen.answer("Robin Example:", "\r");
    screen.answer("Rоbin Example:", "\r");
    check(screen, "Some(Chosen(Choice { withdraw: [], keep_always: [] }))");
}

#[test]
fn what_was_typed_before_the_question_is_no_answer() {
    let screen = at(100, 2);
    screen.answer(FIRST_QUESTION, "a\ryes\r");
    screen.wait_for("Type yes to withdraw:");
    screen.keys("\u{3}");
    check(screen, "Some(Interrupted([]))");
}

#[test]
fn nonsense_chooses_nothing() {
    let screen = at(40, 2);
    screen.answer(FIRST_QUESTION, "yes\r\r\ry\r\u{1b}");
    check(screen, NOBODY);
}

#[test]
fn the_warning_comes_first_and_wants_its_own_yes() {
    let warned = || Screen::new(40, tried_with(2, &[(WARNING, "The terms forbid automation.")]));
    let screen = warned();
    screen.wait_for("Type yes to go on:");
    screen.shows("The terms forbid automation.");
    screen.keys("yes\r");
    screen.answer(FIRST_QUESTION, "q\r");
    check(screen, NOBODY);
    for no in ["\r", "y\r", "\u{4}", "\u{1b}"] {
        let screen = warned();
        screen.answer("Type yes to go on:", no);
        check(screen, NOBODY);
    }
}

#[test]
fn ctrl_c_ctrl_d_and_esc_never_mean_yes() {
    for (key, answer) in [("\u{3}", "Some(Interrupted([]))"), ("\u{4}", NOBODY), ("\u{1b}", NOBODY)]
    {
        let screen = at(100, 2);
        screen.answer(FIRST_QUESTION, key);
        check(screen, answer);
        for (path, question) in [("r", "Robin"), ("p", "whom?"), ("a", "Type yes")] {
            let screen = at(100, 2);
            screen.answer(FIRST_QUESTION, &format!("{path}\r"));
            screen.answer(question, key);
            if answer == NOBODY {
                screen.answer(FIRST_QUESTION, key);
            }
            check(screen, answer);
        }
    }
}

#[test]
fn a_signal_puts_the_terminal_back() {
    for signal in [Signal::TERM, Signal::HUP] {
        let screen = at(100, 2);
        screen.wait_for(FIRST_QUESTION);
        screen.signal(signal);
        check(screen, "None");
    }
}

#[test]
fn without_colours_there_are_none() {
    let screen = Screen::new(40, tried_with(3, &[("NO_COLOR", "1")]));
    screen.wait_for(FIRST_QUESTION);
    screen.is_plain();
    screen.keys("q\r");
    check(screen, NOBODY);
}

#[test]
fn every_line_fits_a_narrow_terminal_and_names_are_safe() {
    let screen = at(40, 6);
    screen.wait_for(FIRST_QUESTION);
    let text = screen.text();
    assert!(text.contains("≈ in/person-0") && text.contains("≈ in/person-1"), "{text}");
    assert!(text.contains("José Muster") && text.contains("[2J"), "{text}");
    screen.is_unwrapped();
    screen.keys("r\r");
    screen.wait_for("Robin Example:");
    screen.is_unwrapped();
    screen.keys("\u{1b}");
    screen.answer(FIRST_QUESTION, "p\r");
    screen.wait_for("Withdraw whom?");
    screen.is_unwrapped();
    screen.keys("\u{3}");
    check(screen, "Some(Interrupted([]))");
}
