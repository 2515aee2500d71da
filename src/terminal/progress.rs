//! How far the reading has come: read so far of announced, rate, time left. Only on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const WITH_END: &str = "{spinner} reading {bar:24} {pos} of {len}  {per_sec}  {eta} left";
const WITHOUT_END: &str = "{spinner} reading  {pos}  {per_sec}";
const STEP: &str = "{spinner} {msg}";

/// A line of progress on standard error.
pub struct Line {
    bar: ProgressBar,
}

impl Line {
    pub fn new(quiet: bool) -> Self {
        let target =
            if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_style(style(STEP));
        Self { bar }
    }

    /// What is being done now.
    pub fn step(&self, words: &'static str) {
        self.bar.set_message(words);
        self.bar.tick();
    }

    pub fn read(&self, read: u64, announced: Option<u64>) {
        if self.bar.length() != announced || self.bar.position() == 0 {
            match announced {
                Some(all) => {
                    self.bar.set_length(all);
                    self.bar.set_style(style(WITH_END));
                }
                None => self.bar.set_style(style(WITHOUT_END)),
            }
        }
        self.bar.set_position(read);
    }

    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
