//! The journal's troubles, as the program meets them: a full disk in the middle of a run, and a
//! journal that is damaged, gone, or not ours at the start.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::crashing::rig::{Ended, Rig};

/// A disk of a megabyte. Gone with the test.
struct Disk {
    place: PathBuf,
}

impl Disk {
    /// `None` where this user may not mount.
    fn mount(place: PathBuf) -> Option<Self> {
        fs::create_dir(&place).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=1m,mode=0700", "rescind-test"]).arg(&place);
        let mounted = mount.output().is_ok_and(|done| done.status.success());
        mounted.then_some(Self { place })
    }

    /// Leaves not a byte.
    fn fill(&self) {
        let mut file = fs::File::create(self.place.join("filling")).unwrap();
        for size in [4096, 512, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }

    fn free(&self) {
        fs::remove_file(self.place.join("filling")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: nothing of the test may keep it, and if something does, it goes with that.
        let _ = Command::new("umount").arg("-l").arg(&self.place).status();
    }
}

#[test]
fn k1_a_full_disk_ends_the_run_without_a_click_more_and_the_next_one_settles() {
    let mut rig = Rig::new();
    let Some(disk) = Disk::mount(rig.trial.world.home().join("small")) else {
        println!("skipped: this user may not mount a small disk");
        return;
    };
    let path = |name: &str| rig.trial.world.home().join(name).display().to_string();
    let words = [
        "--state-dir".to_owned(),
        disk.place.join("state").display().to_string(),
        "--profile".to_owned(),
        path("profile"),
    ];
    rig.more.extend(words);
    // How far it may come when the disk is full from here on: clicks and confirmations.
    let labels = [
        ("before-intent:2", (0, 0)),
        ("after-click:2", (1, 0)),
        ("after-opened:2", (1, 0)),
        ("after-confirm:2", (1, 1)),
        ("before-verify:2", (2, 2)),
    ];
    for (label, further) in labels {
        let earlier = rig.acts();
        let going = rig.start(label, 3).paused();
        disk.fill();
        going.go();
        let ended = going.end();
        assert_eq!(ended.code, Some(1), "{label}: {ended:?}");
        ended.says("the disk is full").says("hint: ");
        let acts = (rig.acts().0 - earlier.0, rig.acts().1 - earlier.1);
        assert_eq!(acts, (further.0 + 1, further.1 + 1), "{label}");
        if further.1 == 1 {
            let last = rig.trial.logged("confirm").pop().unwrap();
            ended.says(&last);
        }
        disk.free();
    }
    rig.run(1).expect(0, "");
    rig.check_settled();
}

/// A run that is refused before a browser is started.
#[track_caller]
fn refused(rig: &Rig, more: &[&str]) -> Ended {
    let loads = rig.trial.logged("load").len();
    let ended = rig.start_unchecked(more);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    ended.says("hint: ");
    assert_eq!(rig.trial.logged("load").len(), loads, "nothing was asked of the site");
    ended
}

fn journal(rig: &Rig) -> PathBuf {
    rig.state().join("journal.sqlite3")
}

/// One person was withdrawn, and the journal is closed.
fn after_one() -> Rig {
    let rig = Rig::new();
    rig.run(1).expect(0, "");
    rig
}

fn spoil(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[100..middle].fill(0x5a);
    fs::write(path, bytes).unwrap();
}

#[test]
fn k3_a_journal_that_is_not_safe_to_write_starts_nothing() {
    let rig = after_one();
    let (path, aside) = (journal(&rig), rig.trial.world.home().join("aside"));
    fs::rename(&path, &aside).unwrap();
    std::os::unix::fs::symlink(&aside, &path).unwrap();
    refused(&rig, &[]);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    refused(&rig, &[]);
    fs::remove_dir(&path).unwrap();
    fs::write(&path, "not a database, but long enough to be looked at as one\n".repeat(40))
        .unwrap();
    refused(&rig, &[]);
    fs::remove_file(&path).unwrap();
    fs::rename(&aside, &path).unwrap();
    fs::set_permissions(rig.state(), fs::Permissions::from_mode(0o755)).unwrap();
    refused(&rig, &[]);
    fs::set_permissions(rig.state(), fs::Permissions::from_mode(0o700)).unwrap();
    rig.run(1).expect(0, "");
    rig.check_settled();
}

#[test]
fn k4_a_damaged_journal_is_kept_and_starts_nothing_until_the_person_says_so() {
    let rig = after_one();
    spoil(&journal(&rig));
    let bytes = fs::read(journal(&rig)).unwrap();
    refused(&rig, &[]).says("is damaged").says("--new-journal");
    assert_eq!(fs::read(journal(&rig)).unwrap(), bytes, "it was not touched");
    let ended = rig.start_unchecked(&["--new-journal"]);
    ended.expect(0, "");
    assert_eq!(fs::read(rig.state().join("journal-old-1.sqlite3")).unwrap(), bytes);
    assert_eq!(rig.withdrawn().len(), 2);
}

#[test]
fn k5_a_journal_that_is_gone_starts_nothing_until_the_person_says_so() {
    let rig = after_one();
    fs::remove_file(journal(&rig)).unwrap();
    for beside in ["-wal", "-shm"] {
        // They are there or not; both are what a deleted journal may leave.
        let _ = fs::remove_file(rig.state().join(format!("journal.sqlite3{beside}")));
    }
    refused(&rig, &[]).says("is gone").says("--new-journal");
    rig.start_unchecked(&["--new-journal"]).expect(0, "");
    refused(&rig, &["--new-journal"]).says("is well");
    assert_eq!(rig.withdrawn().len(), 2);
}
