//! What the locators of a layout find on a page, and whether that is what they should.
//!
//! The fields of a layout are taken as they come: a field that is not known here is shown with its
//! counts, and nothing is demanded of it.

use serde_json::{Map, Value, json};

use crate::domain::diagnosis::Status;

/// Where a field's locators are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Page,
    /// Each card of the list by itself.
    Card,
    /// A dialog that only a click opens.
    Dialog,
}

/// What a field must find, for the layout that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Each locator at least one element.
    All,
    /// No locator any element.
    Nothing,
    /// One of the locators at least one element.
    Any,
    /// One of the ways exactly one element.
    One,
    /// One of the ways exactly one element in each card.
    EachCard,
    /// Something in one card at least.
    SomeCard,
    /// Not everybody has it.
    Optional,
    /// Only a click would show it.
    Unseen,
}

impl Need {
    /// What the field at this path must find; its first part is the section of the layout.
    pub fn of(path: &str) -> Self {
        match path {
            _ if path.starts_with("dialog.") => Self::Unseen,
            "fits.all" => Self::All,
            "fits.none" | "signed_out.css" | "checkpoint.css" | "limited.css" => Self::Nothing,
            "signed_in.css" | "list.card" => Self::Any,
            "list.container" | "count.people" => Self::One,
            "card.control" | "card.name" | "card.age" => Self::EachCard,
            // Who was invited by e-mail has none.
            "card.profile" => Self::SomeCard,
            _ => Self::Optional,
        }
    }
}

/// One way of finding a field, and what it found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WayFound {
    /// The selector.
    pub css: String,
    /// What narrows it down: `nth -1`, `before_control`.
    pub narrowed: String,
    /// Elements that match the selector, in all places together.
    pub found: u64,
    /// Places (the page, or cards) in which it gives what is looked for.
    pub gave: u64,
    /// Places in which it was the first way that did.
    pub won: u64,
    /// The browser does not take it for a selector.
    pub invalid: bool,
}

impl WayFound {
    /// The whole way on one line.
    pub fn locator(&self) -> String {
        if self.narrowed.is_empty() {
            self.css.clone()
        } else {
            format!("{} ({})", self.css, self.narrowed)
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFound {
    /// `card.name`, as in the layout's file: `name` in `[card]`.
    pub path: String,
    pub place: Place,
    pub need: Need,
    /// Whether these are ways, each of which gives one element or none; else each is a selector of
    /// any number.
    pub is_ways: bool,
    pub ways: Vec<WayFound>,
}

/// What one layout finds on the open page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub layout: String,
    /// Whether its file is one of the person's own.
    pub is_own: bool,
    pub fits: bool,
    pub cards: u64,
    pub fields: Vec<FieldFound>,
}

impl FieldFound {
    /// In how many places it was found.
    pub fn places(&self) -> u64 {
        self.ways.iter().map(|way| way.won).sum()
    }

    /// Whether what was found is what should be, on a page with so many cards.
    pub fn status(&self, cards: u64) -> Status {
        if self.ways.iter().any(|way| way.invalid) {
            return Status::Problem;
        }
        let places = self.places();
        let is_right = match self.need {
            Need::Unseen => return Status::Skipped,
            Need::Optional => true,
            Need::All => self.ways.iter().all(|way| way.found > 0),
            Need::Nothing => self.ways.iter().all(|way| way.found == 0),
            Need::Any => self.ways.iter().any(|way| way.found > 0),
            // An empty list has no count.
            Need::One => places > 0 || (cards == 0 && self.path.starts_with("count.")),
            Need::EachCard if places > 0 && places < cards => return Status::Warning,
            Need::EachCard | Need::SomeCard => places > 0 || cards == 0,
        };
        if is_right { Status::Ok } else { Status::Problem }
    }

    /// How many were found, for a table.
    pub fn count(&self, cards: u64) -> String {
        match (self.place, self.need) {
            (Place::Dialog, _) => "-".to_owned(),
            (Place::Card, _) if cards == 0 => "no card".to_owned(),
            (Place::Card, _) => format!("{} of {cards}", self.places()),
            (Place::Page, _) if self.is_ways => self.places().to_string(),
            (Place::Page, Need::All) => {
                let held = self.ways.iter().filter(|way| way.found > 0).count();
                format!("{held} of {}", self.ways.len())
            }
            // The first of which there is any counts.
            (Place::Page, Need::Any) => {
                let first = self.ways.iter().map(|way| way.found).find(|found| *found > 0);
                first.unwrap_or(0).to_string()
            }
            (Place::Page, _) => self.ways.iter().map(|way| way.found).sum::<u64>().to_string(),
        }
    }

    /// How many it should be.
    pub fn should(&self) -> &'static str {
        match self.need {
            Need::All => "at least 1 of each",
            Need::Nothing => "0",
            Need::Any => "at least 1",
            Need::One => "exactly 1",
            Need::EachCard => "1 in each card",
            Need::SomeCard => "in cards of people with a profile",
            Need::Optional => "any",
            Need::Unseen => "seen only after a click",
        }
    }
}

impl Found {
    /// The fields that don't find what they should.
    pub fn failing(&self) -> impl Iterator<Item = &FieldFound> {
        let wrong =
            |field: &&FieldFound| !matches!(field.status(self.cards), Status::Ok | Status::Skipped);
        self.fields.iter().filter(wrong)
    }

    /// On the page of a list without invitations: there are no cards.
    pub fn of_empty_list(&mut self) {
        for field in self.fields.iter_mut().filter(|field| field.path == "list.card") {
            field.need = Need::Optional;
        }
    }

    /// How many fields find something of those that must: how near the layout is. What only the
    /// last of several ways finds does not count: that is mostly what any page has.
    pub fn nearness(&self) -> (usize, usize) {
        let is_demanded =
            |need| matches!(need, Need::Any | Need::One | Need::EachCard | Need::SomeCard);
        let demanded = self.fields.iter().filter(|field| is_demanded(field.need));
        let is_there = |field: &&FieldFound| {
            let usual = (field.ways.len() - 1).max(1);
            field.ways.iter().take(usual).any(|way| way.gave > 0)
        };
        (demanded.clone().filter(is_there).count(), demanded.count())
    }

    /// The selectors of `fits` that keep the layout from being chosen, in words.
    pub fn misfits(&self) -> Vec<String> {
        let mut words = Vec::new();
        for field in &self.fields {
            for way in &field.ways {
                match field.need {
                    Need::All if field.path == "fits.all" && way.found == 0 => {
                        words.push(format!("{} is not on the page", way.css));
                    }
                    Need::Nothing if field.path == "fits.none" && way.found > 0 => {
                        words.push(format!("{} is on the page, {} times", way.css, way.found));
                    }
                    _ => {}
                }
            }
        }
        words
    }

    /// The selectors that the browser refuses, each with its field.
    pub fn invalid(&self) -> Vec<String> {
        let bad = |field: &FieldFound| {
            let path = field.path.clone();
            let bad = field.ways.iter().filter(|way| way.invalid);
            bad.map(|way| format!("{path}: {}", way.css)).collect::<Vec<_>>()
        };
        self.fields.iter().flat_map(bad).collect()
    }

    /// One object for each way.
    pub fn to_values(&self) -> Vec<Value> {
        let rows = self.fields.iter().flat_map(|field| field.ways.iter().map(move |w| (field, w)));
        rows.map(|(field, way)| self.row(field, way)).collect()
    }

    fn row(&self, field: &FieldFound, way: &WayFound) -> Value {
        let seen = |number: u64| (field.place != Place::Dialog).then_some(number);
        json!({
            "layout": self.layout,
            "own": self.is_own,
            "fits": self.fits,
            "field": field.path,
            "css": way.css,
            "narrowed": way.narrowed,
            "places": match field.place {
                Place::Page => Some(1),
                Place::Card => Some(self.cards),
                Place::Dialog => None,
            },
            "found": seen(way.found),
            "gave": seen(way.gave),
            "won": seen(way.won),
            "should": field.should(),
            "status": field.status(self.cards).word(),
        })
    }
}

/// The fields of a layout as its file has them, in its order: any list of ways, and any selector.
/// Nothing is known of them but their path, so a new field appears by itself.
pub fn fields_of(layout: &Value) -> Vec<FieldFound> {
    let mut fields = Vec::new();
    collect(layout, "", &mut fields);
    fields
}

fn collect(value: &Value, path: &str, fields: &mut Vec<FieldFound>) {
    let Some(section) = value.as_object() else { return };
    for (key, value) in section {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let is_ways = value.pointer("/0/css").is_some();
        let entries = match value {
            Value::Object(_) => {
                collect(value, &path, fields);
                continue;
            }
            _ if is_words(&path, key) && !is_ways => continue,
            Value::Array(entries) => entries.as_slice(),
            one => std::slice::from_ref(one),
        };
        let ways: Vec<WayFound> = entries.iter().filter_map(way).collect();
        if ways.is_empty() {
            continue;
        }
        let place = match path.split('.').next() {
            Some("card") => Place::Card,
            Some("dialog") => Place::Dialog,
            _ => Place::Page,
        };
        fields.push(FieldFound { need: Need::of(&path), place, path, is_ways, ways });
    }
}

/// Whether a text of the layout is words of the page, an address or a name, and no selector.
fn is_words(path: &str, key: &str) -> bool {
    const WORDS: [&str; 8] =
        ["words", "names", "texts", "titles", "labels", "paths", "name", "parameter"];
    path.starts_with("paths.")
        || key == "no_headline"
        || WORDS.iter().any(|word| key == *word || key.ends_with(&format!("_{word}")))
}

fn way(entry: &Value) -> Option<WayFound> {
    match entry {
        Value::String(css) => Some(WayFound { css: css.clone(), ..WayFound::default() }),
        Value::Object(way) => Some(WayFound {
            css: way.get("css")?.as_str()?.to_owned(),
            narrowed: narrowed(way),
            ..WayFound::default()
        }),
        _ => None,
    }
}

fn narrowed(way: &Map<String, Value>) -> String {
    let mut words = Vec::new();
    for (key, value) in way {
        match value {
            _ if key == "css" => {}
            Value::Null | Value::Bool(false) => {}
            Value::Bool(true) => words.push(key.clone()),
            value => words.push(format!("{key} {value}")),
        }
    }
    words.join(", ")
}

#[cfg(test)]
mod tests;
