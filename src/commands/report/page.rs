//! The report as a page: what it shows besides the report, and where it goes.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::cli::{Format, Global, ReportArgs};
use crate::commands::{opened, plan, written};
use crate::config::{Config, Site};
use crate::domain::history;
use crate::domain::invitation::Kind;
use crate::domain::plan::Plan;
use crate::domain::report::Report;
use crate::exit::{Exit, Failure};
use crate::journal::{Journal, JournalError};
use crate::report::html::{Page, html};
use crate::terminal::output;

/// The last page that was opened without a name of its own.
const FILE: &str = "report.html";

/// The format that is meant: `--open` alone asks for the page.
///
/// # Errors
/// A page where none can be shown.
pub fn format(args: &ReportArgs) -> Result<Format, Failure> {
    match args.format {
        Some(Format::Html) if args.output.is_none() && !args.open && output::is_data_terminal() => {
            Err(Failure::new(Exit::Usage, "a page is nothing for a terminal")
                .hint("show it with --open, or keep it with --output report.html"))
        }
        Some(other) if args.open && other != Format::Html => {
            Err(Failure::new(Exit::Usage, "--open shows the report as a page, which is HTML")
                .hint("leave --format out"))
        }
        Some(format) => Ok(format),
        None if args.open => Ok(Format::Html),
        None => Ok(Format::Table),
    }
}

/// The file that the report goes to; `None` is standard output. What is opened and not named lies
/// among rescind's own records, where only its owner can read it.
///
/// # Errors
/// That folder is not private.
pub fn file(global: &Global, args: &ReportArgs) -> Result<Option<PathBuf>, Failure> {
    if args.output.is_some() || !args.open {
        return Ok(args.output.clone());
    }
    written::unnamed(global, FILE).map(Some)
}

/// The page of this plan's report.
///
/// # Errors
/// None that memory can have.
pub fn text(global: &Global, config: &Config, plan: &Plan) -> std::io::Result<String> {
    let rules: Vec<&str> = config.rules.list.iter().map(|rule| rule.name()).collect();
    let trend = trend(global, config, &plan.report).unwrap_or_else(|error| {
        let why = output::with_causes(&error);
        output::say(global, &format!("note: how it was before is left out of the page: {why}"));
        Vec::new()
    });
    let apply = plan::applied_by(global, &config.site);
    let (report, rules, trend) = (&plan.report, &rules, &trend);
    // Nothing that withdraw would refuse is offered.
    let of_people = report.rows.iter().all(|row| row.invitation.kind == Kind::Person);
    let plan = Some(plan).filter(|_| of_people && !report.is_of_archive());
    html(&Page { report, plan, rules, trend, apply: apply.as_deref() })
}

/// Shows the page in the person's own browser.
///
/// # Errors
/// No browser could be started.
pub fn show(global: &Global, args: &ReportArgs, file: &std::path::Path) -> Result<(), Failure> {
    written::show(global, file, args.output.is_none().then_some(FILE))
}

/// How many were pending at the complete readings that the journal knows of. None of the bundled
/// practice site, which is another one in each run.
fn trend(
    global: &Global,
    config: &Config,
    report: &Report,
) -> Result<Vec<(Timestamp, u64)>, JournalError> {
    let is_bundled = matches!(config.site, Site::Mock(_));
    let site = history::Site::of(&report.site).filter(|_| !is_bundled);
    let folder = opened::state_dir(global).ok();
    let (Some(site), Some(folder)) = (site, folder) else { return Ok(Vec::new()) };
    let Some(reader) = Journal::open_read_only(&folder)? else { return Ok(Vec::new()) };
    let history = reader.history(&site)?;
    let told = |scan: &&history::Scan| scan.complete && scan.pill == Kind::Person;
    let scans = history.scans().iter().filter(told);
    Ok(scans.map(|scan| (scan.at, u64::from(scan.read))).collect())
}
