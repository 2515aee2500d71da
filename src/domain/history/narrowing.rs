//! Narrower ages: what several readings of one invitation say together.
//!
//! "2 weeks" on one day and "3 weeks" on the next can only be said of an invitation that is 21 days
//! old. So the intervals of all sightings of one invitation are laid over each other. What is shown
//! now always has the last word: the result is never wider than it, and where an earlier sighting
//! contradicts, that one and all before it are passed over.
//!
//! Whether an earlier sighting was of the same invitation, and not of one that was withdrawn and
//! sent anew, is shown and not assumed: by what the page says, the invitation was there already
//! when the earlier sighting was made, but for a few days in which nobody can be invited again.
//! A clock that was set ends the row, as far as it is noticed: by running back, or against the
//! machine's uptime; not when the machine was started anew with a clock that was wrong.

use jiff::{SignedDuration, Timestamp};

use crate::domain::age::{Age, Source};
use crate::domain::history::History;
use crate::domain::history::readings::{Place, Seen};
use crate::domain::invitation::{Invitation, Key, Kind};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Pages are drawn before they are read, clocks are set a little, and "4 days ago" may count
/// midnights: an earlier sighting is taken as so much wider on both sides.
const SLACK: SignedDuration = DAY;
/// An interval as wide as this is counted in months or years. What the site calls a month is not
/// known: 30 days, a calendar one, or a twelfth of a year.
const MONTH: SignedDuration = SignedDuration::from_hours(28 * 24);
/// These differ by less than such a part of the age.
const MONTHS_DIFFER_BY: i32 = 30;
/// The site lets nobody be invited again "for up to 3 weeks" after a withdrawal; this much of it
/// is relied on.
const NOT_AGAIN_WITHIN: SignedDuration = SignedDuration::from_hours(3 * 24);

/// Sent after the first instant, at the second or before.
type Between = (Timestamp, Timestamp);

/// An invitation as the last complete list showed it.
#[derive(Clone, Debug, PartialEq)]
pub struct Remembered {
    pub invitation: Invitation,
    /// When it was last seen.
    pub seen_at: Timestamp,
}

impl History {
    /// This invitation with the age that all its sightings allow together, as the run that began
    /// last reads it now. Unchanged where nothing tells the person or the account for certain.
    pub fn narrowed(&self, invitation: Invitation) -> Invitation {
        let Some(age) = invitation.age.filter(|_| invitation.doubt.is_none()) else {
            return invitation;
        };
        let here = self.readings.here(invitation.kind);
        let seen = self.readings.seen(invitation.kind, &invitation.key);
        let is_certain = self.readings.reader().is_some() && invitation.key.is_profile();
        let age = if is_certain { narrowed(age, here, seen) } else { age };
        Invitation { age: Some(age), ..invitation }
    }

    /// Who was still pending by the last complete list, with the ages as they have grown since.
    /// Headlines and notes are not remembered. Left out is who was begun since: whether they are
    /// still pending, only the page can tell.
    pub fn pending(&self, pill: Kind, now: Timestamp) -> Vec<Remembered> {
        let keys = self.last_list(pill).unwrap_or_default();
        keys.iter().filter_map(|key| self.remembered(pill, key, now)).collect()
    }

    fn remembered(&self, pill: Kind, key: &Key, now: Timestamp) -> Option<Remembered> {
        let (last, before) = self.readings.seen(pill, key).split_last()?;
        let seen_at = last.sighting.at;
        if self.entry(key).is_some_and(|entry| entry.in_doubt()) {
            return None;
        }
        let invitee = self.readings.invitee(key)?;
        let age = last.sighting.sent_between.map(|(earliest, latest)| {
            let age = Age { earliest, latest, now: seen_at, source: Source::Stated };
            let is_certain = last.of_known_account && key.is_profile();
            let age = if is_certain { narrowed(age, last.place, before) } else { age };
            Age { now: now.max(seen_at), ..age }
        });
        let invitation = Invitation {
            key: key.clone(),
            name: invitee.name.clone(),
            profile_url: invitee.profile_url.clone(),
            headline: None,
            note: None,
            kind: pill,
            sent_text: String::new(),
            age,
            doubt: None,
        };
        Some(Remembered { invitation, seen_at })
    }
}

/// The age that the page states, narrowed by the sightings before, the last of them first.
fn narrowed(stated: Age, place: Place, before: &[Seen]) -> Age {
    let mut exact = stated;
    let mut certain = loosened((stated.earliest, stated.latest), stated.now);
    let (mut at, mut place) = (stated.now, place);
    let mut since = None;
    for seen in before.iter().rev() {
        let sighting = &seen.sighting;
        let is_next = seen.of_known_account
            && seen.place.clock == place.clock
            && seen.place.through >= place.after
            && sighting.at <= at
            && certain.1.duration_since(sighting.at) <= NOT_AGAIN_WITHIN;
        if !is_next {
            break;
        }
        if let Some(said) = sighting.sent_between {
            let said = loosened(said, sighting.at);
            let Some(agreed) = overlap((exact.earliest, exact.latest), said) else {
                break;
            };
            (exact.earliest, exact.latest) = agreed;
            certain = overlap(certain, said).unwrap_or(certain);
        }
        since = Some(sighting.at);
        (at, place) = (sighting.at, seen.place);
    }
    let is_narrower = (exact.earliest, exact.latest) != (stated.earliest, stated.latest);
    let source = since.filter(|_| is_narrower).map_or(exact.source, |since| Source::Seen { since });
    Age { source, ..exact }
}

/// What a page said, read with reserve.
fn loosened((earliest, latest): Between, at: Timestamp) -> Between {
    let in_months = latest.duration_since(earliest) >= MONTH;
    let reserve = |instant: Timestamp| match in_months {
        true => SLACK + at.duration_since(instant) / MONTHS_DIFFER_BY,
        false => SLACK,
    };
    (
        earliest.checked_sub(reserve(earliest)).unwrap_or(Timestamp::MIN),
        latest.checked_add(reserve(latest)).unwrap_or(Timestamp::MAX),
    )
}

fn overlap(one: Between, other: Between) -> Option<Between> {
    let (earliest, latest) = (one.0.max(other.0), one.1.min(other.1));
    (earliest < latest).then_some((earliest, latest))
}

#[cfg(test)]
mod tests;
