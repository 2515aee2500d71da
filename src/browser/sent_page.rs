//! The Sent tab: reading every card of it.
//!
//! The list is read in slices of a few seconds: one asynchronous script that scrolls, waits for
//! what comes, and returns only what is new. It is complete only when as many different
//! invitations were read as the page states, or when the page shows its empty state.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::browser::card::Card;
use crate::browser::cards::Cards;
use crate::browser::count::announced;
use crate::browser::error::PageError;
use crate::browser::layout::Layout;
use crate::browser::pages;
use crate::browser::walk::pill::check_open;
use crate::browser::walk::{PageState, Site};
use crate::domain::invitation::{Invitation, Kind};
use crate::domain::language;

const READ_CARDS: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/page_state.js"),
    include_str!("js/card.js"),
    include_str!("js/read_cards.js")
);
const MORE_BUTTON: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/card.js"),
    include_str!("js/guard.js"),
    include_str!("js/more_button.js")
);
const DISARM: &str =
    concat!(include_str!("js/ways.js"), include_str!("js/guard.js"), include_str!("js/disarm.js"));
const STANDING: &str = concat!(include_str!("js/ways.js"), include_str!("js/standing.js"));

/// How long the slices take at the most: the first one answers soon, and those of a list that grows
/// seldom, since each costs a long list a tenth of a second besides (measured at 5,000).
const SLICES_MS: [u64; 3] = [1_000, 2_000, 4_000];
/// Cards in one answer at the most: bounds the memory of one slice.
const MOST: usize = 5_000;
/// Without growth for so long, the list is scrolled up and down again.
const NUDGE_AFTER: [Duration; 3] =
    [Duration::from_secs(2), Duration::from_secs(4), Duration::from_secs(7)];
/// Without growth for so long, the list is given up as incomplete. A slow answer takes 5 s.
const GIVE_UP_AFTER: Duration = Duration::from_secs(12);
/// An empty list is believed after so long: the real one is put in 2 to 3 s after the page.
const EMPTY_AFTER: Duration = Duration::from_secs(7);
/// Below so many cards, ages that cannot be read and controls that are not there may be chance.
const ENOUGH_TO_JUDGE: usize = 5;

/// How far a scan has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub read: u64,
    pub announced: Option<u64>,
}

/// What a scan found.
#[derive(Clone, Debug)]
pub struct Scan {
    /// In the page's own order.
    pub invitations: Vec<Invitation>,
    pub announced: Option<u64>,
    pub complete: bool,
    /// The language in which the ages were read.
    pub language: String,
}

#[derive(Deserialize)]
struct Slice {
    cards: Vec<Card>,
    count: Option<String>,
    /// The number was reached, and then the page had as long as two of its own answers take.
    watched: bool,
    more: bool,
    /// This page of the list is read, and there is another.
    turn: bool,
    bare: bool,
    lost: bool,
    state: PageState,
}

/// What stands on the page once it is read.
#[derive(Deserialize)]
struct Standing {
    /// The numbers of the cards, in the page's order.
    order: Vec<u64>,
    /// The kinds whose pill says that its list is the open one.
    open: Vec<String>,
}

/// What to read, and as what.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub layout: &'a Layout,
    /// The page's own word for its language; empty when it says none.
    pub language: &'a str,
    pub kind: Kind,
    /// The instant from which ages are counted back.
    pub now: Timestamp,
}

/// Reads the whole list that is open.
///
/// # Errors
/// The site wants the person, the page is not the Sent tab any more, or the browser is lost.
pub async fn read_all(
    site: &mut Site,
    reading: Reading<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Scan, PageError> {
    read_with_patience(site, reading, GIVE_UP_AFTER, progress).await
}

/// The same, with another time after which a list that does not grow is given up.
///
/// # Errors
/// As for [`read_all`].
pub async fn read_with_patience(
    site: &mut Site,
    reading: Reading<'_>,
    patience: Duration,
    progress: &mut dyn FnMut(Progress),
) -> Result<Scan, PageError> {
    let mut state = State::of(reading.kind, patience);
    loop {
        let slice = look(site, reading, &mut state).await?;
        let (more, turn) = (slice.more, slice.turn);
        let grew = state.take(slice);
        if state.ended || !grew {
            site.heed_refusals().await?;
        }
        if grew {
            progress(Progress { read: state.cards.count(), announced: state.stated });
        }
        match state.next() {
            Next::Enough => break,
            Next::Gone => return Err(went_away()),
            Next::GoOn if state.reached => {}
            Next::GoOn if more => press_more(site, reading.layout).await?,
            Next::GoOn if turn => {
                let order = standing(site, reading).await?;
                if !pages::turn(site, reading.layout).await? {
                    break;
                }
                state.turned(&order);
            }
            Next::GoOn => {}
        }
    }
    finish(site, reading, state).await
}

/// Waits until the open list shows a card and the number of them, or that it has none. Then a pill
/// that is not there is not just late.
///
/// # Errors
/// As for [`read_all`], and when it shows neither.
pub async fn wait_for_list(site: &mut Site, reading: Reading<'_>) -> Result<(), PageError> {
    let mut state = State { glance: true, ..State::of(reading.kind, GIVE_UP_AFTER) };
    loop {
        let slice = look(site, reading, &mut state).await?;
        state.take(slice);
        if state.cards.count() > 0 && state.stated.is_some() {
            return Ok(());
        }
        match state.next() {
            Next::Enough if state.empty => return Ok(()),
            Next::Enough if state.cards.count() > 0 => {
                let words = "the list shows invitations, but no pill that says how many";
                return Err(PageError::NotUnderstood(words.to_owned()));
            }
            Next::Enough => return Err(shows_nothing(state.stated)),
            Next::Gone => return Err(went_away()),
            Next::GoOn => {}
        }
    }
}

/// The next slice, after checking that it is still one of the list.
async fn look(
    site: &mut Site,
    reading: Reading<'_>,
    state: &mut State,
) -> Result<Slice, PageError> {
    let wish = state.wish(site, reading);
    let slice: Slice = site.session.run_async(READ_CARDS, &wish).await?;
    site.check(&slice.state)?;
    if !site.shows_list(&slice.state) {
        let words = format!("the page went to {} while it was read", slice.state.path);
        return Err(PageError::NotUnderstood(words));
    }
    Ok(slice)
}

/// The cards that stand on the page, in its order.
///
/// # Errors
/// The page says that it lists another kind.
async fn standing(site: &mut Site, reading: Reading<'_>) -> Result<Vec<u64>, PageError> {
    let wish = json!({ "layout": reading.layout });
    let Standing { order, open } = site.session.run(STANDING, &wish).await?;
    check_open(&open, reading.kind)?;
    Ok(order)
}

enum Next {
    GoOn,
    Enough,
    Gone,
}

/// How far the reading has come, between two slices.
struct State {
    /// Without growth for so long, the list is given up.
    patience: Duration,
    cards: Cards,
    stated: Option<u64>,
    empty: bool,
    lost: bool,
    first: bool,
    grown: Instant,
    nudges: usize,
    /// The next slice only looks, and waits for nothing.
    glance: bool,
    /// How many slices in a row brought somebody new; one that brings nobody leaves the first.
    growing: usize,
    /// As many were read as are stated.
    reached: bool,
    /// The page had time to bring more, and did not.
    ended: bool,
    /// The number that was stated first.
    stated_first: Option<u64>,
    /// Whether the list came in pages.
    in_pages: bool,
}

impl State {
    fn of(kind: Kind, patience: Duration) -> Self {
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
            stated_first: None,
            in_pages: false,
        }
    }

    /// The next page stands there; `order` is what stood on the one before.
    fn turned(&mut self, order: &[u64]) {
        self.cards.leave_page(order);
        self.in_pages = true;
        (self.first, self.grown, self.nudges) = (true, Instant::now(), 0);
    }

    /// While a list in pages was read, somebody left it or came in: who stood at a page's edge may
    /// have been missed.
    fn moved(&self) -> bool {
        self.in_pages && self.stated != self.stated_first
    }

    /// What the next slice is asked for.
    fn wish(&mut self, site: &Site, reading: Reading<'_>) -> Value {
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
    fn take(&mut self, slice: Slice) -> bool {
        if let Some(number) = slice.count.as_deref().and_then(announced) {
            self.stated = Some(number);
            self.stated_first = self.stated_first.or(self.stated);
        }
        let before = self.cards.count();
        self.cards.take(slice.cards);
        let grew = self.cards.count() > before;
        if grew {
            (self.grown, self.nudges) = (Instant::now(), 0);
        }
        self.growing = if grew { self.growing + 1 } else { 1 };
        let count = self.cards.count();
        self.reached = count > 0 && self.stated.is_some_and(|all| count >= all);
        self.ended = self.reached && slice.watched && (self.stated == Some(count) || !grew);
        self.lost = slice.lost;
        self.empty = slice.bare && self.cards.count() == 0 && self.stated.unwrap_or(0) == 0;
        grew
    }

    fn next(&self) -> Next {
        if self.reached {
            // Only a watch shows whether the number was a lie.
            return if self.ended { Next::Enough } else { Next::GoOn };
        }
        let idle = self.grown.elapsed();
        match () {
            () if self.lost && idle > self.patience => Next::Gone,
            () if self.empty && idle > EMPTY_AFTER => Next::Enough,
            () if idle > self.patience => Next::Enough,
            () => Next::GoOn,
        }
    }
}

async fn press_more(site: &mut Site, layout: &Layout) -> Result<(), PageError> {
    let wish = json!({ "layout": layout });
    let Some(button) = site.session.element(MORE_BUTTON, &wish).await? else {
        return Ok(());
    };
    let clicked = site.session.click(&button).await;
    site.session.run::<u32>(DISARM, &Value::Null).await?;
    match clicked {
        // Covered or replaced: the next slice looks again, until the list is given up.
        Ok(()) | Err(PageError::Element(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn finish(site: &mut Site, reading: Reading<'_>, state: State) -> Result<Scan, PageError> {
    let order = standing(site, reading).await?;
    let moved = state.moved();
    let State { cards, stated, empty, .. } = state;
    if empty {
        return Ok(Scan {
            invitations: Vec::new(),
            announced: stated,
            complete: true,
            language: reading.language.to_owned(),
        });
    }
    if cards.count() == 0 {
        return Err(shows_nothing(stated));
    }
    if let Some(missing) = cards.missing_in_all() {
        let words = format!("no card of the list has {missing} where the layout says");
        return Err(PageError::NotUnderstood(words));
    }
    let language = match reading.language {
        "" => language::of_lines(&cards.ages(), reading.now),
        code => language::bundled(code),
    };
    let language = language.ok_or_else(|| {
        let said = reading.language;
        PageError::NotUnderstood(format!("the language of the page's ages is not known ({said:?})"))
    })?;
    let no_headline = &reading.layout.card.no_headline;
    let invitations = cards.into_invitations(&order, |card| {
        card.into_invitation(reading.kind, no_headline, language, reading.now)
    });
    let unread = invitations.iter().filter(|invitation| invitation.age.is_none()).count();
    if unread == invitations.len() && unread >= ENOUGH_TO_JUDGE {
        return Err(PageError::NotUnderstood(format!(
            "none of {unread} ages could be read; the first says {:?}",
            invitations[0].sent_text
        )));
    }
    let read = u64::try_from(invitations.len()).unwrap_or(u64::MAX);
    Ok(Scan {
        complete: stated == Some(read) && !moved,
        announced: stated,
        invitations,
        language: language.code().to_owned(),
    })
}

fn went_away() -> PageError {
    PageError::NotUnderstood("the list went away while it was read".to_owned())
}

fn shows_nothing(stated: Option<u64>) -> PageError {
    PageError::NotUnderstood(format!(
        "the list shows no invitation{} and no sign that it is empty",
        stated.map_or(String::new(), |all| format!(" (of {all} announced)"))
    ))
}
