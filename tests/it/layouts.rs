//! The generations of the site: each is read and withdrawn from by the same journeys, and a person
//! mends one with a text file.

use std::process::Command;

use serde_json::Value;

use crate::trial::Trial;
use crate::withdrawing::place_of;
use crate::world::World;

/// A report's invitations, without what the generations word differently: "3 weeks ago" stood alone
/// until 2023.
fn people(report: &Value) -> Vec<Value> {
    let mut all = report["invitations"].as_array().unwrap().clone();
    for one in &mut all {
        let text = one["sent_text"].as_str().unwrap();
        let bare = text.strip_prefix("Sent ").or(text.strip_prefix("Sent\u{a0}")).unwrap_or(text);
        one["sent_text"] = bare.into();
        // Each practice site has a port of its own.
        let path = one["profile_url"].as_str().and_then(|address| address.split("/in/").nth(1));
        one["profile_url"] = path.into();
    }
    all
}

#[track_caller]
fn check_people(report: &Value, expected: &Value) {
    let (mut found, wanted) = (people(report), people(expected));
    for (one, other) in found.iter_mut().zip(&wanted) {
        // From 2023 on some builds said no more of less than a day.
        let words = other["sent_text"].as_str().unwrap();
        if one["sent_text"] == "today" && (words.contains("minute") || words.contains("hour")) {
            one["sent_text"] = words.into();
        }
        assert_eq!(one, other);
    }
    assert_eq!(found.len(), wanted.len());
}

#[track_caller]
fn check_same(world: &World, switches: &str, layout: &str, expected: &Value) {
    let ran = world.report(switches);
    ran.expect(0, "");
    let report = ran.json();
    assert_eq!(report["layout"], layout, "{switches}");
    assert_eq!(report["complete"], true, "{switches}");
    assert_eq!(report["account"], "alex-example", "{switches}");
    check_people(&report, expected);
    assert!(!ran.err().contains("was not found"), "{switches}: {}", ran.err());
}

#[test]
fn three_hundred_are_read_in_each_generation_and_are_the_same_people() {
    let world = World::new();
    let expected = world.report("count=300").json();
    assert_eq!(expected["invitations"].as_array().unwrap().len(), 300);
    check_same(&world, "count=300&layout=2025", "2025", &expected);
    check_same(&world, "count=300&layout=2020", "2020", &expected);
}

#[test]
fn a_degree_behind_the_names_changes_nobody() {
    let world = World::new();
    let expected = world.report("count=40").json();
    for layout in ["2026", "2025", "2020"] {
        let switches = format!("count=40&layout={layout}&fault=degree");
        check_same(&world, &switches, layout, &expected);
    }
}

#[test]
fn every_build_of_a_generation_is_read() {
    let world = World::new();
    let expected = world.report("count=45").json();
    for switches in [
        "layout=2025&load=button-after-bottom&variant=more-results,dialog-first",
        "layout=2025&load=scroll&variant=link,tab-links,later-label",
        "layout=2020&per-page=20&variant=tvm-strong,reload",
        "layout=2020&load=scroll&variant=tvm",
    ] {
        check_same(&world, &format!("count=45&{switches}"), &switches[7..11], &expected);
    }
}

#[test]
fn p16_an_empty_list_is_nothing_to_do_in_each_generation() {
    for layout in ["2025", "2020"] {
        let ran = World::new().report(&format!("layout={layout}&fault=empty"));
        ran.expect(0, "");
        let report = ran.json();
        assert_eq!((&report["complete"], &report["layout"]), (&Value::Bool(true), &layout.into()));
    }
}

#[test]
fn p21_p28_what_is_not_understood_is_refused_in_each_generation() {
    for layout in ["2025", "2020"] {
        let world = World::new();
        let report = |switches: &str| world.report(&format!("layout={layout}&{switches}"));
        report("fault=v2").expect(6, "no layout fits");
        report("fault=received").expect(6, "");
    }
}

#[test]
fn a_list_in_pages_that_moved_while_it_was_read_is_incomplete() {
    let world = World::new();
    let ids = |report: &Value| -> Vec<Value> {
        people(report).iter().map(|one| one["id"].clone()).collect()
    };
    let mut without_third = ids(&world.report("count=30").json());
    without_third.remove(2);
    // The third leaves at some moment of the reading. Later on the first page the eleventh moves up
    // to it unseen; before it or on the last page, nobody is missed.
    for moment in ["0.02", "0.3"] {
        let leaves = format!("fault=accept:3/{moment}");
        let switches = format!("layout=2020&count=30&per-page=10&variant=reload&{leaves}");
        let ran = world.report(&switches);
        let report = ran.json();
        let read = ids(&report);
        let missed = without_third.iter().filter(|one| !read.contains(one)).count();
        if report["complete"] == true {
            assert_eq!((ran.code(), missed), (0, 0), "after {moment} s");
        } else {
            assert_eq!(ran.code(), 5, "after {moment} s");
        }
    }
}

const ALL_THREE: &str = "withdrawn* withdrawn* withdrawn*";

/// Three of thirty are to be withdrawn in both older generations, on a page with this fault.
#[track_caller]
fn check(fault: &str, code: i32, stopped: &str, outcomes: &str) {
    for layout in ["2025", "2020"] {
        // The whole list stands there: behind a message that is the person's nothing more loads.
        let trial = Trial::new(&format!("layout={layout}&first=30&fault={fault}"));
        trial.run(&["--limit", "3"]).expect(code, stopped, outcomes);
    }
}

#[test]
fn three_are_withdrawn_and_proven_in_every_build_of_each_generation() {
    for switches in [
        "layout=2025",
        "layout=2025&variant=link,dialog-first,tab-links&load=scroll&hydrate=500",
        "layout=2025&variant=later-label,more-results&lang=de",
        "layout=2020&variant=tvm,role-dialog&load=scroll",
        "layout=2020&variant=tvm-strong&lang=fr",
    ] {
        let trial = Trial::new(switches);
        trial.run(&["--limit", "3"]).expect(0, "", ALL_THREE);
        assert_eq!(trial.mock.withdrawn().len(), 3, "{switches}");
    }
}

#[test]
fn who_stands_on_a_later_page_is_found_again_after_the_list_moved_up() {
    for variant in ["", "reload"] {
        let trial = Trial::new(&format!("layout=2020&per-page=8&count=30&variant={variant}"));
        let run = trial.run(&["--limit", "12"]);
        assert_eq!(run.outcomes(), ["withdrawn*"; 12].join(" "), "{}", run.ran.err());
        assert_eq!(trial.mock.withdrawn().len(), 12);
        // The thirteenth has left page 3 for page 1 or 2 by now.
        trial.run(&["--limit", "1"]).expect(0, "", "withdrawn*");
    }
}

#[test]
fn p4_who_accepted_meanwhile_is_gone_from_every_page() {
    let trial = Trial::new("layout=2020&per-page=10");
    let third = place_of(&trial.report(), 3);
    trial.switch(&format!("layout=2020&per-page=10&fault=accept:{third}"));
    trial.run(&["--limit", "3"]).expect(0, "", "withdrawn* withdrawn* gone*");
}

#[test]
fn p2_p3_a_list_that_moves_under_the_click_costs_nobody_in_each_generation() {
    check("recycle:0", 0, "", ALL_THREE);
    check("shift", 0, "", ALL_THREE);
}

#[test]
fn d2_d4_a_dialog_for_somebody_else_is_left_in_each_generation() {
    check("dlg-other@2", 5, "", "withdrawn* refused withdrawn*");
    check("dlg-two@2", 5, "page-changed", "withdrawn* refused skipped");
    check("effect-wrong", 5, "page-changed", "failed skipped skipped");
}

#[test]
fn d3_a_dialog_that_names_nobody_is_confirmed_only_where_the_layout_says_that_it_does() {
    let switches = |layout: &str| format!("layout={layout}&fault=dlg-noname@2");
    let later = Trial::new(&switches("2025"));
    later.run(&["--limit", "3"]).expect(5, "", "withdrawn* refused withdrawn*");
    // A longer name is another one, also where the card's own control says nothing.
    let longer = Trial::new("layout=2025&fault=dlg-longer@2");
    longer.run(&["--limit", "3"]).expect(5, "", "withdrawn* refused withdrawn*");
    let earlier = Trial::new(&switches("2020"));
    earlier.run(&["--limit", "3"]).expect(0, "", ALL_THREE);

    let strict = Trial::new("layout=2020");
    let changed =
        include_str!("../../layouts/2020.toml").replace("unnamed = true", "unnamed = false");
    own_layout(&strict.world, "2020.toml", &changed);
    let run = strict.run(&["--limit", "3"]);
    run.expect(5, "too-many-failures", "refused refused refused").says("names nobody");
    assert!(strict.logged("confirm").is_empty());
}

#[test]
fn d7_d15_buttons_that_are_others_are_not_pressed_in_each_generation() {
    check("dlg-swap@1,dlg-extra@2", 5, "", "withdrawn* refused withdrawn*");
    check("safety:1", 4, "checkpoint", "withdrawn* refused skipped");
}

fn own_layout(world: &World, name: &str, text: &str) {
    let folder = world.home().join("config/rescind/layouts");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), text).unwrap();
}

#[test]
fn a_layout_of_ones_own_that_is_bad_is_refused_with_file_line_and_reason() {
    let world = World::new();
    let good = include_str!("../../layouts/2026.toml");
    own_layout(&world, "mine.toml", &good.replace("expander =", "expandor ="));
    let ran = world.report("");
    ran.expect(2, "mine.toml is not right");
    ran.expect(2, "unknown field `expandor`");

    // Its form is right, and only a browser knows that there is no such thing.
    own_layout(&world, "mine.toml", &good.replace("'[role=\"listitem\"]'", "'li:first-line-up'"));
    let ran = world.report("");
    ran.expect(2, "the browser refuses the selector `li:first-line-up`");
    let line = good.lines().position(|line| line.contains("'[role=\"listitem\"]'")).unwrap() + 1;
    ran.expect(2, &format!("mine.toml, line {line})"));

    // Two layouts that fit the same page.
    own_layout(&world, "mine.toml", &good.replace("name = \"2026\"", "name = \"mine\""));
    world.report("").expect(6, "more than one layout fits the Sent tab: mine, 2026");
}

/// The commands of the guide, between the lines that mark them.
fn guide(mark: &str) -> String {
    let text = include_str!("../../layouts/README.md");
    let start = text.find(&format!("<!-- {mark} -->")).unwrap();
    let block = text[start..].split("```").nth(1).unwrap();
    block.trim_start_matches("sh\n").to_owned()
}

#[test]
fn p21_what_the_guide_does_mends_a_site_whose_names_are_all_other_ones() {
    let world = World::new();
    let expected = world.report("count=24").json();
    world.report("count=24&fault=v2").expect(6, "no layout fits");
    let folder = world.home().join("config/rescind/layouts");
    std::fs::create_dir_all(&folder).unwrap();
    let steps = guide("the edits").replace("~/.config", "\"$XDG_CONFIG_HOME\"");
    let done = Command::new("sh")
        .args(["-euc", &steps])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("XDG_CONFIG_HOME", world.home().join("config"))
        .status()
        .unwrap();
    assert!(done.success());
    let ran = world.report("count=24&fault=v2");
    ran.expect(0, "");
    check_people(&ran.json(), &expected);

    let trial = Trial::new("fault=v2");
    let mended = std::fs::read_to_string(folder.join("2026.toml")).unwrap();
    own_layout(&trial.world, "2026.toml", &mended);
    trial.run(&["--limit", "2"]).expect(0, "", "withdrawn* withdrawn*");
}
