//! The archive beside what the page shows: it narrows an age within what the page says of it, fills
//! in a note that the card cuts or leaves out, and is passed over where it contradicts.
//!
//! What makes this sound: the invitation that is pending is one of the person's rows, or was sent
//! after the archive was made. The second is out of the question only where the page's whole
//! interval lies before that day; else the archive narrows the old end alone. A note, on which a
//! rule may hold, is taken only from the one row that can be this invitation.

use jiff::Timestamp;

use super::{Archive, Sent, by_person, listed, shown};
use crate::domain::age::{Age, Source};
use crate::domain::invitation::{Invitation, Key, NoteFit};
use crate::domain::safe_text;

/// The page's invitations with what the archive adds.
pub struct Joined {
    /// In the order in which they came.
    pub invitations: Vec<Invitation>,
    pub remarks: Vec<String>,
}

/// What the rows of one person add to an age.
enum Narrowed<'a> {
    /// The age within the page's interval, and the row that is certainly this invitation.
    To(Age, Option<&'a Sent>),
    /// The archive has only times before the page's interval: the page's word is used.
    Older,
    /// The archive has a time after the page's interval: it is left to the person.
    Younger(&'a Sent),
}

/// What is told of the whole list.
#[derive(Default)]
struct Told {
    known: usize,
    narrower: usize,
    notes: usize,
    older: Vec<String>,
    younger: Vec<String>,
    several: Vec<String>,
    differing: Vec<String>,
}

impl Archive {
    /// The page's invitations, read with this account signed in, each with what the archive adds.
    pub fn join(
        &self,
        invitations: Vec<Invitation>,
        account: Option<&str>,
        now: Timestamp,
    ) -> Joined {
        let mut told = Told::default();
        let (rows, mut remarks) = self.rows_of(account);
        let people = by_person(&rows);
        let made = self.made_after(now);
        let total = invitations.len();
        let join = |invitation: Invitation| match people.get(&invitation.key) {
            Some(rows) => told.join(invitation, rows, made),
            None => invitation,
        };
        let invitations = invitations.into_iter().map(join).collect();
        if !people.is_empty() {
            remarks.insert(0, told.summary(&self.title(now), total));
        }
        remarks.extend(told.conflicts());
        remarks.extend(self.unread(now));
        remarks.extend(self.remarks.iter().cloned());
        Joined { invitations, remarks }
    }

    /// The rows that this account sent, and why others are not used.
    fn rows_of(&self, account: Option<&str>) -> (Vec<&Sent>, Vec<String>) {
        let senders = self.senders();
        let account = account.and_then(|slug| Key::from_profile(&format!("/in/{slug}")));
        let is_mine = |sent: &&Sent| match (&sent.by, &account) {
            (None, _) => true,
            (Some(by), Some(account)) => by == account,
            (Some(_), None) => senders.len() == 1,
        };
        let rows: Vec<&Sent> = self.sent.iter().filter(is_mine).collect();
        let mut remarks = Vec::new();
        if rows.len() < self.sent.len() {
            let mut others = self.names_of_senders();
            others.retain(|by| account.as_ref().is_none_or(|account| account.as_str() != by));
            let who = account.map_or_else(
                || "who is signed in can't be told".to_owned(),
                |account| format!("{} is signed in", safe_text::cut(account.as_str(), 60)),
            );
            remarks.push(format!(
                "{} of {} rows of the archive are not used: they were sent by {}, and {who}",
                self.sent.len() - rows.len(),
                self.sent.len(),
                listed(&others),
            ));
        }
        if !rows.is_empty() && rows.iter().all(|row| row.to.is_none()) {
            remarks.push(
                "the archive has no addresses of profiles (LinkedIn writes them since late 2023), \
                 and a name is no identity: nothing of it is used"
                    .to_owned(),
            );
        }
        (rows, remarks)
    }
}

impl Told {
    fn join(&mut self, page: Invitation, rows: &[&Sent], made: Option<Timestamp>) -> Invitation {
        self.known += 1;
        let who = || shown(&page.name, page.key.as_str());
        if rows.len() > 1 {
            self.several.push(who());
        }
        let Some(age) = page.age else { return page };
        match narrow(age, rows, made) {
            Narrowed::To(narrower, row) => {
                self.narrower += usize::from(narrower != age);
                let whole = row.and_then(|row| row.note.as_deref());
                let fit = whole.map(|whole| NoteFit::of(page.note.as_deref(), whole));
                self.notes += usize::from(fit == Some(NoteFit::Fuller));
                if fit == Some(NoteFit::Other) {
                    self.differing.push(who());
                }
                let whole = whole.filter(|_| fit != Some(NoteFit::Other)).map(str::to_owned);
                Invitation { age: Some(narrower), note: whole.or(page.note), ..page }
            }
            Narrowed::Older => {
                self.older.push(who());
                page
            }
            Narrowed::Younger(row) => {
                self.younger.push(who());
                let words = format!(
                    "the page says {:?}, the archive that it was sent {:?}",
                    page.sent_text, row.written
                );
                Invitation { doubt: page.doubt.or(Some(words)), ..page }
            }
        }
    }

    fn summary(&self, archive: &str, total: usize) -> String {
        let Self { known, narrower, notes, .. } = self;
        let notes = match notes {
            0 => String::new(),
            1 => ", 1 note is filled in".to_owned(),
            _ => format!(", {notes} notes are filled in"),
        };
        let ages = if *narrower == 1 { "age is" } else { "ages are" };
        format!("{archive} knows {known} of {total}: {narrower} {ages} narrower by it{notes}")
    }

    fn conflicts(&self) -> Vec<String> {
        let told = [
            (&self.younger, "the archive says younger than the page, so it is left to you for"),
            (&self.older, "the archive says older than the page, whose word is used for"),
            (&self.several, "the archive has several rows for, and what fits the page is used for"),
            (&self.differing, "the archive has another note than the page, whose note is used for"),
        ];
        let told = told.into_iter().filter(|(people, _)| !people.is_empty());
        told.map(|(people, words)| format!("{words} {}", listed(people))).collect()
    }
}

/// The page's age by what the archive has of the person.
fn narrow<'a>(page: Age, rows: &[&'a Sent], made: Option<Timestamp>) -> Narrowed<'a> {
    let ages: Option<Vec<(Age, &Sent)>> =
        rows.iter().map(|row| Some((row.age(page.now)?, *row))).collect();
    // A row without a time may be any invitation, so nothing can be said of this one.
    let Some(ages) = ages else { return Narrowed::To(page, None) };
    if let Some((_, row)) = ages.iter().find(|(age, _)| age.earliest >= page.latest) {
        return Narrowed::Younger(row);
    }
    let agreeing: Vec<_> = ages.iter().filter(|(age, _)| page.narrowed_by(age).is_some()).collect();
    let earliest = agreeing.iter().map(|(age, _)| age.earliest).min();
    let latest = agreeing.iter().map(|(age, _)| age.latest).max();
    // Whether the page's invitation can't have been sent after the archive was made.
    let covered = made.is_some_and(|made| page.latest <= made);
    let (Some(earliest), Some(latest)) = (earliest, latest) else {
        return if covered { Narrowed::Older } else { Narrowed::To(page, None) };
    };
    let latest = if covered { latest } else { page.latest };
    let age = Age { earliest, latest, now: page.now, source: Source::Archive };
    let only = match agreeing.as_slice() {
        [(_, row)] if covered => Some(*row),
        _ => None,
    };
    Narrowed::To(page.narrowed_by(&age).unwrap_or(page), only)
}
