//! Fields are taken from a layout as it stands, and judged by what they must find.

use super::*;

fn layout() -> Value {
    json!({
        "name": "2031",
        "toasts": [".toast"],
        "pages": {"next": [{"css": "button"}], "parameter": "page", "size": 100},
        "fits": {"all": ["main", ".list"], "none": [".old"]},
        "list": {"container": [{"css": ".list"}], "card": ".row", "more": "button",
            "more_words": ["Load more"]},
        "count": {"people": [{"css": "nav a"}], "pages": [{"css": "nav b"}]},
        "card": {
            "name": [{"css": "p", "nth": 0, "before_control": true, "label": null}],
            "badge": [{"css": "i", "before_control": false}],
            "named": ["img[alt]"], "no_headline": ["--"]},
        "dialog": {"open": ["dialog"], "buttons": 3, "names": ["Withdraw {name}"],
            "confirm": [{"css": "button"}]},
    })
}

#[test]
fn every_way_and_selector_of_a_layout_is_a_field_and_no_words_are() {
    let fields = fields_of(&layout());
    let paths: Vec<&str> = fields.iter().map(|field| field.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "toasts",
            "pages.next",
            "fits.all",
            "fits.none",
            "list.container",
            "list.card",
            "list.more",
            "count.people",
            "count.pages",
            "card.name",
            "card.badge",
            "card.named",
            "dialog.open",
            "dialog.confirm"
        ]
    );
}

#[test]
fn what_narrows_a_way_down_is_shown_and_what_is_not_set_is_not() {
    let fields = fields_of(&layout());
    let shown =
        |path: &str| fields.iter().find(|field| field.path == path).unwrap().ways[0].locator();
    assert_eq!(shown("card.name"), "p (nth 0, before_control)");
    assert_eq!(shown("card.badge"), "i");
}

#[track_caller]
fn check(path: &str, found: &[(u64, u64)], cards: u64, expected: Status) {
    let ways = found.iter().map(|(found, won)| WayFound {
        found: *found,
        gave: *won,
        won: *won,
        ..WayFound::default()
    });
    let place = if path.starts_with("card.") { Place::Card } else { Place::Page };
    let path = path.to_owned();
    let need = Need::of(&path);
    let field = FieldFound { need, place, path, is_ways: true, ways: ways.collect() };
    assert_eq!(field.status(cards), expected, "{} {found:?} {cards}", field.path);
}

#[test]
fn a_layout_fits_when_all_of_all_and_none_of_none_is_there() {
    check("fits.all", &[(1, 1), (3, 1)], 0, Status::Ok);
    check("fits.all", &[(1, 1), (0, 0)], 0, Status::Problem);
    check("fits.none", &[(0, 0)], 0, Status::Ok);
    check("fits.none", &[(1, 1)], 0, Status::Problem);
}

#[test]
fn what_names_a_person_must_be_in_each_card() {
    check("card.name", &[(10, 10)], 10, Status::Ok);
    check("card.name", &[(4, 4), (6, 6)], 10, Status::Ok);
    check("card.name", &[(9, 9)], 10, Status::Warning);
    check("card.name", &[(20, 0)], 10, Status::Problem);
    check("card.name", &[(0, 0)], 0, Status::Ok);
    check("card.note", &[(0, 0)], 10, Status::Ok);
    check("card.something-new", &[(0, 0)], 10, Status::Ok);
}

#[test]
fn an_ambiguous_container_is_a_problem_and_an_empty_list_needs_no_count() {
    check("list.container", &[(2, 0), (1, 1)], 10, Status::Ok);
    check("list.container", &[(2, 0)], 10, Status::Problem);
    check("count.people", &[(0, 0)], 0, Status::Ok);
    check("count.people", &[(0, 0)], 10, Status::Problem);
    check("dialog.confirm", &[(0, 0)], 10, Status::Skipped);
}

#[test]
fn a_list_without_invitations_needs_no_card() {
    let fields = fields_of(&layout());
    let mut found = Found { layout: "2031".into(), is_own: false, fits: true, cards: 0, fields };
    let failing = |found: &Found| found.failing().any(|field| field.path == "list.card");
    assert!(failing(&found));
    found.of_empty_list();
    assert!(!failing(&found));
}

#[test]
fn the_nearest_layout_is_the_one_whose_own_marks_are_there() {
    let layout =
        json!({"list": {"container": [{"css": ".list"}, {"css": "body"}], "card": ".row"}});
    let near = |counts: &[u64]| {
        let mut fields = fields_of(&layout);
        let ways = fields.iter_mut().flat_map(|field| &mut field.ways);
        ways.zip(counts).for_each(|(way, count)| (way.found, way.gave) = (*count, *count));
        Found { layout: "2031".into(), is_own: false, fits: false, cards: 0, fields }.nearness()
    };
    assert_eq!(near(&[0, 1, 0]), (0, 2), "every page has a body");
    assert_eq!(near(&[1, 1, 0]), (1, 2));
    assert_eq!(near(&[0, 1, 9]), (1, 2));
}
