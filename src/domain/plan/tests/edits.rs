//! Deleting entries leaves a plan valid, and nothing else does.

use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use serde_json::Map;

use super::*;
use crate::domain::json::to_text;

/// The saved plan after this change is refused, and the sentence has these words.
#[track_caller]
fn refused(change: impl FnOnce(&mut Value), words: &str) {
    let mut document = saved();
    change(&mut document);
    assert_ne!(document, saved());
    let said = read(&document).unwrap_err().to_string();
    assert!(said.contains(words), "{said}");
}

/// The same JSON with the keys of every object the other way round.
fn turned(value: &Value) -> Value {
    match value {
        Value::Array(list) => list.iter().map(turned).collect(),
        Value::Object(map) => {
            let entries = map.iter().rev().map(|(key, value)| (key.clone(), turned(value)));
            entries.collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

/// As other tools write JSON.
fn rewritten(document: &Value) -> Vec<String> {
    let mut sorted = document.clone();
    sorted.sort_all_objects();
    let ascii = |text: String| -> String {
        let mut units = [0; 2];
        let escape = |c: char| match c.is_ascii() {
            true => c.to_string(),
            false => c.encode_utf16(&mut units).iter().map(|u| format!("\\u{u:04X}")).collect(),
        };
        text.chars().map(escape).collect()
    };
    vec![
        document.to_string(),
        turned(document).to_string(),
        format!("\u{feff}{sorted:#}\r\n").replace('\n', "\r\n\t"),
        ascii(to_text(document)),
    ]
}

#[test]
fn u4_any_entries_may_be_deleted_with_any_tool() {
    let entries = saved()["invitations"].as_array().unwrap().clone();
    for kept in 0..1_usize << entries.len() {
        let is_kept = |(place, _): &(usize, &Value)| kept & (1 << place) != 0;
        let left = entries.iter().enumerate().filter(is_kept).map(|(_, entry)| entry.clone());
        let mut document = saved();
        document["invitations"] = left.collect();
        let ids: Vec<Value> = document["invitations"].as_array().unwrap().clone();
        for text in rewritten(&document) {
            let plan = Plan::from_json(&text).unwrap_or_else(|why| panic!("{why}: {text}"));
            assert_eq!(plan.report.to_value()["invitations"], Value::from(ids.clone()));
        }
    }
}

#[test]
fn u4_counts_may_be_stale_or_changed() {
    for counts in [json!({"withdraw": 99}), json!(null), json!("x")] {
        let mut document = saved();
        document["counts"] = counts;
        assert_eq!(read(&document), Ok(plan()));
    }
}

/// Every place of a document, as a JSON pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(list) => {
            for (place, entry) in list.iter().enumerate() {
                places(entry, &format!("{at}/{place}"), found);
            }
        }
        Value::Object(map) => {
            map.iter().for_each(|(key, entry)| places(entry, &format!("{at}/{key}"), found));
        }
        _ => {}
    }
}

/// What somebody may have made of a value.
fn edits(value: &Value) -> Vec<Value> {
    let mut edits =
        vec![Value::Null, json!(true), json!(0), json!(1.5), json!(""), json!([]), json!({})];
    match value {
        Value::Bool(flag) => edits.push(json!(!flag)),
        Value::Number(number) => {
            let number = number.as_i64().unwrap();
            edits.extend([
                json!(number + 1),
                json!(number - 1),
                json!(-number),
                json!(number as f64),
            ]);
        }
        Value::String(text) => {
            edits.extend(
                [format!("{text} "), format!("{text}x"), text.to_uppercase()].map(Value::from),
            );
            edits.extend(
                ["withdraw", "keep", "in/eve-example", "2030-01-01T00:00:00Z"].map(Value::from),
            );
            edits
                .extend(text.char_indices().map(|(at, c)| {
                    Value::from([&text[..at], &text[at + c.len_utf8()..]].concat())
                }));
        }
        Value::Array(list) => {
            let mut more = list.clone();
            more.push(json!("x"));
            edits.push(more.into());
        }
        Value::Object(map) => {
            let mut more = map.clone();
            more.insert("added".to_owned(), Value::Null);
            edits.push(more.into());
            for key in map.keys() {
                let mut less = map.clone();
                less.remove(key);
                edits.push(less.into());
            }
        }
        Value::Null => {}
    }
    edits.retain(|edit| edit != value);
    edits
}

/// Places whose edit is none: counts, and entries that are not there.
fn is_free(place: &str, edit: &Value) -> bool {
    let no_counts =
        || edit.as_object().is_some_and(|top| top.len() == 10 && !top.contains_key("counts"));
    place.starts_with("/counts")
        || (place == "/invitations" && *edit == json!([]))
        || (place.is_empty() && no_counts())
}

#[test]
fn u4_every_other_edit_of_one_place_is_refused() {
    let mut all = Vec::new();
    places(&saved(), "", &mut all);
    let mut tried = 0;
    for place in all {
        for edit in edits(saved().pointer(&place).unwrap()) {
            let mut document = saved();
            *document.pointer_mut(&place).unwrap() = edit.clone();
            let read = read(&document);
            if is_free(&place, &edit) {
                assert!(read.is_ok(), "{place}: {edit}");
                continue;
            }
            tried += 1;
            assert!(read.is_err(), "{place}: {edit}");
        }
    }
    assert!(tried > 1000, "{tried}");
}

#[test]
fn u4_what_was_edited_is_named() {
    let entry = "the entry of Robin Example (in/robin-example) was changed or added";
    refused(|plan| plan["invitations"][0]["sent_text"] = json!("Sent 9 weeks ago"), entry);
    refused(|plan| plan["invitations"][0]["headline"] = json!(null), entry);
    let kept = "the entry of Ada Example (in/ada-example) was changed or added";
    refused(|plan| plan["invitations"][1]["decision"] = json!("withdraw"), kept);
    for key in ["site", "account", "generated_at", "layout", "language", "announced", "complete"] {
        let other = |plan: &mut Value| {
            plan[key] = match &plan[key] {
                Value::Bool(flag) => json!(!flag),
                Value::Number(_) => json!(7),
                _ => json!("2026-11-23T11:00:00Z"),
            }
        };
        refused(other, "was edited outside its entries");
    }
    let later = |plan: &mut Value| plan["plan"]["expires_at"] = json!("2027-11-24T10:00:00Z");
    refused(later, "was edited outside its entries");
}

#[test]
fn u4_entries_are_not_added_moved_or_doubled() {
    let list = |plan: &mut Value| plan["invitations"].as_array_mut().unwrap().clone();
    refused(|plan| plan["invitations"].as_array_mut().unwrap().swap(0, 1), "another place");
    refused(
        |plan| plan["invitations"] = [list(plan), list(plan)].concat().into(),
        "the plan lists in/robin-example twice",
    );
    refused(
        |plan| {
            let mut added = plan["invitations"][0].clone();
            added["id"] = json!("in/eve-example");
            added["profile_url"] = json!("https://www.linkedin.com/in/eve-example");
            plan["invitations"].as_array_mut().unwrap().push(added);
        },
        "the entry of Robin Example (in/eve-example) was changed or added",
    );
    refused(
        |plan| plan["invitations"][0]["id"] = json!("in/ada-example"),
        "lists in/ada-example twice",
    );
    refused(|plan| plan["invitations"][0]["id"] = json!("in/eve-example"), "changed or added");
}

#[test]
fn u4_one_entry_made_of_two_is_refused() {
    let between = V1.find("    },\n    {\n").unwrap();
    let text = [&V1[..between], "    ,\n", &V1[between + "    },\n    {\n".len()..]].concat();
    let said = Plan::from_json(&text).unwrap_err().to_string();
    assert!(said.starts_with("the plan cannot be read: not JSON: "), "{said}");
    let text = [V1[..between].trim_end(), ",\n", &V1[between + "    },\n    {\n".len()..]].concat();
    let said = Plan::from_json(&text).unwrap_err().to_string();
    assert!(said.contains("the key `id` stands twice at line"), "{said}");
}

/// Any row whose id is not that of another.
fn row(number: usize) -> impl Strategy<Value = Row> {
    let texts =
        (any::<String>(), any::<Option<String>>(), any::<Option<String>>(), any::<String>());
    (texts, 0..5_usize).prop_map(move |((name, headline, note, reason), which)| {
        let mut row = plan().report.rows[which].clone();
        row.invitation.name = name;
        row.invitation.headline = headline;
        row.invitation.note = note;
        row.invitation.key = Key::recorded(format!("in/p{number}"));
        row.invitation.profile_url = Some(format!("https://www.linkedin.com/in/p{number}/"));
        row.decision.reason = reason;
        row
    })
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let rows = (0..6_usize).prop_flat_map(|count| (0..count).map(row).collect::<Vec<_>>());
    (rows, any::<Option<String>>(), any::<String>()).prop_map(|(rows, account, layout)| {
        Plan::new(Report { rows, account, layout, ..plan().report }, Plan::LONGEST)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn u4_whatever_the_page_says_entries_may_be_deleted(
        (plan, left) in any_plan().prop_flat_map(|plan| {
            let entries = Plan::to_json(&plan).parse::<Value>().unwrap()["invitations"].clone();
            let entries = entries.as_array().unwrap().clone();
            (Just(plan), 0..=entries.len()).prop_flat_map(move |(plan, count)| {
                (Just(plan), subsequence(entries.clone(), count))
            })
        })
    ) {
        let mut document: Value = plan.to_json().parse().unwrap();
        document["invitations"] = left.into();
        for text in rewritten(&document) {
            let read = Plan::from_json(&text).unwrap();
            prop_assert_eq!(&read.report.to_value()["invitations"], &document["invitations"]);
            prop_assert_eq!(read.expires_at, plan.expires_at);
        }
    }

    #[test]
    fn u4_whatever_the_page_says_an_edit_is_refused(
        plan in any_plan(), place in any::<Index>(), edit in any::<Index>(),
    ) {
        let document: Value = plan.to_json().parse().unwrap();
        let mut all = Vec::new();
        places(&document, "", &mut all);
        let place = place.get(&all);
        let edits = edits(document.pointer(place).unwrap());
        let edit = edit.get(&edits);
        let mut edited = document.clone();
        *edited.pointer_mut(place).unwrap() = edit.clone();
        prop_assert_eq!(read(&edited).is_ok(), is_free(place, edit), "{} {}", place, edit);
    }
}
