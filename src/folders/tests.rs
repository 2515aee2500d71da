//! Each way in which a folder or file may be open to others.

use std::os::unix::fs::symlink;
use std::process::Command;

use super::*;

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o777
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

#[track_caller]
fn check_refused<T>(result: Result<T, FolderError>, sentence: &str, hint: &str) {
    let error = result.err().expect("it is refused");
    assert!(error.to_string().contains(sentence), "{error}");
    assert!(error.hint().contains(hint), "{}", error.hint());
}

#[test]
fn s4_a_folder_and_its_missing_parents_are_created_for_the_owner_alone() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("a/b/c");
    let real = private_dir(&dir).unwrap();
    assert_eq!(real, dir.canonicalize().unwrap());
    for made in ["a", "a/b", "a/b/c"] {
        assert_eq!(mode(&root.path().join(made)), 0o700, "{made}");
    }
    assert_eq!(private_dir(&dir).unwrap(), real, "and found again");
}

#[test]
fn s4_an_open_umask_opens_nothing() {
    let root = tempfile::tempdir().unwrap();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "folders::tests::child_with_an_open_umask"])
        .env("RESCIND_TEST_FOLDER", root.path())
        .status()
        .unwrap();
    assert!(child.success());
    assert_eq!(mode(&root.path().join("a")), 0o700);
    assert_eq!(mode(&root.path().join("a/file")), 0o600);
    assert_eq!(mode(&root.path().join("a/CACHEDIR.TAG")), 0o600);
}

#[test]
fn child_with_an_open_umask() {
    let Some(root) = std::env::var_os("RESCIND_TEST_FOLDER") else {
        return;
    };
    rustix::process::umask(rustix::fs::Mode::empty());
    let dir = private_dir(&Path::new(&root).join("a")).unwrap();
    open_private_file(&dir.join("file")).unwrap();
    tag_as_cache(&dir).unwrap();
}

#[test]
fn s3_a_folder_that_others_can_enter_is_refused() {
    let root = tempfile::tempdir().unwrap();
    for open in [0o755, 0o710, 0o701, 0o770] {
        chmod(root.path(), open);
        check_refused(private_dir(root.path()), "open to other users", "chmod 700 '");
        check_refused(existing_private_dir(root.path()), "(mode 7", "chmod 700 '");
    }
    assert_eq!(mode(root.path()), 0o770, "and left as it was");
    chmod(root.path(), 0o700);
    private_dir(root.path()).unwrap();
}

#[test]
fn s3_a_link_instead_of_the_folder_is_refused() {
    let root = tempfile::tempdir().unwrap();
    private_dir(&root.path().join("real")).unwrap();
    symlink(root.path().join("real"), root.path().join("link")).unwrap();
    symlink(root.path().join("nowhere"), root.path().join("dangling")).unwrap();
    for link in ["link", "link/", "dangling"] {
        let refused = private_dir(&root.path().join(link));
        check_refused(refused, "is a symbolic link", "name the real place");
    }
    assert!(!root.path().join("nowhere").exists());
}

#[test]
fn s3_a_link_on_the_way_is_refused_below_home_and_allowed_above() {
    let root = tempfile::tempdir().unwrap();
    private_dir(&root.path().join("real/state")).unwrap();
    symlink(root.path().join("real"), root.path().join("link")).unwrap();
    let state = root.path().join("link/state");
    let refused = private_dir_of(&state, Some(root.path()));
    check_refused(refused, "link is a symbolic link", "name the real place");
    let elsewhere = Path::new("/home/somebody");
    let real = private_dir_of(&state, Some(elsewhere)).unwrap();
    assert_eq!(real, root.path().join("real/state").canonicalize().unwrap());
}

#[test]
fn s4_a_folder_of_another_user_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let dir = private_dir(&root.path().join("state")).unwrap();
    if std::os::unix::fs::chown(&dir, Some(1), None).is_err() {
        eprintln!("skipped: only root can give a folder away");
        return;
    }
    check_refused(private_dir(&dir), "another user (uid 1)", "run rescind as the user");
}

#[test]
fn s4_what_is_no_regular_file_is_refused_at_once() {
    let root = tempfile::tempdir().unwrap();
    let [fifo, dir, link] = ["fifo", "dir", "link"].map(|name| root.path().join(name));
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    fs::create_dir(&dir).unwrap();
    symlink(root.path().join("target"), &link).unwrap();
    check_refused(open_private_file(&fifo), "not a regular file", "out of the way");
    check_refused(open_private_file(&dir), "not a regular file", "out of the way");
    check_refused(open_private_file(&link), "is a symbolic link", "remove the link");
    assert!(!root.path().join("target").exists());
}

#[test]
fn s4_a_file_that_others_can_read_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("file");
    open_private_file(&file).unwrap();
    chmod(&file, 0o640);
    check_refused(open_private_file(&file), "(mode 640)", "chmod 600 '");
}

#[test]
fn a_file_where_the_folder_should_be_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("file");
    open_private_file(&file).unwrap();
    check_refused(private_dir(&file), "is not a folder", "out of the way");
    check_refused(private_dir(&file.join("x")), "cannot look at", "");
}

#[test]
fn looking_creates_nothing() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("state");
    assert_eq!(existing_private_dir(&dir).unwrap(), None);
    assert!(existing_private_file(&dir).unwrap().is_none());
    assert!(!dir.exists());
}

#[test]
fn s3_back_ups_are_told_to_pass_the_profile_over() {
    let root = tempfile::tempdir().unwrap();
    tag_as_cache(root.path()).unwrap();
    tag_as_cache(root.path()).unwrap();
    let tag = fs::read_to_string(root.path().join("CACHEDIR.TAG")).unwrap();
    assert!(tag.starts_with("Signature: 8a477f597d28d172789f06886806bc55\n"));
}
