//! The page of invented people, honest and hostile ones, without a browser.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;
use crate::report::html::picture::Column;

const NOW: &str = "2026-11-23T10:00:00Z";

/// `"withdraw Robin Example, robin, 21-27"`; a rule may follow.
fn entry(text: &str) -> Value {
    let parts: Vec<&str> = text.split(", ").collect();
    let (decision, name) = parts[0].split_once(' ').unwrap();
    let days = parts[2].split_once('-').map(|(min, max)| {
        json!({"min": min.parse::<u64>().unwrap(), "max": max.parse::<u64>().unwrap()})
    });
    json!({
        "id": format!("in/{}", parts[1]),
        "name": name,
        "profile_url": format!("https://www.linkedin.com/in/{}", parts[1]),
        "headline": null,
        "note": null,
        "kind": "person",
        "sent_text": "Sent a while ago",
        "age_days": days,
        "decision": decision,
        "rule": parts.get(3),
        "reason": "because",
    })
}

fn report(entries: Vec<Value>) -> Report {
    let document = json!({
        "schema": 1, "generated_at": NOW, "site": "https://www.linkedin.com",
        "account": "your-slug", "layout": "2026", "language": "en",
        "announced": entries.len(), "complete": true, "invitations": entries,
    });
    Report::from_value(&document).unwrap()
}

fn of(people: &[&str]) -> Report {
    report(people.iter().map(|text| entry(text)).collect())
}

fn page(report: &Report, trend: &[(Timestamp, u64)]) -> String {
    let plan = Plan::new(report.clone(), Plan::USUAL);
    let rules = &["stale"];
    html(&Page { report, plan: Some(&plan), rules, trend, apply: Some("rescind withdraw --plan") })
        .unwrap()
}

/// What a block of JSON holds, as a browser finds its end.
fn block<'a>(page: &'a str, id: &str) -> &'a str {
    let from = page.find(&format!(" id=\"{id}\"")).unwrap();
    let rest = &page[from + page[from..].find('>').unwrap() + 1..];
    &rest[..rest.to_lowercase().find("</script").unwrap()]
}

#[test]
fn the_plan_stands_in_the_page_byte_for_byte() {
    let mut one = entry("withdraw </script><script>x()</script>, robin, 42-48, stale");
    one["headline"] = json!("<!-- \\u003c \\\\u003c \"<\u{2028}\u{0}\r\n <script \u{1b}");
    let report = report(vec![one, entry("keep Sam, sam, 0-0")]);
    let page = page(&report, &[]);
    let plan = Plan::new(report, Plan::USUAL).to_json();
    // As the script undoes it: a pair of backslash and what follows, from left to right.
    let undone = regex::Regex::new(r"\\(?:u003c|.)").unwrap();
    let undone = undone.replace_all(block(&page, "plan"), |found: &regex::Captures| {
        if &found[0] == "\\u003c" { "<".to_owned() } else { found[0].to_owned() }
    });
    assert!(undone == plan, "{undone}\n{plan}");
}

#[test]
fn text_from_the_site_is_never_markup() {
    let evil = "<img src=x onerror=alert(1)>'\"&</title></style></script>";
    let mut one = entry("withdraw Eve, eve, 42-48, stale");
    for key in ["name", "headline", "note", "sent_text", "reason", "rule"] {
        one[key] = json!(evil);
    }
    let mut report = report(vec![one]);
    report.account = Some(evil.into());
    report.site = evil.into();
    report.layout = evil.into();
    report.remarks = vec![evil.into()];
    let page = page(&report, &[]);
    assert!(!page.contains("<img"), "{page}");
    let tags = |name: &str| page.matches(&format!("<{name}")).count();
    assert_eq!([tags("script"), tags("style"), tags("title")], [3, 1, 1]);
    assert!(page.contains("&#60;img src=x onerror=alert(1)&#62;"), "shown, not obeyed");
}

#[test]
fn the_policy_allows_our_style_and_our_script_and_nothing_else() {
    let page = page(&of(&[]), &[]);
    let policy = policy();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    let escaped = policy.replace('\'', "&#39;");
    assert!(page.contains(&escaped), "{page}");
    // Policy and encoding come before everything that they are about.
    assert!(page.find(&escaped) < page.find("<title>"));
    for own in [STYLE, SCRIPT] {
        assert!(!own.to_lowercase().contains("</s") && !own.contains("<!--"));
        assert!(!own.contains("http") && !own.contains("url(") && !own.contains("innerHTML"));
    }
    assert!(!page.contains(" style=") && !page.contains(" onclick="), "neither would be obeyed");
}

#[track_caller]
fn check_link(url: Value, expected: Value) {
    let mut one = entry("keep Robin, robin, 0-0");
    one["profile_url"] = url;
    let people: Value = serde_json::from_str(&people::people(&report(vec![one]))).unwrap();
    assert_eq!(people[0][2], expected);
}

#[test]
fn only_the_persons_own_profile_is_linked() {
    let robin = "https://www.linkedin.com/in/robin";
    check_link(json!(robin), json!(robin));
    check_link(json!(format!("{robin}?trk=x#y")), json!(robin));
    check_link(json!("https://www.linkedin.com/in/eve"), Value::Null);
    check_link(json!("javascript:alert(1)//in/robin"), Value::Null);
    check_link(json!("http://www.linkedin.com/in/robin"), Value::Null);
    check_link(Value::Null, Value::Null);
}

#[test]
fn a_person_is_shown_safe_short_and_marked_where_the_name_misleads() {
    let mut one = entry("withdraw דנה\u{202e}, dana, 21-27, stale");
    one["headline"] = json!("flood ".repeat(200_000));
    let people = [one, entry("keep Ada, ada, 1-1"), entry("keep Аdа, eve, 1-1")];
    let text = people::people(&report(people.into()));
    assert!(text.len() < 1200, "{text}");
    let people: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(people[0][0], "דנה�", "the page isolates it");
    assert_eq!(people[0][6], 21);
    assert_eq!(people[0][7], "21–27 days");
    let marked: Vec<_> = (0..3).map(|i| people[i][11].as_bool().unwrap()).collect();
    assert_eq!(marked, [false, true, true]);
}

/// The columns that have any, as `1m 2+1`: two to withdraw and one not.
fn columns(people: &[&str]) -> String {
    let ages = picture::ages(&of(people).rows);
    let shown = |c: &Column| format!("{} {}+{}", c.label, c.going.count, c.staying.count);
    let with_any = ages.columns.iter().filter(|column| column.total > 0);
    with_any.map(shown).collect::<Vec<_>>().join(", ")
}

#[test]
fn ages_stand_in_weeks_then_months_then_years() {
    let people = ["keep A, a, 0-0", "keep B, b, 6-6", "keep C, c, 7-13", "unsure D, d, ?"];
    assert_eq!(columns(&people), "<1w 0+2, 1w 0+1");
    let people = ["keep A, a, 27-27", "withdraw B, b, 28-58", "withdraw C, c, 59-90"];
    assert_eq!(columns(&people), "3w 0+1, 1m 1+0, 2m 1+0");
    let people = ["withdraw A, a, 364-364", "keep B, b, 365-729", "keep C, c, 1500-1500"];
    assert_eq!(columns(&people), "11m 1+0, 1y 0+1, 3y+ 0+1");
}

#[test]
fn the_highest_column_fills_the_picture_and_one_person_is_still_seen() {
    let mut people = vec!["keep A, a, 0-0"; 999];
    people.push("withdraw B, b, 8-8");
    let ages = picture::ages(&of(&people).rows);
    let [first, second] = [&ages.columns[0], &ages.columns[1]];
    assert_eq!((first.staying.from.as_str(), first.staying.size.as_str()), ("0.00", "100.00"));
    assert_eq!((second.going.from.as_str(), second.going.size.as_str()), ("98.50", "1.50"));
    assert_eq!(ages.unknown, 0);
}

#[test]
fn only_who_is_certainly_past_it_counts_as_past_the_usual_answers() {
    let people = ["keep A, a, 0-6", "keep B, b, 0-7", "keep C, c, 28-58", "keep D, d, 30-60"];
    let window = picture::window(&of(&people).rows);
    let counts: Vec<_> = window.bars.iter().map(|bar| bar.count).collect();
    assert_eq!((counts, window.past, window.percent), (vec![1, 2, 1], 1, 25));
    assert_eq!(picture::window(&of(&["unsure A, a, ?"]).rows).bars.len(), 4);
}

#[test]
fn a_rule_that_holds_for_nobody_is_shown_too() {
    let people = ["withdraw A, a, 50-50, old", "withdraw B, b, 50-50, new", "keep C, c, 0-0"];
    let bars = picture::rules(&of(&people), &["stale", "old"]);
    let shown: Vec<_> = bars.iter().map(|bar| (bar.name.as_str(), bar.count)).collect();
    assert_eq!(shown, [("stale", 0), ("old", 1), ("new", 1)]);
}

#[test]
fn a_trend_is_drawn_between_two_readings_and_this_report_is_the_last() {
    let report = of(&["keep A, a, 0-0"]);
    assert!(picture::trend(&[], &report).is_none());
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    let earlier = [(at("2026-11-03T10:00:00Z"), 4), (at("2026-11-13T10:00:00Z"), 2)];
    let trend = picture::trend(&earlier, &report).unwrap();
    assert_eq!(trend.line, "M0.00 0.00L50.00 50.00L100.00 75.00");
    assert_eq!((trend.first.0, trend.last.0, trend.readings), (4, 1, 3));
    // A reading that was written down by this very run is not counted twice.
    let same = [(at("2026-11-03T10:00:00Z"), 4), (at("2026-11-23T10:00:07Z"), 1)];
    assert_eq!(picture::trend(&same, &report).unwrap().readings, 2);
    assert!(page(&report, &earlier).contains("How it was before"));
    assert!(!page(&report, &[]).contains("How it was before"));
}

#[test]
fn a_list_that_is_not_whole_says_so_and_an_empty_one_is_no_list() {
    let mut report = of(&["keep A, a, 0-0"]);
    report.announced = Some(40);
    report.complete = false;
    let text = page(&report, &[(Timestamp::UNIX_EPOCH, 3)]);
    assert!(text.contains("The list is not complete: the page announces 40 and 1 were read."));
    assert!(!text.contains("How it was before"), "one reading was whole, and this one is not");
    let empty = page(&of(&[]), &[]);
    assert!(empty.contains("<strong>0</strong> pending") && !empty.contains("<table"));
}

#[test]
fn without_a_plan_there_is_nothing_to_tick_or_save() {
    let report = of(&["withdraw A, a, 50-50, stale"]);
    let page = Page { report: &report, plan: None, rules: &[], trend: &[], apply: None };
    let text = html(&page).unwrap();
    for word in ["<input type=\"checkbox", "id=\"save\"", "id=\"plan\"", "Taken out"] {
        assert!(!text.contains(word), "{word}");
    }
}
