//! Any JSON that `read_cards.js` might return, slice by slice, up to the report of it.

use std::collections::HashSet;

use rescind::browser::card::{Card, names};
use rescind::browser::cards::Cards;
use rescind::domain::invitation::{Invitation, Key, Kind};
use rescind::domain::language;
use rescind::domain::plan::{Plan, Refusal};
use rescind::domain::report::{Report, Row};
use rescind::domain::rules::{Rule, Rules, Verdict};
use rescind::report::csv;
use rescind::report::html::{Page, html};
use rescind::report::table::{View, table};

/// A list of slices, each a list of cards; an empty one stands for a page that is turned.
pub fn check(bytes: &[u8]) {
    let Ok(slices) = serde_json::from_slice::<Vec<Vec<Card>>>(bytes) else { return };
    for kind in [Kind::Person, Kind::Page] {
        let invitations = read(&slices, kind);
        check_people(&slices, kind, &invitations);
        let rules = Rules { list: vec![Rule::stale()], ..Rules::default() };
        let row = |invitation: Invitation| Row { decision: rules.decide(&invitation), invitation };
        let rows: Vec<Row> = invitations.into_iter().map(row).collect();
        for Row { invitation, decision } in &rows {
            let told = invitation.doubt.is_none() && invitation.age.is_some();
            assert!(decision.verdict != Verdict::Withdraw || told, "{invitation:?}");
        }
        let can_be_planned = check_report(&report(rows));
        assert!(can_be_planned || kind != Kind::Person);
    }
}

fn read(slices: &[Vec<Card>], kind: Kind) -> Vec<Invitation> {
    let mut cards = Cards::of(kind);
    let mut standing: Vec<u64> = Vec::new();
    for slice in slices {
        if slice.is_empty() {
            cards.leave_page(&standing);
            standing.clear();
        }
        for card in slice {
            if !standing.contains(&card.node) {
                standing.push(card.node);
            }
        }
        cards.take(slice.clone());
    }
    let english = language::bundled("en").unwrap();
    let dashes = ["--".to_owned()];
    cards.into_invitations(&standing, |card| {
        card.into_invitation(kind, &dashes, &[], english, super::now())
    })
}

/// Nobody is lost, nobody is made up, two people are never one, and who is in no doubt is named
/// by everything on some card of theirs.
fn check_people(slices: &[Vec<Card>], kind: Kind, invitations: &[Invitation]) {
    let one = |card: &Card| match card.profiles.as_slice() {
        [address] => Key::from_profile(address).filter(Key::is_profile),
        _ => None,
    };
    let people: HashSet<Key> = slices.iter().flatten().filter_map(one).collect();
    let doubtless: Vec<&Invitation> =
        invitations.iter().filter(|one| one.doubt.is_none()).collect();
    let keys: HashSet<&Key> = invitations.iter().map(|one| &one.key).collect();
    if kind == Kind::Person {
        for person in &people {
            assert!(keys.contains(person), "{person} is lost");
        }
        let once = |key: &Key| invitations.iter().filter(|one| one.key == *key).count() == 1;
        assert!(keys.iter().all(|key| once(key)), "one key stands twice: {keys:?}");
    }
    for invitation in doubtless {
        let is_whole = |card: &Card| {
            let own = one(card).is_some_and(|key| {
                key.of_kind(kind, card.note.as_deref().filter(|note| !note.is_empty()))
                    == invitation.key
            });
            let named = card.label.is_empty() || names(&card.label, &invitation.name);
            own && card.control
                && named
                && card.named.iter().all(|text| names(text, &invitation.name))
        };
        assert!(slices.iter().flatten().any(is_whole), "{invitation:?} is in no doubt");
        assert!(!invitation.name.is_empty());
    }
}

fn report(rows: Vec<Row>) -> Report {
    Report {
        generated_at: super::now(),
        site: "https://www.linkedin.com".to_owned(),
        account: Some("alex-example".to_owned()),
        layout: "2026".to_owned(),
        language: "en".to_owned(),
        announced: Some(1),
        complete: rows.len() == 1,
        rows,
        remarks: Vec::new(),
    }
}

/// A report in every format, with whatever text in it. Returns whether a plan of it can be applied.
pub fn check_report(report: &Report) -> bool {
    let json = report.to_json();
    assert!(!json.contains(|c: char| c != '\n' && super::is_obeyed(c)), "{json:?}");
    assert_eq!(Report::from_json(&json).unwrap().to_json(), json);
    for columns in [30, 80] {
        let view = View { columns, colour: false, verbose: true, next: None };
        let shown = table(report, view);
        super::assert_quiet(&shown);
        let widest = shown.lines().map(rescind::domain::safe_text::width).max();
        assert!(widest <= Some(columns), "{shown}");
    }
    super::text::check_sheet(&csv::report(report).unwrap());
    let plan = Plan::new(report.clone(), Plan::USUAL);
    let page = Page { report, plan: Some(&plan), rules: &["stale"], trend: &[], apply: None };
    let page = html(&page).unwrap();
    // One script of ours, the plan's text and the people: no text of a stranger begins another.
    let nobody = Report { rows: Vec::new(), remarks: Vec::new(), ..report.clone() };
    let empty = Plan::new(nobody.clone(), Plan::USUAL);
    let empty =
        Page { report: &nobody, plan: Some(&empty), rules: &["stale"], trend: &[], apply: None };
    let scripts = |page: &str| page.to_lowercase().matches("<script").count();
    assert_eq!(scripts(&page), scripts(&html(&empty).unwrap()));
    match Plan::from_json(&plan.to_json()) {
        Ok(_) => true,
        Err(Refusal::OtherKind(_) | Refusal::Duplicate(_) | Refusal::OtherProfile { .. }) => false,
        Err(refusal) => panic!("{refusal}"),
    }
}
