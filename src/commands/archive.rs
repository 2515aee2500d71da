//! LinkedIn's data export beside the page, for `--archive`, or instead of it, for `--offline`.

use std::path::Path;

use jiff::Timestamp;

use crate::archive;
use crate::config::{Config, Site};
use crate::domain::archive::{Archive, Joined};
use crate::domain::report::{Report, Row};
use crate::domain::rules::Rules;
use crate::exit::{Exit, Failure};

/// # Errors
/// The file is no archive (usage), or can't be had from the disk.
pub fn read(path: &Path) -> Result<Archive, Failure> {
    archive::read(path).map_err(|error| {
        let exit = if error.is_of_disk { Exit::Failed } else { Exit::Usage };
        Failure::new(exit, &error).hint(error.hint)
    })
}

/// The archive is read, and nothing is written over it.
///
/// # Errors
/// An option names the archive's own file.
pub fn refuse_to_overwrite(
    archive: Option<&Path>,
    written: Option<&Path>,
    option: &str,
) -> Result<(), Failure> {
    let (Some(archive), Some(written)) = (archive, written) else { return Ok(()) };
    let is_same = match (archive.canonicalize(), written.canonicalize()) {
        (Ok(archive), Ok(written)) => archive == written,
        _ => archive == written,
    };
    if is_same {
        let words = format!("{option} and --archive name the same file");
        return Err(Failure::new(Exit::Usage, words).hint("choose another file to write to"));
    }
    Ok(())
}

/// What the page shows, with what the archive adds, decided anew.
pub fn join(report: Report, archive: &Archive, rules: &Rules) -> Report {
    let invitations = report.rows.into_iter().map(|row| row.invitation).collect();
    let now = report.generated_at;
    let Joined { invitations, remarks } = archive.join(invitations, report.account.as_deref(), now);
    let decide = |invitation| Row { decision: rules.decide(&invitation), invitation };
    Report {
        rows: invitations.into_iter().map(decide).collect(),
        remarks: report.remarks.into_iter().chain(remarks).collect(),
        ..report
    }
}

/// The archive alone, without a browser: whom to look at, and by hand.
///
/// # Errors
/// The archive is of another account than the config's, or of several.
pub fn review(archive: &Archive, config: &Config) -> Result<Report, Failure> {
    let now = Timestamp::now();
    let review = archive.review(config.account.as_deref(), now).map_err(|why| {
        Failure::new(Exit::Usage, why)
            .hint("name the archive of that account, or set account under [site] in the config")
    })?;
    let mut remarks = review.remarks;
    if config.rules.ask_for_headlines() {
        remarks.push(
            "the archive has no headlines, so nothing that the rules or the keep list say of \
             headlines was found: look at them too"
                .to_owned(),
        );
    }
    let unused = config.rules.unused(&review.invitations);
    remarks.extend(
        unused
            .into_iter()
            .map(|entry| format!("on the keep list, but not in the archive: {entry}")),
    );
    let decide = |invitation| Row { decision: config.rules.decide(&invitation), invitation };
    let rows = review.invitations.into_iter().map(decide).collect();
    let site = match &config.site {
        Site::Url(_) => config.site.base().unwrap_or_default().to_owned(),
        Site::Mock(_) => config.site.to_string(),
    };
    let at = now.round(jiff::Unit::Second).unwrap_or(now);
    Ok(Report::of_archive(at, site, review.account, rows, remarks))
}
