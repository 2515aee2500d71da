//! What was done is told without reading what was seen, and is the same for all that.

use proptest::prelude::*;

use super::*;

const SITES: [&str; 2] = ["https://www.linkedin.com", "http://127.0.0.1:4000"];

fn run(number: u8) -> RunId {
    RunId::new(at(i64::from(number)), u128::from(number))
}

/// The first events of three runs, the second of which is on another site, and of a look.
fn runs() -> impl Iterator<Item = Event> {
    (0..4).map(|number| Event {
        run: run(number),
        at: at(i64::from(number)),
        kind: match number {
            3 => looked(SITES[0]),
            _ => EventKind::RunStarted {
                site: Site::of(SITES[usize::from(number % 2)]).unwrap(),
                account: None,
                version: String::new(),
                boot: None,
            },
        },
    })
}

/// One of a few things that happen to one of two people; every sighting shows another name.
fn kind(word: u8, person: u8, second: i64) -> EventKind {
    let key = Key::recorded(format!("in/{person}"));
    let name = format!("Name {second}");
    match word {
        0 | 1 => EventKind::Sighted {
            key,
            name,
            profile_url: Some(format!("https://www.linkedin.com/in/{second}")),
            sent_text: String::new(),
            sent_between: None,
        },
        2 => EventKind::Intent { key, name, profile_url: None, rule: "stale".to_owned() },
        3 => EventKind::ConfirmSent { key },
        4 => EventKind::Verified { key, gone: second % 2 == 0 },
        5 => EventKind::Outcome { key, outcome: Outcome::Withdrawn, detail: String::new() },
        _ => EventKind::Outcome { key, outcome: Outcome::Refused, detail: String::new() },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn whatever_happened_the_entries_are_those_of_the_whole_history(
        steps in prop::collection::vec((0_u8..4, 0_u8..7, 0_u8..2), 0..60),
    ) {
        let dir = temp_dir();
        let steps = (10_i64..).zip(steps).map(|(second, (number, word, person))| Event {
            run: run(number),
            at: at(second),
            kind: kind(word, person, second),
        });
        let events: Vec<_> = runs().chain(steps).collect();
        Journal::open(dir.path()).unwrap().append_all(&events).unwrap();
        let reader = Journal::open_read_only(dir.path()).unwrap().unwrap();
        let sites = reader.sites().unwrap();
        prop_assert_eq!(sites.iter().map(Site::as_str).collect::<Vec<_>>(), SITES);
        for (site, deeds) in sites.iter().zip(reader.deeds(&sites).unwrap()) {
            let whole = reader.history(site).unwrap();
            prop_assert_eq!(deeds.entries(), whole.entries());
            prop_assert_eq!(deeds.runs(), whole.runs());
            prop_assert_eq!(deeds.first_at(), whole.first_at());
        }
    }
}

#[test]
fn who_was_only_seen_is_passed_over_and_who_was_skipped_has_a_name() {
    let dir = temp_dir();
    let mut journal = filled(dir.path(), 1);
    let key = Key::recorded("in/person-2");
    let outcome = Outcome::Skipped;
    let skipped = EventKind::Outcome { key: key.clone(), outcome, detail: String::new() };
    journal.append_all(&[sighted(2), sighted(3), event(9, skipped)]).unwrap();
    let deeds = journal.reader.deeds(&[site()]).unwrap().remove(0);
    assert_eq!(deeds.entry(&key).unwrap().name, "Person Number 2");
    assert_eq!(deeds.sightings(Kind::Person, &Key::recorded("in/person-3")).count(), 0);
    assert!(journal.reader.deeds(&[]).unwrap().is_empty());
}
