//! B4 and B9: whole runs of the program, against the pauses alone and against one reading.

use std::time::Instant;

use jiff::Timestamp;
use rescind::domain::history::{Event, EventKind, RunId, Site};
use rescind::domain::invitation::Key;
use rescind::journal::Journal;
use rescind::mock_site::MockSite;
use serde_json::Value;

use crate::contest::{Row, Way, Wish, in_turns};
use crate::world::{Ran, World};

const SWITCHES: &str = "count=60&delay=0&hydrate=0";
const PEOPLE: usize = 25;
const DOUBTS: usize = 10;

/// Twenty-five people at the default pace take twelve minutes; otherwise at a tenth of it.
pub async fn paced(wish: &Wish) -> Vec<Row> {
    let (pause, name) = match wish.long {
        true => (30.0, "30 s, the middle of the default pace"),
        false => (3.0, "3 s, a tenth of the default pace"),
    };
    let world = World::new();
    let mock = MockSite::start(SWITCHES, 0).await.unwrap();
    let config = world.home().join("config.toml");
    let text = format!(
        "[pace]\nbetween = \"{pause}s..{pause}s\"\nper_hour = 100\nper_day = 100\n[[rule]]\nname = \"all\"\nolder_than = \"1 day\"\n"
    );
    std::fs::write(&config, text).unwrap();
    let config = config.display().to_string();
    let site = mock.url();
    let limit = PEOPLE.to_string();
    let words = [&withdraw(&site, &config)[..], &["--limit", &limit]].concat();
    let began = Instant::now();
    let ran = run(&world, &words).await;
    let took = began.elapsed().as_secs_f64();
    let done = ran.json()["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["verified"] == true)
        .count();
    assert_eq!(done, PEOPLE, "{}", ran.err());
    let alone = pause * (PEOPLE - 1) as f64;
    let job = format!("{PEOPLE} withdrawals, proven, start and end included; pauses of {name}");
    let row = Row::of_rescind("B4", job, "s", vec![took]);
    vec![row.goal(
        "≤ 5 % over the pauses at the default pace",
        0.05,
        (took - alone) / (30.0 * (PEOPLE - 1) as f64),
    )]
}

fn withdraw<'a>(site: &'a str, config: &'a str) -> [&'a str; 9] {
    ["withdraw", "--yes", "--headless", "--format", "json", "--site", site, "--config", config]
}

/// What a run that has ten doubts to settle takes, against one that only reads.
pub async fn settled(wish: &Wish) -> Vec<Row> {
    let ways = [Way::Rescind, Way::InPage];
    let cells = in_turns(&ways, wish.rounds, async |way| doubts(way == Way::Rescind).await).await;
    let [(_, own), (_, reading)] = <[_; 2]>::try_from(cells).ok().unwrap();
    let ratio = own.median() / reading.median();
    let job = format!(
        "a run that settles {DOUBTS} doubts, against `report` ({:.0} ms)",
        reading.median()
    );
    let row = Row::new("B9", job, "ms", vec![(Way::Rescind, own)]);
    vec![row.goal("≤ 1.1 × one reading", 1.1, ratio)]
}

/// Milliseconds of a run on a list of which nobody is stale, with or without doubts.
async fn doubts(are_there: bool) -> f64 {
    let world = World::new();
    let mock = MockSite::start("count=200&delay=0&hydrate=0", 0).await.unwrap();
    let config = world.home().join("config.toml");
    std::fs::write(&config, "[[rule]]\nname = \"none\"\nolder_than = \"50 years\"\n").unwrap();
    let config = config.display().to_string();
    let site = mock.url();
    let report = ["report", "--headless", "--format", "json", "--site", &site, "--config", &config];
    if !are_there {
        let began = Instant::now();
        run(&world, &report).await.expect(0, "");
        return began.elapsed().as_secs_f64() * 1_000.0;
    }
    let list = run(&world, &report).await.json();
    doubt(&world, &site, &list);
    let began = Instant::now();
    let ran = run(&world, &withdraw(&site, &config)).await;
    let took = began.elapsed().as_secs_f64() * 1_000.0;
    assert!(ran.code() == 0 || ran.code() == 5, "{}", ran.err());
    took
}

/// Ten intents of which nobody knows what came.
fn doubt(world: &World, site: &str, list: &Value) {
    let mut journal = Journal::open(&world.home().join("state/rescind")).unwrap();
    let (at, run) = (Timestamp::now(), RunId::new(Timestamp::now(), 1));
    let site = Site::of(site).unwrap();
    let account = list["account"].as_str().map(str::to_owned);
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let mut kinds = vec![EventKind::RunStarted { site, account, version, boot: None }];
    let people =
        list["invitations"].as_array().unwrap().iter().filter(|one| one["profile_url"].is_string());
    for person in people.take(DOUBTS) {
        let text = |field: &str| person[field].as_str().unwrap().to_owned();
        let key = Key::recorded(text("id"));
        let (name, profile_url) = (text("name"), Some(text("profile_url")));
        kinds.push(EventKind::Intent {
            key: key.clone(),
            name,
            profile_url,
            rule: "all".to_owned(),
        });
        kinds.push(EventKind::ConfirmSent { key });
    }
    let events: Vec<_> = kinds.into_iter().map(|kind| Event { run, at, kind }).collect();
    journal.append_all(&events).unwrap();
}

/// The program, while this process serves its practice site.
async fn run(world: &World, words: &[&str]) -> Ran {
    let mut command = world.command(words);
    tokio::task::spawn_blocking(move || Ran::of(&mut command)).await.unwrap()
}
