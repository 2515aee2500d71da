//! No layout fits the page: what each of them lacks, and what helps a person to mend one.

use std::cmp::Reverse;

use super::findings::Findings;
use super::page::Look;
use crate::browser::error::PageError;
use crate::browser::layout::Layout;
use crate::browser::probe::SITE;
use crate::commands::opened::{self, Opened};
use crate::commands::traces;
use crate::domain::locators::Found;
use crate::domain::outline::{RawPage, Reader, outline};
use crate::exit::Failure;

impl Look<'_> {
    /// No layout fits, or more than one: what each finds, the nearest first.
    pub(super) async fn misfit(
        &self,
        error: &PageError,
        found: &[Found],
        raw: Option<&RawPage>,
        opened: &mut Opened,
        findings: &mut Findings<'_>,
    ) {
        let mut layouts: Vec<&Found> = found.iter().filter(|one| one.layout != SITE).collect();
        layouts.sort_by_key(|one| Reverse((one.fits, one.nearness().0)));
        let failure = opened::page_failure(error);
        let mut steps = match layouts.as_slice() {
            [first, second, ..] if first.fits && second.fits => {
                vec!["make [fits] of one of them say what only its page has".to_owned()]
            }
            [nearest, ..] => self.beginning(nearest),
            [] => Vec::new(),
        };
        steps.extend(self.kept(raw, opened).await);
        let failure = Failure::new(failure.exit, &failure.sentence);
        findings.problem("layout", &failure.hint(steps.join("\n")));
        for one in layouts {
            let (held, all) = one.nearness();
            let title = format!("layout {}: {held} of {all} fields found", one.layout);
            findings.show_locators(one, &title);
        }
        findings.skip("locators", "counted above, for each layout");
    }

    /// Where to begin.
    fn beginning(&self, nearest: &Found) -> Vec<String> {
        let name = &nearest.layout;
        let own = self.known.own.iter().find(|(own, _)| own == name);
        let layout = self.known.layouts.all.iter().find(|layout| layout.name == *name);
        let first = match (own, layout, opened::layouts_folder(self.global)) {
            (Some((_, file)), _, _) => format!("the nearest is yours: open {}", file.display()),
            (None, Some(layout), Some(folder)) => {
                let place = folder.join(format!("{name}.toml"));
                let copy = self.copied(layout).unwrap_or_else(|| format!("layouts/{name}.toml"));
                format!("the nearest is {name}: copy {copy} to {}", place.display())
            }
            _ => return Vec::new(),
        };
        vec![
            first,
            "change there what is marked ✗ below, and run rescind doctor again: \
             layouts/README.md shows how"
                .to_owned(),
        ]
    }

    /// A copy of a bundled layout, for who has only the program.
    fn copied(&self, layout: &Layout) -> Option<String> {
        let text = toml::to_string(layout).ok()?;
        let kept = traces::keep_file(self.global, &layout.name, "toml", text.as_bytes())?;
        Some(kept.display().to_string())
    }

    /// What is kept of the page to look at.
    async fn kept(&self, raw: Option<&RawPage>, opened: &mut Opened) -> Vec<String> {
        let structure = raw.and_then(|raw| {
            let lines = outline(raw, Reader::Person).join("\n") + "\n";
            traces::keep_file(self.global, "page", "txt", lines.as_bytes())
        });
        let picture = opened.site.session.screenshot().await.ok();
        let picture =
            picture.and_then(|bytes| traces::keep_file(self.global, "page", "png", &bytes));
        [("the page's structure", structure), ("a picture of it", picture)]
            .into_iter()
            .filter_map(|(what, path)| Some(format!("{what}: {}", path?.display())))
            .collect()
    }
}
