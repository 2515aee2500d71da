//! `rescind login`: the person signs in by hand in a visible window. rescind types nothing; it only
//! watches for the mark of a signed-in page, then closes cleanly so that the cookie is kept.

use crate::browser::error::PageError;
use crate::cli::Global;
use crate::commands::interrupts::Interrupts;
use crate::commands::opened::{self, Opened, Window};
use crate::commands::server;
use crate::exit::{Exit, Failure};
use crate::terminal::output;

/// # Errors
/// No window can be shown, or it was closed before the person was in.
pub async fn login(global: &Global) -> Result<Exit, Failure> {
    let config = opened::config(global)?;
    let headless_practice = global.headless && config.site.is_loopback();
    let window = if headless_practice { Window::None } else { Window::Needed };
    server::refuse_passing_sign_in(global, &config)?;
    let interrupts = Interrupts::listen();
    let mut opened = opened::open(global, &config, window, &interrupts).await?;
    output::say(global, "Sign in in the browser window. rescind waits, and reads no password.");
    let outcome = tokio::select! {
        outcome = watch(&mut opened) => outcome,
        () = interrupts.first() => {
            opened.close().await;
            return Err(Failure::new(Exit::Interrupted, "interrupted before you were signed in"));
        }
    };
    let result = match outcome {
        Ok(()) => Ok(Exit::Done),
        Err(PageError::BrowserLost(_)) => {
            Err(Failure::new(Exit::SignIn, "the window was closed before you were signed in")
                .hint("run rescind login again"))
        }
        Err(error) => Err(opened.page_failure(global, error).await),
    };
    opened.close().await;
    if result.is_ok() {
        output::say(
            global,
            match opened::profile_dir(global, &config)? {
                Some(_) => "You are signed in, and the profile keeps it.",
                None => {
                    "You are signed in, on the bundled practice site, whose profile nobody keeps."
                }
            },
        );
    }
    result
}

async fn watch(opened: &mut Opened) -> Result<(), PageError> {
    opened.site.open_for_the_person().await?;
    opened.site.wait_for_the_person().await
}
