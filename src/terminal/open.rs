//! What the person's own browser shows: a profile, for a look at who it is, or a page of ours.

use std::path::Path;

use crate::domain::{profile, safe_text};

/// Opens a profile, and leaves the browser to itself.
///
/// # Errors
/// A sentence for the person, with the address where it is one of a profile.
pub fn open_in_browser(url: &str) -> Result<(), String> {
    let address = profile::address(url).ok_or_else(|| {
        format!("not opened, for it is not the address of a profile: {}", safe_text::cut(url, 100))
    })?;
    open::that_detached(&address)
        .map_err(|error| format!("no browser could be opened ({error}): the profile is {address}"))
}

/// Opens a file of our own, and leaves the browser to itself.
///
/// # Errors
/// A sentence for the person, with the place of the file.
pub fn open_file(path: &Path) -> Result<(), String> {
    // An absolute path never looks like an option of the program that opens it.
    let opened = std::path::absolute(path).and_then(open::that_detached);
    opened.map_err(|error| {
        format!("no browser could be opened ({error}): the page is {}", path.display())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_a_safe_sentence() {
        let refusal = open_in_browser("file:///\u{1b}[2J").unwrap_err();
        assert_eq!(refusal, "not opened, for it is not the address of a profile: file:///�[2J");
    }
}
