//! Every fault of a process or a session at every label. Each run settles what the one before it
//! left, and is then stopped itself at the next label; the last one goes to its end under a cap.

use rustix::process::Signal;

use crate::crashing::processes::{browser, driver, renderers};
use crate::crashing::rig::{Ended, Going, LABELS, Rig, pace};

/// The second person, so that the first is proven and the third is still to come.
fn at(label: &str) -> String {
    let time = if label == "after-verify" { 1 } else { 2 };
    format!("{label}:{time}")
}

/// With `RESCIND_LONG` every label; else those at which something is on its way.
fn labels() -> Vec<&'static str> {
    let delicate = ["after-intent", "after-click", "after-confirm-sent", "before-verify"];
    let is_long = std::env::var_os("RESCIND_LONG").is_some();
    LABELS.into_iter().filter(|label| is_long || delicate.contains(label)).collect()
}

/// One run for each label, with `fault` happening there.
#[track_caller]
fn at_every_label(fault: impl Fn(&Rig, &Going<'_>), check: impl Fn(&str, &Ended)) {
    let rig = Rig::new();
    for label in labels() {
        let going = rig.start(&at(label), 3).paused();
        fault(&rig, &going);
        going.go();
        let ended = going.end();
        check(label, &ended);
        rig.heal();
    }
    two_more_under_a_cap(&rig);
}

/// The last run settles what is left, and the caps know what all the others did.
#[track_caller]
fn two_more_under_a_cap(rig: &Rig) {
    rig.run(1).expect(0, "");
    rig.check_settled();
    let hour = jiff::SignedDuration::from_hours(1);
    let counted = rig.history().counted(jiff::Timestamp::now(), hour);
    let done = rig.withdrawn().len();
    assert!(counted >= done, "I3: {counted} count, {done} were withdrawn");
    rig.set_pace(&pace(counted + 2));
    rig.run(5).expect(5, "cap");
    rig.check_settled();
    assert_eq!(rig.withdrawn().len(), done + 2, "I3");
    rig.run(5).expect(5, "cap");
    assert_eq!(rig.withdrawn().len(), done + 2, "I3");
}

#[test]
fn r3_the_program_is_killed_at_every_label() {
    at_every_label(
        |_, going| going.send(Signal::KILL),
        |label, ended| assert_eq!(ended.code, None, "{label}"),
    );
}

#[test]
fn r1_chromedriver_is_killed_at_every_label() {
    at_every_label(|_, going| driver(going.child.id()).send(Signal::KILL), |_, ended| lost(ended));
}

#[test]
fn r2_chromium_is_killed_at_every_label() {
    at_every_label(|_, going| browser(going.child.id()).send(Signal::KILL), |_, ended| lost(ended));
}

#[track_caller]
fn lost(ended: &Ended) {
    ended.expect(5, "browser-lost");
}

#[test]
fn r6_the_tab_crashes_and_the_next_run_settles() {
    let rig = Rig::new();
    for label in ["after-click:2", "after-confirm-sent:2", "before-verify:2"] {
        let going = rig.start(label, 3).paused();
        renderers(going.child.id()).iter().for_each(|one| one.send(Signal::KILL));
        going.go();
        let ended = going.end();
        ended.expect(5, "browser-lost");
    }
    rig.run(1).expect(0, "");
    rig.check_settled();
}

#[test]
fn a1_the_sign_out_comes_at_every_label() {
    at_every_label(
        |rig, _| rig.fault("logout"),
        |_, ended| {
            ended.expect(3, "signed-out");
        },
    );
}

#[test]
fn r4_what_stands_still_is_given_up_after_the_deadline_and_its_click_is_in_doubt() {
    let stand_still = |label: &str, find: fn(u32) -> crate::crashing::processes::Process| {
        let rig = Rig::new();
        let going = rig.start(label, 3).paused();
        find(going.child.id()).send(Signal::STOP);
        going.go();
        going.end().expect(5, "browser-lost");
        rig.run(2).expect(0, "");
        rig.check_settled();
    };
    std::thread::scope(|scope| {
        scope.spawn(|| stand_still("after-confirm-sent:2", driver));
        scope.spawn(|| stand_still("before-verify:1", driver));
        scope.spawn(|| stand_still("after-confirm-sent:2", browser));
    });
}
