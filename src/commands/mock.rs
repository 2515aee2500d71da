//! `rescind mock`: the bundled practice site, until Ctrl-C.

use url::form_urlencoded;

use crate::cli::MockArgs;
use crate::exit::{Exit, Failure};
use crate::mock_site::MockSite;
use crate::mock_site::switches::{self, BadSwitch};
use crate::terminal::output;

/// # Errors
/// An unknown switch or fault, or the port is taken.
pub async fn mock(args: &MockArgs) -> Result<Exit, Failure> {
    if args.list {
        return list();
    }
    let switches = switches::check(&query(args)).map_err(|why| bad_switch(&why))?;
    let site = MockSite::start(&switches, args.port).await.map_err(|error| {
        Failure::new(Exit::Failed, format!("cannot listen on port {}: {error}", args.port))
            .hint("choose another with --port, or none for a free one")
    })?;
    print(&format!("{}\n", site.url()))?;
    super::interrupted().await;
    Ok(Exit::Done)
}

/// What is wrong with the switches of a practice site.
pub fn bad_switch(why: &BadSwitch) -> Failure {
    Failure::new(Exit::Usage, why).hint("what there is: rescind mock --list")
}

/// The text and the options as one query; what an option says comes later, and so holds.
fn query(args: &MockArgs) -> String {
    let text = args.query.trim_start_matches("mock").trim_start_matches('?');
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(&args.switches.given);
    let options = query.finish();
    [text, &options].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
}

fn list() -> Result<Exit, Failure> {
    let switches = switches::switches().into_iter();
    let switches: Vec<(&str, String)> =
        switches.map(|switch| (switch.name, switch.means)).collect();
    let faults: Vec<(String, String)> =
        switches::faults().into_iter().map(|fault| (fault.forms.join(", "), fault.means)).collect();
    let mut lines = vec!["Switches: --NAME VALUE, or in one text: 'name=value&…'".to_owned()];
    lines.extend(output::pairs(&switches));
    lines.push(String::new());
    lines.push("Faults: --fault NAME[:ARG][@K], any number of them".to_owned());
    lines.extend(output::pairs(&faults));
    print(&(lines.join("\n") + "\n"))?;
    Ok(Exit::Done)
}

fn print(text: &str) -> Result<(), Failure> {
    output::data(text)
        .map_err(|error| Failure::new(Exit::Failed, format!("cannot be written: {error}")))
}
