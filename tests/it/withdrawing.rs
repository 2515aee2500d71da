//! `rescind withdraw` against the practice site: what the page may do to it, fault by fault. The
//! site's own log is the truth; every run is checked against it.

use rescind::domain::history::EventKind;
use serde_json::Value;

use crate::trial::{NO_CAPS, Trial};

/// Three of thirty are to be withdrawn, on a page with this fault.
#[track_caller]
fn check(fault: &str, code: i32, stopped: &str, outcomes: &str) -> Trial {
    let trial = Trial::new(&format!("fault={fault}"));
    trial.run(&["--limit", "3"]).expect(code, stopped, outcomes);
    trial
}

/// The same where chance decides what is seen of the first before the page goes elsewhere; the
/// others are skipped.
#[track_caller]
fn check_one_of(fault: &str, code: i32, stopped: &str, first: [&str; 2]) {
    let run = Trial::new(&format!("fault={fault}")).run(&["--limit", "3"]);
    let all = first.map(|word| format!("{word} skipped skipped"));
    let seen = all.iter().find(|outcomes| **outcomes == run.outcomes()).unwrap_or(&all[0]);
    run.expect(code, stopped, seen);
}

const ALL_THREE: &str = "withdrawn* withdrawn* withdrawn*";

#[test]
fn three_are_withdrawn_and_each_is_proven() {
    let trial = check("none", 0, "", ALL_THREE);
    assert_eq!(trial.mock.withdrawn().len(), 3);
    // The walk, the proof after the first, the proof at the end.
    assert_eq!(trial.logged("load-sent").len(), 3);
    assert!(trial.logged("trap-navigation").is_empty());
}

#[test]
fn a_page_that_is_not_live_yet_loses_no_click_and_nobody_is_led_away() {
    let trial = Trial::new("hydrate=1500");
    trial.run(&["--limit", "1"]).expect(0, "", "withdrawn*");
}

#[test]
fn p1_p2_p3_a_list_that_moves_under_the_click_costs_nobody() {
    check("rerender:0", 0, "", ALL_THREE);
    check("recycle:0", 0, "", ALL_THREE);
    check("shift", 0, "", ALL_THREE);
}

/// Which person of the list, counted from 1, the n-th that is to be withdrawn is.
pub fn place_of(report: &Value, n: usize) -> usize {
    let all = report["invitations"].as_array().unwrap();
    let stale = all.iter().enumerate().filter(|(_, one)| one["decision"] == "withdraw");
    stale.map(|(at, _)| at + 1).nth(n - 1).unwrap()
}

#[test]
fn p4_who_accepted_meanwhile_is_gone_and_no_error() {
    let trial = Trial::new("");
    let third = place_of(&trial.report(), 3);
    trial.switch(&format!("fault=accept:{third}"));
    trial.run(&["--limit", "3"]).expect(0, "", "withdrawn* withdrawn* gone*");
}

#[test]
fn p5_who_comes_in_on_top_meanwhile_is_none_of_the_runs_business() {
    check("prepend:2", 0, "", ALL_THREE);
}

#[test]
fn p8_one_that_comes_back_is_failed_is_shown_and_the_others_go_on() {
    let trial = Trial::new("");
    let second = place_of(&trial.report(), 2);
    trial.switch(&format!("fault=reappear:{second}"));
    trial.run(&["--limit", "3"]).expect(5, "", "withdrawn* failed withdrawn*");
    trial.run(&["--limit", "1"]).expect(5, "too-many-failures", "failed");
    let run = trial.run(&["--limit", "1"]);
    run.expect(5, "", "skipped withdrawn*").says("came to nothing 2 times");
}

#[test]
fn p24_a_control_that_does_nothing_is_refused() {
    let trial = Trial::new("");
    let second = place_of(&trial.report(), 2);
    trial.switch(&format!("fault=deadlink:{second}"));
    trial.run(&["--limit", "3"]).expect(5, "", "withdrawn* refused withdrawn*");
}

#[test]
fn p27_a_disabled_control_is_waited_for_and_then_left() {
    let trial = Trial::new("");
    let second = place_of(&trial.report(), 2);
    trial.switch(&format!("fault=disabled:{second}"));
    trial.run(&["--limit", "3"]).expect(5, "", "withdrawn* refused withdrawn*").says("is disabled");
}

#[test]
fn p6_of_two_people_with_one_name_the_right_one_is_withdrawn() {
    let trial = Trial::new("");
    let first = place_of(&trial.report(), 1);
    trial.switch(&format!("fault=samename:{first}"));
    trial.run(&["--limit", "1"]).expect(0, "", "withdrawn*");
}

#[test]
fn p10_u7_u8_hostile_names_are_withdrawn_like_any_other() {
    let all = "[[rule]]\nname = \"all\"\nolder_than = \"1 day\"\n";
    for fault in ["hostile", "quotes"] {
        let trial = Trial::new(&format!("fault={fault}")).configured(&format!("{NO_CAPS}{all}"));
        let run = trial.run(&["--limit", "8"]);
        assert_eq!(run.ran.code(), 0, "{}\n{}", run.outcomes(), run.ran.out());
        assert!(!run.ran.err().contains('\u{1b}'), "{}", run.ran.err());
    }
}

#[test]
fn u9_whatever_form_the_address_has_the_person_is_found_again() {
    let all = "[[rule]]\nname = \"all\"\nolder_than = \"1 day\"\n";
    let trial = Trial::new("fault=paths").configured(&format!("{NO_CAPS}{all}"));
    let run = trial.run(&["--limit", "8"]);
    assert_eq!((run.ran.code(), trial.mock.withdrawn().len()), (0, 8), "{}", run.ran.out());
}

#[test]
fn p7_who_stands_there_twice_is_passed_over_and_the_others_go_on() {
    let trial = Trial::new("");
    let report = trial.report();
    let first = place_of(&report, 1);
    trial.switch(&format!("fault=dup:{first}"));
    trial.run(&["--limit", "1"]).expect(0, "", "withdrawn*");
    let twice = report["invitations"][first - 1]["id"].as_str().unwrap().to_owned();
    assert!(!trial.mock.withdrawn().contains(&twice), "{twice}");
}

#[test]
fn p18_p19_p20_a_list_that_is_not_complete_proves_nothing_so_nobody_is_withdrawn() {
    for fault in ["stall-hard:25", "countlie:2", "resort"] {
        let trial = Trial::new(&format!("fault={fault}"));
        let run = trial.run(&["--limit", "2"]);
        assert_eq!(run.ran.code(), 5, "{fault}");
        run.says("could not be read to its end");
        assert!(trial.logged("click-withdraw").is_empty(), "{fault}");
    }
}

#[test]
fn p18_a_list_that_is_complete_only_after_a_nudge_is_complete() {
    check("stall:15", 0, "", ALL_THREE);
}

#[test]
fn p16_on_an_empty_list_there_is_nothing_to_withdraw() {
    check("empty", 0, "", "").mock.withdrawn();
}

#[test]
fn p14_p15_p21_p28_a_page_that_is_not_understood_is_not_acted_upon() {
    for fault in ["spinner", "blankpage", "v2", "received"] {
        let trial = Trial::new(&format!("fault={fault}"));
        trial.run(&[]).expect(6, "page-changed", "");
        assert!(trial.logged("click-withdraw").is_empty(), "{fault}");
    }
}

#[test]
fn p9_p12_who_cannot_be_told_apart_or_has_no_age_is_not_even_chosen() {
    let trial = Trial::new("");
    let (first, second) = (place_of(&trial.report(), 1), place_of(&trial.report(), 2));
    trial.switch(&format!("fault=nolink:{first},age-unreadable:{second}"));
    let run = trial.run(&["--limit", "1"]);
    let id = run.json["outcomes"][0]["id"].as_str().unwrap();
    assert!(!id.starts_with("card/"), "{id}");
    assert_eq!(trial.mock.withdrawn(), [id]);
}

#[test]
fn p22_the_dialog_is_understood_in_every_language() {
    for language in ["fr", "de", "pt"] {
        let trial = Trial::new(&format!("lang={language}"));
        trial.run(&["--limit", "2"]).expect(0, "", "withdrawn* withdrawn*");
    }
}

#[test]
fn p23_a_row_that_says_withdrawn_instead_of_going_is_proven_by_the_fresh_load() {
    check("ack", 0, "", ALL_THREE);
}

#[test]
fn p25_what_is_covered_all_over_is_left_alone() {
    check("interop", 5, "too-many-failures", "refused refused refused");
}

#[test]
fn p25_p26_bars_at_the_edges_are_scrolled_away_from() {
    check("overlay", 0, "", ALL_THREE);
    check("sticky", 0, "", ALL_THREE);
}

#[test]
fn d1_a_late_question_is_waited_for() {
    check("dlg-late:4000@1", 0, "", ALL_THREE);
}

#[test]
fn d1_without_a_question_nothing_is_confirmed() {
    check("dlg-never@2", 5, "", "withdrawn* refused withdrawn*");
}

#[test]
fn d2_a_dialog_for_somebody_else_is_left_and_a_second_one_stops() {
    let trial = check("dlg-other@2", 5, "", "withdrawn* refused withdrawn*");
    assert_eq!(trial.logged("confirm").len(), 2);
    check("dlg-other", 5, "page-changed", "refused refused skipped");
}

#[test]
fn d3_a_dialog_that_names_nobody_is_refused() {
    check("dlg-noname@2", 5, "", "withdrawn* refused withdrawn*");
    check("dlg-longer@2", 5, "", "withdrawn* refused withdrawn*");
}

#[test]
fn d4_two_dialogs_stop_the_run() {
    check("dlg-two@2", 5, "page-changed", "withdrawn* refused skipped");
}

#[test]
fn d5_a_site_that_no_longer_asks_is_noticed_after_one() {
    check("dlg-none", 5, "page-changed", "withdrawn* skipped skipped");
}

#[test]
fn d6_a_dialog_that_slides_is_waited_for() {
    check("dlg-slide:200", 0, "", ALL_THREE);
}

#[test]
fn d7_swapped_buttons_are_told_apart_and_a_third_one_is_refused() {
    check("dlg-swap", 0, "", ALL_THREE);
    check("dlg-extra@2", 5, "", "withdrawn* refused withdrawn*");
}

#[test]
fn d8_a_dialog_that_closes_itself_is_no_withdrawal() {
    check("dlg-gone:1@2", 5, "", "withdrawn* refused withdrawn*");
}

#[test]
fn d9_the_sites_no_is_read_back() {
    check("toast-error@2", 5, "", "withdrawn* failed withdrawn*");
}

#[test]
fn d10_toasts_decide_nothing() {
    check("toast-none", 0, "", ALL_THREE);
    check("toast-stale", 0, "", ALL_THREE);
    check("toast-late:6000", 0, "", ALL_THREE);
}

#[test]
fn d11_a_success_without_effect_stops_after_the_first() {
    let trial = check("effect-none", 5, "too-many-failures", "failed skipped skipped");
    assert_eq!(trial.logged("confirm").len(), 1);
}

#[test]
fn d12_a_late_effect_is_found_at_the_second_look() {
    check("effect-late:8000@1", 0, "", ALL_THREE);
}

#[test]
fn d13_when_the_site_withdraws_somebody_else_the_alarm_is_raised_after_one() {
    let trial = Trial::new("fault=effect-wrong");
    trial.run(&["--limit", "3"]).expect(5, "page-changed", "failed skipped skipped").says("ALARM");
    assert_eq!(trial.logged("confirm").len(), 1);
}

#[test]
fn d14_a_native_prompt_is_dismissed_and_stops() {
    for fault in ["dlg-native", "dlg-native:700"] {
        let trial = check(fault, 5, "page-changed", "refused skipped skipped");
        assert!(trial.mock.withdrawn().is_empty(), "{fault}");
    }
}

#[test]
fn d15_a_message_that_is_the_persons_is_not_touched() {
    let trial = check("safety:1", 4, "checkpoint", "withdrawn* refused skipped");
    assert!(trial.logged("cancel").is_empty());
}

#[test]
fn d16_a_question_on_leaving_the_page_hangs_nothing() {
    check("unload", 0, "", ALL_THREE);
}

#[test]
fn a_dialog_that_stays_open_is_no_hindrance() {
    check("dlg-left-over", 0, "", ALL_THREE);
}

#[test]
fn a1_a_sign_out_in_the_middle_ends_with_what_is_known() {
    check_one_of("logout:1", 3, "signed-out", ["unknown", "withdrawn"]);
}

#[test]
fn a3_a_checkpoint_in_the_middle_is_the_persons() {
    check_one_of("checkpoint:1", 4, "checkpoint", ["unknown", "withdrawn"]);
    check_one_of("restricted:1", 4, "checkpoint", ["unknown", "withdrawn"]);
}

#[test]
fn a4_a5_a7_a_limit_stops_everything_and_the_next_run_rests() {
    for (fault, first) in [("s429:1", "withdrawn"), ("s999:1", "withdrawn"), ("limit:1", "unknown")]
    {
        let trial = check(fault, 4, "rate-limited", &format!("{first} skipped skipped"));
        let loads = trial.logged("load").len();
        let again = trial.run(&["--limit", "3"]);
        assert_eq!(again.ran.code(), 4, "{}", again.ran.err());
        again.says("the site asked for rest until");
        assert_eq!(trial.logged("load").len(), loads, "nothing was asked of the site");
    }
}

#[test]
fn a4_a_limit_on_the_act_itself_is_unknown_and_stops() {
    check("s429-act@2", 4, "rate-limited", "withdrawn* unknown skipped");
}

#[test]
fn a6_a_server_error_on_the_act_is_settled_by_the_list() {
    check("s5xx-act@2", 5, "", "withdrawn* failed withdrawn*");
}

#[test]
fn a11_a_second_tab_stops_before_anything_is_confirmed() {
    let trial = check("newtab@2", 5, "page-changed", "withdrawn* refused skipped");
    assert_eq!(trial.logged("confirm").len(), 1);
}

#[test]
fn a4_a_longer_rest_that_the_site_asks_for_is_kept() {
    let trial = Trial::new("fault=s429:1&retry-after=200000");
    trial.run(&["--limit", "2"]).expect(4, "rate-limited", "withdrawn skipped");
    let rests = trial.journal().into_iter().filter_map(|event| match event {
        EventKind::CoolDown { until, .. } => Some(until),
        _ => None,
    });
    let hours: Vec<i64> =
        rests.map(|until| until.duration_since(jiff::Timestamp::now()).as_hours()).collect();
    assert_eq!(hours, [55]);
}

#[test]
fn a4_a_limit_on_the_way_to_the_list_is_remembered_too() {
    let trial = Trial::new("fault=s429");
    trial.run(&[]).expect(4, "rate-limited", "");
    trial.switch("");
    trial.run(&[]).says("the site asked for rest until");
}
