//! LinkedIn's data export: beside the page in a browser, and alone on a machine that has none.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use rescind::domain::plan::Plan;
use rescind::domain::report::Report;
use serde_json::Value;

use crate::trial::Trial;
use crate::world::{Ran, World};

const HEADER: &str = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl";
const CONNECTIONS: &str = "Notes:\n\"Some addresses may be missing.\"\n\nFirst Name,Last Name,URL,\
    Email Address,Company,Position,Connected On\nConnie,Nected,https://www.linkedin.com/in/connie,\
    ,,,22 Jan 2026\n";

/// As LinkedIn writes it, so many days ago.
fn written(days: i64) -> String {
    let then = Timestamp::now() - SignedDuration::from_hours(24 * days);
    then.to_zoned(TimeZone::UTC).strftime("%-m/%-d/%y, %-I:%M %p").to_string()
}

/// `id days note`, sent by this account.
fn row(by: &str, text: &str) -> String {
    let mut parts = text.splitn(3, ' ');
    let (id, days) = (parts.next().unwrap(), parts.next().unwrap());
    let time = days.parse().map_or(days.to_owned(), written);
    let note = parts.next().unwrap_or_default().replace('"', "\"\"");
    let name = id.trim_start_matches("in/").to_uppercase();
    let address = if id == "-" { String::new() } else { format!("https://www.linkedin.com/{id}") };
    format!("Me,{name},\"{time}\",\"{note}\",OUTGOING,https://www.linkedin.com/in/{by},{address}")
}

fn table(by: &str, rows: &[&str]) -> String {
    let rows: Vec<String> = rows.iter().map(|text| row(by, text)).collect();
    format!("\u{feff}{HEADER}\r\n{}\r\n", rows.join("\r\n"))
}

fn file(world: &World, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = world.home().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// The report where no browser, driver or anything else can be found.
fn report(world: &World, archive: &Path, more: &[&str]) -> Ran {
    let fixed = ["report", "--archive", archive.to_str().unwrap()];
    let mut command = world.command(&[&fixed[..], more].concat());
    command.env("PATH", "").env("TZ", "UTC").current_dir(world.home());
    Ran::of(&mut command)
}

#[track_caller]
fn person<'a>(report: &'a Value, id: &str) -> &'a Value {
    let found = report["invitations"].as_array().unwrap().iter().find(|one| one["id"] == id);
    found.unwrap_or_else(|| panic!("{id} is not in the report"))
}

#[test]
fn the_page_is_narrowed_by_the_archive_and_its_plan_is_applied() {
    let trial = Trial::new("");
    let page = trial.report();
    let [alex, hanneke, kim, tomasz] =
        ["in/alex-rivers-boats", "in/hanneke-visser-phd", "in/김하늘-0c4", "in/tomasz-zolkiewski"];
    assert_eq!(person(&page, alex)["decision"], "keep");
    assert_eq!(person(&page, hanneke)["decision"], "withdraw");
    let note = "Hi Tomasz, we sat at the same table at the water-pump conference in Gdynia and you \
        told me about the three valves that never close. I have since found out why, and would love \
        to tell you over a coffee.";
    // The page's "3 days" hold for some hours yet, and the archive is to agree with them.
    let days_ago = Timestamp::now() - SignedDuration::from_hours(24 * 3 + 6);
    let exact = days_ago.strftime("%Y-%m-%dT%H:%M:%SZ");
    let rows = [
        format!("{alex} 50"),
        format!("{hanneke} 3"),
        format!("{kim} 400"),
        format!("{tomasz} {exact} {note}"),
        "in/nobody-here 1".to_owned(),
    ];
    let text = table("alex-example", &rows.each_ref().map(String::as_str));
    let archive = file(&trial.world, "Invitations.csv", text);
    let plan = trial.world.home().join("plan.json");
    let (url, archive, plan) =
        (trial.mock.url(), archive.to_str().unwrap().to_owned(), plan.to_str().unwrap().to_owned());
    let ran = trial.world.run(&[
        "report",
        "--headless",
        "-v",
        "--site",
        &url,
        "--archive",
        &archive,
        "--plan",
        &plan,
    ]);
    ran.expect(0, "plan saved");
    let out = ran.out();
    assert!(out.contains("49–50 days*"), "{out}");
    assert!(out.contains("* narrowed by the archive, within what the page says"), "{out}");
    let flat = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("knows 4 of 30: 2 ages are narrower by it, 1 note is filled in"),
        "{out}"
    );
    assert!(flat.contains("says older than the page, whose word is used for 김하늘"), "{out}");
    assert!(flat.contains("says younger than the page, so it is left to you for Hanneke"), "{out}");
    let plan_text = std::fs::read_to_string(&plan).unwrap();
    assert!(Plan::from_json(&plan_text).is_ok());
    let joined: Value = serde_json::from_str(&plan_text).unwrap();
    assert_eq!(person(&joined, alex)["age_days"]["min"], 49);
    assert_eq!(person(&joined, alex)["sent_text"], person(&page, alex)["sent_text"]);
    assert_eq!(person(&joined, alex)["decision"], "withdraw");
    assert_eq!(person(&joined, hanneke)["decision"], "unsure");
    assert_eq!(person(&joined, kim)["age_days"], person(&page, kim)["age_days"]);
    assert_eq!(person(&joined, tomasz)["note"], note);
    // By the page alone, Alex would be too young: what the plan knew counts.
    let run = trial.run(&["--plan", &plan, "--limit", "1"]);
    run.expect(0, "", "withdrawn*");
    assert_eq!(trial.mock.withdrawn(), [alex]);
}

#[test]
fn an_archive_alone_is_a_checklist() {
    let world = World::new();
    let rows = ["in/robin 60 Hi, you", "in/connie 70", "in/zo%C3%AB 50", "in/young 4", "- 80"];
    let archive = file(&world, "Invitations.csv", table("me", &rows));
    file(&world, "Connections.csv", CONNECTIONS);
    let ran = report(&world, &archive, &["--offline"]);
    ran.expect(0, "");
    let (heading, rest) =
        ran.out().split_once('\n').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    assert!(heading.starts_with("https://www.linkedin.com · me · 20"), "{heading}");
    let expected = "\
from LinkedIn's data export alone, no page was read

Note: the archive (its newest row is 3 days old) does not say who is still
pending: look at each profile before you withdraw. What was sent or answered
since is not in it
Note: 1 who was connected by then is left out

4 sent, and perhaps still pending
  2 to withdraw  stale 2
  1 unsure
  1 to keep

Age (█ to withdraw, ░ not)
  under 1 week 1 ░
  1–2 weeks    0
  2–4 weeks    0
  1–2 months   1 █
  2–3 months   2 █░

To look at and withdraw by hand, oldest first: 2
  [ ] ROBIN
      stale: sent at least 59 days ago
      https://www.linkedin.com/in/robin
  [ ] ZO%C3%AB
      stale: sent at least 49 days ago
      https://www.linkedin.com/in/zo%C3%AB

Unsure, never withdrawn: 1
  Name   Age         Headline  Why
  -      79–80 days            the archive has no address of this person's
                               profile, and a name may be somebody else's

To keep: 1
  Name   Age         Headline  Why
  YOUNG  3–4 days              younger than 6 weeks: sent at most 4 days ago

Open each of them: only where the profile says Pending is there something to
withdraw.
";
    assert_eq!(rest, expected);
}

#[test]
fn an_offline_review_is_a_report_for_scripts_and_obeys_rules_and_keep_lists() {
    let world = World::new();
    let rows = ["in/robin 60 Hello", "in/ada 60", "in/odd soon", "in/young 4"];
    let archive = file(&world, "Invitations.csv", table("me", &rows));
    let config =
        file(&world, "config.toml", "[keep]\nprofiles = [\"in/ada\"]\nheadline = [\"ceo\"]\n");
    let config = config.to_str().unwrap();
    let ran = report(&world, &archive, &["--offline", "--format", "json", "--config", config]);
    ran.expect(0, "note: who is already connected is not left out: there is no Connections.csv");
    ran.expect(
        0,
        "note: 1 row has a time that cannot be read or is yet to come, so it says nothing",
    );
    ran.expect(0, "line 4 (\"soon\")");
    ran.expect(0, "note: the archive has no headlines");
    ran.expect(0, "note: on the keep list, but not in the archive: headline \"ceo\"");
    let json = ran.json();
    assert_eq!(json["layout"], "archive");
    assert_eq!((&json["announced"], &json["complete"]), (&Value::Null, &Value::Bool(false)));
    assert_eq!(json["account"], "me");
    let of = |id: &str| person(&json, id)["decision"].as_str().unwrap().to_owned();
    let decisions = ["in/robin", "in/ada", "in/odd", "in/young"].map(of);
    assert_eq!(decisions, ["withdraw", "keep", "unsure", "keep"]);
    assert_eq!(person(&json, "in/robin")["note"], "Hello");
    assert_eq!(person(&json, "in/robin")["sent_text"], written(60));
    assert_eq!(Report::from_json(&ran.out()).unwrap().to_json(), ran.out());
    let ran = report(&world, &archive, &["--offline", "--fail-if-stale", "-q"]);
    assert_eq!((ran.code(), ran.err().as_str()), (9, ""));
    let other = file(&world, "other.toml", "[site]\naccount = \"somebody\"\n");
    let ran = report(&world, &archive, &["--offline", "--config", other.to_str().unwrap()]);
    ran.expect(2, "error: the archive is of in/me, but the config wants in/somebody\nhint: ");
}

#[test]
fn offline_needs_an_archive_and_makes_no_plan() {
    let world = World::new();
    world.run(&["report", "--offline"]).expect(2, "--archive <FILE>");
    let text = table("me", &["in/robin 60"]);
    let archive = file(&world, "Invitations.csv", &text);
    let ran = report(&world, &archive, &["--offline", "--plan", "plan.json"]);
    ran.expect(2, "error: a plan needs the page, and --offline reads none\nhint: ");
    let ran = report(&world, &archive, &["--offline", "--output", "./Invitations.csv"]);
    ran.expect(2, "error: --output and --archive name the same file\nhint: ");
    assert_eq!(std::fs::read_to_string(&archive).unwrap(), text);
    let ran = report(&world, &archive, &["--offline", "--output", "list.txt"]);
    ran.expect(0, "note: the archive (its newest row is 59 days old) does not say who is still");
    assert!(std::fs::read_to_string(world.home().join("list.txt")).unwrap().contains("[ ] ROBIN"));
}

#[test]
fn what_is_no_file_is_written_into_and_a_link_stays_one() {
    let world = World::new();
    let archive = file(&world, "Invitations.csv", table("me", &["in/robin 60"]));
    let ran = report(&world, &archive, &["--offline", "--output", "/dev/stdout"]);
    ran.expect(0, "");
    assert!(ran.out().contains("[ ] ROBIN"), "{}", ran.out());
    let (list, link) = (file(&world, "list.txt", "before"), world.home().join("link.txt"));
    std::os::unix::fs::symlink(&list, &link).unwrap();
    report(&world, &archive, &["--offline", "--output", "link.txt"]).expect(0, "");
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert!(std::fs::read_to_string(&list).unwrap().contains("[ ] ROBIN"));
}

#[test]
fn what_is_no_archive_is_told_before_any_browser_is_started() {
    let world = World::new();
    for (name, bytes, words) in [
        ("page.zip", &b"<!DOCTYPE html>"[..], "page.zip is a web page, not an archive"),
        ("empty.zip", b"", "empty.zip is empty"),
        ("cut.zip", b"PK\x03\x04\x14\0", "cut.zip is cut off: the end of the zip is missing"),
        (
            "people.csv",
            b"Vorname,Nachname\n",
            "has not the columns that are needed (From, To, Sent",
        ),
        ("latin.csv", b"From,To\nMe,J\xf6rg\n", "latin.csv, line 2, is not UTF-8"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "photo.jpg, line 1, has a NUL byte"),
    ] {
        let ran = report(&world, &file(&world, name, bytes), &[]);
        ran.expect(2, words);
        ran.expect(2, "\nhint: ");
        assert!(ran.out().is_empty());
    }
    let short = format!("{}Me,Robin\r\n", table("me", &["in/robin 60"]));
    let ran = report(&world, &file(&world, "Invitations.csv", short), &["--offline"]);
    ran.expect(
        2,
        "Invitations.csv, line 3, has 2 columns where the header has 7, so it can't be read",
    );
    report(&world, world.home(), &[]).expect(2, "is a folder\nhint: name the .zip");
    report(&world, &world.home().join("none"), &[]).expect(2, "none: No such file or directory");
    // A file that is there and can't be read is the disk's fault.
    report(&world, Path::new("/proc/self/mem"), &[]).expect(1, "Input/output error");
}
