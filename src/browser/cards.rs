//! Every look at every card of one scan, and what of it is one invitation.

use std::collections::{HashMap, HashSet};

use crate::browser::card::Card;
use crate::domain::invitation::{Invitation, Key};

/// Every version of every card that was seen, by the node it stood in.
#[derive(Default)]
pub struct Cards {
    versions: Vec<Card>,
    latest: HashMap<u64, usize>,
    identities: HashSet<String>,
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

    pub fn take(&mut self, cards: Vec<Card>) {
        for card in cards {
            self.identities.insert(identity(&card));
            match self.latest.get(&card.node) {
                Some(&at) if identity(&self.versions[at]) == identity(&card) => {
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

/// What tells two cards of one page load apart: the profile, else the node they stand in.
fn identity(card: &Card) -> String {
    match card.profiles.as_slice() {
        [address] => Key::from_profile(address)
            .map_or_else(|| format!("node {} {}", card.node, card.name), |key| key.to_string()),
        _ => format!("node {} {}", card.node, card.name),
    }
}
