//! Every look at every card of one scan, and what of it is one invitation.

use std::collections::{HashMap, HashSet};

use crate::browser::card::Card;
use crate::domain::invitation::{Invitation, Key, Kind, is_address};

/// In fewer cards than this, something may be missing by chance.
const ENOUGH: usize = 5;

/// Every version of every card that was seen, by the node it stood in.
pub struct Cards {
    kind: Kind,
    versions: Vec<Card>,
    latest: HashMap<u64, usize>,
    identities: HashSet<String>,
    /// The profiles, and the names without one, whatever node they stood in.
    people: HashSet<String>,
    /// What stood on the pages that were left, in the page's order.
    left: Vec<usize>,
    pages: usize,
    /// Where the versions of the open page begin.
    since: usize,
}

impl Cards {
    /// No card of the list of this kind was seen yet.
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            versions: Vec::new(),
            latest: HashMap::new(),
            identities: HashSet::new(),
            people: HashSet::new(),
            left: Vec::new(),
            pages: 0,
            since: 0,
        }
    }

    /// How many different invitations were seen. Cards without a profile count by their node, and
    /// so do those of the kinds of which one person may have several.
    pub fn count(&self) -> u64 {
        u64::try_from(self.identities.len()).unwrap_or(u64::MAX)
    }

    /// How many different profiles and names were seen: a page that puts everybody into new nodes again
    /// and again adds none.
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// The lines that state the ages.
    pub fn ages(&self) -> Vec<&str> {
        self.versions.iter().map(|card| card.age.as_str()).collect()
    }

    /// What the layout finds in none of several cards: then it is wrong about where it stands.
    pub fn missing_in_all(&self) -> Option<&'static str> {
        let all: Vec<&Card> = self.versions.iter().collect();
        // Who is invited by e-mail has neither a profile nor a headline (§3.5 fact 6).
        let members: Vec<&Card> =
            all.iter().copied().filter(|card| !is_address(&card.name)).collect();
        let no = |cards: &[&Card], has: fn(&Card) -> bool| {
            cards.len() >= ENOUGH && !cards.iter().any(|card| has(card))
        };
        match () {
            () if no(&all, |card| !card.name.is_empty()) => Some("a name"),
            () if no(&all, |card| card.control) => Some("a Withdraw control of its own"),
            () if no(&members, |card| !card.profiles.is_empty()) => Some("a link to a profile"),
            () if no(&members, |card| card.headline.is_some()) => Some("a headline"),
            () => None,
        }
    }

    pub fn take(&mut self, cards: Vec<Card>) {
        for card in cards {
            let whose = identity(&card, self.kind, self.pages);
            let told = told(&card);
            let known = self.latest.get(&card.node).copied();
            match known {
                Some(at) if identity(&self.versions[at], self.kind, self.pages) == whose => {
                    self.versions[at] = card;
                }
                _ => {
                    self.latest.insert(card.node, self.versions.len());
                    self.versions.push(card);
                }
            }
            self.identities.insert(whose);
            self.people.insert(told);
        }
    }

    /// A page of the list is left; `order` lists the nodes that stand on it. Those of the next one
    /// may have the same numbers.
    pub fn leave_page(&mut self, order: &[u64]) {
        let standing = self.standing(order);
        self.left.extend(standing);
        self.latest.clear();
        self.pages += 1;
        self.since = self.versions.len();
    }

    /// How many of those who were read on the open page do not stand there any more; `order` lists
    /// the nodes that do. Whoever stands in another node now is not gone.
    pub fn gone(&self, order: &[u64]) -> usize {
        // The link to the profile may have come after the name.
        let says = |at: usize| [told(&self.versions[at]), self.versions[at].name.clone()];
        let standing: HashSet<String> = self.standing(order).into_iter().flat_map(says).collect();
        let read: HashSet<String> = self.versions[self.since..].iter().map(told).collect();
        read.difference(&standing).count()
    }

    /// Whose each card is that stands there, in the page's order, and how many of them are of a profile
    /// that has another one above; `order` lists the nodes that stand on the open page.
    pub fn whose(&self, order: &[u64]) -> (Vec<String>, usize) {
        let standing = self.standing_on_all(order);
        let cards = || standing.iter().map(|at| &self.versions[*at]);
        let mut seen = HashSet::new();
        let again = |key: &Key| !seen.insert(key.clone());
        let repeats = cards().filter_map(profile).filter(again).count();
        (cards().map(told).collect(), repeats)
    }

    /// The nodes of the open page in which cards were seen.
    pub fn nodes(&self) -> Vec<u64> {
        self.latest.keys().copied().collect()
    }

    fn standing(&self, order: &[u64]) -> Vec<usize> {
        order.iter().filter_map(|node| self.latest.get(node).copied()).collect()
    }

    /// The same with what stood on the pages that were left.
    fn standing_on_all(&self, order: &[u64]) -> Vec<usize> {
        [self.left.clone(), self.standing(order)].concat()
    }

    /// One invitation for each, in the page's order; `order` lists the nodes that still stand there.
    pub fn into_invitations(
        self,
        order: &[u64],
        read: impl Fn(Card) -> Invitation,
    ) -> Vec<Invitation> {
        let standing = self.standing_on_all(order);
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

/// The key of the one profile that a card leads to.
fn profile(card: &Card) -> Option<Key> {
    card.profile().and_then(Key::from_profile)
}

/// Whom a card is of, whatever node it stands in.
fn told(card: &Card) -> String {
    profile(card).map_or_else(|| card.name.clone(), |key| key.to_string())
}

/// What tells two cards of one reading apart: the profile, else the page and node they stand in.
fn identity(card: &Card, kind: Kind, page: usize) -> String {
    let by_node = |who: &str| format!("page {page} node {} {who}", card.node);
    match profile(card) {
        Some(key) if kind == Kind::Person => key.to_string(),
        Some(key) => by_node(key.as_str()),
        None => by_node(&card.name),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::domain::invitation::Kind;
    use crate::domain::language;

    fn card(node: u64, slug: &str) -> Card {
        let profiles = match slug {
            "" => Vec::new(),
            slug => vec![format!("https://www.linkedin.com/in/{slug}/")],
        };
        Card {
            node,
            profiles,
            name: "Robin Example".to_owned(),
            headline: None,
            age: "Sent 3 weeks ago".to_owned(),
            note: None,
            control: true,
            label: String::new(),
            named: Vec::new(),
        }
    }

    /// Pages of `node:slug`; what was read, in order, with a `?` behind what is in doubt.
    fn read(pages: &[&[&str]]) -> (u64, String) {
        let mut cards = Cards::of(Kind::Person);
        let mut order: Vec<u64> = Vec::new();
        for (number, page) in pages.iter().enumerate() {
            if number > 0 {
                cards.leave_page(&order);
            }
            let of = |text: &&str| {
                let (node, slug) = text.split_once(':').unwrap();
                card(node.parse().unwrap(), slug)
            };
            let found: Vec<Card> = page.iter().map(of).collect();
            order = found.iter().map(|card| card.node).collect();
            cards.take(found);
        }
        let count = cards.count();
        let english = language::bundled("en").unwrap();
        let all = cards.into_invitations(&order, |card| {
            card.into_invitation(Kind::Person, &[], &[], english, Timestamp::now())
        });
        let words = all.iter().map(|one| {
            let doubt = one.doubt.as_deref().is_some_and(|doubt| doubt.contains("more than once"));
            let slug = one.key.as_str().trim_start_matches("in/");
            format!("{slug}{}", if doubt { "?" } else { "" })
        });
        (count, words.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn pages_follow_each_other_though_their_nodes_have_the_same_numbers() {
        assert_eq!(read(&[&["0:a", "1:b"], &["0:c", "1:d"]]), (4, "a b c d".to_owned()));
        assert_eq!(read(&[&["0:a", "1:b"], &["2:c"]]), (3, "a b c".to_owned()));
    }

    #[test]
    fn who_stands_on_two_pages_is_one_and_in_doubt() {
        assert_eq!(read(&[&["0:a", "1:b"], &["0:b", "1:c"]]), (3, "a b? c".to_owned()));
    }

    #[test]
    fn who_went_while_a_page_was_read_is_told_and_who_got_a_new_node_did_not_go() {
        let page = |order: &[u64]| {
            let mut cards = Cards::of(Kind::Person);
            cards.take(vec![card(0, "z")]);
            cards.leave_page(&[0]);
            cards.take(vec![card(0, "a"), card(1, "b"), card(2, "a")]);
            cards.take(vec![card(3, ""), card(4, ""), card(5, "B")]);
            cards.gone(order)
        };
        assert_eq!(page(&[0, 1, 2, 3, 4]), 0);
        assert_eq!(page(&[1, 2, 4]), 0);
        assert_eq!(page(&[0, 3, 5]), 0);
        assert_eq!(page(&[0, 2, 3]), 1);
        assert_eq!(page(&[]), 3);
    }

    #[test]
    fn invitees_without_a_profile_on_two_pages_are_two() {
        assert_eq!(read(&[&["0:"], &["0:"]]).0, 2);
    }

    #[test]
    fn what_no_card_has_is_told_once_there_are_enough() {
        let nobody = |count: u64| {
            let mut cards = Cards::of(Kind::Person);
            cards.take((0..count).map(|node| Card { control: false, ..card(node, "a") }).collect());
            cards.missing_in_all()
        };
        assert_eq!(nobody(4), None);
        assert_eq!(nobody(5), Some("a Withdraw control of its own"));
    }

    #[test]
    fn who_is_invited_by_e_mail_has_no_profile_and_that_is_well() {
        let named = |name: &str| {
            let mut cards = Cards::of(Kind::Person);
            let of = |node| Card { name: name.to_owned(), ..card(node, "") };
            cards.take((0..5).map(of).collect());
            cards.missing_in_all()
        };
        assert_eq!(named("robin@example.org"), None);
        assert_eq!(named("Robin Example"), Some("a link to a profile"));
    }

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
        let (now, english) = (Timestamp::UNIX_EPOCH, language::bundled("en").unwrap());
        let read = |card: Card| card.into_invitation(kind, &[], &[], english, now);
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
