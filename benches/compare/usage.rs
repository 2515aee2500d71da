//! What the browser's page processes that we started have computed so far, from Linux' /proc.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

/// Time in user mode of all page processes below this one; nothing where there is no /proc.
pub fn of_pages() -> Option<Duration> {
    let mut processes = HashMap::new();
    for entry in fs::read_dir("/proc").ok()?.flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        if let Some(process) = parent_and_ticks(id) {
            processes.insert(id, process);
        }
    }
    let ours = |mut id: u32| {
        while let Some(&(parent, _)) = processes.get(&id) {
            if parent == std::process::id() {
                return true;
            }
            id = parent;
        }
        false
    };
    let pages = processes.iter().filter(|(id, _)| ours(**id) && is_page(**id));
    // The kernel counts in ticks of 1/100 s on every architecture that Chromium runs on.
    Some(Duration::from_millis(pages.map(|(_, (_, ticks))| ticks * 10).sum()))
}

fn parent_and_ticks(id: u32) -> Option<(u32, u64)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name before the last bracket may hold anything.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    Some((fields.get(1)?.parse().ok()?, fields.get(11)?.parse().ok()?))
}

fn is_page(id: u32) -> bool {
    let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&line).contains("--type=renderer")
}
