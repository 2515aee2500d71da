//! The layout that fits, and whether its locators find what they should.

use super::findings::Findings;
use super::surroundings::counted;
use crate::browser::probe::SITE;
use crate::domain::diagnosis::{Check, Fact, Status};
use crate::domain::locators::{Found, Need};
use crate::exit::Exit;

/// What the locators of the layout that fits find; of the others, when more is asked for.
pub fn fitting(name: &str, found: &[Found], is_verbose: bool, findings: &mut Findings) {
    let Some(fitting) = found.iter().find(|one| one.layout == name) else { return };
    locators(fitting, findings);
    let title =
        format!("layout {name}, {}", counted(fitting.cards.try_into().unwrap_or(0), "card"));
    findings.show_locators(fitting, &title);
    for other in found.iter().filter(|one| is_verbose && one.layout != name) {
        let title = match other.layout.as_str() {
            SITE => "signs of the whole site".to_owned(),
            name => format!("layout {name}, which does not fit: {}", other.misfits().join("; ")),
        };
        findings.show_locators(other, &title);
    }
}

fn locators(found: &Found, findings: &mut Findings) {
    let wrong: Vec<_> = found.failing().collect();
    let paths = |status| {
        let of_it = wrong.iter().filter(|field| field.status(found.cards) == status);
        of_it.map(|field| field.path.as_str()).collect::<Vec<_>>().join(", ")
    };
    let (problems, warnings) = (paths(Status::Problem), paths(Status::Warning));
    let demanded = found.fields.iter().filter(|field| field.need != Need::Unseen).count();
    let check = |status, words: String| {
        Check::new("locators", status, words)
            .fact("fields", Fact::count(demanded))
            .fact("failing", Fact::count(wrong.len()))
            .fact("cards", Fact::Count(found.cards))
    };
    let hint = format!("mend them in the file of layout {}: see layouts/README.md", found.layout);
    if !problems.is_empty() {
        let words = format!("these don't find what they should: {problems}");
        findings.problem_with(check(Status::Problem, words).hint(hint), Exit::NotUnderstood);
    } else if !warnings.is_empty() {
        let words = format!("not in every card: {warnings}; such people are never withdrawn");
        findings.add(check(Status::Warning, words).hint(hint));
    } else {
        let words = format!("all {demanded} fields find what they should");
        findings.add(check(Status::Ok, words));
    }
}
