//! One trace as a page: how it ended first, then the card before, at and after the click, each step
//! with its time, and the picture. One file, no script; it loads nothing.
//!
//! Everything that the site said passes `safe_text` and is escaped by the template.

use askama::Template;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::domain::history::Outcome;
use crate::domain::trace::{Card, Dialog, Event, Guard, Step, Trace, wants_picture};
use crate::domain::{profile, safe_text};

const STYLE: &str = concat!(include_str!("../look.css"), include_str!("style.css"));
/// More than any honest text has, in columns.
const MOST: usize = 700;
/// Marks the card's line that is not as it was before.
const CHANGED: &str = "changed";

/// What the page is made of.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    pub trace: &'a Trace,
    /// PNG.
    pub picture: Option<&'a [u8]>,
}

#[derive(Template)]
#[template(path = "trace.html")]
struct Sheet {
    policy: String,
    style: &'static str,
    title: String,
    word: &'static str,
    tone: &'static str,
    detail: String,
    id: String,
    made: String,
    made_shown: String,
    site: String,
    profile: Option<String>,
    facts: Vec<(&'static str, String)>,
    sights: Vec<Sight>,
    steps: Vec<StepShown>,
    took: String,
    markups: Vec<(String, String)>,
    picture: Option<String>,
    no_picture: &'static str,
}

/// One of the columns: before, at a click, after.
struct Sight {
    title: &'static str,
    verdict: String,
    tone: &'static str,
    lines: Vec<Line>,
}

struct Line {
    what: &'static str,
    says: String,
    mark: &'static str,
}

struct StepShown {
    number: usize,
    words: &'static str,
    at: String,
    took: String,
    /// Where the step begins and how long it is, of a hundred.
    from: String,
    size: String,
    note: String,
    told: Vec<String>,
}

/// The whole page, ending with a newline.
///
/// # Errors
/// None that memory can have.
pub fn html(shown: Shown) -> std::io::Result<String> {
    let trace = shown.trace;
    let person = trace.person.as_ref();
    let sheet = Sheet {
        policy: policy(),
        style: STYLE,
        title: person.map_or("The page at a stop".to_owned(), |person| name(&person.name)),
        word: trace.word(),
        tone: tone(trace),
        detail: line(&trace.detail),
        id: trace.id.to_string(),
        made: format!("{:.3}", trace.at),
        made_shown: moment(trace.at),
        site: line(&trace.site),
        profile: person.and_then(|person| profile::address(person.profile_url.as_deref()?)),
        facts: facts(trace),
        sights: sights(trace),
        steps: steps(trace),
        took: duration(trace.took_ms),
        markups: markups(trace),
        picture: shown.picture.map(|bytes| BASE64_STANDARD.encode(bytes)),
        no_picture: match trace.outcome {
            Some(outcome) if !wants_picture(outcome) => {
                "None was taken: nothing went wrong on the page, and a picture takes longer than any other look at it."
            }
            _ => "There is none: the browser gave none.",
        },
    };
    // The template ends without its last line break.
    sheet.render().map(|page| page + "\n").map_err(std::io::Error::other)
}

/// Nothing may be loaded, run, sent or framed but our own style and the picture in the page.
fn policy() -> String {
    let digest = BASE64_STANDARD.encode(Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; \
         form-action 'none'"
    )
}

fn tone(trace: &Trace) -> &'static str {
    match trace.outcome {
        Some(Outcome::Withdrawn) => "good",
        Some(Outcome::Gone | Outcome::Skipped) => "plain",
        Some(Outcome::Refused | Outcome::Unknown) => "doubt",
        Some(Outcome::Failed) | None => "bad",
    }
}

/// What is known besides what the page showed.
fn facts(trace: &Trace) -> Vec<(&'static str, String)> {
    let person = trace.person.as_ref();
    let rule = person.map(|person| match &person.rule {
        Some(rule) => format!("{rule}: {}", person.reason),
        None => person.reason.clone(),
    });
    let proof = trace.proof.as_ref().map(|proof| {
        let list = match proof.announced {
            Some(stated) => format!("{} of {stated} read", proof.read),
            None => format!("{} read", proof.read),
        };
        let word = if proof.gone { "no longer shows them" } else { "still shows them" };
        format!("a fresh load of the list at {} {word} ({list})", time(proof.at))
    });
    // Without an outcome, it is the one word that stands above.
    let stopped = trace.stopped.filter(|_| trace.outcome.is_some());
    let facts = [
        ("Proof", proof),
        ("Why", rule),
        ("The card said", person.map(|person| person.sent_text.clone())),
        ("Profile", person.map(|person| person.id.clone())),
        ("Run stopped", stopped.map(|word| word.word().to_owned())),
        ("Layout", trace.layout.clone()),
        ("Language", trace.language.clone()),
        ("Run", trace.run.clone()),
        ("rescind", Some(trace.version.clone())),
    ];
    let said = facts.into_iter().filter_map(|(what, says)| Some((what, line(&says?))));
    said.filter(|(_, says)| !says.is_empty()).collect()
}

/// The card before, what each click met, and what the page showed then.
fn sights(trace: &Trace) -> Vec<Sight> {
    let before = trace.before();
    let mut sights = Vec::new();
    if let Some(card) = before {
        sights.push(Sight {
            title: "Before",
            verdict: "the card as it was found".into(),
            tone: "plain",
            lines: card_lines(card, card),
        });
    }
    if let Some((event, guard)) = trace.at_click() {
        sights.push(met("At the click on the card", event, guard, before));
    }
    if let Some((event, guard)) = trace.at_confirmation() {
        sights.push(met("At the confirming click", event, guard, before));
    }
    if let Some(step) = trace.after() {
        let tone = if trace.outcome.is_some_and(wants_picture) { "bad" } else { "plain" };
        sights.push(Sight { tone, ..after(step, before) });
    }
    sights
}

fn met(title: &'static str, event: &Event, guard: Guard, before: Option<&Card>) -> Sight {
    let mut lines = vec![plain("hit", format!("{} on “{}”", event.kind, line(&event.on)))];
    if let Some(card) = &event.card {
        lines.extend(card_lines(card, before.unwrap_or(card)));
    }
    lines.extend(event.dialog.iter().flat_map(dialog_lines));
    Sight { title, verdict: counted(guard), tone: if event.passed { "good" } else { "bad" }, lines }
}

fn after(step: &Step, before: Option<&Card>) -> Sight {
    let mut lines = Vec::new();
    if let Some(card) = &step.card {
        lines.extend(card_lines(card, before.unwrap_or(card)));
    }
    lines.extend(step.dialogs.iter().flat_map(dialog_lines));
    lines.extend(step.alerts.iter().map(|said| plain("announced", line(said))));
    Sight { title: "After", verdict: line(&step.note), tone: "plain", lines }
}

/// What the guard counted, in words.
fn counted(guard: Guard) -> String {
    let Guard { passed, blocked, unhandled } = guard;
    let mut words = match (passed, blocked) {
        (0, 0) => "the click met nothing".to_owned(),
        (0, blocked) => format!("held back: {blocked} of its events would have met something else"),
        (_, 0) => "let through: it met what it was meant for".to_owned(),
        (_, blocked) => format!("let through, and {blocked} other events held back"),
    };
    if unhandled {
        words.push_str("; no script of the page took it over");
    }
    words
}

fn card_lines(card: &Card, before: &Card) -> Vec<Line> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let control = |card: &Card| match (card.control, card.label.as_str()) {
        (false, _) => "none that can be told apart".to_owned(),
        (true, "") => "there, without a label".to_owned(),
        (true, label) => label.to_owned(),
    };
    let rows = [
        ("name", card.name.clone(), before.name.clone()),
        ("profile", card.profiles.join(" "), before.profiles.join(" ")),
        ("headline", text(&card.headline), text(&before.headline)),
        ("age", card.age.clone(), before.age.clone()),
        ("note", text(&card.note), text(&before.note)),
        ("control", control(card), control(before)),
    ];
    let lines = rows.into_iter().map(|(what, says, was)| {
        let mark = if says == was { "" } else { CHANGED };
        let says = if says.is_empty() && !was.is_empty() { "nothing".to_owned() } else { says };
        Line { what, says: line(&says), mark }
    });
    lines.filter(|line| !line.says.is_empty()).collect()
}

fn dialog_lines(dialog: &Dialog) -> Vec<Line> {
    let label = dialog.label.as_deref().unwrap_or("none that confirms");
    vec![
        plain("dialog", line(&dialog.text)),
        plain("confirming button", line(label)),
        plain("all buttons", line(&dialog.buttons.join(" · "))),
    ]
}

fn plain(what: &'static str, says: String) -> Line {
    Line { what, says, mark: "" }
}

fn steps(trace: &Trace) -> Vec<StepShown> {
    let ends = trace.steps.iter().map(|step| step.at_ms + step.took_ms);
    let whole = ends.chain([trace.took_ms, 1]).max().unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "a length in a picture")]
    let share = |ms: u64| format!("{:.2}", 100.0 * ms as f64 / whole as f64);
    let shown = trace.steps.iter().zip(1..).map(|(step, number)| StepShown {
        number,
        words: step.step.words(),
        at: duration(step.at_ms),
        took: duration(step.took_ms),
        from: share(step.at_ms),
        size: share(step.took_ms.max(whole / 250)),
        note: line(&step.note),
        told: told(step),
    });
    shown.collect()
}

/// What a step saw that stands nowhere else on the page.
fn told(step: &Step) -> Vec<String> {
    let mut told = Vec::new();
    if let Some(page) = &step.page {
        let status = if page.status == 0 { "unknown".to_owned() } else { page.status.to_string() };
        told.push(line(&format!("{}, status {status}, “{}”", page.address, page.title)));
    }
    if let Some(cards) = step.cards.filter(|cards| *cards != 1) {
        told.push(format!("cards of this person: {cards}"));
    }
    if let Some(Guard { passed, blocked, unhandled }) = step.guard {
        let unhandled = if unhandled { ", taken over by no script" } else { "" };
        let clicks = if passed == 1 { "click" } else { "clicks" };
        let events = if blocked == 1 { "event" } else { "events" };
        told.push(format!(
            "guard: {passed} {clicks} let through, {blocked} {events} held back{unhandled}"
        ));
    }
    if let Some(Event { passed: false, kind, on, card, .. }) = &step.event {
        let whose = card.as_ref().map(|card| format!(", on the card of {}", name(&card.name)));
        let whose = whose.unwrap_or_default();
        told.push(line(&format!("held back: {kind} on “{on}”{whose}")));
    }
    let dialogs = step.dialogs.iter();
    told.extend(dialogs.map(|dialog| line(&format!("dialog: {}", dialog.text))));
    told.extend(step.alerts.iter().map(|said| line(&format!("announced: {said}"))));
    told
}

/// The tags that were seen, the same only once.
fn markups(trace: &Trace) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (step, number) in trace.steps.iter().zip(1..) {
        let at_event = step.event.as_ref().and_then(|event| event.markup.as_deref());
        let all = [("at the click before step", at_event), ("step", step.markup.as_deref())];
        for (when, markup) in all {
            let Some(text) = markup.map(block) else { continue };
            if !found.iter().any(|(_, known)| *known == text) {
                found.push((format!("{when} {number}: {}", step.step.words()), text));
            }
        }
    }
    found
}

/// Several lines, each of them safe, with their indents.
fn block(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let bare = line.trim_start();
        format!("{}{}", " ".repeat((line.len() - bare.len()).min(60)), cut(bare, MOST))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn name(name: &str) -> String {
    match line(name) {
        name if name.is_empty() => "(no name)".to_owned(),
        name => name,
    }
}

/// One safe line. The page sets the reading direction itself.
fn line(text: &str) -> String {
    cut(text, MOST)
}

fn cut(text: &str, columns: usize) -> String {
    safe_text::cut(text, columns).trim_matches(['\u{2068}', '\u{2069}']).to_owned()
}

fn duration(ms: u64) -> String {
    match ms {
        0..1_000 => format!("{ms} ms"),
        _ => format!("{}.{:02} s", ms / 1_000, ms % 1_000 / 10),
    }
}

fn moment(at: Timestamp) -> String {
    at.strftime("%-d %B %Y, %H:%M:%S UTC").to_string()
}

fn time(at: Timestamp) -> String {
    at.strftime("%H:%M:%S UTC").to_string()
}
