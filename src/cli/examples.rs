//! Examples of each command: what its `--help` begins with, and a part of its manual page.

use clap::{Command, CommandFactory};

use super::Cli;

/// What a person types, and what comes of it.
pub type Example = (&'static str, &'static str);

/// Under the command's name; under "" those of the program itself.
const EXAMPLES: &[(&str, &[Example])] = &[
    (
        "",
        &[
            ("rescind demo", "a report without an account"),
            ("rescind config init", "your settings, in a few questions"),
            ("rescind login", "sign in by hand, once"),
            ("rescind report", "what is stale, and why"),
            ("rescind withdraw", "ask, withdraw, prove each one"),
            ("rescind history --since '2 weeks'", "what was withdrawn lately"),
            ("rescind status", "what is pending, due and left"),
            ("rescind doctor", "what is wrong, and how to mend it"),
            ("rescind report --site 'mock?count=500'", "practise on the bundled site"),
        ],
    ),
    (
        "demo",
        &[
            ("rescind demo", "a report like yours would be"),
            ("rescind demo --headed", "and watch how it is read"),
        ],
    ),
    ("login", &[("rescind login", "sign in by hand; the profile keeps it")]),
    (
        "report",
        &[
            ("rescind report", "what is stale, and why"),
            ("rescind report --open", "the same as a page"),
            ("rescind report --plan plan.json", "and saves a plan to review"),
            ("rescind report --archive FILE --offline", "from a data export, no browser"),
            ("rescind report --format json > report.json", "the same for scripts"),
            ("rescind report --headless -q --fail-if-stale", "exit code 9 when some are"),
            ("rescind report --site mock", "practise"),
        ],
    ),
    (
        "withdraw",
        &[
            ("rescind withdraw", "asks about each, or all"),
            ("rescind withdraw --limit 5", "a small first run"),
            ("rescind withdraw --plan plan.json", "whom you left in the plan"),
            ("rescind withdraw --yes --format json", "no questions, for scripts"),
            ("rescind withdraw --site 'mock?count=60' --no-pace", "practise, without pauses"),
        ],
    ),
    (
        "history",
        &[
            ("rescind history", "who, and when to invite again"),
            ("rescind history --since 2026-11-01", "since a day"),
            ("rescind history --person robin", "part of a name, or a profile"),
            ("rescind history --format csv > history.csv", "for a spreadsheet"),
        ],
    ),
    (
        "status",
        &[
            ("rescind status", "pending, due, caps, what a run left"),
            ("rescind status --format json", "the same for scripts"),
        ],
    ),
    (
        "doctor",
        &[
            ("rescind doctor", "from the config to each locator"),
            ("rescind doctor --report bundle.json", "for a bug report; names nobody"),
            ("rescind doctor --install", "gets a driver that fits"),
            ("rescind doctor --site mock", "practise"),
        ],
    ),
    (
        "trace",
        &[
            ("rescind trace", "the newest, as a page"),
            ("rescind trace --list", "which there are"),
            ("rescind trace 20261123-1003", "the beginning of a name is enough"),
            ("rescind trace --person robin", "the newest of a person"),
            ("rescind trace --output trace.html", "to send to somebody you trust"),
            ("rescind trace --format json > trace.json", "the record itself"),
        ],
    ),
    (
        "mock",
        &[
            ("rescind mock --list", "what can be switched"),
            ("rescind mock --port 8080", "a fixed port, for CI"),
            ("rescind mock --count 500 --lang fr", "500 people, in French"),
            ("rescind mock --fault dialog-late --fault dup:3", "and things that go wrong"),
            ("rescind mock 'count=500&seed=3'", "in one text, as in --site"),
        ],
    ),
    (
        "config",
        &[
            ("rescind config init", "a commented file, after a few questions"),
            ("rescind config check", "is it understood, and what does it come to"),
            ("rescind config schema", "for an editor"),
        ],
    ),
    (
        "config init",
        &[
            ("rescind config init", "asks, writes it where it belongs"),
            ("rescind config init --config work.toml", "to another place"),
            ("rescind config init --force < /dev/null", "without questions, over the old one"),
        ],
    ),
    (
        "config check",
        &[
            ("rescind config check", "the file that would be used"),
            ("rescind config check work.toml", "another one"),
        ],
    ),
    ("config schema", &[("rescind config schema > config.schema.json", "beside your config")]),
    (
        "completions",
        &[
            (
                "rescind completions bash > ~/.local/share/bash-completion/completions/rescind",
                "bash",
            ),
            ("rescind completions zsh > ~/.zfunc/_rescind", "zsh, with ~/.zfunc in its fpath"),
            ("rescind completions fish > ~/.config/fish/completions/rescind.fish", "fish"),
        ],
    ),
    (
        "man",
        &[
            ("rescind man | man -l -", "read it"),
            ("rescind man ~/.local/share/man/man1", "install it, and those of all commands"),
        ],
    ),
];

/// The examples of a command, named as in `config init`.
pub fn examples_of(command: &str) -> &'static [Example] {
    let found = EXAMPLES.iter().find(|(name, _)| *name == command);
    found.map(|(_, examples)| *examples).unwrap_or_default()
}

/// The whole command line. The long help of each command begins with its examples, as wide as
/// `columns` allow.
pub fn command(columns: usize) -> Command {
    with_examples(Cli::command(), "", columns)
}

fn with_examples(command: Command, path: &str, columns: usize) -> Command {
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string);
    let examples = shown(examples_of(path), columns);
    let names: Vec<String> =
        command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let command = match about {
        Some(about) if !examples.is_empty() => {
            command.long_about(format!("{about}\n\nExamples:\n{examples}"))
        }
        _ => command,
    };
    names.into_iter().fold(command, |command, name| {
        let path = format!("{path} {name}").trim_start().to_owned();
        command.mut_subcommand(name, |inner| with_examples(inner, &path, columns))
    })
}

/// In two columns, or one below the other where they are too wide.
fn shown(examples: &[Example], columns: usize) -> String {
    let widest = examples.iter().map(|(typed, _)| typed.len()).max().unwrap_or_default();
    let fits = examples.iter().all(|(_, says)| widest + says.len() + 6 <= columns.min(100));
    let lines = examples.iter().map(|(typed, says)| {
        if fits { format!("  {typed:widest$}  {says}") } else { format!("  {typed}\n      {says}") }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words as a shell would split them, as far as the examples go.
    fn split(line: &str) -> Vec<String> {
        let typed = line.split(" > ").next().unwrap_or_default().split(" < ").next();
        let typed = typed.unwrap_or_default().split(" | ").next().unwrap_or_default();
        let mut words = vec![String::new()];
        let mut quoted = false;
        for c in typed.chars() {
            match c {
                '\'' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                c => words.last_mut().unwrap().push(c),
            }
        }
        words
    }

    fn visible(command: &Command, path: &str, found: &mut Vec<String>) {
        found.push(path.to_owned());
        for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
            visible(inner, format!("{path} {}", inner.get_name()).trim_start(), found);
        }
    }

    #[test]
    fn every_command_has_examples_and_each_of_them_is_understood() {
        let mut names = Vec::new();
        visible(&Cli::command(), "", &mut names);
        assert_eq!(names.len(), EXAMPLES.len(), "{names:?}");
        for name in names {
            let examples = examples_of(&name);
            assert!(!examples.is_empty(), "{name}");
            let is_wide = shown(examples, 80).contains("\n      ");
            assert!(!is_wide || name == "completions", "{name} does not fit 80 columns");
            for (typed, _) in examples {
                let read = command(80).try_get_matches_from(split(typed));
                assert!(read.is_ok(), "{typed}: {}", read.unwrap_err());
                assert!(typed.starts_with(&format!("rescind {name}")) || name.is_empty());
            }
        }
    }

    #[test]
    fn every_command_that_the_pages_show_is_understood() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut shown = 0;
        let docs = std::fs::read_dir(root.join("docs")).unwrap();
        let docs = docs.map(|entry| entry.unwrap().path());
        let docs = docs.filter(|path| path.extension().is_some_and(|kind| kind == "md"));
        for page in
            [root.join("README.md"), root.join("mock-site/README.md")].into_iter().chain(docs)
        {
            let text = std::fs::read_to_string(&page).unwrap();
            let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
            for line in blocks.flat_map(str::lines).filter(|line| line.starts_with("rescind ")) {
                let typed = line.split("  #").next().unwrap().trim_end();
                let read = command(80).try_get_matches_from(split(&typed.replace('"', "'")));
                assert!(read.is_ok(), "{}: {line}: {}", page.display(), read.unwrap_err());
                shown += 1;
            }
        }
        assert!(shown > 20, "{shown}");
    }

    #[test]
    fn examples_stand_below_each_other_where_it_is_narrow() {
        let one = [("rescind demo", "a report")];
        assert_eq!(shown(&one, 80), "  rescind demo  a report");
        assert_eq!(shown(&one, 20), "  rescind demo\n      a report");
    }

    #[test]
    fn the_command_line_is_sound() {
        command(80).debug_assert();
    }
}
