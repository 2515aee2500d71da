//! What a config may say, and what is said of one that may not.

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::domain::invitation::Key;

/// What the parser takes, an editor with the schema takes too.
pub fn parse(text: &str) -> Config {
    let config = Config::parse(text, "c.toml").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(super::schema::tests::fits(text), Ok(()), "{text}");
    config
}

/// The message must contain the expected one and stand at this line.
#[track_caller]
fn check(text: &str, line: usize, expected: &str) {
    let error = Config::parse(text, "c.toml").unwrap_err();
    let shown = error.to_string();
    assert!(shown.contains(expected), "{shown}");
    assert_eq!(error.line(), Some(line), "{shown}");
    assert!(shown.contains('^'), "{shown}");
}

/// The example with every setting that is commented out.
pub fn uncommented() -> String {
    let is_setting = |line: &&str| line.contains(" = ") || line.starts_with("[[");
    let bare = |line| str::strip_prefix(line, "# ").filter(is_setting).unwrap_or(line);
    EXAMPLE.lines().map(bare).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_example_holds_the_defaults() {
    assert_eq!(parse(EXAMPLE), Config::default());
}

#[test]
fn the_example_shows_every_setting() {
    let config = parse(&uncommented());
    assert_eq!(config.account.as_deref(), Some("your-slug"));
    assert_eq!(config.rules.list.len(), 2);
    assert!(config.browser.profile.is_some());
    let text = uncommented();
    for key in known_keys() {
        let shown = [format!("\n{key} = "), format!("\n[[rule.{key}]]")];
        assert!(shown.iter().any(|line| text.contains(line)), "{key}");
    }
    assert_eq!(config.examples, 2);
}

/// What is listed as known in every section.
fn known_keys() -> Vec<String> {
    let example = "[[rule]]\n[[rule.example]]";
    let sections =
        ["[site]", "[browser]", "[pace]", "[plan]", "[trace]", "[[rule]]", example, "[keep]"];
    let listed = sections.map(|section| {
        let error = Config::parse(&format!("{section}\nzzzzzzzz = 1"), "").unwrap_err();
        let message = error.to_string();
        let (_, keys) = message.lines().next().unwrap().split_once("here are ").unwrap();
        keys.split(", ").map(str::to_owned).collect::<Vec<_>>()
    });
    listed.concat()
}

#[test]
fn an_empty_file_is_the_defaults() {
    assert_eq!(parse(""), Config::default());
    assert_eq!(parse("\u{feff}# nothing"), Config::default());
}

#[test]
fn the_config_of_the_handbook_is_understood() {
    let config = parse(
        r#"
        [pace]
        between = "10s..1m 30s"
        [[rule]]
        name = "recruiters"
        older_than = "2 weeks"
        headline = ["recruiter", "talent acquisition"]
        [keep]
        names = ["Ada Lovelace"]
        profiles = ["https://www.linkedin.com/in/ada", "in/Bob", "linkedin.com/in/eve/"]
        headline = ["/^ceo\\b/"]
        "#,
    );
    assert_eq!(config.pace.between, Duration::from_secs(10)..=Duration::from_secs(90));
    assert_eq!(config.rules.list[0].name(), "recruiters");
    let keys = ["in/ada", "in/bob", "in/eve"].map(Key::recorded);
    assert_eq!(config.rules.keep.profiles, keys);
}

#[test]
fn no_rule_at_all_is_said_with_an_empty_list() {
    assert_eq!(parse("rule = []").rules.list, []);
    assert_eq!(parse("[keep]\nnames = []").rules.list, [Rule::stale()]);
}

#[test]
fn a_rule_without_a_name_is_called_by_its_number() {
    let config = parse("[[rule]]\nany = [\"x\"]\n[[rule]]\nany = [\"y\"]");
    assert_eq!(config.rules.list[1].name(), "rule 2");
}

#[test]
fn u1_a_misspelt_key_is_answered_with_the_likely_one() {
    check("[[rule]]\nolder_then = \"6 weeks\"", 2, "did you mean `older_than`?");
    check("[[rule]]\nOlder-Than = \"6 weeks\"", 2, "did you mean `older_than`?");
    check("[keep]\nprofile = []", 2, "did you mean `profiles`?");
    check("[[rules]]\nname = \"x\"", 1, "unknown key `rules`: did you mean `rule`?");
    check("[sites]", 1, "did you mean `site`?");
    check("[pace]\n\"per-day\" = 3", 2, "did you mean `per_day`?");
    check("[site]\nzzz = 1", 2, "unknown key `zzz`: known here are base_url, account");
}

#[test]
fn u1_an_error_shows_the_line_and_the_place() {
    let text = "[[rule]]\nname = \"stale\"\nolder_then = \"6 weeks\"\n";
    let shown = Config::parse(text, "c.toml").unwrap_err().to_string();
    let expected = "unknown key `older_then`: did you mean `older_than`?\n --> c.toml:3:1\n  |\n\
                    3 | older_then = \"6 weeks\"\n  | ^^^^^^^^^^";
    assert_eq!(shown, expected);
}

#[test]
fn u1_a_syntax_error_has_its_line() {
    check("[site]\nbase_url = \"x", 2, "invalid basic string");
    check("[site]\nbase_url", 2, "expected");
    check("[site]\n[site]", 2, "duplicate");
    check("[keep]\nnames = []\nnames = []", 3, "duplicate");
}

#[test]
fn u1_a_wrong_type_is_told_what_is_allowed() {
    check("[[rule]]\nolder_than = 42", 2, "expected a length of time in quotes, such as");
    check("[[rule]]\nheadline = \"x\"", 2, "expected a list in brackets, each entry a word");
    check("[keep]\nnames = [3]", 2, "expected a word, a phrase or a");
    check("[browser]\nheadless = \"yes\"", 2, "expected true or false");
    check("[browser]\nargs = \"--x\"", 2, "expected a list in brackets");
    check("[pace]\nper_day = \"40\"", 2, "expected a whole number from 1 to 1000000");
    check("[pace]\nper_day = 1.5", 2, "expected a whole number from 1 to 1000000");
    check("[pace]\nbetween = 15", 2, "such as \"15s..45s\"");
    check("pace = 3", 1, "expected a section: [pace]");
    check("[rule]\nname = \"x\"", 1, "a rule begins with [[rule]]");
    check("rule = 3", 1, "expected [[rule]]");
    check("rule = [3]", 1, "expected a rule: [[rule]]");
}

#[test]
fn u2_a_cap_out_of_range_is_told_the_range() {
    for key in ["per_run", "per_hour", "per_day", "per_week"] {
        for value in ["0", "-1", "1000001", "9223372036854775807"] {
            let expected = "out of range: allowed is a whole number from 1 to 1000000";
            check(&format!("[pace]\n{key} = {value}"), 2, expected);
        }
    }
    check("[pace]\nper_day = 99999999999999999999", 2, "a whole number from 1 to 1000000");
}

#[test]
fn u2_a_real_site_has_its_limits() {
    check("[pace]\nbetween = \"4s..45s\"", 2, "at least 5s");
    check("[pace]\nbetween = \"0s..0s\"", 2, "at least 5s");
    check("[pace]\n\nper_day = 101", 3, "at most 100 withdrawals a day");
    parse("[pace]\nbetween = \"5s..5s\"\nper_day = 100\nper_run = 500");
}

const HURRIED: &str = "[pace]\nbetween = \"0s..0ms\"\nper_day = 5000";

#[test]
fn a_site_on_this_machine_has_no_limits() {
    parse(&format!("[site]\nbase_url = \"http://127.0.0.1:8080\"\n{HURRIED}"));
    parse(&format!("[site]\nbase_url = \"mock?count=500\"\n{HURRIED}"));
}

#[test]
fn the_limits_are_those_of_the_site_that_is_used() {
    let [mock, real] = ["mock", "https://example.org"].map(|text| text.parse::<Site>().unwrap());
    let config = Config::parse_for(Some(&mock), HURRIED, "c.toml").unwrap();
    assert_eq!(config.site, mock);
    let local = format!("[site]\nbase_url = \"mock\"\n{HURRIED}");
    let error = Config::parse_for(Some(&real), &local, "c.toml").unwrap_err();
    assert_eq!(error.line(), Some(4));
}

#[test]
fn u2_a_pause_that_makes_no_sense_is_refused() {
    check("[pace]\nbetween = \"45s..15s\"", 2, "the shorter pause comes first");
    check("[pace]\nbetween = \"30s\"", 2, "such as \"15s..45s\"");
    check("[pace]\nbetween = \"15..45\"", 2, "\"15\" is no pause");
    check("[pace]\nbetween = \"-5s..45s\"", 2, "allowed is 0s to 24h");
    check("[pace]\nbetween = \"5s ago..45s\"", 2, "allowed is 0s to 24h");
    check("[pace]\nbetween = \"5s..25h\"", 2, "allowed is 0s to 24h");
    check("[pace]\nbetween = \"..\"", 2, "is no pause");
}

#[track_caller]
fn check_valid_for(text: &str, hours: i64) {
    let config = parse(&format!("[plan]\nvalid_for = \"{text}\""));
    assert_eq!(config.plan_valid_for, SignedDuration::from_hours(hours));
}

#[test]
fn traces_are_kept_or_not_as_is_said() {
    assert_eq!(parse("").traces, 20);
    assert_eq!(parse("[trace]\nkeep = 0").traces, 0);
    assert_eq!(parse("[trace]\nkeep = 1000").traces, 1000);
    let range = "allowed is a whole number from 0 to 1000";
    check("[trace]\nkeep = 1001", 2, range);
    check("[trace]\nkeep = -1", 2, range);
    check("[trace]\nkeep = \"all\"", 2, "expected a whole number from 0 to 1000");
    check("[trace]\nkept = 5", 2, "did you mean `keep`?");
}

#[test]
fn a_plan_is_valid_for_as_long_as_is_said() {
    check_valid_for("24 hours", 24);
    check_valid_for(" 1h 60min ", 2);
    check_valid_for("7 days", 7 * 24);
    check_valid_for("2 weeks", 14 * 24);
    check_valid_for("30 days", 30 * 24);
    parse("[plan]\nvalid_for = \"1 minute\"");
}

#[test]
fn a_plan_valid_for_ever_or_never_is_refused() {
    let range = "is out of range: allowed is 1 minute to 30 days";
    for text in ["59s", "0s", "-1h", "1 hour ago", "30 days 1s", "1 month", "9 years"] {
        check(&format!("[plan]\nvalid_for = \"{text}\""), 2, range);
    }
    for text in ["", "24", "soon", "99999999999999999999 hours"] {
        check(&format!("[plan]\nvalid_for = \"{text}\""), 2, "is not a length of time");
    }
    check("[plan]\nvalid_for = 24", 2, "expected a length of time in quotes, such as \"24 hours\"");
    check("[plan]\nvalid_fr = \"1h\"", 2, "did you mean `valid_for`?");
    check("plan = 3", 1, "expected a section: [plan]");
}

#[test]
fn a_length_of_time_that_makes_no_sense_is_refused() {
    check("[[rule]]\nolder_than = \"3m\"", 2, "\"m\" are minutes");
    check("[[rule]]\nolder_than = \"3 weeks ago\"", 2, "is negative");
    check("[[rule]]\nolder_than = \"0 days\"", 2, "the least is");
    check("[[rule]]\nnewer_than = \"99 years\"", 2, "the most is");
}

#[test]
fn a_rule_that_makes_no_sense_is_refused_at_its_place() {
    check("\n[[rule]]\nname = \"x\"", 2, "would withdraw everything");
    check("[[rule]]\nheadline = []", 2, "an empty list can never be met");
    check("[[rule]]\nheadline = [\"\"]", 2, "an empty text is in everything");
    check("[[rule]]\nname = \" \"\nany = [\"x\"]", 2, "name is not empty");
    let contradiction = "[[rule]]\nolder_than = \"6 weeks\"\nnewer_than = \"2 weeks\"";
    check(contradiction, 1, "nothing is older than 6 weeks and newer than 2 weeks");
}

const RECRUITERS: &str =
    "[[rule]]\nname = \"recruiters\"\nolder_than = \"2 weeks\"\nheadline = [\"recruiter\"]\n";

#[test]
fn examples_that_are_decided_as_they_expect_are_counted() {
    let config = parse(&format!(
        "{RECRUITERS}[[rule.example]]\nheadline = \"Senior Recruiter\"\nage = \"3 weeks\"\n\
         expect = \"withdraw\"\n[[rule.example]]\nname = \"Ada Lovelace\"\n\
         headline = \"Recruiter\"\nage = \"1 year\"\nexpect = \"keep\"\n\
         [[rule]]\nnote = [\"hello\"]\n[[rule.example]]\nnote = \"Hello!\"\n\
         expect = \"withdraw\"\n[keep]\nnames = [\"ada lovelace\"]"
    ));
    assert_eq!(config.examples, 3);
}

#[test]
fn an_example_that_is_decided_otherwise_is_refused_at_its_place() {
    let example = |lines: &str| format!("{RECRUITERS}[[rule.example]]\n{lines}");
    let young = "headline = \"Recruiter\"\nage = \"1 week\"\nexpect = \"withdraw\"";
    check(&example(young), 8, "is kept, not withdrawn: younger than 2 weeks: sent at most 13 days");
    let old = "headline = \"Recruiter\"\nexpect = \"keep\"\nage = \"2 weeks\"";
    check(
        &example(old),
        7,
        "is withdrawn, not kept: by rule \"recruiters\", sent at least 14 days",
    );
    check(&example("headline = \"Recruiter\"\nexpect = \"keep\""), 7, "without an age");
    check(&example("expect = \"keep\""), 5, "an example is somebody");
    check(&example("name = \"x\""), 5, "an example says what to expect: expect = \"withdraw\"");
    check(&example("name = \"x\"\nexpect = \"gone\""), 7, "write \"withdraw\" or \"keep\"");
    check(&example("headlin = \"x\"\nexpect = \"keep\""), 6, "did you mean `headline`?");
    check(&example("age = \"3 weeks ago\"\nexpect = \"keep\""), 6, "is negative");
    check(&format!("{RECRUITERS}[rule.example]\nname = \"x\""), 5, "expected [[rule.example]]");
    check(&format!("{RECRUITERS}example = 3"), 5, "expected [[rule.example]]");
    check(&format!("{RECRUITERS}example = [3]"), 5, "expected an example: [[rule.example]]");
}

#[test]
fn u3_a_bad_regular_expression_is_refused_at_its_place() {
    check("[keep]\nany = [\"a\",\n\"/((a{100}){100}){100}/\"]", 3, "grows too big");
    check("[keep]\nany = [\"/(/\"]", 2, "unclosed group");
}

#[test]
fn u5_a_keep_entry_that_is_no_address_is_refused() {
    check("[keep]\nprofiles = [\"ada\"]", 2, "is not the address of a profile");
    check("[keep]\nprofiles = [\"https://www.linkedin.com/feed/\"]", 2, "or \"in/ada\"");
    check("[keep]\nnames = [\" \"]", 2, "an empty text is in everything");
}

#[track_caller]
fn check_account(text: &str, expected: &str) {
    let config = parse(&format!("[site]\naccount = \"{text}\""));
    assert_eq!(config.account.as_deref(), Some(expected));
}

#[test]
fn an_account_is_a_slug_or_an_address() {
    check_account("Ada", "ada");
    check_account("j%C3%BCrgen", "jürgen");
    check_account("in/ada", "ada");
    check_account("https://www.linkedin.com/in/ada/", "ada");
    check("[site]\naccount = \"\"", 2, "is no account");
    check("[site]\naccount = \"Ada Lovelace\"", 2, "is no account");
    check("[site]\naccount = \"https://www.linkedin.com/company/x\"", 2, "is no account");
}

#[test]
fn a_site_that_is_no_site_is_refused_at_its_place() {
    check("[site]\nbase_url = \"http://www.linkedin.com\"", 2, "neither https nor on this");
    check("[site]\nbase_url = \"linkedin\"", 2, "is not the address of a site");
}

#[test]
fn the_browser_takes_paths_and_switches() {
    let config = parse("[browser]\nheadless = true\nbinary = \"/b\"\nargs = [\"--lang=en\"]");
    assert!(config.browser.headless);
    assert_eq!(config.browser.binary.as_deref(), Some("/b".as_ref()));
    assert_eq!(config.browser.args, ["--lang=en"]);
    check("[browser]\nprofile = \"\"", 2, "a path is not empty");
    check("[browser]\nprofile = \"~/x\"", 2, "write the whole path");
    check("[browser]\nargs = [\"lang\"]", 2, "is no switch");
    check("[browser]\nargs = [\"--remote-debugging-port=1\"]", 2, "take over");
    check("[browser]\nargs = [\"--user-data-dir=/x\"]", 2, "is set by `profile`");
}

#[test]
fn control_characters_of_the_file_never_reach_the_terminal() {
    check("[keep]\n\"a\x1b[2J\" = 1", 2, "");
    check("[keep]\n\"a\\u001b[2J\" = 1", 2, "known here are");
    check("[site]\nbase_url = \"\\u001b]52;c;x\\u0007\"", 2, "\\u{1b}]52");
    check("[site]\naccount = \"\\u202e/\\n\"", 2, "\\u{202e}");
}

proptest! {
    #[test]
    fn no_text_breaks_the_parser_or_its_messages(text in "(\\[\\[?(rule|keep|pace|site)\\]\\]?\n)?([a-z_\"]{0,8}( = )?.{0,12}\n){0,4}") {
        if let Err(error) = Config::parse(&text, "c.toml") {
            let shown = error.to_string();
            prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
        }
    }
}
