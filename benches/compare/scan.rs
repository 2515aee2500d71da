//! B2: the whole list, scrolled and read to its proven end.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use rescind::browser::sent_page::{self, Reading};
use rescind::domain::history::{Event, EventKind, RunId, Site};
use rescind::domain::invitation::Kind;
use rescind::journal::Journal;
use serde_json::{Value, json};

use crate::contest::{Row, Way, Wish, in_turns};
use crate::usage;
use crate::window::Window;

const IN_PAGE: &str = concat!(include_str!("card_in_page.js"), include_str!("scan_in_page.js"));
/// A list of ten thousand takes a minute on two busy cores.
const PATIENCE: Duration = Duration::from_secs(600);
const AT_ONCE: &str = "delay=0";
/// What was seen on the real page: 250 to 550 ms for a load.
const DELAYED: &str = "";

pub async fn rows(wish: &Wish) -> Vec<Row> {
    let mut lists = vec![(1_000, 10, AT_ONCE), (1_000, 50, AT_ONCE), (10_000, 50, AT_ONCE)];
    if wish.long {
        lists.extend([(10_000, 10, AT_ONCE), (1_000, 10, DELAYED), (10_000, 50, DELAYED)]);
    }
    let mut rows = Vec::new();
    for (count, batch, delay) in lists {
        let ways = [Way::Rescind, Way::InPage];
        let mut computed = [Vec::new(), Vec::new()];
        let cells = in_turns(&ways, wish.rounds, async |way| {
            let cost = once(way, count, batch, delay).await;
            computed[usize::from(way == Way::InPage)].extend(cost.computed);
            cost.seconds
        });
        let cells = cells.await;
        let when = if delay.is_empty() { "after 250 to 550 ms each" } else { "at once" };
        let job = format!("scan {count}, {batch} a load, {when}");
        let row = Row::new("B2", job, "s", cells).at_most_times(1.1, Way::InPage);
        let [own, page] = computed.map(median);
        rows.push(match own.zip(page) {
            Some((own, page)) => row.goal("the page's own work ≤ 1.1 ×", 1.1, own / page),
            None => row,
        });
    }
    let per_card = |row: &Row, way| row.median(way).unwrap();
    let growth = |way| per_card(&rows[2], way) / per_card(&rows[1], way);
    let more = growth(Way::Rescind) / growth(Way::InPage);
    let last = rows.remove(2).goal("grows ≤ 1.2 × as the page does", 1.2, more);
    rows.insert(2, last);
    rows
}

struct Cost {
    seconds: f64,
    /// What the page's own process computed meanwhile, where the system tells.
    computed: Option<f64>,
}

/// One list, loaded afresh in a new browser and read to its end, each new card into the journal.
async fn once(way: Way, count: u64, batch: u64, delay: &str) -> Cost {
    let mut window = Window::open(&format!("count={count}&batch={batch}&{delay}")).await;
    let (before, began) = (usage::of_pages(), Instant::now());
    let read = match way {
        Way::InPage => in_page(&mut window, count).await,
        _ => rescind(&mut window).await,
    };
    let seconds = began.elapsed().as_secs_f64();
    let computed = usage::of_pages().zip(before);
    let computed = computed.map(|(after, before)| after.saturating_sub(before).as_secs_f64());
    window.close().await;
    assert_eq!(read, count, "{way:?}");
    Cost { seconds, computed }
}

async fn rescind(window: &mut Window) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::open(&folder.path().join("state")).unwrap();
    let now = Timestamp::now();
    let reading = Reading { layout: &window.layout, language: "en", kind: Kind::Person, now };
    let scan = sent_page::read_all(&mut window.site, reading, &mut |_| {}).await.unwrap();
    let run = RunId::new(now, 1);
    let event = |kind| Event { run, at: now, kind };
    let site = Site::of(&window.mock.url()).unwrap();
    let version = env!("CARGO_PKG_VERSION").to_owned();
    let mut events =
        vec![event(EventKind::LookStarted { site, account: None, version, boot: None })];
    events.extend(scan.invitations.iter().map(|invitation| {
        event(EventKind::Sighted {
            key: invitation.key.clone(),
            name: invitation.name.clone(),
            profile_url: invitation.profile_url.clone(),
            sent_text: invitation.sent_text.clone(),
            sent_between: None,
        })
    }));
    journal.append_all(&events).unwrap();
    scan.invitations.len().try_into().unwrap()
}

/// Starts the loop and waits until the practice site was told that it is done: to be asked by
/// WebDriver meanwhile would slow it.
async fn in_page(window: &mut Window, count: u64) -> u64 {
    window.site.session.run::<Value>(IN_PAGE, &json!(count)).await.unwrap();
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Some(told) = window.mock.log().iter().find(|event| event["type"] == "in-page") {
            return told["read"].as_u64().unwrap();
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the loop in the page did not end");
}

fn median(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied()
}
