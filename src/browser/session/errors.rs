//! What the errors of WebDriver mean for a session.

use fantoccini::error::{CmdError, ErrorStatus};

use crate::browser::error::PageError;

pub(super) fn page_error(error: CmdError) -> PageError {
    let message = match &error {
        CmdError::Standard(said) => first_line(&said.message),
        other => first_line(&other.to_string()),
    };
    if error.is_unexpected_alert_open() {
        return PageError::Prompt(message);
    }
    let intercepted = matches!(&error,
        CmdError::Standard(said) if said.error == ErrorStatus::ElementClickIntercepted);
    let element = error.is_stale_element_reference()
        || intercepted
        || error.is_element_not_interactable()
        || error.is_no_such_element()
        || error.is_move_target_out_of_bounds()
        || error.is_detached_shadow_root();
    if element {
        return PageError::Element(message);
    }
    let alive = error.is_javascript_error()
        || error.is_timeout()
        || error.is_script_timeout()
        || error.is_invalid_argument()
        // A server that has no such command, as others than chromedriver have no log of the network.
        || error.is_unknown_command()
        || is_net_error(&message);
    // A page that navigates under a script is alive; a crashed tab is not.
    let navigated =
        message.contains("aborted by navigation") || message.contains("document unloaded");
    if alive || navigated {
        return PageError::Script(message);
    }
    PageError::BrowserLost(message)
}

pub(super) fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().to_owned()
}

/// Chromium's and Firefox's words for an address that could not be loaded.
pub(super) fn is_net_error(text: &str) -> bool {
    text.contains("net::ERR_") || text.contains("Reached error page: about:neterror")
}

pub(super) fn net_error(text: &str) -> &str {
    if let Some((_, rest)) = text.split_once("about:neterror?e=") {
        return rest.split('&').next().unwrap_or(rest);
    }
    let start = text.find("net::ERR_").map_or(text, |at| &text[at..]);
    start.split([' ', '\n', ')']).next().unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use fantoccini::error::WebDriver;

    use super::*;

    #[test]
    fn a_server_that_lacks_a_command_has_lost_no_browser() {
        let said = |status| page_error(CmdError::Standard(WebDriver::new(status, "unknown")));
        assert!(matches!(said(ErrorStatus::UnknownCommand), PageError::Script(_)));
        assert!(matches!(said(ErrorStatus::InvalidSessionId), PageError::BrowserLost(_)));
    }
}
