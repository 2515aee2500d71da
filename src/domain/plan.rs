//! The plan: a report that was saved to be applied, and that a person may shorten.
//!
//! What was reviewed is what is applied. Entries may be deleted, with any tool; any other change
//! is found by the seals and refused. They find edits, by slip or by misunderstanding. They are no
//! protection against somebody who computes them anew: that needs no secret, only this file.

mod refusal;
mod seal;

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

pub use self::refusal::Refusal;
use crate::domain::history::Site;
use crate::domain::invitation::{Key, Kind};
use crate::domain::json::{Fields, JsonError, from_text};
use crate::domain::report::{Report, Row, SCHEMA};
use crate::domain::rules::Verdict;

/// The one version of the `plan` object that is written and read.
const FORMAT: u64 = 1;

/// By how much a plan may seem to be of the future: a clock is set right, a time is rounded.
const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(1);

/// A report, and until when it may be applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub report: Report,
    pub expires_at: Timestamp,
}

impl Plan {
    /// How long a plan is valid unless the config says otherwise.
    pub const USUAL: SignedDuration = SignedDuration::from_hours(24);
    pub const SHORTEST: SignedDuration = SignedDuration::from_mins(1);
    pub const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);

    /// The plan that this report makes, valid for so long from the time of the report.
    pub fn new(report: Report, valid_for: SignedDuration) -> Self {
        // Beyond the calendar nothing is valid.
        let expires_at = report.generated_at.checked_add(valid_for);
        Self { expires_at: expires_at.unwrap_or(report.generated_at), report }
    }

    /// The document as text, ending with a newline: that of the report with `plan` as last key.
    pub fn to_json(&self) -> String {
        let entries = self.report.rows.iter().map(Row::to_value);
        let entry_seals: Vec<String> = entries.map(|entry| seal::of_entry(&entry)).collect();
        let mut head = self.report.head();
        head["plan"] = json!({
            "format": FORMAT,
            "expires_at": format!("{:.0}", self.expires_at),
            "entry_seals": entry_seals,
        });
        if let Some(document) = head.as_object() {
            head["plan"]["seal"] = seal::of_rest(document).into();
        }
        self.report.to_json_with(&head)
    }

    /// The plan in this text, if entries were deleted from it and nothing else was done to it.
    pub fn from_json(text: &str) -> Result<Self, Refusal> {
        // An editor's byte order mark is no part of the text.
        let document = from_text(text.strip_prefix('\u{feff}').unwrap_or(text))?;
        let top = Fields::of(&document, String::new())?;
        top.schema(SCHEMA)?;
        let plan = top.get("plan").map_err(|_| Refusal::NoPlan)?;
        let plan = Fields::of(plan, top.place("plan"))?;
        let format = plan.get("format")?;
        if format.as_u64() != Some(FORMAT) {
            return Err(Refusal::Format(format.to_string()));
        }
        let expires_at = plan.text("expires_at")?.parse();
        let expires_at =
            expires_at.map_err(|_| plan.wrong("expires_at", "a time like 2026-11-23T10:00:00Z"))?;
        let report = Report::from_value(&document)?;
        check_ids(&report.rows)?;
        check_entries(&document, &report.rows, &entry_seals(&plan)?)?;
        let seal = plan.text("seal")?;
        if document.as_object().map(seal::of_rest) != Some(seal) {
            return Err(Refusal::EditedOutside);
        }
        check_kinds(&report.rows)?;
        check_addresses(&report.rows)?;
        Ok(Self { report, expires_at })
    }

    /// Whether the plan may be applied now, on this site, with this account signed in.
    pub fn check(&self, now: Timestamp, site: &str, account: Option<&str>) -> Result<(), Refusal> {
        let Self { report, expires_at } = self;
        let made_at = report.generated_at;
        if made_at.duration_since(now) > CLOCK_SLACK {
            return Err(Refusal::FromTheFuture { made_at, now });
        }
        if *expires_at <= now {
            return Err(Refusal::TooOld { expired_at: *expires_at, now });
        }
        let planned = Site::of(&report.site);
        if planned.is_none() || planned != Site::of(site) {
            let (planned, open) = (report.site.clone(), site.to_owned());
            return Err(Refusal::OtherSite { planned, open });
        }
        let Some(planned) = &report.account else {
            return Ok(());
        };
        match account {
            Some(found) if found.to_lowercase() == planned.to_lowercase() => Ok(()),
            found => Err(Refusal::OtherAccount {
                planned: planned.clone(),
                found: found.map(str::to_owned),
            }),
        }
    }

    /// What is to be withdrawn, in the plan's order.
    pub fn wanted(&self) -> impl Iterator<Item = &Row> {
        self.report.rows.iter().filter(|row| row.decision.verdict == Verdict::Withdraw)
    }
}

/// Every id stands there once.
fn check_ids(rows: &[Row]) -> Result<(), Refusal> {
    let mut ids = HashSet::new();
    match rows.iter().find(|row| !ids.insert(&row.invitation.key)) {
        Some(row) => Err(Refusal::Duplicate(row.invitation.key.to_string())),
        None => Ok(()),
    }
}

/// Every entry has its seal, and they stand in the order of the seals; seals may be left over.
fn check_entries(document: &Value, rows: &[Row], seals: &[&str]) -> Result<(), Refusal> {
    let entries = document["invitations"].as_array().into_iter().flatten();
    let mut left = seals;
    for (entry, row) in entries.zip(rows) {
        let seal = seal::of_entry(entry);
        if let Some(place) = left.iter().position(|other| *other == seal) {
            left = &left[place + 1..];
            continue;
        }
        let Row { invitation, .. } = row;
        let shown = format!("{} ({})", invitation.name, invitation.key);
        let passed = seals.contains(&seal.as_str());
        return Err(if passed { Refusal::Moved(shown) } else { Refusal::Edited(shown) });
    }
    Ok(())
}

/// All are invitations to people. Others are told apart well enough to look at, and no more.
fn check_kinds(rows: &[Row]) -> Result<(), Refusal> {
    let kinds = rows.iter().map(|row| row.invitation.kind);
    match kinds.into_iter().find(|kind| *kind != Kind::Person) {
        Some(kind) => Err(Refusal::OtherKind(kind.plural())),
        None => Ok(()),
    }
}

/// Every address is that of its id: a release that reads addresses otherwise may mean another
/// person by it.
fn check_addresses(rows: &[Row]) -> Result<(), Refusal> {
    for Row { invitation, .. } in rows {
        let Some(address) = &invitation.profile_url else { continue };
        if Key::from_profile(address).as_ref() != Some(&invitation.key) {
            let (id, profile_url) = (invitation.key.to_string(), address.clone());
            return Err(Refusal::OtherProfile { id, profile_url });
        }
    }
    Ok(())
}

fn entry_seals<'a>(plan: &Fields<'a>) -> Result<Vec<&'a str>, JsonError> {
    let wrong = || plan.wrong("entry_seals", "a list of texts");
    let list = plan.get("entry_seals")?.as_array().ok_or_else(wrong)?;
    list.iter().map(|seal| seal.as_str().ok_or_else(wrong)).collect()
}

#[cfg(test)]
mod tests;
