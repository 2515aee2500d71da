//! A list in pages: finding the page on which a person stands. After withdrawals the list moves up,
//! so nobody stands for certain where the reading saw them.

use serde_json::json;

use crate::browser::act::answers::Here;
use crate::browser::act::{Act, HERE};
use crate::browser::error::PageError;
use crate::browser::pages;

/// How long a page of the list may take to show its first card, in milliseconds.
const PAGE_MS: u64 = 8_000;
/// More pages than any list has: a link to the next page that never ends is followed so often.
const MOST_PAGES: usize = 1_000;

impl Act<'_, '_> {
    /// Turns to the page with the person's card: from here to the last, then from the first on.
    /// False when no page has it. A list in one piece is left to the next step.
    pub(super) async fn seek(&mut self) -> Result<bool, PageError> {
        if self.tab.layout.pages.is_none() {
            return Ok(true);
        }
        if self.seek_onwards().await? {
            return Ok(true);
        }
        self.tab.site.reload_sent().await?;
        self.seek_onwards().await
    }

    async fn seek_onwards(&mut self) -> Result<bool, PageError> {
        for _ in 0..MOST_PAGES {
            let mut wish = self.wish(json!({}));
            wish["patience"] = json!(PAGE_MS);
            let here = self.answer_only::<Here>(HERE, &wish).await?;
            self.gate(&here.state)?;
            if here.here {
                return Ok(true);
            }
            if !pages::turn(self.tab.site, self.tab.layout).await? {
                return Ok(false);
            }
        }
        Ok(false)
    }
}
