//! `rescind doctor`: one check after another, in the order in which a person would look. It changes
//! nothing but, when asked, gets a driver; it never touches a Withdraw control and opens no dialog.

mod bundle;
mod findings;
mod install;
mod locators;
mod mending;
mod page;
mod programs;
mod reading;
mod records;
mod surroundings;

use crate::cli::{DoctorArgs, Global};
use crate::commands::interrupts::Interrupts;
use crate::commands::{server, written};
use crate::config::Config;
use crate::exit::{Exit, Failure};
use crate::report::bundle::Page;
use crate::terminal::output;
use findings::Findings;

/// # Errors
/// It was interrupted, or what was found could not be written. A problem that is found is no error:
/// it is shown, and decides the exit code.
pub async fn doctor(global: &Global, args: &DoctorArgs) -> Result<Exit, Failure> {
    written::check(args.report.as_deref(), "--report")?;
    let mut findings = Findings::new(global, args.json);
    let config = surroundings::config(global, &mut findings);
    let is_valid = config.is_some();
    let config = config.unwrap_or_else(|| Config {
        site: global.site.clone().unwrap_or_default(),
        ..Config::default()
    });
    let interrupts = Interrupts::listen();
    let page = examine(global, args, &config, is_valid, (&mut findings, &interrupts)).await;
    findings.line.clear();
    if interrupts.any() {
        return Err(server::interrupted());
    }
    let exit = findings.end()?;
    if let Some(path) = &args.report {
        let is_practice = config.site.is_loopback();
        let text = bundle::text(&findings.diagnosis, is_practice, page.as_ref());
        written::write(path, &text, "--report")?;
        let place = path.display();
        let words = "structure and counts, no names; read it before you send it";
        output::say(global, &format!("note: the bundle is in {place}: {words}"));
    }
    Ok(exit)
}

/// Everything before the browser, then the browser, unless something it needs is wrong.
async fn examine(
    global: &Global,
    args: &DoctorArgs,
    config: &Config,
    is_valid: bool,
    (findings, interrupts): (&mut Findings<'_>, &Interrupts),
) -> Option<Page> {
    let past = records::records(global, config, findings);
    let programs = tokio::select! {
        programs = programs::check(global, config, args.install, findings) => programs,
        () = interrupts.first() => return None,
    };
    surroundings::profile(global, config, findings);
    surroundings::window(global, config, findings);
    surroundings::terminal(global, findings);
    let known = surroundings::layouts(global, findings);
    match (programs, known, findings.blocker()) {
        (Some(programs), Some(known), None) if is_valid => {
            let wants_page = args.report.is_some();
            let start = page::Start { config, known, programs, past, wants_page };
            page::look(global, start, findings, interrupts).await
        }
        (_, _, blocker) => {
            findings.skip_page(blocker.unwrap_or("config"));
            None
        }
    }
}
