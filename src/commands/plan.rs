//! The file of a plan: saved by `rescind report --plan`, read by the command that applies it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::cli::Global;
use crate::commands::written;
use crate::config::Site;
use crate::domain::invitation::Kind;
use crate::domain::plan::{Plan, Refusal};
use crate::exit::{Exit, Failure};
use crate::terminal::output;

/// Some ten times the plan of ten thousand invitations.
const MOST_BYTES: u64 = 64 << 20;

/// Saves the plan, whole or not at all, and says what can be done with it.
///
/// # Errors
/// The file cannot be written.
pub fn save(global: &Global, site: &Site, path: &Path, plan: &Plan) -> Result<(), Failure> {
    written::write(path, &plan.to_json(), "--plan")?;
    let file = path.display();
    let until = plan.expires_at.strftime("%Y-%m-%d %H:%M UTC");
    let count = plan.wanted().count();
    output::say(global, &format!("plan saved to {file}: {count} to withdraw, valid until {until}"));
    let kind = plan.report.rows.first().map_or(Kind::Person, |row| row.invitation.kind);
    let next = match applied_by(global, site) {
        _ if count == 0 => return Ok(()),
        _ if kind != Kind::Person => {
            "note: rescind withdraw acts on people only, so this plan can be looked at and no more"
                .to_owned()
        }
        Some(command) => format!("next: {command} {file}"),
        None => "note: the practice site of this run has ended, so its plan can be looked at and \
                 no more; for one that stays: rescind mock"
            .to_owned(),
    };
    output::say(global, &next);
    Ok(())
}

/// The command that applies a plan, up to the name of its file; `None` where its site has ended.
pub fn applied_by(global: &Global, site: &Site) -> Option<String> {
    match site {
        Site::Mock(_) => None,
        // Without it, the plan would be one of another site than the config's.
        Site::Url(_) if global.site.is_some() => {
            Some(format!("rescind withdraw --site {site} --plan"))
        }
        Site::Url(_) => Some("rescind withdraw --plan".to_owned()),
    }
}

/// Reads a plan that entries may have been deleted from.
///
/// # Errors
/// The file cannot be read (usage), or what is in it is refused.
pub fn read(path: &Path) -> Result<Plan, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::new(Exit::Usage, format!("cannot read the plan {}: {error}", path.display()))
            .hint("name the file that was saved with: rescind report --plan FILE")
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let too_big = bytes.len() as u64 > MOST_BYTES;
    let text = String::from_utf8(bytes);
    let why = match text {
        _ if too_big => "is over 64 MiB, which no plan needs",
        Err(_) => "is not UTF-8",
        Ok(text) => return Plan::from_json(&text).map_err(|refusal| refused(path, &refusal)),
    };
    Err(Failure::new(Exit::PlanRefused, format!("{} {why}", path.display()))
        .hint("make a new plan: rescind report --plan FILE"))
}

/// The failure of a plan that may not be applied.
pub fn refused(path: &Path, refusal: &Refusal) -> Failure {
    Failure::new(Exit::PlanRefused, format!("{}: {refusal}", path.display())).hint(refusal.hint())
}

#[cfg(test)]
mod tests {
    use super::*;

    const V1: &[u8] = include_bytes!("../../tests/plans/v1.json");

    /// How a file with these bytes fails.
    fn failure(bytes: &[u8]) -> Failure {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.json");
        std::fs::write(&path, bytes).unwrap();
        read(&path).unwrap_err()
    }

    #[track_caller]
    fn check(failure: Failure, exit: Exit, words: &str) {
        assert_eq!(failure.exit, exit);
        assert!(failure.sentence.contains(words), "{}", failure.sentence);
        assert!(failure.hint.is_some());
    }

    #[test]
    fn u4_a_plan_that_cannot_be_read_is_wrong_usage() {
        let folder = tempfile::tempdir().unwrap();
        let missing = read(&folder.path().join("no.json")).unwrap_err();
        check(missing, Exit::Usage, "no.json: No such file or directory");
        check(read(folder.path()).unwrap_err(), Exit::Usage, "s a directory");
    }

    #[test]
    fn u4_a_plan_that_is_none_or_was_edited_is_refused() {
        check(failure(b""), Exit::PlanRefused, "plan.json: the plan cannot be read: not JSON");
        check(failure(b"{\"a\": \"\xff\"}"), Exit::PlanRefused, "plan.json is not UTF-8");
        let edited = String::from_utf8_lossy(V1).replacen("Robin", "Eve", 1);
        check(failure(edited.as_bytes()), Exit::PlanRefused, "the entry of Eve Example");
    }

    #[test]
    fn u1_a_huge_plan_is_refused() {
        let blanks = usize::try_from(MOST_BYTES).unwrap() - V1.len();
        let mut bytes = [V1.to_vec(), vec![b' '; blanks]].concat();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.json");
        std::fs::write(&path, &bytes).unwrap();
        assert!(read(&path).is_ok());
        bytes.push(b' ');
        check(failure(&bytes), Exit::PlanRefused, "plan.json is over 64 MiB");
    }
}
