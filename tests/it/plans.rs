//! Plans: saved by the report, and read again whatever editor was at them.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use rescind::domain::plan::Plan;
use serde_json::Value;

use crate::world::{Ran, World};

/// The JSON report of a short list, with the plan saved to this file.
fn report(world: &World, file: &str) -> (Ran, PathBuf) {
    let path = world.home().join(file);
    let site = "mock?count=12&delay=0";
    let arguments = ["report", "--headless", "--format", "json", "--site", site, "--plan"];
    (world.run(&[&arguments[..], &[path.to_str().unwrap()]].concat()), path)
}

#[test]
fn a_plan_is_the_report_and_how_long_it_is_valid() {
    let world = World::new();
    let (ran, path) = report(&world, "plan.json");
    ran.expect(0, "");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut document: Value = serde_json::from_str(&text).unwrap();
    let plan = document.as_object_mut().unwrap().remove("plan").unwrap();
    assert_eq!(document, ran.json());
    assert_eq!(plan["format"], 1);
    let plan = Plan::from_json(&text).unwrap();
    assert_eq!(plan.expires_at.duration_since(plan.report.generated_at), Plan::USUAL);
    let until = plan.expires_at.strftime("%Y-%m-%d %H:%M UTC");
    let (count, file) = (document["counts"]["withdraw"].as_u64().unwrap(), path.display());
    assert!(count > 0);
    ran.expect(0, &format!("plan saved to {file}: {count} to withdraw, valid until {until}\n"));
}

#[test]
fn a_plan_is_for_its_owner_only_and_takes_the_place_of_the_last_one() {
    let world = World::new();
    std::fs::write(world.home().join("plan.json"), "the last one").unwrap();
    let (ran, path) = report(&world, "plan.json");
    ran.expect(0, "");
    assert!(Plan::from_json(&std::fs::read_to_string(&path).unwrap()).is_ok());
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn the_next_step_is_said_where_there_is_one() {
    let world = World::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mock =
        runtime.block_on(rescind::mock_site::MockSite::start("count=12&delay=0", 0)).unwrap();
    let plan = world.home().join("plan.json");
    let plan = plan.to_str().unwrap();
    let site = mock.url();
    let ran = world.run(&["report", "--headless", "--site", &site, "--plan", plan]);
    ran.expect(0, &format!("next: rescind withdraw --site {site} --plan {plan}\n"));
    let (ran, _) = report(&world, "other.json");
    ran.expect(0, "for one that stays: rescind mock");
}

#[test]
fn the_config_says_how_long_a_plan_is_valid() {
    let world = World::new();
    std::fs::create_dir_all(world.home().join("config/rescind")).unwrap();
    let config = world.home().join("config/rescind/config.toml");
    std::fs::write(config, "[plan]\nvalid_for = \"90 minutes\"\n").unwrap();
    let (ran, path) = report(&world, "plan.json");
    ran.expect(0, "");
    let plan = Plan::from_json(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(plan.expires_at.duration_since(plan.report.generated_at).as_mins(), 90);
}

#[test]
fn a_place_that_cannot_be_written_to_is_told_before_the_walk() {
    let world = World::new();
    let no_site = ["--headless", "--site", "http://127.0.0.1:1"];
    for (command, option) in [("report", "--plan"), ("report", "--output"), ("doctor", "--report")]
    {
        let ran = world.run(&[&[command, option, "no/such/folder/file"], &no_site[..]].concat());
        let words = "cannot write no/such/folder/file: there is no such folder";
        let hint = format!("choose another place with {option}");
        ran.expect(1, &format!("error: {words}\nhint: {hint}\n"));
        assert_eq!(
            (ran.out(), ran.err().lines().count()),
            (String::new(), 2),
            "{command} {option}"
        );
        let ran = world.run(&[&[command, option, "."], &no_site[..]].concat());
        ran.expect(1, "cannot write .: it is a folder");
    }
}

#[test]
fn a_plan_does_not_take_the_place_of_the_report() {
    let world = World::new();
    let ran = world.run(&["report", "--site", "mock", "--output", "x", "--plan", "x"]);
    ran.expect(2, "--output and --plan name the same file");
}
