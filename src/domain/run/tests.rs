//! The policy in virtual time: a whole run is one line.
//!
//! A person is a letter. What follows it says how the page treats them: nothing = withdrawn and
//! gone, `!` = still listed for ever, `~` = listed at the first look only, `?` = the end of the
//! attempt can't be told, `q` = no question came and nothing happened, `Q` = no question came and it
//! was withdrawn, `x` = refused since the page is not as it should be, `o` = a dialog for
//! somebody else, `=` = gone before, `-` = the rule no longer holds, `R` = asked too often,
//! `I` = the person interrupts during it.

use std::time::Duration;

use super::*;
use crate::domain::history::Site;

const SITE: &str = "https://www.linkedin.com";

struct World {
    run: Run,
    clock: Timestamp,
    people: Vec<(Key, char)>,
    looks: BTreeMap<Key, u32>,
    said: Vec<String>,
}

fn usual() -> Pace {
    let pause = Duration::from_secs(30);
    Pace { between: pause..=pause, ..Pace::default() }
}

fn started(id: RunId, at: Timestamp) -> Event {
    let site = Site::recorded(SITE);
    let kind = EventKind::RunStarted { site, account: None, version: "1".into(), boot: None };
    Event { run: id, at, kind }
}

impl World {
    fn new(pace: Pace, people: &str, before: &[Event]) -> Self {
        let clock = before.last().map_or(Timestamp::UNIX_EPOCH, |event| event.at);
        let people: Vec<(Key, char)> = people
            .split_whitespace()
            .map(|word| {
                let mut chars = word.chars();
                let key = Key::recorded(chars.next().map(String::from).unwrap_or_default());
                (key, chars.next().unwrap_or(' '))
            })
            .collect();
        let history = History::of(Site::recorded(SITE), before);
        let id = RunId::new(clock, 7);
        let keys = people.iter().map(|(key, _)| key.clone()).collect();
        let mut run = Run::new(id, pace, history, keys);
        run.add(&started(id, clock));
        Self { run, clock, people, looks: BTreeMap::new(), said: Vec::new() }
    }

    fn add(&mut self, kind: EventKind) {
        self.run.add(&Event { run: self.run.id(), at: self.clock, kind });
    }

    fn kind_of(&self, key: &Key) -> char {
        self.people.iter().find(|(known, _)| known == key).map_or(' ', |(_, kind)| *kind)
    }

    fn withdraw(&mut self, key: Key) {
        self.said.push(key.to_string());
        let kind = self.kind_of(&key);
        let (outcome, sign) = match kind {
            '=' => (Outcome::Gone, Sign::Plain),
            '-' => (Outcome::Refused, Sign::Plain),
            'x' => (Outcome::Refused, Sign::Miss),
            'o' => (Outcome::Refused, Sign::OtherPerson),
            '?' | 'q' | 'Q' => (Outcome::Unknown, Sign::Miss),
            'R' => (Outcome::Unknown, Sign::Stop(StopWord::RateLimited)),
            _ => (Outcome::Withdrawn, Sign::Plain),
        };
        if !matches!(kind, '=' | '-') {
            let (name, rule) = (key.to_string(), "stale".to_owned());
            self.add(EventKind::Intent { key: key.clone(), name, profile_url: None, rule });
        }
        if !matches!(kind, '=' | '-' | 'x' | 'o' | 'q' | 'Q') {
            self.add(EventKind::ConfirmSent { key: key.clone() });
        }
        self.add(EventKind::Outcome { key: key.clone(), outcome, detail: String::new() });
        self.run.attempted(&key, outcome, sign, self.clock, 0);
        if kind == 'I' {
            self.run.stop(StopWord::Interrupted);
        }
    }

    fn verify(&mut self, keys: Vec<Key>) {
        let names: Vec<&str> = keys.iter().map(Key::as_str).collect();
        self.said.push(format!("verify {}", names.join(" ")));
        for key in keys {
            let looks = self.looks.entry(key.clone()).or_default();
            *looks += 1;
            let first = *looks == 1;
            let gone = match self.kind_of(&key) {
                '!' | 'q' => false,
                '~' => !first,
                _ => true,
            };
            self.add(EventKind::Verified { key, gone });
        }
        self.run.looked(true);
    }

    fn play(mut self) -> String {
        for _ in 0..200 {
            match self.run.next(self.clock) {
                Step::Verify(keys) => self.verify(keys),
                Step::Confirm(keys) => {
                    let names: Vec<&str> = keys.iter().map(Key::as_str).collect();
                    self.said.push(format!("ask {}", names.join(" ")));
                    self.run.confirmed(&keys);
                }
                Step::WaitUntil(until) => {
                    let seconds = until.duration_since(self.clock).as_secs();
                    self.said.push(format!("wait {seconds}s"));
                    self.clock = until;
                }
                Step::Withdraw(key) => self.withdraw(key),
                Step::Stop(stop) => {
                    self.said.push(match stop {
                        Stop::Finished => "Finished".to_owned(),
                        Stop::Early(word) => word.word().to_owned(),
                    });
                    return self.said.join(", ");
                }
            }
        }
        panic!("no end: {:?}", self.said);
    }
}

#[track_caller]
fn check_with(pace: Pace, people: &str, before: &[Event], expected: &str) {
    assert_eq!(World::new(pace, people, before).play(), expected, "{people}");
}

#[track_caller]
fn check(people: &str, expected: &str) {
    check_with(usual(), people, &[], expected);
}

#[test]
fn the_first_is_proven_before_the_second_and_the_last_before_the_end() {
    check("a b c", "ask a b c, a, verify a, wait 30s, b, wait 30s, c, verify b c, Finished");
}

#[test]
fn one_is_proven_once_and_nobody_is_nothing() {
    check("a", "ask a, a, verify a, Finished");
    check("", "Finished");
}

#[test]
fn after_the_first_every_ten_are_proven() {
    let pace = Pace { between: Duration::ZERO..=Duration::ZERO, ..usual() };
    check_with(
        pace,
        "a b c d e f g h i j k l",
        &[],
        "ask a b c d e f g h i j k l, a, verify a, b, c, d, e, f, g, h, i, j, k, \
         verify b c d e f g h i j k, l, verify l, Finished",
    );
}

#[test]
fn d11_a_first_withdrawal_without_effect_stops_the_run() {
    check("a! b c", "ask a b c, a, verify a, wait 12s, verify a, too-many-failures");
}

#[test]
fn d12_a_late_effect_is_looked_for_a_second_time() {
    check("a~ b", "ask a b, a, verify a, wait 12s, verify a, wait 18s, b, verify b, Finished");
}

#[test]
fn p8_one_that_comes_back_later_does_not_stop_the_others() {
    check(
        "a b! c",
        "ask a b c, a, verify a, wait 30s, b, wait 30s, c, verify b c, wait 12s, verify b, Finished",
    );
}

#[test]
fn an_unknown_end_is_settled_before_anything_else() {
    check(
        "a b? c",
        "ask a b c, a, verify a, wait 30s, b, verify b, wait 30s, c, verify c, Finished",
    );
    check("a? b?", "ask a b, a, verify a, wait 30s, b, verify b, Finished");
}

#[test]
fn three_misses_in_a_row_stop_the_run() {
    check("ax bx cx d", "ask a b c d, a, wait 30s, b, wait 30s, c, too-many-failures");
    check(
        "ax bx c dx e",
        "ask a b c d e, a, wait 30s, b, wait 30s, c, verify c, wait 30s, d, wait 30s, e, verify e, Finished",
    );
}

#[test]
fn d2_a_second_dialog_for_somebody_else_stops_the_run() {
    check("ao b co d", "ask a b c d, a, wait 30s, b, verify b, wait 30s, c, page-changed");
}

#[test]
fn p4_p11_p13_who_is_gone_or_no_longer_fits_costs_no_pause_and_is_no_miss() {
    check("a= b- c- d= e", "ask a b c d e, a, b, c, d, e, verify e, Finished");
}

#[test]
fn who_was_gone_before_proves_nothing_about_a_click() {
    check(
        "a= b c d",
        "ask a b c d, a, b, verify b, wait 30s, c, wait 30s, d, verify c d, Finished",
    );
}

#[test]
fn a_site_that_says_stop_is_asked_for_nothing_more() {
    check("a bR c", "ask a b c, a, verify a, wait 30s, b, rate-limited");
}

#[test]
fn an_interrupt_settles_what_was_begun_and_begins_nothing() {
    check("a bI c", "ask a b c, a, verify a, wait 30s, b, verify b, interrupted");
    check("aI b", "ask a b, a, verify a, interrupted");
}

#[test]
fn caps_end_the_run_after_the_proof() {
    let pace = |per_run, per_hour| Pace { per_run, per_hour, ..usual() };
    check_with(pace(2, 20), "a b c", &[], "ask a b c, a, verify a, wait 30s, b, verify b, cap");
    check_with(pace(25, 1), "a b c", &[], "ask a b c, a, verify a, cap");
    check_with(pace(0, 20), "a", &[], "cap");
}

#[test]
fn d1_without_a_question_the_list_says_what_the_click_did() {
    check("aq b", "ask a b, a, verify a, wait 30s, b, verify b, Finished");
    check(
        "aq bq cq d",
        "ask a b c d, a, verify a, wait 30s, b, verify b, wait 30s, c, verify c, too-many-failures",
    );
    check("aQ b", "ask a b, a, verify a, page-changed");
}

#[test]
fn t1_pauses_and_second_looks_go_by_the_runs_own_clock() {
    let mut left = killed_after(vec![intent("z")]);
    let later = Timestamp::UNIX_EPOCH.checked_add(jiff::SignedDuration::from_hours(48)).unwrap();
    left[1].at = later;
    let mut world = World::new(usual(), "a b~ c", &left);
    world.clock = Timestamp::UNIX_EPOCH;
    assert_eq!(
        world.play(),
        "verify z, ask a b c, a, verify a, wait 30s, b, wait 30s, c, verify b c, wait 12s, verify b, Finished"
    );
}

#[test]
fn who_was_refused_counts_against_no_cap() {
    let pace = Pace { per_hour: 1, ..usual() };
    check_with(pace, "ax b c", &[], "ask a b c, a, wait 30s, b, verify b, cap");
}

/// An earlier run that was killed after this event.
fn killed_after(kinds: Vec<EventKind>) -> Vec<Event> {
    let at = Timestamp::UNIX_EPOCH;
    let id = RunId::new(at, 1);
    let events = kinds.into_iter().map(|kind| Event { run: id, at, kind });
    std::iter::once(started(id, at)).chain(events).collect()
}

fn intent(key: &str) -> EventKind {
    let (name, rule) = (key.to_owned(), "stale".to_owned());
    EventKind::Intent { key: Key::recorded(key), name, profile_url: None, rule }
}

#[test]
fn what_a_killed_run_left_is_settled_before_anybody_is_asked() {
    let left = killed_after(vec![intent("z")]);
    check_with(usual(), "a", &left, "verify z, ask a, a, verify a, Finished");
    let sent = EventKind::ConfirmSent { key: Key::recorded("z") };
    let left = killed_after(vec![intent("z"), sent]);
    check_with(usual(), "a", &left, "verify z, ask a, a, verify a, Finished");
    let pace = Pace { per_hour: 1, ..usual() };
    check_with(pace, "a", &left, "verify z, cap");
}

#[test]
fn a_cool_down_is_honoured_by_the_next_run() {
    let until = "1970-01-02T00:00:00Z".parse().unwrap();
    let left = killed_after(vec![EventKind::CoolDown { until, detail: String::new() }]);
    check_with(usual(), "a", &left, "rate-limited");
}

#[test]
fn a_list_that_proves_nothing_twice_ends_the_run_with_the_doubt_open() {
    let mut world = World::new(usual(), "a b", &[]);
    let keys = [Key::recorded("a"), Key::recorded("b")];
    world.run.confirmed(&keys);
    world.withdraw(keys[0].clone());
    for _ in 0..2 {
        assert_eq!(world.run.next(world.clock), Step::Verify(vec![keys[0].clone()]));
        world.run.looked(false);
    }
    assert_eq!(world.run.next(world.clock), Step::Stop(Stop::Early(StopWord::PageChanged)));
    assert_eq!(world.run.history().unverified().len(), 1);
}

#[test]
fn the_room_is_what_the_caps_leave() {
    let mut world = World::new(usual(), "a", &[]);
    world.withdraw(Key::recorded("a"));
    assert_eq!(world.run.room(world.clock), [24, 19, 39, 149]);
}

#[test]
fn a_pause_lies_between_its_ends() {
    let pace = Pace::default();
    assert_eq!(pace.pause(0), Duration::from_secs(15));
    assert_eq!(pace.pause(30_000), Duration::from_secs(45));
    assert_eq!(pace.pause(30_001), Duration::from_secs(15));
}
