//! The person closes the window while a withdrawal is under way.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use rescind::browser::act::{Attempt, Ending, Moment};
use rescind::domain::history::{Outcome, StopWord};
use rescind::domain::invitation::Key;
use rescind::domain::run::Sign;
use serde_json::Value;
use url::Url;

use crate::window::Window;

const SWITCHES: &str = "count=12&delay=0&hydrate=0&dialog-delay=0&effect-delay=0";
const FIRST: &str = "return JSON.stringify(rescindMock.people()[0].id);";

/// Asks the driver at its secret address, as nobody but its owner can.
fn ask(driver: &Url, request: &str) -> String {
    let address = (driver.host_str().unwrap(), driver.port().unwrap());
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let (method, path) = request.split_once(' ').unwrap();
    let place = driver.path().trim_end_matches('/');
    write!(
        stream,
        "{method} {place}{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    // What was read counts, also of an answer that the driver does not end.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn close_window(driver: &Url) {
    let sessions = ask(driver, "GET /sessions");
    let json: Value = serde_json::from_str(sessions.split_once("\r\n\r\n").unwrap().1).unwrap();
    let id = json["value"][0]["id"].as_str().unwrap();
    let closed = ask(driver, &format!("DELETE /session/{id}/window"));
    assert!(closed.starts_with("HTTP/1.1 200"), "{closed}");
}

#[test]
fn a10_a_window_that_is_closed_ends_the_run_and_leaves_a_doubt_once_a_click_was_sent() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        check(|moment| matches!(moment, Moment::Found(_)), Outcome::Refused, 0).await;
        check(|moment| matches!(moment, Moment::Clicked), Outcome::Unknown, 0).await;
        check(|moment| matches!(moment, Moment::Confirmed), Outcome::Unknown, 1).await;
    });
}

/// The window is closed at a moment; what the attempt comes to, and how often the site was told yes.
async fn check(when: fn(&Moment<'_>) -> bool, outcome: Outcome, confirms: usize) {
    let mut window = Window::open(SWITCHES).await;
    let driver = Url::parse(&window.driver.address()).unwrap();
    let id: String = window.site.session.run(FIRST, &Value::Null).await.unwrap();
    let mut witness = |moment: Moment<'_>| {
        if when(&moment) {
            close_window(&driver);
        }
        Ok(())
    };
    let attempt = window.withdraw(&Key::recorded(id.to_lowercase()), &mut witness).await;
    let Attempt::Ended(Ending { outcome: came, sign, .. }) = attempt else { panic!("{attempt:?}") };
    assert_eq!((came, sign), (outcome, Sign::Stop(StopWord::BrowserLost)));
    let log = window.mock.log();
    assert_eq!(log.iter().filter(|event| event["type"] == "confirm").count(), confirms);
    window.close().await;
}
