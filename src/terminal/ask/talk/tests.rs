//! Conversations in one line: the answers, and where they lead.

use proptest::prelude::*;

use super::*;

/// Plays answers: an act by its letter, `esc`, `^c`, `gone`, `tick:0,2`, or typed text in
/// quotes. Each person is a letter, one without a profile a `-`; `!` comes with a warning.
#[track_caller]
fn play(people: &str, answers: &str) -> Talk {
    let bare = people.trim_start_matches('!');
    let mut talk = Talk::new(bare.chars().map(|c| c != '-').collect(), bare != people);
    for answer in answers.split_whitespace() {
        let said = match answer {
            "esc" => Said::Back,
            "^c" => Said::Interrupt,
            "gone" => Said::Nothing,
            _ if answer.starts_with('"') => Said::Typed(answer.replace('"', "")),
            _ if answer.starts_with("tick:") => {
                Said::Ticked(answer[5..].split(',').filter_map(|row| row.parse().ok()).collect())
            }
            _ => Said::Act(act(&talk, answer)),
        };
        talk.hear(said);
    }
    talk
}

#[track_caller]
fn act(talk: &Talk, letter: &str) -> Act {
    let acts = talk.acts();
    let found = acts.iter().find(|act| act.letter().to_string() == letter);
    *found.unwrap_or_else(|| panic!("{letter} is not offered on {:?}", talk.screen()))
}

#[track_caller]
fn check(people: &str, answers: &str, expected: &str) {
    let screen = play(people, answers).screen().clone();
    let list = |rows: &[usize]| rows.iter().map(ToString::to_string).collect::<String>();
    let shown = match screen {
        Screen::Over(Answer::Chosen(Choice { withdraw, keep_always })) => {
            format!("withdraw [{}] keep [{}]", list(&withdraw), list(&keep_always))
        }
        Screen::Over(Answer::Quit(kept)) => format!("quit keep [{}]", list(&kept)),
        Screen::Over(Answer::Interrupted(kept)) => format!("stop keep [{}]", list(&kept)),
        Screen::Confirm(rows) => format!("confirm [{}]", list(&rows)),
        Screen::Checklist(rows) => format!("checklist [{}]", list(&rows)),
        Screen::Person(row) => format!("person {row}"),
        Screen::Question => "question".to_owned(),
        Screen::Warning => "warning".to_owned(),
    };
    assert_eq!(shown, expected, "{people}: {answers}");
}

#[test]
fn everybody_goes_when_that_is_confirmed() {
    check("abc", "a", "confirm [012]");
    check("abc", "a \"yes\"", "withdraw [012] keep []");
}

#[test]
fn a_review_asks_about_each_and_then_about_those_that_go() {
    check("abc", "r", "person 0");
    check("abc", "r w k w", "confirm [02]");
    check("abc", "r w k w \"yes\"", "withdraw [02] keep []");
    check("abc", "r w a w \"yes\"", "withdraw [02] keep [1]");
    check("abc", "r k o o w a \"yes\"", "withdraw [1] keep [2]");
    check("abc", "r k k a", "withdraw [] keep [2]");
}

#[test]
fn the_rest_are_those_that_nobody_kept() {
    check("abcd", "r w k r", "confirm [023]");
    check("abcd", "r a r \"yes\"", "withdraw [123] keep [0]");
}

#[test]
fn only_who_is_ticked_goes() {
    check("abc", "p tick:0,2", "confirm [02]");
    check("abc", "p tick:0,2 \"yes\"", "withdraw [02] keep []");
    check("abc", "p tick:", "question");
    check("abc", "r a esc p", "checklist [12]");
    check("abc", "p tick:0,2 esc p tick:1", "confirm [1]");
}

#[test]
fn quitting_withdraws_nobody_and_still_keeps() {
    check("abc", "q", "quit keep []");
    check("abc", "r a w q", "quit keep [0]");
    check("abc", "esc", "quit keep []");
    check("abc", "r a gone", "quit keep [0]");
    check("", "", "quit keep []");
}

#[test]
fn ctrl_c_ends_it_anywhere() {
    for answers in ["^c", "r ^c", "p ^c", "a ^c", "r w w w ^c"] {
        check("abc", answers, "stop keep []");
    }
    check("!abc", "^c", "stop keep []");
    check("abc", "r a ^c", "stop keep [0]");
    check("abc", "^c \"yes\"", "stop keep []");
}

#[test]
fn going_back_forgets_nothing_and_says_yes_to_nothing() {
    check("abc", "r w esc", "question");
    check("abc", "r w esc r", "person 1");
    check("abc", "r w k esc w", "confirm [0]");
    check("abc", "r w k esc a", "confirm [02]");
    check("abc", "a esc", "question");
    check("abc", "p esc", "question");
    check("abc", "a esc esc", "quit keep []");
    check("abc", "r w w w esc r", "person 0");
    check("abc", "r a w w esc r", "person 1");
}

#[test]
fn nonsense_is_no_confirmation_and_is_heard_only_a_few_times() {
    for nonsense in ["", "y", "Yes", "yes\n", "\nyes", "3", "yess"] {
        assert!(!confirms(nonsense, 3), "{nonsense:?}");
    }
    check("abc", "a \"\"", "question");
    check("abc", "a \"y\" a \"no\"", "question");
    check("abc", "a \"y\" a \"\" a \"yes\"", "withdraw [012] keep []");
    check("abc", "a \"y\" a \"no\" a \"\"", "quit keep []");
    assert_eq!(play("abc", "a \"y\"").notice, Some(REFUSED));
}

#[test]
fn for_many_the_number_is_typed_exactly() {
    assert!(confirms("yes", 25) && !confirms("25", 25));
    assert!(confirms("26", 26) && !confirms("yes", 26));
    for wrong in ["", "26\n", "\n26", " 26", "+26", "026", "26.", "27", "２６"] {
        assert!(!confirms(wrong, 26), "{wrong:?}");
    }
}

#[test]
fn the_warning_wants_a_yes_of_its_own() {
    check("!abc", "", "warning");
    check("!abc", "\"yes\"", "question");
    for answer in ["\"\"", "\"y\"", "\"3\"", "esc", "gone"] {
        check("!abc", answer, "quit keep []");
    }
}

#[test]
fn enter_alone_never_withdraws() {
    for screen in ["", "r", "r w", "r w esc"] {
        let first = play("a-c", screen).acts().first().copied();
        assert!(matches!(first, Some(Act::Review | Act::Keep)), "{screen}: {first:?}");
    }
}

#[test]
fn who_has_no_profile_cannot_be_looked_at_or_kept_by_it() {
    let acts = play("-", "r").acts();
    assert_eq!(acts, [Act::Keep, Act::Withdraw, Act::Rest, Act::Quit]);
}

fn anything() -> impl Strategy<Value = Said> {
    use Act::*;
    let acts = [Review, Chosen, Checklist, All, Keep, Withdraw, KeepAlways, Open, Rest, Quit];
    let texts = ["", "yes", "y", "2", "26", "27"].map(str::to_owned);
    prop_oneof![
        8 => prop::sample::select(acts.to_vec()).prop_map(Said::Act),
        2 => prop::collection::vec(0..30_usize, 0..30).prop_map(Said::Ticked),
        3 => prop::sample::select(texts.to_vec()).prop_map(Said::Typed),
        1 => prop::sample::select(vec![Said::Back, Said::Interrupt, Said::Nothing]),
    ]
}

proptest! {
    #[test]
    fn whoever_goes_was_named_in_a_question_that_was_confirmed(
        people in 1..30_usize, answers in prop::collection::vec(anything(), 0..60),
    ) {
        let mut talk = Talk::new(vec![true; people], true);
        for said in answers {
            let before = talk.screen().clone();
            talk.hear(said.clone());
            let Screen::Over(Answer::Chosen(choice)) = talk.screen() else { continue };
            let Choice { withdraw, keep_always } = choice;
            prop_assert!(withdraw.iter().all(|row| !keep_always.contains(row)));
            if withdraw.is_empty() || matches!(before, Screen::Over(_)) {
                continue;
            }
            prop_assert_eq!(before, Screen::Confirm(withdraw.clone()));
            prop_assert_eq!(said, Said::Typed(word_for(withdraw.len())));
        }
    }
}
