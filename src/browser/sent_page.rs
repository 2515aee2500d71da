//! The Sent tab: reading every card of it.
//!
//! The list is read in slices of a few seconds: one asynchronous script that scrolls, waits for
//! what comes, and returns only what is new. It is complete only when as many different
//! invitations were read as the page states and nobody moved up unseen, when the page shows its
//! empty state, or when two loads show the same cards, as many as stated, of a few people twice.

mod state;

use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};
use state::{Next, Slice, State};

use crate::browser::error::PageError;
use crate::browser::layout::Layout;
use crate::browser::pages;
use crate::browser::walk::Site;
use crate::browser::walk::pill::check_open;
use crate::domain::invitation::{Invitation, Kind};
use crate::domain::language;

const READ_CARDS: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/page_state.js"),
    include_str!("js/card.js"),
    include_str!("js/standing.js"),
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
const STANDING: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/standing.js"),
    "return JSON.stringify(standing(arguments[0].layout));"
);

/// Without growth for so long, the list is given up as incomplete. A slow answer takes 5 s.
const GIVE_UP_AFTER: Duration = Duration::from_secs(12);
/// So often the list is opened again when the page goes elsewhere by itself.
const RETURNS: u32 = 2;
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
    /// Whose each card is, in the page's order, when as many cards as announced stand there, but a few
    /// people more than once. One load does not tell that from a list that was sorted anew while it
    /// loaded, which shows some twice and passes others over.
    pub repeating: Option<Vec<String>>,
    /// The language in which the ages were read.
    pub language: String,
    /// What did not go as expected, for the person.
    pub remarks: Vec<String>,
}

/// What stands on the page once it is read.
#[derive(Deserialize)]
struct Standing {
    /// The numbers of the cards, in the page's order.
    order: Vec<u64>,
    /// The kinds whose pill says that its list is the open one.
    open: Vec<String>,
}

impl Standing {
    /// The order, after checking that the page lists nobody of another kind.
    fn of(self, kind: Kind) -> Result<Vec<u64>, PageError> {
        check_open(&self.open, kind)?;
        Ok(self.order)
    }
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

/// Reads the whole list that is open. A list on which people stand more than once is loaded afresh and
/// read again: it is complete when each card is the same person's as before.
///
/// # Errors
/// The site wants the person, the page is not the Sent tab any more, or the browser is lost.
pub async fn read_all(
    site: &mut Site,
    reading: Reading<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Scan, PageError> {
    let first = read_open(site, reading, progress).await?;
    if first.repeating.is_none() {
        return Ok(first);
    }
    let (layout, language) = site.reload_sent().await?;
    if layout.name != reading.layout.name || language != reading.language {
        return Ok(first);
    }
    let second = read_open(site, reading, progress).await?;
    let complete = second.complete || second.repeating == first.repeating;
    Ok(Scan { complete, remarks: [first.remarks, second.remarks].concat(), ..second })
}

/// Reads the list that is open; from the start again, when the page goes to another tab by itself.
async fn read_open(
    site: &mut Site,
    reading: Reading<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Scan, PageError> {
    let mut returns = 0;
    loop {
        match read_with_patience(site, reading, GIVE_UP_AFTER, progress).await {
            Err(PageError::WentAway { to }) if returns < RETURNS => {
                site.return_to_list(reading.layout, &to).await?;
                returns += 1;
            }
            read => return read.map(|scan| Scan { remarks: site.take_remarks(), ..scan }),
        }
    }
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
        // Once all are read, while the page may still bring more.
        if !state.ended && (state.reached || !grew) {
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
    let mut state = State::of(reading.kind, GIVE_UP_AFTER);
    state.glance = true;
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
    let mut tries = 0;
    let slice: Slice = loop {
        match site.session.run_async(READ_CARDS, &wish).await {
            // The document may have gone away under the script: where to, the page tells.
            Err(error @ PageError::Script(_)) => {
                let now = site.gate().await?;
                if !site.shows_list(&now) {
                    return Err(PageError::WentAway { to: now.path });
                }
                tries += 1;
                if tries > RETURNS {
                    return Err(error);
                }
            }
            answer => break answer?,
        }
    };
    site.check(&slice.state)?;
    if !site.shows_list(&slice.state) {
        return Err(PageError::WentAway { to: slice.state.path });
    }
    Ok(slice)
}

/// The cards that stand on the page, in its order.
///
/// # Errors
/// The page says that it lists another kind.
async fn standing(site: &mut Site, reading: Reading<'_>) -> Result<Vec<u64>, PageError> {
    let wish = json!({ "layout": reading.layout });
    site.session.run::<Standing>(STANDING, &wish).await?.of(reading.kind)
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

async fn finish(
    site: &mut Site,
    reading: Reading<'_>,
    mut state: State,
) -> Result<Scan, PageError> {
    let order = match state.standing.take() {
        Some(standing) => standing.of(reading.kind)?,
        None => standing(site, reading).await?,
    };
    let none_passed_over = state.none_passed_over(&order);
    let repeating = state.repeating(&order).filter(|_| none_passed_over);
    let State { cards, stated, empty, ended, .. } = state;
    if empty {
        return Ok(Scan {
            invitations: Vec::new(),
            announced: stated,
            complete: true,
            repeating: None,
            language: reading.language.to_owned(),
            remarks: Vec::new(),
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
    let (no_headline, names) = (&reading.layout.card.no_headline, &reading.layout.dialog.names);
    let invitations = cards.into_invitations(&order, |card| {
        card.into_invitation(reading.kind, no_headline, names, language, reading.now)
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
        complete: ended && stated == Some(read) && none_passed_over,
        repeating,
        announced: stated,
        invitations,
        language: language.code().to_owned(),
        remarks: Vec::new(),
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
