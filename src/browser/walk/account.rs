//! Whose account is signed in.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{MENU, Site};
use crate::browser::error::PageError;
use crate::browser::layout::Layout;
use crate::domain::invitation::Key;

const ACCOUNT_MENU: &str =
    concat!(include_str!("../js/ways.js"), include_str!("../js/account_menu.js"));
const PROFILE_LINKS: &str =
    concat!(include_str!("../js/ways.js"), include_str!("../js/profile_links.js"));
const MENU_CLICKS: u32 = 2;
/// How long the address of one's own profile may take to lead there.
const OWN_PROFILE: Duration = Duration::from_secs(10);

impl Site {
    /// The slug of the account: from the profile link in the menu under "Me", else from where the
    /// site leads the address of one's own profile.
    pub(super) async fn account(
        &mut self,
        remarks: &mut Vec<String>,
    ) -> Result<Option<String>, PageError> {
        if let Some((slug, _)) = self.account_of_menu().await? {
            return Ok(Some(slug));
        }
        let own = self.layouts.site.paths.own_profile[0].clone();
        remarks.push(format!("the menu with the own profile was not found; {own} was taken"));
        self.go(&own).await?;
        let until = Instant::now() + OWN_PROFILE;
        while Instant::now() < until {
            let state = self.gate().await?;
            if let Some(slug) = slug(&state.url) {
                return Ok(Some(slug));
            }
        }
        remarks.push("the account could not be told".to_owned());
        Ok(None)
    }

    /// Loads the Sent tab afresh, as [`Site::reload_sent`], and looks whether it is still this account's:
    /// by the menu of that very page, which is closed again.
    ///
    /// # Errors
    /// As for the walk, and when somebody else is signed in, or nobody that can be told.
    pub async fn reload_sent_of(&mut self, wanted: &str) -> Result<(Layout, String), PageError> {
        let mut page = self.reload_sent().await?;
        let found = match self.account_of_menu().await? {
            Some((slug, link)) => {
                if !self.close_menu(&link).await? {
                    page = self.reload_sent().await?;
                }
                Some(slug)
            }
            None => {
                let found = self.sign_in(&mut Vec::new()).await?;
                page = self.reload_sent().await?;
                found
            }
        };
        match found {
            Some(found) if found.to_lowercase() == wanted.to_lowercase() => Ok(page),
            Some(found) => Err(PageError::OtherAccount { found, wanted: wanted.to_owned() }),
            None => {
                let words = "whose account is signed in could not be told any more";
                Err(PageError::NotUnderstood(words.to_owned()))
            }
        }
    }

    /// The slug in the menu under "Me", and the address that says it; the menu stays open.
    async fn account_of_menu(&mut self) -> Result<Option<(String, String)>, PageError> {
        let before = self.profile_links().await?;
        // A page that is not live yet takes the first click for nothing.
        for _ in 0..MENU_CLICKS {
            if !self.click_menu().await? {
                continue;
            }
            let until = Instant::now() + MENU;
            while Instant::now() < until {
                let links = self.profile_links().await?;
                let new = links.into_iter().filter(|link| !before.contains(link));
                let mut slugs: Vec<(String, String)> =
                    new.filter_map(|link| Some((slug(&link)?, link))).collect();
                slugs.dedup_by(|one, other| one.0 == other.0);
                match slugs.as_slice() {
                    [] => {}
                    [found] => return Ok(Some(found.clone())),
                    _ => break,
                }
            }
        }
        Ok(None)
    }

    /// Whether the menu that shows this link does not show it any more.
    async fn close_menu(&mut self, link: &String) -> Result<bool, PageError> {
        if !self.click_menu().await? {
            return Ok(false);
        }
        let until = Instant::now() + MENU;
        while Instant::now() < until {
            if !self.profile_links().await?.contains(link) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn profile_links(&mut self) -> Result<Vec<String>, PageError> {
        self.session.run(PROFILE_LINKS, &Value::Null).await
    }

    /// False when there is none, or when something kept it from being clicked.
    async fn click_menu(&mut self) -> Result<bool, PageError> {
        let menu = self.session.element(ACCOUNT_MENU, &json!(self.layouts.site)).await?;
        let Some(menu) = menu else { return Ok(false) };
        match self.session.click(&menu).await {
            Ok(()) => Ok(true),
            Err(PageError::Element(_) | PageError::Script(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// The slug of a person's profile address; `me` is nobody's.
fn slug(address: &str) -> Option<String> {
    let key = Key::from_profile(address)?;
    let slug = key.as_str().strip_prefix("in/")?;
    (slug != "me").then(|| slug.to_owned())
}
