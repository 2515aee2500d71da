//! Files and zips, honest and hostile ones, and what is said of them.

use std::io::Write;
use std::path::PathBuf;

use rawzip::{CompressionMethod, ZipArchiveWriter};
use tempfile::TempDir;

use super::*;
use crate::domain::archive::Connected;

const TABLE: &str = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n\
    Me,Robin,\"9/5/26, 1:12 AM\",,OUTGOING,https://www.linkedin.com/in/me,\
    https://www.linkedin.com/in/robin\n";
const PEOPLE: &str = "First Name,Last Name,URL,Connected On\nZoë,E,https://www.linkedin.com/in/zoe,\
    22 Jan 2026\n";

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// What is said of a file of these bytes, without the folder's name.
    #[track_caller]
    fn said(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let error = read(&self.file(name, bytes)).unwrap_err();
        assert!(!error.is_of_disk && !error.hint.is_empty());
        error.to_string().replace(&format!("{}/", self.0.path().display()), "")
    }
}

/// A zip of these entries, deflated; a name that ends with `!` is stored.
fn zip(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (name, text) in entries {
        let stored = name.strip_suffix('!');
        let method =
            if stored.is_some() { CompressionMethod::STORE } else { CompressionMethod::DEFLATE };
        let builder = archive.new_file(stored.unwrap_or(name)).compression_method(method);
        let (mut entry, config) = builder.start().unwrap();
        let descriptor = if stored.is_some() {
            let mut writer = config.wrap(&mut entry);
            writer.write_all(text.as_bytes()).unwrap();
            writer.finish().unwrap().1
        } else {
            let usual = flate2::Compression::default();
            let mut writer = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, usual));
            writer.write_all(text.as_bytes()).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            descriptor
        };
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

/// The bytes with a change behind the last place where this stands.
fn changed(mut bytes: Vec<u8>, signature: &[u8], offset: usize, to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(signature.len()).rposition(|window| window == signature).unwrap();
    bytes[at + offset..at + offset + to.len()].copy_from_slice(to);
    bytes
}

/// Where the central directory says what an entry is.
const HEADER: &[u8] = b"PK\x01\x02";
const FLAGS: usize = 8;
const METHOD: usize = 10;
const SUM: usize = 16;
const WHOLE: usize = 24;
const END: &[u8] = b"PK\x05\x06";

#[test]
fn a_zip_and_the_table_in_it_say_the_same() {
    let folder = Folder::new();
    let table = read(&folder.file("Invitations.csv", TABLE)).unwrap();
    assert_eq!(table.sent.len(), 1);
    assert_eq!(table.connected, Connected::Unknown("there is no Connections.csv".into()));
    for entries in [
        [("Invitations.csv", TABLE), ("Profile.csv", "x")],
        [("Invitations.csv!", TABLE), ("__MACOSX/._Invitations.csv", "\0")],
        [("Complete/INVITATIONS.CSV", TABLE), ("old Invitations.csv", "x")],
    ] {
        let zipped = read(&folder.file("any.zip", zip(&entries))).unwrap();
        assert_eq!(zipped, table, "{entries:?}");
    }
}

#[test]
fn a_path_in_the_zip_is_only_a_name() {
    let folder = Folder::new();
    let table = read(&folder.file("Invitations.csv", TABLE)).unwrap();
    for path in
        ["../../../Invitations.csv", "/etc/xxx/Invitations.csv", "..\\C:\\xx\\Invitations.csv"]
    {
        let mut bytes = zip(&[("aa/bb/cc/Invitations.csv", TABLE)]);
        for _ in 0..2 {
            bytes = changed(bytes, b"aa/bb/cc/", 0, path.as_bytes().get(..9).unwrap());
        }
        assert_eq!(read(&folder.file("any.zip", bytes)).unwrap(), table, "{path}");
    }
    let there = std::fs::read_dir(folder.0.path()).unwrap().count();
    assert_eq!(there, 2, "nothing was unpacked");
}

#[test]
fn connections_are_found_in_the_zip_and_beside_the_table() {
    let folder = Folder::new();
    let both = zip(&[("Connections.csv", PEOPLE), ("Invitations.csv", TABLE)]);
    let zipped = read(&folder.file("any.zip", both)).unwrap();
    assert!(matches!(&zipped.connected, Connected::Known(people) if people.len() == 1));
    folder.file("Connections.csv", PEOPLE);
    assert_eq!(read(&folder.file("Invitations.csv", TABLE)).unwrap(), zipped);
    let other = read(&folder.file("copy.csv", TABLE)).unwrap();
    assert!(matches!(other.connected, Connected::Unknown(_)));
}

#[test]
fn the_day_of_the_archive_is_that_of_its_name() {
    let day = |name: &str| named_day(Path::new(name)).map(|day| day.to_string());
    let expected = Some("2026-11-20".to_owned());
    assert_eq!(day("/x/Basic_LinkedInDataExport_11-20-2026.zip"), expected);
    assert_eq!(day("Complete_LinkedInDataExport_11-20-2026.zip (1).zip"), expected);
    for name in ["any.zip", "Basic_LinkedInDataExport_", "Basic_LinkedInDataExport_20-11-2026.zip"]
    {
        assert_eq!(day(name), None);
    }
}

#[test]
fn u_what_is_no_file_is_said() {
    let folder = Folder::new();
    let missing = read(&folder.0.path().join("no.zip")).unwrap_err();
    assert!(missing.to_string().ends_with("no.zip: No such file or directory (os error 2)"));
    assert!(!missing.is_of_disk);
    let itself = read(folder.0.path()).unwrap_err();
    assert!(itself.to_string().ends_with("is a folder"), "{itself}");
    assert_eq!(folder.said("empty.zip", ""), "empty.zip is empty");
    let device = read(Path::new("/dev/null")).unwrap_err();
    assert_eq!(device.to_string(), "/dev/null is not a regular file");
}

#[test]
fn a_file_that_is_huge_is_refused_before_it_is_read() {
    let folder = Folder::new();
    let path = folder.file("Invitations.csv", TABLE);
    std::fs::File::options().write(true).open(&path).unwrap().set_len(1 << 30).unwrap();
    let error = read(&path).unwrap_err();
    assert!(error.to_string().ends_with("is over 64 MiB, which no table of invitations needs"));
}

#[test]
fn a_zip_without_the_table_says_what_it_has() {
    let folder = Folder::new();
    assert_eq!(
        folder.said("x.zip", zip(&[("inner.zip", "PK"), ("A\u{1b}[2J.csv", "")])),
        "x.zip has no Invitations.csv in it, but \"inner.zip\", \"A\u{fffd}[2J.csv\""
    );
    assert_eq!(
        folder.said("x.zip", zip(&[])),
        "x.zip has no Invitations.csv in it, nor anything else"
    );
}

#[test]
fn of_two_tables_none_is_guessed() {
    let entries = [("a/Invitations.csv", TABLE), ("Invitations.csv", TABLE)];
    let words = "x.zip has \"a/Invitations.csv\" and \"Invitations.csv\", and which one is meant \
        can't be told";
    assert_eq!(Folder::new().said("x.zip", zip(&entries)), words);
    let same = [("Invitations.csv", TABLE), ("Invitations.csv", "other")];
    let words = "x.zip has \"Invitations.csv\" and \"Invitations.csv\", and which one is meant";
    assert!(Folder::new().said("x.zip", zip(&same)).starts_with(words));
}

#[test]
fn a_damaged_zip_is_told_from_a_cut_one() {
    let folder = Folder::new();
    let whole = zip(&[("Invitations.csv", TABLE)]);
    let half = &whole[..whole.len() / 2];
    assert_eq!(folder.said("x.zip", half), "x.zip is cut off: the end of the zip is missing");
    let sum = changed(whole.clone(), HEADER, SUM, &[1, 2, 3, 4]);
    let words = "x.zip: Invitations.csv is damaged: Invalid checksum";
    assert!(folder.said("x.zip", sum).starts_with(words));
    let longer = changed(whole.clone(), HEADER, WHOLE, &[255, 255, 0, 0]);
    let words = "x.zip: Invitations.csv is damaged: Invalid size";
    assert!(folder.said("x.zip", longer).starts_with(words));
    let shorter = changed(whole.clone(), HEADER, WHOLE, &[1, 0, 0, 0]);
    assert!(folder.said("x.zip", shorter).starts_with(words));
    let mut stream = whole.clone();
    stream[46] ^= 0xff;
    assert!(folder.said("x.zip", stream).starts_with("x.zip: Invitations.csv is damaged: "));
    let count = changed(whole, END, 8, &[2, 0, 2, 0]);
    let words = "x.zip is damaged: 2 entries are declared, 1 are there";
    assert_eq!(folder.said("x.zip", count), words);
}

#[test]
fn what_can_not_be_unpacked_is_said() {
    let folder = Folder::new();
    let whole = zip(&[("Invitations.csv", TABLE)]);
    let locked = changed(whole.clone(), HEADER, FLAGS, &[1]);
    let words = "x.zip: Invitations.csv is encrypted, and LinkedIn's exports are not";
    assert_eq!(folder.said("x.zip", locked), words);
    let other = changed(whole, HEADER, METHOD, &[14, 0]);
    let words = "x.zip: Invitations.csv is packed in a way that rescind does not read (14)";
    assert!(folder.said("x.zip", other).starts_with(&words[..60]));
}

#[test]
fn a_zip_bomb_is_not_unpacked() {
    let folder = Folder::new();
    let flood = " ".repeat(2 << 20);
    let words = folder.said("x.zip", zip(&[("Invitations.csv", &flood)]));
    assert!(words.contains("times its size, as no honest table does"), "{words}");
    // Declared to be harmless, it ends where its declaration ends.
    let small = changed(zip(&[("Invitations.csv", &flood)]), HEADER, WHOLE, &[9, 0, 0, 0]);
    assert!(folder.said("x.zip", small).contains("is damaged: Invalid size: expected 9"));
    let huge = changed(zip(&[("Invitations.csv", "x")]), HEADER, WHOLE, &[0, 0, 0, 16]);
    let words = "x.zip: Invitations.csv is over 64 MiB, which no table of invitations needs";
    assert_eq!(folder.said("x.zip", huge), words);
    let many = changed(zip(&[("Invitations.csv", "x")]), END, 8, &[0xff, 0xf0, 0xff, 0xf0]);
    let words = "x.zip has over 20000 entries, more than an export of LinkedIn's";
    assert_eq!(folder.said("x.zip", many), words);
}

#[test]
fn an_honest_table_is_no_bomb_even_when_all_notes_are_the_same() {
    let folder = Folder::new();
    let row = |i: usize| {
        format!(
            "Me,Person {i},\"9/5/26, 1:{:02} AM\",\"{}\",OUTGOING,https://www.linkedin.com/in/me,\
             https://www.linkedin.com/in/person-{i}\n",
            i % 60,
            "I would like to add you to my professional network. ".repeat(5)
        )
    };
    let header = TABLE.lines().next().unwrap();
    let rows: String = (0..2000).map(row).collect();
    let table = format!("{header}\n{rows}");
    let path = folder.file("x.zip", zip(&[("Invitations.csv", &table)]));
    assert_eq!(read(&path).unwrap().sent.len(), 2000);
}

#[test]
fn no_change_of_one_byte_makes_it_panic_or_another_table() {
    let folder = Folder::new();
    let whole = zip(&[("Invitations.csv", TABLE), ("Connections.csv", PEOPLE)]);
    let good = read(&folder.file("x.zip", &whole)).unwrap();
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at / 3 % 8);
        match read(&folder.file("x.zip", bytes)) {
            Ok(found) => assert_eq!(found.sent, good.sent, "byte {at}"),
            Err(error) => assert!(!error.is_of_disk, "byte {at}: {error}"),
        }
    }
}
