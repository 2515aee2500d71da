//! The report as a page in real Chromium, and as CSV: hostile people, a review, and the plan that
//! comes of it.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rescind::domain::plan::Plan;
use serde_json::{Value, json};

use crate::schemas;
use crate::screen::Screen;
use crate::trial::{NO_CAPS, Trial};
use crate::window::Window;
use crate::world::{PROGRAM, Ran, World, wait_until};

/// Markup, a formula, an escape sequence, quotes, a look-alike, combining marks, joiners.
const RULE: &str = r#"
[[rule]]
name = "some"
older_than = "1 day"
invitee = ["/<script>/", "/hyperlink/", "/]52/", "tick", "ada", "combining", "family"]

[[rule]]
name = "never"
older_than = "50 years"
"#;

const LOOK: &str = include_str!("html/look.js");
const FIND: &str = "
const search = document.getElementById('search');
search.value = arguments[0];
search.dispatchEvent(new Event('input', { bubbles: true }));
const ids = [...document.querySelectorAll('tbody tr')].map((row) => row.one.profile);
return JSON.stringify({ ids, said: document.getElementById('found').textContent });
";
const CONTROL: &str = "
const row = [...document.querySelectorAll('tbody tr')].find((row) => row.one.profile === arguments[0]);
const control = row ? row.querySelector('input') : document.getElementById(arguments[0]);
// Away from the bar that stays at the bottom.
control.scrollIntoView({ block: 'center' });
return control;
";
const CATCH: &str = "
URL.createObjectURL = (blob) => { window.saved = blob; return 'blob:caught'; };
return 'null';
";
const SAVED: &str = "
const done = arguments[arguments.length - 1];
window.saved.text().then((text) => done(JSON.stringify(text)));
";
const TOLD: &str = "
const told = ['tally', 'saved'].map((id) => document.getElementById(id).textContent);
return JSON.stringify(told);
";
const RELOAD: &str = "location.reload(); return 'null';";

/// Serves this page, and notes every request.
fn serve(page: String) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 4096];
            let count = stream.read(&mut head).unwrap_or(0);
            let line = String::from_utf8_lossy(&head[..count]).lines().next().map(str::to_owned);
            let Some(line) = line else { continue };
            log.lock().unwrap().push(line);
            let length = page.len();
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{page}"
            );
        }
    });
    (address, asked)
}

/// `rescind report --open` on this trial's site, with a stand-in for the person's browser: the page
/// and the plan as `--plan` writes it.
fn opened(trial: &Trial) -> (String, PathBuf) {
    let home = trial.world.home();
    let programs = home.join("programs");
    std::fs::create_dir(&programs).unwrap();
    let opener = programs.join("xdg-open");
    std::fs::write(&opener, "#!/bin/sh\nprintf %s \"$1\" > \"$HOME/opened\"\n").unwrap();
    std::fs::set_permissions(&opener, PermissionsExt::from_mode(0o755)).unwrap();
    let (url, config, plan) = (trial.mock.url(), home.join("config.toml"), home.join("plan.json"));
    let words = ["report", "--open", "--headless", "--site", &url, "--config"];
    let mut command = trial.world.command(&words);
    command.arg(config).arg("--plan").arg(&plan);
    let path = std::env::var("PATH").unwrap();
    let ran = Ran::of(command.env("PATH", format!("{}:{path}", programs.display())));
    let page = home.join("state/rescind/report.html");
    ran.expect(0, &format!("opened {}\n", page.display()));
    assert_eq!(ran.out(), "", "it is in the browser");
    wait_until("the page is opened", Duration::from_secs(20), || {
        std::fs::read_to_string(home.join("opened")).is_ok_and(|it| Path::new(&it) == page)
    });
    assert_eq!(page.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    (std::fs::read_to_string(page).unwrap(), plan)
}

/// A page of hostile people in a browser.
struct Review {
    window: Window,
}

impl Review {
    async fn press(&mut self, what: &str) {
        let session = &mut self.window.site.session;
        let control = session.element(CONTROL, &json!(what)).await.unwrap().unwrap();
        session.click(&control).await.unwrap();
    }

    async fn ask(&mut self, script: &'static str, argument: Value) -> Value {
        self.window.site.session.run(script, &argument).await.unwrap()
    }

    /// The file that the button saves.
    async fn save(&mut self) -> String {
        self.press("save").await;
        self.window.site.session.run_async(SAVED, &Value::Null).await.unwrap()
    }
}

async fn review(page: String, plan: &str) -> String {
    let (address, asked) = serve(page);
    let mut review = Review { window: Window::open("count=1&delay=0").await };
    review.window.site.session.goto(&address).await.unwrap();
    let seen = review.ask(LOOK, Value::Null).await;
    check_page(&seen, &serde_json::from_str(plan).unwrap());

    let found = review.ask(FIND, json!("ELODIE combi")).await;
    assert_eq!(found, json!({"ids": ["in/combining"], "said": "1 of 30 shown"}));
    review.ask(FIND, json!("")).await;
    review.ask(CATCH, Value::Null).await;
    assert!(review.save().await == plan, "with nobody taken out, it is the plan as it was saved");
    review.press("in/script-tag").await;
    review.press("in/ada-latin").await;
    review.ask(RELOAD, Value::Null).await;
    let told = review.ask(TOLD, Value::Null).await;
    assert_eq!(told[0], "5 to withdraw, 2 taken out", "the review outlives a reload");
    review.ask(CATCH, Value::Null).await;
    let saved = review.save().await;
    let told = review.ask(TOLD, Value::Null).await;
    let command = format!("rescind withdraw --site {} --plan rescind-plan-20", seen["site"]);
    assert!(told[1].as_str().unwrap().contains(&command.replace('"', "")), "{told}");
    review.window.close().await;
    // The page itself, twice, and nothing else whatsoever.
    let asked = asked.lock().unwrap().clone();
    assert_eq!(asked, ["GET / HTTP/1.1", "GET / HTTP/1.1"]);
    saved
}

/// Everybody is there as text, nothing ran, and nothing was asked for.
#[track_caller]
fn check_page(seen: &Value, plan: &Value) {
    let people = plan["invitations"].as_array().unwrap();
    assert_eq!(seen["rows"], people.len());
    for (what, nothing) in
        [("violations", json!([])), ("requests", json!([])), ("canary", json!(null))]
    {
        assert_eq!(seen[what], nothing, "{what}");
    }
    let own = "a b bdi body button code dd div dl dt fieldset figcaption figure footer form h1 h2 \
               head header html i input kbd label legend li main meta noscript ol option p path q rect \
               script section select small span strong style svg table tbody td template th thead \
               time title tr ul";
    let foreign: Vec<_> = seen["tags"].as_array().unwrap().iter().collect();
    let foreign: Vec<_> =
        foreign.into_iter().filter(|tag| !own.split(' ').any(|one| one == **tag)).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
    let links = seen["links"].as_object().unwrap();
    assert_eq!(links.len(), people.len());
    for one in people {
        assert_eq!(links[one["id"].as_str().unwrap()], one["profile_url"], "{one}");
    }
    let shown = |text: &str| seen["names"].as_array().unwrap().contains(&json!(text));
    for name in ["<script>window.rescindPwned=1</script>", "�]52;c;cm0gLXJmIH4=�Osc Example"] {
        assert!(shown(name), "{name} in {}", seen["names"]);
    }
    assert_eq!(seen["alike"], json!(["in/ada-latin", "in/ada-lookalike"]));
    // One rule with all of them, one with none; 7 of 30 in the first bar.
    assert_eq!(seen["bars"], json!(["some 7", "never 0"]));
    assert_eq!(seen["unnamed"], json!([]), "controls without a name for a screen reader");
    assert_eq!(seen["keys"], json!("in/zwj-family, unticked, in the search"));
}

#[test]
fn a_page_of_hostile_people_is_reviewed_and_exactly_the_others_are_withdrawn() {
    let trial = Trial::new("fault=hostile,quotes").configured(&format!("{NO_CAPS}{RULE}"));
    let (page, file) = opened(&trial);
    let plan = std::fs::read_to_string(&file).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let saved = runtime.block_on(review(page, &plan));
    let mut left: Value = serde_json::from_str(&plan).unwrap();
    let out = ["in/script-tag", "in/ada-latin"];
    let people = left["invitations"].as_array_mut().unwrap();
    people.retain(|one| !out.iter().any(|id| one["id"] == *id));
    assert_eq!(serde_json::from_str::<Value>(&saved).unwrap(), left);
    let mut wanted: Vec<String> = Plan::from_json(&saved)
        .unwrap()
        .wanted()
        .map(|row| row.invitation.key.to_string())
        .collect();
    std::fs::write(&file, saved).unwrap();
    let run = trial.run(&["--plan", file.to_str().unwrap()]);
    run.expect(0, "", "withdrawn* withdrawn* withdrawn* withdrawn* withdrawn*");
    schemas::check("withdraw-1.schema.json", &run.json);
    let mut gone = trial.mock.withdrawn();
    gone.sort();
    wanted.sort();
    assert_eq!(gone, wanted);
    // The readings of that run are in the journal, and the next page may go through a pipe.
    let (url, config) = (trial.mock.url(), trial.world.home().join("config.toml"));
    let words = ["report", "--format", "html", "--headless", "--site", &url, "--config"];
    let ran = trial.world.run(&[&words[..], &[config.to_str().unwrap()]].concat());
    ran.expect(0, "");
    assert!(ran.out().starts_with("<!doctype html>") && ran.out().ends_with("</html>\n"));
    assert!(ran.out().contains("How it was before") && ran.out().contains("<b>30</b>"));
}

#[test]
fn csv_says_what_the_json_says_and_no_cell_is_calculated() {
    let world = World::new();
    let plan = world.home().join("plan.json");
    let site = "mock?count=60&delay=0&fault=hostile,quotes";
    let words = ["report", "--headless", "--format", "csv", "--site", site, "--plan"];
    let ran = world.run(&[&words[..], &[plan.to_str().unwrap()]].concat());
    ran.expect(0, "");
    let written = std::fs::read_to_string(plan).unwrap();
    assert!(Plan::from_json(&written).unwrap().to_json() == written, "nothing is lost in JSON");
    let mut document: Value = serde_json::from_str(&written).unwrap();
    schemas::check("plan-1.schema.json", &document);
    document.as_object_mut().unwrap().remove("plan");
    schemas::check("report-1.schema.json", &document);
    let text = ran.out();
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    let people = document["invitations"].as_array().unwrap();
    assert_eq!(records.len(), people.len());
    let mut guarded = 0;
    for (record, one) in records.iter().zip(people) {
        for (column, cell) in columns.iter().zip(record) {
            let value = one.pointer(&format!("/{}", column.replace('.', "/")));
            let value = match value.unwrap_or(&Value::Null) {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let obeyed = |c: char| rescind::domain::safe_text::is_unsafe(c) && c != '\n';
            let value = value.replace(obeyed, "\u{fffd}");
            // Some spreadsheets begin a cell behind a semicolon, or in a new line.
            let pieces = [cell, &value].map(|text| text.split_inclusive([';', '\n']));
            let [shown, meant] = pieces.map(Iterator::collect::<Vec<_>>);
            assert_eq!(shown.len(), meant.len(), "{column}: {cell}");
            for (shown, meant) in shown.into_iter().zip(meant) {
                let bare = shown.strip_prefix('\'').filter(|bare| *bare == meant);
                guarded += usize::from(bare.is_some());
                assert_eq!(bare.unwrap_or(shown), meant, "{column}");
                let start = shown.trim_start_matches(|c: char| c.is_whitespace() || c == '"');
                assert!(!start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']), "{cell}");
            }
        }
    }
    assert!(guarded >= 6, "{guarded}: {text}");
    let known: Vec<_> = people[0].as_object().unwrap().keys().collect();
    let told = columns.iter().map(|column| column.split('.').next().unwrap());
    assert!(known.into_iter().all(|key| told.clone().any(|column| column == key)), "{columns:?}");
}

#[test]
fn a_page_goes_to_a_file_a_pipe_or_a_browser_but_not_onto_a_terminal() {
    let world = World::new();
    let ran = world.run(&["report", "--site", "mock", "--open", "--format", "csv"]);
    ran.expect(2, "--open shows the report as a page");
    let mut command = pty_process::blocking::Command::new(PROGRAM);
    command = command.args(["report", "--site", "mock", "--format", "html"]);
    let (status, text) = Screen::new(100, command.env("HOME", world.home())).end();
    assert_eq!(status.code(), Some(2), "{text}");
    assert!(text.contains("error: a page is nothing for a terminal"), "{text}");
    assert!(text.contains("--output report.html"), "{text}");
}
