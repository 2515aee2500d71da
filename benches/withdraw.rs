//! How long one withdrawal takes without pauses: rescind with every check and its journal, beside
//! a loop in the manner of a Selenium script, which checks nothing, and beside a loop in the page.
//!
//! `cargo bench --bench withdraw [-- --rounds N] [-- --people N]` on the practice site in headless
//! Chromium. The three take turns, each in a browser of its own.
#![allow(clippy::print_stdout, reason = "the table is what this program is for")]
#![allow(clippy::unwrap_used, reason = "a measurement that fails should panic")]

#[path = "../tests/it/window.rs"]
mod window;

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use jiff::Timestamp;
use rescind::browser::act::{Attempt, Denied, Ending, Moment};
use rescind::browser::driver::Driver;
use rescind::domain::history::{Event, EventKind, Outcome, RunId, Site};
use rescind::domain::invitation::Key;
use rescind::journal::Journal;
use rescind::mock_site::MockSite;
use serde_json::{Value, json};

use window::Window;

/// What the page itself takes besides, in milliseconds of the practice site's switches.
const SERIES: [(&str, &str); 2] = [
    ("page answers at once", "hydrate=0&delay=0&dialog-delay=0&effect-delay=0"),
    ("dialog after 300 to 800 ms", "hydrate=0&delay=0&effect-delay=0"),
];
const SENT: &str = "/mynetwork/invitation-manager/sent/";
/// `WebDriverWait` of Selenium looks so often when nothing else is asked for.
const POLL: Duration = Duration::from_millis(500);
const PATIENCE: Duration = Duration::from_secs(120);

/// Those whom each way can tell apart by what it goes by: a profile, and a name of their own.
const PEOPLE: &str = r#"
const all = rescindMock.people();
const own = all.filter((one) => all.filter((other) => other.name === one.name).length === 1);
const plain = own.filter((one) => one.kind === "person" && !/["']/.test(one.name));
return JSON.stringify(plain.map(({ id, name }) => ({ id, name })));
"#;
const IN_PAGE: &str = include_str!("withdraw_in_page.js");

#[derive(Clone, Copy, Debug)]
enum Way {
    Rescind,
    Selenium,
    InPage,
}

#[derive(serde::Deserialize, serde::Serialize)]
struct Person {
    id: String,
    name: String,
}

fn main() {
    // `cargo test --all-targets` starts this too, and wants no measuring.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let (rounds, people) = (number_after("--rounds", 3), number_after("--people", 100));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(measure(rounds, people));
}

fn number_after(name: &str, usual: usize) -> usize {
    let mut arguments = std::env::args().skip_while(|argument| argument != name);
    arguments.nth(1).map_or(usual, |number| number.parse().unwrap())
}

async fn measure(rounds: usize, people: usize) {
    println!("Milliseconds per withdrawal, medians of {rounds} rounds of {people}.");
    println!("| page | rescind | Selenium-style | in the page | rescind / Selenium-style |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for (name, switches) in SERIES {
        let mut costs = [(); 3].map(|()| Vec::new());
        for round in 0..rounds {
            for turn in 0..3 {
                let at = (round + turn) % 3;
                let way = [Way::Rescind, Way::Selenium, Way::InPage][at];
                costs[at].push(once(way, switches, people).await);
            }
        }
        let [rescind, selenium, floor] = costs.map(|mut all| {
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        });
        let ratio = rescind / selenium;
        println!("| {name} | {rescind:.0} | {selenium:.0} | {floor:.0} | {ratio:.2} |");
    }
}

/// Withdraws so many people in a new browser; milliseconds for each.
async fn once(way: Way, switches: &str, people: usize) -> f64 {
    let shown = people * 3 / 2;
    let obeys = if matches!(way, Way::InPage) { "&trusted=0" } else { "" };
    let switches = format!("{switches}{obeys}&count={shown}&first={shown}");
    let mut window = Window::open(&switches).await;
    let mut list: Vec<Person> = window.site.session.run(PEOPLE, &Value::Null).await.unwrap();
    assert!(list.len() >= people, "{} of {people} can be told apart", list.len());
    list.truncate(people);
    let took = match way {
        Way::Rescind => rescind(&mut window, &list).await,
        Way::Selenium => selenium(&window.driver, &window.mock, &list).await,
        Way::InPage => in_page(&mut window, &list).await,
    };
    let withdrawn = window.mock.withdrawn();
    assert!(withdrawn.iter().eq(list.iter().map(|person| &person.id)), "{way:?}: {withdrawn:?}");
    window.close().await;
    took.as_secs_f64() * 1_000.0 / people as f64
}

async fn rescind(window: &mut Window, people: &[Person]) -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::open(&folder.path().join("state")).unwrap();
    let run = RunId::new(Timestamp::now(), 1);
    let mut write = |kind| {
        let written = journal.append(&Event { run, at: Timestamp::now(), kind });
        written.map_err(|error| Denied::Journal(error.to_string()))
    };
    let site = Site::of(&window.mock.url()).unwrap();
    let version = env!("CARGO_PKG_VERSION").to_owned();
    write(EventKind::RunStarted { site, account: None, version, boot: None }).unwrap();
    let began = Instant::now();
    for person in people {
        let key = Key::recorded(person.id.to_lowercase());
        let mut witness = |moment: Moment<'_>| match moment {
            Moment::Found(card) => write(EventKind::Intent {
                key: key.clone(),
                name: card.name.clone(),
                profile_url: card.profile_url.clone(),
                rule: String::new(),
            }),
            Moment::Opened => write(EventKind::Opened { key: key.clone() }),
            Moment::Confirming => write(EventKind::ConfirmSent { key: key.clone() }),
            Moment::Clicking | Moment::Clicked | Moment::Confirmed => Ok(()),
        };
        let attempt = window.withdraw(&key, &mut witness).await;
        let Attempt::Ended(Ending { outcome: Outcome::Withdrawn, detail, .. }) = attempt else {
            panic!("{key}: {attempt:?}");
        };
        write(EventKind::Outcome { key, outcome: Outcome::Withdrawn, detail }).unwrap();
    }
    began.elapsed()
}

/// What the scripts that are passed around do: the control by its label, then the dialog's button,
/// then the row gone; each looked for at once, and again every half second.
async fn selenium(driver: &Driver, mock: &MockSite, people: &[Person]) -> Duration {
    let mut arguments = vec!["--headless=new", "--window-size=1280,1000"];
    if rustix::process::geteuid().is_root() {
        arguments.push("--no-sandbox");
    }
    let mut builder = ClientBuilder::new(HttpConnector::new());
    let wanted = json!({ "goog:chromeOptions": { "args": arguments } });
    builder.capabilities(wanted.as_object().unwrap().clone());
    let client = builder.connect(&driver.address()).await.unwrap();
    client.goto(&format!("{}{SENT}", mock.url())).await.unwrap();
    let began = Instant::now();
    for person in people {
        let label = format!("Withdraw invitation sent to {}", person.name);
        let row = format!("//main//a[@aria-label=\"{label}\"]");
        client.find(Locator::XPath(&row)).await.unwrap().click().await.unwrap();
        let button =
            clickable(&client, "dialog[open] [data-testid='dialog-content'] button[aria-label]");
        button.await.click().await.unwrap();
        while client.find(Locator::XPath(&row)).await.is_ok() {
            tokio::time::sleep(POLL).await;
        }
    }
    let took = began.elapsed();
    client.close().await.unwrap();
    took
}

/// Selenium's `element_to_be_clickable`.
async fn clickable(client: &Client, css: &str) -> Element {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Ok(element) = client.find(Locator::Css(css)).await
            && element.is_displayed().await.unwrap_or(false)
            && element.is_enabled().await.unwrap_or(false)
        {
            return element;
        }
        tokio::time::sleep(POLL).await;
    }
    panic!("no {css}");
}

/// The floor: no driver between the clicks, and nothing checked.
async fn in_page(window: &mut Window, people: &[Person]) -> Duration {
    let began = Instant::now();
    window.site.session.run::<Value>(IN_PAGE, &json!(people)).await.unwrap();
    while began.elapsed() < PATIENCE {
        if window.mock.log().last().is_some_and(|event| event["type"] == "note") {
            return began.elapsed();
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the loop in the page did not end");
}
