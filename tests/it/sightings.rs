//! Sightings over time: what one look saw makes the next one's ages narrower, in a report and in the
//! moment of a withdrawal.

use rescind::domain::history::EventKind;
use rescind::lock;
use serde_json::Value;

use crate::trial::{NO_CAPS, Trial};

fn robin<'a>(report: &'a Value, id: &str) -> &'a Value {
    let mut all = report["invitations"].as_array().unwrap().iter();
    all.find(|one| one["id"] == id).unwrap()
}

#[test]
fn an_age_that_two_looks_narrowed_decides_in_the_report_and_at_the_click() {
    let rule = "[[rule]]\nname = \"month\"\nolder_than = \"33 days\"\nnewer_than = \"45 days\"\n";
    let trial = Trial::new("fault=age:Sent 5 weeks ago@3").configured(&format!("{NO_CAPS}{rule}"));
    let first = trial.report();
    let id = first["invitations"][2]["id"].as_str().unwrap().to_owned();
    assert_eq!(robin(&first, &id)["age_days"], serde_json::json!({"min": 35, "max": 41}));
    let seen = trial.journal();
    assert!(matches!(seen[0], EventKind::LookStarted { .. }) && seen.len() == 32, "{seen:?}");

    // "1 month" alone is 30 to 61 days: no rule would hold.
    trial.switch("fault=age:Sent 1 month ago@3");
    let state = trial.world.home().join("state/rescind");
    let busy = lock::acquire(&state, "state folder").unwrap();
    let url = trial.mock.url();
    let config = trial.world.home().join("config.toml").display().to_string();
    let words = ["report", "--headless", "-v", "--site", &url, "--config", &config];
    let ran = trial.world.run(&words);
    ran.expect(0, "");
    let out = ran.out().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains("Note: this look is not remembered: another run of rescind"), "{out}");
    assert!(out.contains("34–43 days*"), "{out}");
    assert!(out.contains("month: sent 34 to 43 days ago, seen since"), "{out}");
    assert!(out.contains("* narrower than the page says"), "{out}");
    assert_eq!(trial.journal().len(), 32, "nothing was written beside another run");
    drop(busy);

    let run = trial.run(&[]);
    run.expect(0, "", "withdrawn*");
    assert_eq!(trial.mock.withdrawn(), [id]);
    let status = trial.world.run(&["status", "--site", &url, "--format", "json"]).json();
    assert_eq!(
        (&status["account"], &status["pending"][0]["count"]),
        (&"alex-example".into(), &29.into())
    );
    assert_eq!(status["caps"]["hour"]["left"], 19);
}
