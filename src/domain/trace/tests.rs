//! Records of invented people: as they are written, read, named and cut.

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn whole() -> Trace {
    let card = Card { name: "Robin \u{1b}Example".into(), control: true, ..Card::default() };
    let event = Event {
        kind: "click".into(),
        passed: true,
        on: "Withdraw".into(),
        card: Some(card.clone()),
        dialog: None,
        markup: Some("<li>".into()),
    };
    let guard = Some(Guard { passed: 1, ..Guard::default() });
    let find = Step { step: StepName::Find, card: Some(card), ..Step::default() };
    let ask = Step { step: StepName::Ask, event: Some(event), guard, ..Step::noted("theirs") };
    Trace {
        run: Some("01ARZ3NDEKTSV4RRFFQ69G5FAV".into()),
        outcome: Some(Outcome::Refused),
        stopped: Some(StopWord::PageChanged),
        steps: vec![find, ask],
        proof: Some(Proof {
            at: at("2026-11-23T10:04:00Z"),
            gone: false,
            read: 3,
            announced: None,
        }),
        ..Trace::new(at("2026-11-23T10:03:12.417Z"), "https://www.linkedin.com/?x=y")
    }
}

#[test]
fn a_record_reads_back_as_it_was_written() {
    let text = whole().to_json();
    assert!(!text.contains('\u{1b}'), "{text}");
    assert_eq!(Trace::from_json(&text).unwrap(), whole());
    assert_eq!(whole().site, "https://www.linkedin.com");
}

#[test]
fn what_is_no_record_is_told() {
    let text = whole().to_json();
    let check = |text: &str, words: &str| {
        let why = Trace::from_json(text).unwrap_err().to_string();
        assert!(why.contains(words), "{why}");
    };
    check(&text.replace("\"schema\": 1", "\"schema\": 2"), "`schema` is 2");
    check(&text.replace("\"refused\"", "\"lost\""), "unknown variant `lost`");
    check(&text.replace("20261123-100312-417", "../../etc/passwd"), "no name of a trace");
    check(&text[..text.len() / 2], "not JSON");
}

#[test]
fn before_at_and_after_are_found_in_the_steps() {
    let trace = whole();
    assert!(trace.before().unwrap().control);
    let (event, guard) = trace.at_click().unwrap();
    assert_eq!((event.kind.as_str(), guard.passed), ("click", 1));
    assert!(trace.at_confirmation().is_none());
    assert_eq!(trace.after().unwrap().note, "theirs");
    let run = RunId::parse("01ARZ3NDEKTSV4RRFFQ69G5FAV").unwrap();
    assert!(!trace.is_of(run, "in/robin"), "it names nobody");
}

#[test]
fn a_name_says_when_and_sorts() {
    let id = TraceId::of(at("2026-11-23T10:03:12.417Z"));
    assert_eq!(id.as_str(), "20261123-100312-417");
    assert_eq!("20261123-100312-417".parse(), Ok(id.clone()));
    assert!(id < TraceId::of(at("2026-11-23T10:03:12.418Z")));
    for text in ["", "20261123-100312-41", "20261123-100312-4170", "20261123_100312-417", "../x"] {
        assert_eq!(text.parse::<TraceId>(), Err(BadId), "{text}");
    }
}

#[test]
fn the_beginning_of_a_name_is_enough_if_it_is_one() {
    let ids = [1, 2, 30].map(|second| TraceId::of(Timestamp::from_second(second).unwrap()));
    let check = |beginning: &str, found: Result<usize, NoMatch>| {
        assert_eq!(matching(&ids, beginning), found.map(|at| &ids[at]), "{beginning}");
    };
    check(ids[1].as_str(), Ok(1));
    check("19700101-000030", Ok(2));
    check("19700101-00000", Err(NoMatch::Several));
    check("2026", Err(NoMatch::None));
}

#[test]
fn the_oldest_go() {
    let ids: Vec<_> = (0..5).map(|s| TraceId::of(Timestamp::from_second(s).unwrap())).collect();
    assert_eq!(surplus(&ids, 3), &ids[..2]);
    assert_eq!(surplus(&ids, 5), []);
    assert_eq!(surplus(&ids, 20), []);
    assert_eq!(surplus(&ids, 0), ids);
}

#[track_caller]
fn check_place(address: &str, expected: &str) {
    assert_eq!(place(address), expected, "{address}");
}

#[test]
fn an_address_loses_its_query_and_its_tokens() {
    let sent = "https://www.linkedin.com/mynetwork/invitation-manager/sent";
    check_place(&format!("{sent}/?csrfToken=ajax:1#x"), sent);
    check_place("https://u:p@www.linkedin.com/feed/", "https://www.linkedin.com/feed");
    let token = "AgF7hK2bQw9XzAAAAYtq3Zk8mN4pRs6TuVwXyZaBcDeFgHiJkLm0Q";
    check_place(
        &format!("https://www.linkedin.com/checkpoint/challenge/{token}?ut=1"),
        "https://www.linkedin.com/checkpoint/challenge/…",
    );
    let long = "https://www.linkedin.com/in/maria-magdalena-van-der-example-sample-1a2b3c";
    check_place(long, long);
    check_place("chrome-error://chromewebdata/", "chrome-error:");
    check_place("data:text/html,x", "data:");
    check_place("", "");
}

#[test]
fn a_text_is_bounded_between_characters() {
    assert_eq!(bounded("Zoë", 3), "Zoë");
    assert_eq!(bounded("Zoë Example", 3), "Zoë…");
}
