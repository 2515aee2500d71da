//! `rescind doctor` as a process: what it says, how it ends, and what it lets out.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::world::{Ran, World, wait_until};

fn script(folder: &Path, name: &str, text: &str) -> PathBuf {
    std::fs::create_dir_all(folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    std::fs::create_dir_all(folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// The machine's own program of this name.
fn on_path(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap();
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .unwrap()
}

#[track_caller]
pub fn status<'a>(json: &'a Value, id: &str) -> (&'a str, &'a str) {
    let found = json["checks"].as_array().unwrap().iter().find(|check| check["id"] == id);
    let found = found.unwrap_or_else(|| panic!("{id} is not in {json:#}"));
    (found["status"].as_str().unwrap(), found["detail"].as_str().unwrap())
}

#[track_caller]
fn check(json: &Value, id: &str, expected: &str, words: &str) {
    let (status, detail) = status(json, id);
    assert_eq!(status, expected, "{id}: {detail}");
    assert!(detail.contains(words), "{id}: {words:?} is not in {detail:?}");
}

/// Every invitee's and the account's name, slug, headline and note, in each form in which JSON, HTML
/// or an address might carry it, is not in the bundle; nor is any single word of them in the outline.
#[track_caller]
fn check_says_nothing(bundle: &str, report: &Value) {
    let json: Value = serde_json::from_str(bundle).unwrap();
    let outline = json["page"]["outline"].as_array().unwrap();
    let outline = outline.iter().map(|line| line.as_str().unwrap().to_lowercase());
    let outline = outline.collect::<Vec<_>>().join("\n");
    let words_of = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect()
    };
    let shown: Vec<String> = words_of(&outline);
    // Names of HTML, and of the site's own screen, that some invitees are called by.
    let nobodys =
        ["aria", "img", "invitation", "label", "name", "script", "sent", "span", "src", "width"];
    let people = report["invitations"].as_array().unwrap();
    assert_eq!(people.len(), 40);
    let fields = ["name", "id", "headline", "note"];
    let said = people.iter().flat_map(|one| fields.map(|field| one[field].as_str()));
    let said = said.flatten().chain(["Alex Example", "in/alex-example"]);
    for text in said.map(|text| text.trim_start_matches("in/")) {
        for word in words_of(text).into_iter().filter(|word| !nobodys.contains(&word.as_str())) {
            assert!(!shown.contains(&word), "{word:?} of {text:.60?} is in the outline");
        }
        if text.chars().count() < 4 {
            continue;
        }
        let escaped = serde_json::to_string(text).unwrap();
        let percent: String =
            url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let forms =
            [text, escaped.trim_matches('"'), &percent, &percent.replace('+', "%20"), &html];
        for form in forms {
            assert!(!bundle.contains(form), "{form:.60?} is in the bundle");
        }
    }
}

#[test]
fn a_bundle_of_a_hostile_page_names_nobody() {
    let world = World::new();
    let switches = "fault=hostile,quotes&first=20&count=40";
    let site = format!("mock?delay=0&{switches}");
    let file = world.home().join("bundle.json");
    let file_named = file.to_str().unwrap();
    let arguments = ["doctor", "--json", "--headless", "--site", &site, "--report", file_named];
    let ran = world.run(&arguments);
    ran.expect(0, "the bundle is in");
    let json = ran.json();
    assert_eq!((&json["schema"], &json["exit_code"]), (&Value::from(1), &Value::from(0)));
    check(&json, "reading", "ok", "40 announced, 40 read");
    check(&json, "ages", "ok", "language en (the page says \"en\"): 40 of 40 understood");
    check(&json, "dialog", "skipped", "only a click on Withdraw opens it");
    let locators = json["locators"].as_array().unwrap();
    let name = locators.iter().find(|row| row["field"] == "card.name" && row["fits"] == true);
    assert_eq!((&name.unwrap()["won"], &name.unwrap()["places"]), (&40.into(), &40.into()));

    let bundle = std::fs::read_to_string(&file).unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    check_says_nothing(&bundle, &world.report(switches).json());
    let home = world.home().to_str().unwrap();
    assert!(!bundle.contains(home), "a path of this machine is in the bundle");
    // And yet it shows what a layout is made of.
    for structure in [
        "data-testid=\\\"lazy-column\\\"",
        "role=\\\"listitem\\\"",
        "href=\\\"/in/*/\\\"",
        "a href=\\\"/mynetwork/invitation-manager/sent\\\" class[54] aria-current=\\\"true\\\"",
        "data-sdui-screen=\\\"com.linkedin.sdui.flagshipnav.mynetwork.invitations.InvitationSentWithType\\\"",
    ] {
        assert!(bundle.contains(structure), "{structure} is not in the bundle");
    }
}

/// On the day the site has changed: what each locator finds, and all that it takes to mend one.
#[test]
fn when_no_layout_fits_each_locator_is_counted_and_what_helps_to_mend_it_is_kept() {
    let world = World::new();
    let site = "mock?delay=0&fault=v2";
    let ran = world.run(&["doctor", "--headless", "--site", site]);
    assert_eq!(ran.code(), 6, "{} {}", ran.out(), ran.err());
    let out = ran.out();
    let folded = out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "problem layout no layout fits the Sent tab",
        "✗ fits.all 0 of 2 should be at least 1 of each",
        "[data-testid=\"lazy-column\"]: matches 0",
        "✗ list.container 0 should be exactly 1",
        "skipped reading not done: see layout",
    ] {
        assert!(folded.contains(words), "{words:?} is not in:\n{out}");
    }
    let traces = world.home().join("state/rescind/traces");
    let kept = |start: &str, end: &str| {
        let files = std::fs::read_dir(&traces).unwrap().map(|entry| entry.unwrap().path());
        let is_it = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with(start) && name.ends_with(end)
        };
        let file = files.into_iter().find(is_it).unwrap();
        assert!(out.contains(file.file_name().unwrap().to_str().unwrap()), "{out}");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        file
    };
    kept("page-", ".png");
    let structure = std::fs::read_to_string(kept("page-", ".txt")).unwrap();
    assert!(structure.contains("div data-probe=\"lazy-column\" data-kind=\"LazyColumn\""));
    assert!(structure.contains("div role=\"article\""), "{structure}");

    // The copy is a whole layout: it does in the place of the bundled one.
    let copy = std::fs::read_to_string(kept("2026-", ".toml")).unwrap();
    write(&world.home().join("config/rescind/layouts"), "2026.toml", &copy);
    let ran = world.run(&["doctor", "--headless", "--site", "mock?delay=0"]);
    let out = ran.out();
    assert_eq!(ran.code(), 0, "{out}");
    let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("layouts/2026.toml, instead of the bundled one)"), "{out}");
    assert!(words.contains("ok reading 40 announced, 40 read"), "{out}");
    assert!(words.contains("card.name 40 of 40"), "{out}");
}

#[test]
fn a_locator_that_finds_nothing_is_named_with_what_it_should_find() {
    let world = World::new();
    let mut layout: toml::Table = include_str!("../../layouts/2026.toml").parse().unwrap();
    let nowhere: toml::Table = "age = [{ css = '.nowhere' }]".parse().unwrap();
    layout["card"].as_table_mut().unwrap().extend(nowhere);
    let folder = world.home().join("config/rescind/layouts");
    write(&folder, "2026.toml", &toml::to_string(&layout).unwrap());
    let ran = world.run(&["doctor", "--json", "--headless", "--site", "mock?delay=0"]);
    assert_eq!(ran.code(), 6, "{} {}", ran.out(), ran.err());
    let json = ran.json();
    check(&json, "layout", "ok", "2026 fits");
    check(&json, "locators", "problem", "these don't find what they should: card.age");
    check(&json, "reading", "problem", "");
    let rows = json["locators"].as_array().unwrap();
    let age = rows.iter().find(|row| row["field"] == "card.age" && row["own"] == true).unwrap();
    assert_eq!((&age["css"], &age["gave"]), (&".nowhere".into(), &0.into()));
    assert_eq!((&age["should"], &age["status"]), (&"1 in each card".into(), &"problem".into()));
    let name = rows.iter().find(|row| row["field"] == "card.name" && row["own"] == true).unwrap();
    assert_eq!(name["status"], "ok");
}

#[test]
fn without_a_sign_in_the_rest_is_skipped() {
    let ran = World::new().run(&["doctor", "--json", "--headless", "--site", "mock?fault=logout"]);
    assert_eq!(ran.code(), 3, "{} {}", ran.out(), ran.err());
    let json = ran.json();
    assert_eq!(json["exit_code"], 3);
    check(&json, "selectors", "ok", "are valid");
    check(&json, "sign-in", "problem", "the site asks for a sign-in (/login/)");
    for id in ["walk", "layout", "locators", "reading", "ages", "dialog"] {
        check(&json, id, "skipped", "not done: see sign-in");
    }
    assert_eq!(json["locators"].as_array().unwrap().len(), 0);
}

/// A driver of another major version is on the PATH; selenium-manager, a stub, has the right one.
#[test]
fn a_driver_that_was_got_is_used_and_another_account_is_told() {
    let world = World::new();
    let bin = world.home().join("bin");
    script(&bin, "chromedriver", "echo 'ChromeDriver 99.0.1.2 (x)'");
    let real = on_path("chromedriver");
    let answer = format!(
        r#"{{"logs": [], "result": {{"code": 0, "message": "", "driver_path": "{}", "browser_path": ""}}}}"#,
        real.display()
    );
    let asked = world.home().join("asked");
    script(
        &bin,
        "selenium-manager",
        &format!("echo \"$SE_AVOID_STATS $*\" > {}\ncat <<'END'\n{answer}\nEND", asked.display()),
    );
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let config = write(world.home(), "c.toml", "[site]\naccount = \"somebody-else\"\n");
    let site = "mock?delay=0&fault=age-unreadable:3,nolink:4";
    let arguments =
        ["doctor", "--json", "--headless", "--site", site, "--config", config.to_str().unwrap()];
    let run = |more: &[&str]| {
        let mut command = world.command(&[&arguments[..], more].concat());
        Ran::of(command.env("PATH", &path))
    };
    let before = run(&[]);
    assert_eq!(before.code(), 1, "{}", before.out());
    check(&before.json(), "versions", "problem", "chromedriver 99.0.1.2 cannot drive");
    check(&before.json(), "start", "skipped", "not done: see versions");
    assert!(!asked.exists(), "selenium-manager was run without being asked for");

    let ran = run(&["--install"]);
    let json = ran.json();
    let asked = std::fs::read_to_string(asked).unwrap();
    let wanted = "true --browser chrome --avoid-stats --output json --skip-driver-in-path";
    assert!(asked.starts_with(wanted), "{asked}");
    check(&json, "install", "ok", "data/rescind/chromedriver");
    check(&json, "driver", "ok", "data/rescind/chromedriver");
    check(
        &json,
        "sign-in",
        "problem",
        "alex-example is signed in, but the config wants somebody-else",
    );
    assert_eq!(ran.code(), 3, "the first problem decides");
    check(&json, "layout", "ok", "2026 fits");
    check(&json, "reading", "ok", "40 announced, 40 read");
    check(&json, "ages", "warning", "39 of 40 understood");
    // Two were invited by e-mail, and one card lacks its link.
    let profile = json["locators"].as_array().unwrap().iter();
    let profile = profile.clone().find(|row| row["field"] == "card.profile").unwrap();
    assert_eq!((&profile["won"], &profile["places"]), (&37.into(), &40.into()));
}

/// Doctor on a site that is never opened, since something before it is wrong.
fn refused(world: &World, arguments: &[&str], change: impl Fn(&mut std::process::Command)) -> Ran {
    let all = [&["doctor", "--json", "--headless", "--site", "mock"][..], arguments].concat();
    let mut command = world.command(&all);
    change(&mut command);
    let ran = Ran::of(&mut command);
    check(&ran.json(), "start", "skipped", "not done");
    ran
}

#[test]
fn a_config_a_layout_or_a_folder_that_is_wrong_is_told_before_a_browser_starts() {
    let world = World::new();
    let config = write(world.home(), "c.toml", "[[rule]]\nolder_then = \"6 weeks\"\n");
    let ran = refused(&world, &["--config", config.to_str().unwrap()], |_| {});
    assert_eq!(ran.code(), 2);
    check(&ran.json(), "config", "problem", "did you mean `older_than`?");

    let layouts = world.home().join("config/rescind/layouts");
    let bad = write(&layouts, "2026.toml", "name = \"2026\"\nfits = 1\n");
    let ran = refused(&world, &[], |_| {});
    assert_eq!(ran.code(), 2);
    check(&ran.json(), "layouts", "problem", bad.to_str().unwrap());
    std::fs::remove_file(bad).unwrap();

    let state = world.home().join("state/rescind");
    std::fs::create_dir_all(&state).unwrap();
    std::fs::set_permissions(&state, std::fs::Permissions::from_mode(0o755)).unwrap();
    let profile = world.home().join("profile");
    std::fs::create_dir_all(&profile).unwrap();
    std::fs::set_permissions(&profile, std::fs::Permissions::from_mode(0o755)).unwrap();
    let ran = refused(&world, &["--profile", profile.to_str().unwrap()], |_| {});
    assert_eq!(ran.code(), 1);
    check(&ran.json(), "state", "problem", "is open to other users");
    check(&ran.json(), "journal", "skipped", "see state");
    check(&ran.json(), "profile", "problem", "is open to other users");
}

#[test]
fn without_browser_or_driver_it_says_how_to_get_them() {
    let world = World::new();
    let nothing = world.home().join("nothing");
    let without = |command: &mut std::process::Command| {
        command.env("PATH", &nothing).env_remove("SE_MANAGER_PATH");
    };
    let ran = refused(&world, &[], without);
    assert_eq!(ran.code(), 1);
    check(&ran.json(), "browser", "problem", "a Chromium or Chrome browser was not found");
    check(&ran.json(), "driver", "problem", "chromedriver was not found");
    check(&ran.json(), "versions", "skipped", "see browser and driver");
    assert!(ran.out().contains("apt-get install chromium"), "{}", ran.out());

    let browser = script(&world.home().join("only"), "chromium", "echo 'Chromium 156.0.1.2'");
    let only = browser.parent().unwrap();
    let install = |stub: Option<&str>| {
        let path = format!("{}:/usr/bin:/bin", only.display());
        let bare =
            script(&world.home().join("bare"), "chromedriver", "echo 'ChromeDriver 99.0.1.2'");
        let path = format!("{}:{path}", bare.parent().unwrap().display());
        let stub = stub.map(|text| script(&world.home().join("stub"), "se", text));
        refused(&world, &["--install"], |command| {
            command.env("PATH", &path).env_remove("SE_MANAGER_PATH");
            if let Some(stub) = &stub {
                command.env("SE_MANAGER_PATH", stub);
            }
        })
    };
    let ran = install(None);
    check(&ran.json(), "install", "problem", "selenium-manager was not found");
    assert!(ran.out().contains("pip install selenium"), "{}", ran.out());
    let empty = r#"echo '{"logs":[],"result":{"code":0,"message":"","driver_path":"","browser_path":"/x"}}'"#;
    check(&install(Some(empty)).json(), "install", "problem", "it found none for this browser");
    let offline = r#"echo '{"logs":[],"result":{"code":65,"message":"dns error","driver_path":"","browser_path":""}}'; exit 65"#;
    let ran = install(Some(offline));
    assert_eq!(ran.code(), 1);
    check(&ran.json(), "install", "problem", "selenium-manager got no driver: dns error");
}

/// Another run holds the state folder and its profile; and the journal is damaged meanwhile.
#[test]
fn another_run_and_a_damaged_journal_are_told() {
    let world = World::new();
    let profile = world.home().join("profile");
    let named = profile.to_str().unwrap();
    let site = "mock?delay=0&fault=spinner";
    let mut other = world
        .command(&[
            "withdraw",
            "--yes",
            "--no-pace",
            "--headless",
            "--site",
            site,
            "--profile",
            named,
        ])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let state = world.home().join("state/rescind");
    wait_until("the other run holds both", Duration::from_secs(30), || {
        profile.join("rescind.lock").is_file() && state.join("journal.sqlite3").is_file()
    });
    let ran = refused(&world, &["--profile", named], |_| {});
    other.kill().unwrap();
    other.wait().unwrap();
    assert_eq!(ran.code(), 8, "{}", ran.out());
    let process = format!("(process {})", other.id());
    check(&ran.json(), "lock", "problem", &process);
    check(&ran.json(), "profile", "problem", "is using the browser profile");

    let journal = state.join("journal.sqlite3");
    std::fs::write(&journal, vec![b'x'; 8192]).unwrap();
    for companion in ["journal.sqlite3-wal", "journal.sqlite3-shm"] {
        let _ = std::fs::remove_file(state.join(companion));
    }
    let open = world.home().join("open");
    std::fs::create_dir_all(&open).unwrap();
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o755)).unwrap();
    let ran = refused(&world, &["--profile", open.to_str().unwrap()], |_| {});
    check(&ran.json(), "journal", "problem", "is damaged");
    check(&ran.json(), "lock", "ok", "free");
}

#[test]
fn what_is_well_is_not_said_to_who_wants_it_quiet() {
    let world = World::new();
    let config = write(world.home(), "c.toml", "nonsense = 1\n");
    let ran = world.run(&["doctor", "-q", "--site", "mock", "--config", config.to_str().unwrap()]);
    assert_eq!(ran.code(), 2);
    assert!(ran.out().starts_with("problem config "), "{}", ran.out());
    assert!(!ran.out().contains("ok ") && !ran.out().contains("skipped"), "{}", ran.out());
}
