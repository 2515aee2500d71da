//! Pages and lists of invented people, honest and hostile ones.

use base64::Engine as _;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::Digest as _;

use super::*;
use crate::domain::history::Outcome;
use crate::domain::trace::{
    Card, Dialog, Event, Guard, Invitee, Page, Proof, Step, StepName, Trace,
};
use crate::report::table::View;

const HOSTILE: &str = "<script>alert(1)</script>\u{1b}]52;c;x\u{7}\u{202e}\"'{{7*7}}";

fn card(name: &str) -> Card {
    Card {
        profiles: vec!["https://www.linkedin.com/in/robin".into()],
        name: name.into(),
        age: "Sent 2 months ago".into(),
        control: true,
        label: format!("Withdraw invitation sent to {name}"),
        ..Card::default()
    }
}

/// The guard held the click back: Ruth stood there.
fn refused(name: &str) -> Trace {
    let at: Timestamp = "2026-11-23T10:03:12.417Z".parse().unwrap();
    let event = Event {
        kind: "click".into(),
        passed: false,
        on: "Withdraw".into(),
        card: Some(card("Ruth Example")),
        dialog: None,
        markup: Some(format!("<li>\n  {name}")),
    };
    let page = Page { address: "https://www.linkedin.com".into(), status: 200, title: name.into() };
    let dialog = Dialog { text: name.into(), label: None, buttons: vec![name.into()] };
    let find = Step { step: StepName::Find, card: Some(card(name)), ..Step::default() };
    let ask = Step {
        step: StepName::Ask,
        at_ms: 40,
        took_ms: 1_960,
        page: Some(page),
        guard: Some(Guard { passed: 0, blocked: 5, unhandled: false }),
        event: Some(event),
        dialogs: vec![dialog],
        alerts: vec![name.into()],
        ..Step::noted(name)
    };
    Trace {
        person: Some(Invitee {
            id: "in/robin".into(),
            name: name.into(),
            profile_url: Some("javascript:alert(1)".into()),
            sent_text: name.into(),
            rule: Some(name.into()),
            reason: name.into(),
        }),
        outcome: Some(Outcome::Refused),
        detail: name.into(),
        took_ms: 2_000,
        steps: vec![find, ask],
        ..Trace::new(at, "https://www.linkedin.com")
    }
}

fn page_of(trace: &Trace, picture: Option<&[u8]>) -> String {
    html(Shown { trace, picture }).unwrap()
}

#[track_caller]
fn check(page: &str, all: &[&str]) {
    for words in all {
        assert!(page.contains(words), "{words:?} is not in:\n{page}");
    }
}

#[test]
fn a_page_says_what_stood_there_and_what_the_guard_did() {
    let page = page_of(&refused("Robin Example"), Some(b"PNG"));
    check(
        &page,
        &[
            "<h1 dir=\"auto\">Robin Example</h1>",
            "<span class=\"verdict\">refused</span>",
            "held back: 5 of its events would have met something else",
            "Ruth Example <em>changed</em>",
            "guard: 0 clicks let through, 5 events held back",
            "held back: click on “Withdraw”, on the card of Ruth Example",
            "1.96 s",
            "data:image/png;base64,UE5H",
            "trace 20261123-100312-417",
        ],
    );
    let mut good = refused("Robin Example");
    good.outcome = Some(Outcome::Withdrawn);
    good.proof = Some(Proof { at: good.at, gone: true, read: 39, announced: Some(39) });
    let page = page_of(&good, None);
    check(&page, &["no longer shows them (39 of 39 read)", "None was taken"]);
}

#[test]
fn s8_what_the_page_said_is_text_and_nothing_runs_or_is_loaded() {
    let page = page_of(&refused(HOSTILE), None);
    check(&page, &["default-src &#39;none&#39;", "img-src data:", "&#60;script&#62;alert(1)"]);
    for never in ["<script", "javascript:", "\u{1b}", "\u{202e}", "src=\"http", "@import", "url("] {
        assert!(!page.contains(never), "{never:?} is in:\n{page}");
    }
    let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let digest = base64::prelude::BASE64_STANDARD.encode(sha2::Sha256::digest(style));
    check(&page, &[&format!("style-src &#39;sha256-{digest}&#39;")]);
    assert!(!page.contains("href=\""), "only an address of a profile is a link: {page}");
}

#[test]
fn a_list_is_as_wide_as_the_terminal_and_obeys_nothing() {
    let traces = [refused("Robin Example"), refused(HOSTILE)];
    for columns in [30, 60, 80, 200] {
        let view = View { columns, colour: false, verbose: false, next: None };
        let text = list(&traces, &TimeZone::UTC, view);
        assert!(text.contains("20261123-100312-417") && text.contains("refused"), "{text}");
        let wide = text.lines().find(|line| crate::domain::safe_text::width(line) > columns);
        assert_eq!(wide, None, "{columns}");
        let obeyed = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert_eq!(text.find(obeyed), None, "{text:?}");
    }
    let view = View { columns: 80, colour: false, verbose: false, next: None };
    check(&list(&traces, &TimeZone::UTC, view), &["  2026-11-23 10:03  refused            Robin"]);
    assert_eq!(list(&[], &TimeZone::UTC, view), "There is no trace yet.\n");
}

#[test]
fn a_list_for_scripts_names_each() {
    let json: serde_json::Value =
        serde_json::from_str(&list_as_json(&[refused("Robin Example")])).unwrap();
    assert_eq!((&json["schema"], &json["traces"][0]["person"]), (&1.into(), &"in/robin".into()));
    assert_eq!(json["traces"][0]["outcome"], "refused");
}
