//! `rescind report` and `rescind demo`: walk, read, decide, show. Nothing here can click Withdraw.

use std::time::Instant;

use jiff::Timestamp;

use crate::browser::error::PageError;
use crate::browser::sent_page::{self, Reading};
use crate::browser::walk::Arrival;
use crate::cli::{Format, Global, ReportArgs};
use crate::commands::opened::{self, Opened, Window, write_file};
use crate::commands::plan;
use crate::commands::sightings::{self, Look};
use crate::config::{Config, Site};
use crate::domain::invitation::Kind;
use crate::domain::plan::Plan;
use crate::domain::report::{Report, Row};
use crate::domain::rules::Verdict;
use crate::exit::{Exit, Failure};
use crate::report::table::{View, table};
use crate::terminal::output;
use crate::terminal::progress::Line;

/// The report of the bundled mock site, without config or account.
///
/// # Errors
/// No browser, or the page was not read.
pub async fn demo(global: &Global) -> Result<Exit, Failure> {
    let site = global.site.clone().unwrap_or(Site::Mock(String::new()));
    let config = Config { site, ..Config::default() };
    let args = ReportArgs { format: Format::Table, output: None, plan: None, fail_if_stale: false };
    let exit = show(global, &config, &args, Window::None).await?;
    let words = "This was the practice site. Your own: rescind login, then rescind report";
    output::say(global, words);
    Ok(exit)
}

/// # Errors
/// Config, browser or page.
pub async fn report(global: &Global, args: &ReportArgs) -> Result<Exit, Failure> {
    let config = opened::config(global)?;
    if args.output.is_some() && args.output == args.plan {
        let words = "--output and --plan name the same file";
        return Err(Failure::new(Exit::Usage, words).hint("a plan holds the whole report as JSON"));
    }
    show(global, &config, args, Window::AsConfigured).await
}

async fn show(
    global: &Global,
    config: &Config,
    args: &ReportArgs,
    window: Window,
) -> Result<Exit, Failure> {
    let line = Line::new(global.quiet);
    let report = tokio::select! {
        report = read(global, config, window, &line) => report,
        () = super::interrupted() => Err(Failure::new(Exit::Interrupted, "interrupted; nothing was changed")),
    };
    line.clear();
    let report = report?;
    let can_act = !matches!(config.site, Site::Mock(_)) && report.count(Verdict::Withdraw) > 0;
    let text = match args.format {
        Format::Json => report.to_json(),
        Format::Table => table(
            &report,
            View {
                columns: output::columns(),
                colour: args.output.is_none() && output::colours(global.color),
                verbose: global.verbose > 0,
                next: can_act.then_some("rescind withdraw asks, and withdraws what you approve."),
            },
        ),
    };
    match &args.output {
        Some(path) => write_file(path, &text, "--output")?,
        None => output::data(&text).map_err(|error| {
            Failure::new(Exit::Failed, format!("cannot write the report: {error}"))
        })?,
    }
    if args.format == Format::Json || args.output.is_some() {
        for remark in &report.remarks {
            output::say(global, &format!("note: {remark}"));
        }
    }
    let exit = match () {
        () if args.fail_if_stale && report.count(Verdict::Withdraw) > 0 => Exit::Stale,
        () if !report.complete => Exit::Left,
        () => Exit::Done,
    };
    if let Some(path) = &args.plan {
        plan::save(global, &config.site, path, &Plan::new(report, config.plan_valid_for))?;
    }
    Ok(exit)
}

/// Opens the browser, reads the list, and closes everything again, whatever happened.
async fn read(
    global: &Global,
    config: &Config,
    window: Window,
    line: &Line,
) -> Result<Report, Failure> {
    line.step("starting the browser");
    let mut opened = opened::open(global, config, window).await?;
    line.step("walking to the Sent tab");
    let outcome = read_list(global, &mut opened, config, line).await;
    let outcome = match outcome {
        Ok(report) => Ok(report),
        Err(error) => Err(opened.page_failure(global, error).await),
    };
    opened.close().await;
    outcome
}

async fn read_list(
    global: &Global,
    opened: &mut Opened,
    config: &Config,
    line: &Line,
) -> Result<Report, PageError> {
    let Arrival { account, layout, language: code, mut remarks } = opened.site.walk().await?;
    let now = Timestamp::now();
    let reading = Reading { layout: &layout, language: &code, kind: Kind::Person, now };
    let began = Instant::now();
    let scan = sent_page::read_all(&mut opened.site, reading, &mut |progress| {
        line.read(progress.read, progress.announced);
    })
    .await?;
    if global.verbose > 0 {
        let seconds = began.elapsed().as_secs_f64();
        let words = format!("read {} invitations in {seconds:.2} s", scan.invitations.len());
        output::say(global, &words);
    }
    if let (Some(wanted), Some(found)) = (&config.account, &account)
        && wanted != &found.to_lowercase()
    {
        remarks.push(format!("{found} is signed in, not {wanted} as the config wants"));
    }
    let unused = config.rules.unused(&scan.invitations);
    remarks.extend(
        unused.into_iter().map(|entry| format!("on the keep list, but not on the page: {entry}")),
    );
    let memory = sightings::remember(
        global,
        config,
        &Look {
            address: &opened.address,
            account: account.as_deref(),
            kind: reading.kind,
            now,
            scan: &scan,
        },
    );
    remarks.extend(memory.remark.clone());
    let narrowed = scan.invitations.into_iter().map(|invitation| memory.narrowed(invitation));
    let rows = narrowed
        .map(|invitation| Row { decision: config.rules.decide(&invitation), invitation })
        .collect();
    Ok(Report {
        generated_at: now.round(jiff::Unit::Second).unwrap_or(now),
        site: opened.address.clone(),
        account,
        layout: layout.name,
        language: scan.language,
        announced: scan.announced,
        complete: scan.complete,
        rows,
        remarks,
    })
}
