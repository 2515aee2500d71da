//! The shape of the file: sections and keys. The doc comments are what an editor shows of them,
//! through the schema; what needs two values at once is checked afterwards, by their spans.

use std::path::PathBuf;

use schemars::JsonSchema;
use toml::Spanned;

use super::site::Site;
use super::values::{
    Account, Argument, Attach, Between, Condition, Count, Examples, List, Of, Profile, Title,
    Traces, ValidFor,
};
use crate::domain::browser_kind::BrowserKind;
use crate::domain::example::Expected;
use crate::domain::period::Period;
use crate::domain::words::Pattern;

/// The settings of rescind. What is left out has its default.
#[derive(Default, serde::Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(title = "rescind: config.toml")]
pub(super) struct File {
    /// Which site is opened, and as whom.
    pub site: SiteSection,
    /// The browser that is driven.
    pub browser: BrowserSection,
    /// How fast, and how many.
    pub pace: PaceSection,
    /// Saved plans.
    pub plan: PlanSection,
    /// What is kept of each withdrawal, so that it can be followed afterwards.
    pub trace: TraceSection,
    /// When an invitation is stale: one rule is enough, and of a rule every condition is needed.
    #[schemars(with = "Vec<RuleSection>")]
    pub rule: Option<Vec<Spanned<RuleSection>>>,
    /// Who is never withdrawn, whatever the rules say.
    pub keep: KeepSection,
}

#[derive(Default, serde::Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a section: [site] and its settings below")]
pub(super) struct SiteSection {
    /// Which site is opened: https, http on this machine only, or "mock" for the practice site.
    #[schemars(with = "Of<Site>", extend("default" = "https://www.linkedin.com"))]
    pub base_url: Option<Of<Site>>,
    /// Refuse to act when somebody else is signed in: the last part of your own profile's address.
    #[schemars(with = "Of<Account>")]
    pub account: Option<Of<Account>>,
}

#[derive(Default, serde::Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a section: [browser] and its settings below")]
pub(super) struct BrowserSection {
    /// Which browser is driven; "chromium" takes Google Chrome where there is no Chromium.
    #[schemars(with = "Of<BrowserKind>", extend("default" = "chromium"))]
    pub kind: Option<Of<BrowserKind>>,
    /// Work without showing a window; signing in needs one all the same.
    #[schemars(with = "bool", extend("default" = false))]
    pub headless: Option<bool>,
    /// The browser to drive, when it is not to be looked for.
    #[schemars(with = "Of<PathBuf>")]
    pub binary: Option<Of<PathBuf>>,
    /// The driver of that browser, when it is not to be looked for.
    #[schemars(with = "Of<PathBuf>")]
    pub driver: Option<Of<PathBuf>>,
    /// The folder of the browser's own profile, which holds the sign-in: keep it to yourself.
    #[schemars(with = "Of<PathBuf>")]
    pub profile: Option<Of<PathBuf>>,
    /// The debugging port of a Chrome that you started yourself, on this machine: it is used in a tab
    /// of its own, and left open. Any program here can take over a browser with such a port.
    #[schemars(with = "Of<Attach>")]
    pub attach: Option<Spanned<Of<Attach>>>,
    /// Further switches for the browser.
    #[schemars(extend("default" = []))]
    pub args: List<Argument>,
}

#[derive(Default, serde::Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a section: [pace] and its settings below")]
pub(super) struct PaceSection {
    /// A random pause between two withdrawals; a real site gets at least 5s.
    #[schemars(with = "Of<Between>", extend("default" = "15s..45s"))]
    pub between: Option<Spanned<Of<Between>>>,
    /// The most withdrawals in one run.
    #[schemars(with = "Count", extend("default" = 25))]
    pub per_run: Option<Count>,
    /// The most withdrawals in any 60 minutes, over all runs.
    #[schemars(with = "Count", extend("default" = 20))]
    pub per_hour: Option<Count>,
    /// The most withdrawals in any 24 hours, over all runs; a real site gets at most 100.
    #[schemars(with = "Count", extend("default" = 40))]
    pub per_day: Option<Spanned<Count>>,
    /// The most withdrawals in any 7 days, over all runs.
    #[schemars(with = "Count", extend("default" = 150))]
    pub per_week: Option<Count>,
}

#[derive(Default, serde::Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a section: [plan] and its settings below")]
pub(super) struct PlanSection {
    /// How long a saved plan may be applied, from the time of its report: 1 minute to 30 days.
    #[schemars(with = "Of<ValidFor>", extend("default" = "24 hours"))]
    pub valid_for: Option<Of<ValidFor>>,
}

#[derive(Default, serde::Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a section: [trace] and its settings below")]
pub(super) struct TraceSection {
    /// How many traces are kept, of withdrawals, refusals and stops; 0 keeps none.
    #[schemars(with = "Traces", extend("default" = 20))]
    pub keep: Option<Traces>,
}

/// A rule holds when all its conditions do.
#[derive(Default, serde::Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a rule: [[rule]] and its conditions below")]
#[schemars(extend("anyOf" = [
    {"required": ["older_than"]}, {"required": ["newer_than"]}, {"required": ["invitee"]},
    {"required": ["headline"]}, {"required": ["note"]}, {"required": ["any"]},
]))]
pub(super) struct RuleSection {
    /// What the rule is called in reports.
    #[schemars(with = "Of<Title>")]
    pub name: Option<Of<Title>>,
    /// Sent at least so long ago, even at its youngest possible age.
    #[schemars(with = "Of<Period>")]
    pub older_than: Option<Of<Period>>,
    /// Sent less than so long ago, even at its oldest possible age.
    #[schemars(with = "Of<Period>")]
    pub newer_than: Option<Of<Period>>,
    /// Words in the invitee's name; one of them is enough.
    #[schemars(with = "Condition")]
    pub invitee: Option<Condition>,
    /// Words in the headline; one of them is enough.
    #[schemars(with = "Condition")]
    pub headline: Option<Condition>,
    /// Words in the message that was sent along; one of them is enough.
    #[schemars(with = "Condition")]
    pub note: Option<Condition>,
    /// Words in the name, the headline or the message; one of them is enough.
    #[schemars(with = "Condition")]
    pub any: Option<Condition>,
    /// Somebody invented, and what must be decided about them; checked at every start.
    #[schemars(with = "Vec<ExampleSection>")]
    pub example: Examples,
}

/// Somebody invented, and what must be decided about them.
#[derive(serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an example: [[rule.example]] and its keys below")]
#[schemars(extend("anyOf" = [
    {"required": ["name"]}, {"required": ["headline"]}, {"required": ["note"]},
    {"required": ["age"]},
]))]
pub(super) struct ExampleSection {
    /// The invitee's name.
    #[serde(default)]
    #[schemars(with = "String")]
    pub name: Option<String>,
    /// The invitee's headline.
    #[serde(default)]
    #[schemars(with = "String")]
    pub headline: Option<String>,
    /// The message that was sent along.
    #[serde(default)]
    #[schemars(with = "String")]
    pub note: Option<String>,
    /// How long ago it was sent, as the site states it: "5 weeks" is 35 to 41 days.
    #[serde(default)]
    #[schemars(with = "Of<Period>")]
    pub age: Option<Of<Period>>,
    /// "withdraw": this rule holds and nothing keeps them. "keep": nothing withdraws them.
    #[schemars(with = "Of<Expected>")]
    pub expect: Spanned<Of<Expected>>,
}

#[derive(Default, serde::Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "a section: [keep] and its lists below")]
pub(super) struct KeepSection {
    /// Whole names; everybody of that name is kept.
    #[schemars(extend("default" = []))]
    pub names: List<Pattern>,
    /// Addresses of profiles: "https://www.linkedin.com/in/ada", or "in/ada".
    #[schemars(extend("default" = []))]
    pub profiles: List<Profile>,
    /// Words in the headline.
    #[schemars(extend("default" = []))]
    pub headline: List<Pattern>,
    /// Words in the message that was sent along.
    #[schemars(extend("default" = []))]
    pub note: List<Pattern>,
    /// Words in the name, the headline or the message.
    #[schemars(extend("default" = []))]
    pub any: List<Pattern>,
}
