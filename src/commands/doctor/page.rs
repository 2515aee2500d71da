//! The open page: sign-in, the way to the Sent tab, and what each locator finds there. Everything
//! is looked at and nothing of the list is clicked.

use std::time::Instant;

use super::findings::Findings;
use super::locators::fitting;
use super::reading;
use super::records::Past;
use super::surroundings::{self, Known};
use crate::browser::error::PageError;
use crate::browser::layout::Layout;
use crate::browser::probe;
use crate::cli::Global;
use crate::commands::interrupts::Interrupts;
use crate::commands::opened::{self, Opened};
use crate::commands::programs::Programs;
use crate::commands::server;
use crate::config::Config;
use crate::domain::diagnosis::{Check, Fact, Status};
use crate::domain::language;
use crate::domain::locators::Found;
use crate::domain::outline::{RawPage, Reader, outline, pattern};
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
pub async fn look(
    global: &Global,
    start: Start<'_>,
    findings: &mut Findings<'_>,
    interrupts: &Interrupts,
) -> Option<Page> {
    findings.step("starting the browser");
    let began = Instant::now();
    let Start { config, known, programs, past, wants_page } = start;
    let headless = surroundings::is_headless(global, config);
    let layouts = known.layouts.clone();
    let opening = opened::open_with(global, config, headless, layouts, programs);
    let mut opened = match server::unless_interrupted(global, opening, interrupts).await {
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
    let done = tokio::select! {
        done = look.steps(&mut opened, findings) => done,
        () = interrupts.first() => {
            opened.abandon().await;
            return None;
        }
    };
    if let Err(blocker) = done {
        findings.skip_page(blocker);
    }
    findings.step("closing the browser");
    opened.close().await;
    look.page
}

/// A look at the open page.
pub struct Look<'a> {
    pub(super) global: &'a Global,
    pub(super) known: Known,
    config: &'a Config,
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
        self.list(opened, &layout, &language, findings).await?;
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
        findings.step("looking for a layout that fits");
        let fitted = opened.site.fitting_layout(crate::browser::walk::PAGE).await;
        let error = match fitted {
            Ok((layout, language)) => {
                let others = self.known.layouts.all.iter().map(|other| other.name.as_str());
                let others: Vec<&str> = others.filter(|other| *other != layout.name).collect();
                let rest = match others.as_slice() {
                    [] => String::new(),
                    [one] => format!("; {one} does not"),
                    several => format!("; {} don't", several.join(", ")),
                };
                findings.ok("layout", format!("{} fits{rest}", layout.name));
                return Ok((layout, language));
            }
            Err(error) if is_final(&error) => {
                return self.fail("layout", error, opened, findings).await;
            }
            Err(error) => error,
        };
        let found = match self.probe(opened).await {
            Ok(found) => found,
            Err(error) => return self.fail("layout", error, opened, findings).await,
        };
        let raw = probe::page(&mut opened.site.session).await.ok();
        if let (true, Some(raw)) = (self.wants_page, &raw) {
            self.page = Some(page(raw, opened).await);
        }
        findings.diagnosis.layouts.clone_from(&found);
        self.misfit(&error, &found, raw.as_ref(), opened, findings).await;
        Err("layout")
    }

    /// Reads the list, and then counts: only a list that was read is surely all there, or empty.
    async fn list(
        &mut self,
        opened: &mut Opened,
        layout: &Layout,
        language: &str,
        findings: &mut Findings<'_>,
    ) -> Result<(), Blocker> {
        findings.step("reading the list");
        let read = reading::read(opened, layout, language, &findings.line).await;
        let mut found = match self.probe(opened).await {
            Ok(found) => found,
            Err(error) => return self.fail("locators", error, opened, findings).await,
        };
        if self.wants_page
            && let Ok(raw) = probe::page(&mut opened.site.session).await
        {
            self.page = Some(page(&raw, opened).await);
        }
        if read.as_ref().is_ok_and(|scan| scan.complete && scan.invitations.is_empty()) {
            found.iter_mut().for_each(Found::of_empty_list);
        }
        findings.diagnosis.layouts.clone_from(&found);
        fitting(&layout.name, &found, self.global.verbose > 0, findings);
        match read {
            Ok(scan) => {
                reading::tell(&scan, language, findings);
                Ok(())
            }
            Err(error) => self.fail("reading", error, opened, findings).await,
        }
    }

    async fn probe(&self, opened: &mut Opened) -> Result<Vec<Found>, PageError> {
        let own = &self.known.own;
        let is_own = |name: &str| own.iter().any(|(own, _)| own == name);
        probe::probe(&mut opened.site.session, &self.known.layouts, is_own).await
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
}

/// The page as it may be sent.
async fn page(raw: &RawPage, opened: &mut Opened) -> Page {
    let state = opened.site.gate().await.ok();
    let said = state.as_ref().and_then(|state| language::bundled(&state.lang));
    Page {
        address: state.as_ref().map_or_else(String::new, |state| pattern(&state.url)),
        status: state.as_ref().map_or(0, |state| state.status),
        language: said.map(language::Language::code),
        outline: outline(raw, Reader::Anybody),
    }
}

/// Whether nothing more can be learnt from the page.
fn is_final(error: &PageError) -> bool {
    match error {
        PageError::SignedOut { .. }
        | PageError::OtherAccount { .. }
        | PageError::Checkpoint { .. }
        | PageError::RateLimited { .. }
        | PageError::Unreachable(_)
        | PageError::BrowserLost(_) => true,
        PageError::NotUnderstood(_)
        | PageError::WentAway { .. }
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
    Check { status: Status::Warning, ..reading::remarked(check, remarks) }
        .hint("reading works all the same; the addresses are in layouts/site.toml")
}
