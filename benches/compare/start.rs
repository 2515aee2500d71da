//! B7: from the command to its answer, without a browser and up to the browser's first page.

use std::process::Stdio;
use std::time::Instant;

use rescind::browser::driver::Driver;
use rescind::browser::versions::{self, Wanted};
use rescind::mock_site::MockSite;
use tokio::net::TcpListener;

use crate::contest::{Row, Way, Wish, in_turns};
use crate::selenium;
use crate::world::World;

pub async fn rows(wish: &Wish) -> Vec<Row> {
    let world = World::new();
    let mock = MockSite::start("count=40&delay=0", 0).await.unwrap();
    let remembered = ["report", "--headless", "--site", &mock.url()];
    ran(&world, &remembered).await;
    let export = world.home().join("Invitations.csv");
    std::fs::write(&export, ten_thousand()).unwrap();
    let export = export.display().to_string();
    let commands: [(&str, f64, Vec<&str>); 4] = [
        ("`--help`", 20.0, vec!["--help"]),
        ("`status`", 20.0, vec!["status"]),
        ("`history`", 20.0, vec!["history"]),
        (
            "`report --offline` of 10,000",
            300.0,
            vec!["report", "--archive", &export, "--offline", "--format", "json"],
        ),
    ];
    let mut rows = Vec::new();
    for (name, limit, words) in commands {
        let mut rounds = Vec::new();
        for _ in 0..wish.rounds {
            rounds.push(ran(&world, &words).await);
        }
        rows.push(Row::of_rescind("B7", name, "ms", rounds).at_most(limit));
    }
    let ways = [Way::Rescind, Way::Selenium];
    let cells = in_turns(&ways, wish.rounds, async |way| first_page(way).await).await;
    let row = Row::new("B7", "start of driver and browser to the first page", "ms", cells);
    rows.push(row.at_most_times(1.3, Way::Selenium));
    rows
}

/// Milliseconds from the command to its end.
async fn ran(world: &World, words: &[&str]) -> f64 {
    let began = Instant::now();
    let ran = tokio::process::Command::from(world.command(words)).output().await.unwrap();
    let took = milliseconds(began);
    assert!(ran.status.success(), "{words:?}: {}", String::from_utf8_lossy(&ran.stderr));
    took
}

/// Milliseconds until the browser asks for its first page.
async fn first_page(way: Way) -> f64 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let began = Instant::now();
    if way == Way::Rescind {
        let world = World::new();
        let mut command = world.command(&["report", "--headless", "--site", &address]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = tokio::process::Command::from(command).spawn().unwrap();
        let _asked = listener.accept().await.unwrap();
        let took = milliseconds(began);
        let id = rustix::process::Pid::from_raw(child.id().unwrap().cast_signed()).unwrap();
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
        child.wait().await.unwrap();
        return took;
    }
    let pair = versions::look(Wanted::default()).await.pair().unwrap();
    let began = Instant::now();
    let driver = Driver::start(&pair.driver, None).await.unwrap();
    let client = selenium::blank(&driver).await;
    tokio::select! {
        asked = listener.accept() => drop(asked),
        ended = client.goto(&address) => panic!("the page was not asked for: {ended:?}"),
    }
    let took = milliseconds(began);
    drop(listener);
    client.close().await.unwrap();
    driver.stop().await;
    took
}

fn ten_thousand() -> String {
    let mut text =
        String::from("From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n");
    for number in 0..10_000 {
        let (month, day) = (1 + number % 9, 1 + number % 28);
        text.push_str(&format!(
            "Alex Example,Person {number},\"{month}/{day}/26, 9:{:02} AM\",,OUTGOING,https://www.linkedin.com/in/alex-example,https://www.linkedin.com/in/person-{number}\n",
            number % 60
        ));
    }
    text
}

fn milliseconds(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1_000.0
}
