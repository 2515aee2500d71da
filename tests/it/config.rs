//! The commands around the work: config, completions, manual pages, the switches of the practice
//! site. No browser is needed for any of them.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Stdio;

use pty_process::blocking::Command;

use crate::screen::Screen;
use crate::world::{PROGRAM, World};

fn file(world: &World) -> PathBuf {
    world.home().join("config").join("rescind").join("config.toml")
}

fn written(world: &World) -> String {
    std::fs::read_to_string(file(world)).unwrap()
}

#[test]
fn without_a_terminal_the_commented_example_is_written_once() {
    let world = World::new();
    let ran = world.run(&["config", "init"]);
    ran.expect(0, &format!("Written, readable by you alone: {}", file(&world).display()));
    ran.expect(0, "Next: rescind config check");
    assert_eq!(written(&world), include_str!("../../config.example.toml"));
    let mode = std::fs::metadata(file(&world)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let schema = file(&world).with_file_name("config.schema.json");
    let published = include_str!("../../config.schema.json");
    assert_eq!(std::fs::read_to_string(schema).unwrap(), published);

    std::fs::write(file(&world), "# mine").unwrap();
    world.run(&["config", "init"]).expect(2, "config.toml: is there already, and stays as it is");
    world.run(&["config", "init"]).expect(2, "hint: change it in an editor, or replace it with");
    assert_eq!(written(&world), "# mine");
    let replaced = world.run(&["config", "init", "--force", "-q"]);
    assert_eq!((replaced.code(), replaced.err().as_str()), (0, ""));
    assert!(written(&world).contains("older_than"));

    let other = world.home().join("new").join("other.toml");
    world.run(&["config", "init", "--config", other.to_str().unwrap()]).expect(0, "other.toml");
    let unwritable = world.run(&["config", "init", "--config", "/proc/nothing/config.toml"]);
    unwritable.expect(1, "cannot be written");
    unwritable.expect(1, "hint: choose another place with --config");
}

#[test]
fn a_config_is_checked_and_summed_up() {
    let world = World::new();
    let ran = world.run(&["config", "check"]);
    assert_eq!((ran.code(), ran.err().as_str()), (0, ""));
    let place = file(&world).display().to_string();
    let none = format!("ok\nfile     none at {place}, so the defaults hold\n");
    assert!(ran.out().starts_with(&none), "{}", ran.out());
    assert!(ran.out().contains("\nrule     stale: older than 6 weeks\n"), "{}", ran.out());

    world.run(&["config", "init"]).expect(0, "");
    assert!(world.run(&["config", "check"]).out().starts_with(&format!("ok\nfile     {place}\n")));

    let other = world.home().join("other.toml");
    let example = "[[rule.example]]\nheadline = \"Recruiter\"\nage = \"1 week\"\nexpect = ";
    let rule = "[[rule]]\nname = \"r\"\nolder_than = \"2 weeks\"\nheadline = [\"recruiter\"]\n";
    let other = other.to_str().unwrap();
    std::fs::write(other, format!("{rule}{example}\"keep\"\n")).unwrap();
    let ran = world.run(&["config", "check", other]);
    assert!(ran.out().contains("\nexamples  1, decided as they expect\n"), "{}", ran.out());
    std::fs::write(other, format!("{rule}{example}\"withdraw\"\n")).unwrap();
    let why = "error: this example of rule \"r\" is kept, not withdrawn: younger than 2 weeks: \
               sent at most 13 days ago\n --> ";
    for arguments in [["config", "check", other], ["--config", other, "report"]] {
        let ran = world.run(&arguments);
        ran.expect(2, why);
        ran.expect(2, "other.toml:8:10\n  |\n8 | expect = \"withdraw\"\n  |          ^^^^^^^^^^");
    }
    world.run(&["config", "check", other, "--config", other]).expect(2, "named twice");
    world.run(&["config", "check", "/nowhere.toml"]).expect(2, "hint: `rescind config init`");
}

#[test]
fn the_schema_is_printed() {
    let ran = World::new().run(&["config", "schema"]);
    assert_eq!(ran.out(), include_str!("../../config.schema.json"));
    assert_eq!((ran.code(), ran.err().as_str()), (0, ""));
}

/// The interview at a terminal of so many columns.
fn interview(world: &World, columns: u16, options: &[&str]) -> Screen {
    let home = world.home();
    let command = Command::new(PROGRAM)
        .args(["config", "init"])
        .args(options)
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join("config"));
    Screen::new(columns, command)
}

#[test]
fn the_interview_writes_what_was_answered() {
    let world = World::new();
    let screen = interview(&world, 40, &[]);
    screen.answer("Stale after:", "soon\r");
    screen.shows("is not a length of time");
    screen.keys(&"\u{7f}".repeat(4));
    screen.keys("2 months\r");
    screen.answer("Words:", "recruiter, sales lead\r");
    screen.answer("for these:", "9 weeks\r");
    screen.shows("that is no sooner than the 2 months");
    screen.keys(&"\u{7f}".repeat(7));
    screen.keys("\r");
    screen.answer("Keep:", "Ada Lovelace\r");
    // A paste, as terminals bracket it, of two lines.
    let links = "https://www.linkedin.com/in/bob\nlinkedin.com/in/eve/";
    screen.answer("Keep:", &format!("\u{1b}[200~{links}\u{1b}[201~\r"));
    screen.answer("Keep:", "linkedin.com/feed/\r");
    screen.shows("\"linkedin.com/feed/\" is not the");
    screen.keys(&"\u{7f}".repeat(18));
    screen.keys("\r");
    screen.wait_for("Window:");
    screen.is_unwrapped();
    screen.keys("n\r");
    screen.shows("Next: rescind config check");
    let (status, text) = screen.end();
    assert!(status.success(), "{text}");
    let text = written(&world);
    for line in [
        "headless = true",
        "older_than = \"2 months\"",
        "[[rule]]\nname = \"sooner\"\nolder_than = \"2 weeks\"",
        "headline = [\n    \"recruiter\",\n    \"sales lead\",\n]",
        "names = [\"Ada Lovelace\"]",
        "profiles = [\n    \"https://www.linkedin.com/in/bob\",\n    \"linkedin.com/in/eve/\",\n]",
    ] {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
    world.run(&["config", "check"]).expect(0, "");
    let mode = std::fs::metadata(file(&world)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn whoever_ends_the_interview_gets_no_file() {
    for key in ["\u{3}", "\u{4}", "\u{1b}"] {
        for path in ["", "6 weeks\r"] {
            let world = World::new();
            let screen = interview(&world, 80, &["--color", "never"]);
            screen.wait_for("Stale after:");
            screen.keys(path);
            screen.wait_for(if path.is_empty() { "Stale after:" } else { "Words:" });
            screen.is_plain();
            screen.keys(key);
            let (status, text) = screen.end();
            assert_eq!(status.code(), Some(130), "{text}");
            assert!(text.contains("nothing was written"), "{text}");
            assert!(!file(&world).exists());
        }
    }
}

#[test]
fn completions_and_manual_pages_tell_of_every_command_and_nothing_hidden() {
    let world = World::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = world.run(&["completions", shell]);
        assert_eq!((script.code(), script.err().as_str()), (0, ""));
        for word in ["withdraw", "fail-if-stale", "schema", "retry-after"] {
            assert!(script.out().contains(word), "{shell} {word}");
        }
        assert!(!script.out().contains("launch-tied"), "{shell}");
    }
    let bash = world.home().join("rescind.bash");
    std::fs::write(&bash, world.run(&["completions", "bash"]).out()).unwrap();
    let typed = "source \"$1\"; COMP_WORDS=(rescind config ''); COMP_CWORD=2; \
                 _rescind rescind '' config; echo \"${COMPREPLY[@]}\"";
    let completed = std::process::Command::new("bash").args(["-c", typed, "-"]).arg(&bash).output();
    let completed = String::from_utf8(completed.unwrap().stdout).unwrap();
    assert!(completed.contains("init check schema"), "{completed}");

    let folder = world.home().join("man");
    let ran = world.run(&["man", folder.to_str().unwrap()]);
    assert_eq!((ran.code(), ran.out().as_str(), ran.err().as_str()), (0, "", ""));
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() >= 12 && !names.iter().any(|name| name.contains("launch")), "{names:?}");
    let page = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    assert!(page("rescind-config-check.1").contains(".SH EXAMPLES"));
    assert!(page("rescind-report.1").contains("fail\\-if\\-stale"));
    assert_eq!(page("rescind.1"), world.run(&["man"]).out());
    assert!(page("rescind.1").contains("stale ones found"));
}

#[test]
fn the_switches_of_the_practice_site_are_listed_and_others_refused() {
    let world = World::new();
    let list = world.run(&["mock", "--list"]).out();
    for line in
        ["\ncount         how many", "\nretry-after   ", "\ndlg-late:ms ", "\ntoast-late:ms, "]
    {
        assert!(list.contains(line), "{line:?} is not in\n{list}");
    }
    let refused = |arguments: &[&str], words: &str| world.run(arguments).expect(2, words);
    refused(&["mock", "--fault", "dialog-lat"], "no fault `dlg-lat`: did you mean `dlg-late`?");
    refused(&["mock", "cuont=5"], "no switch `cuont`: did you mean `count`?");
    refused(&["mock", "cuont=5"], "hint: what there is: rescind mock --list");
    refused(&["mock", "--count", "many"], "it takes a whole number");
    refused(&["mock", "--layout", "1999"], "`layout` of the practice site cannot be \"1999\"");
    refused(&["report", "--headless", "--site", "mock?lang=xx"], "`lang` of the practice site");
    refused(&["mock", "--cuont", "5"], "--count");
}

#[test]
fn the_options_of_the_practice_site_become_its_switches() {
    let world = World::new();
    let options =
        ["--lang", "fr", "--count", "7", "--fault", "dialog-late", "--fault", "age:3 wk@4"];
    let mut mock = world
        .command(&[&["mock", "count=500&seed=3"], &options[..]].concat())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(mock.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let host = address.trim().trim_start_matches("http://").to_owned();
    let mut stream = std::net::TcpStream::connect(&host).unwrap();
    let request =
        format!("GET /__mock__/state HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    mock.kill().unwrap();
    mock.wait().unwrap();
    let switches = "count=7&seed=3&lang=fr&fault=dlg-late&fault=age%3A3+wk%404";
    assert!(answer.contains(&format!("\"switches\":\"{switches}\"")), "{answer}");
}

#[test]
fn help_begins_with_examples_and_fits_a_narrow_terminal() {
    let world = World::new();
    let help = |arguments: &[&str]| world.run(arguments).out();
    let long = help(&["report", "--help"]);
    let [examples, usage] =
        ["Examples:\n  rescind report ", "\nUsage: "].map(|part| long.find(part));
    assert!(examples.is_some() && examples < usage, "{long}");
    assert!(!help(&["report", "-h"]).contains("Examples"));
    assert!(help(&["--help"]).contains("9    stale ones found"));
    for (arguments, last) in [
        (&["-h"][..], "Print version"),
        (&["report", "--help"], "-h, --help"),
        (&["mock", "--list"], "links are relative"),
        (&["config", "check"], "valid for 24h"),
    ] {
        let command = Command::new(PROGRAM).args(arguments).env("HOME", world.home());
        let screen = Screen::new(40, command.env_remove("XDG_CONFIG_HOME"));
        screen.shows(last);
        screen.is_unwrapped();
        let (status, text) = screen.end();
        assert!(status.success(), "{text}");
    }
}
