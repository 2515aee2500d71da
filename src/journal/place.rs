//! Whether a folder is a poor place for a journal: on a network, or copied about by a cloud.

use std::path::Path;

/// Names of folders that a program copies to other computers, in lower case, by their beginning.
const CLOUDS: [(&str, &str); 12] = [
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("icloud", "iCloud"),
    ("mobile documents", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("cloudstorage", "a cloud"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("pcloud", "pCloud"),
    ("syncthing", "Syncthing"),
];

/// One sentence for each reason to keep the journal elsewhere.
pub(super) fn warnings(dir: &Path) -> Vec<String> {
    let network = network(dir).map(|kind| {
        format!(
            "{} is on {kind}: SQLite can't keep a journal safe there; choose a folder on a local \
             disk with --state-dir",
            dir.display()
        )
    });
    let cloud = cloud(dir).map(|name| {
        format!(
            "{} is copied by {name}: a copy that is put back takes withdrawals out of the journal; \
             choose a folder outside it with --state-dir",
            dir.display()
        )
    });
    network.into_iter().chain(cloud).collect()
}

#[cfg(target_os = "linux")]
fn network(dir: &Path) -> Option<&'static str> {
    // A file system that can't be asked is no reason to refuse.
    let found = rustix::fs::statfs(dir).ok()?;
    // The kernel's numbers have 32 bits, with or without a sign.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the field's type differs between machines"
    )]
    network_of(found.f_type as u32)
}

#[cfg(not(target_os = "linux"))]
fn network(_dir: &Path) -> Option<&'static str> {
    None
}

/// By the numbers of statfs(2).
fn network_of(file_system: u32) -> Option<&'static str> {
    Some(match file_system {
        0x6969 => "a network file system (NFS)",
        0x517B | 0xFE53_4D42 | 0xFF53_4D42 => "a network file system (SMB)",
        0x6573_5546 => "a FUSE file system, perhaps over a network",
        0x0102_1997 => "a file system of the host (9p)",
        0x786F_4256 => "a file system of the host (VirtualBox)",
        0x00C3_6400 => "a network file system (Ceph)",
        0x5346_414F | 0x6B41_4653 => "a network file system (AFS)",
        0x7375_7245 => "a network file system (Coda)",
        0x0BD0_0BD0 => "a network file system (Lustre)",
        _ => return None,
    })
}

fn cloud(dir: &Path) -> Option<&'static str> {
    dir.components().find_map(|part| {
        let part = part.as_os_str().to_string_lossy().to_lowercase();
        let known = CLOUDS.iter().find(|(name, _)| part.starts_with(name));
        known.map(|(_, name)| *name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(dir: &str, expected: Option<&str>) {
        assert_eq!(cloud(Path::new(dir)), expected, "{dir}");
    }

    #[test]
    fn k6_a_folder_that_a_cloud_copies_is_noticed() {
        check("/home/a/Dropbox/rescind", Some("Dropbox"));
        check("/home/a/Dropbox (Work)/x", Some("Dropbox"));
        check("/Users/a/OneDrive - Example/x", Some("OneDrive"));
        check("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x", Some("iCloud"));
        check("/home/a/.local/state/rescind", None);
    }

    #[test]
    fn k6_a_network_file_system_is_noticed() {
        assert!(network_of(0x6969).unwrap().contains("NFS"));
        assert!(network_of(0xFF53_4D42).unwrap().contains("SMB"));
        let [ext4, btrfs, tmpfs] = [0xEF53, 0x9123_683E, 0x0102_1994];
        assert!([ext4, btrfs, tmpfs].map(network_of).iter().all(Option::is_none));
    }

    #[test]
    fn k6_a_local_folder_needs_no_warning_and_a_poor_one_gets_a_whole_sentence() {
        assert!(warnings(&std::env::temp_dir()).is_empty());
        let said = warnings(Path::new("/nowhere/Dropbox/x"));
        assert!(said[0].contains("copied by Dropbox") && said[0].contains("--state-dir"));
    }
}
