//! How long the page of a report takes to open and to filter in headless Chromium.
//!
//! `cargo bench --bench page [-- --rounds N] [-- --people N]`: the report of a practice list of that
//! length as a page, opened as a file in a browser of its own in each round. Opened means drawn: from
//! the start of the navigation to the first frame with rows in it. A keystroke lasts from the moment
//! that the browser had it to the frame that shows what it found.
#![allow(clippy::print_stdout, reason = "the table is what this program is for")]

use std::error::Error;
use std::path::Path;
use std::process::Command;

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use rescind::browser::driver::Driver;
use rescind::browser::versions;
use serde_json::{Value, json};

/// What is typed, letter by letter, from the whole list to a few people and back.
const WORDS: [&str; 3] = ["engineer", "example", "zzz"];

/// When the rows were on the screen, on the page's clock, which begins with the navigation.
const OPENED: &str = "
const done = arguments[arguments.length - 1];
const look = () => {
  if (!document.querySelector('tbody tr')) return requestAnimationFrame(look);
  requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => {
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      const [load] = performance.getEntriesByType('navigation');
      done(Math.max(paint?.startTime ?? performance.now(), load.domComplete));
    };
    after.port2.postMessage(null);
  });
};
look();
";
const WATCH: &str = "
window.took = [];
document.getElementById('search').addEventListener('keydown', ({ timeStamp }) => {
  requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => window.took.push(performance.now() - timeStamp);
    after.port2.postMessage(null);
  });
}, true);
";
const TOOK: &str = "return window.took;";

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    // `cargo test --all-targets` starts this too, and wants no measuring.
    if !std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let (rounds, people) = wish(std::env::args().skip(1))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure(rounds, people))
}

fn wish(mut arguments: impl Iterator<Item = String>) -> Outcome<(usize, usize)> {
    let (mut rounds, mut people) = (3, 10_000);
    while let Some(argument) = arguments.next() {
        let number = match argument.as_str() {
            "--bench" => continue,
            "--rounds" => &mut rounds,
            "--people" => &mut people,
            other => return Err(format!("{other} is not known").into()),
        };
        *number = arguments.next().ok_or("a number is missing")?.parse()?;
    }
    Ok((rounds, people))
}

async fn measure(rounds: usize, people: usize) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let page = write(folder.path(), people)?;
    let pair = versions::look(versions::Wanted::default()).await.pair()?;
    let driver = Driver::start(&pair.driver, None).await?;
    println!("| people | MB | opened ms | a keystroke ms, median | nine in ten | worst |");
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    let megabytes = page.metadata()?.len() / 1_000_000;
    for _ in 0..rounds.max(1) {
        let client = browser(&driver.address()).await?;
        let measured = once(&client, &page).await;
        client.close().await?;
        let (opened, mut keys) = measured?;
        keys.sort_by(f64::total_cmp);
        let [median, most, worst] = [5, 9, 10].map(|tenths| keys[(keys.len() * tenths - 1) / 10]);
        println!("| {people} | {megabytes} | {opened:.0} | {median:.0} | {most:.0} | {worst:.0} |");
    }
    driver.stop().await;
    Ok(())
}

/// The page that the program itself writes.
fn write(folder: &Path, people: usize) -> Outcome<std::path::PathBuf> {
    let page = folder.join("report.html");
    let site = format!("mock?count={people}&batch=50&delay=0");
    let words = ["report", "-q", "--headless", "--format", "html", "--site", &site, "--output"];
    let ran = Command::new(env!("CARGO_BIN_EXE_rescind"))
        .args(words)
        .arg(&page)
        .env("HOME", folder)
        .status()?;
    if ran.success() { Ok(page) } else { Err("the report was not written".into()) }
}

async fn browser(address: &str) -> Outcome<Client> {
    let mut arguments = vec!["--headless=new", "--disable-gpu", "--window-size=1280,1000"];
    if rustix::process::geteuid().is_root() {
        arguments.push("--no-sandbox");
    }
    let Value::Object(wanted) = json!({"goog:chromeOptions": {"args": arguments}}) else {
        return Err("capabilities are an object".into());
    };
    Ok(ClientBuilder::new(HttpConnector::new()).capabilities(wanted).connect(address).await?)
}

/// When the rows were there, and how long each keystroke took, in milliseconds.
async fn once(client: &Client, page: &Path) -> Outcome<(f64, Vec<f64>)> {
    client.goto(&format!("file://{}", page.display())).await?;
    let opened = client.execute_async(OPENED, vec![]).await?;
    let opened = opened.as_f64().ok_or("the rows did not come")?;
    client.execute(WATCH, vec![]).await?;
    let search = client.find(Locator::Id("search")).await?;
    let mut typed = 0;
    for word in WORDS {
        for letter in word.chars().chain(word.chars().map(|_| '\u{e003}')) {
            search.send_keys(&letter.to_string()).await?;
            typed += 1;
        }
    }
    let took = client.execute(TOOK, vec![]).await?;
    let took: Vec<f64> = took.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    if took.len() != typed {
        return Err(format!("{} of {typed} keystrokes were seen", took.len()).into());
    }
    Ok((opened, took))
}
