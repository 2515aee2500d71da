//! What is kept of a run: a withdrawal, a refusal and a click that was held back, each told so that
//! somebody who was not there can follow it; by the program, against the practice site.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::Value;

use crate::schemas;
use crate::trial::{NO_CAPS, Run, Trial};
use crate::world::Ran;

fn folder(trial: &Trial) -> PathBuf {
    trial.world.home().join("state/rescind/traces")
}

fn trace(trial: &Trial, arguments: &[&str]) -> Ran {
    trial.world.run(&[&["trace"], arguments].concat())
}

/// The record of the n-th outcome of a run, as it is published.
#[track_caller]
fn record(trial: &Trial, run: &Run, n: usize) -> Value {
    let id = run.json["outcomes"][n]["trace"].as_str().unwrap();
    let ran = trace(trial, &[id, "--format", "json"]);
    ran.expect(0, "");
    let record = ran.json();
    schemas::check("trace-1.schema.json", &record);
    assert_eq!(record["person"]["id"], run.json["outcomes"][n]["id"]);
    record
}

fn steps(record: &Value) -> String {
    let steps = record["steps"].as_array().unwrap().iter();
    steps.map(|step| step["step"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

fn step<'a>(record: &'a Value, name: &str) -> &'a Value {
    record["steps"].as_array().unwrap().iter().rfind(|step| step["step"] == name).unwrap()
}

#[test]
fn a_withdrawal_a_refusal_and_a_click_that_was_held_back_can_be_followed() {
    let trial = Trial::new("fault=dlg-other@2");
    let run = trial.run(&["--limit", "3"]);
    run.expect(5, "", "withdrawn* refused withdrawn*").says("rescind trace --list");
    schemas::check("withdraw-1.schema.json", &run.json);

    let good = record(&trial, &run, 0);
    assert_eq!(steps(&good), "find record click ask record record confirm outcome");
    assert_eq!((&good["outcome"], &good["screenshot"]), (&"withdrawn".into(), &Value::Null));
    assert_eq!(good["proof"]["gone"], true);
    let name = &good["person"]["name"];
    assert_eq!(&step(&good, "find")["card"]["name"], name);
    let [asked, seen] = ["ask", "outcome"].map(|name| step(&good, name));
    assert_eq!((&asked["guard"]["passed"], &asked["event"]["card"]["name"]), (&1.into(), name));
    let label = step(&good, "find")["card"]["label"].as_str().unwrap();
    assert_eq!(seen["event"]["dialog"]["label"], label);
    assert_eq!((&seen["cards"], &seen["page"]["status"]), (&0.into(), &200.into()));
    let address = seen["page"]["address"].as_str().unwrap();
    assert!(address.ends_with("/mynetwork/invitation-manager/sent"), "{address}");

    let bad = record(&trial, &run, 1);
    assert_eq!(steps(&bad), "find record click ask leave");
    assert!(bad["detail"].as_str().unwrap().starts_with("the dialog is for somebody else"));
    assert_eq!(step(&bad, "ask")["note"], "the question is for somebody else");
    let third = &run.json["outcomes"][2]["name"].as_str().unwrap();
    let dialog = step(&bad, "ask")["dialogs"][0]["label"].as_str().unwrap();
    assert!(dialog.ends_with(third), "{dialog}");
    let picture = folder(&trial).join(bad["screenshot"].as_str().unwrap());
    assert!(std::fs::read(&picture).unwrap().starts_with(b"\x89PNG"));

    let is_private = |path: &PathBuf| path.metadata().unwrap().permissions().mode() & 0o077 == 0;
    let files = std::fs::read_dir(folder(&trial)).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<PathBuf> = files.chain([folder(&trial)]).collect();
    assert_eq!((files.len(), files.iter().all(is_private)), (3 + 1 + 1, true), "{files:?}");

    let page = trace(&trial, &[bad["id"].as_str().unwrap()]).out();
    assert!(page.contains("data:image/png;base64,") && page.contains(">refused<"), "{page}");
    let history = trial.world.run(&["history", "--format", "json", "--site", &trial.mock.url()]);
    assert_eq!(history.json()["entries"][1]["trace"], bad["id"]);

    // Whether the list moves before or after the press is a matter of a millisecond.
    trial.switch("fault=recycle:0");
    let is_held = |step: &&Value| step["guard"]["blocked"].as_u64() > Some(0);
    let run_of = |_| record(&trial, &trial.run(&["--limit", "1"]), 0);
    let moved = (0..6)
        .map(run_of)
        .find(|trace| trace["steps"].as_array().unwrap().iter().any(|step| is_held(&step)));
    let moved = moved.expect("the list never moved under a click");
    let held = moved["steps"].as_array().unwrap().iter().find(is_held).unwrap();
    assert_eq!((&held["guard"]["passed"], &held["event"]["passed"]), (&0.into(), &false.into()));
    assert_ne!(held["event"]["card"]["name"], moved["person"]["name"]);
    assert_eq!(held["note"], "the list moved under the click, which was held back");
    // The newest is what is shown when none is named.
    assert_eq!(trace(&trial, &["--format", "json"]).json()["id"], moved["id"]);
}

#[test]
fn switched_off_nothing_is_kept_and_what_cannot_be_kept_stops_nobody() {
    let off = format!("{NO_CAPS}\n[trace]\nkeep = 0\n");
    let trial = Trial::new("fault=dlg-other@1").configured(&off);
    let run = trial.run(&["--limit", "1"]);
    run.expect(5, "", "refused");
    assert_eq!(run.json["outcomes"][0]["trace"], Value::Null);
    assert!(!folder(&trial).exists());

    let trial = trial.configured(NO_CAPS);
    std::fs::create_dir(folder(&trial)).unwrap();
    std::fs::set_permissions(folder(&trial), PermissionsExt::from_mode(0o755)).unwrap();
    trial.switch("");
    let run = trial.run(&["--limit", "2"]);
    run.expect(0, "", "withdrawn* withdrawn*").says("is open to other users (mode 755)");
    assert_eq!(run.ran.err().matches("no trace is kept").count(), 1, "{}", run.ran.err());
    assert_eq!(std::fs::read_dir(folder(&trial)).unwrap().count(), 0);
}

#[test]
fn what_is_asked_for_wrongly_or_not_there_is_explained() {
    let world = crate::world::World::new();
    let ask = |arguments: &[&str]| world.run(&[&["trace"], arguments].concat());
    ask(&[]).expect(1, "there is no trace in");
    ask(&["2026"]).expect(2, "no trace is called \"2026\"");
    ask(&["--list", "--format", "html"]).expect(2, "a list of traces is no page");
    ask(&["--format", "table"]).expect(2, "a trace is too much for a table");
    ask(&["2026", "--list"]).expect(2, "cannot be used with");
    let ran = ask(&["--list"]);
    assert_eq!((ran.code(), ran.out().as_str()), (0, "There is no trace yet.\n"));
    assert_eq!(ask(&["--list", "--format", "json"]).json()["traces"], Value::Array(Vec::new()));
    assert_eq!(std::fs::read_dir(world.home()).unwrap().count(), 0, "no folder, no file");
}
