//! B10: from Ctrl-C to the end of all acting, by the clock of the journal.

use std::process::Stdio;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rescind::domain::history::{Event, EventKind};
use rescind::journal::Journal;
use rescind::mock_site::MockSite;
use rustix::process::{Pid, Signal};

use crate::contest::{Row, Wish};
use crate::world::World;

const PATIENCE: Duration = Duration::from_secs(60);
const CONFIG: &str =
    "[pace]\nbetween = \"60s..60s\"\n[[rule]]\nname = \"all\"\nolder_than = \"1 day\"\n";

pub async fn rows(wish: &Wish) -> Vec<Row> {
    let (mut idle, mut acting) = (Vec::new(), Vec::new());
    for _ in 0..wish.rounds {
        idle.push(once(When::Pause).await * 1_000.0);
        acting.push(once(When::Attempt).await);
    }
    vec![
        Row::of_rescind("B10", "Ctrl-C in a pause, until the run is over", "ms", idle)
            .at_most(200.0),
        Row::of_rescind("B10", "Ctrl-C in the middle of one, until it is settled", "s", acting)
            .at_most(5.0),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// The first is withdrawn and proven.
    Pause,
    /// The first click was obeyed, and the question is on its way.
    Attempt,
}

/// Seconds from the signal until the journal has what ends it.
async fn once(when: When) -> f64 {
    let world = World::new();
    let mock = MockSite::start("count=40&delay=0&hydrate=0", 0).await.unwrap();
    let config = world.home().join("config.toml");
    std::fs::write(&config, CONFIG).unwrap();
    let (config, site) = (config.display().to_string(), mock.url());
    let words = ["withdraw", "--yes", "--headless", "--site", &site, "--config", &config];
    let mut command = world.command(&words);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = tokio::process::Command::from(command).spawn().unwrap();
    let id = Pid::from_raw(child.id().unwrap().cast_signed()).unwrap();
    until(|| match when {
        When::Pause => ends(&world, |kind| matches!(kind, EventKind::Verified { .. })),
        When::Attempt => mock.log().iter().any(|event| event["type"] == "click-withdraw"),
    })
    .await;
    let signal = Timestamp::now();
    rustix::process::kill_process(id, Signal::INT).unwrap();
    child.wait().await.unwrap();
    let of_interest = |kind: &EventKind| match when {
        When::Pause => matches!(kind, EventKind::Stopped { .. }),
        When::Attempt => matches!(kind, EventKind::Outcome { .. }),
    };
    let events = events(&world);
    let last = events.iter().rfind(|event| of_interest(&event.kind)).unwrap();
    last.at.duration_since(signal).as_secs_f64().max(0.0)
}

/// Whether the last entry of the journal is of this kind.
fn ends(world: &World, kind: impl Fn(&EventKind) -> bool) -> bool {
    events(world).last().is_some_and(|event| kind(&event.kind))
}

fn events(world: &World) -> Vec<Event> {
    let reader = Journal::open_read_only(&world.home().join("state/rescind"));
    let reader = reader.ok().flatten();
    reader.and_then(|reader| reader.events().ok()).unwrap_or_default()
}

async fn until(condition: impl Fn() -> bool) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < PATIENCE, "the run did not come so far");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
