//! `rescind withdraw`: read, show, ask, withdraw one by one, prove.
//!
//! What is done next is `domain::run`'s to say; here it is done, and recorded before and after.

mod acting;
mod choosing;
mod ending;
mod reading;
mod start;
mod tracing;
mod witness;

use crate::cli::{Global, WithdrawArgs};
use crate::commands::interrupts::Interrupts;
use crate::commands::opened::{self, Opened, Window};
use crate::exit::{Exit, Failure};
use crate::terminal::output;
use crate::terminal::progress::Line;
use acting::Acting;
use ending::Ended;
use start::Start;

/// # Errors
/// Wrong usage, a plan that is refused, a lock that is held, a journal that can't be used, no
/// browser. Everything that happens after the walk ends in a report of what was done.
pub async fn withdraw(global: &Global, args: &WithdrawArgs) -> Result<Exit, Failure> {
    let start = Start::new(global, args)?;
    let interrupts = Interrupts::listen();
    let line = Line::new(global.quiet);
    line.step("starting the browser");
    let opening = opened::open(global, &start.config, Window::AsConfigured, &interrupts);
    let mut opened = opening.await.inspect_err(|_| line.clear())?;
    let result = tokio::select! {
        result = run(args, start, &mut opened, &line, &interrupts) => result,
        // Whatever is under way was recorded before it was begun; the browser is killed with it.
        () = interrupts.second() => {
            line.clear();
            opened.abandon().await;
            return Err(Failure::new(Exit::Interrupted, "interrupted twice, so ended at once")
                .hint("run the same command again: it settles first what was begun"));
        }
    };
    line.clear();
    let shown = result.and_then(|ended| ended.show(global, args).map(|exit| (exit, ended)));
    if let Ok((_, ended)) = &shown
        && ended.is_the_persons()
    {
        leave_open(global, &mut opened, &interrupts).await;
    }
    opened.close().await;
    shown.map(|(exit, _)| exit)
}

async fn run(
    args: &WithdrawArgs,
    start: Start,
    opened: &mut Opened,
    line: &Line,
    interrupts: &Interrupts,
) -> Result<Ended, Failure> {
    let mut acting = Acting::new(args, start, opened, line, interrupts)?;
    acting.sweep_traces();
    acting.play().await?;
    Ok(acting.end())
}

/// The site wants the person, who has a window: it stays until it is closed or Ctrl-C is pressed.
async fn leave_open(global: &Global, opened: &mut Opened, interrupts: &Interrupts) {
    if !opened.has_window || !output::is_terminal() || interrupts.any() {
        return;
    }
    output::say(
        global,
        "The window stays open for you. Close it, or press Ctrl-C, when you are done.",
    );
    let watch = async {
        while opened.site.session.windows().await.is_ok_and(|windows| windows > 0) {
            let soon = tokio::time::Instant::now() + std::time::Duration::from_secs(1);
            tokio::time::sleep_until(soon).await;
        }
    };
    tokio::select! {
        () = watch => {}
        () = interrupts.first() => {}
    }
}
