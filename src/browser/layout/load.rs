//! The layouts that there are: the bundled ones, and the person's own from the config folder.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::browser::layout::{Layout, Selector, SiteSigns};

/// Everything that is known about the site's pages.
#[derive(Clone, Debug)]
pub struct Layouts {
    pub site: SiteSigns,
    pub all: Vec<Layout>,
    /// The person's own files, with their text.
    own: Vec<(String, String)>,
}

const SITE: &str = include_str!("../../../layouts/site.toml");
const BUNDLED: [(&str, &str); 3] = [
    ("2026.toml", include_str!("../../../layouts/2026.toml")),
    ("2025.toml", include_str!("../../../layouts/2025.toml")),
    ("2020.toml", include_str!("../../../layouts/2020.toml")),
];

impl Layouts {
    /// The bundled layouts, each replaced by a file in `folder` that has its file name or states its
    /// name; further files there are further layouts.
    ///
    /// # Errors
    /// A file cannot be read, or is not a layout: the sentence says which and where.
    pub fn load(folder: Option<&Path>) -> Result<Self, String> {
        let mut site = parse(SITE, "site.toml")?;
        let mut all: Vec<Layout> = Vec::new();
        let mut own: Vec<(String, String)> = Vec::new();
        let mut replaced: Vec<String> = Vec::new();
        for file in folder.map(own_files).transpose()?.unwrap_or_default() {
            let shown = file.display().to_string();
            let text = std::fs::read_to_string(&file)
                .map_err(|error| format!("cannot read the layout {shown}: {error}"))?;
            let file_name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if file_name == "site.toml" {
                site = parse(&text, &shown)?;
            } else {
                let layout: Layout = parse(&text, &shown)?;
                if let Some(at) = all.iter().position(|other| other.name == layout.name) {
                    let (name, other) = (&layout.name, &own_layouts(&own)[at]);
                    return Err(format!(
                        "the layouts {other} and {shown} both have the name {name:?}"
                    ));
                }
                replaced.push(file_name.to_owned());
                all.push(layout);
            }
            own.push((shown, text));
        }
        for (file_name, text) in BUNDLED {
            let layout: Layout = parse(text, file_name)?;
            let named = all.iter().any(|own| own.name == layout.name);
            if !named && !replaced.iter().any(|own| own == file_name) {
                all.push(layout);
            }
        }
        Ok(Self { site, all, own })
    }

    /// Every selector of the person's own files; the bundled ones are known to be right.
    pub fn own_selectors(&self) -> Vec<&Selector> {
        if self.own.is_empty() {
            return Vec::new();
        }
        let locators = self.all.iter().map(Layout::locators).chain([self.site.locators()]);
        let mut selectors: Vec<_> = locators.flatten().flat_map(|(_, ways)| ways).collect();
        selectors.sort();
        selectors.dedup();
        selectors
    }

    /// Where a selector stands in the person's own files: file and line.
    pub fn place_of(&self, selector: &str) -> Option<String> {
        self.own
            .iter()
            .find_map(|(file, text)| Some(format!("{file}, line {}", line_of(text, selector)?)))
    }
}

/// The files of the person's own layouts, in the order in which they were read.
fn own_layouts(own: &[(String, String)]) -> Vec<&str> {
    own.iter().map(|(file, _)| file.as_str()).filter(|file| !file.ends_with("site.toml")).collect()
}

/// The line of a file, from 1, on which a selector stands in its quotes.
fn line_of(text: &str, selector: &str) -> Option<usize> {
    let quoted = [format!("'{selector}'"), format!("\"{selector}\"")];
    let holds = |line: &str| quoted.iter().any(|one| line.contains(one));
    Some(text.lines().position(holds)? + 1)
}

fn own_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(folder)
        .map_err(|error| format!("cannot read the folder {}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    Ok(files)
}

fn parse<T: for<'a> Deserialize<'a>>(text: &str, file: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error: toml::de::Error| {
        // Of a selector in a list, only the list's first line is told.
        let said = error.message();
        let selector = said.strip_prefix('`').and_then(|rest| rest.split_once("` is not a CSS"));
        match selector.and_then(|(css, _)| line_of(text, css)) {
            Some(line) => format!("the layout {file} is not right: line {line}: {said}"),
            None => format!("the layout {file} is not right: {error}"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_layouts_are_right_and_each_has_its_files_name() {
        let layouts = Layouts::load(None).unwrap();
        for ((file, _), layout) in BUNDLED.iter().zip(&layouts.all) {
            assert_eq!(*file, format!("{}.toml", layout.name));
            assert!(layout.count.contains_key("people"), "{file}");
        }
        assert!(layouts.own_selectors().is_empty());
    }

    /// What a layout with one change to the bundled file is refused for.
    #[track_caller]
    fn check_refused(from: &str, to: &str, why: &str) {
        let text = BUNDLED[0].1;
        assert_eq!(text.matches(from).count(), 1, "{from}");
        let error = parse::<Layout>(&text.replace(from, to), "mine.toml").unwrap_err();
        assert!(error.contains("mine.toml") && error.contains(why), "{error}");
        let wanted = text.lines().position(|line| line.contains(from));
        assert!(error.contains(&format!("line {}", wanted.unwrap() + 1)), "{error}");
    }

    #[test]
    fn a_bad_layout_is_refused_with_file_line_and_reason() {
        check_refused("expander = ", "expandor = ", "unknown field `expandor`");
        check_refused(r#"profile = 'a[href*="/in/"]'"#, "profile = 'a[href'", "`]` is missing");
        check_refused(r#"  '[role="listitem"]',"#, r#"  '[role="listitem]',"#, "the closing \" is");
        check_refused("card = [", "card = []\nother = [", "this list is empty");
        check_refused("buttons = 3", "buttons = \"3\"", "invalid type: string");
        check_refused("buttons = 3", "buttons = 0", "nonzero");
        check_refused(r#"name = "2026""#, "name = ' '", "the name is empty");
        check_refused("no_headline = [\"--\"]", "no_headline = '--'", "invalid type: string");
    }

    #[test]
    fn a_layout_that_lacks_a_part_is_refused() {
        let error = parse::<Layout>("name = \"x\"\n", "mine.toml").unwrap_err();
        assert!(error.contains("missing field"), "{error}");
    }

    #[test]
    fn words_that_name_nobody_are_refused() {
        let text = BUNDLED[0].1.replacen("sent to {name}", "sent", 1);
        let error = parse::<Layout>(&text, "mine.toml").unwrap_err();
        assert!(error.contains("{name} once"), "{error}");
    }

    #[test]
    fn ones_own_file_takes_the_place_of_the_bundled_one_by_file_name_or_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let names = |layouts: &Layouts| {
            let mut names: Vec<_> = layouts.all.iter().map(|one| one.name.clone()).collect();
            names.sort();
            names.join(" ")
        };
        let write = |file: &str, text: &str| std::fs::write(folder.path().join(file), text);
        write("my.toml", BUNDLED[0].1).unwrap();
        let layouts = Layouts::load(Some(folder.path())).unwrap();
        assert_eq!(names(&layouts), "2020 2025 2026");
        assert!(!layouts.own_selectors().is_empty());

        write("2025.toml", &BUNDLED[1].1.replace("name = \"2025\"", "name = \"mine\"")).unwrap();
        assert_eq!(names(&Layouts::load(Some(folder.path())).unwrap()), "2020 2026 mine");

        write("other.toml", BUNDLED[0].1).unwrap();
        let error = Layouts::load(Some(folder.path())).unwrap_err();
        assert!(error.contains("my.toml") && error.contains("other.toml"), "{error}");
    }

    #[test]
    fn where_a_selector_stands_is_told() {
        let own = vec![("mine.toml".to_owned(), "a = 1\nb = 'p:x(y)'\n".to_owned())];
        let layouts = Layouts { own, ..Layouts::load(None).unwrap() };
        assert_eq!(layouts.place_of("p:x(y)").as_deref(), Some("mine.toml, line 2"));
        assert_eq!(layouts.place_of("q"), None);
    }
}
