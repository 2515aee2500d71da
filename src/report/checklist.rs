//! Whom to withdraw by hand, where no page was read: a box to tick, and the address to open.

use anstyle::Style;

use crate::domain::report::Row;
use crate::domain::rules::Verdict;
use crate::domain::safe_text;
use crate::report::rows;
use crate::report::table::{View, paint, paragraph, style_of};

const BOX: &str = "  [ ] ";

/// The list below its title; `None` when nobody is on it. Its lines don't depend on how wide the
/// others are, so that an address stays whole wherever it fits.
pub fn checklist(rows: &[&Row], view: View) -> Option<String> {
    if rows.is_empty() {
        return None;
    }
    let title = format!("To look at and withdraw by hand, oldest first: {}", rows.len());
    let title = paragraph("", &title, style_of(Verdict::Withdraw), view);
    let lines = rows.iter().flat_map(|row| item(row, view));
    Some([title].into_iter().chain(lines).collect::<Vec<_>>().join("\n"))
}

fn item(row: &Row, view: View) -> Vec<String> {
    let indent = " ".repeat(BOX.len());
    let room = view.columns.saturating_sub(BOX.len());
    let name = safe_text::cut(rows::name(row), room);
    let address = row.invitation.profile_url.as_deref().unwrap_or("no address of a profile");
    let below = [rows::why(row), address.to_owned()];
    let below = below.iter().flat_map(|text| rows::few(safe_text::wrap(text, room)));
    let first = format!("{BOX}{}", paint(&name, Style::new().bold(), view));
    [first].into_iter().chain(below.map(|line| format!("{indent}{line}"))).collect()
}
