//! `rescind mock`: the bundled practice site, until Ctrl-C.

use crate::cli::MockArgs;
use crate::exit::{Exit, Failure};
use crate::mock_site::MockSite;
use crate::terminal::output;

/// # Errors
/// The port is taken.
pub async fn mock(args: &MockArgs) -> Result<Exit, Failure> {
    let switches = args.switches.trim_start_matches("mock").trim_start_matches('?');
    let site = MockSite::start(switches, args.port).await.map_err(|error| {
        Failure::new(Exit::Failed, format!("cannot listen on port {}: {error}", args.port))
            .hint("choose another with --port, or none for a free one")
    })?;
    output::data(&format!("{}\n", site.url())).map_err(|error| {
        Failure::new(Exit::Failed, format!("cannot write the address: {error}"))
    })?;
    super::interrupted().await;
    Ok(Exit::Done)
}
