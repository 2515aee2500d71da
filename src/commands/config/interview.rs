//! What `config init` asks. Enter goes through it with the defaults.

use crate::config::{Kept, Wishes};
use crate::domain::period::Period;
use crate::terminal::ask::settings::{Asked, Ended, Interview};

/// All answers, or `None` when the person ended it.
pub fn ask(interview: &Interview, path: &str) -> Option<Wishes> {
    interview.tell(&format!(
        "A few questions, then your settings are written to {path}. \
         Enter takes what stands in brackets; Ctrl-C ends it, and nothing is written."
    ));
    answers(interview).ok()
}

fn answers(interview: &Interview) -> Result<Wishes, Ended> {
    let stale = period(
        interview,
        Asked {
            about: "How long may a request stay unanswered before it is stale?",
            label: "Stale after:",
            suggested: "6 weeks",
        },
        |_| Ok(()),
    )?;
    let words = words(interview)?;
    let sooner = match words.as_slice() {
        [] => None,
        _ => Some((words, sooner(interview, &stale)?)),
    };
    let keep = keep(interview)?;
    let shows = interview.yes("Shall the browser show its window while it works?", "Window:")?;
    Ok(Wishes { stale, sooner, keep, headless: !shows })
}

fn words(interview: &Interview) -> Result<Vec<crate::domain::words::Pattern>, Ended> {
    let asked = Asked {
        about: "Whose requests are stale sooner? Words of their headlines, such as: recruiter, \
                talent acquisition. Enter alone for nobody's.",
        label: "Words:",
        suggested: "",
    };
    let typed = interview.text(asked, |typed| Wishes::words(typed).map(drop))?;
    Ok(Wishes::words(&typed).unwrap_or_default())
}

fn sooner(interview: &Interview, stale: &Period) -> Result<Period, Ended> {
    let stale = stale.clone();
    let check = move |period: &Period| match period.always_reaches(&stale) {
        true => Err(format!("that is no sooner than the {stale} of everybody")),
        false => Ok(()),
    };
    let asked = Asked { about: "", label: "Stale after, for these:", suggested: "2 weeks" };
    period(interview, asked, check)
}

fn period<F>(interview: &Interview, asked: Asked, check: F) -> Result<Period, Ended>
where
    F: Fn(&Period) -> Result<(), String> + Clone + 'static,
{
    let read = |typed: &str| typed.parse::<Period>().map_err(|why| why.to_string());
    let typed = interview.text(asked, move |typed| check(&read(typed)?))?;
    // What passed the check is a period.
    typed.parse().map_err(|_| Ended)
}

fn keep(interview: &Interview) -> Result<Vec<Kept>, Ended> {
    let mut kept = Vec::new();
    let mut about = "Who is never withdrawn? A link to a profile or a whole name, one at a time. \
                     Enter alone when that is all.";
    loop {
        let asked = Asked { about, label: "Keep:", suggested: "" };
        let typed = interview.text(asked, |typed| all(typed).map(drop))?;
        let more = all(&typed).unwrap_or_default();
        if more.is_empty() {
            return Ok(kept);
        }
        kept.extend(more);
        about = "";
    }
}

/// Usually one; several lines where several were pasted.
fn all(typed: &str) -> Result<Vec<Kept>, String> {
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::parse).collect()
}
