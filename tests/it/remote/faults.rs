//! The server gives a session up, loses a node, restarts, or is full.

use std::time::Duration;

use rustix::process::Signal;

use super::grid::{Server, free_port};
use super::{lost, rig_on};
use crate::world::wait_until;

/// Longer than anything here takes on a busy machine.
const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn a_lost_node_a_restart_and_a_session_that_timed_out_are_settled_by_the_next_run() {
    let port = free_port();
    // It gives up on a session that hears nothing for ten seconds, and looks every fifteen.
    let more = ["--session-timeout", "10"];
    let grid = Server::grid(port, 2, "", &more);
    let url = grid.url();

    // One run keeps a pause longer than the Grid bears, and speaks up meanwhile.
    let (rig, patient, third) = (rig_on(&url), rig_on(&url), rig_on(&url));
    patient.set_pace(&crate::crashing::rig::pace(1000).replace("0s..0s", "28s..28s"));
    let mut waiting = patient.start_with("", 2, &[]);
    waiting.wait("the first of them is gone", MINUTE, |rig| rig.withdrawn().len() == 1);
    // Another is stopped dead, with the click that confirms on its way.
    let going = rig.start("after-confirm-sent:1", 2).paused();
    // So a third has to wait in the queue, out of which it goes again.
    let queued = third.start("", 1);
    let says = |words: &str| wait_until(words, MINUTE, || queued.said().contains(words));
    says("are in use; waiting for one, at most 120 s");
    wait_until("the request is in the queue", MINUTE, || grid.queued() == 1);
    queued.send(Signal::INT);
    says("Ctrl-C again ends at once");
    queued.send(Signal::INT);
    assert_eq!(queued.finish().code, Some(130));
    wait_until("the Grid forgets the request", MINUTE, || grid.queued() == 0);
    waiting.end().expect(0, "");
    patient.check_settled();
    wait_until("the Grid gives the stopped one up", MINUTE, || grid.busy() == 0);
    going.go();
    let ended = going.end();
    lost(&ended);
    assert_eq!(ended.outcomes(), "unknown skipped", "{ended:?}");

    // The node's driver dies under it: here, the one of the only session.
    let going = rig.start("after-click:1", 1).paused();
    grid.programs()
        .iter()
        .filter(|one| one.name() == "chromedriver")
        .for_each(|one| one.send(Signal::KILL));
    going.go();
    lost(&going.end());

    // The Grid is restarted while the proof is looked for.
    let going = rig.start("before-verify:1", 1).paused();
    drop(grid);
    let grid = Server::grid(port, 2, "", &more);
    going.go();
    lost(&going.end());

    rig.run(1).expect(0, "");
    rig.check_settled();
    grid.has_nothing_left();
}
