//! Traces where core and edges meet: where they are kept, and that of a page which was not as expected.

use std::path::PathBuf;
use std::time::Instant;

use jiff::Timestamp;

use crate::browser::act;
use crate::browser::walk::Site as OpenSite;
use crate::cli::Global;
use crate::commands::opened::state_dir;
use crate::config::Config;
use crate::domain::trace::{Step, StepName, Trace, TraceId};
use crate::exit::{Exit, Failure};
use crate::folders;
use crate::traces::{FOLDER, Traces, TracesError};

/// Those of the folder of records that is used, as many as the config says.
///
/// # Errors
/// No folder of records is known.
pub fn of(global: &Global, config: &Config) -> Result<Traces, Failure> {
    Ok(Traces::of(&state_dir(global)?, config.traces))
}

pub fn failure(error: &TracesError) -> Failure {
    Failure::new(Exit::Failed, crate::terminal::output::with_causes(error)).hint(error.hint())
}

/// Keeps the page as it stands, for whoever wants to know why nothing more was done on it.
///
/// # Errors
/// It can't be kept.
pub async fn keep_page(
    traces: &Traces,
    site: &mut OpenSite,
    mut trace: Trace,
) -> Result<TraceId, TracesError> {
    let began = Instant::now();
    let seen = match site.state().await {
        Ok(state) => Step { page: Some(act::page(&state)), ..Step::default() },
        Err(error) => Step::noted(error.to_string()),
    };
    let picture = site.session.screenshot().await.ok();
    trace.took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    trace.steps.push(Step { step: StepName::Look, took_ms: trace.took_ms, ..seen });
    traces.add(&mut trace, picture.as_deref())?;
    Ok(trace.id)
}

/// Keeps what doctor found out about a page, named by the time, for its owner only.
pub fn keep_file(global: &Global, name: &str, ending: &str, bytes: &[u8]) -> Option<PathBuf> {
    let folder = folders::private_dir(&state_dir(global).ok()?.join(FOLDER)).ok()?;
    let time = Timestamp::now().strftime("%Y%m%dT%H%M%SZ");
    let path = folder.join(format!("{name}-{time}.{ending}"));
    let mut file = folders::open_private_file(&path).ok()?;
    file.set_len(0).ok()?;
    std::io::Write::write_all(&mut file, bytes).ok()?;
    Some(path)
}
