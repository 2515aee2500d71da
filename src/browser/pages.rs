//! A list in pages: turning to the next one, as a person does.

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::browser::error::PageError;
use crate::browser::layout::{Layout, PagesPart};
use crate::browser::walk::Site;

const NEXT_PAGE: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/card.js"),
    include_str!("js/guard.js"),
    include_str!("js/next_page.js")
);
const DISARM: &str =
    concat!(include_str!("js/ways.js"), include_str!("js/guard.js"), include_str!("js/disarm.js"));
const TURNED: &str = concat!(
    include_str!("js/ways.js"),
    include_str!("js/card.js"),
    include_str!("js/guard.js"),
    include_str!("js/turned.js")
);

/// How long the next page may take.
const PAGE: Duration = Duration::from_secs(20);
/// After so long without it, a click was taken up by nobody: a page may not be live yet.
const TURN: Duration = Duration::from_secs(8);
const LOOK_MS: u64 = 2_000;
/// So often a click that hit nothing is sent again.
const TRIES: u32 = 3;

#[derive(Deserialize)]
struct Here {
    /// How the list begins.
    start: String,
    address: String,
    /// The page's number in the address; 1 when it has none.
    page: u64,
}

/// Turns to the next page of the list and waits for it; false when there is none, or it does not
/// come.
pub async fn turn(site: &mut Site, layout: &Layout) -> Result<bool, PageError> {
    let Some(pages) = &layout.pages else { return Ok(false) };
    let wish = json!({ "layout": layout });
    for _ in 0..TRIES {
        let (here, next) = site.session.with_element::<Here>(NEXT_PAGE, &wish).await?;
        let Some(next) = next else { return Ok(false) };
        match site.session.click(&next).await {
            Ok(()) => {}
            Err(PageError::Element(_)) => return by_address(site, layout, pages, &here).await,
            Err(error) => return Err(error),
        }
        match site.session.run::<u32>(DISARM, &Value::Null).await {
            // The page moved under the click, which the guard held back.
            Ok(0) => {}
            Ok(_) | Err(PageError::Script(_)) => {
                return match came(site, layout, &here.start, TURN).await? {
                    true => Ok(true),
                    false => by_address(site, layout, pages, &here).await,
                };
            }
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// Where the click cannot be sent, or is not taken up, the address leads there as well.
async fn by_address(
    site: &mut Site,
    layout: &Layout,
    pages: &PagesPart,
    here: &Here,
) -> Result<bool, PageError> {
    let next = site.page_of_list(&here.address, &pages.parameter, here.page + 1);
    site.go(&next).await?;
    came(site, layout, &here.start, PAGE).await
}

/// Waits until the list begins otherwise; false when it does not in time.
async fn came(
    site: &mut Site,
    layout: &Layout,
    start: &str,
    patience: Duration,
) -> Result<bool, PageError> {
    let until = Instant::now() + patience;
    let wish = json!({ "layout": layout, "start": start, "budget": LOOK_MS });
    loop {
        match site.session.run_async::<bool>(TURNED, &wish).await {
            Ok(true) => return Ok(true),
            // The document went away under the script: a page that is loaded whole.
            Ok(false) | Err(PageError::Script(_)) if Instant::now() < until => {}
            Ok(false) => return Ok(false),
            Err(error) => return Err(error),
        }
    }
}
