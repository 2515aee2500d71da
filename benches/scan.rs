//! How much longer a scan takes than one loop inside the page that scrolls and reads the same list.
//!
//! `cargo bench --bench scan [-- --rounds N] [-- --list CARDSxBATCH]…` measures the practice site in
//! headless Chromium. The two take turns, so that whatever else the machine does meets both.
#![allow(clippy::print_stdout, reason = "the table is what this program is for")]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rescind::browser::driver::Driver;
use rescind::browser::layout::Layouts;
use rescind::browser::sent_page::{self, Reading};
use rescind::browser::session::{Session, Start};
use rescind::browser::versions::{self, Wanted};
use rescind::browser::walk::Site;
use rescind::domain::browser_kind::BrowserKind;
use rescind::domain::invitation::Kind;
use rescind::mock_site::MockSite;
use serde_json::{Value, json};
use url::Url;

mod usage;

const IN_PAGE: &str = include_str!("in_page.js");
/// A list of ten thousand takes half a minute on two busy cores.
const PATIENCE: Duration = Duration::from_secs(300);

type Outcome<T> = Result<T, Box<dyn Error>>;

struct Wish {
    rounds: usize,
    /// How many cards, and how many of them at a time.
    lists: Vec<(u64, u64)>,
}

#[derive(Clone, Copy)]
struct Cost {
    time: Duration,
    /// What the page's own process computed meanwhile, where the system tells.
    cpu: Option<Duration>,
}

fn main() -> Outcome<()> {
    // `cargo test --all-targets` starts this too, and wants no measuring.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let wish = wish(std::env::args().skip(1))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure(&wish))
}

fn wish(mut arguments: impl Iterator<Item = String>) -> Outcome<Wish> {
    let mut wish = Wish { rounds: 3, lists: Vec::new() };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bench" => {}
            "--rounds" => {
                wish.rounds = arguments.next().ok_or("--rounds wants a number")?.parse()?
            }
            "--list" => {
                let words = arguments.next().ok_or("--list wants CARDSxBATCH")?;
                let (count, batch) = words.split_once('x').ok_or("--list wants CARDSxBATCH")?;
                wish.lists.push((count.parse()?, batch.parse()?));
            }
            other => return Err(format!("{other} is not known").into()),
        }
    }
    if wish.lists.is_empty() {
        wish.lists = vec![(1_000, 10), (10_000, 50)];
    }
    Ok(wish)
}

async fn measure(wish: &Wish) -> Outcome<()> {
    let pair = versions::look(Wanted::default()).await.pair()?;
    let driver = Driver::start(&pair.driver, None).await?;
    println!(
        "| cards | a load | rescind s | in-page s | ratio | rescind CPU s | in-page CPU s | ratio |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for &(count, batch) in &wish.lists {
        let (mut scans, mut loops) = (Vec::new(), Vec::new());
        for round in 0..wish.rounds.max(1) {
            // Each in a browser of its own, and each goes first as often as the other.
            for turn in [round, round + 1] {
                let (way, costs) = match turn % 2 {
                    0 => (Way::Rescind, &mut scans),
                    _ => (Way::InPage, &mut loops),
                };
                let cost = once(&driver, count, batch, way).await;
                costs.push(cost.map_err(|error| format!("{way:?}: {error}"))?);
            }
        }
        println!("{}", row(count, batch, &scans, &loops));
    }
    driver.stop().await;
    Ok(())
}

#[derive(Clone, Copy, Debug)]
enum Way {
    Rescind,
    InPage,
}

/// One list, loaded afresh in a new browser and read to its end.
async fn once(driver: &Driver, count: u64, batch: u64, way: Way) -> Outcome<Cost> {
    let mock = MockSite::start(&format!("count={count}&batch={batch}&delay=0"), 0).await?;
    let profile = tempfile::tempdir()?;
    let session = Session::open(&driver.address(), &start(profile.path())).await?;
    let mut site = Site::new(session, Url::parse(&mock.url())?, Layouts::load(None)?);
    let (layout, language) = site.reload_sent().await?;
    let (cpu, began) = (usage::of_pages(), Instant::now());
    let read = match way {
        Way::Rescind => {
            let now = Timestamp::now();
            let reading = Reading { layout: &layout, language: &language, kind: Kind::Person, now };
            let scan = sent_page::read_all(&mut site, reading, &mut |_| {}).await?;
            scan.invitations.len()
        }
        Way::InPage => in_page(&mut site.session, &mock, count).await?,
    };
    let time = began.elapsed();
    let cpu = usage::of_pages().zip(cpu).map(|(after, before)| after.saturating_sub(before));
    site.session.close().await;
    if u64::try_from(read)? != count {
        return Err(format!("{read} of {count} cards were read").into());
    }
    Ok(Cost { time, cpu })
}

/// Starts the loop and waits until the practice site was told that it is done.
async fn in_page(session: &mut Session, mock: &MockSite, count: u64) -> Outcome<usize> {
    session.run::<Value>(IN_PAGE, &json!(count)).await?;
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Some(told) = mock.log().iter().find(|event| event["type"] == "in-page") {
            return Ok(told["read"].as_u64().map(usize::try_from).transpose()?.unwrap_or(0));
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Err("the loop in the page did not end".into())
}

fn start(profile: &Path) -> Start {
    Start {
        kind: BrowserKind::Chromium,
        attach: None,
        binary: None,
        profile: Some(profile.to_owned()),
        headless: true,
        no_sandbox: rustix::process::geteuid().is_root(),
        loopback_only: true,
        extra_args: Vec::new(),
    }
}

fn row(count: u64, batch: u64, scans: &[Cost], loops: &[Cost]) -> String {
    let times = |costs: &[Cost]| median(costs.iter().map(|cost| Some(cost.time)).collect());
    let cpus = |costs: &[Cost]| median(costs.iter().map(|cost| cost.cpu).collect());
    let (time, limit) = (times(scans), times(loops));
    let (cpu, least) = (cpus(scans), cpus(loops));
    let [time_ratio, cpu_ratio] = [ratio(time, limit), ratio(cpu, least)];
    let [time, limit, cpu, least] =
        [time, limit, cpu, least].map(|it| number(it.map(|it| it.as_secs_f64())));
    format!(
        "| {count} | {batch} | {time} | {limit} | {time_ratio} | {cpu} | {least} | {cpu_ratio} |"
    )
}

fn median(costs: Vec<Option<Duration>>) -> Option<Duration> {
    let mut costs = costs.into_iter().collect::<Option<Vec<_>>>()?;
    costs.sort();
    costs.get(costs.len() / 2).copied()
}

fn ratio(one: Option<Duration>, other: Option<Duration>) -> String {
    number(one.zip(other).map(|(one, other)| one.as_secs_f64() / other.as_secs_f64()))
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"))
}
