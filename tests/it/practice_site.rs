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
