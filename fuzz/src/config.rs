//! Any text, read as a config, and then changed as `keep always` changes it.

use std::time::Duration;

use rescind::config::{Config, keep_always};
use rescind::domain::invitation::Key;

const ROBIN: &str = "https://www.linkedin.com/in/robin-example";

pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Config::parse(text, "config.toml") {
        Ok(config) => {
            check_limits(&config);
            check_keeping(text, config);
        }
        Err(error) => {
            let line = error.line().unwrap_or_default();
            assert!(1 <= line && line <= text.split('\n').count(), "{error}");
            super::assert_quiet(&error.to_string());
            super::assert_quiet(error.hint().unwrap_or_default());
        }
    }
}

fn check_limits(config: &Config) {
    let pace = &config.pace;
    assert!(pace.between.start() <= pace.between.end());
    if !config.site.is_loopback() {
        let base = config.site.base().unwrap();
        assert!(base.starts_with("https://") && !base.contains(['@', '?', '#']), "{base}");
        assert!(*pace.between.start() >= Duration::from_secs(5) && pace.per_day <= 100);
    }
}

/// Adding somebody changes nothing else, or the file is as it was.
fn check_keeping(text: &str, mut config: Config) {
    let folder = super::archive::folder();
    let path = folder.join("config.toml");
    std::fs::write(&path, text).unwrap();
    let Ok(added) = keep_always(&path, &[(ROBIN, "Robin \u{202e}\"Example\n")]) else {
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        return;
    };
    let robin = Key::from_profile(ROBIN).unwrap();
    assert_eq!(added, usize::from(!config.rules.keep.profiles.contains(&robin)));
    config.rules.keep.profiles.extend((added > 0).then_some(robin));
    assert_eq!(Config::load(Some(&path)).unwrap(), config);
}
