//! One process at a time for a folder: the state folder, and the browser profile.
//!
//! The lock is the kernel's: it ends with the process, however that ends. The number in the file
//! only says whom to look for.

use std::fs::{File, TryLockError};
use std::io::{self, Read};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use rustix::process::Pid;
use thiserror::Error;

use crate::folders::{self, FolderError};

const LOCK_FILE: &str = "rescind.lock";

/// Held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    /// Closing it gives the lock up.
    _file: File,
}

/// Why the folder can't be had.
#[derive(Debug, Error)]
pub enum LockError {
    #[error("another run of rescind{} is using the {what} {}", process(*.pid), .dir.display())]
    Held { what: &'static str, dir: PathBuf, pid: Option<u32> },
    #[error("a browser{} is using the profile {}", process(Some(*.pid)), .profile.display())]
    BrowserOpen { profile: PathBuf, pid: u32 },
    #[error("a browser on another computer, {host:?}, is using the profile {}", .profile.display())]
    BrowserElsewhere { profile: PathBuf, host: String },
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error("cannot lock {}", .path.display())]
    Io { path: PathBuf, source: io::Error },
}

impl LockError {
    /// Whether somebody else has it: the exit code of its own.
    pub fn is_held(&self) -> bool {
        !matches!(self, Self::Folder(_) | Self::Io { .. })
    }

    /// What the person can do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Held { .. } => "wait until it has ended, or end it with Ctrl-C".to_owned(),
            Self::BrowserOpen { .. } => {
                "close that browser window, or choose another profile with --profile".to_owned()
            }
            Self::BrowserElsewhere { profile, .. } => format!(
                "if that computer no longer uses it, delete {}",
                profile.join("SingletonLock").display()
            ),
            Self::Folder(error) => error.hint(),
            Self::Io { .. } => {
                "the file system may not support locks: choose another place with --state-dir or \
                 --profile"
                    .to_owned()
            }
        }
    }
}

/// Takes the lock of a folder, at once or not at all. `what` is the folder's name in the sentence:
/// "state folder".
pub fn acquire(dir: &Path, what: &'static str) -> Result<Lock, LockError> {
    let path = dir.join(LOCK_FILE);
    let mut file = folders::open_private_file(&path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let dir = dir.to_owned();
            let pid = read_pid(&mut file);
            return Err(LockError::Held { what, dir, pid });
        }
        Err(TryLockError::Error(source)) => return Err(LockError::Io { path, source }),
    }
    // Of one length always: overwritten in place, it is never empty while somebody reads it.
    let line = format!("{:>10}\n", std::process::id());
    match file.write_all_at(line.as_bytes(), 0) {
        Ok(()) => Ok(Lock { _file: file }),
        Err(source) => Err(LockError::Io { path, source }),
    }
}

/// Whether the lock of a folder could be had, without taking it or creating anything.
pub fn look(dir: &Path, what: &'static str) -> Result<(), LockError> {
    let path = dir.join(LOCK_FILE);
    if folders::existing_private_file(&path)?.is_none() {
        return Ok(());
    }
    let io = |source| LockError::Io { path: path.clone(), source };
    let mut file = File::open(&path).map_err(io)?;
    match file.try_lock_shared() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            Err(LockError::Held { what, dir: dir.to_owned(), pid: read_pid(&mut file) })
        }
        Err(TryLockError::Error(source)) => Err(io(source)),
    }
}

/// Refuses a profile that a browser has open, rescind's or not: a second one on it would hang for
/// a minute. What a killed browser left behind is no obstacle.
pub fn refuse_open_profile(profile: &Path) -> Result<(), LockError> {
    refuse_open_firefox(profile)?;
    // Chromium's own lock: a link to "host-pid".
    let Ok(target) = std::fs::read_link(profile.join("SingletonLock")) else {
        return Ok(());
    };
    let target = target.to_string_lossy();
    let Some((host, pid)) = target.rsplit_once('-') else {
        return Ok(());
    };
    let Ok(pid) = pid.parse::<u32>() else {
        return Ok(());
    };
    let profile = profile.to_owned();
    let here = rustix::system::uname();
    if host != here.nodename().to_string_lossy() {
        let host = host.to_owned();
        return Err(LockError::BrowserElsewhere { profile, host });
    }
    if uses(pid, &profile) {
        return Err(LockError::BrowserOpen { profile, pid });
    }
    Ok(())
}

/// Firefox's own lock: the kernel's, on a file that stays.
fn refuse_open_firefox(profile: &Path) -> Result<(), LockError> {
    use rustix::process::{Flock, FlockType, fcntl_getlk};
    let Ok(file) = File::options().write(true).open(profile.join(".parentlock")) else {
        return Ok(());
    };
    match fcntl_getlk(&file, &Flock::from(FlockType::WriteLock)) {
        Ok(Some(Flock { pid: Some(holder), .. })) => {
            let pid = holder.as_raw_nonzero().get().unsigned_abs();
            Err(LockError::BrowserOpen { profile: profile.to_owned(), pid })
        }
        _ => Ok(()),
    }
}

fn read_pid(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(64).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// Whether this process lives and is a browser on this profile. A number that was given to another
/// process since is told by its command line, where the system shows that.
fn uses(pid: u32, profile: &Path) -> bool {
    let Some(process) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
        return false;
    };
    let lives = match rustix::process::test_kill_process(process) {
        Ok(()) => true,
        Err(error) => error == rustix::io::Errno::PERM,
    };
    let folder = profile.file_name().unwrap_or(profile.as_os_str());
    let named = |line: Vec<u8>| {
        let folder = folder.as_encoded_bytes();
        line.windows(folder.len()).any(|part| part == folder)
    };
    lives && std::fs::read(format!("/proc/{pid}/cmdline")).map_or(true, named)
}

fn process(pid: Option<u32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (process {pid})"))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::{Child, Command, Stdio};

    use super::*;

    fn host() -> String {
        let here = rustix::system::uname();
        here.nodename().to_string_lossy().into_owned()
    }

    /// A process that holds the lock until it is killed.
    fn holder(dir: &Path) -> Child {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "lock::tests::child_that_holds", "--nocapture"])
            .env("RESCIND_TEST_LOCK", dir)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        assert!(out.lines().any(|line| line.unwrap().contains("held")));
        child
    }

    #[test]
    fn child_that_holds() {
        let Some(dir) = std::env::var_os("RESCIND_TEST_LOCK") else {
            return;
        };
        let _lock = acquire(Path::new(&dir), "state folder").unwrap();
        println!("held");
        #[expect(clippy::disallowed_methods, reason = "a child that waits to be killed")]
        std::thread::sleep(std::time::Duration::from_secs(60));
    }

    #[test]
    fn r12_a_second_run_is_refused_and_told_whom_it_waits_for() {
        let dir = tempfile::tempdir().unwrap();
        let mut child = holder(dir.path());
        let error = acquire(dir.path(), "state folder").unwrap_err();
        let sentence = format!("(process {}) is using the state folder", child.id());
        assert!(error.to_string().contains(&sentence), "{error}");
        assert!(error.is_held() && error.hint().contains("Ctrl-C"));
        assert_eq!(look(dir.path(), "state folder").unwrap_err().to_string(), error.to_string());
        child.kill().unwrap();
        child.wait().unwrap();
        look(dir.path(), "state folder").expect("a killed process holds nothing");
        acquire(dir.path(), "state folder").expect("a killed process holds nothing");
    }

    #[test]
    fn r12_the_lock_is_free_again_when_it_is_dropped() {
        let dir = tempfile::tempdir().unwrap();
        let first = acquire(dir.path(), "profile").unwrap();
        let error = acquire(dir.path(), "profile").unwrap_err();
        assert!(error.to_string().contains(&std::process::id().to_string()));
        drop(first);
        acquire(dir.path(), "profile").unwrap();
    }

    #[test]
    fn to_look_at_a_lock_takes_nothing_and_creates_nothing() {
        let dir = tempfile::tempdir().unwrap();
        look(dir.path(), "profile").unwrap();
        assert!(!dir.path().join(LOCK_FILE).exists());
        drop(acquire(dir.path(), "profile").unwrap());
        look(dir.path(), "profile").unwrap();
        acquire(dir.path(), "profile").unwrap();
    }

    #[test]
    fn s4_the_lock_file_is_private_and_no_link_is_followed() {
        let dir = tempfile::tempdir().unwrap();
        drop(acquire(dir.path(), "profile").unwrap());
        let path = dir.path().join(LOCK_FILE);
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::remove_file(&path).unwrap();
        symlink(dir.path().join("victim"), &path).unwrap();
        let error = acquire(dir.path(), "profile").unwrap_err();
        assert!(error.to_string().contains("symbolic link") && !error.is_held());
        assert!(!dir.path().join("victim").exists());
    }

    #[track_caller]
    fn check_profile(target: &str, sentence: Option<&str>) {
        let root = tempfile::tempdir().unwrap();
        symlink(target, root.path().join("SingletonLock")).unwrap();
        match (refuse_open_profile(root.path()), sentence) {
            (Ok(()), None) => {}
            (Err(error), Some(sentence)) => {
                assert!(error.to_string().contains(sentence), "{error}");
                assert!(error.is_held() && !error.hint().is_empty());
            }
            (found, _) => panic!("{target}: {found:?}"),
        }
    }

    #[test]
    fn r9_what_a_killed_browser_left_is_no_obstacle() {
        let mut child = Command::new("true").spawn().unwrap();
        child.wait().unwrap();
        check_profile(&format!("{}-{}", host(), child.id()), None);
        check_profile("nonsense", None);
        check_profile("non-sense", None);
        refuse_open_profile(Path::new("/nowhere")).unwrap();
    }

    #[test]
    fn r9_a_number_that_another_process_got_is_no_obstacle() {
        check_profile(&format!("{}-{}", host(), std::process::id()), None);
    }

    #[test]
    fn r10_a_profile_that_a_browser_has_open_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let mut browser = Command::new("sh")
            .args(["-c", "echo up; read line", "--user-data-dir"])
            .arg(root.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // Until it speaks, the system may not show its command line.
        let out = BufReader::new(browser.stdout.take().unwrap());
        assert_eq!(out.lines().next().unwrap().unwrap(), "up");
        let target = format!("{}-{}", host(), browser.id());
        symlink(target, root.path().join("SingletonLock")).unwrap();
        let error = refuse_open_profile(root.path()).unwrap_err();
        browser.kill().unwrap();
        browser.wait().unwrap();
        assert!(matches!(error, LockError::BrowserOpen { .. }), "{error}");
    }

    #[test]
    fn r11_a_lock_of_another_computer_is_explained_and_kept() {
        check_profile("other-host-7", Some(r#"another computer, "other-host""#));
    }
}
