//! The practice site's files, embedded, so that the program needs none beside it.

pub(super) const HTML: &str = "text/html; charset=utf-8";

/// The embedded file for a path. Only names of the table can come out, so no path leads elsewhere.
pub(super) fn find_file(path: &str) -> Option<(&'static str, &'static [u8])> {
    let bare = path.trim_matches('/');
    let page = if bare.is_empty() { "index.html".to_owned() } else { format!("{bare}/index.html") };
    // Profiles and challenges that have no page of their own share one.
    let shared = match bare.split('/').next() {
        Some("in") => "in/alex-example/index.html",
        Some("checkpoint") => "checkpoint/challenge/x/index.html",
        _ => bare,
    };
    [bare, &page, shared]
        .into_iter()
        .find_map(|wanted| FILES.iter().find(|(name, _)| *name == wanted))
        .copied()
}

/// The content of a file that is known to exist.
#[cfg(test)]
pub(super) fn content_of(name: &str) -> &'static [u8] {
    find_file(name).map_or(&[], |(_, content)| content)
}

/// The generations of the site that can be practised on.
pub(super) fn layouts() -> impl Iterator<Item = &'static str> {
    FILES.iter().filter_map(|(name, _)| name.strip_suffix("/layout.js"))
}

/// The languages that the practice site speaks.
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    FILES.iter().filter_map(|(name, _)| name.strip_prefix("shared/lang/")?.strip_suffix(".json"))
}

/// Everything that the pages run.
#[cfg(test)]
pub(super) fn scripts() -> impl Iterator<Item = &'static [u8]> {
    FILES.iter().filter(|(name, _)| name.ends_with(".js")).map(|(_, content)| *content)
}

pub(super) fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => HTML,
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

macro_rules! embedded {
    ($($path:literal,)*) => {
        &[$(($path, include_bytes!(concat!("../../mock-site/", $path)))),*]
    };
}

/// Every file of the site; a test fails when one is missing.
#[rustfmt::skip]
static FILES: &[(&str, &[u8])] = embedded![
    "2020/dialog.js", "2020/disguise.js", "2020/layout.js", "2020/look.css", "2020/pages.js",
    "2020/row.js", "2020/sent.js", "2020/shell.js", "2025/dialog.js", "2025/layout.js",
    "2025/pages.js", "2025/row.js", "2025/sent.js", "2026/dialog.js", "2026/disguise.js",
    "2026/layout.js", "2026/look.css", "2026/pages.js", "2026/profile.js", "2026/row.js",
    "2026/sent.js", "2026/shell.js", "404/index.html", "authwall/index.html",
    "checkpoint/challenge/x/index.html", "feed/index.html", "in/alex-example/index.html",
    "in/blake-example/index.html", "in/casey-example/index.html", "in/me/index.html", "index.html",
    "login/index.html", "me/index.html",
    "mynetwork/grow/index.html", "mynetwork/index.html", "mynetwork/invitation-manager/index.html",
    "mynetwork/invitation-manager/received/index.html",
    "mynetwork/invitation-manager/sent/CONNECTION/index.html",
    "mynetwork/invitation-manager/sent/CONTENT_SERIES/index.html",
    "mynetwork/invitation-manager/sent/EVENT/index.html",
    "mynetwork/invitation-manager/sent/ORGANIZATION/index.html",
    "mynetwork/invitation-manager/sent/index.html", "shared/ages.js", "shared/boot.js",
    "shared/cards.js", "shared/cast.js", "shared/console.js", "shared/dom.js", "shared/hostile.js",
    "shared/lang/ar.json", "shared/lang/de.json", "shared/lang/en.json", "shared/lang/es.json",
    "shared/lang/fr.json", "shared/lang/he.json", "shared/lang/it.json", "shared/lang/ja.json",
    "shared/lang/ko.json", "shared/lang/nl.json", "shared/lang/pl.json", "shared/lang/pt.json",
    "shared/lang/tr.json", "shared/lang/zh.json",
    "shared/layouts.js", "shared/list.js", "shared/look.css", "shared/names.js", "shared/paging.js",
    "shared/people.js",
    "shared/pills.js", "shared/plain.js", "shared/random.js", "shared/routes.js", "shared/sent-page.js",
    "shared/session.js", "shared/store.js", "shared/switches.js", "shared/texts.js",
    "shared/withdraw.js", "uas/login/index.html",
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_of_the_site_is_embedded() {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/mock-site"));
        let mut open = vec![root.to_path_buf()];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                    continue;
                }
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                let embedded = FILES.iter().any(|(known, _)| *known == name);
                assert!(embedded || name == "README.md", "{name} is not in FILES");
            }
        }
    }

    #[test]
    fn every_language_has_every_text_and_names_the_guessed_ones() {
        let tables = FILES.iter().filter(|(path, _)| path.starts_with("shared/lang/"));
        let tables: Vec<(&str, serde_json::Value)> =
            tables.map(|(path, text)| (*path, serde_json::from_slice(text).unwrap())).collect();
        assert!(tables.len() >= 14);
        let keys = |table: &serde_json::Value| -> Vec<String> {
            let keys = table.as_object().unwrap().keys().filter(|key| *key != "numbers");
            keys.cloned().collect()
        };
        let (_, english) = tables.iter().find(|(path, _)| path.ends_with("en.json")).unwrap();
        for (path, table) in &tables {
            assert_eq!(keys(table), keys(english), "{path}");
            for name in table["guessed"].as_array().unwrap() {
                assert!(table[name.as_str().unwrap()] != serde_json::Value::Null, "{path} {name}");
            }
        }
    }

    #[test]
    fn no_path_leads_out_of_the_site() {
        for path in ["/../Cargo.toml", "/..%2fCargo.toml", "//etc/passwd", "/shared/../../x"] {
            assert!(find_file(path).is_none(), "{path}");
        }
    }

    #[test]
    fn a_tab_address_without_its_slash_is_the_same_page() {
        assert!(find_file("/mynetwork/invitation-manager/sent").is_some());
        assert_eq!(find_file("/in/somebody-else/").unwrap().0, "in/alex-example/index.html");
    }
}
