//! `rescind withdraw --plan`: what was reviewed is what is applied, as far as it still fits.

use std::path::PathBuf;

use serde_json::Value;

use crate::trial::{NO_CAPS, Run, Trial};
use crate::withdrawing::place_of;

/// A trial with a plan that was saved from its page.
struct Planned {
    trial: Trial,
    file: PathBuf,
    report: Value,
}

impl Planned {
    fn new() -> Self {
        Self::of(Trial::new(""))
    }

    fn of(trial: Trial) -> Self {
        let file = trial.world.home().join("plan.json");
        let url = trial.mock.url();
        let path = file.display().to_string();
        let config = trial.world.home().join("config.toml").display().to_string();
        let from = ["report", "--headless", "--format", "json", "--site", &url];
        let to = ["--config", &config, "--plan", &path];
        let ran = trial.world.run(&[from.as_slice(), &to].concat());
        ran.expect(0, "plan saved");
        Self { trial, file, report: ran.json() }
    }

    fn edit(&self, change: impl Fn(&mut Value)) {
        let mut plan: Value = serde_json::from_slice(&std::fs::read(&self.file).unwrap()).unwrap();
        change(&mut plan);
        std::fs::write(&self.file, plan.to_string()).unwrap();
    }

    /// Leaves the first `count` of those who are to be withdrawn, and nobody else.
    fn shortened(self, count: usize) -> Self {
        self.edit(|plan| {
            let all = plan["invitations"].as_array_mut().unwrap();
            all.retain(|one| one["decision"] == "withdraw");
            all.truncate(count);
        });
        self
    }

    fn run(&self) -> Run {
        self.trial.run(&["--plan", self.file.to_str().unwrap()])
    }

    #[track_caller]
    fn refused(&self, words: &str) {
        let run = self.run();
        assert_eq!(run.ran.code(), 7, "{}", run.ran.err());
        run.says(words).says("hint: ");
        assert!(self.trial.logged("click-withdraw").is_empty());
    }
}

#[test]
fn just_what_the_plan_lists_is_withdrawn() {
    let planned = Planned::new().shortened(2);
    planned.run().expect(0, "", "withdrawn* withdrawn*");
    assert_eq!(planned.trial.mock.withdrawn().len(), 2);
    planned.run().expect(0, "", "gone* gone*");
}

#[test]
fn who_is_gone_takes_nobodys_place_within_a_limit() {
    let planned = Planned::new().shortened(3);
    let limited = || planned.trial.run(&["--plan", planned.file.to_str().unwrap(), "--limit", "1"]);
    limited().expect(0, "", "withdrawn*");
    limited().expect(0, "", "gone* withdrawn*");
    limited().expect(0, "", "gone* gone* withdrawn*");
    assert_eq!(planned.trial.mock.withdrawn().len(), 3);
}

#[test]
fn u4_an_edited_plan_is_refused() {
    let planned = Planned::new();
    planned.edit(|plan| plan["invitations"][0]["decision"] = "withdraw".into());
    planned.refused("edited");
    planned.edit(|plan| plan["site"] = "https://example.org".into());
    planned.refused("plan");
    std::fs::write(&planned.file, "{}").unwrap();
    planned.refused("plan");
}

#[test]
fn u4_a_plan_of_another_site_is_refused() {
    let planned = Planned::new();
    let other = Trial::new("");
    let run = other.run(&["--plan", planned.file.to_str().unwrap()]);
    assert_eq!(run.ran.code(), 7, "{}", run.ran.err());
}

#[test]
fn a2_a_plan_of_another_account_is_refused() {
    let planned = Planned::new();
    planned.trial.switch("fault=account:B");
    planned.refused("blake-example");
}

#[test]
fn a2_the_account_that_the_config_wants_is_demanded() {
    let config = format!("{NO_CAPS}[site]\naccount = \"somebody-else\"\n");
    let trial = Trial::new("").configured(&config);
    let run = trial.run(&[]);
    assert_eq!(run.ran.code(), 7, "{}", run.ran.err());
    run.says("alex-example is signed in, but the config wants somebody-else");
}

#[test]
fn a2_somebody_else_who_signs_in_in_the_middle_proves_nothing_and_is_left_alone() {
    let trial = Trial::new("fault=account:B/1");
    let run = trial.run(&["--limit", "3"]);
    run.expect(3, "signed-out", "withdrawn skipped skipped");
    run.says("blake-example is signed in now, not alex-example");
}

#[test]
fn p20_who_is_passed_over_by_a_fresh_list_is_not_taken_for_gone() {
    let all = "[[rule]]\nname = \"all\"\nolder_than = \"1 day\"\n";
    let trial = Trial::new("").configured(&format!("{NO_CAPS}{all}"));
    let ids = |report: &Value| -> Vec<String> {
        let all = report["invitations"].as_array().unwrap();
        all.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let whole = ids(&trial.report());
    trial.switch("fault=resort:1");
    let some = ids(&trial.report());
    let missed: Vec<&String> = whole.iter().filter(|id| !some.contains(id)).collect();
    assert_eq!(missed.len(), 1);
    trial.switch("");
    let planned = Planned::of(trial);
    planned.edit(|plan| {
        let all = plan["invitations"].as_array_mut().unwrap();
        all.retain(|one| one["id"] == missed[0].as_str());
        assert_eq!(all[0]["decision"], "withdraw");
    });
    planned.trial.switch("fault=resort:1");
    planned.run().expect(5, "", "skipped").says("may pass people over");
    // The first reading is whole; the fresh ones show somebody twice, and pass over who was to go.
    let loads = planned.trial.logged("load-sent").len();
    planned.trial.switch(&format!("fault=effect-none,resort:1/{}", loads + 1));
    let run = planned.run();
    run.expect(5, "page-changed", "withdrawn").says("a fresh list proves nothing");
}

#[test]
fn p11_p13_who_has_another_name_or_a_younger_age_now_is_refused() {
    for (fault, words) in [("rename", "the name changed"), ("younger", "no rule holds now")] {
        let planned = Planned::new().shortened(3);
        let second = place_of(&planned.report, 2);
        planned.trial.switch(&format!("fault={fault}:{second}/0"));
        planned.run().expect(5, "", "withdrawn* refused withdrawn*").says(words);
    }
}

#[test]
fn who_came_onto_the_keep_list_since_is_refused() {
    let planned = Planned::new().shortened(2);
    let plan: Value = serde_json::from_slice(&std::fs::read(&planned.file).unwrap()).unwrap();
    let name = plan["invitations"][0]["name"].as_str().unwrap();
    let Planned { trial, file, report } = planned;
    let trial = trial.configured(&format!("{NO_CAPS}[keep]\nnames = [\"{name}\"]\n"));
    let planned = Planned { trial, file, report };
    planned.run().expect(5, "", "refused withdrawn*").says("keep list");
}

#[test]
fn u10_who_was_withdrawn_by_hand_meanwhile_is_gone() {
    let planned = Planned::new().shortened(3);
    let second = place_of(&planned.report, 2);
    planned.trial.switch(&format!("fault=accept:{second}"));
    planned.run().expect(0, "", "withdrawn* gone* withdrawn*");
}
