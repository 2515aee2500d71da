//! `rescind completions` and `rescind man`: made from the same definition as the help.

use std::path::Path;

use clap::Command;
use clap_complete::{Shell, generate};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::cli;
use crate::exit::{Exit, Failure};
use crate::terminal::output;

/// Manual pages fold their lines themselves.
const WIDE: usize = 100;

/// # Errors
/// Standard output cannot be written.
pub fn completions(shell: Shell) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    generate(shell, &mut without_hidden(cli::command(WIDE)), "rescind", &mut script);
    print(&script)
}

/// The page of the program, or those of all commands as files in a folder.
///
/// # Errors
/// Something cannot be written.
pub fn man(folder: Option<&Path>) -> Result<Exit, Failure> {
    let mut command = without_hidden(cli::command(WIDE)).disable_help_subcommand(true);
    command.build();
    let Some(folder) = folder else {
        return print(&page(&command, "").map_err(|error| not_made(&error))?);
    };
    std::fs::create_dir_all(folder).map_err(|error| {
        Failure::new(Exit::Failed, format!("cannot create {}: {error}", folder.display()))
            .hint("name another folder, or none to print the page of the program")
    })?;
    pages(&command, "", folder)?;
    Ok(Exit::Done)
}

fn pages(command: &Command, path: &str, folder: &Path) -> Result<(), Failure> {
    let text = page(command, path).map_err(|error| not_made(&error))?;
    let name = format!("{}.1", file_name(path));
    // Not as private files are written: whoever uses the machine may read a manual.
    std::fs::write(folder.join(&name), text).map_err(|error| {
        Failure::new(
            Exit::Failed,
            format!("cannot write {name} into {}: {error}", folder.display()),
        )
    })?;
    command.get_subcommands().try_for_each(|inner| {
        let path = format!("{path} {}", inner.get_name());
        pages(inner, path.trim_start(), folder)
    })
}

/// `rescind`, `rescind-config-init`.
fn file_name(path: &str) -> String {
    format!("rescind {path}").trim_end().replace(' ', "-")
}

fn page(command: &Command, path: &str) -> std::io::Result<Vec<u8>> {
    let examples = cli::examples_of(path);
    // The help has them in its text; here they are a part of their own.
    let about = command.get_about().cloned().unwrap_or_default();
    let is_program = path.is_empty();
    let command = command.clone().long_about(about);
    let man = Man::new(command).title(file_name(path)).section("1");
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    list("EXAMPLES", examples.iter().copied(), &mut text)?;
    man.render_options_section(&mut text)?;
    man.render_subcommands_section(&mut text)?;
    if is_program {
        let codes = cli::EXIT_CODES.lines().filter_map(|line| line.trim().split_once("  "));
        list("EXIT STATUS", codes.map(|(code, says)| (code, says.trim())), &mut text)?;
        man.render_version_section(&mut text)?;
    }
    Ok(text)
}

/// A part of a page: words, and what they mean.
fn list<'a>(
    title: &str,
    entries: impl Iterator<Item = (&'a str, &'a str)>,
    text: &mut Vec<u8>,
) -> std::io::Result<()> {
    let mut part = Roff::new();
    part.control("SH", [title]);
    for (word, means) in entries {
        part.control("TP", []);
        part.text([bold(word)]);
        part.text([roman(means)]);
    }
    part.to_writer(text)
}

/// What only rescind itself calls is no business of shells and manuals.
fn without_hidden(command: Command) -> Command {
    let shown: Vec<Command> =
        command.get_subcommands().filter(|inner| !inner.is_hide_set()).cloned().collect();
    let mut bare = Command::new("rescind");
    for argument in command.get_arguments() {
        bare = bare.arg(argument.clone());
    }
    bare = bare.subcommands(shown).version(env!("CARGO_PKG_VERSION"));
    if let Some(about) = command.get_about() {
        bare = bare.about(about.clone());
    }
    if let Some(about) = command.get_long_about() {
        bare = bare.long_about(about.clone());
    }
    bare
}

fn print(bytes: &[u8]) -> Result<Exit, Failure> {
    output::data(&String::from_utf8_lossy(bytes)).map_err(|error| not_made(&error))?;
    Ok(Exit::Done)
}

fn not_made(error: &std::io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("cannot be written: {error}"))
}
