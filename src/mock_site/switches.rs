//! What the practice site can be asked to do differently. The tables of `mock-site/README.md` are
//! the one list of it: the command line, its help and `rescind mock --list` are read from them.

use url::form_urlencoded;

use super::files::{languages, layouts};

const README: &str = include_str!("../../mock-site/README.md");

/// A row of the table of switches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    pub name: &'static str,
    /// What it means, with what it can be where that is not in the words, and with its default.
    pub means: String,
}

/// A row of the table of faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `dlg-late:ms`; several where one row is about several.
    pub forms: Vec<&'static str>,
    pub means: String,
}

/// Why a text is no set of switches.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSwitch {
    #[error("the practice site has no switch `{0}`{1}")]
    Unknown(String, String),
    #[error("the practice site has no fault `{0}`{1}")]
    UnknownFault(String, String),
    #[error("`{0}` is set with a value: write {0}=…")]
    NoValue(String),
    #[error("`{0}` of the practice site cannot be \"{1}\": it takes {2}")]
    BadValue(String, String, String),
}

/// Every switch, in the order of the table.
pub fn switches() -> Vec<Switch> {
    let row = |cells: Vec<&'static str>| match *cells.as_slice() {
        [name, default, means, _] => {
            let name = forms(name).next()?;
            let mut means = plain(means);
            let choices = choices(name).unwrap_or_default();
            if !choices.is_empty() && !choices.iter().any(|choice| means.contains(choice)) {
                means = format!("{means}: {}", choices.join(", "));
            }
            if !default.is_empty() {
                means = format!("{means} [default: {}]", plain(default));
            }
            Some(Switch { name, means })
        }
        _ => None,
    };
    rows("## Switches").filter_map(row).collect()
}

/// Every fault, in the order of the table.
pub fn faults() -> Vec<Fault> {
    // Rows in parentheses are about what switches do.
    let row = |cells: Vec<&'static str>| match *cells.as_slice() {
        [names, _, means, _] if names.starts_with('`') => {
            Some(Fault { forms: forms(names).collect(), means: plain(means) })
        }
        _ => None,
    };
    rows("## Faults").filter_map(row).collect()
}

/// What a switch can be set to, in words.
fn takes(name: &str) -> String {
    match choices(name) {
        Some(known) => known.join(", "),
        None if name == "fault" => "faults, separated by commas".to_owned(),
        None if name == "retry-after" => "seconds, or a date".to_owned(),
        None => "a whole number".to_owned(),
    }
}

/// The query of these switches, "count=500&fault=dup:3", when all of them are known.
///
/// # Errors
/// What is unknown, and what may be meant.
pub fn check(query: &str) -> Result<String, BadSwitch> {
    let known: Vec<&str> = switches().into_iter().map(|switch| switch.name).collect();
    let mut set: Vec<(String, String)> = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = form_urlencoded::parse(pair.as_bytes()).next().unwrap_or_default();
        if !known.contains(&&*name) {
            let meant = meant(&name, &known);
            return Err(BadSwitch::Unknown(name.into_owned(), meant));
        }
        if !pair.contains('=') {
            return Err(BadSwitch::NoValue(name.into_owned()));
        }
        let value = if name == "fault" { check_faults(&value)? } else { value.into_owned() };
        if !is_taken(&name, &value) {
            return Err(BadSwitch::BadValue(name.to_string(), value, takes(&name)));
        }
        // Faults add up; of another switch, the last value holds.
        match set.iter_mut().find(|(earlier, _)| *earlier == name && name != "fault") {
            Some((_, earlier)) => *earlier = value,
            None => set.push((name.into_owned(), value)),
        }
    }
    Ok(form_urlencoded::Serializer::new(String::new()).extend_pairs(set).finish())
}

/// The faults with their full names; `dialog-` may be written for `dlg-`.
fn check_faults(list: &str) -> Result<String, BadSwitch> {
    let all = faults();
    let known: Vec<&str> =
        all.iter().flat_map(|fault| &fault.forms).map(|form| name(form)).collect();
    let parts = list.split(',').map(str::trim).filter(|part| !part.is_empty());
    let checked = parts.map(|part| {
        let short = part.strip_prefix("dialog-").map(|rest| format!("dlg-{rest}"));
        let part = short.unwrap_or_else(|| part.to_owned());
        let asked = name(&part).to_lowercase();
        if asked == "none" || known.contains(&&*asked) {
            return Ok(part);
        }
        let meant = meant(&asked, &known);
        Err(BadSwitch::UnknownFault(asked, meant))
    });
    Ok(checked.collect::<Result<Vec<_>, _>>()?.join(","))
}

fn is_taken(name: &str, value: &str) -> bool {
    if value.is_empty() || matches!(name, "fault" | "retry-after") {
        return true;
    }
    match choices(name) {
        // Variants can be told several at once.
        Some(known) => value.split(',').all(|one| known.contains(&one)),
        None => value.parse::<u32>().is_ok(),
    }
}

/// What `variant` takes, in the order of the table.
fn variants() -> Vec<&'static str> {
    let names = rows("## Variants").filter_map(|cells| cells.first().copied());
    names.flat_map(forms).collect()
}

fn choices(name: &str) -> Option<Vec<&'static str>> {
    match name {
        "layout" => Some(layouts().collect()),
        "lang" => Some(languages().collect()),
        "load" => Some(vec!["scroll", "button", "button-after-bottom", "pages"]),
        "variant" => Some(variants()),
        "trusted" => Some(vec!["0", "1"]),
        _ => None,
    }
}

/// `: did you mean …?`, where something is near.
fn meant(asked: &str, known: &[&str]) -> String {
    let slips = |known: &&&str| strsim::damerau_levenshtein(asked, known);
    let nearest = known.iter().min_by_key(slips);
    let nearest = nearest.filter(|known| slips(known) <= 1 + asked.chars().count() / 4);
    // A name that was remembered by half is likely the beginning of the one that is meant.
    let longer = || known.iter().find(|known| asked.len() > 2 && known.contains(asked));
    let found = nearest.or_else(longer);
    found.map(|known| format!(": did you mean `{known}`?")).unwrap_or_default()
}

fn name(form: &str) -> &str {
    form.split([':', '@']).next().unwrap_or_default()
}

/// The cells of each row of the table below a heading, without the lines at its top.
fn rows(heading: &str) -> impl Iterator<Item = Vec<&'static str>> {
    let below = README.split_once(heading).map(|(_, below)| below).unwrap_or_default();
    let section = below.split("\n## ").next().unwrap_or_default();
    let lines = section.lines().filter(|line| line.starts_with("| ")).skip(2);
    lines.map(|line| {
        let cells = line.trim_end().trim_start_matches('|').trim_end_matches('|');
        cells.split('|').map(str::trim).collect()
    })
}

/// What stands between backticks.
fn forms(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split('`').skip(1).step_by(2)
}

fn plain(cell: &str) -> String {
    cell.replace(['`', '*'], "")
}

#[cfg(test)]
mod tests {
    use super::super::files::content_of;
    use super::*;

    #[track_caller]
    fn check_said(query: &str, expected: &str) {
        let said = match check(query) {
            Ok(query) => query,
            Err(why) => why.to_string(),
        };
        assert_eq!(said, expected, "{query}");
    }

    #[test]
    fn known_switches_pass_as_they_are() {
        check_said("", "");
        check_said("count=500&seed=3", "count=500&seed=3");
        check_said("count=40&fault=stall-hard:15", "count=40&fault=stall-hard%3A15");
        check_said("fault=dup:3,age:3 wk@4&fault=ack", "fault=dup%3A3%2Cage%3A3+wk%404&fault=ack");
        check_said("fault=countlie:-5&lang=fr", "fault=countlie%3A-5&lang=fr");
        check_said("count=5&fault=ack&count=6&fault=v2", "count=6&fault=ack&fault=v2");
        check_said("fault=none", "fault=none");
        check_said("delay=", "delay=");
        check_said("fault=dialog-late:20", "fault=dlg-late%3A20");
    }

    #[test]
    fn what_is_unknown_is_refused_with_the_likely_one() {
        check_said("cuont=5", "the practice site has no switch `cuont`: did you mean `count`?");
        check_said("x=5", "the practice site has no switch `x`");
        check_said("count", "`count` is set with a value: write count=…");
        let late = "the practice site has no fault `dlg-lat`: did you mean `dlg-late`?";
        check_said("fault=dlg-lat:3", late);
        check_said(
            "fault=dup,recyclestorm",
            "the practice site has no fault `recyclestorm`: did you mean `recycle-storm`?",
        );
    }

    #[test]
    fn a_value_that_cannot_be_is_refused() {
        let never = "of the practice site cannot be";
        check_said("count=many", &format!("`count` {never} \"many\": it takes a whole number"));
        check_said("trusted=2", &format!("`trusted` {never} \"2\": it takes 0, 1"));
        assert!(check("layout=2031").is_err() && check("lang=xx").is_err());
        assert!(check("load=never").is_err() && check("layout=2026&lang=de").is_ok());
    }

    /// The table of defaults in the script.
    fn scripted() -> Vec<(String, String)> {
        let script = std::str::from_utf8(content_of("shared/switches.js")).unwrap();
        let (_, table) = script.split_once("const DEFAULTS = {").unwrap();
        let lines = table.split('}').next().unwrap().lines().filter(|line| line.contains(": "));
        let bare = |text: &str| text.trim().trim_matches(['\'', ',']).to_owned();
        lines.map(|line| line.split_once(": ").map(|(k, v)| (bare(k), bare(v))).unwrap()).collect()
    }

    #[test]
    fn the_table_has_the_switches_of_the_script_with_their_defaults() {
        let table = switches();
        let scripted = scripted();
        assert_eq!(table.len(), scripted.len());
        for (name, default) in scripted {
            let row = table.iter().find(|switch| switch.name == name).unwrap();
            // Two delays are drawn from a range where nothing is set.
            let stated = row.means.split("[default: ").nth(1).unwrap_or("]").trim_end_matches(']');
            let is_range = default.is_empty() && stated.contains('-');
            assert!(stated == default || is_range, "{row:?}");
        }
    }

    /// Everything that the site runs, its server included.
    fn scripts() -> String {
        let all = super::super::files::scripts();
        let texts = all.map(|script| std::str::from_utf8(script).unwrap());
        texts.collect::<String>() + include_str!("../mock_site.rs")
    }

    #[test]
    fn the_table_has_the_faults_of_the_scripts() {
        let scripts = scripts();
        let table = faults();
        let names: Vec<&str> = table.iter().flat_map(|f| &f.forms).map(|form| name(form)).collect();
        for name in &names {
            let quoted = [format!("'{name}'"), format!("\"{name}\"")];
            assert!(quoted.iter().any(|name| scripts.contains(name)), "{name} does nothing");
        }
        let asked = regex::Regex::new(
            r"(?:faults\.(?:has|get|number|onPerson|onAction)|\bon|\bfrom)\('([a-z0-9-]+)'",
        );
        for found in asked.unwrap().captures_iter(&scripts) {
            assert!(names.contains(&&found[1]), "{} is not in the table", &found[1]);
        }
    }
}
