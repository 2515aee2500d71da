//! Which browser is driven, and what follows from that alone: its driver's name, and whether a driver
//! of one version can drive a browser of another.

use std::fmt;

/// What `browser.kind` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BrowserKind {
    /// Chromium, or Google Chrome where there is none.
    #[default]
    Chromium,
    Chrome,
    Edge,
    Brave,
    Vivaldi,
    Firefox,
}

/// Whether a driver can drive a browser, as far as their versions tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    Fits,
    /// Versions of two countings, which only a start can compare.
    Untold,
    /// Why not: the end of a sentence.
    Not(String),
}

/// The Firefoxes that a geckodriver drives, by its first two numbers: from that version on, the oldest
/// and the newest. Source: "Supported platforms" in geckodriver's own documentation.
const GECKODRIVERS: [((u32, u32), u32, Option<u32>); 6] = [
    ((0, 36), 128, None),
    ((0, 34), 115, None),
    ((0, 32), 102, Some(120)),
    ((0, 31), 91, Some(120)),
    ((0, 30), 78, Some(90)),
    ((0, 26), 60, Some(90)),
];

impl BrowserKind {
    pub const ALL: [Self; 6] =
        [Self::Chromium, Self::Chrome, Self::Edge, Self::Brave, Self::Vivaldi, Self::Firefox];

    /// As it stands in the config.
    pub fn word(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Chrome => "chrome",
            Self::Edge => "edge",
            Self::Brave => "brave",
            Self::Vivaldi => "vivaldi",
            Self::Firefox => "firefox",
        }
    }

    /// The driver's program.
    pub fn driver(self) -> &'static str {
        match self {
            Self::Firefox => "geckodriver",
            Self::Edge => "msedgedriver",
            _ => "chromedriver",
        }
    }

    /// The variable of the environment that names the driver.
    pub fn driver_variable(self) -> &'static str {
        match self {
            Self::Firefox => "GECKODRIVER",
            Self::Edge => "MSEDGEDRIVER",
            _ => "CHROMEDRIVER",
        }
    }

    /// What a browser is by the name that it gives itself with `--version`; `None` for a name that is
    /// not known, which builds of Chromium under another name have.
    pub fn of_name(name: &str) -> Option<Self> {
        let words = [
            ("Firefox", Self::Firefox),
            ("Edge", Self::Edge),
            ("Brave", Self::Brave),
            ("Vivaldi", Self::Vivaldi),
            ("Chromium", Self::Chromium),
            ("Chrome", Self::Chrome),
        ];
        words.into_iter().find(|(word, _)| name.contains(word)).map(|(_, kind)| kind)
    }

    /// Whether a driver of this version can drive this kind of browser of that version.
    pub fn fit(self, driver: &str, browser: &str) -> Fit {
        match self {
            Self::Firefox => firefox_fit(driver, browser),
            // Vivaldi counts its own versions, and says nothing of the Chromium in it.
            Self::Vivaldi => Fit::Untold,
            _ if first(driver) == first(browser) => Fit::Fits,
            _ => Fit::Not("their major versions differ".to_owned()),
        }
    }
}

impl fmt::Display for BrowserKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium or Chrome",
            Self::Chrome => "Google Chrome",
            Self::Edge => "Microsoft Edge",
            Self::Brave => "Brave",
            Self::Vivaldi => "Vivaldi",
            Self::Firefox => "Firefox",
        })
    }
}

fn first(version: &str) -> &str {
    version.split('.').next().unwrap_or_default()
}

/// geckodriver has no major of a Firefox; its documentation says which ones it drives.
fn firefox_fit(driver: &str, browser: &str) -> Fit {
    let mut numbers = driver.split('.').map_while(|part| part.parse::<u32>().ok());
    let (Some(major), Some(minor), Ok(firefox)) =
        (numbers.next(), numbers.next(), first(browser).parse::<u32>())
    else {
        return Fit::Untold;
    };
    let known = GECKODRIVERS.iter().find(|(from, ..)| (major, minor) >= *from);
    let Some((_, oldest, newest)) = known else {
        return Fit::Not("so old a geckodriver is not supported".to_owned());
    };
    match newest {
        _ if firefox < *oldest => Fit::Not(format!("it needs Firefox {oldest} or newer")),
        Some(newest) if firefox > *newest => {
            Fit::Not(format!("it drives Firefox {oldest} to {newest}"))
        }
        _ => Fit::Fits,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: BrowserKind, driver: &str, browser: &str, expected: &str) {
        let shown = match kind.fit(driver, browser) {
            Fit::Fits => "fits".to_owned(),
            Fit::Untold => "untold".to_owned(),
            Fit::Not(why) => why,
        };
        assert_eq!(shown, expected, "{driver} {browser}");
    }

    #[test]
    fn drivers_of_chromium_and_its_kin_fit_by_their_majors() {
        check(BrowserKind::Chromium, "156.0.1.2", "156.0.8.9", "fits");
        check(BrowserKind::Brave, "156.0.1.2", "156.1.84.132", "fits");
        check(BrowserKind::Edge, "155.0.1.2", "156.0.1.2", "their major versions differ");
        check(BrowserKind::Vivaldi, "156.0.1.2", "7.6.3797.58", "untold");
    }

    #[test]
    fn geckodriver_fits_by_what_its_documentation_says() {
        check(BrowserKind::Firefox, "0.37.1", "153.7.0esr", "fits");
        check(BrowserKind::Firefox, "1.0.0", "190.0", "fits");
        check(BrowserKind::Firefox, "0.36.0", "115.2.0esr", "it needs Firefox 128 or newer");
        check(BrowserKind::Firefox, "0.34.0", "115.2.0esr", "fits");
        check(BrowserKind::Firefox, "0.33.0", "121.0", "it drives Firefox 102 to 120");
        check(BrowserKind::Firefox, "0.19.1", "60.0", "so old a geckodriver is not supported");
        check(BrowserKind::Firefox, "next", "153.0", "untold");
    }

    #[test]
    fn a_browser_is_told_by_the_name_it_gives_itself() {
        let check = |name, kind| assert_eq!(BrowserKind::of_name(name), kind, "{name}");
        check("Mozilla Firefox", Some(BrowserKind::Firefox));
        check("Microsoft Edge", Some(BrowserKind::Edge));
        check("Brave Browser", Some(BrowserKind::Brave));
        check("Vivaldi", Some(BrowserKind::Vivaldi));
        check("Chromium", Some(BrowserKind::Chromium));
        check("Google Chrome for Testing", Some(BrowserKind::Chrome));
        check("Thorium", None);
    }
}
