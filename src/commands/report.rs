//! `rescind report` and `rescind demo`: walk, read, decide, show. Nothing here can click Withdraw.

mod page;

use std::path::PathBuf;
use std::time::Instant;

use jiff::Timestamp;

use crate::browser::error::PageError;
use crate::browser::sent_page::{self, Reading, Scan};
use crate::browser::walk::{Arrival, Site as OpenSite};
use crate::cli::{Format, Global, Pill, ReportArgs};
use crate::commands::interrupts::Interrupts;
use crate::commands::opened::{self, Opened, Window};
use crate::commands::sightings::{self, Look};
use crate::commands::{archive, plan, server, written};
use crate::config::{Config, Site};
use crate::domain::invitation::Kind;
use crate::domain::plan::Plan;
use crate::domain::report::{Report, Row};
use crate::domain::rules::Verdict;
use crate::exit::{Exit, Failure};
use crate::report::csv;
use crate::report::table::{View, table};
use crate::terminal::output;
use crate::terminal::progress::Line;

/// The report of the bundled mock site, without config or account.
///
/// # Errors
/// No browser, or the page was not read.
pub async fn demo(global: &Global) -> Result<Exit, Failure> {
    let site = match &global.site {
        None => Site::Mock(String::new()),
        Some(site) if site.is_loopback() => site.clone(),
        Some(_) => {
            let words = "demo shows a practice site on this machine only";
            return Err(Failure::new(Exit::Usage, words)
                .hint("--site 'mock?count=500' changes it; for a real site: rescind report"));
        }
    };
    let config = Config { site, ..Config::default() };
    let args = ReportArgs::default();
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
    for (path, option) in [(&args.output, "--output"), (&args.plan, "--plan")] {
        archive::refuse_to_overwrite(args.archive.as_deref(), path.as_deref(), option)?;
        written::check(path.as_deref(), option)?;
    }
    if args.offline && args.plan.is_some() {
        let words = "a plan needs the page, and --offline reads none";
        return Err(Failure::new(Exit::Usage, words).hint("leave out --offline, or --plan"));
    }
    show(global, &config, args, Window::AsConfigured).await
}

async fn show(
    global: &Global,
    config: &Config,
    args: &ReportArgs,
    window: Window,
) -> Result<Exit, Failure> {
    let (format, file) = (page::format(args)?, page::file(global, args)?);
    let archive = args.archive.as_deref().map(archive::read).transpose()?;
    let kind = kind_of(args.kind);
    let report = match &archive {
        Some(archive) if args.offline => archive::review(archive, config)?,
        Some(archive) => {
            let report = read(global, config, kind, window).await?;
            archive::join(report, archive, &config.rules)
        }
        None => read(global, config, kind, window).await?,
    };
    let plan = Plan::new(report, config.plan_valid_for);
    present(global, config, args, &plan, (format, file))
}

/// What to do next, for who reads the table.
fn next_step(config: &Config, args: &ReportArgs, report: &Report) -> Option<&'static str> {
    match &config.site {
        _ if report.count(Verdict::Withdraw) == 0 || args.kind != Pill::People => None,
        _ if report.is_of_archive() => Some(
            "Open each of them: only where the profile says Pending is there something to withdraw.",
        ),
        Site::Mock(_) => None,
        // The plan that is saved says how to go on; without one, only the page's words would count.
        Site::Url(_) if args.archive.is_some() && args.plan.is_some() => None,
        Site::Url(_) if args.archive.is_some() => Some(
            "Save it with --plan FILE; rescind withdraw --plan FILE asks, and withdraws what you approve.",
        ),
        Site::Url(_) => Some("rescind withdraw asks, and withdraws what you approve."),
    }
}

/// Writes the report where it is wanted, and says how the command ends.
fn present(
    global: &Global,
    config: &Config,
    args: &ReportArgs,
    plan: &Plan,
    (format, file): (Format, Option<PathBuf>),
) -> Result<Exit, Failure> {
    let report = &plan.report;
    let unwritten = |error| Failure::new(Exit::Failed, format!("cannot write the report: {error}"));
    let text = match format {
        Format::Json => report.to_json(),
        Format::Csv => csv::report(report).map_err(unwritten)?,
        Format::Html => page::text(global, config, plan).map_err(unwritten)?,
        Format::Table => table(
            report,
            View {
                columns: output::columns(),
                colour: args.output.is_none() && output::colours(global.color),
                verbose: global.verbose > 0,
                next: next_step(config, args, report),
            },
        ),
    };
    match &file {
        Some(path) => written::write(path, &text, "--output")?,
        None => output::data(&text).map_err(unwritten)?,
    }
    if format == Format::Csv && !report.complete {
        output::say(global, "note: the list is not complete, which its rows cannot say");
    }
    if format != Format::Table || file.is_some() {
        for remark in &report.remarks {
            output::say(global, &format!("note: {remark}"));
        }
    }
    let exit = match () {
        () if args.fail_if_stale && report.count(Verdict::Withdraw) > 0 => Exit::Stale,
        // An archive is never complete, and all that can be read of it was.
        () if !report.complete && !report.is_of_archive() => Exit::Left,
        () => Exit::Done,
    };
    if let Some(path) = &args.plan {
        plan::save(global, &config.site, path, plan)?;
    }
    if let Some(path) = file.filter(|_| args.open) {
        page::show(global, args, &path)?;
    }
    Ok(exit)
}

/// Reads the page, unless the person has enough of it.
async fn read(
    global: &Global,
    config: &Config,
    kind: Kind,
    window: Window,
) -> Result<Report, Failure> {
    let line = Line::new(global.quiet);
    let report = read_page(global, config, kind, window, &line).await;
    line.clear();
    report
}

/// Opens the browser, reads the list, and closes everything again, whatever happened.
async fn read_page(
    global: &Global,
    config: &Config,
    kind: Kind,
    window: Window,
    line: &Line,
) -> Result<Report, Failure> {
    let interrupts = Interrupts::listen();
    line.step("starting the browser");
    let mut opened = opened::open(global, config, window, &interrupts).await?;
    line.step("walking to the Sent tab");
    let reading = async {
        match read_list(global, &mut opened, config, kind, line).await {
            Ok(report) => Ok(report),
            Err(error) => Err(opened.page_failure(global, error).await),
        }
    };
    let outcome = tokio::select! {
        outcome = reading => Some(outcome),
        () = interrupts.first() => None,
    };
    let Some(outcome) = outcome else {
        opened.abandon().await;
        return Err(server::interrupted());
    };
    opened.close().await;
    outcome
}

async fn read_list(
    global: &Global,
    opened: &mut Opened,
    config: &Config,
    kind: Kind,
    line: &Line,
) -> Result<Report, PageError> {
    let mut arrival = opened.site.walk().await?;
    let now = Timestamp::now();
    let is_there =
        kind == Kind::Person || open_pill(&mut opened.site, &mut arrival, kind, now).await?;
    let Arrival { account, layout, language: code, mut remarks } = arrival;
    let reading = Reading { layout: &layout, language: &code, kind, now };
    let began = Instant::now();
    let scan = match is_there {
        true => {
            let mut progress = |progress: sent_page::Progress| {
                line.read(progress.read, progress.announced);
            };
            sent_page::read_all(&mut opened.site, reading, &mut progress).await?
        }
        false => {
            remarks.push(format!("the Sent tab has no pill of {}: none is pending", kind.plural()));
            Scan {
                invitations: Vec::new(),
                announced: None,
                complete: true,
                repeating: None,
                language: code.clone(),
                remarks: Vec::new(),
            }
        }
    };
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
    remarks.extend(scan.remarks.iter().cloned());
    remarks.extend(repeats(&scan));
    remarks.extend(remarks_on(&scan, config, kind));
    let look =
        Look { address: &opened.address, account: account.as_deref(), kind, now, scan: &scan };
    let memory = sightings::remember(global, config, &look);
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

/// Whether there is a pill of this kind; then its list is open.
async fn open_pill(
    site: &mut OpenSite,
    arrival: &mut Arrival,
    kind: Kind,
    now: Timestamp,
) -> Result<bool, PageError> {
    let mut opened = site.open_pill(&arrival.layout, kind).await?;
    if opened.is_none() {
        let (layout, language) = (&arrival.layout, arrival.language.as_str());
        let people = Reading { layout, language, kind: Kind::Person, now };
        sent_page::wait_for_list(site, people).await?;
        opened = site.open_pill(&arrival.layout, kind).await?;
    }
    let is_there = opened.is_some();
    if let Some((layout, language)) = opened {
        (arrival.layout, arrival.language) = (layout, language);
    }
    Ok(is_there)
}

fn kind_of(pill: Pill) -> Kind {
    match pill {
        Pill::People => Kind::Person,
        Pill::Pages => Kind::Page,
        Pill::Events => Kind::Event,
        Pill::Newsletters => Kind::Newsletter,
    }
}

/// Why a list has more cards than people.
fn repeats(scan: &Scan) -> Option<String> {
    let cards = scan.repeating.as_ref().filter(|_| scan.complete)?.len();
    let people = scan.invitations.len();
    Some(format!("{cards} cards of {people} people: who stands there more than once is left alone"))
}

/// What of the config does not fit the list, or the other way round.
fn remarks_on(scan: &Scan, config: &Config, kind: Kind) -> Vec<String> {
    let plural = kind.plural();
    match kind {
        Kind::Person => {
            let unused = config.rules.unused(&scan.invitations).into_iter();
            unused.map(|entry| format!("on the keep list, but not on the page: {entry}")).collect()
        }
        _ if scan.invitations.is_empty() => Vec::new(),
        _ => vec![format!("{plural} are only reported; rescind withdraw acts on people")],
    }
}
