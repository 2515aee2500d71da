//! `rescind trace`: what happened at a withdrawal, a refusal or a stop. It opens no page of the site
//! and takes no lock, so it works while another run goes on.

use jiff::tz::TimeZone;

use crate::cli::{Global, TraceArgs, TraceFormat};
use crate::commands::traces::{self, failure};
use crate::commands::{opened, written};
use crate::domain::trace::{NoMatch, Trace, TraceId, matching};
use crate::exit::{Exit, Failure};
use crate::report::table::View;
use crate::report::trace::{Shown, html, list, list_as_json};
use crate::terminal::output;
use crate::traces::Traces;

/// The last page that was opened without a name of its own.
const FILE: &str = "trace.html";

/// # Errors
/// There is no such trace, it can't be read, or not be written where it is wanted.
pub fn trace(global: &Global, args: &TraceArgs) -> Result<Exit, Failure> {
    let format = format(args)?;
    let config = opened::config(global)?;
    let kept = traces::of(global, &config)?;
    let ids = kept.ids().map_err(|error| failure(&error))?;
    let text = match args.list {
        true => listed(global, args, format, &chosen(global, args, &kept, &ids)),
        false => {
            let trace = one(global, args, &kept, &ids)?;
            let written = one_written(format, &trace, &kept)?;
            if format == TraceFormat::Html && args.output.is_none() && output::is_data_terminal() {
                return show(global, &written);
            }
            written
        }
    };
    let unwritten = |error| Failure::new(Exit::Failed, format!("cannot write the trace: {error}"));
    match &args.output {
        Some(path) => written::write(path, &text, "--output")?,
        None => output::data(&text).map_err(unwritten)?,
    }
    Ok(Exit::Done)
}

fn format(args: &TraceArgs) -> Result<TraceFormat, Failure> {
    let usage = |words: &str, hint: &str| Err(Failure::new(Exit::Usage, words).hint(hint));
    match (args.list, args.format) {
        (true, None) => Ok(TraceFormat::Table),
        (false, None) => Ok(TraceFormat::Html),
        (true, Some(TraceFormat::Html)) => {
            usage("a list of traces is no page", "write it as --format table or json")
        }
        (false, Some(TraceFormat::Table)) => {
            usage("a trace is too much for a table", "add --list, or leave --format out")
        }
        (_, Some(format)) => Ok(format),
    }
}

/// The one that is meant.
fn one(
    global: &Global,
    args: &TraceArgs,
    kept: &Traces,
    ids: &[TraceId],
) -> Result<Trace, Failure> {
    if let Some(beginning) = &args.id {
        let id = matching(ids, beginning).map_err(|why| not_found(why, beginning))?;
        return kept.read(id).map_err(|error| failure(&error));
    }
    let newest = chosen(global, args, kept, ids).pop();
    newest.ok_or_else(|| {
        let (words, hint) = match (&args.person, kept.is_on()) {
            (Some(_), _) if !ids.is_empty() => {
                ("no trace is of this person".to_owned(), "rescind trace --list names all")
            }
            (_, true) => (
                format!("there is no trace in {} yet", kept.folder().display()),
                "each withdrawal, refusal and stop of rescind withdraw leaves one",
            ),
            (_, false) => (
                "no traces are kept".to_owned(),
                "the config says so: a number above 0 in [trace] keep turns them on",
            ),
        };
        Failure::new(Exit::Failed, words).hint(hint)
    })
}

fn not_found(why: NoMatch, beginning: &str) -> Failure {
    let words = match why {
        NoMatch::None => format!("no trace is called {beginning:?}"),
        NoMatch::Several => format!("several traces begin with {beginning:?}"),
    };
    Failure::new(Exit::Usage, words).hint("rescind trace --list names them")
}

/// Those that are meant, the oldest first. One that can't be read is said, and left out.
fn chosen(global: &Global, args: &TraceArgs, kept: &Traces, ids: &[TraceId]) -> Vec<Trace> {
    let read = |id| match kept.read(id) {
        Ok(trace) => Some(trace),
        Err(error) => {
            output::say(global, &format!("note: {}", output::with_causes(&error)));
            None
        }
    };
    let is_meant = |trace: &Trace| {
        args.person.as_ref().is_none_or(|wanted| {
            trace.person.as_ref().is_some_and(|person| {
                wanted.is(&person.id, &person.name, person.profile_url.as_deref())
            })
        })
    };
    ids.iter().filter_map(read).filter(is_meant).collect()
}

fn listed(global: &Global, args: &TraceArgs, format: TraceFormat, all: &[Trace]) -> String {
    if format == TraceFormat::Json {
        return list_as_json(all);
    }
    let view = View {
        columns: output::columns(),
        colour: args.output.is_none() && output::colours(global.color),
        verbose: global.verbose > 0,
        next: None,
    };
    list(all, &TimeZone::system(), view)
}

fn one_written(format: TraceFormat, trace: &Trace, kept: &Traces) -> Result<String, Failure> {
    if format == TraceFormat::Json {
        return Ok(trace.to_json());
    }
    let picture = kept.picture(trace).map_err(|error| failure(&error))?;
    html(Shown { trace, picture: picture.as_deref() })
        .map_err(|error| Failure::new(Exit::Failed, format!("cannot write the trace: {error}")))
}

/// Shows the page in the person's own browser, from a file that only they can read.
fn show(global: &Global, page: &str) -> Result<Exit, Failure> {
    let file = written::unnamed(global, FILE)?;
    written::write(&file, page, "--output")?;
    written::show(global, &file, Some(FILE))?;
    Ok(Exit::Done)
}
