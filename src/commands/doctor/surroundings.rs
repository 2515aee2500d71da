//! Config, profile, window, terminal and layouts: what is there before a browser runs.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::findings::Findings;
use crate::browser::layout::Layouts;
use crate::cli::Global;
use crate::commands::opened;
use crate::config::Config;
use crate::domain::diagnosis::{Check, Fact, Status};
use crate::domain::keep::KeepList;
use crate::exit::Failure;
use crate::folders;
use crate::lock;
use crate::terminal::output;

/// The config, when it is understood.
pub fn config(global: &Global, findings: &mut Findings) -> Option<Config> {
    let located = Config::locate(global.config.as_deref());
    let read = located.and_then(|place| {
        let config = Config::load_for(global.site.as_ref(), global.config.as_deref())?;
        Ok((place, config))
    });
    let (place, config) = match read {
        Ok(read) => read,
        Err(error) => {
            findings.problem("config", &opened::config_failure(&error));
            return None;
        }
    };
    let file = Fact::Word(if place.is_some() { "found" } else { "none" });
    let place = match place {
        Some(path) => path.display().to_string(),
        None => {
            let usual = Config::default_path().map(|path| path.display().to_string());
            format!("none at {}, so the defaults", usual.unwrap_or_default())
        }
    };
    let rules: Vec<&str> = config.rules.list.iter().map(|rule| rule.name()).collect();
    let kept = kept(&config.rules.keep);
    let rules = (rules.len(), rules.join(", "));
    let detail =
        format!("{place}: {} ({}), {kept} on the keep list", counted(rules.0, "rule"), rules.1);
    findings.add(
        Check::new("config", Status::Ok, detail)
            .fact("file", file)
            .fact("rules", Fact::count(rules.0))
            .fact("keep", Fact::count(kept)),
    );
    Some(config)
}

fn kept(keep: &KeepList) -> usize {
    let KeepList { names, profiles, headline, note, any } = keep;
    let words = [names, headline, note, any].map(|words| words.iter().count());
    profiles.len() + words.iter().sum::<usize>()
}

/// `1 rule`, `2 rules`.
pub fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

/// The browser profile: there, private, and free.
pub fn profile(global: &Global, config: &Config, findings: &mut Findings) {
    if global.webdriver.is_some() {
        let named = global.profile.as_ref().or(config.browser.profile.as_ref());
        let words = named.map_or_else(
            || "a new one on the WebDriver server, thrown away afterwards".to_owned(),
            |named| format!("{} on the server's machine, not looked at from here", named.display()),
        );
        findings.ok("profile", words);
        return;
    }
    if let Some(address) = config.browser.attach {
        let words = format!("that of the browser at {address}, which is yours");
        findings.add(Check::new("profile", Status::Warning, words).hint(
            "while that port is open, any program on this machine can take over the browser: close it \
             when you are done",
        ));
        return;
    }
    match look_at_profile(global, config) {
        Ok(detail) => findings.ok("profile", detail),
        Err(failure) => findings.problem("profile", &failure),
    }
}

fn look_at_profile(global: &Global, config: &Config) -> Result<String, Failure> {
    let Some(wanted) = opened::profile_dir(global, config)? else {
        return Ok("a new one for the practice site, thrown away afterwards".to_owned());
    };
    let found = folders::existing_private_dir(&wanted).map_err(|e| opened::folder_failure(&e))?;
    let Some(profile) = found else {
        let words = "does not exist yet; rescind login makes it";
        return Ok(format!("{} {words}", wanted.display()));
    };
    lock::look(&profile, "browser profile")
        .and_then(|()| lock::refuse_open_profile(&profile))
        .map_err(|error| opened::lock_failure(&error))?;
    Ok(format!("{}, for you alone, in use by nobody", profile.display()))
}

/// Whether a window is wanted, be it possible or not.
fn is_window_wanted(global: &Global, config: &Config) -> bool {
    !(global.headless || (config.browser.headless && !global.headed))
}

/// Whether the browser runs without a window.
pub fn is_headless(global: &Global, config: &Config) -> bool {
    !is_window_wanted(global, config) || (opened::is_blind(global) && !global.headed)
}

/// Whether the browser gets a window.
pub fn window(global: &Global, config: &Config, findings: &mut Findings) {
    if config.browser.attach.is_some() && global.webdriver.is_none() {
        findings.ok("window", "that of the browser which is attached to");
        return;
    }
    let check = match (is_window_wanted(global, config), opened::is_blind(global)) {
        (false, _) => Check::new("window", Status::Ok, "none, as asked for"),
        (true, false) => Check::new("window", Status::Ok, "there is a display for it"),
        (true, true) if config.site.is_loopback() => {
            Check::new("window", Status::Ok, "none: there is no display")
        }
        (true, true) => {
            let words = "there is no display, so the browser has no window";
            Check::new("window", Status::Warning, words)
                .hint("rescind login needs one: run that on a desktop, with the same profile")
        }
    };
    findings.add(check);
}

/// Where the person reads, and in which encoding.
pub fn terminal(global: &Global, findings: &mut Findings) {
    let set =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let locale = set.into_iter().find(|value| !value.is_empty());
    let folded = locale.as_deref().unwrap_or_default().to_lowercase().replace('-', "");
    let is_utf8 = folded.contains("utf8");
    let is_terminal = std::io::stdout().is_terminal();
    let place = if is_terminal {
        let colour = if output::colours(global.color) { "colours" } else { "no colours" };
        format!("{} columns, {colour}", output::columns())
    } else {
        "not a terminal".to_owned()
    };
    let locale = locale.map_or_else(|| "no locale".to_owned(), |name| format!("locale {name}"));
    let detail = format!("{place}, {locale}");
    let check = if is_terminal && !is_utf8 && cfg!(target_os = "linux") {
        Check::new("terminal", Status::Warning, format!("{detail}: names may be garbled"))
            .hint("set a UTF-8 locale: export LANG=C.UTF-8")
    } else {
        Check::new("terminal", Status::Ok, detail)
    };
    let yes_or_no = |is: bool| Fact::Word(if is { "yes" } else { "no" });
    findings.add(check.fact("terminal", yes_or_no(is_terminal)).fact("utf8", yes_or_no(is_utf8)));
}

/// Layouts, and which of them are the person's own.
pub struct Known {
    pub layouts: Layouts,
    /// Names, and where their files are.
    pub own: Vec<(String, PathBuf)>,
}

/// The layouts, when all of them are understood.
pub fn layouts(global: &Global, findings: &mut Findings) -> Option<Known> {
    let layouts = match opened::layouts(global) {
        Ok(layouts) => layouts,
        Err(failure) => {
            let words = "mend that file, or move it away: the bundled ones work without it";
            findings.problem("layouts", &failure.hint(words));
            return None;
        }
    };
    let files = opened::layouts_folder(global).map_or_else(Vec::new, |folder| own_files(&folder));
    let bundled = Layouts::load(None).map_or_else(|_| Vec::new(), |bundled| bundled.all);
    let mut words = Vec::new();
    let mut own = Vec::new();
    for layout in &layouts.all {
        let name = &layout.name;
        let Some((_, file)) = files.iter().find(|(own, _)| own == name) else {
            words.push(format!("{name} (bundled)"));
            continue;
        };
        let is_instead = bundled.iter().any(|other| other.name == *name);
        let instead = if is_instead { ", instead of the bundled one" } else { "" };
        words.push(format!("{name} (yours: {}{instead})", file.display()));
        own.push((name.clone(), file.clone()));
    }
    findings.add(
        Check::new("layouts", Status::Ok, words.join(", "))
            .fact("all", Fact::count(layouts.all.len()))
            .fact("own", Fact::count(own.len())),
    );
    Some(Known { layouts, own })
}

/// The person's own files, by the name that each gives itself.
fn own_files(folder: &Path) -> Vec<(String, PathBuf)> {
    #[derive(Deserialize)]
    struct Named {
        name: String,
    }
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.map(|entry| entry.path());
    let named = files.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    named
        .filter_map(|path| {
            let text = std::fs::read_to_string(&path).ok()?;
            let Named { name } = toml::from_str(&text).ok()?;
            Some((name, path))
        })
        .collect()
}
