//! Several accounts at once on one Grid: each has its own state folder, with its own journal, caps and
//! lock, and its own browser.

use std::collections::BTreeSet;

use rescind::domain::history::EventKind;

use super::grid::Server;
use crate::crashing::rig::{Going, PEOPLE, Rig, pace};

/// An account of the practice site with its own cap, whose first few people are kept, so that each
/// account is to withdraw others than the next.
fn account(letter: &str, url: &str, cap: usize) -> Rig {
    let mut rig = Rig::new();
    rig.trial.mock.set_switches(&format!("{PEOPLE}&fault=account:{letter}"));
    rig.more = ["--webdriver", url].map(str::to_owned).into();
    rig.keep_first(2 * cap);
    rig.set_pace(&pace(cap));
    rig
}

fn account_of(rig: &Rig) -> String {
    let history = rig.history();
    history.account().unwrap().to_owned()
}

#[test]
fn three_accounts_at_once_are_each_right_and_none_mixes_with_another() {
    let grid = Server::shared();
    let url = grid.url();
    let accounts = [("A", 2), ("B", 3), ("C", 4)];
    let rigs: Vec<Rig> = accounts.iter().map(|(letter, cap)| account(letter, &url, *cap)).collect();
    // All three stand between the click that confirms and its record, at the same time.
    let going: Vec<Going<'_>> =
        rigs.iter().map(|rig| rig.start("after-confirm-sent:2", 6)).collect();
    let going: Vec<Going<'_>> = going.into_iter().map(Going::paused).collect();
    assert!(grid.busy() >= 3);
    // A second run on one of the state folders is refused, on a Grid like anywhere.
    let site = rigs[1].address();
    let words = ["withdraw", "--yes", "--headless", "--site", &site, "--webdriver", &url];
    rigs[1].trial.world.run(&words).expect(8, "is using the state folder");
    for one in &going {
        one.go();
    }
    for ((rig, going), (_, cap)) in rigs.iter().zip(going).zip(accounts) {
        going.end().expect(5, "cap");
        rig.check_settled();
        assert_eq!(rig.withdrawn().len(), cap, "each has its own cap");
    }
    let names: Vec<String> = rigs.iter().map(account_of).collect();
    assert_eq!(names, ["alex-example", "blake-example", "casey-example"]);
    for rig in &rigs {
        let begun: BTreeSet<String> = rig
            .events()
            .into_iter()
            .filter_map(|event| match event.kind {
                EventKind::Intent { key, .. } => Some(key.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(begun, rig.withdrawn(), "a journal knows its own people, and all of them");
    }
}
