//! Looking at the open page without touching it: what each locator finds, and the page's structure.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::browser::error::PageError;
use crate::browser::layout::Layouts;
use crate::browser::session::Session;
use crate::domain::diagnosis::Status;
use crate::domain::locators::{FieldFound, Found, Place, WayFound, fields_of};
use crate::domain::outline::{PLACES, READ, RawPage};

const PROBE: &str = concat!(include_str!("js/ways.js"), include_str!("js/probe.js"));
const OUTLINE: &str = concat!(include_str!("js/ways.js"), include_str!("js/outline.js"));

/// Cards that are looked into.
const MOST_CARDS: usize = 200;
/// Bounds of an outline.
const MOST_ELEMENTS: usize = 6_000;
const MOST_TEXTS: usize = 20_000;
const DEEPEST: usize = 60;
const MOST_BROTHERS: usize = 80;

/// The name under which the signs of the whole site stand beside the layouts.
pub const SITE: &str = "site";

#[derive(Deserialize)]
struct Counted {
    cards: u64,
    fields: Vec<Vec<Count>>,
}

#[derive(Deserialize)]
struct Count {
    found: u64,
    gave: u64,
    won: u64,
    invalid: bool,
}

/// What every layout finds on the open page, whatever page that is, and what the signs of the site
/// do: those come last. `is_own` tells the layouts of the person's own files.
///
/// # Errors
/// The browser is lost, or the page does not let itself be looked at.
pub async fn probe(
    session: &mut Session,
    layouts: &Layouts,
    is_own: impl Fn(&str) -> bool,
) -> Result<Vec<Found>, PageError> {
    let all = layouts.all.iter().map(|layout| (layout.name.as_str(), json!(layout)));
    let all: Vec<(&str, Value)> = all.chain([(SITE, json!(layouts.site))]).collect();
    let mut found: Vec<Found> = all
        .iter()
        .map(|(name, layout)| Found {
            layout: (*name).to_owned(),
            is_own: is_own(name),
            fits: false,
            cards: 0,
            fields: fields_of(layout),
        })
        .collect();
    let wishes = all.iter().zip(&found).map(|((_, layout), found)| wish(layout, &found.fields));
    let argument = json!({ "most": MOST_CARDS, "layouts": wishes.collect::<Vec<_>>() });
    let counted: Vec<Counted> = session.run(PROBE, &argument).await?;
    for (found, counted) in found.iter_mut().zip(counted) {
        take(found, counted);
    }
    Ok(found)
}

/// The structure of the open page, as it is: for [`crate::domain::outline`] to make it safe.
///
/// # Errors
/// The browser is lost, or the page does not let itself be looked at.
pub async fn page(session: &mut Session) -> Result<RawPage, PageError> {
    let list = |words: &'static str| words.split_ascii_whitespace().collect::<Vec<_>>();
    let wish = json!({
        "read": list(READ), "places": list(PLACES), "most": MOST_ELEMENTS, "texts": MOST_TEXTS,
        "depth": DEEPEST, "brothers": MOST_BROTHERS,
    });
    session.run(OUTLINE, &wish).await
}

fn wish(layout: &Value, fields: &[FieldFound]) -> Value {
    let css = |way: &WayFound| json!({ "css": way.css });
    let part = |section: &str, key: &str| layout.get(section).and_then(|found| found.get(key));
    let ways = |section, key| part(section, key).cloned().unwrap_or_else(|| json!([]));
    let fields: Vec<Value> = fields
        .iter()
        .map(|field| {
            let whole = field.path.split_once('.').and_then(|(section, key)| part(section, key));
            json!({
                "path": field.path,
                "place": match field.place {
                    Place::Page => "page",
                    Place::Card => "card",
                    Place::Dialog => "dialog",
                },
                "follow": field.is_ways,
                "ways": match whole {
                    Some(ways) if field.is_ways => ways.clone(),
                    _ => Value::Array(field.ways.iter().map(css).collect()),
                },
            })
        })
        .collect();
    json!({
        "container": ways("list", "container"),
        "card": selectors(part("list", "card")),
        "control": ways("card", "control"),
        "note": ways("card", "note"),
        "fields": fields,
    })
}

/// One selector, or several of which the first counts that there is any of.
fn selectors(value: Option<&Value>) -> Value {
    match value {
        Some(Value::Array(all)) => json!(all),
        Some(one) => json!([one]),
        None => json!([]),
    }
}

fn take(found: &mut Found, counted: Counted) {
    found.cards = counted.cards;
    for (field, counts) in found.fields.iter_mut().zip(counted.fields) {
        for (way, count) in field.ways.iter_mut().zip(counts) {
            way.found = count.found;
            way.gave = count.gave;
            way.won = count.won;
            way.invalid = count.invalid;
        }
    }
    let mut conditions = found.fields.iter().filter(|field| field.path.starts_with("fits."));
    found.fits =
        found.layout != SITE && conditions.all(|field| field.status(found.cards) == Status::Ok);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_every_bundled_layout_is_asked_for_as_it_stands() {
        let layouts = Layouts::load(None).unwrap();
        for layout in layouts.all.iter().map(|layout| json!(layout)) {
            let fields = fields_of(&layout);
            let asked = wish(&layout, &fields);
            assert_eq!(asked["fields"].as_array().unwrap().len(), fields.len());
            let name = asked["fields"].as_array().unwrap().iter();
            let name = name.clone().find(|field| field["path"] == "card.name").unwrap();
            assert_eq!(name["ways"], layout["card"]["name"]);
            assert_eq!((&name["follow"], &name["place"]), (&json!(true), &json!("card")));
            assert!(asked["card"][0].is_string());
        }
    }

    #[test]
    fn of_the_sites_signs_only_selectors_are_asked_for() {
        let layouts = Layouts::load(None).unwrap();
        let fields = fields_of(&json!(layouts.site));
        let paths: Vec<&str> = fields.iter().map(|field| field.path.as_str()).collect();
        assert!(paths.contains(&"signed_in.css") && paths.contains(&"account.menu"), "{paths:?}");
        let ends = [".css", "account.menu", "tabs.sent"];
        assert!(paths.iter().all(|path| ends.iter().any(|end| path.ends_with(end))), "{paths:?}");
    }
}
