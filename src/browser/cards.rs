//! Every look at every card of one scan, and what of it is one invitation.

use std::collections::{HashMap, HashSet};

use crate::browser::card::Card;
use crate::domain::invitation::{Invitation, Key};

/// In fewer cards than this, something may be missing by chance.
const ENOUGH: usize = 5;

/// Every version of every card that was seen, by the node it stood in.
#[derive(Default)]
pub struct Cards {
    versions: Vec<Card>,
    latest: HashMap<u64, usize>,
    identities: HashSet<String>,
    /// What stood on the pages that were left, in the page's order.
    left: Vec<usize>,
    pages: usize,
}

impl Cards {
    /// How many different invitations were seen. Cards without a profile count by their node.
    pub fn count(&self) -> u64 {
        u64::try_from(self.identities.len()).unwrap_or(u64::MAX)
    }

    /// The lines that state the ages.
    pub fn ages(&self) -> Vec<&str> {
        self.versions.iter().map(|card| card.age.as_str()).collect()
    }

    /// What the layout finds in none of several cards: then it is wrong about where it stands.
    pub fn missing_in_all(&self) -> Option<&'static str> {
        let no = |has: fn(&Card) -> bool| self.versions.len() >= ENOUGH && !self.versions.iter().any(has);
        match () {
            () if no(|card| !card.name.is_empty()) => Some("a name"),
            () if no(|card| card.control) => Some("a Withdraw control of its own"),
            () if no(|card| !card.profiles.is_empty()) => Some("a link to a profile"),
            () if no(|card| card.headline.is_some()) => Some("a headline"),
            () => None,
        }
    }

    pub fn take(&mut self, cards: Vec<Card>) {
        for card in cards {
            let whose = identity(&card, self.pages);
            let known = self.latest.get(&card.node).copied();
            match known {
                Some(at) if identity(&self.versions[at], self.pages) == whose => {
                    self.versions[at] = card;
                }
                _ => {
                    self.latest.insert(card.node, self.versions.len());
                    self.versions.push(card);
                }
            }
            self.identities.insert(whose);
        }
    }

    /// A page of the list is left; `order` lists the nodes that stand on it. Those of the next one
    /// may have the same numbers.
    pub fn leave_page(&mut self, order: &[u64]) {
        let standing = self.standing(order);
        self.left.extend(standing);
        self.latest.clear();
        self.pages += 1;
    }

    fn standing(&self, order: &[u64]) -> Vec<usize> {
        order.iter().filter_map(|node| self.latest.get(node).copied()).collect()
    }

    /// One invitation for each, in the page's order; `order` lists the nodes that still stand there.
    pub fn into_invitations(
        self,
        order: &[u64],
        read: impl Fn(Card) -> Invitation,
    ) -> Vec<Invitation> {
        let standing = [self.left.clone(), self.standing(order)].concat();
        let shown: HashSet<usize> = standing.iter().copied().collect();
        let dropped = (0..self.versions.len()).filter(|at| !shown.contains(at));
        let mut versions: Vec<Option<Card>> = self.versions.into_iter().map(Some).collect();
        let mut places: HashMap<Key, usize> = HashMap::new();
        let mut invitations: Vec<Invitation> = Vec::with_capacity(versions.len());
        let mut add = |at: usize, standing: bool| {
            let Some(mut invitation) = versions[at].take().map(&read) else {
                return;
            };
            let Some(&place) = places.get(&invitation.key) else {
                places.insert(invitation.key.clone(), invitations.len());
                invitations.push(invitation);
                return;
            };
            // A version that no longer stands is an older look at the same invitation.
            if !standing {
                return;
            }
            let doubt = Some("it stands on the page more than once".to_owned());
            invitations[place].doubt.clone_from(&doubt);
            if !invitation.key.is_profile() {
                // Two people of whom nothing tells them apart are still two invitations.
                let twins =
                    invitations.iter().filter(|other| other.name == invitation.name).count();
                invitation.key = Key::recorded(format!("{}#{}", invitation.key, twins + 1));
                invitation.doubt = doubt;
                invitations.push(invitation);
            }
        };
        for at in standing {
            add(at, true);
        }
        for at in dropped {
            add(at, false);
        }
        invitations
    }
}

/// What tells two cards of one reading apart: the profile, else the page and node they stand in.
fn identity(card: &Card, page: usize) -> String {
    let place = || format!("page {page} node {} {}", card.node, card.name);
    match card.profiles.as_slice() {
        [address] => Key::from_profile(address).map_or_else(place, |key| key.to_string()),
        _ => place(),
    }
}
