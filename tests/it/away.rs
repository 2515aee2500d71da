//! The page goes elsewhere by itself, shows an error of its own, or does not take a click up: what a
//! person would do then, and no more of it than a few times.

use jiff::Timestamp;
use rescind::browser::act::Attempt;
use rescind::browser::error::PageError;
use rescind::browser::sent_page::{self, Reading};
use rescind::domain::invitation::{Key, Kind};
use serde_json::Value;

use crate::doctor::status;
use crate::window::Window;
use crate::world::{Ran, World};

const RECEIVED: &str = "/mynetwork/invitation-manager/received";

fn report(switches: &str) -> Ran {
    World::new().report(switches)
}

/// A report of a list that takes longer than the page waits before it jumps.
fn slow_report(switches: &str, more: &[&str]) -> Ran {
    let site = format!("mock?delay=150&{switches}");
    let words = ["report", "--format", "json", "--headless", "--site", site.as_str()];
    World::new().run(&[&words, more].concat())
}

#[track_caller]
fn check_whole(ran: &Ran, count: usize) {
    let json = ran.json();
    let read = json["invitations"].as_array().unwrap().len();
    assert_eq!((read, &json["complete"]), (count, &true.into()), "{}", ran.err());
}

#[test]
fn p28_after_a_jump_to_received_the_sent_tab_is_opened_again() {
    for layout in ["2026", "2025", "2020"] {
        let switches = format!("layout={layout}&count=120&per-page=20&fault=received:300");
        let ran = slow_report(&switches, &[]);
        ran.expect(0, &format!("went to {RECEIVED} by itself; the list was opened again"));
        check_whole(&ran, 120);
    }
}

#[test]
fn p28_a_jump_before_anything_was_read_is_one_too() {
    for layout in ["2026", "2025", "2020"] {
        let ran = report(&format!("layout={layout}&count=12&fault=received:0"));
        ran.expect(0, &format!("went to {RECEIVED} by itself; the list was opened again"));
        check_whole(&ran, 12);
    }
}

#[test]
fn p28_doctor_says_that_the_list_had_to_be_opened_again() {
    let site = "mock?delay=0&count=12&fault=received:0";
    let ran = World::new().run(&["doctor", "--json", "--headless", "--site", site]);
    let json = ran.json();
    let words = format!(
        "12 announced, 12 read: the page went to {RECEIVED} by itself; the list was opened again"
    );
    assert_eq!(status(&json, "reading"), ("warning", words.as_str()));
    assert_eq!(ran.code(), 0);
}

#[test]
fn p28_a_page_that_jumps_each_time_is_left_alone() {
    let ran = slow_report("count=120&fault=received:1500,no-sent-tab", &[]);
    ran.expect(6, &format!("the page went to {RECEIVED} by itself\n"));
    let ran = report("count=12&fault=received:0,no-sent-tab");
    ran.expect(6, &format!("the site shows {RECEIVED} instead of the Sent tab\n"));
}

#[test]
fn p28_a_pill_is_opened_again_too() {
    let ran = slow_report("count=3&pages=80&fault=received:1000", &["--kind", "pages"]);
    ran.expect(0, "the list was opened again");
    check_whole(&ran, 80);
}

#[test]
fn the_applications_own_error_page_is_loaded_again() {
    for switches in
        ["fault=apperror-once", "lang=fr&fault=apperror-once", "layout=2020&fault=apperror-once"]
    {
        let ran = report(&format!("count=12&{switches}"));
        ran.expect(0, "");
        check_whole(&ran, 12);
    }
    report("fault=apperror")
        .expect(6, "an error page of its own (\"something went wrong\"), 4 times");
}

#[test]
fn where_next_does_nothing_the_address_leads_to_the_next_page() {
    let ran = report("layout=2020&count=130&hydrate=15000");
    ran.expect(0, "");
    check_whole(&ran, 130);
}

/// The page goes to Received while the list still stands there.
const AWAY: &str = r#"
history.replaceState(null, "", "/mynetwork/invitation-manager/received");
return JSON.stringify(rescindMock.people().map((one) => one.id));
"#;
/// Nothing but the controls of the cards has the address of the Sent tab (§3.5 fact 1).
const NO_WAY_BACK: &str = r#"
for (const nav of document.querySelectorAll("nav")) nav.remove();
const controls = document.querySelectorAll("[role=listitem] a[aria-label]");
for (const control of controls) control.href = "/mynetwork/invitation-manager/sent/";
return JSON.stringify(controls.length);
"#;

fn clicks(window: &Window) -> usize {
    let of_rows = |event: &&Value| event["type"] == "click-withdraw" || event["type"] == "confirm";
    window.mock.log().iter().filter(of_rows).count()
}

#[tokio::test]
async fn on_a_page_that_went_away_nobody_is_clicked() {
    let mut window = Window::open("count=6&delay=0&hydrate=0").await;
    let ids: Vec<String> = window.site.session.run(AWAY, &Value::Null).await.unwrap();
    let attempt = window.withdraw(&Key::recorded(ids[2].as_str()), &mut |_| Ok(())).await;
    let Attempt::Away(PageError::WentAway { to }) = attempt else { panic!("{attempt:?}") };
    assert_eq!((to.as_str(), clicks(&window)), (RECEIVED, 0));
    window.close().await;
}

#[tokio::test]
async fn the_way_back_is_no_control_of_a_card() {
    let mut window = Window::open("count=6&delay=0&hydrate=0").await;
    window.site.session.run::<Value>(AWAY, &Value::Null).await.unwrap();
    let controls: usize = window.site.session.run(NO_WAY_BACK, &Value::Null).await.unwrap();
    assert_eq!(controls, 6);
    let layout = window.layout.clone();
    window.site.return_to_list(&layout, RECEIVED).await.unwrap();
    let remarks = window.site.take_remarks();
    assert_eq!((remarks.len(), clicks(&window)), (2, 0), "{remarks:?}");
    assert!(remarks[1].contains("the link to the Sent tab was not found"), "{remarks:?}");
    window.close().await;
}

/// Nothing but the navigation and this stands on the page.
const ALONE: &str = r#"
for (const part of document.body.querySelectorAll("main, dialog, section")) part.remove();
document.body.insertAdjacentHTML("beforeend", arguments[0]);
return "null";
"#;

#[tokio::test]
async fn what_the_site_says_beside_its_navigation_is_heeded() {
    let mut window = Window::open("count=3&delay=0").await;
    let mut said = async |html: &str| {
        window.site.session.run::<Value>(ALONE, &Value::from(html)).await.unwrap();
        let state = window.site.state().await.unwrap();
        assert!(state.signed_in, "{html}");
        (state.limited, state.checkpoint)
    };
    let limit = "<div>Too many requests. Please try again later.</div>";
    assert_eq!(said(limit).await, (Some("too many requests".to_owned()), None));
    let restricted = "<main><h1>Your account has been restricted</h1></main>";
    let words = "your account has been restricted".to_owned();
    assert_eq!(said(restricted).await, (None, Some(words)));
    let captcha = "<main><iframe id='captcha-internal' title='captcha'></iframe></main>";
    assert_eq!(said(captcha).await, (None, Some("#captcha-internal".to_owned())));
    let post = "<main><p>Your account has been restricted, they said. Slow down!</p></main>";
    assert_eq!(said(post).await, (None, None));
    window.close().await;
}

/// In half a second the page goes to this address by itself.
const GOES: &str = r#"
setTimeout(() => { location.href = arguments[0]; }, 500);
return "null";
"#;

/// The page is at this address when the script that reads its list is ended, once.
const ENDED: &str = r#"
history.replaceState(null, "", arguments[0]);
const now = performance.now;
performance.now = () => {
  performance.now = now;
  throw new Error("ended");
};
return "null";
"#;

#[tokio::test]
async fn a1_a3_where_the_page_goes_while_it_is_read_is_what_counts() {
    let mut window = Window::open("count=300&delay=100").await;
    for goes in [GOES, ENDED] {
        let mut read_until = async |address: &str| {
            window.site.reload_sent().await.unwrap();
            window.site.session.run::<Value>(goes, &Value::from(address)).await.unwrap();
            let now = Timestamp::now();
            let (layout, kind) = (&window.layout, Kind::Person);
            let reading = Reading { layout, language: "en", kind, now };
            sent_page::read_all(&mut window.site, reading, &mut |_| {}).await
        };
        let challenge = read_until("/checkpoint/challenge/x?ut=y").await;
        assert!(matches!(challenge, Err(PageError::Checkpoint { .. })), "{challenge:?}");
        let login = read_until("/login/?session_redirect=x").await;
        assert!(matches!(login, Err(PageError::SignedOut { .. })), "{login:?}");
        let again = read_until("/mynetwork/invitation-manager/sent/").await.unwrap();
        assert_eq!((again.invitations.len(), again.complete), (300, true), "{:?}", again.remarks);
    }
    window.close().await;
}
