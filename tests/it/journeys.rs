//! The walk and the reading, with every switch that concerns them. Fault numbers are the project's.

use serde_json::{Value, json};

use crate::world::{Ran, World};

fn report(switches: &str) -> Ran {
    World::new().report(switches)
}

/// The whole list was read: everybody once, and as many as the page announces.
#[track_caller]
fn check_whole(switches: &str, count: usize) -> Value {
    let ran = report(switches);
    ran.expect(0, "");
    let json = ran.json();
    let invitations = json["invitations"].as_array().unwrap();
    let mut ids: Vec<&str> = invitations.iter().map(|one| one["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((invitations.len(), ids.len()), (count, count), "{switches}");
    assert_eq!(json["complete"], true, "{switches}");
    json
}

#[track_caller]
fn check_stop(switches: &str, code: i32, words: &str) {
    report(switches).expect(code, words);
}

#[test]
fn three_hundred_are_read_and_none_is_missed() {
    let json = check_whole("count=300", 300);
    assert_eq!(json["announced"], 300);
    assert_eq!(json["layout"], "2026");
    assert_eq!(json["account"], "alex-example");
    let ages =
        json["invitations"].as_array().unwrap().iter().filter(|one| one["age_days"].is_null());
    assert_eq!(ages.count(), 0);
}

#[test]
fn a_load_more_button_is_pressed_until_the_end() {
    check_whole("count=45&load=button", 45);
}

#[test]
fn a_button_that_comes_only_at_the_bottom_is_found() {
    check_whole("count=45&load=button-after-bottom", 45);
}

#[test]
fn twenty_rows_before_the_first_scroll_are_no_end() {
    check_whole("count=45&first=20", 45);
}

#[test]
fn a_slow_list_is_waited_for() {
    let ran = World::new().run(&[
        "report",
        "--format",
        "json",
        "--headless",
        "--site",
        "mock?count=30&delay=900",
    ]);
    assert_eq!(ran.json()["complete"], true);
}

#[test]
fn p17_ten_thousand_are_read_and_none_is_missed() {
    check_whole("count=10000&batch=1000", 10_000);
}

#[test]
fn p22_a_page_in_a_language_that_is_known_is_read_and_another_is_not_understood() {
    check_whole("count=20&lang=de", 20);
    check_stop(
        "count=20&lang=de&fault=language:xx",
        6,
        "the language of the page's ages is not known",
    );
}

#[test]
fn u9_every_form_of_a_profiles_address_is_one_person() {
    let usual = check_whole("count=30", 30);
    let odd = check_whole("count=30&fault=paths", 30);
    let ids = |json: &Value| -> Vec<String> {
        let all = json["invitations"].as_array().unwrap();
        all.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&odd), ids(&usual));
}

#[test]
fn p7_a_person_who_stands_there_twice_is_never_withdrawn_and_hides_nobody() {
    let ran = report("count=30&fault=dup:25");
    ran.expect(0, "");
    let json = ran.json();
    let invitations = json["invitations"].as_array().unwrap();
    let counted = (&json["announced"], &json["complete"], invitations.len());
    assert_eq!(counted, (&json!(31), &json!(true), 30));
    let is_twice = |one: &&Value| one["reason"].as_str().unwrap().contains("more than once");
    let twice: Vec<&Value> = invitations.iter().filter(is_twice).collect();
    assert_eq!(twice.len(), 1);
    assert_eq!(twice[0]["decision"], "unsure");
}

#[test]
fn p6_two_people_of_one_name_are_two() {
    let json = check_whole("count=30&fault=samename:2", 30);
    let mut names: Vec<&str> = json["invitations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert!(names.windows(2).any(|pair| pair[0] == pair[1]));
}

#[test]
fn p9_without_a_link_nobody_is_withdrawn() {
    let json = check_whole("count=30&fault=nolink:28", 30);
    for one in json["invitations"].as_array().unwrap() {
        assert!(one["decision"] != "withdraw" || one["profile_url"].is_string(), "{one}");
    }
}

#[test]
fn p10_u7_hostile_texts_change_nobody_and_stay_data() {
    let json = check_whole("count=40&fault=hostile", 40);
    assert!(
        json["invitations"].as_array().unwrap().iter().all(|one| one["headline"]
            .as_str()
            .unwrap_or_default()
            .chars()
            .count()
            <= 500)
    );
}

#[test]
fn u8_names_with_quotes_are_read() {
    check_whole("count=30&fault=quotes", 30);
}

#[test]
fn p12_an_age_that_cannot_be_read_is_unsure() {
    let json = check_whole("count=30&fault=age-unreadable:3", 30);
    let unread: Vec<&Value> = json["invitations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["age_days"].is_null())
        .collect();
    assert_eq!(unread.len(), 1);
    assert_eq!(unread[0]["decision"], "unsure");
}

#[test]
fn p14_a_spinner_for_ever_is_not_an_empty_list() {
    check_stop("fault=spinner", 6, "no sign that it is empty");
}

#[test]
fn p15_a_blank_page_is_not_an_empty_list() {
    check_stop("fault=blankpage", 6, "no layout fits");
}

#[test]
fn p16_an_empty_list_is_nothing_to_do() {
    let ran = report("fault=empty");
    ran.expect(0, "");
    let json = ran.json();
    assert_eq!(
        (&json["complete"], json["invitations"].as_array().unwrap().len()),
        (&Value::Bool(true), 0)
    );
}

#[test]
fn p18_a_stalled_list_is_nudged() {
    check_whole("count=40&fault=stall:15", 40);
}

#[test]
fn p18_a_list_that_stays_stalled_is_incomplete() {
    let ran = report("count=40&fault=stall-hard:15");
    ran.expect(5, "");
    assert_eq!(ran.json()["complete"], false);
}

#[test]
fn p19_a_count_that_lies_makes_the_list_incomplete() {
    let more = report("count=25&fault=countlie:2");
    more.expect(5, "");
    assert_eq!(more.json()["announced"], 27);
    report("count=45&fault=countlie:-5").expect(5, "");
}

#[test]
fn p20_a_list_that_is_sorted_anew_is_flagged_when_somebody_is_missing() {
    report("count=40&fault=resort").expect(5, "");
}

#[test]
fn p21_renamed_markup_is_not_understood_and_a_trace_of_the_page_is_kept() {
    let world = World::new();
    let ran = world.report("fault=v2");
    ran.expect(6, "no layout fits");
    let trace = world.run(&["trace", "--format", "json"]).json();
    let id = trace["id"].as_str().unwrap();
    assert!(ran.err().contains(&format!("rescind trace {id} shows the page")), "{}", ran.err());
    assert!(trace["detail"].as_str().unwrap().starts_with("no layout fits"), "{trace}");
    let traces = world.home().join("state/rescind/traces");
    assert!(traces.join(trace["screenshot"].as_str().unwrap()).exists());
}

#[test]
fn p28_the_received_tab_is_not_the_sent_one() {
    check_stop("fault=received", 6, "");
}

#[test]
fn p25_p26_what_lies_over_the_page_does_not_hinder_reading() {
    check_whole("count=30&fault=overlay", 30);
    check_whole("count=30&fault=interop", 30);
    check_whole("count=30&fault=sticky", 30);
}

#[test]
fn p1_p2_nodes_that_are_reused_or_replaced_lose_nobody() {
    check_whole("count=40&fault=recycle-storm:30", 40);
    // Some have no link, so that only a node tells them from others of their name.
    check_whole("count=40&fault=rerender-storm:20", 40);
}

#[test]
fn a_missing_link_of_the_walk_is_gone_around_and_said() {
    for (fault, words) in [
        ("no-me", "own profile"),
        ("no-network-link", "My Network"),
        ("no-card", "the list of invitations"),
        ("no-sent-tab", "the Sent tab"),
    ] {
        let ran = report(&format!("count=12&fault={fault}"));
        ran.expect(0, words);
        assert_eq!(ran.json()["account"], "alex-example", "{fault}");
    }
}

#[test]
fn relative_links_are_followed() {
    check_whole("count=12&fault=relative", 12);
}

#[test]
fn a1_signed_out_needs_the_person() {
    check_stop("fault=logout", 3, "the site asks for a sign-in (/login/)");
    check_stop("fault=authwall", 3, "the site asks for a sign-in (/authwall)");
    check_stop("fault=chooser", 3, "the site asks for a sign-in");
}

#[test]
fn a3_a_checkpoint_is_the_persons() {
    check_stop("fault=checkpoint", 4, "security check");
    check_stop("fault=checkpoint:0/captcha", 4, "security check");
    check_stop("fault=restricted", 4, r#"(/feed/ says "your account has been restricted")"#);
}

#[test]
fn a4_a5_a7_asked_too_often_stops() {
    check_stop("fault=s429", 4, "status 429");
    check_stop("fault=s999", 4, "status 999");
    check_stop("fault=limit", 4, "asked too often");
}

#[test]
fn a6_server_errors_are_tried_again_and_then_stop() {
    check_stop("fault=s5xx", 4, "4 times");
}

#[test]
fn a8_another_origin_is_not_the_site() {
    check_stop("fault=redirect-origin", 6, "led away");
}

#[test]
fn an_empty_shell_is_not_understood() {
    check_stop("fault=shell", 6, "no layout fits");
}

#[test]
fn the_dry_run_touches_no_withdraw_control() {
    let site = World::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mock =
        runtime.block_on(rescind::mock_site::MockSite::start("count=30&delay=0", 0)).unwrap();
    site.run(&["report", "--headless", "--site", &mock.url()]).expect(0, "");
    let types: Vec<Value> = mock.log().iter().map(|event| event["type"].clone()).collect();
    assert!(types.iter().any(|kind| kind == "load-sent"), "{types:?}");
    let touched = ["click-withdraw", "trap-navigation", "dialog-open", "confirm", "withdraw"];
    assert!(!types.iter().any(|kind| touched.contains(&kind.as_str().unwrap())), "{types:?}");
}
