//! Which plans are applied, which are refused, and what is said of those.

use super::*;

mod edits;

const V1: &str = include_str!("../../../tests/plans/v1.json");

fn saved() -> Value {
    serde_json::from_str(V1).unwrap()
}

fn read(document: &Value) -> Result<Plan, Refusal> {
    Plan::from_json(&document.to_string())
}

fn plan() -> Plan {
    Plan::from_json(V1).unwrap()
}

#[test]
fn a_plan_of_the_released_format_is_read() {
    let plan = plan();
    assert_eq!(plan.expires_at.to_string(), "2026-11-24T10:00:00Z");
    let wanted = plan.wanted().map(|row| row.invitation.key.as_str());
    assert!(wanted.eq(["in/robin-example", "in/jürgen-example"]));
    assert_eq!(plan.report.rows.len(), saved()["invitations"].as_array().unwrap().len());
}

#[test]
fn a_plan_of_the_released_format_is_written_as_it_was() {
    assert_eq!(plan().to_json(), V1);
    assert_eq!(Plan::new(plan().report, Plan::USUAL), plan());
}

#[test]
fn a_plan_is_the_report_with_one_more_key() {
    let mut document = saved();
    document.as_object_mut().unwrap().remove("plan");
    assert_eq!(document, plan().report.to_value());
}

#[test]
fn a_plan_of_nobody_is_a_plan() {
    let nobody = Plan::new(Report { rows: Vec::new(), ..plan().report }, Plan::USUAL);
    assert_eq!(Plan::from_json(&nobody.to_json()), Ok(nobody));
}

#[test]
fn a_plan_beyond_the_calendar_is_never_valid() {
    let report = Report { generated_at: Timestamp::MAX, ..plan().report };
    let plan = Plan::new(report, Plan::USUAL);
    let check = plan.check(Timestamp::MAX, "https://www.linkedin.com", Some("alex-example"));
    assert!(matches!(check, Err(Refusal::TooOld { .. })));
}

#[track_caller]
fn unread(text: &str, expected: &str) {
    let refusal = Plan::from_json(text).unwrap_err();
    assert_eq!(refusal.to_string(), expected);
    assert!(!refusal.hint().is_empty());
}

#[test]
fn u4_another_format_is_said_with_its_place() {
    unread("", "the plan cannot be read: not JSON: EOF while parsing a value at line 1 column 0");
    unread("# plan", "the plan cannot be read: not JSON: expected value at line 1 column 1");
    unread("[]", "the plan cannot be read: not JSON: the document is no object");
    unread("{}", "the plan cannot be read: `schema` is missing");
    let report = plan().report.to_json();
    unread(&report, "this is no plan: it has no `plan` with a time until which it is valid");
    let changed = |from: &str, to: &str| {
        assert!(V1.contains(from), "{from}");
        V1.replacen(from, to, 1)
    };
    unread(
        &changed("\"schema\": 1", "\"schema\": 2"),
        "the plan cannot be read: `schema` is 2, and this release reads only 1",
    );
    unread(
        &changed("\"format\": 1", "\"format\": 2"),
        "the plan is of format 2, and this release reads only 1",
    );
    unread(&changed("\"format\": 1,", ""), "the plan cannot be read: `plan.format` is missing");
    unread(
        &changed("\"2026-11-24T10:00:00Z\"", "\"tomorrow\""),
        "the plan cannot be read: `plan.expires_at` is not a time like 2026-11-23T10:00:00Z",
    );
    unread(
        &changed("\"entry_seals\": [", "\"entry_seals\": [1, "),
        "the plan cannot be read: `plan.entry_seals` is not a list of texts",
    );
    unread(
        &changed("\"kind\": \"person\"", "\"kind\": \"robot\""),
        "the plan cannot be read: `invitations[0].kind` is not \"person\", \"page\", \"event\" or \
         \"newsletter\"",
    );
}

#[test]
fn an_address_of_somebody_else_is_refused_even_with_its_seal() {
    let mut report = plan().report;
    report.rows[0].invitation.profile_url = Some("https://www.linkedin.com/in/eve".to_owned());
    let sealed = Plan::new(report, Plan::USUAL).to_json();
    unread(
        &sealed,
        "the plan names in/robin-example by the address https://www.linkedin.com/in/eve, which is \
         not theirs",
    );
}

#[test]
fn a_plan_of_another_kind_is_refused() {
    let mut report = plan().report;
    report.rows[2].invitation.kind = Kind::Page;
    let sealed = Plan::new(report, Plan::USUAL).to_json();
    unread(&sealed, "the plan lists pages, and people are all that is ever withdrawn");
}

#[test]
fn text_of_the_file_never_reaches_the_terminal_raw() {
    let mut document = saved();
    document["invitations"][0]["name"] = json!("\u{1b}[2J\n\u{202e}x");
    document["invitations"][0]["id"] = json!("in/\u{7}");
    let said = read(&document).unwrap_err().to_string();
    assert!(!said.contains(|c: char| c.is_control() || c == '\u{202e}'), "{said:?}");
    assert!(said.contains("[2J"));
    document["plan"]["format"] = json!("\u{9b}31m".repeat(1000));
    let said = read(&document).unwrap_err().to_string();
    assert!(said.len() < 500 && !said.contains('\u{9b}'), "{said:?}");
}

const SITE: &str = "https://www.linkedin.com";

/// What is said of the saved plan; nothing when it may be applied.
#[track_caller]
fn check(now: &str, site: &str, account: Option<&str>, expected: &str) {
    let said = match plan().check(now.parse().unwrap(), site, account) {
        Ok(()) => String::new(),
        Err(refusal) => format!("{refusal} ({})", refusal.hint()),
    };
    assert!(said.starts_with(expected) && said.is_empty() == expected.is_empty(), "{said}");
}

#[test]
fn u4_a_plan_is_valid_until_its_time() {
    let alex = Some("alex-example");
    check("2026-11-23T10:00:00Z", SITE, alex, "");
    check("2026-11-24T09:59:59Z", SITE, alex, "");
    check(
        "2026-11-24T10:00:00Z",
        SITE,
        alex,
        "the plan was valid until 2026-11-24 10:00:00 UTC, and now it is 2026-11-24 10:00:00 UTC \
         (make a new plan",
    );
    check("2026-11-23T09:59:01Z", SITE, alex, "");
    check(
        "2026-11-23T09:58:59Z",
        SITE,
        alex,
        "the plan is from the future: it was made at 2026-11-23 10:00:00 UTC, and now it is \
         2026-11-23 09:58:59 UTC",
    );
}

#[test]
fn u4_a_plan_is_for_one_site_by_whichever_door() {
    let now = "2026-11-23T11:00:00Z";
    check(now, "https://de.linkedin.com/feed/", Some("alex-example"), "");
    check(
        now,
        "http://127.0.0.1:4000",
        Some("alex-example"),
        "the plan is for https://www.linkedin.com, and this is http://127.0.0.1:4000 (name the \
         plan's own site, --site https://www.linkedin.com",
    );
    let nowhere = Report { site: "nowhere".to_owned(), ..plan().report };
    let nowhere = Plan::new(nowhere, Plan::USUAL);
    assert!(nowhere.check(now.parse().unwrap(), "nowhere", None).is_err());
}

#[test]
fn u4_a_plan_is_for_one_account() {
    let now = "2026-11-23T11:00:00Z";
    check(now, SITE, Some("Alex-Example"), "");
    check(
        now,
        SITE,
        Some("ruth"),
        "the plan is for the account alex-example, and ruth is signed in (sign in as alex-example",
    );
    check(
        now,
        SITE,
        None,
        "the plan is for the account alex-example, and who is signed in cannot be told",
    );
    let anybody = Plan::new(Report { account: None, ..plan().report }, Plan::USUAL);
    for account in [None, Some("ruth")] {
        assert_eq!(anybody.check(now.parse().unwrap(), SITE, account), Ok(()));
    }
}
