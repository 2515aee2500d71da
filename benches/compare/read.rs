//! B1: the cards that stand there, read once.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::elements::Element;
use jiff::Timestamp;
use rescind::browser::driver::Driver;
use rescind::browser::sent_page::{self, Reading};
use rescind::domain::invitation::Kind;
use serde_json::{Value, json};

use crate::contest::{Row, Way, Wish, in_turns};
use crate::selenium::{self, SENT};
use crate::window::Window;

const SCRIPT: &str = concat!(include_str!("card_in_page.js"), include_str!("read_in_page.js"));
const THERE: &str = r#"
const [count, done] = arguments;
const look = () => document.querySelectorAll('[data-testid="lazy-column"] [role="listitem"]').length >= count
  ? done("true") : setTimeout(look, 20);
look();
"#;
const IN_PAGE: &str = concat!(
    "const all = () => {",
    include_str!("card_in_page.js"),
    include_str!("read_in_page.js"),
    "}; const began = performance.now(); const cards = all();",
    "return JSON.stringify([performance.now() - began, cards.length]);"
);
/// Eight commands a card, of which a thousand cards take a minute: so many are read, and counted up.
const BY_FIELD: usize = 50;

pub async fn rows(wish: &Wish) -> Vec<Row> {
    let mut rows = Vec::new();
    for (count, limit) in [(1_000, 40.0), (10_000, 300.0)] {
        let ways = wish.present(&Way::ALL);
        let cells = in_turns(&ways, wish.rounds, async |way| once(way, count, wish).await).await;
        let row = Row::new("B1", format!("read {count} loaded cards"), "ms", cells);
        rows.push(
            row.at_most(limit)
                .at_most_times(10.0, Way::InPage)
                .at_most_times(0.002, Way::Selenium)
                .at_most_times(0.5, Way::Playwright),
        );
    }
    rows
}

/// Milliseconds for the whole list.
async fn once(way: Way, count: usize, wish: &Wish) -> f64 {
    let mut window = Window::open(&format!("count={count}&first={count}&delay=0")).await;
    window.site.session.run_async::<bool>(THERE, &json!(count)).await.unwrap();
    let took = match way {
        Way::Rescind => milliseconds(rescind(&mut window, count).await),
        Way::InPage => {
            let (took, read): (f64, usize) =
                window.site.session.run(IN_PAGE, &Value::Null).await.unwrap();
            assert_eq!(read, count);
            took
        }
        Way::Selenium | Way::Playwright => return of_rival(way, window, count, wish).await,
    };
    window.close().await;
    took
}

/// The same by others, in the only browser that runs then.
async fn of_rival(way: Way, window: Window, count: usize, wish: &Wish) -> f64 {
    let Window { mock, site, driver, .. } = window;
    site.session.close().await;
    let address = format!("{}{SENT}", mock.url());
    let took = match way {
        Way::Selenium => by_field(&driver, &address).await * count as f64,
        _ => {
            let script = format!("(() => {{ {SCRIPT} }})()");
            let job =
                json!({ "job": "read", "address": address, "count": count, "script": script });
            let told = wish.rivals.playwright.as_ref().unwrap().run(&job).await;
            assert_eq!(told["read"], count);
            told["ms"].as_f64().unwrap()
        }
    };
    driver.stop().await;
    took
}

async fn rescind(window: &mut Window, count: usize) -> Duration {
    let (layout, kind, now) = (&window.layout, Kind::Person, Timestamp::now());
    let began = Instant::now();
    let reading = Reading { layout, language: "en", kind, now };
    let scan = sent_page::read_all(&mut window.site, reading, &mut |_| {}).await.unwrap();
    let took = began.elapsed();
    assert_eq!(scan.invitations.len(), count);
    took
}

/// Milliseconds for one card, field by field.
async fn by_field(driver: &Driver, address: &str) -> f64 {
    let client = selenium::browser(driver, address).await;
    let cards = client.find_all(Locator::Css("main [role='listitem']")).await.unwrap();
    let began = Instant::now();
    for card in &cards[..BY_FIELD] {
        read_fields(card).await;
    }
    let took = milliseconds(began.elapsed()) / BY_FIELD as f64;
    client.close().await.unwrap();
    took
}

async fn read_fields(card: &Element) {
    for line in card.find_all(Locator::Css("p")).await.unwrap().iter().take(3) {
        line.text().await.unwrap();
    }
    let control = card.find(Locator::Css("a[aria-label]")).await.unwrap();
    control.attr("aria-label").await.unwrap();
    if let Ok(link) = card.find(Locator::Css("a[href*='/in/']")).await {
        link.attr("href").await.unwrap();
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
