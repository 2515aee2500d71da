//! Any text, read as a plan, and as a report of which a plan is made.

use rescind::domain::json;
use rescind::domain::plan::{Plan, Refusal};
use rescind::domain::report::Report;
use serde_json::Value;

pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Plan::from_json(text) {
        Ok(plan) => check_written(plan),
        Err(refusal) => check_refusal(&refusal),
    }
    // No input finds the seals by chance, so they are made here.
    match Report::from_json(text) {
        Ok(report) => check_written(Plan::new(report, Plan::USUAL)),
        Err(error) => super::assert_quiet(&error.to_string()),
    }
}

fn check_refusal(refusal: &Refusal) {
    for said in [refusal.to_string(), refusal.hint()] {
        super::assert_quiet(&said);
        assert!(said.chars().count() < 2_000, "{said}");
    }
}

/// What is written is read as it was, or refused for what it says, never for how it was written.
fn check_written(plan: Plan) {
    let text = plan.to_json();
    assert!(!text.contains(|c: char| c != '\n' && super::is_obeyed(c)), "{text:?}");
    match Plan::from_json(&text) {
        Ok(read) => {
            assert_eq!(read, plan);
            assert_eq!(read.to_json(), text);
            check_edits(&text, &plan);
        }
        Err(refusal) => {
            check_refusal(&refusal);
            let of_what_it_says = matches!(
                refusal,
                Refusal::Duplicate(_) | Refusal::OtherKind(_) | Refusal::OtherProfile { .. }
            );
            assert!(of_what_it_says, "{refusal}");
        }
    }
}

/// A plan from which an entry was deleted is read; one in which a word was changed is refused.
fn check_edits(text: &str, plan: &Plan) {
    let document = json::from_text(text).unwrap();
    let read = |document: &Value| Plan::from_json(&document.to_string());
    for place in 0..plan.report.rows.len().min(3) {
        let mut fewer = document.clone();
        fewer["invitations"].as_array_mut().unwrap().remove(place);
        let mut rows = plan.report.rows.clone();
        rows.remove(place);
        assert_eq!(read(&fewer).unwrap().report.rows, rows);
        for key in ["id", "name", "sent_text", "reason"] {
            let mut edited = document.clone();
            let word = &mut edited["invitations"][place][key];
            *word = format!("{}x", word.as_str().unwrap()).into();
            assert!(read(&edited).is_err(), "{key} may be edited");
        }
    }
    let mut edited = document;
    edited["site"] = format!("{}x", edited["site"].as_str().unwrap()).into();
    assert_eq!(read(&edited), Err(Refusal::EditedOutside));
}
