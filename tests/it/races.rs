//! Races: the page changes whose row or whose dialog it is while a click is on its way. The site's
//! own log says who was hit; nobody else than the one who was meant may ever stand there.
//!
//! `RESCIND_RACE_TRIALS=1000 cargo test --test it races -- --nocapture` runs each race so often.

use rescind::browser::act::{Attempt, Denied, Ending, Moment};
use rescind::domain::history::Outcome;
use rescind::domain::invitation::Key;
use serde_json::{Value, json};

use crate::window::Window;

/// The whole list stands there, and nothing of the page takes longer than it must.
const SWITCHES: &str = "count=40&first=40&delay=0&hydrate=0&dialog-delay=0&effect-delay=0&fault=";
const USUAL_TRIALS: usize = 16;
/// Those who are withdrawn leave, so the list is made whole again now and then.
const TRIALS_PER_LOAD: usize = 20;

const PEOPLE: &str = r#"
const people = rescindMock.people().filter((one) => one.kind === "person");
return JSON.stringify(people.map((one) => one.id));
"#;
/// Lets the page move at a chosen moment: when the guard is armed for the n-th time, or when the
/// pointer comes over a row.
const PREPARE: &str = r#"
const [wish] = arguments;
document.querySelector("dialog[open] > button")?.click();
const move = () => rescindMock[wish.move](wish.after, wish.anew);
let armed = 0;
window.addEventListener = function (kind, ...rest) {
  EventTarget.prototype.addEventListener.call(window, kind, ...rest);
  if (kind === "pointerdown") armed += 1;
  if (kind === "pointerdown" && armed === wish.arming) move();
};
if (wish.pointer) document.addEventListener("mouseover", move, { once: true, capture: true });
rescindMock.note(wish.target);
return "null";
"#;
const SETTLE: &str = r#"const done = arguments[1]; rescindMock.note("").then(() => done("null"));"#;
/// The page draws the confirming button anew at the first frame in which the dialog stands.
const REDRAW: &str = r#"
new MutationObserver((_, observer) => {
  const button = document.querySelector("dialog[open] [data-display-contents] button");
  if (!button) return;
  observer.disconnect();
  const anew = button.cloneNode(true);
  anew.addEventListener("click", () => button.click());
  requestAnimationFrame(() => button.replaceWith(anew));
}).observe(document.body, { childList: true, subtree: true, attributes: true });
return "null";
"#;
const FORGET: &str = "rescindMock.reset(); return 'null';";

/// What moves, and how far an attempt goes.
#[derive(Clone, Copy)]
struct Race {
    name: &'static str,
    fault: &'static str,
    /// What the page is told before each attempt.
    wish: fn() -> Value,
    /// The event that says who was hit; an attempt that is only to open the dialog ends there.
    hit: &'static str,
}

#[derive(Debug, Default)]
struct Tally {
    wrong: usize,
    right: usize,
    refused: usize,
}

impl Race {
    #[expect(clippy::print_stdout, reason = "the tally is asked for with --nocapture")]
    #[track_caller]
    fn run(self) -> Tally {
        let wanted = std::env::var("RESCIND_RACE_TRIALS").ok();
        let trials = wanted.map_or(USUAL_TRIALS, |number| number.parse().unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let tally = runtime.block_on(self.trials(trials));
        println!("{}: {tally:?}", self.name);
        assert_eq!(tally.wrong + tally.right + tally.refused, trials);
        assert_eq!(tally.wrong, 0, "{}: {tally:?}", self.name);
        tally
    }

    async fn trials(self, trials: usize) -> Tally {
        let mut window = Window::open(&format!("{SWITCHES}{}", self.fault)).await;
        let mut tally = Tally::default();
        let mut left = trials;
        while left > 0 {
            let now = left.min(TRIALS_PER_LOAD);
            self.load(&mut window, now, &mut tally).await;
            left -= now;
        }
        window.close().await;
        tally
    }

    /// So many trials on one load of the page, each with another person.
    async fn load(self, window: &mut Window, trials: usize, tally: &mut Tally) {
        let session = &mut window.site.session;
        session.run::<Value>(FORGET, &Value::Null).await.unwrap();
        window.site.reload_sent().await.unwrap();
        let mut people: Vec<String> = window.site.session.run(PEOPLE, &Value::Null).await.unwrap();
        fastrand::shuffle(&mut people);
        for target in &people[..trials] {
            let mut wish = (self.wish)();
            wish["target"] = json!(target);
            window.site.session.run::<Value>(PREPARE, &wish).await.unwrap();
            let confirms = self.hit == "confirm";
            let mut witness = |moment: Moment<'_>| match moment {
                Moment::Confirming if !confirms => Err(Denied::Interrupted),
                _ => Ok(()),
            };
            window.withdraw(&Key::recorded(target.to_lowercase()), &mut witness).await;
        }
        window.site.session.run_async::<Value>(SETTLE, &Value::Null).await.unwrap();
        let log = window.mock.log();
        let of_trials = log.split(|event| event["type"] == "note");
        for (target, events) in people[..trials].iter().zip(of_trials.skip(1)) {
            let is_hit =
                |event: &&Value| event["type"] == self.hit && event.get("ignored").is_none();
            let hits: Vec<&str> =
                events.iter().filter(is_hit).filter_map(|event| event["id"].as_str()).collect();
            match hits.as_slice() {
                [] => tally.refused += 1,
                [one] if one == target => tally.right += 1,
                _ => tally.wrong += 1,
            }
        }
    }
}

const NO_MOVE: fn() -> Value = || json!({});

/// Milliseconds from the moment that was chosen; a click takes about 40.
fn soon() -> u32 {
    fastrand::u32(0..=100)
}

#[test]
fn one_shift_after_the_row_was_found_hits_nobody_else_and_nearly_always_the_right_one() {
    let wish = || json!({ "move": "armRecycle", "after": soon(), "arming": 1 });
    let name = "one shift, 0..100 ms after the row was found";
    let tally = Race { name, fault: "none", wish, hit: "click-withdraw" }.run();
    assert!(tally.right * 100 >= (tally.right + tally.refused) * 95, "{tally:?}");
}

#[test]
fn one_shift_under_the_pointer_hits_nobody_else_and_nearly_always_the_right_one() {
    let wish = || json!({ "move": "armRecycle", "after": soon() / 4, "pointer": true });
    let name = "one shift, 0..25 ms after the pointer came";
    let tally = Race { name, fault: "none", wish, hit: "click-withdraw" }.run();
    assert!(tally.right * 100 >= (tally.right + tally.refused) * 95, "{tally:?}");
}

#[test]
fn a_list_that_shifts_every_15_ms_hits_nobody_else() {
    let fault = "recycle-storm:15";
    Race { name: "storm, every 15 ms", fault, wish: NO_MOVE, hit: "click-withdraw" }.run();
}

#[test]
fn a_list_that_shifts_every_120_ms_hits_nobody_else() {
    let fault = "recycle-storm:120";
    Race { name: "storm, every 120 ms", fault, wish: NO_MOVE, hit: "click-withdraw" }.run();
}

#[test]
fn a_question_that_becomes_somebody_elses_is_not_confirmed() {
    let wish = || json!({ "move": "armSwap", "after": soon(), "anew": false, "arming": 2 });
    let name = "dialog for somebody else, same nodes";
    Race { name, fault: "none", wish, hit: "confirm" }.run();
}

#[test]
fn a_question_for_somebody_else_in_the_place_of_the_first_is_not_confirmed() {
    let wish = || json!({ "move": "armSwap", "after": soon(), "anew": true, "arming": 2 });
    let name = "dialog for somebody else, new nodes";
    Race { name, fault: "none", wish, hit: "confirm" }.run();
}

#[test]
fn who_stands_there_twice_is_not_clicked() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut window = Window::open(&format!("{SWITCHES}dup:3")).await;
        let people: Vec<Value> = window.site.session.run(PEOPLE, &Value::Null).await.unwrap();
        let key = Key::recorded(people[2].as_str().unwrap());
        let attempt = window.withdraw(&key, &mut |_| Ok(())).await;
        let Attempt::Ended(Ending { outcome, detail, .. }) = attempt else { panic!("{attempt:?}") };
        assert_eq!(
            (outcome, detail.as_str()),
            (Outcome::Refused, "it stands on the page more than once")
        );
        assert!(window.mock.log().iter().all(|event| event["type"] != "click-withdraw"));
        window.close().await;
    });
}

#[test]
fn a_question_that_is_drawn_in_two_goes_is_answered_where_it_stands_at_last() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let switches = SWITCHES.replace("dialog-delay=0", "dialog-delay=300");
        let mut window = Window::open(&format!("{switches}none")).await;
        let people: Vec<String> = window.site.session.run(PEOPLE, &Value::Null).await.unwrap();
        window.site.session.run::<Value>(REDRAW, &Value::Null).await.unwrap();
        let key = Key::recorded(people[4].to_lowercase());
        let attempt = window.withdraw(&key, &mut |_| Ok(())).await;
        let Attempt::Ended(Ending { outcome, detail, .. }) = attempt else { panic!("{attempt:?}") };
        assert_eq!((outcome, detail.as_str()), (Outcome::Withdrawn, ""));
        assert_eq!(window.mock.withdrawn(), [people[4].clone()]);
        window.close().await;
    });
}
