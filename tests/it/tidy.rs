//! The house keeps its shape: who may depend on whom, and how long a file may be.

use std::path::{Path, PathBuf};

const ROOMS: [(&str, &[&str]); 8] = [
    ("domain", &["domain"]),
    ("browser", &["browser", "domain"]),
    ("archive", &["archive", "domain"]),
    ("journal", &["journal", "domain", "folders"]),
    ("traces", &["traces", "domain", "folders"]),
    ("report", &["report", "domain"]),
    ("terminal", &["terminal", "domain", "cli", "exit"]),
    ("config", &["config", "domain"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

fn all() -> Vec<PathBuf> {
    let mut found = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

#[test]
fn rooms_use_only_what_they_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in all() {
        let inside = file.strip_prefix(&root).unwrap();
        let room = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else { continue };
        for (number, line) in std::fs::read_to_string(&file).unwrap().lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let name: String =
                    used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                assert!(
                    allowed.contains(&name.as_str()),
                    "{}:{}: {room} may not use {name}",
                    inside.display(),
                    number + 1
                );
            }
        }
    }
}

#[test]
fn files_are_short_and_say_why_they_exist() {
    for file in all() {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.lines().count() <= 400, "{} is too long", file.display());
        assert!(text.starts_with("//!"), "{} does not say why it exists", file.display());
    }
}

#[test]
fn links_between_the_pages_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["", "docs", "layouts", "languages", "mock-site"].map(|folder| root.join(folder));
    let pages = folders.iter().flat_map(|folder| std::fs::read_dir(folder).unwrap().flatten());
    let pages = pages.map(|entry| entry.path());
    let mut followed = 0;
    for page in pages.filter(|path| path.extension().is_some_and(|end| end == "md")) {
        let text = std::fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap();
            if link.contains("://") || file.is_empty() {
                continue;
            }
            let leads = page.parent().unwrap().join(file).exists();
            assert!(leads, "{}: {link} leads nowhere", page.display());
            followed += 1;
        }
    }
    assert!(followed > 15, "{followed}");
}
