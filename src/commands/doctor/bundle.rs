//! The bundle for a bug report: what `report/bundle.rs` lets out of what was found.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::browser::layout::Layouts;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::locators::{WayFound, fields_of};
use crate::report::bundle::{Of, Page, bundle};

pub fn text(diagnosis: &Diagnosis, is_practice: bool, page: Option<&Page>) -> String {
    bundle(&Of {
        version: env!("CARGO_PKG_VERSION"),
        system: std::env::consts::OS,
        machine: std::env::consts::ARCH,
        is_practice,
        diagnosis,
        page,
        known: &known(),
    })
}

/// Every locator of the program itself: those are no secret of anybody's.
fn known() -> HashSet<String> {
    let Ok(layouts) = Layouts::load(None) else { return HashSet::new() };
    let all = layouts.all.iter().map(|layout| json!(layout)).chain([json!(layouts.site)]);
    let fields = all.flat_map(|layout: Value| fields_of(&layout));
    fields.flat_map(|field| field.ways).map(|way: WayFound| way.locator()).collect()
}
