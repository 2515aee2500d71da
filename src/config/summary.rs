//! A config in a few lines, for whoever asks what it comes to.

use std::time::Duration;

use jiff::SignedDuration;

use super::Config;

impl Config {
    /// What it comes to: each line a word for what it is about, and what holds.
    pub fn summary(&self) -> Vec<(&'static str, String)> {
        let account = self.account.as_ref().map(|slug| format!(", only as {slug}"));
        let window = if self.browser.headless { "without a window" } else { "in a window" };
        let mut lines = vec![
            ("site", format!("{}{}", self.site, account.unwrap_or_default())),
            ("browser", window.to_owned()),
        ];
        if self.rules.list.is_empty() {
            lines.push(("rules", "none, so nobody is withdrawn".to_owned()));
        }
        for rule in &self.rules.list {
            lines.push(("rule", format!("{}: {rule}", rule.name())));
        }
        if self.examples > 0 {
            lines.push(("examples", format!("{}, decided as they expect", self.examples)));
        }
        lines.push(("keep", self.kept()));
        lines.push(("pace", self.pace()));
        lines.push(("plans", format!("valid for {:#}", self.plan_valid_for)));
        let traces = match self.traces {
            0 => "none are kept".to_owned(),
            1 => "the last one is kept".to_owned(),
            count => format!("the last {count} are kept"),
        };
        lines.push(("traces", traces));
        lines
    }

    fn kept(&self) -> String {
        let keep = &self.rules.keep;
        let words = keep.headline.iter().chain(keep.note.iter()).chain(keep.any.iter()).count();
        let counts = [
            counted(keep.names.iter().count(), "name", "names"),
            counted(keep.profiles.len(), "profile", "profiles"),
            counted(words, "word or phrase", "words or phrases"),
        ];
        let named: Vec<String> = counts.into_iter().flatten().collect();
        if named.is_empty() { "nobody".to_owned() } else { named.join(", ") }
    }

    fn pace(&self) -> String {
        let pace = &self.pace;
        let [shortest, longest] =
            [pace.between.start(), pace.between.end()].map(|pause| shown(*pause));
        format!(
            "{shortest} to {longest} between two; at most {} a run, {} an hour, {} a day, {} a week",
            pace.per_run, pace.per_hour, pace.per_day, pace.per_week
        )
    }
}

fn counted(count: usize, one: &str, several: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {several}")),
    }
}

fn shown(pause: Duration) -> String {
    SignedDuration::try_from(pause).map(|pause| format!("{pause:#}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, about: &str, expected: &str) {
        let config = Config::parse(text, "c.toml").unwrap();
        let lines = config.summary();
        let found: Vec<&str> =
            lines.iter().filter(|(word, _)| *word == about).map(|(_, line)| &**line).collect();
        assert_eq!(found, [expected]);
    }

    #[test]
    fn what_a_config_comes_to_is_said() {
        check("", "rule", "stale: older than 6 weeks");
        check("rule = []", "rules", "none, so nobody is withdrawn");
        check("", "keep", "nobody");
        check(
            "",
            "pace",
            "15s to 45s between two; at most 25 a run, 20 an hour, 40 a day, 150 a week",
        );
        check("", "plans", "valid for 24h");
        check("", "traces", "the last 20 are kept");
        check("[trace]\nkeep = 0", "traces", "none are kept");
        check("[site]\naccount = \"ada\"", "site", "https://www.linkedin.com, only as ada");
        let keep = "[keep]\nnames = [\"A\"]\nprofiles = [\"in/a\", \"in/b\"]\nany = [\"x\", \"y\"]";
        check(keep, "keep", "1 name, 2 profiles, 2 words or phrases");
        check(
            "[[rule]]\nname = \"r\"\nany = [\"x\"]\nnewer_than = \"1 year\"",
            "rule",
            "r: newer than 1 year, name, headline or note has \"x\"",
        );
    }
}
