//! What Chromium, Chrome and their kin are started with.

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

use crate::browser::session::{self, Start};
use crate::domain::browser_kind::BrowserKind;

/// The capabilities of a Chromium, a Chrome or one of their kin; of one that runs already, when it is
/// attached to.
pub fn capabilities(start: &Start) -> Capabilities {
    // Edge's driver has names of its own for the same options.
    let (name, vendor, options_of) = match start.kind {
        BrowserKind::Edge => ("MicrosoftEdge", "ms", "edgeOptions"),
        _ => ("chrome", "goog", "chromeOptions"),
    };
    let mut options = match start.attach {
        Some(address) => json!({ "debuggerAddress": address.to_string() }),
        None => options(start),
    };
    // The only way to a response's Retry-After; read when the site says that it is asked too often.
    options["perfLoggingPrefs"] = json!({"enableNetwork": true, "enablePage": false});
    let mut wanted = session::wanted(name);
    wanted.insert(format!("{vendor}:loggingPrefs"), json!({"performance": "ALL"}));
    wanted.insert(format!("{vendor}:{options_of}"), options);
    wanted
}

/// What a browser of our own is started with.
fn options(start: &Start) -> Value {
    let mut args: Vec<String> = [
        // No debugging port for other local processes, and the browser ends with its driver.
        "--remote-debugging-pipe",
        "--no-first-run",
        "--no-default-browser-check",
        "--hide-crash-restore-bubble",
        "--window-size=1280,1000",
    ]
    .map(String::from)
    .into();
    if let Some(profile) = &start.profile {
        args.push(format!("--user-data-dir={}", profile.display()));
    }
    if start.headless {
        // The lists below the address bar would be made ready for nobody: a fifth of a start. (Features
        // that the person's own arguments name are added to these, by chromedriver.)
        let unseen = "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup";
        args.extend(["--headless=new", "--disable-gpu", unseen].map(String::from));
    }
    if start.no_sandbox {
        args.push("--no-sandbox".into());
    }
    if start.loopback_only {
        args.extend(
            [
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-quic",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]",
            ]
            .map(String::from),
        );
    }
    args.extend(start.extra_args.iter().cloned());
    let mut prefs = json!({"download_restrictions": 3, "profile.exit_type": "Normal"});
    if cfg!(target_os = "linux") && start.server.is_none() {
        // A blank first tab. In a profile of one's own it would be the New Tab page, which asks its
        // maker for news and takes as long as all the rest of a start. (On other systems the browser
        // takes these two from nobody but the person.)
        prefs["session.restore_on_startup"] = json!(4);
        prefs["session.startup_urls"] = json!(["about:blank"]);
    }
    let mut options = json!({ "args": args, "prefs": prefs });
    if let Some(binary) = &start.binary {
        options["binary"] = json!(binary);
    }
    options
}
