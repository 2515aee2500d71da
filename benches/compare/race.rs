//! B6: the page gives a row to somebody else while the click is on its way. The site's own log says
//! whom it hit.

use fantoccini::{Client, Locator};
use rescind::browser::act::{Denied, Moment};
use rescind::domain::invitation::Key;
use serde_json::{Value, json};

use crate::contest::{Cell, Row, Way, Wish};
use crate::selenium::{self, SENT};
use crate::window::Window;
use crate::withdraw::{Person, TELLABLE};

const SWITCHES: &str = "count=60&first=60&delay=0&hydrate=0&dialog-delay=0&effect-delay=0&fault=";
/// The name of the race, the fault of the practice site, and whether the list moves once by itself.
const RACES: [(&str, &str, bool); 3] = [
    ("one shift, 0 to 100 ms after the row was found", "none", true),
    ("the list shifts every 15 ms", "recycle-storm:15", false),
    ("the list shifts every 120 ms", "recycle-storm:120", false),
];
/// Rows stay where they are, so that one load serves many; now and then it is made afresh.
const TRIALS_PER_LOAD: usize = 20;
/// Leaves the last question, names whom the next click is for, and lets the list move once after so
/// many milliseconds; for rescind they are counted from when its guard is armed.
const PREPARE: &str = r#"
const [{ id, after, guarded }] = arguments;
document.querySelector("dialog[open] > button")?.click();
rescindMock.note(id);
const move = () => { if (after !== null) rescindMock.armRecycle(after); };
if (!guarded) { move(); return "null"; }
let armed = false;
window.addEventListener = function (kind, ...rest) {
  EventTarget.prototype.addEventListener.call(window, kind, ...rest);
  if (kind === "pointerdown" && !armed) { armed = true; move(); }
};
return "null";
"#;
const LAST: &str = "rescindMock.note(''); return 'null';";

#[derive(Default)]
struct Tally {
    wrong: usize,
    right: usize,
    refused: usize,
}

pub async fn rows(wish: &Wish) -> Vec<Row> {
    let mut rows = Vec::new();
    for race in RACES {
        let mut cells = Vec::new();
        for way in wish.present(&[Way::Rescind, Way::Selenium, Way::Playwright]) {
            let Tally { wrong, right, refused } = trials(way, race, wish).await;
            cells.push((way, Cell::Trials { wrong, right, refused }));
        }
        let Cell::Trials { wrong, right, refused } = cells[0].1 else { unreachable!() };
        let job = format!("whom a click hits: {}", race.0);
        let row = Row::new("B6", job, "wrong / right / refused", cells);
        let row = row.goal("0 wrong", 0.0, wrong as f64);
        rows.push(match race.2 {
            true => row.goal("≤ 5 % refused", 0.05, refused as f64 / (right + refused) as f64),
            false => row,
        });
    }
    rows
}

async fn trials(way: Way, (_, fault, shifts): (&str, &str, bool), wish: &Wish) -> Tally {
    let mut tally = Tally::default();
    let mut left = wish.trials;
    while left > 0 {
        let now = left.min(TRIALS_PER_LOAD);
        left -= now;
        let mut window = Window::open(&format!("{SWITCHES}{fault}")).await;
        let mut people: Vec<Person> =
            window.site.session.run(TELLABLE, &Value::Null).await.unwrap();
        fastrand::shuffle(&mut people);
        people.truncate(now);
        let delay = || shifts.then(|| fastrand::u32(0..=100));
        match way {
            Way::Playwright => {
                let with =
                    |one: &Person| json!({ "id": one.id, "name": one.name, "after": delay() });
                let people: Vec<Value> = people.iter().map(with).collect();
                let address = format!("{}{SENT}", window.mock.url());
                let job = json!({ "job": "race", "address": address, "people": people });
                wish.rivals.playwright.as_ref().unwrap().run(&job).await;
            }
            Way::Selenium => {
                let address = format!("{}{SENT}", window.mock.url());
                let client = selenium::browser(&window.driver, &address).await;
                for person in &people {
                    by_label(&client, person, delay()).await;
                }
                client.execute(LAST, vec![]).await.unwrap();
                client.close().await.unwrap();
            }
            _ => {
                for person in &people {
                    let wish = json!({ "id": person.id, "after": delay(), "guarded": true });
                    window.site.session.run::<Value>(PREPARE, &wish).await.unwrap();
                    let mut witness = |moment: Moment<'_>| match moment {
                        Moment::Confirming => Err(Denied::Interrupted),
                        _ => Ok(()),
                    };
                    window.withdraw(&Key::recorded(person.id.to_lowercase()), &mut witness).await;
                }
                window.site.session.run::<Value>(LAST, &Value::Null).await.unwrap();
            }
        }
        count(&window.mock.log(), &people, &mut tally);
        window.close().await;
    }
    tally
}

/// Find by the label with the person's name, then click.
async fn by_label(client: &Client, person: &Person, after: Option<u32>) {
    let wish = json!({ "id": person.id, "after": null, "guarded": false });
    client.execute(PREPARE, vec![wish]).await.unwrap();
    let Ok(row) = client.find(Locator::XPath(&selenium::row(&person.name))).await else { return };
    if let Some(after) = after {
        let arm = "rescindMock.armRecycle(arguments[0]);";
        client.execute(arm, vec![json!(after)]).await.unwrap();
    }
    // What the driver says of it is of no interest; the site's log is.
    let _ = row.click().await;
}

fn count(log: &[Value], people: &[Person], tally: &mut Tally) {
    let of_trials = log.split(|event| event["type"] == "note");
    for (person, events) in people.iter().zip(of_trials.skip(1)) {
        let hit =
            |event: &&Value| event["type"] == "click-withdraw" && event.get("ignored").is_none();
        let hits: Vec<&str> =
            events.iter().filter(hit).filter_map(|event| event["id"].as_str()).collect();
        match hits.as_slice() {
            [] => tally.refused += 1,
            [one] if *one == person.id => tally.right += 1,
            _ => tally.wrong += 1,
        }
    }
}
