//! Signals: the first ends the run in good order, the second at once; after the first nothing new
//! reaches the site.

use std::time::Duration;

use jiff::Timestamp;
use rescind::domain::history::EventKind;
use rustix::process::Signal;

use crate::crashing::processes;
use crate::crashing::rig::{Going, Rig, pace};

const PASSED: Duration = Duration::from_secs(60);

/// A long pause comes after the first person, who is proven gone.
fn in_the_pause(rig: &Rig) -> Going<'_> {
    rig.set_pace(&pace(1000).replace("0s..0s", "600s..900s"));
    let mut going = rig.start_with("", 3, &[]);
    let proven = |rig: &Rig| {
        rig.events().iter().any(|one| matches!(one.kind, EventKind::Verified { gone: true, .. }))
    };
    going.wait("the first one is proven", PASSED, proven);
    going
}

/// What the run had recorded when it ended, after `since`.
fn stopped_after(rig: &Rig, since: Timestamp) -> Duration {
    let last = rig.events().pop().unwrap();
    assert!(matches!(last.kind, EventKind::Stopped { .. }), "{last:?}");
    Duration::try_from(last.at.duration_since(since)).unwrap_or_default()
}

#[test]
fn r5_each_signal_ends_a_pause_within_a_second_and_the_outcomes_are_printed() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let rig = Rig::new();
        let going = in_the_pause(&rig);
        let since = Timestamp::now();
        going.send(signal);
        let ended = going.end();
        ended.expect(130, "interrupted");
        assert_eq!(ended.outcomes(), "withdrawn* skipped skipped", "{signal:?}");
        let took = stopped_after(&rig, since);
        assert!(took < Duration::from_secs(1), "{signal:?}: {took:?}");
        rig.check_settled();
        assert_eq!(rig.acts(), (1, 1), "{signal:?}");
    }
}

/// The signal comes at this label of the second person, who ends like this.
#[track_caller]
fn check(label: &str, signal: Signal, clicks: usize, confirms: usize, outcomes: &str) {
    let rig = Rig::new();
    let mut going = rig.start(&format!("{label}:2"), 3).paused();
    let clicked = usize::from(!matches!(label, "before-intent" | "after-intent")) + 1;
    let confirmed = usize::from(label == "after-confirm") + 1;
    // The page's own word of the last click may still be on its way to the site.
    going.wait("the page has told", PASSED, |rig| rig.acts() == (clicked, confirmed));
    going.send(signal);
    going.go();
    let ended = going.end();
    ended.expect(130, "interrupted");
    assert_eq!((rig.acts(), ended.outcomes().as_str()), ((clicks, confirms), outcomes), "{label}");
    rig.check_settled();
    assert!(rig.history().runs().last().unwrap().end.is_some(), "it ended in good order");
}

#[test]
fn r5_a_signal_before_the_first_click_lets_no_click_through() {
    check("before-intent", Signal::INT, 1, 1, "withdrawn* skipped skipped");
    check("after-intent", Signal::TERM, 1, 1, "withdrawn* skipped skipped");
}

#[test]
fn r5_a_signal_before_the_confirmation_cancels_it() {
    check("after-click", Signal::INT, 2, 1, "withdrawn* skipped skipped");
    check("after-opened", Signal::HUP, 2, 1, "withdrawn* skipped skipped");
}

#[test]
fn r5_what_was_begun_before_the_signal_is_settled_before_the_end() {
    check("after-confirm-sent", Signal::INT, 2, 2, "withdrawn* withdrawn* skipped");
    check("after-confirm", Signal::TERM, 2, 2, "withdrawn* withdrawn* skipped");
}

/// Two of the same kind that come at once are one for the system, so these are of two kinds.
#[test]
fn r5_the_second_signal_ends_at_once_and_the_next_run_settles() {
    for label in ["after-click:2", "after-confirm-sent:2", "before-verify:1"] {
        let rig = Rig::new();
        let going = rig.start(label, 3).paused();
        going.send(Signal::INT);
        going.send(Signal::TERM);
        going.go();
        let ended = going.end();
        assert_eq!(ended.code, Some(130), "{label}: {ended:?}");
        ended.says("interrupted twice");
        assert!(ended.json.is_null(), "{label}: {ended:?}");
        let acts = rig.acts();
        assert!(acts.0 <= 2 && acts.1 <= 2, "{label}: {acts:?}");
        rig.run(1).expect(0, "");
        rig.check_settled();
    }
}

#[test]
fn r5_a_signal_while_the_list_is_read_changes_nothing() {
    let rig = Rig::new();
    rig.fault("stall-hard:15");
    let loads = |rig: &Rig| rig.trial.logged("load-sent").len();
    let (before, events) = (loads(&rig), rig.events().len());
    let mut going = rig.start("", 3);
    going.wait("the list is being read", PASSED, |rig| loads(rig) > before);
    going.send(Signal::INT);
    let ended = going.end();
    ended.expect(130, "interrupted");
    ended.says("nothing was changed");
    assert_eq!(ended.json["outcomes"], serde_json::json!([]), "{ended:?}");
    assert_eq!((rig.acts(), rig.events().len()), ((0, 0), events));
}

#[test]
fn r12_a_second_run_on_the_same_folder_is_refused_and_disturbs_nothing() {
    let rig = Rig::new();
    let going = rig.start("after-intent:1", 1).paused();
    let before = rig.events().len();
    let mut second = rig.start("", 1);
    let (status, said) = (second.child.wait().unwrap(), second.said());
    assert_eq!(status.code(), Some(8), "{said}");
    assert!(said.contains("state folder"), "{said}");
    assert_eq!((rig.events().len(), rig.acts()), (before, (0, 0)));
    assert!(!processes::below(going.child.id()).is_empty());
    going.go();
    going.end().expect(0, "");
    rig.check_settled();
}
