//! The people of the list, as the script of the page reads them: made safe to show, and short.

use serde_json::{Value, json};

use super::{RULE, cut};
use crate::domain::invitation::{Invitation, Key};
use crate::domain::look_alike::Names;
use crate::domain::profile;
use crate::domain::report::{Report, Row, verdict_word};

/// The site lets nobody write a longer name,
const NAME: usize = 120;
/// a longer headline,
const HEADLINE: usize = 240;
/// or a longer note.
const NOTE: usize = 320;
/// More than any honest reason or age takes.
const WORDS: usize = 200;

/// One list of values for each invitation, in the order of the report.
pub fn people(report: &Report) -> String {
    let names = Names::of(report.rows.iter().map(|row| row.invitation.name.as_str()));
    let people: Value = report.rows.iter().map(|row| values(row, &names)).collect();
    people.to_string()
}

/// In the order in which the script takes them.
fn values(Row { invitation, decision }: &Row, names: &Names) -> Value {
    let days = invitation.age.map(|age| age.days());
    let text =
        |text: &Option<String>, most| text.as_deref().map_or_else(String::new, |it| cut(it, most));
    json!([
        cut(&invitation.name, NAME),
        if invitation.key.is_profile() {
            cut(invitation.key.as_str(), WORDS)
        } else {
            String::new()
        },
        link(invitation),
        text(&invitation.headline, HEADLINE),
        text(&invitation.note, NOTE),
        cut(&invitation.sent_text, WORDS),
        days.map(|days| days.min),
        days.map(|days| days.to_string()),
        verdict_word(decision.verdict),
        text(&decision.rule, RULE),
        cut(&decision.reason, WORDS),
        names.is_ambiguous(&invitation.name),
    ])
}

/// The address of the profile that the invitation is known by, and of no other.
fn link(invitation: &Invitation) -> Option<String> {
    let address = profile::address(invitation.profile_url.as_deref()?)?;
    (Key::from_profile(&address).as_ref() == Some(&invitation.key)).then_some(address)
}
