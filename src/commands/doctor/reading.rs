//! The list as rescind reads it: how many are announced and read, and how many ages are understood.

use jiff::Timestamp;

use super::findings::Findings;
use crate::browser::error::PageError;
use crate::browser::layout::Layout;
use crate::browser::sent_page::{self, Reading, Scan};
use crate::commands::opened::Opened;
use crate::domain::diagnosis::{Check, Fact, Status};
use crate::domain::invitation::Kind;
use crate::domain::language;
use crate::exit::Exit;
use crate::terminal::progress::Line;

/// Reads the list to its end, as `report` does.
///
/// # Errors
/// As for a report.
pub async fn read(
    opened: &mut Opened,
    layout: &Layout,
    said: &str,
    line: &Line,
) -> Result<Scan, PageError> {
    let reading = Reading { layout, language: said, kind: Kind::Person, now: Timestamp::now() };
    sent_page::read_all(&mut opened.site, reading, &mut |progress| {
        line.read(progress.read, progress.announced);
    })
    .await
}

/// How many were read, and how many ages were understood, on a page that says it is in this language.
pub fn tell(scan: &Scan, said: &str, findings: &mut Findings) {
    counts(scan, findings);
    ages(scan, said, findings);
}

/// The check with what was remarked meanwhile, and how much that is.
pub fn remarked(check: Check, remarks: &[String]) -> Check {
    if remarks.is_empty() {
        return check;
    }
    let detail = format!("{}: {}", check.detail, remarks.join("; "));
    Check { detail, ..check }.fact("remarks", Fact::count(remarks.len()))
}

fn counts(scan: &Scan, findings: &mut Findings) {
    let read = scan.invitations.len();
    let sure = scan.invitations.iter().filter(|one| one.doubt.is_none()).count();
    let doubtful = match read - sure {
        0 => String::new(),
        some => format!("; never withdrawn, since not told apart for certain: {some}"),
    };
    let announced = match scan.announced {
        Some(number) => format!("{number} announced"),
        None => "no number announced".to_owned(),
    };
    let detail = match scan.complete && read == 0 {
        true => "nobody is pending".to_owned(),
        false => format!("{announced}, {read} read{doubtful}"),
    };
    let check = |status, detail: String| {
        let check = Check::new("reading", status, detail)
            .fact("read", Fact::count(read))
            .fact("doubtful", Fact::count(read - sure));
        let check = remarked(check, &scan.remarks);
        match scan.announced {
            Some(number) => check.fact("announced", Fact::Count(number)),
            None => check,
        }
    };
    if read > 0 && sure == 0 {
        findings.problem_with(
            check(Status::Problem, detail)
                .hint("mend card.profile, card.name or card.control in the layout"),
            Exit::NotUnderstood,
        );
    } else if scan.complete && scan.remarks.is_empty() {
        findings.add(check(Status::Ok, detail));
    } else if scan.complete {
        let hint = "reading works all the same; nothing is to be mended while it does";
        findings.add(check(Status::Warning, detail).hint(hint));
    } else {
        findings.add(check(Status::Warning, detail).hint(
            "the list was not read to its end: run it again; if it stays so, mend \
                    list.scroller, list.more or count.people in the layout",
        ));
    }
}

fn ages(scan: &Scan, said: &str, findings: &mut Findings) {
    let all = scan.invitations.len();
    let unread: Vec<_> = scan.invitations.iter().filter(|one| one.age.is_none()).collect();
    let code = scan.language.as_str();
    let source = match said {
        "" => "by the ages' own words".to_owned(),
        said => format!("the page says {said:?}"),
    };
    let detail = format!("language {code} ({source}): {} of {all} understood", all - unread.len());
    let check = |status, detail: String| {
        let known = language::codes().find(|known| *known == code).unwrap_or("other");
        Check::new("ages", status, detail)
            .fact("language", Fact::Word(known))
            .fact("all", Fact::count(all))
            .fact("not_understood", Fact::count(unread.len()))
    };
    let hint = format!("add the form to languages/{code}.toml: see languages/README.md");
    match unread.first() {
        None if all == 0 => findings.skip("ages", "nobody is pending, so the page shows no age"),
        None => findings.add(check(Status::Ok, detail)),
        Some(first) => {
            let words = format!("{detail}; the first that is not: {:?}", first.sent_text);
            if unread.len() == all {
                findings
                    .problem_with(check(Status::Problem, words).hint(hint), Exit::NotUnderstood);
            } else {
                findings.add(check(Status::Warning, words).hint(hint));
            }
        }
    }
}
