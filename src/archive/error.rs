//! Why an archive cannot be used: what, where, and how to mend it.

use std::io;
use std::path::Path;

use crate::domain::safe_text;

/// One sentence, and what the person can do.
#[derive(Debug, thiserror::Error)]
#[error("{sentence}")]
pub struct ArchiveError {
    sentence: String,
    pub hint: &'static str,
    /// Whether the disk is at fault rather than the file that was named.
    pub is_of_disk: bool,
}

pub(super) const NAME_IT: &str = "name the .zip that LinkedIn sends (Settings → Data privacy → Get a \
    copy of your data), or the Invitations.csv in it";
pub(super) const AGAIN: &str = "download the archive again, or ask LinkedIn for a new one";
pub(super) const AS_SENT: &str = "take the file as LinkedIn sent it, in the .zip; spreadsheets and \
    editors change it";

impl ArchiveError {
    /// About a place that is named first: a file, an entry, or a line of these.
    pub(super) fn new(place: &str, words: impl std::fmt::Display, hint: &'static str) -> Self {
        Self { sentence: format!("{place} {words}"), hint, is_of_disk: false }
    }

    /// What the system says to a file that the person named.
    pub(super) fn unreadable(path: &Path, error: &io::Error) -> Self {
        use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
        let (hint, is_of_disk) = match error.kind() {
            NotFound | NotADirectory => (NAME_IT, false),
            PermissionDenied => ("let yourself read it: chmod u+r FILE", false),
            _ => ("look at the disk, or copy the file to another one", true),
        };
        let sentence = format!("cannot read the archive {}: {error}", path.display());
        Self { sentence, hint, is_of_disk }
    }
}

/// Text of a file in a message: short, and nothing that a terminal obeys.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", safe_text::cut(text, 40))
}
