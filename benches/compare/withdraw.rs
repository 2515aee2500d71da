//! B3: one withdrawal after the other without pauses; each is looked for in the site's own log.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use rescind::browser::act::{Attempt, Denied, Ending, Moment};
use rescind::browser::driver::Driver;
use rescind::domain::history::{Event, EventKind, Outcome, RunId, Site};
use rescind::domain::invitation::Key;
use rescind::journal::Journal;
use rescind::mock_site::MockSite;
use serde_json::{Value, json};

use crate::contest::{Row, Way, Wish, in_turns};
use crate::selenium::{self, SENT};
use crate::window::Window;

const PEOPLE: usize = 100;
/// What the page itself takes besides, in milliseconds of the practice site's switches.
const SERIES: [(&str, &str); 2] = [
    ("the page answers at once", "hydrate=0&delay=0&dialog-delay=0&effect-delay=0"),
    ("the question comes after 300 to 800 ms", "hydrate=0&delay=0&effect-delay=0"),
];
const PATIENCE: Duration = Duration::from_secs(300);

/// Those whom each way can tell apart by what it goes by: a profile, and a name of their own.
pub const TELLABLE: &str = r#"
const all = rescindMock.people();
const own = all.filter((one) => all.filter((other) => other.name === one.name).length === 1);
const plain = own.filter((one) => one.kind === "person" && !/["']/.test(one.name));
return JSON.stringify(plain.map(({ id, name }) => ({ id, name })));
"#;
const IN_PAGE: &str = include_str!("withdraw_in_page.js");

#[derive(Clone, Debug, serde::Deserialize, serde::Serialize)]
pub struct Person {
    pub id: String,
    pub name: String,
}

pub async fn rows(wish: &Wish) -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, switches) in SERIES {
        let ways = wish.present(&Way::ALL);
        let once = async |way| once(way, switches, wish).await;
        let cells = in_turns(&ways, wish.rounds, once).await;
        let job = format!("{PEOPLE} withdrawals, {name}");
        let row = Row::new("B3", job, "ms each", cells).at_most_times(0.8, Way::Selenium);
        rows.push(row.at_most_times(0.6, Way::Selenium).at_most_times(1.2, Way::Playwright));
    }
    rows
}

/// Withdraws so many people in a new browser; milliseconds for each.
async fn once(way: Way, switches: &str, wish: &Wish) -> f64 {
    let shown = PEOPLE * 3 / 2;
    let obeys = if way == Way::InPage { "&trusted=0" } else { "" };
    let mut window = Window::open(&format!("{switches}{obeys}&count={shown}&first={shown}")).await;
    let mut list: Vec<Person> = window.site.session.run(TELLABLE, &Value::Null).await.unwrap();
    assert!(list.len() >= PEOPLE, "{} of {PEOPLE} can be told apart", list.len());
    list.truncate(PEOPLE);
    let took = match way {
        Way::Rescind => rescind(&mut window, &list).await,
        Way::InPage => in_page(&mut window, &list).await,
        Way::Selenium | Way::Playwright => return of_rival(way, window, &list, wish).await,
    };
    check(way, &window.mock, &list);
    window.close().await;
    took / PEOPLE as f64
}

/// The same by others, in the only browser that runs then.
async fn of_rival(way: Way, window: Window, people: &[Person], wish: &Wish) -> f64 {
    let Window { mock, site, driver, .. } = window;
    site.session.close().await;
    let address = format!("{}{SENT}", mock.url());
    let took = match way {
        Way::Selenium => selenium(&driver, &address, people).await,
        _ => {
            let job = json!({ "job": "withdraw", "address": address, "people": people });
            let told = wish.rivals.playwright.as_ref().unwrap().run(&job).await;
            told["ms"].as_f64().unwrap()
        }
    };
    check(way, &mock, people);
    driver.stop().await;
    took / PEOPLE as f64
}

/// Everybody was withdrawn, and nobody else.
fn check(way: Way, mock: &MockSite, people: &[Person]) {
    let withdrawn = mock.withdrawn();
    assert!(withdrawn.iter().eq(people.iter().map(|person| &person.id)), "{way:?}: {withdrawn:?}");
}

async fn rescind(window: &mut Window, people: &[Person]) -> f64 {
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
    milliseconds(began)
}

async fn selenium(driver: &Driver, address: &str, people: &[Person]) -> f64 {
    let client = selenium::browser(driver, address).await;
    let began = Instant::now();
    for person in people {
        selenium::withdraw(&client, &person.name).await;
    }
    let took = milliseconds(began);
    client.close().await.unwrap();
    took
}

/// The limit: no driver between the clicks, and nothing checked.
async fn in_page(window: &mut Window, people: &[Person]) -> f64 {
    let began = Instant::now();
    window.site.session.run::<Value>(IN_PAGE, &json!(people)).await.unwrap();
    while began.elapsed() < PATIENCE {
        if window.mock.log().last().is_some_and(|event| event["type"] == "note") {
            return milliseconds(began);
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the loop in the page did not end");
}

fn milliseconds(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1_000.0
}
