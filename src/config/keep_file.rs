//! People whom the person wants to keep always, written into their config.
//!
//! The file is theirs: its comments and layout stay, and what it says afterwards is what it said
//! before and these people, or it is not replaced.

use std::fs::{self, DirBuilder, File, Metadata};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, fchown};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use toml_edit::{Array, Decor, DocumentMut, Item, RawString, Table, Value};
use url::Url;

use super::{Config, ConfigError, Site, load};
use crate::domain::invitation::Key;
use crate::domain::safe_text;

/// Above a section that is new.
const EXPLANATION: &str = "# Who is never withdrawn, whatever the rules say.\n";
const WIDEST_NAME: usize = 60;
const INDENT: &str = "    ";
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Somebody who is not on the list yet.
struct Entry {
    key: Key,
    address: String,
    /// Behind the address, for whoever reads the file.
    comment: String,
}

/// Adds people, each a profile's address and a name, to `[keep] profiles` of the config file.
/// Returns how many were not on the list yet; without any, nothing is written. A file that isn't
/// there is created, a link is followed.
///
/// # Errors
/// The file cannot be read, understood or written, or an address is not one of a profile. Then the
/// file is as it was.
pub fn keep_always(path: &Path, people: &[(&str, &str)]) -> Result<usize, ConfigError> {
    let file = path.display().to_string();
    let target = target(path)?;
    let found = fs::metadata(&target).ok();
    let text = if found.is_some() { load::read(&target)? } else { String::new() };
    let mut config = parse(&text, &file)?;
    let entries = missing(&config, people).map_err(|why| ConfigError::of_file(&file, why))?;
    if entries.is_empty() {
        return Ok(0);
    }
    config.rules.keep.profiles.extend(entries.iter().map(|entry| entry.key.clone()));
    let failed = |why: String| {
        let message = format!("cannot be changed, and is as it was: {why}");
        ConfigError::of_file(&file, message).with_hint(by_hand(&entries))
    };
    let new = with_entries(&text, &entries).map_err(failed)?;
    let written =
        write(&target, found.as_ref(), &new).map_err(|error| failed(error.to_string()))?;
    let read = parse(&load::read(written.path())?, &file)?;
    if read != config {
        return Err(failed("it would say something else than before".to_owned()));
    }
    replace(written, &target).map_err(|error| failed(error.to_string()))?;
    Ok(entries.len())
}

/// What a config says, whatever site it is for: the pace is not this file's matter.
fn parse(text: &str, file: &str) -> Result<Config, ConfigError> {
    Config::parse_for(Some(&Site::Mock(String::new())), text, file)
}

/// The file itself, where the path leads to it over links.
pub(super) fn target(path: &Path) -> Result<PathBuf, ConfigError> {
    let nothing = path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound);
    let found = if nothing { std::path::absolute(path) } else { path.canonicalize() };
    found.map_err(|error| load::unreadable(path, &error))
}

fn missing(config: &Config, people: &[(&str, &str)]) -> Result<Vec<Entry>, String> {
    let mut entries: Vec<Entry> = Vec::new();
    for (url, name) in people {
        let key = Key::from_profile(url)
            .ok_or_else(|| format!("\"{url}\" is not the address of a profile"))?;
        let is_new = entries.iter().all(|entry| entry.key != key);
        if is_new && !config.rules.keep.profiles.contains(&key) {
            entries.push(Entry { address: address(url, &key), comment: comment(name), key });
        }
    }
    Ok(entries)
}

/// The address without what doesn't belong to the profile, unless it would name another one then.
fn address(url: &str, key: &Key) -> String {
    let bare = |url: Url| format!("{}{}", url.origin().ascii_serialization(), url.path());
    let bare = Url::parse(url).ok().map(bare);
    bare.filter(|bare| Key::from_profile(bare).as_ref() == Some(key))
        .unwrap_or_else(|| url.to_owned())
}

fn comment(name: &str) -> String {
    let name = safe_text::cut(name, WIDEST_NAME);
    // Nothing stands behind it that it could turn.
    let name = name.trim_matches(['\u{2068}', '\u{2069}']);
    if name.is_empty() { String::new() } else { format!(" # {name}") }
}

fn by_hand(entries: &[Entry]) -> String {
    let addresses: Vec<_> = entries.iter().map(|entry| format!("{:?}", entry.address)).collect();
    format!("to keep them, add to the profiles in [keep] yourself: {}", addresses.join(", "))
}

/// The text with the entries added.
fn with_entries(text: &str, entries: &[Entry]) -> Result<String, String> {
    let (mark, bare) = match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(bare) => (BYTE_ORDER_MARK, bare),
        None => ("", text),
    };
    let parsed = bare.parse::<DocumentMut>();
    let mut document = parsed.map_err(|error| error.message().to_owned())?;
    let list = profiles(&mut document).ok_or("[keep] has another form than expected")?;
    append(list, entries);
    let mut new = document.to_string();
    if bare.contains("\r\n") {
        new = new.replace('\n', "\r\n");
    }
    Ok(format!("{mark}{new}"))
}

/// The list of profiles, which is made where there is none.
fn profiles(document: &mut DocumentMut) -> Option<&mut Array> {
    if !document.contains_key("keep") {
        // Comments at the end of the file belong to what is above them.
        let mut above = plain(Some(document.trailing()));
        if !(above.is_empty() || above.ends_with('\n')) {
            above.push('\n');
        }
        if !(above.is_empty() && document.is_empty()) {
            above.push('\n');
        }
        document.set_trailing("");
        let mut section = Table::new();
        section.decor_mut().set_prefix(above + EXPLANATION);
        section.set_position(Some(isize::MAX));
        document.insert("keep", Item::Table(section));
    }
    let keep = document.get_mut("keep")?.as_table_like_mut()?;
    let empty = Item::Value(Value::Array(Array::new()));
    keep.entry("profiles").or_insert(empty).as_array_mut()
}

/// Each entry on a line of its own, with its comment behind it.
fn append(list: &mut Array, entries: &[Entry]) {
    let tail = take_tail(list);
    let closing = after_last_newline(&tail).unwrap_or_default();
    let last = list.iter().last().map(|value| plain(value.decor().prefix()));
    let indent = last.as_deref().and_then(after_last_newline).unwrap_or(INDENT);
    let mut before = tail.trim_end();
    for entry in entries {
        let decor = Decor::new(format!("{before}\n{indent}"), "");
        let mut value = Value::from(entry.address.as_str());
        *value.decor_mut() = decor;
        list.push_formatted(value);
        before = &entry.comment;
    }
    list.set_trailing(format!("{before}\n{closing}"));
    list.set_trailing_comma(true);
}

/// Takes out what stands between the last entry, with its comma, and the bracket.
fn take_tail(list: &mut Array) -> String {
    let mut tail = plain(Some(list.trailing()));
    let last = list.len().checked_sub(1).and_then(|last| list.get_mut(last));
    if let Some(value) = last {
        tail.insert_str(0, &plain(value.decor().suffix()));
        value.decor_mut().set_suffix("");
    }
    tail
}

fn plain(raw: Option<&RawString>) -> String {
    raw.and_then(RawString::as_str).unwrap_or_default().to_owned()
}

fn after_last_newline(text: &str) -> Option<&str> {
    text.rsplit_once('\n').map(|(_, after)| after)
}

/// Writes the text beside the file, with the mode and the owner of the one that was found.
pub(super) fn write(
    target: &Path,
    found: Option<&Metadata>,
    text: &str,
) -> io::Result<NamedTempFile> {
    if found.is_some_and(|found| found.permissions().readonly()) {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "it is write-protected"));
    }
    let folder = folder(target);
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut written = tempfile::Builder::new().prefix(".config-").tempfile_in(folder)?;
    written.write_all(text.as_bytes())?;
    if let Some(found) = found {
        let new = written.as_file().metadata()?;
        if (new.uid(), new.gid()) != (found.uid(), found.gid()) {
            fchown(written.as_file(), Some(found.uid()), Some(found.gid()))?;
        }
        written.as_file().set_permissions(found.permissions())?;
    }
    written.as_file().sync_all()?;
    Ok(written)
}

pub(super) fn replace(written: NamedTempFile, target: &Path) -> io::Result<()> {
    written.persist(target)?;
    File::open(folder(target))?.sync_all()
}

pub(super) fn folder(target: &Path) -> &Path {
    target.parent().unwrap_or(target)
}

#[cfg(test)]
mod tests;
