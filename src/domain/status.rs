//! Where things stand, told from the journal alone: what was pending and when, what is due by now,
//! what the caps leave, and what earlier runs left open.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::domain::history::{Entry, History, PastRun, Scan};
use crate::domain::invitation::Kind;
use crate::domain::pace::Pace;
use crate::domain::rules::{Due, Rules};
use crate::domain::run::{DAY, HOUR, WEEK};

/// Where things stand on one site.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// The last reading of the list, complete or not.
    pub last_review: Option<Review>,
    /// How many were pending by the last complete list of each day, oldest first.
    pub pending: Vec<Pending>,
    pub due: Option<Counts>,
    /// The most that one run withdraws.
    pub per_run: u32,
    /// What the hour, the day and the week leave.
    pub room: [Room; 3],
    /// The site asked for rest until then, which is still to come.
    pub rest_until: Option<Timestamp>,
    /// The last run that might act.
    pub last_run: Option<PastRun>,
    /// Who may have been withdrawn or not.
    pub in_doubt: Vec<Entry>,
    /// Whom only the page's own word calls withdrawn.
    pub unverified: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    pub at: Timestamp,
    /// How many were read.
    pub read: u32,
    pub announced: Option<u32>,
    pub complete: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    pub at: Timestamp,
    pub count: u32,
}

/// How many of the last complete list the rules would withdraw now. Headlines and notes are not
/// remembered, so it is a least and a most; whoever answered since is counted still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Of so many that are still pending as far as is known.
    pub of: usize,
    /// When that list was read.
    pub seen_at: Timestamp,
    pub least: usize,
    pub most: usize,
}

/// What a sliding window leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    pub window: SignedDuration,
    pub cap: u32,
    pub left: u32,
    /// From when there is room again, where there is none.
    pub from: Option<Timestamp>,
}

impl Status {
    /// Days are those of `zone`.
    pub fn of(
        history: &History,
        rules: &Rules,
        pace: &Pace,
        clock: Timestamp,
        zone: &TimeZone,
    ) -> Self {
        let now = history.now(clock);
        let people = history.scans().iter().filter(|scan| scan.pill == Kind::Person);
        let room = |(window, cap)| room(history, now, window, cap);
        Self {
            last_review: people.clone().next_back().map(Review::of),
            pending: pending(people, zone),
            due: due(history, rules, clock),
            per_run: pace.per_run,
            room: [(HOUR, pace.per_hour), (DAY, pace.per_day), (WEEK, pace.per_week)].map(room),
            rest_until: history.cool_down_until().filter(|until| *until > now),
            last_run: history.runs().last().cloned(),
            in_doubt: history.in_doubt().into_iter().cloned().collect(),
            unverified: history.unverified().into_iter().cloned().collect(),
        }
    }
}

impl Review {
    fn of(scan: &Scan) -> Self {
        let Scan { at, read, announced, complete, .. } = *scan;
        Self { at, read, announced, complete }
    }
}

/// The last of each day, in the order of reading.
fn pending<'a>(scans: impl Iterator<Item = &'a Scan>, zone: &TimeZone) -> Vec<Pending> {
    let day = |at: Timestamp| zone.to_datetime(at).date();
    let mut days: Vec<Pending> = Vec::new();
    for scan in scans.filter(|scan| scan.complete) {
        if days.last().is_some_and(|last| day(last.at) == day(scan.at)) {
            days.pop();
        }
        days.push(Pending { at: scan.at, count: scan.read });
    }
    days
}

fn due(history: &History, rules: &Rules, clock: Timestamp) -> Option<Counts> {
    let scans = history.scans().iter();
    let complete = |scan: &&Scan| scan.pill == Kind::Person && scan.complete;
    let seen_at = scans.rev().find(complete)?.at;
    let all = history.pending(Kind::Person, clock);
    let found: Vec<Due> = all.iter().map(|one| rules.due(&one.invitation)).collect();
    let at_least = |due| found.iter().filter(|found| **found >= due).count();
    let (least, most) = (at_least(Due::Surely), at_least(Due::Perhaps));
    Some(Counts { of: all.len(), seen_at, least, most })
}

fn room(history: &History, now: Timestamp, window: SignedDuration, cap: u32) -> Room {
    let used = u32::try_from(history.counted(now, window)).unwrap_or(u32::MAX);
    let from = history.next_free(now, window, cap);
    Room { window, cap, left: cap.saturating_sub(used), from }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::history::{Event, EventKind, Outcome, RunId, Site, StopWord};
    use crate::domain::invitation::Key;
    use crate::domain::keep::KeepList;
    use crate::domain::rules::Rule;

    const SITE: &str = "https://www.linkedin.com";

    fn at(day: i64, hour: i64) -> Timestamp {
        let days = SignedDuration::from_hours(24 * day + hour);
        "2026-11-01T00:00:00Z".parse::<Timestamp>().unwrap() + days
    }

    fn started(acts: bool) -> EventKind {
        let (site, account) = (Site::recorded(SITE), Some("me".to_owned()));
        let (version, boot) = (String::new(), None);
        match acts {
            true => EventKind::RunStarted { site, account, version, boot },
            false => EventKind::LookStarted { site, account, version, boot },
        }
    }

    /// One list of people who were sent so many days before.
    fn list(at: Timestamp, days: &str, complete: bool) -> Vec<EventKind> {
        let days: Vec<i64> = days.split(", ").map(|days| days.parse().unwrap()).collect();
        let sighted = (1..).zip(&days).map(|(place, days)| {
            let latest = at - SignedDuration::from_hours(24 * days);
            EventKind::Sighted {
                key: Key::recorded(format!("in/{place}")),
                name: format!("Person {place}"),
                profile_url: None,
                sent_text: String::new(),
                sent_between: Some((latest - DAY, latest)),
            }
        });
        let read = u32::try_from(days.len()).unwrap();
        let (pill, announced) = (Kind::Person, Some(read + 1));
        let ended = EventKind::ScanEnded { pill, announced, read, complete };
        std::iter::once(started(false)).chain(sighted).chain([ended]).collect()
    }

    fn kinds(at: Timestamp, verb: &str, object: &str) -> Vec<EventKind> {
        let key = || Key::recorded(format!("in/{object}"));
        let detail = String::new;
        match verb {
            "see" => list(at, object, true),
            "part" => list(at, object, false),
            "act" => vec![started(true)],
            "begin" => {
                let (name, rule) = (object.to_owned(), "stale".to_owned());
                vec![EventKind::Intent { key: key(), name, profile_url: None, rule }]
            }
            "gone" => {
                let outcome = Outcome::Withdrawn;
                vec![
                    EventKind::Outcome { key: key(), outcome, detail: detail() },
                    EventKind::Verified { key: key(), gone: true },
                ]
            }
            "rest" => {
                let until = at + SignedDuration::from_hours(object.parse().unwrap());
                vec![EventKind::CoolDown { until, detail: detail() }]
            }
            "stop" => {
                let word = StopWord::from_word(object);
                vec![EventKind::Stopped { word, detail: detail() }]
            }
            _ => panic!("{verb}"),
        }
    }

    /// Steps separated by `|`, each `day hour what`: `see 40, 60` are people who were sent so many
    /// days before, read to the end; `part` ends early; `act` is a run that may act, in which
    /// `begin 2`, `gone 2` happen to the second of them.
    fn history(script: &str) -> History {
        let mut history = History::new(Site::recorded(SITE));
        let mut run = 0;
        for step in script.split('|') {
            let mut words = step.trim().splitn(3, ' ');
            let mut number = || words.next().unwrap().parse().unwrap();
            let at = at(number(), number());
            let what = words.next().unwrap();
            let (verb, object) = what.split_once(' ').unwrap_or((what, ""));
            run += u128::from(["see", "part", "act"].contains(&verb));
            for kind in kinds(at, verb, object) {
                history.add(&Event { run: RunId::new(self::at(0, 0), run), at, kind });
            }
        }
        history
    }

    fn status(script: &str, now: Timestamp) -> Status {
        let rules = Rules { list: vec![Rule::stale()], keep: KeepList::default() };
        Status::of(&history(script), &rules, &Pace::default(), now, &TimeZone::UTC)
    }

    fn due(script: &str, now: Timestamp) -> (usize, usize) {
        let due = status(script, now).due.unwrap();
        assert_eq!(due.least, due.most);
        (due.least, due.of)
    }

    #[test]
    fn the_last_whole_list_of_each_day_is_drawn() {
        let script = "0 9 see 1, 1, 1 | 0 12 see 1, 1 | 1 9 part 1 | 2 0 see 1 | 2 23 part 1, 1";
        let status = status(script, at(3, 0));
        let drawn: Vec<_> = status.pending.iter().map(|day| (day.at, day.count)).collect();
        assert_eq!(drawn, [(at(0, 12), 2), (at(2, 0), 1)]);
        let last = Review { at: at(2, 23), read: 2, announced: Some(3), complete: false };
        assert_eq!(status.last_review, Some(last));
    }

    #[test]
    fn what_is_due_grows_with_time_alone() {
        let script = "0 0 see 41, 42, 50";
        assert_eq!(due(script, at(0, 1)), (2, 3));
        assert_eq!(due(script, at(1, 0)), (3, 3));
        assert_eq!(due("0 0 see 41, 42, 50 | 5 0 part 1", at(0, 1)), (2, 3));
    }

    #[test]
    fn whoever_was_withdrawn_or_begun_since_is_not_due() {
        let script = "0 0 see 41, 42, 50 | 0 1 act | 0 1 begin 2 | 0 1 gone 2";
        assert_eq!(due(script, at(0, 2)), (1, 2));
        assert_eq!(due(&format!("{script} | 0 2 begin 3"), at(0, 2)), (0, 1));
    }

    #[test]
    fn caps_say_what_is_left_and_from_when_there_is_more() {
        let script = "0 0 act | 0 1 begin 1 | 0 5 begin 2";
        let rules = Rules::default();
        let pace = Pace { per_hour: 1, per_day: 3, per_week: 2, ..Pace::default() };
        let status = Status::of(&history(script), &rules, &pace, at(0, 5), &TimeZone::UTC);
        let room = status.room.map(|room| (room.left, room.from));
        assert_eq!(room, [(0, Some(at(0, 6))), (1, None), (0, Some(at(7, 1)))]);
    }

    #[test]
    fn what_a_stopped_run_left_is_told() {
        let script = "0 0 see 9 | 0 1 act | 0 1 begin 1 | 0 2 rest 24 | 0 2 stop rate-limited";
        let status = status(script, at(0, 3));
        assert_eq!(status.rest_until, Some(at(1, 2)));
        assert_eq!(status.in_doubt.len(), 1);
        let end = status.last_run.unwrap().end.unwrap();
        assert_eq!((end.at, end.word), (at(0, 2), Some(StopWord::RateLimited)));
        assert_eq!(self::status(script, at(1, 2)).rest_until, None);
    }

    #[test]
    fn without_any_reading_there_is_nothing_but_the_caps() {
        let status = Status::of(
            &History::new(Site::recorded(SITE)),
            &Rules::default(),
            &Pace::default(),
            at(0, 0),
            &TimeZone::UTC,
        );
        assert_eq!((status.last_review, status.due, status.last_run), (None, None, None));
        assert_eq!(status.room.map(|room| room.left), [20, 40, 150]);
    }
}
