//! A process that appends is killed or stopped at any moment: what it had acknowledged is there.

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use super::{filled, intent, site, temp_dir};
use crate::journal::Journal;

const CHILD: &str = "journal::tests::crash::child_that_appends";

/// This test binary, run once more as a process that appends and says so until it is killed.
struct Writer {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
    last: i64,
}

impl Writer {
    fn start(mut command: Command, dir: &Path) -> Self {
        let mut child = command
            .args(["--exact", CHILD, "--nocapture"])
            .env("RESCIND_TEST_JOURNAL", dir)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, said, last: 0 }
    }

    /// The last number that it said it had written, after so many more or its end.
    fn last_number(&mut self, more: usize) -> i64 {
        let said = self.said.by_ref().map(Result::unwrap);
        let numbers = said.filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok());
        self.last = numbers.take(more).last().unwrap_or(self.last);
        self.last
    }

    fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(self.child.id().try_into().unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn this_binary() -> Command {
    Command::new(std::env::current_exe().unwrap())
}

#[test]
fn child_that_appends() {
    let Some(dir) = std::env::var_os("RESCIND_TEST_JOURNAL") else {
        return;
    };
    let mut journal = filled(Path::new(&dir), 0);
    for number in 1.. {
        journal.append(&intent(number)).unwrap();
        println!("\nacknowledged {number}");
    }
}

/// All that was acknowledged is there, in order, and at most one more.
#[track_caller]
fn check_kept(dir: &Path, acknowledged: i64) {
    let journal = Journal::open(dir).unwrap();
    let events = journal.events().unwrap();
    let intents = i64::try_from(events.len()).unwrap() - 1;
    assert!((acknowledged..=acknowledged + 1).contains(&intents), "{intents} of {acknowledged}");
    assert!((1..).zip(&events[1..]).all(|(number, event)| *event == intent(number)));
    let in_doubt = journal.history(&site()).unwrap().in_doubt().len();
    assert_eq!(i64::try_from(in_doubt).unwrap(), intents);
}

#[test]
fn r3_what_was_acknowledged_outlives_a_kill() {
    for round in 0..8 {
        let dir = temp_dir();
        let mut writer = Writer::start(this_binary(), dir.path());
        writer.last_number(1 + round * 37);
        writer.signal(Signal::KILL);
        let acknowledged = writer.last_number(usize::MAX);
        drop(writer);
        check_kept(dir.path(), acknowledged);
    }
}

#[test]
fn r3_a_copy_taken_at_any_moment_opens_and_holds_what_was_acknowledged() {
    let dir = temp_dir();
    let mut writer = Writer::start(this_binary(), dir.path());
    for round in 0..20 {
        writer.last_number(1 + round % 7);
        writer.signal(Signal::STOP);
        let copy = temp_dir();
        for name in ["journal.sqlite3", "journal.sqlite3-wal", "journal.born"] {
            fs::copy(dir.path().join(name), copy.path().join(name)).unwrap();
        }
        writer.signal(Signal::CONT);
        let marker = fs::read_to_string(copy.path().join("journal.born")).unwrap();
        let acknowledged: i64 = marker.split(' ').next().unwrap().parse().unwrap();
        check_kept(copy.path(), acknowledged - 1);
    }
}

#[test]
fn k1_a_file_that_may_not_grow_stops_the_run_and_loses_nothing() {
    let dir = temp_dir();
    // 400 blocks of 512 bytes; without the trap, the kernel would kill the process.
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 400; exec \"$0\" \"$@\" 2>/dev/null"]);
    limited.arg(std::env::current_exe().unwrap());
    let mut writer = Writer::start(limited, dir.path());
    let acknowledged = writer.last_number(usize::MAX);
    assert!(acknowledged > 10, "it wrote {acknowledged}");
    assert!(!writer.child.wait().unwrap().success(), "and then it stopped");
    check_kept(dir.path(), acknowledged);
}

/// Once the file `$RESCIND_TEST_EIO` is there, every sync fails, and leaves a mark in it.
const FAILING_SYNC: &str = r#"
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <errno.h>
    #include <fcntl.h>
    #include <stdlib.h>
    #include <unistd.h>
    static int failing(void) {
        int file = open(getenv("RESCIND_TEST_EIO"), O_WRONLY | O_APPEND);
        if (file < 0) return 0;
        int done = write(file, "!", 1) == 1;
        close(file);
        errno = EIO;
        return done;
    }
    int fsync(int file) {
        return failing() ? -1 : ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file);
    }
    int fdatasync(int file) {
        return failing() ? -1 : ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file);
    }
"#;

#[test]
#[cfg(target_os = "linux")]
fn k2_a_sync_that_failed_ends_the_run_and_is_not_tried_again() {
    let (dir, tools) = (temp_dir(), temp_dir());
    let [source, library, trigger] = ["a.c", "a.so", "eio"].map(|name| tools.path().join(name));
    fs::write(&source, FAILING_SYNC).unwrap();
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-o"]).args([&library, &source]).arg("-ldl");
    if !compiler.status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: no C compiler");
        return;
    }
    let mut preloaded = this_binary();
    preloaded.env("LD_PRELOAD", &library).env("RESCIND_TEST_EIO", &trigger);
    preloaded.stderr(Stdio::null());
    let mut writer = Writer::start(preloaded, dir.path());
    writer.last_number(20);
    fs::write(&trigger, "").unwrap();
    let acknowledged = writer.last_number(usize::MAX);
    assert!(!writer.child.wait().unwrap().success(), "it stopped");
    assert_eq!(
        fs::read_to_string(&trigger).unwrap(),
        "!",
        "one sync failed, and no other was tried"
    );
    check_kept(dir.path(), acknowledged);
}
