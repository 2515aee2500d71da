//! Which invitation goes, which stays, and the words that say why.

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::domain::age::{Source, Unit};
use crate::domain::invitation::{Key, Kind};
use crate::domain::words::Pattern;

pub(super) fn words(text: &str) -> Words {
    let parts = text.split(", ").filter(|part| !part.is_empty());
    parts.map(|part| Pattern::parse(part).unwrap()).collect()
}

/// `stale: older_than 6 weeks; headline recruiter, talent acquisition`
pub(super) fn rule(text: &str) -> Rule {
    let (name, wanted) = text.split_once(": ").unwrap();
    let mut conditions = Conditions::default();
    for condition in wanted.split("; ") {
        match condition.split_once(' ').unwrap() {
            ("older_than", period) => conditions.older_than = Some(period.parse().unwrap()),
            ("newer_than", period) => conditions.newer_than = Some(period.parse().unwrap()),
            ("invitee", text) => conditions.invitee = words(text),
            ("headline", text) => conditions.headline = words(text),
            ("note", text) => conditions.note = words(text),
            ("any", text) => conditions.any = words(text),
            (other, _) => panic!("{other}"),
        }
    }
    Rule::new(name, conditions).unwrap()
}

/// `Sent 3 weeks ago`; anything else is an age that cannot be read.
fn age(text: &str) -> Option<Age> {
    let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    let (count, unit) = text.strip_prefix("Sent ")?.split_once(' ')?;
    let unit = match unit.split(' ').next()?.trim_end_matches('s') {
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        _ => return None,
    };
    Age::from_unit(count.parse().ok()?, unit, now)
}

/// Ada Lovelace, Engineer, with the note "Hello from Paris".
pub(super) fn ada(sent_text: &str) -> Invitation {
    Invitation {
        key: Key::recorded("in/ada"),
        name: "Ada Lovelace".to_owned(),
        profile_url: Some("https://www.linkedin.com/in/ada".to_owned()),
        headline: Some("Engineer".to_owned()),
        note: Some("Hello from Paris".to_owned()),
        kind: Kind::Person,
        sent_text: sent_text.to_owned(),
        age: age(sent_text),
        doubt: None,
    }
}

fn shown(decision: &Decision) -> String {
    let reason = &decision.reason;
    match (decision.verdict, &decision.rule) {
        (Verdict::Withdraw, Some(rule)) => format!("withdraw by {rule}: {reason}"),
        (Verdict::Keep, None) => format!("keep: {reason}"),
        (Verdict::Unsure, None) => format!("unsure: {reason}"),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn check(rules: &[&str], sent_text: &str, expected: &str) {
    check_kept(KeepList::default(), rules, &ada(sent_text), expected);
}

#[track_caller]
fn check_kept(keep: KeepList, rules: &[&str], invitation: &Invitation, expected: &str) {
    let list = rules.iter().map(|text| rule(text)).collect();
    let decision = Rules { list, keep }.decide(invitation);
    assert_eq!(shown(&decision), expected);
}

const STALE: &str = "stale: older_than 3 weeks";

#[test]
fn a_rule_holds_when_the_youngest_possible_age_reaches_it() {
    check(&[STALE], "Sent 3 weeks ago", "withdraw by stale: sent at least 21 days ago");
    check(&[STALE], "Sent 2 weeks ago", "keep: younger than 3 weeks: sent at most 20 days ago");
    check(&["r: older_than 1 day"], "Sent 1 day ago", "withdraw by r: sent at least 1 day ago");
}

#[test]
fn an_age_that_may_be_younger_is_kept_with_its_interval() {
    let rules = ["stale: older_than 6 weeks"];
    check(&rules, "Sent 1 month ago", "keep: may be younger than 6 weeks: sent 31 to 60 days ago");
}

#[test]
fn newer_than_holds_when_the_oldest_possible_age_stays_under_it() {
    let rules = ["new: newer_than 3 weeks"];
    check(&rules, "Sent 2 weeks ago", "withdraw by new: sent at most 20 days ago");
    check(&rules, "Sent 5 hours ago", "withdraw by new: sent less than 1 day ago");
    check(&rules, "Sent 3 weeks ago", "keep: not newer than 3 weeks: sent at least 21 days ago");
    let rules = ["new: newer_than 6 weeks"];
    check(
        &rules,
        "Sent 1 month ago",
        "keep: may not be newer than 6 weeks: sent 31 to 60 days ago",
    );
}

#[test]
fn both_ends_of_an_age_may_be_asked_for() {
    let rules = ["r: older_than 2 weeks; newer_than 6 weeks"];
    check(&rules, "Sent 3 weeks ago", "withdraw by r: sent 21 to 27 days ago");
    check(&rules, "Sent 2 months ago", "keep: not newer than 6 weeks: sent at least 61 days ago");
}

#[test]
fn all_conditions_of_a_rule_are_needed() {
    let rules = ["r: older_than 2 weeks; headline engineer; note paris"];
    check(
        &rules,
        "Sent 2 weeks ago",
        "withdraw by r: sent at least 14 days ago, headline has \"engineer\", note has \"paris\"",
    );
    check(&rules, "Sent 1 week ago", "keep: younger than 2 weeks: sent at most 13 days ago");
    let rules = ["r: older_than 2 weeks; headline recruiter"];
    check(&rules, "Sent 3 weeks ago", "keep: headline has none of the words of rule \"r\"");
}

#[test]
fn one_hit_in_a_list_is_enough() {
    let rules = ["r: headline recruiter, engineer"];
    check(&rules, "Sent 3 weeks ago", "withdraw by r: headline has \"engineer\"");
}

#[test]
fn the_invitee_is_asked_for_by_name_and_any_looks_everywhere() {
    check(&["r: invitee ada"], "Sent 1 week ago", "withdraw by r: name has \"ada\"");
    check(&["r: any paris"], "Sent 1 week ago", "withdraw by r: note has \"paris\"");
    check(&["r: any /^eng/"], "Sent 1 week ago", "withdraw by r: headline matches /^eng/");
    check(
        &["r: any london"],
        "Sent 1 week ago",
        "keep: name, headline and note have none of the words of rule \"r\"",
    );
}

#[test]
fn one_rule_that_holds_is_enough_and_the_first_is_named() {
    let rules = ["old: older_than 1 year", "r: headline engineer", STALE];
    check(&rules, "Sent 3 weeks ago", "withdraw by r: headline has \"engineer\"");
}

#[test]
fn the_reason_to_keep_is_that_of_the_rule_nearest_to_holding() {
    let rules = ["stale: older_than 6 weeks", "eng: older_than 3 weeks; headline engineer"];
    check(&rules, "Sent 2 weeks ago", "keep: younger than 3 weeks: sent at most 20 days ago");
    let rules = ["stale: older_than 6 weeks", "r: headline recruiter"];
    check(&rules, "Sent 2 weeks ago", "keep: younger than 6 weeks: sent at most 20 days ago");
    let rules = ["a: headline recruiter", "b: note london"];
    check(&rules, "Sent 2 weeks ago", "keep: no rule holds: none of their words are in it");
    check(&[], "Sent 2 weeks ago", "keep: there is no rule");
}

#[test]
fn an_unreadable_age_is_unsure_only_where_it_would_decide() {
    let unread = "unsure: its age \"Sent lately\" could not be read";
    check(&[STALE], "Sent lately", unread);
    check(&["r: newer_than 3 weeks"], "Sent lately", unread);
    check(&["r: older_than 2 weeks; headline engineer"], "Sent lately", unread);
    check(
        &["r: older_than 2 weeks; headline recruiter"],
        "Sent lately",
        "keep: headline has none of the words of rule \"r\"",
    );
    check(&["r: headline engineer"], "Sent lately", "withdraw by r: headline has \"engineer\"");
}

#[test]
fn an_invitation_in_doubt_is_never_withdrawn() {
    let doubtful = |sent_text| Invitation {
        doubt: Some("two cards have this profile".to_owned()),
        ..ada(sent_text)
    };
    let doubt = "unsure: two cards have this profile";
    check_kept(KeepList::default(), &[STALE], &doubtful("Sent 3 weeks ago"), doubt);
    check_kept(KeepList::default(), &[STALE], &doubtful("Sent lately"), doubt);
    check_kept(
        KeepList::default(),
        &[STALE],
        &doubtful("Sent 1 week ago"),
        "keep: younger than 3 weeks: sent at most 13 days ago",
    );
    let keep = || KeepList { names: words("Ada Lovelace"), ..KeepList::default() };
    let kept = "keep: on the keep list: name \"Ada Lovelace\"";
    check_kept(keep(), &[STALE], &doubtful("Sent 3 weeks ago"), kept);
    check_kept(keep(), &[STALE], &ada("Sent lately"), kept);
}

#[test]
fn a_field_that_is_not_there_has_no_words() {
    let bare = Invitation { headline: None, note: None, ..ada("Sent 3 weeks ago") };
    check_kept(
        KeepList::default(),
        &["r: headline /.*/"],
        &bare,
        "keep: headline has none of the words of rule \"r\"",
    );
}

#[track_caller]
fn check_bad(conditions: Conditions, expected: &str) {
    let error = Rule::new("r", conditions).unwrap_err().to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn a_rule_without_a_condition_is_refused() {
    check_bad(Conditions::default(), "would withdraw everything");
}

/// Whether somebody whose note the page shows like this goes, with a keep list that asks for notes.
#[track_caller]
fn check_cut(note: &str, keep: &str, expected: Verdict) {
    let note = Some(note.to_owned());
    let keep = KeepList { note: words(keep), ..KeepList::default() };
    let rules = Rules { list: vec![rule("a: older_than 6 weeks")], keep };
    let decision = rules.decide(&Invitation { note, ..ada("Sent 3 months ago") });
    assert_eq!(decision.verdict, expected, "{}", decision.reason);
}

#[test]
fn who_may_be_kept_for_what_the_page_cuts_of_a_note_is_unsure() {
    check_cut("Hello from…", "paris", Verdict::Unsure);
    check_cut("Hello from ...", "paris", Verdict::Unsure);
    check_cut("Hello from…", "hello", Verdict::Keep);
    check_cut("Hello from…", "", Verdict::Withdraw);
    check_cut("Hello from Rome", "paris", Verdict::Withdraw);
}

#[test]
fn a_rule_that_can_never_hold_is_refused() {
    let older_than = "6 weeks".parse().ok();
    let newer_than = "2 weeks".parse().ok();
    check_bad(
        Conditions { older_than, newer_than, ..Conditions::default() },
        "nothing is older than 6 weeks and newer than 2 weeks",
    );
}

/// In words, what a rule makes of an age that earlier readings narrowed.
#[track_caller]
fn check_seen(rule_text: &str, since: &str, expected: &str) {
    let age = age("Sent 3 weeks ago").map(|age| Age {
        earliest: age.earliest + jiff::SignedDuration::from_hours(4 * 24),
        source: Source::Seen { since: since.parse().unwrap() },
        ..age
    });
    let rules = Rules { list: vec![rule(rule_text)], keep: KeepList::default() };
    let decision = rules.decide(&Invitation { age, ..ada("Sent 3 weeks ago") });
    assert_eq!(decision.reason, expected);
}

#[test]
fn an_age_that_the_page_alone_does_not_show_names_its_source() {
    let since = "2026-11-03T10:00:00Z";
    check_seen("a: older_than 3 weeks", since, "sent at least 21 days ago, seen since 3 Nov");
    check_seen("a: newer_than 24 days", since, "sent at most 23 days ago, seen since 3 Nov");
    let words = "may be younger than 22 days: sent 21 to 23 days ago, seen since 30 Dec 2025";
    check_seen("a: older_than 22 days", "2025-12-30T10:00:00Z", words);
}

proptest! {
    #[test]
    fn keep_always_wins(
        name in "\\PC{1,12}", headline in "\\PC{0,12}", slug in "[a-z]{1,8}",
        weeks in 0..60_u32, by in 0..4_usize, doubt in any::<bool>(),
    ) {
        let invitation = Invitation {
            key: Key::recorded(format!("in/{slug}")),
            name: name.clone(),
            profile_url: Some(format!("https://www.linkedin.com/in/{slug}")),
            headline: Some(headline),
            doubt: doubt.then(|| "unclear".to_owned()),
            ..ada(&format!("Sent {weeks} weeks ago"))
        };
        prop_assume!(!name.starts_with('/') && Pattern::parse(&name).is_ok());
        let itself = || [Pattern::parse(&name).unwrap()].into_iter().collect();
        let everything = || words("/^/");
        let keep = match by {
            0 => KeepList { names: itself(), ..KeepList::default() },
            1 => KeepList { profiles: vec![invitation.key.clone()], ..KeepList::default() },
            2 => KeepList { headline: everything(), ..KeepList::default() },
            _ => KeepList { any: everything(), ..KeepList::default() },
        };
        let list = vec![rule("all: any /^/"), rule("old: older_than 1 day")];
        let decision = Rules { list, keep }.decide(&invitation);
        prop_assert_eq!(decision.verdict, Verdict::Keep);
        prop_assert!(decision.reason.starts_with("on the keep list: "));
    }

    #[test]
    fn what_is_withdrawn_is_as_old_as_the_rule_asks(weeks in 0..60_u32, wanted in 1..60_u32) {
        let list = vec![rule(&format!("stale: older_than {wanted} weeks"))];
        let rules = Rules { list, keep: KeepList::default() };
        let decision = rules.decide(&ada(&format!("Sent {weeks} weeks ago")));
        prop_assert_eq!(decision.verdict == Verdict::Withdraw, weeks >= wanted);
    }
}
