//! Places at which a test stops the program, to kill it, its driver or its browser right there.
//! Only in debug builds.

/// Stops here when `RESCIND_PAUSE_AT` is `label:n` and this is the n-th time: makes the file
/// `label` in the folder `RESCIND_PAUSE_DIR`, and goes on once there is a file `go`.
#[cfg(debug_assertions)]
pub fn pause_point(label: &str) {
    use std::collections::BTreeMap;
    use std::sync::Mutex;
    use std::time::Duration;

    static SEEN: Mutex<BTreeMap<String, u32>> = Mutex::new(BTreeMap::new());
    let Some(folder) = std::env::var_os("RESCIND_PAUSE_DIR").map(std::path::PathBuf::from) else {
        return;
    };
    let Ok(mut seen) = SEEN.lock() else { return };
    let count = seen.entry(label.to_owned()).or_default();
    *count += 1;
    // Every label that is passed leaves its name, so that a test can demand that all are.
    let _ = std::fs::write(folder.join(format!("passed-{label}")), count.to_string());
    let wanted = std::env::var("RESCIND_PAUSE_AT").unwrap_or_default();
    if wanted != format!("{label}:{count}") {
        return;
    }
    let _ = std::fs::write(folder.join("paused"), label);
    while !folder.join("go").exists() {
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

#[cfg(not(debug_assertions))]
pub fn pause_point(_label: &str) {}
