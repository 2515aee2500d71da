//! The archive alone, where no page is read: whom to look at, and by hand.
//!
//! Nobody can tell from it who is still pending. Who was connected by then is left out; whoever
//! remains may have accepted or been withdrawn since, so every line is a question to the profile.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::{Archive, Connected, Sent, by_person, listed};
use crate::domain::age::{Age, Source};
use crate::domain::invitation::{Invitation, Key, Kind};

/// Whom the archive names.
#[derive(Debug)]
pub struct Review {
    /// In the order of the file.
    pub invitations: Vec<Invitation>,
    /// The slug of the person whose archive it is, where it says so.
    pub account: Option<String>,
    pub remarks: Vec<String>,
}

/// Why the archive is not that of one person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotYours {
    #[error("the archive is of {of}, but the config wants {wanted}")]
    Other { of: String, wanted: String },
    #[error("the rows of the archive were sent by several accounts: {0}")]
    Several(String),
}

const NO_PROFILE: &str = "the archive has no address of this person's profile, and a name may be \
    somebody else's";
const INVITED_BACK: &str = "this person has invited you since, so see which of the two is pending";

impl Archive {
    /// The review of what this account sent; `None` for whoever's archive it is.
    ///
    /// # Errors
    /// The archive is of another account, or of several.
    pub fn review(&self, account: Option<&str>, now: Timestamp) -> Result<Review, NotYours> {
        let owner = self.owner(account)?;
        let by_owner = |sent: &&Sent| sent.by.is_none() || sent.by == owner;
        let mine: Vec<&Sent> = self.sent.iter().filter(by_owner).collect();
        let people = by_person(&mine);
        let back = self.invited_back();
        let (mut seen, mut several) = (HashSet::new(), Vec::new());
        let (mut invitations, mut connected) = (Vec::new(), 0_usize);
        for row in mine {
            let invitation = match row.to.as_ref().and_then(|key| people.get_key_value(key)) {
                Some((key, rows)) => pending(key, rows, &back, now),
                None => nameless(row, now),
            };
            if !seen.insert(invitation.key.clone()) {
                continue;
            }
            if self.is_connected(&invitation.key) {
                connected += 1;
                continue;
            }
            if people.get(&invitation.key).is_some_and(|rows| rows.len() > 1) {
                several.push(row.person());
            }
            invitations.push(invitation);
        }
        let mut remarks = vec![format!(
            "{} does not say who is still pending: look at each profile before you withdraw. \
             What was sent or answered since is not in it",
            self.title(now)
        )];
        remarks.push(self.told_of_connections(connected));
        if !several.is_empty() {
            let people = listed(&several);
            remarks
                .push(format!("the archive has several rows, and the newest counts, for {people}"));
        }
        remarks.extend(self.unread(now));
        remarks.extend(self.remarks.iter().cloned());
        Ok(Review { invitations, account: owner.as_ref().map(slug), remarks })
    }

    /// Who sent the rows that are meant.
    fn owner(&self, account: Option<&str>) -> Result<Option<Key>, NotYours> {
        let senders = self.senders();
        let names = listed(&self.names_of_senders());
        let wanted = account.and_then(|slug| Key::from_profile(&format!("/in/{slug}")));
        match (senders.as_slice(), wanted) {
            ([], wanted) => Ok(wanted),
            ([by], None) => Ok(Some((*by).clone())),
            (_, None) => Err(NotYours::Several(names)),
            (senders, Some(wanted)) if senders.contains(&&wanted) => Ok(Some(wanted)),
            (_, Some(wanted)) => Err(NotYours::Other { of: names, wanted: wanted.to_string() }),
        }
    }

    fn is_connected(&self, key: &Key) -> bool {
        match &self.connected {
            Connected::Known(people) => people.contains(key),
            Connected::Unknown(_) => false,
        }
    }

    fn told_of_connections(&self, count: usize) -> String {
        match (&self.connected, count) {
            (Connected::Unknown(why), _) => {
                format!("who is already connected is not left out: {why}")
            }
            (Connected::Known(_), 0) => "nobody of them was connected by then".to_owned(),
            (Connected::Known(_), 1) => "1 who was connected by then is left out".to_owned(),
            (Connected::Known(_), count) => {
                format!("{count} who were connected by then are left out")
            }
        }
    }

    /// The newest invitation from each person, as late as it can be; `None` when that can't be told.
    fn invited_back(&self) -> HashMap<&Key, Option<Timestamp>> {
        let mut newest: HashMap<&Key, Option<Timestamp>> = HashMap::new();
        for received in &self.received {
            let at = received.at.map(|at| at.until);
            let known = newest.entry(&received.from).or_insert(at);
            *known = known.zip(at).map(|(one, other)| one.max(other));
        }
        newest
    }
}

/// Of several rows the newest is the one that may be pending, so it decides on the young end of the
/// age; which one it is can't be told, so the oldest decides on the old end.
fn pending(
    key: &Key,
    rows: &[&Sent],
    back: &HashMap<&Key, Option<Timestamp>>,
    now: Timestamp,
) -> Invitation {
    let ages: Option<Vec<Age>> = rows.iter().map(|row| row.age(now)).collect();
    let ages = ages.unwrap_or_default();
    let earliest = ages.iter().map(|age| age.earliest).min();
    let latest = ages.iter().map(|age| age.latest).max();
    let newest = rows.iter().max_by_key(|row| row.at.map(|at| at.until));
    let age = earliest.zip(latest).map(|(earliest, latest)| Age {
        earliest,
        latest,
        now,
        source: Source::Stated,
    });
    let since = |at: &Option<Timestamp>| match (at, age) {
        (Some(at), Some(age)) => *at > age.earliest,
        _ => true,
    };
    let doubt = back.get(key).filter(|at| since(at)).map(|_| INVITED_BACK.to_owned());
    Invitation {
        key: key.clone(),
        name: newest.map(|row| row.name.clone()).unwrap_or_default(),
        profile_url: Some(address(key)),
        headline: None,
        note: newest.and_then(|row| row.note.clone()),
        kind: Kind::Person,
        sent_text: newest.map(|row| row.written.clone()).unwrap_or_default(),
        age,
        doubt,
    }
}

/// A row that names nobody for certain. The time is part of its id, since it never changes here.
fn nameless(row: &Sent, now: Timestamp) -> Invitation {
    Invitation {
        key: Key::from_card(&row.name, Some(&row.written), row.note.as_deref()),
        name: row.name.clone(),
        profile_url: None,
        headline: None,
        note: row.note.clone(),
        kind: Kind::Person,
        sent_text: row.written.clone(),
        age: row.age(now),
        doubt: Some(NO_PROFILE.to_owned()),
    }
}

fn slug(key: &Key) -> String {
    key.as_str().trim_start_matches("in/").to_owned()
}

/// The address of a profile, made anew from its key: a file may hold any address.
fn address(key: &Key) -> String {
    let mut address = "https://www.linkedin.com/".to_owned();
    for byte in key.as_str().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}
