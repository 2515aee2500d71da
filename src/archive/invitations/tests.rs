//! Tables in one line each: a header, a row, what is read or said.

use proptest::prelude::*;

use super::*;

const OLD: &str = "From,To,Sent At,Message,Direction";
const NEW: &str = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl";
const ROBIN: &str = "Me,Robin Example,\"9/5/26, 1:12 AM\",,OUTGOING,\
    https://www.linkedin.com/in/me,https://www.linkedin.com/in/robin-example";

/// `line name key written note` of each row that was sent, and how many were received.
fn shown(found: &Invitations) -> String {
    let sent = found.sent.iter().map(|sent| {
        let key = sent.to.as_ref().map_or("-", Key::as_str);
        let known = if sent.at.is_some() { "" } else { "?" };
        let note = sent.note.as_deref().unwrap_or("-");
        format!("{} {} {key} {}{known} {note}", sent.line, sent.name, sent.written)
    });
    let mut all: Vec<String> = sent.collect();
    if !found.received.is_empty() {
        all.push(format!("{} received", found.received.len()));
    }
    all.extend(found.remarks.iter().cloned());
    all.join("; ")
}

#[track_caller]
fn check_bytes(bytes: &[u8], expected: &str) {
    let read = read("Invitations.csv", bytes);
    let shown = read.map_or_else(|error| error.to_string(), |found| shown(&found));
    assert_eq!(shown, expected, "{}", String::from_utf8_lossy(bytes));
}

#[track_caller]
fn check(header: &str, rows: &str, expected: &str) {
    check_bytes(format!("{header}\n{rows}\n").as_bytes(), expected);
}

const READ: &str = "2 Robin Example in/robin-example 9/5/26, 1:12 AM -";

#[test]
fn new_and_old_exports_are_read() {
    check(NEW, ROBIN, READ);
    check(OLD, "Me,Robin,\"9/5/26, 1:12 AM\",Hi,OUTGOING", "2 Robin - 9/5/26, 1:12 AM Hi");
    check(NEW, "", "");
    check_bytes(NEW.as_bytes(), "");
}

#[test]
fn byte_order_marks_line_ends_and_empty_lines_do_not_matter() {
    check(&format!("\u{feff}{NEW}"), ROBIN, READ);
    check_bytes(format!("{NEW}\r\n{ROBIN}\r\n").as_bytes(), READ);
    check_bytes(format!("{NEW}\n\n{ROBIN}").as_bytes(), &READ.replacen('2', "3", 1));
    check(NEW, &format!(",,,,,,\n{ROBIN}"), &READ.replacen('2', "3", 1));
    let notes = format!("Notes:\n\"It is\nlike this.\"\n\n{NEW}");
    check(&notes, ROBIN, &READ.replacen('2', "6", 1));
}

#[test]
fn columns_are_found_by_their_names_wherever_they_stand() {
    check(
        "inviteeProfileUrl, direction ,Sent At,Mood,TO,FROM,Message",
        "https://www.linkedin.com/in/robin,OUTGOING,2026-09-05,fine,Robin,Me,Hi",
        "2 Robin in/robin 2026-09-05 Hi",
    );
}

#[test]
fn a_note_keeps_its_lines_quotes_and_commas() {
    check(
        OLD,
        "Me,Robin,2026-09-05,\" Hello \"\"you\"\",\n\nlet's connect \",OUTGOING\n\
         Me,Zoë,2026-09-05,,OUTGOING",
        "2 Robin - 2026-09-05 Hello \"you\",\n\nlet's connect; 5 Zoë - 2026-09-05 -",
    );
}

#[test]
fn only_what_was_sent_is_listed() {
    check(
        NEW,
        "Zoë,Me,2026-09-05,,INCOMING,https://www.linkedin.com/in/zoe,https://www.linkedin.com/in/me\n\
         Me,Robin,2026-09-05,, outgoing ,,",
        "3 Robin - 2026-09-05 -; 1 received",
    );
    check(
        OLD,
        "Me,Robin,2026-09-05,,SENT\nMe,Robin,2026-09-05,,",
        "2 rows of Invitations.csv are neither OUTGOING nor INCOMING, so not used (line 2 has \"SENT\")",
    );
}

#[test]
fn u9_a_person_is_known_by_an_address_on_linkedin_and_by_no_other() {
    let key = |address: &str| person(address).map(|key| key.to_string());
    assert_eq!(key("https://www.linkedin.com/in/Robin-Example/"), Some("in/robin-example".into()));
    assert_eq!(key("http://de.linkedin.com/in/zo%C3%AB?x=y"), Some("in/zoë".into()));
    assert_eq!(key("HTTPS://LinkedIn.com/in/robin"), Some("in/robin".into()));
    for other in [
        "https://www.linkedin.com.example.org/in/robin",
        "https://example.org/in/robin",
        "https://evillinkedin.com/in/robin",
        "https://www.linkedin.com@example.org/in/robin",
        "https://www.linkedin.com/company/robin",
        "javascript://www.linkedin.com/in/robin",
        "www.linkedin.com/in/robin",
        "robin",
    ] {
        assert_eq!(key(other), None, "{other}");
    }
}

#[test]
fn a_time_that_is_not_understood_stays_as_it_is_written() {
    check(OLD, "Me,Robin,soon,,OUTGOING", "2 Robin - soon? -");
    check(OLD, "Me,Robin,,,OUTGOING", "2 Robin - ? -");
}

#[test]
fn dates_with_the_day_first_are_never_taken_for_others() {
    check(
        OLD,
        "Me,Robin,\"9/5/26, 1:12 AM\",,OUTGOING\nMe,Zoë,\"22/5/26, 1:12 AM\",,OUTGOING",
        "2 Robin - 9/5/26, 1:12 AM? -; 3 Zoë - 22/5/26, 1:12 AM? -; the dates in Invitations.csv \
         are not written month first, as line 3 shows (\"22/5/26, 1:12 AM\"), so those with slashes \
         are not used",
    );
    check(OLD, "Me,Robin,09/05/2026 01:12,,OUTGOING", "2 Robin - 09/05/2026 01:12? -");
    check(
        OLD,
        "Me,Robin,09/05/2026 01:12,,OUTGOING\nZoë,Me,09/25/2026 01:12,,INCOMING",
        "2 Robin - 09/05/2026 01:12 -",
    );
}

#[test]
fn another_table_is_told_by_its_columns() {
    let needed = "Invitations.csv has not the columns that are needed (From, To, Sent At, Message, \
        Direction); its first line has";
    check(
        "First Name,Last Name",
        "Robin,Example",
        &format!("{needed} \"First Name\", \"Last Name\""),
    );
    check(
        "Von,An,Gesendet am",
        "Me,Robin,x",
        &format!("{needed} \"Von\", \"An\", \"Gesendet am\""),
    );
    check("From;To;Sent At", "Me;Robin;x", &format!("{needed} \"From;To;Sent At\""));
    check(
        "a,b,c,d,e,f,g,h,i",
        "",
        &format!("{needed} \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", …"),
    );
    check("\u{1b}[2J", "", &format!("{needed} \"\u{fffd}[2J\""));
    check(
        "From,To,Sent At,Message,Direction,To",
        "",
        "Invitations.csv, line 1, has two columns \"To\", and which one counts can't be told",
    );
}

#[test]
fn what_is_no_table_is_told() {
    check_bytes(b"", "Invitations.csv is empty");
    check_bytes(b"\xef\xbb\xbf\r\n \n", "Invitations.csv is empty");
    let page = "Invitations.csv is a web page, not an archive: perhaps that of a sign-in";
    check_bytes(b"\n<!doctype html><title>Sign in</title>", page);
    check_bytes(b"\xff\xfeF\0r\0", "Invitations.csv is UTF-16, and LinkedIn writes UTF-8");
    check_bytes(b"a\nb\0", "Invitations.csv, line 2, has a NUL byte, so it is no CSV file");
    let bytes = [NEW.as_bytes(), b"\nMe,J\xf6rg,,,OUTGOING,,\n"].concat();
    check_bytes(&bytes, "Invitations.csv, line 2, is not UTF-8");
}

#[test]
fn a_row_that_does_not_fit_the_header_is_refused_at_its_line() {
    let words = "columns where the header has 5, so it can't be read";
    let good = "Me,Zoë,2026-09-05,\"Hi\nyou\",OUTGOING";
    check(OLD, &format!("{good}\nMe,Robin"), &format!("Invitations.csv, line 4, has 2 {words}"));
    check(OLD, &format!("{good}\n{good},x"), &format!("Invitations.csv, line 4, has 6 {words}"));
    let open = "Me,Robin,2026-09-05,\"Hi,OUTGOING";
    let never = "opens a quote that is never closed";
    check(OLD, open, &format!("Invitations.csv, line 2, {never}"));
    check(OLD, &format!("{good}\r\n{open}\n\n\n"), &format!("Invitations.csv, line 4, {never}"));
    check("\"From", "", &format!("Invitations.csv, line 1, {never}"));
}

#[test]
fn a_stray_quote_never_moves_words_under_another_name() {
    // The quote is closed by that of the next row, and the columns would fit all the same.
    let rows = "Me,Robin,2026-09-05,\"Hi,OUTGOING\nMe,Zoë,2026-09-05,\"Ho\",OUTGOING";
    check(OLD, rows, "Invitations.csv, line 3, has text behind a closing quote");
}

#[test]
fn names_and_notes_are_bounded() {
    let long = "x".repeat(10_000);
    let found = read("", format!("{OLD}\nMe,{long},{long},{long},OUTGOING\n").as_bytes()).unwrap();
    let [sent] = found.sent.as_slice() else { panic!("{found:?}") };
    assert_eq!((sent.name.len(), sent.written.len()), (300, 300));
    assert_eq!(sent.note.as_ref().map(String::len), Some(4000));
}

#[test]
fn more_rows_than_anybody_sent_are_refused() {
    let rows = "M,R,,,OUTGOING\n".repeat(100_001);
    check(OLD, &rows, "Invitations.csv has over 100000 rows, more than anybody sent");
}

proptest! {
    /// What a strict writer wrote is read back, whatever is in it.
    #[test]
    fn every_table_that_is_written_is_read_back(
        rows in prop::collection::vec(("[^\u{0}]{0,20}", "[^\u{0}]{0,20}"), 0..6),
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(OLD.split(',')).unwrap();
        for (name, note) in &rows {
            writer.write_record(["Me", name, "2026-09-05", note, "OUTGOING"]).unwrap();
        }
        let found = read("", &writer.into_inner().unwrap()).unwrap();
        prop_assert_eq!(found.sent.len(), rows.len());
        for (sent, (name, note)) in found.sent.iter().zip(&rows) {
            prop_assert_eq!(&sent.name, &one_line(name));
            prop_assert_eq!(sent.note.as_deref().unwrap_or_default(), note.trim());
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read("", &bytes);
        let _ = read("", &[NEW.as_bytes(), b"\n", &bytes].concat());
    }
}
