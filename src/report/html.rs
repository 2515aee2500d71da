//! The report as one page for a browser: a picture first, then the list, from which people can be
//! taken out before the plan is saved.
//!
//! The page loads nothing from anywhere. Its security policy allows one style sheet and one script,
//! by their digests. Text from the site is either escaped by the template or stands in a block of
//! JSON that no browser runs; the script puts it in as text, never as markup.

mod people;
mod picture;

use askama::Template;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::domain::plan::Plan;
use crate::domain::report::Report;
use crate::domain::safe_text;
use picture::{Ages, Bar, Share, Trend, Window};

const STYLE: &str = concat!(include_str!("look.css"), include_str!("html/style.css"));
const SCRIPT: &str = include_str!("html/script.js");
/// More than any honest account or remark has.
const MOST: usize = 300;
/// More than any rule's name needs; the list is filtered by it.
const RULE: usize = 60;

/// What the page is made of.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    pub report: &'a Report,
    /// The plan of this report. Without it nobody can be ticked and nothing be saved.
    pub plan: Option<&'a Plan>,
    /// The names of the rules that were asked, so that one that holds for nobody is shown as well.
    pub rules: &'a [&'a str],
    /// How many were pending at earlier readings, oldest first.
    pub trend: &'a [(Timestamp, u64)],
    /// The command that applies a saved plan, without the plan's file; `None` where none can.
    pub apply: Option<&'a str>,
}

/// What the template is filled with.
#[derive(Template)]
#[template(path = "page.html")]
struct Sheet<'a> {
    policy: String,
    style: &'a str,
    script: &'a str,
    account: String,
    site: String,
    made: String,
    made_shown: String,
    read: String,
    total: usize,
    announced: String,
    warnings: Vec<String>,
    share: Share,
    ages: Ages,
    window: Window,
    rules: Vec<Bar>,
    used_rules: Vec<Bar>,
    trend: Option<Trend>,
    people: String,
    plan: Option<PlanBlock>,
    apply: &'a str,
}

/// The plan as it would be saved, and until when it is valid.
struct PlanBlock {
    text: String,
    expires: String,
    expires_shown: String,
}

/// The whole page, ending with a newline.
///
/// # Errors
/// None that memory can have.
pub fn html(page: &Page) -> std::io::Result<String> {
    let report = page.report;
    let rules = picture::rules(report, page.rules);
    let sheet = Sheet {
        policy: policy(),
        style: STYLE,
        script: SCRIPT,
        account: line(report.account.as_deref().unwrap_or("account unknown")),
        site: line(&report.site),
        made: machine(report.generated_at),
        made_shown: shown(report.generated_at),
        read: line(&match report.is_of_archive() {
            true => "Read from the data export alone: who is still pending, only the site knows"
                .to_owned(),
            false => format!("Read with layout {}, language {}", report.layout, report.language),
        }),
        total: report.rows.len(),
        announced: announced(report),
        warnings: warnings(report),
        share: picture::share(report),
        ages: picture::ages(&report.rows),
        window: picture::window(&report.rows),
        used_rules: rules.iter().filter(|rule| rule.count > 0).cloned().collect(),
        rules,
        trend: picture::trend(page.trend, report),
        people: as_block(&people::people(report)),
        plan: page.plan.map(|plan| PlanBlock {
            text: as_block(&plan.to_json()),
            expires: machine(plan.expires_at),
            expires_shown: shown(plan.expires_at),
        }),
        apply: page.apply.unwrap_or_default(),
    };
    // The template ends without its last line break.
    sheet.render().map(|page| page + "\n").map_err(std::io::Error::other)
}

/// Nothing may be loaded, sent or framed; only our own style and script, and no text may become
/// markup.
fn policy() -> String {
    let digest = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        digest(STYLE),
        digest(SCRIPT)
    )
}

/// JSON that cannot end the block it stands in. A `<` can only stand in a string there, where its
/// escape means the same; the script undoes it when the plan is saved.
fn as_block(json: &str) -> String {
    json.replace('<', "\\u003c")
}

fn machine(at: Timestamp) -> String {
    format!("{at:.0}")
}

fn shown(at: Timestamp) -> String {
    at.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// One safe line. The page sets the reading direction itself.
fn line(text: &str) -> String {
    cut(text, MOST)
}

/// As [`line`], of at most so many columns.
fn cut(text: &str, columns: usize) -> String {
    safe_text::cut(text, columns).trim_matches(['\u{2068}', '\u{2069}']).to_owned()
}

fn announced(report: &Report) -> String {
    match report.announced {
        Some(stated) if stated == report.rows.len() as u64 => {
            "as many as the page announces".into()
        }
        Some(stated) => format!("the page announces {stated}"),
        None => "the page announces no number".into(),
    }
}

fn warnings(report: &Report) -> Vec<String> {
    let missing = match report.announced {
        _ if report.complete || report.is_of_archive() => None,
        Some(stated) => Some(format!(
            "The list is not complete: the page announces {stated} and {} were read. Nothing is \
             said here about those that were not.",
            report.rows.len()
        )),
        None => Some("The list is not complete. Nothing is said here about the rest.".to_owned()),
    };
    missing.into_iter().chain(report.remarks.iter().map(|remark| line(remark))).collect()
}

#[cfg(test)]
mod tests;
