//! The other pills of the Sent tab: reported when asked for, told apart, and never acted upon.

use jiff::Timestamp;
use rescind::browser::error::PageError;
use rescind::browser::sent_page::{self, Reading, Scan};
use rescind::domain::invitation::Kind;
use serde_json::Value;

use crate::trial::Trial;
use crate::window::Window;

const SWITCHES: &str = "count=12&delay=0&pages=14&events=2";

fn report(trial: &Trial, more: &[&str]) -> crate::world::Ran {
    let url = trial.mock.url();
    let words = ["report", "--headless", "--format", "json", "--site", &url];
    trial.world.run(&[&words[..], more].concat())
}

fn ids(json: &Value) -> Vec<&str> {
    let all = json["invitations"].as_array().unwrap();
    all.iter().map(|one| one["id"].as_str().unwrap()).collect()
}

#[test]
fn pages_are_reported_with_ids_that_stay_and_no_plan_of_them_is_applied() {
    let keep = "[[rule]]\nname = \"all\"\nolder_than = \"1 day\"\n[keep]\nprofiles = [\"in/alex-rivers-boats\"]\n";
    let trial = Trial::new(SWITCHES).configured(keep);
    let config = trial.world.home().join("config.toml").display().to_string();
    let plan = trial.world.home().join("plan.json").display().to_string();
    let more = ["--kind", "pages", "--config", &config, "--plan", &plan];
    let first = report(&trial, &more);
    first.expect(0, "note: pages are only reported; rescind withdraw acts on people");
    let json = first.json();
    assert_eq!((&json["announced"], &json["complete"]), (&14.into(), &true.into()));
    let mut different = ids(&json);
    different.sort_unstable();
    different.dedup();
    assert_eq!(different.len(), 14);
    // One of several that nothing tells apart is never to go; the keep list holds here, too.
    for one in json["invitations"].as_array().unwrap() {
        let kept = one["profile_url"].as_str().unwrap().ends_with("alex-rivers-boats");
        let decision = if kept { "keep" } else { "unsure" };
        assert_eq!((&one["kind"], &one["decision"]), (&"page".into(), &decision.into()), "{one}");
    }
    let again = report(&trial, &more);
    assert_eq!(ids(&again.json()), ids(&json));
    let refused = trial.run(&["--plan", &plan]);
    refused.ran.expect(7, "the plan lists pages, and people are all that is ever withdrawn");
    assert_eq!(trial.logged("click-withdraw"), Vec::<String>::new());
}

#[test]
fn a_kind_without_a_pill_has_none_pending_and_only_if_the_page_shows_its_list() {
    let trial = Trial::new(SWITCHES);
    let none = report(&trial, &["--kind", "newsletters"]);
    none.expect(0, "the Sent tab has no pill of newsletters: none is pending");
    let json = none.json();
    assert_eq!((&json["complete"], ids(&json).len()), (&true.into(), 0));
    trial.switch("pages=3&fault=spinner");
    report(&trial, &["--kind", "newsletters"]).expect(6, "no sign that it is empty");
}

/// How often the Sent tab was loaded.
fn loads(trial: &Trial) -> usize {
    trial.mock.log().iter().filter(|event| event["type"] == "load-sent").count()
}

#[test]
fn the_kinds_are_told_apart_in_the_older_generations() {
    let trial = Trial::new("count=12&delay=0");
    for (switches, kind, read) in [
        ("layout=2025", "pages", Some(14)),
        ("layout=2025&variant=tab-links&lang=de", "events", Some(2)),
        ("layout=2025", "newsletters", Some(0)),
        ("layout=2025&lang=de", "newsletters", None),
        ("layout=2020", "pages", Some(14)),
        ("layout=2020&lang=de", "events", Some(2)),
        ("layout=2020", "newsletters", Some(0)),
    ] {
        trial.switch(&format!("{switches}&{SWITCHES}"));
        let before = loads(&trial);
        let ran = report(&trial, &["--kind", kind]);
        let Some(read) = read else {
            ran.expect(6, "the pill of newsletters can't be told from the others");
            continue;
        };
        ran.expect(0, "");
        let json = ran.json();
        assert_eq!(
            (ids(&json).len(), &json["complete"]),
            (read, &true.into()),
            "{switches} {kind}"
        );
        // The pill itself led there, also where its address names the kind in the query.
        let asked = if read > 0 { 2 } else { 1 };
        assert_eq!(loads(&trial) - before, asked, "{switches} {kind}");
    }
}

async fn read(window: &mut Window, kind: Kind) -> Result<Scan, PageError> {
    let (mut layout, mut language) = window.site.reload_sent().await?;
    if kind != Kind::Person {
        (layout, language) = window.site.open_pill(&layout, kind).await?.unwrap();
    }
    let reading = Reading { layout: &layout, language: &language, kind, now: Timestamp::now() };
    sent_page::read_all(&mut window.site, reading, &mut |_| {}).await
}

#[track_caller]
fn not_understood(read: Result<Scan, PageError>, words: &str) {
    match read {
        Err(PageError::NotUnderstood(said)) => assert!(said.contains(words), "{said}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_list_holds_its_own_kind_and_nothing_else_is_read_as_people() {
    let mut window = Window::open(SWITCHES).await;
    let people = read(&mut window, Kind::Person).await.unwrap();
    assert_eq!((people.invitations.len(), people.announced), (12, Some(12)));
    // The bare address shows another list than that of people.
    window.mock.set_switches(&format!("{SWITCHES}&fault=pill:pages"));
    not_understood(read(&mut window, Kind::Person).await, "its list of pages, not of people");
    // Nor where nobody was invited to connect, so that a pill of people is not to be seen.
    window.mock.set_switches(&SWITCHES.replace("count=12", "count=0&fault=pill:pages"));
    not_understood(read(&mut window, Kind::Person).await, "its list of pages, not of people");
    // Nobody was invited to connect, and that is no reason to take the others for people.
    window.mock.set_switches(&format!("{SWITCHES}&fault=empty"));
    let nobody = read(&mut window, Kind::Person).await.unwrap();
    assert_eq!((nobody.invitations.len(), nobody.announced, nobody.complete), (0, None, true));
    window.mock.set_switches(&format!("{SWITCHES}&lang=ja"));
    let events = read(&mut window, Kind::Event).await.unwrap();
    assert_eq!((events.announced, events.complete), (Some(2), true));
    let keys: Vec<&str> = events.invitations.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["event/in/mara-lindqvist", "event/in/alex-rivers-boats"]);
    assert!(events.invitations.iter().all(|one| one.age.is_some() && one.doubt.is_none()));
    // What was opened for events is not taken for the list of people again.
    not_understood(read(&mut window, Kind::Person).await, "its list of events, not of people");
    window.close().await;
}
