//! One generation of the site's markup, as data: where each field of a card is found.
//!
//! No Rust code knows a selector. A layout is a TOML file; the bundled ones are embedded, and one
//! of the same name in the config folder takes a bundled one's place.

mod load;
mod selector;

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use serde::{Deserialize, Deserializer, Serialize};

pub use load::Layouts;
pub use selector::Selector;

/// How one element is found: a selector and what narrows it down.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    pub css: Selector,
    /// Which of several, from 0, or from the end when negative. Without it exactly one must match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<i32>,
    /// This way counts only when at least so many match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<NonZeroU32>,
    /// This way counts only when at most so many match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<NonZeroU32>,
    /// The element's accessible label or text, in any case of letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What that label or text begins with, in any case of letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<String>,
    /// Only elements that stand before the card's Withdraw control.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub before_control: bool,
    /// Only elements that stand after it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after_control: bool,
    /// Only elements that hold words themselves, not only in elements inside them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_words: bool,
    /// Only elements whose text holds a number.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub number: bool,
}

/// What must be on the page, and what must not, for a layout to be chosen.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fits {
    #[serde(deserialize_with = "some")]
    pub all: Vec<Selector>,
    #[serde(default)]
    pub none: Vec<Selector>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ListPart {
    #[serde(deserialize_with = "some")]
    pub container: Vec<Way>,
    /// What a card inside the container is; the first of which there is any counts.
    #[serde(deserialize_with = "some")]
    pub card: Vec<Selector>,
    #[serde(deserialize_with = "some")]
    pub scroller: Vec<Way>,
    /// The button that loads the next batch, where there is one.
    #[serde(default)]
    pub more: Option<Selector>,
    #[serde(default)]
    pub more_words: Vec<String>,
    /// What says that there are no invitations.
    #[serde(default)]
    pub empty: Vec<Selector>,
    /// What may stand in the container of a list without invitations.
    #[serde(default)]
    pub filler: Vec<Selector>,
    /// What says that the list is still to come.
    #[serde(default)]
    pub busy: Vec<Selector>,
}

/// A list that comes in pages.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PagesPart {
    /// What leads to the next page, as long as it is not disabled.
    #[serde(deserialize_with = "some")]
    pub next: Vec<Way>,
    /// The name of the page's number in the address, for when `next` cannot be clicked.
    pub parameter: String,
    /// How many invitations a full page has.
    pub size: NonZeroU32,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CardPart {
    /// A selector for links to the invitee's profile; all of a card's must lead to one address.
    pub profile: Selector,
    #[serde(deserialize_with = "some")]
    pub control: Vec<Way>,
    #[serde(deserialize_with = "some")]
    pub name: Vec<Way>,
    #[serde(deserialize_with = "some")]
    pub headline: Vec<Way>,
    #[serde(deserialize_with = "some")]
    pub age: Vec<Way>,
    #[serde(deserialize_with = "some")]
    pub note: Vec<Way>,
    /// What stands in a text but is no part of it.
    pub expander: Selector,
    /// Selectors of what must name the same person as the card (a picture's alternative text).
    pub named: Vec<Selector>,
    /// What the page shows where a member has no headline.
    pub no_headline: Vec<String>,
}

/// The site's question before a withdrawal.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DialogPart {
    /// Selectors of everything that can stand open over the page.
    #[serde(deserialize_with = "some")]
    pub open: Vec<Selector>,
    #[serde(deserialize_with = "some")]
    pub confirm: Vec<Way>,
    #[serde(deserialize_with = "some")]
    pub cancel: Vec<Way>,
    /// A selector of what stands in the dialog but is no part of it.
    #[serde(default)]
    pub apart: Option<Selector>,
    /// How many buttons it has at the most; with more it is another dialog.
    pub buttons: NonZeroU32,
    /// What the confirming button says, `{name}` being the person. The label of the card's own
    /// control is taken too.
    pub names: Vec<NamingWords>,
    /// The confirming button of this generation names nobody. Then it must say the very words of
    /// the card's control, no dialog may have stood open before the click, the guard must have let
    /// the one click on the right card through, and the dialog may name nobody else.
    #[serde(default)]
    pub unnamed: bool,
}

/// Words with `{name}` in them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String")]
pub struct NamingWords(String);

impl NamingWords {
    /// The words for one person.
    pub fn of(&self, name: &str) -> String {
        self.0.replace("{name}", name)
    }

    /// Whom a label in these words names; `None` when it is in others.
    pub fn name_in<'a>(&self, label: &'a str) -> Option<&'a str> {
        let (before, after) = self.0.split_once("{name}")?;
        label.strip_prefix(before)?.strip_suffix(after)
    }
}

impl TryFrom<String> for NamingWords {
    type Error = String;

    fn try_from(words: String) -> Result<Self, String> {
        if words.matches("{name}").count() == 1 {
            return Ok(Self(words));
        }
        Err(format!("{words:?} must hold {{name}} once, where the person's name stands"))
    }
}

/// One generation of the Sent tab.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    #[serde(deserialize_with = "filled")]
    pub name: String,
    /// The messages in which the site says what came of a click.
    pub toasts: Vec<Selector>,
    pub fits: Fits,
    pub list: ListPart,
    #[serde(default)]
    pub pages: Option<PagesPart>,
    /// Where the page states how many there are, by kind.
    pub count: BTreeMap<String, Vec<Way>>,
    pub card: CardPart,
    pub dialog: DialogPart,
}

impl Layout {
    /// Every locator by its name in the file, each with all of its ways in their order.
    pub fn locators(&self) -> Vec<(String, Vec<&Selector>)> {
        let Self { fits, list, pages, count, card, dialog, toasts, .. } = self;
        let next = pages.as_ref().map(|pages| of_ways(&pages.next)).unwrap_or_default();
        let mut all = vec![
            named("toasts", toasts.iter().collect()),
            named("fits.all", fits.all.iter().collect()),
            named("fits.none", fits.none.iter().collect()),
            named("list.container", of_ways(&list.container)),
            named("list.card", list.card.iter().collect()),
            named("list.scroller", of_ways(&list.scroller)),
            named("list.more", list.more.iter().collect()),
            named("list.empty", list.empty.iter().collect()),
            named("list.filler", list.filler.iter().collect()),
            named("list.busy", list.busy.iter().collect()),
            named("pages.next", next),
        ];
        all.extend(count.iter().map(|(kind, ways)| named(&format!("count.{kind}"), of_ways(ways))));
        all.extend([
            named("card.profile", vec![&card.profile]),
            named("card.control", of_ways(&card.control)),
            named("card.name", of_ways(&card.name)),
            named("card.headline", of_ways(&card.headline)),
            named("card.age", of_ways(&card.age)),
            named("card.note", of_ways(&card.note)),
            named("card.expander", vec![&card.expander]),
            named("card.named", card.named.iter().collect()),
            named("dialog.open", dialog.open.iter().collect()),
            named("dialog.confirm", of_ways(&dialog.confirm)),
            named("dialog.cancel", of_ways(&dialog.cancel)),
            named("dialog.apart", dialog.apart.iter().collect()),
        ]);
        all.retain(|(_, selectors)| !selectors.is_empty());
        all
    }
}

fn named<'a>(name: &str, selectors: Vec<&'a Selector>) -> (String, Vec<&'a Selector>) {
    (name.to_owned(), selectors)
}

fn of_ways(ways: &[Way]) -> Vec<&Selector> {
    ways.iter().map(|way| &way.css).collect()
}

/// Signs of one state of the page.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Signs {
    pub paths: Vec<String>,
    pub css: Vec<Selector>,
    pub titles: Vec<String>,
    pub texts: Vec<String>,
    pub statuses: Vec<u16>,
}

/// Addresses of the walk, in the order of preference.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Paths {
    #[serde(deserialize_with = "some")]
    pub feed: Vec<String>,
    #[serde(deserialize_with = "some")]
    pub network: Vec<String>,
    #[serde(deserialize_with = "some")]
    pub manager: Vec<String>,
    /// The Sent tab with its list of people.
    #[serde(deserialize_with = "some")]
    pub sent: Vec<String>,
    /// The lists of the other kinds; empty where no address is known.
    #[serde(default)]
    pub pages: Vec<String>,
    #[serde(default)]
    pub events: Vec<String>,
    #[serde(default)]
    pub newsletters: Vec<String>,
    #[serde(deserialize_with = "some")]
    pub own_profile: Vec<String>,
}

/// Tabs that are no links.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TabsPart {
    pub sent: Vec<Way>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AccountPart {
    #[serde(deserialize_with = "some")]
    pub menu: Vec<Way>,
}

/// The application's own error page.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorPage {
    /// What it says, in lower case.
    pub titles: Vec<String>,
    /// The word for another try, in lower case.
    pub texts: Vec<String>,
}

/// What holds on every generation of the site.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SiteSigns {
    pub paths: Paths,
    pub tabs: TabsPart,
    pub signed_in: Signs,
    pub signed_out: Signs,
    pub checkpoint: Signs,
    pub limited: Signs,
    #[serde(default)]
    pub failed: ErrorPage,
    pub account: AccountPart,
}

impl SiteSigns {
    /// Every locator by its name in `site.toml`.
    pub fn locators(&self) -> Vec<(String, Vec<&Selector>)> {
        vec![
            named("tabs.sent", of_ways(&self.tabs.sent)),
            named("signed_in.css", self.signed_in.css.iter().collect()),
            named("signed_out.css", self.signed_out.css.iter().collect()),
            named("checkpoint.css", self.checkpoint.css.iter().collect()),
            named("limited.css", self.limited.css.iter().collect()),
            named("account.menu", of_ways(&self.account.menu)),
        ]
    }
}

/// A list without anything in it finds nothing.
fn some<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    let list = Vec::<T>::deserialize(from)?;
    match list.is_empty() {
        true => Err(serde::de::Error::custom("this list is empty; it must hold at least one")),
        false => Ok(list),
    }
}

fn filled<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    match text.trim().is_empty() {
        true => Err(serde::de::Error::custom("the name is empty")),
        false => Ok(text),
    }
}
