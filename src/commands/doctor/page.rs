//! The open page: sign-in, the way to the Sent tab, and what each locator finds there. Everything
//! is looked at and nothing of the list is clicked.

use std::path::PathBuf;
use std::time::Instant;

use super::findings::Findings;
use super::programs::Programs;
use super::reading::reading;
use super::records::Past;
use super::surroundings::{self, Known, counted};
use crate::browser::error::PageError;
use crate::browser::layout::Layout;
use crate::browser::probe::{self, SITE};
use crate::cli::Global;
use crate::commands::opened::{self, Opened};
use crate::config::Config;
use crate::domain::diagnosis::{Check, Fact, Status};
use crate::domain::language;
use crate::domain::locators::{Found, Need};
use crate::domain::outline::{outline, pattern};
use crate::exit::{Exit, Failure};
use crate::report::bundle::Page;

/// What the checks before have come to.
pub struct Start<'a> {
    pub config: &'a Config,
    pub known: Known,
    pub programs: Programs,
    pub past: Past,
    /// Whether the page's structure is wanted, whatever is found.
    pub wants_page: bool,
}

/// Starts the browser, looks, and closes it again, whatever was found. Answers with the page's
/// structure where it was taken.
pub async fn look(global: &Global, start: Start<'_>, findings: &mut Findings<'_>) -> Option<Page> {
    findings.step("starting the browser");
    let began = Instant::now();
    let Start { config, known, programs, past, wants_page } = start;
    let pair = match programs {
        Programs::Found(pair) => Some(pair),
        Programs::OfServer => None,
    };
    let headless = surroundings::is_headless(global, config);
    let layouts = known.layouts.clone();
    let mut opened = match opened::open_with(global, config, headless, layouts, pair).await {
        Ok(opened) => opened,
        Err(failure) => {
            findings.problem("start", &failure);
            findings.skip_page("start");
            return None;
        }
    };
    let seconds = began.elapsed().as_secs_f64();
    findings.ok("start", format!("the browser is there after {seconds:.1} s"));
    let mut look = Look { global, config, known, past, wants_page, page: None };
    if let Err(blocker) = look.steps(&mut opened, findings).await {
        findings.skip_page(blocker);
    }
    findings.step("closing the browser");
    opened.close().await;
    look.page
}

struct Look<'a> {
    global: &'a Global,
    config: &'a Config,
    known: Known,
    past: Past,
    wants_page: bool,
    page: Option<Page>,
}

/// The check that keeps those after it from being done.
type Blocker = &'static str;

impl Look<'_> {
    async fn steps(
        &mut self,
        opened: &mut Opened,
        findings: &mut Findings<'_>,
    ) -> Result<(), Blocker> {
        self.selectors(opened, findings).await?;
        self.sign_in(opened, findings).await?;
        self.walk(opened, findings).await?;
        let (layout, language) = self.layout(opened, findings).await?;
        reading(self.global, opened, &layout, &language, findings).await?;
        findings.add(
            Check::new(
                "dialog",
                Status::Skipped,
                "its locators can't be counted: only a click on \
                Withdraw opens it, and doctor makes none",
            )
            .hint(
                "rescind withdraw --limit 1 tries them, under your eyes: what does not fit is \
                never confirmed",
            ),
        );
        Ok(())
    }

    /// Whether the browser takes every selector for one: asked on the blank page, before one of
    /// them keeps the walk waiting.
    async fn selectors(
        &mut self,
        opened: &mut Opened,
        findings: &mut Findings<'_>,
    ) -> Result<(), Blocker> {
        let found = match self.probe(opened).await {
            Ok(found) => found,
            Err(error) => return self.fail("selectors", error, opened, findings).await,
        };
        let bad: Vec<String> = found
            .iter()
            .flat_map(|found| found.invalid().into_iter().map(move |bad| (found, bad)))
            .map(|(found, bad)| format!("{}: {bad}", found.layout))
            .collect();
        if !bad.is_empty() {
            let words =
                format!("the browser does not take these for selectors: {}", bad.join("; "));
            let failure = Failure::new(Exit::Usage, words);
            findings.problem("selectors", &failure.hint("mend them in the layout's file"));
            return Err("selectors");
        }
        let ways = found.iter().flat_map(|found| &found.fields).map(|field| field.ways.len());
        let ways: usize = ways.sum();
        let check = Check::new("selectors", Status::Ok, format!("all {ways} are valid"));
        findings.add(check.fact("all", Fact::count(ways)));
        Ok(())
    }

    async fn sign_in(
        &mut self,
        opened: &mut Opened,
        findings: &mut Findings<'_>,
    ) -> Result<(), Blocker> {
        findings.step("looking who is signed in");
        let mut remarks = Vec::new();
        let account = match opened.site.sign_in(&mut remarks).await {
            Ok(account) => account,
            Err(error) => return self.fail("sign-in", error, opened, findings).await,
        };
        let wanted = [
            (self.config.account.as_deref(), "the config wants"),
            (self.past.account.as_deref(), "the journal of this folder is of"),
        ];
        for (wanted, why) in wanted {
            let Some(wanted) = wanted else { continue };
            if account.as_ref().is_some_and(|found| found.to_lowercase() == wanted.to_lowercase()) {
                continue;
            }
            let who = account.as_deref().unwrap_or("nobody that can be told");
            let words = format!("{who} is signed in, but {why} {wanted}");
            findings.problem(
                "sign-in",
                &Failure::new(Exit::SignIn, words).hint(
                    "sign in as that person with rescind login, or use another folder with \
                     --state-dir; rescind withdraw refuses this one",
                ),
            );
            return Ok(());
        }
        let detail = match &account {
            Some(account) => format!("as {account}"),
            None => "as somebody".to_owned(),
        };
        findings.add(told(Check::new("sign-in", Status::Ok, detail), &remarks));
        Ok(())
    }

    async fn walk(
        &mut self,
        opened: &mut Opened,
        findings: &mut Findings<'_>,
    ) -> Result<(), Blocker> {
        findings.step("walking to the Sent tab");
        let mut remarks = Vec::new();
        if let Err(error) = opened.site.go_to_sent(&mut remarks).await {
            return self.fail("walk", error, opened, findings).await;
        }
        let detail = "My Network, the invitations, the Sent tab";
        let detail =
            if remarks.is_empty() { format!("{detail}: link by link") } else { detail.into() };
        findings.add(told(Check::new("walk", Status::Ok, detail), &remarks));
        Ok(())
    }

    /// The layout that fits; where none does, what each of them lacks.
    async fn layout(
        &mut self,
        opened: &mut Opened,
        findings: &mut Findings<'_>,
    ) -> Result<(Layout, String), Blocker> {
        findings.step("looking for what the layouts name");
        let fitted = opened.site.fitting_layout().await;
        let fitted = match fitted {
            Err(error) if is_final(&error) => {
                return self.fail("layout", error, opened, findings).await;
            }
            other => other,
        };
        let found = match self.probe(opened).await {
            Ok(found) => found,
            Err(error) => return self.fail("layout", error, opened, findings).await,
        };
        if self.wants_page || fitted.is_err() {
            self.page = self.page(opened).await;
        }
        findings.diagnosis.layouts.clone_from(&found);
        match fitted {
            Ok((layout, language)) => {
                fitting(&layout.name, &found, self.global.verbose > 0, findings);
                Ok((layout, language))
            }
            Err(error) => {
                self.misfit(error, &found, opened, findings).await;
                Err("layout")
            }
        }
    }

    async fn probe(&self, opened: &mut Opened) -> Result<Vec<Found>, PageError> {
        let own = &self.known.own;
        let is_own = |name: &str| own.iter().any(|own| own == name);
        probe::probe(&mut opened.site.session, &self.known.layouts, is_own).await
    }

    async fn page(&self, opened: &mut Opened) -> Option<Page> {
        let raw = probe::page(&mut opened.site.session).await.ok()?;
        let state = opened.site.gate().await.ok()?;
        Some(Page {
            address: pattern(&state.url),
            status: state.status,
            language: language::bundled(&state.lang).map(language::Language::code),
            outline: outline(&raw),
        })
    }

    async fn fail<T>(
        &self,
        id: &'static str,
        error: PageError,
        opened: &mut Opened,
        findings: &mut Findings<'_>,
    ) -> Result<T, Blocker> {
        let failure = opened.page_failure(self.global, error).await;
        findings.problem(id, &failure);
        Err(id)
    }

    /// No layout fits, or more than one: each one's lacks, the nearest first, and what helps to mend
    /// it.
    async fn misfit(
        &self,
        error: PageError,
        found: &[Found],
        opened: &mut Opened,
        findings: &mut Findings<'_>,
    ) {
        let mut layouts: Vec<&Found> = found.iter().filter(|one| one.layout != SITE).collect();
        layouts.sort_by_key(|one| std::cmp::Reverse((one.fits, one.nearness().0)));
        let failure = opened::page_failure(&error);
        let mut hint = self.advice(layouts.first().copied(), opened).await;
        if hint.is_empty() {
            hint = failure.hint.clone().unwrap_or_default();
        }
        findings.problem("layout", &Failure::new(failure.exit, &failure.sentence).hint(hint));
        for one in layouts {
            let (held, all) = one.nearness();
            let why = match one.fits {
                true => "fits".to_owned(),
                false => format!("does not fit: {}", one.misfits().join("; ")),
            };
            let title = format!("layout {}: {held} of {all} fields found; {why}", one.layout);
            findings.show_locators(one, &title);
        }
        let words = "counted above, for each layout";
        findings.skip("locators", words);
    }

    /// Where to begin, with copies of what is needed for it.
    async fn advice(&self, nearest: Option<&Found>, opened: &mut Opened) -> String {
        let picture = opened.keep_picture(self.global).await;
        let lines = self.page.as_ref().map(|page| page.outline.join("\n") + "\n");
        let structure = lines
            .and_then(|lines| opened::keep_trace(self.global, "page", "txt", lines.as_bytes()));
        let mut words = Vec::new();
        let layout = nearest
            .and_then(|one| self.known.layouts.all.iter().find(|layout| layout.name == one.layout));
        if let (Some(layout), Some(folder)) = (layout, opened::layouts_folder()) {
            words.push(match self.own_file(layout, &folder) {
                Some(path) => format!("the nearest is yours: change {}", path.display()),
                None => self.copied(layout, &folder),
            });
            words.push("change what is marked ✗ below, and run rescind doctor again".to_owned());
        }
        let kept = [("the page's structure", structure), ("a picture of it", picture)];
        words.extend(
            kept.into_iter()
                .filter_map(|(what, path)| Some(format!("{what} is in {}", path?.display()))),
        );
        words.join("; ")
    }

    fn own_file(&self, layout: &Layout, folder: &std::path::Path) -> Option<PathBuf> {
        let is_own = self.known.own.contains(&layout.name);
        is_own.then(|| folder.join(format!("{}.toml", layout.name)))
    }

    /// A copy of a bundled layout, and where it is to go.
    fn copied(&self, layout: &Layout, folder: &std::path::Path) -> String {
        let place = folder.join(format!("{}.toml", layout.name));
        let text = toml::to_string(layout).unwrap_or_default();
        let kept = opened::keep_trace(self.global, &layout.name, "toml", text.as_bytes());
        match kept {
            Some(kept) => format!(
                "the nearest is {}: copy {} to {}",
                layout.name,
                kept.display(),
                place.display()
            ),
            None => format!("the nearest is {}: copy it to {}", layout.name, place.display()),
        }
    }
}

/// Whether nothing more can be learnt from the page.
fn is_final(error: &PageError) -> bool {
    match error {
        PageError::SignedOut { .. }
        | PageError::Checkpoint { .. }
        | PageError::RateLimited { .. }
        | PageError::Unreachable(_)
        | PageError::BrowserLost(_) => true,
        PageError::NotUnderstood(_)
        | PageError::Prompt(_)
        | PageError::Element(_)
        | PageError::Script(_) => false,
    }
}

/// A check that went well but for what was remarked.
fn told(check: Check, remarks: &[String]) -> Check {
    if remarks.is_empty() {
        return check;
    }
    let detail = format!("{}: {}", check.detail, remarks.join("; "));
    Check { status: Status::Warning, detail, ..check }
        .hint("reading works all the same; the addresses are in layouts/site.toml")
        .fact("remarks", Fact::count(remarks.len()))
}

/// The layout that fits, and what its locators find.
fn fitting(name: &str, found: &[Found], is_verbose: bool, findings: &mut Findings) {
    let others: Vec<&str> = found
        .iter()
        .filter(|one| one.layout != name && one.layout != SITE)
        .map(|one| one.layout.as_str())
        .collect();
    let rest = match others.as_slice() {
        [] => String::new(),
        [one] => format!("; {one} does not"),
        several => format!("; {} don't", several.join(", ")),
    };
    findings.ok("layout", format!("{name} fits{rest}"));
    let Some(fitting) = found.iter().find(|one| one.layout == name) else { return };
    locators(fitting, findings);
    let title =
        format!("layout {name}, {}", counted(fitting.cards.try_into().unwrap_or(0), "card"));
    findings.show_locators(fitting, &title);
    for other in found.iter().filter(|one| is_verbose && one.layout != name) {
        let title = match other.layout.as_str() {
            SITE => "signs of the whole site".to_owned(),
            name => format!("layout {name}, which does not fit: {}", other.misfits().join("; ")),
        };
        findings.show_locators(other, &title);
    }
}

fn locators(found: &Found, findings: &mut Findings) {
    let wrong: Vec<_> = found.failing().collect();
    let paths = |status| {
        let of_it = wrong.iter().filter(|field| field.status(found.cards) == status);
        of_it.map(|field| field.path.as_str()).collect::<Vec<_>>().join(", ")
    };
    let (problems, warnings) = (paths(Status::Problem), paths(Status::Warning));
    let demanded = found.fields.iter().filter(|field| field.need != Need::Unseen).count();
    let check = |status, words: String| {
        Check::new("locators", status, words)
            .fact("fields", Fact::count(demanded))
            .fact("failing", Fact::count(wrong.len()))
            .fact("cards", Fact::Count(found.cards))
    };
    let hint = format!("mend them in the file of layout {}: see layouts/README.md", found.layout);
    if !problems.is_empty() {
        let words = format!("these don't find what they should: {problems}");
        findings.problem_with(check(Status::Problem, words).hint(hint), Exit::NotUnderstood);
    } else if !warnings.is_empty() {
        let words = format!("not in every card: {warnings}; such people are never withdrawn");
        findings.add(check(Status::Warning, words).hint(hint));
    } else {
        let words = format!("all {demanded} fields find what they should");
        findings.add(check(Status::Ok, words));
    }
}
