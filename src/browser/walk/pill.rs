//! The pills of the Sent tab: which kind of invitations the open page lists, and how another is
//! opened. Nothing but people is read as people, whatever the page turns to by itself.

use serde_json::json;
use url::Url;

use super::{LINK, MENU, PAGE, PageState, Site, Wish};
use crate::browser::error::PageError;
use crate::browser::layout::Layout;
use crate::domain::invitation::Kind;

const PILL: &str = concat!(include_str!("../js/ways.js"), include_str!("../js/pill.js"));
const STRANGE_PILLS: &str =
    concat!(include_str!("../js/ways.js"), include_str!("../js/strange_pills.js"));

/// The parameter that names the kind in older addresses of the Sent tab: `?invitationType=EVENT`.
const TYPE: &str = "invitationType";

impl Site {
    /// Whether the open page is the list that was opened: of people, unless it was another kind.
    pub fn shows_list(&self, state: &PageState) -> bool {
        is_list(self.list_paths(), &self.layouts.site.paths.sent, &state.url)
    }

    /// Whether an address names another kind of list than the one that was opened.
    pub(super) fn is_of_another_kind(&self, state: &PageState) -> bool {
        let named = named_kind(&state.url);
        named.is_some_and(|word| !end_with(self.list_paths(), &word))
    }

    /// Opens the list of another kind from the Sent tab. `None` when that has no such pill: once it
    /// shows its list, nothing of that kind is pending.
    ///
    /// # Errors
    /// It is not known where the pill is or which of several it is, or it leads elsewhere.
    pub async fn open_pill(
        &mut self,
        layout: &Layout,
        kind: Kind,
    ) -> Result<Option<(Layout, String)>, PageError> {
        let word = kind.plural();
        let unknown = |what: &str| PageError::NotUnderstood(format!("the pill of {word} {what}"));
        let ways = layout.count.get(word).ok_or_else(|| unknown("is in no way of the layout"))?;
        let css = ways.iter().map(|way| way.css.to_string()).collect();
        let (there, _) = self.wait(&Wish { css, ..Wish::default() }, MENU).await?;
        let pill = match there {
            true => self.session.element(PILL, &json!({ "ways": ways })).await?,
            false => None,
        };
        let Some(pill) = pill else {
            let wish = json!({ "layout": layout });
            return match self.session.run(STRANGE_PILLS, &wish).await? {
                true => Err(unknown("can't be told from the others")),
                false => Ok(None),
            };
        };
        self.kind = kind;
        let paths = self.list_paths().to_vec();
        let address = paths.first().ok_or_else(|| unknown("has no known address"))?.clone();
        let query =
            address.trim_end_matches('/').rsplit('/').next().map(|word| (TYPE, word.to_owned()));
        let arrived = match self.session.click(&pill).await {
            Ok(()) => self.wait(&Wish { paths, query, ..Wish::default() }, LINK).await?.0,
            Err(PageError::Element(_) | PageError::Script(_)) => false,
            Err(error) => return Err(error),
        };
        if !arrived {
            self.go(&address).await?;
        }
        self.fitting_layout(PAGE).await.map(Some)
    }

    /// The path and query of a page of the open list, whose address is this one.
    pub fn page_of_list(&self, address: &str, parameter: &str, number: u64) -> String {
        let path = Url::parse(address).map(|url| url.path().to_owned()).unwrap_or_default();
        let kind = named_kind(address).map(|word| format!("{TYPE}={word}&")).unwrap_or_default();
        format!("{path}?{kind}{parameter}={number}")
    }

    /// The paths of the list that was opened.
    pub(super) fn list_paths(&self) -> &[String] {
        let paths = &self.layouts.site.paths;
        match self.kind {
            Kind::Person => &paths.sent,
            Kind::Page => &paths.pages,
            Kind::Event => &paths.events,
            Kind::Newsletter => &paths.newsletters,
        }
    }
}

/// The pill that says that it is the open one, if any does, must be that of the kind.
///
/// # Errors
/// It is that of another kind.
pub fn check_open(open: &[String], kind: Kind) -> Result<(), PageError> {
    let wanted = kind.plural();
    if open.is_empty() || open.iter().any(|open| open == wanted) {
        return Ok(());
    }
    let words = format!("the page shows its list of {}, not of {wanted}", open.join(" and "));
    Err(PageError::NotUnderstood(words))
}

/// Whether an address is that of the list with these paths. Where its query names the kind, the path
/// may be that of the Sent tab.
fn is_list(own: &[String], sent: &[String], address: &str) -> bool {
    let path = Url::parse(address).map(|url| url.path().to_owned()).unwrap_or_default();
    let is_one_of = |paths: &[String]| {
        paths.iter().any(|known| known.trim_end_matches('/') == path.trim_end_matches('/'))
    };
    match named_kind(address) {
        None => is_one_of(own),
        Some(word) => end_with(own, &word) && (is_one_of(own) || is_one_of(sent)),
    }
}

/// The kind that the query of an address names.
fn named_kind(address: &str) -> Option<String> {
    let address = Url::parse(address).ok()?;
    let (_, word) = address.query_pairs().find(|(name, word)| name == TYPE && !word.is_empty())?;
    Some(word.into_owned())
}

fn end_with(paths: &[String], word: &str) -> bool {
    paths.iter().any(|path| path.trim_end_matches('/').rsplit('/').next() == Some(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::browser::layout::Layouts;

    const SENT: &str = "/mynetwork/invitation-manager/sent";

    /// Whether an address of the Sent tab may be that of the list of people, and that of pages.
    #[track_caller]
    fn check(end: &str, people: bool, pages: bool) {
        let paths = Layouts::load(None).unwrap().site.paths;
        let address = format!("https://www.linkedin.com{SENT}{end}");
        let fits = |own| is_list(own, &paths.sent, &address);
        assert_eq!((fits(&paths.sent), fits(&paths.pages)), (people, pages), "{end}");
    }

    #[test]
    fn the_address_says_which_kind_is_listed() {
        check("", true, false);
        check("/", true, false);
        check("/CONNECTION/", true, false);
        check("/ORGANIZATION", false, true);
        check("/EVENT/", false, false);
        check("/SOMETHING/", false, false);
        check("/?page=2", true, false);
        check("/?invitationType=&page=2", true, false);
        check("/?invitationType=CONNECTION", true, false);
        check("/?invitationType=ORGANIZATION&page=2", false, true);
        check("/?invitationType=EVENT", false, false);
        check("/ORGANIZATION/?invitationType=EVENT", false, false);
    }
}
