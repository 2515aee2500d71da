//! One generation of the site's markup, as data: where each field of a card is found.
//!
//! No Rust code knows a selector. A layout is a TOML file; the bundled ones are embedded, and one
//! of the same name in the config folder takes a bundled one's place.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// How one element is found: a selector and what narrows it down.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    pub css: String,
    /// Which of several, from 0, or from the end when negative. Without it exactly one must match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<i32>,
    /// This way counts only when at least so many match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// The element's accessible label or text, in any case of letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Only elements that stand before the card's Withdraw control.
    #[serde(default)]
    pub before_control: bool,
}

/// What must be on the page, and what must not, for a layout to be chosen.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fits {
    pub all: Vec<String>,
    #[serde(default)]
    pub none: Vec<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ListPart {
    pub container: Vec<Way>,
    /// A selector for the cards inside the container.
    pub card: String,
    pub scroller: Vec<Way>,
    pub more: String,
    pub more_words: Vec<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CardPart {
    /// A selector for links to the invitee's profile; all of a card's must lead to one address.
    pub profile: String,
    pub control: Vec<Way>,
    pub name: Vec<Way>,
    pub headline: Vec<Way>,
    pub age: Vec<Way>,
    pub note: Vec<Way>,
    /// Selectors of what must name the same person as the card (a picture's alternative text).
    pub named: Vec<String>,
    /// What the page shows where a member has no headline.
    pub no_headline: Vec<String>,
}

/// The site's question before a withdrawal.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DialogPart {
    /// Selectors of everything that can stand open over the page.
    pub open: Vec<String>,
    pub confirm: Vec<Way>,
    pub cancel: Vec<Way>,
    /// A selector of what stands in the dialog but is no part of it.
    pub apart: String,
    /// How many buttons it has at the most; with more it is another dialog.
    pub buttons: u32,
    /// What the confirming button says, `{name}` being the person. The label of the card's own
    /// control is taken too.
    pub names: Vec<String>,
}

/// One generation of the Sent tab.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    pub name: String,
    pub fits: Fits,
    pub list: ListPart,
    /// Where the page states how many there are, by kind.
    pub count: BTreeMap<String, Vec<Way>>,
    pub card: CardPart,
    pub dialog: DialogPart,
}

/// Signs of one state of the page.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Signs {
    pub paths: Vec<String>,
    pub css: Vec<String>,
    pub titles: Vec<String>,
    pub texts: Vec<String>,
    pub statuses: Vec<u16>,
}

/// Addresses of the walk, in the order of preference.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Paths {
    pub feed: Vec<String>,
    pub network: Vec<String>,
    pub manager: Vec<String>,
    /// The Sent tab with its list of people.
    pub sent: Vec<String>,
    /// The lists of the other kinds; empty where no address is known.
    #[serde(default)]
    pub pages: Vec<String>,
    #[serde(default)]
    pub events: Vec<String>,
    #[serde(default)]
    pub newsletters: Vec<String>,
    pub own_profile: Vec<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct AccountPart {
    pub menu: Vec<Way>,
}

/// What holds on every generation of the site.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SiteSigns {
    pub paths: Paths,
    pub signed_in: Signs,
    pub signed_out: Signs,
    pub checkpoint: Signs,
    pub limited: Signs,
    pub account: AccountPart,
}

/// Everything that is known about the site's pages.
#[derive(Clone, Debug)]
pub struct Layouts {
    pub site: SiteSigns,
    pub all: Vec<Layout>,
}

const SITE: &str = include_str!("../../layouts/site.toml");
const BUNDLED: [(&str, &str); 1] = [("2026.toml", include_str!("../../layouts/2026.toml"))];

impl Layouts {
    /// The bundled layouts, each replaced by a file of its name in `folder` where there is one;
    /// further files there are further layouts, tried first.
    ///
    /// # Errors
    /// A file cannot be read, or is not a layout: the sentence says which and where.
    pub fn load(folder: Option<&Path>) -> Result<Self, String> {
        let mut site = parse(SITE, "site.toml")?;
        let mut all = Vec::new();
        let mut replaced = Vec::new();
        for file in folder.map(own_files).transpose()?.unwrap_or_default() {
            let shown = file.display().to_string();
            let text = std::fs::read_to_string(&file)
                .map_err(|error| format!("cannot read the layout {shown}: {error}"))?;
            let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name == "site.toml" {
                site = parse(&text, &shown)?;
            } else {
                replaced.push(name.to_owned());
                all.push(parse(&text, &shown)?);
            }
        }
        for (name, text) in BUNDLED {
            if !replaced.iter().any(|own| own == name) {
                all.push(parse(text, name)?);
            }
        }
        Ok(Self { site, all })
    }
}

fn own_files(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(folder)
        .map_err(|error| format!("cannot read the folder {}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    Ok(files)
}

fn parse<T: for<'a> Deserialize<'a>>(text: &str, file: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| format!("the layout {file} is not right: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_layouts_are_right() {
        let layouts = Layouts::load(None).unwrap();
        assert_eq!(layouts.all.len(), BUNDLED.len());
        assert!(layouts.all.iter().all(|layout| layout.count.contains_key("people")));
    }

    #[test]
    fn a_misspelt_key_is_refused_with_its_line() {
        let error = parse::<Signs>("paths = []\ntitle = []\n", "mine.toml").unwrap_err();
        assert!(error.contains("mine.toml") && error.contains("line 2"), "{error}");
    }
}
