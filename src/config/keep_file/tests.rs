//! What becomes of a person's own file.

use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;
use crate::config::EXAMPLE;

const ADA: (&str, &str) = ("https://www.linkedin.com/in/ada", "Ada Lovelace");
const BOB: (&str, &str) = ("https://www.linkedin.com/in/bob", "Bob");

/// Adds Ada to a file with this text.
fn with_ada(text: &str) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, text).unwrap();
    let added = keep_always(&path, &[ADA]);
    let now = fs::read_to_string(&path).unwrap();
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 1, "no other file is left behind");
    match added {
        Ok(_) => Ok(now),
        Err(error) => {
            assert_eq!(now, text, "an error changes nothing");
            Err(format!("{error} ({})", error.hint().unwrap_or_default()))
        }
    }
}

#[track_caller]
fn check(before: &str, after: &str) {
    assert_eq!(with_ada(before).as_deref(), Ok(after), "{before}");
}

#[test]
fn the_list_goes_on_in_its_own_layout() {
    let line = "\"https://www.linkedin.com/in/ada\", # Ada Lovelace";
    check("[keep]\nprofiles = []\n", &format!("[keep]\nprofiles = [\n    {line}\n]\n"));
    check(
        "[keep]\nprofiles = [ 'in/bob' ] # friends\nnames = []\n",
        &format!("[keep]\nprofiles = [ 'in/bob',\n    {line}\n] # friends\nnames = []\n"),
    );
    check(
        "[keep]\nprofiles = [\n  # mine\n  \"in/bob\", # Bob\n  # the end\n  ]\n",
        &format!(
            "[keep]\nprofiles = [\n  # mine\n  \"in/bob\", # Bob\n  # the end\n  {line}\n  ]\n"
        ),
    );
    check(
        "[keep]\nprofiles = [\n\t\"in/bob\" # no comma\n]\n",
        &format!("[keep]\nprofiles = [\n\t\"in/bob\", # no comma\n\t{line}\n]\n"),
    );
}

#[test]
fn a_file_without_the_list_gets_one() {
    let list = "profiles = [\n    \"https://www.linkedin.com/in/ada\", # Ada Lovelace\n]\n";
    let section = format!("{EXPLANATION}[keep]\n{list}");
    check("", &section);
    check("# mine", &format!("# mine\n\n{section}"));
    check("rule = []", &format!("rule = []\n\n{section}"));
    let rules = "[[rule]]\nany = [\"x\"]\n[pace]\n[[rule]]\nany = [\"y\"]\n\n# the end\n";
    check(rules, &format!("{rules}\n{section}"));
    check(
        "[keep]\nnames = [\"Bob\"]\n\n[pace]\n",
        &format!("[keep]\nnames = [\"Bob\"]\n{list}\n[pace]\n"),
    );
    check(
        "keep.names = [\"Bob\"]\n[pace]\n",
        &format!("keep.names = [\"Bob\"]\nkeep.{list}[pace]\n"),
    );
}

#[test]
fn nothing_else_of_the_example_changes() {
    let line = "    \"https://www.linkedin.com/in/ada\", # Ada Lovelace\n";
    let after = with_ada(EXAMPLE).unwrap();
    assert_eq!(after.replace(&format!("[\n{line}]"), "[]"), EXAMPLE);
}

#[test]
fn other_forms_of_a_file_stay_what_they_are() {
    let windows = with_ada("\u{feff}[keep]\r\nnames = [] # nobody\r\n").unwrap();
    assert!(windows.starts_with("\u{feff}[keep]\r\nnames = [] # nobody\r\nprofiles = [\r\n"));
    assert_eq!(windows.matches('\n').count(), windows.matches("\r\n").count());
    let inline = with_ada("keep = { names = [\"Bob\"] }").unwrap();
    assert!(inline.starts_with("keep = { names = [\"Bob\"] , profiles = ["), "{inline}");
}

#[test]
fn whoever_is_on_the_list_is_not_added_again() {
    for before in ["in/Ada", "linkedin.com/in/ada/", "https://de.linkedin.com/in/ada?trk=x"] {
        let text = format!("[keep]\nprofiles=[\"{before}\"]");
        check(&text, &text);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    let twice = ("https://www.linkedin.com/in/ADA/", "Ada");
    assert_eq!(keep_always(&path, &[ADA, twice, BOB]), Ok(2));
    assert_eq!(keep_always(&path, &[BOB, ADA]), Ok(0));
    assert_eq!(keep_always(&path, &[]), Ok(0));
}

#[test]
fn a_name_is_only_a_comment() {
    let check = |name: &str, expected: &str| assert_eq!(comment(name), expected);
    check("Ada\n[[rule]]\r\u{1b}[2J\u{0}\u{7f}", " # Ada [[rule]] �[2J�");
    check("דנה\u{202e} כהן", " # דנה� כהן");
    check(" \n", "");
    assert!(comment(&"x".repeat(10_000)).len() < 100);
}

#[test]
fn an_address_is_only_an_entry() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    let odd = ["/in/a\"b, é?x=\n#y", "/in/c\\d\u{1b}?\n"];
    let odd = odd.map(|path| format!("https://www.linkedin.com{path}"));
    let people = odd.each_ref().map(|url| (url.as_str(), ""));
    assert_eq!(keep_always(&path, &people[..1]), Ok(1));
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.ends_with("    \"https://www.linkedin.com/in/a%22b,%20%C3%A9\",\n]\n"), "{text}");
    assert!(keep_always(&path, &people).is_err(), "a control character names nobody");
    assert_eq!(keep_always(&path, &[("https://www.linkedin.com/in/c\\d", "")]), Ok(1));
    let text = fs::read_to_string(&path).unwrap();
    let error = keep_always(&path, &[ADA, ("javascript:alert(1)", "Eve")]).unwrap_err();
    assert!(error.to_string().ends_with("\"javascript:alert(1)\" is not the address of a profile"));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_file_that_is_not_understood_is_left_alone() {
    assert!(with_ada("[keep]\nprofile = []").unwrap_err().contains("did you mean `profiles`?"));
    assert!(with_ada("[keep").unwrap_err().contains("config.toml:1:6"));
}

#[test]
fn the_pace_of_a_practice_config_is_no_obstacle() {
    assert!(with_ada("[pace]\nbetween = \"0s..0s\"\n").is_ok());
}

#[test]
fn file_and_folders_are_created_for_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/rescind/config.toml");
    assert_eq!(keep_always(&path, &[ADA]), Ok(1));
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!([mode(&path), mode(path.parent().unwrap())], [0o600, 0o700]);
    assert_eq!(Config::load(Some(&path)).unwrap().rules.keep.profiles.len(), 1);
}

#[test]
fn a_link_stays_and_its_target_is_written_with_its_mode() {
    let folder = tempfile::tempdir().unwrap();
    let [real, link] = ["real.toml", "link.toml"].map(|name| folder.path().join(name));
    fs::write(&real, "").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.toml", &link).unwrap();
    assert_eq!(keep_always(&link, &[ADA]), Ok(1));
    assert!(link.is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("in/ada"));
    assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    let nowhere = folder.path().join("nowhere.toml");
    symlink("nothing.toml", &nowhere).unwrap();
    assert!(keep_always(&nowhere, &[ADA]).unwrap_err().to_string().contains("no such file"));
}

#[test]
fn what_cannot_be_written_is_said_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let error = keep_always(&path, &[ADA, BOB]).unwrap_err();
    let shown = error.to_string();
    assert!(
        shown.ends_with("cannot be changed, and is as it was: it is write-protected"),
        "{shown}"
    );
    let hint = "to keep them, add to the profiles in [keep] yourself: \
                \"https://www.linkedin.com/in/ada\", \"https://www.linkedin.com/in/bob\"";
    assert_eq!(error.hint(), Some(hint));
    let below_a_file = path.join("config.toml");
    assert!(keep_always(&below_a_file, &[ADA]).is_err());
    assert!(keep_always(folder.path(), &[ADA]).unwrap_err().to_string().contains("is a directory"));
}
