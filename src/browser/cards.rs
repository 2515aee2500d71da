//! Every look at every card of one scan, and what of it is one invitation.

use std::collections::{HashMap, HashSet};

use crate::browser::card::Card;
use crate::domain::invitation::{Invitation, Key, Kind};

/// Every version of every card that was seen, by the node it stood in.
pub struct Cards {
    kind: Kind,
    versions: Vec<Card>,
    latest: HashMap<u64, usize>,
    identities: HashSet<String>,
}

impl Cards {
    /// No card of the list of this kind was seen yet.
    pub fn of(kind: Kind) -> Self {
        let (versions, latest, identities) = (Vec::new(), HashMap::new(), HashSet::new());
        Self { kind, versions, latest, identities }
    }

    /// How many different invitations were seen. Cards without a profile count by their node, and
    /// so do those of the kinds of which one person may have several.
    pub fn count(&self) -> u64 {
        u64::try_from(self.identities.len()).unwrap_or(u64::MAX)
    }

    /// The lines that state the ages.
    pub fn ages(&self) -> Vec<&str> {
        self.versions.iter().map(|card| card.age.as_str()).collect()
    }

    /// Whether there are so many cards, and none with a Withdraw control that can be told apart.
    pub fn lack_controls(&self, least: usize) -> bool {
        self.versions.len() >= least && !self.versions.iter().any(|card| card.control)
    }

    pub fn take(&mut self, cards: Vec<Card>) {
        for card in cards {
            self.identities.insert(identity(&card, self.kind));
            match self.latest.get(&card.node) {
                Some(&at)
                    if identity(&self.versions[at], self.kind) == identity(&card, self.kind) =>
                {
                    self.versions[at] = card
                }
                _ => {
                    self.latest.insert(card.node, self.versions.len());
                    self.versions.push(card);
                }
            }
        }
    }

    /// One invitation for each, in the page's order; `order` lists the nodes that still stand there.
    pub fn into_invitations(
        self,
        order: &[u64],
        read: impl Fn(Card) -> Invitation,
    ) -> Vec<Invitation> {
        let standing: Vec<usize> =
            order.iter().filter_map(|node| self.latest.get(node).copied()).collect();
        let shown: HashSet<usize> = standing.iter().copied().collect();
        let dropped = (0..self.versions.len()).filter(|at| !shown.contains(at));
        let mut versions: Vec<Option<Card>> = self.versions.into_iter().map(Some).collect();
        let mut list = List { kind: self.kind, places: HashMap::new(), invitations: Vec::new() };
        for (at, standing) in
            standing.iter().map(|at| (*at, true)).chain(dropped.map(|at| (at, false)))
        {
            if let Some(invitation) = versions[at].take().map(&read) {
                list.add(invitation, standing);
            }
        }
        list.numbered()
    }
}

/// The invitations as they are told apart.
struct List {
    kind: Kind,
    /// Where the first of each key stands.
    places: HashMap<Key, usize>,
    invitations: Vec<Invitation>,
}

impl List {
    fn add(&mut self, mut invitation: Invitation, standing: bool) {
        let Some(&place) = self.places.get(&invitation.key) else {
            self.places.insert(invitation.key.clone(), self.invitations.len());
            self.invitations.push(invitation);
            return;
        };
        // A version that no longer stands is an older look at the same invitation.
        if !standing {
            return;
        }
        let why = match self.kind {
            Kind::Person => "it stands on the page more than once",
            _ => "this person has several of them, and nothing tells which is which",
        };
        let doubt = Some(why.to_owned());
        self.invitations[place].doubt.clone_from(&doubt);
        invitation.doubt = doubt;
        if self.kind != Kind::Person {
            self.invitations.push(invitation);
        } else if !invitation.key.is_profile() {
            // Two people of whom nothing tells them apart are still two invitations.
            let twins = self.invitations.iter().filter(|other| other.name == invitation.name);
            invitation.key = invitation.key.numbered(twins.count() + 1);
            self.invitations.push(invitation);
        }
    }

    /// Those that have the same key are numbered from the end, where the oldest ones stand.
    fn numbered(mut self) -> Vec<Invitation> {
        let mut numbers: HashMap<Key, usize> = HashMap::new();
        for invitation in self.invitations.iter_mut().rev() {
            let number = numbers.entry(invitation.key.clone()).or_default();
            *number += 1;
            if *number > 1 {
                invitation.key = invitation.key.numbered(*number);
            }
        }
        self.invitations
    }
}

/// What tells two cards of one page load apart: the profile, else the node they stand in.
fn identity(card: &Card, kind: Kind) -> String {
    let by_node = |who: &str| format!("node {} {who}", card.node);
    let profile = match card.profiles.as_slice() {
        [address] => Key::from_profile(address),
        _ => None,
    };
    match profile {
        Some(key) if kind == Kind::Person => key.to_string(),
        Some(key) => by_node(key.as_str()),
        None => by_node(&card.name),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::language::bundled;

    /// The ids of a list of these people, from the top, each in a node of its own.
    #[track_caller]
    fn check(kind: Kind, people: &str, expected: &[&str]) {
        let mut cards = Cards::of(kind);
        let list = people.split_whitespace().zip(0..).map(|(slug, node)| Card {
            node,
            profiles: vec![format!("https://www.linkedin.com/in/{slug}/")],
            name: slug.to_owned(),
            headline: None,
            age: "Sent 3 weeks ago".to_owned(),
            note: None,
            control: true,
            label: format!("Withdraw invitation sent to {slug}"),
            named: Vec::new(),
        });
        cards.take(list.collect());
        let order: Vec<u64> = (0..100).collect();
        let (now, english) = (Timestamp::UNIX_EPOCH, bundled("en").unwrap());
        let read = |card: Card| card.into_invitation(kind, &[], english, now);
        let invitations = cards.into_invitations(&order, read);
        let ids: Vec<&str> = invitations.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(ids, expected);
        for one in &invitations {
            let alike = people.split_whitespace().filter(|slug| *slug == one.name).count();
            assert_eq!(one.doubt.is_some(), alike > 1, "{}", one.key);
        }
    }

    #[test]
    fn one_person_has_one_invitation_and_may_follow_many_pages() {
        check(Kind::Person, "a b", &["in/a", "in/b"]);
        check(Kind::Person, "b a b", &["in/b", "in/a"]);
        check(Kind::Page, "a b", &["page/in/a", "page/in/b"]);
        check(Kind::Page, "b a b", &["page/in/b#2", "page/in/a", "page/in/b"]);
    }

    #[test]
    fn a_new_invitation_at_the_top_leaves_the_other_ids_as_they_are() {
        let ids = ["event/in/b#3", "event/in/b#2", "event/in/a", "event/in/b"];
        check(Kind::Event, "b a b", &ids[1..]);
        check(Kind::Event, "b b a b", &ids);
    }
}
