//! The links of the walk, one by one: to the Sent tab, and back to it.

use serde_json::json;

use super::{LINK, PAGE, Site, Wish};
use crate::browser::error::PageError;
use crate::browser::layout::{Layout, Way};
use crate::domain::invitation::Kind;

const FIND_LINK: &str = concat!(include_str!("../js/ways.js"), include_str!("../js/find_link.js"));

impl Site {
    /// The second part: from the feed to the Sent tab, link by link.
    pub async fn go_to_sent(&mut self, remarks: &mut Vec<String>) -> Result<(), PageError> {
        let paths = self.layouts.site.paths.clone();
        let tab = self.layouts.site.tabs.sent.clone();
        self.step("My Network", &paths.network, &[], remarks).await?;
        self.step("the list of invitations", &paths.manager, &[], remarks).await?;
        self.step("the Sent tab", &paths.sent, &tab, remarks).await
    }

    /// Opens the list again after the page went `to` another tab by itself, as it does at times (§1.1).
    ///
    /// # Errors
    /// As for the walk, and when the list has another layout than before.
    pub async fn return_to_list(&mut self, layout: &Layout, to: &str) -> Result<(), PageError> {
        let kind = std::mem::replace(&mut self.kind, Kind::Person);
        self.open_again(to).await?;
        let mut found = Some(self.fitting_layout(PAGE).await?);
        if kind != Kind::Person {
            found = self.open_pill(layout, kind).await?;
        }
        match found {
            Some((found, _)) if found.name == layout.name => Ok(()),
            _ => Err(PageError::NotUnderstood("the page came back otherwise than it was".into())),
        }
    }

    /// From the page that it went `to`: the Sent tab, or the list of another kind by its address.
    pub(super) async fn open_again(&mut self, to: &str) -> Result<(), PageError> {
        let mut remarks =
            vec![format!("the page went to {to} by itself; the list was opened again")];
        if self.kind == Kind::Person {
            let paths = self.layouts.site.paths.sent.clone();
            let tab = self.layouts.site.tabs.sent.clone();
            self.step("the Sent tab", &paths, &tab, &mut remarks).await?;
        } else if let Some(path) = self.list_paths().first().cloned() {
            self.go(&path).await?;
        }
        self.remarks.append(&mut remarks);
        Ok(())
    }

    /// One step of the walk: the visible link to one of `paths`, or the tab where it is no link, else
    /// the first of them by address. What leads to the Sent tab is in no card of its list, whose
    /// controls may have the same address (§3.5 fact 1).
    async fn step(
        &mut self,
        name: &str,
        paths: &[String],
        tab: &[Way],
        remarks: &mut Vec<String>,
    ) -> Result<(), PageError> {
        let tabs = tab.iter().map(|way| way.css.to_string());
        let css = paths.iter().map(|path| link_to(path)).chain(tabs).collect();
        let (there, _) = self.wait(&Wish { css, ..Wish::default() }, LINK).await?;
        let lists = self.layouts.all.iter().map(|layout| &layout.list);
        let is_sent = paths == self.layouts.site.paths.sent;
        let cards: Vec<_> = lists.filter(|_| is_sent).flat_map(|list| &list.card).collect();
        let wish = json!({ "paths": paths, "tabs": tab, "cards": cards });
        let link = match there {
            true => self.session.element(FIND_LINK, &wish).await?,
            false => None,
        };
        let trouble = match link {
            None => "was not found",
            Some(link) => match self.session.click(&link).await {
                Ok(()) => {
                    let wish = Wish { paths: paths.to_vec(), ..Wish::default() };
                    match self.wait(&wish, LINK).await? {
                        (true, _) => return Ok(()),
                        _ => "did not lead there",
                    }
                }
                Err(PageError::Element(_) | PageError::Script(_)) => "could not be clicked",
                Err(error) => return Err(error),
            },
        };
        remarks.push(format!("the link to {name} {trouble}; its address {} was taken", paths[0]));
        let state = self.go(&paths[0]).await?;
        if state.status >= 400 {
            remarks.push(format!("{} answered {}", paths[0], state.status));
        }
        Ok(())
    }
}

fn link_to(path: &str) -> String {
    format!("a[href*={:?}]", path.trim_end_matches('/'))
}
