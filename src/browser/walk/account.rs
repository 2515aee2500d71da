//! Whose account is signed in.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{MENU, Site};
use crate::browser::error::PageError;
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
        let nothing = Value::Null;
        let before: Vec<String> = self.session.run(PROFILE_LINKS, &nothing).await?;
        // A page that is not live yet takes the first click for nothing.
        for _ in 0..MENU_CLICKS {
            let menu = self.session.element(ACCOUNT_MENU, &json!(self.layouts.site)).await?;
            let Some(menu) = menu else { break };
            match self.session.click(&menu).await {
                Ok(()) => {}
                Err(PageError::Element(_) | PageError::Script(_)) => continue,
                Err(error) => return Err(error),
            }
            let until = Instant::now() + MENU;
            while Instant::now() < until {
                let links: Vec<String> = self.session.run(PROFILE_LINKS, &nothing).await?;
                let new = links.iter().filter(|link| !before.contains(link));
                let mut slugs: Vec<String> = new.filter_map(|link| slug(link)).collect();
                slugs.dedup();
                match slugs.as_slice() {
                    [] => {}
                    [slug] => return Ok(Some(slug.clone())),
                    _ => break,
                }
            }
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
}

/// The slug of a person's profile address; `me` is nobody's.
fn slug(address: &str) -> Option<String> {
    let key = Key::from_profile(address)?;
    let slug = key.as_str().strip_prefix("in/")?;
    (slug != "me").then(|| slug.to_owned())
}
