//! The kinds of scripts that people use in the console, written anew from what is known of them: the
//! ones that worked on a generation of the real site work on the practice site's, and those that fail
//! on the page of today fail on ours. None of them knows rescind.

use std::time::{Duration, Instant};

use rescind::browser::error::PageError;
use serde_json::{Value, json};

use crate::window::Window;

const COMMON: &str = "count=14&delay=0&dialog-delay=20&effect-delay=20&hydrate=0";

/// The latest kind: the control by the beginning of its label.
const BY_LABEL: &str = r#"
const done = arguments[1];
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  let claimed = 0;
  for (let i = 0; i < 3; i += 1) {
    const control = document.querySelector('main [aria-label^="Withdraw invitation sent to"], ul [aria-label^="Withdraw invitation sent to"]');
    if (!control) break;
    control.click();
    await rest(150);
    document.querySelector('dialog[open] button[aria-label^="Withdraw invitation sent to"]')?.click();
    claimed += 1;
    await rest(150);
  }
  done(JSON.stringify(claimed));
})();
"#;
/// From mid 2025: presses "Load more" until all stand there, then one row after the other.
const BY_VIEW_NAME: &str = r#"
const done = arguments[1];
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const rows = () => document.querySelectorAll('button[data-view-name="sent-invitations-withdraw-single"]');
(async () => {
  for (let i = 0; i < 5; i += 1) {
    const words = [...document.querySelectorAll("button span")].find((span) => span.innerText.trim() === "Load more");
    if (!words) break;
    words.closest("button").click();
    await rest(150);
  }
  const found = rows().length;
  for (let i = 0; i < 3 && rows().length; i += 1) {
    rows()[rows().length - 1].click();
    await rest(150);
    document.querySelector('dialog[open] [data-view-name="edge-creation-connect-action"] button')?.click();
    await rest(150);
  }
  done(JSON.stringify(found));
})();
"#;
/// From the years of artdeco: by classes.
const BY_CLASS: &str = r#"
const done = arguments[1];
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  const found = document.querySelectorAll(".invitation-card__action-btn").length;
  for (let i = 0; i < 3; i += 1) {
    document.querySelector(".invitation-card__action-btn")?.click();
    await rest(150);
    document.querySelector(".artdeco-modal__confirm-dialog-btn.artdeco-button--primary")?.click();
    await rest(150);
  }
  done(JSON.stringify(found));
})();
"#;
/// Takes the rows' buttons once, and goes through them; some time after each click it looks once for
/// the question.
const TAKEN_ONCE: &str = r#"
const done = arguments[1];
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  const controls = [...document.querySelectorAll(".invitation-card__action-btn, [data-view-name='sent-invitations-withdraw-single'], a[aria-label^='Withdraw invitation']")];
  for (const control of controls.slice(0, 4)) {
    control.click();
    await rest(150);
    document.querySelector(".artdeco-modal__confirm-dialog-btn.artdeco-button--primary, dialog[open] [data-view-name='edge-creation-connect-action'] button, dialog[open] button[aria-label^='Withdraw invitation']")?.click();
    await rest(150);
  }
  done(JSON.stringify(controls.length));
})();
"#;
/// From the last year of artdeco: what is older than a month, then the first button of the document
/// that says "Withdraw".
const FIRST_BUTTON: &str = r#"
const done = arguments[1];
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  const old = [...document.querySelectorAll(".artdeco-button__text")].filter((words) => /months? ago/.test(words.closest(".invitation-card")?.innerText ?? ""));
  for (const words of old.slice(0, 2)) {
    words.click();
    await rest(150);
    [...document.querySelectorAll("button")].find((button) => button.innerText.trim() === "Withdraw").click();
    await rest(150);
  }
  done(JSON.stringify(old.length));
})();
"#;
/// Of late 2025: goes back to "Sent" where the page went to Received by itself, and on.
const BACK_TO_SENT: &str = r#"
const done = arguments[1];
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const spanOf = (words, root = document) => [...root.querySelectorAll("span")].find((span) => span.offsetParent && span.textContent.trim() === words);
(async () => {
  for (let i = 0; i < 60 && !location.pathname.includes("/received"); i += 1) await rest(50);
  spanOf("Sent").closest("button, a").click();
  await rest(300);
  let clicked = 0;
  for (; clicked < 3; clicked += 1) {
    spanOf("Withdraw").closest("button, a").click();
    await rest(150);
    spanOf("Withdraw", document.querySelector(".artdeco-modal, [role='dialog']")).closest("button").click();
    await rest(150);
  }
  done(JSON.stringify(clicked));
})();
"#;
/// Of all years: any button that says "Withdraw", then the last one that does.
const BY_TEXT: &str = r#"
const done = arguments[1];
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const buttons = () => [...document.querySelectorAll("button")].filter((one) => one.innerText.trim() === "Withdraw");
(async () => {
  const found = buttons().length;
  for (let i = 0; i < 3 && buttons().length; i += 1) {
    buttons()[0].click();
    await rest(150);
    const dialog = document.querySelector("dialog[open], .artdeco-modal");
    buttons().find((one) => dialog && dialog.contains(one))?.click();
    await rest(150);
  }
  done(JSON.stringify(found));
})();
"#;
/// What a script that looks for the word itself takes for invitations.
const WORDS: &str = r#"
const words = [...document.querySelectorAll("main *")].filter((one) => one.textContent.trim() === "Withdraw").length;
return JSON.stringify([words, document.querySelectorAll('[role="listitem"]').length]);
"#;

/// So many of the fourteen are older than a month.
const OLD: usize = 5;

/// How many rows a script found, or acted upon as it believes; `None` when it ended with its page.
async fn run(window: &mut Window, script: &'static str) -> Option<usize> {
    match window.site.session.run_async::<usize>(script, &Value::Null).await {
        Ok(found) => Some(found),
        Err(PageError::Script(_)) => None,
        Err(error) => panic!("{error}"),
    }
}

struct Trial {
    name: &'static str,
    script: &'static str,
    switches: &'static str,
    /// What the script says it found, or did.
    says: Option<usize>,
    withdrawn: usize,
}

fn trial(
    name: &'static str,
    script: &'static str,
    switches: &'static str,
    says: impl Into<Option<usize>>,
    withdrawn: usize,
) -> Trial {
    Trial { name, script, switches, says: says.into(), withdrawn }
}

#[test]
fn public_kinds_of_scripts_do_here_what_they_do_on_the_real_generations() {
    let trials = [
        // The page of 2026 does not listen to a script's click: the link leads away (§3.5 fact 10).
        trial("by label", BY_LABEL, "layout=2026", None, 0),
        trial("by label", BY_LABEL, "layout=2026&trusted=0", 3, 3),
        // The rows of 2025 have no label, and the modal of 2020 is no <dialog>.
        trial("by label", BY_LABEL, "layout=2025", 0, 0),
        trial("by label", BY_LABEL, "layout=2020", 3, 0),
        trial("Load more, view name", BY_VIEW_NAME, "layout=2025", 14, 3),
        trial("Load more, view name", BY_VIEW_NAME, "layout=2025&load=scroll", 10, 3),
        trial("Load more, view name", BY_VIEW_NAME, "layout=2025&variant=link", 0, 0),
        trial("Load more, view name", BY_VIEW_NAME, "layout=2026&trusted=0", 0, 0),
        trial("artdeco classes", BY_CLASS, "layout=2020", 14, 3),
        trial("artdeco classes", BY_CLASS, "layout=2025", 0, 0),
        trial("artdeco classes", BY_CLASS, "layout=2026&trusted=0", 0, 0),
        trial("button text", BY_TEXT, "layout=2020", 14, 3),
        trial("button text", BY_TEXT, "layout=2025", 10, 3),
        trial("button text", BY_TEXT, "layout=2026&trusted=0", 0, 0),
        trial("taken once", TAKEN_ONCE, "layout=2020", 14, 4),
        trial("taken once", TAKEN_ONCE, "layout=2025", 10, 4),
        // Today the rows are drawn anew, and a link that stands nowhere any more still leads away.
        trial("taken once", TAKEN_ONCE, "layout=2026&trusted=0", None, 1),
        trial("first button", FIRST_BUTTON, "layout=2020&variant=tvm", OLD, 2),
        trial("back to Sent", BACK_TO_SENT, "layout=2025&fault=received:400", 3, 3),
    ];
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut window = Window::open(COMMON).await;
        println!("| script | page | it says | withdrawn |\n|---|---|---|---|");
        for Trial { name, script, switches, says, withdrawn } in trials {
            window.mock.set_switches(&format!("{COMMON}&{switches}"));
            window
                .site
                .session
                .run::<Value>("rescindMock.reset(); return 'null';", &Value::Null)
                .await
                .unwrap();
            window.site.reload_sent().await.unwrap();
            let said = run(&mut window, script).await;
            settle(&mut window).await;
            let done = window.mock.withdrawn().len();
            println!("| {name} | {switches} | {said:?} | {done} |");
            assert_eq!(done, withdrawn, "{name} on {switches}");
            match says {
                Some(_) => assert_eq!(said, says, "{name} on {switches}"),
                // The driver may have run it once more where the page went.
                None => assert!(!on_the_list(&mut window).await, "{name} on {switches}"),
            }
        }
        window.mock.set_switches(&format!("{COMMON}&first=10"));
        window.site.reload_sent().await.unwrap();
        let (words, rows): (usize, usize) =
            window.site.session.run(WORDS, &json!(null)).await.unwrap();
        assert!(words >= 3 * rows, "the word alone is not a row: {words} of {rows}");
        window.close().await;
    });
}

async fn on_the_list(window: &mut Window) -> bool {
    let script = "return JSON.stringify(location.pathname.includes('/invitation-manager/sent'));";
    window.site.session.run(script, &Value::Null).await.unwrap()
}

/// A page that was left by a script's click has loaded again.
async fn settle(window: &mut Window) {
    let until = Instant::now() + Duration::from_secs(5);
    while Instant::now() < until {
        let ready = "return JSON.stringify(Boolean(window.rescindMock));";
        if window.site.session.run::<bool>(ready, &Value::Null).await.unwrap_or(false) {
            return;
        }
    }
}
