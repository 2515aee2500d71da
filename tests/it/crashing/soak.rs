//! A long time of bad luck: withdrawals whose runs are killed at chance places, on one site and in
//! one state folder. `RESCIND_SEED` repeats one; `RESCIND_LONG` makes it two hundred withdrawals.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use fastrand::Rng;
use rustix::process::Signal;
use serde_json::Value;

use crate::crashing::processes::{self, browser, driver};
use crate::crashing::rig::{Going, LABELS, Rig};

const PASSED: Duration = Duration::from_secs(600);
/// Most runs come as far as this.
const PER_RUN: usize = 25;

/// Whom it hits.
#[derive(Clone, Copy, Debug)]
enum Victim {
    Program,
    Driver,
    Browser,
    Nobody,
}

fn strike(victim: Victim, going: &Going<'_>) {
    let root = going.child.id();
    match victim {
        Victim::Program => going.send(Signal::KILL),
        Victim::Driver => driver(root).send(Signal::KILL),
        Victim::Browser => browser(root).send(Signal::KILL),
        Victim::Nobody => {}
    }
}

/// At a label that is reached before the end.
fn at_a_label(rig: &Rig, chance: &mut Rng, victim: Victim) {
    let label = LABELS[chance.usize(..LABELS.len())];
    // The first proof, then one after every ten.
    let time = if label.ends_with("verify") {
        chance.usize(1..=2)
    } else {
        chance.usize(1..=PER_RUN).max(chance.usize(1..=PER_RUN))
    };
    println!("  {victim:?} at {label}:{time}");
    let going = rig.start(&format!("{label}:{time}"), PER_RUN).paused();
    strike(victim, &going);
    going.go();
    going.end();
}

/// At any moment, so many thousandths of a second after one of the withdrawals.
fn at_a_moment(rig: &Rig, chance: &mut Rng, victim: Victim) {
    let (after, later) = (chance.usize(1..PER_RUN), chance.u64(..400));
    println!("  {victim:?} {later} ms after withdrawal {after}");
    let aim = rig.withdrawn().len() + after;
    let mut going = rig.start("", PER_RUN);
    going.wait("so many are withdrawn", PASSED, |rig| rig.withdrawn().len() >= aim);
    let until = Instant::now() + Duration::from_millis(later);
    while let Some(left) = until.checked_duration_since(Instant::now()) {
        std::thread::park_timeout(left);
    }
    // It may have come to its end by itself meanwhile, or be about to.
    let root = going.child.id();
    let there: Vec<_> = processes::below(root);
    if going.child.try_wait().unwrap().is_none() && there.len() > 3 {
        strike(victim, &going);
    }
    going.end();
}

#[test]
#[ignore = "takes minutes: cargo test --test it soak -- --ignored --nocapture"]
fn withdrawals_with_kills_at_random_leave_nobody_in_doubt() {
    static LIST: OnceLock<Vec<Value>> = OnceLock::new();
    let named = std::env::var("RESCIND_SEED").ok().and_then(|text| text.parse().ok());
    let seed: u64 = named.unwrap_or_else(|| fastrand::u64(..));
    let wanted = if std::env::var_os("RESCIND_LONG").is_some() { 200 } else { 40 };
    println!("again with RESCIND_SEED={seed}");
    let mut chance = Rng::with_seed(seed);
    let people = wanted * 6 / 5 + 3 * PER_RUN;
    let switches = format!(
        "count={people}&seed={seed}&first=100&batch=100&delay=0&hydrate=0&dialog-delay=0&effect-delay=0"
    );
    let rig = Rig::with(&switches, &LIST);
    let mut runs = 0;
    while rig.withdrawn().len() < wanted {
        let victims = [Victim::Program, Victim::Driver, Victim::Browser, Victim::Nobody];
        let victim = victims[chance.usize(..victims.len())];
        println!("{} withdrawn", rig.withdrawn().len());
        match chance.bool() {
            true => at_a_label(&rig, &mut chance, victim),
            false => at_a_moment(&rig, &mut chance, victim),
        }
        runs += 1;
        assert!(runs < wanted, "too many runs for so few withdrawals");
    }
    rig.run(1).expect(0, "");
    rig.check_settled();
    println!("{} withdrawn in {} runs", rig.withdrawn().len(), runs + 1);
}
