//! B5: what the program itself holds of a long list, and the browser besides.

use std::process::Stdio;
use std::time::Duration;

use rescind::mock_site::MockSite;

use crate::contest::{Row, Wish};
use crate::world::World;

const COUNT: usize = 10_000;
const MEBIBYTE: f64 = 1_024.0;

pub async fn rows(wish: &Wish) -> Vec<Row> {
    let (mut own, mut driver) = (Vec::new(), Vec::new());
    for _ in 0..wish.rounds.min(3) {
        let [program, chromedriver] = once().await;
        own.push(program);
        driver.push(chromedriver);
    }
    let job = format!("`report` of {COUNT}: the program's own peak");
    vec![
        Row::of_rescind("B5", job, "MiB", own).at_most(40.0),
        Row::of_rescind("B5", "chromedriver's peak meanwhile", "MiB", driver).at_most(15.0),
    ]
}

/// The peaks of the program and of its driver, in MiB.
async fn once() -> [f64; 2] {
    let world = World::new();
    let mock = MockSite::start(&format!("count={COUNT}&batch=50&delay=0"), 0).await.unwrap();
    let words = ["report", "--format", "json", "--headless", "--site", &mock.url(), "--output"];
    let mut command = world.command(&words);
    command.arg(world.home().join("report.json")).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = tokio::process::Command::from(command).spawn().unwrap();
    let id = child.id().unwrap();
    let mut peaks = [0.0_f64; 2];
    let status = loop {
        peaks[0] = peaks[0].max(peak_of(id).unwrap_or_default());
        let of_driver = driver_below(id).and_then(peak_of);
        peaks[1] = peaks[1].max(of_driver.unwrap_or_default());
        tokio::select! {
            status = child.wait() => break status.unwrap(),
            () = tokio::time::sleep(Duration::from_millis(20)) => {}
        }
    };
    assert!(status.success(), "{status}");
    peaks
}

fn peak_of(id: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kibibytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes / MEBIBYTE)
}

fn driver_below(parent: u32) -> Option<u32> {
    let children =
        std::fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).ok()?;
    let is_driver = |id: &u32| {
        std::fs::read_to_string(format!("/proc/{id}/comm"))
            .is_ok_and(|name| name.starts_with("chromedriver"))
    };
    children.split_whitespace().filter_map(|id| id.parse().ok()).find(is_driver)
}
