//! What only a browser can tell of a layout: whether it knows every selector.

use serde_json::json;

use crate::browser::error::PageError;
use crate::browser::layout::Layouts;
use crate::browser::session::Session;

const SELECTORS: &str = include_str!("js/selectors.js");

/// The first selector of the person's own layouts that the browser refuses, and where it stands.
pub async fn refused(
    session: &mut Session,
    layouts: &Layouts,
) -> Result<Option<String>, PageError> {
    let selectors = layouts.own_selectors();
    if selectors.is_empty() {
        return Ok(None);
    }
    let refused: Vec<String> = session.run(SELECTORS, &json!({ "selectors": selectors })).await?;
    Ok(refused.first().map(|css| {
        let place = layouts.place_of(css).unwrap_or_else(|| "a layout of your own".to_owned());
        format!("the layout is not right: the browser refuses the selector `{css}` ({place})")
    }))
}
