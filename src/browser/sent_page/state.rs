//! How far the reading of a list has come, what the next slice is asked for, and when it is enough.

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Reading, Standing};
use crate::browser::card::Card;
use crate::browser::cards::Cards;
use crate::browser::count::announced;
use crate::browser::walk::{PageState, Site};
use crate::domain::invitation::Kind;

/// How long the slices take at the most: the first one answers soon, and those of a list that grows
/// seldom, since each costs a long list a tenth of a second besides (measured at 5,000).
const SLICES_MS: [u64; 3] = [1_000, 2_000, 4_000];
/// Cards in one answer at the most: bounds the memory of one slice.
const MOST: usize = 5_000;
/// Without growth for so long, the list is scrolled up and down again.
const NUDGE_AFTER: [Duration; 3] =
    [Duration::from_secs(2), Duration::from_secs(4), Duration::from_secs(7)];
/// An empty list is believed after so long: the real one is put in 2 to 3 s after the page.
const EMPTY_AFTER: Duration = Duration::from_secs(7);
/// As many cards as are stated, a few of them of people who stand there twice, are given up after so
/// long: by then the list was scrolled up and down again once.
const FULL_AFTER: Duration = Duration::from_secs(4);
/// More cards of people who stand there already are no chance: the list was sorted anew.
const REPEATS: usize = 2;

#[derive(Deserialize)]
pub(super) struct Slice {
    cards: Vec<Card>,
    count: Option<String>,
    /// What the pill said before the first of these cards was read.
    count_before: Option<String>,
    /// The number had been reached, and the page had as long as two of its own answers take since.
    watched: bool,
    /// What stood there after such a watch.
    standing: Option<Standing>,
    pub(super) more: bool,
    /// This page of the list is read, and there is another.
    pub(super) turn: bool,
    bare: bool,
    lost: bool,
    pub(super) state: PageState,
}

pub(super) enum Next {
    GoOn,
    Enough,
    Gone,
}

/// How far the reading has come, between two slices.
pub(super) struct State {
    /// Without growth for so long, the list is given up.
    patience: Duration,
    pub(super) cards: Cards,
    pub(super) stated: Option<u64>,
    pub(super) empty: bool,
    lost: bool,
    first: bool,
    grown: Instant,
    nudges: usize,
    /// The next slice only looks, and waits for nothing.
    pub(super) glance: bool,
    /// How many slices in a row brought somebody new; one that brings nobody leaves the first.
    growing: usize,
    /// As many were read as are stated.
    pub(super) reached: bool,
    /// The page had time to bring more, and did not.
    pub(super) ended: bool,
    /// What stood there at the end.
    pub(super) standing: Option<Standing>,
    /// The number that was stated first.
    stated_first: Option<u64>,
    /// Whether the list came in pages.
    in_pages: bool,
    /// Somebody went from a page of the list while it was read.
    went: bool,
}

impl State {
    pub(super) fn of(kind: Kind, patience: Duration) -> Self {
        Self {
            patience,
            cards: Cards::of(kind),
            stated: None,
            empty: false,
            lost: false,
            first: true,
            grown: Instant::now(),
            nudges: 0,
            glance: false,
            growing: 0,
            reached: false,
            ended: false,
            standing: None,
            stated_first: None,
            in_pages: false,
            went: false,
        }
    }

    /// The next page stands there; `order` is what stood on the one before.
    pub(super) fn turned(&mut self, order: &[u64]) {
        self.went |= self.cards.gone(order) > 0;
        self.cards.leave_page(order);
        self.in_pages = true;
        (self.first, self.grown, self.nudges) = (true, Instant::now(), 0);
    }

    /// Whether nobody can have moved up unseen; `order` lists what stands on the page.
    ///
    /// Where somebody left while the list was read, who stood behind has moved up, and what comes
    /// next by number passes one over (§4): then as many may have been read as are stated, one of
    /// whom is gone, with one more who stands there unread.
    pub(super) fn none_passed_over(&self, order: &[u64]) -> bool {
        let steady = self.stated == self.stated_first && !self.went;
        steady || (!self.in_pages && self.cards.gone(order) == 0)
    }

    /// Whose each card is, when as many of them as are stated stand there, but a few people more than
    /// once; `order` lists what stands on the page.
    pub(super) fn repeating(&self, order: &[u64]) -> Option<Vec<String>> {
        let (whose, repeats) = self.cards.whose(order);
        let as_stated = u64::try_from(whose.len()).ok() == self.stated;
        (as_stated && (1..=REPEATS).contains(&repeats)).then_some(whose)
    }

    /// Whether as many cards as are stated were seen, a few of them of the same people.
    fn is_full(&self) -> bool {
        self.repeating(&self.cards.nodes()).is_some()
    }

    /// What the next slice is asked for.
    pub(super) fn wish(&mut self, site: &Site, reading: Reading<'_>) -> Value {
        let read = self.cards.count();
        let missing = self.stated.map(|all| all.saturating_sub(read));
        let idle = self.grown.elapsed();
        let late = NUDGE_AFTER.get(self.nudges).is_some_and(|after| idle > *after);
        let nudge = late && !self.reached;
        self.nudges += usize::from(nudge);
        let afresh = std::mem::take(&mut self.first);
        let longest = SLICES_MS[self.growing.min(SLICES_MS.len() - 1)];
        json!({
            "site": site.layouts().site, "layout": reading.layout, "kind": reading.kind.plural(),
            "afresh": afresh, "nudge": nudge, "most": MOST, "read": read, "missing": missing,
            "budget": if std::mem::take(&mut self.glance) { 0 } else { longest },
        })
    }

    /// Takes in what a slice brought; whether it brought somebody new.
    pub(super) fn take(&mut self, slice: Slice) -> bool {
        for count in [slice.count_before, slice.count].into_iter().flatten() {
            self.stated = announced(&count).or(self.stated);
            self.stated_first = self.stated_first.or(self.stated);
        }
        let (before, people) = (self.cards.count(), self.cards.people());
        self.cards.take(slice.cards);
        let count = self.cards.count();
        let grew = count > before;
        // Who stands in a new node counts as one more where nothing else tells who that is.
        let may_be_new = self.stated.is_some_and(|all| before < all);
        if self.cards.people() > people || (grew && may_be_new) {
            (self.grown, self.nudges) = (Instant::now(), 0);
        }
        self.growing = if grew { self.growing + 1 } else { 1 };
        self.reached = count > 0 && self.stated.is_some_and(|all| count >= all);
        let standing = slice.standing.as_ref().map(|standing| standing.order.len());
        let all_stand =
            standing.zip(self.stated).is_some_and(|(n, all)| u64::try_from(n) == Ok(all));
        self.ended =
            self.reached && slice.watched && (self.stated == Some(count) || !grew || all_stand);
        self.standing = slice.standing;
        self.lost = slice.lost;
        self.empty = slice.bare && self.cards.count() == 0 && self.stated.unwrap_or(0) == 0;
        grew
    }

    pub(super) fn next(&self) -> Next {
        let idle = self.grown.elapsed();
        match () {
            () if self.ended => Next::Enough,
            () if self.lost && idle > self.patience => Next::Gone,
            () if self.empty && idle > EMPTY_AFTER => Next::Enough,
            () if idle > self.patience => Next::Enough,
            () if idle > FULL_AFTER && self.is_full() => Next::Enough,
            () => Next::GoOn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a slice of these people brings; each of them has the node that is her number.
    fn slice(people: &str, said: &str) -> Slice {
        let card = |node: &str| {
            json!({
                "node": node.parse::<u64>().unwrap(), "name": node, "age": "Sent 3 weeks ago",
                "profiles": [format!("https://www.linkedin.com/in/{node}/")], "headline": null,
                "note": null, "control": true, "label": "", "named": [],
            })
        };
        let cards: Vec<Value> = people.split_whitespace().map(card).collect();
        let numbers: Vec<&str> = said.split_whitespace().collect();
        let state = json!({
            "url": "", "protocol": "", "origin": "", "path": "", "status": 200, "ready": "complete",
            "title": "", "lang": "", "signed_in": true, "visible": true,
        });
        serde_json::from_value(json!({
            "cards": cards, "count_before": numbers[0], "count": numbers[1], "watched": true,
            "more": false, "turn": false, "bare": false, "lost": false, "state": state,
        }))
        .unwrap()
    }

    /// Pages of `people | the number before and after they were read | who stands there then`.
    #[track_caller]
    fn check(pages: &[(&str, &str, &str)], complete: bool) {
        let mut state = State::of(Kind::Person, Duration::ZERO);
        let mut order: Vec<u64> = Vec::new();
        for (number, (people, said, standing)) in pages.iter().enumerate() {
            if number > 0 {
                state.turned(&order);
            }
            state.take(slice(people, said));
            order = standing.split_whitespace().map(|node| node.parse().unwrap()).collect();
        }
        let all = state.stated == Some(state.cards.count());
        assert_eq!(all && state.none_passed_over(&order), complete);
    }

    #[test]
    fn as_many_as_are_stated_are_all_of_them_where_nobody_left() {
        check(&[("1 2 3", "3 3", "1 2 3")], true);
        check(&[("1 2", "3 3", "1 2")], false);
        check(&[("1 2 3", "2 2", "1 2 3")], false);
        check(&[("1 2", "4 4", "1 2"), ("3 4", "4 4", "3 4")], true);
        // A list that drops what was scrolled away.
        check(&[("1 2 3", "3 3", "3")], true);
    }

    /// How many cards are of a few people who stand there more than once, of a list of `node:person`.
    #[track_caller]
    fn check_repeating(list: &str, stated: u64, cards: Option<usize>) {
        let mut state = State::of(Kind::Person, Duration::ZERO);
        let (nodes, people): (Vec<&str>, Vec<&str>) =
            list.split_whitespace().filter_map(|card| card.split_once(':')).unzip();
        let mut slice = slice(&nodes.join(" "), "0 0");
        for (card, person) in slice.cards.iter_mut().zip(people) {
            card.profiles = vec![format!("https://www.linkedin.com/in/{person}/")];
        }
        state.take(slice);
        state.stated = Some(stated);
        let order: Vec<u64> = nodes.iter().map(|node| node.parse().unwrap()).collect();
        assert_eq!(state.repeating(&order).map(|whose| whose.len()), cards, "{list}");
    }

    #[test]
    fn p7_a_few_people_who_stand_there_twice_make_as_many_cards_as_are_stated() {
        check_repeating("1:a 2:b 3:a", 3, Some(3));
        check_repeating("1:a 2:b 3:a 4:a", 4, Some(4));
        check_repeating("1:a 2:b 3:a 4:a 5:b", 5, None);
        check_repeating("1:a 2:b 3:a", 4, None);
        check_repeating("1:a 2:b 3:a", 2, None);
        check_repeating("1:a 2:b", 2, None);
    }

    /// What is next once all were read, and then a slice with `watched` and `lost` came.
    fn after_the_number(watched: bool, lost: bool, patience: Duration) -> Next {
        let mut state = State::of(Kind::Person, patience);
        state.take(Slice { watched: false, ..slice("1 2 3", "3 3") });
        state.take(Slice { watched, lost, ..slice("", "3 3") });
        state.next()
    }

    #[test]
    fn only_a_watch_ends_a_list_whose_number_is_reached() {
        let minute = Duration::from_secs(60);
        assert!(matches!(after_the_number(true, false, minute), Next::Enough));
        assert!(matches!(after_the_number(false, false, minute), Next::GoOn));
        assert!(matches!(after_the_number(false, true, minute), Next::GoOn));
        assert!(matches!(after_the_number(false, true, Duration::ZERO), Next::Gone));
    }

    /// What is next when three without a link stand in new nodes each time one looks, of whom these
    /// stand at the end of the watch.
    fn in_new_nodes(standing: &[u64], patience: Duration) -> Next {
        let mut state = State::of(Kind::Person, patience);
        for nodes in ["1 2 3", "4 5 6"] {
            let mut slice = slice(nodes, "3 3");
            for card in &mut slice.cards {
                card.profiles.clear();
                card.name = "robin@example.org".to_owned();
            }
            slice.standing = Some(Standing { order: standing.to_vec(), open: Vec::new() });
            state.take(Slice { watched: nodes.starts_with('4'), ..slice });
        }
        state.next()
    }

    #[test]
    fn a_list_that_is_drawn_anew_without_end_is_not_read_without_end() {
        let minute = Duration::from_secs(60);
        assert!(matches!(in_new_nodes(&[4, 5, 6], minute), Next::Enough));
        assert!(matches!(in_new_nodes(&[4, 5], minute), Next::GoOn));
        assert!(matches!(in_new_nodes(&[4, 5], Duration::ZERO), Next::Enough));
    }

    #[test]
    fn who_left_before_being_read_is_missed_by_nobody() {
        check(&[("1 3", "3 2", "1 3")], true);
    }

    #[test]
    fn who_left_after_being_read_may_have_let_another_one_pass_unseen() {
        check(&[("1 2 3", "4 3", "1 3")], false);
        check(&[("1 2", "4 4", "1 2"), ("4", "3 3", "4")], false);
        check(&[("1 2", "4 3", "1"), ("4", "3 3", "4")], false);
        check(&[("1 2", "3 3", "1"), ("4", "3 3", "4")], false);
    }

    #[test]
    fn who_leaves_the_last_page_moves_nobody() {
        check(&[("1 2", "4 4", "1 2"), ("3 4", "4 4", "3")], true);
    }
}
