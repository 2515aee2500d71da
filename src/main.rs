//! Parses the command line, runs the command, prints an error once, and ends with its code.

use std::process::ExitCode;

use clap::FromArgMatches;
use rescind::cli::{self, Cli, Colour};
use rescind::exit::{Exit, Failure};
use rescind::{commands, terminal};

fn main() -> ExitCode {
    let words = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    let command = cli::command(terminal::output::columns()).color(Colour::of_words(words).into());
    let matches = command.get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    // One thread: the driver's life is tied to the thread that started it.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(cli)),
        Err(error) => Err(Failure::new(Exit::Failed, error)),
    };
    let exit = result.unwrap_or_else(|failure| {
        terminal::output::failure(&failure);
        failure.exit
    });
    ExitCode::from(exit as u8)
}
