//! What the practice site shows where no command looks: the facts that it stands for, in its document.

use serde_json::{Value, json};

use crate::window::Window;

/// How many there are of each.
const COUNTED: &str = r#"
const counted = arguments[0].map((css) => document.querySelectorAll(css).length);
return JSON.stringify(counted);
"#;

async fn counted(window: &mut Window, selectors: &[&str]) -> Vec<usize> {
    window.site.session.run(COUNTED, &json!(selectors)).await.unwrap()
}

#[tokio::test]
async fn ten_rows_stand_among_what_was_counted_on_the_real_page() {
    let mut window = Window::open("count=10&delay=0").await;
    let seen = ["[role=listitem]", "section", "main li", "[data-view-name]"];
    assert_eq!(counted(&mut window, &seen).await, [10, 3, 3, 0]);
    // A screen that is drawn within the document has no destination.
    let screens = ["[data-sdui-screen]", "[data-sdui-destination-screen]"];
    assert_eq!(counted(&mut window, &screens).await, [1, 1]);
    let visit = "document.querySelectorAll('main nav a')[1].click(); return 'null';";
    window.site.session.run::<Value>(visit, &Value::Null).await.unwrap();
    assert_eq!(counted(&mut window, &screens).await, [1, 0]);
    window.close().await;
}

/// What a profile offers: the end of each key, and whether it has an address. With `true`, the pending
/// invitation is withdrawn first.
const OFFERED: &str = r#"
const [withdraw, done] = arguments;
const offered = () => [...document.querySelectorAll('[componentkey^="ConnectButtonstate:invitation:urn:li:member:"]')]
  .map((one) => one.getAttribute("componentkey").split("_").at(-1) + (one.hasAttribute("href") ? "" : " here"));
const there = async (look) => {
  while (!look()) await new Promise((resolve) => setTimeout(resolve, 20));
  return look();
};
(async () => {
  if (withdraw) {
    document.querySelector('a[aria-label^="Pending, click to withdraw invitation sent to "]').click();
    (await there(() => document.querySelector("dialog[open] [data-display-contents] button"))).click();
    await there(() => document.querySelector('[role="alert"]'));
    await there(() => offered()[0] !== "pending");
  }
  done(JSON.stringify(offered().join(", ")));
})();
"#;

#[tokio::test]
async fn a_profile_shows_what_became_of_its_invitation() {
    let quick = "trusted=0&hydrate=0&dialog-delay=0&effect-delay=0";
    let mut window = Window::open(&format!("count=6&delay=0&{quick}")).await;
    let mut offered = async |path: &str, withdraw: bool| -> String {
        window.site.session.goto(&format!("{}{path}", window.mock.url())).await.unwrap();
        window.site.session.run_async(OFFERED, &Value::Bool(withdraw)).await.unwrap()
    };
    let (path, withdrawn) = ("/in/mara-lindqvist/", "withdrawn here, withdrawn here");
    assert_eq!(offered("/in/somebody-else/", false).await, "connect, connect");
    assert_eq!(offered("/in/alex-example/", false).await, "");
    assert_eq!(offered(path, false).await, "pending, pending");
    // It looks like a success, and is none when one looks again.
    assert_eq!(offered(&format!("{path}?fault=effect-none"), true).await, withdrawn);
    assert_eq!(offered(&format!("{path}?fault=none"), false).await, "pending, pending");
    assert_eq!(offered(path, true).await, withdrawn);
    assert_eq!(offered(path, false).await, withdrawn);
    assert_eq!(window.mock.withdrawn(), ["in/mara-lindqvist"]);
    window.close().await;
}
