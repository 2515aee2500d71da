//! The files of traces: what is kept, what goes, and who may read it.

use std::os::unix::fs::{PermissionsExt, symlink};

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;

struct Place {
    home: TempDir,
    traces: Traces,
}

impl Place {
    fn new(keep: u32) -> Self {
        let home = tempfile::tempdir().unwrap();
        let traces = Traces::of(home.path(), keep);
        Self { home, traces }
    }

    /// One of this second, with a picture where `picture` says so.
    fn add(&self, second: i64, picture: bool) -> Trace {
        let at = Timestamp::from_second(second).unwrap();
        let mut trace = Trace::new(at, "https://www.linkedin.com");
        self.traces.add(&mut trace, picture.then_some(b"PNG")).unwrap();
        trace
    }

    fn files(&self) -> Vec<String> {
        let mut names = self.traces.names().unwrap();
        names.sort();
        names
    }

    fn mode(&self, name: &str) -> u32 {
        fs::metadata(self.home.path().join(FOLDER).join(name)).unwrap().permissions().mode() & 0o777
    }
}

#[test]
fn what_is_kept_reads_back_and_is_its_owners_alone() {
    let place = Place::new(20);
    let trace = place.add(1, true);
    assert_eq!(place.files(), ["19700101-000001-000.json", "19700101-000001-000.png"]);
    assert_eq!(place.mode(""), 0o700);
    assert!(place.files().iter().all(|name| place.mode(name) == 0o600));
    let read = place.traces.read(&trace.id).unwrap();
    assert_eq!(read, trace);
    assert_eq!(place.traces.picture(&read).unwrap().as_deref(), Some(&b"PNG"[..]));
    assert_eq!(place.traces.picture(&place.add(2, false)).unwrap(), None);
}

#[test]
fn the_last_twenty_are_kept_with_their_pictures() {
    let place = Place::new(20);
    for second in 0..25 {
        place.add(second, second % 2 == 0);
    }
    let ids = place.traces.ids().unwrap();
    assert_eq!((ids.len(), ids[0].as_str()), (20, "19700101-000005-000"));
    assert_eq!(place.files().len(), 20 + 10);
}

#[test]
fn two_of_one_moment_have_two_names() {
    let place = Place::new(20);
    let ids = [place.add(1, false).id, place.add(1, true).id, place.add(1, false).id];
    assert_eq!(place.traces.ids().unwrap(), ids);
}

#[test]
fn switched_off_nothing_is_kept_and_what_there_was_goes() {
    let place = Place::new(0);
    place.add(1, true);
    assert!(!place.home.path().join(FOLDER).exists());
    assert_eq!(place.traces.ids().unwrap(), []);
    let on = Traces::of(place.home.path(), 3);
    on.add(&mut Trace::new(Timestamp::UNIX_EPOCH, ""), Some(b"PNG")).unwrap();
    place.traces.sweep().unwrap();
    assert_eq!(place.files(), [""; 0]);
}

#[test]
fn what_a_killed_run_left_goes_with_the_next_and_nothing_else_does() {
    let place = Place::new(20);
    place.add(1, true);
    let folder = place.home.path().join(FOLDER);
    let left = [".rescind-a1B2", "19700101-000009-000.png"];
    let others = ["page-20261123T100312Z.txt", "2026-20261123T100312Z.toml", "notes.json"];
    for name in left.iter().chain(&others) {
        fs::write(folder.join(name), "x").unwrap();
    }
    assert_eq!(place.traces.ids().unwrap().len(), 1);
    place.traces.sweep().unwrap();
    let files = place.files();
    assert_eq!(files.len(), 2 + others.len(), "{files:?}");
    assert!(others.iter().all(|name| files.contains(&(*name).to_owned())), "{files:?}");
}

#[test]
fn a_trace_is_renewed_as_long_as_it_is_there() {
    let place = Place::new(20);
    let mut trace = place.add(1, false);
    trace.detail = "still listed".into();
    place.traces.renew(&mut trace, Some(b"PNG")).unwrap();
    let read = place.traces.read(&trace.id).unwrap();
    assert_eq!((read.detail.as_str(), read.screenshot.is_some()), ("still listed", true));
    fs::remove_file(place.home.path().join(FOLDER).join(format!("{}.json", trace.id))).unwrap();
    place.traces.renew(&mut trace, None).unwrap();
    assert_eq!(place.traces.ids().unwrap(), []);
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, TracesError>, words: &str) {
    let error = result.unwrap_err();
    assert!(error.to_string().contains(words), "{error}");
    assert!(!error.hint().is_empty());
}

#[test]
fn s4_a_folder_or_file_that_others_can_read_or_that_was_planted_is_refused() {
    let place = Place::new(20);
    let id = place.add(1, false).id;
    let folder = place.home.path().join(FOLDER);
    let file = folder.join(format!("{id}.json"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    refused(place.traces.read(&id), "is open to other users");
    fs::remove_file(&file).unwrap();
    symlink("/etc/passwd", &file).unwrap();
    refused(place.traces.read(&id), "is a symbolic link");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    refused(place.traces.ids(), "is open to other users");
    let mut trace = Trace::new(Timestamp::UNIX_EPOCH, "");
    refused(place.traces.add(&mut trace, None), "is open to other users");
}

#[test]
fn what_is_no_trace_is_told_by_its_place() {
    let place = Place::new(20);
    let id = place.add(1, false).id;
    let file = place.home.path().join(FOLDER).join(format!("{id}.json"));
    fs::write(&file, "{").unwrap();
    refused(place.traces.read(&id), "000001-000.json cannot be read: not JSON");
}
