//! The way to the Sent tab, as a person takes it: feed, own profile's name, My Network, the
//! Invitations card, Sent. Links are found by where they lead. Where a step's link is missing the
//! next way is its address, and the report says so.

mod account;
pub(super) mod pill;
mod steps;

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::json;
use url::Url;

use crate::browser::error::PageError;
use crate::browser::layout::{Fits, Layout, Layouts};
use crate::browser::session::Session;
use crate::domain::invitation::Kind;

const PAGE_STATE: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/page_state.js"),
    "return JSON.stringify(pageState(arguments[0]));"
);
const WAIT: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/page_state.js"),
    include_str!("js/wait.js")
);

/// How long a page may take to show what is expected of it.
pub const PAGE: Duration = Duration::from_secs(20);
/// How long a link of the walk is waited for before its address is taken.
const LINK: Duration = Duration::from_secs(5);
const MENU: Duration = Duration::from_secs(2);
/// Tries of a page that answers with a server error or one of its own, or goes elsewhere by itself.
const TRIES: u32 = 4;
/// A page that shows another tab for so long does not come back by itself.
const AWAY: Duration = Duration::from_secs(3);

/// What the open page is.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PageState {
    pub url: String,
    pub protocol: String,
    pub origin: String,
    pub path: String,
    /// HTTP status of the document, 0 where the browser does not tell.
    pub status: u16,
    pub ready: String,
    pub title: String,
    pub lang: String,
    pub signed_in: bool,
    pub signed_out: Option<String>,
    pub checkpoint: Option<String>,
    pub limited: Option<String>,
    pub visible: bool,
}

#[derive(Debug, Deserialize)]
struct Seen {
    #[serde(flatten)]
    state: PageState,
    met: bool,
    /// What the application's own error page says, where it stands instead.
    failed: Option<String>,
    fitting: Vec<bool>,
}

/// Where the walk ended.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The slug of the account that is signed in.
    pub account: Option<String>,
    pub layout: Layout,
    /// The page's own word for its language: `<html lang>`, else the locale it states.
    pub language: String,
    /// What did not go as expected, for the person.
    pub remarks: Vec<String>,
}

/// A browser session on one site.
pub struct Site {
    pub session: Session,
    base: Url,
    layouts: Layouts,
    /// Whether a page of it was loaded already.
    reached: bool,
    /// Which list of the Sent tab was opened.
    kind: Kind,
    /// What did not go as expected since they were last taken.
    remarks: Vec<String>,
}

impl Site {
    /// `base` is the site's address; its query, if any, is kept on every address gone to.
    pub fn new(session: Session, base: Url, layouts: Layouts) -> Self {
        Self { session, base, layouts, reached: false, kind: Kind::Person, remarks: Vec::new() }
    }

    /// What did not go as expected on the way to the list, since this was last asked.
    pub fn take_remarks(&mut self) -> Vec<String> {
        std::mem::take(&mut self.remarks)
    }

    pub fn layouts(&self) -> &Layouts {
        &self.layouts
    }

    /// The state of the open page, after checking that it is one of the site's own pages and that
    /// the site does not want the person.
    pub async fn gate(&mut self) -> Result<PageState, PageError> {
        let state = self.state().await?;
        self.check(&state)?;
        Ok(state)
    }

    /// The state of the open page, whatever it is.
    ///
    /// # Errors
    /// The browser does not answer.
    pub async fn state(&mut self) -> Result<PageState, PageError> {
        let site = json!(self.layouts.site);
        let until = Instant::now() + MENU;
        loop {
            match self.session.run(PAGE_STATE, &site).await {
                // The document went away under the script (Firefox then answers null): the next one
                // is asked.
                Err(PageError::Script(_)) if Instant::now() < until => {}
                answer => return answer,
            }
        }
    }

    /// The same check for a state that was read along with something else.
    ///
    /// # Errors
    /// The site wants the person, or the page is not the site's.
    pub fn check(&self, state: &PageState) -> Result<(), PageError> {
        if !state.protocol.starts_with("http") {
            // The driver calls some failed loads done, and the browser shows its own error page.
            let what = "could not be loaded (no connection?)";
            return Err(PageError::Unreachable(format!("{} {what}", self.base)));
        }
        if let Some(sign) = &state.limited {
            return Err(PageError::RateLimited { sign: sign.clone() });
        }
        if state.signed_out.is_some() {
            return Err(PageError::SignedOut { at: state.path.clone() });
        }
        if let Some(sign) = &state.checkpoint {
            let at = match self.layouts.site.checkpoint.texts.contains(sign) {
                true => format!("{} says {sign:?}", state.path),
                false => state.path.clone(),
            };
            return Err(PageError::Checkpoint { at });
        }
        if state.origin != self.base.origin().ascii_serialization() {
            let words = format!("the browser was led away to {}", state.origin);
            return Err(PageError::NotUnderstood(words));
        }
        if self.is_of_another_kind(state) {
            let words = format!("the page lists other invitations than {}", self.kind.plural());
            return Err(PageError::NotUnderstood(words));
        }
        Ok(())
    }

    /// Goes to a path of the site and checks the page; server errors are tried again, and so is a
    /// connection that is lost once there was one.
    pub async fn go(&mut self, path: &str) -> Result<PageState, PageError> {
        let address = self.address(path)?;
        for attempt in 1..=TRIES {
            match self.visit(&address).await {
                Ok(state) if state.status < 500 => {
                    self.reached = true;
                    return Ok(state);
                }
                Ok(state) if attempt == TRIES => {
                    let sign = format!("status {} for {path}, {TRIES} times", state.status);
                    return Err(PageError::RateLimited { sign });
                }
                Err(PageError::Unreachable(_)) if self.reached && attempt < TRIES => {}
                Ok(_) => {}
                Err(error) => return Err(error),
            }
            rest(attempt).await;
        }
        Err(PageError::Unreachable(address))
    }

    async fn visit(&mut self, address: &str) -> Result<PageState, PageError> {
        self.session.goto(address).await?;
        self.gate().await
    }

    /// The whole way from the feed to the Sent tab.
    ///
    /// # Errors
    /// The site wants the person, cannot be reached, or shows a page that no layout fits.
    pub async fn walk(&mut self) -> Result<Arrival, PageError> {
        let mut remarks = Vec::new();
        let account = self.sign_in(&mut remarks).await?;
        self.go_to_sent(&mut remarks).await?;
        let (layout, language) = self.fitting_layout(PAGE).await?;
        remarks.append(&mut self.remarks);
        Ok(Arrival { account, layout, language, remarks })
    }

    /// The first part of the way: the feed, and whose account this is.
    pub async fn sign_in(
        &mut self,
        remarks: &mut Vec<String>,
    ) -> Result<Option<String>, PageError> {
        let paths = self.layouts.site.paths.clone();
        let feed = self.go(&paths.feed[0]).await?;
        if feed.status >= 400 {
            remarks.push(format!("{} answered {}", paths.feed[0], feed.status));
        }
        let css = self.layouts.site.signed_in.css.iter().map(ToString::to_string).collect();
        let _ = self.wait(&Wish { css, ..Wish::default() }, LINK).await?;
        self.account(remarks).await
    }

    /// Whether the site refused what the page asked for: pages show little of that (§6).
    ///
    /// # Errors
    /// One of the statuses that say that it is asked too often.
    pub async fn heed_refusals(&mut self) -> Result<(), PageError> {
        let statuses = self.layouts.site.limited.statuses.clone();
        let origin = self.base.origin().ascii_serialization();
        match self.session.refused(&origin, &statuses).await {
            Some(status) => {
                let sign = format!("status {status} for what the page asked for");
                Err(PageError::RateLimited { sign })
            }
            None => Ok(()),
        }
    }

    /// Loads the Sent tab afresh by its address and waits for the layout.
    pub async fn reload_sent(&mut self) -> Result<(Layout, String), PageError> {
        let path = self.layouts.site.paths.sent[0].clone();
        self.go(&path).await?;
        self.fitting_layout(PAGE).await
    }

    /// Opens the feed for a person who is to sign in; whatever the site shows instead is theirs.
    pub async fn open_for_the_person(&mut self) -> Result<(), PageError> {
        let address = self.address(&self.layouts.site.paths.feed[0])?;
        self.session.goto(&address).await
    }

    /// Waits, without end, until the open page is one of a person who is signed in.
    pub async fn wait_for_the_person(&mut self) -> Result<(), PageError> {
        loop {
            let argument = json!({
                "site": self.layouts.site, "paths": [], "query": null,
                "css": self.layouts.site.signed_in.css, "fits": [], "budget": 1_000, "patient": true,
            });
            match self.session.run_async::<Seen>(WAIT, &argument).await {
                Ok(seen) if seen.met && self.check(&seen.state).is_ok() => return Ok(()),
                Ok(_) | Err(PageError::Script(_) | PageError::Prompt(_)) => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn address(&self, path: &str) -> Result<String, PageError> {
        let mut address = self
            .base
            .join(path)
            .map_err(|error| PageError::Unreachable(format!("{}: {error}", self.base)))?;
        let queries = [address.query(), self.base.query()];
        let query = queries.into_iter().flatten().collect::<Vec<_>>().join("&");
        address.set_query((!query.is_empty()).then_some(&query));
        Ok(address.into())
    }

    /// Waits until the page meets a wish; false when it did not in time.
    async fn wait(&mut self, wish: &Wish, limit: Duration) -> Result<(bool, Seen), PageError> {
        let until = Instant::now() + limit;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let budget = left.min(Duration::from_secs(1)).as_millis();
            let argument = json!({
                "site": self.layouts.site, "paths": wish.paths, "query": wish.query,
                "css": wish.css, "fits": wish.fits, "budget": u64::try_from(budget).unwrap_or(0),
            });
            match self.session.run_async::<Seen>(WAIT, &argument).await {
                Ok(seen) => {
                    self.check(&seen.state)?;
                    let ended = seen.state.status >= 500 || seen.failed.is_some();
                    if seen.met || left.is_zero() || ended {
                        return Ok((seen.met, seen));
                    }
                }
                // The document went away under the script: a navigation, which is waited for too.
                Err(PageError::Script(_)) if !left.is_zero() => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The same on the page of a list; sooner false where it shows another page instead.
    async fn wait_on_list(
        &mut self,
        wish: &Wish,
        limit: Duration,
    ) -> Result<(bool, Seen), PageError> {
        let (met, seen) = self.wait(wish, limit.min(AWAY)).await?;
        let ended = seen.state.status >= 500 || seen.failed.is_some();
        if met || ended || !self.shows_list(&seen.state) {
            return Ok((met, seen));
        }
        self.wait(wish, limit.saturating_sub(AWAY)).await
    }

    /// The one layout that fits the open page, and the page's language. A list that goes to another
    /// tab by itself (§1.1), or comes with an error, is opened again a few times.
    ///
    /// # Errors
    /// None does after so long a wait, or more than one.
    pub async fn fitting_layout(
        &mut self,
        patience: Duration,
    ) -> Result<(Layout, String), PageError> {
        let fits: Vec<Fits> = self.layouts.all.iter().map(|layout| layout.fits.clone()).collect();
        let wish = Wish { fits, ..Wish::default() };
        let (mut met, mut seen) = self.wait_on_list(&wish, patience).await?;
        let path = self.list_paths().first().cloned().unwrap_or_default();
        for attempt in 1..TRIES {
            let failed = seen.state.status >= 500 || seen.failed.is_some();
            if !failed && self.shows_list(&seen.state) {
                break;
            }
            rest(attempt).await;
            match failed {
                true => drop(self.go(&path).await?),
                false => self.open_again(&seen.state.path).await?,
            }
            (met, seen) = self.wait_on_list(&wish, patience).await?;
        }
        if let Some(words) = seen.failed {
            let words =
                format!("the site shows an error page of its own ({words:?}), {TRIES} times");
            return Err(PageError::NotUnderstood(words));
        }
        if !self.shows_list(&seen.state) {
            let words = format!("the site shows {} instead of the Sent tab", seen.state.path);
            return Err(PageError::NotUnderstood(words));
        }
        let fitting: Vec<&Layout> = self
            .layouts
            .all
            .iter()
            .zip(&seen.fitting)
            .filter(|(_, fits)| **fits)
            .map(|(l, _)| l)
            .collect();
        match fitting.as_slice() {
            [layout] if met => Ok(((*layout).clone(), seen.state.lang)),
            [] => Err(PageError::NotUnderstood(format!(
                "no layout fits the Sent tab after {} s (page title {:?}, status {})",
                patience.as_secs(),
                seen.state.title,
                seen.state.status
            ))),
            several => Err(PageError::NotUnderstood(format!(
                "more than one layout fits the Sent tab: {}",
                several.iter().map(|layout| layout.name.as_str()).collect::<Vec<_>>().join(", ")
            ))),
        }
    }
}

/// A pause before another try of a page that failed, longer after each.
async fn rest(attempt: u32) {
    let ceiling = (2_u64 << attempt).min(60) * 250;
    let pause = Duration::from_millis(fastrand::u64(ceiling / 4..=ceiling));
    tokio::time::sleep_until(tokio::time::Instant::now() + pause).await;
}

#[derive(Default)]
struct Wish {
    /// One of these is the address's path, ...
    paths: Vec<String>,
    /// ... or this, a name and a value, stands in its query.
    query: Option<(&'static str, String)>,
    css: Vec<String>,
    fits: Vec<Fits>,
}
