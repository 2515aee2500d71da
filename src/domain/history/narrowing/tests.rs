//! Readings in one line each, and the truth: whatever honest pages say, the age contains it.

use proptest::prelude::*;

use super::*;
use crate::domain::history::{Boot, Event, EventKind, Outcome, RunId, Site};
use crate::domain::language::bundled;

const HOUR: i64 = 3_600;
const KEY: &str = "in/robin";

fn now() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

fn site() -> Site {
    Site::of("https://www.linkedin.com").unwrap()
}

fn stated(text: &str, at: Timestamp) -> Option<Age> {
    bundled("en").unwrap().parse_age(&format!("Sent {text}"), at)
}

fn invitation(key: &str, age: Option<Age>) -> Invitation {
    Invitation {
        key: Key::recorded(key),
        name: "Robin Example".to_owned(),
        profile_url: None,
        headline: None,
        note: None,
        kind: Kind::Person,
        sent_text: String::new(),
        age,
        doubt: None,
    }
}

/// A history that is made reading by reading.
struct Book {
    history: History,
    runs: u128,
    account: Option<String>,
    boot: Option<Boot>,
}

impl Book {
    fn new() -> Self {
        let account = Some("me".to_owned());
        Self { history: History::new(site()), runs: 0, account, boot: None }
    }

    fn add(&mut self, at: Timestamp, kind: EventKind) {
        let run = RunId::new(now(), self.runs);
        self.history.add(&Event { run, at, kind });
    }

    fn start(&mut self, at: Timestamp) {
        self.runs += 1;
        let (site, account, version) = (site(), self.account.clone(), String::new());
        let boot = self.boot.clone();
        self.add(at, EventKind::LookStarted { site, account, version, boot });
    }

    /// Whoever is listed under this pill, and what the page says about them.
    fn read(&mut self, at: Timestamp, pill: Kind, complete: bool, listed: &[(&str, Option<Age>)]) {
        for (key, age) in listed {
            let kind = EventKind::Sighted {
                key: Key::recorded(*key),
                name: "Robin Example".to_owned(),
                profile_url: None,
                sent_text: String::new(),
                sent_between: age.map(|age| (age.earliest, age.latest)),
            };
            self.add(at, kind);
        }
        let (announced, read) = (None, u32::try_from(listed.len()).unwrap());
        self.add(at, EventKind::ScanEnded { pill, announced, read, complete });
    }

    /// One step of a script: `12: 2 weeks ago` is a reading 12 days ago; instead of an age, `gone`
    /// is a whole list without the person and `part` one that ended early, `unread` an age that was
    /// not understood, `page` an invitation to follow a page, `withdrawn` what a run of ours did,
    /// `nobody` and `other` change who is signed in.
    fn step(&mut self, step: &str) -> Option<Age> {
        let (ago, what) = step.trim().split_once(": ").unwrap();
        let at = now() - days(ago.parse().unwrap());
        self.start(at);
        match what {
            "gone" => self.read(at, Kind::Person, true, &[]),
            "part" => self.read(at, Kind::Person, false, &[]),
            "unread" => self.read(at, Kind::Person, true, &[(KEY, None)]),
            "page" => {
                self.read(at, Kind::Page, true, &[(KEY, stated("5 weeks ago", at))]);
            }
            "withdrawn" => {
                let (site, account, version) = (site(), self.account.clone(), String::new());
                self.runs += 1;
                self.add(at, EventKind::RunStarted { site, account, version, boot: None });
                let (outcome, detail) = (Outcome::Withdrawn, String::new());
                self.add(at, EventKind::Outcome { key: Key::recorded(KEY), outcome, detail });
            }
            "nobody" => self.account = None,
            "me" => self.account = Some("Me".to_owned()),
            "other" => self.account = Some("other".to_owned()),
            text => {
                let age = stated(text, at);
                self.read(at, Kind::Person, true, &[(KEY, age)]);
                return Some(age.unwrap());
            }
        }
        None
    }
}

/// The last step is the reading at hand.
fn last_age(script: &str) -> Age {
    let mut book = Book::new();
    let ages: Vec<_> = script.split('|').map(|step| book.step(step)).collect();
    let last = ages.last().copied().flatten();
    book.history.narrowed(invitation(KEY, last)).age.unwrap()
}

/// `21–22 since 7`: days, and how many days ago the person was first seen.
#[track_caller]
fn check(script: &str, expected: &str) {
    let age = last_age(script);
    let since = age.seen_since().map(|since| (now().duration_since(since)).as_hours() / 24);
    let since = since.map(|days| format!(" since {days}")).unwrap_or_default();
    assert_eq!(format!("{}–{}{since}", age.days().min, age.days().max), expected, "{script}");
}

#[test]
fn two_texts_on_two_days_make_the_age_narrower_than_either() {
    check("0: 3 weeks ago", "21–27");
    check("1: 2 weeks ago | 0: 3 weeks ago", "21–22 since 1");
    check("4: 2 weeks ago | 0: 3 weeks ago", "21–25 since 4");
    check("3: 3 weeks ago | 0: 3 weeks ago", "23–27 since 3");
    check("8: 1 day ago | 0: 1 week ago", "8–10 since 8");
}

#[test]
fn looking_each_week_keeps_what_the_first_days_said() {
    let script = "21: 3 days ago | 14: 1 week ago | 7: 2 weeks ago | 0: 3 weeks ago";
    check(script, "23–25 since 21");
    check("60: 1 week ago | 30: 1 month ago | 0: 2 months ago", "66–74 since 60");
}

#[test]
fn a_reading_that_says_nothing_new_changes_nothing() {
    check("0: 3 weeks ago | 0: 3 weeks ago", "21–27");
    check("1: unread | 0: 3 weeks ago", "21–27");
    check("2: 2 weeks ago | 1: unread | 0: 3 weeks ago", "21–23 since 2");
    check("2: 2 weeks ago | 1: part | 0: 3 weeks ago", "21–23 since 2");
}

#[test]
fn the_newest_text_wins_where_an_earlier_one_contradicts() {
    check("1: 5 weeks ago | 0: 3 weeks ago", "21–27");
    check("1: 5 days ago | 0: 3 weeks ago", "21–27");
    check("3: 2 weeks ago | 2: 5 weeks ago | 1: 2 weeks ago | 0: 3 weeks ago", "21–22 since 1");
    check("9: 3 weeks ago | 0: 2 days ago", "2–2");
}

#[test]
fn whoever_may_have_been_invited_again_starts_anew() {
    check("40: 2 days ago | 0: 1 month ago", "31–60");
    check("18: 2 days ago | 0: 2 weeks ago", "14–20");
    check("18: 2 days ago | 5: 2 weeks ago | 0: 2 weeks ago", "19–20 since 18");
    check("1: 2 weeks ago | 1: gone | 0: 3 weeks ago", "21–27");
    check("1: 2 weeks ago | 1: withdrawn | 0: 3 weeks ago", "21–27");
}

#[test]
fn only_the_same_invitation_of_the_same_account_takes_part() {
    check("1: page | 0: 3 weeks ago", "21–27");
    check("2: 2 weeks ago | 1: other | 0: 3 weeks ago", "21–27");
    check("2: 2 weeks ago | 1: nobody | 0: 3 weeks ago", "21–27");
    check("3: nobody | 2: 2 weeks ago | 1: me | 0: 3 weeks ago", "21–27");
    check("3: me | 2: 2 weeks ago | 1: me | 0: 3 weeks ago", "21–23 since 2");
}

#[test]
fn no_age_of_somebody_without_a_profile_or_in_doubt_is_narrowed() {
    let mut book = Book::new();
    let yesterday = now() - days(1);
    let (before, age) = (stated("2 weeks ago", yesterday), stated("3 weeks ago", now()));
    let keys = ["card/1", "email/a@example.org", "in/a"];
    book.start(yesterday);
    book.read(yesterday, Kind::Person, true, &keys.map(|key| (key, before)));
    book.start(now());
    book.read(now(), Kind::Person, true, &keys.map(|key| (key, age)));
    let max = |invitation| book.history.narrowed(invitation).age.map(|age| age.days().max);
    assert_eq!(keys.map(|key| max(invitation(key, age))), [Some(27), Some(27), Some(22)]);
    let doubt = Some("it stands on the page more than once".to_owned());
    assert_eq!(max(Invitation { doubt, ..invitation("in/a", age) }), Some(27));
    assert_eq!(max(invitation("in/a", None)), None);
}

#[test]
fn a_clock_that_was_set_ends_what_earlier_readings_say() {
    let mut book = Book::new();
    let boot = |hours| Some(Boot { id: "x".to_owned(), up: SignedDuration::from_hours(hours) });
    let mut max = |hours, text: &str| {
        book.boot = boot(hours);
        let at = now() + SignedDuration::from_hours(hours);
        book.start(at);
        book.read(at, Kind::Person, true, &[(KEY, stated(text, at))]);
        book.history.narrowed(invitation(KEY, stated(text, at))).age.unwrap().days().max
    };
    assert_eq!(max(1, "2 weeks ago"), 20);
    assert_eq!(max(25, "3 weeks ago"), 22);
    book.boot = boot(26);
    let at = now() + SignedDuration::from_hours(30);
    book.start(at);
    let age = stated("3 weeks ago", at);
    assert_eq!(book.history.narrowed(invitation(KEY, age)).age, age, "four hours too far");
    let before = now() - days(1);
    let age = stated("3 weeks ago", before);
    assert_eq!(book.history.narrowed(invitation(KEY, age)).age, age, "set back");
}

#[test]
fn who_is_pending_by_the_last_whole_list_is_remembered_as_old_as_they_are_now() {
    let mut book = Book::new();
    for step in ["11: 2 weeks ago", "10: 3 weeks ago", "5: part"] {
        book.step(step);
    }
    let all = book.history.pending(Kind::Person, now());
    let [robin] = all.as_slice() else { panic!("{all:?}") };
    let age = robin.invitation.age.unwrap();
    assert_eq!((age.days().min, age.days().max), (31, 32));
    assert_eq!(
        (robin.seen_at, robin.invitation.name.as_str()),
        (now() - days(10), "Robin Example")
    );
    book.step("4: gone");
    assert!(book.history.pending(Kind::Person, now()).is_empty());
}

/// How long a month is on the site, in seconds: as long as its days, its mean, or as the calendar
/// has it.
#[derive(Clone, Copy, Debug)]
enum Months {
    ThirtyDays,
    Mean,
    Calendar,
}

/// What a page that rounds down says of an age; weeks until 30 days, months until a year.
fn honest(sent: Timestamp, at: Timestamp, months: Months, midnights: bool) -> String {
    let age = at.duration_since(sent).as_secs();
    // A page may count midnights instead of whole days.
    let day = |at: Timestamp| at.as_second().div_euclid(24 * HOUR);
    let whole_days = if midnights { day(at) - day(sent) } else { age / (24 * HOUR) };
    let whole_months = match months {
        Months::ThirtyDays => whole_days / 30,
        Months::Mean => age * 12 / (8_766 * HOUR),
        Months::Calendar => {
            let [sent, at] = [sent, at].map(|at| at.to_zoned(jiff::tz::TimeZone::UTC));
            i64::from(sent.until((jiff::Unit::Month, &at)).unwrap().get_months())
        }
    };
    match (whole_days, whole_months) {
        (0, _) if age < HOUR => format!("{} minutes ago", age / 60),
        (0, _) => format!("{} hours ago", age / HOUR),
        (1, _) if midnights => "yesterday".to_owned(),
        (..7, _) => format!("{whole_days} days ago"),
        (..30, _) | (_, 0) => format!("{} weeks ago", whole_days / 7),
        (..365, 12..) => "11 months ago".to_owned(),
        (..365, months) => format!("{months} months ago"),
        _ => format!("{} years ago", whole_days / 365),
    }
}

/// One reading: so many hours after the one before, whether it was read to its end, whether the
/// person's invitation was withdrawn elsewhere just after it, and by how many hours the clock was
/// set back before it.
type Move = (i64, bool, bool, i64);

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let pause = prop_oneof![0_i64..30, 20_i64..200, 500_i64..3_000];
    let rarely = || prop_oneof![9 => Just(false), 1 => Just(true)];
    let set_back = prop_oneof![12 => Just(0_i64), 1 => 1_i64..400];
    prop::collection::vec((pause, any::<bool>(), rarely(), set_back), 1..24)
}

fn months() -> impl Strategy<Value = Months> {
    prop_oneof![Just(Months::ThirtyDays), Just(Months::Mean), Just(Months::Calendar)]
}

proptest! {
    #[test]
    fn whatever_honest_pages_say_the_narrowed_age_contains_the_truth(
        moves in moves(), months in months(), midnights in any::<bool>(),
        first in 0_i64..3_000, again in 73_i64..900,
    ) {
        let mut book = Book::new();
        // What it really is, and what the clock says.
        let (mut at, mut set_back) = (now(), SignedDuration::ZERO);
        let mut sent = now() - SignedDuration::from_hours(first) - SignedDuration::from_secs(1);
        for (pause, complete, withdrawn, back) in moves {
            at += SignedDuration::from_hours(pause);
            set_back += SignedDuration::from_hours(back);
            let clock = at - set_back;
            book.boot = Some(Boot { id: "x".to_owned(), up: at.duration_since(now()) });
            book.start(clock);
            if sent > at {
                book.read(clock, Kind::Person, complete, &[]);
                continue;
            }
            let age = stated(&honest(sent, at, months, midnights), clock).unwrap();
            book.read(clock, Kind::Person, complete, &[(KEY, Some(age))]);
            let found = book.history.narrowed(invitation(KEY, Some(age))).age.unwrap();
            prop_assert!(found.earliest >= age.earliest && found.latest <= age.latest);
            prop_assert!(found.earliest < found.latest && found.now == age.now);
            let contains = |age: Age| {
                age.earliest < sent - set_back && sent - set_back <= age.latest
            };
            prop_assert!(
                contains(found) || !contains(age),
                "sent {sent}, read {clock}: {age:?} became {found:?}"
            );
            if withdrawn {
                sent = at + SignedDuration::from_hours(again);
            }
        }
    }

    #[test]
    fn whatever_pages_say_nobody_is_made_older_than_the_newest_text_allows(
        moves in prop::collection::vec((0_i64..400, 0_usize..8), 1..12),
    ) {
        const TEXTS: [&str; 8] = [
            "5 minutes ago", "7 hours ago", "yesterday", "4 days ago", "2 weeks ago", "1 month ago",
            "7 months ago", "2 years ago",
        ];
        let mut book = Book::new();
        let mut at = now();
        for (pause, text) in moves {
            at += SignedDuration::from_hours(pause);
            let age = stated(TEXTS[text], at).unwrap();
            book.start(at);
            book.read(at, Kind::Person, true, &[(KEY, Some(age))]);
            let found = book.history.narrowed(invitation(KEY, Some(age))).age.unwrap();
            prop_assert!(found.earliest >= age.earliest && found.latest <= age.latest);
            prop_assert!(found.earliest < found.latest);
            let changed = (found.earliest, found.latest) != (age.earliest, age.latest);
            prop_assert_eq!(found.seen_since().is_some(), changed);
        }
    }
}
