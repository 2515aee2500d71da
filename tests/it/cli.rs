//! Words, exit codes and streams of the program.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Stdio;

use crate::world::World;

fn script(world: &World, name: &str, text: &str) -> PathBuf {
    let path = world.home().join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn config(world: &World, text: &str) -> String {
    let path = world.home().join("test.toml");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_demo_stays_on_the_practice_site() {
    let ran = World::new().run(&["demo", "--site", "https://www.linkedin.com"]);
    ran.expect(2, "demo shows a practice site on this machine only");
}

#[test]
fn the_demo_shows_the_report_of_the_practice_site() {
    let ran = World::new().run(&["demo"]);
    ran.expect(0, "This was the practice site.");
    let out = ran.out();
    assert!(out.contains("40 pending, as many as the page announces"), "{out}");
    assert!(out.contains("To withdraw, oldest first: 22"), "{out}");
    let wild = |c: char| c.is_control() && c != '\n';
    assert!(!out.contains(wild), "no control character, no colour without a terminal");
}

#[test]
fn stale_ones_give_nine_when_asked_for() {
    let site = "mock?count=20&delay=0";
    let ran = World::new().run(&["report", "--fail-if-stale", "--headless", "-q", "--site", site]);
    assert_eq!((ran.code(), ran.err().as_str()), (9, ""));
}

#[test]
fn the_report_is_written_to_a_file_whole() {
    let world = World::new();
    let file = world.home().join("report.json");
    let arguments =
        ["report", "--format", "json", "--headless", "--site", "mock?count=12&delay=0", "--output"];
    let ran = world.run(&[&arguments[..], &[file.to_str().unwrap()]].concat());
    assert_eq!((ran.code(), ran.out().as_str()), (0, ""));
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert_eq!(json["schema"], 1);
}

#[test]
fn rules_and_keep_lists_of_the_config_decide() {
    let world = World::new();
    let file = config(
        &world,
        "[[rule]]\nname = \"bees\"\nheadline = [\"beekeeper\"]\n\n[keep]\nnames = [\"nobody at all\"]\n",
    );
    let ran = world.run(&[
        "report",
        "--format",
        "json",
        "--headless",
        "--config",
        &file,
        "--site",
        "mock?delay=0",
    ]);
    ran.expect(0, "on the keep list, but not on the page: name \"nobody at all\"");
    let json = ran.json();
    let gone: Vec<_> = json["invitations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["decision"] == "withdraw")
        .collect();
    assert!(!gone.is_empty() && gone.iter().all(|one| one["rule"] == "bees"), "{gone:?}");
}

#[test]
fn help_names_only_what_is_there_and_usage_errors_are_two() {
    let world = World::new();
    let help = world.run(&["--help"]);
    assert_eq!(help.code(), 0);
    assert!(help.out().contains("report") && !help.out().contains("launch-tied"));
    assert_eq!(world.run(&[]).code(), 2);
    world.run(&["report", "--format", "xml"]).expect(2, "values: table, json, csv, html");
    world.run(&["report", "--site", "http://example.org"]).expect(2, "http is only for 127.0.0.1");
    world.run(&["report", "--site", "nonsense"]).expect(2, "is not the address of a site");
}

#[test]
fn u1_config_errors_show_the_line_and_the_likely_key() {
    let world = World::new();
    let file = config(&world, "[[rule]]\nname = \"x\"\nolder_then = \"6 weeks\"\n");
    let ran = world.run(&["report", "--config", &file]);
    ran.expect(2, "did you mean `older_than`?");
    ran.expect(2, "test.toml:3:1");
    world.run(&["report", "--config", "/nowhere/at/all.toml"]).expect(2, "/nowhere/at/all.toml");
    std::fs::write(&file, b"\xff\xfe").unwrap();
    world.run(&["report", "--config", &file]).expect(2, "UTF-8");
}

#[test]
fn a_refused_connection_is_said_plainly() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let site = format!("http://127.0.0.1:{free}");
    let ran = World::new().run(&["report", "--headless", "--site", &site]);
    ran.expect(1, &format!("error: {site}/feed/ could not be loaded: net::ERR_CONNECTION_REFUSED"));
    ran.expect(1, "hint: check the address and the connection");
}

#[test]
fn n4_an_error_page_of_the_browser_is_no_page_of_the_site() {
    // A port that browsers refuse to open: going there answers ok, on a page of their own.
    let ran = World::new().run(&["report", "--headless", "--site", "http://127.0.0.1:9"]);
    ran.expect(1, "error: http://127.0.0.1:9/");
    ran.expect(1, "hint: check the address and the connection");
}

#[test]
fn login_ends_when_the_person_is_in() {
    let world = World::new();
    let ran = world.run(&["login", "--headless", "--site", "mock"]);
    ran.expect(0, "You are signed in, on the bundled practice site, whose profile nobody keeps.");
    let ran = world.run(&["login", "--headless", "--site", "mock", "--profile", "mine"]);
    ran.expect(0, "You are signed in, and the profile keeps it.");
    assert!(world.home().join("mine").is_dir(), "a relative profile lies where the run stands");
    world.run(&["login", "--site", "mock"]).expect(1, "there is no display");
}

#[test]
fn r7_a_missing_driver_is_named() {
    let world = World::new();
    let file = config(&world, "[browser]\ndriver = \"/nowhere/chromedriver\"\n");
    let ran = world.run(&["report", "--headless", "--site", "mock", "--config", &file]);
    ran.expect(1, "error: chromedriver was not found\nhint: /nowhere/chromedriver does not exist");
}

#[test]
fn r7_a_driver_of_another_major_version_is_refused_before_the_start() {
    let world = World::new();
    let driver = script(&world, "chromedriver", "echo 'ChromeDriver 99.0.1.2 (x)'");
    let file = config(&world, &format!("[browser]\ndriver = {driver:?}\n"));
    let ran = world.run(&["report", "--headless", "--site", "mock", "--config", &file]);
    ran.expect(1, "error: chromedriver 99.0.1.2 cannot drive Chromium");
}

#[test]
fn r8_r15_a_driver_that_says_nothing_useful_is_no_panic() {
    let world = World::new();
    let version = "case $1 in --version) exec chromedriver --version;; esac";
    let driver = script(&world, "silent", &format!("{version}\necho hello"));
    let file = config(&world, &format!("[browser]\ndriver = {driver:?}\n"));
    let ran = world.run(&["report", "--headless", "--site", "mock", "--config", &file]);
    ran.expect(1, "it ended without saying on which port it listens");
}

#[test]
fn t4_a_closed_pipe_ends_quietly() {
    let world = World::new();
    let mut child = world
        .command(&["report", "--headless", "--site", "mock?count=300&delay=0", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
    assert!(!said.contains("panicked") && !said.contains("Broken pipe"), "{said}");
    assert!(!world.home().join("state").exists(), "the practice site leaves nothing");
}

#[test]
fn the_mock_site_prints_its_address_and_serves() {
    let world = World::new();
    let mut mock =
        world.command(&["mock", "count=15&delay=0"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(mock.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ran = world.run(&["report", "--headless", "--format", "json", "--site", line.trim()]);
    mock.kill().unwrap();
    mock.wait().unwrap();
    assert_eq!(ran.json()["announced"], 15);
    assert_eq!(ran.json()["site"], line.trim());
}
