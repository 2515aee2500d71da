//! One event, one row: the format on the disk, and the only place that knows it.

use jiff::{SignedDuration, Timestamp};
use rusqlite::types::FromSql;
use rusqlite::{Row, Statement, named_params};

use crate::domain::history::{Boot, Event, EventKind, Outcome, RunId, Site, StopWord};
use crate::domain::invitation::{Key, Kind};

pub(super) const INSERT_RUN: &str = "
    INSERT INTO run (id, site, account, version, boot, up_ms, acts)
    VALUES (:id, :site, :account, :version, :boot, :up_ms, :acts)";

pub(super) const INSERT: &str = "
    INSERT INTO event (run, at, kind, key, name, profile_url, sent_text, earliest, latest, pill,
        announced, read, complete, rule, outcome, gone, until, stop, detail)
    VALUES (:run, :at, :kind, :key, :name, :profile_url, :sent_text, :earliest, :latest, :pill,
        :announced, :read, :complete, :rule, :outcome, :gone, :until, :stop, :detail)";

/// What `write_run` wrote of a run, as a `RunRow`.
pub(super) const SELECT_RUN: &str =
    "SELECT site, account, version, boot, up_ms, acts FROM run WHERE id = ?1";

type RunRow = (String, Option<String>, String, Option<String>, Option<i64>, bool);

/// Names of runs sort as the runs began.
pub(super) const SELECT_SITES: &str =
    "SELECT site FROM run WHERE acts = 1 GROUP BY site ORDER BY min(id)";

/// The site that was read last, last.
pub(super) const SELECT_SITES_SEEN: &str = "SELECT site FROM run GROUP BY site ORDER BY max(id)";

/// Every event.
pub(super) fn select_all() -> String {
    select(SEEN, "TRUE")
}

/// No readings of the list, which are most of a journal.
pub(super) fn select_deeds() -> String {
    select(UNSEEN, DEEDS)
}

/// The same, and what was seen of these keys: a JSON list, for want of a simpler one.
pub(super) fn select_deeds_and_sightings() -> String {
    let these = "kind = 'sighted' AND key IN (SELECT value FROM json_each(:keys))";
    select(SEEN, &format!("{DEEDS} OR {these}"))
}

const DEEDS: &str = "kind <> 'sighted' AND kind <> 'scan-ended'";

/// What only readings have.
const SEEN: &str = "sent_text, earliest, latest, pill, announced, read, complete";
const UNSEEN: &str = "NULL, NULL, NULL, NULL, NULL, NULL, NULL";

/// In the order of `Column`, and of writing. What a run began with is asked for where it begins: to
/// join it to each event takes a tenth of the time of reading them.
fn select(seen: &str, condition: &str) -> String {
    format!(
        "SELECT number, run, at, kind, key, name, profile_url, {seen}, rule, outcome, gone, until,
            stop, detail
        FROM event WHERE {condition} ORDER BY number"
    )
}

/// Where each column of `select` stands: to look them up by name takes longer than all the rest.
#[derive(Clone, Copy)]
enum Column {
    Number,
    Run,
    At,
    Kind,
    Key,
    Name,
    ProfileUrl,
    SentText,
    Earliest,
    Latest,
    Pill,
    Announced,
    Read,
    Complete,
    Rule,
    Outcome,
    Gone,
    Until,
    Stop,
    Detail,
}

/// What the row before was read as. The rows of one reading repeat its run and its time, and people
/// of one age theirs; to parse these anew for each is most of the work.
#[derive(Default)]
pub(super) struct Memo {
    run: Option<(String, RunId)>,
    at: Option<(String, Timestamp)>,
    earliest: Option<(String, Timestamp)>,
    latest: Option<(String, Timestamp)>,
}

/// The columns that an event may have besides run, time and kind.
#[derive(Default)]
struct Columns<'a> {
    kind: &'static str,
    key: Option<&'a Key>,
    name: Option<&'a str>,
    profile_url: Option<&'a str>,
    sent_text: Option<&'a str>,
    sent_between: Option<(Timestamp, Timestamp)>,
    pill: Option<Kind>,
    announced: Option<u32>,
    read: Option<u32>,
    complete: Option<bool>,
    rule: Option<&'a str>,
    outcome: Option<Outcome>,
    gone: Option<bool>,
    until: Option<Timestamp>,
    stop: Option<StopWord>,
    detail: Option<&'a str>,
}

/// Writes the row that every later event of this run refers to.
pub(super) fn write_run(insert: &mut Statement<'_>, event: &Event) -> rusqlite::Result<()> {
    let (EventKind::RunStarted { site, account, version, boot }
    | EventKind::LookStarted { site, account, version, boot }) = &event.kind
    else {
        return Ok(());
    };
    let acts = matches!(event.kind, EventKind::RunStarted { .. });
    let up = boot.as_ref().map(|boot| boot.up.as_millis());
    insert.execute(named_params! {
        ":id": event.run.to_string(),
        ":site": site.as_str(),
        ":account": account,
        ":version": version,
        ":boot": boot.as_ref().map(|boot| &boot.id),
        ":up_ms": up.and_then(|up| i64::try_from(up).ok()),
        ":acts": acts,
    })?;
    Ok(())
}

pub(super) fn write(insert: &mut Statement<'_>, event: &Event) -> rusqlite::Result<()> {
    let columns = columns(&event.kind);
    let text = |at: Timestamp| at.to_string();
    insert.execute(named_params! {
        ":run": event.run.to_string(),
        ":at": text(event.at),
        ":kind": columns.kind,
        ":key": columns.key.map(Key::as_str),
        ":name": columns.name,
        ":profile_url": columns.profile_url,
        ":sent_text": columns.sent_text,
        ":earliest": columns.sent_between.map(|(earliest, _)| text(earliest)),
        ":latest": columns.sent_between.map(|(_, latest)| text(latest)),
        ":pill": columns.pill.map(Kind::word),
        ":announced": columns.announced,
        ":read": columns.read,
        ":complete": columns.complete,
        ":rule": columns.rule,
        ":outcome": columns.outcome.map(Outcome::word),
        ":gone": columns.gone,
        ":until": columns.until.map(text),
        ":stop": columns.stop.map(StopWord::word),
        ":detail": columns.detail,
    })?;
    Ok(())
}

/// The event of a row of these, with `SELECT_RUN` for what its run began with; `None` when this is
/// not one that `write` wrote.
pub(super) fn read(
    row: &Row<'_>,
    select_run: &mut Statement<'_>,
    memo: &mut Memo,
) -> Option<Event> {
    let kind = get_str(row, Column::Kind)??;
    Some(Event {
        run: known(get_str(row, Column::Run)??, &mut memo.run, RunId::parse)?,
        at: known_time(row, Column::At, &mut memo.at)?,
        kind: match kind {
            "run-started" => run_started(row, select_run)?,
            "sighted" => sighted(row, memo)?,
            "scan-ended" => scan_ended(row)?,
            "intent" => EventKind::Intent {
                key: key(row)?,
                name: text(row, Column::Name)?,
                profile_url: get(row, Column::ProfileUrl)?,
                rule: text(row, Column::Rule)?,
            },
            "opened" => EventKind::Opened { key: key(row)? },
            "confirm-sent" => EventKind::ConfirmSent { key: key(row)? },
            "outcome" => EventKind::Outcome {
                key: key(row)?,
                outcome: Outcome::from_word(&text(row, Column::Outcome)?)?,
                detail: text(row, Column::Detail)?,
            },
            "verified" => EventKind::Verified { key: key(row)?, gone: get(row, Column::Gone)? },
            "cool-down" => EventKind::CoolDown {
                until: time(row, Column::Until)?,
                detail: text(row, Column::Detail)?,
            },
            "stopped" => stopped(row)?,
            _ => return None,
        },
    })
}

/// For the sentence about a row that can't be read.
pub(super) fn number(row: &Row<'_>) -> i64 {
    row.get(Column::Number as usize).unwrap_or_default()
}

fn columns(kind: &EventKind) -> Columns<'_> {
    match kind {
        EventKind::Sighted { key, name, profile_url, sent_text, sent_between } => Columns {
            name: Some(name),
            profile_url: profile_url.as_deref(),
            sent_text: Some(sent_text),
            sent_between: *sent_between,
            ..about("sighted", key)
        },
        EventKind::Intent { key, name, profile_url, rule } => Columns {
            name: Some(name),
            profile_url: profile_url.as_deref(),
            rule: Some(rule),
            ..about("intent", key)
        },
        EventKind::Opened { key } => about("opened", key),
        EventKind::ConfirmSent { key } => about("confirm-sent", key),
        EventKind::Outcome { key, outcome, detail } => {
            Columns { outcome: Some(*outcome), detail: Some(detail), ..about("outcome", key) }
        }
        EventKind::Verified { key, gone } => {
            Columns { gone: Some(*gone), ..about("verified", key) }
        }
        EventKind::RunStarted { .. } | EventKind::LookStarted { .. } => of("run-started"),
        EventKind::ScanEnded { .. } | EventKind::CoolDown { .. } | EventKind::Stopped { .. } => {
            columns_without_a_person(kind)
        }
    }
}

fn columns_without_a_person(kind: &EventKind) -> Columns<'_> {
    match kind {
        EventKind::ScanEnded { pill, announced, read, complete } => Columns {
            pill: Some(*pill),
            announced: *announced,
            read: Some(*read),
            complete: Some(*complete),
            ..of("scan-ended")
        },
        EventKind::CoolDown { until, detail } => {
            Columns { until: Some(*until), detail: Some(detail), ..of("cool-down") }
        }
        EventKind::Stopped { word, detail } => {
            Columns { stop: *word, detail: Some(detail), ..of("stopped") }
        }
        // The table refuses a row without a kind.
        _ => Columns::default(),
    }
}

fn of(kind: &'static str) -> Columns<'static> {
    Columns { kind, ..Columns::default() }
}

fn about<'a>(kind: &'static str, key: &'a Key) -> Columns<'a> {
    Columns { kind, key: Some(key), ..Columns::default() }
}

fn run_started(row: &Row<'_>, select_run: &mut Statement<'_>) -> Option<EventKind> {
    let id = get_str(row, Column::Run)??;
    let run = select_run.query_row([id], |run| RunRow::try_from(run)).ok()?;
    let (site, account, version, boot, up, acts) = run;
    let site = Site::recorded(site);
    let boot = boot.zip(up).map(|(id, up)| Boot { id, up: SignedDuration::from_millis(up) });
    Some(match acts {
        true => EventKind::RunStarted { site, account, version, boot },
        false => EventKind::LookStarted { site, account, version, boot },
    })
}

fn sighted(row: &Row<'_>, memo: &mut Memo) -> Option<EventKind> {
    let sent_between = match get_str(row, Column::Earliest)? {
        Some(_) => Some((
            known_time(row, Column::Earliest, &mut memo.earliest)?,
            known_time(row, Column::Latest, &mut memo.latest)?,
        )),
        None => None,
    };
    Some(EventKind::Sighted {
        key: key(row)?,
        name: text(row, Column::Name)?,
        profile_url: get(row, Column::ProfileUrl)?,
        sent_text: text(row, Column::SentText)?,
        sent_between,
    })
}

fn scan_ended(row: &Row<'_>) -> Option<EventKind> {
    let word = text(row, Column::Pill)?;
    Some(EventKind::ScanEnded {
        pill: Kind::ALL.into_iter().find(|kind| kind.word() == word)?,
        announced: get(row, Column::Announced)?,
        read: get(row, Column::Read)?,
        complete: get(row, Column::Complete)?,
    })
}

fn stopped(row: &Row<'_>) -> Option<EventKind> {
    let word = match get_str(row, Column::Stop)? {
        Some(word) => Some(StopWord::from_word(word)?),
        None => None,
    };
    Some(EventKind::Stopped { word, detail: text(row, Column::Detail)? })
}

fn key(row: &Row<'_>) -> Option<Key> {
    text(row, Column::Key).map(Key::recorded)
}

fn text(row: &Row<'_>, column: Column) -> Option<String> {
    get(row, column)
}

fn time(row: &Row<'_>, column: Column) -> Option<Timestamp> {
    get_str(row, column)??.parse().ok()
}

fn known_time(
    row: &Row<'_>,
    column: Column,
    last: &mut Option<(String, Timestamp)>,
) -> Option<Timestamp> {
    known(get_str(row, column)??, last, |text| text.parse().ok())
}

/// What the text was read as the last time, if it is the same.
fn known<T: Copy>(
    text: &str,
    last: &mut Option<(String, T)>,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    if let Some((known, value)) = last
        && known == text
    {
        return Some(*value);
    }
    let value = parse(text)?;
    *last = Some((text.to_owned(), value));
    Some(value)
}

/// `None` when the column is of another type; so is NULL, unless `T` is an option.
fn get<T: FromSql>(row: &Row<'_>, column: Column) -> Option<T> {
    row.get(column as usize).ok()
}

/// As `get`, without a copy.
fn get_str<'a>(row: &'a Row<'_>, column: Column) -> Option<Option<&'a str>> {
    let value = row.get_ref(column as usize).ok()?;
    value.as_str_or_null().ok()
}
