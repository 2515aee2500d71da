//! The Sent tab: reading every card of it.
//!
//! The list is read in slices of about a second: one asynchronous script that scrolls, waits for
//! what comes, and returns only what is new. It is complete only when as many different
//! invitations were read as the page states, or when the page shows its empty state.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use crate::browser::card::Card;
use crate::browser::count::announced;
use crate::browser::error::PageError;
use crate::browser::layout::Layout;
use crate::browser::walk::{PageState, Site};
use crate::domain::invitation::{Invitation, Key, Kind};
use crate::domain::language::Language;

const READ_CARDS: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/page_state.js"),
    include_str!("js/read_cards.js")
);
const MORE_BUTTON: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/more_button.js")
);
const CARD_ORDER: &str = concat!(include_str!("js/ways.js"), include_str!("js/card_order.js"));

const SLICE_MS: u64 = 1_000;
/// Cards in one answer at the most: bounds the memory of one slice.
const MOST: usize = 2_000;
/// Without growth for so long, the list is scrolled up and down again.
const NUDGE_AFTER: [Duration; 3] = [
    Duration::from_secs(2),
    Duration::from_secs(4),
    Duration::from_secs(7),
];
/// Without growth for so long, the list is given up as incomplete. A slow answer takes 5 s.
const GIVE_UP_AFTER: Duration = Duration::from_secs(12);
/// An empty list is believed after so long: the real one is put in 2 to 3 s after the page.
const EMPTY_AFTER: Duration = Duration::from_secs(4);
/// Below so many cards, ages that cannot be read may be chance.
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
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Slice(Box<Slice>),
    Failed { failed: String },
}

#[derive(Deserialize)]
struct Slice {
    cards: Vec<Card>,
    count: Option<String>,
    slowest: u64,
    more: bool,
    bare: bool,
    lost: bool,
    state: PageState,
}

/// Every version of every card that was seen, by the node it stood in.
#[derive(Default)]
struct Cards {
    versions: Vec<Card>,
    latest: HashMap<u64, usize>,
    identities: HashSet<String>,
}

/// Reads the whole list that is open.
///
/// # Errors
/// The site wants the person, the page is not the Sent tab any more, or the browser is lost.
pub async fn read_all(
    site: &mut Site,
    layout: &Layout,
    language: Option<&Language>,
    kind: Kind,
    now: Timestamp,
    progress: &mut dyn FnMut(Progress),
) -> Result<Scan, PageError> {
    let mut cards = Cards::default();
    let mut afresh = true;
    let mut stated = None;
    let mut empty = false;
    let mut grown = Instant::now();
    let mut nudges = 0;
    let mut settle: Option<u64> = None;
    loop {
        let missing = stated.map_or(u64::MAX, |all: u64| all.saturating_sub(cards.count()));
        let idle = grown.elapsed();
        let nudge = settle.is_none() && NUDGE_AFTER.get(nudges).is_some_and(|after| idle > *after);
        nudges += usize::from(nudge);
        let wish = json!({
            "site": site.layouts().site, "layout": layout, "kind": count_name(kind),
            "afresh": afresh, "nudge": nudge, "most": MOST,
            "wanted": missing.max(1).min(u64::from(u32::MAX)),
            "budget": settle.unwrap_or(SLICE_MS),
        });
        let slice = match site.session.run_async::<Answer>(READ_CARDS, &wish).await? {
            Answer::Slice(slice) => *slice,
            Answer::Failed { failed } => return Err(PageError::Script(failed)),
        };
        afresh = false;
        site.check(&slice.state)?;
        if !site.is_sent_path(&slice.state.path) {
            let words = format!("the page went to {} while it was read", slice.state.path);
            return Err(PageError::NotUnderstood(words));
        }
        if let Some(number) = slice.count.as_deref().and_then(announced) {
            stated = Some(number);
        }
        let before = cards.count();
        cards.take(slice.cards);
        if cards.count() > before {
            (grown, nudges) = (Instant::now(), 0);
            progress(Progress {
                read: cards.count(),
                announced: stated,
            });
        }
        let idle = grown.elapsed();
        if stated.is_some_and(|all| cards.count() >= all) && cards.count() > 0 {
            // The number is reached. One more look, as long as two of the page's own answers take,
            // shows whether the number was a lie.
            if settle.is_some() && cards.count() == before {
                break;
            }
            settle = Some((2 * slice.slowest).clamp(40, SLICE_MS));
            continue;
        }
        settle = None;
        if slice.lost && idle > GIVE_UP_AFTER {
            return Err(PageError::NotUnderstood(
                "the list went away while it was read".into(),
            ));
        }
        empty = slice.bare && cards.count() == 0 && stated.unwrap_or(0) == 0;
        if empty && idle > EMPTY_AFTER {
            break;
        }
        if idle > GIVE_UP_AFTER {
            break;
        }
        if slice.more {
            press_more(site, layout).await?;
        }
    }
    finish(site, layout, language, kind, now, cards, stated, empty).await
}

async fn press_more(site: &mut Site, layout: &Layout) -> Result<(), PageError> {
    let wish = json!({ "layout": layout });
    let Some(button) = site.session.element(MORE_BUTTON, &wish).await? else {
        return Ok(());
    };
    match site.session.click(&button).await {
        // Covered or replaced: the next slice looks again, until the list is given up.
        Ok(()) | Err(PageError::Element(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "the end of read_all, split off for length"
)]
async fn finish(
    site: &mut Site,
    layout: &Layout,
    language: Option<&Language>,
    kind: Kind,
    now: Timestamp,
    cards: Cards,
    stated: Option<u64>,
    empty: bool,
) -> Result<Scan, PageError> {
    if empty {
        return Ok(Scan {
            invitations: Vec::new(),
            announced: stated,
            complete: true,
        });
    }
    if cards.count() == 0 {
        return Err(PageError::NotUnderstood(format!(
            "the list shows no invitation{} and no sign that it is empty",
            stated.map_or(String::new(), |all| format!(" (of {all} announced)"))
        )));
    }
    let order: Vec<u64> = site
        .session
        .run(CARD_ORDER, &json!({ "layout": layout }))
        .await?;
    let language = language.ok_or_else(|| {
        PageError::NotUnderstood("the language of the page's ages is not known".into())
    })?;
    let invitations = cards.into_invitations(&order, |card| {
        card.into_invitation(kind, &layout.card.no_headline, language, now)
    });
    let unread = invitations
        .iter()
        .filter(|invitation| invitation.age.is_none())
        .count();
    if unread == invitations.len() && unread >= ENOUGH_TO_JUDGE {
        let sample = &invitations[0].sent_text;
        return Err(PageError::NotUnderstood(format!(
            "none of {unread} ages could be read; the first says {sample:?}"
        )));
    }
    let read = u64::try_from(invitations.len()).unwrap_or(u64::MAX);
    Ok(Scan {
        complete: stated == Some(read),
        announced: stated,
        invitations,
    })
}

/// The name of a kind's pill in a layout.
fn count_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "people",
        Kind::Page => "pages",
        Kind::Event => "events",
        Kind::Newsletter => "newsletters",
    }
}

impl Cards {
    /// How many different invitations were seen. Cards without a profile count by their node.
    fn count(&self) -> u64 {
        u64::try_from(self.identities.len()).unwrap_or(u64::MAX)
    }

    fn take(&mut self, cards: Vec<Card>) {
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
    fn into_invitations(self, order: &[u64], read: impl Fn(Card) -> Invitation) -> Vec<Invitation> {
        let standing: Vec<usize> = order
            .iter()
            .filter_map(|node| self.latest.get(node).copied())
            .collect();
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
                let twins = invitations
                    .iter()
                    .filter(|other| other.name == invitation.name)
                    .count();
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
        [address] => Key::from_profile(address).map_or_else(
            || format!("node {} {}", card.node, card.name),
            |key| key.to_string(),
        ),
        _ => format!("node {} {}", card.node, card.name),
    }
}
