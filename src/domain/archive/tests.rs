//! Joins and reviews in one line each. Rows are written `slug days note`, days as `25` or, where
//! the row leaves the zone open, `25-26`; `?` is a time that cannot be read.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::domain::age::Days;
use crate::domain::invitation::{Invitation, Kind};
use crate::domain::rules::{Rule, Rules, Verdict};

const NOW: &str = "2026-11-23T10:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn ago(days: i64) -> Timestamp {
    now() - SignedDuration::from_hours(24 * days)
}

fn between(days: &str) -> Option<Between> {
    let (min, max) = days.split_once('-').unwrap_or((days, days));
    let nanosecond = SignedDuration::from_nanos(1);
    let (min, max): (i64, i64) = (min.parse().ok()?, max.parse().ok()?);
    Some(Between { after: ago(max) - nanosecond, until: ago(min) })
}

fn key(slug: &str) -> Option<Key> {
    Key::from_profile(&format!("/in/{slug}"))
}

fn sent(line: u64, text: &str) -> Sent {
    let mut parts = text.splitn(3, ' ');
    let (slug, days) = (parts.next().unwrap(), parts.next().unwrap());
    Sent {
        line,
        by: key("me"),
        to: key(slug),
        name: slug.to_uppercase(),
        written: format!("{days} ago"),
        at: between(days),
        note: parts.next().map(str::to_owned),
    }
}

/// An archive of these rows, of which somebody's invitation `made` days ago is the newest thing.
fn archive(made: &str, rows: &str) -> Archive {
    let rows = rows.split(", ").filter(|row| !row.is_empty());
    let sent = (2..).zip(rows).map(|(line, row)| sent(line, row)).collect();
    let received = vec![Received { from: key("stranger").unwrap(), at: between(made) }];
    let connected = Connected::Known(HashSet::new());
    Archive { sent, received, connected, day: None, remarks: Vec::new() }
}

/// What the page shows of Robin: `21-27`, with a note behind it.
fn card(text: &str) -> Invitation {
    let (days, note) = text.split_once(' ').map_or((text, None), |(days, note)| (days, Some(note)));
    let days = days.split_once('-').map(|(min, max)| (min.parse().unwrap(), max.parse().unwrap()));
    Invitation {
        key: key("robin").unwrap(),
        name: "Robin".to_owned(),
        profile_url: Some("https://www.linkedin.com/in/robin".to_owned()),
        headline: None,
        note: note.map(str::to_owned),
        kind: Kind::Person,
        sent_text: "Sent a while ago".to_owned(),
        age: days.map(|(min, max): (i64, i64)| Age {
            earliest: ago(max + 1),
            latest: ago(min),
            now: now(),
            source: Source::Stated,
        }),
        doubt: None,
    }
}

/// `25* note!`: the days, a star where the archive narrowed them, the note, and `!` for a doubt.
fn shown(invitation: &Invitation) -> String {
    let Invitation { age, note, doubt, .. } = invitation;
    let mut text = age.map_or("?".to_owned(), |age| {
        let Days { min, max } = age.days();
        let star = if age.source == Source::Archive { "*" } else { "" };
        if min == max { format!("{min}{star}") } else { format!("{min}-{max}{star}") }
    });
    if let Some(note) = note {
        text = format!("{text} {note}");
    }
    if doubt.is_some() {
        text.push('!');
    }
    text
}

/// The one card with an archive made a day ago, and the one remark besides the summary.
#[track_caller]
fn check(page: &str, rows: &str, expected: &str, remark: &str) {
    check_made("1", page, rows, expected, remark);
}

#[track_caller]
fn check_made(made: &str, page: &str, rows: &str, expected: &str, remark: &str) {
    let joined = archive(made, rows).join(vec![card(page)], Some("me"), now());
    assert_eq!(shown(&joined.invitations[0]), expected, "{page} with {rows}");
    let remarks: Vec<&String> =
        joined.remarks.iter().filter(|words| !words.contains(" knows ")).collect();
    match remarks.as_slice() {
        [] => assert_eq!(remark, "", "{page} with {rows}"),
        [said] => assert!(said.contains(remark) && !remark.is_empty(), "{said}"),
        several => panic!("{several:?}"),
    }
}

const OLDER: &str = "older than the page, whose word is used for Robin (in/robin)";
const YOUNGER: &str = "younger than the page, so it is left to you for Robin (in/robin)";
const SEVERAL: &str = "several rows for, and what fits the page is used for Robin (in/robin)";
const DIFFERING: &str = "another note than the page, whose note is used for Robin (in/robin)";

#[test]
fn a_row_narrows_the_age_within_the_pages_interval() {
    check("21-27", "robin 25", "25*", "");
    check("21-27", "robin 24-25", "24-25*", "");
    check("21-27", "robin 20-22", "21-22*", "");
    check("21-27", "robin 20-40", "21-27", "");
    check("21-27", "zoe 25", "21-27", "");
    check("0-0", "robin 0-1", "0", "");
}

#[test]
fn an_age_that_the_page_does_not_tell_stays_untold() {
    check("?", "robin 25", "?", "");
}

#[test]
fn a_row_that_contradicts_the_page_is_named_and_never_makes_anybody_older() {
    check("21-27", "robin 400", "21-27", OLDER);
    check("21-27", "robin 3", "21-27!", YOUNGER);
    check("21-27", "robin 19-20", "21-27!", YOUNGER);
}

#[test]
fn of_several_rows_those_that_fit_the_page_count() {
    check("21-27", "robin 25, robin 400", "25*", SEVERAL);
    check("21-27", "robin 22, robin 26", "22-26*", SEVERAL);
    check("21-27", "robin 25, robin 25", "25*", "");
    let remarks = archive("1", "robin 3, robin 25").join(vec![card("21-27")], None, now()).remarks;
    assert!(remarks.iter().any(|words| words.contains(YOUNGER)), "{remarks:?}");
    assert!(remarks.iter().any(|words| words.contains(SEVERAL)), "{remarks:?}");
}

#[test]
fn what_may_have_been_sent_after_the_archive_was_made_keeps_its_young_end() {
    check_made("24", "21-27", "robin 25", "21-25*", "");
    check_made("50", "31-60", "robin 55 Hi", "31-55*", "");
    check_made("24", "21-27", "robin 400", "21-27", "");
    let mut named = archive("50", "robin 55");
    named.day = Some(Day::Named(jiff::civil::date(2026, 11, 20)));
    let joined = named.join(vec![card("31-60")], None, now());
    assert_eq!(shown(&joined.invitations[0]), "55*");
    // What packing wrote beside an entry proves nothing.
    named.day = Some(Day::Entry(jiff::civil::date(2026, 11, 20)));
    let joined = named.join(vec![card("31-60")], None, now());
    assert_eq!(shown(&joined.invitations[0]), "31-55*");
    // Nor does a name of tomorrow.
    named.day = Some(Day::Named(jiff::civil::date(2026, 11, 30)));
    let joined = named.join(vec![card("31-60")], None, now());
    assert_eq!(shown(&joined.invitations[0]), "31-55*");
}

#[test]
fn a_time_that_cannot_be_read_or_is_yet_to_come_is_counted_and_narrows_nothing() {
    let words = "1 row has a time that cannot be read or is yet to come";
    check("21-27", "robin ?", "21-27", words);
    check("21-27", "robin 25, zoe ?", "25*", words);
    check("21-27", "robin 25, zoe -3", "25*", words);
    check("21-27", "zoe ?, zoe ?", "21-27", "line 2 (\"? ago\"), line 3 (\"? ago\")");
}

#[test]
fn a_note_is_filled_in_from_the_one_row_that_can_be_this_invitation() {
    check("21-27", "robin 25 Hello\n  there", "25* Hello\n  there", "");
    check("21-27 Hello,there", "robin 25 Hello,\n  there", "25* Hello,\n  there", "");
    check("21-27 Hel…", "robin 25 Hello there", "25* Hello there", "");
    check("21-27 Hel...", "robin 25 Hello there", "25* Hello there", "");
    check("21-27 Hel …", "robin 25 Hello there", "25* Hello there", "");
    check("21-27 Hello there", "robin 25", "25* Hello there", "");
    check("21-27", "robin 25 Hello, robin 400 Other", "25* Hello", SEVERAL);
    check("21-27", "robin 25 Hello, robin 26 Other", "25-26*", SEVERAL);
    check("21-27", "robin 400 Hello", "21-27", OLDER);
    check("21-27", "robin 3 Hello", "21-27!", YOUNGER);
    check("?", "robin 25 Hello", "?", "");
    check_made("24", "21-27", "robin 25 Hello", "21-25*", "");
}

#[test]
fn a_note_that_differs_is_named_and_the_pages_stays() {
    check("21-27 Good day", "robin 25 Hello", "25* Good day", DIFFERING);
    check("21-27 Good…", "robin 25 Hello", "25* Good…", DIFFERING);
}

#[test]
fn the_archive_of_somebody_else_is_not_used() {
    let words = "1 of 1 rows of the archive are not used: they were sent by in/me, and in/you is";
    let joined = archive("1", "robin 25").join(vec![card("21-27")], Some("you"), now());
    assert_eq!(shown(&joined.invitations[0]), "21-27");
    assert!(joined.remarks[0].contains(words), "{:?}", joined.remarks);
    let joined = archive("1", "robin 25").join(vec![card("21-27")], Some("Me"), now());
    assert_eq!(shown(&joined.invitations[0]), "25*");
    let mut two = archive("1", "robin 25, zoe 25");
    two.sent[1].by = key("you");
    let joined = two.join(vec![card("21-27")], None, now());
    assert_eq!(shown(&joined.invitations[0]), "21-27");
    assert!(joined.remarks[0].contains("by in/me, in/you, and who is signed in can't be told"));
}

#[test]
fn without_addresses_of_profiles_nothing_is_joined() {
    let mut old = archive("1", "robin 25");
    old.sent[0].to = None;
    old.sent[0].by = None;
    let joined = old.join(vec![card("21-27")], Some("me"), now());
    assert_eq!(shown(&joined.invitations[0]), "21-27");
    assert!(joined.remarks[0].contains("a name is no identity: nothing of it is used"));
}

#[test]
fn what_the_archive_did_is_told_in_one_line() {
    let cards = vec![card("21-27"), Invitation { key: key("zoe").unwrap(), ..card("21-27") }];
    let mut archive = archive("1", "robin 25 Hi, zoe 20-40, gone 70");
    archive.day = Some(Day::Named(jiff::civil::date(2026, 11, 20)));
    let remarks = archive.join(cards, None, now()).remarks;
    let words = "the archive of 2026-11-20 (3 days ago) knows 2 of 2: 1 age is narrower by it, 1 \
        note is filled in";
    assert_eq!(remarks, [words]);
}

#[test]
fn many_are_counted_after_the_first() {
    let people: Vec<String> = (1..=7).map(|i| format!("P{i}")).collect();
    assert_eq!(listed(&people), "P1, P2, P3, P4, P5 and 2 more");
    assert_eq!(listed(&people[..5]), "P1, P2, P3, P4, P5");
}

/// The review of an archive: `slug days note!` for each.
#[track_caller]
fn check_review(archive: &Archive, expected: &[&str]) {
    let review = archive.review(None, now()).unwrap();
    let shown = review.invitations.iter().map(|one| format!("{} {}", one.key, shown(one)));
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}

#[test]
fn a_review_lists_everybody_once_in_the_order_of_the_file() {
    let rows = "robin 25 Hi, zoe 20-40, odd ?, robin 400 Old";
    check_review(&archive("1", rows), &["in/robin 25-400 Hi", "in/zoe 20-40", "in/odd ?"]);
}

#[test]
fn who_is_connected_is_left_out_and_counted() {
    let mut archive = archive("1", "robin 25, zoe 40");
    archive.connected = Connected::Known(HashSet::from([key("zoe").unwrap()]));
    check_review(&archive, &["in/robin 25"]);
    let told = archive.review(None, now()).unwrap().remarks;
    assert_eq!(told[1], "1 who was connected by then is left out");
    archive.connected = Connected::Unknown("there is no Connections.csv".to_owned());
    check_review(&archive, &["in/robin 25", "in/zoe 40"]);
    let told = archive.review(None, now()).unwrap().remarks;
    assert_eq!(told[1], "who is already connected is not left out: there is no Connections.csv");
}

#[test]
fn who_invited_back_is_in_doubt() {
    let mut archive = archive("1", "robin 25, zoe 40");
    archive.received.push(Received { from: key("robin").unwrap(), at: between("20") });
    archive.received.push(Received { from: key("zoe").unwrap(), at: between("60") });
    check_review(&archive, &["in/robin 25!", "in/zoe 40"]);
    archive.received.push(Received { from: key("zoe").unwrap(), at: None });
    check_review(&archive, &["in/robin 25!", "in/zoe 40!"]);
}

#[test]
fn without_a_profile_nobody_is_named_for_certain() {
    let mut archive = archive("1", "robin 60, robin 60, robin 61");
    for row in &mut archive.sent {
        row.to = None;
    }
    let review = archive.review(None, now()).unwrap();
    assert_eq!(review.invitations.len(), 2);
    let decision = Rules { list: vec![Rule::stale()], ..Rules::default() };
    let verdicts = review.invitations.iter().map(|one| decision.decide(one).verdict);
    assert!(verdicts.eq([Verdict::Unsure, Verdict::Unsure]));
}

#[test]
fn the_account_of_a_review_is_the_sender_of_the_rows() {
    let mut archive = archive("1", "robin 25, zoe 40");
    let account = |archive: &Archive, wanted: Option<&str>| {
        let review = archive.review(wanted, now());
        review.map(|review| (review.account, review.invitations.len())).map_err(|e| e.to_string())
    };
    assert_eq!(account(&archive, None), Ok((Some("me".to_owned()), 2)));
    assert_eq!(account(&archive, Some("Me")), Ok((Some("me".to_owned()), 2)));
    let other = "the archive is of in/me, but the config wants in/you";
    assert_eq!(account(&archive, Some("you")), Err(other.to_owned()));
    archive.sent[1].by = key("you");
    let several = "the rows of the archive were sent by several accounts: in/me, in/you";
    assert_eq!(account(&archive, None), Err(several.to_owned()));
    assert_eq!(account(&archive, Some("you")), Ok((Some("you".to_owned()), 1)));
}

#[test]
fn an_address_is_made_anew_from_its_key() {
    let archive = archive("1", "zoë-日 25");
    let review = archive.review(None, now()).unwrap();
    let address = review.invitations[0].profile_url.clone().unwrap();
    assert_eq!(address, "https://www.linkedin.com/in/zo%C3%AB-%E6%97%A5");
    assert_eq!(Key::from_profile(&address), key("zoë-日"));
}

/// An interval of whole hours.
fn span() -> impl Strategy<Value = (i64, i64)> {
    (0_i64..2000, 0_i64..800).prop_map(|(from, length)| (from, from + length))
}

fn hours(hours: i64) -> Timestamp {
    now() - SignedDuration::from_hours(hours)
}

proptest! {
    #[test]
    fn a_joined_age_is_always_within_the_pages(
        page in span(),
        rows in prop::collection::vec(span(), 0..4),
        made in 0_i64..2000,
    ) {
        let mut archive = archive("1", "");
        archive.received[0].at = Some(Between { after: hours(made), until: hours(made) });
        archive.sent = rows.iter().map(|(min, max)| Sent {
            at: Some(Between { after: hours(max + 1), until: hours(*min) }),
            ..sent(2, "robin ?")
        }).collect();
        let age = Age {
            earliest: hours(page.1 + 1), latest: hours(page.0), now: now(), source: Source::Stated,
        };
        let card = Invitation { age: Some(age), ..card("?") };
        let joined = archive.join(vec![card], None, now()).invitations[0].age.unwrap();
        prop_assert!(joined.earliest >= age.earliest && joined.latest <= age.latest);
        prop_assert!(joined.earliest < joined.latest);
    }

    /// Whatever was sent before, withdrawn, and sent again: the truth is in the joined age.
    #[test]
    fn the_true_time_is_never_outside_of_a_joined_age(
        truth in 0_i64..2000,
        (before, after) in (0_i64..800, 0_i64..800),
        earlier in prop::collection::vec(1_i64..2000, 0..3),
        made in 0_i64..2000,
    ) {
        let zone = |at: i64| Between { after: hours(at + 14), until: hours((at - 12).max(0)) };
        let row = |at: i64| Sent { at: Some(zone(at)), note: Some(at.to_string()), ..sent(2, "robin ?") };
        let earlier = earlier.iter().map(|before| truth + before);
        let listed = earlier.chain([truth]).filter(|at| *at >= made);
        let mut archive = archive("1", "");
        archive.sent = listed.map(row).collect();
        archive.received[0].at = Some(zone(made));
        let age = Age {
            earliest: hours(truth + before + 1),
            latest: hours((truth - after).max(0)),
            now: now(),
            source: Source::Stated,
        };
        let card = Invitation { age: Some(age), ..card("?") };
        let joined = archive.join(vec![card], None, now()).invitations.remove(0);
        let age = joined.age.unwrap();
        prop_assert!(age.earliest < hours(truth) && hours(truth) <= age.latest);
        let note = joined.note.map(|note| note.parse::<i64>().unwrap());
        prop_assert!(note.is_none_or(|note| note == truth), "{:?}", note);
        prop_assert_eq!(joined.doubt, None);
    }
}
