//! `rescind config init | check | schema`: no browser, no journal.

mod interview;

use std::path::Path;

use crate::cli::{ConfigCheckArgs, ConfigCommand, ConfigInitArgs, Global};
use crate::commands::opened::config_failure;
use crate::config::{self, Config, EXAMPLE, Existing, SCHEMA_FILE};
use crate::exit::{Exit, Failure};
use crate::terminal::ask::settings::Interview;
use crate::terminal::output;

/// # Errors
/// A config that is not understood, a file that is there already or cannot be written.
pub async fn config(global: &Global, command: &ConfigCommand) -> Result<Exit, Failure> {
    match command {
        ConfigCommand::Init(args) => init(global, args).await,
        ConfigCommand::Check(args) => check(global, args),
        ConfigCommand::Schema => data(&config::schema()),
    }
}

async fn init(global: &Global, args: &ConfigInitArgs) -> Result<Exit, Failure> {
    let path = match &global.config {
        Some(path) => path.clone(),
        None => Config::default_path().map_err(|error| config_failure(&error))?,
    };
    let existing = if args.force { Existing::IsReplaced } else { Existing::Stays };
    config::refuse_existing(&path, existing).map_err(|error| config_failure(&error))?;
    let colour = output::colours_of_messages(global.color);
    let text = match Interview::open(colour) {
        Some(interview) => ask(interview, &path).await?,
        None => EXAMPLE.to_owned(),
    };
    let has_schema = config::write_new(&path, &text, existing).map_err(|error| {
        let hint = error.hint().unwrap_or("choose another place with --config");
        Failure::new(Exit::Failed, &error).hint(hint)
    })?;
    tell(global, &path, has_schema);
    Ok(Exit::Done)
}

async fn ask(interview: Interview, path: &Path) -> Result<String, Failure> {
    let shown = path.display().to_string();
    let conversation = move || interview::ask(&interview, &shown);
    let answer = crate::terminal::ask::beside(conversation, super::interrupted()).await;
    match answer.flatten() {
        Some(wishes) => wishes.to_text().map_err(|error| config_failure(&error)),
        None => Err(Failure::new(Exit::Interrupted, "ended before the last answer")
            .hint("nothing was written")),
    }
}

fn tell(global: &Global, path: &Path, has_schema: bool) {
    let path = path.display();
    output::say(global, &format!("Written, readable by you alone: {path}"));
    if has_schema {
        output::say(global, &format!("Beside it, for your editor: {SCHEMA_FILE}"));
    } else {
        let words = format!("note: another {SCHEMA_FILE} is there already, and stays as it is");
        output::say(global, &words);
    }
    output::say(global, "Next: rescind config check, rescind login, rescind report");
}

fn check(global: &Global, args: &ConfigCheckArgs) -> Result<Exit, Failure> {
    let named = match (&args.file, &global.config) {
        (Some(_), Some(_)) => {
            let words = "the file is named twice: behind check and with --config";
            return Err(Failure::new(Exit::Usage, words).hint("name it once"));
        }
        (file, option) => file.as_deref().or(option.as_deref()),
    };
    let config = Config::load_for(global.site.as_ref(), named);
    let config = config.map_err(|error| config_failure(&error))?;
    let file = Config::locate(named).map_err(|error| config_failure(&error))?;
    data(&shown(&config, file.as_deref())?)
}

fn shown(config: &Config, file: Option<&Path>) -> Result<String, Failure> {
    let file = match file {
        Some(path) => path.display().to_string(),
        None => {
            let place = Config::default_path().map_err(|error| config_failure(&error))?;
            format!("none at {}, so the defaults hold", place.display())
        }
    };
    let lines = [vec![("file", file)], config.summary()].concat();
    Ok(format!("ok\n{}\n", output::pairs(&lines).join("\n")))
}

fn data(text: &str) -> Result<Exit, Failure> {
    let written = output::data(text);
    written.map_err(|error| Failure::new(Exit::Failed, format!("cannot be written: {error}")))?;
    Ok(Exit::Done)
}
