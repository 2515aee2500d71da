//! A script in the manner of Selenium: locate, click, look again every half second.

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use rescind::browser::driver::Driver;
use serde_json::json;

/// The address of the list of people.
pub const SENT: &str = "/mynetwork/invitation-manager/sent/";
/// `WebDriverWait` of Selenium looks so often when nothing else is asked for.
const POLL: Duration = Duration::from_millis(500);
const PATIENCE: Duration = Duration::from_secs(120);

/// A browser of its own, with its own defaults.
pub async fn browser(driver: &Driver, address: &str) -> Client {
    let client = blank(driver).await;
    client.goto(address).await.unwrap();
    client
}

/// The same before it has a page.
pub async fn blank(driver: &Driver) -> Client {
    let mut arguments = vec!["--headless=new", "--disable-gpu", "--window-size=1280,1000"];
    if rustix::process::geteuid().is_root() {
        arguments.push("--no-sandbox");
    }
    let wanted = json!({ "goog:chromeOptions": { "args": arguments } });
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(wanted.as_object().unwrap().clone());
    builder.connect(&driver.address()).await.unwrap()
}

/// The control on somebody's row, by its label.
pub fn row(name: &str) -> String {
    format!("//main//a[@aria-label=\"Withdraw invitation sent to {name}\"]")
}

/// Control, question, row gone; nothing is checked.
pub async fn withdraw(client: &Client, name: &str) {
    let row = row(name);
    client.find(Locator::XPath(&row)).await.unwrap().click().await.unwrap();
    let button =
        clickable(client, "dialog[open] [data-testid='dialog-content'] button[aria-label]").await;
    button.click().await.unwrap();
    while client.find(Locator::XPath(&row)).await.is_ok() {
        tokio::time::sleep(POLL).await;
    }
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
