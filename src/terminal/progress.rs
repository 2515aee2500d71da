//! How far the reading has come: read so far of announced, rate, time left. Only on a terminal.

use jiff::SignedDuration;

use std::fmt::Write;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

const WITH_END: &str = "{spinner} reading {bar:24} {pos} of {len}  {rate}  {eta} left";
const WITHOUT_END: &str = "{spinner} reading  {pos}  {rate}";
const STEP: &str = "{spinner} {msg}";

/// How far the withdrawing has come.
pub struct Acted {
    pub done: usize,
    pub left: usize,
    /// What is left of the pause.
    pub pause: Option<SignedDuration>,
    /// What the caps leave: in this run, this hour, today, this week.
    pub room: [u32; 4],
    /// How long a pause usually is.
    pub usual: std::time::Duration,
}

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
        self.revive();
        self.bar.set_style(style(STEP));
        self.bar.set_message(words);
        self.bar.tick();
    }

    /// The countdown and what is left.
    pub fn acting(&self, acted: Acted) {
        let Acted { done, left, pause, room: [run, hour, day, week], usual } = acted;
        let now = match pause {
            Some(pause) => format!("next in {} s (Ctrl-C ends)", pause.as_secs() + 1),
            None => "withdrawing".to_owned(),
        };
        self.revive();
        let in_this_run = left.min(usize::try_from(run).unwrap_or(left));
        let rest = usual.as_secs() * u64::try_from(in_this_run).unwrap_or_default();
        let end = jiff::Timestamp::now() + SignedDuration::from_secs(rest.min(9_999_999) as i64);
        let end = crate::terminal::output::time_of_day(end);
        self.bar.set_style(style(STEP));
        self.bar.set_message(format!(
            "{done} done, {left} left · {now} · room {run}, {hour}/h, {day}/d, {week}/w · until {end}"
        ));
        self.bar.tick();
    }

    pub fn read(&self, read: u64, announced: Option<u64>) {
        self.revive();
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

    /// Takes the line away, until there is something to show again.
    pub fn clear(&self) {
        self.bar.finish_and_clear();
    }

    fn revive(&self) {
        if self.bar.is_finished() {
            self.bar.reset();
        }
    }
}

fn style(template: &str) -> ProgressStyle {
    let rate = |state: &ProgressState, out: &mut dyn Write| {
        let _ = write!(out, "{:.0} per s", state.per_sec());
    };
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .with_key("rate", rate)
}
