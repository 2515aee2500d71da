//! `rescind withdraw` with a person at the terminal, and the practice site behind it.

use pty_process::blocking::Command;

use crate::screen::Screen;
use crate::trial::{NO_CAPS, Trial};
use crate::world::PROGRAM;

/// The program at a terminal, on the site of this trial.
fn at_a_terminal(trial: &Trial, more: &[&str]) -> Screen {
    let words = trial.arguments(more).into_iter().filter(|word| word != "--yes");
    let plain = trial.world.command(&[]);
    let command =
        plain.get_envs().fold(Command::new(PROGRAM).args(words), |command, (name, value)| {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            }
        });
    Screen::new(100, command)
}

#[test]
fn who_the_person_approves_is_withdrawn_and_nobody_else() {
    let trial = Trial::new("");
    let screen = at_a_terminal(&trial, &["--limit", "3"]);
    screen.shows("caps left: 1000 in this run");
    screen.answer("Withdraw which of the 3?", "r\r");
    screen.answer("김하늘:", "w\r");
    screen.answer("Grace Oyelaran", "a\r");
    screen.answer("Wim van den Aardappel:", "k\r");
    screen.answer("Type yes to withdraw", "yes\r");
    let (status, text) = screen.end();
    assert_eq!(status.code(), Some(0), "{text}");
    assert_eq!(trial.mock.withdrawn().len(), 1, "{text}");
    let config = std::fs::read_to_string(trial.world.home().join("config.toml")).unwrap();
    assert!(config.contains("/in/grace-oyelaran"), "{config}");
    // Whoever is kept always is not asked about any more.
    let screen = at_a_terminal(&trial, &["--limit", "1"]);
    screen.answer("Withdraw it?", "q\r");
    let (_, text) = screen.end();
    assert!(text.contains("Aardappel") && !text.contains("Grace"), "{text}");
}

#[test]
fn u6_the_end_of_input_ctrl_c_and_nonsense_are_no_yes() {
    for keys in ["\u{4}", "\u{3}", "q\r"] {
        let trial = Trial::new("");
        let screen = at_a_terminal(&trial, &["--limit", "2"]);
        screen.answer("Withdraw which of the 2?", keys);
        let (status, text) = screen.end();
        assert_eq!(status.code(), Some(130), "{keys:?}\n{text}");
        assert!(trial.logged("click-withdraw").is_empty());
    }
}

#[test]
fn u6_more_than_25_want_their_number() {
    let trial = Trial::new("count=70").configured(NO_CAPS);
    let screen = at_a_terminal(&trial, &["--limit", "26"]);
    screen.answer("Withdraw which of the 26?", "a\r");
    screen.answer("Type the number 26", "yes\r");
    screen.answer("Withdraw which of the 26?", "q\r");
    let (status, text) = screen.end();
    assert_eq!(status.code(), Some(130), "{text}");
    assert!(trial.logged("click-withdraw").is_empty());
}
