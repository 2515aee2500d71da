//! What goes wrong around the browser, as the sentence and exit code for the person.

use crate::browser::error::{PageError, StartError};
use crate::exit::{Exit, Failure};
use crate::folders::FolderError;
use crate::lock;

pub fn start_failure(error: &StartError) -> Failure {
    let exit = match error {
        StartError::ProfileInUse(_) => Exit::Locked,
        _ => Exit::Failed,
    };
    Failure::new(exit, error).hint(error.hint())
}

pub fn folder_failure(error: &FolderError) -> Failure {
    Failure::new(Exit::Failed, error).hint(error.hint())
}

pub fn lock_failure(error: &lock::LockError) -> Failure {
    let exit = if error.is_held() { Exit::Locked } else { Exit::Failed };
    Failure::new(exit, error).hint(error.hint())
}

/// What a page error means for the person.
pub fn page_failure(error: &PageError) -> Failure {
    let (exit, hint) = match error {
        PageError::SignedOut { .. } => (Exit::SignIn, "sign in by hand: rescind login"),
        PageError::OtherAccount { .. } => {
            (Exit::SignIn, "sign in as before: rescind login; look at both accounts")
        }
        PageError::Checkpoint { .. } => {
            (Exit::Stopped, "answer it by hand in a browser window: rescind login")
        }
        PageError::RateLimited { .. } => (Exit::Stopped, "leave the site alone for at least a day"),
        PageError::NotUnderstood(_) | PageError::WentAway { .. } | PageError::Prompt(_) => {
            (Exit::NotUnderstood, "the site may have changed: see layouts/README.md")
        }
        PageError::Unreachable(_) => (Exit::Failed, "check the address and the connection"),
        PageError::BrowserLost(_) | PageError::Element(_) | PageError::Script(_) => {
            (Exit::Failed, "nothing was changed; run it again, with -v to see more")
        }
    };
    Failure::new(exit, error).hint(hint)
}
