//! The lines of `doctor`, as a person reads them.

use serde_json::json;

use super::*;
use crate::domain::locators::fields_of;

const PLAIN: View = View { columns: 60, colour: false, verbose: false, next: None };

#[test]
fn a_check_is_one_line_and_how_to_mend_it_stands_below() {
    let ok = Check::new("journal", Status::Ok, "3 runs, nothing in doubt");
    assert_eq!(check(&ok, PLAIN), "ok      journal   3 runs, nothing in doubt\n");
    let wrong = Check::new(
        "versions",
        Status::Problem,
        "chromedriver 99 cannot drive Chromium 156: their majors differ",
    )
    .hint("rescind doctor --install");
    assert_eq!(
        check(&wrong, PLAIN),
        "problem versions  chromedriver 99 cannot drive Chromium\n\
         \x20                 156: their majors differ\n\
         \x20                 → rescind doctor --install\n"
    );
}

#[test]
fn a_place_in_a_file_stays_under_its_caret_and_a_path_is_never_broken() {
    let detail = "unknown key\n --> a.toml:3:1\n  | x = \u{1b}[2J\n  | ^";
    let shown = check(&Check::new("config", Status::Problem, detail), PLAIN);
    assert!(
        shown.ends_with("\n                    | x = \u{fffd}[2J\n                    | ^\n"),
        "{shown}"
    );
    let path = format!("/home/{}/x", "a".repeat(80));
    assert!(check(&Check::new("state", Status::Ok, path.clone()), PLAIN).contains(&path));
}

fn found(fits: bool) -> Found {
    let layout = json!({"fits": {"all": ["main"]}, "card": {
        "name": [{"css": "p", "nth": 0}, {"css": ".name"}], "note": [{"css": ".note"}],
        "age": [{"css": "time"}]}, "dialog": {"open": ["dialog"]}});
    let mut fields = fields_of(&layout);
    for (field, counts) in
        fields.iter_mut().zip([&[(1, 1)][..], &[(30, 8), (2, 2)], &[(0, 0)], &[(20, 0)], &[(0, 0)]])
    {
        for (way, (found, won)) in field.ways.iter_mut().zip(counts) {
            (way.found, way.gave, way.won) = (*found, *won, *won);
        }
    }
    Found { layout: "2031".into(), is_own: false, fits, cards: 10, fields }
}

#[test]
fn what_a_locator_should_find_and_finds_instead_is_told() {
    let shown = locators(&found(true), "layout 2031", View { columns: 100, ..PLAIN });
    let lines: Vec<&str> = shown.lines().map(str::trim).collect();
    assert_eq!(
        lines,
        [
            "layout 2031",
            "fits.all       1 of 1  main",
            "card.name    10 of 10  p (nth 0)  and 1 more",
            "card.note     0 of 10  .note",
            "✗ card.age      0 of 10  should be 1 in each card",
            "time: matches 20, gives one in 0 of 10 cards",
        ]
    );
}

#[test]
fn the_end_says_whether_all_is_well() {
    let of = |statuses: &[Status]| {
        let checks = statuses.iter().map(|status| Check::new("x", *status, "")).collect();
        summary(&Diagnosis { checks, layouts: Vec::new() }, PLAIN)
    };
    assert_eq!(of(&[Status::Ok, Status::Skipped]), "All is well.\n");
    assert_eq!(of(&[Status::Warning]), "It works: 1 warning.\n");
    assert_eq!(
        of(&[Status::Problem, Status::Problem, Status::Warning]),
        "2 problems, 1 warning.\n"
    );
}
