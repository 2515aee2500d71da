//! One subcommand, one file. Only here do core and edges meet, and is the clock read.

pub mod archive;
pub mod clock;
pub mod completions;
pub mod config;
pub mod doctor;
pub mod failures;
pub mod history;
pub mod interrupts;
pub mod login;
pub mod mock;
pub mod opened;
pub mod pause_point;
pub mod plan;
pub mod programs;
pub mod report;
pub mod server;
pub mod sightings;
pub mod status;
pub mod trace;
pub mod traces;
pub mod withdraw;
pub mod written;

use crate::cli::{Cli, Command};
use crate::exit::{Exit, Failure};

/// Runs the command.
///
/// # Errors
/// The sentence for the person, with the exit code.
pub async fn run(cli: Cli) -> Result<Exit, Failure> {
    let global = cli.global;
    match cli.command {
        Command::Demo => report::demo(&global).await,
        Command::Login => login::login(&global).await,
        Command::Report(args) => report::report(&global, &args).await,
        Command::Withdraw(args) => withdraw::withdraw(&global, &args).await,
        Command::History(args) => history::history(&global, &args),
        Command::Doctor(args) => doctor::doctor(&global, &args).await,
        Command::Status(args) => status::status(&global, &args),
        Command::Trace(args) => trace::trace(&global, &args),
        Command::Mock(args) => mock::mock(&args).await,
        Command::Config(command) => config::config(&global, &command).await,
        Command::Completions { shell } => completions::completions(shell),
        Command::Man { dir } => completions::man(dir.as_deref()),
        Command::LaunchTied { program, arguments } => {
            let error = crate::browser::driver::launch_tied(program, arguments);
            Err(Failure::new(Exit::Failed, error))
        }
        Command::LaunchGroup { program, arguments } => {
            let ended = crate::browser::driver::launch_group(program, arguments).await;
            ended.map(|()| Exit::Done).map_err(|error| Failure::new(Exit::Failed, error))
        }
    }
}

/// Resolves when the person (or the system) asks the program to end.
pub(crate) async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    let ended = |kind| async move {
        match signal(kind) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = ended(SignalKind::interrupt()) => {}
        () = ended(SignalKind::terminate()) => {}
        () = ended(SignalKind::hangup()) => {}
    }
}
