//! The command line: clap types and nothing else; the doc comments are the help.

mod examples;
mod server;
mod switches;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

pub use clap_complete::Shell;

pub use self::examples::{command, examples_of};
pub use self::switches::SwitchOptions;
use crate::config::Site;
use crate::domain::person::Person;
use crate::domain::server::Server;
use crate::domain::since::Since;

/// Below the help of the program: a line for each code.
pub const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    an error of the program or its surroundings
  2    wrong usage or config
  3    a sign-in by you is needed
  4    the site stopped us: security check, rate limit
  5    something is left, or the list is incomplete
  6    the page was not understood
  7    the plan was refused
  8    another run holds the lock
  9    stale ones found (--fail-if-stale)
  130  interrupted";

/// Review your own connection requests that were never answered, in a real browser.
#[derive(Debug, Parser)]
#[command(name = "rescind", version, max_term_width = 100)]
#[command(after_long_help = EXIT_CODES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show the dry-run report on the bundled mock site, in a headless browser
    Demo,
    /// Open the browser so that you can sign in by hand; ends when you are in
    Login,
    /// Read every pending invitation, apply the rules, show what would go and why
    Report(ReportArgs),
    /// Withdraw what the rules name, one by one, under your eyes, and prove each one
    Withdraw(WithdrawArgs),
    /// Show what was withdrawn, and from when each person can be invited again; opens no browser
    History(HistoryArgs),
    /// Check what rescind needs, from the config to each locator on the page; says how to mend it
    Doctor(DoctorArgs),
    /// Show what is pending, due and left over, and what the caps leave; opens no browser
    Status(StatusArgs),
    /// Show what happened at a withdrawal, a refusal or a stop, step by step, as a page
    Trace(TraceArgs),
    /// Serve the bundled mock site until Ctrl-C
    Mock(MockArgs),
    /// Write, check or describe the config
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print completions for a shell
    Completions {
        /// For which shell
        shell: Shell,
    },
    /// Print the manual page, or write those of all commands into a folder
    Man {
        /// The folder, which is made when it is not there
        dir: Option<PathBuf>,
    },
    /// Become a program whose life is tied to the parent's (used by rescind itself)
    #[command(hide = true, name = crate::browser::driver::LAUNCH_COMMAND)]
    LaunchTied {
        program: PathBuf,
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Run a program, and end it and all that it started when the parent ends (used by rescind itself)
    #[command(hide = true, name = crate::browser::driver::GROUP_COMMAND)]
    LaunchGroup {
        program: PathBuf,
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

#[derive(Debug, Default, Args)]
pub struct ReportArgs {
    /// How the report is written [default: table]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Write the report to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What was sent: invitations to connect, to follow a page, to an event, to a newsletter
    #[arg(long, value_enum, value_name = "KIND", default_value_t = Pill::People)]
    pub kind: Pill,
    /// Show the report as a page in your browser
    #[arg(long)]
    pub open: bool,
    /// Also save the plan: delete from it whom you want to keep, then apply the rest
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// LinkedIn's data export, a .zip or the Invitations.csv in it: exact dates and notes
    #[arg(long, value_name = "FILE")]
    pub archive: Option<PathBuf>,
    /// With --archive: no browser at all, but a checklist to go through by hand
    #[arg(long, requires = "archive")]
    pub offline: bool,
    /// Exit with 9 when something would be withdrawn
    #[arg(long)]
    pub fail_if_stale: bool,
}

#[derive(Debug, Args)]
pub struct WithdrawArgs {
    /// Only what this plan lists, each checked again against the page
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// At most so many
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Ask nothing; everything else stays: caps, pauses, checks
    #[arg(long)]
    pub yes: bool,
    /// No pauses; only on a practice site on this machine
    #[arg(long)]
    pub no_pace: bool,
    /// Begin a new journal where the old one is gone or damaged
    #[arg(long)]
    pub new_journal: bool,
    /// How the outcomes are written
    #[arg(long, value_enum, default_value_t = WithdrawFormat::Table)]
    pub format: WithdrawFormat,
}

/// The lists of the Sent tab, by their pills.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Pill {
    #[default]
    People,
    Pages,
    Events,
    Newsletters,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WithdrawFormat {
    Table,
    Json,
}

#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// How the history is written
    #[arg(long, value_enum, default_value_t = HistoryFormat::Table)]
    pub format: HistoryFormat,
    /// Only what was done since: "2026-11-01", "2026-11-01T10:00Z", or "2 weeks" back from now
    #[arg(long, value_name = "WHEN")]
    pub since: Option<Since>,
    /// Only this person: part of a name, an id such as "in/robin-example", or a profile's address
    #[arg(long, value_name = "TEXT")]
    pub person: Option<Person>,
    /// Write the history to a file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Write what was found as JSON
    #[arg(long)]
    pub json: bool,
    /// Also write a bundle for a bug report: structure and counts, no names
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// First get the driver of the browser's version, with selenium-manager
    #[arg(long)]
    pub install: bool,
}

#[derive(Debug, Args)]
pub struct StatusArgs {
    /// How the status is written
    #[arg(long, value_enum, default_value_t = StatusFormat::Table)]
    pub format: StatusFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusFormat {
    Table,
    Json,
}

#[derive(Debug, Args)]
pub struct TraceArgs {
    /// Which one: its name or the beginning of it; without one, the newest
    pub id: Option<String>,
    /// List those that are kept
    #[arg(long, conflicts_with = "id")]
    pub list: bool,
    /// Only of this person: part of a name, an id such as "in/robin-example", or a profile's address
    #[arg(long, value_name = "TEXT", conflicts_with = "id")]
    pub person: Option<Person>,
    /// How it is written [default: html, of a list: table]
    #[arg(long, value_enum)]
    pub format: Option<TraceFormat>,
    /// Write it to a file instead of opening the page
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TraceFormat {
    Html,
    Json,
    Table,
}

#[derive(Debug, Args)]
pub struct MockArgs {
    /// Switches of the site in one text, such as "count=500&seed=3"; the options say the same
    #[arg(default_value = "", hide_default_value = true)]
    pub query: String,
    /// The port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Show every switch and every fault, and serve nothing
    #[arg(long)]
    pub list: bool,
    #[command(flatten)]
    pub switches: SwitchOptions,
}

#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Write a commented config, after a short interview when there is a terminal
    Init(ConfigInitArgs),
    /// Check a config and the examples of its rules, and say what it comes to
    Check(ConfigCheckArgs),
    /// Print the JSON Schema of the config, for editors
    Schema,
}

#[derive(Debug, Args)]
pub struct ConfigInitArgs {
    /// Replace the file that is there
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct ConfigCheckArgs {
    /// The file; without one, that which would be used
    pub file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
    Csv,
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HistoryFormat {
    Table,
    Json,
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

impl Colour {
    /// What the words of a command line say, for the help and the errors of usage: they are printed
    /// before the words are understood.
    pub fn of_words(words: impl IntoIterator<Item = String>) -> Self {
        let mut words = words.into_iter();
        let named = words.find_map(|word| match word.strip_prefix("--color")? {
            "" => Some(None),
            rest => rest.strip_prefix('=').map(|value| Some(value.to_owned())),
        });
        let value = named.and_then(|value| value.or_else(|| words.next())).unwrap_or_default();
        Self::from_str(&value, false).unwrap_or(Self::Auto)
    }
}

impl From<Colour> for clap::ColorChoice {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Auto => Self::Auto,
            Colour::Always => Self::Always,
            Colour::Never => Self::Never,
        }
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Global {
    /// The config file
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The site: https, http on a loopback address, or "mock?count=500" for the bundled one
    #[arg(long, global = true, value_name = "URL")]
    pub site: Option<Site>,
    /// The folder of rescind's own records
    #[arg(long, global = true, value_name = "DIR")]
    pub state_dir: Option<PathBuf>,
    /// The browser profile: whoever can read this folder is signed in as you
    #[arg(long, global = true, value_name = "DIR")]
    pub profile: Option<PathBuf>,
    /// Run the browser without a window
    #[arg(long, global = true, conflicts_with = "headed")]
    pub headless: bool,
    /// Run the browser in a window
    #[arg(long, global = true)]
    pub headed: bool,
    /// Use a WebDriver server or grid that already runs instead of starting one (docs/remote.md)
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "RESCIND_WEBDRIVER",
        hide_env_values = true,
        value_parser = server::ServerParser
    )]
    pub webdriver: Option<Server>,
    /// Colours
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// Say more
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// Print only data and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: Colour) {
        assert_eq!(Colour::of_words(words.split(' ').map(str::to_owned)), expected, "{words}");
    }

    #[test]
    fn the_colour_is_known_before_the_words_are_understood() {
        check("rescind --help", Colour::Auto);
        check("rescind --color never --help", Colour::Never);
        check("rescind report --nonsense --color=always", Colour::Always);
        check("rescind --colour=never", Colour::Auto);
        check("rescind --color", Colour::Auto);
    }
}
