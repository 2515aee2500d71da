//! A program at a terminal, and what a person would see there.

use std::io::{Read, Write};
use std::process::{Child, ExitStatus};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, Pty};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, tcgetattr};

/// However busy the machine is.
const LIMIT: Duration = Duration::from_secs(30);
/// High enough for whatever is shown in a test to stay on the screen.
const ROWS: u16 = 100;

pub struct Screen {
    pty: Arc<Pty>,
    child: Child,
    seen: Arc<Mutex<vt100::Parser>>,
    reader: JoinHandle<()>,
}

impl Screen {
    /// Starts the command at a terminal of so many columns.
    pub fn new(columns: u16, command: Command) -> Self {
        let (pty, pts) = pty_process::blocking::open().unwrap();
        pty.resize(Size::new(ROWS, columns)).unwrap();
        let child = command.env("TERM", "xterm-256color").spawn(pts).unwrap();
        let pty = Arc::new(pty);
        let size = |count: u16| count.try_into().unwrap();
        let seen = Arc::new(Mutex::new(vt100::Parser::new(size(ROWS), size(columns), 0)));
        let (from, to) = (pty.clone(), seen.clone());
        let reader = std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = (&*from).read(&mut bytes) {
                to.lock().unwrap().process(&bytes[..count]);
            }
        });
        Self { pty, child, seen, reader }
    }

    pub fn text(&self) -> String {
        self.seen.lock().unwrap().screen().contents()
    }

    /// Waits for a question, on which the cursor then stands.
    #[track_caller]
    pub fn wait_for(&self, words: &str) {
        self.wait(words, || self.below_cursor().contains(words));
    }

    /// Waits for a question, then types.
    #[track_caller]
    pub fn answer(&self, question: &str, keys: &str) {
        self.wait_for(question);
        self.keys(keys);
    }

    pub fn keys(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
    }

    /// Waits for words anywhere.
    #[track_caller]
    pub fn shows(&self, words: &str) {
        self.wait(words, || self.text().contains(words));
    }

    /// No character in a colour or a style.
    #[track_caller]
    pub fn is_plain(&self) {
        let seen = self.seen.lock().unwrap();
        let screen = seen.screen();
        let (rows, columns) = screen.size();
        let cells = (0..rows.get()).flat_map(|r| (0..columns.get()).map(move |c| (r, c)));
        for cell in cells.filter_map(|(row, column)| screen.cell(row, column)) {
            let colour = (cell.fgcolor(), cell.bgcolor());
            assert_eq!(colour, (vt100::Color::Default, vt100::Color::Default), "{cell:?}");
            assert!(!(cell.bold() || cell.dim() || cell.inverse()), "{cell:?}");
        }
    }

    /// No line is broken by the terminal.
    #[track_caller]
    pub fn is_unwrapped(&self) {
        let seen = self.seen.lock().unwrap();
        let screen = seen.screen();
        let broken = (0..ROWS).find(|row| screen.row_wrapped(*row));
        assert_eq!(broken, None, "{}", screen.contents());
    }

    pub fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).unwrap();
        kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    /// Waits for the end. The terminal must be as it was before.
    #[track_caller]
    pub fn end(mut self) -> (ExitStatus, String) {
        let until = Instant::now() + LIMIT;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < until, "it does not end:\n{}", self.text());
            std::thread::park_timeout(Duration::from_millis(10));
        };
        let modes = tcgetattr(&*self.pty).unwrap().local_modes;
        assert!(modes.contains(LocalModes::ICANON | LocalModes::ECHO), "{modes:?}");
        self.reader.join().unwrap();
        let seen = self.seen.lock().unwrap();
        let screen = seen.screen();
        assert!(!screen.hide_cursor() && !screen.bracketed_paste(), "{}", screen.contents());
        (status, screen.contents())
    }

    #[track_caller]
    fn wait(&self, what: &str, condition: impl Fn() -> bool) {
        let until = Instant::now() + LIMIT;
        while !condition() {
            assert!(Instant::now() < until, "{what:?} does not come:\n{}", self.text());
            std::thread::park_timeout(Duration::from_millis(10));
        }
    }

    /// The line of the cursor, and what is below it.
    fn below_cursor(&self) -> String {
        let seen = self.seen.lock().unwrap();
        let screen = seen.screen();
        let ((row, _), (_, columns)) = (screen.cursor_position(), screen.size());
        screen.rows(0, columns.get()).skip(row.into()).collect::<Vec<_>>().join("\n")
    }
}
