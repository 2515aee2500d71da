//! Where browsers and drivers are on each system, as a list to look through: names on the PATH come
//! first, then the places of the usual installers.

use std::path::PathBuf;

use crate::domain::browser_kind::BrowserKind;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    Linux,
    MacOs,
    Windows,
}

impl Platform {
    /// The one this program was built for.
    pub const HERE: Self = if cfg!(windows) {
        Self::Windows
    } else if cfg!(target_os = "macos") {
        Self::MacOs
    } else {
        Self::Linux
    };

    fn separator(self) -> char {
        if self == Self::Windows { '\\' } else { '/' }
    }
}

/// A variable of the environment.
pub type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Every place where a browser of this kind may be, the likeliest first.
pub fn browser(kind: BrowserKind, platform: Platform, variable: Variable) -> Vec<PathBuf> {
    let mut all = on_path(browser_names(kind, platform), platform, variable);
    all.extend(match platform {
        Platform::Linux => linux(kind),
        Platform::MacOs => mac(kind, variable),
        Platform::Windows => windows(kind, variable),
    });
    all
}

/// Every place where the driver of this kind may be, the likeliest first.
pub fn driver(kind: BrowserKind, platform: Platform, variable: Variable) -> Vec<PathBuf> {
    let name = kind.driver();
    let mut all = on_path(&[name], platform, variable);
    if platform == Platform::Linux {
        // Debian and snaps keep some beside the browser.
        let folders: &[&str] = match kind {
            BrowserKind::Firefox => &["/snap/bin", "/usr/local/bin"],
            BrowserKind::Edge => &["/opt/microsoft/msedgedriver"],
            _ => &["/usr/lib/chromium", "/usr/lib/chromium-browser", "/snap/bin"],
        };
        all.extend(folders.iter().map(|folder| PathBuf::from(format!("{folder}/{name}"))));
    }
    if platform == Platform::MacOs {
        let folders = ["/opt/homebrew/bin", "/usr/local/bin"];
        all.extend(folders.map(|folder| PathBuf::from(format!("{folder}/{name}"))));
    }
    // Where `cargo install geckodriver` puts it.
    let home = if platform == Platform::Windows { "USERPROFILE" } else { "HOME" };
    if let Some(home) = variable(home).filter(|_| kind == BrowserKind::Firefox) {
        all.push(join(platform, &home, &[".cargo", "bin", &with_ending(name, platform)]));
    }
    all
}

/// Where a program of this name may be.
pub fn named(name: &str, platform: Platform, variable: Variable) -> Vec<PathBuf> {
    on_path(&[name], platform, variable)
}

fn browser_names(kind: BrowserKind, platform: Platform) -> &'static [&'static str] {
    match (kind, platform) {
        (BrowserKind::Chromium, Platform::Windows) => &["chromium", "chrome"],
        (BrowserKind::Chromium, _) => {
            &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
        }
        (BrowserKind::Chrome, _) => &["google-chrome", "google-chrome-stable", "chrome"],
        (BrowserKind::Edge, Platform::Windows) => &["msedge"],
        (BrowserKind::Edge, _) => &["microsoft-edge", "microsoft-edge-stable"],
        (BrowserKind::Brave, Platform::Windows) => &["brave"],
        (BrowserKind::Brave, _) => &["brave-browser", "brave-browser-stable", "brave"],
        (BrowserKind::Vivaldi, _) => &["vivaldi", "vivaldi-stable"],
        (BrowserKind::Firefox, Platform::Linux) => &["firefox", "firefox-esr"],
        (BrowserKind::Firefox, _) => &["firefox"],
    }
}

fn linux(kind: BrowserKind) -> Vec<PathBuf> {
    let places: &[&str] = match kind {
        BrowserKind::Chromium => &["/snap/bin/chromium", "/opt/google/chrome/chrome"],
        BrowserKind::Chrome => &["/opt/google/chrome/chrome"],
        BrowserKind::Edge => &["/opt/microsoft/msedge/msedge"],
        BrowserKind::Brave => &["/opt/brave.com/brave/brave", "/snap/bin/brave"],
        BrowserKind::Vivaldi => &["/opt/vivaldi/vivaldi"],
        BrowserKind::Firefox => &["/snap/bin/firefox", "/opt/firefox/firefox"],
    };
    places.iter().map(PathBuf::from).collect()
}

fn mac(kind: BrowserKind, variable: Variable) -> Vec<PathBuf> {
    let names: &[&str] = match kind {
        BrowserKind::Chromium => &["Google Chrome", "Chromium"],
        BrowserKind::Chrome => &["Google Chrome"],
        BrowserKind::Edge => &["Microsoft Edge"],
        BrowserKind::Brave => &["Brave Browser"],
        BrowserKind::Vivaldi => &["Vivaldi"],
        BrowserKind::Firefox => &["Firefox"],
    };
    let homes = [Some(String::new()), variable("HOME")];
    let program =
        |name: &str| if name == "Firefox" { "firefox".to_owned() } else { name.to_owned() };
    let of = |root: &str, name: &str| {
        PathBuf::from(format!("{root}/Applications/{name}.app/Contents/MacOS/{}", program(name)))
    };
    let roots: Vec<String> = homes.into_iter().flatten().collect();
    names.iter().flat_map(|name| roots.iter().map(|root| of(root, name))).collect()
}

fn windows(kind: BrowserKind, variable: Variable) -> Vec<PathBuf> {
    let tails: &[&[&str]] = match kind {
        BrowserKind::Chromium => &[
            &["Chromium", "Application", "chrome.exe"],
            &["Google", "Chrome", "Application", "chrome.exe"],
        ],
        BrowserKind::Chrome => &[&["Google", "Chrome", "Application", "chrome.exe"]],
        BrowserKind::Edge => &[&["Microsoft", "Edge", "Application", "msedge.exe"]],
        BrowserKind::Brave => &[&["BraveSoftware", "Brave-Browser", "Application", "brave.exe"]],
        BrowserKind::Vivaldi => &[&["Vivaldi", "Application", "vivaldi.exe"]],
        BrowserKind::Firefox => &[&["Mozilla Firefox", "firefox.exe"]],
    };
    let roots: Vec<String> = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"]
        .into_iter()
        .filter_map(variable)
        .collect();
    let of = |tail: &&[&str]| {
        let here = |root: &String| join(Platform::Windows, root, tail);
        roots.iter().map(here).collect::<Vec<_>>()
    };
    tails.iter().flat_map(of).collect()
}

/// Each name in every folder of the PATH, before the next name.
fn on_path(names: &[&str], platform: Platform, variable: Variable) -> Vec<PathBuf> {
    let path = variable("PATH").unwrap_or_default();
    let between = if platform == Platform::Windows { ';' } else { ':' };
    let folders: Vec<&str> = path.split(between).filter(|folder| !folder.is_empty()).collect();
    let of = |name: &&str| {
        let file = with_ending(name, platform);
        folders.iter().map(|folder| join(platform, folder, &[&file])).collect::<Vec<_>>()
    };
    names.iter().flat_map(of).collect()
}

fn with_ending(name: &str, platform: Platform) -> String {
    format!("{name}{}", if platform == Platform::Windows { ".exe" } else { "" })
}

fn join(platform: Platform, root: &str, parts: &[&str]) -> PathBuf {
    let separator = platform.separator();
    let mut place = root.trim_end_matches(separator).to_owned();
    for part in parts {
        place.push(separator);
        place.push_str(part);
    }
    PathBuf::from(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str) -> Option<String> {
        Some(match name {
            "PATH" => "/bin:/usr/bin".to_owned(),
            "HOME" => "/home/robin".to_owned(),
            "USERPROFILE" => r"C:\Users\robin".to_owned(),
            "LOCALAPPDATA" => r"C:\Users\robin\AppData\Local".to_owned(),
            "ProgramFiles" => r"C:\Program Files".to_owned(),
            "ProgramFiles(x86)" => r"C:\Program Files (x86)".to_owned(),
            _ => return None,
        })
    }

    /// All of these are looked at, in this order.
    #[track_caller]
    fn check(kind: BrowserKind, platform: Platform, expected: &[&str]) {
        let all = browser(kind, platform, &variable);
        let mut places = all.iter().map(|place| place.to_str().unwrap());
        for place in expected {
            assert!(places.any(|one| one == *place), "{place} is not in its turn in {all:?}");
        }
    }

    #[test]
    fn browsers_are_looked_for_on_linux() {
        let on = Platform::Linux;
        check(BrowserKind::Chromium, on, &["/bin/chromium", "/usr/bin/google-chrome"]);
        check(BrowserKind::Chrome, on, &["/bin/google-chrome", "/opt/google/chrome/chrome"]);
        check(BrowserKind::Edge, on, &["/usr/bin/microsoft-edge", "/opt/microsoft/msedge/msedge"]);
        check(BrowserKind::Brave, on, &["/usr/bin/brave-browser", "/opt/brave.com/brave/brave"]);
        check(BrowserKind::Vivaldi, on, &["/usr/bin/vivaldi", "/opt/vivaldi/vivaldi"]);
        check(BrowserKind::Firefox, on, &["/usr/bin/firefox", "/usr/bin/firefox-esr"]);
    }

    #[test]
    fn browsers_are_looked_for_on_macos() {
        let on = Platform::MacOs;
        let chrome = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
        let edge = "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge";
        let brave = "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser";
        let firefox = "/home/robin/Applications/Firefox.app/Contents/MacOS/firefox";
        check(BrowserKind::Chromium, on, &["/usr/bin/chromium", chrome]);
        check(BrowserKind::Chrome, on, &[chrome]);
        check(BrowserKind::Edge, on, &[edge]);
        check(BrowserKind::Brave, on, &[brave]);
        check(BrowserKind::Vivaldi, on, &["/Applications/Vivaldi.app/Contents/MacOS/Vivaldi"]);
        check(BrowserKind::Firefox, on, &[firefox]);
    }

    #[test]
    fn browsers_are_looked_for_on_windows() {
        let on = Platform::Windows;
        let brave = r"C:\Program Files\BraveSoftware\Brave-Browser\Application\brave.exe";
        let edge = r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe";
        let chrome = r"C:\Users\robin\AppData\Local\Google\Chrome\Application\chrome.exe";
        let vivaldi = r"C:\Users\robin\AppData\Local\Vivaldi\Application\vivaldi.exe";
        check(BrowserKind::Chromium, on, &[chrome]);
        check(BrowserKind::Chrome, on, &[chrome]);
        check(BrowserKind::Edge, on, &[edge]);
        check(BrowserKind::Brave, on, &[brave]);
        check(BrowserKind::Vivaldi, on, &[vivaldi]);
        check(BrowserKind::Firefox, on, &[r"C:\Program Files\Mozilla Firefox\firefox.exe"]);
    }

    #[track_caller]
    fn check_driver(kind: BrowserKind, platform: Platform, first: &str, last: &str) {
        let all = driver(kind, platform, &variable);
        let ends = [all.first(), all.last()].map(|place| place.unwrap().to_str().unwrap());
        assert_eq!(ends, [first, last], "{all:?}");
    }

    #[test]
    fn drivers_are_looked_for_on_the_path_and_then_beside_the_browser() {
        let cargo = "/home/robin/.cargo/bin/geckodriver";
        let chromedriver = ["/bin/chromedriver", "/snap/bin/chromedriver"];
        let edge = ["/bin/msedgedriver", "/opt/microsoft/msedgedriver/msedgedriver"];
        check_driver(BrowserKind::Firefox, Platform::Linux, "/bin/geckodriver", cargo);
        check_driver(BrowserKind::Firefox, Platform::MacOs, "/bin/geckodriver", cargo);
        check_driver(BrowserKind::Brave, Platform::Linux, chromedriver[0], chromedriver[1]);
        check_driver(BrowserKind::Edge, Platform::Linux, edge[0], edge[1]);
    }
}
