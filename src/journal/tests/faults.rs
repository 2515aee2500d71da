//! Faults K1, K3 and S4, of the disk and of who may read it: each is refused in one sentence with
//! a way out, and nothing is lost.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{filled, intent, temp_dir};
use crate::journal::{Journal, JournalError};

pub(super) const FILE: &str = "journal.sqlite3";
pub(super) const MARKER: &str = "journal.born";

/// Both ways of opening refuse, with a sentence that names the file and a hint.
#[track_caller]
pub(super) fn check_refused(dir: &Path, sentence: &str, hint: &str) {
    let read_only = Journal::open_read_only(dir).err();
    for error in [Journal::open(dir).err(), read_only] {
        let error = error.expect("it is refused");
        let said = error.to_string();
        assert!(said.contains(sentence), "{said}");
        assert!(said.contains("journal") && said.contains('/'), "{said}");
        assert!(error.hint().contains(hint), "{}", error.hint());
    }
}

/// A folder with a journal that was closed in good order.
pub(super) fn closed(intents: i64) -> tempfile::TempDir {
    let dir = temp_dir();
    drop(filled(dir.path(), intents));
    dir
}

pub(super) fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// A small file system of its own, unmounted at the end; `None` for who may not mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let dir = temp_dir();
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs"])
            .arg(dir.path())
            .output()
            .is_ok_and(|output| output.status.success());
        if !done {
            eprintln!("skipped: only root can mount a small disk");
        }
        done.then(|| Self(dir))
    }

    fn path(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap()
    }

    fn remount(&self, option: &str) {
        let option = format!("remount,{option}");
        let mount = Command::new("mount").args(["-o", &option]).arg(self.0.path()).status();
        assert!(mount.unwrap().success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn k1_a_full_disk_stops_the_run_and_loses_nothing() {
    let Some(disk) = SmallDisk::mount() else {
        return;
    };
    let mut journal = filled(&disk.path(), 0);
    let ballast = disk.path().join("ballast");
    fs::write(&ballast, vec![0; 600_000]).unwrap();
    let (count, error) = (1..)
        .find_map(|number| journal.append(&intent(number)).err().map(|error| (number, error)))
        .unwrap();
    assert!(matches!(error, JournalError::DiskFull { .. }), "{error}");
    assert!(error.hint().contains("free some space"));
    let again = journal.append(&intent(0)).unwrap_err();
    assert!(matches!(again, JournalError::Broken { .. }), "{again}");
    drop(journal);
    fs::remove_file(ballast).unwrap();
    let events = Journal::open(&disk.path()).unwrap().events().unwrap();
    // The one that failed may be there: then it is in doubt, which is the safe side.
    assert!(events.len() >= usize::try_from(count).unwrap(), "{} of {count}", events.len());
}

#[test]
fn k1_a_disk_that_is_full_from_the_start_is_said_before_anything_is_done() {
    let Some(disk) = SmallDisk::mount() else {
        return;
    };
    drop(filled(&disk.path(), 3));
    let _ = fs::write(disk.path().join("ballast"), vec![0; 2_000_000]);
    let refused = Journal::open(&disk.path()).and_then(|mut journal| journal.append(&intent(4)));
    let error = refused.unwrap_err();
    assert!(matches!(error, JournalError::DiskFull { .. }), "{error:?}");
    fs::remove_file(disk.path().join("ballast")).unwrap();
    assert_eq!(Journal::open(&disk.path()).unwrap().events().unwrap().len(), 4);
}

#[test]
fn k3_a_read_only_disk_is_refused() {
    let Some(disk) = SmallDisk::mount() else {
        return;
    };
    let fresh = disk.path().join("fresh");
    drop(filled(&disk.path(), 1));
    disk.remount("ro");
    let error = Journal::open(&fresh).unwrap_err();
    assert!(error.to_string().starts_with("cannot create "), "{error}");
    assert!(error.hint().contains("writable"), "{}", error.hint());
    let opened = Journal::open(&disk.path()).and_then(|mut journal| journal.append(&intent(2)));
    let error = opened.unwrap_err();
    assert!(error.hint().contains("writable"), "{error:?} {}", error.hint());
    disk.remount("rw");
    assert_eq!(Journal::open(&disk.path()).unwrap().events().unwrap().len(), 2);
}

#[test]
fn k3_a_read_only_folder_is_refused() {
    if rustix::process::geteuid().is_root() {
        eprintln!("skipped: root may write anyway");
        return;
    }
    let (fresh, used) = (temp_dir(), closed(1));
    for dir in [fresh.path(), used.path()] {
        chmod(dir, 0o500);
        let opened = Journal::open(dir).and_then(|mut journal| journal.append(&intent(2)));
        chmod(dir, 0o700);
        let error = opened.unwrap_err();
        assert!(error.hint().contains("writable"), "{error:?} {}", error.hint());
    }
}

#[test]
fn k3_a_folder_that_others_can_enter_is_refused() {
    let dir = closed(1);
    chmod(dir.path(), 0o755);
    for error in [Journal::open(dir.path()).err(), Journal::open_read_only(dir.path()).err()] {
        assert!(error.unwrap().hint().contains("chmod 700"));
    }
}

#[test]
fn s4_a_journal_that_others_can_read_is_refused() {
    for name in [FILE, MARKER] {
        let dir = closed(1);
        chmod(&dir.path().join(name), 0o644);
        check_refused(dir.path(), "(mode 644)", "chmod 600");
    }
}

#[test]
fn s4_a_journal_of_another_user_is_refused() {
    let dir = closed(1);
    if std::os::unix::fs::chown(dir.path().join(FILE), Some(1), None).is_err() {
        eprintln!("skipped: only root can give a file away");
        return;
    }
    check_refused(dir.path(), "belongs to another user", "run rescind as the user");
}

#[test]
fn s4_no_planted_link_is_followed() {
    for name in [FILE, MARKER, "journal.sqlite3-wal", "journal.sqlite3-shm"] {
        let dir = closed(1);
        let victim = dir.path().join("victim");
        fs::write(&victim, "precious").unwrap();
        let _ = fs::remove_file(dir.path().join(name));
        symlink(&victim, dir.path().join(name)).unwrap();
        check_refused(dir.path(), "is a symbolic link", "remove the link");
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    }
}

#[test]
fn s4_a_pipe_in_the_journals_place_is_refused_at_once() {
    let dir = temp_dir();
    let fifo = dir.path().join(FILE);
    assert!(Command::new("mkfifo").arg(fifo).status().unwrap().success());
    check_refused(dir.path(), "not a regular file", "out of the way");
}

#[test]
fn s4_an_open_umask_opens_nothing() {
    let root = temp_dir();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "journal::tests::faults::child_with_an_open_umask"])
        .env("RESCIND_TEST_UMASK", root.path())
        .status();
    assert!(child.unwrap().success());
}

#[test]
fn child_with_an_open_umask() {
    let Some(root) = std::env::var_os("RESCIND_TEST_UMASK") else {
        return;
    };
    rustix::process::umask(rustix::fs::Mode::empty());
    let dir = Path::new(&root).join("a/state");
    let _journal = filled(&dir, 2);
    let mut modes: Vec<_> = fs::read_dir(&dir)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().mode()))
        .map(|(name, mode)| (name, mode & 0o777))
        .collect();
    modes.sort();
    let names = [MARKER, FILE, "journal.sqlite3-shm", "journal.sqlite3-wal"];
    assert_eq!(modes, names.map(|name| (name.to_owned(), 0o600)));
    assert_eq!(fs::metadata(dir).unwrap().mode() & 0o777, 0o700);
}

#[test]
fn a_journal_that_is_being_made_right_now_is_not_taken_for_a_foreign_one() {
    for _ in 0..40 {
        let dir = temp_dir();
        std::thread::scope(|scope| {
            let making = scope.spawn(|| drop(Journal::open(dir.path()).unwrap()));
            while !making.is_finished() {
                let found = Journal::open_read_only(dir.path());
                assert!(found.is_ok(), "{:?}", found.err());
            }
        });
    }
}
